/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_sum.c - checksums of the IPv4 header and of layer 4 (RFC 1071).
 *
 * Sums are built in the host's byte order, 64 bits at a time, and swapped once at the end: one's
 * complement addition does not care (RFC 1071 section 2.B).  Surprise: a packet that was not
 * captured whole counts as wrong, as the seed's rows show.  CHKSUM_SEED=1 also brings back its
 * treatment of absent checksums and its comparison of reassembled fragments.
 */
#include "tcpFlags.h"

enum { GRE = 47, IGMP = 2, OSPF = 89 };
enum { GRE_CHECKSUM = 0x80 };           /* first byte, RFC 2784 section 2.1 */
enum { SUM_ALL = -1 };                   /* no field to leave out */

struct rule {                           /* how a protocol is summed up */
	uint8_t proto;
	uint8_t field;                  /* offset of the checksum in bytes */
	bool pseudo;                    /* with pseudo header */
};

static const struct rule rules[] = {
	{ IP_TCP, 16, true }, { IP_UDP, 6, true }, { IP_ICMP, 2, false }, { IP_ICMP6, 2, true },
	{ IGMP, 2, false }, { IP_UDPLITE, 6, true }, { GRE, 4, false }, { OSPF, 12, true },
};

static const struct rule *
rule_find(uint8_t proto)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].proto == proto)
			return &rules[i];
	return NULL;
}

static uint16_t
fold(uint64_t s)
{
	s = (s >> 32) + (s & 0xffffffff);
	s = (s >> 32) + (s & 0xffffffff);
	s = (s >> 16) + (s & 0xffff);
	s = (s >> 16) + (s & 0xffff);
	return (uint16_t)s;
}

static uint64_t
load64(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static uint64_t
add_carry(uint64_t a, uint64_t b)
{
	uint64_t s = a + b;

	return s + (s < a);
}

/* Four independent sums: an addition with carry has to wait for the one before. */
static uint16_t
sum_bytes(const uint8_t *p, size_t n)
{
	uint64_t s[4] = { 0, 0, 0, 0 }, tail = 0;

	for (; n >= 32; n -= 32, p += 32) {
		s[0] = add_carry(s[0], load64(p));
		s[1] = add_carry(s[1], load64(p + 8));
		s[2] = add_carry(s[2], load64(p + 16));
		s[3] = add_carry(s[3], load64(p + 24));
	}
	for (; n >= 8; n -= 8, p += 8)
		s[0] = add_carry(s[0], load64(p));
	memcpy(&tail, p, n);
	s[0] = add_carry(s[0], tail);
	return fold((uint64_t)fold(s[0]) + fold(s[1]) + fold(s[2]) + fold(s[3]));
}

/* The sum of n bytes from offset off, without the two at offset skip from there. */
static uint16_t
sum_around(const struct pkt *p, uint32_t off, uint32_t n, uint32_t skip)
{
	struct cur c = pkt_cur(p, off);
	uint32_t have = (uint32_t)cur_left(&c);
	uint64_t s;

	if (n > have)
		n = have;
	if (skip >= n)
		return sum_bytes(c.p, n);
	s = sum_bytes(c.p, skip);
	if (skip + 2 < n)
		s += sum_bytes(c.p + skip + 2, n - skip - 2);
	return fold(s);
}

/* RFC 9293 section 3.1, RFC 8200 section 8.1. */
static uint16_t
sum_pseudo(const struct pkt *p, uint32_t len)
{
	size_t n = p->ipver == 4 ? 4 : 16;
	uint64_t s = (uint64_t)sum_bytes(p->key.src, n) + sum_bytes(p->key.dst, n);

	s += htobe16(p->key.proto);
	s += htobe16((uint16_t)len);
	s += htobe16((uint16_t)(len >> 16));
	return fold(s);
}

static void
header_check(const struct visit *v)
{
	const struct pkt *p = v->p;
	struct now *now = &v->st->now;
	struct cur c = pkt_cur(p, p->l3);

	now->ip_sum = cur_peek16(&c, 10);
	if (pkt_avail(p, p->l3) < p->iphl) {
		now->ipflags |= IPF_SNAP | IPF_L3SUM;
		return;
	}
	now->ip_cal = (uint16_t)~be16toh(sum_around(p, p->l3, p->iphl, 10));
	if (now->ip_cal != now->ip_sum)
		now->ipflags |= IPF_L3SUM;
}

/* Bytes that the checksum covers, RFC 3828 section 3.1. */
static uint32_t
coverage(const struct visit *v, uint32_t len)
{
	struct cur c = pkt_cur(v->p, v->p->l4);
	uint32_t cover;

	if (v->p->key.proto != IP_UDPLITE)
		return len;
	cover = cur_peek16(&c, 4);
	if (cover >= 8 && cover <= len)
		return cover;
	if (cover != 0 || v->st->conf.sum_seed)
		v->own->fstat |= ST_COVERAGE;
	return len;
}

/* The sum of the computed and the found value is 0xffff in two ways; and 0 may mean absent. */
static bool
matches(const struct visit *v)
{
	const struct now *now = &v->st->now;

	if (now->l4_cal == now->l4_sum)
		return true;
	if (v->st->conf.sum_seed)
		return false;
	if (v->p->key.proto == IP_UDP || v->p->key.proto == IP_UDPLITE)
		return v->p->key.proto == IP_UDP && v->p->ipver == 4 && now->l4_sum == 0;
	return now->l4_cal == 0xffff && now->l4_sum == 0;
}

static void
compare(const struct visit *v, uint16_t sum)
{
	struct now *now = &v->st->now;

	now->l4_cal = (uint16_t)~be16toh(sum);
	if (now->l4_cal == 0)
		now->l4_cal = 0xffff;
	if (!matches(v))
		now->ipflags |= IPF_L4SUM;
}

/* The rest of a datagram; its first fragment is in the slot. */
static void
fragment_add(const struct visit *v, uint32_t len)
{
	const struct pkt *p = v->p;
	struct slot *own = v->own;
	struct now *now = &v->st->now;

	if (!own->frag_head)
		return;
	now->l4_sum = own->frag_field;
	if (pkt_avail(p, p->l3) < p->iplen) {
		now->ipflags |= IPF_SNAP | IPF_L4SUM;
		return;
	}
	own->frag_sum = fold((uint64_t)own->frag_sum + sum_around(p, p->l4, len, (uint32_t)SUM_ALL));
	if (p->mf)
		return;
	own->frag_head = false;
	compare(v, own->frag_sum);
}

/*
 * GRE without checksum and OSPF, whose sum leaves parts out, are not verified by default.  The
 * seed's program takes the flags of such a GRE header for its checksum and finds it to be not 0.
 */
static bool
verifiable(const struct visit *v)
{
	struct now *now = &v->st->now;
	struct cur c = pkt_cur(v->p, v->p->l4);

	if (v->p->key.proto == OSPF)
		return v->st->conf.sum_seed;
	if (v->p->key.proto != GRE || (cur_peek(&c, 0) & GRE_CHECKSUM) != 0)
		return true;
	if (v->st->conf.sum_seed && (now->l4_sum = cur_peek16(&c, 0)) != 0)
		now->ipflags |= IPF_L4SUM;
	return false;
}

static void
layer4_sum(const struct visit *v, const struct rule *r, uint32_t len)
{
	const struct pkt *p = v->p;
	struct slot *own = v->own;
	struct now *now = &v->st->now;
	struct cur c = pkt_cur(p, p->l4);
	uint64_t s;

	now->l4_sum = cur_peek16(&c, r->field);
	s = sum_around(p, p->l4, coverage(v, len), r->field);
	if (r->pseudo || (r->proto == GRE && v->st->conf.sum_seed))
		s += sum_pseudo(p, len);
	if (!p->mf) {
		compare(v, fold(s));
		return;
	}
	own->frag_head = true;
	own->frag_field = now->l4_sum;
	own->frag_sum = fold(s);
}

static void
layer4_check(const struct visit *v)
{
	const struct pkt *p = v->p;
	struct slot *own = v->own;
	const struct rule *r;
	uint32_t len = p->iplen > p->iphl ? p->iplen - p->iphl : 0;

	if (p->frag == FRAG_LATER) {
		if (v->st->conf.sum_seed)
			fragment_add(v, len);
		return;
	}
	r = rule_find(p->key.proto);
	own->fstat = (uint16_t)(r != NULL ? own->fstat | ST_L4SUM : own->fstat & ~ST_L4SUM);
	own->frag_head = false;
	if (pkt_avail(p, p->l3) < p->iplen)
		v->st->now.ipflags |= IPF_SNAP | IPF_L4SUM;
	else if (r != NULL && (p->frag == FRAG_NONE || v->st->conf.sum_seed) && verifiable(v))
		layer4_sum(v, r, len);
}

void
tcpFlags_sum(const struct visit *v)
{
	if (v->p->ipver == 4)
		header_check(v);
	if (v->st->conf.sum > 1)
		layer4_check(v);
}
