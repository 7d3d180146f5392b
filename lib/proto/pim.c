/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pim.c - Protocol Independent Multicast (RFC 7761): register messages carry a packet.
 */
#include "../walk.h"

enum { HEAD = 8, REGISTER = 1 };

static bool
decode(struct walk *w)
{
	struct cur c = walk_cur(w);

	if ((cur_u8(&c) & 15) != REGISTER)
		return true;
	w->open = true;
	return walk_ip(w, HEAD);
}

const struct proto pim_protos[] = {
	{ .name = "pim", .keys = KEYS({ SP_IP, 103 }), .decode = decode },
	{ .name = NULL }
};
