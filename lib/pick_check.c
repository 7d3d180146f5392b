/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pick_check.c - whether a list can be of this capture: the flows that its rows tell about, and
 * what it asks for in vain.
 *
 * A flow index alone means nothing: other plugins or options make other flows.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#include "pick.h"

enum { SAID_MAX = 10 };                 /* lines about what is missing */

/* Whether ns, or its distance from base (RELTIME), has these digits. */
static bool
time_is(const struct pick_row *r, int64_t ns, int64_t base)
{
	int64_t unit = 1;

	for (int i = r->digits; i < 9; i++)
		unit *= 10;
	return ns / unit == r->time || (ns - base) / unit == r->time;
}

/* f may be NULL: then only the time is compared. */
static bool
row_fits(const struct pick_row *r, int64_t first, int64_t base, const struct flow *f)
{
	if (r->digits >= 0 && !time_is(r, first, base))
		return false;
	return f == NULL || r->ipver == 0 || f->ipver == 0 || (f->ipver == r->ipver &&
	    memcmp(f->key.src, r->addr, f->ipver == 4 ? 4 : 16) == 0);
}

int
pick_check(struct pick *p, uint64_t index, int dir, int64_t first, int64_t base,
    const struct flow *f)
{
	struct pick_row key = { .index = index }, *r;
	uint8_t *v = pick_verdict(p, index);
	bool told = false, fits = false;
	size_t lo = 0, hi = p->nrow;

	if (v == NULL) {
		snprintf(p->err, sizeof(p->err), "%s", strerror(errno));
		return -1;
	}
	*v = (uint8_t)(*v | dir << PICK_SEEN);
	if (!(*v & PICK_ROW))
		return 0;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (p->row[mid].index < key.index)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (r = p->row + lo; r < p->row + p->nrow && r->index == index; r++) {
		if (!(r->dir & dir))
			continue;
		told |= r->dir == dir;
		fits |= row_fits(r, first, base, f);
	}
	if (told && !fits) {
		snprintf(p->err, sizeof(p->err), "flow %ju%c of the list is another flow in this "
		    "capture: made with another capture, filter, plugins or options?",
		    (uintmax_t)index, dir == PICK_A ? 'A' : 'B');
		return -1;
	}
	return 0;
}

struct telling {
	void (*say)(const char *text);
	uint64_t n;
};

static void __attribute__((format(printf, 2, 3)))
tell(struct telling *t, const char *fmt, ...)
{
	char text[160];
	va_list ap;

	if (t->n++ >= SAID_MAX)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	t->say(text);
}

/* What lies beyond the last flow or packet. */
static void
tell_beyond(const struct pick *p, const struct pick_spans *s, uint64_t last, struct telling *t)
{
	const char *what = p->packets ? "packet" : "flow";

	for (size_t i = 0; i < s->n; i++) {
		uint64_t lo = s->v[i].lo > last ? s->v[i].lo : last + 1;

		if (s->v[i].hi <= last)
			continue;
		if (lo == s->v[i].hi)
			tell(t, "%s %ju: no such %s in this capture", what, (uintmax_t)lo, what);
		else
			tell(t, "%ss %ju to %ju: no such %ss in this capture, it has %ju", what,
			    (uintmax_t)lo, (uintmax_t)s->v[i].hi, what, (uintmax_t)last);
	}
}

/* Flows that were asked for one by one, but lack the direction. */
static void
tell_directions(struct pick *p, int i, uint64_t last, struct telling *t)
{
	const struct pick_spans *s = &p->dir[i];
	int dir = 1 << i;

	for (size_t k = 0; k < s->n; k++) {
		const uint8_t *v;

		if (s->v[k].lo != s->v[k].hi || s->v[k].lo > last)
			continue;
		if ((v = pick_verdict(p, s->v[k].lo)) != NULL && (*v & PICK_BOTH) == dir &&
		    !(*v & dir << PICK_SEEN))
			tell(t, "%c@%ju: the flow has no such direction", dir == PICK_A ? 'A' : 'B',
			    (uintmax_t)s->v[k].lo);
	}
}

uint64_t
pick_missing(struct pick *p, uint64_t last, void (*say)(const char *text))
{
	struct pick_spans all = { .n = p->dir[0].n + p->dir[1].n + p->parts.n }, *from[] = {
	    &p->dir[0], &p->dir[1], &p->parts };
	struct telling t = { .say = say };
	char text[64];
	size_t n = 0;

	if (p->largest > last && (all.v = reallocarray(NULL, all.n, sizeof(*all.v))) != NULL) {
		for (size_t i = 0; i < ARRAY_LEN(from); i++)
			for (size_t k = 0; k < from[i]->n; k++)
				all.v[n++] = from[i]->v[k];
		pick_spans_ready(&all);
		tell_beyond(p, &all, last, &t);
		free(all.v);
	}
	for (int i = 0; i < 2 && !p->packets; i++)
		tell_directions(p, i, last, &t);
	if (t.n > SAID_MAX) {
		snprintf(text, sizeof(text), "and %ju more like these", (uintmax_t)t.n - SAID_MAX);
		say(text);
	}
	return t.n;
}
