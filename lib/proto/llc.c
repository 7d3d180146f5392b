/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * llc.c - IEEE 802.2 logical link control, and SNAP on top of it.
 *
 * The DSAP/SSAP pair stands in for the EtherType; behind SNAP it is the type of SNAP.
 */
#include "../walk.h"

enum { DSAP_SNAP = 0xaa, DSAP_IP = 0x06, DSAP_OSI = 0xfe, UI = 3 };
enum { NLPID_IPV6 = 0x8e, NLPID_IPV4 = 0xcc, NLPID_PPP = 0xcf, DLT_ATM = 100 };
enum { BRIDGED = 0x0080c2, WITH_FCS = 1, WITHOUT_FCS = 7 };

/* Of organisation 00-80-C2 are bridged Ethernet frames, in ATM behind 2 bytes of padding (RFC 2684
 * section 5.2), in frame relay not (RFC 2427 section 4.2). */
bool
walk_snap(struct walk *w, uint32_t pad)
{
	struct cur c = walk_cur(w);
	uint32_t oui = (uint32_t)cur_u16(&c) << 8 | cur_u8(&c);
	uint16_t type = cur_u16(&c);

	w->off += 5;
	w->ethertype = type;
	w->pay = w->off;
	if (unlikely(c.cut))
		return walk_stop(w);
	if (oui == BRIDGED && (type == WITH_FCS || type == WITHOUT_FCS))
		return walk_eth(w, pad);
	return walk_next(w, 0, SP_ETHER, type);
}

/* ISO network layer protocols (RFC 2684 section 5.1): the first byte tells which. */
static bool
osi(struct walk *w)
{
	struct cur c = walk_cur(w);

	switch (cur_peek(&c, 3)) {
	case NLPID_IPV4:
		return walk_next(w, 4, SP_ETHER, ETHER_IPV4);
	case NLPID_IPV6:
		return walk_next(w, 4, SP_ETHER, ETHER_IPV6);
	case NLPID_PPP:
		return walk_ppp(w, 4);
	}
	return walk_next(w, 3, SP_LLC, DSAP_OSI);
}

static bool
decode(struct walk *w)
{
	struct cur c = walk_cur(w);
	uint8_t dsap = cur_u8(&c), ssap = cur_u8(&c), ctl = cur_u8(&c);
	/* information and supervisory frames have a control field of two bytes */
	uint32_t len = (ctl & 3) == 3 ? 3 : 4;

	if (w->p->ipver == 0)           /* in a tunnel it is not counted */
		w->p->seen |= SEEN_LLC;
	w->p->stat |= w->from == SP_LINK && !w->macs ? FS(NOETH) : 0;
	w->ethertype = (uint16_t)(dsap << 8 | ssap);
	w->pay = w->off + len;
	switch (dsap) {
	case 0x00: case 0x01: case 0x02: case 0xff:
		return true;
	case DSAP_IP:
		return walk_ip(w, len);
	case DSAP_SNAP:
		if (ssap != DSAP_SNAP)
			return true;
		w->off += 3;
		return walk_snap(w, w->from == SP_LINK && w->value == DLT_ATM ? 2 : 0);
	case DSAP_OSI:
		if (ssap == DSAP_OSI && ctl == UI)
			return osi(w);
		break;
	}
	return walk_next(w, len, SP_LLC, dsap);
}

const struct proto llc_proto = { .name = "llc", .decode = decode };

const struct proto llc_protos[] = {
	{ .name = "llc", .keys = KEYS({ SP_ETHER, 0x8870 }, { SP_LINK, 100 }), .decode = decode },
	{ .name = "sna", .keys = KEYS({ SP_LLC, 0x04 }, { SP_LLC, 0x08 }, { SP_LLC, 0x0c },
	    { SP_LLC, 0x40 }, { SP_LLC, 0xc8 }) },
	{ .name = "ipx", .keys = KEYS({ SP_LLC, 0x10 }, { SP_LLC, 0xe0 }) },
	{ .name = "osi", .keys = KEYS({ SP_LLC, 0x14 }, { SP_LLC, 0x20 }, { SP_LLC, 0x34 },
	    { SP_LLC, 0x54 }, { SP_LLC, 0xfe }) },
	{ .name = "stp", .keys = KEYS({ SP_LLC, 0x42 }) },
	{ .name = "x25", .keys = KEYS({ SP_LLC, 0x7e }) },
	{ .name = "3comxns", .keys = KEYS({ SP_LLC, 0x80 }) },
	{ .name = "bacnet", .keys = KEYS({ SP_LLC, 0x82 }) },
	{ .name = "vines_llc", .keys = KEYS({ SP_LLC, 0xbc }) },
	{ .name = "netbios", .keys = KEYS({ SP_LLC, 0xf0 }) },
	{ .name = "hpext", .keys = KEYS({ SP_LLC, 0xf8 }) },
	{ .name = "rpl", .keys = KEYS({ SP_LLC, 0xfc }) },
	{ .name = NULL }
};
