/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * talk.c - who takes part in a conversation and what its next packet is.
 * Random numbers are xorshift64* (Vigna, 2016), so captures are the same everywhere.
 */
#include "gen.h"

uint32_t
rnd(struct rng *r, uint32_t below)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return (uint32_t)((r->state * 0x2545f4914f6cdd1dULL >> 32) * below >> 32);
}

/* Client and client port together are unique, and so is a server without ports. */
static void
flow_name(struct rng *r, const struct profile *pr, struct flow *f, uint32_t i)
{
	static const uint16_t tcp[] = { 80, 80, 80, 443, 25, 110, 22, 119, 1214, 6346, 3389, 8080 };
	static const uint16_t udp[] = { 53, 53, 53, 53, 123, 161, 137, 1900, 27005, 6257, 500, 4672 };
	uint32_t client = i % CLIENTS, server, h, pick;

	f->ip[0] = 0xc6120000 + client + client / 250 * 6 + 1;
	f->port[0] = (uint16_t)(1024 + (i / CLIENTS * 401 + client * 37) % 64000);
	if (f->kind == TCP || f->kind == UDP)   /* some servers are much busier than others */
		server = rnd(r, rnd(r, pr->servers) + 1);
	else
		server = pr->servers + i;
	h = server * 2654435761U;
	f->ip[1] = (16 + (h >> 24) % 96) << 24 | (h >> 4 & 0xfff000) | (server & 0xfff);
	if (f->kind == IGMP)
		f->ip[1] = 0xe8000000 + i;
	pick = rnd(r, 16);
	if (pick >= 12)
		f->port[1] = (uint16_t)(1024 + rnd(r, 60000));
	else
		f->port[1] = f->kind == TCP ? tcp[pick] : udp[pick];
}

void
flow_dress(struct rng *r, const struct profile *pr, struct flow *f, uint32_t i)
{
	flow_name(r, pr, f, i);
	if ((f->kind == TCP || f->kind == UDP) && rnd(r, 100) < pr->v6_pct)
		f->v6 = true;
	if (rnd(r, 100) < pr->vlan_pct)
		f->vlan = (uint16_t)(100 + rnd(r, 8) * 10);
	f->mid = rnd(r, 4) == 0;
	f->stamps = rnd(r, 100) < pr->stamps_pct;
	f->seq[0] = rnd(r, UINT32_MAX);
	f->seq[1] = rnd(r, UINT32_MAX);
}

static size_t
udp_len(struct rng *r, const struct flow *f, unsigned dir)
{
	if (f->port[1] == 53 || f->port[1] == 123)
		return f->port[1] == 123 ? 48 : 24 + rnd(r, dir ? 300 : 30);
	return rnd(r, 3) ? 10 + rnd(r, 200) : 200 + rnd(r, 1000);
}

void
step_choose(struct rng *r, const struct profile *pr, const struct flow *f, struct step *s)
{
	static const uint8_t open[3] = { SYN, SYN | ACK, ACK };
	static const uint8_t close[3] = { ACK, FIN | ACK, FIN | ACK };
	uint32_t k = f->sent, end = f->total - k;
	bool greet = f->both && !f->mid && k < 3, part = f->both && f->total >= 7 && end <= 3;

	s->flags = 0;
	s->len = 0;
	s->dir = k > 0 && f->both && (k == 1 || (k > 2 && rnd(r, 100) < 54));
	if (f->kind == ICMP)
		s->dir = f->both && (k & 1);
	if (f->kind == TCP && part)
		s->dir = end == 2;
	if (f->kind == UDP)
		s->len = udp_len(r, f, s->dir);
	else if (f->kind == GRE || f->kind == ICMP)
		s->len = 56;
	if (f->kind != TCP)
		return;
	if (!f->both && f->total < 4)
		s->flags = SYN;
	else if (greet)
		s->flags = open[k];
	else
		s->flags = part ? close[end - 1] : ACK;
	if (greet || part || s->flags == SYN)
		return;
	if (s->dir || !f->both)
		s->len = rnd(r, 100) < pr->bulk_pct ? DATA_MAX : rnd(r, 700);
	else if (rnd(r, 10) < 3)
		s->len = 20 + rnd(r, 700);
	if (s->len)
		s->flags |= PSH;
}
