/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hdlc.c - wide-area links with a type field: Cisco HDLC and frame relay (RFC 2427).
 *
 * Frame relay behind its address has the control byte 03 and an NLPID, or, as Cisco sends it, an
 * EtherType.
 */
#include "../walk.h"

enum { UI = 0x03, NLPID_SNAP = 0x80, NLPID_IPV6 = 0x8e, NLPID_IPV4 = 0xcc, NLPID_PPP = 0xcf };

static bool
decode_chdlc(struct walk *w)
{
	struct cur c;

	w->p->stat |= FS(NOETH);
	if (w->value == 205)            /* a byte of direction in front */
		w->off++;
	c = pkt_cur(w->p, w->off + 2);
	w->off += 4;
	return walk_ether(w, cur_u16(&c));
}

static bool
nlpid(struct walk *w)
{
	struct cur c = walk_cur(w);
	uint8_t id;

	cur_skip(&c, 1);
	if ((id = cur_u8(&c)) == 0) {   /* a padding byte */
		id = cur_u8(&c);
		w->off++;
	}
	w->ethertype = id;
	w->pay = w->off + 2;
	switch (id) {
	case NLPID_IPV4:
		return walk_next(w, 2, SP_ETHER, w->ethertype = ETHER_IPV4);
	case NLPID_IPV6:
		return walk_next(w, 2, SP_ETHER, w->ethertype = ETHER_IPV6);
	case NLPID_PPP:
		return walk_ppp(w, 2);
	case NLPID_SNAP:
		w->off += 2;
		return walk_snap(w, 0);
	}
	return walk_unknown(w, SP_LLC, id);
}

static bool
decode_fr(struct walk *w)
{
	struct cur c;
	uint32_t n = 0;

	w->p->stat |= FS(NOETH);
	if (w->value == 206)            /* a byte of direction in front */
		w->off++;
	c = walk_cur(w);
	while (n < 3 && !(cur_u8(&c) & 1))      /* Q.922: the last address byte is odd */
		n++;
	w->off += n < 1 ? 2 : n + 1;
	c = walk_cur(w);
	if (cur_peek(&c, 0) == UI)
		return nlpid(w);
	w->off += 2;
	return walk_ether(w, cur_u16(&c));
}

const struct proto hdlc_protos[] = {
	{ .name = "chdlc", .keys = KEYS({ SP_LINK, 104 }, { SP_LINK, 205 }),
	    .decode = decode_chdlc },
	{ .name = "fr", .keys = KEYS({ SP_LINK, 107 }, { SP_LINK, 206 }), .decode = decode_fr },
	{ .name = NULL }
};
