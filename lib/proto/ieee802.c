/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ieee802.c - other IEEE 802 link types: token ring, FDDI, IP over IEEE 1394, and 802.15.4, whose
 * frames are layer 2 packets.
 */
#include "../walk.h"

enum { TR_LEN = 14, FDDI_LEN = 13, RII = 0x80 };

static bool
llc(struct walk *w, uint32_t n)
{
	w->off += n;
	w->pay = w->off;
	walk_push(w, &llc_proto);
	return llc_proto.decode(w);
}

static bool
decode_tr(struct walk *w)               /* a set bit in the source says: routing field follows */
{
	struct cur c = pkt_cur(w->p, w->off + 8), rif = pkt_cur(w->p, w->off + TR_LEN);
	uint32_t len = TR_LEN;

	walk_l2(w, w->off + 2, w->off + 8);
	if (cur_u8(&c) & RII)
		len += cur_u8(&rif) & 31u;
	return llc(w, len);
}

static bool
decode_fddi(struct walk *w)
{
	walk_l2(w, w->off + 1, w->off + 7);
	return llc(w, FDDI_LEN);
}

static bool
decode_1394(struct walk *w)             /* two EUI-64, then the type (RFC 2734) */
{
	struct cur c = pkt_cur(w->p, w->off + 16);

	w->p->stat |= FS(NOETH);
	w->off += 18;
	return walk_ether(w, cur_u16(&c));
}

static bool
decode_wpan(struct walk *w)
{
	w->p->stat |= FS(NOETH);
	w->pay = w->off;
	return true;
}

const struct proto ieee802_protos[] = {
	{ .name = "tr", .keys = KEYS({ SP_LINK, 6 }), .decode = decode_tr },
	{ .name = "fddi", .keys = KEYS({ SP_LINK, 10 }), .decode = decode_fddi },
	{ .name = "ieee1394", .keys = KEYS({ SP_LINK, 138 }), .decode = decode_1394 },
	{ .name = "wpan", .keys = KEYS({ SP_LINK, 195 }, { SP_LINK, 215 }, { SP_LINK, 230 },
	    { SP_LINK, 283 }), .decode = decode_wpan },
	{ .name = NULL }
};
