/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gre.c - Generic Routing Encapsulation (RFC 2784, RFC 2890; version 1: RFC 2637).
 *
 * Opened: IPv4, PPP, Ethernet, ERSPAN and WCCP.  Any other payload is named and the packet stays
 * with the flow of the tunnel.  Source routes (RFC 1701) are passed over.
 */
#include "../walk.h"

enum { F_CHECKSUM = 0x8000, F_ROUTING = 0x4000, F_KEY = 0x2000, F_SEQ = 0x1000,
	F_ACK = 0x0080 };

/* The end of the source routes at off: family, offset, length, data; the last one is empty. */
static uint32_t
routes_end(const struct pkt *p, uint32_t off)
{
	struct cur c;
	uint16_t family;
	uint8_t n;

	do {
		c = pkt_cur(p, off);
		family = cur_u16(&c);
		cur_skip(&c, 1);
		n = cur_u8(&c);
		off += 4u + n;
	} while (!c.cut && (family != 0 || n != 0));
	return off;
}

/* PPP in GRE: behind ff 03, or with a protocol field of one or two bytes. */
static bool
ppp(struct walk *w, uint32_t len)
{
	struct pkt *p = w->p;

	if (p->l4 + len >= p->l3 + p->iplen)    /* version 1: a bare acknowledgement */
		return walk_stop(w);
	return walk_ppp_tunnel(w, len);
}

static bool
decode(struct walk *w)
{
	/* checksum and offset come together */
	static const uint16_t words[] = { F_CHECKSUM | F_ROUTING, F_KEY, F_SEQ, F_ACK };
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint16_t flags = cur_u16(&c), type = cur_u16(&c);
	uint32_t len = 4;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		len += flags & words[i] ? 4 : 0;
	if (unlikely(flags & F_ROUTING))
		len = routes_end(p, w->off + len) - w->off;
	p->seen |= SEEN_GRE;
	p->off_gre = w->off;
	p->off_outer = p->l3;
	p->stat |= FS(GRE);
	p->l4hl = len;
	w->open = true;
	if (!w->d->conf.gre || c.cut)
		return walk_stop(w);
	switch (type) {
	case ETHER_IPV4:
	case 0x6558:                    /* transparent Ethernet bridging */
	case 0x88be: case 0x22eb:       /* ERSPAN type I/II, type III */
	case 0x883e:                    /* WCCP */
		return walk_next(w, len, SP_ETHER, type);
	case ETHER_IPV6:
		if (p->ipver == 6)
			return walk_next(w, len, SP_ETHER, type);
		break;
	case 0x880b:
		return ppp(w, len);
	}
	return walk_name(w, SP_ETHER, type);
}

const struct proto gre_protos[] = {
	{ .name = "gre", .keys = KEYS({ SP_IP, 47 }), .decode = decode },
	{ .name = NULL }
};
