/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capwap.c - Control And Provisioning of Wireless Access Points (RFC 5415), ports 5246 (control)
 * and 5247 (data), and its forerunner LWAPP (RFC 5412), ports 12222 and 12223.
 *
 * Tunnelled 802.11 frames come with the two bytes of their frame control swapped.
 */
#include "../walk.h"

enum { PORT_DATA = 5247, TYPE_DTLS = 1, F_NATIVE = 0x0100, F_FRAG = 0x0080, F_RADIO = 0x0010,
	F_KEEPALIVE = 0x0008 };
enum { LWAPP_CONTROL = 0x04, LWAPP_CONTROL_PORT = 12223, LWAPP_HEAD = 6, LWAPP_IDENT = 6 };

static const struct proto capwap = { .name = "capwap" };
static const struct proto capwap_data = { .name = "capwap.data" };
static const struct proto dtls = { .name = "dtls" };
static const struct proto lwapp = { .name = "lwapp" };

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint32_t head = cur_u32(&c), frag = cur_u32(&c), len = (head >> 19 & 31) * 4;

	if (!w->d->conf.capwap || p->key.proto != IP_UDP ||
	    walk_other_port(w, w->port) <= 1024 || (head >> 28) != 0)
		return false;
	if ((head >> 24 & 15) == TYPE_DTLS ? (head & 0xffffff) != 0 : len < 8 || (frag & 7) != 0)
		return false;
	p->stat |= FS(CAPWAP);
	walk_push(w, w->port == PORT_DATA ? &capwap_data : &capwap);
	w->open = true;
	if ((head >> 24 & 15) == TYPE_DTLS) {
		walk_push(w, &dtls);
		return walk_stop(w);
	}
	if (w->port != PORT_DATA || head & F_KEEPALIVE || (frag >> 3 & 0x1fff) != 0)
		return walk_stop(w);
	return head & F_NATIVE ? walk_wlan(w, len, true) : walk_eth(w, len);
}

static bool
decode_lwapp(struct walk *w)
{
	struct pkt *p = w->p;
	/* access points put their address in front of control messages */
	uint32_t ident = p->key.dport == LWAPP_CONTROL_PORT ? LWAPP_IDENT : 0;
	struct cur c = pkt_cur(p, w->off + ident);
	uint8_t flags = cur_u8(&c);

	if (!w->d->conf.lwapp || p->key.proto != IP_UDP || walk_other_port(w, w->port) <= 1024)
		return false;
	p->stat |= FS(CAPWAP);
	walk_push(w, &lwapp);
	w->open = true;
	if (flags & LWAPP_CONTROL)
		return walk_stop(w);
	return walk_wlan(w, ident + LWAPP_HEAD, true);
}

const struct proto capwap_protos[] = {
	{ .name = "capwap", .keys = KEYS({ SP_PORT, 5246 }, { SP_PORT, PORT_DATA }),
	    .decode = decode },
	{ .name = "lwapp", .keys = KEYS({ SP_PORT, 12222 }, { SP_PORT, LWAPP_CONTROL_PORT }),
	    .decode = decode_lwapp },
	{ .name = NULL }
};
