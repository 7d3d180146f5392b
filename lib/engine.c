/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * engine.c - the only loop: each packet is dissected, finds its flow and passes the plugins.
 *
 * Packets come in batches.  While the batch is dissected the flow table is prefetched, then the
 * flows, so that the memory of a million flows is asked for before it is needed.  What happens once
 * for a flow, not for each packet, is in life.c.
 */
#include "priv.h"
#include "signals.h"

enum { ETHER_RARP = 0x8035, LLC_STP = 0x42, LLC_ISO = 0xfe };   /* DSAP: IEEE 802.1D, ISO 9577 */

static void
count_l2(struct totals *s, const struct pkt *p)
{
	uint16_t type = p->key.ethertype;
	enum l2_type i;

	if (type == ETHER_ARP)
		i = L2_ARP;
	else if (type == ETHER_RARP)
		i = L2_RARP;
	else if (p->seen & SEEN_LLC && type >> 8 == LLC_STP)
		i = L2_STP;
	else if (p->seen & SEEN_LLC && type >> 8 == LLC_ISO)
		i = L2_ISO;
	else
		return;
	s->l2_pkts[i]++;
	s->l2_bytes[i] += p->caplen;
}

static void
count(struct t2 *t, const struct pkt *p)
{
	struct totals *s = &t->tot;

	if (s->npkts++ == 0)
		s->first = p->ts;
	s->last = p->ts;
	s->bytes += p->caplen;
	s->raw += p->wirelen;
	s->stat |= p->stat;
	if (p->caplen > 0) {
		if (s->hdr_n++ == 0 || p->nhdr < s->hdr_min)
			s->hdr_min = p->nhdr;
		if (p->nhdr > s->hdr_max)
			s->hdr_max = p->nhdr;
		s->hdr_sum += p->nhdr;
	}
	if (p->ipver == 0) {
		s->ipvx += p->stat >> FS_IPVX & 1;
		count_l2(s, p);
	} else {
		*(p->ipver == 4 ? &s->ipv4 : &s->ipv6) += 1;
		*(p->ipver == 4 ? &s->bytes4 : &s->bytes6) += p->caplen;
		s->proto_pkts[p->key.proto]++;
		s->proto_bytes[p->key.proto] += p->caplen;
		s->full += p->iplen + (p->l3 - p->l2);
		if (p->frag != FRAG_NONE)
			*(p->ipver == 4 ? &s->frag4 : &s->frag6) += 1;
	}
	if (p->seen & ~(uint32_t)SEEN_ETH) {
		s->llc += !!(p->seen & SEEN_LLC);
		s->gre += !!(p->seen & SEEN_GRE);
		s->teredo += !!(p->seen & SEEN_TEREDO);
		s->ayiya += !!(p->seen & SEEN_AYIYA);
		s->arp += !!(p->seen & SEEN_ARP);
		s->rarp += !!(p->seen & SEEN_RARP);
		s->nodissector += !!(p->seen & SEEN_UNKNOWN);
		s->stat |= p->seen & SEEN_OUTER4 ? FS(IPV4) : 0;
		s->stat |= p->seen & SEEN_OUTER6 ? FS(IPV6) : 0;
		s->vlan_max = p->nvlan > s->vlan_max ? p->nvlan : s->vlan_max;
		s->mpls_max = p->nmpls > s->mpls_max ? p->nmpls : s->mpls_max;
	}
}

static struct flow *
find_or_create(struct t2 *t, const struct pkt *p)
{
	struct flow *f = p->guess;

	if (f != NULL && f->hash == p->hash && memcmp(&f->key, &p->key, sizeof(f->key)) == 0)
		return f;
	f = flows_find(&t->flows, &p->key, p->hash);
	return f != NULL ? f : flow_create(t, p);
}

/* A later fragment has no ports: it belongs to the flow of its first fragment, or, when that is
 * unknown (or FRAG_ATTACH=0), to a flow with ports 0. */
static struct flow *
find_fragment(struct t2 *t, const struct pkt *p)
{
	struct flow *f;

	if (!t->core[CO_FRAGMENTATION].n)
		return NULL;
	if (t->core[CO_FRAG_ATTACH].n && (f = frag_find(&t->frags, p)) != NULL) {
		if (!p->mf)
			frag_done(t, f);
		return f;
	}
	if (!t->core[CO_FRAG_HLST_CRFT].n || (f = find_or_create(t, p)) == NULL)
		return NULL;
	flow_mark(t, f, FS(FRAGHEAD));
	frag_pend(t, f, p);
	return f;
}

/* Equal IPv4 ids in consecutive packets (bit 44).  The first packet's id is not remembered; the
 * fragments of one datagram share theirs rightly. */
static void
check_ipid(struct t2 *t, struct flow *f, const struct pkt *p)
{
	if (p->frag == FRAG_LATER && t->core[CO_FRAG_ATTACH].n)
		return;
	if (f->npkts >= 2 && f->ipid == p->ipid)
		flow_mark(t, f, FS(DUPIPID));
	if (f->npkts >= 1)
		f->ipid = p->ipid;
}

static inline void
deliver(struct t2 *t, const struct pkt *p)
{
	struct flow *f;
	unsigned dir;

	f = p->frag == FRAG_LATER ? find_fragment(t, p) : find_or_create(t, p);
	if (f == NULL)
		return;
	if (p->frag == FRAG_FIRST)
		frag_pend(t, f, p);
	else if (unlikely(p->frag == FRAG_NONE && f->stat & FS(FRAGPEND)))
		flow_mark(t, f, FS(FRAGERR));
	if (p->ipver == 4)
		check_ipid(t, f, p);
	if (unlikely(p->ts < f->last))
		flow_mark(t, f, FS(TIMEJUMP));
	f->stat |= p->stat;
	t->previous = f->last;
	f->last = p->ts;
	f->arrival = p->num;
	expire_touch(t, f);
	f->npkts++;
	dir = f->stat & FS(INVERTED);
	t->tot.pkts_dir[dir]++;
	t->tot.bytes_dir[dir] += p->caplen;
	for (size_t i = 0; i < t->npacket; i++)
		t->on_packet[i].p->packet(t->on_packet[i].state,
		    (unsigned char *)f + t->on_packet[i].off, f, p);
	if (t->packet != NULL && !t->packet(t->packet_arg, p, f))
		t->stop = true;
}

void
engine_deliver(struct t2 *t, const struct pkt *p)
{
	deliver(t, p);
}

/* The clock goes to p and p into the totals; true if p may have a flow. */
static inline bool
arrive(struct t2 *t, const struct pkt *p)
{
	if (unlikely(p->ts < t->now))
		t->stepped_back = true;
	t->now = p->ts;
	if (unlikely(p->ts >= t->due))
		expire(t);
	count(t, p);
	return !p->noflow;
}

static void
process(struct t2 *t, struct pkt *v, int n)
{
	int i;

	if (t->shape == NULL) {
		for (i = 0; i < n && !t->stop; i++)
			if (arrive(t, &v[i]))
				deliver(t, &v[i]);
		return;
	}
	for (i = 0; i < n && !t->stop; i++)
		if (arrive(t, &v[i]))
			shape_packet(t, &v[i]);
}

static void
prefetch_lines(const struct flow *f, uint32_t lines)
{
	for (; lines != 0; lines &= lines - 1)
		__builtin_prefetch((const char *)f + (size_t)__builtin_ctz(lines) * CACHE_LINE, 1);
}

/* The place in the order of the flow that the table names for p; LINK_ENDS if there is none.
 * Nobody has looked at that flow yet: only its hash is known to be right. */
static uint32_t
guess(const struct flows *fl, const struct pkt *p)
{
	uint32_t i = p->hash & fl->mask;

	while (fl->slot[i].id != 0 && fl->slot[i].hash != p->hash)
		i = (i + 1) & fl->mask;
	return fl->slot[i].id != 0 ? fl->slot[i].id - 1 + LINK_FLOW : LINK_ENDS;
}

/* Each pass over the batch asks for the memory that the next one reads: slots of the table, flows
 * and their links, their neighbours and opposites.  Not before the batch is dissected: a hash right
 * behind the stores of its key would stall. */
static void
prefetch(const struct t2 *t, struct pkt *v, int n)
{
	const struct flows *fl = &t->flows;
	uint32_t at[BATCH];

	for (int i = 0; i < n; i++) {
		v[i].hash = key_hash(&v[i].key, fl->seed);
		__builtin_prefetch(&fl->slot[v[i].hash & fl->mask]);
	}
	for (int i = 0; i < n; i++) {
		at[i] = guess(fl, &v[i]);
		v[i].guess = NULL;
		if (at[i] == LINK_ENDS)
			continue;
		v[i].guess = flows_block(fl, at[i] - LINK_FLOW);
		__builtin_prefetch(&fl->link[at[i]], 1);
		prefetch_lines(v[i].guess, t->hot);
	}
	for (int i = 0; i < n; i++) {
		__builtin_prefetch(&fl->link[fl->link[at[i]].older], 1);
		__builtin_prefetch(&fl->link[fl->link[at[i]].younger], 1);
	}
	for (int i = 0; t->hot_opp != 0 && i < n; i++)
		if (v[i].guess != NULL && v[i].guess->opp != NULL)
			prefetch_lines(v[i].guess->opp, t->hot_opp);
}

/* As cap_batch(), unless the run is to end. */
static int
next_batch(struct t2 *t)
{
	if (t->stop || idle_drained(t) || (signals_stop() && cap_live_end(&t->cap)))
		return 0;
	return cap_batch(&t->cap, t->batch, BATCH);
}

/* As process(), for somebody who wants to know when the packets' time comes. */
static void
process_ticking(struct t2 *t, struct pkt *v, int n)
{
	for (int i = 0; i < n && !t->stop; i++) {
		if (t->tick != NULL && v[i].ts >= t->tick_at)
			t->tick(t->tick_arg, v[i].ts);
		process(t, &v[i], 1);
	}
}

int
t2_run(struct t2 *t)
{
	int n;

	while ((n = next_batch(t)) > 0) {
		for (int i = 0; i < n; i++)
			dissect(&t->dissect, &t->batch[i]);
		prefetch(t, t->batch, n);
		if (t->tot.npkts == 0) {
			t->now = t->batch[0].ts;
			if (t->base != NULL)
				*t->base = t->now;
		}
		if (t->tick == NULL)
			process(t, t->batch, n);
		else
			process_ticking(t, t->batch, n);
		if (unlikely(t->cap.live))
			idle_not(t);
		if (t->watch != NULL)
			t->watch(t->watch_arg, t->batch, n);
	}
	if (n < 0)
		t2_error(t, "%s", t->cap.err);
	return n < 0 || t->err[0] != '\0' ? -1 : 0;
}

void
t2_end(struct t2 *t)
{
	t->ending = true;
	if (t->full)                    /* what there is can still be written */
		t->stop = false;
	expire_all(t);
}
