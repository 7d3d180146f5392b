/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pppoe.c - PPP over Ethernet (RFC 2516).
 */
#include "../walk.h"

enum { HEAD = 6 };

static bool
decode_discovery(struct walk *w)
{
	w->p->stat |= FS(PPPOED);
	return true;
}

static bool
decode_session(struct walk *w)
{
	w->p->stat |= FS(PPPOES) | (w->from == SP_LINK ? FS(NOETH) : 0);
	w->off += HEAD;
	w->p->seen |= SEEN_PPP;
	w->p->off_ppp = w->off;
	walk_push(w, &ppp_proto);
	return walk_ppp(w, 0);
}

const struct proto pppoe_protos[] = {
	{ .name = "pppoed", .keys = KEYS({ SP_ETHER, 0x8863 }), .decode = decode_discovery },
	{ .name = "pppoes", .keys = KEYS({ SP_ETHER, 0x8864 }, { SP_LINK, 51 }),
	    .decode = decode_session },
	{ .name = NULL }
};
