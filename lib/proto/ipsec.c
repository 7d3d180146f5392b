/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipsec.c - Encapsulating Security Payload (RFC 4303), also behind UDP port 4500 (RFC 3948).
 *
 * On port 4500 a first word of zero is an IKE message, a single byte 0xff a keep-alive.
 */
#include "../walk.h"

static const struct proto udpencap = { .name = "udpencap" };
static const struct proto esp = { .name = "esp" };
static const struct proto isakmp = { .name = "isakmp" };

static bool
decode_esp(struct walk *w)
{
	w->p->stat |= FS(ESP);
	return true;
}

static bool
decode_udpencap(struct walk *w)
{
	struct cur c = walk_cur(w);
	uint32_t left = pkt_avail(w->p, w->off);

	if (w->p->key.proto != IP_UDP)
		return false;
	walk_push(w, &udpencap);
	if (left == 1 && cur_peek(&c, 0) == 0xff)
		return true;
	if (cur_u32(&c) == 0) {
		walk_push(w, &isakmp);
	} else {
		w->p->stat |= FS(ESP);
		walk_push(w, &esp);
	}
	return true;
}

const struct proto ipsec_protos[] = {
	{ .name = "esp", .keys = KEYS({ SP_IP, 50 }), .decode = decode_esp },
	{ .name = "udpencap", .keys = KEYS({ SP_PORT, 4500 }), .decode = decode_udpencap },
	{ .name = NULL }
};
