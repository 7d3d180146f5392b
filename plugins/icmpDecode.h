/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * icmpDecode.h - what the files of the plugin icmpDecode share.
 */
#ifndef ICMPDECODE_H
#define ICMPDECODE_H

#include "t2.h"
#include "icmpstat.h"

/* icmpDecode_parent.c: the living flow whose packet the error message p quotes, or NULL. */
struct flow *icmp_parent(struct t2 *t, const struct pkt *p, enum icmp_version v, uint8_t type);

/* icmpDecode.c: the flow index that the current message quotes, 0 none. */
uint64_t icmp_pkt_parent(const void *state);

extern const struct pktcol icmp_pktcols[];      /* icmpDecode_pkt.c */

#endif
