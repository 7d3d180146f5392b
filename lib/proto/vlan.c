/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vlan.c - VLAN tags (IEEE 802.1Q clause 9.6).
 *
 * 0x8100 customer tag, 0x88a8 service tag, 0x9100 and 0x9200 their forerunners.  The last tag
 * is part of the flow key.
 */
#include "../walk.h"

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint16_t tci = cur_u16(&c);
	uint16_t type = cur_u16(&c);

	if (!(p->seen & SEEN_VLAN))
		p->off_vlan = w->off;
	p->seen |= SEEN_VLAN;
	p->nvlan++;
	p->stat |= FS(VLAN);
	w->vlan = tci & 0xfff;
	if (w->vlan == 0)
		p->stat |= FS(VLAN0);
	w->off += 4;
	return walk_ether(w, type);
}

const struct proto vlan_protos[] = {
	{ .name = "vlan", .keys = KEYS({ SP_ETHER, 0x8100 }, { SP_ETHER, 0x88a8 },
	    { SP_ETHER, 0x9100 }, { SP_ETHER, 0x9200 }), .decode = decode, .folds = true },
	{ .name = NULL }
};
