/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dissect.c - the walk over the headers of a packet.
 *
 * Each decoder of lib/proto/ reads one header and names the next by a number of some space
 * (EtherType, IP protocol ...).  An IP decoder that succeeds commits addresses and lengths to
 * the packet, so when something inside cannot be carried to an IP header the packet stays with
 * the last one opened; without any it becomes a layer 2 packet.
 */
#include <stdlib.h>

#include "priv.h"

enum { DEPTH_MAX = 255 };
enum { IP4HEAD = 20, IP6HEAD = 40, L4HEAD = 8, PORTS_LEN = 4 };

static const struct proto unk16 = { .name = "UNK(0x%04x)" };
static const struct proto unk8 = { .name = "UNK(0x%02x)" };
static const struct proto unkip = { .name = "UNK(%u)" };
static const struct proto ipvx = { .name = "ipvx" };

int
dissect_init(struct dissect *d, const struct dissect_conf *conf)
{
	const struct proto *const *p;
	const struct proto_key *k;

	*d = (struct dissect){ .conf = *conf };
	for (int s = SP_END + 1; s < SP_N; s++)
		if ((d->map[s] = calloc(PROTO_MAP, sizeof(*d->map[s]))) == NULL)
			return -1;
	for (p = proto_list; *p != NULL; p++)
		for (const struct proto *row = *p; row->name != NULL; row++)
			for (k = row->keys; k != NULL && k->space != SP_END; k++) {
				d->map[k->space][k->value & (PROTO_MAP - 1)] = row;
				if (k->space == SP_PORT)
					d->port[k->value / 64] |= UINT64_C(1) << k->value % 64;
			}
	return 0;
}

void
dissect_free(struct dissect *d)
{
	for (int s = 0; s < SP_N; s++)
		free(d->map[s]);
}

bool
walk_stop(struct walk *w)
{
	w->p->stat |= FS(STOP);
	w->space = SP_END;
	return true;
}

bool
walk_unknown(struct walk *w, enum space space, uint32_t value)
{
	uint16_t n = w->p->nlayer;

	if (w->d->conf.unk_swap && space != SP_LLC && space != SP_IP)
		value = (value & 0xff) << 8 | (value >> 8 & 0xff);
	walk_push(w, space == SP_IP ? &unkip : space == SP_LLC ? &unk8 : &unk16);
	if (w->p->nlayer > n)
		w->p->layer[n].value = value;
	return walk_stop(w);
}

bool
walk_name(struct walk *w, enum space space, uint32_t value)
{
	const struct proto *proto = proto_find(w->d, space, value);

	if (proto == NULL)
		return walk_unknown(w, space, value);
	if (!proto->silent || proto->decode != NULL)
		walk_push(w, proto);
	return true;
}

void
walk_l2(struct walk *w, uint32_t dmac, uint32_t smac)
{
	w->l2 = w->off;
	w->macs = true;
	w->dmac = dmac;
	w->smac = smac;
}

bool
walk_ether(struct walk *w, uint16_t type)
{
	w->ethertype = type;
	w->pay = w->off;
	if (unlikely(w->off > w->p->caplen))    /* the type was not captured */
		return walk_stop(w);
	/* IEEE 802.3 clause 3.2.6: up to 1500 it is a length and LLC follows */
	if (type <= 1500 && w->p->nlayer > 0) {
		walk_push(w, &llc_proto);
		return llc_proto.decode(w);
	}
	return walk_next(w, 0, SP_ETHER, type);
}

bool
walk_eth(struct walk *w, uint32_t n)
{
	w->off += n;
	if (++w->depth > DEPTH_MAX)     /* frames in SNAP in frames do not come by walk() */
		return walk_stop(w);
	walk_push(w, &eth_proto);
	return eth_proto.decode(w);
}

bool
walk_ip(struct walk *w, uint32_t n)
{
	struct cur c;

	w->off += n;
	c = walk_cur(w);
	switch (cur_peek(&c, 0) >> 4) {
	case 4:
		return walk_next(w, 0, SP_ETHER, ETHER_IPV4);
	case 6:
		return walk_next(w, 0, SP_ETHER, ETHER_IPV6);
	}
	return walk_ipvx(w);
}

bool
walk_port_pair(struct walk *w, uint32_t head)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint32_t plain = p->ipver == 4 ? IP4HEAD : IP6HEAD;

	if (p->iplen < plain + head || p->iplen < p->iphl + PORTS_LEN) {
		p->stat |= FS(L4HDRSNAP);
		return false;
	}
	p->key.sport = cur_u16(&c);
	p->key.dport = cur_u16(&c);
	return true;
}

bool
walk_ipvx(struct walk *w)
{
	if (w->off >= w->p->caplen && w->off < w->p->wirelen)   /* it may have been right */
		return walk_stop(w);
	w->p->stat |= FS(IPVX) | (w->p->ipver != 0 ? FS(STOP) : 0);
	walk_push(w, &ipvx);
	return true;
}

bool
walk_closed(struct walk *w, uint16_t type)
{
	struct pkt *p = w->p;
	struct cur c = pkt_cur(p, w->off + (type == ETHER_IPV4 ? 9 : 6));

	if (p->ipver != 0)
		walk_stop(w);
	else
		p->stat |= type == ETHER_IPV4 ? FS(IPV4) : FS(IPV6);
	if (p->ipver == 0 && type == ETHER_IPV6)
		p->noflow = true;
	return walk_name(w, SP_IP, cur_u8(&c));
}

void
walk_commit(struct walk *w, uint8_t version, uint32_t hl, uint32_t len)
{
	struct pkt *p = w->p;

	p->stat |= version == 4 ? FS(IPV4) : FS(IPV6);
	if (p->ipver != 0 && p->ipver != version) {     /* an outer header's bit goes with it */
		p->stat &= ~(version == 4 ? FS(IPV6) : FS(IPV4));
		p->seen |= version == 4 ? SEEN_OUTER6 : SEEN_OUTER4;
	}
	memset(&p->key, 0, sizeof(p->key));
	p->ipver = version;
	p->key.ethertype = version == 4 ? ETHER_IPV4 : ETHER_IPV6;
	p->l2 = w->l2;
	p->macs = w->macs;
	p->dmac = w->dmac;
	p->smac = w->smac;
	p->l3 = w->off;
	p->l4 = w->off + hl;
	p->iphl = hl;
	p->iplen = len;
	p->l4hl = L4HEAD;
	p->frag = FRAG_NONE;
	p->fragoff = 0;
	p->mf = false;
	p->ipid = 0;
	p->off_hbh = p->off_dst = p->off_fraghdr = 0;
	if (len > hl && w->off + len < w->end)
		w->end = w->off + len;
	w->open = false;
}

/* The payload of TCP or UDP, n bytes from here: the protocol of the destination port is asked
 * first, then that of the source port.  False if it is none of them. */
static bool
walk_port(struct walk *w, uint32_t n, uint16_t port)
{
	if (likely(!(w->d->port[port / 64] >> port % 64 & 1)))
		return false;
	w->port = port;
	w->off += n;
	if (proto_find(w->d, SP_PORT, port)->decode(w))
		return true;
	w->off -= n;
	return false;
}

bool
walk_ports(struct walk *w, uint32_t n)
{
	return walk_port(w, n, w->p->key.dport) || walk_port(w, n, w->p->key.sport);
}

static void
walk(struct walk *w)
{
	const struct proto *proto;
	enum space space;

	while (w->space != SP_END) {
		space = w->space;
		if (++w->depth > DEPTH_MAX) {
			walk_stop(w);
			return;
		}
		if ((proto = proto_find(w->d, space, w->value)) == NULL) {
			if (space == SP_LINK)
				w->p->seen |= SEEN_UNKNOWN;
			w->p->stat |= space == SP_LINK ? FS(NOETH) : 0;
			walk_unknown(w, space, w->value);
			return;
		}
		w->from = space;
		w->space = SP_END;
		if (!proto->silent)
			walk_push(w, proto);
		if (proto->decode != NULL)
			proto->decode(w);
		/* cut within the link header; Ethernet has a limit of its own, and an IP header
		 * may be the first one */
		if (space == SP_LINK && unlikely(w->p->caplen < w->off) &&
		    !(w->p->seen & SEEN_ETH) && w->p->ipver == 0) {
			w->p->stat |= FS(L2SNAP);
			w->p->noflow = true;
			return;
		}
	}
}

/* Copies the addresses into the key; with RAW_MAC the frame's first bytes stand in for them. */
static void
key_macs(const struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c;

	if (!p->macs && !w->d->conf.rawmac)
		return;
	c = pkt_cur(p, p->dmac);
	cur_copy(&c, p->key.dmac, 6);
	c = pkt_cur(p, p->smac);
	cur_copy(&c, p->key.smac, 6);
}

/* Layer 2 packets: the MAC addresses and the type are the key, the size counts from the end of
 * the L2 header on the wire. */
static void
finish_l2(struct walk *w)
{
	struct pkt *p = w->p;

	p->l2 = w->l2;
	p->macs = w->macs;
	p->dmac = w->dmac;
	p->smac = w->smac;
	p->stat |= FS(L2);
	p->key.ethertype = w->ethertype;
	p->key.vlan = w->vlan;
	p->l7 = p->l4 = p->l3 = w->pay;
	p->l7len = p->wirelen > w->pay ? p->wirelen - w->pay : 0;
	p->len = w->d->conf.packetlength == 0 ? p->wirelen : p->l7len;
	key_macs(w);
	if (w->d->conf.l2 == 0)
		p->noflow = true;
}

/* The size that statistics count, from the lengths in the headers (PACKETLENGTH). */
static void
finish_ip(struct walk *w)
{
	const struct dissect_conf *conf = &w->d->conf;
	struct pkt *p = w->p;
	uint32_t pay = p->iplen > p->iphl ? p->iplen - p->iphl : 0;

	p->key.vlan = w->vlan;          /* the innermost tag of the whole packet */
	if (p->frag == FRAG_LATER)
		p->l4hl = 0;
	if (p->iplen < p->iphl || pay < p->l4hl)
		p->stat |= FS(L4HDRSNAP);
	p->l7 = p->l4 + p->l4hl;
	p->l7len = pay > p->l4hl ? pay - p->l4hl : 0;
	switch (conf->packetlength) {
	case 0:
		p->len = p->iplen + (p->l3 - p->l2);
		break;
	case 1:
		p->len = p->iplen;
		break;
	case 2:
		p->len = pay;
		break;
	default:
		p->len = p->l7len;
	}
	if (conf->packetlength < 2 && conf->fragipview && p->frag == FRAG_LATER)
		p->len = p->len > p->iphl ? p->len - p->iphl : 0;
	if (conf->l2 == 2)
		key_macs(w);
	if (w->open)
		p->stat |= FS(STOP);
}

void
dissect(const struct dissect *d, struct pkt *p)
{
	struct walk w = { .p = p, .d = d, .space = SP_LINK, .value = p->linktype };

	memset(&p->key, 0, sizeof(p->key));
	memset(&p->seen, 0, offsetof(struct pkt, mf) + sizeof(p->mf) - offsetof(struct pkt, seen));
	w.smac = 6;
	w.end = p->wirelen > p->caplen ? p->wirelen : p->caplen;
	if (p->caplen == 0) {
		p->noflow = true;
		return;
	}
	walk(&w);
	if (p->noflow)
		return;
	if (p->ipver == 0)
		finish_l2(&w);
	else
		finish_ip(&w);
}
