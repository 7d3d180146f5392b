/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schema_json.c - the dictionary as a JSON array (RFC 8259), one line per column.
 *
 * "parts" are the types of a compound; "options" the rows of the options that "when" names.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "schema.h"

/* A string, or null for NULL.  What the user set an option to may be no UTF-8, JSON always is. */
static void
json_string(FILE *f, const char *s)
{
	if (s == NULL) {
		fputs("null", f);
		return;
	}
	size_t n = strlen(s);
	char *text = malloc(6 * n + 1), *end;   /* room enough: see fmt_text() */

	putc('"', f);
	if (text != NULL) {
		end = fmt_text(text, text + 6 * n, s, n);
		fwrite(text, 1, (size_t)(end - text), f);
	}
	putc('"', f);
	free(text);
}

/* ,"key":"text" */
static void
json_pair(FILE *f, const char *key, const char *text)
{
	fprintf(f, ",\"%s\":", key);
	json_string(f, text);
}

static void
json_type(FILE *f, const struct col *c)
{
	const struct type *part[TYPE_PARTS];
	char label[TYPE_LABEL];
	bool repeated = false;
	int n = type_parse(c->type, part, TYPE_PARTS, &repeated);

	json_pair(f, "type", type_label(label, c->type, false, false));
	fprintf(f, ",\"repeated\":%s,\"parts\":[", repeated ? "true" : "false");
	for (int i = 0; i < n; i++) {
		fprintf(f, "%s{\"type\":", i > 0 ? "," : "");
		json_string(f, type_label(label, part[i]->code, false, false));
		json_pair(f, "json", part[i]->json);
		json_pair(f, "sql", part[i]->sql);
		json_pair(f, "prints", part[i]->text);
		json_pair(f, "empty", part[i]->empty);
		putc('}', f);
	}
	putc(']', f);
}

static void
json_bits(FILE *f, const struct col *c)
{
	fputs(",\"bits\":[", f);
	for (const struct bit *b = c->bits; b != NULL && b->no >= 0; b++) {
		char level[] = { b->level, '\0' };

		fprintf(f, "%s{\"bit\":%d,\"mask\":\"0x%0*" PRIx64 "\"", b != c->bits ? "," : "",
		    b->no, schema_digits(c), UINT64_C(1) << b->no);
		json_pair(f, "level", b->level != '\0' ? level : NULL);
		json_pair(f, "report", b->report);
		json_pair(f, "text", b->text);
		putc('}', f);
	}
	putc(']', f);
}

/* A number, or the string s. */
static void
json_value(FILE *f, const struct opt *t, int64_t n, const char *s)
{
	if (opt_is_string(t))
		json_string(f, s);
	else
		fprintf(f, "%" PRId64, n);
}

static void
json_option(FILE *f, const struct opt *t, const struct optval *v)
{
	fputs("{\"name\":", f);
	json_string(f, t->name);
	fputs(",\"value\":", f);
	json_value(f, t, v->n, v->s);
	fputs(",\"default\":", f);
	json_value(f, t, t->def, t->str);
	if (!opt_is_string(t))
		fprintf(f, ",\"compat\":%" PRId64 ",\"min\":%" PRId64 ",\"max\":%" PRId64,
		    t->compat, t->min, t->max);
	json_pair(f, "text", t->text);
	putc('}', f);
}

/* Is name one of the words of the condition? */
static bool
when_has(const char *when, const char *name)
{
	size_t len = strlen(name);

	while (*when != '\0') {         /* [!]NAME[=value] joined by commas */
		when += *when == '!';
		if (strcspn(when, "=,") == len && memcmp(when, name, len) == 0)
			return true;
		when += strcspn(when, ",");
		when += *when == ',';
	}
	return false;
}

static void
json_options(FILE *f, const struct schema_row *r)
{
	const char *comma = "";

	json_pair(f, "when", r->col->when);
	fputs(",\"options\":[", f);
	for (size_t i = 0; r->col->when != NULL && r->opts != NULL; i++) {
		const struct opt *t = &r->opts->table[i];
		if (t->name == NULL)
			break;
		if (!when_has(r->col->when, t->name))
			continue;
		fputs(comma, f);
		json_option(f, t, &r->opts->val[i]);
		comma = ",";
	}
	putc(']', f);
}

void
schema_json(FILE *f, const struct schema *s)
{
	putc('[', f);
	for (const struct schema_row *r = s->v; r < s->v + s->n; r++) {
		fputs(r > s->v ? ",\n{\"name\":" : "\n{\"name\":", f);
		json_string(f, r->col->name);
		if (r->no > 0)
			fprintf(f, ",\"number\":%u", r->no);
		else
			fputs(",\"number\":null", f);
		json_pair(f, "plugin", r->owner);
		json_type(f, r->col);
		json_pair(f, "text", r->col->text);
		json_options(f, r);
		json_bits(f, r->col);
		putc('}', f);
	}
	fputs("\n]\n", f);
}

/* All options; "source" says what set the value. */
void
schema_options_json(FILE *f, const struct schema *s)
{
	const char *comma = "";

	putc('[', f);
	for (const struct optset *v = s->opts->v; v < s->opts->v + s->opts->n; v++)
		for (size_t i = 0; v->table[i].name != NULL; i++) {
			fprintf(f, "%s\n{\"plugin\":", comma);
			json_string(f, v->owner);
			json_pair(f, "source", schema_source(v, i));
			fputs(",\"option\":", f);
			json_option(f, &v->table[i], &v->val[i]);
			putc('}', f);
			comma = ",";
		}
	fputs("\n]\n", f);
}
