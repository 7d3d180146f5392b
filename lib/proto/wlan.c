/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wlan.c - IEEE 802.11 frames and the headers that capture tools put in front of them: radiotap,
 * Prism, AVS, PPI.
 *
 * Data frames carry LLC; management, control and encrypted frames are layer 2 packets.
 */
#include <byteswap.h>

#include "../walk.h"

enum { HEAD = 24, TYPE_DATA = 2, SUB_NULL = 4, SUB_QOS = 8 };
enum { TO_DS = 0x01, FROM_DS = 0x02, PROTECTED = 0x40, ORDER = 0x80 };

static const struct proto wlan = { .name = "wlan" };

/* Section 9.2.4.1: addresses by the direction bits; length with the optional fields. */
bool
walk_wlan(struct walk *w, uint32_t n, bool swapped)
{
	struct cur c;
	uint8_t a, b, flags, control;
	uint32_t len = HEAD, src;

	w->off += n;
	walk_push(w, &wlan);
	c = walk_cur(w);
	a = cur_u8(&c);
	b = cur_u8(&c);
	control = swapped ? b : a;
	flags = swapped ? a : b;
	if ((flags & TO_DS) && (flags & FROM_DS))
		len += 6;
	if (w->p->ipver == 0) {         /* in a tunnel the addresses stay those of the frame */
		src = !(flags & FROM_DS) ? 10 : flags & TO_DS ? 24 : 16;
		walk_l2(w, w->off + (flags & TO_DS ? 16 : 4), w->off + src);
	}
	if (control >> 4 & SUB_QOS)
		len += flags & ORDER ? 6 : 2;
	w->ethertype = 0;
	w->pay = w->off + len;
	if ((control >> 2 & 3) != TYPE_DATA || control >> 4 & SUB_NULL || flags & PROTECTED)
		return true;
	w->off += len;
	walk_push(w, &llc_proto);
	return llc_proto.decode(w);
}

static bool
decode_wlan(struct walk *w)
{
	return walk_wlan(w, 0, false);
}

static bool
decode_radiotap(struct walk *w)         /* the length is little-endian at 2 */
{
	struct cur c = pkt_cur(w->p, w->off + 2);

	return walk_wlan(w, bswap_16(cur_u16(&c)), false);
}

static bool
decode_prism(struct walk *w)            /* AVS says so and has its length at 4 */
{
	struct cur c = walk_cur(w);

	if ((cur_u32(&c) & 0xfffff000) == 0x80211000)
		return walk_wlan(w, cur_u32(&c), false);
	return walk_wlan(w, 144, false);
}

static bool
decode_ppi(struct walk *w)              /* version, flags, length, link type: little-endian */
{
	struct cur c = pkt_cur(w->p, w->off + 2);
	uint32_t len = bswap_16(cur_u16(&c)), type = bswap_32(cur_u32(&c));

	if (len < 8 || c.cut)
		return walk_stop(w);
	return walk_next(w, len, SP_LINK, type);
}

const struct proto wlan_protos[] = {
	{ .name = "wlan", .keys = KEYS({ SP_LINK, 105 }), .decode = decode_wlan, .silent = true },
	{ .name = "radiotap", .keys = KEYS({ SP_LINK, 127 }), .decode = decode_radiotap },
	{ .name = "prism", .keys = KEYS({ SP_LINK, 119 }, { SP_LINK, 163 }),
	    .decode = decode_prism },
	{ .name = "ppi", .keys = KEYS({ SP_LINK, 192 }), .decode = decode_ppi },
	{ .name = NULL }
};
