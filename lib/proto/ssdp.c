/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ssdp.c - Simple Service Discovery Protocol (UPnP Device Architecture), port 1900: named.
 */
#include "../walk.h"

static const struct proto ssdp = { .name = "ssdp" };

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;

	if ((p->key.dport == 1900 ? p->key.sport : p->key.dport) <= 1024)
		return false;
	p->stat |= FS(SSDP);
	walk_push(w, &ssdp);
	return true;
}

const struct proto ssdp_protos[] = {
	{ .name = "ssdp", .keys = KEYS({ SP_PORT, 1900 }), .decode = decode },
	{ .name = NULL }
};
