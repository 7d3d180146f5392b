/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ip4.c - Internet Protocol version 4 (RFC 791).
 *
 * A header that is readable commits addresses, lengths and fragment data to the packet.  Lengths
 * that cannot be are repaired and flagged, never believed: a header length below 20 (bit 46), a
 * total length of 0 (segmentation offload) or beyond the frame (bit 47).
 */
#include "../walk.h"

enum { HEAD = 20 };

/* The total length, repaired; avail is what the frame had on the wire. */
static uint32_t
total_length(struct walk *w, uint32_t len, uint32_t avail)
{
	struct pkt *p = w->p;

	if (len == 0) {
		p->stat |= FS(LENCAP);
		len = avail;
	}
	if (len < HEAD)
		p->stat |= FS(L3HDRSNAP);
	if (len > avail && w->d->conf.len_cap) {
		p->stat |= FS(LENCAP);
		len = avail;
	}
	if (pkt_avail(p, w->off) < len)
		p->stat |= FS(L3SNAP);
	return len;
}

static void
fragment(struct pkt *p, uint16_t field)
{
	p->fragoff = field & 0x1fff;
	p->mf = field >> 13 & 1;
	p->frag = p->fragoff != 0 ? FRAG_LATER : p->mf ? FRAG_FIRST : FRAG_NONE;
	if (p->frag != FRAG_NONE)
		p->stat |= FS(FRAG);
}

/* An IP header in front of this one makes a tunnel.  False if it stays closed. */
static bool
nested(struct walk *w)
{
	struct pkt *p = w->p;

	if (p->ipver == 0 || w->from != SP_IP)
		return true;
	p->l4hl = HEAD;
	if (p->ipver == 4)
		p->stat |= FS(IPIP);
	return w->d->conf.ipip;
}

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint8_t first = cur_u8(&c);
	uint32_t hl = (first & 15) * 4u, len, avail;
	uint16_t frag;
	uint8_t proto;

	if (w->from == SP_LINK)
		p->stat |= FS(NOETH);
	if (first >> 4 != 4)
		return walk_ipvx(w);
	walk_push(w, &ip4_proto);
	if (!w->d->conf.ipv4)
		return walk_closed(w, ETHER_IPV4);
	if (!nested(w))
		return walk_stop(w);
	if (hl < HEAD) {
		p->stat |= FS(BADIHL);
		hl = HEAD;
	}
	cur_skip(&c, 1);
	avail = w->end > w->off ? w->end - w->off : 0;
	len = total_length(w, cur_u16(&c), avail);
	walk_commit(w, 4, hl, len);
	p->ipid = cur_u16(&c);
	frag = cur_u16(&c);
	cur_skip(&c, 1);
	proto = cur_u8(&c);
	cur_skip(&c, 2);
	cur_copy(&c, p->key.src, 4);
	cur_copy(&c, p->key.dst, 4);
	p->key.proto = proto;
	fragment(p, frag);
	if (p->frag == FRAG_LATER) {
		p->stat |= FS(STOP);
		return walk_name(w, SP_IP, proto);
	}
	return walk_next(w, hl, SP_IP, proto);
}

const struct proto ip4_proto = { .name = "ipv4", .decode = decode };

const struct proto ip4_protos[] = {
	{ .name = "ipv4", .keys = KEYS({ SP_ETHER, ETHER_IPV4 }, { SP_IP, 4 },
	    { SP_PPP, 0x0021 }, { SP_LINK, 228 }), .decode = decode, .silent = true },
	{ .name = NULL }
};
