/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ip4.c - Internet Protocol version 4 (RFC 791).
 *
 * A header that is readable commits addresses, lengths and fragment data to the packet.  Lengths
 * that cannot be are repaired and flagged, never believed: a header length below 20 (bit 46), a
 * total length of 0 (segmentation offload) or beyond the frame (bit 47).
 */
#include "../walk.h"

enum { HEAD = 20, PROTO = 9 };          /* bytes; offset of the protocol */

/* The total length, repaired. */
static uint32_t
total_length(struct walk *w, uint32_t len)
{
	if (len == 0) {
		w->p->stat |= FS(LENCAP);
		len = walk_avail(w);
	}
	if (len < HEAD)
		w->p->stat |= FS(L3HDRSNAP);
	return walk_ip_length(w, len);
}

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint8_t first = cur_u8(&c);
	uint32_t hl = (first & 15) * 4u, len;
	uint16_t frag;
	uint8_t proto;

	if (w->from == SP_LINK)
		p->stat |= FS(NOETH);
	if (first >> 4 != 4)
		return walk_ipvx(w);
	walk_push(w, &ip4_proto);
	if (!w->d->conf.ipv4)
		return walk_closed(w, ETHER_IPV4);
	if (!walk_nested(w, HEAD, p->ipver == 4))
		return walk_stop(w);
	if (hl < HEAD) {
		p->stat |= FS(BADIHL);
		hl = HEAD;
	}
	cur_skip(&c, 1);
	len = total_length(w, cur_u16(&c));
	walk_commit(w, 4, hl, len);
	p->ipid = cur_u16(&c);
	frag = cur_u16(&c);
	cur_skip(&c, 1);
	proto = cur_u8(&c);
	cur_skip(&c, 2);
	cur_copy(&c, p->key.src, 4);
	cur_copy(&c, p->key.dst, 4);
	p->key.proto = proto;
	walk_fragment(p, frag & 0x1fff, frag >> 13 & 1);
	if (p->frag == FRAG_LATER) {
		p->stat |= FS(STOP);
		return walk_name(w, SP_IP, proto);
	}
	if (unlikely(pkt_avail(p, w->off) <= PROTO))
		return walk_stop(w);
	return walk_next(w, hl, SP_IP, proto);
}

const struct proto ip4_proto = { .name = "ipv4", .decode = decode };

const struct proto ip4_protos[] = {
	{ .name = "ipv4", .keys = KEYS({ SP_ETHER, ETHER_IPV4 }, { SP_IP, 4 },
	    { SP_PPP, 0x0021 }, { SP_LINK, 228 }), .decode = decode, .silent = true },
	{ .name = NULL }
};
