/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * l2tp.c - Layer Two Tunneling Protocol: version 2 over UDP port 1701 (RFC 2661), version 3 over
 * IP (RFC 3931), which is only flagged.
 */
#include "../walk.h"

enum { F_CONTROL = 0x8000, F_LENGTH = 0x4000, F_SEQ = 0x0800, F_OFFSET = 0x0200 };

static const struct proto l2tp = { .name = "l2tp" };

static void
seen(struct walk *w)
{
	w->p->stat |= FS(L2TP);
	w->p->seen |= SEEN_L2TP;
	w->p->off_l2tp = w->off;
	w->p->off_outer = w->p->l3;
}

static bool
decode_udp(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint16_t flags = cur_u16(&c);
	uint32_t len = 6;

	if (!w->d->conf.l2tp || p->key.proto != IP_UDP)
		return false;
	walk_push(w, &l2tp);
	seen(w);
	w->open = true;
	if (flags & F_CONTROL || (flags & 15) != 2)
		return walk_stop(w);
	len += flags & F_LENGTH ? 2 : 0;
	len += flags & F_SEQ ? 4 : 0;
	if (flags & F_OFFSET) {
		c = pkt_cur(p, w->off + len);
		len += 2u + cur_u16(&c);
	}
	return walk_ppp_tunnel(w, len);
}

static bool
decode_ip(struct walk *w)
{
	seen(w);
	return true;
}

const struct proto l2tp_protos[] = {
	{ .name = "l2tp", .keys = KEYS({ SP_PORT, 1701 }), .decode = decode_udp },
	{ .name = "l2tp", .keys = KEYS({ SP_IP, 115 }), .decode = decode_ip },
	{ .name = NULL }
};
