/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * geo.c - labels of addresses: country, organisation, AS number, place.
 *
 * Sources are asked in this order: the user's subnets4.txt and subnets6.txt, the shipped
 * special-purpose ranges, databases *.mmdb, tables asn4.txt and asn6.txt as t2geo makes them.
 * Each fills what is still unknown, except that a special-purpose range is the last word.
 * Answers are kept in a direct-mapped cache, as the same addresses come again and again.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "geo_priv.h"

enum { MMDB_MAX = 64 };

struct geo_answer {
	geo_key key;
	int version;                    /* 0: empty */
	struct geo_label label;
};

geo_key
geo_key_of(int version, const uint8_t *addr)
{
	geo_key key = 0;

	for (int i = 0; i < (version == 4 ? 4 : 16); i++)
		key = key << 8 | addr[i];
	return key;
}

void
geo_label_clear(struct geo_label *l)
{
	*l = (struct geo_label){
		.cc = "--", .cclen = 2, .who = "--", .wholen = 2,
		.lat = 666, .lng = 666, .radius = -1,
	};
}

static int
code_index(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'z' ? c - 'a' + 10 : -1;
}

static void
pairs_fill(struct geo_pairs *pairs)
{
	static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";

	for (int a = 0; a < 36; a++)
		for (int b = 0; b < 36; b++) {
			pairs->text[a][b][0] = letters[a];
			pairs->text[a][b][1] = letters[b];
		}
}

const char *
geo_cc(const struct geo_pairs *pairs, const char *s, size_t n)
{
	int a, b;

	if (n != 2 || (a = code_index((unsigned char)s[0])) < 0 ||
	    (b = code_index((unsigned char)s[1])) < 0)
		return NULL;
	return pairs->text[a][b];
}

static int
path_join(char *path, const char *dir, const char *name, char *err, size_t errlen)
{
	if (snprintf(path, PATH_MAX, "%s/%s", dir, name) < PATH_MAX)
		return 0;
	snprintf(err, errlen, "%.64s...: %s", dir, strerror(ENAMETOOLONG));
	return -1;
}

static int
text_add(struct geo *g, const char *dir, const char *name, enum geo_level level, char *err,
    size_t errlen)
{
	/* the names end in 4.txt or 6.txt */
	int version = name[strlen(name) - 5] - '0';
	char path[PATH_MAX];
	struct geo_table t, *grown;

	if (path_join(path, dir, name, err, errlen) != 0 ||
	    geo_text_open(&t, path, version, err, errlen) != 0)
		return -1;
	t.level = level;
	if (t.text == NULL) {
		geo_text_close(&t);
		if (level != GEO_SPECIAL)
			return 0;
		snprintf(err, errlen, "%s: %s", path, strerror(ENOENT));
		return -1;
	}
	if ((grown = reallocarray(g->table, g->ntable + 1, sizeof t)) == NULL) {
		geo_text_close(&t);
		snprintf(err, errlen, "%s: %s", path, strerror(ENOMEM));
		return -1;
	}
	g->table = grown;
	g->table[g->ntable++] = t;
	return 0;
}

static int
pair_add(struct geo *g, const char *dir, const char *stem, enum geo_level level, char *err,
    size_t errlen)
{
	char name[32];

	for (int version = 4; version <= 6; version += 2) {
		snprintf(name, sizeof name, "%s%d.txt", stem, version);
		if (text_add(g, dir, name, level, err, errlen) != 0)
			return -1;
	}
	return 0;
}

static int
is_mmdb(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 5 && d->d_name[0] != '.' && strcmp(d->d_name + n - 5, ".mmdb") == 0;
}

/* Not alphasort(): the order of preference must not depend on the locale. */
static int
name_cmp(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
mmdb_add(struct geo *g, const char *dir, const char *name, char *err, size_t errlen)
{
	char path[PATH_MAX];
	struct geo_mmdb *grown;

	if (g->nmmdb == MMDB_MAX) {
		snprintf(err, errlen, "%s: more than %d databases", dir, MMDB_MAX);
		return -1;
	}
	if ((grown = reallocarray(g->mmdb, g->nmmdb + 1, sizeof *grown)) == NULL) {
		snprintf(err, errlen, "%s: %s", dir, strerror(ENOMEM));
		return -1;
	}
	g->mmdb = grown;
	if (path_join(path, dir, name, err, errlen) != 0 ||
	    geo_mmdb_open(&g->mmdb[g->nmmdb], path, err, errlen) != 0)
		return -1;
	g->nmmdb++;
	return 0;
}

static int
folder_add(struct geo *g, const char *dir, char *err, size_t errlen)
{
	struct dirent **entry;
	int n = scandir(dir, &entry, is_mmdb, name_cmp), ret = 0;

	if (n < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (n < 0) {
		snprintf(err, errlen, "%s: %s", dir, strerror(errno));
		return -1;
	}
	for (int i = 0; i < n; i++) {
		if (ret == 0)
			ret = mmdb_add(g, dir, entry[i]->d_name, err, errlen);
		free(entry[i]);
	}
	free(entry);
	return ret;
}

static int
sources_open(struct geo *g, const struct geo_conf *conf, char *err, size_t errlen)
{
	static const char *const none[] = { NULL };
	const char *const *dirs = conf->dirs == NULL || conf->no_user_data ? none : conf->dirs;
	const char *const *d;

	for (d = dirs; *d != NULL; d++)
		if (pair_add(g, *d, "subnets", GEO_USER, err, errlen) != 0)
			return -1;
	if (conf->share_dir != NULL &&
	    pair_add(g, conf->share_dir, "networks", GEO_SPECIAL, err, errlen) != 0)
		return -1;
	for (d = dirs; *d != NULL; d++)
		if (folder_add(g, *d, err, errlen) != 0 ||
		    pair_add(g, *d, "asn", GEO_ASN, err, errlen) != 0)
			return -1;
	return 0;
}

struct geo *
geo_open(const struct geo_conf *conf, char *err, size_t errlen)
{
	struct geo *g = calloc(1, sizeof *g);

	if (g != NULL)
		g->cache = calloc(1 << GEO_CACHE_BITS, sizeof *g->cache);
	if (g == NULL || g->cache == NULL) {
		snprintf(err, errlen, "%s", strerror(ENOMEM));
		free(g);
		return NULL;
	}
	pairs_fill(&g->pairs);
	if (sources_open(g, conf, err, errlen) != 0) {
		geo_close(g);
		return NULL;
	}
	return g;
}

/* Takes over from l what out does not know yet. */
static void
label_merge(struct geo_label *out, const struct geo_label *l)
{
	if (out->cc[0] == '-') {
		out->cc = l->cc;
		out->cclen = l->cclen;
	}
	/* "--" is not a name, but a name may begin with '-' */
	if (out->wholen == 2 && memcmp(out->who, "--", 2) == 0) {
		out->who = l->who;
		out->wholen = l->wholen;
	}
	if (out->asn == 0)
		out->asn = l->asn;
	if (out->code == 0)
		out->code = l->code;
	out->tor |= l->tor;
	if (out->lat > 360) {
		out->lat = l->lat;
		out->lng = l->lng;
		out->radius = l->radius;
	}
}

static void
label_find(const struct geo *g, int version, const uint8_t *addr, geo_key key,
    struct geo_label *out)
{
	struct geo_label l;
	size_t i;

	for (i = 0; i < g->ntable && g->table[i].level != GEO_ASN; i++) {
		if (g->table[i].version != version ||
		    !geo_text_find(&g->table[i], &g->pairs, key, &l))
			continue;
		label_merge(out, &l);
		if (g->table[i].level == GEO_SPECIAL)
			return;
	}
	for (size_t k = 0; k < g->nmmdb; k++) {
		geo_mmdb_find(&g->mmdb[k], &g->pairs, version, addr, &l);
		label_merge(out, &l);
	}
	for (; i < g->ntable; i++)
		if (g->table[i].version == version &&
		    geo_text_find(&g->table[i], &g->pairs, key, &l))
			label_merge(out, &l);
}

void
geo_find(struct geo *g, int version, const uint8_t *addr, struct geo_label *out)
{
	struct geo_answer *a;
	geo_key key;

	geo_label_clear(out);
	if (version != 4 && version != 6)
		return;
	key = geo_key_of(version, addr);
	a = &g->cache[geo_place(key)];
	if (a->version != version || a->key != key) {
		a->key = key;
		a->version = version;
		a->label = *out;
		if (key != 0)                   /* 0.0.0.0 and :: are never looked up */
			label_find(g, version, addr, key, &a->label);
	}
	*out = a->label;
}

void
geo_describe(const struct geo *g, FILE *out)
{
	for (size_t i = 0; i < g->ntable; i++)
		geo_text_describe(&g->table[i], out);
	for (size_t i = 0; i < g->nmmdb; i++)
		geo_mmdb_describe(&g->mmdb[i], out);
}

bool
geo_has_tor(const struct geo *g)
{
	for (size_t i = 0; i < g->ntable; i++)
		if (g->table[i].tor)
			return true;
	return false;
}

void
geo_close(struct geo *g)
{
	if (g == NULL)
		return;
	for (size_t i = 0; i < g->ntable; i++)
		geo_text_close(&g->table[i]);
	for (size_t i = 0; i < g->nmmdb; i++)
		geo_mmdb_close(&g->mmdb[i]);
	free(g->table);
	free(g->mmdb);
	free(g->cache);
	free(g->nets);
	free(g);
}
