/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * life.c - the beginning and the end of a flow: which direction it is, its pair, its record.
 */
#include "priv.h"

enum { TCP_FLAGS = 13, SYN_ACK = 0x12 };

bool
flow_answers(const struct pkt *p, uint16_t sport, uint16_t dport)
{
	struct cur c;

	if (sport < 1024 && sport < dport)
		return true;
	if (p->key.proto != IP_TCP || !pkt_has_l4(p) || p->stat & FS(L4HDRSNAP))
		return false;
	c = pkt_cur(p, p->l4 + TCP_FLAGS);
	return (cur_u8(&c) & SYN_ACK) == SYN_ACK;
}

static void
link_opposite(struct t2 *t, struct flow *f, const struct pkt *p)
{
	struct flow_key swapped;
	struct flow *opp;

	flow_key_swap(&swapped, &f->key);
	opp = flow_find(t, &swapped);
	if (opp == f) {
		/* addresses that were cut off are equal too */
		if (f->ipver != 0 && pkt_avail(p, p->l3) >= p->iphl &&
		    (t->shape == NULL || shape_lands(t->shape)))
			flow_mark(t, f, FS(LAND));
		opp = NULL;
	}
	t->tot.flows++;
	t->tot.flows_dir[opp != NULL]++;
	if (opp != NULL) {
		f->opp = opp;
		opp->opp = f;
		f->index = opp->index;
		f->stat |= opp->stat & FS(INVERTED) ? 0 : FS(INVERTED);
	} else {
		f->index = ++t->next_index;
		f->stat |= flow_answers(p, p->key.sport, p->key.dport) ? FS(INVERTED) : 0;
	}
}

/* False: the table is full and stays so. */
static bool
make_room(struct t2 *t)
{
	if (t->core[CO_HASH_AUTOPILOT].n == 0) {
		t2_error(t, "the table is full with %u flows: HASH_AUTOPILOT=1 makes room",
		    t->flows.n);
		t->full = t->stop = true;
		return false;
	}
	for (int64_t i = 0; i < t->core[CO_NUMFLWRM].n && t->flows.n > 0; i++)
		expire_evict(t);
	return true;
}

struct flow *
flow_create(struct t2 *t, const struct pkt *p)
{
	struct flow *f;

	if (unlikely(t->drain))
		return NULL;
	if (t->max_flows != 0 && t->flows.n >= t->max_flows && !make_room(t))
		return NULL;
	if ((f = flows_add(&t->flows, &p->key, p->hash)) == NULL) {
		t2_error(t, "out of memory with %u flows", t->flows.n);
		t->full = t->stop = true;
		return NULL;
	}
	f->ipver = p->ipver;
	f->first = f->last = p->ts;
	f->arrival = p->num;
	f->timeout = t->core[CO_FLOW_TIMEOUT].n * NS_PER_SEC;
	link_opposite(t, f, p);
	if (++t->tot.live > t->tot.live_max)
		t->tot.live_max = t->tot.live;
	expire_watch(t, f);
	for (size_t i = 0; i < t->nnew; i++)
		t->on_new[i].p->flow_new(t->on_new[i].state, (unsigned char *)f + t->on_new[i].off,
		    f, p);
	return f;
}

static void
end_one(struct t2 *t, struct flow *f, char dir)
{
	f->dir = dir;
	if (f->stat & FS(FRAGPEND))
		t->tot.stat |= FS(FRAGPEND);
	for (size_t i = 0; i < t->nend; i++)
		t->on_end[i].p->flow_end(t->on_end[i].state, (unsigned char *)f + t->on_end[i].off,
		    f);
	t->tot.alarms += f->stat >> FS_ALARM & 1;
	if (t->record != NULL && !t->stop && !t->record(t->record_arg, f))
		t->stop = true;
}

static void
forget(struct t2 *t, struct flow *f)
{
	for (size_t i = 0; i < t->ngone; i++)
		t->on_gone[i].p->flow_gone(t->on_gone[i].state,
		    (unsigned char *)f + t->on_gone[i].off, f);
	t->tot.live--;
	if (f->stat & FS(FRAGPEND))
		frag_done(t, f);
	expire_forget(t, f);
	if (t->ending) {                /* all flows go: the table is not mended, only counted */
		t->flows.n--;
		return;
	}
	flows_remove(&t->flows, f);
}

/* The direction without the inversion bit is A and comes first; if the bits do not tell, the
 * direction that was met first keeps what its bit says. */
void
flow_release(struct t2 *t, struct flow *met)
{
	struct flow *a = met, *b = met->opp;

	if (b == NULL) {
		t->tot.answers += a->stat & FS(INVERTED);
		end_one(t, a, 'A');
		forget(t, a);
		return;
	}
	if (met->stat & FS(INVERTED)) {
		a = b;
		b = met;
	}
	end_one(t, a, 'A');
	end_one(t, b, 'B');
	forget(t, a);
	forget(t, b);
}
