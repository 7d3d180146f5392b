/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicStats_pkt.c - the columns of basicStats in packet records: lengths.
 *
 * Lengths are those of the wire as the headers tell them; snap... are captured bytes.
 */
#include "basicStats.h"

enum { UDP_LEN = 4 };                   /* offset of the length field, RFC 768 */

#define EMIT(name) \
	static void name(struct out *o, const struct pkt *p, const struct flow *f, \
	    const void *slot, void *state)
/* A length of the packet. */
#define LENGTH(name, value) \
	EMIT(name) \
	{ \
		(void)f; \
		(void)slot; \
		(void)state; \
		put_i64(o, value); \
	}

static uint16_t
udp_length(const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->l4);

	if (!pkt_has_l4(p) || (p->key.proto != IP_UDP && p->key.proto != IP_UDPLITE))
		return 0;
	return cur_peek16(&c, UDP_LEN);
}

/* Bytes of the frame behind the IP packet, as Ethernet's padding; negative if it is cut short. */
static int64_t
padding(const struct pkt *p)
{
	return p->ipver == 0 ? 0 : (int64_t)p->wirelen - p->l3 - p->iplen;
}

/* Captured bytes from offset off to the end of the IP packet, or of the frame. */
static uint32_t
captured(const struct pkt *p, uint32_t off)
{
	uint32_t end = p->ipver != 0 ? p->l3 + p->iplen : p->wirelen;
	uint32_t n = pkt_avail(p, off), most = end > off ? end - off : 0;

	return n < most ? n : most;
}

LENGTH(emit_frame, p->wirelen)
LENGTH(emit_snap_l3, captured(p, p->l3))
LENGTH(emit_snap_l4, captured(p, p->l4))
LENGTH(emit_snap_l7, captured(p, p->l7))
LENGTH(emit_l3, p->ipver != 0 ? p->iplen : 0)
LENGTH(emit_udp, udp_length(p))
LENGTH(emit_l7, p->l7len)
LENGTH(emit_pad, padding(p))

const struct pktcol basicStats_pktcols[] = {
	{ "pktLen", "U32", emit_frame, .text = "Bytes of the frame on the wire" },
	{ "snapL3Len", "U32", emit_snap_l3, .when = "SPKTMD_LENS",
	    .text = "Captured bytes from layer 3 on" },
	{ "snapL4Len", "U32", emit_snap_l4, .when = "SPKTMD_LENS",
	    .text = "Captured bytes from layer 4 on" },
	{ "snapL7Len", "U32", emit_snap_l7, .when = "SPKTMD_LENS",
	    .text = "Captured bytes of payload" },
	{ "l3Len", "U32", emit_l3, .when = "SPKTMD_LENS",
	    .text = "Bytes of the IP packet by its header" },
	{ "udpLen", "U16", emit_udp, .when = "SPKTMD_LENS", .text = "Length in the UDP header" },
	{ "l7Len", "U32", emit_l7, .text = "Bytes of payload by the headers" },
	{ "padLen", "I64", emit_pad, .when = "SPKTMD_LENS", .text = "Bytes behind the IP packet" },
	{ .name = NULL }
};
