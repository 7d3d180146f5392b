/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_sum.c - checksums of the IPv4 header and of layer 4 (RFC 1071).
 *
 * Sums are built of little-endian words, 64 bits at a time, and swapped once at the end: one's
 * complement addition does not care (RFC 1071 section 2.B).  Surprise: a packet that was not
 * captured whole counts as wrong, as the seed's rows show.  CHKSUM_SEED=1 also brings back its
 * treatment of absent checksums and its comparison of reassembled fragments.
 */
#include "tcpFlags.h"

enum { GRE = 47, IGMP = 2, OSPF = 89, UDP_HEAD = 8 };
enum { GRE_CHECKSUM = 0x80 };           /* first byte, RFC 2784 section 2.1 */

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

static uint64_t
load(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	memcpy(&v, p, n);       /* n is a constant at all calls: one instruction */
	return le64toh(v);
}

static uint64_t
add(uint64_t a, uint64_t b)
{
	uint64_t s = a + b;

	return s + (s < a);
}

static uint16_t
swap16(uint16_t v)
{
	return (uint16_t)(v << 8 | v >> 8);
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

/* Four sums side by side, as an addition with carry has to wait for the one before. */
static uint64_t
sum_bytes(const uint8_t *p, size_t n)
{
	uint64_t a = 0, b = 0, c = 0, d = 0;

	for (; n >= 32; n -= 32, p += 32) {
		a = add(a, load(p, 8));
		b = add(b, load(p + 8, 8));
		c = add(c, load(p + 16, 8));
		d = add(d, load(p + 24, 8));
	}
	for (; n >= 8; n -= 8, p += 8)
		a = add(a, load(p, 8));
	if (n & 4)
		b = add(b, load(p, 4));
	if (n & 2)
		c = add(c, load(p + (n & 4), 2));
	if (n & 1)
		d = add(d, load(p + (n & 6), 1));
	return add(add(a, b), add(c, d));
}

/*
 * The sum of n bytes from offset off without the 16-bit word at offset field from there, where
 * *found is put.  Taking it away is adding its complement (RFC 1071 section 1).
 */
static uint64_t
sum_around(const struct pkt *p, uint32_t off, uint32_t n, uint32_t field, uint16_t *found)
{
	struct cur c = pkt_cur(p, off);
	uint64_t s;

	if (n > cur_left(&c))
		n = (uint32_t)cur_left(&c);
	s = sum_bytes(c.p, n);
	*found = cur_peek16(&c, field);
	return field + 2 <= n ? add(s, (uint16_t)~swap16(*found)) : s;
}

/* RFC 9293 section 3.1, RFC 8200 section 8.1. */
static uint64_t
sum_pseudo(const struct pkt *p, uint32_t len)
{
	uint8_t ends[32];
	uint64_t s = sum_bytes(ends, tcpFlags_ends(p, ends));

	return add(s, (uint64_t)swap16(p->key.proto) + swap16((uint16_t)len) +
	    swap16((uint16_t)(len >> 16)));
}

static void
header_check(const struct visit *v)
{
	const struct pkt *p = v->p;
	struct now *now = &v->st->now;
	uint64_t s = sum_around(p, p->l3, p->iphl, 10, &now->ip_sum);

	if (pkt_avail(p, p->l3) < p->iphl) {
		now->ipflags |= IPF_SNAP | IPF_L3SUM;
		return;
	}
	now->ip_cal = (uint16_t)~swap16(fold(s));
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
compare(const struct visit *v, uint64_t sum)
{
	struct now *now = &v->st->now;

	now->l4_cal = (uint16_t)~swap16(fold(sum));
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
	own->frag_sum = fold(add(own->frag_sum, sum_bytes(pkt_cur(p, p->l4).p, len)));
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
	uint64_t s = sum_around(p, p->l4, coverage(v, len), r->field, &now->l4_sum);

	if (r->pseudo || (r->proto == GRE && v->st->conf.sum_seed))
		s = add(s, sum_pseudo(p, len));
	if (!p->mf) {
		compare(v, s);
		return;
	}
	own->frag_head = true;
	own->frag_field = now->l4_sum;
	own->frag_sum = fold(s);
	now->l4_cal = (uint16_t)~swap16(own->frag_sum); /* for packet records */
}

/* Fragments are not verified, nor what a first fragment of a tunnel has of the packet inside. */
static bool
whole(const struct pkt *p)
{
	return p->frag == FRAG_NONE && (p->stat & FS(FRAG)) == 0;
}

/* len is what the IP header leaves; after a datagram bytes may follow that its own length, and so
 * its checksum, does not cover (RFC 9868 section 8). */
static void
layer4_verify(const struct visit *v, const struct rule *r, uint32_t len)
{
	struct now *now = &v->st->now;
	struct cur c = pkt_cur(v->p, v->p->l4 + 4);
	uint16_t own = cur_u16(&c);

	layer4_sum(v, r, len);
	if (likely((now->ipflags & IPF_L4SUM) == 0) || r->proto != IP_UDP || own < UDP_HEAD ||
	    own >= len || v->st->conf.sum_seed)
		return;
	now->ipflags &= (uint16_t)~IPF_L4SUM;
	layer4_sum(v, r, own);
}

/* The checksum field, be it verified or not. */
static uint16_t
field_read(const struct pkt *p, const struct rule *r)
{
	struct cur c = pkt_cur(p, p->l4);

	return r->proto == GRE && (cur_peek(&c, 0) & GRE_CHECKSUM) == 0 ? 0 :
	    cur_peek16(&c, r->field);
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
	if (r != NULL)
		v->st->now.l4_sum = field_read(p, r);
	if (pkt_avail(p, p->l3) < p->iplen)
		v->st->now.ipflags |= IPF_SNAP | IPF_L4SUM;
	else if (r != NULL && (whole(p) || v->st->conf.sum_seed) && verifiable(v))
		layer4_verify(v, r, len);
}

void
tcpFlags_sum(const struct visit *v)
{
	if (v->p->ipver == 4)
		header_check(v);
	if (v->st->conf.sum > 1)
		layer4_check(v);
}
