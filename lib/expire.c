/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expire.c - when flows end.
 *
 * A direction is idle once the time since its last packet reaches its timeout; a pair ends when
 * both directions are idle, or when a plugin says so.  The queue holds one entry a pair, whose
 * key is the earliest time at which that could be; it is renewed when the clock reaches it, never
 * at a packet.  Pairs that end at the same packet are written in the order of their last packets,
 * oldest first.
 */
#include <stdlib.h>

#include "priv.h"

struct ended {
	uint64_t arrival;               /* of the direction that was met */
	struct flow *met;
};

static int64_t
idle_at(const struct flow *f)
{
	int64_t t;

	return __builtin_add_overflow(f->last, f->timeout, &t) ? INT64_MAX : t;
}

/* The time at which the whole pair is idle. */
static int64_t
pair_idle_at(const struct flow *f)
{
	int64_t a = idle_at(f), b = f->opp != NULL ? idle_at(f->opp) : a;

	return a > b ? a : b;
}

/* The direction of the pair that has the entry in the queue: the one that came first. */
static struct flow *
owner(struct flow *f)
{
	return f->heap[HEAP_EXPIRY] == HEAP_NONE ? f->opp : f;
}

/* Remembers a timeout as being in use; what does not fit counts as none. */
static void
note_timeout(struct t2 *t, int64_t ns)
{
	for (unsigned i = 0; i < t->ntimeouts; i++)
		if (t->timeouts[i] == ns)
			return;
	if (t->ntimeouts < ARRAY_LEN(t->timeouts))
		t->timeouts[t->ntimeouts++] = ns;
}

int
expire_watch(struct t2 *t, struct flow *f)
{
	note_timeout(t, f->timeout);
	if (f->opp != NULL)
		return 0;
	if (t->max_flows != 0 && heap_add(&t->lru, f, (int64_t)f->arrival) != 0)
		return -1;
	return heap_add(&t->expiry, f, idle_at(f));
}

void
flow_timeout(struct t2 *t, struct flow *f, int64_t ns)
{
	struct flow *o = owner(f);
	int64_t at;

	f->timeout = ns;
	note_timeout(t, ns);
	/* not watched at birth and at the end of the run */
	if (o == NULL || o->heap[HEAP_EXPIRY] == HEAP_NONE)
		return;
	at = pair_idle_at(o);
	if (at < t->expiry.v[o->heap[HEAP_EXPIRY]].key)
		heap_change(&t->expiry, o, at);
}

void
flow_force(struct t2 *t, struct flow *f)
{
	struct flow *o = owner(f);

	flow_mark(t, f, FS(REMOVED));
	if (f->opp != NULL)
		f->opp->stat |= FS(REMOVED);
	/* ending by itself already, or a new flow that is not watched yet */
	if (o == NULL || o->heap[HEAP_EXPIRY] == HEAP_NONE)
		return;
	heap_change(&t->expiry, o, INT64_MIN);
}

/* True if the silence of f passed one of the timeouts in use since the previous packet. */
static bool
is_met(const struct t2 *t, const struct flow *f)
{
	int64_t at;

	for (unsigned i = 0; i < t->ntimeouts; i++)
		if (!__builtin_add_overflow(f->last, t->timeouts[i], &at) &&
		    at > t->before && at <= t->now)
			return true;
	return false;
}

/* The direction that decides the place of an idle pair in the output: as in a scan along each
 * timeout in use, the older one that was met. */
static struct flow *
met_first(const struct t2 *t, struct flow *f)
{
	struct flow *o = f->opp;
	bool a = is_met(t, f), b = o != NULL && is_met(t, o);

	if (o == NULL || a != b)
		return b ? o : f;
	return o->arrival < f->arrival ? o : f;
}

static int
by_arrival(const void *a, const void *b)
{
	const struct ended *x = a, *y = b;

	return x->arrival < y->arrival ? -1 : x->arrival > y->arrival;
}

/* Asks for the memory of a flow that is about to be written. */
static void
prefetch(const struct t2 *t, const struct flow *f)
{
	for (size_t i = 0; f != NULL && i < t->flows.size; i += CACHE_LINE)
		__builtin_prefetch((const char *)f + i, 1);
}

static void
release_all(struct t2 *t, struct ended *v, size_t n)
{
	if (n > 1)
		qsort(v, n, sizeof(*v), by_arrival);
	for (size_t i = 0; i < n; i++) {
		if (i + 2 < n)
			prefetch(t, v[i + 2].met);
		if (i + 1 < n)          /* that one is here by now, and names its opposite */
			prefetch(t, v[i + 1].met->opp);
		flow_release(t, v[i].met);
	}
	free(v);
}

void
expire(struct t2 *t)
{
	struct heap *h = &t->expiry;
	struct ended *v = NULL, *w;
	size_t n = 0, room = 0;
	struct flow *f;
	int64_t at;

	while (h->n > 0 && h->v[0].key <= t->now) {
		f = h->v[0].f;
		if ((at = pair_idle_at(f)) > t->now && !(f->stat & FS(REMOVED))) {
			heap_change(h, f, at);
			continue;
		}
		if (n == room) {
			room = room == 0 ? 16 : room * 2;
			if ((w = reallocarray(v, room, sizeof(*v))) == NULL)
				break;
			v = w;
		}
		heap_remove(h, f);
		f = met_first(t, f);
		v[n++] = (struct ended){ f->arrival, f };
	}
	release_all(t, v, n);
}

void
expire_all(struct t2 *t)
{
	struct heap *h = &t->expiry;
	size_t n = h->n;
	struct ended *v = reallocarray(NULL, n + 1, sizeof(*v));
	struct flow *f;

	if (v == NULL) {                /* no memory to sort: in the order of their ends */
		while (h->n > 0)
			flow_release(t, h->v[0].f);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		f = h->v[i].f;
		f->heap[HEAP_EXPIRY] = HEAP_NONE;
		if (f->opp != NULL && f->opp->arrival < f->arrival)
			f = f->opp;
		v[i] = (struct ended){ f->arrival, f };
	}
	h->n = 0;
	release_all(t, v, n);
}

/* The LRU queue's keys are lower bounds too: renewed until the top one is true. */
void
expire_evict(struct t2 *t)
{
	struct heap *h = &t->lru;
	struct flow *f, *o;
	uint64_t last;

	for (;;) {
		f = h->v[0].f;
		o = f->opp;
		last = o != NULL && o->arrival > f->arrival ? o->arrival : f->arrival;
		if ((uint64_t)h->v[0].key == last)
			break;
		heap_change(h, f, (int64_t)last);
	}
	flow_mark(t, f, FS(EVICTED));
	t->tot.evicted += o != NULL ? 2 : 1;
	flow_release(t, f);
}
