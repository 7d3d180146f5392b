/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicStats.h - what the files of the plugin basicStats share.
 */
#ifndef BASICSTATS_H
#define BASICSTATS_H

#include "t2.h"

enum { STD_RUNNING, STD_POPULATION, STD_SAMPLE };

struct series {                         /* one quantity over the packets of a flow */
	float mean, var;
	float min, max;
};

struct slot {
	int64_t last;                   /* time of the previous packet, ns */
	uint64_t bytes;                 /* sum of the sizes */
	uint64_t raw;                   /* sum of the wire lengths */
	uint64_t n;                     /* packets in the statistics */
	struct series size, iat;        /* bytes; seconds */
};

struct talker {
	uint64_t amount;
	uint8_t addr[16], version;
};

struct state {
	struct t2 *t;
	struct geo *geo;                /* for the report's countries, or NULL */
	bool sizes, iats;               /* series that some column shows */
	int std, xcld;
	uint32_t xmin, xmax;
	bool talker_snap;
	struct talker packets, bytes;
};

extern const struct col basicStats_cols[];      /* basicStats_cols.c */
extern const struct watch basicStats_watches[];
extern const struct pktcol basicStats_pktcols[];        /* basicStats_pkt.c */

#endif
