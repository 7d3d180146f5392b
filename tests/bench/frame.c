/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * frame.c - builds the frames, outermost header first; lengths and checksums follow the payload.
 * RFC 791, 768, 792, 793, 826, 2784, 8200; IEEE 802.1Q.
 * The whole frame is always built, also when the capture will keep only its first bytes.
 * A fragmented datagram alternates: even packets are first fragments, odd ones last fragments.
 */
#include <string.h>

#include "gen.h"

enum { FRAG_FIRST = 1480, FRAG_LAST = 920 };

static uint8_t *
put16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
	return p + 2;
}

static uint8_t *
put32(uint8_t *p, uint32_t v)
{
	return put16(put16(p, v >> 16), v & 0xffff);
}

static uint8_t *
put_data(uint8_t *p, const uint8_t *data, size_t len)
{
	memcpy(p, data, len);
	return p + len;
}

static uint32_t
sum_add(uint32_t sum, const uint8_t *p, size_t len)
{
	size_t i;

	for (i = 0; i + 1 < len; i += 2)
		sum += (uint32_t)(p[i] << 8 | p[i + 1]);
	if (i < len)
		sum += (uint32_t)(p[i] << 8);
	return sum;
}

static unsigned
sum_fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

static uint8_t *
put_mac(uint8_t *p, const struct flow *f, unsigned end)
{
	/* one router for all servers, sixteen stations for all clients */
	p = put16(p, 0x0200);
	return put32(p, end ? 0x5e000001 : 0x5e001000 + (f->ip[0] & 15));
}

static uint8_t *
put_ether(uint8_t *p, const struct flow *f, unsigned dir)
{
	p = put_mac(p, f, !dir);
	p = put_mac(p, f, dir);
	if (f->vlan)
		p = put16(put16(p, 0x8100), f->vlan);
	if (f->kind == ARP)
		return put16(p, 0x0806);
	return put16(p, f->v6 ? 0x86dd : 0x0800);
}

static uint8_t *
put_arp(uint8_t *p, const struct flow *f, unsigned dir)
{
	p = put16(put16(p, 1), 0x0800);
	p = put16(put16(p, 0x0604), dir ? 2 : 1);
	p = put32(put_mac(p, f, dir), f->ip[dir]);
	p = dir ? put_mac(p, f, 0) : put16(put32(p, 0), 0);
	return put32(p, f->ip[!dir]);
}

/* frag: the field with flags and offset */
static uint8_t *
put_ip4(uint8_t *p, unsigned proto, unsigned id, unsigned frag, const uint32_t *ip, unsigned dir)
{
	p = put16(put16(p, 0x4500), 0);
	p = put16(put16(p, id), frag);
	p = put16(put16(p, (dir ? 55U : 64U) << 8 | proto), 0);
	return put32(put32(p, ip[dir]), ip[!dir]);
}

static void
ip4_close(uint8_t *ip, const uint8_t *end)
{
	put16(ip + 2, (unsigned)(end - ip));
	put16(ip + 10, sum_fold(sum_add(0, ip, 20)));
}

static uint8_t *
put_addr6(uint8_t *p, const struct flow *f, unsigned end)
{
	p = put32(put32(p, 0x20010db8), end ? f->ip[1] >> 16 : 0x1018);
	return put32(put32(p, 0), f->ip[end]);
}

static uint8_t *
put_ip6(uint8_t *p, const struct flow *f, unsigned proto, unsigned dir)
{
	p = put16(put32(p, 0x60000000), 0);
	p = put16(p, proto << 8 | (dir ? 55U : 64U));
	return put_addr6(put_addr6(p, f, dir), f, !dir);
}

static uint8_t *
put_tcp(uint8_t *p, const struct flow *f, const struct step *s)
{
	unsigned dir = s->dir, words = 5;
	bool syn = s->flags & SYN;

	if (syn)
		words = 10;
	else if (f->stamps)
		words = 8;
	p = put16(put16(p, f->port[dir]), f->port[!dir]);
	p = put32(put32(p, f->seq[dir]), s->flags & ACK ? f->seq[!dir] : 0);
	p = put16(put16(p, words << 12 | s->flags), syn ? 64240 : 501 + (f->ip[dir] & 63));
	p = put32(p, 0);
	if (syn)
		p = put32(put32(p, 0x020405b4), 0x0402080a);
	else if (f->stamps)
		p = put32(p, 0x0101080a);
	if (syn || f->stamps)
		p = put32(put32(p, s->us / 1000 + f->ip[dir]), s->flags & ACK ? s->us / 1000 : 0);
	if (syn)
		p = put32(p, 0x01030307);
	return put_data(p, s->data, s->len);
}

static uint8_t *
put_udp(uint8_t *p, const struct flow *f, const struct step *s, size_t len)
{
	p = put16(put16(p, f->port[s->dir]), f->port[!s->dir]);
	p = put16(put16(p, (unsigned)len + 8), 0);
	return put_data(p, s->data, s->len);
}

static uint8_t *
put_icmp(uint8_t *p, const struct flow *f, const struct step *s)
{
	uint8_t *ip;

	if (f->kind == UNREACH) {
		ip = put32(put16(put16(p, 0x0303), 0), 0);
		p = put_ip4(ip, 17, f->sent, 0, f->ip, !s->dir);
		p = put16(put16(p, 53), 1024 + f->port[0] % 4096);
		p = put16(put16(p, 8), 0);
		ip4_close(ip, p);
		return p;
	}
	if (f->kind == IGMP)
		return put32(put16(put16(p, 0x1600), 0), f->ip[1]);
	p = put16(p, f->v6 ? (s->dir ? 0x8100 : 0x8000) : (s->dir ? 0 : 0x0800));
	p = put16(put16(put16(p, 0), f->port[0]), f->sent / 2);
	return put_data(p, s->data, s->len);
}

/* The last fragment has no UDP header. */
static uint8_t *
put_frag(uint8_t *p, const struct flow *f, const struct step *first)
{
	struct step s = *first;

	if (f->sent & 1)
		return put_data(p, s.data, FRAG_LAST);
	s.len = FRAG_FIRST - 8;
	return put_udp(p, f, &s, FRAG_FIRST - 8 + FRAG_LAST);
}

/* A second IPv4 and UDP header inside. */
static uint8_t *
put_gre(uint8_t *p, const struct flow *f, const struct step *s)
{
	const uint32_t inner[2] = { 0x0a000000 | (f->ip[0] & 0xffff), 0x0a010001 };
	uint8_t *ip = put16(put16(p, 0), 0x0800);

	p = put_ip4(ip, 17, f->sent, 0, inner, s->dir);
	p = put_udp(p, f, s, s->len);
	ip4_close(ip, p);
	return p;
}

static void
l4_close(const struct flow *f, uint8_t *ip, uint8_t *l4, const uint8_t *end, unsigned proto)
{
	uint32_t sum = 0;
	unsigned check;
	size_t len = (size_t)(end - l4);
	uint8_t *field = NULL;

	if (f->kind == TCP)
		field = l4 + 16;
	else if (f->kind == UDP)
		field = l4 + 6;
	else if (f->kind == ICMP || f->kind == UNREACH || f->kind == IGMP)
		field = l4 + 2;
	if (!field)
		return;
	if (f->kind == TCP || f->kind == UDP || f->v6) {
		sum = proto + (uint32_t)len;
		sum = f->v6 ? sum_add(sum, ip + 8, 32) : sum_add(sum, ip + 12, 8);
	}
	check = sum_fold(sum_add(sum, l4, len));
	put16(field, f->kind == UDP && check == 0 ? 0xffff : check);
}

static uint8_t *
put_l4(uint8_t *p, const struct flow *f, const struct step *s)
{
	switch (f->kind) {
	case TCP:
		return put_tcp(p, f, s);
	case UDP:
		return put_udp(p, f, s, s->len);
	case FRAG:
		return put_frag(p, f, s);
	case GRE:
		return put_gre(p, f, s);
	default:
		return put_icmp(p, f, s);
	}
}

size_t
frame_build(uint8_t *out, struct flow *f, const struct step *s)
{
	static const uint8_t proto_of[] = { 6, 17, 1, 1, 2, 17, 47 };
	uint8_t *p, *ip, *l4;
	unsigned proto, id, frag = 0x4000;

	p = ip = put_ether(out, f, s->dir);
	if (f->kind == ARP) {
		p = put_arp(p, f, s->dir);
		return (size_t)(p - out);
	}
	proto = f->v6 && f->kind == ICMP ? 58 : proto_of[f->kind];
	id = f->sent + f->port[0];
	if (f->kind == FRAG) {
		id = f->sent / 2;
		frag = f->sent & 1 ? FRAG_FIRST / 8 : 0x2000;
	}
	l4 = f->v6 ? put_ip6(p, f, proto, s->dir) : put_ip4(p, proto, id & 0xffff, frag, f->ip, s->dir);
	p = put_l4(l4, f, s);
	if (f->v6)
		put16(ip + 4, (unsigned)(p - l4));
	else
		ip4_close(ip, p);
	l4_close(f, ip, l4, p, proto);
	f->seq[s->dir] += (uint32_t)s->len + !!(s->flags & (SYN | FIN));
	return (size_t)(p - out);
}
