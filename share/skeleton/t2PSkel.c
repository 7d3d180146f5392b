/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2PSkel.c - what this plugin tells about a flow, in one sentence.
 *
 * Made from the skeleton of t2plugin(1).  It has one of each: a number, a text, a list of
 * compound values, a bit field, an option, a column of packet records, a line of the report, a
 * file of its own.  Take out what you do not need; t2plugin(3) explains the rest.
 *
 * What the plugin knows of a flow is in its slot, what it knows of the run in its state; it has
 * no global variables.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "t2.h"

/* options ------------------------------------------------------------------------------------
 * Name, lowest and highest value, default, text for the manual.  The enum numbers the rows.
 * Users set them with t2conf t2PSkel -D T2PSKEL_NUM=8, or for one run with -o T2PSKEL_NUM=8.
 */
enum { NUM_MAX = 16, TEXT_MAX = 32 };
enum { OPT_NUM, OPT_TEXT };

static const struct opt t2PSkel_opts[] = {
	[OPT_NUM] = OPT("T2PSKEL_NUM", 1, NUM_MAX, 4, "packets listed in t2PSkelSizes"),
	[OPT_TEXT] = OPT("T2PSKEL_TEXT", 0, 1, 1, "1: the column t2PSkelText"),
	{ 0 }
};

/* slot and state -----------------------------------------------------------------------------
 * The slot is all zero when a flow begins.  A flow is one direction of a conversation; the slot
 * of the other one is flow_opp_slot(f, slot).
 */
enum { STAT_PAYLOAD = 1, STAT_CUT = 2, STAT_MORE = 4 };

struct slot {
	uint32_t npl;                   /* packets with payload */
	uint32_t bytes;                 /* of payload */
	uint8_t stat;                   /* STAT_ bits */
	uint8_t nsize, ntext;           /* used entries of these: */
	struct size {
		uint32_t wire, payload; /* bytes of a packet, and of its payload */
	} size[NUM_MAX];
	char text[TEXT_MAX];            /* how the payload begins */
};

enum { CLASSES = 6 };                   /* payloads of 0, 1-9, 10-99 ... bytes */

struct state {
	struct t2 *t;                   /* the run */
	uint8_t num;                    /* value of T2PSKEL_NUM */
	uint64_t flows, with_payload;   /* flows that ended; of these */
	uint64_t packets[CLASSES];      /* by length of the payload */
};

/* packets ------------------------------------------------------------------------------------
 * Bytes are read with a cursor only: behind the captured ones it reads 0 and sets .cut.
 */
static void
text_read(struct slot *s, const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->l7);
	uint32_t n = p->l7len < TEXT_MAX ? p->l7len : TEXT_MAX;

	while (s->ntext < n) {
		uint8_t byte = cur_u8(&c);

		if (c.cut) {
			s->stat |= STAT_CUT;
			return;
		}
		s->text[s->ntext++] = (char)byte;
	}
}

static unsigned
class_of(uint32_t bytes)
{
	unsigned k = 0;

	for (; bytes > 0 && k < CLASSES - 1; bytes /= 10)
		k++;
	return k;
}

/* Called for each packet of a flow, its first one included. */
static void
t2PSkel_packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct state *st = state;
	struct slot *s = slot;

	(void)f;
	st->packets[class_of(p->l7len)]++;
	if (s->nsize < st->num)
		s->size[s->nsize++] = (struct size){ p->wirelen, p->l7len };
	else
		s->stat |= STAT_MORE;
	if (p->l7len == 0 || !pkt_has_l4(p))
		return;
	if (s->npl++ == 0)
		text_read(s, p);
	s->stat |= STAT_PAYLOAD;
	s->bytes += p->l7len;
}

/* Called when a flow ends, just before its record is written. */
static void
t2PSkel_flow_end(void *state, void *slot, struct flow *f)
{
	struct state *st = state;
	const struct slot *s = slot;

	(void)f;
	st->flows++;
	st->with_payload += s->npl > 0;
}

/* columns ------------------------------------------------------------------------------------
 * A plain value needs its type and its place in the slot; all others a function that prints them
 * with put_*.  Text from packets goes through put_string, which makes it harmless.
 */
static void
text_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *s = slot;

	(void)f;
	(void)state;
	put_string(o, s->text, s->ntext);
}

static void
sizes_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *s = slot;

	(void)f;
	(void)state;
	for (unsigned i = 0; i < s->nsize; i++) {
		if (i > 0)
			put_rep(o);     /* ; between repeated values */
		put_u64(o, s->size[i].wire);
		put_sub(o);             /* _ between the parts of one */
		put_u64(o, s->size[i].payload);
	}
}

/* Number of the bit, 'W' or 'I' if the report shall tell of it, its words there, the manual's. */
static const struct bit stat_bits[] = {
	{ 0, 0, NULL, "Packets with payload" },
	{ 1, 0, NULL, "Payload was cut when it was captured" },
	{ 2, 0, NULL, "More packets than listed in t2PSkelSizes" },
	{ .no = -1 }
};

static const struct col t2PSkel_cols[] = {
	{ .name = "t2PSkelStat", .type = "H8", .off = offsetof(struct slot, stat),
	  .bits = stat_bits, .text = "Status" },
	{ .name = "t2PSkelPkts", .type = "U32", .off = offsetof(struct slot, npl),
	  .text = "Number of packets with payload" },
	{ .name = "t2PSkelText", .type = "S", .emit = text_emit, .when = "T2PSKEL_TEXT",
	  .text = "How the payload begins" },
	{ .name = "t2PSkelSizes", .type = "U32_U32:R", .emit = sizes_emit,
	  .text = "Bytes and payload bytes of the first packets" },
	{ 0 }
};

/* packet records -----------------------------------------------------------------------------
 * The packet has passed t2PSkel_packet.
 */
static void
bytes_emit(struct out *o, const struct pkt *p, const struct flow *f, const void *slot, void *state)
{
	const struct slot *s = slot;

	(void)p;
	(void)f;
	(void)state;
	put_u64(o, s->bytes);
}

static const struct pktcol t2PSkel_pktcols[] = {
	{ .name = "t2PSkelBytes", .type = "U32", .emit = bytes_emit,
	  .text = "Payload bytes of this direction so far" },
	{ 0 }
};

/* report and file ------------------------------------------------------------------------ */

static void
t2PSkel_report(void *state, FILE *report)
{
	const struct state *st = state;
	char human[FMT_MAX], percent[FMT_MAX];

	if (st->with_payload == 0)              /* no lines about nothing */
		return;
	fmt_human(human, sizeof(human), st->with_payload);      /* " (1.22 K)" or nothing */
	fmt_percent(percent, sizeof(percent), (double)st->with_payload, (double)st->flows);
	fprintf(report, "t2PSkel: Number of flows with payload: %" PRIu64 "%s%s\n",
	    st->with_payload, human, percent);
}

static void
file_print(FILE *f, void *state)
{
	static const char *const range[CLASSES] = { "0", "1-9", "10-99", "100-999", "1000-9999",
		"10000-" };
	const struct state *st = state;

	fprintf(f, "%%bytes\tpackets\n");
	for (unsigned i = 0; i < CLASSES; i++)
		fprintf(f, "%s\t%" PRIu64 "\n", range[i], st->packets[i]);
}

/* PREFIX_t2PSkel.txt */
static int
t2PSkel_files(void *state, const char *prefix)
{
	const struct state *st = state;

	return prefix_write(st->t, prefix, "_t2PSkel.txt", file_print, state);
}

/* start and end ------------------------------------------------------------------------------ */

/* opt[] has the values of t2PSkel_opts in the order of its rows. */
static void *
t2PSkel_init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "t2PSkel: out of memory");
		return NULL;
	}
	st->t = t;
	st->num = (uint8_t)opt[OPT_NUM].n;
	return st;
}

static void
t2PSkel_fini(void *state)
{
	free(state);
}

/* The record that ties it together, the only external symbol.  Members that are left out mean:
 * nothing to do there.  The order is the place of the columns among those of other plugins. */
PLUGIN(t2PSkel) = {
	PLUGIN_HEAD,
	.name = "t2PSkel",
	.version = "1.0",
	.order = 999,
	.about = "What the plugin is for, in one sentence.",
	.opts = t2PSkel_opts,
	.flow_size = sizeof(struct slot),
	.cols = t2PSkel_cols,
	.pktcols = t2PSkel_pktcols,
	.init = t2PSkel_init,
	.packet = t2PSkel_packet,
	.flow_end = t2PSkel_flow_end,
	.report = t2PSkel_report,
	.files = t2PSkel_files,
	.fini = t2PSkel_fini,
};
