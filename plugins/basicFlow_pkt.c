/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicFlow_pkt.c - the columns of basicFlow in packet records.
 *
 * All that can be is taken from the packet itself; flowStat is the one of its direction up to and
 * including this packet.  Surprise: labels are not quoted here, unlike in flow records.
 */
#include "basicFlow.h"

#define EMIT(name) \
	static void name(struct out *o, const struct pkt *p, const struct flow *f, \
	    const void *slot, void *state)
#define UNUSED_PKT (void)p
#define UNUSED_FLOW (void)f
#define UNUSED_SLOT (void)slot
#define UNUSED_STATE (void)state

EMIT(emit_index)
{
	UNUSED_PKT;
	UNUSED_SLOT;
	UNUSED_STATE;
	put_u64(o, f->index);
}

EMIT(emit_stat)
{
	UNUSED_PKT;
	UNUSED_SLOT;
	UNUSED_STATE;
	put_hex(o, f->stat, 16);
}

EMIT(emit_time)
{
	UNUSED_FLOW;
	UNUSED_SLOT;
	UNUSED_STATE;
	put_point(o, p->ts);
}

EMIT(emit_iat)
{
	const struct state *st = state;

	UNUSED_FLOW;
	UNUSED_SLOT;
	put_span(o, t2_previous(st->t), p->ts);
}

EMIT(emit_trip)
{
	UNUSED_SLOT;
	UNUSED_STATE;
	put_span(o, f->opp != NULL ? f->opp->last : p->ts, p->ts);
}

EMIT(emit_duration)
{
	UNUSED_SLOT;
	UNUSED_STATE;
	put_span(o, f->first, p->ts);
}

EMIT(emit_nhdrs)
{
	UNUSED_FLOW;
	UNUSED_SLOT;
	UNUSED_STATE;
	put_u64(o, p->nhdr);
}

/* The packet's description is among those of the flow unless that list is full. */
static const struct desc *
desc_find(const struct slot *s, const struct pkt *p)
{
	if (s->ndesc > 0 && desc_is(s->desc, p))
		return s->desc;
	for (unsigned i = 0; i + 1 < s->ndesc; i++)
		if (desc_is(s->more->desc[i], p))
			return s->more->desc[i];
	return NULL;
}

EMIT(emit_desc)
{
	const struct state *st = state;
	const struct desc *known = desc_find(slot, p);
	struct desc *own = NULL;

	UNUSED_FLOW;
	if (known == NULL && (known = own = desc_get(st->t, p)) == NULL)
		return;
	put_class(o, known->text, known->len);
	if (own != NULL)
		desc_put(st->t, own);
}

EMIT(emit_vlan)
{
	UNUSED_FLOW;
	UNUSED_SLOT;
	UNUSED_STATE;
	if (p->nvlan > 0)
		put_u64(o, p->key.vlan);
}

static void
put_frame_mac(struct out *o, const struct state *st, const struct pkt *p, uint32_t off)
{
	struct cur c = pkt_cur(p, off);
	uint8_t mac[6];

	if (!p->macs && !st->raw_mac)
		return;
	cur_copy(&c, mac, sizeof(mac));
	put_mac(o, mac);
}

EMIT(emit_smac)
{
	UNUSED_FLOW;
	UNUSED_SLOT;
	put_frame_mac(o, state, p, p->smac);
}

EMIT(emit_dmac)
{
	UNUSED_FLOW;
	UNUSED_SLOT;
	put_frame_mac(o, state, p, p->dmac);
}

EMIT(emit_ethertype)
{
	UNUSED_FLOW;
	UNUSED_SLOT;
	UNUSED_STATE;
	put_hex(o, p->key.ethertype, 4);
}

static bool
has_ports(const struct pkt *p)
{
	switch (p->ipver != 0 ? p->key.proto : 0) {
	case IP_TCP: case IP_UDP: case IP_UDPLITE: case IP_SCTP:
		return true;
	}
	return false;
}

/* The four columns of one end of the packet; place as in basicflow_label(). */
#define ADDRESS(name, place, addr, port) \
	EMIT(emit_##name) \
	{ \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		UNUSED_STATE; \
		if (p->ipver != 0) \
			put_ip(o, p->ipver, p->key.addr); \
	} \
	EMIT(emit_##name##_cc) \
	{ \
		const struct geo_label *l; \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		if (p->ipver == 0) \
			return; \
		l = basicflow_label(state, place, p->ipver, p->key.addr); \
		put_class(o, l->cc, l->cclen); \
	} \
	EMIT(emit_##name##_who) \
	{ \
		const struct geo_label *l; \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		if (p->ipver == 0) \
			return; \
		l = basicflow_label(state, place, p->ipver, p->key.addr); \
		put_class(o, l->who, basicflow_wholen(state, l)); \
	} \
	EMIT(emit_##name##_port) \
	{ \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		UNUSED_STATE; \
		if (has_ports(p)) \
			put_u64(o, p->key.port); \
	}
ADDRESS(src, 0, src, sport)
ADDRESS(dst, 1, dst, dport)

EMIT(emit_proto)
{
	UNUSED_FLOW;
	UNUSED_SLOT;
	UNUSED_STATE;
	if (p->ipver != 0)
		put_u64(o, p->key.proto);
}

#define CC "BFO_SUBNET_TEST,!BFO_SUBNET_HEX"

const struct pktcol basicflow_pktcols[] = {
	{ "flowInd", "U64", emit_index, .text = "Flow index" },
	{ "flowStat", "H64", emit_stat, .bits = flowstat_bits, .text = "Flow status and warnings" },
	{ "time", "TIME", emit_time, .text = "Time of the packet" },
	{ "pktIAT", "U64.U32", emit_iat,
	    .text = "Time since the previous packet of this direction" },
	{ "pktTrip", "U64.U32", emit_trip, .when = "SPKTMD_TRIP",
	    .text = "Time since the last packet of the opposite direction" },
	{ "flowDuration", "U64.U32", emit_duration,
	    .text = "Time since the first packet of this direction" },
	{ "numHdrs", "U16", emit_nhdrs, .text = "Number of headers (depth) in hdrDesc" },
	{ "hdrDesc", "SC", emit_desc, .text = "Headers description" },
	{ "ethVlanID", "U16", emit_vlan, .text = "Innermost VLAN ID" },
	{ "srcMac", "MAC", emit_smac, .text = "Mac source" },
	{ "dstMac", "MAC", emit_dmac, .text = "Mac destination" },
	{ "ethType", "H16", emit_ethertype, .fixed = true, .text = "Ethernet type" },
	{ "srcIP", "IPX", emit_src, .fixed = true, .text = "Source IP address" },
	{ "srcIPCC", "SC", emit_src_cc, .when = CC, .fixed = true,
	    .text = "Source IP country code" },
	{ "srcIPWho", "SC", emit_src_who, .when = CC, .fixed = true, .text = "Source IP who" },
	{ "srcPort", "U16", emit_src_port, .fixed = true, .text = "Source port" },
	{ "dstIP", "IPX", emit_dst, .fixed = true, .text = "Destination IP address" },
	{ "dstIPCC", "SC", emit_dst_cc, .when = CC, .fixed = true,
	    .text = "Destination IP country code" },
	{ "dstIPWho", "SC", emit_dst_who, .when = CC, .fixed = true, .text = "Destination IP who" },
	{ "dstPort", "U16", emit_dst_port, .fixed = true, .text = "Destination port" },
	{ "l4Proto", "U8", emit_proto, .fixed = true, .text = "Layer 4 protocol" },
	{ .name = NULL }
};
