/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vendor.c - link types of firewalls and routers: Juniper, Symantec.
 *
 * Juniper frames start with the magic 4d4743 and a byte of flags: 0x80 an extension with its
 * length follows, 0x02 the layer 2 header was left out.
 */
#include "../walk.h"

enum { MAGIC = 0x4d4743, F_EXT = 0x80, F_NOL2 = 0x02, SYM2_LEN = 44, SYM3_LEN = 56 };
enum { JUN_ATM2 = 135, JUN_ATM1 = 137, JUN_PPPOE = 167, JUN_ETHER = 178, JUN_PPP = 179,
	JUN_FRELAY = 180, JUN_CHDLC = 181 };

static bool
decode_juniper(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint32_t head = cur_u32(&c), len = 4;

	p->stat |= FS(NOETH);
	w->pay = w->off + len;
	if (head >> 8 != MAGIC)
		return walk_stop(w);
	if (head & F_EXT)
		len += 2u + cur_u16(&c);
	w->pay = w->off + len;
	if (head & F_NOL2)
		return walk_ip(w, len + 4);
	switch (w->value) {
	case JUN_ETHER: case JUN_PPPOE:
		return walk_eth(w, len);
	case JUN_PPP:
		return walk_next(w, len, SP_LINK, 9);
	case JUN_FRELAY:
		return walk_next(w, len, SP_LINK, 107);
	case JUN_CHDLC:
		return walk_next(w, len, SP_LINK, 104);
	}
	/* ATM: a cookie of 4 bytes (8 for ATM2), then LLC or IP */
	w->off += len + (w->value == JUN_ATM2 ? 8 : 4);
	c = walk_cur(w);
	if (cur_peek16(&c, 0) == 0xaaaa || cur_peek16(&c, 0) == 0xfefe)
		return walk_next(w, 0, SP_LINK, 100);
	return walk_ip(w, 0);
}

static bool
decode_symantec(struct walk *w)         /* version 2: type at 6; version 3: type at 18 */
{
	struct cur c = pkt_cur(w->p, w->off + 6);
	uint16_t type = cur_u16(&c);

	w->p->stat |= FS(NOETH);
	if (type != 0) {
		w->off += SYM2_LEN;
		return walk_ether(w, type);
	}
	c = pkt_cur(w->p, w->off + 18);
	w->off += SYM3_LEN;
	return walk_ether(w, cur_u16(&c));
}

const struct proto vendor_protos[] = {
	{ .name = "juniper", .keys = KEYS({ SP_LINK, JUN_ATM1 }, { SP_LINK, JUN_ATM2 },
	    { SP_LINK, JUN_PPPOE }, { SP_LINK, JUN_ETHER }, { SP_LINK, JUN_PPP },
	    { SP_LINK, JUN_FRELAY }, { SP_LINK, JUN_CHDLC }), .decode = decode_juniper },
	{ .name = "symantec", .keys = KEYS({ SP_LINK, 99 }), .decode = decode_symantec },
	{ .name = NULL }
};
