/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test of flow.c, frag.c and expire.c: random operations beside simple models.
 *
 * Hashes and keys come from few values, so that entries crowd together, also over the end of the
 * tables.  The model of the timeouts looks at everything at every step.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/priv.h"

struct test {
	unsigned long bad, all;
	uint64_t rng;
};

static void
check(struct test *t, bool ok, const char *what)
{
	t->all++;
	if (!ok && t->bad++ < 10)
		printf("not ok: %s (check %lu)\n", what, t->all);
}

static uint32_t
draw(struct test *t, uint32_t n)
{
	t->rng ^= t->rng << 13;
	t->rng ^= t->rng >> 7;
	t->rng ^= t->rng << 17;
	return (uint32_t)(t->rng >> 32) % n;
}

static struct flow_key
key_of(uint32_t n)
{
	return (struct flow_key){ .src = { 10, 0, (uint8_t)(n >> 8), (uint8_t)n }, .proto = 17,
	    .ethertype = 0x800, .sport = (uint16_t)(n >> 16), .dport = 53 };
}

/* flow.c ---------------------------------------------------------------------------------- */

enum { KEYS = 400, HASHES = 24, MANY = 300000 };

/* A few places in a row, half of them behind the end of the table. */
static uint32_t
hash_near_end(uint32_t n, uint32_t mask)
{
	return mask - HASHES / 2 + n % HASHES;
}

static void
test_flows(struct test *t)
{
	struct flow *model[KEYS] = { NULL }, *f;
	struct flow_key k;
	struct flows fl;
	uint32_t n = 0;

	check(t, flows_init(&fl, 100) == 0, "flows_init");
	for (int step = 0; step < 200000; step++) {
		uint32_t i = draw(t, KEYS), hash = hash_near_end(i, fl.mask);

		k = key_of(i);
		f = flows_find(&fl, &k, hash);
		check(t, f == model[i], "find");
		if (f == NULL && draw(t, 3) > 0) {
			f = model[i] = flows_add(&fl, &k, hash);
			check(t, memcmp(&f->key, &k, sizeof(k)) == 0 && f->npkts == 0 &&
			    f->opp == NULL && f->slots[99] == 0, "a new flow is zeroed");
			f->npkts = 1;
			f->slots[99] = 1;
			n++;
		} else if (f != NULL && draw(t, 3) == 0) {
			flows_remove(&fl, f);
			model[i] = NULL;
			n--;
		}
		check(t, fl.n == n && fl.used <= KEYS, "number of flows, and memory is used again");
	}
	flows_free(&fl);
}

static void
test_flows_grow(struct test *t)
{
	struct flow **model = calloc(MANY, sizeof(struct flow *));
	struct flow_key k;
	struct flows fl;
	uint32_t mask;

	check(t, model != NULL && flows_init(&fl, 8) == 0, "flows_init");
	mask = fl.mask;
	for (uint32_t i = 0; i < MANY; i++) {
		k = key_of(i);
		model[i] = flows_add(&fl, &k, key_hash(&k, fl.seed));
		if (i % 3 == 2)
			flows_remove(&fl, model[i - 1]);
	}
	check(t, fl.mask > mask, "the table grows");
	for (uint32_t i = 0; i < MANY; i++) {
		k = key_of(i);
		check(t, flows_find(&fl, &k, key_hash(&k, fl.seed)) ==
		    (i % 3 == 1 ? NULL : model[i]), "found in a table that has grown");
	}
	check(t, fl.n == MANY - MANY / 3 && fl.used <= fl.n + 1, "number after growth");
	flows_free(&fl);
	free(model);
}

/* frag.c ---------------------------------------------------------------------------------- */

enum { HOSTS = 3, FLOWS_EACH = 12, IDS = 6 };

struct frag_model {
	struct t2 *t;
	struct flow f[HOSTS][FLOWS_EACH];
	struct flow *owner[HOSTS][IDS];         /* of the pending datagram */
};

static void
model_done(struct frag_model *m, uint32_t host, struct flow *f)
{
	f->stat &= ~FS(FRAGPEND);
	if (m->owner[host][f->fragid] == f)
		m->owner[host][f->fragid] = NULL;
}

/* The bit of a flow whose place another one takes goes, unless that one gave up its own for it. */
static void
model_pend(struct frag_model *m, uint32_t host, struct flow *f, uint32_t id)
{
	bool replaced = f->stat & FS(FRAGPEND) && f->fragid != id;
	struct flow *was;

	if (replaced)
		model_done(m, host, f);
	was = m->owner[host][id];
	if (was != NULL && was != f && !replaced)
		was->stat &= ~FS(FRAGPEND);
	m->owner[host][id] = f;
	f->fragid = id;
	f->stat |= FS(FRAGPEND);
}

static void
frags_check(struct test *t, struct frag_model *m, struct flow (*real)[FLOWS_EACH])
{
	struct frags *fr = &m->t->frags;
	uint32_t n = 0;

	for (uint32_t host = 0; host < HOSTS; host++) {
		for (uint32_t id = 0; id < IDS; id++) {
			struct pkt p = { .key = real[host][0].key, .ipid = id, .ipver = 4 };
			struct flow *f = frag_find(fr, &p), *want = m->owner[host][id];

			n += want != NULL;
			check(t, want == NULL ? f == NULL :
			    f == &real[host][want - m->f[host]], "owner of a datagram");
		}
		for (int i = 0; i < FLOWS_EACH; i++)
			check(t, ((real[host][i].stat ^ m->f[host][i].stat) & FS(FRAGPEND)) == 0,
			    "pending bit");
	}
	check(t, fr->n == n, "number of datagrams");
}

static void
test_frags(struct test *t)
{
	struct frag_model *m = calloc(1, sizeof(*m));
	struct flow (*real)[FLOWS_EACH] = calloc(HOSTS, sizeof(*real));
	uint64_t seed[2] = { t->rng, ~t->rng };

	m->t = calloc(1, sizeof(*m->t));
	m->t->frags.seed = seed;
	for (uint32_t host = 0; host < HOSTS; host++)
		for (uint32_t i = 0; i < FLOWS_EACH; i++) {
			real[host][i].key = key_of(host | i << 16);
			real[host][i].ipver = 4;
		}
	for (int step = 0; step < 40000; step++) {
		uint32_t host = draw(t, HOSTS), i = draw(t, FLOWS_EACH), id = draw(t, IDS);
		struct pkt p = { .key = real[host][i].key, .ipid = id, .ipver = 4 };

		if (draw(t, 3) > 0) {
			frag_pend(m->t, &real[host][i], &p);
			model_pend(m, host, &m->f[host][i], id);
		} else if (real[host][i].stat & FS(FRAGPEND)) {
			frag_done(m->t, &real[host][i]);
			model_done(m, host, &m->f[host][i]);
		}
		frags_check(t, m, real);
	}
	frags_free(&m->t->frags);
	free(m->t);
	free(m);
	free(real);
}

/* Many datagrams at a time, ended in another order. */
static void
test_frags_grow(struct test *t)
{
	enum { N = 5000 };
	struct flow *v = calloc(N, sizeof(*v));
	struct t2 *t2 = calloc(1, sizeof(*t2));
	uint64_t seed[2] = { t->rng, ~t->rng };

	t2->frags.seed = seed;
	for (uint32_t i = 0; i < N; i++) {
		v[i].key = key_of(i << 16);
		v[i].ipver = 4;
		frag_pend(t2, &v[i], &(struct pkt){ .key = v[i].key, .ipid = i, .ipver = 4 });
	}
	for (uint32_t i = 0; i < N; i++) {
		uint32_t k = (uint32_t)((uint64_t)i * 3001 % N);
		struct pkt p = { .key = v[k].key, .ipid = k, .ipver = 4 };

		check(t, frag_find(&t2->frags, &p) == &v[k], "found among many");
		frag_done(t2, &v[k]);
		check(t, frag_find(&t2->frags, &p) == NULL, "gone");
	}
	check(t, t2->frags.n == 0, "all are gone");
	frags_free(&t2->frags);
	free(t2);
	free(v);
}

/* expire.c -------------------------------------------------------------------------------- */

enum { PAIRS = 60, IDLE_MAX = 40 };     /* IDLE_MAX: ns */

struct expiry {
	struct test *t;
	struct t2 *t2;
	struct flow *f[PAIRS][2];       /* both directions, or the first, or none */
	uint64_t released, arrival;
	bool steps_back;                /* time does */
};

static bool
on_record(void *arg, struct flow *f)
{
	struct expiry *e = arg;
	uint32_t i = f->key.dst[0];
	int d = f->key.dst[1];

	check(e->t, e->f[i][d] == f, "a flow ends once");
	e->f[i][d] = NULL;
	e->released++;
	return true;
}

static bool
idle(const struct flow *f, int64_t now)
{
	return f == NULL || f->last + f->timeout <= now;
}

/* Time comes: exactly those pairs end of which both directions are idle; after a step back in time
 * they may end later. */
static void
clock_set(struct expiry *e, int64_t now)
{
	struct flow *was[PAIRS][2];
	bool ends[PAIRS];

	memcpy(was, e->f, sizeof(was));
	for (int i = 0; i < PAIRS; i++)
		ends[i] = idle(was[i][0], now) && idle(was[i][1], now);
	e->t2->stepped_back |= now < e->t2->now;
	e->t2->now = now;
	if (now >= e->t2->due)
		expire(e->t2);
	for (int i = 0; i < PAIRS; i++)
		for (int d = 0; d < 2; d++)
			check(e->t, e->f[i][d] == (ends[i] ? NULL : was[i][d]) ||
			    (e->steps_back && e->f[i][d] == was[i][d]), "who ends");
}

/* A packet of direction d of pair i; the first one of a direction makes the flow. */
static void
packet(struct expiry *e, uint32_t i, int d, int64_t timeout)
{
	struct flow *f = e->f[i][d], *other = e->f[i][!d];
	struct flow_key k = { .dst = { (uint8_t)i, (uint8_t)d }, .proto = 6 };

	if (f == NULL) {
		f = e->f[i][d] = flows_add(&e->t2->flows, &k, key_hash(&k, e->t2->flows.seed));
		f->timeout = timeout;
		f->first = f->last = e->t2->now;
		f->arrival = ++e->arrival;
		f->opp = other;
		if (other != NULL)
			other->opp = f;
		e->t2->tot.live++;
		expire_watch(e->t2, f);
	}
	f->last = e->t2->now;
	f->arrival = ++e->arrival;
	expire_touch(e->t2, f);
	if (draw(e->t, 4) == 0)
		flow_timeout(e->t2, f, timeout);
}

/* The pair with the oldest last packet goes. */
static void
evict(struct expiry *e)
{
	uint64_t oldest = UINT64_MAX, last;
	int at = -1;

	for (int i = 0; i < PAIRS; i++) {
		last = 0;
		for (int d = 0; d < 2; d++)
			if (e->f[i][d] != NULL && e->f[i][d]->arrival > last)
				last = e->f[i][d]->arrival;
		if (last != 0 && last < oldest) {
			oldest = last;
			at = i;
		}
	}
	if (at < 0)
		return;
	expire_evict(e->t2);
	check(e->t, e->f[at][0] == NULL && e->f[at][1] == NULL, "the least active pair goes");
}

static void
test_expire(struct test *t, bool limited, bool steps_back)
{
	struct expiry e = { .t = t, .t2 = calloc(1, sizeof(*e.t2)), .steps_back = steps_back };
	int64_t now = 1000;

	e.t2->record = on_record;
	e.t2->record_arg = &e;
	e.t2->max_flows = limited ? PAIRS : 0;
	check(t, flows_init(&e.t2->flows, 0) == 0, "flows_init");
	for (int step = 0; step < 60000; step++) {
		now += (int64_t)draw(t, 5) - steps_back;
		if (draw(t, 300) == 0)
			now += draw(t, 2 * IDLE_MAX);
		clock_set(&e, now);
		packet(&e, draw(t, PAIRS), (int)draw(t, 2), draw(t, IDLE_MAX));
		if (limited && draw(t, 20) == 0)
			evict(&e);
	}
	expire_all(e.t2);
	check(t, e.t2->flows.n == 0 &&
	    e.t2->tot.live == 0, "nothing is left");
	check(t, e.released > 1000, "flows ended");
	flows_free(&e.t2->flows);
	free(e.t2);
}

int
main(void)
{
	struct test t = { .rng = 88172645463325252 };

	test_flows(&t);
	test_flows_grow(&t);
	test_frags(&t);
	test_frags_grow(&t);
	test_expire(&t, false, false);
	test_expire(&t, true, false);
	test_expire(&t, true, true);
	if (t.bad == 0)
		printf("ok %lu\n", t.all);
	else
		printf("%lu of %lu failed\n", t.bad, t.all);
	return t.bad != 0;
}
