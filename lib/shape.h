/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shape.h - what shape.c and shape_sctp.c share: flows that are not made as usual.
 */
#ifndef T2_SHAPE_H
#define T2_SHAPE_H

#include "priv.h"

struct sctp;                            /* associations: shape_sctp.c */
struct shape {
	int64_t limit;                  /* FDURLIMIT, ns, 0 none */
	bool same_index;                /* FDLSFINDEX */
	unsigned aggregate;             /* AGGREGATIONFLAG */
	struct range {
		uint16_t low, high;
	} sport, dport;
	const struct flow_key *real;    /* the packet's key before aggregation */
	struct geo *geo;                /* labels, NULL: networks are not asked for */
	uint8_t src4[16], dst4[16], src6[16], dst6[16]; /* masks */
	struct sctp *sctp;              /* SCTP_ACTIVATE, NULL off */
	uint64_t keep;                  /* index for the next pair, 0 a new one */
	uint64_t keep_stat;             /* and its first status bits */
};

/* p's key is final: hashes it and gives p to its flow, unless that is too old. */
void shape_deliver(struct t2 *t, struct pkt *p);

/* 0 and *s, NULL if SCTP_ACTIVATE=0; -1 with err. */
int sctp_init(struct t2 *t, struct sctp **s);
void sctp_free(struct sctp *s);
/* p, of SCTP and not a later fragment, goes to the flows of its streams. */
void sctp_packet(struct t2 *t, struct sctp *s, struct pkt *p);
/* The index for a new flow: that of its association, or the flow's own. */
void sctp_flow_new(struct sctp *s, struct t2 *t, struct flow *f);
void sctp_flow_gone(struct sctp *s, const struct flow *f);

#endif
