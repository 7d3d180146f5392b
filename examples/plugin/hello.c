/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hello.c - a complete small plugin to copy: two columns, one option, one line in the report.
 *
 * What a plugin knows of a flow is its slot, what it knows of the run is its state; it has no
 * global variables.  Replace "hello" by your name everywhere, then: make, and
 * t2flow -p basicFlow,./hello.so -r FILE.  See t2plugin(3).
 */
#include <stdlib.h>

#include "t2.h"

/*
 * Step 1: options.  Each row is a name, the allowed range, the default and a line for the manual;
 * users set it with -o hello.HELLO_N=8.  The enum numbers the rows.
 */
enum { HELLO_N_MAX = 16 };
enum { OPT_HELLO_N };

static const struct opt hello_opts[] = {
	[OPT_HELLO_N] = OPT("HELLO_N", 1, HELLO_N_MAX, 4, "packet sizes in helloPktSizes"),
	{ 0 }
};

/*
 * Step 2: the slot, what is remembered of each flow.  A flow is one direction of a conversation.
 * The slot is all zero when the flow begins and needs no freeing.
 */
struct slot {
	uint8_t first;                  /* first payload byte */
	bool payload;                   /* there was one */
	uint32_t n;                     /* used entries of size[] */
	uint32_t size[HELLO_N_MAX];     /* wire lengths, bytes */
};

/* Step 3: the state, what is remembered of the whole run. */
struct state {
	uint32_t max;                   /* value of HELLO_N */
	uint64_t flows;                 /* flows that ended */
	uint64_t with_payload;          /* of these */
};

/* Step 4: a column that is more than one value of the slot has a function that prints it. */
static void
sizes_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *s = slot;

	(void)f;
	(void)state;
	for (uint32_t i = 0; i < s->n; i++) {
		if (i > 0)
			put_rep(o);             /* the ; between repeated values */
		put_u64(o, s->size[i]);
	}
}

/*
 * Step 5: the columns.  helloFirstByte is the plain kind: its type (two hex digits) and the place
 * of the value in the slot say all.  :R means that the value repeats.
 */
static const struct col hello_cols[] = {
	{ .name = "helloFirstByte", .type = "H8", .off = offsetof(struct slot, first),
	  .text = "First byte of the payload" },
	{ .name = "helloPktSizes", .type = "U32:R", .emit = sizes_emit,
	  .text = "Lengths of the first packets" },
	{ 0 }
};

/* Step 6: called once at start; opt[] has the values of hello_opts in the order of its rows. */
static void *
hello_init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "hello: out of memory");
		return NULL;
	}
	st->max = (uint32_t)opt[OPT_HELLO_N].n;
	return st;
}

/*
 * Step 7: called for each packet of a flow, its first one included.  Packet bytes are read with a
 * cursor: behind the captured bytes it reads 0 and sets .cut, never beyond.
 */
static void
hello_packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	const struct state *st = state;
	struct slot *s = slot;

	(void)f;
	if (s->n < st->max)
		s->size[s->n++] = p->wirelen;
	if (s->payload || p->l7len == 0 || !pkt_has_l4(p))
		return;
	struct cur c = pkt_cur(p, p->l7);
	uint8_t byte = cur_u8(&c);
	if (c.cut)                              /* on the wire, but not captured */
		return;
	s->first = byte;
	s->payload = true;
}

/* Step 8: called when a flow ends, just before its record is written. */
static void
hello_flow_end(void *state, void *slot, struct flow *f)
{
	struct state *st = state;
	const struct slot *s = slot;

	(void)f;
	st->flows++;
	st->with_payload += s->payload;
}

/* Step 9: lines of the end report; they begin with the plugin's name. */
static void
hello_report(void *state, FILE *report)
{
	const struct state *st = state;
	char human[FMT_MAX], percent[FMT_MAX];

	if (st->with_payload == 0)              /* the report has no lines about nothing */
		return;
	fmt_human(human, sizeof(human), st->with_payload);      /* " (1.22 M)" or nothing */
	fmt_percent(percent, sizeof(percent), (double)st->with_payload, (double)st->flows);
	fprintf(report, "hello: Number of flows with payload: %ju%s%s\n",
	    (uintmax_t)st->with_payload, human, percent);
}

/* Step 10: called once at the end. */
static void
hello_fini(void *state)
{
	free(state);
}

/* Step 11: the record that ties it together, the plugin's only external symbol.  Members that
 * are left out mean: nothing to do there.  The order decides the place of the columns. */
PLUGIN(hello) = {
	PLUGIN_HEAD,
	.name = "hello",
	.version = "1.0",
	.order = 800,
	.about = "First payload byte and first packet sizes, an example of a plugin.",
	.opts = hello_opts,
	.flow_size = sizeof(struct slot),
	.cols = hello_cols,
	.init = hello_init,
	.packet = hello_packet,
	.flow_end = hello_flow_end,
	.report = hello_report,
	.fini = hello_fini,
};
