/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eth.c - Ethernet (IEEE 802.3 clause 3.2), and frames with a tag or preamble around it.
 *
 * Cisco ISL (26 bytes in front of the frame) is told by its multicast destination.  Switch tags
 * (DSA and the like) sit between the source address and the EtherType, or before the frame.
 */
#include "../walk.h"

enum { ETH_LEN = 14, ISL_LEN = 26, DLT_MIN = 16 };

static const struct proto isl_proto = { .name = "isl" };

static bool
isl(const struct walk *w)
{
	struct cur c = walk_cur(w);
	uint64_t dst = (uint64_t)cur_u32(&c) << 8 | cur_u8(&c);

	return dst == UINT64_C(0x01000c0000) || dst == UINT64_C(0x03000c0000);
}

/* An Ethernet header whose EtherType is tag bytes behind its usual place. */
static bool
frame(struct walk *w, uint32_t tag)
{
	struct pkt *p = w->p;
	struct cur c;

	p->seen |= SEEN_ETH;
	walk_l2(w, w->off, w->off + 6);
	c = pkt_cur(p, w->off + 12 + tag);
	w->off += ETH_LEN + tag;
	return walk_ether(w, cur_u16(&c));
}

/* The frame as captured: too short for its header it gets no flow. */
static bool
top(struct walk *w, uint32_t tag)
{
	struct pkt *p = w->p;

	if (p->caplen < DLT_MIN) {
		p->stat |= FS(L2SNAP);
		walk_push(w, &eth_proto);
		p->noflow = true;
		return true;
	}
	if (tag == 0 && isl(w)) {
		walk_push(w, &isl_proto);
		w->off += ISL_LEN;
	}
	walk_push(w, &eth_proto);
	return frame(w, tag);
}

static bool
decode(struct walk *w)
{
	return frame(w, 0);
}

static bool
decode_link(struct walk *w)
{
	return top(w, 0);
}

static bool
decode_dsa(struct walk *w)              /* Marvell DSA: 4 bytes behind the source address */
{
	return top(w, 4);
}

static bool
decode_edsa(struct walk *w)             /* EtherType 0xdada, 2 bytes, then the DSA tag */
{
	return top(w, 8);
}

static bool
decode_prepended(struct walk *w)        /* Broadcom: tag in front of the frame */
{
	w->off += 4;
	return top(w, 0);
}

static bool
decode_mpacket(struct walk *w)          /* IEEE 802.3br: preamble and SMD, 8 bytes */
{
	w->off += 8;
	return top(w, 0);
}

static bool
decode_netanalyzer(struct walk *w)      /* 4 bytes of pseudo-header, 241: preamble as well */
{
	w->off += w->value == 241 ? 12 : 4;
	return top(w, 0);
}

const struct proto eth_proto = { .name = "eth", .decode = decode };

const struct proto eth_protos[] = {
	{ .name = "eth", .keys = KEYS({ SP_LINK, 1 }), .decode = decode_link, .silent = true },
	{ .name = "eth", .keys = KEYS({ SP_LINK, 281 }, { SP_LINK, 284 }),
	    .decode = decode_dsa, .silent = true },
	{ .name = "eth", .keys = KEYS({ SP_LINK, 285 }), .decode = decode_edsa, .silent = true },
	{ .name = "eth", .keys = KEYS({ SP_LINK, 282 }), .decode = decode_prepended,
	    .silent = true },
	{ .name = "fpp", .keys = KEYS({ SP_LINK, 274 }), .decode = decode_mpacket },
	{ .name = "netanalyzer", .keys = KEYS({ SP_LINK, 240 }, { SP_LINK, 241 }),
	    .decode = decode_netanalyzer },
	{ .name = "eth", .keys = KEYS({ SP_ETHER, 0x6558 }), .decode = decode },
	{ .name = NULL }
};
