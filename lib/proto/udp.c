/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * udp.c - User Datagram Protocol (RFC 768) and UDP-Lite (RFC 3828).
 *
 * The payload is where tunnels hide: walk_ports() asks the protocols of both ports, and Teredo
 * lives on any.
 */
#include "../walk.h"

enum { HEAD = 8 };

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;

	p->l4hl = HEAD;
	if (!walk_port_pair(w, HEAD) || walk_ports(w, HEAD) || p->key.proto != IP_UDP)
		return true;
	w->off += HEAD;
	return teredo_proto.decode(w);
}

const struct proto udp_protos[] = {
	{ .name = "udp", .keys = KEYS({ SP_IP, IP_UDP }), .decode = decode },
	{ .name = "udplite", .keys = KEYS({ SP_IP, IP_UDPLITE }), .decode = decode },
	{ .name = NULL }
};
