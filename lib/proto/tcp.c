/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp.c - Transmission Control Protocol (RFC 9293): ports and header length.
 *
 * The flags, options and numbers are read where they are counted, in plugins/tcpFlags.c.
 */
#include "../walk.h"

enum { HEAD = 20 };

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = pkt_cur(p, w->off + 12);

	walk_port_pair(w, HEAD);
	p->l4hl = (cur_u8(&c) >> 4) * 4u;
	return walk_ports(w, p->l4hl);
}

const struct proto tcp_protos[] = {
	{ .name = "tcp", .keys = KEYS({ SP_IP, IP_TCP }), .decode = decode },
	{ .name = NULL }
};
