/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wccp.c - Web Cache Communication Protocol in GRE (draft-wilson-wrec-wccp-v2): 4 bytes, then IP.
 */
#include "../walk.h"

static bool
decode(struct walk *w)
{
	w->p->stat |= FS(WCCP);
	w->open = true;
	return walk_ip(w, 4);
}

const struct proto wccp_protos[] = {
	{ .name = "wccp", .keys = KEYS({ SP_ETHER, 0x883e }), .decode = decode },
	{ .name = NULL }
};
