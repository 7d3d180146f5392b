/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mpls.c - MPLS label stacks (RFC 3032).
 *
 * The payload has no type: the first nibble behind the bottom of the stack tells IPv4 and IPv6;
 * 0 is the control word of a pseudowire (RFC 4385), which an Ethernet frame follows (RFC 4448).
 */
#include "../walk.h"

enum { ETH_LEN = 14, LLC_MIN = 3, PADDING = 46 };

static const struct proto cw_proto = { .name = "pwethcw" };

/* True if an Ethernet frame with a known type stands at offset off, or one whose length fits but
 * for padding to the least size of a frame. */
static bool
looks_eth(const struct walk *w, uint32_t off)
{
	struct cur c = pkt_cur(w->p, off + 12);
	uint32_t type = cur_u16(&c), left = w->end > off + ETH_LEN ? w->end - off - ETH_LEN : 0;

	if (type <= 1500)
		return !c.cut && type > LLC_MIN && type <= left && left - type <= PADDING;
	return !c.cut && proto_find(w->d, SP_ETHER, type) != NULL;
}

static bool
payload(struct walk *w)
{
	struct cur c = walk_cur(w);

	if (cur_peek(&c, 0) >> 4 == 0 && looks_eth(w, w->off + 4)) {
		walk_push(w, &cw_proto);
		return walk_eth(w, 4);
	}
	if (cur_peek(&c, 0) >> 4 != 4 && cur_peek(&c, 0) >> 4 != 6 && looks_eth(w, w->off))
		return walk_eth(w, 0);
	return walk_ip(w, 0);
}

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	bool multicast = w->value == 0x8848 || w->value == 0x0283;
	uint32_t entry = cur_u32(&c);

	if (!(p->seen & SEEN_MPLS))
		p->off_mpls = w->off;
	p->seen |= SEEN_MPLS;
	p->nmpls++;
	p->stat |= w->from == SP_LINK ? FS(NOETH) : 0;
	p->stat |= multicast ? FS(MPLS_M) : FS(MPLS_U);
	w->off += 4;
	if (entry & 0x100 || c.cut)     /* bottom of the stack */
		return payload(w);
	return walk_next(w, 0, SP_ETHER, multicast ? 0x8848 : 0x8847);
}

const struct proto mpls_protos[] = {
	{ .name = "mpls", .keys = KEYS({ SP_ETHER, 0x8847 }, { SP_ETHER, 0x8848 },
	    { SP_PPP, 0x0281 }, { SP_PPP, 0x0283 }, { SP_LINK, 219 }), .decode = decode,
	    .folds = true },
	{ .name = NULL }
};
