/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schema.c - the dictionary of columns from the tables of core and plugins, and its plain forms:
 * SQL, bit tables as TSV, lines of the headers file.
 *
 * The rows are all columns in the order of the tables; colset_make, which the flow output uses
 * too, says which of them are printed and what is wrong with a table.  The longer forms are in
 * schema_text.c, schema_mdoc.c and schema_json.c.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "schema.h"

/* rows ------------------------------------------------------------------------------------ */

/* Appends the columns of one owner, as on lists the printed ones; *k is the next of these. */
static int
rows_add(struct schema *s, const struct col *c, struct schema_row row, const struct colset *on,
    size_t *k, bool only_on)
{
	for (; c != NULL && c->name != NULL; c++) {
		row.col = c;
		row.no = 0;
		if (*k < on->n && on->v[*k].col == c)
			row.no = (unsigned)++*k;
		if (row.no == 0 && only_on)
			continue;
		struct schema_row *v = reallocarray(s->v, s->n + 1, sizeof(*v));
		if (v == NULL)
			return -1;
		s->v = v;
		s->v[s->n++] = row;
	}
	return 0;
}

int
schema_make(struct schema *s, const struct loaded *pl, size_t npl, const struct opts *opts,
    bool only_on, char *err, size_t errlen)
{
	struct colset on;
	size_t k = 0;
	int r;

	*s = (struct schema){ .pl = pl, .npl = npl, .opts = opts, .only_on = only_on,
		.table = "flows" };
	if (colset_make(&on, pl, npl, opts, err, errlen) < 0)
		return -1;
	r = rows_add(s, core_cols, (struct schema_row){ .owner = "core" }, &on, &k, only_on);
	for (size_t i = 0; r == 0 && i < npl; i++) {
		struct schema_row row = { .owner = pl[i].p->name,
			.opts = col_options(&pl[i], opts) };
		r = rows_add(s, pl[i].p->cols, row, &on, &k, only_on);
	}
	colset_free(&on);
	if (r < 0) {
		schema_free(s);
		snprintf(err, errlen, "out of memory");
	}
	return r;
}

void
schema_free(struct schema *s)
{
	free(s->v);
	free(s->made);
	s->v = NULL;
	s->made = NULL;
	s->n = 0;
}

/* parts of all forms ---------------------------------------------------------------------- */

int
schema_digits(const struct col *c)
{
	const struct type *part[TYPE_PARTS];
	bool repeated;
	int n = type_parse(c->type, part, TYPE_PARTS, &repeated), top = 0;

	for (const struct bit *b = c->bits; b != NULL && b->no >= 0; b++)
		if (b->no > top)
			top = b->no;
	for (int i = 0; i < n; i++)     /* of a compound: the first part that has the bits */
		if (part[i]->code[0] == 'H' && (size_t)top < 8 * part[i]->size)
			return 2 * (int)part[i]->size;
	return 16;
}

const char *
schema_value(char buf[SCHEMA_VALUE], const struct opt *t, int64_t n, const char *s)
{
	char *p = buf, *e = buf + SCHEMA_VALUE - sizeof("\\t\"");

	if (!opt_is_string(t)) {
		snprintf(buf, SCHEMA_VALUE, "%" PRId64, n);
		return buf;
	}
	*p++ = '"';
	for (; s != NULL && *s != '\0' && p < e; s++) {
		if (strchr("\t\n\"\\", *s) != NULL)
			*p++ = '\\';
		*p++ = *s == '\t' ? 't' : *s == '\n' ? 'n' : *s;
	}
	*p++ = '"';
	*p = '\0';
	return buf;
}

const char *
schema_source(const struct optset *s, size_t i)
{
	static const char *const source[] = { "default", "compat", "file", "environment", "-o" };

	return s->level[i] < ARRAY_LEN(source) ? source[s->level[i]] : "";
}

/* plain forms ----------------------------------------------------------------------------- */

void
schema_headers(FILE *f, const struct schema *s)
{
	bool numeric = false, timestr = false;
	char label[TYPE_LABEL];

	if (s->opts != NULL && opts_owner(s->opts, "txtSink") != NULL) {
		numeric = opts_get(s->opts, "txtSink", "TFS_NC_TYPE")->n == 0;
		timestr = opts_get(s->opts, "txtSink", "B2T_TIMESTR")->n == 1;
	}
	for (const struct schema_row *r = s->v; r < s->v + s->n; r++)
		if (r->no > 0)
			fprintf(f, "%u\t%s\t%s\t%s\n", r->no,
			    type_label(label, r->col->type, numeric, timestr), r->col->name,
			    r->col->text);
}

void
schema_bits(FILE *f, const struct schema *s)
{
	fputs("%column\tbit\tmask\tlevel\treport\ttext\n", f);
	for (const struct schema_row *r = s->v; r < s->v + s->n; r++)
		for (const struct bit *b = r->col->bits; b != NULL && b->no >= 0; b++)
			fprintf(f, "%s\t%d\t0x%0*" PRIx64 "\t%.1s\t%s\t%s\n", r->col->name, b->no,
			    schema_digits(r->col), UINT64_C(1) << b->no, &b->level,
			    b->report != NULL ? b->report : "", b->text != NULL ? b->text : "");
}

static const char *
sql_type(const struct col *c)
{
	const struct type *part[TYPE_PARTS];
	bool repeated = false;
	int n = type_parse(c->type, part, TYPE_PARTS, &repeated);

	return n == 1 && !repeated && c->type[0] != '(' ? part[0]->sql : "TEXT";
}

/* Alternatives under different options may share a name, which a table cannot: the printed one
 * counts, else the first. */
static bool
is_repeat(const struct schema *s, const struct schema_row *r)
{
	for (const struct schema_row *q = s->v; q < s->v + s->n; q++)
		if (strcmp(q->col->name, r->col->name) == 0 && r->no == 0 && (q->no > 0 || q < r))
			return true;
	return false;
}

void
schema_sql(FILE *f, const struct schema *s)
{
	const char *comment = NULL;     /* of the column whose line is still open */

	fprintf(f, "CREATE TABLE %s (\n", s->table);
	for (const struct schema_row *r = s->v; r < s->v + s->n; r++) {
		if (is_repeat(s, r))
			continue;
		if (comment != NULL)
			fprintf(f, ", -- %s\n", comment);
		fputs("\t\"", f);
		for (const char *p = r->col->name; *p != '\0'; p++) {
			if (*p == '"')
				putc('"', f);
			putc(*p, f);
		}
		fprintf(f, "\" %s", sql_type(r->col));
		comment = r->col->text;
	}
	fprintf(f, " -- %s\n);\n", comment != NULL ? comment : "");
}

void
schema_write(FILE *f, enum schema_form form, const struct schema *s)
{
	switch (form) {
	case SCHEMA_TEXT: schema_text(f, s); break;
	case SCHEMA_MDOC: schema_mdoc(f, s); break;
	case SCHEMA_JSON: schema_json(f, s); break;
	case SCHEMA_SQL: schema_sql(f, s); break;
	case SCHEMA_BITS: schema_bits(f, s); break;
	}
}

int
schema_print(FILE *f, enum schema_form form, const struct loaded *pl, size_t npl,
    const struct opts *opts, bool only_on)
{
	struct schema s;
	char err[256];

	if (schema_make(&s, pl, npl, opts, only_on, err, sizeof(err)) < 0)
		return -1;
	schema_write(f, form, &s);
	schema_free(&s);
	return ferror(f) ? -1 : 0;
}
