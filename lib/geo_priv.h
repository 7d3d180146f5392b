/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * geo_priv.h - what the files of the address labels share.
 *
 * geo.c asks its sources in order of preference; geo_text.c holds text tables for bisection,
 * geo_row.c reads one row of them, geo_mmdb.c asks MaxMind-format databases.  A source only
 * fills what the sources before it left unknown.
 */
#ifndef T2_GEO_PRIV_H
#define T2_GEO_PRIV_H

#include <maxminddb.h>
#include "t2.h"

/* An address as a number; IPv4 uses the low 32 bits. */
typedef unsigned __int128 geo_key;

/* All two-character codes in lower case: a label only points, so codes in capitals need this. */
struct geo_pairs {
	char text[36][36][2];
};

struct geo_row {                        /* one row of a text table */
	geo_key first, last;            /* both belong to the range */
	bool ranged;                    /* given as FIRST-LAST, not as a prefix */
	int version;                    /* of the row's layout: 3, 5, or 0 for the short forms */
	struct geo_label label;         /* cc still as written */
};

enum geo_level { GEO_USER, GEO_SPECIAL, GEO_ASN };

struct geo_table {
	char *path;
	enum geo_level level;
	int version;                    /* 4 or 6 */
	unsigned format;                /* version of the text format, for the report */
	char rev[16];                   /* its revision, a date ddmmyyyy */
	bool ranged;                    /* some row was no prefix */
	bool tor;                       /* some row has the Tor bit */
	size_t nrow;                    /* ranges in the file */
	size_t n;                       /* disjoint intervals made of them */
	uint32_t *start4;               /* their first addresses, rising: IPv4 */
	geo_key *start6;                /* ... IPv6 */
	uint32_t *line;                 /* offset of the row that holds there, or GEO_NOLINE */
	uint32_t *begin;                /* the first interval of that row; NULL: not asked for */
	char *text;                     /* the file */
	uint32_t len;                   /* bytes */
};
#define GEO_NOLINE UINT32_MAX

struct geo_mmdb {
	char *path;
	MMDB_s db;
};

struct geo_net;                         /* the cache of geo_net.c */
struct geo {
	struct geo_table *table;        /* in order of preference */
	size_t ntable;
	struct geo_mmdb *mmdb;          /* likewise */
	size_t nmmdb;
	struct geo_pairs pairs;
	struct geo_answer *cache;
	struct geo_net *nets;           /* NULL: geo_nets() was not called */
};

enum { GEO_CACHE_BITS = 12 };
/* The place of an address in a direct-mapped cache. */
static inline size_t
geo_place(geo_key key)
{
	uint64_t mix = (uint64_t)key ^ (uint64_t)(key >> 64) * UINT64_C(0xc2b2ae3d27d4eb4f);

	return mix * UINT64_C(0x9e3779b97f4a7c15) >> (64 - GEO_CACHE_BITS);
}

/* geo.c */
geo_key geo_key_of(int version, const uint8_t *addr);
void geo_label_clear(struct geo_label *l);
/* Points at two lower-case characters for the code s, or returns NULL if it is none. */
const char *geo_cc(const struct geo_pairs *pairs, const char *s, size_t n);

/* geo_row.c: false sets *what, a one-line text without file name or line number. */
bool geo_row_parse(int version, const char *line, size_t len, struct geo_row *row,
    const char **what);

/* geo_text.c: -1 sets err.  A missing file is 0 with t->text == NULL. */
int geo_text_open(struct geo_table *t, const char *path, int version, char *err, size_t errlen);
bool geo_text_find(const struct geo_table *t, const struct geo_pairs *pairs, geo_key key,
    struct geo_label *label);
/* Makes t->begin; false: no memory. */
bool geo_text_nets(struct geo_table *t);
/* The first address that the row of key holds for, and the last of the piece of it that key lies
 * in; false: there is no row. */
bool geo_text_net(const struct geo_table *t, geo_key key, geo_key *first, geo_key *last);
void geo_text_describe(const struct geo_table *t, FILE *out);
void geo_text_close(struct geo_table *t);

/* geo_mmdb.c: -1 sets err. */
int geo_mmdb_open(struct geo_mmdb *m, const char *path, char *err, size_t errlen);
void geo_mmdb_find(const struct geo_mmdb *m, const struct geo_pairs *pairs, int version,
    const uint8_t *addr, struct geo_label *label);
/* The prefix length of the network that m knows something about, -1: nothing. */
int geo_mmdb_net(const struct geo_mmdb *m, const struct geo_pairs *pairs, int version,
    const uint8_t *addr);
void geo_mmdb_describe(const struct geo_mmdb *m, FILE *out);
void geo_mmdb_close(struct geo_mmdb *m);

#endif
