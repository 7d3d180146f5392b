/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * connStat.h - what the files of the plugin connStat share.
 */
#ifndef CONNSTAT_H
#define CONNSTAT_H

#include "t2.h"

enum { CS_HSDRM, CS_SDIPMAX, CS_GEOLOC, CS_SIP_ALARM, CS_DIP_ALARM, CS_SDIP_ALARM, CS_DPRT_ALARM };

struct peak {                           /* the host with most peers ever */
	uint8_t addr[16];               /* network order; IPv4 in the first 4 bytes */
	uint8_t ipver;                  /* 4 or 6 */
	uint32_t peers;
};

struct tables {                         /* of one IP version */
	struct table *src;              /* host -> destinations with a live record */
	struct table *dst;              /* host -> sources with a live record */
	struct table *pair;             /* source, destination -> live records */
	struct table *port;             /* source, destination port -> live records */
};

struct state {                          /* of the run */
	struct t2 *t;
	const struct optval *opt;       /* by the enum above */
	struct tables v4, v6;
	uint64_t nsrc, ndst;            /* entries ever made in src and dst */
	uint64_t nflows;
	uint32_t pair_max, port_max;    /* largest counters ever */
	struct peak src_max, dst_max;
	struct geo *geo;                /* names countries, or NULL */
	bool full;                      /* out of memory: counting ended */
};

/* connStat_report.c */
void connStat_report(void *state, FILE *out);
extern const struct moncol connStat_moncols[];

#endif
