/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * geo_mmdb.c - tests of the address labels from MaxMind-format databases; exit status 0 or 1.
 *
 * Small databases are made by the writer below (https://maxmind.github.io/MaxMind-DB/), in a
 * temporary folder.  Each is also cut at every byte and damaged in every byte: whatever such a
 * file says, nothing may crash and no label may reach outside the data (run with sanitizers).
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "t2.h"

enum { NODES = 256, RECORD = 1 << 30, DB_MAX = 8192 };

struct tree {
	uint32_t node[NODES][2];        /* 0 empty, else a node, or RECORD + offset in data */
	uint32_t n;                     /* last node in use */
	uint8_t data[1024];
	uint32_t len;
	int version;
};

static void
data_add(struct tree *t, const void *data, size_t n)
{
	memcpy(t->data + t->len, data, n);
	t->len += (uint32_t)n;
}

static void
text_add(struct tree *t, const char *s)
{
	uint8_t n = (uint8_t)strlen(s), head[2] = { 0x40 | 29, (uint8_t)(n - 29) };

	if (n < 29)
		head[0] = 0x40 | n;
	data_add(t, head, n < 29 ? 1 : 2);
	data_add(t, s, n);
}

/* kind: the control byte's upper bits, 0xa0 = 16 bits, 0xc0 = 32 bits; 0 = 64 bits. */
static void
num_add(struct tree *t, unsigned kind, uint64_t v)
{
	uint8_t size = kind == 0xa0 ? 2 : kind == 0xc0 ? 4 : 8;
	uint8_t head[2] = { (uint8_t)(kind | size), 2 };

	data_add(t, head, kind ? 1 : 2);
	for (unsigned i = size; i-- > 0;)
		data_add(t, &(uint8_t){ (uint8_t)(v >> 8 * i) }, 1);
}

static void
double_add(struct tree *t, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	data_add(t, "\x68", 1);
	for (unsigned i = 8; i-- > 0;)
		data_add(t, &(uint8_t){ (uint8_t)(bits >> 8 * i) }, 1);
}

static void
map_add(struct tree *t, unsigned n)
{
	data_add(t, &(uint8_t){ (uint8_t)(0xe0 | n) }, 1);
}

/* The prefix leads to the record that is added to data next. */
static void
prefix_add(struct tree *t, const char *addr, unsigned bits)
{
	uint8_t a[16] = { 0 };
	uint32_t at = 0;
	bool v4 = strchr(addr, ':') == NULL;

	if (inet_pton(v4 ? AF_INET : AF_INET6, addr, a + (v4 && t->version == 6 ? 12 : 0)) != 1)
		abort();
	bits += v4 && t->version == 6 ? 96 : 0;
	for (unsigned i = 0; i < bits; i++) {
		uint32_t *next = &t->node[at][a[i / 8] >> (7 - i % 8) & 1];

		if (i + 1 == bits)
			*next = RECORD + t->len;
		else if (*next == 0)
			*next = ++t->n;
		at = *next;
	}
}

static size_t
tree_write(struct tree *t, uint8_t *out)
{
	uint32_t nodes = t->n + 1;
	uint8_t *p = out;

	for (uint32_t i = 0; i < nodes; i++)
		for (int side = 0; side < 2; side++) {
			uint32_t v = t->node[i][side];

			v = v == 0 ? nodes : v >= RECORD ? v - RECORD + nodes + 16 : v;
			*p++ = (uint8_t)(v >> 16);
			*p++ = (uint8_t)(v >> 8);
			*p++ = (uint8_t)v;
		}
	memset(p, 0, 16);
	memcpy(p + 16, t->data, t->len);
	p += 16 + t->len;
	t->len = 0;
	data_add(t, "\xab\xcd\xefMaxMind.com", 14);
	map_add(t, 9);
	text_add(t, "node_count"), num_add(t, 0xc0, nodes);
	text_add(t, "record_size"), num_add(t, 0xa0, 24);
	text_add(t, "ip_version"), num_add(t, 0xa0, (uint64_t)t->version);
	text_add(t, "database_type"), text_add(t, "Test\x01-City");
	text_add(t, "languages"), data_add(t, "\x00\x04", 2);
	text_add(t, "description"), map_add(t, 0);
	text_add(t, "binary_format_major_version"), num_add(t, 0xa0, 2);
	text_add(t, "binary_format_minor_version"), num_add(t, 0xa0, 0);
	text_add(t, "build_epoch"), num_add(t, 0, 1780345978);
	memcpy(p, t->data, t->len);
	return (size_t)(p - out) + t->len;
}

static size_t
flat_build(uint8_t *out)
{
	struct tree t = { .version = 6 };

	prefix_add(&t, "60.0.0.0", 8);
	map_add(&t, 3);
	text_add(&t, "country_code"), text_add(&t, "DE");
	text_add(&t, "latitude"), double_add(&t, 48.5);
	text_add(&t, "longitude"), double_add(&t, 11.25);
	prefix_add(&t, "2a00::", 16);
	map_add(&t, 1);
	text_add(&t, "country_code"), text_add(&t, "IT");
	prefix_add(&t, "2a01::", 16);
	map_add(&t, 1);
	text_add(&t, "country_code"), text_add(&t, "XYZ");
	return tree_write(&t, out);
}

static size_t
nested_build(uint8_t *out)
{
	struct tree t = { .version = 4 };

	prefix_add(&t, "60.1.0.0", 16);
	map_add(&t, 5);
	text_add(&t, "country"), map_add(&t, 2);
	text_add(&t, "geoname_id"), num_add(&t, 0xc0, 7);
	text_add(&t, "iso_code"), text_add(&t, "FR");
	text_add(&t, "autonomous_system_number"), num_add(&t, 0xc0, 64500);
	text_add(&t, "autonomous_system_organization"), text_add(&t, "Net \"one\"\tcut");
	text_add(&t, "location"), map_add(&t, 3);
	text_add(&t, "latitude"), double_add(&t, -1.5);
	text_add(&t, "longitude"), double_add(&t, 2.5);
	text_add(&t, "accuracy_radius"), num_add(&t, 0xa0, 20);
	text_add(&t, "other"), text_add(&t, "a text that is longer than twenty-nine bytes");
	prefix_add(&t, "61.0.0.0", 8);
	map_add(&t, 1);
	text_add(&t, "registered_country"), map_add(&t, 1);
	text_add(&t, "iso_code"), text_add(&t, "ch");
	return tree_write(&t, out);
}

static void
file_write(const char *dir, const char *name, const uint8_t *data, size_t n)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	if ((f = fopen(path, "wb")) == NULL || fwrite(data, 1, n, f) != n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static struct geo *
folder_open(const char *dir, char *err, size_t n)
{
	const char *const dirs[] = { dir, NULL };
	struct geo_conf conf = { NULL, dirs, false };

	return geo_open(&conf, err, n);
}

/* want: cc who asn lat lng radius */
static int
probe(struct geo *g, const char *addr, const char *want)
{
	uint8_t bytes[16] = { 0 };
	int version = strchr(addr, ':') ? 6 : 4;
	struct geo_label l;
	char got[128];

	inet_pton(version == 4 ? AF_INET : AF_INET6, addr, bytes);
	geo_find(g, version, bytes, &l);
	snprintf(got, sizeof got, "%.*s %.*s %u %g %g %g", (int)l.cclen, l.cc, (int)l.wholen, l.who,
	    l.asn, (double)l.lat, (double)l.lng, (double)l.radius);
	if (want == NULL || strcmp(got, want) == 0)
		return 0;
	fprintf(stderr, "geo_mmdb: %s: got '%s', want '%s'\n", addr, got, want);
	return 1;
}

/* want: the first address of addr's network, NULL if nothing is known about addr */
static int
net(struct geo *g, const char *addr, const char *want)
{
	int version = strchr(addr, ':') ? 6 : 4, family = version == 4 ? AF_INET : AF_INET6;
	uint8_t bytes[16] = { 0 };
	char got[64];
	bool known;

	inet_pton(family, addr, bytes);
	known = geo_nets(g) && geo_net(g, version, bytes);
	inet_ntop(family, bytes, got, sizeof got);
	if (known == (want != NULL) && strcmp(got, known ? want : addr) == 0)
		return 0;
	fprintf(stderr, "geo_mmdb: net of %s: got %s, want %s\n", addr, got, want ? want : "none");
	return 1;
}

static int
test_labels(const char *dir)
{
	static const char *const want[][2] = {
		{ "60.0.0.1", "de -- 0 48.5 11.25 -1" },
		{ "60.1.0.1", "fr Net \"one\" 64500 -1.5 2.5 20" },
		{ "61.9.9.9", "ch -- 0 666 666 -1" }, { "62.0.0.1", "-- -- 0 666 666 -1" },
		{ "2a00::1", "it -- 0 666 666 -1" }, { "2a01::1", "-- -- 0 666 666 -1" },
		{ "::", "-- -- 0 666 666 -1" }, { "ffff::", "-- -- 0 666 666 -1" },
	};
	/* 60.1/16 is in a.mmdb, 60/8 around it and IPv6 in b.mmdb; 2a01:: has no label that counts */
	static const char *const nets[][2] = {
		{ "60.1.9.9", "60.1.0.0" }, { "60.9.9.9", "60.0.0.0" }, { "61.9.9.9", "61.0.0.0" },
		{ "62.0.0.1", NULL }, { "2a00:1::7", "2a00::" }, { "2a01::1", NULL }, { "::1", NULL },
	};
	uint8_t db[DB_MAX];
	char err[256] = "", text[512] = "", describe[512];
	struct geo *g;
	int failed = 0;
	FILE *f;

	file_write(dir, "b.mmdb", db, flat_build(db));
	file_write(dir, "a.mmdb", db, nested_build(db));
	file_write(dir, ".hidden.mmdb", db, 1);
	if ((g = folder_open(dir, err, sizeof err)) == NULL) {
		fprintf(stderr, "geo_mmdb: %s\n", err);
		return 1;
	}
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		failed |= probe(g, want[i][0], want[i][1]);
	for (size_t i = 0; i < sizeof nets / sizeof nets[0]; i++)
		failed |= net(g, nets[i][0], nets[i][1]);
	f = fmemopen(text, sizeof text, "w");
	geo_describe(g, f);
	fclose(f);
	snprintf(describe, sizeof describe, "[INF] basicFlow: %s/a.mmdb: Test?-City, 2026-06-01\n"
	    "[INF] basicFlow: %s/b.mmdb: Test?-City, 2026-06-01\n", dir, dir);
	if (strcmp(text, describe) != 0) {
		fprintf(stderr, "geo_mmdb: described as %s", text);
		failed = 1;
	}
	geo_close(g);
	return failed;
}

/* Opens a damaged database; what it says is of no interest. */
static void
damaged(const char *dir, const uint8_t *db, size_t n)
{
	static const char *const addr[] = {
		"60.0.0.1", "60.1.0.1", "61.9.9.9", "2a00::1", "2a01::1",
	};
	char err[256], path[128];
	struct geo *g;

	/* a new file, not the old one rewritten: that one may be mapped */
	snprintf(path, sizeof path, "%s/a.mmdb", dir);
	unlink(path);
	file_write(dir, "a.mmdb", db, n);
	if ((g = folder_open(dir, err, sizeof err)) == NULL)
		return;
	for (size_t i = 0; i < sizeof addr / sizeof addr[0]; i++)
		probe(g, addr[i], NULL);
	geo_close(g);
}

static void
test_damage(const char *dir, size_t (*build)(uint8_t *))
{
	static const uint8_t flip[] = { 0x01, 0x20, 0x80, 0xff };
	uint8_t db[DB_MAX];
	size_t n = build(db);

	for (size_t i = 0; i < n; i++)
		damaged(dir, db, i);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sizeof flip; k++) {
			db[i] ^= flip[k];
			damaged(dir, db, n);
			db[i] ^= flip[k];
		}
}

int
main(void)
{
	static const char *const name[] = { "a.mmdb", "b.mmdb", ".hidden.mmdb" };
	char dir[] = "/tmp/t2geo.XXXXXX", path[128];
	int failed;

	if (mkdtemp(dir) == NULL) {
		perror(dir);
		return 1;
	}
	failed = test_labels(dir);
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, name[i]);
		unlink(path);
	}
	test_damage(dir, flat_build);
	test_damage(dir, nested_build);
	snprintf(path, sizeof path, "%s/a.mmdb", dir);
	unlink(path);
	rmdir(dir);
	return failed;
}
