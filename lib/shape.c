/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shape.c - options that change which packets make a flow: aggregated keys, a longest life of
 * pairs, streams of SCTP.
 *
 * Nothing here runs unless such an option is on.  A packet's key is rewritten, hashed again and
 * put back when the packet has been handed over: what counts packets sees them as they came.
 */
#include <stdlib.h>

#include "shape.h"

enum {                                  /* AGGREGATIONFLAG */
	AGG_PROTO = 0x01, AGG_DPORT = 0x02, AGG_SPORT = 0x04, AGG_DST = 0x08, AGG_SRC = 0x10,
	AGG_VLAN = 0x20, AGG_NONE = 0x40, AGG_SUBNET = 0x80,
};

static void
mask_make(uint8_t mask[16], int64_t bits)
{
	for (int i = 0; i < 16; i++, bits -= 8)
		mask[i] = bits >= 8 ? 0xff : bits > 0 ? (uint8_t)(0xff << (8 - bits)) : 0;
}

int
shape_init(struct t2 *t)
{
	const struct optval *o = t->core;
	struct shape *s;

	if (o[CO_FDURLIMIT].n == 0 && o[CO_AGGREGATIONFLAG].n == 0 &&
	    o[CO_SCTP_ACTIVATE].n == 0)
		return 0;
	if ((s = t->shape = calloc(1, sizeof(*s))) == NULL)
		return -1;
	s->limit = o[CO_FDURLIMIT].n * NS_PER_SEC;
	s->same_index = o[CO_FDLSFINDEX].n != 0;
	s->aggregate = (unsigned)o[CO_AGGREGATIONFLAG].n;
	s->sport = (struct range){ (uint16_t)o[CO_SRCPORTLW].n, (uint16_t)o[CO_SRCPORTHW].n };
	s->dport = (struct range){ (uint16_t)o[CO_DSTPORTLW].n, (uint16_t)o[CO_DSTPORTHW].n };
	mask_make(s->src4, o[CO_SRCIP4CMSK].n);
	mask_make(s->dst4, o[CO_DSTIP4CMSK].n);
	mask_make(s->src6, o[CO_SRCIP6CMSK].n);
	mask_make(s->dst6, o[CO_DSTIP6CMSK].n);
	if (s->aggregate & AGG_NONE) {
		t2_error(t, "AGGREGATIONFLAG=%u: there is no flag %d", s->aggregate, AGG_NONE);
		return -1;
	}
	if (s->aggregate & AGG_SUBNET && ((s->geo = t2_geo(t)) == NULL || !geo_nets(s->geo)))
		return -1;
	return sctp_init(t, &s->sctp);
}

void
shape_free(struct shape *s)
{
	if (s != NULL)
		sctp_free(s->sctp);
	free(s);
}

static uint16_t
port_class(uint16_t port, const struct range *r)
{
	if (port < r->low || port > r->high)
		return 0;
	return r->low == r->high ? port : 1;
}

static void
mask_apply(uint8_t addr[16], const uint8_t mask[16])
{
	for (int i = 0; i < 16; i++)
		addr[i] &= mask[i];
}

/* The network that the labels know goes before that of a mask. */
static void
network(const struct shape *s, uint8_t addr[16], uint8_t ipver, bool masked,
    const uint8_t mask[16])
{
	if (s->geo != NULL && geo_net(s->geo, ipver, addr))
		return;
	if (masked)
		mask_apply(addr, mask);
}

static void
aggregate(const struct shape *s, struct flow_key *k, uint8_t ipver)
{
	if (s->aggregate & AGG_VLAN)
		k->vlan = 0;
	if (ipver == 0)
		return;
	if (s->aggregate & AGG_PROTO)
		k->proto = 0;
	if (s->aggregate & AGG_DPORT)
		k->dport = port_class(k->dport, &s->dport);
	if (s->aggregate & AGG_SPORT)
		k->sport = port_class(k->sport, &s->sport);
	if (s->aggregate & (AGG_DST | AGG_SUBNET))
		network(s, k->dst, ipver, s->aggregate & AGG_DST, ipver == 4 ? s->dst4 : s->dst6);
	if (s->aggregate & (AGG_SRC | AGG_SUBNET))
		network(s, k->src, ipver, s->aggregate & AGG_SRC, ipver == 4 ? s->src4 : s->src6);
}

/* Ends the pair of p's flow if p comes too late for it.  Later fragments have no flow of their
 * own to judge by. */
static void
limit_life(struct t2 *t, struct shape *s, const struct pkt *p)
{
	struct flow *f = flows_find(&t->flows, &p->key, p->hash), *o;
	struct flow_key swapped;
	bool inverted;

	if (f == NULL) {
		flow_key_swap(&swapped, &p->key);
		if ((o = flow_find(t, &swapped)) == NULL)
			return;
		f = o;
		inverted = !(o->stat & FS(INVERTED));
	} else {
		o = f->opp != NULL && f->opp->first < f->first ? f->opp : f;
		inverted = f->stat & FS(INVERTED);
	}
	if (p->ts - o->first < s->limit)
		return;
	if (s->same_index) {
		s->keep = f->index;
		s->keep_stat = FS(SAMEIND) | (inverted ? FS(INVERTED) : 0);
	}
	flow_mark(t, f, FS(REMOVED));
	if (f->opp != NULL)
		f->opp->stat |= FS(REMOVED);
	flow_release(t, f);
}

void
shape_deliver(struct t2 *t, struct pkt *p)
{
	struct shape *s = t->shape;

	p->hash = key_hash(&p->key, t->flows.seed);
	p->guess = NULL;
	if (s->limit != 0 && p->frag != FRAG_LATER)
		limit_life(t, s, p);
	if (!t->stop)
		engine_deliver(t, p);
	s->keep = 0;
}

bool
shape_lands(const struct shape *s)
{
	const struct flow_key *k = s->real;

	return k->sport == k->dport && memcmp(k->src, k->dst, sizeof(k->src)) == 0;
}

void
shape_packet(struct t2 *t, struct pkt *p)
{
	struct shape *s = t->shape;
	struct flow_key key = p->key;
	uint32_t hash = p->hash;

	s->real = &key;
	if (s->aggregate != 0)
		aggregate(s, &p->key, p->ipver);
	if (s->sctp != NULL && key.proto == IP_SCTP && pkt_has_l4(p))
		sctp_packet(t, s->sctp, p);
	else
		shape_deliver(t, p);
	p->key = key;
	p->hash = hash;
}

/* The index that the engine gave to a new pair goes back if the pair continues another one. */
static void
flow_new(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct t2 *t = state;
	struct shape *s = t->shape;

	(void)slot;
	if (f->opp == NULL && s->aggregate & (AGG_DPORT | AGG_SPORT) && f->ipver != 0)
		f->stat = (f->stat & ~FS(INVERTED)) |
		    (flow_answers(p, s->real->sport, s->real->dport) ? FS(INVERTED) : 0);
	if (s->keep != 0) {
		t->next_index--;
		f->index = s->keep;
		f->stat &= ~FS(INVERTED);
		flow_mark(t, f, s->keep_stat & ~FS(INVERTED));
		f->stat |= s->keep_stat;
		s->keep = 0;
	} else if (f->opp != NULL) {
		f->stat |= f->opp->stat & FS(SAMEIND);
	}
	if (s->sctp != NULL && f->key.proto == IP_SCTP)
		sctp_flow_new(s->sctp, t, f);
}

static void
flow_gone(void *state, void *slot, struct flow *f)
{
	struct t2 *t = state;

	(void)slot;
	if (t->shape->sctp != NULL && f->key.proto == IP_SCTP)
		sctp_flow_gone(t->shape->sctp, f);
}

const struct plugin shape_hooks = {
	PLUGIN_HEAD,
	.name = "shape",
	.flow_new = flow_new,
	.flow_gone = flow_gone,
};
