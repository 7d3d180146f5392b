/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schema.h - the dictionary of columns: what schema*.c and cmd/t2cols.c share.
 *
 * A dictionary is a list of rows in column order, made once from the tables of core and
 * plugins; each output form is one function that walks it.
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "priv.h"

/* schema*.c ------------------------------------------------------------------------------- */

struct schema_row {
	const struct col *col;          /* its declaration */
	const char *owner;              /* plugin, or "core" */
	const struct optset *opts;      /* the owner's, NULL if it has none */
	unsigned no;                    /* column number, 0 if options switch it off */
};
struct schema {
	struct schema_row *v;           /* n rows in column order */
	size_t n;
	const struct loaded *pl;        /* the plugins that the rows are from */
	size_t npl;
	const struct opts *opts;        /* of all owners, or NULL */
	bool only_on;                   /* without what options switch off */
	const char *table;              /* "flows" or "packets" */
	struct col *made;               /* columns of packet records in the form of the others */
};

/* -1: err names plugin and column. */
int schema_make(struct schema *s, const struct loaded *pl, size_t npl, const struct opts *opts,
    bool only_on, char *err, size_t errlen);
/* The same of the packet records. */
int schema_make_packets(struct schema *s, const struct loaded *pl, size_t npl,
    const struct opts *opts, bool only_on, char *err, size_t errlen);
void schema_free(struct schema *s);
void schema_write(FILE *f, enum schema_form form, const struct schema *s);
/* Number of hex digits of a mask for the column's bits. */
int schema_digits(const struct col *c);
/* An option's value as text: 1, or a string in quotes with \t and the like; returns buf. */
enum { SCHEMA_VALUE = 128 };
const char *schema_value(char buf[SCHEMA_VALUE], const struct opt *t, int64_t n, const char *s);

/* What set option i of s: "default", "compat", "file", "environment" or "-o". */
const char *schema_source(const struct optset *s, size_t i);

static inline bool
opt_is_string(const struct opt *t)
{
	return t->min == 0 && t->max == 0;
}

void schema_text(FILE *f, const struct schema *s);
void schema_mdoc(FILE *f, const struct schema *s);
void schema_json(FILE *f, const struct schema *s);
void schema_sql(FILE *f, const struct schema *s);
void schema_bits(FILE *f, const struct schema *s);
void schema_headers(FILE *f, const struct schema *s);   /* lines of the headers file */
void schema_full(FILE *f, const struct schema *s);      /* each column with all its details */
void schema_options(FILE *f, const struct schema *s);   /* all options with value and range */
void schema_options_json(FILE *f, const struct schema *s);
void schema_options_tsv(FILE *f, const struct schema *s);
void schema_tsv(FILE *f, const struct schema *s);
/* All plugins that are known here as TSV; those of the run, on, are marked. */
void schema_plugins_tsv(FILE *f, const struct loaded *all, size_t nall, const struct loaded *on,
    size_t non);

#endif
