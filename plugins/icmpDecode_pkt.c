/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * icmpDecode_pkt.c - the columns of icmpDecode in packet records.
 *
 * Surprise: identifier and sequence number are what stands there also in messages that have none.
 */
#include "icmpDecode.h"

enum { TYPE = 0, CODE = 1, ID = 4, SEQ = 6 };   /* offsets, RFC 792 and RFC 4443 */

#define EMIT(name) \
	static void name(struct out *o, const struct pkt *p, const struct flow *f, \
	    const void *slot, void *state)

static bool
has_icmp(const struct pkt *p)
{
	return icmp_is(&p->key) && pkt_has_l4(p);
}

/* A column that shows a field of the message. */
#define FIELD(name, put) \
	EMIT(name) \
	{ \
		struct cur c = pkt_cur(p, p->l4); \
		(void)f; \
		(void)slot; \
		(void)state; \
		if (has_icmp(p)) \
			put; \
	}
FIELD(emit_type, put_u64(o, cur_peek(&c, TYPE)))
FIELD(emit_code, put_u64(o, cur_peek(&c, CODE)))
FIELD(emit_id, put_hex(o, cur_peek16(&c, ID), 4))
FIELD(emit_seq, put_hex(o, cur_peek16(&c, SEQ), 4))

EMIT(emit_parent)
{
	uint64_t parent = icmp_pkt_parent(state);

	(void)f;
	(void)slot;
	if (has_icmp(p) && parent != 0)
		put_u64(o, parent);
}

const struct pktcol icmp_pktcols[] = {
	{ "icmpType", "U8", emit_type, .text = "ICMP type" },
	{ "icmpCode", "U8", emit_code, .text = "ICMP code" },
	{ "icmpID", "H16", emit_id, .when = "SPKTMD_ICMPID", .text = "ICMP echo identifier" },
	{ "icmpSeq", "H16", emit_seq, .when = "SPKTMD_ICMPID",
	    .text = "ICMP echo sequence number" },
	{ "icmpPFindex", "U64", emit_parent, .when = "ICMP_PARENT",
	    .text = "ICMP parent flowIndex" },
	{ .name = NULL }
};
