/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpStates.c - the TCP state machine: anomalies of setup and teardown, and the idle times after
 * which TCP flows end.
 *
 * The states follow RFC 9293 section 3.3.2 as far as a capture shows them.  Surprise: the sums
 * "number + 1" do not wrap, and a FIN that carries payload is never seen as acknowledged: both
 * are kept, as numbers and flow indexes of recorded runs depend on them.
 */
#include <stdlib.h>

#include "t2.h"

enum { FIN = 0x01, SYN = 0x02, RST = 0x04, PSH = 0x08, ACK = 0x10, URG = 0x20 };

enum {                                  /* tcpStates, bit masks */
	BAD_OPEN = 0x01, BAD_CLOSE = 0x02, BAD_FLAGS = 0x04, AFTER_CLOSE = 0x08,
	AFTER_RESET = 0x10, RESETTER = 0x40, EVIL = 0x80,
};

enum tcp_state { NEW, ESTABLISHED, CLOSING, CLOSED, RESET };

static const int64_t idle_ns[] = {      /* how long a flow may be silent in a state */
	[NEW] = 120 * NS_PER_SEC,
	[ESTABLISHED] = 610 * NS_PER_SEC,
	[CLOSING] = 120 * NS_PER_SEC,
	[CLOSED] = 10 * NS_PER_SEC,
	[RESET] = NS_PER_SEC / 10,
};

struct slot {
	uint8_t anomalies;              /* the column */
	uint8_t state;                  /* enum tcp_state */
	bool syn, syn_acked;            /* a SYN was sent; the opposite acknowledged it */
	bool fin, fin_acked;            /* likewise FIN */
	bool fin_scan;                  /* began with a FIN that nobody had asked for */
	uint32_t syn_seq, fin_seq;      /* their sequence numbers, 0 until seen */
};

struct state {                          /* of the run */
	struct t2 *t;
	uint8_t aggregate;              /* anomalies of all TCP flows */
};

struct seg {                            /* a segment and both ends of its connection */
	struct t2 *t;
	struct flow *f, *opp;           /* opp may be NULL */
	struct slot *own, *other;       /* their slots; other may be NULL */
	uint32_t seq, ack;
	uint8_t flags;                  /* ACK, RST, SYN, FIN */
};

static const struct bit bits[] = {
	{ 0, 0, NULL, "Malformed connection establishment" },
	{ 1, 0, NULL, "Malformed teardown" },
	{ 2, 0, NULL, "Malformed flags during established connection" },
	{ 3, 0, NULL, "Packets detected after teardown" },
	{ 4, 0, NULL, "Packets detected after reset" },
	{ 6, 0, NULL, "Reset from sender" },
	{ 7, 0, NULL, "Potential evil behavior (scan)" },
	{ .no = -1 }
};

static const struct col cols[] = {
	{ .name = "tcpStates", .type = "H8", .off = offsetof(struct slot, anomalies), .bits = bits,
	  .text = "TCP state machine anomalies" },
	{ .name = NULL }
};

static void
pkt_emit(struct out *o, const struct pkt *p, const struct flow *f, const void *slot, void *state)
{
	(void)p;
	(void)f;
	(void)state;
	put_hex(o, ((const struct slot *)slot)->anomalies, 2);
}

enum { SPKTMD_STATES, TCPSTATES_ALARM, TCPSTATES_FORCE };

static const struct opt opts[] = {
	[SPKTMD_STATES] = OPT("SPKTMD_STATES", 0, 1, 0,
	    "packet records: anomalies of the direction so far"),
	[TCPSTATES_ALARM] = OPT("TCPSTATES_ALARM", 0, UINT8_MAX, 0,
	    "bits of tcpStates that raise an alarm"),
	[TCPSTATES_FORCE] = OPT("TCPSTATES_FORCE", 0, UINT8_MAX, 0,
	    "bits of tcpStates that end a flow at once, with FORCE_MODE=1"),
	{ .name = NULL }
};

static bool
has_anomaly(const struct flow *f, const void *slot, int64_t mask)
{
	(void)f;
	return ((const struct slot *)slot)->anomalies & mask;
}

static const struct watch watches[] = {
	{ "TCPSTATES_ALARM", "TCPSTATES_FORCE", has_anomaly },
	{ .holds = NULL }
};

static const struct pktcol pktcols[] = {
	{ "tcpStatesAFlags", "H8", pkt_emit, .when = "SPKTMD_STATES", .bits = bits,
	  .text = "TCP state machine anomalies so far" },
	{ .name = NULL }
};

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	(void)opt;
	if (st == NULL) {
		t2_error(t, "tcpStates: out of memory");
		return NULL;
	}
	st->t = t;
	return st;
}

static void
own_enter(const struct seg *s, enum tcp_state state)
{
	s->own->state = (uint8_t)state;
	flow_timeout(s->t, s->f, idle_ns[state]);
}

static void
both_enter(const struct seg *s, enum tcp_state state)
{
	own_enter(s, state);
	if (s->opp != NULL) {
		s->other->state = (uint8_t)state;
		flow_timeout(s->t, s->opp, idle_ns[state]);
	}
}

static void
both_mark(const struct seg *s, uint8_t own, uint8_t other)
{
	s->own->anomalies |= own;
	if (s->other != NULL)
		s->other->anomalies |= other;
}

/* The connection is taken for established, but not by a sound handshake. */
static void
open_badly(const struct seg *s)
{
	both_mark(s, BAD_OPEN, BAD_OPEN);
	both_enter(s, ESTABLISHED);
}

static bool
acks(const struct seg *s, uint32_t number)
{
	return s->ack == (uint64_t)number + 1;
}

static void
fin_note(const struct seg *s)
{
	s->own->fin = true;
	s->own->fin_seq = s->seq;
}

static void
fin_ack_check(const struct seg *s)
{
	if ((s->flags & ACK) != 0 && s->other != NULL && s->other->fin &&
	    acks(s, s->other->fin_seq))
		s->other->fin_acked = true;
}

static void
new_syn(const struct seg *s)
{
	s->own->syn = true;
	s->own->syn_seq = s->seq;
	own_enter(s, NEW);
	if ((s->flags & ACK) == 0)
		return;
	if (s->other != NULL && acks(s, s->other->syn_seq))
		s->other->syn_acked = true;
	else
		open_badly(s);
}

/* A bare ACK while the opposite is known: the end of the handshake, if the number fits. */
static void
new_ack(const struct seg *s)
{
	if (!acks(s, s->other->syn_seq)) {
		open_badly(s);
		return;
	}
	s->other->syn_acked = true;
	if (s->own->syn_acked)
		both_enter(s, ESTABLISHED);
}

static void
new_rst(const struct seg *s)
{
	if (s->flags == (RST | ACK) && s->opp != NULL)  /* a normal refusal */
		both_mark(s, RESETTER, 0);
	else
		both_mark(s, s->opp != NULL ? RESETTER | BAD_OPEN : RESETTER | BAD_OPEN | EVIL,
		    BAD_OPEN);
	both_enter(s, RESET);
}

static void
new_fin(const struct seg *s)
{
	fin_note(s);
	both_mark(s, BAD_OPEN, BAD_OPEN);
	own_enter(s, CLOSING);
	fin_ack_check(s);
	if (s->opp == NULL)
		s->own->fin_scan = true;
}

static void
on_new(const struct seg *s)
{
	if ((s->flags & (SYN | RST | FIN)) == SYN)
		new_syn(s);
	else if (s->flags == ACK && s->opp != NULL)
		new_ack(s);
	else if ((s->flags & RST) != 0)
		new_rst(s);
	else if (s->flags == (FIN | ACK))
		new_fin(s);
	else if (s->flags == FIN)
		s->own->anomalies |= EVIL;
	else
		open_badly(s);
}

/* A reset of a connection that was open or is being closed. */
static void
reset(const struct seg *s)
{
	both_mark(s, RESETTER | BAD_CLOSE, BAD_CLOSE);
	both_enter(s, RESET);
}

static void
on_established(const struct seg *s)
{
	if ((s->flags & (SYN | ACK)) != ACK)
		both_mark(s, BAD_FLAGS, BAD_FLAGS);
	if ((s->flags & FIN) != 0) {
		fin_note(s);
		own_enter(s, CLOSING);
		fin_ack_check(s);
	}
	if ((s->flags & RST) != 0)
		reset(s);
}

static void
on_closing(const struct seg *s)
{
	if ((s->flags & RST) != 0)
		reset(s);
	fin_ack_check(s);
	if (s->other != NULL && s->own->fin && s->own->fin_acked && s->other->fin &&
	    s->other->fin_acked)
		both_enter(s, CLOSED);
}

static void
on_closed(const struct seg *s)
{
	s->own->anomalies |= AFTER_CLOSE;
	if ((s->flags & RST) != 0)
		reset(s);
}

static void
packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	const struct state *st = state;
	struct slot *own = slot;

	if (p->key.proto != IP_TCP || !pkt_has_l4(p))
		return;
	struct cur c = pkt_cur(p, p->l4);
	cur_skip(&c, 4);
	struct seg s = { .t = st->t, .f = f, .opp = f->opp, .own = own };
	s.other = flow_opp_slot(f, slot);
	s.seq = cur_u32(&c);
	s.ack = cur_u32(&c);
	uint8_t flags = cur_u16(&c) & 0x3f;     /* 0 if the capture does not reach them */
	s.flags = flags & (ACK | RST | SYN | FIN);
	if (flags == 0 || flags == (FIN | PSH | URG))
		own->anomalies |= EVIL;
	switch ((enum tcp_state)own->state) {
	case NEW:
		on_new(&s);
		break;
	case ESTABLISHED:
		on_established(&s);
		break;
	case CLOSING:
		on_closing(&s);
		break;
	case CLOSED:
		on_closed(&s);
		break;
	case RESET:
		own->anomalies |= AFTER_RESET;
		break;
	}
}

static void
flow_end(void *state, void *slot, struct flow *f)
{
	struct state *st = state;
	struct slot *own = slot, *other = flow_opp_slot(f, slot);

	if (f->key.proto != IP_TCP)
		return;
	if (other == NULL) {
		own->anomalies |= BAD_OPEN | BAD_CLOSE;
	} else {
		if (!own->syn_acked || !other->syn_acked || !own->syn || !other->syn)
			own->anomalies |= BAD_OPEN;
		if (own->fin && own->fin_acked && other->fin && other->fin_acked)
			own->fin_scan = other->fin_scan = false;
		else
			own->anomalies |= BAD_CLOSE;
	}
	if (own->fin_scan)
		own->anomalies |= EVIL;
	st->aggregate |= own->anomalies;
}

static void
report(void *state, FILE *out)
{
	const struct state *st = state;

	if (st->aggregate != 0)
		fprintf(out, "tcpStates: Aggregated anomaly flags: 0x%02x\n", st->aggregate);
}

static void
fini(void *state)
{
	free(state);
}

PLUGIN(tcpStates) = {
	PLUGIN_HEAD,
	.name = "tcpStates",
	.version = T2_VERSION,
	.order = 132,
	.about = "TCP state machine: anomalies of setup and teardown; ends TCP flows early.",
	.shapes_flows = true,
	.reads_opposite = true,
	.flow_size = sizeof(struct slot),
	.cols = cols,
	.opts = opts,
	.pktcols = pktcols,
	.watches = watches,
	.init = init,
	.packet = packet,
	.flow_end = flow_end,
	.report = report,
	.fini = fini,
};
