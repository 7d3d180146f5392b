/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gtp.c - GPRS Tunnelling Protocol, user plane (3GPP TS 29.060 and 29.281).
 *
 * Only messages of type 255 carry a packet; signalling stays a plain UDP flow.
 */
#include "../walk.h"

enum { G_PDU = 255, HEAD0 = 20, HEAD1 = 8 };

static const struct proto gtp = { .name = "gtp" };

/* Length of a version 1 header with optional fields and extension headers (5.2). */
static uint32_t
head1(const struct pkt *p, uint32_t off, uint8_t flags)
{
	uint32_t len = HEAD1;
	struct cur c;
	uint8_t next, units;

	if ((flags & 7) == 0)
		return len;
	c = pkt_cur(p, off + len + 3);
	next = cur_u8(&c);
	for (len += 4; next != 0 && (flags & 4); len += units * 4u) {
		c = pkt_cur(p, off + len);
		if ((units = cur_u8(&c)) == 0)
			break;
		c = pkt_cur(p, off + len + units * 4u - 1);
		next = cur_u8(&c);
	}
	return len;
}

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint8_t flags = cur_u8(&c), type = cur_u8(&c);

	if (!w->d->conf.gtp || p->key.proto != IP_UDP || walk_other_port(w, w->port) <= 1024 ||
	    type != G_PDU)
		return false;
	walk_push(w, &gtp);
	p->stat |= FS(GTP);
	w->open = true;
	switch (flags >> 5) {
	case 0:
		return walk_ip(w, HEAD0);
	case 1:
		return walk_ip(w, head1(p, w->off, flags));
	}
	return walk_stop(w);
}

const struct proto gtp_protos[] = {
	{ .name = "gtp", .keys = KEYS({ SP_PORT, 2123 }, { SP_PORT, 2152 }, { SP_PORT, 3386 }),
	    .decode = decode },
	{ .name = NULL }
};
