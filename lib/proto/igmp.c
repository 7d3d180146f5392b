/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * igmp.c - Internet Group Management Protocol and those that share its number.
 *
 * DVMRP (RFC 1075) type 0x13, PIM version 1 type 0x14, RGMP (RFC 3488) to 224.0.0.25.
 */
#include "../walk.h"

static const struct proto dvmrp = { .name = "dvmrp" };
static const struct proto pim = { .name = "pim" };
static const struct proto rgmp = { .name = "rgmp" };

static bool
decode(struct walk *w)
{
	struct cur c = walk_cur(w), d = pkt_cur(w->p, w->p->l3 + 16);
	uint8_t type = cur_u8(&c);

	if (type == 0x13)
		walk_push(w, &dvmrp);
	else if (type == 0x14)
		walk_push(w, &pim);
	else if (type >= 0xfc && w->p->ipver == 4 && cur_u32(&d) == 0xe0000019)
		walk_push(w, &rgmp);
	return true;
}

const struct proto igmp_protos[] = {
	{ .name = "igmp", .keys = KEYS({ SP_IP, 2 }), .decode = decode },
	{ .name = NULL }
};
