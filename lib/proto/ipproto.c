/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipproto.c - IP protocols that are named and not opened (IANA protocol numbers).
 *
 * A protocol that gets a decoder gets a file of its own.
 */
#include "../walk.h"

const struct proto ipproto_protos[] = {
	{ .name = "icmp", .keys = KEYS({ SP_IP, 1 }) },
	{ .name = "egp", .keys = KEYS({ SP_IP, 8 }) },
	{ .name = "igp", .keys = KEYS({ SP_IP, 9 }) },
	{ .name = "dccp", .keys = KEYS({ SP_IP, 33 }) },
	{ .name = "xtp", .keys = KEYS({ SP_IP, 36 }) },
	{ .name = "ddp", .keys = KEYS({ SP_IP, 37 }) },
	{ .name = "idrp", .keys = KEYS({ SP_IP, 45 }) },
	{ .name = "rsvp", .keys = KEYS({ SP_IP, 46 }) },
	{ .name = "dsr", .keys = KEYS({ SP_IP, 48 }) },
	{ .name = "swipe", .keys = KEYS({ SP_IP, 53 }) },
	{ .name = "nhrp", .keys = KEYS({ SP_IP, 54 }) },
	{ .name = "icmpv6", .keys = KEYS({ SP_IP, 58 }) },
	{ .name = "osi", .keys = KEYS({ SP_IP, 80 }) },
	{ .name = "vines", .keys = KEYS({ SP_IP, 83 }) },
	{ .name = "eigrp", .keys = KEYS({ SP_IP, 88 }) },
	{ .name = "ax25", .keys = KEYS({ SP_IP, 93 }) },
	{ .name = "ipcomp", .keys = KEYS({ SP_IP, 108 }) },
	{ .name = "vrrp", .keys = KEYS({ SP_IP, 112 }) },
	{ .name = "pgm", .keys = KEYS({ SP_IP, 113 }) },
	{ .name = "rsvp-e2ei", .keys = KEYS({ SP_IP, 134 }) },
	{ .name = "mipv6", .keys = KEYS({ SP_IP, 135 }) },
	{ .name = "mpls", .keys = KEYS({ SP_IP, 137 }) },
	{ .name = "hip", .keys = KEYS({ SP_IP, 139 }) },
	{ .name = "shim6", .keys = KEYS({ SP_IP, 140 }) },
	{ .name = NULL }
};
