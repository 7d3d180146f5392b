/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_ends.c - the addresses that a layer 4 checksum covers: where a packet comes from and
 * where it goes in the end.
 *
 * Those of the IP header, but for a packet on a source route the last address of the route (RFC
 * 8200 section 8.1; IPv4 hosts do alike), and for a mobile node its home address (RFC 6275
 * section 6.1.7).  Taken from the packet, as those of the flow may be aggregated.
 */
#include "tcpFlags.h"

enum { HEAD4 = 20, HEAD6 = 40, ADDR4 = 4, ADDR6 = 16 };
enum { OPT_END = 0, OPT_NOP = 1, OPT_LSRR = 0x83, OPT_SSRR = 0x89, OPT_HOME = 0xc9 };
enum { EXT_HOP = 0, EXT_ROUTING = 43, EXT_FRAGMENT = 44, EXT_AH = 51, EXT_DST = 60 };
enum { RT_SOURCE = 0, RT_MOBILE = 2, RT_RPL = 3, RT_SEGMENTS = 4 };

/* RFC 791 section 3.1: kind, length, pointer (from 1), addresses; done when the pointer is behind
 * the last one. */
static void
route4(const struct pkt *p, uint8_t *dst)
{
	uint32_t off = p->l3 + HEAD4;
	struct cur c;
	uint8_t kind, len;

	while (off < p->l4) {
		c = pkt_cur(p, off);
		kind = cur_peek(&c, 0);
		len = kind == OPT_NOP ? 1 : cur_peek(&c, 1);
		if (kind == OPT_END || len == 0 || off + len > p->l4)
			return;
		if ((kind == OPT_LSRR || kind == OPT_SSRR) && len >= 3 + ADDR4 &&
		    cur_peek(&c, 2) <= len) {
			cur_skip(&c, len - ADDR4);
			cur_copy(&c, dst, ADDR4);
			return;
		}
		off += len;
	}
}

/* A routing header of len bytes with segments left (RFC 8200 section 4.4). */
static void
route6(const struct pkt *p, uint32_t off, uint32_t len, uint8_t *dst)
{
	struct cur c = pkt_cur(p, off);
	uint32_t same = 0, tail = ADDR6;        /* octets of dst that stay; bytes to the end */

	if (cur_peek(&c, 3) == 0)
		return;
	switch (cur_peek(&c, 2)) {
	case RT_SOURCE: case RT_MOBILE:         /* RFC 2460 section 4.4, RFC 6275 section 6.4 */
		break;
	case RT_SEGMENTS:                       /* RFC 8754 section 2: the last one comes first */
		tail = len - 8;
		break;
	case RT_RPL:                            /* RFC 6554 section 3: common octets, padding */
		same = cur_peek(&c, 4) & 15;
		tail = ADDR6 - same + (cur_peek(&c, 5) >> 4);
		break;
	default:
		return;
	}
	if (tail < ADDR6 - same || 8 + tail > len)
		return;
	cur_skip(&c, len - tail);
	cur_copy(&c, dst + same, ADDR6 - same);
}

/* The home address in a header of destination options. */
static void
home(const struct pkt *p, uint32_t off, uint32_t len, uint8_t *src)
{
	struct cur c = pkt_cur(p, off);
	uint32_t i = 2;

	while (i + 2 + ADDR6 <= len) {
		if (cur_peek(&c, i) == OPT_HOME && cur_peek(&c, i + 1) == ADDR6) {
			cur_skip(&c, i + 2);
			cur_copy(&c, src, ADDR6);
			return;
		}
		i += cur_peek(&c, i) == 0 ? 1 : cur_peek(&c, i + 1) + 2u;
	}
}

static void
extensions(const struct pkt *p, uint8_t *src, uint8_t *dst)
{
	struct cur c = pkt_cur(p, p->l3);
	uint8_t kind = cur_peek(&c, 6);
	uint32_t off = p->l3 + HEAD6, len;

	while (off < p->l4) {
		c = pkt_cur(p, off);
		len = (cur_peek(&c, 1) + 1u) * 8;
		if (kind == EXT_FRAGMENT)
			len = 8;
		else if (kind == EXT_AH)
			len = (cur_peek(&c, 1) + 2u) * 4;
		else if (kind == EXT_ROUTING)
			route6(p, off, len, dst);
		else if (kind == EXT_DST)
			home(p, off, len, src);
		else if (kind != EXT_HOP)
			return;
		kind = cur_peek(&c, 0);
		off += len;
	}
}

uint32_t
tcpFlags_ends(const struct pkt *p, uint8_t ends[32])
{
	struct cur c = pkt_cur(p, p->l3 + (p->ipver == 4 ? 12 : 8));

	if (p->ipver == 4) {
		cur_copy(&c, ends, 2 * ADDR4);
		if (unlikely(p->iphl > HEAD4))
			route4(p, ends + ADDR4);
		return 2 * ADDR4;
	}
	cur_copy(&c, ends, 2 * ADDR6);
	if (unlikely(p->iphl > HEAD6))
		extensions(p, ends, ends + ADDR6);
	return 2 * ADDR6;
}
