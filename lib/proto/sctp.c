/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sctp.c - Stream Control Transmission Protocol (RFC 9260): ports of the common header.
 */
#include "../walk.h"

enum { HEAD = 12, WITH_CHUNK = 16 };

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;

	p->stat |= FS(SCTP);
	p->l4hl = HEAD;
	walk_port_pair(w, WITH_CHUNK);
	return true;
}

const struct proto sctp_protos[] = {
	{ .name = "sctp", .keys = KEYS({ SP_IP, IP_SCTP }), .decode = decode },
	{ .name = NULL }
};
