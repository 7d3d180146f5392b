/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * icmpstat.h - messages by type and code: what plugins/icmpDecode.c and cmd/t2icmp.c share.
 */
#ifndef ICMPSTAT_H
#define ICMPSTAT_H

#include "t2.h"

/* icmpstat.c ------------------------------------------------------------------------------ */

enum icmp_version { ICMP4, ICMP6 };     /* RFC 792, RFC 4443 */

enum {                                  /* message types */
	ECHO4_REPLY = 0, UNREACH4 = 3, QUENCH4 = 4, REDIRECT4 = 5, ECHO4_REQUEST = 8,
	EXCEEDED4 = 11,
	UNREACH6 = 1, TOO_BIG6 = 2, EXCEEDED6 = 3, PARAMETER6 = 4,
	ECHO6_REQUEST = 128, ECHO6_REPLY = 129,
};

struct icmp_count {                     /* messages of one ICMP version */
	uint64_t type[256];             /* by type */
	uint64_t code[256][256];        /* by type and code */
};

static inline bool
icmp_is(const struct flow_key *k)
{
	return k->proto == IP_ICMP || k->proto == IP_ICMP6;
}

static inline enum icmp_version
icmp_version(const struct flow_key *k)
{
	return k->proto == IP_ICMP ? ICMP4 : ICMP6;
}

static inline uint8_t
icmp_request(enum icmp_version v)
{
	return v == ICMP4 ? ECHO4_REQUEST : ECHO6_REQUEST;
}

static inline uint8_t
icmp_reply(enum icmp_version v)
{
	return v == ICMP4 ? ECHO4_REPLY : ECHO6_REPLY;
}

/* All packets of an ICMP version, fragments included. */
static inline uint64_t
icmpstat_packets(const struct totals *tot, enum icmp_version v)
{
	return tot->proto_pkts[v == ICMP4 ? IP_ICMP : IP_ICMP6];
}

static inline void
icmpstat_count(struct icmp_count *c, uint8_t type, uint8_t code)
{
	c->type[type]++;
	c->code[type][code]++;
}

/* "ICMP" or "ICMPv6" */
const char *icmpstat_version(enum icmp_version v);
/* The names of a message; "" for those without. */
void icmpstat_name(enum icmp_version v, uint8_t type, uint8_t code, const char **name,
    const char **code_name);
double icmpstat_echo_ratio(const struct icmp_count *c, enum icmp_version v);
/* The lines of the end report. */
void icmpstat_report(const struct icmp_count count[2], const struct totals *tot, FILE *out);
/* The text of PREFIX_icmpStats.txt; nocode: the code of messages without one. */
void icmpstat_print(const struct icmp_count count[2], const struct totals *tot,
    const char *nocode, FILE *out);

#endif
