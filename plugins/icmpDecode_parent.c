/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * icmpDecode_parent.c - whose packet does an ICMP error message quote?
 *
 * The quote begins 8 bytes behind the start of the ICMP header: RFC 792, RFC 4443 section 3.  The
 * flow has the direction of the quoted packet and is looked for among the living ones only.
 */
#include "icmpDecode.h"

enum { ICMP_HEAD = 8, EXTENSIONS_MAX = 8 };
enum { HOPOPTS = 0, ROUTING = 43, FRAGMENT = 44, AH = 51, DSTOPTS = 60 };

static bool
quotes(enum icmp_version v, uint8_t type)
{
	if (v == ICMP4)
		return type == UNREACH4 || type == QUENCH4 || type == REDIRECT4 ||
		    type == EXCEEDED4;
	return type >= UNREACH6 && type <= PARAMETER6;
}

static bool
has_ports(uint8_t proto)
{
	return proto == IP_TCP || proto == IP_UDP || proto == IP_UDPLITE || proto == IP_SCTP;
}

/* Reads the quoted IPv4 header; false: what follows is not the start of the payload. */
static bool
quote_ip4(struct cur *c, struct flow_key *k)
{
	uint32_t options = cur_u8(c) & 0x0f;

	cur_skip(c, 5);
	bool first = (cur_u16(c) & 0x1fff) == 0;
	cur_skip(c, 1);
	k->proto = cur_u8(c);
	cur_skip(c, 2);
	cur_copy(c, k->src, 4);
	cur_copy(c, k->dst, 4);
	if (options > 5)
		cur_skip(c, (options - 5) * 4);
	return first;
}

/* The same for IPv6, up to the header behind the extension headers (RFC 8200 section 4). */
static bool
quote_ip6(struct cur *c, struct flow_key *k)
{
	bool first = true;

	cur_skip(c, 6);
	k->proto = cur_u8(c);
	cur_skip(c, 1);
	cur_copy(c, k->src, 16);
	cur_copy(c, k->dst, 16);
	for (int i = 0; i < EXTENSIONS_MAX && first && !c->cut; i++) {
		uint8_t kind = k->proto;
		if (kind != HOPOPTS && kind != ROUTING && kind != FRAGMENT && kind != AH &&
		    kind != DSTOPTS)
			break;
		k->proto = cur_u8(c);
		uint32_t len = cur_u8(c);
		if (kind == FRAGMENT) {
			first = (cur_u16(c) & 0xfff8) == 0;
			cur_skip(c, 4);
		} else {
			cur_skip(c, kind == AH ? len * 4 + 6 : len * 8 + 6);
		}
	}
	return first;
}

/* The vlan and the ethertype are those of the message itself. */
static bool
quote_key(const struct pkt *p, enum icmp_version v, struct flow_key *k)
{
	struct cur c = pkt_cur(p, p->l4 + ICMP_HEAD);

	*k = (struct flow_key){ .vlan = p->key.vlan, .ethertype = p->key.ethertype };
	/* only with ETH_ACTIVATE=2: the message goes back to where the packet came from */
	memcpy(k->smac, p->key.dmac, sizeof(k->smac));
	memcpy(k->dmac, p->key.smac, sizeof(k->dmac));
	bool first = v == ICMP4 ? quote_ip4(&c, k) : quote_ip6(&c, k);
	if (first && has_ports(k->proto)) {
		k->sport = cur_u16(&c);
		k->dport = cur_u16(&c);
	}
	return !c.cut;
}

struct flow *
icmp_parent(struct t2 *t, const struct pkt *p, enum icmp_version v, uint8_t type)
{
	struct flow_key key;

	if (!quotes(v, type) || !quote_key(p, v, &key))
		return NULL;
	return flow_find(t, &key);
}
