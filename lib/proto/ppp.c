/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ppp.c - Point-to-Point Protocol (RFC 1661, RFC 1662) and its protocol numbers.
 *
 * As a link type the address and control bytes ff 03 may have been negotiated away, and Cisco
 * HDLC (0f or 8f first) comes under the same link type.
 */
#include "../walk.h"

static const struct proto chdlc = { .name = "chdlc" };

/* True if a protocol field of known value stands n bytes from here. */
static bool
ppp_known(const struct walk *w, uint32_t n)
{
	struct cur c = walk_cur(w);
	uint8_t first = cur_peek(&c, n);

	return proto_find(w->d, SP_PPP, first & 1 ? first : cur_peek16(&c, n)) != NULL;
}

/* Multilink (RFC 1990 section 3): the first fragment begins with a protocol.  Sequence numbers
 * are long unless only short ones have a known protocol behind them. */
static bool
decode_mp(struct walk *w)
{
	struct cur c = walk_cur(w);
	bool beginning = cur_peek(&c, 0) & 0x80;

	if (!beginning)
		return walk_stop(w);
	if (!ppp_known(w, 4) && ppp_known(w, 2))
		return walk_ppp(w, 2);
	return walk_ppp(w, 4);
}

static bool
decode_bridged(struct walk *w)          /* RFC 3518 section 4.2: 0x40 an identifier of 4 bytes */
{
	struct cur c = walk_cur(w);
	uint32_t len = cur_u8(&c) & 0x40 ? 6 : 2;

	if (cur_u8(&c) != 1)            /* not Ethernet */
		return walk_stop(w);
	return walk_eth(w, len);
}

static bool
decode_compressed(struct walk *w)
{
	w->p->stat |= FS(PPPCOMP);
	return walk_stop(w);
}

/* The protocol field n bytes from here names what follows. */
bool
walk_ppp(struct walk *w, uint32_t n)
{
	struct cur c;
	uint8_t first;
	uint32_t both;

	w->off += n;
	c = walk_cur(w);
	first = cur_u8(&c);
	if (first & 1)                  /* compressed to one byte, RFC 1661 section 2 */
		return walk_next(w, 1, SP_PPP, first);
	both = (uint32_t)first << 8 | cur_u8(&c);
	return c.cut ? walk_stop(w) : walk_next(w, 2, SP_PPP, both);
}

static bool
decode_link(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint16_t head = cur_u16(&c);

	p->stat |= FS(NOETH);
	if (w->value == 204) {          /* a byte of direction in front */
		w->off++;
		c = walk_cur(w);
		head = cur_u16(&c);
	} else if (w->value == 166) {   /* pppd: the direction in place of ff */
		head |= 0xff00;
	}
	w->ethertype = cur_u16(&c);
	w->pay = w->off + 4;
	if (head == 0x0f00 || head == 0x8f00) {
		walk_push(w, &chdlc);
		return walk_next(w, 4, SP_ETHER, w->ethertype);
	}
	if (head == 0xff03)
		return walk_ppp(w, 2);
	w->ethertype = head;
	w->pay = w->off + 2;
	return walk_ppp(w, 0);
}

/* PPP in a tunnel: the address and control bytes are there (RFC 2661 section 3.1) or not. */
bool
walk_ppp_tunnel(struct walk *w, uint32_t n)
{
	struct pkt *p = w->p;
	struct cur c;

	w->off += n;
	c = walk_cur(w);
	p->seen |= SEEN_PPP;
	p->off_ppp = w->off;
	p->stat |= FS(PPP);
	walk_push(w, &ppp_proto);
	return walk_ppp(w, cur_u16(&c) == 0xff03 ? 2 : 0);
}

const struct proto ppp_proto = { .name = "ppp" };

const struct proto ppp_protos[] = {
	{ .name = "ppp", .keys = KEYS({ SP_LINK, 9 }, { SP_LINK, 50 }, { SP_LINK, 166 },
	    { SP_LINK, 204 }), .decode = decode_link },
	{ .name = "ppp", .keys = KEYS({ SP_ETHER, 0x880b }) },
	{ .name = "osi", .keys = KEYS({ SP_PPP, 0x0023 }) },
	{ .name = "bcp", .keys = KEYS({ SP_PPP, 0x0031 }), .decode = decode_bridged },
	{ .name = "mp", .keys = KEYS({ SP_PPP, 0x003d }), .decode = decode_mp },
	{ .name = "comp_data", .keys = KEYS({ SP_PPP, 0x00fd }), .decode = decode_compressed },
	{ .name = "ipcp", .keys = KEYS({ SP_PPP, 0x8021 }) },
	{ .name = "ccp", .keys = KEYS({ SP_PPP, 0x80fd }) },
	{ .name = "lcp", .keys = KEYS({ SP_PPP, 0xc021 }) },
	{ .name = "pap", .keys = KEYS({ SP_PPP, 0xc023 }) },
	{ .name = "chap", .keys = KEYS({ SP_PPP, 0xc223 }) },
	{ .name = NULL }
};
