/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schema_mdoc.c - the dictionary as mdoc(7), to be spliced into the frame of t2columns.5.
 *
 * A subsection with the value types, then one per plugin: what it is for, its columns with
 * type, condition and bit table, its options.  Surprise: mandoc -Tlint has opinions on style,
 * so text is wrapped here and every sentence starts a line.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "monitor.h"
#include "schema.h"

enum { MDOC_WIDTH = 78 };

/* One word of s: escapes what roff would read as its own, if it opens the line also dots. */
static void
mdoc_word(FILE *f, const char *s, size_t n, bool first)
{
	if (first && n > 0 && (*s == '.' || *s == '\''))
		fputs("\\&", f);
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\\')
			fputs("\\e", f);
		else if ((unsigned char)s[i] >= ' ')
			putc(s[i], f);
	}
}

static bool
ends_sentence(const char *s, size_t n)
{
	while (n > 0 && strchr(")'\"", s[n - 1]) != NULL)
		n--;
	return n > 0 && strchr(".!?", s[n - 1]) != NULL;
}

/* Text lines, which end with a full stop if stop is set and s has none. */
static void
mdoc_text(FILE *f, const char *s, bool stop)
{
	size_t col = 0, n = 0;
	bool ended = false;

	for (s += strspn(s, " \t\n"); *s != '\0'; s += n + strspn(s + n, " \t\n")) {
		n = strcspn(s, " \t\n");
		if (col > 0 && (ended || col + 1 + n > MDOC_WIDTH)) {
			putc('\n', f);
			col = 0;
		}
		if (col > 0) {
			putc(' ', f);
			col++;
		}
		mdoc_word(f, s, n, col == 0);
		col += n;
		ended = ends_sentence(s, n);
	}
	fputs(stop && !ended ? ".\n" : "\n", f);
}

/* An argument of a macro; what looks like a macro itself gets a \& in front. */
static void
mdoc_arg(FILE *f, const char *s)
{
	size_t n = strlen(s);

	fputs((n == 2 || n == 3) && isupper((unsigned char)*s) ? " \\&" : " ", f);
	for (; *s != '\0'; s++) {
		if (*s == '"')
			fputs("\\(dq", f);
		else
			mdoc_word(f, s, 1, false);
	}
}

/* columns --------------------------------------------------------------------------------- */

static void
mdoc_types(FILE *f)
{
	char label[TYPE_LABEL];

	fputs(".Ss Value types\n.Bl -tag -width U64.U32 -compact\n", f);
	for (const struct type *t = type_table; t->code != NULL; t++) {
		fputs(".It", f);
		mdoc_arg(f, type_label(label, t->code, false, false));
		putc('\n', f);
		mdoc_text(f, t->text, false);
	}
	fputs(".El\n", f);
}

static void
mdoc_bits(FILE *f, const struct col *c)
{
	int digits = schema_digits(c);

	fprintf(f, ".Bl -tag -width \"63 0x%0*d\" -compact\n", digits, 0);
	for (const struct bit *b = c->bits; b->no >= 0; b++) {
		const char *text = b->text != NULL ? b->text : b->report;

		fprintf(f, ".It %d 0x%0*" PRIx64 "\n", b->no, digits, UINT64_C(1) << b->no);
		mdoc_text(f, text != NULL ? text : "unused", false);
	}
	fputs(".El\n", f);
}

static void
mdoc_column(FILE *f, const struct col *c)
{
	char label[TYPE_LABEL];

	fputs(".It Va", f);
	mdoc_arg(f, c->name);
	fputs(" Pq", f);
	mdoc_arg(f, type_label(label, c->type, false, false));
	putc('\n', f);
	mdoc_text(f, c->text, true);
	if (c->when != NULL) {
		fputs("Printed with\n.Cm", f);
		mdoc_arg(f, c->when);
		fputs(" .\n", f);
	}
	if (c->bits != NULL)
		mdoc_bits(f, c);
}

/* intro: the line in front of them, if there are any. */
static void
mdoc_columns(FILE *f, const struct schema *s, const char *owner, const char *intro)
{
	bool any = false;

	for (const struct schema_row *r = s->v; r < s->v + s->n; r++) {
		if (strcmp(r->owner, owner) != 0)
			continue;
		if (!any)
			fprintf(f, "%s.Bl -tag -width Ds\n", intro);
		any = true;
		mdoc_column(f, r->col);
	}
	if (any)
		fputs(".El\n", f);
}

/* options --------------------------------------------------------------------------------- */

static void
mdoc_option(FILE *f, const struct opt *t)
{
	char value[SCHEMA_VALUE], line[2 * SCHEMA_VALUE];

	fputs(".It Cm", f);
	mdoc_arg(f, t->name);
	putc('\n', f);
	mdoc_text(f, t->text, true);
	schema_value(value, t, t->def, t->str);
	if (opt_is_string(t))
		snprintf(line, sizeof(line), "Default %s", value);
	else
		snprintf(line, sizeof(line), "Default %s, range %" PRId64 " to %" PRId64, value,
		    t->min, t->max);
	mdoc_text(f, line, true);
	if (!opt_is_string(t) && t->compat != t->def)
		fprintf(f, "With\n.Cm compat=0.8.4 :\n%" PRId64 ".\n", t->compat);
}

static void
mdoc_options(FILE *f, const struct optset *set)
{
	if (set == NULL || set->table[0].name == NULL)
		return;
	fputs(".Pp\nOptions:\n.Bl -tag -width Ds\n", f);
	for (const struct opt *t = set->table; t->name != NULL; t++)
		mdoc_option(f, t);
	fputs(".El\n", f);
}

/* Of monitoring reports. */
static void
mdoc_moncols_of(FILE *f, const struct moncol *table, const char *owner)
{
	char metric[MON_METRIC];

	for (; table->name != NULL; table++) {
		fputs(".It Va", f);
		mdoc_arg(f, table->name);
		if (mon_metric(metric, table, strcmp(owner, "core") != 0 ? owner : NULL)[0] != '\0')
			fprintf(f, " Pq Li %s", metric);
		putc('\n', f);
		mdoc_text(f, table->text, true);
	}
}

static void
mdoc_moncols(FILE *f, const struct moncol *table, const char *owner)
{
	if (table == NULL)
		return;
	fputs(".Pp\nColumns of monitoring reports, and their names for Prometheus:\n"
	    ".Bl -tag -width Ds\n", f);
	if (table == monitor_core)
		mdoc_moncols_of(f, monitor_live, owner);
	mdoc_moncols_of(f, table, owner);
	fputs(".El\n", f);
}

static void
mdoc_owner(FILE *f, const struct schema *s, const struct schema *packets, const char *owner,
    const char *about, const struct moncol *moncols)
{
	fputs(".Ss", f);
	mdoc_arg(f, owner);
	putc('\n', f);
	if (about != NULL)
		mdoc_text(f, about, true);
	mdoc_columns(f, s, owner, "");
	mdoc_columns(f, packets, owner, ".Pp\nColumns of packet records:\n");
	mdoc_moncols(f, moncols, owner);
	mdoc_options(f, s->opts != NULL ? opts_owner(s->opts, owner) : NULL);
}

static bool
is_plugin(const struct schema *s, const char *owner)
{
	for (size_t i = 0; i < s->npl; i++)
		if (strcmp(s->pl[i].p->name, owner) == 0)
			return true;
	return false;
}

void
schema_mdoc(FILE *f, const struct schema *s)
{
	struct schema packets;
	char err[256];

	/* without it, which only a lack of memory can cause, the flow records remain */
	if (schema_make_packets(&packets, s->pl, s->npl, s->opts, s->only_on, err, sizeof(err)) < 0)
		packets = (struct schema){ 0 };
	mdoc_types(f);
	mdoc_owner(f, s, &packets, "core", "Packets, flows and what all records begin with",
	    monitor_core);
	for (size_t i = 0; i < s->npl; i++)
		mdoc_owner(f, s, &packets, s->pl[i].p->name, s->pl[i].p->about,
		    s->pl[i].p->moncols);
	for (size_t i = 0; s->opts != NULL && i < s->opts->n; i++) {
		const char *owner = s->opts->v[i].owner;

		if (strcmp(owner, "core") != 0 && !is_plugin(s, owner))
			mdoc_owner(f, s, &packets, owner, "How values are written", NULL);
	}
	schema_free(&packets);
}
