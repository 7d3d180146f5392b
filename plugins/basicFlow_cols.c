/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicFlow_cols.c - the columns of basicFlow, in output order.
 *
 * Plain columns are type and offset; the others print through put_*.
 */
#include "basicFlow.h"

#define EMIT(name) \
	static void name(struct out *o, const struct flow *f, const void *slot, void *state)
#define UNUSED_FLOW (void)f
#define UNUSED_SLOT (void)slot
#define UNUSED_STATE (void)state

static const struct extra no_extra;

static const struct extra *
extra(const void *slot)
{
	const struct slot *s = slot;

	return s->extra != NULL ? s->extra : &no_extra;
}

EMIT(emit_duration)
{
	UNUSED_SLOT;
	UNUSED_STATE;
	put_span(o, f->first, f->last);
}

EMIT(emit_sensor)
{
	UNUSED_FLOW;
	UNUSED_SLOT;
	put_u64(o, ((const struct state *)state)->sensor);
}

static const struct desc *
desc_at(const struct slot *s, unsigned i)
{
	return i == 0 ? s->desc : s->more->desc[i - 1];
}

EMIT(emit_nhdrs)
{
	const struct slot *s = slot;

	UNUSED_FLOW;
	UNUSED_STATE;
	for (unsigned i = 0; i < s->ndesc; i++) {
		if (i > 0)
			put_rep(o);
		put_u64(o, desc_at(s, i)->nhdr);
	}
}

EMIT(emit_desc)
{
	const struct slot *s = slot;
	const struct state *st = state;

	UNUSED_FLOW;
	for (unsigned i = 0; i < s->ndesc; i++) {
		if (i > 0)
			put_rep(o);
		put_class(o, desc_at(s, i)->text, desc_at(s, i)->len);
		if (st->opt[BFO_HDRDESC_PKTCNT]) {
			put_sub(o);
			put_u64(o, i == 0 ? s->desc_pkts : s->more->ndesc_pkts[i]);
		}
	}
}

static void
put_macs(struct out *o, unsigned n, const uint8_t first[6], const uint8_t (*rest)[6])
{
	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			put_rep(o);
		put_mac(o, i == 0 ? first : rest[i - 1]);
	}
}

EMIT(emit_smac)
{
	const struct slot *s = slot;

	UNUSED_FLOW;
	UNUSED_STATE;
	put_macs(o, s->nsmac, s->smac, s->more != NULL ? s->more->smac : NULL);
}

EMIT(emit_dmac)
{
	const struct slot *s = slot;

	UNUSED_FLOW;
	UNUSED_STATE;
	put_macs(o, s->ndmac, s->dmac, s->more != NULL ? s->more->dmac : NULL);
}

EMIT(emit_vlan)
{
	const struct extra *e = extra(slot);
	const struct state *st = state;

	UNUSED_FLOW;
	for (unsigned i = 0; i < e->nvlan; i++) {
		if (i > 0)
			put_rep(o);
		if (st->opt[BFO_VLAN] == 2)
			put_hex(o, e->vlan[i], 8);
		else
			put_u64(o, e->vlan[i] >> 16 & 0xfff);
	}
}

EMIT(emit_mpls)                         /* RFC 3032 section 2.1: label, TC, S, TTL */
{
	const struct extra *e = extra(slot);
	const struct state *st = state;

	UNUSED_FLOW;
	for (unsigned i = 0; i < e->nmpls; i++) {
		uint32_t m = e->mpls[i];

		if (i > 0)
			put_rep(o);
		if (st->opt[BFO_MPLS] == 2) {
			put_hex(o, m, 8);
			continue;
		}
		put_u64(o, m >> 12);
		if (st->opt[BFO_MPLS] == 3) {
			put_sub(o);
			put_u64(o, m >> 9 & 7);
			put_sub(o);
			put_u64(o, m >> 8 & 1);
			put_sub(o);
			put_u64(o, m & 0xff);
		}
	}
}

/* A column that prints one field of the extra block. */
#define EXTRA(name, put) \
	EMIT(name) \
	{ \
		const struct extra *e = extra(slot); \
		UNUSED_FLOW; \
		UNUSED_STATE; \
		put; \
	}
EXTRA(emit_ppp, put_hex(o, e->ppp, 8))
EXTRA(emit_l2tp_head, put_hex(o, e->l2tp_head, 4))
EXTRA(emit_l2tp_tid, put_u64(o, e->l2tp_tid))
EXTRA(emit_l2tp_sid, put_u64(o, e->l2tp_sid))
EXTRA(emit_l2tp_ccsid, put_u64(o, e->l2tp_ccsid))
EXTRA(emit_l2tp_src, put_ip4(o, e->l2tp_src))
EXTRA(emit_l2tp_dst, put_ip4(o, e->l2tp_dst))
EXTRA(emit_gre, put_hex(o, e->gre, 8))
EXTRA(emit_gre_src, put_ip4(o, e->gre_src))
EXTRA(emit_gre_dst, put_ip4(o, e->gre_dst))
EXTRA(emit_trdo_ip, put_ip4(o, e->trdo_ip))
EXTRA(emit_trdo_port, put_u64(o, e->trdo_port))

/* The parts of a Teredo address (RFC 4380 section 4), zeros for any other. */
struct teredo {
	uint8_t server[4], client[4];
	uint8_t flags;
	uint16_t port;
};

static struct teredo
teredo(const uint8_t a[16])
{
	static const uint8_t prefix[4] = { 0x20, 0x01, 0, 0 };
	struct teredo t = { 0 };

	if (memcmp(a, prefix, sizeof(prefix)) != 0)
		return t;
	memcpy(t.server, a + 4, 4);
	t.flags = a[8];
	t.port = (uint16_t)~(a[10] << 8 | a[11]);
	for (int i = 0; i < 4; i++)
		t.client[i] = (uint8_t)~a[12 + i];
	return t;
}

#define TEREDO(name, end, put) \
	EMIT(name) \
	{ \
		struct teredo t = teredo(f->ipver == 6 ? f->key.end : (const uint8_t[16]){ 0 }); \
		UNUSED_SLOT; \
		UNUSED_STATE; \
		put; \
	}
TEREDO(emit_trdo_sflg, src, put_hex(o, t.flags, 2))
TEREDO(emit_trdo_ssrv, src, put_ip4(o, t.server))
TEREDO(emit_trdo_scp, src, put_ip4(o, t.client))
TEREDO(emit_trdo_sport, src, put_u64(o, t.port))
TEREDO(emit_trdo_dflg, dst, put_hex(o, t.flags, 2))
TEREDO(emit_trdo_dsrv, dst, put_ip4(o, t.server))
TEREDO(emit_trdo_dcp, dst, put_ip4(o, t.client))
TEREDO(emit_trdo_dport, dst, put_u64(o, t.port))

EMIT(emit_src)
{
	UNUSED_SLOT;
	UNUSED_STATE;
	put_ip(o, f->ipver, f->key.src);
}

EMIT(emit_dst)
{
	UNUSED_SLOT;
	UNUSED_STATE;
	put_ip(o, f->ipver, f->key.dst);
}

static void
put_place(struct out *o, const struct geo_label *l)
{
	put_float(o, l->lat);
	put_sub(o);
	put_float(o, l->lng);
	put_sub(o);
	put_float(o, l->radius);
}

/* The label columns of one address: country, organisation, AS number, code word, position. */
#define LABELS(name, place, version, addr) \
	EMIT(emit_##name##_cc) \
	{ \
		const struct geo_label *l = basicflow_label(state, place, version, addr); \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		put_class(o, l->cc, l->cclen); \
	} \
	EMIT(emit_##name##_who) \
	{ \
		const struct geo_label *l = basicflow_label(state, place, version, addr); \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		put_string(o, l->who, basicflow_wholen(state, l)); \
	} \
	EMIT(emit_##name##_asn) \
	{ \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		put_u64(o, basicflow_label(state, place, version, addr)->asn); \
	} \
	EMIT(emit_##name##_hex) \
	{ \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		put_hex(o, basicflow_label(state, place, version, addr)->code, 8); \
	} \
	EMIT(emit_##name##_ll) \
	{ \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		put_place(o, basicflow_label(state, place, version, addr)); \
	}
LABELS(src, 0, f->ipver, f->key.src)
LABELS(dst, 1, f->ipver, f->key.dst)
LABELS(l2tps, 0, 4, extra(slot)->l2tp_src)
LABELS(l2tpd, 1, 4, extra(slot)->l2tp_dst)
LABELS(gres, 0, 4, extra(slot)->gre_src)
LABELS(gred, 1, 4, extra(slot)->gre_dst)
LABELS(trdo, 0, 4, extra(slot)->trdo_ip)

#define FLOW(field) .base = BASE_FLOW, .off = offsetof(struct flow, field)

/* The rows of LABELS(em) behind the address in column ip: with the options given and those of each
 * column; texts begin as given. */
#define LABELLED(ip, em, options, begin) \
	{ ip "ASN", "U32", .emit = emit_##em##_asn, \
	    .when = options "BFO_SUBNET_TEST,BFO_SUBNET_ASN", .text = begin " ASN" }, \
	{ ip "CC", "SC", .emit = emit_##em##_cc, \
	    .when = options "BFO_SUBNET_TEST,!BFO_SUBNET_HEX", .text = begin " country code" }, \
	{ ip "CC", "H32", .emit = emit_##em##_hex, \
	    .when = options "BFO_SUBNET_TEST,BFO_SUBNET_HEX", \
	    .text = begin " country and organisation code" }, \
	{ ip "Who", "S", .emit = emit_##em##_who, \
	    .when = options "BFO_SUBNET_TEST,!BFO_SUBNET_HEX", .text = begin " who" }, \
	{ ip "Lat_Lng_relP", "F_F_F", .emit = emit_##em##_ll, \
	    .when = options "BFO_SUBNET_TEST,BFO_SUBNET_LL", \
	    .text = begin " latitude, longitude, reliability" }

const struct col basicflow_cols[] = {
	{ "flowInd", "U64", FLOW(index), .text = "Flow index" },
	{ "sensorID", "U32", .emit = emit_sensor, .when = "BFO_SENSORID", .text = "Sensor ID" },
	{ "flowStat", "H64", FLOW(stat), .bits = flowstat_bits,
	    .text = "Flow status and warnings" },
	{ "timeFirst", "TIME", FLOW(first), .text = "Date time of first packet" },
	{ "timeLast", "TIME", FLOW(last), .text = "Date time of last packet" },
	{ "duration", "U64.U32", .emit = emit_duration, .text = "Flow duration" },
	{ "numHdrDesc", "U8", .off = offsetof(struct slot, ndesc), .when = "BFO_MAX_HDRDESC",
	    .text = "Number of different headers descriptions" },
	{ "numHdrs", "U16:R", .emit = emit_nhdrs, .when = "BFO_MAX_HDRDESC",
	    .text = "Number of headers (depth) in hdrDesc" },
	{ "hdrDesc", "SC:R", .emit = emit_desc, .when = "BFO_MAX_HDRDESC,!BFO_HDRDESC_PKTCNT",
	    .text = "Headers description" },
	{ "hdrDesc_PktCnt", "SC_U64:R", .emit = emit_desc,
	    .when = "BFO_MAX_HDRDESC,BFO_HDRDESC_PKTCNT",
	    .text = "Headers description with packet count" },
	{ "srcMac", "MAC:R", .emit = emit_smac, .when = "BFO_MAC", .text = "Mac source" },
	{ "dstMac", "MAC:R", .emit = emit_dmac, .when = "BFO_MAC", .text = "Mac destination" },
	{ "ethType", "H16", FLOW(key.ethertype), .when = "BFO_ETHERTYPE",
	    .text = "Ethernet type" },
	{ "ethVlanID", "U16:R", .emit = emit_vlan, .when = "BFO_VLAN=1", .text = "VLAN IDs" },
	{ "ethVlanHdr", "H32:R", .emit = emit_vlan, .when = "BFO_VLAN=2",
	    .text = "VLAN headers (hex)" },
	{ "mplsLabels", "U32:R", .emit = emit_mpls, .when = "BFO_MPLS=1", .text = "MPLS labels" },
	{ "mplsTagsHex", "H32:R", .emit = emit_mpls, .when = "BFO_MPLS=2",
	    .text = "MPLS tags (hex)" },
	{ "mplsLabel_ToS_S_TTL", "U32_U8_U8_U8:R", .emit = emit_mpls, .when = "BFO_MPLS=3",
	    .text = "MPLS tags: label, ToS, bottom of stack, TTL" },
	{ "pppHdr", "H32", .emit = emit_ppp, .when = "BFO_PPP", .text = "PPP header" },
	{ "l2tpHdr", "H16", .emit = emit_l2tp_head, .when = "BFO_L2TP", .text = "L2TP header" },
	{ "l2tpTID", "U16", .emit = emit_l2tp_tid, .when = "BFO_L2TP",
	    .text = "L2TPv2 tunnel ID" },
	{ "l2tpSID", "U16", .emit = emit_l2tp_sid, .when = "BFO_L2TP",
	    .text = "L2TPv2 session ID" },
	{ "l2tpCCSID", "U32", .emit = emit_l2tp_ccsid, .when = "BFO_L2TP",
	    .text = "L2TPv3 control connection or session ID" },
	{ "l2tpSrcIP", "IP4", .emit = emit_l2tp_src, .when = "BFO_L2TP",
	    .text = "L2TP source IP address" },
	LABELLED("l2tpSrcIP", l2tps, "BFO_L2TP,BFO_SUBNET_TEST_L2TP,", "L2TP source IP"),
	{ "l2tpDstIP", "IP4", .emit = emit_l2tp_dst, .when = "BFO_L2TP",
	    .text = "L2TP destination IP address" },
	LABELLED("l2tpDstIP", l2tpd, "BFO_L2TP,BFO_SUBNET_TEST_L2TP,", "L2TP destination IP"),
	{ "greHdr", "H32", .emit = emit_gre, .when = "BFO_GRE", .text = "GRE header" },
	{ "greSrcIP", "IP4", .emit = emit_gre_src, .when = "BFO_GRE",
	    .text = "GRE source IP address" },
	LABELLED("greSrcIP", gres, "BFO_GRE,BFO_SUBNET_TEST_GRE,", "GRE source IP"),
	{ "greDstIP", "IP4", .emit = emit_gre_dst, .when = "BFO_GRE",
	    .text = "GRE destination IP address" },
	LABELLED("greDstIP", gred, "BFO_GRE,BFO_SUBNET_TEST_GRE,", "GRE destination IP"),
	{ "trdoDstIP", "IP4", .emit = emit_trdo_ip, .when = "BFO_TEREDO",
	    .text = "Next Teredo flow: destination IPv4 address" },
	LABELLED("trdoDstIP", trdo, "BFO_TEREDO,BFO_SUBNET_TEST_TEREDO,", "Teredo destination IP"),
	{ "trdoDstPort", "U16", .emit = emit_trdo_port, .when = "BFO_TEREDO",
	    .text = "Next Teredo flow: destination port" },
	{ "trdo6SrcFlgs", "H8", .emit = emit_trdo_sflg, .when = "BFO_TEREDO",
	    .text = "Teredo IPv6 source address decode: flags" },
	{ "trdo6SrcSrvIP4", "IP4", .emit = emit_trdo_ssrv, .when = "BFO_TEREDO",
	    .text = "Teredo IPv6 source address decode: server IPv4" },
	{ "trdo6SrcCPIP4", "IP4", .emit = emit_trdo_scp, .when = "BFO_TEREDO",
	    .text = "Teredo IPv6 source address decode: client public IPv4" },
	{ "trdo6SrcCPPort", "U16", .emit = emit_trdo_sport, .when = "BFO_TEREDO",
	    .text = "Teredo IPv6 source address decode: client public port" },
	{ "trdo6DstFlgs", "H8", .emit = emit_trdo_dflg, .when = "BFO_TEREDO",
	    .text = "Teredo IPv6 destination address decode: flags" },
	{ "trdo6DstSrvIP4", "IP4", .emit = emit_trdo_dsrv, .when = "BFO_TEREDO",
	    .text = "Teredo IPv6 destination address decode: server IPv4" },
	{ "trdo6DstCPIP4", "IP4", .emit = emit_trdo_dcp, .when = "BFO_TEREDO",
	    .text = "Teredo IPv6 destination address decode: client public IPv4" },
	{ "trdo6DstCPPort", "U16", .emit = emit_trdo_dport, .when = "BFO_TEREDO",
	    .text = "Teredo IPv6 destination address decode: client public port" },
	{ "srcIP", "IPX", .emit = emit_src, .text = "Source IP address" },
	LABELLED("srcIP", src, "", "Source IP"),
	{ "srcPort", "U16", FLOW(key.sport), .text = "Source port" },
	{ "dstIP", "IPX", .emit = emit_dst, .text = "Destination IP address" },
	LABELLED("dstIP", dst, "", "Destination IP"),
	{ "dstPort", "U16", FLOW(key.dport), .text = "Destination port" },
	{ "l4Proto", "U8", FLOW(key.proto), .text = "Layer 4 protocol" },
	{ .name = NULL }
};
