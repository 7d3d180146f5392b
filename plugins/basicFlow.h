/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicFlow.h - what basicFlow.c (collects), basicFlow_cols.c and basicFlow_pkt.c (print) share.
 */
#ifndef BASICFLOW_H
#define BASICFLOW_H

#include "t2.h"

enum {
	BFO_SENSORID, BFO_HDRDESC_PKTCNT, BFO_MAC, BFO_ETHERTYPE, BFO_VLAN, BFO_MPLS, BFO_PPP,
	BFO_L2TP, BFO_GRE, BFO_TEREDO, BFO_SUBNET_TEST, BFO_SUBNET_TEST_L2TP,
	BFO_SUBNET_TEST_GRE, BFO_SUBNET_TEST_TEREDO, BFO_SUBNET_ASN, BFO_SUBNET_LL,
	BFO_SUBNET_HEX, BFO_MAX_HDRDESC, BFO_MAX_MAC, BFO_MAX_MPLS, BFO_MAX_VLAN, BFO_WHOLEN,
	BFO_PKT_TRIP,
	BFO_N
};
enum { LIST_MAX = 16, TAG_MAX = 8 };

struct label {                          /* of the address that was asked last */
	uint8_t addr[16];
	uint8_t version;                /* 0: none yet */
	struct geo_label l;
};

struct state {
	struct t2 *t;
	struct geo *geo;                /* NULL with BFO_SUBNET_TEST=0 */
	bool raw_mac;                   /* option RAW_MAC of the core */
	uint32_t sensor;
	int64_t opt[BFO_N];
	struct label label[2];          /* source, destination: columns come in groups */
};

struct more {                           /* list entries behind the first */
	struct desc *desc[LIST_MAX];
	uint64_t ndesc_pkts[LIST_MAX + 1];      /* packets by description, [0] unused */
	uint8_t smac[LIST_MAX][6], dmac[LIST_MAX][6];
};

struct extra {                          /* tags and tunnel headers of the first packet */
	uint32_t vlan[TAG_MAX];         /* tag in the upper half, type behind it in the lower */
	uint32_t mpls[TAG_MAX];         /* whole entries */
	uint8_t nvlan, nmpls;
	uint16_t l2tp_head, l2tp_tid, l2tp_sid;
	uint32_t l2tp_ccsid;
	uint8_t l2tp_src[4], l2tp_dst[4];
	uint32_t ppp, gre;              /* first four bytes of these headers */
	uint8_t gre_src[4], gre_dst[4];
	uint8_t trdo_ip[4];
	uint16_t trdo_port;
};

struct slot {
	struct desc *desc;              /* first header description */
	uint64_t desc_pkts;             /* packets with it */
	struct more *more;              /* NULL: lists have one entry at most */
	struct extra *extra;            /* NULL: no tags, no tunnel */
	uint8_t smac[6], dmac[6];       /* first addresses */
	uint8_t ndesc, nsmac, ndmac;    /* entries of the lists */
};

/* basicFlow.c: the label of an address, from memory if it was the last one asked in this place
 * (0 source, 1 destination); the bytes of its organisation that print, cut between characters. */
const struct geo_label *basicflow_label(struct state *st, int place, uint8_t version,
    const uint8_t *addr);
size_t basicflow_wholen(const struct state *st, const struct geo_label *l);
extern const struct col basicflow_cols[];
extern const struct pktcol basicflow_pktcols[];
extern const struct bit flowstat_bits[];

#endif
