/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test of the fmt_ functions. Whatever libc can print too (integers, hex, floats, addresses,
 * dates) is compared with it over millions of values; cleaned strings are compared with a
 * decoder that goes by code point ranges. Each group prints "ok N name" or its first few failures.
 * Surprise: buffers are of exactly the promised size plus a NUL, for asan to see a byte too far.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../lib/t2.h"

struct test {
	uint64_t seed;			/* of the generator */
	unsigned long bad, all;		/* in the current group */
	int group, failed;
};

static uint64_t
rnd(struct test *t)
{
	uint64_t z = t->seed += UINT64_C(0x9e3779b97f4a7c15);	/* splitmix64 */

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Compare the text from got to end, or to its NUL if end is NULL, with what printf makes. */
__attribute__((format(printf, 4, 5))) static void
same(struct test *t, char *got, char *end, const char *form, ...)
{
	char want[400];
	va_list ap;

	va_start(ap, form);
	vsnprintf(want, sizeof want, form, ap);
	va_end(ap);
	if (end != NULL)
		*end = '\0';
	t->all++;
	if (strcmp(got, want) != 0 && t->bad++ < 10)
		printf("got \"%s\", want \"%s\"\n", got, want);
}

static void
group_end(struct test *t, const char *name)
{
	printf("%s %d %s, %lu of %lu wrong\n", t->bad ? "not ok" : "ok", ++t->group, name, t->bad,
		t->all);
	t->failed += t->bad > 0;
	t->bad = t->all = 0;
}

static void
check_int(struct test *t, uint64_t v)
{
	char a[21];

	same(t, a, fmt_u64(a, v), "%" PRIu64, v);
	same(t, a, fmt_i64(a, (int64_t)v), "%" PRId64, (int64_t)v);
	for (int digits = 1; digits <= 16; digits++) {
		uint64_t w = digits == 16 ? v : v & ((UINT64_C(1) << 4 * digits) - 1);
		same(t, a, fmt_hex(a, v, digits, false), "0x%0*" PRIx64, digits, w);
		same(t, a, fmt_hex(a, v, digits, true), "0x%0*" PRIX64, digits, w);
	}
}

static void
test_int(struct test *t)
{
	for (uint64_t v = 0; v < 2000; v++)
		check_int(t, v);
	uint64_t ten = 1, two = 1;
	for (int i = 0; i < 64; i++, ten *= 10, two *= 2)	/* ten wraps, to no harm */
		for (uint64_t d = 0; d < 5; d++) {
			check_int(t, ten + d - 2);
			check_int(t, two + d - 2);
		}
	for (int i = 0; i < 20000; i++)
		check_int(t, rnd(t) >> (rnd(t) & 63));
	group_end(t, "integers and hex");
}

static void
check_float(struct test *t, float v)
{
	char a[14];

	same(t, a, fmt_float(a, v), "%.7g", (double)v);
}

static float
float_of(uint32_t bits)
{
	float v;

	memcpy(&v, &bits, sizeof v);
	return v;
}

/* v, its neighbours, and all of them negative */
static void
check_around(struct test *t, float v)
{
	check_float(t, v);
	check_float(t, -v);
	check_float(t, nextafterf(v, INFINITY));
	check_float(t, nextafterf(v, 0));
}

static void
test_float(struct test *t)
{
	for (int i = 0; i < 1200000; i++)
		check_float(t, float_of((uint32_t)rnd(t)));
	for (uint32_t i = 0; i < 100000; i++) {		/* subnormals, infinities, nans */
		check_float(t, float_of((uint32_t)rnd(t) & 0x807fffff));
		check_float(t, float_of(i));
		check_float(t, float_of(0x7f800000 - 50000 + i));
		check_float(t, float_of(0xff800000 - 50000 + i));
	}
	for (int a = 0; a <= 500; a++)
		for (int b = 0; b <= 500; b++)		/* 0/0 and 1/0 too */
			check_float(t, (float)a / (float)b);
	for (int i = 0; i <= 1 << 24; i += i < 200000 ? 1 : 37)
		check_float(t, (float)i);
	for (int i = 0; i < 100000; i++)		/* short decimals */
		for (double ten = 1e-1; ten > 1e-9; ten /= 100)
			check_float(t, (float)(i * ten));
	for (int e = -160; e <= 128; e++)
		check_around(t, ldexpf(1, e));
	for (int e = -46; e <= 39; e++)
		for (int d = 1; d < 1000; d++)
			check_around(t, (float)(d * pow(10, e)));
	group_end(t, "floats as %.7g");
}

/* Eight-digit numbers that end in 5: a tie where the float is exact, else as near as can be. */
static void
test_float_ties(struct test *t)
{
	for (int i = 0; i < 40000; i++) {
		double half = (double)(1000000 + rnd(t) % 9000000) + 0.5;
		for (int e = 0; e < 8; e++) {
			check_around(t, (float)ldexp(half, -e));
			check_around(t, (float)(half * pow(10, e)));
		}
		check_around(t, (float)(half * pow(10, (double)(rnd(t) % 80) - 50)));
	}
	for (uint32_t i = 0; i < 600000; i++) {		/* n.5 with 7 digits before: all ties */
		check_float(t, (float)(1000000 + i * 5) + 0.5F);
		check_float(t, (float)(10000005 + i * 10));
	}
	group_end(t, "floats at the rounding boundary");
}

static void
check_double(struct test *t, double v)
{
	char a[318];

	same(t, a, fmt_double(a, v), "%f", v);
}

static void
test_double(struct test *t)
{
	static const double some[] = {0, 0.5, 1, 5e-7, 4.9999e-7, 1.5e-6, 0.9999995, 0.9999994999,
		1e15, 1e23, 1.7976931348623157e308, 5e-324, 18446744073709551615.0, INFINITY, NAN};

	for (size_t i = 0; i < 2 * sizeof some / sizeof *some; i++)
		check_double(t, i & 1 ? -some[i / 2] : some[i / 2]);
	for (int e = -1074; e < 1024; e++) {
		check_double(t, ldexp(1, e));
		check_double(t, nextafter(ldexp(1, e), 0));
		check_double(t, ldexp((double)(rnd(t) >> 11), e - 53));
	}
	for (int i = 0; i < 300000; i++) {
		if (i % 4 == 0)
			check_double(t, ldexp((double)rnd(t), (int)(rnd(t) % 2100) - 1138));
		check_double(t, ldexp((double)(int64_t)rnd(t), -(int)(rnd(t) % 100)));
		check_double(t, (double)(rnd(t) % 100000000) / 128 / 1000000);	/* near ties */
		check_double(t, ldexp((double)(2 * (rnd(t) % 1000000) + 1), -7));	/* ties */
	}
	group_end(t, "doubles as %f");
}

static void
check_addr(struct test *t, const uint8_t a[16])
{
	char ip6[40], ip4[16], mac[18], want[64];

	same(t, ip6, fmt_ip6(ip6, a), "%s", inet_ntop(AF_INET6, a, want, sizeof want));
	same(t, ip4, fmt_ip4(ip4, a), "%s", inet_ntop(AF_INET, a, want, sizeof want));
	same(t, mac, fmt_mac(mac, a, '-'), "%02x-%02x-%02x-%02x-%02x-%02x", a[0], a[1], a[2], a[3],
		a[4], a[5]);
}

static void
test_addr(struct test *t)
{
	uint8_t a[16];

	for (int i = 0; i < 700000; i++) {
		uint64_t r[2] = {rnd(t), rnd(t)};
		memcpy(a, r, 16);
		check_addr(t, a);
	}
	for (unsigned i = 0; i < 3 << 16; i++) {	/* every pattern of zero bytes */
		for (unsigned k = 0; k < 16; k++)
			a[k] = i >> k & 1 ? (uint8_t)(rnd(t) | 1) : 0;
		if (i >= 2 << 16)
			a[10] = a[11] = 0xff;
		check_addr(t, a);
		for (unsigned k = 0; k < 16; k += 2) {	/* groups of 1 to 3 digits */
			a[k] = (uint8_t)(i >> k & 3);
			a[k + 1] = i >> k & 1 ? (uint8_t)rnd(t) : 0;
		}
		check_addr(t, a);
	}
	group_end(t, "addresses as inet_ntop");
}

static void
check_time(struct test *t, int64_t ns)
{
	char got[22], iso[35], date[64];
	uint64_t u = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;
	int64_t rest = (ns % NS_PER_SEC + NS_PER_SEC) % NS_PER_SEC;
	time_t sec = (time_t)(ns / NS_PER_SEC - (ns % NS_PER_SEC < 0));
	struct tm tm;

	gmtime_r(&sec, &tm);
	strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &tm);
	for (int digits = 6, unit = 1000; digits <= 9; digits += 3, unit = 1) {
		same(t, got, fmt_time(got, ns, digits), "%s%" PRIu64 ".%0*" PRIu64,
			ns < 0 ? "-" : "", u / 1000000000, digits,
			u % 1000000000 / (uint64_t)unit);
		same(t, iso, fmt_iso(iso, ns, digits), "%s.%0*" PRId64 "+0000", date, digits,
			rest / unit);
	}
}

static void
test_time(struct test *t)
{
	static const int64_t some[] = {0, 1, -1, 999, 1000, -999, -1000, 999999999, -999999999,
		1000000000, -1000000000, -500000000, INT64_MAX, INT64_MIN, INT64_MAX - 1,
		INT64_MIN + 1, 1022171701691172000, 951827696000000000, 951782400000000000};
	char got[64];

	for (size_t i = 0; i < sizeof some / sizeof *some; i++)
		check_time(t, some[i]);
	for (int64_t day = -106751; day < 106751; day++) {	/* each day there is */
		check_time(t, day * 86400 * NS_PER_SEC);
		check_time(t, day * 86400 * NS_PER_SEC - 1);
	}
	for (int i = 0; i < 200000; i++)
		check_time(t, (int64_t)rnd(t) >> (rnd(t) & 63));
	same(t, got, fmt_time(got, -NS_PER_SEC, 6), "-1.000000");
	same(t, got, fmt_time(got, -NS_PER_SEC / 2, 6), "-0.500000");
	same(t, got, fmt_iso(got, 1022171701691172999, 6), "2002-05-23T16:35:01.691172+0000");
	group_end(t, "times");
}

/*
 * Length of the character at s, or minus that of what makes one dot: the bytes so far must leave
 * room for some code point that is neither overlong nor a surrogate nor beyond Unicode.
 */
static int
utf8_step(const uint8_t *s, int n)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	int want = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	uint32_t c = s[0] & 0x7fu >> want;

	if (s[0] < 0xc0 || s[0] > 0xf7)
		return -1;
	for (int i = 1; ; i++) {
		uint32_t lo = c << 6 * (want - i), hi = lo + (1u << 6 * (want - i)) - 1;
		if (hi < least[want] || lo > 0x10ffff || (lo >= 0xd800 && hi <= 0xdfff))
			return i > 1 ? 1 - i : -1;
		if (i == want)
			return want;
		if (i == n || (s[i] & 0xc0) != 0x80)
			return -i;
		c = c << 6 | (s[i] & 0x3f);
	}
}

static void
check_text(struct test *t, const uint8_t *s, int n, size_t room)
{
	char want[128] = "", one[8], *in = malloc((size_t)n + !n), *out = malloc(room + 1);
	size_t len = 0;

	for (int i = 0, step; i < n; i += abs(step)) {
		step = s[i] < 0x80 ? 1 : utf8_step(s + i, n - i);
		if (step < 0)
			strcpy(one, ".");
		else if (strchr("\t\n\r\"\\", s[i]) != NULL && s[i] != 0)
			sprintf(one, "\\%c", "tnr\"\\"[strchr("\t\n\r\"\\", s[i]) - "\t\n\r\"\\"]);
		else if (s[i] < 0x20 || s[i] == 0x7f)
			sprintf(one, "\\u%04X", s[i]);
		else
			sprintf(one, "%.*s", step, (const char *)s + i);
		len += strlen(one);
		if (len > room)
			break;
		strcat(want, one);
	}
	memcpy(in, s, (size_t)n);
	out[room] = '#';
	char *e = fmt_text(out, out + room, in, (size_t)n);
	t->bad += out[room] != '#';
	same(t, out, e, "%s", want);
	free(in);
	free(out);
}

static void
test_text(struct test *t)
{
	static const uint8_t set[] = {0, '\t', '\n', '\r', 0x1f, ' ', '"', 'A', '\\', 0x7e, 0x7f,
		0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
		0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xff};
	const unsigned k = sizeof set;
	uint8_t s[16];

	for (unsigned i = 0; i < k * k * k * k; i += 3) {
		unsigned v = i, n = 0;
		for (; v > 0 || n == 0; v /= k)
			s[n++] = set[v % k];
		check_text(t, s, (int)n, 24);
	}
	for (int i = 0; i < 20000; i++) {
		int n = (int)(rnd(t) % 13);
		for (int j = 0; j < n; j++)
			s[j] = rnd(t) & 1 ? set[rnd(t) % k] : (uint8_t)rnd(t);
		for (size_t room = 0; room <= 40; room++)
			check_text(t, s, n, room);
	}
	group_end(t, "cleaned strings");
}

static void
test_report(struct test *t)
{
	static const struct { uint64_t v; const char *want; } human[] = {{0, ""}, {1023, ""},
		{1024, " (1.02 K)"}, {9997, " (10.00 K)"}, {1048575, " (1048.58 K)"},
		{1048576, " (1.05 M)"}, {1219015, " (1.22 M)"}, {844642686, " (844.64 M)"},
		{UINT64_MAX, " (18.45 E)"}};
	static const struct { int64_t sec; const char *want; } span[] = {
		{226, "226.000000 sec (3m 46s)"}, {240, "240.000000 sec (4m)"},
		{59, "59.000000 sec"}, {60, "60.000000 sec (1m)"}, {-226, "-226.000000 sec"},
		{86401, "86401.000000 sec (1d 1s)"}, {93784, "93784.000000 sec (1d 2h 3m 4s)"}};
	char b[65];
	const size_t n = sizeof b;

	for (size_t i = 0; i < sizeof human / sizeof *human; i++)
		same(t, fmt_human(b, n, human[i].v), NULL, "%s", human[i].want);
	for (size_t i = 0; i < sizeof span / sizeof *span; i++)
		same(t, fmt_span(b, n, span[i].sec * NS_PER_SEC, 6), NULL, "%s", span[i].want);
	same(t, fmt_percent(b, n, 1218588, 1219015), NULL, " [99.96%%]");
	same(t, fmt_percent(b, n, 1, 0), NULL, " [0.00%%]");
	same(t, fmt_speed(b, n, 270835712), NULL, "270835712 b/s (270.84 Mb/s)");
	same(t, fmt_speed(b, n, 1023.7), NULL, "1024 b/s");
	same(t, fmt_point(b, n, 1022171701691172000, 6, true), NULL,
		"1022171701.691172 sec (Thu 23 May 2002 16:35:01 GMT)");
	same(t, fmt_point(b, n, -1, 9, true), NULL,
		"-0.000000001 sec (Wed 31 Dec 1969 23:59:59 GMT)");
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	same(t, fmt_point(b, n, 1541443480086865000, 6, false), NULL,
		"1541443480.086865 sec (Mon 05 Nov 2018 19:44:40 CET)");
	group_end(t, "report forms");
}

int
main(void)
{
	struct test t = {.seed = 1};

	test_int(&t);
	test_float(&t);
	test_float_ties(&t);
	test_double(&t);
	test_addr(&t);
	test_time(&t);
	test_text(&t);
	test_report(&t);
	return t.failed > 0;
}
