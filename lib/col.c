/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * col.c - the column walk: which columns a run prints, their header, one record, their list.
 *
 * All that can be wrong with a column's declaration (its type, its condition, its place) is
 * found by colset_make at start, for columns that are switched off too; so the walk per record
 * is a loop without questions.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

enum { COUNT_WIDTH = 21 };              /* room for the number of flows in the extended header */

const struct col core_cols[] = {
	{ .name = "dir", .type = "C", .base = BASE_FLOW, .off = offsetof(struct flow, dir),
	    .text = "Flow direction" },
	{ .name = NULL },
};

struct making {                         /* a colset under construction */
	struct colset *s;
	const struct loaded *pl;        /* owner of the column at hand, NULL for the core */
	const struct optset *opts;      /* its options, or NULL */
	char *err;                      /* the caller's buffer */
	size_t errlen;
};

static int __attribute__((format(printf, 3, 4)))
fail(struct making *m, const struct col *c, const char *fmt, ...)
{
	va_list ap;
	int n = snprintf(m->err, m->errlen, "%s: column %s: ",
	    m->pl != NULL ? m->pl->p->name : "core", c->name);

	if (n < 0 || (size_t)n >= m->errlen)
		return -1;
	va_start(ap, fmt);
	vsnprintf(m->err + n, m->errlen - (size_t)n, fmt, ap);
	va_end(ap);
	return -1;
}

const struct optset *
col_options(const struct loaded *pl, const struct opts *opts)
{
	if (pl->opts != NULL || opts == NULL)
		return pl->opts;
	return opts_owner(opts, pl->p->name);
}

/* 0 and *type, which is NULL for columns with emit; -1: the declaration is wrong. */
static int
type_check(struct making *m, const struct col *c, const struct type **type)
{
	const struct type *part[TYPE_PARTS];
	bool repeated;
	size_t room = c->base == BASE_FLOW || m->pl == NULL ? sizeof(struct flow) :
	    m->pl->p->flow_size;
	int n = c->type != NULL ? type_parse(c->type, part, TYPE_PARTS, &repeated) : -1;

	*type = NULL;
	if (c->text == NULL)
		return fail(m, c, "no description");
	for (const struct bit *b = c->bits; b != NULL && b->no >= 0; b++)
		if (b->no > 63)
			return fail(m, c, "bit %d is beyond 63", b->no);
	if (n < 0)
		return fail(m, c, "unknown type '%s'", c->type != NULL ? c->type : "");
	if (c->emit != NULL)
		return 0;
	if (n != 1 || repeated || part[0]->size == 0)
		return fail(m, c, "type %s needs an emit function", c->type);
	if (c->off > room || part[0]->size > room - c->off)
		return fail(m, c, "offset %zu is outside of its %zu bytes", c->off, room);
	*type = part[0];
	return 0;
}

/* 1: print it; 0: an option switches it off; -1: wrong condition. */
static int
when_check(struct making *m, const struct col *c)
{
	int on = opts_when(m->opts, c->when);

	if (on < 0)
		return fail(m, c, "unknown option in its condition '%s'", c->when);
	return on;
}

static int
col_add(struct making *m, const struct col *c)
{
	struct colset *s = m->s;
	const struct type *type;
	bool in_slot = m->pl != NULL && (c->emit != NULL || c->base == BASE_SLOT);

	if (type_check(m, c, &type) < 0)
		return -1;
	int on = when_check(m, c);
	if (on <= 0)
		return on;
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].col->name, c->name) == 0)
			return fail(m, c, "%s has a column of this name",
			    s->v[i].pl != NULL ? s->v[i].pl->p->name : "core");
	struct colrun *v = reallocarray(s->v, s->n + 1, sizeof(*v));
	if (v == NULL)
		return fail(m, c, "out of memory");
	s->v = v;
	s->v[s->n++] = (struct colrun){
		.col = c, .pl = m->pl, .type = type,
		/* emit gets the slot itself */
		.off = (in_slot ? m->pl->off : 0) + (c->emit != NULL ? 0 : c->off),
	};
	return 0;
}

static int
cols_add(struct making *m, const struct col *c)
{
	for (; c != NULL && c->name != NULL; c++)
		if (col_add(m, c) < 0)
			return -1;
	return 0;
}

int
colset_make(struct colset *s, const struct loaded *pl, size_t npl, const struct opts *opts,
    char *err, size_t errlen)
{
	struct making m = { .s = s, .err = err, .errlen = errlen };
	int r;

	*s = (struct colset){ 0 };
	r = cols_add(&m, core_cols);
	for (size_t i = 0; r == 0 && i < npl; i++) {
		m.pl = &pl[i];
		m.opts = col_options(&pl[i], opts);
		r = cols_add(&m, pl[i].p->cols);
	}
	if (r < 0)
		colset_free(s);
	return r;
}

/* The columns of the run, and those of its plugins that options switch off. */
static int
choices_make(const struct colset *s, const struct loaded *pl, size_t npl, struct choices *on,
    struct choices *off)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < s->n; i++)
		r = choice_add(on, s->v[i].col->name, NULL, NULL);
	for (size_t i = 0; i < npl; i++)
		for (const struct col *c = pl[i].p->cols;
		    r == 0 && c != NULL && c->name != NULL; c++)
			if (c->when != NULL)    /* it may be on: those are looked at first */
				r = choice_add(off, c->name, pl[i].p->name, c->when);
	return r;
}

int
colset_choose(struct colset *s, const char *list, const struct loaded *pl, size_t npl, char *err,
    size_t errlen)
{
	struct choices on = { 0 }, off = { 0 };
	size_t *place = calloc(s->n + 1, sizeof(*place));
	struct colrun *v = calloc(s->n + 1, sizeof(*v));
	int n = -1;

	if (place == NULL || v == NULL || choices_make(s, pl, npl, &on, &off) != 0)
		snprintf(err, errlen, "out of memory");
	else
		n = choices_find(&on, &off, list, place, err, errlen);
	for (int i = 0; i < n; i++)
		v[i] = s->v[place[i]];
	free(on.v);
	free(off.v);
	free(place);
	free(s->v);
	*s = (struct colset){ v, n > 0 ? (size_t)n : 0 };
	return n < 0 ? -1 : 0;
}

void
colset_free(struct colset *s)
{
	free(s->v);
	*s = (struct colset){ 0 };
}

/* output ---------------------------------------------------------------------------------- */

static void
put_mark(struct out *o)
{
	if (o->conf.hdr_chr != '\0')
		put_char(o, o->conf.hdr_chr);
}

void
col_header(struct out *o, const struct colset *s)
{
	put_mark(o);
	for (size_t i = 0; i < s->n; i++) {
		if (i > 0)
			put_char(o, o->conf.sep);
		put_raw(o, s->v[i].col->name, strlen(s->v[i].col->name));
	}
	put_char(o, '\n');
}

void
col_header_extended(struct out *o, const struct colset *s)
{
	char label[TYPE_LABEL];

	put_mark(o);
	for (int i = 0; i < COUNT_WIDTH; i++)
		put_char(o, ' ');
	put_char(o, '\n');
	put_mark(o);
	put_u64(o, s->n);
	put_char(o, '\n');
	put_mark(o);
	for (size_t i = 0; i < s->n; i++) {
		if (i > 0)
			put_char(o, o->conf.sep);
		type_label(label, s->v[i].col->type, true, false);
		put_raw(o, label, strlen(label));
	}
	put_char(o, '\n');
}

int
col_header_count(struct out *o, uint64_t nflows)
{
	char text[FMT_MAX];
	char *end = fmt_u64(text, nflows);

	return out_patch(o, o->conf.hdr_chr != '\0', text, (size_t)(end - text));
}

void
col_record(struct out *o, const struct colset *s, const struct flow *f)
{
	const struct colrun *c = s->v, *end = c + s->n;
	const unsigned char *base = (const unsigned char *)f;

	for (; c < end; c++) {
		if (c->type != NULL)
			c->type->put(o, base + c->off);
		else
			c->col->emit(o, f, base + c->off, c->pl->state);
		out_room(o);
		*o->p++ = o->conf.sep;
	}
	o->p[-1] = '\n';
}

void
col_list(FILE *f, const struct colset *s, bool numeric, bool timestr)
{
	char label[TYPE_LABEL];

	for (size_t i = 0; i < s->n; i++)
		fprintf(f, "%zu\t%s\t%s\t%s\n", i + 1,
		    type_label(label, s->v[i].col->type, numeric, timestr), s->v[i].col->name,
		    s->v[i].col->text);
}
