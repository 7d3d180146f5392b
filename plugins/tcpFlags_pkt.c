/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_pkt.c - the columns of tcpFlags in packet records.
 *
 * Most is in struct now: facts of the packet at hand, of which the columns of the flow are made
 * too.  Columns that need more (SPKTMD_SEQLEN=1) have a state of their own in the slot, which
 * follows the sequence numbers as RFC 9293 means them: SYN and FIN count, payload counts once.
 */
#include "tcpFlags.h"

enum { HEAD4 = 20, HEAD_TCP = 20 };

#define EMIT(name) \
	static void name(struct out *o, const struct pkt *p, const struct flow *f, \
	    const void *slot, void *state)
#define UNUSED_FLOW (void)f
#define UNUSED_PKT (void)p
#define UNUSED_SLOT (void)slot
#define UNUSED_STATE (void)state

static bool
has_tcp(const struct pkt *p)
{
	return p->key.proto == IP_TCP && pkt_has_l4(p);
}

/* n bytes from offset off as 0x01;0x02. */
static void
put_bytes(struct out *o, const struct pkt *p, uint32_t off, uint32_t n)
{
	struct cur c = pkt_cur(p, off);

	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			put_rep(o);
		put_hex(o, cur_u8(&c), 2);
	}
}

/* state ----------------------------------------------------------------------------------- */

/* The bytes by which a number went on; the one that SYN, FIN or RST take is none. */
static uint32_t
progress(uint32_t from, uint32_t to, bool control)
{
	uint32_t d = to - from;

	return (int32_t)d < 0 || (control && d == 1) ? 0 : d;
}

static bool
is_control(const struct track *t)
{
	return (t->flags & (TH_SYN | TH_FIN | TH_RST)) != 0;
}

void
tcpFlags_pkt(const struct visit *v)
{
	struct now *now = &v->st->now;
	struct track *own = &v->own->track, *other = v->other != NULL ? &v->other->track : NULL;
	bool control = (now->flags & (TH_SYN | TH_FIN | TH_RST)) != 0;
	uint32_t next = now->seq + now->l7 + control;

	if (!own->seen) {
		own->first = own->seq = own->next = now->seq;
		own->seen = true;
	}
	now->seq_max = own->next;
	if ((int32_t)(next - own->next) > 0)
		own->next = next;
	if ((now->flags & TH_ACK) != 0) {
		now->seq_len = progress(own->seq, now->seq, is_control(own));
		if (own->acked)
			now->ack_len = progress(own->ack, now->ack,
			    is_control(own) || (other != NULL && is_control(other)));
		else
			own->ack_first = now->ack;
		own->ack = now->ack;
		own->acked = true;
		if (!control && other != NULL)
			other->flight = 0;
	}
	own->seq = now->seq;
	own->flags = now->flags;
	own->seq_sum += now->seq_len;
	own->ack_sum += now->ack_len;
	own->payload += now->l7;
	own->flight += now->l7;
}

/* IP -------------------------------------------------------------------------------------- */

/* A column of IP packets. */
#define IP(name, put) \
	EMIT(name) \
	{ \
		const struct now *now = &((const struct state *)state)->now; \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		(void)now; \
		if (p->ipver != 0) \
			put; \
	}

static uint8_t
tos(const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->l3);

	return p->ipver == 4 ? cur_peek(&c, 1) : (uint8_t)(cur_peek16(&c, 0) >> 4);
}

/* The OR of all so far, or the packet's own. */
EMIT(emit_tos)
{
	const struct state *st = state;
	const struct slot *own = slot;

	UNUSED_FLOW;
	if (p->ipver != 0)
		put_hex(o, st->conf.pkt_tos ? tos(p) : own->tos, 2);
}

/* Flags and offset as they stand in the header. */
static uint16_t
frag_field(const struct pkt *p)
{
	uint32_t off = p->ipver == 4 ? p->l3 + 6 : p->off_fraghdr + 2;
	struct cur c = pkt_cur(p, off);

	return p->ipver == 4 || p->off_fraghdr != 0 ? cur_u16(&c) : 0;
}

IP(emit_id, put_hex(o, p->ipver == 4 ? p->ipid : 0, 4))
IP(emit_id_diff, put_u64(o, now->ipid_diff))
IP(emit_frag, put_hex(o, frag_field(p), 4))
IP(emit_ttl, put_u64(o, tcpFlags_ttl(p)))
IP(emit_ip_sum, put_hex(o, now->ip_sum, 4))
IP(emit_ip_cal, put_hex(o, now->ip_cal, 4))
IP(emit_l4_sum, put_hex(o, now->l4_sum, 4))
IP(emit_l4_cal, put_hex(o, now->l4_cal, 4))
IP(emit_ipflags, put_hex(o, now->ipflags, 4))

/* Bytes of options in an IPv6 options header at off, RFC 8200 section 4.2. */
static uint32_t
options6_len(const struct pkt *p, uint32_t off)
{
	struct cur c = pkt_cur(p, off);

	return off != 0 ? (cur_peek(&c, 1) + 1u) * 8 - 2 : 0;
}

static uint32_t
options4_len(const struct pkt *p)
{
	return p->iphl > HEAD4 ? p->iphl - HEAD4 : 0;
}

/* A column of packets of one IP version. */
#define VERSION(name, version, put) \
	EMIT(name) \
	{ \
		UNUSED_FLOW; \
		UNUSED_SLOT; \
		UNUSED_STATE; \
		if (p->ipver == version) \
			put; \
	}
VERSION(emit_hbh_len, 6, put_u64(o, options6_len(p, p->off_hbh)))
VERSION(emit_hbh, 6, put_bytes(o, p, p->off_hbh + 2, options6_len(p, p->off_hbh)))
VERSION(emit_dst_len, 6, put_u64(o, options6_len(p, p->off_dst)))
VERSION(emit_dst, 6, put_bytes(o, p, p->off_dst + 2, options6_len(p, p->off_dst)))
VERSION(emit_opt_len, 4, put_u64(o, options4_len(p)))
VERSION(emit_opt, 4, put_bytes(o, p, p->l3 + HEAD4, options4_len(p)))

/* TCP ------------------------------------------------------------------------------------- */

static uint32_t
tcp_options(const struct now *now)
{
	return now->hl > HEAD_TCP ? now->hl - (uint32_t)HEAD_TCP : 0;
}

/* A column of TCP packets. */
#define TCP(name, put) \
	EMIT(name) \
	{ \
		const struct state *st = state; \
		const struct now *now = &st->now; \
		const struct slot *own = slot; \
		UNUSED_FLOW; \
		(void)now; \
		(void)own; \
		if (has_tcp(p)) \
			put; \
	}

/* Relative to the first number of the direction, with SPKTMD_SEQACKREL=1. */
static uint32_t
seq_shown(const struct state *st, const struct slot *own, uint32_t seq)
{
	return st->conf.relative ? seq - own->track.first : seq;
}

/* The same for the number that the opposite direction counts; its first one may be unknown. */
static uint32_t
ack_shown(const struct state *st, const struct flow *f, const struct slot *own)
{
	const struct slot *other = flow_opp_slot(f, own);
	const struct now *now = &st->now;

	if (!st->conf.relative || (now->flags & TH_ACK) == 0)
		return now->ack;
	return now->ack - (other != NULL && other->track.seen ? other->track.first :
	    own->track.ack_first);
}

TCP(emit_seq, put_hex(o, seq_shown(st, own, now->seq), 8))
TCP(emit_ack, put_hex(o, ack_shown(st, f, own), 8))
TCP(emit_seq_max, put_u64(o, seq_shown(st, own, now->seq_max)))
TCP(emit_seq_len, put_u64(o, now->seq_len))
TCP(emit_ack_len, put_u64(o, now->ack_len))
TCP(emit_seq_sum, put_u64(o, own->track.seq_sum))
TCP(emit_ack_sum, put_u64(o, own->track.ack_sum))
TCP(emit_payload, put_u64(o, own->track.payload))
TCP(emit_flight, put_u64(o, own->track.flight))
TCP(emit_seq_diff, put_i64(o, now->seq_diff))
TCP(emit_ack_diff, put_i64(o, now->ack_diff))
TCP(emit_seq_bytes, put_u64(o, own->seq_bytes))
TCP(emit_ack_bytes, put_u64(o, own->ack_bytes))
TCP(emit_fstat, put_hex(o, now->fstat, 4))
TCP(emit_flags, put_hex(o, now->flags, 2))
TCP(emit_anomaly, put_hex(o, now->anomaly, 4))
TCP(emit_win, put_u64(o, now->win))
TCP(emit_tcpopt_len, put_i64(o, now->hl - HEAD_TCP))
TCP(emit_tcpopt, put_bytes(o, p, p->l4 + HEAD_TCP, tcp_options(now)))

const struct pktcol tcpFlags_pktcols[] = {
	{ "ipTOS", "H8", emit_tos, .text = "IP Type of Service, of all packets so far" },
	{ "ipID", "H16", emit_id, .text = "IPv4 identification" },
	{ "ipIDDiff", "U16", emit_id_diff,
	    .text = "Difference to the identification of the previous packet" },
	{ "ipFrag", "H16", emit_frag, .text = "IP fragment field: flags and offset" },
	{ "ipTTL", "U8", emit_ttl, .text = "IP TTL or hop limit" },
	{ "ipHdrChkSum", "H16", emit_ip_sum, .when = "IPCHECKSUM",
	    .text = "IPv4 header checksum found" },
	{ "ipCalChkSum", "H16", emit_ip_cal, .when = "IPCHECKSUM",
	    .text = "IPv4 header checksum computed" },
	{ "l4HdrChkSum", "H16", emit_l4_sum, .when = "IPCHECKSUM=2",
	    .text = "Layer 4 checksum found" },
	{ "l4CalChkSum", "H16", emit_l4_cal, .when = "IPCHECKSUM=2",
	    .text = "Layer 4 checksum computed" },
	{ "ipFlags", "H16", emit_ipflags, .bits = tcpFlags_ip_bits,
	    .text = "IP flags of this packet" },
	{ "ip6HHOptLen", "U16", emit_hbh_len, .text = "IPv6 bytes of hop by hop options" },
	{ "ip6HHOpts", "H8:R", emit_hbh, .text = "IPv6 hop by hop options" },
	{ "ip6DOptLen", "U16", emit_dst_len, .text = "IPv6 bytes of destination options" },
	{ "ip6DOpts", "H8:R", emit_dst, .text = "IPv6 destination options" },
	{ "ipOptLen", "U16", emit_opt_len, .text = "IPv4 bytes of options" },
	{ "ipOpts", "H8:R", emit_opt, .text = "IPv4 options" },
	{ "seq", "H32", emit_seq, .when = "SEQ_ACK_NUM", .text = "TCP sequence number" },
	{ "ack", "H32", emit_ack, .when = "SEQ_ACK_NUM", .text = "TCP acknowledgement number" },
	{ "seqMax", "U32", emit_seq_max, .when = "SPKTMD_SEQLEN",
	    .text = "TCP sequence number expected before this packet" },
	{ "seqDiff", "I32", emit_seq_diff, .when = "SEQ_ACK_NUM",
	    .text = "Difference to the sequence number of the previous packet" },
	{ "ackDiff", "I32", emit_ack_diff, .when = "SEQ_ACK_NUM",
	    .text = "Difference to the acknowledgement number of the previous packet" },
	{ "seqLen", "U32", emit_seq_len, .when = "SPKTMD_SEQLEN",
	    .text = "Bytes by which the sequence number went on" },
	{ "ackLen", "U32", emit_ack_len, .when = "SPKTMD_SEQLEN",
	    .text = "Bytes by which the acknowledgement number went on" },
	{ "seqPktLen", "U64", emit_seq_bytes, .when = "SEQ_ACK_NUM",
	    .text = "TCP sent seq diff bytes so far" },
	{ "ackPktLen", "U64", emit_ack_bytes, .when = "SEQ_ACK_NUM",
	    .text = "TCP flawless ack received bytes so far" },
	{ "seqFlowLen", "U64", emit_seq_sum, .when = "SPKTMD_SEQLEN",
	    .text = "Sum of seqLen so far" },
	{ "ackFlowLen", "U64", emit_ack_sum, .when = "SPKTMD_SEQLEN",
	    .text = "Sum of ackLen so far" },
	{ "tcpMLen", "U64", emit_payload, .when = "SPKTMD_SEQLEN",
	    .text = "TCP payload bytes so far, repeated ones too" },
	{ "tcpBFlgt", "U64", emit_flight, .when = "SPKTMD_SEQLEN",
	    .text = "TCP payload bytes since the last acknowledgement of the opposite direction" },
	{ "tcpFStat", "H16", emit_fstat, .bits = tcpFlags_fstat_bits,
	    .text = "tcpFlags status so far" },
	{ "tcpFlags", "H8", emit_flags, .bits = tcpFlags_tcp_bits,
	    .text = "TCP flags of this packet" },
	{ "tcpAnomaly", "H16", emit_anomaly, .bits = tcpFlags_anomaly_bits,
	    .text = "TCP header anomalies of this packet" },
	{ "tcpWin", "U32", emit_win, .text = "TCP effective window size" },
	{ "tcpOptLen", "I16", emit_tcpopt_len,
	    .text = "TCP bytes of options, negative if the header is too short" },
	{ "tcpOpts", "H8:R", emit_tcpopt, .text = "TCP options" },
	{ .name = NULL }
};
