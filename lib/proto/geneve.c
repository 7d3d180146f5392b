/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * geneve.c - Generic Network Virtualization Encapsulation (RFC 8926), port 6081: Ethernet only.
 */
#include "../walk.h"

enum { HEAD = 8, ETHERNET = 0x6558 };

static const struct proto geneve = { .name = "geneve" };

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint16_t first = cur_u16(&c), type = cur_u16(&c);
	uint32_t vni = cur_u32(&c);

	if (!w->d->conf.geneve || p->key.proto != IP_UDP || walk_other_port(w, w->port) <= 1024 ||
	    c.cut || (first & 0xc03f) != 0 || (vni & 0xff) != 0)
		return false;
	if (type != ETHERNET)
		return walk_stop(w);
	p->stat |= FS(GENEVE);
	walk_push(w, &geneve);
	w->open = true;
	return walk_eth(w, HEAD + (first >> 8 & 0x3f) * 4u);
}

const struct proto geneve_protos[] = {
	{ .name = "geneve", .keys = KEYS({ SP_PORT, 6081 }), .decode = decode },
	{ .name = NULL }
};
