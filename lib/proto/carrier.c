/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * carrier.c - link types of fabrics, and headers that capture cards and systems put in front of
 * others: IP over InfiniBand and Fibre Channel, SunATM, Endace ERF, Apple PKTAP.
 */
#include <byteswap.h>

#include "../walk.h"

enum { IB_GRH = 40, FC_LEN = 16, SUNATM_LEN = 4, SUNATM_LLC = 2, DLT_ATM = 100, DLT_PPP = 9 };
enum { ERF_LEN = 16, ERF_EXT_LEN = 8, MORE = 0x80, ERF_PAD = 2 };
enum { PKTAP_MIN = 12, PKTAP_PACKET = 1 };

static bool
decode_ipoib(struct walk *w)            /* RFC 4391 section 6 behind a global routing header */
{
	struct cur c = pkt_cur(w->p, w->off + IB_GRH);

	w->p->stat |= FS(NOETH);
	w->off += IB_GRH + 4;
	return walk_ether(w, cur_u16(&c));
}

static bool
decode_ipfc(struct walk *w)             /* RFC 2625 section 3: two names of 8 bytes, then LLC */
{
	walk_l2(w, w->off + 2, w->off + 10);
	w->off += FC_LEN;
	walk_push(w, &llc_proto);
	return llc_proto.decode(w);
}

static bool
decode_sunatm(struct walk *w)           /* direction and type, VPI, VCI */
{
	struct cur c = walk_cur(w);

	w->p->stat |= FS(NOETH);
	w->pay = w->off + SUNATM_LEN;
	if ((cur_u8(&c) & 15) != SUNATM_LLC)
		return walk_stop(w);
	return walk_next(w, SUNATM_LEN, SP_LINK, DLT_ATM);
}

/* Time, type, flags, lengths; further headers follow while bit 7 of the first byte is set. */
static bool
decode_erf(struct walk *w)
{
	struct cur c = pkt_cur(w->p, w->off + 8);
	uint8_t type = cur_u8(&c), more = type & MORE;

	w->p->stat |= FS(NOETH);
	w->off += ERF_LEN;
	for (; more && w->off < w->p->caplen; w->off += ERF_EXT_LEN) {
		c = walk_cur(w);
		more = cur_u8(&c) & MORE;
	}
	w->pay = w->off;
	switch (type & ~MORE) {
	case 2: case 11: case 16: case 20:      /* Ethernet, plain and with colours or hashes */
		return walk_eth(w, ERF_PAD);
	case 1: case 10: case 15: case 19:      /* PPP or Cisco HDLC */
		return walk_next(w, 0, SP_LINK, DLT_PPP);
	case 22: case 23:
		return walk_ip(w, 0);
	}
	return walk_stop(w);
}

static bool
decode_pktap(struct walk *w)            /* length, kind of record, link type: little-endian */
{
	struct cur c = walk_cur(w);
	uint32_t len = bswap_32(cur_u32(&c)), kind = bswap_32(cur_u32(&c));
	uint32_t type = bswap_32(cur_u32(&c));

	w->pay = w->off;
	if (c.cut || len < PKTAP_MIN || len > w->p->caplen || kind != PKTAP_PACKET) {
		w->p->stat |= FS(NOETH);
		return walk_stop(w);
	}
	return walk_next(w, len, SP_LINK, type);
}

const struct proto carrier_protos[] = {
	{ .name = "ipoib", .keys = KEYS({ SP_LINK, 242 }), .decode = decode_ipoib },
	{ .name = "ipfc", .keys = KEYS({ SP_LINK, 122 }), .decode = decode_ipfc },
	{ .name = "sunatm", .keys = KEYS({ SP_LINK, 123 }), .decode = decode_sunatm },
	{ .name = "erf", .keys = KEYS({ SP_LINK, 197 }), .decode = decode_erf },
	{ .name = "pktap", .keys = KEYS({ SP_LINK, 258 }), .decode = decode_pktap },
	{ .name = NULL }
};
