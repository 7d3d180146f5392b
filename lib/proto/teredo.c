/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * teredo.c - IPv6 over UDP through NATs (RFC 4380).
 *
 * Not bound to a port: any UDP payload that is an IPv6 header, behind optional authentication
 * and origin indications, counts if a port is 3544 or an address is in 2001::/32.
 */
#include "../walk.h"

enum { PORT = 3544, ORIGIN_LEN = 8, AUTH_LEN = 13, IP6_HEAD = 40 };

/* Offset of the inner header behind the indications (section 5.1.1). */
static uint32_t
skip_indications(const struct pkt *p, uint32_t off)
{
	struct cur c = pkt_cur(p, off);

	if (cur_peek16(&c, 0) == 0x0001) {
		off += AUTH_LEN + (uint32_t)cur_peek(&c, 2) + cur_peek(&c, 3);
		c = pkt_cur(p, off);
	}
	if (pkt_avail(p, off) >= ORIGIN_LEN && cur_peek16(&c, 0) == 0)
		off += ORIGIN_LEN;
	return off;
}

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	uint32_t off = skip_indications(p, w->off);
	struct cur c = pkt_cur(p, off), src = pkt_cur(p, off + 8), dst = pkt_cur(p, off + 24);

	if (!w->d->conf.teredo || p->key.sport <= 1024 || p->key.dport <= 1024 ||
	    cur_u8(&c) != 0x60 || pkt_avail(p, off) < IP6_HEAD)
		return false;
	if (p->key.sport != PORT && p->key.dport != PORT &&
	    cur_u32(&src) != 0x20010000 && cur_u32(&dst) != 0x20010000)
		return false;
	p->seen |= SEEN_TEREDO;
	p->off_teredo = w->off;
	p->stat |= FS(TEREDO);
	walk_push(w, &teredo_proto);
	w->open = true;
	w->off = off;
	return walk_next(w, 0, SP_ETHER, ETHER_IPV6);
}

const struct proto teredo_proto = { .name = "teredo", .decode = decode };

const struct proto teredo_protos[] = {
	{ .name = NULL }
};
