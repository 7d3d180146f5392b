/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * icmpDecode.h - what the files of the plugin icmpDecode share.
 */
#ifndef ICMPDECODE_H
#define ICMPDECODE_H

#include "t2.h"

enum icmp_version { ICMP4, ICMP6 };     /* RFC 792, RFC 4443 */

enum {                                  /* message types */
	ECHO4_REPLY = 0, UNREACH4 = 3, QUENCH4 = 4, REDIRECT4 = 5, ECHO4_REQUEST = 8,
	EXCEEDED4 = 11,
	UNREACH6 = 1, TOO_BIG6 = 2, EXCEEDED6 = 3, PARAMETER6 = 4,
	ECHO6_REQUEST = 128, ECHO6_REPLY = 129,
};

enum { CODES = 16 };                    /* codes told apart */

struct icmp_count {                     /* messages of one ICMP version */
	uint64_t type[256];             /* by type */
	uint64_t code[256][CODES];      /* by type and code; higher codes are not counted */
};

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

/* icmpDecode_parent.c: the living flow whose packet the error message p quotes, or NULL. */
struct flow *icmp_parent(struct t2 *t, const struct pkt *p, enum icmp_version v, uint8_t type);

/* icmpDecode_stats.c: the end report and the text of the statistics file. */
void icmp_report(const struct icmp_count count[2], const struct totals *tot, FILE *out);
void icmp_print(const struct icmp_count count[2], const struct totals *tot, const char *nocode,
    FILE *out);

#endif
