/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * erspan.c - Encapsulated Remote SPAN (draft-foschiano-erspan): a mirrored Ethernet frame.
 *
 * Type I has no header of its own and is told by GRE without sequence numbers; type II has 8
 * bytes, type III 12, or 20 with the platform part.
 */
#include "../walk.h"

enum { GRE_SEQ = 0x1000 };

static bool
decode(struct walk *w)
{
	struct cur c = pkt_cur(w->p, w->p->off_gre);
	uint32_t len = cur_u16(&c) & GRE_SEQ || !(w->p->seen & SEEN_GRE) ? 8 : 0;

	w->p->stat |= FS(ERSPAN);
	w->open = true;
	if (w->value == 0x22eb) {
		c = pkt_cur(w->p, w->off + 11);
		len = cur_u8(&c) & 1 ? 20 : 12;
	}
	return walk_eth(w, len);
}

const struct proto erspan_protos[] = {
	{ .name = "erspan", .keys = KEYS({ SP_ETHER, 0x88be }, { SP_ETHER, 0x22eb }),
	    .decode = decode },
	{ .name = NULL }
};
