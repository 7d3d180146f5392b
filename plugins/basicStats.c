/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicStats.c - packets, bytes, their sizes and inter-arrival times, rates, asymmetries; the
 * biggest talkers.
 *
 * BS_STD chooses the deviation: the running rule that the column names come with (the new mean
 * enters the square, the first packet counts with a time of 0), or textbook population or sample
 * deviation of the same values.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "basicStats.h"

enum {
	BS_AGRR_CNT, BS_REV_CNT, BS_STATS, BS_PL_STATS, BS_IAT_STATS, BS_VAR, BS_STDDEV, BS_STD,
	BS_XCLD, BS_XMIN, BS_XMAX, BS_TALKER_SNAP, BS_PKT_LENS, BS_PPS_ALARM,
	BS_PPS_FORCE, BS_BPS_ALARM, BS_BPS_FORCE, BS_N
};
enum { STD_RUNNING, STD_POPULATION, STD_SAMPLE };
enum { XCLD_NONE, XCLD_ABOVE, XCLD_BELOW, XCLD_INSIDE, XCLD_OUTSIDE };

static const struct opt opts[] = {
	[BS_AGRR_CNT] = OPT("BS_AGRR_CNT", 0, 1, 0, "columns with the sums of both directions"),
	[BS_REV_CNT] = OPT("BS_REV_CNT", 0, 1, 1, "columns with the counts of the other direction"),
	[BS_STATS] = OPT("BS_STATS", 0, 1, 1, "columns with statistics"),
	[BS_PL_STATS] = OPT("BS_PL_STATS", 0, 1, 1, "columns with packet sizes"),
	[BS_IAT_STATS] = OPT("BS_IAT_STATS", 0, 1, 1, "columns with inter-arrival times"),
	[BS_VAR] = OPT("BS_VAR", 0, 1, 0, "columns with variances"),
	[BS_STDDEV] = OPT("BS_STDDEV", 0, 1, 1, "columns with standard deviations"),
	[BS_STD] = OPT("BS_STD", 0, 2, 0,
	    "deviation: 0 running rule of the reference, 1 population, 2 sample"),
	[BS_XCLD] = OPT("BS_XCLD", 0, 4, 0,
	    "sizes in the statistics: 0 all, 1 > BS_XMIN, 2 < BS_XMAX, 3 from BS_XMIN to BS_XMAX, "
	    "4 outside of them"),
	[BS_XMIN] = OPT("BS_XMIN", 0, UINT32_MAX, 1, "lower bound for BS_XCLD"),
	[BS_XMAX] = OPT("BS_XMAX", 0, UINT32_MAX, 65535, "upper bound for BS_XCLD"),
	[BS_TALKER_SNAP] = OPT_COMPAT("BS_TALKER_SNAP", 0, 1, 0, 1,
	    "biggest talker's bytes: 0 percentage of the wire bytes, 1 of the captured bytes and "
	    "chosen by payload"),
	[BS_PKT_LENS] = OPT("SPKTMD_LENS", 0, 1, 0,
	    "packet records: captured lengths, IP and UDP length, padding"),
	[BS_PPS_ALARM] = OPT("BS_PPS_ALARM", 0, UINT32_MAX, 0,
	    "lowest pktps that raises an alarm, 0 none"),
	[BS_PPS_FORCE] = OPT("BS_PPS_FORCE", 0, UINT32_MAX, 0,
	    "packets per second, over a second or more, that end a flow with FORCE_MODE=1"),
	[BS_BPS_ALARM] = OPT("BS_BPS_ALARM", 0, UINT32_MAX, 0,
	    "lowest bytps that raises an alarm, 0 none"),
	[BS_BPS_FORCE] = OPT("BS_BPS_FORCE", 0, UINT32_MAX, 0,
	    "bytes per second, over a second or more, that end a flow with FORCE_MODE=1"),
	[BS_N] = { .name = NULL }
};

struct series {                         /* one quantity over the packets of a flow */
	float mean, var;
	float min, max;
};

struct slot {
	int64_t last;                   /* time of the previous packet, ns */
	uint64_t bytes;                 /* sum of the sizes */
	uint64_t raw;                   /* sum of the wire lengths */
	uint64_t n;                     /* packets in the statistics */
	struct series size, iat;        /* bytes; seconds */
};

struct talker {
	uint64_t amount;
	uint8_t addr[16], version;
};

struct state {
	struct t2 *t;
	struct geo *geo;                /* for the report's countries, or NULL */
	bool sizes, iats;               /* series that some column shows */
	int std, xcld;
	uint32_t xmin, xmax;
	bool talker_snap;
	struct talker packets, bytes;
};

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));
	const struct optval *geo = opt_plugin(t, "basicFlow", "BFO_SUBNET_TEST");

	if (st == NULL) {
		t2_error(t, "basicStats: out of memory");
		return NULL;
	}
	st->t = t;
	st->sizes = opt[BS_STATS].n && opt[BS_PL_STATS].n;
	st->iats = opt[BS_STATS].n && opt[BS_IAT_STATS].n;
	st->std = (int)opt[BS_STD].n;
	st->xcld = (int)opt[BS_XCLD].n;
	st->xmin = (uint32_t)opt[BS_XMIN].n;
	st->xmax = (uint32_t)opt[BS_XMAX].n;
	st->talker_snap = opt[BS_TALKER_SNAP].n;
	if (geo != NULL && geo->n != 0)
		st->geo = t2_geo(t);
	return st;
}

/* A time span as the reference's single-precision seconds: whole seconds plus microseconds. */
static float
seconds(int64_t ns)
{
	return (float)(ns / NS_PER_SEC) + (float)((double)(ns % NS_PER_SEC) / 1e3) / 1e6f;
}

/* The time between two packets as the reference adds it up: whole seconds and microseconds are
 * subtracted each for itself. */
static float
between(int64_t from, int64_t to)
{
	float sec = (float)(to / NS_PER_SEC - from / NS_PER_SEC);

	return sec + (float)((double)(to % NS_PER_SEC - from % NS_PER_SEC) / 1e3) / 1e6f;
}

static void
flow_new(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct slot *s = slot;

	(void)state;
	(void)f;
	s->last = p->ts;
}

/* Adds the n-th value x; f is 1/n. */
static void
series_add(struct series *s, uint64_t n, float f, float x, int std)
{
	float d;

	if (n == 1) {
		s->min = s->max = x;
	} else {
		s->min = x < s->min ? x : s->min;
		s->max = x > s->max ? x : s->max;
	}
	if (std == STD_RUNNING) {
		s->mean = (float)(s->mean * (1.0 - f) + (double)(x * f));
		d = x - s->mean;
		s->var = (float)(s->var * (1.0 - f) + (double)(d * d * f));
	} else {                        /* Welford: var holds the sum of squares */
		d = x - s->mean;
		s->mean += d / (float)n;
		s->var += d * (x - s->mean);
	}
}

static bool
excluded(const struct state *st, uint32_t x)
{
	switch (st->xcld) {
	case XCLD_ABOVE:
		return x <= st->xmin;
	case XCLD_BELOW:
		return x >= st->xmax;
	case XCLD_INSIDE:
		return x < st->xmin || x > st->xmax;
	case XCLD_OUTSIDE:
		return x >= st->xmin && x <= st->xmax;
	}
	return false;
}

static void
packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	const struct state *st = state;
	struct slot *s = slot;
	float part;

	(void)f;
	s->bytes += p->len;
	s->raw += p->wirelen;
	if (st->xcld != XCLD_NONE && excluded(st, p->len))
		return;
	s->n++;
	part = 1.0f / (float)s->n;
	if (st->sizes)
		series_add(&s->size, s->n, part, (float)p->len, st->std);
	if (st->iats) {
		series_add(&s->iat, s->n, part, between(s->last, p->ts), st->std);
		s->last = p->ts;
	}
}

static void
talk(struct talker *t, const struct flow *f, uint64_t amount)
{
	t->amount = amount;
	t->version = f->ipver;
	memcpy(t->addr, f->key.src, sizeof(t->addr));
}

static void
flow_end(void *state, void *slot, struct flow *f)
{
	struct state *st = state;
	const struct slot *s = slot;

	if (f->npkts > st->packets.amount)
		talk(&st->packets, f, f->npkts);
	/* the reference compares payload with wire bytes */
	if ((st->talker_snap ? s->bytes : s->raw) > st->bytes.amount)
		talk(&st->bytes, f, s->raw);
}

static void
report_talker(struct state *st, FILE *report, const struct talker *t, uint64_t whole,
    const char *what)
{
	char addr[FMT_MAX], cc[16] = "", human[FMT_MAX], percent[FMT_MAX];
	struct geo_label l;

	*(t->version == 6 ? fmt_ip6(addr, t->addr) : fmt_ip4(addr, t->addr)) = '\0';
	if (st->geo != NULL && t->version != 0) {
		geo_find(st->geo, t->version, t->addr, &l);
		if (l.cclen == 2 && isalpha((unsigned char)l.cc[0]))
			snprintf(cc, sizeof(cc), " (%c%c)", toupper((unsigned char)l.cc[0]),
			    toupper((unsigned char)l.cc[1]));
	}
	fprintf(report, "basicStats: Biggest Talker: %s%s: %ju%s%s %s\n", addr, cc,
	    (uintmax_t)t->amount, fmt_human(human, sizeof(human), t->amount),
	    fmt_percent(percent, sizeof(percent), (double)t->amount, (double)whole), what);
}

static void
report(void *state, FILE *report_file)
{
	struct state *st = state;
	const struct totals *tot = t2_totals(st->t);

	report_talker(st, report_file, &st->packets, tot->npkts, "packets");
	report_talker(st, report_file, &st->bytes,
	    st->talker_snap ? tot->bytes_dir[0] + tot->bytes_dir[1] : tot->raw, "bytes");
}

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

static const struct watch watches[] = {
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

static const struct col cols[] = {
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

PLUGIN(basicStats) = {
	PLUGIN_HEAD, .name = "basicStats", .version = T2_VERSION, .order = 120,
	.about = "Packet and byte counts, packet sizes, inter-arrival times, rates and "
	    "asymmetries of each direction.",
	.opts = opts, .flow_size = sizeof(struct slot), .cols = cols,
	.pktcols = basicStats_pktcols, .pktcols_plain = true, .watches = watches,
	.init = init,
	.flow_new = flow_new, .packet = packet, .flow_end = flow_end, .report = report,
	.fini = free,
};
