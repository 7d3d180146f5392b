/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * slow.c - IEEE 802.3 slow protocols (annex 57A): the subtype is the first byte.
 */
#include "../walk.h"

static const struct proto lacp = { .name = "lacp" };
static const struct proto marker = { .name = "marker" };
static const struct proto oampdu = { .name = "oampdu" };
static const struct proto ossp = { .name = "ossp" };

static bool
decode(struct walk *w)
{
	struct cur c = walk_cur(w);

	switch (cur_u8(&c)) {
	case 1:
		walk_push(w, &lacp);
		break;
	case 2:
		walk_push(w, &marker);
		break;
	case 3:
		walk_push(w, &oampdu);
		break;
	case 10:
		walk_push(w, &ossp);
		break;
	}
	return true;
}

const struct proto slow_protos[] = {
	{ .name = "slow", .keys = KEYS({ SP_ETHER, 0x8809 }), .decode = decode },
	{ .name = NULL }
};
