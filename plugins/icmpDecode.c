/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * icmpDecode.c - ICMP (RFC 792) and ICMPv6 (RFC 4443): message types, echo answers, and the flow
 * that an error message is about.
 *
 * It also decides which direction of an ICMP flow is the request, as there are no ports to tell.
 * Surprise: icmpTmGtw holds bytes 4 to 7 of any ICMP message in little-endian order.
 */
#include <stdlib.h>

#include "icmpDecode.h"

enum { ICMP_TC_MD, ICMP_NUM, ICMP_FDCORR, ICMP_PARENT, ICMP_STATFILE, ICMP_NOCODE, ICMP_SUFFIX,
	SPKTMD_ICMPID, ICMP_TYPL_ALARM, ICMP_TYPL_FORCE, ICMP_TYPH_ALARM, ICMP_TYPH_FORCE };

static const struct opt opts[] = {
	[ICMP_TC_MD] = OPT("ICMP_TC_MD", 0, 1, 0,
	    "type and code: 0 bit fields, 1 list of the first messages"),
	[ICMP_NUM] = OPT("ICMP_NUM", 1, 255, 10, "longest list of types and codes"),
	[ICMP_FDCORR] = OPT("ICMP_FDCORR", 0, 1, 1,
	    "direction: a flow that does not begin with an echo request is inverted"),
	[ICMP_PARENT] = OPT("ICMP_PARENT", 0, 1, 1, "find the flow that an error message quotes"),
	[ICMP_STATFILE] = OPT("ICMP_STATFILE", 0, 1, 1, "write the statistics file"),
	[ICMP_NOCODE] = OPT_STR("ICMP_NOCODE", "-", "text in it for messages without a code"),
	[ICMP_SUFFIX] = OPT_STR("ICMP_SUFFIX", "_icmpStats.txt", "end of its name"),
	[SPKTMD_ICMPID] = OPT("SPKTMD_ICMPID", 0, 1, 0,
	    "packet records: identifier and sequence number of echo messages"),
	[ICMP_TYPL_ALARM] = OPT("ICMP_TYPL_ALARM", 0, UINT32_MAX, 0,
	    "types of messages that raise an alarm: bits 0 to 31"),
	[ICMP_TYPL_FORCE] = OPT("ICMP_TYPL_FORCE", 0, UINT32_MAX, 0,
	    "likewise, that end a flow at once, with FORCE_MODE=1"),
	[ICMP_TYPH_ALARM] = OPT("ICMP_TYPH_ALARM", 0, UINT32_MAX, 0,
	    "types of ICMPv6 messages that raise an alarm: bit 0 is 128, bit 31 is 159"),
	[ICMP_TYPH_FORCE] = OPT("ICMP_TYPH_FORCE", 0, UINT32_MAX, 0,
	    "likewise, that end a flow at once, with FORCE_MODE=1"),
	{ .name = NULL }
};

enum { IS_ICMP = 0x01, IS_WANG = 0x10 };        /* icmpStat */
enum { ICMP_HEAD = 8, WANG_OFFSET = 6 };

struct message {
	uint8_t type, code;
};

struct slot {
	uint64_t parent;                /* flow index, 0 none */
	struct message *list;           /* with ICMP_TC_MD=1: the first messages */
	uint32_t type_hi, type_lo;      /* types seen: bits 128.. (IPv6) and 0.. */
	uint32_t gateway;               /* bytes 4 to 7 of the last message, little-endian */
	uint32_t requests, replies;     /* echo messages */
	float echo_ratio;               /* at the end: replies per request */
	uint16_t codes;                 /* codes seen, bits 0 to 15 */
	uint8_t stat;                   /* IS_ bits */
	uint8_t count;                  /* messages modulo 256 */
	uint8_t listed;                 /* used entries of list */
};

struct state {                          /* of the run */
	struct t2 *t;
	const struct optval *opt;       /* by the enum above */
	uint64_t pkt_parent;            /* of the current packet, for the packet columns */
	struct icmp_count count[2];     /* by enum icmp_version */
};

static bool
has_low(const struct flow *f, const void *slot, int64_t mask)
{
	(void)f;
	return ((const struct slot *)slot)->type_lo & mask;
}

static bool
has_high(const struct flow *f, const void *slot, int64_t mask)
{
	(void)f;
	return ((const struct slot *)slot)->type_hi & mask;
}

static const struct watch watches[] = {
	{ "ICMP_TYPL_ALARM", "ICMP_TYPL_FORCE", has_low },
	{ "ICMP_TYPH_ALARM", "ICMP_TYPH_FORCE", has_high },
	{ .holds = NULL }
};

static const struct bit bits[] = {
	{ 0, 0, NULL, "Flow is ICMP" },
	{ 4, 0, NULL, "WANG2 Microsoft bandwidth test" },
	{ .no = -1 }
};

static void
bits_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *s = slot;

	(void)f;
	(void)state;
	put_hex(o, s->type_hi, 8);
	put_sub(o);
	put_hex(o, s->type_lo, 8);
	put_sub(o);
	put_hex(o, s->codes, 4);
}

static void
list_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *s = slot;

	(void)f;
	(void)state;
	for (int i = 0; i < s->listed; i++) {
		if (i > 0)
			put_rep(o);
		put_u64(o, s->list[i].type);
		put_sub(o);
		put_u64(o, s->list[i].code);
	}
}

static const struct col cols[] = {
	{ .name = "icmpStat", .type = "H8", .off = offsetof(struct slot, stat), .bits = bits,
	  .text = "ICMP Status" },
	{ .name = "icmpTCcnt", .type = "U8", .off = offsetof(struct slot, count),
	  .text = "ICMP type code count" },
	{ .name = "icmpBFTypH_TypL_Code", .type = "H32_H32_H16", .emit = bits_emit,
	  .when = "ICMP_TC_MD=0",
	  .text = "ICMP Aggregated type H (>128), L(<32) & code bit field" },
	{ .name = "icmpType_Code", .type = "U8_U8:R", .emit = list_emit, .when = "ICMP_TC_MD=1",
	  .text = "ICMP type and code fields" },
	{ .name = "icmpTmGtw", .type = "H32", .off = offsetof(struct slot, gateway),
	  .text = "ICMP time/gateway" },
	{ .name = "icmpEchoSuccRatio", .type = "F", .off = offsetof(struct slot, echo_ratio),
	  .text = "ICMP Echo reply/request success ratio" },
	{ .name = "icmpPFindex", .type = "U64", .off = offsetof(struct slot, parent),
	  .when = "ICMP_PARENT", .text = "ICMP parent flowIndex" },
	{ .name = NULL }
};

uint64_t
icmp_pkt_parent(const void *state)
{
	return ((const struct state *)state)->pkt_parent;
}

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "icmpDecode: out of memory");
		return NULL;
	}
	st->t = t;
	st->opt = opt;
	return st;
}

static void
flow_new(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	const struct state *st = state;
	struct slot *s = slot;

	if (!icmp_is(&f->key))
		return;
	s->stat = IS_ICMP;
	if (!pkt_has_l4(p) || f->opp != NULL || st->opt[ICMP_FDCORR].n == 0)
		return;
	struct cur c = pkt_cur(p, p->l4);
	if (cur_u8(&c) == icmp_request(icmp_version(&f->key)))
		f->stat &= ~FS(INVERTED);
	else
		f->stat |= FS(INVERTED);
}

static void
list_add(const struct state *st, struct slot *s, struct message m)
{
	size_t max = (size_t)st->opt[ICMP_NUM].n;

	if (st->opt[ICMP_TC_MD].n != 1 || s->listed == max)
		return;
	if (s->list == NULL)
		s->list = calloc(max, sizeof(*s->list));
	if (s->list != NULL)
		s->list[s->listed++] = m;
}

/* Microsoft's bandwidth test: an echo request whose payload has WANG2 behind six bytes. */
static bool
is_wang(const struct pkt *p)
{
	char text[5];
	struct cur c = pkt_cur(p, p->l4 + ICMP_HEAD + WANG_OFFSET);

	cur_copy(&c, text, sizeof(text));
	return memcmp(text, "WANG2", sizeof(text)) == 0;
}

static void
type_note(struct slot *s, enum icmp_version v, struct message m)
{
	if (m.type < 32)
		s->type_lo |= UINT32_C(1) << m.type;
	else if (v == ICMP6 && m.type >= 128 && m.type < 160)
		s->type_hi |= UINT32_C(1) << (m.type - 128);
	if (m.code < 16)
		s->codes |= (uint16_t)(1u << m.code);
	s->requests += m.type == icmp_request(v);
	s->replies += m.type == icmp_reply(v);
	s->count++;
}

static void
packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct state *st = state;
	struct slot *s = slot;

	if (!icmp_is(&f->key) || !pkt_has_l4(p))
		return;
	enum icmp_version v = icmp_version(&f->key);
	struct cur c = pkt_cur(p, p->l4);
	struct message m = { .type = cur_u8(&c) };
	m.code = cur_u8(&c);
	cur_skip(&c, 2);
	uint32_t rest = cur_u32(&c);

	type_note(s, v, m);
	list_add(st, s, m);
	icmpstat_count(&st->count[v], m.type, m.code);
	if (v == ICMP4) {
		s->gateway = __builtin_bswap32(rest);
		if (m.type == ECHO4_REQUEST && is_wang(p))
			s->stat |= IS_WANG;
	}
	st->pkt_parent = 0;
	if (st->opt[ICMP_PARENT].n != 0) {
		const struct flow *parent = icmp_parent(st->t, p, v, m.type);
		if (parent != NULL)
			s->parent = st->pkt_parent = parent->index;
	}
}

static void
flow_end(void *state, void *slot, struct flow *f)
{
	struct slot *s = slot;
	const struct slot *other = flow_opp_slot(f, slot);

	(void)state;
	if (!icmp_is(&f->key) || other == NULL)
		return;
	if (s->requests > 0)
		s->echo_ratio = (float)other->replies / (float)s->requests;
	else if (other->replies > 0)
		s->echo_ratio = -(float)other->replies;
}

static void
flow_gone(void *state, void *slot, struct flow *f)
{
	struct slot *s = slot;

	(void)state;
	(void)f;
	free(s->list);
}

static void
report(void *state, FILE *out)
{
	const struct state *st = state;

	icmpstat_report(st->count, t2_totals(st->t), out);
}

static void
print(FILE *f, void *arg)
{
	const struct state *st = arg;

	icmpstat_print(st->count, t2_totals(st->t), st->opt[ICMP_NOCODE].s, f);
}

static int
files(void *state, const char *prefix)
{
	struct state *st = state;

	if (st->opt[ICMP_STATFILE].n == 0)
		return 0;
	return prefix_write(st->t, prefix, st->opt[ICMP_SUFFIX].s, print, st);
}

static void
fini(void *state)
{
	free(state);
}

static uint64_t
messages(const void *state)
{
	const struct state *st = state;
	uint64_t n = 0;

	for (int i = 0; i < 256; i++)
		n += st->count[ICMP4].type[i] + st->count[ICMP6].type[i];
	return n;
}

static uint64_t
echo_requests(const void *state)
{
	const struct state *st = state;

	return st->count[ICMP4].type[ECHO4_REQUEST] + st->count[ICMP6].type[ECHO6_REQUEST];
}

static uint64_t
echo_replies(const void *state)
{
	const struct state *st = state;

	return st->count[ICMP4].type[ECHO4_REPLY] + st->count[ICMP6].type[ECHO6_REPLY];
}

static const struct moncol moncols[] = {
	{ .name = "icmpPkts", .count = messages,
	  .text = "ICMP and ICMPv6 messages, later fragments left out" },
	{ .name = "icmpEchoReq", .count = echo_requests,
	  .text = "ICMP and ICMPv6 echo requests" },
	{ .name = "icmpEchoRep", .count = echo_replies,
	  .text = "ICMP and ICMPv6 echo replies" },
	{ .name = NULL }
};

PLUGIN(icmpDecode) = {
	PLUGIN_HEAD,
	.name = "icmpDecode",
	.version = T2_VERSION,
	.order = 140,
	.about = "ICMP and ICMPv6: types and codes, echo answers, the flow an error is about.",
	.opts = opts,
	.shapes_flows = true,
	.flow_size = sizeof(struct slot), .hot_size = T2_COLD,
	.cols = cols,
	.pktcols = icmp_pktcols,
	.watches = watches,
	.moncols = moncols,
	.init = init,
	.flow_new = flow_new,
	.packet = packet,
	.flow_end = flow_end,
	.flow_gone = flow_gone,
	.report = report,
	.files = files,
	.fini = fini,
};
