/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pktcol.c - packet records: which columns a run prints, their header, one record, the payload.
 *
 * The core's number of the packet comes first and the payload last; between them are the columns
 * of the plugins.  As with flow records all that can be wrong with a column is found at start.
 * Surprise: a backslash of the payload is doubled, so that the text can be read back.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

enum { BLOCK = 16 };                    /* bytes of text looked at together: a vector */

struct making {                         /* a pktset under construction */
	const struct t2 *t;
	struct pktset *s;
	struct choices on, off;         /* names of its columns, and of those that are off */
	char *err;                      /* the caller's buffer */
	size_t errlen;
};

static int __attribute__((format(printf, 3, 4)))
fail(const struct making *m, const char *name, const char *fmt, ...)
{
	va_list ap;
	int n = snprintf(m->err, m->errlen, "column %s: ", name);

	if (n < 0 || (size_t)n >= m->errlen)
		return -1;
	va_start(ap, fmt);
	vsnprintf(m->err + n, m->errlen - (size_t)n, fmt, ap);
	va_end(ap);
	return -1;
}

/* payload --------------------------------------------------------------------------------- */

struct cur
pkt_payload(const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->l7);

	if (cur_left(&c) > p->l7len)
		c.e = c.p + p->l7len;
	return c;
}

/* The letter behind a backslash, or 0. */
static char
escape_letter(uint8_t c)
{
	switch (c) {
	case '\n': return 'n';
	case '\r': return 'r';
	case '\t': return 't';
	case '\\': return '\\';
	}
	return '\0';
}

static char *
text_slow(char *to, const uint8_t *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char letter = escape_letter(s[i]);

		if (letter != '\0') {
			*to++ = '\\';
			*to++ = letter;
		} else {
			*to++ = s[i] >= 0x20 && s[i] < 0x7f ? (char)s[i] : '.';
		}
	}
	return to;
}

/* A block as text if nothing in it needs a backslash; else false. */
static bool
text_fast(char *to, const uint8_t *s)
{
	__attribute__((vector_size(BLOCK))) uint8_t c, plain, special;
	uint64_t any[BLOCK / 8];

	memcpy(&c, s, BLOCK);
	special = (c == '\n') | (c == '\r') | (c == '\t') | (c == '\\');
	memcpy(any, &special, BLOCK);
	if ((any[0] | any[1]) != 0)
		return false;
	plain = (c - 0x20) < 0x5f;      /* all bits or none */
	c = (c & plain) | ('.' & ~plain);
	memcpy(to, &c, BLOCK);
	return true;
}

static void
emit_text(struct out *o, const struct pkt *p, const struct flow *f, const void *slot, void *state)
{
	struct cur c = pkt_payload(p);
	size_t n = cur_left(&c);

	(void)f;
	(void)slot;
	(void)state;
	for (size_t i = 0; i < n;) {
		size_t k = n - i < BLOCK ? n - i : BLOCK;

		out_room(o);
		if (k == BLOCK && text_fast(o->p, c.p + i))
			o->p += BLOCK;
		else
			o->p = text_slow(o->p, c.p + i, k);
		i += k;
	}
}
_Static_assert(FMT_MAX >= 2 * BLOCK, "room for a block of escapes");

static void
emit_hex(struct out *o, const struct pkt *p, const struct flow *f, const void *slot, void *state)
{
	struct cur c = pkt_payload(p);

	(void)f;
	(void)slot;
	(void)state;
	while (c.p < c.e) {
		put_hex(o, *c.p++, 2);
		if (c.p < c.e)
			*o->p++ = ' ';
	}
}

static void
emit_number(struct out *o, const struct pkt *p, const struct flow *f, const void *slot,
    void *state)
{
	(void)f;
	(void)slot;
	(void)state;
	put_u64(o, p->num);
}

const struct pktcol core_pktcols[] = {
	{ "pktNo", "U64", emit_number, .when = "SPKTMD_PKTNO", .text = "Packet number" },
	{ "l7HexContent", "SC", emit_hex, .when = "SPKTMD_PCNTH",
	    .text = "Payload as hexadecimal bytes" },
	{ "l7Content", "SC", emit_text, .when = "SPKTMD_PCNTC", .text = "Payload as text" },
	{ .name = NULL }
};

/* set ------------------------------------------------------------------------------------- */

static int
col_check(const struct making *m, const struct pktcol *c)
{
	const struct type *part[TYPE_PARTS];
	bool repeated;

	if (c->text == NULL)
		return fail(m, c->name, "no description");
	if (c->emit == NULL)
		return fail(m, c->name, "no emit function");
	if (c->type == NULL || type_parse(c->type, part, TYPE_PARTS, &repeated) < 0)
		return fail(m, c->name, "unknown type '%s'", c->type != NULL ? c->type : "");
	return 0;
}

static const char *
name_of(const struct making *m, const struct pktcol *c)
{
	bool relative = opts_get(&m->t->opts, "core", "RELTIME")->n != 0;

	return relative && strcmp(c->name, "time") == 0 ? "relTime" : c->name;
}

static int
col_add(struct making *m, const struct pktcol *c, const struct loaded *pl,
    const struct optset *opts)
{
	struct pktset *s = m->s;
	const char *name = name_of(m, c);
	struct pktrun *v;
	int on;

	if (col_check(m, c) != 0)
		return -1;
	if ((on = opts_when(opts, c->when)) < 0)
		return fail(m, c->name, "unknown option in its condition '%s'", c->when);
	if (!on && choice_add(&m->off, name, opts->owner, c->when) != 0)
		return fail(m, c->name, "out of memory");
	if (!on)
		return 0;
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].col->name, c->name) == 0)
			return fail(m, c->name, "there are two of this name");
	if ((v = reallocarray(s->v, s->n + 1, sizeof(*v))) == NULL)
		return fail(m, c->name, "out of memory");
	s->v = v;
	if (choice_add(&m->on, name, NULL, NULL) != 0)
		return fail(m, c->name, "out of memory");
	s->v[s->n++] = (struct pktrun){
		.emit = c->emit, .name = name, .col = c,
		.state = pl != NULL ? pl->state : NULL, .off = pl != NULL ? pl->off : 0,
	};
	return 0;
}

static int
cols_add(struct making *m, const struct loaded *pl)
{
	const struct optset *opts = col_options(pl, &m->t->opts);

	for (const struct pktcol *c = pl->p->pktcols; c != NULL && c->name != NULL; c++)
		if (col_add(m, c, pl, opts) != 0)
			return -1;
	return 0;
}

static int
all_add(struct making *m)
{
	const struct optset *core = opts_owner(&m->t->opts, "core");

	if (col_add(m, &core_pktcols[0], NULL, core) != 0)
		return -1;
	for (size_t i = 0; i < m->t->npl; i++)
		if (cols_add(m, &m->t->pl[i]) != 0)
			return -1;
	for (const struct pktcol *c = &core_pktcols[1]; c->name != NULL; c++)
		if (col_add(m, c, NULL, core) != 0)
			return -1;
	return 0;
}

static int
choose(struct making *m, const char *list)
{
	struct pktset *s = m->s;
	size_t *place = calloc(s->n + 1, sizeof(*place));
	struct pktrun *v = calloc(s->n + 1, sizeof(*v));
	int n = -1;

	if (place != NULL && v != NULL)
		n = choices_find(&m->on, &m->off, list, place, m->err, m->errlen);
	else
		fail(m, list, "out of memory");
	for (int i = 0; i < n; i++)
		v[i] = s->v[place[i]];
	free(place);
	free(s->v);
	*s = (struct pktset){ .v = v, .n = n > 0 ? (size_t)n : 0 };
	return n < 0 ? -1 : 0;
}

/* The longest run of fixed columns. */
static void
fixed_find(struct pktset *s)
{
	for (size_t i = 0, start = 0; i < s->n; i++) {
		if (!s->v[i].col->fixed)
			start = i + 1;
		else if (i + 1 - start > s->last - s->first)
			s->first = start, s->last = i + 1;
	}
}

int
pktset_make(struct pktset *s, const struct t2 *t, const char *list, char *err, size_t errlen)
{
	struct making m = { .t = t, .s = s, .err = err, .errlen = errlen };
	int r;

	*s = (struct pktset){ 0 };
	r = all_add(&m);
	if (r == 0 && list != NULL)
		r = choose(&m, list);
	if (r == 0 && (s->text = t->pkttext) != 0)
		fixed_find(s);
	free(m.on.v);
	free(m.off.v);
	if (r != 0)
		pktset_free(s);
	return r;
}

void
pktset_free(struct pktset *s)
{
	free(s->v);
	*s = (struct pktset){ 0 };
}

/* output ---------------------------------------------------------------------------------- */

void
pkt_header(struct out *o, const struct pktset *s)
{
	if (o->conf.hdr_chr != '\0')
		put_char(o, o->conf.hdr_chr);
	for (size_t i = 0; i < s->n; i++) {
		put_raw(o, s->v[i].name, strlen(s->v[i].name));
		put_char(o, i + 1 < s->n ? o->conf.sep : '\n');
	}
}

static void
put_columns(struct out *o, const struct pktrun *c, const struct pktrun *end, const struct pkt *p,
    const struct flow *f)
{
	for (; c < end; c++) {
		c->emit(o, p, f, (const unsigned char *)f + c->off, c->state);
		out_room(o);
		*o->p++ = o->conf.sep;
	}
}

/* A later fragment has no ports, so its key may differ from the others of its flow. */
static void
put_fixed(struct out *o, const struct pktset *s, const struct pkt *p, struct flow *f)
{
	struct pkttext *known = (struct pkttext *)(void *)((unsigned char *)f + s->text);
	size_t start;

	if (o->e - o->p < (ptrdiff_t)sizeof(known->text))
		out_flush(o);
	if (likely(known->n > 0 && p->frag != FRAG_LATER)) {
		memcpy(o->p, known->text, sizeof(known->text)); /* a constant length is faster */
		o->p += known->n;
		return;
	}
	start = o->written + (size_t)(o->p - o->buf);
	put_columns(o, s->v + s->first, s->v + s->last, p, f);
	start = o->written + (size_t)(o->p - o->buf) - start;
	if (p->frag == FRAG_LATER || start > sizeof(known->text) || start > (size_t)(o->p - o->buf))
		return;
	memcpy(known->text, o->p - start, start);
	known->n = (uint8_t)start;
}

void
pkt_record(struct out *o, const struct pktset *s, const struct pkt *p, struct flow *f)
{
	const struct pktrun *c = s->v;

	if (s->first < s->last) {
		put_columns(o, c, c + s->first, p, f);
		put_fixed(o, s, p, f);
		c += s->last;
	}
	put_columns(o, c, s->v + s->n, p, f);
	o->p[-1] = '\n';
}
