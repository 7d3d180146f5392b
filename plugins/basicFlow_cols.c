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

/* The label of an address, from memory if it was the last one asked in this place. */
const struct geo_label *
basicflow_label(struct state *st, int place, uint8_t version, const uint8_t *addr)
{
	static const struct geo_label unknown = { "--", "--", 2, 2, 0, 666, 666, -1, 0, false };
	struct label *m = &st->label[place];

	if (version == 0)
		return &unknown;
	if (m->version != version || memcmp(m->addr, addr, version == 4 ? 4 : 16) != 0) {
		m->version = version;
		memcpy(m->addr, addr, version == 4 ? 4 : 16);
		geo_find(st->geo, version, addr, &m->l);
	}
	return &m->l;
}

size_t
basicflow_wholen(const struct state *st, const struct geo_label *l)
{
	size_t n = l->wholen;

	if (n > (size_t)st->opt[BFO_WHOLEN]) {
		n = (size_t)st->opt[BFO_WHOLEN];
		while (n > 0 && (l->who[n] & 0xc0) == 0x80)
			n--;
	}
	return n;
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
#define CC "BFO_SUBNET_TEST,!BFO_SUBNET_HEX"

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
	{ "l2tpSrcIPASN", "U32", .emit = emit_l2tps_asn,
	    .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP,BFO_SUBNET_TEST,BFO_SUBNET_ASN",
	    .text = "L2TP source IP ASN" },
	{ "l2tpSrcIPCC", "SC", .emit = emit_l2tps_cc, .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP," CC,
	    .text = "L2TP source IP country code" },
	{ "l2tpSrcIPCC", "H32", .emit = emit_l2tps_hex,
	    .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP,BFO_SUBNET_TEST,BFO_SUBNET_HEX",
	    .text = "L2TP source IP country and organisation code" },
	{ "l2tpSrcIPWho", "S", .emit = emit_l2tps_who, .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP," CC,
	    .text = "L2TP source IP who" },
	{ "l2tpSrcIPLat_Lng_relP", "F_F_F", .emit = emit_l2tps_ll,
	    .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP,BFO_SUBNET_TEST,BFO_SUBNET_LL",
	    .text = "L2TP source IP latitude, longitude, reliability" },
	{ "l2tpDstIP", "IP4", .emit = emit_l2tp_dst, .when = "BFO_L2TP",
	    .text = "L2TP destination IP address" },
	{ "l2tpDstIPASN", "U32", .emit = emit_l2tpd_asn,
	    .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP,BFO_SUBNET_TEST,BFO_SUBNET_ASN",
	    .text = "L2TP destination IP ASN" },
	{ "l2tpDstIPCC", "SC", .emit = emit_l2tpd_cc, .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP," CC,
	    .text = "L2TP destination IP country code" },
	{ "l2tpDstIPCC", "H32", .emit = emit_l2tpd_hex,
	    .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP,BFO_SUBNET_TEST,BFO_SUBNET_HEX",
	    .text = "L2TP destination IP country and organisation code" },
	{ "l2tpDstIPWho", "S", .emit = emit_l2tpd_who, .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP," CC,
	    .text = "L2TP destination IP who" },
	{ "l2tpDstIPLat_Lng_relP", "F_F_F", .emit = emit_l2tpd_ll,
	    .when = "BFO_L2TP,BFO_SUBNET_TEST_L2TP,BFO_SUBNET_TEST,BFO_SUBNET_LL",
	    .text = "L2TP destination IP latitude, longitude, reliability" },
	{ "greHdr", "H32", .emit = emit_gre, .when = "BFO_GRE", .text = "GRE header" },
	{ "greSrcIP", "IP4", .emit = emit_gre_src, .when = "BFO_GRE",
	    .text = "GRE source IP address" },
	{ "greSrcIPASN", "U32", .emit = emit_gres_asn,
	    .when = "BFO_GRE,BFO_SUBNET_TEST_GRE,BFO_SUBNET_TEST,BFO_SUBNET_ASN",
	    .text = "GRE source IP ASN" },
	{ "greSrcIPCC", "SC", .emit = emit_gres_cc, .when = "BFO_GRE,BFO_SUBNET_TEST_GRE," CC,
	    .text = "GRE source IP country code" },
	{ "greSrcIPCC", "H32", .emit = emit_gres_hex,
	    .when = "BFO_GRE,BFO_SUBNET_TEST_GRE,BFO_SUBNET_TEST,BFO_SUBNET_HEX",
	    .text = "GRE source IP country and organisation code" },
	{ "greSrcIPWho", "S", .emit = emit_gres_who, .when = "BFO_GRE,BFO_SUBNET_TEST_GRE," CC,
	    .text = "GRE source IP who" },
	{ "greSrcIPLat_Lng_relP", "F_F_F", .emit = emit_gres_ll,
	    .when = "BFO_GRE,BFO_SUBNET_TEST_GRE,BFO_SUBNET_TEST,BFO_SUBNET_LL",
	    .text = "GRE source IP latitude, longitude, reliability" },
	{ "greDstIP", "IP4", .emit = emit_gre_dst, .when = "BFO_GRE",
	    .text = "GRE destination IP address" },
	{ "greDstIPASN", "U32", .emit = emit_gred_asn,
	    .when = "BFO_GRE,BFO_SUBNET_TEST_GRE,BFO_SUBNET_TEST,BFO_SUBNET_ASN",
	    .text = "GRE destination IP ASN" },
	{ "greDstIPCC", "SC", .emit = emit_gred_cc, .when = "BFO_GRE,BFO_SUBNET_TEST_GRE," CC,
	    .text = "GRE destination IP country code" },
	{ "greDstIPCC", "H32", .emit = emit_gred_hex,
	    .when = "BFO_GRE,BFO_SUBNET_TEST_GRE,BFO_SUBNET_TEST,BFO_SUBNET_HEX",
	    .text = "GRE destination IP country and organisation code" },
	{ "greDstIPWho", "S", .emit = emit_gred_who, .when = "BFO_GRE,BFO_SUBNET_TEST_GRE," CC,
	    .text = "GRE destination IP who" },
	{ "greDstIPLat_Lng_relP", "F_F_F", .emit = emit_gred_ll,
	    .when = "BFO_GRE,BFO_SUBNET_TEST_GRE,BFO_SUBNET_TEST,BFO_SUBNET_LL",
	    .text = "GRE destination IP latitude, longitude, reliability" },
	{ "trdoDstIP", "IP4", .emit = emit_trdo_ip, .when = "BFO_TEREDO",
	    .text = "Next Teredo flow: destination IPv4 address" },
	{ "trdoDstIPASN", "U32", .emit = emit_trdo_asn,
	    .when = "BFO_TEREDO,BFO_SUBNET_TEST_TEREDO,BFO_SUBNET_TEST,BFO_SUBNET_ASN",
	    .text = "Teredo destination IP ASN" },
	{ "trdoDstIPCC", "SC", .emit = emit_trdo_cc,
	    .when = "BFO_TEREDO,BFO_SUBNET_TEST_TEREDO," CC,
	    .text = "Teredo destination IP country code" },
	{ "trdoDstIPCC", "H32", .emit = emit_trdo_hex,
	    .when = "BFO_TEREDO,BFO_SUBNET_TEST_TEREDO,BFO_SUBNET_TEST,BFO_SUBNET_HEX",
	    .text = "Teredo destination IP country and organisation code" },
	{ "trdoDstIPWho", "S", .emit = emit_trdo_who,
	    .when = "BFO_TEREDO,BFO_SUBNET_TEST_TEREDO," CC,
	    .text = "Teredo destination IP who" },
	{ "trdoDstIPLat_Lng_relP", "F_F_F", .emit = emit_trdo_ll,
	    .when = "BFO_TEREDO,BFO_SUBNET_TEST_TEREDO,BFO_SUBNET_TEST,BFO_SUBNET_LL",
	    .text = "Teredo destination IP latitude, longitude, reliability" },
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
	{ "srcIPASN", "U32", .emit = emit_src_asn, .when = "BFO_SUBNET_TEST,BFO_SUBNET_ASN",
	    .text = "Source IP ASN" },
	{ "srcIPCC", "SC", .emit = emit_src_cc, .when = CC, .text = "Source IP country code" },
	{ "srcIPCC", "H32", .emit = emit_src_hex, .when = "BFO_SUBNET_TEST,BFO_SUBNET_HEX",
	    .text = "Source IP country and organisation code" },
	{ "srcIPWho", "S", .emit = emit_src_who, .when = CC, .text = "Source IP who" },
	{ "srcIPLat_Lng_relP", "F_F_F", .emit = emit_src_ll,
	    .when = "BFO_SUBNET_TEST,BFO_SUBNET_LL",
	    .text = "Source IP latitude, longitude, reliability" },
	{ "srcPort", "U16", FLOW(key.sport), .text = "Source port" },
	{ "dstIP", "IPX", .emit = emit_dst, .text = "Destination IP address" },
	{ "dstIPASN", "U32", .emit = emit_dst_asn, .when = "BFO_SUBNET_TEST,BFO_SUBNET_ASN",
	    .text = "Destination IP ASN" },
	{ "dstIPCC", "SC", .emit = emit_dst_cc, .when = CC,
	    .text = "Destination IP country code" },
	{ "dstIPCC", "H32", .emit = emit_dst_hex, .when = "BFO_SUBNET_TEST,BFO_SUBNET_HEX",
	    .text = "Destination IP country and organisation code" },
	{ "dstIPWho", "S", .emit = emit_dst_who, .when = CC, .text = "Destination IP who" },
	{ "dstIPLat_Lng_relP", "F_F_F", .emit = emit_dst_ll,
	    .when = "BFO_SUBNET_TEST,BFO_SUBNET_LL",
	    .text = "Destination IP latitude, longitude, reliability" },
	{ "dstPort", "U16", FLOW(key.dport), .text = "Destination port" },
	{ "l4Proto", "U8", FLOW(key.proto), .text = "Layer 4 protocol" },
	{ .name = NULL }
};
