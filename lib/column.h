/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * column.h - how flows and packets become rows of text: the writer, types of values, columns.
 */
#ifndef T2_COLUMN_H
#define T2_COLUMN_H

#include "t2.h"

struct optset;                          /* options: priv.h */
struct opts;
struct loaded;                          /* a plugin of this run: priv.h */

/* out.c ----------------------------------------------------------------------------------- */

struct out_conf {                       /* text forms, from the options of txtSink */
	char sep;                       /* between columns */
	char hdr_chr;                   /* first character of the header line */
	bool hex_upper, timestr, san_utf8;
	bool local;                     /* with timestr: in local time */
	bool gz;                        /* compressed */
	int ts_digits;                  /* 6 or 9 */
	int mac_format, ip4_format, ip6_format;
	char mac_sep;
	bool reltime;
	bool only6;                     /* absent addresses are those of IPv6: IPV6_ACTIVATE=1 */
	int64_t base;                   /* time of the first packet, for RELTIME */
};
struct out {
	char *p, *e;                    /* next free byte, end of the buffer less FMT_MAX */
	char *buf;
	int fd;
	void *gz;                       /* zlib's file on fd, NULL plain */
	char *name;                     /* for messages */
	int error;                      /* errno of the first failed write; the rest is dropped */
	uint64_t written;               /* bytes handed over, before compression */
	struct out_conf conf;
};
extern const struct opt txtsink_opts[];
/* Reads the text forms out of the options of txtSink; -1: *why names the offending option. */
int out_configure(struct out_conf *c, const struct optset *s, const char **why);
/* path "-" is stdout.  -1 with errno. */
int out_open(struct out *o, const char *path, const struct out_conf *conf);
void out_flush(struct out *o);
/* Flushes and closes; -1 with errno if any write failed. */
int out_close(struct out *o);
void put_raw(struct out *o, const char *s, size_t n);   /* as it is */
/* Overwrites n bytes at offset at of the stream; -1 with errno, ESPIPE if it cannot go back. */
int out_patch(struct out *o, uint64_t at, const char *s, size_t n);

static inline void
out_room(struct out *o)                 /* at least FMT_MAX bytes free at o->p */
{
	if (unlikely(o->p > o->e))
		out_flush(o);
}

/* type.c ---------------------------------------------------------------------------------- */

struct type {                           /* one value type of a column */
	const char *code;               /* as in the headers file: U64, H16, MAC ... */
	size_t size;                    /* bytes in C, 0 if it needs an emit function */
	const char *c;                  /* C type of a plain column */
	const char *json, *sql;         /* type names there */
	const char *empty;              /* what an absent value prints */
	const char *text;               /* how it prints, for the manual */
	void (*put)(struct out *o, const void *v);      /* prints the C value at v */
	int number;                     /* numeric code of TFS_NC_TYPE=0 */
};
const struct type *type_find(const char *code, size_t len);
/* Splits "MAC_MAC_U64:R" into types; returns their number, -1 for an unknown one. */
int type_parse(const char *spec, const struct type **v, int max, bool *repeated);
enum { TYPE_PARTS = 32, TYPE_LABEL = 256 };
extern const struct type type_table[];  /* ends with code NULL */
/*
 * The type as the headers file names it: "TIME" is U64.U32 there, or S with timestr
 * (B2T_TIMESTR=1); with numeric (TFS_NC_TYPE=0) each code is a number.  Returns buf.
 */
const char *type_label(char buf[TYPE_LABEL], const char *spec, bool numeric, bool timestr);

/* col.c, schema.c ------------------------------------------------------------------------- */

struct colrun {                         /* a column of this run */
	const struct col *col;
	const struct loaded *pl;        /* owner; NULL for the core's */
	const struct type *type;        /* plain columns */
	size_t off;                     /* of the value, from the flow's start */
};
struct colset {
	struct colrun *v;
	size_t n;
};
/* Collects the columns whose conditions hold, in plugin order; -1: err names the column. */
int colset_make(struct colset *s, const struct loaded *pl, size_t npl, const struct opts *opts,
    char *err, size_t errlen);
void colset_free(struct colset *s);
void col_header(struct out *o, const struct colset *s);
void col_record(struct out *o, const struct colset *s, const struct flow *f);
/* The column lines of the headers file, with numeric codes or B2T_TIMESTR's types. */
void col_list(FILE *f, const struct colset *s, bool numeric, bool timestr);
/* The three lines of TFS_EXTENDED_HEADER=1, before col_header and first in the stream. */
void col_header_extended(struct out *o, const struct colset *s);
/* Fills in their number of flows before out_close; -1 with errno, ESPIPE if it cannot go back. */
int col_header_count(struct out *o, uint64_t nflows);
extern const struct col core_cols[];    /* dir */
/* The options of a plugin, or NULL. */
const struct optset *col_options(const struct loaded *pl, const struct opts *opts);

/* -c: keeps the columns named in list, joined by commas, in that order; -1: err tells why not. */
int colset_choose(struct colset *s, const char *list, const struct loaded *pl, size_t npl,
    char *err, size_t errlen);

enum schema_form { SCHEMA_TEXT, SCHEMA_MDOC, SCHEMA_JSON, SCHEMA_SQL, SCHEMA_BITS };
/* The dictionary of all columns (also those that options switch off unless only_on). */
int schema_print(FILE *f, enum schema_form form, const struct loaded *pl, size_t npl,
    const struct opts *opts, bool only_on);

/* choose.c - columns by name -------------------------------------------------------------- */

struct choice {                         /* a column that may be asked for */
	const char *name;
	const char *owner, *when;       /* for those that are off: what switches them on */
};
struct choices {
	struct choice *v;
	size_t n;
};
int choice_add(struct choices *c, const char *name, const char *owner, const char *when);
/* Names joined by commas: place[] gets their places in on, at most on->n; returns how many, -1
 * with err.  off: columns that are only told about. */
int choices_find(const struct choices *on, const struct choices *off, const char *list,
    size_t *place, char *err, size_t errlen);

/* pktcol.c - packet records --------------------------------------------------------------- */

struct pktrun {                         /* a column of the packet records of this run */
	void (*emit)(struct out *o, const struct pkt *p, const struct flow *f, const void *slot,
	    void *state);
	void *state;                    /* of the plugin, NULL for the core's columns */
	size_t off;                     /* of its slot, from the flow's start */
	const char *name;               /* relTime instead of time with RELTIME=1 */
	const struct pktcol *col;
};
/* Columns first to last - 1 are fixed: their text is kept in the flow, at text. */
struct pktset {
	struct pktrun *v;
	size_t n;
	size_t first, last;
	size_t text;                    /* from the flow's start; 0: no room there */
};
struct pkttext {
	uint8_t n;                      /* bytes of text, 0: not known yet */
	char text[159];                 /* with a separator behind each column */
};
/* Collects the columns whose conditions hold, in plugin order, or those of list (NULL: all) in
 * its order; -1: err names the column. */
int pktset_make(struct pktset *s, const struct t2 *t, const char *list, char *err, size_t errlen);
void pktset_free(struct pktset *s);
void pkt_header(struct out *o, const struct pktset *s);
void pkt_record(struct out *o, const struct pktset *s, const struct pkt *p, struct flow *f);
/* The captured part of the payload. */
struct cur pkt_payload(const struct pkt *p);
extern const struct pktcol core_pktcols[];      /* pktNo, in front; then the payload's */

#endif
