/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicStats_cols.c - the columns of basicStats and what follows from its counters: deviations,
 * rates, asymmetries, and the alarms for high rates.
 */
#include <math.h>

#include "basicStats.h"

#define EMIT(name) \
	static void name(struct out *o, const struct flow *f, const void *slot, void *state)

/* Packets and bytes of the other direction, 0 without one. */
static uint64_t
opp_packets(const struct flow *f)
{
	return f->opp != NULL ? f->opp->npkts : 0;
}

static uint64_t
opp_bytes(const struct flow *f, const void *slot)
{
	const struct slot *s = flow_opp_slot(f, slot);

	return s != NULL ? s->bytes : 0;
}

EMIT(emit_packets_rcvd)
{
	(void)slot;
	(void)state;
	put_u64(o, opp_packets(f));
}

EMIT(emit_packets_both)
{
	(void)slot;
	(void)state;
	put_u64(o, f->npkts + opp_packets(f));
}

EMIT(emit_bytes_rcvd)
{
	(void)state;
	put_u64(o, opp_bytes(f, slot));
}

EMIT(emit_bytes_both)
{
	(void)state;
	put_u64(o, ((const struct slot *)slot)->bytes + opp_bytes(f, slot));
}

EMIT(emit_size_min)
{
	(void)f;
	(void)state;
	put_u64(o, (uint64_t)((const struct slot *)slot)->size.min);
}

EMIT(emit_size_max)
{
	(void)f;
	(void)state;
	put_u64(o, (uint64_t)((const struct slot *)slot)->size.max);
}

EMIT(emit_size_ave)
{
	const struct slot *s = slot;

	(void)f;
	(void)state;
	put_float(o, s->n > 0 ? (float)s->bytes / (float)s->n : 0);
}

/* The variance of a series under the rule of BS_STD. */
static float
variance(const struct series *s, uint64_t n, const struct state *st)
{
	switch (st->std) {
	case STD_POPULATION:
		return n > 0 ? s->var / (float)n : 0;
	case STD_SAMPLE:
		return n > 1 ? s->var / (float)(n - 1) : 0;
	}
	return s->var;
}

EMIT(emit_size_var)
{
	const struct slot *s = slot;

	(void)f;
	put_float(o, variance(&s->size, s->n, state));
}

EMIT(emit_size_std)
{
	const struct slot *s = slot;

	(void)f;
	put_float(o, sqrtf(variance(&s->size, s->n, state)));
}

EMIT(emit_iat_var)
{
	const struct slot *s = slot;

	(void)f;
	put_float(o, variance(&s->iat, s->n, state));
}

EMIT(emit_iat_std)
{
	const struct slot *s = slot;

	(void)f;
	put_float(o, sqrtf(variance(&s->iat, s->n, state)));
}

/* A time span as the reference's single-precision seconds: whole seconds plus microseconds. */
static float
seconds(int64_t ns)
{
	return (float)(ns / NS_PER_SEC) + (float)((double)(ns % NS_PER_SEC) / 1e3) / 1e6f;
}

static float
rate(uint64_t amount, const struct flow *f)
{
	float d = seconds(f->last - f->first);

	return d != 0 ? (float)amount / d : 0;
}

EMIT(emit_pktps)
{
	(void)slot;
	(void)state;
	put_float(o, rate(f->npkts, f));
}

EMIT(emit_bytps)
{
	(void)state;
	put_float(o, rate(((const struct slot *)slot)->bytes, f));
}

static bool
many_packets(const struct flow *f, const void *slot, int64_t limit)
{
	(void)slot;
	return rate(f->npkts, f) >= (float)limit;
}

static bool
many_bytes(const struct flow *f, const void *slot, int64_t limit)
{
	return rate(((const struct slot *)slot)->bytes, f) >= (float)limit;
}

static bool
many_packets_long(const struct flow *f, const void *slot, int64_t limit)
{
	return f->last - f->first >= NS_PER_SEC && many_packets(f, slot, limit);
}

static bool
many_bytes_long(const struct flow *f, const void *slot, int64_t limit)
{
	return f->last - f->first >= NS_PER_SEC && many_bytes(f, slot, limit);
}

const struct watch basicStats_watches[] = {
	{ .alarm = "BS_PPS_ALARM", .holds = many_packets },
	{ .alarm = "BS_BPS_ALARM", .holds = many_bytes },
	{ .force = "BS_PPS_FORCE", .holds = many_packets_long },
	{ .force = "BS_BPS_FORCE", .holds = many_bytes_long },
	{ .holds = NULL }
};

static float
asymmetry(uint64_t snt, uint64_t rcvd)
{
	return snt + rcvd > 0 ? ((float)snt - (float)rcvd) / (float)(snt + rcvd) : 0;
}

EMIT(emit_pkt_asm)
{
	(void)slot;
	(void)state;
	put_float(o, asymmetry(f->npkts, opp_packets(f)));
}

EMIT(emit_byt_asm)
{
	(void)state;
	put_float(o, asymmetry(((const struct slot *)slot)->bytes, opp_bytes(f, slot)));
}

#define SLOT(field) .off = offsetof(struct slot, field)

const struct col basicStats_cols[] = {
	{ "numPktsSnt", "U64", .base = BASE_FLOW, .off = offsetof(struct flow, npkts),
	    .text = "Number of transmitted packets" },
	{ "numPktsRcvd", "U64", .emit = emit_packets_rcvd, .when = "BS_REV_CNT",
	    .text = "Number of received packets" },
	{ "numPktsRTAggr", "U64", .emit = emit_packets_both, .when = "BS_AGRR_CNT",
	    .text = "Number of received + transmitted packets" },
	{ "numBytesSnt", "U64", SLOT(bytes), .text = "Number of transmitted bytes" },
	{ "numBytesRcvd", "U64", .emit = emit_bytes_rcvd, .when = "BS_REV_CNT",
	    .text = "Number of received bytes" },
	{ "numBytesRTAggr", "U64", .emit = emit_bytes_both, .when = "BS_AGRR_CNT",
	    .text = "Number of received + transmitted bytes" },
	{ "minPktSz", "U16", .emit = emit_size_min, .when = "BS_STATS,BS_PL_STATS",
	    .text = "Minimum layer 3 packet size" },
	{ "maxPktSz", "U16", .emit = emit_size_max, .when = "BS_STATS,BS_PL_STATS",
	    .text = "Maximum layer 3 packet size" },
	{ "avePktSize", "F", .emit = emit_size_ave, .when = "BS_STATS,BS_PL_STATS",
	    .text = "Average layer 3 packet size" },
	{ "varPktSize", "F", .emit = emit_size_var, .when = "BS_STATS,BS_PL_STATS,BS_VAR",
	    .text = "Variance layer 3 packet size" },
	{ "stdPktSize", "F", .emit = emit_size_std, .when = "BS_STATS,BS_PL_STATS,BS_STDDEV",
	    .text = "Standard deviation layer 3 packet size" },
	{ "minIAT", "F", SLOT(iat.min), .when = "BS_STATS,BS_IAT_STATS", .text = "Minimum IAT" },
	{ "maxIAT", "F", SLOT(iat.max), .when = "BS_STATS,BS_IAT_STATS", .text = "Maximum IAT" },
	{ "aveIAT", "F", SLOT(iat.mean), .when = "BS_STATS,BS_IAT_STATS", .text = "Average IAT" },
	{ "varIAT", "F", .emit = emit_iat_var, .when = "BS_STATS,BS_IAT_STATS,BS_VAR",
	    .text = "Variance IAT" },
	{ "stdIAT", "F", .emit = emit_iat_std, .when = "BS_STATS,BS_IAT_STATS,BS_STDDEV",
	    .text = "Standard deviation IAT" },
	{ "pktps", "F", .emit = emit_pktps, .when = "BS_STATS", .text = "Send packets per second" },
	{ "bytps", "F", .emit = emit_bytps, .when = "BS_STATS", .text = "Send bytes per second" },
	{ "pktAsm", "F", .emit = emit_pkt_asm, .when = "BS_STATS",
	    .text = "Packet stream asymmetry" },
	{ "bytAsm", "F", .emit = emit_byt_asm, .when = "BS_STATS",
	    .text = "Byte stream asymmetry" },
	{ .name = NULL }
};
