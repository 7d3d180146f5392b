/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ip6.c - Internet Protocol version 6 (RFC 8200) and its extension headers.
 *
 * Extension headers count as part of the IP header (iphl).  Jumbograms (RFC 2675) and segmentation
 * offload both leave a payload length of 0; then an option or the frame tells the length.
 */
#include "../walk.h"

enum { HEAD = 40, HOPOPTS = 0, ROUTING = 43, FRAGHDR = 44, AH = 51, NONE = 59 };
enum { NEXT = 6 };                      /* offset of the next header field */
enum { JUMBO = 0xc2 };                  /* option type, RFC 2675 section 2 */

/* The payload length of a jumbogram, an option of the hop-by-hop header; 0 if it has none. */
static uint32_t
jumbo_length(const struct walk *w)
{
	struct cur c = pkt_cur(w->p, w->off + HEAD);
	uint32_t n = (cur_peek(&c, 1) + 1u) * 8, i = 2;

	while (i + 6 <= n && i + 6 <= cur_left(&c)) {
		if (cur_peek(&c, i) == JUMBO) {
			cur_skip(&c, i + 2);
			return cur_u32(&c);
		}
		i += cur_peek(&c, i) == 0 ? 1 : cur_peek(&c, i + 1) + 2u;
	}
	return 0;
}

static uint32_t
total_length(struct walk *w, uint32_t plen, uint8_t next)
{
	uint32_t avail = walk_avail(w), jumbo, len;

	if (plen == 0 && next == HOPOPTS && avail > HEAD &&
	    (jumbo = jumbo_length(w)) <= avail - HEAD)
		plen = jumbo;
	len = plen + HEAD;
	if (plen == 0 && avail > HEAD && (next == IP_TCP || next == IP_UDP || next == HOPOPTS)) {
		w->p->stat |= FS(LENCAP);
		len = avail;
	}
	return walk_ip_length(w, len);
}

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint16_t plen;
	uint8_t next;

	if (w->from == SP_LINK)
		p->stat |= FS(NOETH);
	if (cur_peek(&c, 0) >> 4 != 6)
		return walk_ipvx(w);
	walk_push(w, &ip6_proto);
	if (!w->d->conf.ipv6)
		return walk_closed(w, ETHER_IPV6);
	if (!walk_nested(w, HEAD, true))
		return walk_stop(w);
	cur_skip(&c, 4);
	plen = cur_u16(&c);
	next = cur_u8(&c);
	cur_skip(&c, 1);
	walk_commit(w, 6, HEAD, total_length(w, plen, next));
	cur_copy(&c, p->key.src, 16);
	cur_copy(&c, p->key.dst, 16);
	p->key.proto = next;
	if (next == NONE)
		p->l4hl = 0;
	if (unlikely(pkt_avail(p, w->off) <= NEXT))
		return walk_stop(w);
	return walk_next(w, HEAD, SP_IP, next);
}

/* An extension header of len bytes: the layer behind it is what next says. */
static bool
extension(struct walk *w, uint32_t len, uint8_t next)
{
	struct pkt *p = w->p;

	p->iphl += len;
	p->l4 += len;
	p->key.proto = next;
	if (next == NONE)
		p->l4hl = 0;
	return walk_next(w, len, SP_IP, next);
}

/* An extension header of which nothing was captured: nobody knows what is behind it. */
static bool
missing(struct walk *w)
{
	if (pkt_avail(w->p, w->off) > 0)
		return false;
	return walk_stop(w);
}

/* Hop-by-hop, destination options, routing: RFC 8200 section 4.2 ff, mobility alike. */
static bool
decode_options(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint8_t next = cur_u8(&c);
	uint32_t len = (cur_u8(&c) + 1u) * 8;

	if (p->ipver != 6 || missing(w))
		return true;
	if (w->value == HOPOPTS && p->off_hbh == 0)
		p->off_hbh = w->off;
	else if (w->value == 60 && p->off_dst == 0)
		p->off_dst = w->off;
	return extension(w, len, next);
}

static bool
decode_fragment(struct walk *w)         /* RFC 8200 section 4.5 */
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint8_t next = cur_u8(&c);
	uint16_t field;

	if (p->ipver != 6 || missing(w))
		return true;
	cur_skip(&c, 1);
	field = cur_u16(&c);
	p->ipid = cur_u32(&c);
	p->off_fraghdr = w->off;
	walk_fragment(p, field >> 3, field & 1);
	extension(w, 8, next);
	if (p->frag == FRAG_LATER)
		w->space = SP_END;
	return true;
}

/* Authentication header (RFC 4302): walked over in IPv6; in IPv4 the flow stays protocol 51 and
 * only the next header is named. */
static bool
decode_ah(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint8_t next = cur_u8(&c);
	uint32_t len = (cur_u8(&c) + 2u) * 4;

	p->stat |= FS(AH);
	if (missing(w))
		return true;
	if (p->ipver == 6)
		return extension(w, len, next);
	return walk_name(w, SP_IP, next);
}

const struct proto ip6_proto = { .name = "ipv6", .decode = decode };

const struct proto ip6_protos[] = {
	{ .name = "ipv6", .keys = KEYS({ SP_ETHER, ETHER_IPV6 }, { SP_IP, 41 },
	    { SP_PPP, 0x0057 }, { SP_LINK, 229 }), .decode = decode, .silent = true },
	{ .name = "ipv6.hopopts", .keys = KEYS({ SP_IP, HOPOPTS }), .decode = decode_options },
	{ .name = "ipv6.routing", .keys = KEYS({ SP_IP, ROUTING }), .decode = decode_options },
	{ .name = "ipv6.fraghdr", .keys = KEYS({ SP_IP, FRAGHDR }), .decode = decode_fragment },
	{ .name = "ipv6.dstopts", .keys = KEYS({ SP_IP, 60 }), .decode = decode_options },
	{ .name = "ah", .keys = KEYS({ SP_IP, AH }), .decode = decode_ah },
	{ .name = "", .keys = KEYS({ SP_IP, NONE }), .silent = true },
	{ .name = NULL }
};
