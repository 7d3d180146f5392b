/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vxlan.c - Virtual eXtensible LAN (RFC 7348), ports 4789 and 8472, and its generic extension on
 * port 4790 (draft-ietf-nvo3-vxlan-gpe) with NSH (RFC 8300).
 */
#include "../walk.h"

enum { HEAD = 8, PORT_GPE = 4790 };
enum { GPE_IPV4 = 1, GPE_IPV6 = 2, GPE_ETH = 3, GPE_NSH = 4, GPE_MPLS = 5, NSH_MPLS = 5 };

#define GROUP UINT32_C(0x80000000)

static const struct proto vxlan = { .name = "vxlan" };
static const struct proto vxlan_gpe = { .name = "vxlan_gpe" };
static const struct proto nsh = { .name = "nsh" };

static bool
payload(struct walk *w, uint32_t n, uint8_t next)
{
	switch (next) {
	case GPE_IPV4:
		return walk_next(w, n, SP_ETHER, ETHER_IPV4);
	case GPE_IPV6:
		return walk_next(w, n, SP_ETHER, ETHER_IPV6);
	case GPE_ETH:
		return walk_eth(w, n);
	case GPE_MPLS:
		return walk_next(w, n, SP_ETHER, 0x8847);
	}
	return walk_stop(w);
}

static bool
gpe(struct walk *w, uint8_t next)
{
	struct cur c;
	uint32_t len;

	if (next != GPE_NSH)
		return payload(w, HEAD, next);
	w->off += HEAD;
	walk_push(w, &nsh);
	c = walk_cur(w);
	len = (cur_u16(&c) & 0x3f) * 4u;        /* RFC 8300 section 2.2 */
	cur_skip(&c, 1);
	return payload(w, len, cur_u8(&c));
}

/* Bits that must be 0.  A group policy (draft-smith-vxlan-group-policy) has a flag that says so,
 * two more and 16 bits of group. */
static uint32_t
reserved(uint32_t flags)
{
	return flags & GROUP ? 0x77b70000 : 0xf7ffffff;
}

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint32_t flags = cur_u32(&c), vni = cur_u32(&c);
	bool dst = p->key.dport == w->port, ext = w->port == PORT_GPE;

	if (!w->d->conf.vxlan || p->key.proto != IP_UDP || c.cut)
		return false;
	if (!dst && p->key.dport <= 1024)       /* an answer comes from the port */
		return false;
	if ((vni & 0xff) != 0 || (flags & (ext ? 0xc0ffff00 : reserved(flags))) != 0)
		return false;
	p->stat |= FS(VXLAN);
	walk_push(w, ext ? &vxlan_gpe : &vxlan);
	w->open = true;
	return ext ? gpe(w, flags & 0xff) : walk_eth(w, HEAD);
}

const struct proto vxlan_protos[] = {
	{ .name = "vxlan", .keys = KEYS({ SP_PORT, 4789 }, { SP_PORT, 8472 },
	    { SP_PORT, PORT_GPE }), .decode = decode },
	{ .name = NULL }
};
