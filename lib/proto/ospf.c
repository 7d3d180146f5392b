/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ospf.c - Open Shortest Path First (RFC 2328, RFC 5340): the common header of 16 bytes.
 */
#include "../walk.h"

static bool
decode(struct walk *w)
{
	w->p->l4hl = 16;
	return true;
}

const struct proto ospf_protos[] = {
	{ .name = "ospf", .keys = KEYS({ SP_IP, 89 }), .decode = decode },
	{ .name = NULL }
};
