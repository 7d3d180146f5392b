/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * geo.c - tests of the address labels from text tables; exit status 0 or 1.
 *
 * Text tables in all layouts are written into a temporary folder; T2_SHARE names the folder of
 * the shipped ones (default: share).  Nested and overlapping ranges are compared with a plain
 * search through all ranges.  Databases are tested in geo_mmdb.c.
 */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "t2.h"

struct test {
	char dir[64];                   /* temporary folder, with user/ and second/ */
	char user[80], second[80];
	const char *share;
	int failed;
};

static void
report(struct test *t, const char *fmt, ...)
{
	va_list ap;

	t->failed = 1;
	fputs("geo: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

static void
file_write(const char *dir, const char *name, const void *data, size_t n)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(data, 1, n, f) != n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static void
text_write(const char *dir, const char *name, const char *text)
{
	file_write(dir, name, text, strlen(text));
}

static void
folders_empty(struct test *t)
{
	char cmd[256];

	snprintf(cmd, sizeof cmd, "rm -rf '%s' '%s'", t->user, t->second);
	if (system(cmd) != 0 || mkdir(t->user, 0700) != 0 || mkdir(t->second, 0700) != 0)
		exit(1);
}

static struct geo *
user_open(struct test *t, bool share, char *err, size_t n)
{
	const char *const dirs[] = { t->user, t->second, "/nonexistent/t2", NULL };
	struct geo_conf conf = { share ? t->share : NULL, dirs, false };

	err[0] = '\0';
	return geo_open(&conf, err, n);
}

/* want is "cc who asn"; asn may be missing. */
static void
probe(struct test *t, struct geo *g, const char *addr, const char *want)
{
	uint8_t bytes[16] = { 0 };
	int version = strchr(addr, ':') ? 6 : 4;
	struct geo_label l;
	char got[128];

	if (inet_pton(version == 4 ? AF_INET : AF_INET6, addr, bytes) != 1)
		report(t, "bad probe %s", addr);
	for (int pass = 0; pass < 2; pass++) {          /* looked up, then from the cache */
		geo_find(g, version, bytes, &l);
		snprintf(got, sizeof got, l.asn ? "%.*s %.*s %u" : "%.*s %.*s", (int)l.cclen, l.cc,
		    (int)l.wholen, l.who, l.asn);
		if (strcmp(got, want) != 0)
			report(t, "%s: got '%s', want '%s'", addr, got, want);
	}
}

static void
probes(struct test *t, struct geo *g, const char *const (*row)[2], size_t n)
{
	for (size_t i = 0; g != NULL && i < n; i++)
		probe(t, g, row[i][0], row[i][1]);
}
#define PROBES(t, g, a) probes(t, g, a, sizeof(a) / sizeof((a)[0]))

static void
test_nested(struct test *t)
{
	static const char table[] =
	    "20.1.2.0/24\tcc\tw\n20.0.0.0/8\taa\tw\n20.1.0.0/16\tbb\tw\n20.1.2.3/32\tdd\tw\n"
	    "20.0.0.0/24\tee\tw\n20.255.255.0/24\tff\tw\n30.0.0.0/24\tgg\tw\n30.0.1.0/24\thh\tw\n"
	    "40.0.0.1/32\tii\tw\n";
	static const char *const want[][2] = {
		{ "19.255.255.255", "-- --" }, { "20.0.0.0", "ee w" }, { "20.0.0.1", "ee w" },
		{ "20.0.0.255", "ee w" }, { "20.0.1.0", "aa w" }, { "20.0.255.255", "aa w" },
		{ "20.1.0.0", "bb w" }, { "20.1.1.255", "bb w" }, { "20.1.2.0", "cc w" },
		{ "20.1.2.2", "cc w" }, { "20.1.2.3", "dd w" }, { "20.1.2.4", "cc w" },
		{ "20.1.2.255", "cc w" }, { "20.1.3.0", "bb w" }, { "20.1.255.255", "bb w" },
		{ "20.2.0.0", "aa w" }, { "20.128.0.0", "aa w" }, { "20.255.254.255", "aa w" },
		{ "20.255.255.0", "ff w" }, { "20.255.255.254", "ff w" },
		{ "20.255.255.255", "ff w" },
		{ "21.0.0.0", "-- --" }, { "29.255.255.255", "-- --" }, { "30.0.0.0", "gg w" },
		{ "30.0.0.255", "gg w" }, { "30.0.1.0", "hh w" }, { "30.0.1.255", "hh w" },
		{ "30.0.2.0", "-- --" }, { "40.0.0.0", "-- --" }, { "40.0.0.1", "ii w" },
		{ "40.0.0.2", "-- --" }, { "0.0.0.0", "-- --" }, { "0.0.0.1", "-- --" },
		{ "255.255.255.255", "-- --" },
	};
	char err[256];
	struct geo *g;

	folders_empty(t);
	text_write(t->user, "subnets4.txt", table);
	if ((g = user_open(t, false, err, sizeof err)) == NULL)
		report(t, "nested: %s", err);
	PROBES(t, g, want);
	geo_close(g);
}

static void
test_shipped(struct test *t)
{
	static const char *const want[][2] = {
		{ "10.0.0.0", "01 Private network" }, { "10.255.255.255", "01 Private network" },
		{ "11.0.0.1", "-- --" }, { "9.255.255.255", "-- --" }, { "172.32.0.0", "-- --" },
		{ "8.8.8.8", "-- --" }, { "172.16.0.0", "05 Private network" },
		{ "172.31.255.255", "05 Private network" }, { "192.168.1.2", "09 Private network" },
		{ "224.0.0.0", "13 Multicast" }, { "224.0.0.1", "13 Multicast" },
		{ "0.0.0.0", "-- --" }, { "0.0.1.0", "00 Current network" }, { "::", "-- --" },
		{ "255.255.255.255", "14 Reserved" }, { "127.0.0.1", "02 Loopback address" },
		{ "100.64.0.0", "03 Shared address space" }, { "14.1.1.1", "-- --" },
		{ "24.1.1.1", "-- --" }, { "169.254.0.1", "04 Link-local address" },
		{ "192.0.2.1", "07 TEST-NET-1" }, { "::1", "-- --" },
		{ "fe80::1", "12 Link-local" }, { "febf::1", "12 Link-local" },
		{ "fec0::1", "-- --" }, { "fd00::1", "11 Unique local" },
		{ "ff02::fb", "13 Multicast" }, { "64:ff9b::808:808", "05 IPv4/6 translation" },
		{ "2001:0:c288::1", "07 Teredo" }, { "2001:db8::1", "09 doc and example source" },
		{ "2002:c288::1", "10 6to4 (deprecated)" }, { "2001:470::1", "-- --" },
	};
	struct geo_conf conf = { t->share, NULL, false }, none = { t->dir, NULL, true };
	char err[256];
	struct geo *g = geo_open(&conf, err, sizeof err);

	if (g == NULL)
		report(t, "shipped: %s", err);
	PROBES(t, g, want);
	geo_close(g);
	g = geo_open(&none, err, sizeof err);
	if (g != NULL || strstr(err, "networks4.txt: ") == NULL)
		report(t, "missing shipped table accepted");
	geo_close(g);
}

#define TAIL "\t0x00800001\t64500\t12.5\t-33.25\t151.5\t"
static void
test_layouts(struct test *t)
{
	static const char table[] =
	    "\xef\xbb\xbf#\t3\t21062019\textra\r\n\r\n# text\n \tblank\n"
	    "50.1.2.3/16\t50.9.0.0-50.9.255.255" TAIL "AU\tc\tc\tFive, \"Inc\" \r\n"
	    "-\t50.2.0.1-50.2.0.2" TAIL "au\t-\t-\tRange\n"
	    "50.3.0.0/16\t7\t50.9.0.0-50.9.255.255" TAIL "au\tThree\n"
	    "-\t7\t50.4.0.9-50.4.0.9" TAIL "au\tOne\n"
	    "50.5.0.0/16\tde\t-\n50.6.0.1-50.6.0.3\t--\tLab\n50.7.0.1\t64501\t-\t-x\n"
	    "50.8.0.0/32\tA1\t--";
	static const char *const want[][2] = {
		{ "50.1.0.0", "au Five, \"Inc\" 64500" },
		{ "50.1.255.255", "au Five, \"Inc\" 64500" },
		{ "50.9.0.0", "-- --" }, { "50.2.0.0", "-- --" }, { "50.2.0.2", "au Range 64500" },
		{ "50.3.9.9", "au Three 64500" }, { "50.4.0.9", "au One 64500" },
		{ "50.4.0.8", "-- --" }, { "50.5.1.1", "de --" }, { "50.6.0.3", "-- Lab" },
		{ "50.7.0.1", "-- -x 64501" }, { "50.8.0.0", "a1 --" }, { "50.8.0.1", "-- --" },
	};
	char err[256], text[512] = "";
	struct geo_label l;
	struct geo *g;
	FILE *f;

	folders_empty(t);
	text_write(t->user, "subnets4.txt", table);
	if ((g = user_open(t, false, err, sizeof err)) == NULL) {
		report(t, "layouts: %s", err);
		return;
	}
	PROBES(t, g, want);
	geo_find(g, 4, (const uint8_t *)"\x32\x01\x00\x00", &l);
	if (l.code != 0x00800001 || l.lat != -33.25f || l.lng != 151.5f || l.radius != 12.5f)
		report(t, "layouts: %x %g %g %g", l.code, (double)l.lat, (double)l.lng,
		    (double)l.radius);
	f = fmemopen(text, sizeof text, "w");
	geo_describe(g, f);
	fclose(f);
	if (strcmp(text, "[INF] basicFlow: IPv4 Ver: 3, Rev: 21062019, Range Mode: 1, "
	    "subnet ranges loaded: 8\n") != 0)
		report(t, "describe: %s", text);
	geo_close(g);
}

static void
test_errors(struct test *t)
{
	static const char *const bad[][2] = {
		{ "1.2.3/8\tde\tx", "not an IPv4 address" }, { "1.2.3.256\tde\tx", "not an IPv4" },
		{ "1.2.3.010\tde\tx", "not an IPv4" }, { "::1\tde\tx", "not an IPv4" },
		{ "1.2.3.4/33\tde\tx", "bad prefix length" }, { "1.2.3.4/\tde\tx", "bad prefix" },
		{ "1.2.3.4-1.2.3.3\tde\tx", "range ends before" },
		{ "1.2.3.4-\tde\tx", "not an IPv4" }, { "1.2.3.4\tdeu\tx", "country is not 2" },
		{ "1.2.3.4\tde\tx\x07", "control character" },
		{ "1.2.3.4", "number of columns" }, { "1\t2\t3\t4\t5", "number of columns" },
		{ "1.2.3.4\t4294967296\tde\tx", "bad AS number" }, { "\x01\t\t", "not an IPv4" },
		{ "1.2.3.4/8\t-\t0xg\t0\t0\t0\t0\tde\t-\t-\tx", "not a hex number" },
		{ "1.2.3.4/8\t-\t0x0\t0\t1e3\t0\t0\tde\t-\t-\tx", "bad radius" },
		{ "1.2.3.4/8\t-\t0x0\t0\t-\t0\t0\tde\t-\t-\tx", "bad radius" },
		{ "1.2.3.4/8\t-\t0x0\t0\t0\tnan\t0\tde\t-\t-\tx", "bad latitude" },
	};
	char err[256], text[256], where[128];
	struct geo *g;

	folders_empty(t);
	snprintf(where, sizeof where, "%s/subnets4.txt: line 3: ", t->user);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		snprintf(text, sizeof text, "# head\n1.2.3.4\tde\tx\n%s\n", bad[i][0]);
		text_write(t->user, "subnets4.txt", text);
		g = user_open(t, false, err, sizeof err);
		if (g != NULL || strncmp(err, where, strlen(where)) != 0 ||
		    strstr(err, bad[i][1]) == NULL)
			report(t, "'%s': %s", bad[i][0], g ? "accepted" : err);
		geo_close(g);
	}
}

/* The rule in its plainest form: the latest start, then the earliest end, then the later row. */
static int
slow_find(const uint32_t (*r)[2], size_t n, uint32_t a)
{
	int best = -1;

	for (size_t i = 0; i < n; i++)
		if (r[i][0] <= a && a <= r[i][1] && (best < 0 || r[i][0] > r[best][0] ||
		    (r[i][0] == r[best][0] && r[i][1] <= r[best][1])))
			best = (int)i;
	return best;
}

/* Each address has the first one of those with its label as the name of its network. */
static void
test_random_nets(struct test *t, struct geo *g, int version, uint32_t base)
{
	uint8_t last = version == 4 ? 3 : 15, addr[16], want[16];
	uint32_t first[41] = { 0 };
	struct geo_label l;

	if (!geo_nets(g))
		report(t, "no memory");
	for (uint32_t a = base; a - base < 256; a++) {
		memset(addr, 0xff, sizeof addr);
		for (int i = 0; i < 4; i++)
			addr[last - i] = (uint8_t)(a >> 8 * i);
		geo_find(g, version, addr, &l);
		if (l.asn != 0 && first[l.asn] == 0)
			first[l.asn] = a;
		memcpy(want, addr, sizeof want);
		for (int i = 0; i < 4 && l.asn != 0; i++)
			want[last - i] = (uint8_t)(first[l.asn] >> 8 * i);
		if (geo_net(g, version, addr) != (l.asn != 0) ||
		    memcmp(addr, want, sizeof addr) != 0)
			report(t, "net of %x: ends in %d, not %d", a, addr[last], want[last]);
	}
}

/* Ranges within 60.0.0.0/24 or the last /24 before the highest address, both IP versions. */
static void
test_random(struct test *t, unsigned seed)
{
	uint32_t r[40][2], n = 1 + seed % 40, base = seed & 1 ? 0xffffff00 : 0x3c000000;
	char text[8192], *p = text, err[256], want[64], addr[64];
	const char *form = seed & 2 ? "ffff:ffff:ffff:ffff:ffff:ffff:%x:%x" : "%u.%u.%u.%u";
	struct geo *g;

	srandom(seed);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t len = seed & 4 ? 1u << random() % 9 : 1 + (uint32_t)(random() % 256);
		uint32_t off = (uint32_t)random() % 256 & (seed & 4 ? ~(len - 1) : ~0u);

		r[i][0] = base + off % 256;
		r[i][1] = base + (off + len - 1 > 255 ? 255 : off + len - 1);
		for (int k = 0; k < 2; k++) {
			uint32_t a = r[i][k];

			p += seed & 2 ? sprintf(p, form, a >> 16, a & 0xffff) :
			    sprintf(p, form, a >> 24, a >> 16 & 255, a >> 8 & 255, a & 255);
			*p++ = k ? '\t' : '-';
		}
		p += sprintf(p, "%u\t--\tr%u\n", i + 1, i);
	}
	folders_empty(t);
	file_write(t->user, seed & 2 ? "subnets6.txt" : "subnets4.txt", text, (size_t)(p - text));
	if ((g = user_open(t, false, err, sizeof err)) == NULL) {
		report(t, "random %u: %s", seed, err);
		return;
	}
	for (uint32_t a = base - 2, left = 261; left-- > 0; a++) {
		int i = slow_find((const uint32_t (*)[2])r, n, a);

		if (seed & 2)
			snprintf(addr, sizeof addr, form, a >> 16, a & 0xffff);
		else
			snprintf(addr, sizeof addr, form, a >> 24, a >> 16 & 255, a >> 8 & 255,
			    a & 255);
		snprintf(want, sizeof want, i < 0 ? "-- --" : "-- r%d %d", i, i + 1);
		probe(t, g, addr, want);
	}
	test_random_nets(t, g, seed & 2 ? 6 : 4, base);
	geo_close(g);
}

static void
net(struct test *t, struct geo *g, const char *addr, const char *want)
{
	int version = strchr(addr, ':') ? 6 : 4, family = version == 4 ? AF_INET : AF_INET6;
	uint8_t bytes[16] = { 0 };
	char got[64];

	inet_pton(family, addr, bytes);
	if (geo_net(g, version, bytes) != (want != NULL))
		report(t, "net of %s: %s", addr, want != NULL ? "none" : "there is one");
	inet_ntop(family, bytes, got, sizeof got);
	if (strcmp(got, want != NULL ? want : addr) != 0)
		report(t, "net of %s: %s, not %s", addr, got, want);
}

/* Sources take precedence as for labels; names of networks never are those of others. */
static void
test_nets(struct test *t)
{
	static const char *const want[][2] = {
		{ "10.1.7.7", "10.1.0.0" }, { "10.2.0.1", "10.2.0.0" }, { "10.9.9.9", "10.0.0.0" },
		{ "70.0.0.9", "70.0.0.0" }, { "70.0.1.9", "70.0.1.0" }, { "71.9.9.9", "70.0.1.0" },
		{ "72.0.0.9", "72.0.0.0" }, { "72.0.0.200", "72.0.0.192" },
		{ "72.0.9.9", "72.0.1.0" }, { "72.200.0.1", "72.128.0.0" },
		{ "73.0.0.1", NULL }, { "0.0.0.0", NULL }, { "0.1.2.3", "0.0.0.1" },
		{ "2001:db8::7", "2001:db8::" }, { "2001:db8:1::7", "2001:db8:0:1::" },
		{ "3000::1", NULL }, { "::", NULL },
	};
	char err[256];
	struct geo *g;

	folders_empty(t);
	text_write(t->user, "subnets4.txt", "10.1.0.0/16\t--\tLab\n70.0.0.0/24\tnl\t-\n"
	    "72.0.0.0/25\tfr\tFirst\n72.0.0.192/26\tfr\tIn the middle\n");
	text_write(t->user, "subnets6.txt", "2001:db8::/64\t\tDocs\n");
	text_write(t->second, "subnets4.txt", "10.2.0.0/16\tit\tSecond\n"
	    "72.0.0.0/24\tfr\tWorse\n");
	text_write(t->user, "asn4.txt", "70.0.0.0-71.255.255.255\t65001\t--\tA\n"
	    "72.0.0.0-72.127.255.255\t65001\t--\tA\n72.128.0.0/9\t65002\t--\tB\n");
	if ((g = user_open(t, true, err, sizeof err)) == NULL || !geo_nets(g)) {
		report(t, "nets: %s", err);
		return;
	}
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		net(t, g, want[i][0], want[i][1]);
	/* of the first range in the second table only what the first one leaves */
	net(t, g, "72.0.0.130", "72.0.0.128");
	geo_close(g);
}

static void
test_levels(struct test *t)
{
	static const char *const want[][2] = {
		{ "10.1.0.1", "01 Our lab" }, { "10.2.0.1", "de Private network 64512" },
		{ "10.3.0.1", "01 Private network" }, { "10.4.0.1", "fr Both" },
		{ "70.0.0.1", "nl First 65001" }, { "70.1.0.1", "-- First 65001" },
		{ "2001:db8::1", "09 Docs" }, { "71.0.0.1", "-- Second 65002" },
	};
	const char *const dirs[] = { t->user, NULL };
	struct geo_conf conf = { t->share, dirs, true };
	char err[256];
	struct geo *g;

	folders_empty(t);
	text_write(t->user, "subnets4.txt", "10.1.0.0/16\t--\tOur lab\n10.2.0.0/16\t64512\tDE\t-\n"
	    "10.4.0.0/16\tfr\tBoth\n70.0.0.0/16\tnl\t-\n");
	text_write(t->user, "subnets6.txt", "2001:db8::/64\t\tDocs\n");
	text_write(t->second, "subnets4.txt", "10.4.0.0/16\tit\tWorse\n");
	text_write(t->user, "asn4.txt", "70.0.0.0-70.255.255.255\t65001\t--\tFirst\n"
	    "10.3.0.0/16\t65001\t--\tFirst\n");
	text_write(t->second, "asn4.txt", "70.0.0.0-71.255.255.255\t65002\t--\tSecond\n");
	if ((g = user_open(t, true, err, sizeof err)) == NULL)
		report(t, "levels: %s", err);
	PROBES(t, g, want);
	geo_close(g);
	if ((g = geo_open(&conf, err, sizeof err)) == NULL)
		report(t, "no user data: %s", err);
	else
		probe(t, g, "10.1.0.1", "01 Private network");
	geo_close(g);
}

int
main(void)
{
	struct test t = { .dir = "/tmp/t2geo.XXXXXX", .share = getenv("T2_SHARE") };

	if (t.share == NULL)
		t.share = "share";
	if (mkdtemp(t.dir) == NULL) {
		perror(t.dir);
		return 1;
	}
	snprintf(t.user, sizeof t.user, "%s/user", t.dir);
	snprintf(t.second, sizeof t.second, "%s/second", t.dir);
	test_nested(&t);
	test_shipped(&t);
	test_layouts(&t);
	test_errors(&t);
	test_levels(&t);
	test_nets(&t);
	for (unsigned seed = 0; seed < 200; seed++)
		test_random(&t, seed);
	folders_empty(&t);
	rmdir(t.user);
	rmdir(t.second);
	rmdir(t.dir);
	return t.failed;
}
