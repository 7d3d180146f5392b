/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sctp.c - Stream Control Transmission Protocol (RFC 9260): ports of the common header.
 *
 * Its chunks are read where they make flows, in shape_sctp.c.  SCTP in UDP (RFC 6951) is opened
 * in IPv6 only, and only while SCTP_ACTIVATE is on.
 */
#include "../walk.h"

enum { HEAD = 12, WITH_CHUNK = 16, UDP_HEAD = 8, UDP_PORT = 9899, AYIYA_PORT = 5072 };

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;

	p->stat |= FS(SCTP);
	p->l4hl = HEAD;
	/* a tunnel that is marked but not opened */
	if (walk_port_pair(w, WITH_CHUNK) && w->d->conf.ayiya &&
	    (p->key.dport == AYIYA_PORT || p->key.sport == AYIYA_PORT) &&
	    walk_other_port(w, AYIYA_PORT) > 1024)
		p->stat |= FS(AYIYA);
	return true;
}

static const struct proto sctp = { .name = "sctp" };

static bool
decode_udp(struct walk *w)
{
	struct pkt *p = w->p;

	if (!w->d->conf.sctp || p->ipver != 6 || p->key.proto != IP_UDP ||
	    p->key.sport != p->key.dport)
		return false;
	walk_push(w, &sctp);
	p->key.proto = IP_SCTP;
	p->iphl += UDP_HEAD;
	p->l4 += UDP_HEAD;
	return decode(w);
}

const struct proto sctp_protos[] = {
	{ .name = "sctp", .keys = KEYS({ SP_IP, IP_SCTP }), .decode = decode },
	{ .name = "sctp", .keys = KEYS({ SP_PORT, UDP_PORT }), .decode = decode_udp },
	{ .name = NULL }
};
