/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pkt.h - one dissected packet, as dissect.c fills it and plugins see it; a part of t2.h.
 */
#ifndef T2_PKT_H
#define T2_PKT_H

#include <stdbool.h>
#include <stdint.h>

#include "cur.h"

struct flow;
struct proto;

enum fs_bit {                           /* flowStat, bit numbers; texts in plugins/basicFlow.c */
	FS_INVERTED = 0, FS_NOETH = 1, FS_L2 = 2, FS_PPPOED = 3, FS_PPPOES = 4, FS_LLDP = 5,
	FS_ARP = 6, FS_RARP = 7, FS_VLAN = 8, FS_MPLS_U = 9, FS_MPLS_M = 10, FS_L2TP = 11,
	FS_GRE = 12, FS_PPP = 13, FS_IPV4 = 14, FS_IPV6 = 15, FS_IPVX = 16, FS_IPIP = 17,
	FS_ETHIP = 18, FS_TEREDO = 19, FS_AYIYA = 20, FS_GTP = 21, FS_VXLAN = 22,
	FS_CAPWAP = 23, FS_SCTP = 24, FS_SSDP = 25, FS_ERSPAN = 26, FS_WCCP = 27, FS_RTP = 28,
	FS_GENEVE = 29, FS_AH = 30, FS_ESP = 31, FS_L2SNAP = 32, FS_L3SNAP = 33,
	FS_L3HDRSNAP = 34, FS_L4HDRSNAP = 35, FS_FRAG = 36, FS_FRAGERR = 37, FS_FRAGHEAD = 38,
	FS_FRAGPEND = 39, FS_TIMEOUT = 40, FS_REMOVED = 41, FS_EVICTED = 42, FS_STOP = 43,
	FS_DUPIPID = 44, FS_PPPCOMP = 45, FS_BADIHL = 46, FS_LENCAP = 47, FS_HDOVER = 48,
	FS_ALARM = 49, FS_LAND = 50, FS_TIMEJUMP = 51, FS_TOR = 56, FS_VLAN0 = 57,
	FS_DTLS = 61, FS_SAMEIND = 62, FS_BIGPKT = 63,
};
#define FS(bit) (UINT64_C(1) << FS_##bit)

enum { ETHER_IPV4 = 0x0800, ETHER_ARP = 0x0806, ETHER_IPV6 = 0x86dd };
enum {
	IP_ICMP = 1, IP_IGMP = 2, IP_TCP = 6, IP_UDP = 17, IP_ICMP6 = 58, IP_SCTP = 132,
	IP_UDPLITE = 136
};

struct layer {                          /* one header of the stack, outermost first */
	const struct proto *proto;      /* its name, lib/proto */
	uint32_t value;                 /* the number in UNK(..), else 0 */
	uint32_t count;                 /* of equal neighbours: vlan{2} */
};
enum { LAYER_MAX = 48 };                /* more cannot be printed in 127 characters */

struct flow_key {                       /* 56 bytes, compared as a whole; unused parts are 0 */
	uint8_t src[16], dst[16];       /* network order; IPv4 in the first 4 bytes */
	uint16_t sport, dport;
	uint16_t vlan;                  /* innermost tag, 12 bits */
	uint16_t ethertype;             /* of the innermost IP header, or of the L2 frame */
	uint8_t proto;                  /* IP protocol, 0 for L2 flows */
	uint8_t pad;                    /* always 0 */
	uint16_t stream;                /* of SCTP, with SCTP_ACTIVATE=1 or 3 */
	uint8_t smac[6], dmac[6];       /* L2 flows, and all with ETH_ACTIVATE=2; the association
	                                 * in both with SCTP_ACTIVATE=2 or 3 */
};

enum pkt_seen {                         /* headers met anywhere in the packet, for the report */
	SEEN_LLC = 1, SEEN_GRE = 2, SEEN_TEREDO = 4, SEEN_AYIYA = 8, SEEN_VLAN = 16,
	SEEN_MPLS = 32, SEEN_PPP = 64, SEEN_L2TP = 128, SEEN_ETH = 256, SEEN_ARP = 512,
	SEEN_RARP = 1024,
	SEEN_UNKNOWN = 2048,            /* a link type without decoder */
	SEEN_OUTER4 = 4096, SEEN_OUTER6 = 8192, /* outside of an IP header of the other version */
};

enum pkt_frag { FRAG_NONE, FRAG_FIRST, FRAG_LATER };

/*
 * Offsets count from the first byte of the frame and may lie beyond caplen: read through
 * pkt_cur() only.  Everything is filled by dissect(); plugins never write.
 */
struct pkt {
	const uint8_t *data;            /* the frame, caplen bytes */
	int64_t ts;                     /* ns */
	uint64_t num;                   /* number in the run, from 1 */
	uint64_t off;                   /* of its record in the capture file, reclen bytes */
	uint32_t caplen, wirelen;       /* bytes captured, bytes on the wire */
	uint32_t linktype;              /* LINKTYPE_ number of the frame */
	uint32_t hash;                  /* of key */
	uint32_t reclen;                /* see off */
	struct flow *guess;             /* engine: very likely its flow; NULL none */
	uint64_t stat;                  /* FS() bits of this packet */
	struct flow_key key;
	/* from here to mf zeroed before dissection */
	uint32_t seen;                  /* SEEN_ bits */
	uint32_t nhdr;                  /* number of headers (numHdrs) */
	uint32_t iphl;                  /* IP header with options or extension headers, bytes */
	uint32_t iplen;                 /* IPv4 total length; IPv6 payload length + 40 */
	uint32_t l4hl;                  /* layer 4 header length as counted by PACKETLENGTH */
	uint32_t ipid;                  /* IPv4 id, or id of the IPv6 fragment header */
	uint32_t off_hbh, off_dst;      /* IPv6 option headers, 0 none */
	uint32_t off_fraghdr;           /* IPv6 fragment header, 0 none */
	uint16_t nlayer;                /* used entries of layer[] */
	uint16_t nvlan, nmpls;          /* tags and labels in the whole packet */
	uint16_t fragoff;               /* fragment offset, 8-byte units */
	uint8_t ipver;                  /* 4, 6, or 0 for an L2 packet */
	uint8_t frag;                   /* enum pkt_frag */
	bool macs;                      /* dmac and smac are the frame's addresses */
	bool noflow;                    /* nothing to hang a flow on */
	bool mf;                        /* more fragments */
	uint32_t l2;                    /* the Ethernet-like header in front of l3 */
	uint32_t dmac, smac;            /* its destination and source address, 6 bytes each */
	uint32_t l3, l4, l7;            /* innermost IP header, its payload, application data */
	uint32_t len;                   /* the size that statistics count (PACKETLENGTH) */
	uint32_t l7len;                 /* payload by the headers' lengths */
	uint32_t off_vlan, off_mpls;    /* first tag (its TCI), first label; valid if seen */
	uint32_t off_ppp, off_l2tp, off_gre, off_teredo; /* these headers; valid if seen */
	uint32_t off_outer;             /* IP header in front of the last tunnel; with these */
	struct layer layer[LAYER_MAX];
};

/* A cursor at offset off of the frame; reads behind caplen give 0 and set .cut. */
static inline struct cur
pkt_cur(const struct pkt *p, uint32_t off)
{
	const uint8_t *e = p->data + p->caplen;

	return (struct cur){ off < p->caplen ? p->data + off : e, e, false };
}

/* Captured bytes from offset off on. */
static inline uint32_t
pkt_avail(const struct pkt *p, uint32_t off)
{
	return off < p->caplen ? p->caplen - off : 0;
}

/* TCP and the like are read in unfragmented packets and first fragments only. */
static inline bool
pkt_has_l4(const struct pkt *p)
{
	return p->ipver != 0 && p->frag != FRAG_LATER;
}

#endif
