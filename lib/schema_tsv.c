/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schema_tsv.c - the dictionary for scripts: columns, options and plugins as lines of TSV below a
 * header line.
 *
 * Values of options are as t2.conf takes them: numbers, or text in quotes with \t \n \" \\.
 */
#include <inttypes.h>
#include <string.h>

#include "schema.h"

/* Tabs and line ends, which a guest's texts may have, become blanks. */
static void
put_text(FILE *f, const char *s)
{
	for (; s != NULL && *s != '\0'; s++)
		putc(*s == '\t' || *s == '\n' ? ' ' : *s, f);
}

void
schema_tsv(FILE *f, const struct schema *s)
{
	char label[TYPE_LABEL];

	fputs("%no\tname\ttype\tplugin\twhen\ttext\n", f);
	for (const struct schema_row *r = s->v; r < s->v + s->n; r++) {
		fprintf(f, "%u\t%s\t%s\t%s\t%s\t", r->no, r->col->name,
		    type_label(label, r->col->type, false, false), r->owner,
		    r->col->when != NULL ? r->col->when : "");
		put_text(f, r->col->text);
		putc('\n', f);
	}
}

/* options --------------------------------------------------------------------------------- */

static void
put_value(FILE *f, const struct opt *t, int64_t n, const char *s)
{
	if (!opt_is_string(t)) {
		fprintf(f, "%" PRId64, n);
		return;
	}
	opt_string_print(f, s);
}

static void
put_option(FILE *f, const struct optset *s, size_t i)
{
	const struct opt *t = &s->table[i];

	fprintf(f, "%s\t%s\t", s->owner, t->name);
	put_value(f, t, s->val[i].n, s->val[i].s);
	putc('\t', f);
	put_value(f, t, t->def, t->str);
	if (opt_is_string(t))
		fputs("\t\t\t", f);
	else
		fprintf(f, "\t%" PRId64 "\t%" PRId64 "\t%" PRId64, t->min, t->max, t->compat);
	fprintf(f, "\t%s\t", schema_source(s, i));
	put_text(f, t->text);
	putc('\n', f);
}

void
schema_options_tsv(FILE *f, const struct schema *s)
{
	fputs("%plugin\tname\tvalue\tdefault\tmin\tmax\tcompat\tsource\ttext\n", f);
	for (const struct optset *v = s->opts->v; v < s->opts->v + s->opts->n; v++)
		for (size_t i = 0; v->table[i].name != NULL; i++)
			put_option(f, v, i);
}

/* plugins --------------------------------------------------------------------------------- */

static bool
is_among(const struct plugin *p, const struct loaded *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].p->name, p->name) == 0)
			return true;
	return false;
}

static void
put_plugin(FILE *f, const struct loaded *l, bool on)
{
	fprintf(f, "%d\t%s\t%s\t%s\t%s\t", l->p->order, l->p->name, l->p->version,
	    on ? "yes" : "no", l->path != NULL ? l->path : "built in");
	put_text(f, l->p->about);
	putc('\n', f);
}

void
schema_plugins_tsv(FILE *f, const struct loaded *all, size_t nall, const struct loaded *on,
    size_t non)
{
	fputs("%order\tname\tversion\tloaded\torigin\ttext\n", f);
	for (size_t i = 0; i < nall; i++)
		put_plugin(f, &all[i], is_among(all[i].p, on, non));
	for (size_t i = 0; i < non; i++)
		if (!is_among(on[i].p, all, nall))
			put_plugin(f, &on[i], true);
}
