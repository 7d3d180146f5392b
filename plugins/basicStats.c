/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicStats.c - packets, bytes, their sizes and inter-arrival times, rates, asymmetries; the
 * biggest talkers.
 *
 * BS_STD chooses the deviation: the running rule that the column names come with (the new mean
 * enters the square, the first packet counts with a time of 0), or textbook population or sample
 * deviation of the same values.
 */
#include <stdlib.h>

#include "basicStats.h"

enum {
	BS_AGRR_CNT, BS_REV_CNT, BS_STATS, BS_PL_STATS, BS_IAT_STATS, BS_VAR, BS_STDDEV, BS_STD,
	BS_XCLD, BS_XMIN, BS_XMAX, BS_TALKER_SNAP, BS_PKT_LENS, BS_PPS_ALARM,
	BS_PPS_FORCE, BS_BPS_ALARM, BS_BPS_FORCE, BS_N
};
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
	char addr[FMT_MAX], cc[16], human[FMT_MAX], percent[FMT_MAX];

	*(t->version == 6 ? fmt_ip6(addr, t->addr) : fmt_ip4(addr, t->addr)) = '\0';
	fprintf(report, "basicStats: Biggest Talker: %s%s: %ju%s%s %s\n", addr,
	    fmt_country(cc, sizeof(cc), st->geo, t->version, t->addr), (uintmax_t)t->amount,
	    fmt_human(human, sizeof(human), t->amount),
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

PLUGIN(basicStats) = {
	PLUGIN_HEAD, .name = "basicStats", .version = T2_VERSION, .order = 120,
	.about = "Packet and byte counts, packet sizes, inter-arrival times, rates and "
	    "asymmetries of each direction.",
	.opts = opts, .flow_size = sizeof(struct slot), .cols = basicStats_cols,
	.pktcols = basicStats_pktcols, .pktcols_plain = true, .watches = basicStats_watches,
	.init = init,
	.flow_new = flow_new, .packet = packet, .flow_end = flow_end, .report = report,
	.fini = free,
};
