/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * macRecorder.c - the pairs of MAC addresses that the packets of a flow came with, and the vendors
 * of the cards.
 *
 * Nearly all flows have one pair, which is kept in the flow itself; a table finds those of a long
 * list.  Surprise: a list that has reached MR_MAX_MAC pairs is closed, and the counters of known
 * pairs stand still too.
 */
#include <stdlib.h>

#include "macRecorder.h"

enum { MR_MAC_FMT, MR_NPAIRS, MR_MANUF, MR_MANUF_FILE, MR_MANUF_2018, MR_MAX_MAC,
	MR_MACLBL, MR_MACLBL_FILE };

static const struct opt opts[] = {
	[MR_MAC_FMT] = OPT("MR_MAC_FMT", 0, 2, 1,
	    "MAC addresses as hexadecimal numbers (0), text (1), decimal numbers (2)"),
	[MR_NPAIRS] = OPT("MR_NPAIRS", 0, 1, 1, "print the number of pairs"),
	[MR_MANUF] = OPT("MR_MANUF", 0, 2, 1, "vendors: 0 none, 1 short names, 2 full names"),
	[MR_MANUF_FILE] = OPT_STR("MR_MANUF_FILE", "manuf.txt", "list of vendors, name or path"),
	[MR_MANUF_2018] = OPT_COMPAT("MR_MANUF_2018", 0, 1, 0, 1, "vendors as registered in 2018"),
	[MR_MAX_MAC] = OPT("MR_MAX_MAC", 1, UINT16_MAX, 16, "longest list of pairs"),
	[MR_MACLBL] = OPT("MR_MACLBL", 0, 1, 0, "labels of single addresses"),
	[MR_MACLBL_FILE] = OPT_STR("MR_MACLBL_FILE", "maclbl.txt",
	    "list of labels, name or path: lines of an address, a tab and a label"),
	{ .name = NULL }
};

enum { ROOM = 4, SHORT = 64 };

struct pair {
	uint8_t dst[MAC], src[MAC];     /* in the order of the frame */
	uint64_t n;                     /* packets */
};

struct more {                           /* the pairs behind the first */
	struct table *place;            /* where in the list a pair is, if it is longer than SHORT;
	                                 * NULL: look through the list */
	struct pair v[];                /* room for 4, 8, 16 ... */
};

struct slot {
	struct pair first;
	struct more *more;
	uint32_t n;                     /* pairs */
	uint32_t last;                  /* place of the previous packet's pair */
};

struct state {                          /* of the run */
	const struct optval *opt;       /* by the enum above */
	struct names *names;            /* vendors, NULL with MR_MANUF=0 */
	struct mac_labels *labels;      /* NULL with MR_MACLBL=0 */
	uint32_t max;                   /* MR_MAX_MAC */
};

static struct pair *
pair_at(struct slot *s, uint32_t i)
{
	return i == 0 ? &s->first : &s->more->v[i - 1];
}

static const struct pair *
pair_of(const struct slot *s, uint32_t i)
{
	return i == 0 ? &s->first : &s->more->v[i - 1];
}

static void
mac_put(struct out *o, const uint8_t *mac, int64_t form)
{
	if (form == 1)
		put_mac(o, mac);
	else if (form == 0)
		put_hex(o, mac_number(mac), 16);
	else
		put_u64(o, mac_number(mac));
}

static void
pairs_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct state *st = state;
	const struct slot *s = slot;
	int64_t form = st->opt[MR_MAC_FMT].n;

	(void)f;
	for (uint32_t i = 0; i < s->n; i++) {
		const struct pair *p = pair_of(s, i);

		if (i > 0)
			put_rep(o);
		mac_put(o, p->src, form);
		put_sub(o);
		mac_put(o, p->dst, form);
		put_sub(o);
		put_u64(o, p->n);
	}
}

/* quoted: full names stand in quotes, as in flow records. */
static void
vendor_put(struct out *o, const struct state *st, const uint8_t *mac, bool quoted)
{
	struct name name;
	bool full;

	names_find(st->names, names_mac(mac), &name);
	full = st->opt[MR_MANUF].n == 2 && name.ntext > 0;
	if (st->opt[MR_MANUF].n == 2 && quoted)
		put_string(o, full ? name.text : name.s, full ? name.ntext : name.n);
	else
		put_class(o, full ? name.text : name.s, full ? name.ntext : name.n);
}

static void
vendors_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *s = slot;

	(void)f;
	for (uint32_t i = 0; i < s->n; i++) {
		const struct pair *p = pair_of(s, i);

		if (i > 0)
			put_rep(o);
		vendor_put(o, state, p->src, true);
		put_sub(o);
		vendor_put(o, state, p->dst, true);
	}
}

static void
labels_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct state *st = state;
	const struct slot *s = slot;

	(void)f;
	for (uint32_t i = 0; i < s->n; i++) {
		const struct pair *p = pair_of(s, i);
		const char *src = mac_label(st->labels, p->src);
		const char *dst = mac_label(st->labels, p->dst);

		if (i > 0)
			put_rep(o);
		put_class(o, src, strlen(src));
		put_sub(o);
		put_class(o, dst, strlen(dst));
	}
}

#define PAIRS_TEXT "Source MAC address, destination MAC address, " \
	"number of packets of MAC address combination"
#define VENDORS_TEXT "Source MAC manufacturer, destination MAC manufacturer"

static const struct col cols[] = {
	{ .name = "macPairs", .type = "U32", .off = offsetof(struct slot, n), .when = "MR_NPAIRS",
	  .text = "Number of distinct Source/Destination MAC addresses pairs" },
	{ .name = "srcMac_dstMac_numP", .type = "H64_H64_U64:R", .emit = pairs_emit,
	  .when = "MR_MAC_FMT=0", .text = PAIRS_TEXT },
	{ .name = "srcMac_dstMac_numP", .type = "MAC_MAC_U64:R", .emit = pairs_emit,
	  .when = "MR_MAC_FMT=1", .text = PAIRS_TEXT },
	{ .name = "srcMac_dstMac_numP", .type = "U64_U64_U64:R", .emit = pairs_emit,
	  .when = "MR_MAC_FMT=2", .text = PAIRS_TEXT },
	{ .name = "srcManuf_dstManuf", .type = "SC_SC:R", .emit = vendors_emit,
	  .when = "MR_MANUF=1", .text = VENDORS_TEXT },
	{ .name = "srcManuf_dstManuf", .type = "S_S:R", .emit = vendors_emit,
	  .when = "MR_MANUF=2", .text = VENDORS_TEXT },
	{ .name = "srcLbl_dstLbl", .type = "SC_SC:R", .emit = labels_emit,
	  .when = "MR_MACLBL", .text = "Source MAC label, destination MAC label" },
	{ .name = NULL }
};

static void
pkt_src_emit(struct out *o, const struct pkt *p, const struct flow *f, const void *slot,
    void *state)
{
	uint8_t mac[MAC];
	struct cur c = pkt_cur(p, p->smac);

	(void)f;
	(void)slot;
	cur_copy(&c, mac, sizeof(mac));
	if (p->macs)
		vendor_put(o, state, mac, false);
}

static void
pkt_dst_emit(struct out *o, const struct pkt *p, const struct flow *f, const void *slot,
    void *state)
{
	uint8_t mac[MAC];
	struct cur c = pkt_cur(p, p->dmac);

	(void)f;
	(void)slot;
	cur_copy(&c, mac, sizeof(mac));
	if (p->macs)
		vendor_put(o, state, mac, false);
}

static const struct pktcol pktcols[] = {
	{ .name = "srcManuf", .type = "SC", .emit = pkt_src_emit, .when = "MR_MANUF",
	  .text = "Source MAC manufacturer" },
	{ .name = "dstManuf", .type = "SC", .emit = pkt_dst_emit, .when = "MR_MANUF",
	  .text = "Destination MAC manufacturer" },
	{ .name = NULL }
};

static bool
vendors_read(struct state *st, struct t2 *t)
{
	st->names = names_get(t, NAMES_MAC, st->opt[MR_MANUF_FILE].s);
	return st->names != NULL && (st->opt[MR_MANUF_2018].n == 0 ||
	    names_over(t, st->names, "manuf-2018.txt") == 0);
}

static void
fini(void *state)
{
	struct state *st = state;

	names_close(st->names);
	mac_labels_free(st->labels);
	free(st);
}

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "macRecorder: out of memory");
		return NULL;
	}
	st->opt = opt;
	st->max = (uint32_t)opt[MR_MAX_MAC].n;
	bool ok = opt[MR_MANUF].n == 0 || vendors_read(st, t);
	if (ok && opt[MR_MACLBL].n != 0)
		ok = (st->labels = mac_labels_read(t, opt[MR_MACLBL_FILE].s)) != NULL;
	if (!ok) {
		fini(st);
		return NULL;
	}
	return st;
}

static bool
pair_equal(const struct pair *a, const struct pair *b)
{
	return memcmp(a, b, 2 * MAC) == 0;
}

struct key {                            /* of the table: the addresses of a pair */
	uint8_t mac[2 * MAC];
	uint8_t pad[4];                 /* 0 */
};

static struct key
pair_key(const struct pair *p)
{
	struct key k = { .pad = { 0 } };

	memcpy(k.mac, p, sizeof(k.mac));
	return k;
}

/* The place of a pair in the list; s->n if it is not there. */
static uint32_t
pair_find(const struct slot *s, const struct pair *p)
{
	uint32_t i = 0;

	if (s->n > SHORT && s->more->place != NULL) {
		struct key k = pair_key(p);
		const uint32_t *place = table_find(s->more->place, &k);

		return place != NULL ? *place : s->n;
	}
	while (i < s->n && !pair_equal(pair_of(s, i), p))
		i++;
	return i;
}

/* Tells the table of the pair at place i; without memory the list does without a table. */
static void
place_add(struct slot *s, uint32_t i)
{
	struct key k = pair_key(pair_of(s, i));
	uint32_t *place = s->more->place != NULL ? table_get(s->more->place, &k) : NULL;

	if (place != NULL) {
		*place = i;
		return;
	}
	table_free(s->more->place);
	s->more->place = NULL;
}

/* Makes room for one more pair behind the first; false: memory is out. */
static bool
more_grow(struct slot *s)
{
	uint32_t used = s->n - 1;       /* entries of more->v[] */
	size_t room = used == 0 ? ROOM : used * (size_t)2;
	struct more *more;

	if (used != 0 && (used < ROOM || (used & (used - 1)) != 0))
		return true;
	more = realloc(s->more, sizeof(*more) + room * sizeof(more->v[0]));
	if (more == NULL)
		return false;
	if (used == 0)
		more->place = NULL;
	s->more = more;
	return true;
}

/* Adds a pair that the flow does not have yet; false: memory is out. */
static bool
pair_add(struct slot *s, const struct pair *p)
{
	if (s->n > 0 && !more_grow(s))
		return false;
	*pair_at(s, s->n++) = *p;
	if (s->n == SHORT + 1) {
		s->more->place = table_new(sizeof(struct key));
		for (uint32_t i = 0; i < s->n; i++)
			place_add(s, i);
	} else if (s->n > SHORT) {
		place_add(s, s->n - 1);
	}
	return true;
}

static void
packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	const struct state *st = state;
	struct slot *s = slot;
	struct pair new = { .n = 0 };
	uint32_t i;

	(void)f;
	if (!p->macs || s->n == st->max)
		return;
	struct cur c = pkt_cur(p, p->dmac);
	cur_copy(&c, new.dst, MAC);
	c = pkt_cur(p, p->smac);
	cur_copy(&c, new.src, MAC);
	struct pair *last = pair_at(s, s->last);
	if (pair_equal(last, &new) && s->n > 0) {
		last->n++;
		return;
	}
	i = pair_find(s, &new);
	if (i == s->n && !pair_add(s, &new))
		return;
	pair_at(s, i)->n++;
	s->last = i;
}

static void
flow_gone(void *state, void *slot, struct flow *f)
{
	struct slot *s = slot;

	(void)state;
	(void)f;
	if (s->more != NULL)
		table_free(s->more->place);
	free(s->more);
}

PLUGIN(macRecorder) = {
	PLUGIN_HEAD,
	.name = "macRecorder",
	.version = T2_VERSION,
	.order = 110,
	.about = "Pairs of MAC addresses of a flow, their packets and vendors.",
	.opts = opts,
	.flow_size = sizeof(struct slot),
	.cols = cols,
	.pktcols = pktcols,
	.pktcols_plain = true,
	.init = init,
	.packet = packet,
	.flow_gone = flow_gone,
	.fini = fini,
};
