/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expire.c - when flows end.
 *
 * A direction is idle once the time since its last packet reaches its timeout; a pair ends when
 * both directions are idle, or when a plugin says so.  All directions hang in one list in the
 * order of their last packets.  Each timeout in use has a marker in that list: what lies on its
 * older side was silent for that long when it was looked at.  As time goes on a marker moves over
 * flows, and ends those whose pair is idle; so a pair is looked at when something may have come to
 * its end, and a packet costs no more than a move to the young end.
 *
 * Surprise: the order is that of arrival.  Where the clock steps back, a flow may be hidden behind
 * a younger one with an older time, and ends only when the marker comes to it.
 */
#include <stddef.h>

#include "priv.h"

static int64_t
later(int64_t at, int64_t ns)
{
	int64_t t;

	return __builtin_add_overflow(at, ns, &t) ? INT64_MAX : t;
}

static bool
is_idle(const struct t2 *t, const struct flow *f)
{
	return f == NULL || later(f->last, f->timeout) <= t->now;
}

static bool
is_marker(const struct t2 *t, const struct link *l)
{
	return l == &t->order || l == &t->evict ||
	    (l >= &t->marker[0].link && l <= &t->marker[MARKERS - 1].link);
}

static struct flow *
flow_of(struct link *l)
{
	return (struct flow *)(void *)((char *)l - offsetof(struct flow, link));
}

/* The flow next to l on the younger side, NULL at the end. */
static struct flow *
younger(struct t2 *t, struct link *l)
{
	for (l = l->younger; l != &t->order; l = l->younger)
		if (!is_marker(t, l))
			return flow_of(l);
	return NULL;
}

static void
unlink_it(struct link *l)
{
	l->older->younger = l->younger;
	l->younger->older = l->older;
}

static void
link_behind(struct link *l, struct link *older)
{
	l->older = older;
	l->younger = older->younger;
	older->younger->older = l;
	older->younger = l;
}

void
expire_init(struct t2 *t)
{
	t->order.older = t->order.younger = &t->order;
	link_behind(&t->evict, &t->order);
}

/* The marker for ns; with all markers in use the nearest one above stands in for it, else the
 * highest.  A new one starts at the old end. */
static int64_t
timeout_in_use(struct t2 *t, int64_t ns)
{
	unsigned i = 0;

	while (i < t->nmarkers && t->by_timeout[i]->timeout > ns)
		i++;
	if (i < t->nmarkers && t->by_timeout[i]->timeout == ns)
		return ns;
	if (t->nmarkers == MARKERS)
		return t->by_timeout[i > 0 ? i - 1 : 0]->timeout;
	memmove(t->by_timeout + i + 1, t->by_timeout + i,
	    (t->nmarkers - i) * sizeof(t->by_timeout[0]));
	t->by_timeout[i] = &t->marker[t->nmarkers++];
	t->by_timeout[i]->timeout = ns;
	link_behind(&t->by_timeout[i]->link, &t->order);
	t->due = INT64_MIN;
	return ns;
}

/* A marker may now be next to f: it is to be looked at when f is idle at the earliest. */
static void
append(struct t2 *t, struct flow *f)
{
	int64_t at;

	link_behind(&f->link, t->order.older);
	if (!is_marker(t, f->link.older))
		return;
	at = later(f->last, t->by_timeout[t->nmarkers - 1]->timeout);
	if (at < t->due)
		t->due = at;
}

void
expire_watch(struct t2 *t, struct flow *f)
{
	f->timeout = timeout_in_use(t, f->timeout);
	append(t, f);
}

/* To the old end of the list: the pair ends at the next packet. */
static void
condemn(struct t2 *t, struct flow *f)
{
	unlink_it(&f->link);
	link_behind(&f->link, &t->order);
	t->due = INT64_MIN;
}

bool
flow_force(struct t2 *t, struct flow *f)
{
	if (t->core[CO_FORCE_MODE].n == 0)
		return false;
	flow_mark(t, f, FS(REMOVED));
	if (f->opp != NULL)
		f->opp->stat |= FS(REMOVED);
	condemn(t, f);
	return true;
}

void
expire_touch(struct t2 *t, struct flow *f)
{
	if (unlikely(f->stat & FS(REMOVED))) {
		condemn(t, f);
		return;
	}
	/* behind a step back of the clock the next one may have an older time than f had */
	if (unlikely(t->stepped_back) && is_marker(t, f->link.older))
		t->due = INT64_MIN;
	unlink_it(&f->link);
	append(t, f);
}

void
expire_forget(struct t2 *t, struct flow *f)
{
	if (unlikely(t->stepped_back) && is_marker(t, f->link.older))
		t->due = INT64_MIN;
	unlink_it(&f->link);
}

void
flow_timeout(struct t2 *t, struct flow *f, int64_t ns)
{
	if (f->timeout != ns)
		f->timeout = timeout_in_use(t, ns);
}

/* Moves m over the flows that were silent for its time. */
static void
advance(struct t2 *t, struct marker *m)
{
	struct flow *f;
	int64_t at;

	while ((f = younger(t, &m->link)) != NULL) {
		if ((at = later(f->last, m->timeout)) > t->now) {
			if (at < t->due)
				t->due = at;
			return;
		}
		if (is_idle(t, f) && is_idle(t, f->opp)) {
			flow_release(t, f);
			continue;
		}
		unlink_it(&m->link);
		link_behind(&m->link, &f->link);
	}
}

void
expire(struct t2 *t)
{
	struct flow *f;

	t->due = INT64_MAX;
	while ((f = younger(t, &t->order)) != NULL && f->stat & FS(REMOVED))
		flow_release(t, f);
	for (unsigned i = 0; i < t->nmarkers; i++)
		advance(t, t->by_timeout[i]);
}

/* Asks for the memory of a flow that is about to be written. */
static void
prefetch(const struct t2 *t, const struct flow *f)
{
	for (size_t i = 0; f != NULL && i < t->flows.size; i += CACHE_LINE)
		__builtin_prefetch((const char *)f + i, 1);
}

void
expire_all(struct t2 *t)
{
	struct flow *f, *next;

	while ((f = younger(t, &t->order)) != NULL) {
		if ((next = younger(t, &f->link)) != NULL) {
			prefetch(t, next->opp);
			prefetch(t, younger(t, &next->link));
		}
		flow_release(t, f);
	}
}

/* The marker of the eviction leaves behind what has a younger opposite: that one is met later.
 * The older direction gets the bit. */
void
expire_evict(struct t2 *t)
{
	struct flow *f;

	while ((f = younger(t, &t->evict)) != NULL &&
	    f->opp != NULL && f->opp->arrival > f->arrival) {
		unlink_it(&t->evict);
		link_behind(&t->evict, &f->link);
	}
	if (f == NULL)
		return;
	flow_mark(t, f->opp != NULL ? f->opp : f, FS(EVICTED));
	t->tot.evicted += f->opp != NULL ? 2 : 1;
	flow_release(t, f);
}
