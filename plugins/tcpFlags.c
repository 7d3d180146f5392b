/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags.c - forensics of layers 3 and 4: header anomalies, fragments, checksums, sequence and
 * window statistics, round trips, scans.
 *
 * This file has the hooks and the columns; the work is in tcpFlags_*.c, see tcpFlags.h.
 * Surprise: numbers count as the seed's rows show them, so a handshake shows "faults" of
 * sequence numbers; every such oddity has a comment where it is computed.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "tcpFlags.h"

enum { SCAN_LONE = 5, SCAN_PAIR = 3 };  /* packets; fewer make a scan */
enum { IPID_NONE = 65535, RTT_MAX = 65535 };

/* combinations of flags that mark a scan: all but SYN-ACK */
enum { AN_SCAN = AN_FIN_ACK | AN_RST_ACK | AN_SYN_FIN | AN_SYN_FIN_RST | AN_FIN_RST | AN_NULL |
	AN_XMAS };

enum { RTT_ESTIMATE, IPCHECKSUM, WINDOWSIZE, WINMIN, SEQ_ACK_NUM, FRAG_ANALYZE, NAT_BT_EST,
	SCAN_DETECTOR, CHKSUM_SEED, SPKTMD_SEQACKREL, SPKTMD_SEQLEN, SPKTMD_TOS, IPFLAGS_ALARM,
	IPFLAGS_FORCE, TCPANOM_ALARM, TCPANOM_FORCE, N_OPTS };

static const struct opt opts[] = {
	[RTT_ESTIMATE] = OPT("RTT_ESTIMATE", 0, 1, 1,
	    "round trip columns, and the SYN retransmissions that rest on them"),
	[IPCHECKSUM] = OPT("IPCHECKSUM", 0, 2, 2,
	    "verify checksums: 0 none, 1 the IPv4 header's, 2 those of layer 4 too"),
	[WINDOWSIZE] = OPT("WINDOWSIZE", 0, 1, 1, "window columns"),
	[WINMIN] = OPT("WINMIN", 0, UINT32_MAX, 1, "windows below this many bytes are counted"),
	[SEQ_ACK_NUM] = OPT("SEQ_ACK_NUM", 0, 1, 1,
	    "sequence and acknowledgement columns and their anomalies"),
	[FRAG_ANALYZE] = OPT("FRAG_ANALYZE", 0, 1, 1, "check size and position of fragments"),
	[NAT_BT_EST] = OPT("NAT_BT_EST", 0, 1, 1, "timestamp option and boot time columns"),
	[SCAN_DETECTOR] = OPT("SCAN_DETECTOR", 0, 1, 1, "mark flows that look like scans"),
	[CHKSUM_SEED] = OPT_COMPAT("CHKSUM_SEED", 0, 1, 0, 1,
	    "absent checksums count as wrong, also in UDP, GRE and OSPF"),
	[SPKTMD_SEQACKREL] = OPT("SPKTMD_SEQACKREL", 0, 1, 0,
	    "packet records: seq and ack relative to the first ones of the flow"),
	[SPKTMD_SEQLEN] = OPT("SPKTMD_SEQLEN", 0, 1, 0,
	    "packet records: progress of seq and ack, bytes sent and in flight"),
	[SPKTMD_TOS] = OPT("SPKTMD_TOS", 0, 1, 0,
	    "packet records: ipTOS is 0: the OR of all so far, 1: the packet's own"),
	[IPFLAGS_ALARM] = OPT("IPFLAGS_ALARM", 0, UINT16_MAX, 0,
	    "bits of ipFlags that raise an alarm"),
	[IPFLAGS_FORCE] = OPT("IPFLAGS_FORCE", 0, UINT16_MAX, 0,
	    "bits of ipFlags that end a flow at once, with FORCE_MODE=1"),
	[TCPANOM_ALARM] = OPT("TCPANOM_ALARM", 0, UINT16_MAX, 0,
	    "bits of tcpAnomaly that raise an alarm"),
	[TCPANOM_FORCE] = OPT("TCPANOM_FORCE", 0, UINT16_MAX, 0,
	    "bits of tcpAnomaly that end a flow at once, with FORCE_MODE=1"),
	[N_OPTS] = { .name = NULL }
};

static bool
has_ipflag(const struct flow *f, const void *slot, int64_t mask)
{
	(void)f;
	return ((const struct slot *)slot)->ipflags & mask;
}

static bool
has_anomaly(const struct flow *f, const void *slot, int64_t mask)
{
	(void)f;
	return ((const struct slot *)slot)->anomaly & mask;
}

static const struct watch watches[] = {
	{ "IPFLAGS_ALARM", "IPFLAGS_FORCE", has_ipflag },
	{ "TCPANOM_ALARM", "TCPANOM_FORCE", has_anomaly },
	{ .holds = NULL }
};

/* columns --------------------------------------------------------------------------------- */

static void
emit_opt4(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *own = slot;

	(void)f;
	(void)state;
	put_hex(o, own->opt4_class, 2);
	put_sub(o);
	put_hex(o, own->opt4_nums, 8);
}

static void
emit_opt6_count(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *own = slot;

	(void)f;
	(void)state;
	put_u64(o, own->opt6_count[0]);
	put_sub(o);
	put_u64(o, own->opt6_count[1]);
}

static void
emit_opt6_types(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *own = slot;

	(void)f;
	(void)state;
	put_hex(o, own->opt6_types[0], 8);
	put_sub(o);
	put_hex(o, own->opt6_types[1], 8);
}

#define AT(field) .off = offsetof(struct slot, field)

static const struct col cols[] = {
	{ "tcpFStat", "H16", AT(fstat), .bits = tcpFlags_fstat_bits, .text = "tcpFlags status" },
	{ "ipMindIPID", "U16", AT(ipid_min), .text = "IP minimum delta IP ID" },
	{ "ipMaxdIPID", "U16", AT(ipid_max), .text = "IP maximum delta IP ID" },
	{ "ipMinTTL", "U8", AT(ttl_min), .text = "IP minimum TTL" },
	{ "ipMaxTTL", "U8", AT(ttl_max), .text = "IP maximum TTL" },
	{ "ipTTLChg", "U8", AT(ttl_changes), .text = "IP TTL change count" },
	{ "ipTOS", "H8", AT(tos), .text = "IP Type of Service" },
	{ "ipFlags", "H16", AT(ipflags), .bits = tcpFlags_ip_bits,
	    .text = "IP aggregated flags" },
	{ "ipOptCnt", "U16", AT(opt4_count), .text = "IP options count" },
	{ "ipOptCpCl_Num", "H8_H32", .emit = emit_opt4, .bits = tcpFlags_opt4_bits,
	    .text = "IP aggregated options, copy-class & number" },
	{ "ip6OptCntHH_D", "U16_U16", .emit = emit_opt6_count,
	    .text = "IPv6 hop by hop destination option counts" },
	{ "ip6OptHH_D", "H32_H32", .emit = emit_opt6_types, .bits = tcpFlags_opt6_bits,
	    .text = "IPv6 aggregated hop by hop destination options" },

	{ "tcpPSeqCnt", "U16", AT(seq_ok), .when = "SEQ_ACK_NUM",
	    .text = "TCP packet seq count" },
	{ "tcpSeqSntBytes", "U64", AT(seq_bytes), .when = "SEQ_ACK_NUM",
	    .text = "TCP sent seq diff bytes" },
	{ "tcpSeqFaultCnt", "U16", AT(seq_faults), .when = "SEQ_ACK_NUM",
	    .text = "TCP sequence number fault count" },
	{ "tcpPAckCnt", "U16", AT(ack_ok), .when = "SEQ_ACK_NUM",
	    .text = "TCP packet ack count" },
	{ "tcpFlwLssAckRcvdBytes", "U64", AT(ack_bytes), .when = "SEQ_ACK_NUM",
	    .text = "TCP flawless ack received bytes" },
	{ "tcpAckFaultCnt", "U16", AT(ack_faults), .when = "SEQ_ACK_NUM",
	    .text = "TCP ack number fault count" },

	{ "tcpInitWinSz", "U32", AT(win_init), .when = "WINDOWSIZE",
	    .text = "TCP initial effective window size" },
	{ "tcpAveWinSz", "F", AT(win_ave), .when = "WINDOWSIZE",
	    .text = "TCP average effective window size" },
	{ "tcpMinWinSz", "U32", AT(win_min), .when = "WINDOWSIZE",
	    .text = "TCP minimum effective window size" },
	{ "tcpMaxWinSz", "U32", AT(win_max), .when = "WINDOWSIZE",
	    .text = "TCP maximum effective window size" },
	{ "tcpWinSzDwnCnt", "U16", AT(win_down), .when = "WINDOWSIZE",
	    .text = "TCP effective window size change down count" },
	{ "tcpWinSzUpCnt", "U16", AT(win_up), .when = "WINDOWSIZE",
	    .text = "TCP effective window size change up count" },
	{ "tcpWinSzChgDirCnt", "U16", AT(win_turns), .when = "WINDOWSIZE",
	    .text = "TCP effective window size direction change count" },
	{ "tcpWinSzThRt", "F", AT(win_ratio), .when = "WINDOWSIZE",
	    .text = "TCP packet count ratio below window size WINMIN threshold" },

	{ "tcpFlags", "H8", AT(flags), .bits = tcpFlags_tcp_bits, .text =
	    "TCP aggregated protocol flags (cwr, ecn, urgent, ack, push, reset, syn, fin)" },
	{ "tcpAnomaly", "H16", AT(anomaly), .bits = tcpFlags_anomaly_bits,
	    .text = "TCP aggregated header anomaly flags" },
	{ "tcpOptPktCnt", "U16", AT(opt_pkts), .text = "TCP options packet count" },
	{ "tcpOptCnt", "U16", AT(opts), .text = "TCP options count" },
	{ "tcpOptions", "H32", AT(options), .bits = tcpFlags_opt_bits,
	    .text = "TCP aggregated options" },
	{ "tcpMSS", "U16", AT(mss), .text = "TCP maximum Segment Length" },
	{ "tcpWS", "U8", AT(ws), .text = "TCP window scale" },

	{ "tcpTmS", "U32", AT(ts_val), .when = "NAT_BT_EST", .text = "TCP time stamp" },
	{ "tcpTmER", "U32", AT(ts_echo), .when = "NAT_BT_EST", .text = "TCP time echo reply" },
	{ "tcpEcI", "F", AT(tick), .when = "NAT_BT_EST",
	    .text = "TCP estimated counter increment" },
	{ "tcpBtm", "TIME", AT(boot), .when = "NAT_BT_EST", .text = "TCP estimated boot time" },

	{ "tcpSSASAATrip", "F", AT(trip), .when = "RTT_ESTIMATE",
	    .text = "TCP trip time SYN, SYN-ACK Destination | SYN-ACK, ACK Source" },
	{ "tcpRTTAckTripMin", "F", AT(rtt_min), .when = "RTT_ESTIMATE",
	    .text = "TCP ACK trip min" },
	{ "tcpRTTAckTripMax", "F", AT(rtt_max), .when = "RTT_ESTIMATE",
	    .text = "TCP ACK trip max" },
	{ "tcpRTTAckTripAve", "F", AT(rtt_ave), .when = "RTT_ESTIMATE",
	    .text = "TCP ACK trip average" },
	{ "tcpRTTAckTripJitAve", "F", AT(jit), .when = "RTT_ESTIMATE",
	    .text = "TCP ACK trip jitter average" },
	{ "tcpRTTSseqAA", "F", AT(rtt_both), .when = "RTT_ESTIMATE",
	    .text = "TCP round trip time SYN, SYN-ACK, ACK | TCP ACK-ACK RTT" },
	{ "tcpRTTAckJitAve", "F", AT(jit_both), .when = "RTT_ESTIMATE",
	    .text = "TCP ACK round trip average jitter" },
	{ .name = NULL }
};

/* hooks ----------------------------------------------------------------------------------- */

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "tcpFlags: out of memory");
		return NULL;
	}
	st->t = t;
	st->conf = (struct conf){
		.rtt = opt[RTT_ESTIMATE].n != 0,
		.window = opt[WINDOWSIZE].n != 0,
		.seq = opt[SEQ_ACK_NUM].n != 0,
		.frag = opt[FRAG_ANALYZE].n != 0,
		.boot = opt[NAT_BT_EST].n != 0,
		.scan = opt[SCAN_DETECTOR].n != 0,
		.sum_seed = opt[CHKSUM_SEED].n != 0,
		.track = opt[SPKTMD_SEQACKREL].n != 0 || opt[SPKTMD_SEQLEN].n != 0,
		.relative = opt[SPKTMD_SEQACKREL].n != 0,
		.pkt_tos = opt[SPKTMD_TOS].n != 0,
		.sum = (uint8_t)opt[IPCHECKSUM].n,
		.win_min = (uint32_t)opt[WINMIN].n,
	};
	return st;
}

static void
flow_new(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct slot *own = slot;
	struct now now = { 0 };

	(void)state;
	(void)f;
	own->fstat = ST_NEW;
	own->ipid_min = IPID_NONE;
	own->rtt_min = RTT_MAX;
	if (p->ipver == 0)
		return;
	own->ttl = own->ttl_min = own->ttl_max = tcpFlags_ttl(p);
	if (p->key.proto != IP_TCP || !pkt_has_l4(p))
		return;
	/* the first packet is then found to repeat its own numbers */
	tcpFlags_tcp_read(&now, p);
	own->seq = now.seq;
	own->ack = now.ack;
	own->seglen = now.l7;
}

static void
tcp(const struct visit *v)
{
	tcpFlags_tcp(v);
	if (unlikely(v->st->conf.track))
		tcpFlags_pkt(v);
}

static void
packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct state *st = state;
	struct slot *own = slot;
	struct visit v = {
		.st = st, .f = f, .p = p, .own = own, .other = flow_opp_slot(f, slot),
		.first = f->npkts == 1,
	};

	st->now = (struct now){ 0 };
	if (p->ipver == 0)
		return;
	v.iat = v.first ? 0 : ns_between(own->last, p->ts);
	tcpFlags_ip(&v);
	if (st->conf.sum > 0)
		tcpFlags_sum(&v);
	if (st->conf.rtt)
		tcpFlags_rtt(&v);
	if (p->key.proto == IP_TCP && pkt_has_l4(p))
		tcp(&v);
	own->ipflags |= st->now.ipflags;
	st->now.fstat = own->fstat;
	own->fstat = (uint16_t)(own->fstat & ~ST_NEW);
	own->last = p->ts;
}

static bool
looks_scanning(const struct slot *s)
{
	return (s->flags & (TH_SYN | TH_RST)) != 0 || (s->anomaly & AN_SCAN) != 0;
}

/* A few packets that open or reset are a scan, a successful one if somebody answered. */
static void
scan_judge(struct state *st, struct slot *own, struct slot *other)
{
	if (other == NULL) {
		if (own->ntcp < SCAN_LONE && looks_scanning(own)) {
			own->fstat |= ST_SCAN;
			st->scans++;
		}
		return;
	}
	if ((other->fstat & ST_SCAN_OK) != 0 || own->ntcp >= SCAN_PAIR ||
	    other->ntcp >= SCAN_PAIR)
		return;
	if (((own->flags & (TH_SYN | TH_RST)) != 0 &&
	    (other->anomaly & (AN_SYN_ACK | AN_RST_ACK)) != 0) || (own->anomaly & AN_SCAN) != 0) {
		own->fstat |= ST_SCAN_OK;
		other->fstat |= ST_SCAN_OK;
		st->scans_ok++;
	}
}

static void
flow_end(void *state, void *slot, struct flow *f)
{
	struct state *st = state;
	struct slot *own = slot, *other = flow_opp_slot(f, slot);

	st->ipflags |= own->ipflags;
	st->anomaly |= own->anomaly;
	/* not in the report's aggregate: it never had it */
	if (st->conf.frag && (f->stat & FS(FRAGERR)) != 0)
		own->ipflags |= IPF_FRAG_SEQ;
	if (st->conf.rtt)
		tcpFlags_rtt_end(f, own, other);
	if (own->ntcp == 0)
		return;
	if (st->conf.seq)
		tcpFlags_seq_end(own);
	if (st->conf.boot)
		tcpFlags_boot(own);
	if (st->conf.scan)
		scan_judge(st, own, other);
	own->win_ratio = (float)own->win_low / (float)own->ntcp;
}

static void
report(void *state, FILE *out)
{
	const struct state *st = state;
	char a[32], b[32], c[32];

	if (st->ipflags != 0)
		fprintf(out, "tcpFlags: Aggregated ipFlags: 0x%04x\n", st->ipflags);
	if (st->anomaly != 0)
		fprintf(out, "tcpFlags: Aggregated tcpAnomaly: 0x%04x\n", st->anomaly);
	if (st->scans + st->scans_ok + st->retries > 0)
		fprintf(out, "tcpFlags: Number of TCP scans, succ scans, retries: "
		    "%" PRIu64 "%s, %" PRIu64 "%s, %" PRIu64 "%s\n",
		    st->scans, fmt_human(a, sizeof(a), st->scans),
		    st->scans_ok, fmt_human(b, sizeof(b), st->scans_ok),
		    st->retries, fmt_human(c, sizeof(c), st->retries));
	if (st->win_low > 0)
		fprintf(out, "tcpFlags: Number WinSz below %" PRIu32 ": %" PRIu64 "%s%s\n",
		    st->conf.win_min, st->win_low, fmt_human(a, sizeof(a), st->win_low),
		    fmt_percent(b, sizeof(b), (double)st->win_low, (double)st->ntcp));
}

static void
fini(void *state)
{
	free(state);
}

static const struct moncol moncols[] = {
	{ .name = "tcpScan", .off = offsetof(struct state, scans),
	  .text = "flows that look like TCP scans" },
	{ .name = "tcpSuccScan", .off = offsetof(struct state, scans_ok),
	  .text = "TCP scans that found an open port" },
	{ .name = "tcpRetries", .off = offsetof(struct state, retries),
	  .text = "TCP packets that were sent again" },
	{ .name = NULL }
};

PLUGIN(tcpFlags) = {
	PLUGIN_HEAD,
	.name = "tcpFlags",
	.version = T2_VERSION,
	.order = 130,
	.about = "IP and TCP header anomalies, checksums, fragments, sequence and window "
	    "statistics, round trips and scans.",
	.opts = opts,
	.reads_opposite = true,
	.flow_size = sizeof(struct slot),
	.hot_size = offsetof(struct slot, ts_first),
	.cols = cols,
	.pktcols = tcpFlags_pktcols,
	.watches = watches,
	.moncols = moncols,
	.init = init,
	.flow_new = flow_new,
	.packet = packet,
	.flow_end = flow_end,
	.report = report,
	.fini = fini,
};
