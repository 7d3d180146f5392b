/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_ip.c - what the IP header tells: TTL, TOS, identification, fragments, options.
 *
 * RFC 791 for IPv4, RFC 8200 for IPv6.  Surprise: the difference of identifications is unsigned,
 * so that a packet out of order shows up as a difference near 65535.
 */
#include "tcpFlags.h"

enum { IPID_ROLL = 0x2000 };            /* a smaller difference is a roll-over */
enum { FRAG_MIN = 48 };                 /* smallest sane fragment, bytes with IP header */
enum { FRAG_OFF_MAX = 0x1fff, FRAG_GAP = 1 };   /* 8-byte units */
enum { HEAD4 = 20, FRAG_HEAD6 = 8, OPT_END = 0, OPT_NOP = 1 };

uint8_t
tcpFlags_ttl(const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->l3);

	return cur_peek(&c, p->ipver == 4 ? 8 : 7);
}

static void
ttl_note(struct slot *own, uint8_t ttl)
{
	if (ttl == own->ttl)
		return;
	own->ttl_changes++;
	own->ttl = ttl;
	if (ttl < own->ttl_min)
		own->ttl_min = ttl;
	if (ttl > own->ttl_max)
		own->ttl_max = ttl;
}

static void
ipid_note(const struct visit *v)
{
	struct slot *own = v->own;
	struct now *now = &v->st->now;
	uint16_t id = (uint16_t)v->p->ipid;
	uint16_t d = (uint16_t)(id - own->ipid);

	if (!v->first) {
		if (id < own->ipid)
			now->ipflags |= d < IPID_ROLL ? IPF_ID_ROLL : IPF_ID_ORDER;
		if (d < own->ipid_min)
			own->ipid_min = d;
		if (d > own->ipid_max)
			own->ipid_max = d;
		now->ipid_diff = d;
	}
	own->ipid = id;
}

/* RFC 791 section 3.1.  The walk ends at kind 0 and at an option without length. */
static void
options4(const struct visit *v)
{
	const struct pkt *p = v->p;
	struct slot *own = v->own;
	struct cur c = pkt_cur(p, p->l3 + HEAD4);
	uint32_t n = p->iphl - HEAD4, i = 0;
	uint8_t kind, len;

	if (pkt_avail(p, p->l3) < p->iphl || p->iplen < p->iphl) {
		v->st->now.ipflags |= IPF_OPT_BAD;
		return;
	}
	while (i < n && (kind = cur_peek(&c, i)) != OPT_END) {
		own->opt4_class |= (uint8_t)(1u << (kind >> 5));
		own->opt4_nums |= UINT32_C(1) << (kind & 31);
		own->opt4_count++;
		len = cur_peek(&c, i + 1);
		if (len == 0)
			break;
		i += kind == OPT_NOP ? 1 : len;
	}
}

/* One options header, RFC 8200 section 4.2; which: 0 hop-by-hop, 1 destination.  As in the
 * seed's program a Pad1 ends the walk: it pads the end nearly always. */
static void
options6_walk(const struct visit *v, uint32_t off, int which)
{
	struct slot *own = v->own;
	struct cur c = pkt_cur(v->p, off + 1);
	uint32_t n = (cur_u8(&c) + 1u) * 8 - 2, i = 0;
	uint8_t type;

	while (i < n && (type = cur_peek(&c, i)) != 0) {
		own->opt6_types[which] |= UINT32_C(1) << (type & 31);
		own->opt6_count[which]++;
		i += cur_peek(&c, i + 1) + 2u;
	}
}

static void
options6(const struct visit *v)
{
	const struct pkt *p = v->p;

	if (pkt_avail(p, p->l3) < p->iphl || p->iplen < p->iphl) {
		v->st->now.ipflags |= IPF_OPT_BAD;
		return;
	}
	if (p->off_hbh != 0)
		options6_walk(v, p->off_hbh, 0);
	if (p->off_dst != 0)
		options6_walk(v, p->off_dst, 1);
}

static void
fragment_check(const struct visit *v)
{
	const struct pkt *p = v->p;
	struct now *now = &v->st->now;
	/* extension headers behind the fragment header are part of what was fragmented */
	uint32_t hl = p->off_fraghdr != 0 ? p->off_fraghdr + FRAG_HEAD6 - p->l3 : p->iphl;
	uint32_t pay = p->iplen > hl ? p->iplen - hl : 0;

	if (p->iplen < FRAG_MIN)
		now->ipflags |= IPF_FRAG_SMALL;
	if (p->fragoff > v->own->frag_next + FRAG_GAP)
		now->ipflags |= IPF_FRAG_POS;
	v->own->frag_next = (uint16_t)(p->fragoff + pay / 8);
	if (v->own->frag_next > FRAG_OFF_MAX)
		now->ipflags |= IPF_FRAG_RANGE;
}

static void
head4(const struct visit *v)
{
	struct cur c = pkt_cur(v->p, v->p->l3);

	v->own->tos |= cur_peek(&c, 1);
	/* reserved bit, DF and MF are where ipFlags has them */
	v->st->now.ipflags |= cur_peek(&c, 6) & (IPF_RESERVED | IPF_DF | IPF_MF);
	ipid_note(v);
	if (v->p->iphl > HEAD4)
		options4(v);
}

static void
head6(const struct visit *v)
{
	const struct pkt *p = v->p;
	struct cur c = pkt_cur(p, p->l3);

	v->own->tos |= (uint8_t)(cur_peek16(&c, 0) >> 4);
	if (p->off_fraghdr != 0) {
		struct cur h = pkt_cur(p, p->off_fraghdr);

		/* RFC 8200 section 4.5: offset, two reserved bits, M */
		if ((cur_peek(&h, 3) & 6) != 0)
			v->st->now.ipflags |= IPF_DF;
		if (p->mf)
			v->st->now.ipflags |= IPF_MF;
	}
	if ((p->off_hbh | p->off_dst) != 0)
		options6(v);
}

void
tcpFlags_ip(const struct visit *v)
{
	const struct pkt *p = v->p;
	struct now *now = &v->st->now;

	ttl_note(v->own, tcpFlags_ttl(p));
	if (p->ipver == 4)
		head4(v);
	else
		head6(v);
	if (v->st->conf.frag && p->frag != FRAG_NONE)
		fragment_check(v);
	if (v->first)
		return;
	if (v->iat == 0)
		now->ipflags |= IPF_IAT_0;
	if (v->iat < 0) {
		now->ipflags |= IPF_IAT_NEG;
		flow_mark(v->st->t, v->f, FS(TIMEJUMP));
	}
}
