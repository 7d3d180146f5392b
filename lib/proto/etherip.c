/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * etherip.c - Ethernet within IP (RFC 3378): version 3 in the first nibble, 2 bytes.
 */
#include "../walk.h"

static bool
decode(struct walk *w)
{
	struct cur c = walk_cur(w);

	w->p->stat |= FS(ETHIP);
	w->open = true;
	if (!w->d->conf.ethip || cur_u8(&c) >> 4 != 3)
		return walk_stop(w);
	return walk_eth(w, 2);
}

const struct proto etherip_protos[] = {
	{ .name = "etherip", .keys = KEYS({ SP_IP, 97 }), .decode = decode },
	{ .name = NULL }
};
