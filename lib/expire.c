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
is_marker(uint32_t l)
{
	return l < LINK_FLOW;
}

/* The flow next to l on the younger side, NULL at the end. */
static struct flow *
younger(const struct t2 *t, uint32_t l)
{
	const struct link *v = t->flows.link;

	for (l = v[l].younger; l != LINK_ENDS; l = v[l].younger)
		if (!is_marker(l))
			return flows_block(&t->flows, l - LINK_FLOW);
	return NULL;
}

static uint32_t
link_of(const struct flow *f)
{
	return f->id + LINK_FLOW;
}

static void
take_out(struct link *v, uint32_t l)
{
	v[v[l].older].younger = v[l].younger;
	v[v[l].younger].older = v[l].older;
}

static void
put_behind(struct link *v, uint32_t l, uint32_t older)
{
	v[l].older = older;
	v[l].younger = v[older].younger;
	v[v[older].younger].older = l;
	v[older].younger = l;
}

/* The marker for ns; with all markers in use the nearest one above stands in for it, else the
 * highest.  A new one starts at the old end. */
static int64_t
timeout_in_use(struct t2 *t, int64_t ns)
{
	unsigned i = 0;

	while (i < t->nmarkers && t->marker[i].timeout > ns)
		i++;
	if (i < t->nmarkers && t->marker[i].timeout == ns)
		return ns;
	if (t->nmarkers == MARKERS)
		return t->marker[i > 0 ? i - 1 : 0].timeout;
	memmove(t->marker + i + 1, t->marker + i, (t->nmarkers - i) * sizeof(t->marker[0]));
	t->marker[i] = (struct marker){ ns, LINK_MARKER + t->nmarkers++ };
	put_behind(t->flows.link, t->marker[i].link, LINK_ENDS);
	t->due = INT64_MIN;
	return ns;
}

/* A marker may now be next to f: it is to be looked at when f is idle at the earliest. */
static void
append(struct t2 *t, struct flow *f)
{
	struct link *v = t->flows.link;
	int64_t at;

	put_behind(v, link_of(f), v[LINK_ENDS].older);
	if (!is_marker(v[link_of(f)].older))
		return;
	at = later(f->last, t->marker[t->nmarkers - 1].timeout);
	if (at < t->due)
		t->due = at;
}

void
expire_watch(struct t2 *t, struct flow *f)
{
	f->timeout = timeout_in_use(t, f->timeout);
	append(t, f);
}

/* Markers in front of f get to look at the next flow; behind a step back of the clock that one may
 * have an older time than f had. */
static void
pass_on(struct t2 *t, struct flow *f)
{
	const struct link *v = t->flows.link;
	const struct flow *next = younger(t, link_of(f));
	int64_t at;

	for (unsigned i = 0; next != NULL && i < t->nmarkers; i++) {
		uint32_t l = v[t->marker[i].link].younger;

		while (is_marker(l) && l != LINK_ENDS)
			l = v[l].younger;
		if (l != link_of(f))
			continue;
		at = later(next->last, t->marker[i].timeout);
		if (at < t->due)
			t->due = at;
	}
}

void
expire_forget(struct t2 *t, struct flow *f)
{
	if (unlikely(t->stepped_back) && is_marker(t->flows.link[link_of(f)].older))
		pass_on(t, f);
	take_out(t->flows.link, link_of(f));
}

/* To the old end of the list: the pair ends at the next packet. */
static void
condemn(struct t2 *t, struct flow *f)
{
	take_out(t->flows.link, link_of(f));
	put_behind(t->flows.link, link_of(f), LINK_ENDS);
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
	expire_forget(t, f);
	append(t, f);
}


void
flow_timeout(struct t2 *t, struct flow *f, int64_t ns)
{
	if (f->timeout != ns)
		f->timeout = timeout_in_use(t, ns);
}

/* Moves m over the flows that were silent for its time. */
static void
advance(struct t2 *t, struct marker m)
{
	struct flow *f;
	int64_t at;

	while ((f = younger(t, m.link)) != NULL) {
		if ((at = later(f->last, m.timeout)) > t->now) {
			if (at < t->due)
				t->due = at;
			return;
		}
		if (is_idle(t, f) && is_idle(t, f->opp)) {
			flow_release(t, f);
			continue;
		}
		take_out(t->flows.link, m.link);
		put_behind(t->flows.link, m.link, link_of(f));
	}
}

void
expire(struct t2 *t)
{
	struct flow *f;

	t->due = INT64_MAX;
	while ((f = younger(t, LINK_ENDS)) != NULL && f->stat & FS(REMOVED))
		flow_release(t, f);
	for (unsigned i = 0; i < t->nmarkers; i++)
		advance(t, t->marker[i]);
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

	while ((f = younger(t, LINK_ENDS)) != NULL) {
		if ((next = younger(t, link_of(f))) != NULL) {
			prefetch(t, next->opp);
			prefetch(t, younger(t, link_of(next)));
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

	while ((f = younger(t, LINK_EVICT)) != NULL &&
	    f->opp != NULL && f->opp->arrival > f->arrival) {
		take_out(t->flows.link, LINK_EVICT);
		put_behind(t->flows.link, LINK_EVICT, link_of(f));
	}
	if (f == NULL)
		return;
	flow_mark(t, f->opp != NULL ? f->opp : f, FS(EVICTED));
	t->tot.evicted += f->opp != NULL ? 2 : 1;
	flow_release(t, f);
}
