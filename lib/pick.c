/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pick.c - which packets are wanted: flow indexes with directions and places in them, or numbers.
 *
 * A packet costs one look at a byte for its flow.  The bytes are made as flows come up, from the
 * sorted wishes, so that a wish for flow 99999999999 costs nothing.
 */
#include <errno.h>
#include <stdlib.h>

#include "pick.h"

static int
fail(struct pick *p, const char *what, const char *why)
{
	snprintf(p->err, sizeof(p->err), "%.400s: %s", what, why);
	return -1;
}

static int
span_add(struct pick *p, struct pick_spans *s, uint64_t lo, uint64_t hi)
{
	struct pick_span *v;

	if (s->n > 0 && s->v[s->n - 1].lo == lo && s->v[s->n - 1].hi == hi)
		return 0;
	if ((v = array_room(s->v, s->n, sizeof(*v))) == NULL)
		return fail(p, "list", strerror(errno));
	s->v = v;
	v[s->n++] = (struct pick_span){ lo, hi };
	p->largest = hi > p->largest ? hi : p->largest;
	return 0;
}

int
pick_add(struct pick *p, uint64_t lo, uint64_t hi, int dirs)
{
	for (int i = 0; i < 2; i++)
		if (dirs & 1 << i && span_add(p, &p->dir[i], lo, hi) != 0)
			return -1;
	return 0;
}

static int
part_add(struct pick *p, const struct pick_part *part)
{
	struct pick_part *v = array_room(p->part, p->npart, sizeof(*v));

	if (v == NULL)
		return fail(p, "list", strerror(errno));
	p->part = v;
	v[p->npart++] = *part;
	return span_add(p, &p->parts, part->flows.lo, part->flows.hi);
}

int
pick_row_add(struct pick *p, const struct pick_row *row)
{
	struct pick_row *v = array_room(p->row, p->nrow, sizeof(*v));

	if (v == NULL)
		return fail(p, "list", strerror(errno));
	p->row = v;
	v[p->nrow++] = *row;
	return 0;
}

/* A number at *s, which moves behind it; false if there is none or it is too large. */
static bool
number(const char **s, uint64_t *v)
{
	char *e;

	if (**s < '0' || **s > '9')
		return false;
	errno = 0;
	*v = strtoull(*s, &e, 10);
	*s = e;
	return errno == 0;
}

int
pick_item(struct pick *p, const char *item)
{
	struct pick_part w = { .to = UINT64_MAX, .dirs = PICK_BOTH };
	const char *s = item;
	bool part = false;

	if (!p->packets && (s[0] == 'A' || s[0] == 'B') && s[1] == '@') {
		w.dirs = s[0] == 'A' ? PICK_A : PICK_B;
		s += 2;
	}
	if (!number(&s, &w.flows.lo))
		goto bad;
	w.flows.hi = w.flows.lo;
	if (*s == '-' && (s++, !number(&s, &w.flows.hi)))
		goto bad;
	if (!p->packets && *s == ':') {
		s++;
		part = true;
		if (*s != ',' && !number(&s, &w.from))
			goto bad;
	}
	if (!p->packets && *s == ',') {
		s++;
		part = true;
		if (*s != '\0' && !number(&s, &w.to))
			goto bad;
	}
	if (*s != '\0' || w.flows.lo > w.flows.hi || w.from > w.to)
		goto bad;
	if (w.flows.lo == 0)
		return fail(p, item, p->packets ? "packets are numbered from 1" :
		    "flow indexes begin with 1");
	return part ? part_add(p, &w) : pick_add(p, w.flows.lo, w.flows.hi, w.dirs);
bad:
	return fail(p, item, p->packets ? "no packet number; N or N-M" :
	    "no flow; N, N-M, A@N, B@N, N:FIRST,LAST");
}

static int
by_lo(const void *a, const void *b)
{
	const struct pick_span *x = a, *y = b;

	if (x->lo != y->lo)
		return x->lo < y->lo ? -1 : 1;
	return x->hi < y->hi ? -1 : x->hi > y->hi;
}

static int
by_row(const void *a, const void *b)
{
	const struct pick_row *x = a, *y = b;

	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	return x->dir - y->dir;
}

/* Sorts; what overlaps becomes one. */
void
pick_spans_ready(struct pick_spans *s)
{
	size_t n = 0;

	if (s->n < 2)
		return;
	qsort(s->v, s->n, sizeof(*s->v), by_lo);
	for (size_t i = 1; i < s->n; i++) {
		if (s->v[i].lo > s->v[n].hi)
			s->v[++n] = s->v[i];
		else if (s->v[i].hi > s->v[n].hi)
			s->v[n].hi = s->v[i].hi;
	}
	s->n = n + 1;
}

int
pick_ready(struct pick *p)
{
	uint64_t reach = 0;

	pick_spans_ready(&p->dir[0]);
	pick_spans_ready(&p->dir[1]);
	pick_spans_ready(&p->parts);
	if (p->npart > 1)
		qsort(p->part, p->npart, sizeof(*p->part), by_lo);      /* .flows is first */
	for (size_t i = 0; i < p->npart; i++) {
		reach = p->part[i].flows.hi > reach ? p->part[i].flows.hi : reach;
		p->part[i].reach = reach;
	}
	if (p->nrow > 1)
		qsort(p->row, p->nrow, sizeof(*p->row), by_row);
	return 0;
}

bool
pick_empty(const struct pick *p)
{
	return p->dir[0].n == 0 && p->dir[1].n == 0 && p->npart == 0;
}

/* x must rise from call to call. */
static bool
spans_have(struct pick_spans *s, uint64_t x)
{
	while (s->cur < s->n && s->v[s->cur].hi < x)
		s->cur++;
	return s->cur < s->n && s->v[s->cur].lo <= x;
}

uint8_t *
pick_verdict(struct pick *p, uint64_t index)
{
	uint8_t *v;

	if (index >= p->room) {
		uint64_t room = index < 1024 ? 2048 : index * 2;

		if (index > PTRDIFF_MAX / 2) {  /* of an index file that lies */
			errno = ENOMEM;
			return NULL;
		}
		if ((v = realloc(p->verdict, room)) == NULL)
			return NULL;
		p->verdict = v;
		p->room = room;
	}
	for (; p->nverdict <= index; p->nverdict++) {
		uint64_t x = p->nverdict;

		while (p->rowcur < p->nrow && p->row[p->rowcur].index < x)
			p->rowcur++;
		p->verdict[x] = (uint8_t)(spans_have(&p->dir[0], x) * PICK_A |
		    spans_have(&p->dir[1], x) * PICK_B | spans_have(&p->parts, x) * PICK_PARTS |
		    (p->rowcur < p->nrow && p->row[p->rowcur].index == x) * PICK_ROW);
	}
	return &p->verdict[index];
}

static bool
parts_have(const struct pick *p, uint64_t index, int dir, uint64_t no)
{
	size_t lo = 0, hi = p->npart;

	while (lo < hi) {               /* the first that begins behind index */
		size_t mid = (lo + hi) / 2;

		if (p->part[mid].flows.lo > index)
			hi = mid;
		else
			lo = mid + 1;
	}
	while (lo-- > 0 && p->part[lo].reach >= index)
		if (p->part[lo].flows.hi >= index && p->part[lo].dirs & dir &&
		    p->part[lo].from <= no && no <= p->part[lo].to)
			return true;
	return false;
}

bool
pick_wants(struct pick *p, uint64_t index, int dir, uint64_t no)
{
	const uint8_t *v = pick_verdict(p, index);

	if (v == NULL || *v & dir)
		return v != NULL;
	return *v & PICK_PARTS && parts_have(p, index, dir, no);
}

bool
pick_wants_packet(struct pick *p, uint64_t num)
{
	return spans_have(&p->dir[0], num);
}

void
pick_free(struct pick *p)
{
	free(p->dir[0].v);
	free(p->dir[1].v);
	free(p->parts.v);
	free(p->part);
	free(p->row);
	free(p->verdict);
}
