/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags.h - what the files of the plugin tcpFlags share.
 *
 * A packet passes the files in this order: tcpFlags.c (hooks, columns, scans, report), _ip.c
 * (TTL, id, fragments, options), _sum.c (checksums), _rtt.c (round trips), then, for TCP, _tcp.c
 * (flags, window), _opt.c (options, boot time) and _seq.c (sequence numbers).  _bits.c holds the
 * bit tables, _pkt.c the columns of packet records.
 */
#ifndef TCPFLAGS_H
#define TCPFLAGS_H

#include "t2.h"

enum {                                  /* flags byte of the TCP header, RFC 9293 section 3.1 */
	TH_FIN = 0x01, TH_SYN = 0x02, TH_RST = 0x04, TH_PSH = 0x08, TH_ACK = 0x10, TH_URG = 0x20,
	TH_STATE = TH_FIN | TH_SYN | TH_RST | TH_ACK,   /* those that open and close */
};

enum {                                  /* tcpFStat */
	ST_NEW = 0x0001, ST_SCAN = 0x0002, ST_SCAN_OK = 0x0004, ST_TS_SEEN = 0x0008,
	ST_TS_INIT = 0x0010, ST_ACK_LOSS = 0x0020, ST_WIN = 0x0040, ST_WIN_UP = 0x0080,
	ST_L4SUM = 0x0100, ST_COVERAGE = 0x0200,
};

enum {                                  /* ipFlags */
	IPF_OPT_BAD = 0x0001, IPF_ID_ORDER = 0x0002, IPF_ID_ROLL = 0x0004,
	IPF_FRAG_SMALL = 0x0008, IPF_FRAG_RANGE = 0x0010, IPF_MF = 0x0020, IPF_DF = 0x0040,
	IPF_RESERVED = 0x0080, IPF_FRAG_POS = 0x0100, IPF_FRAG_SEQ = 0x0200,
	IPF_L3SUM = 0x0400, IPF_L4SUM = 0x0800, IPF_SNAP = 0x1000, IPF_IAT_0 = 0x2000,
	IPF_IAT_NEG = 0x4000, IPF_SYN_L7 = 0x8000,
};

enum {                                  /* tcpAnomaly */
	AN_FIN_ACK = 0x0001, AN_SYN_ACK = 0x0002, AN_RST_ACK = 0x0004, AN_SYN_FIN = 0x0008,
	AN_SYN_FIN_RST = 0x0010, AN_FIN_RST = 0x0020, AN_NULL = 0x0040, AN_XMAS = 0x0080,
	AN_OPT_BAD = 0x0100, AN_SYN_RETRY = 0x0200, AN_SEQ_RETRY = 0x0400,
	AN_SEQ_ORDER = 0x0800, AN_SEQ_MESS = 0x1000, AN_SEQ_JUMP = 0x2000,
	AN_ACK_ORDER = 0x4000, AN_ACK_DUP = 0x8000,
};

struct track {                          /* TCP numbers for packet records, if asked for */
	uint32_t seq, ack;              /* of the previous packet */
	uint32_t first, ack_first;      /* of the first packet */
	uint32_t next;                  /* highest number that was to come next */
	uint8_t flags;                  /* of the previous packet */
	bool seen, acked;               /* there was a packet, one with an acknowledgement */
	uint64_t seq_sum, ack_sum;      /* progress of both numbers, bytes */
	uint64_t payload;               /* sum, bytes */
	uint64_t flight;                /* payload since the opposite's last ack, bytes */
};

/* Per flow direction: first what all IP packets touch, then what TCP packets do, then the rest. */
struct slot {
	int64_t last;                   /* time of the previous packet, ns */
	float trip;                     /* from the opposite's SYN to our answer, s */
	float rtt_min, rtt_max;         /* since the opposite's last packet, s */
	float rtt_ave, rtt_var;         /* running mean, s, and variance, s^2 */
	uint16_t fstat, ipflags;        /* ST_, IPF_ bits */
	uint16_t ipid;                  /* of the previous packet */
	uint16_t ipid_min, ipid_max;    /* differences */
	uint8_t ttl, ttl_min, ttl_max;  /* ttl of the previous packet */
	uint8_t tos;                    /* OR of all */
	bool syn_open;                  /* sent a SYN, nothing went either way since */

	uint8_t flags;                  /* OR of the TCP flags */
	uint8_t ws;                     /* window scale, a shift */
	uint8_t ttl_changes;            /* wraps at 256 */
	uint16_t anomaly;               /* AN_ bits */
	uint16_t seq_ok, seq_faults;    /* packets; wrap at 65536, like all 16-bit counters */
	uint16_t ack_ok, ack_faults;
	uint32_t seq;                   /* start of the last segment, +1 for SYN or FIN */
	uint32_t ack;                   /* last acknowledgement number */
	/* so far one cache line, with all that packets of the opposite direction read */
	uint16_t opt_pkts, opts;        /* packets with TCP options; options */
	uint32_t seglen;                /* payload of the last segment, bytes */
	uint32_t ntcp;                  /* TCP packets */
	uint32_t win_last;              /* scaled, bytes */
	float win_ave;                  /* smoothed, bytes */
	uint64_t seq_bytes, ack_bytes;  /* steps of seq and ack summed up, bytes */
	uint32_t options;               /* TCP option kinds seen */
	uint32_t ts_val, ts_echo;       /* timestamp option: last value, echo of the highest */
	uint32_t ts_high;               /* highest value */
	int64_t ts_end;                 /* its time, ns */
	uint16_t win_down, win_up, win_turns;
	uint16_t mss;                   /* last seen, bytes */
	uint32_t win_init, win_min, win_max;    /* scaled, bytes */
	uint32_t win_low;               /* packets below WINMIN */

	uint32_t ts_first;              /* first timestamp */
	int64_t ts_begin;               /* its time, ns */
	uint16_t frag_next;             /* expected fragment offset, 8-byte units */
	uint16_t frag_field, frag_sum;  /* checksum found, running sum (CHKSUM_SEED) */
	bool frag_head;                 /* both are valid */
	uint8_t opt4_class;             /* IPv4 options, bit (kind >> 5) */
	uint32_t opt4_nums;             /* bit (kind & 31) */
	uint32_t opt6_types[2];         /* IPv6 options hop-by-hop, destination: bit (type & 31) */
	uint16_t opt6_count[2];
	uint16_t opt4_count;
	struct track track;             /* untouched unless conf.track */

	/* results of flow_end */
	float tick;                     /* tcpEcI, s */
	int64_t boot;                   /* tcpBtm, ns */
	float rtt_both, jit_both;       /* tcpRTTSseqAA, tcpRTTAckJitAve, s */
	float jit, win_ratio;           /* tcpRTTAckTripJitAve, s; tcpWinSzThRt */
};

struct conf {                           /* the options */
	bool rtt, window, seq, frag, boot, scan;
	bool sum_seed;                  /* CHKSUM_SEED */
	bool track;                     /* packet records need struct track */
	bool relative, pkt_tos;         /* SPKTMD_SEQACKREL, SPKTMD_TOS */
	uint8_t sum;                    /* IPCHECKSUM: 1 IP header, 2 layer 4 too */
	uint32_t win_min;               /* WINMIN, bytes */
};

struct now {                            /* facts of the current packet */
	uint16_t ipflags, fstat, anomaly;
	uint16_t ipid_diff;             /* mod 65536 */
	uint16_t ip_sum, ip_cal;        /* IPv4 checksum found, computed */
	uint16_t l4_sum, l4_cal;        /* layer 4 checksum found, computed */
	uint8_t flags;                  /* TCP flags */
	uint8_t hl;                     /* TCP header length, bytes */
	uint16_t win_raw;               /* window field */
	uint32_t win;                   /* scaled, bytes */
	uint32_t seq, ack;
	int32_t seq_diff, ack_diff;     /* against the previous packet, 0 if not compared */
	uint32_t l7, l7cap;             /* TCP payload by the headers, captured; bytes */
	uint32_t seq_max;               /* struct track's next before this packet */
	uint32_t seq_len, ack_len;      /* progress of the numbers, bytes */
};

struct state {                          /* of the run */
	struct t2 *t;
	struct conf conf;
	struct now now;
	uint64_t scans, scans_ok, retries;      /* flows, pairs, packets */
	uint64_t ntcp, win_low;         /* TCP packets, those with a low window */
	uint16_t ipflags, anomaly;      /* OR over the written flows */
};

struct visit {                          /* a packet on its way through the files */
	struct state *st;
	struct flow *f;
	const struct pkt *p;
	struct slot *own, *other;       /* other: of the opposite direction, or NULL */
	int64_t iat;                    /* since the previous packet of the direction, ns */
	bool first;                     /* of the direction */
};

/* From b to a in ns; times of a damaged capture may be anything, and then so may this. */
static inline int64_t
ns_between(int64_t b, int64_t a)
{
	return (int64_t)((uint64_t)a - (uint64_t)b);
}

/* tcpFlags_ip.c */
uint8_t tcpFlags_ttl(const struct pkt *p);
void tcpFlags_ip(const struct visit *v);
/* tcpFlags_ends.c */
uint32_t tcpFlags_ends(const struct pkt *p, uint8_t ends[32]);   /* returns their bytes: 8, 32 */
/* tcpFlags_sum.c */
void tcpFlags_sum(const struct visit *v);
/* tcpFlags_rtt.c */
void tcpFlags_rtt(const struct visit *v);
void tcpFlags_rtt_tcp(const struct visit *v);
void tcpFlags_rtt_end(const struct flow *f, struct slot *own, const struct slot *other);
/* tcpFlags_tcp.c */
void tcpFlags_tcp_read(struct now *now, const struct pkt *p);
void tcpFlags_tcp(const struct visit *v);
/* tcpFlags_opt.c */
void tcpFlags_opt(const struct visit *v);
void tcpFlags_boot(struct slot *own);
/* tcpFlags_seq.c */
void tcpFlags_seq(const struct visit *v);
void tcpFlags_seq_end(struct slot *own);
/* tcpFlags_pkt.c */
void tcpFlags_pkt(const struct visit *v);
extern const struct pktcol tcpFlags_pktcols[];
/* tcpFlags_bits.c */
extern const struct bit tcpFlags_fstat_bits[], tcpFlags_ip_bits[], tcpFlags_tcp_bits[],
    tcpFlags_anomaly_bits[], tcpFlags_opt_bits[], tcpFlags_opt4_bits[], tcpFlags_opt6_bits[];

#endif
