/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wlan.c - IEEE 802.11 frames and the headers that capture tools put in front of them: radiotap,
 * Prism, AVS, PPI.
 *
 * Data frames carry LLC; management, control and encrypted frames are layer 2 packets.
 */
#include <byteswap.h>

#include "../walk.h"

enum { HEAD = 24, SUBFRAME_HEAD = 14, QOS_AMSDU = 0x80 };
enum { TYPE_CONTROL = 1, TYPE_DATA = 2, SUB_NULL = 4, SUB_QOS = 8, SUB_CTS = 12, SUB_ACK = 13 };
enum { TO_DS = 0x01, FROM_DS = 0x02, PROTECTED = 0x40, ORDER = 0x80 };
enum { RT_TIME = 1, RT_FLAGS = 2, RT_DATAPAD = 0x20 };
#define RT_MORE UINT32_C(0x80000000)

static const struct proto wlan = { .name = "wlan" };

/* The two bytes of frame control (IEEE 802.11 section 9.2.4.1). */
struct control {
	uint8_t type, sub, flags;
};

static struct control
control_read(const struct walk *w, bool swapped)
{
	struct cur c = walk_cur(w);
	uint8_t a = cur_peek(&c, swapped), b = cur_peek(&c, !swapped);

	return (struct control){ a >> 2 & 3, a >> 4, b };
}

/* Addresses by the direction bits; acknowledgement and clear to send have no source. */
static void
addresses(struct walk *w, struct control f)
{
	uint32_t dst = f.flags & TO_DS ? 16 : 4, src = 10;

	if (f.flags & FROM_DS)
		src = f.flags & TO_DS ? 24 : 16;
	if (f.type == TYPE_CONTROL && (f.sub == SUB_CTS || f.sub == SUB_ACK))
		walk_l2(w, w->off + 4, w->end);         /* where bytes are 0 */
	else
		walk_l2(w, w->off + dst, w->off + src);
}

static uint32_t
head_len(struct control f)
{
	uint32_t len = HEAD;

	if (f.type == TYPE_CONTROL)
		return f.sub == SUB_CTS || f.sub == SUB_ACK ? 10 : 16;
	if (f.type != TYPE_DATA)
		return len + (f.flags & ORDER ? 4 : 0);
	if ((f.flags & TO_DS) && (f.flags & FROM_DS))
		len += 6;
	if (f.sub & SUB_QOS)
		len += f.flags & ORDER ? 6 : 2;
	return len;
}

/* Several packets in a frame (A-MSDU, section 9.3.2.2.2) each have a header of 14 bytes: the first
 * one counts for the frame. */
static bool
aggregated(struct walk *w)
{
	if (w->p->ipver == 0)
		walk_l2(w, w->off, w->off + 6);
	w->off += SUBFRAME_HEAD;
	w->pay = w->off;
	return llc_proto.decode(w);
}

/* padded: the body starts at a multiple of 4. */
static bool
frame(struct walk *w, uint32_t n, bool swapped, bool padded)
{
	struct control f;
	struct cur qos;
	uint32_t len;

	w->off += n;
	walk_push(w, &wlan);
	f = control_read(w, swapped);
	if (w->p->ipver == 0)           /* in a tunnel the addresses stay those of the frame */
		addresses(w, f);
	len = head_len(f);
	qos = pkt_cur(w->p, w->off + len - (f.flags & ORDER ? 6 : 2));
	if (padded)
		len = (len + 3) & ~3u;
	w->ethertype = 0;
	w->pay = w->off + len;
	if (f.type != TYPE_DATA || f.sub & SUB_NULL || f.flags & PROTECTED)
		return true;
	w->off += len;
	walk_push(w, &llc_proto);
	return f.sub & SUB_QOS && cur_peek(&qos, 0) & QOS_AMSDU ? aggregated(w) :
	    llc_proto.decode(w);
}

bool
walk_wlan(struct walk *w, uint32_t n, bool swapped)
{
	return frame(w, n, swapped, false);
}

static bool
decode_wlan(struct walk *w)
{
	return walk_wlan(w, 0, false);
}

/* True if the field of flags says that padding follows the header of the frame.  Fields stand
 * behind one or more words of presence bits, each aligned to its size. */
static bool
radiotap_padded(const struct walk *w)
{
	uint32_t off = 4, first, word;
	struct cur c;

	c = pkt_cur(w->p, w->off + off);
	first = word = bswap_32(cur_u32(&c));
	for (off += 4; word & RT_MORE && !c.cut; off += 4)
		word = bswap_32(cur_u32(&c));
	if (!(first & RT_FLAGS))
		return false;
	if (first & RT_TIME)
		off = ((off + 7) & ~7u) + 8;
	c = pkt_cur(w->p, w->off + off);
	return cur_u8(&c) & RT_DATAPAD;
}

static bool
decode_radiotap(struct walk *w)         /* little-endian, the length at 2 */
{
	struct cur c = pkt_cur(w->p, w->off + 2);

	return frame(w, bswap_16(cur_u16(&c)), false, radiotap_padded(w));
}

static bool
decode_prism(struct walk *w)            /* AVS says so and has its length at 4 */
{
	struct cur c = walk_cur(w);
	uint32_t len = 144, most = w->p->caplen + 1;

	if ((cur_u32(&c) & 0xfffff000) == 0x80211000)
		len = cur_u32(&c);
	return walk_wlan(w, len < most ? len : most, false);    /* no sum may wrap */
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
