/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicFlow.c - what a flow is: index, status, times, header stack, addresses, labels, ports.
 *
 * Header descriptions and MAC addresses are lists of the distinct values of this direction, in
 * order of appearance; the first of each is in the slot, further ones in a block that few flows
 * need.  VLAN tags and tunnel headers are those of the first packet.
 */
#include <stdlib.h>

#include "basicFlow.h"

static const struct opt opts[] = {
	[BFO_SENSORID] = OPT("BFO_SENSORID", 0, 1, 0, "column with the sensor's number"),
	[BFO_HDRDESC_PKTCNT] = OPT("BFO_HDRDESC_PKTCNT", 0, 1, 0,
	    "packets with each header description"),
	[BFO_MAC] = OPT("BFO_MAC", 0, 1, 1, "MAC addresses"),
	[BFO_ETHERTYPE] = OPT("BFO_ETHERTYPE", 0, 1, 1, "EtherType"),
	[BFO_VLAN] = OPT("BFO_VLAN", 0, 2, 1, "VLAN tags: 0 none, 1 numbers, 2 whole tags in hex"),
	[BFO_MPLS] = OPT("BFO_MPLS", 0, 3, 0,
	    "MPLS: 0 none, 1 labels, 2 whole entries in hex, 3 decoded entries"),
	[BFO_PPP] = OPT("BFO_PPP", 0, 1, 0, "PPP header"),
	[BFO_L2TP] = OPT("BFO_L2TP", 0, 1, 0, "L2TP header and outer addresses"),
	[BFO_GRE] = OPT("BFO_GRE", 0, 1, 0, "GRE header and outer addresses"),
	[BFO_TEREDO] = OPT("BFO_TEREDO", 0, 1, 0, "Teredo origin and address parts"),
	[BFO_SUBNET_TEST] = OPT("BFO_SUBNET_TEST", 0, 1, 1,
	    "country and organisation of the addresses"),
	[BFO_SUBNET_TEST_L2TP] = OPT("BFO_SUBNET_TEST_L2TP", 0, 1, 0,
	    "country and organisation of the L2TP addresses"),
	[BFO_SUBNET_TEST_GRE] = OPT("BFO_SUBNET_TEST_GRE", 0, 1, 0,
	    "country and organisation of the GRE addresses"),
	[BFO_SUBNET_TEST_TEREDO] = OPT("BFO_SUBNET_TEST_TEREDO", 0, 1, 0,
	    "country and organisation of the Teredo addresses"),
	[BFO_SUBNET_ASN] = OPT("BFO_SUBNET_ASN", 0, 1, 0, "autonomous system numbers"),
	[BFO_SUBNET_LL] = OPT("BFO_SUBNET_LL", 0, 1, 0, "latitude, longitude and its radius"),
	[BFO_SUBNET_HEX] = OPT("BFO_SUBNET_HEX", 0, 1, 0, "labels as one code word in hex"),
	[BFO_MAX_HDRDESC] = OPT("BFO_MAX_HDRDESC", 0, LIST_MAX, 4,
	    "most header descriptions listed; 0 removes the columns"),
	[BFO_MAX_MAC] = OPT("BFO_MAX_MAC", 1, LIST_MAX, 3, "most MAC addresses listed"),
	[BFO_MAX_MPLS] = OPT("BFO_MAX_MPLS", 1, TAG_MAX, 3, "most MPLS labels listed"),
	[BFO_MAX_VLAN] = OPT("BFO_MAX_VLAN", 1, TAG_MAX, 3, "most VLAN tags listed"),
	[BFO_WHOLEN] = OPT("WHOLEN", 1, 255, 23, "bytes of an organisation's name that print"),
	[BFO_PKT_TRIP] = OPT("SPKTMD_TRIP", 0, 1, 0,
	    "packet records: time since the last packet of the opposite direction"),
	[BFO_N] = { .name = NULL }
};

static void
fini(void *state)
{
	free(state);
}

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "basicFlow: out of memory");
		return NULL;
	}
	st->t = t;
	for (int i = 0; i < BFO_N; i++)
		st->opt[i] = opt[i].n;
	st->raw_mac = opt_core(t, "RAW_MAC")->n != 0;
	st->sensor = (uint32_t)opt_core(t, "SENSORID")->n;
	if (opt[BFO_SUBNET_TEST].n && (st->geo = t2_geo(t)) == NULL) {
		fini(st);
		return NULL;
	}
	return st;
}

static bool
idle(const void *state)
{
	const struct state *st = state;

	return st->opt[BFO_MAX_HDRDESC] == 0 && st->opt[BFO_MAC] == 0;
}

static void
start(void *state, FILE *report)
{
	const struct state *st = state;

	if (st->geo != NULL)
		geo_describe(st->geo, report);
}

static struct more *
more(struct slot *s)
{
	if (s->more == NULL)
		s->more = calloc(1, sizeof(*s->more));
	return s->more;
}

/* Tags of the frame's first packet from off on: every word of 32 bits until the list is full or
 * last() says so.  Their number is in *n. */
static void
read_vlan(const struct state *st, struct extra *e, const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->off_vlan);
	uint16_t type = 0x8100;

	while (e->nvlan < st->opt[BFO_MAX_VLAN] && !c.cut && (type == 0x8100 || type == 0x88a8)) {
		e->vlan[e->nvlan] = cur_u32(&c);
		type = e->vlan[e->nvlan++] & 0xffff;
	}
}

static void
read_mpls(const struct state *st, struct extra *e, const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->off_mpls);

	while (e->nmpls < st->opt[BFO_MAX_MPLS] && !c.cut) {
		e->mpls[e->nmpls] = cur_u32(&c);
		if (e->mpls[e->nmpls++] & 0x100)
			return;
	}
}

/* The outer IPv4 addresses; zeros if the tunnel runs over IPv6. */
static void
read_outer(const struct pkt *p, uint8_t src[4], uint8_t dst[4])
{
	struct cur c = pkt_cur(p, p->off_outer);

	if (cur_peek(&c, 0) >> 4 != 4)
		return;
	cur_skip(&c, 12);
	cur_copy(&c, src, 4);
	cur_copy(&c, dst, 4);
}

static void
read_l2tp(struct extra *e, const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->off_l2tp);

	e->l2tp_head = cur_u16(&c);
	if ((e->l2tp_head & 15) == 3) {
		cur_skip(&c, 2);
		e->l2tp_ccsid = cur_u32(&c);
	} else {
		if (e->l2tp_head & 0x4000)      /* RFC 2661 section 3.1: length present */
			cur_skip(&c, 2);
		e->l2tp_tid = cur_u16(&c);
		e->l2tp_sid = cur_u16(&c);
	}
	read_outer(p, e->l2tp_src, e->l2tp_dst);
}

/* RFC 4380 section 5.1.1: the origin's port and address are xored with ones. */
static void
read_teredo(struct extra *e, const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->off_teredo);

	if (cur_peek16(&c, 0) != 0)
		return;
	cur_skip(&c, 2);
	e->trdo_port = (uint16_t)~cur_u16(&c);
	cur_copy(&c, e->trdo_ip, 4);
	for (int i = 0; i < 4; i++)
		e->trdo_ip[i] = (uint8_t)~e->trdo_ip[i];
}

static void
read_extra(const struct state *st, struct slot *s, const struct pkt *p)
{
	struct cur c;
	struct extra *e;

	if ((e = s->extra = calloc(1, sizeof(*e))) == NULL)
		return;
	if (p->seen & SEEN_VLAN)
		read_vlan(st, e, p);
	if (p->seen & SEEN_MPLS)
		read_mpls(st, e, p);
	if (p->seen & SEEN_PPP) {
		c = pkt_cur(p, p->off_ppp);
		e->ppp = cur_u32(&c);
	}
	if (p->seen & SEEN_L2TP)
		read_l2tp(e, p);
	if (p->seen & SEEN_GRE) {
		c = pkt_cur(p, p->off_gre);
		e->gre = cur_u32(&c);
		read_outer(p, e->gre_src, e->gre_dst);
	}
	if (p->seen & SEEN_TEREDO)
		read_teredo(e, p);
}

static void
flow_new(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct state *st = state;
	struct geo_label a, b;

	if (unlikely(p->seen & (SEEN_VLAN | SEEN_MPLS | SEEN_PPP | SEEN_L2TP | SEEN_GRE |
	    SEEN_TEREDO)))
		read_extra(st, slot, p);
	if (st->geo == NULL || f->ipver != 4 || !geo_has_tor(st->geo))
		return;
	geo_find(st->geo, 4, f->key.src, &a);
	geo_find(st->geo, 4, f->key.dst, &b);
	if (a.tor || b.tor)
		flow_mark(st->t, f, FS(TOR));
}

/* A description that is not the first one of the list. */
static void
add_desc(struct state *st, struct slot *s, const struct pkt *p)
{
	struct more *m = more(s);
	unsigned i;

	if (m == NULL)
		return;
	for (i = 0; i + 1 < s->ndesc; i++)
		if (desc_is(m->desc[i], p)) {
			m->ndesc_pkts[i + 1]++;
			return;
		}
	if ((m->desc[i] = desc_get(st->t, p)) != NULL) {
		m->ndesc_pkts[i + 1] = 1;
		s->ndesc++;
	}
}

static void
see_desc(struct state *st, struct slot *s, struct flow *f, const struct pkt *p)
{
	if (s->ndesc >= st->opt[BFO_MAX_HDRDESC]) {
		f->stat |= FS(HDOVER);          /* stays out of the aggregate */
		return;
	}
	if (likely(s->ndesc > 0 && desc_is(s->desc, p))) {
		s->desc_pkts++;
		return;
	}
	if (s->ndesc > 0) {
		add_desc(st, s, p);
		return;
	}
	if ((s->desc = desc_get(st->t, p)) == NULL)
		return;
	s->ndesc = 1;
	s->desc_pkts = 1;
	if (s->desc->cut)
		flow_mark(st->t, f, FS(HDOVER));
}

/* One of the two address lists; first is the entry in the slot, rest the further ones. */
static uint8_t
see_mac(const struct state *st, struct slot *s, bool dst, uint8_t n, const uint8_t *mac)
{
	uint8_t (*rest)[6];
	struct more *m;
	unsigned i;

	if (n == 0)
		return (uint8_t)(memcpy(dst ? s->dmac : s->smac, mac, 6), 1);
	if (n >= st->opt[BFO_MAX_MAC] || (m = more(s)) == NULL)
		return n;
	rest = dst ? m->dmac : m->smac;
	for (i = 0; i + 1 < n; i++)
		if (memcmp(rest[i], mac, 6) == 0)
			return n;
	memcpy(rest[i], mac, 6);
	return (uint8_t)(n + 1);
}

static void
packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct state *st = state;
	struct slot *s = slot;
	struct cur c;
	uint8_t mac[6];

	if (st->opt[BFO_MAX_HDRDESC] > 0)
		see_desc(st, s, f, p);
	if (st->opt[BFO_MAC] == 0 || !(p->macs || st->raw_mac))
		return;
	c = pkt_cur(p, p->smac);
	cur_copy(&c, mac, 6);
	if (s->nsmac == 0 || memcmp(mac, s->smac, 6) != 0)
		s->nsmac = see_mac(st, s, false, s->nsmac, mac);
	c = pkt_cur(p, p->dmac);
	cur_copy(&c, mac, 6);
	if (s->ndmac == 0 || memcmp(mac, s->dmac, 6) != 0)
		s->ndmac = see_mac(st, s, true, s->ndmac, mac);
}

/* After the record: the lists go. */
static void
flow_gone(void *state, void *slot, struct flow *f)
{
	struct state *st = state;
	struct slot *s = slot;

	(void)f;
	for (unsigned i = 0; s->more != NULL && i + 1 < s->ndesc; i++)
		desc_put(st->t, s->more->desc[i]);
	if (s->ndesc > 0)
		desc_put(st->t, s->desc);
	free(s->more);
	free(s->extra);
}

/* The label of an address, from memory if it was the last one asked in this place. */
const struct geo_label *
basicflow_label(struct state *st, int place, uint8_t version, const uint8_t *addr)
{
	static const struct geo_label unknown = { "--", "--", 2, 2, 0, 666, 666, -1, 0, false };
	struct label *m = &st->label[place];

	if (version == 0)
		return &unknown;
	if (m->version != version || memcmp(m->addr, addr, version == 4 ? 4 : 16) != 0) {
		m->version = version;
		memcpy(m->addr, addr, version == 4 ? 4 : 16);
		geo_find(st->geo, version, addr, &m->l);
	}
	return &m->l;
}

size_t
basicflow_wholen(const struct state *st, const struct geo_label *l)
{
	size_t n = l->wholen;

	if (n > (size_t)st->opt[BFO_WHOLEN]) {
		n = (size_t)st->opt[BFO_WHOLEN];
		while (n > 0 && (l->who[n] & 0xc0) == 0x80)
			n--;
	}
	return n;
}

PLUGIN(basicFlow) = {
	PLUGIN_HEAD, .name = "basicFlow", .version = T2_VERSION, .order = 100,
	.about = "Flow identity: index, status, times, header stack, MAC and IP addresses with "
	    "country and organisation, VLANs, ports, protocol.",
	.opts = opts, .flow_size = sizeof(struct slot), .cols = basicflow_cols,
	.pktcols = basicflow_pktcols,
	.init = init, .idle = idle, .start = start, .flow_new = flow_new, .packet = packet,
	.flow_gone = flow_gone, .fini = fini,
};
