/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schema_text.c - the dictionary for a terminal: one line per column, a column in full with its
 * bit table, and the list of options.
 *
 * Widths are those of the longest entry, so that a long name never shifts a single line.
 */
#include <inttypes.h>
#include <string.h>

#include "schema.h"

static int
wider(int width, const char *s)
{
	int n = (int)strlen(s);

	return n > width ? n : width;
}

void
schema_text(FILE *f, const struct schema *s)
{
	int name = 4, type = 4, owner = 6;      /* widths of Name, Type, Plugin */
	char label[TYPE_LABEL], no[16];

	for (const struct schema_row *r = s->v; r < s->v + s->n; r++) {
		name = wider(name, r->col->name);
		type = wider(type, type_label(label, r->col->type, false, false));
		owner = wider(owner, r->owner);
	}
	fprintf(f, " No  %-*s  %-*s  %-*s  Description [option]\n", name, "Name", type, "Type",
	    owner, "Plugin");
	for (const struct schema_row *r = s->v; r < s->v + s->n; r++) {
		snprintf(no, sizeof(no), r->no > 0 ? "%u" : "-", r->no);
		fprintf(f, "%3s  %-*s  %-*s  %-*s  %s", no, name, r->col->name, type,
		    type_label(label, r->col->type, false, false), owner, r->owner, r->col->text);
		if (r->col->when != NULL)
			fprintf(f, " [%s]", r->col->when);
		putc('\n', f);
	}
}

/* a column in full ------------------------------------------------------------------------ */

/* The type, then how each kind of its values prints. */
static void
print_types(FILE *f, const struct col *c)
{
	const struct type *part[TYPE_PARTS];
	char label[TYPE_LABEL];
	bool repeated = false;
	int n = type_parse(c->type, part, TYPE_PARTS, &repeated);

	fprintf(f, "type     %s", type_label(label, c->type, false, false));
	if (n > 1)
		fputs(", values joined by _", f);
	if (repeated)
		fputs(", entries joined by ;", f);
	putc('\n', f);
	for (int i = 0; i < n; i++) {
		bool known = false;
		for (int k = 0; k < i; k++)
			known |= part[k] == part[i];
		if (!known)
			fprintf(f, "%-7s  %s\n", type_label(label, part[i]->code, false, false),
			    part[i]->text);
	}
}

static void
print_bits(FILE *f, const struct col *c)
{
	int digits = schema_digits(c);

	fprintf(f, "\nbit  %-*s  meaning\n", digits + 2, "mask");
	for (const struct bit *b = c->bits; b->no >= 0; b++) {
		const char *text = b->text != NULL ? b->text : b->report;

		fprintf(f, "%3d  0x%0*" PRIx64 "  %s\n", b->no, digits, UINT64_C(1) << b->no,
		    text != NULL ? text : "");
	}
}

void
schema_full(FILE *f, const struct schema *s)
{
	for (const struct schema_row *r = s->v; r < s->v + s->n; r++) {
		const struct col *c = r->col;

		if (r > s->v)
			putc('\n', f);
		fprintf(f, "column   %s\nmeaning  %s\nplugin   %s\n", c->name, c->text, r->owner);
		if (r->no > 0)
			fprintf(f, "number   %u\n", r->no);
		else
			fputs("number   none, switched off\n", f);
		if (c->when != NULL)
			fprintf(f, "option   %s\n", c->when);
		print_types(f, c);
		if (c->bits != NULL)
			print_bits(f, c);
	}
}

/* options --------------------------------------------------------------------------------- */

struct widths {
	int name, value, def, range;    /* of the columns of the option list, characters */
};

struct option_text {                    /* one option's line in pieces */
	char name[SCHEMA_VALUE], range[64];     /* owner.NAME; min..max or "text" */
	char value[SCHEMA_VALUE], def[SCHEMA_VALUE];    /* as schema_value() writes them */
};

static void
option_words(struct option_text *w, const struct optset *s, size_t i)
{
	const struct opt *t = &s->table[i];

	snprintf(w->name, sizeof(w->name), "%s.%s", s->owner, t->name);
	schema_value(w->value, t, s->val[i].n, s->val[i].s);
	schema_value(w->def, t, t->def, t->str);
	if (opt_is_string(t))
		snprintf(w->range, sizeof(w->range), "text");
	else
		snprintf(w->range, sizeof(w->range), "%" PRId64 "..%" PRId64, t->min, t->max);
}

static void
print_option(FILE *f, const struct widths *n, const struct optset *s, size_t i)
{
	struct option_text w;

	option_words(&w, s, i);
	fprintf(f, "%-*s  %-*s  %-*s  %-*s  %s", n->name, w.name, n->value, w.value, n->def, w.def,
	    n->range, w.range, s->table[i].text);
	if (s->table[i].compat != s->table[i].def && !opt_is_string(&s->table[i]))
		fprintf(f, " [%" PRId64 " with compat=0.8.4]", s->table[i].compat);
	putc('\n', f);
}

void
schema_options(FILE *f, const struct schema *s)
{
	const struct opts *o = s->opts;
	struct widths n = { 6, 5, 7, 5 };       /* Option Value Default Range */
	struct option_text w;

	for (const struct optset *v = o->v; v < o->v + o->n; v++)
		for (size_t i = 0; v->table[i].name != NULL; i++) {
			option_words(&w, v, i);
			n.name = wider(n.name, w.name);
			n.value = wider(n.value, w.value);
			n.def = wider(n.def, w.def);
			n.range = wider(n.range, w.range);
		}
	fprintf(f, "%-*s  %-*s  %-*s  %-*s  Description\n", n.name, "Option", n.value, "Value",
	    n.def, "Default", n.range, "Range");
	for (const struct optset *v = o->v; v < o->v + o->n; v++)
		for (size_t i = 0; v->table[i].name != NULL; i++)
			print_option(f, &n, v, i);
}
