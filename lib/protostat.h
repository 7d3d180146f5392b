/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * protostat.h - packets and bytes by protocol: what plugins/protoStats.c and cmd/t2proto.c share.
 */
#ifndef PROTOSTAT_H
#define PROTOSTAT_H

#include "t2.h"
#include "names.h"

/* protostat.c ----------------------------------------------------------------------------- */

enum protostat_port { PORT_TCP, PORT_UDP, PORT_UDPLITE, PORT_SCTP, PORT_N };
enum { TYPES = 65536, PROTOCOLS = 256, PORTS = 65536, TABLES = 2 + PORT_N };

struct tally {
	uint64_t pkts, bytes;           /* bytes as captured */
};
struct protostat {
	bool ether, udplite, sctp;      /* tables to print */
	bool wide;                      /* print bytes too */
	uint64_t last;                  /* number of the packet that was counted last */
	const char *files[3];           /* lists of ethertypes, protocols, ports; NULL usual ones */
	struct tally type[TYPES];       /* by innermost ethertype, or LLC DSAP and SSAP */
	struct tally proto[PROTOCOLS];  /* by IP protocol */
	struct tally port[PORT_N][PORTS];       /* by the server's port */
};

struct protostat_table {                /* one table as it prints */
	const char *layer;              /* ether, ip, tcp, udp, udplite, sctp */
	const struct tally *v;          /* n rows by number */
	uint32_t n;
	uint64_t whole;                 /* packets that percentages refer to */
	enum names_kind kind;           /* of the names of its numbers */
	uint8_t proto;                  /* of ports */
};
struct protostat_names {                /* NULL: no list, no names */
	struct names *by_kind[NAMES_ETHER + 1];
};

/* p went to flow f. */
void protostat_count(struct protostat *s, const struct flow *f, const struct pkt *p);
/* The tables that s prints; returns their number. */
int protostat_tables(const struct protostat *s, const struct totals *tot,
    struct protostat_table v[TABLES]);
/* Reads the name lists, as far as they are there. */
void protostat_names_get(struct protostat_names *n, const struct protostat *s, struct t2 *t);
void protostat_names_close(struct protostat_names *n);
/* The name of a number of a table; false, and an empty one, if it has none. */
bool protostat_name(const struct protostat_names *n, const struct protostat_table *v,
    uint32_t number, struct name *out);
/* The text of PREFIX_protocols.txt. */
void protostat_print(const struct protostat *s, struct t2 *t, FILE *f);

static inline double
protostat_percent(const struct protostat_table *v, uint32_t number)
{
	return v->whole > 0 ? 100 * (double)v->v[number].pkts / (double)v->whole : 0;
}

#endif
