/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * null.c - link types that give little more than the family of the packet: BSD loopback, raw IP,
 * packet filter logs, SLIP, IPsec enclosures.
 */
#include <byteswap.h>

#include "../walk.h"

enum { FAMILY_4 = 2, SLIP_LEN = 16, SLIP_BSDOS_LEN = 24, ENC_LEN = 12, IPNET_LEN = 24 };

/* Address families: IPv4 is 2 everywhere, IPv6 has a number per system. */
static bool
family(struct walk *w, uint32_t n, uint32_t af)
{
	w->pay = w->off + n;
	if (af > 0xffff)
		af = bswap_32(af);
	switch (af) {
	case FAMILY_4: case ETHER_IPV4:         /* some write the EtherType */
		return walk_next(w, n, SP_ETHER, w->ethertype = ETHER_IPV4);
	case 10: case 23: case 24: case 26: case 28: case 30:
	case ETHER_IPV6:
		return walk_next(w, n, SP_ETHER, w->ethertype = ETHER_IPV6);
	}
	w->ethertype = (uint16_t)af;
	return walk_unknown(w, SP_LINK, af & 0xffff);
}

static bool
decode_null(struct walk *w)
{
	struct cur c = walk_cur(w);

	w->p->stat |= FS(NOETH);
	return family(w, 4, cur_u32(&c));
}

static bool
raw(struct walk *w, uint32_t n)
{
	w->p->stat |= FS(NOETH);
	w->pay = w->off + n;
	return walk_ip(w, n);
}

static bool
decode_raw(struct walk *w)
{
	return raw(w, 0);
}

static bool
decode_slip(struct walk *w)             /* BPF header: direction, 15 bytes of link header */
{
	return raw(w, w->value == 102 ? SLIP_BSDOS_LEN : SLIP_LEN);
}

static bool
decode_enc(struct walk *w)              /* OpenBSD: family, SPI, flags */
{
	struct cur c = walk_cur(w);

	w->p->stat |= FS(NOETH);
	return family(w, ENC_LEN, cur_u32(&c));
}

static bool
decode_pflog(struct walk *w)            /* length, family; padded to 4 bytes */
{
	struct cur c = walk_cur(w);
	uint32_t len = (cur_u8(&c) + 3u) & ~3u;

	w->p->stat |= FS(NOETH);
	return family(w, len, cur_u8(&c));
}

static bool
decode_ipnet(struct walk *w)            /* Solaris: version, family */
{
	struct cur c = pkt_cur(w->p, w->off + 1);

	w->p->stat |= FS(NOETH);
	return family(w, IPNET_LEN, cur_u8(&c));
}

const struct proto null_protos[] = {
	{ .name = "null", .keys = KEYS({ SP_LINK, 0 }, { SP_LINK, 108 }), .decode = decode_null },
	{ .name = "raw", .keys = KEYS({ SP_LINK, 12 }, { SP_LINK, 14 }, { SP_LINK, 101 }),
	    .decode = decode_raw },
	{ .name = "slip", .keys = KEYS({ SP_LINK, 8 }, { SP_LINK, 102 }), .decode = decode_slip },
	{ .name = "enc", .keys = KEYS({ SP_LINK, 109 }), .decode = decode_enc },
	{ .name = "pflog", .keys = KEYS({ SP_LINK, 117 }), .decode = decode_pflog },
	{ .name = "ipnet", .keys = KEYS({ SP_LINK, 226 }), .decode = decode_ipnet },
	{ .name = NULL }
};
