/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * udp.c - User Datagram Protocol (RFC 768) and UDP-Lite (RFC 3828).
 *
 * The payload is where tunnels hide: walk_ports() asks the protocols of both ports, and Teredo
 * lives on any.
 */
#include "../priv.h"

enum { HEAD = 8 };

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);

	p->l4hl = HEAD;
	if (p->iplen < p->iphl + HEAD) {
		p->stat |= FS(L4HDRSNAP);
		return true;
	}
	p->key.sport = cur_u16(&c);
	p->key.dport = cur_u16(&c);
	if (walk_ports(w, HEAD) || p->key.proto != IP_UDP)
		return true;
	w->off += HEAD;
	return teredo_proto.decode(w);
}

const struct proto udp_protos[] = {
	{ .name = "udp", .keys = KEYS({ SP_IP, IP_UDP }), .decode = decode },
	{ .name = "udplite", .keys = KEYS({ SP_IP, IP_UDPLITE }), .decode = decode },
	{ .name = NULL }
};
