/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ethertype.c - EtherTypes that are named and not opened (IEEE registration authority list,
 * and the SNAP types of Cisco).  A type that gets a decoder gets a file of its own.
 */
#include "../walk.h"

static const struct proto fc = { .name = "fc" };

/* The status bits tell what kind of layer 2 flow it is: not inside of tunnels. */
static bool
flag(struct walk *w, uint64_t bit)
{
	if (w->p->ipver == 0)
		w->p->stat |= bit;
	return true;
}

static bool
decode_arp(struct walk *w)
{
	w->p->seen |= SEEN_ARP;
	return flag(w, FS(ARP));
}

static bool
decode_rarp(struct walk *w)
{
	w->p->seen |= SEEN_RARP;
	return flag(w, FS(RARP));
}

static bool
decode_lldp(struct walk *w)
{
	return flag(w, FS(LLDP));
}

static bool
decode_fcoe(struct walk *w)             /* the frame of Fibre Channel is a header of its own */
{
	walk_push(w, &fc);
	return true;
}

const struct proto ethertype_protos[] = {
	{ .name = "wlccp", .keys = KEYS({ SP_ETHER, 0x0000 }, { SP_ETHER, 0x872d }) },
	{ .name = "idp", .keys = KEYS({ SP_ETHER, 0x0006 }) },
	{ .name = "edp", .keys = KEYS({ SP_ETHER, 0x00bb }) },
	{ .name = "pagp", .keys = KEYS({ SP_ETHER, 0x0104 }) },
	{ .name = "stp", .keys = KEYS({ SP_ETHER, 0x010b }) },
	{ .name = "udld", .keys = KEYS({ SP_ETHER, 0x0111 }) },
	{ .name = "ndp", .keys = KEYS({ SP_ETHER, 0x01a1 }, { SP_ETHER, 0x01a2 }) },
	{ .name = "arp", .keys = KEYS({ SP_ETHER, 0x0806 }), .decode = decode_arp },
	{ .name = "vines_ip", .keys = KEYS({ SP_ETHER, 0x0bad }) },
	{ .name = "cdp", .keys = KEYS({ SP_ETHER, 0x2000 }) },
	{ .name = "nhrp", .keys = KEYS({ SP_ETHER, 0x2001 }) },
	{ .name = "vtp", .keys = KEYS({ SP_ETHER, 0x2003 }) },
	{ .name = "dtp", .keys = KEYS({ SP_ETHER, 0x2004 }) },
	{ .name = "dec_mop", .keys = KEYS({ SP_ETHER, 0x6002 }) },
	{ .name = "dec_dna", .keys = KEYS({ SP_ETHER, 0x6003 }) },
	{ .name = "lat", .keys = KEYS({ SP_ETHER, 0x6004 }) },
	{ .name = "ipcp", .keys = KEYS({ SP_ETHER, 0x8021 }) },
	{ .name = "rarp", .keys = KEYS({ SP_ETHER, 0x8035 }), .decode = decode_rarp },
	{ .name = "dec_stp", .keys = KEYS({ SP_ETHER, 0x8038 }) },
	{ .name = "ddp", .keys = KEYS({ SP_ETHER, 0x809b }) },
	{ .name = "aarp", .keys = KEYS({ SP_ETHER, 0x80f3 }), .decode = decode_arp },
	{ .name = "ccp", .keys = KEYS({ SP_ETHER, 0x80fd }) },
	{ .name = "ipx", .keys = KEYS({ SP_ETHER, 0x8137 }) },
	{ .name = "msnlb", .keys = KEYS({ SP_ETHER, 0x886f }) },
	{ .name = "eapol", .keys = KEYS({ SP_ETHER, 0x888e }) },
	{ .name = "realtek", .keys = KEYS({ SP_ETHER, 0x8899 }) },
	{ .name = "aoe", .keys = KEYS({ SP_ETHER, 0x88a2 }) },
	{ .name = "lwapp", .keys = KEYS({ SP_ETHER, 0x88bb }) },
	{ .name = "lldp", .keys = KEYS({ SP_ETHER, 0x88cc }), .decode = decode_lldp },
	{ .name = "ptp", .keys = KEYS({ SP_ETHER, 0x88f7 }) },
	{ .name = "cfm", .keys = KEYS({ SP_ETHER, 0x8902 }) },
	{ .name = "fcoe", .keys = KEYS({ SP_ETHER, 0x8906 }), .decode = decode_fcoe },
	{ .name = "wlan", .keys = KEYS({ SP_ETHER, 0x890d }) },
	{ .name = "loop", .keys = KEYS({ SP_ETHER, 0x9000 }) },
	{ .name = "lcp", .keys = KEYS({ SP_ETHER, 0xc021 }) },
	{ .name = "cbcp", .keys = KEYS({ SP_ETHER, 0xc029 }) },
	{ .name = "chap", .keys = KEYS({ SP_ETHER, 0xc223 }) },
	{ .name = NULL }
};
