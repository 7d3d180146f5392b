/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * erspan.c - Encapsulated Remote SPAN (draft-foschiano-erspan): a mirrored Ethernet frame.
 *
 * Type II has a header of 8 bytes, type III of 12, or 20 with the platform part.
 */
#include "../priv.h"

static bool
decode(struct walk *w)
{
	struct cur c = walk_cur(w);
	uint32_t len = 8;

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
