/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sll.c - Linux cooked captures: LINUX_SLL, LINUX_SLL2 and NFLOG.
 *
 * SLL keeps one address only (at 6); the reference prints bytes 0..5 of the header as the
 * destination all the same, and so does this.
 */
#include <byteswap.h>

#include "../walk.h"

enum { SLL_LEN = 16, SLL2_LEN = 20, NFLOG_LEN = 4, NFLOG_PAYLOAD = 9 };
enum { P_802_3 = 1, P_ALL = 3, P_802_2 = 4, ARPHRD_RADIOTAP = 803 };
enum { AF_4 = 2, AF_6 = 10, AF_BRIDGE_ = 7 };

/* Behind a cooked header; small numbers are those of linux/if_ether.h, no lengths. */
static bool
payload(struct walk *w, uint16_t hardware, uint16_t type)
{
	if (hardware == ARPHRD_RADIOTAP)
		return walk_next(w, 0, SP_LINK, 127);
	if (type > 1500 || type == P_802_3 || type == P_802_2)
		return walk_ether(w, type);
	w->ethertype = type;
	w->pay = w->off;
	return type == P_ALL ? walk_eth(w, 0) : walk_unknown(w, SP_LINK, type);
}

static bool
decode_sll(struct walk *w)
{
	struct cur c = pkt_cur(w->p, w->off + 2), t = pkt_cur(w->p, w->off + 14);

	walk_l2(w, w->off, w->off + 6);
	w->off += SLL_LEN;
	return payload(w, cur_u16(&c), cur_u16(&t));
}

static bool
decode_sll2(struct walk *w)
{
	struct cur t = walk_cur(w), c = pkt_cur(w->p, w->off + 8);

	walk_l2(w, w->off + 6, w->off + 12);
	w->off += SLL2_LEN;
	return payload(w, cur_u16(&c), cur_u16(&t));
}

/* The TLVs are in the byte order of the machine that captured: the one in which the first
 * length fits. */
static bool
decode_nflog(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint8_t family = cur_u8(&c);
	uint32_t off = w->off + NFLOG_LEN, len, type;
	bool big;

	p->stat |= FS(NOETH);
	w->pay = off;
	c = pkt_cur(p, off);
	big = cur_peek16(&c, 0) <= pkt_avail(p, off);
	for (;;) {
		c = pkt_cur(p, off);
		len = cur_u16(&c);
		type = cur_u16(&c);
		if (!big) {
			len = bswap_16((uint16_t)len);
			type = bswap_16((uint16_t)type);
		}
		if (c.cut || len < 4)
			return walk_stop(w);
		if ((type & 0x7fff) == NFLOG_PAYLOAD)
			break;
		off += (len + 3) & ~3u;
	}
	w->off = w->pay = off + 4;
	switch (family) {
	case AF_4:
		return walk_next(w, 0, SP_ETHER, w->ethertype = ETHER_IPV4);
	case AF_6:
		return walk_next(w, 0, SP_ETHER, w->ethertype = ETHER_IPV6);
	case AF_BRIDGE_:
		return walk_eth(w, 0);
	}
	return walk_ip(w, 0);
}

const struct proto sll_protos[] = {
	{ .name = "sll", .keys = KEYS({ SP_LINK, 113 }), .decode = decode_sll },
	{ .name = "sll2", .keys = KEYS({ SP_LINK, 276 }), .decode = decode_sll2 },
	{ .name = "nflog", .keys = KEYS({ SP_LINK, 239 }), .decode = decode_nflog },
	{ .name = NULL }
};
