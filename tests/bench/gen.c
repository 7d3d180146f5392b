/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gen.c - writes the captures of the benchmark, the same bytes on every run and machine.
 * Usage: gen [-n PACKETS] cut54|full|liveN OUT.pcap; prints one line about what it wrote.
 * The sizes of cut54 follow a backbone capture of 2002 cut at 54 bytes, full is a campus link,
 * liveN keeps N flow directions busy, all in turn, the order being drawn anew for every turn.
 */
#define _POSIX_C_SOURCE 200809L
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gen.h"

enum { IOBUF = 1 << 22 };
enum { START_S = 1022171701, SECOND_US = 1000000 };

struct gen {
	const struct profile *prof;
	FILE *out;
	struct rng rng;
	struct flow *flows;
	uint64_t packets, captured, wire;
	uint64_t dirs[2];       /* directions seen: A, B */
	uint8_t *noise;
};

static const struct profile profiles[] = {
	{
		.name = "cut54", .packets = 1219015, .flows = 9997, .answered = 7440, .rank = 60,
		.servers = 2500, .seconds = 25, .snap = 54, .pad = 0, .udp_pct = { 22, 40 },
		.stamps_pct = 8, .bulk_pct = 86,
		.special = {
			{ UNREACH, false, false, 330, 8 }, { ICMP, false, true, 140, 3 },
			{ FRAG, false, false, 20, 114 }, { ARP, false, true, 24, 10 },
			{ TCP, true, true, 24, 7 }, { GRE, false, false, 2, 10 },
			{ IGMP, false, false, 3, 4 },
		},
	},
	{
		.name = "full", .packets = 1000000, .flows = 85000, .answered = 62200, .rank = 500,
		.servers = 20000, .seconds = 55, .snap = 65535, .pad = 60, .udp_pct = { 20, 50 },
		.v6_pct = 15, .vlan_pct = 25, .stamps_pct = 50, .bulk_pct = 30,
		.special = {
			{ ICMP, false, true, 2000, 4 }, { ICMP, true, true, 600, 4 },
			{ UNREACH, false, false, 1000, 2 }, { FRAG, false, false, 60, 40 },
			{ GRE, false, false, 30, 40 }, { ARP, false, true, 200, 4 },
			{ IGMP, false, false, 10, 6 },
		},
	},
	{ .name = "live", .packets = 4000000, .servers = 20000, .seconds = 55, .snap = 54, .pad = 60 },
};

static void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (!p)
		err(1, "%zu x %zu bytes", n, size);
	return p;
}

static void
pcap_write(struct gen *g, const void *p, size_t len)
{
	if (fwrite(p, 1, len, g->out) != len)
		err(1, "write");
}

static void
pcap_open(struct gen *g, const char *path)
{
	const uint32_t head[6] = { 0xa1b2c3d4, 4 << 16 | 2, 0, 0, g->prof->snap, 1 };

	g->out = fopen(path, "wb");
	if (!g->out)
		err(1, "%s", path);
	setvbuf(g->out, NULL, _IOFBF, IOBUF);
	pcap_write(g, head, sizeof(head));
}

static void
packet_emit(struct gen *g, struct flow *f, struct step *s)
{
	uint8_t frame[FRAME_MAX];
	size_t wire, cap;
	uint32_t head[4];

	s->data = g->noise + rnd(&g->rng, NOISE_LEN - FRAME_MAX);
	wire = frame_build(frame, f, s);
	if (wire < g->prof->pad) {
		memset(frame + wire, 0, g->prof->pad - wire);
		wire = g->prof->pad;
	}
	cap = wire < g->prof->snap ? wire : g->prof->snap;
	head[0] = START_S + s->us / SECOND_US;
	head[1] = s->us % SECOND_US;
	head[2] = (uint32_t)cap;
	head[3] = (uint32_t)wire;
	pcap_write(g, head, sizeof(head));
	pcap_write(g, frame, cap);
	if (!(f->seen & 1U << s->dir))
		g->dirs[f->seen != 0]++;
	f->seen |= (uint8_t)(1U << s->dir);
	f->sent++;
	g->packets++;
	g->captured += cap;
	g->wire += wire;
}

/* true for pct of 100 values of i, evenly spread */
static bool
share(uint64_t i, uint64_t part, uint64_t whole)
{
	return (i + 1) * part / whole != i * part / whole;
}

static uint32_t
specials_plan(struct gen *g, uint32_t flows, uint64_t scale, uint64_t *left)
{
	const struct special *sp;
	struct flow *f;
	uint32_t i, n;

	for (sp = g->prof->special; sp < g->prof->special + SPECIALS; sp++) {
		n = (uint32_t)(sp->flows * scale / g->prof->packets);
		for (i = 0; i < n; i++) {
			f = &g->flows[--flows];
			f->kind = sp->kind;
			f->v6 = sp->v6;
			f->both = sp->both;
			f->total = sp->each;
			*left -= sp->each;
			flow_dress(&g->rng, g->prof, f, flows);
		}
	}
	return flows;
}

/* Kinds and sizes of n TCP and UDP flows with left packets in all; the first are the largest. */
static void
flows_plan(struct gen *g, uint32_t n, uint32_t answered, uint64_t left)
{
	const struct profile *pr = g->prof;
	uint32_t i, large = n / 4;
	uint64_t rest, spare;
	double sum = 0, rank;
	struct flow *f;

	for (i = 0; i < n; i++) {
		rank = i + pr->rank;
		sum += 1 / (rank * rank);
	}
	spare = rest = left - n - answered;
	for (i = 0; i < n; i++) {
		f = &g->flows[i];
		rank = i + pr->rank;
		f->kind = share(i, pr->udp_pct[i >= large], 100) ? UDP : TCP;
		f->both = i < large || share(i - large, answered - large, n - large);
		f->total = (uint32_t)((double)spare / (rank * rank * sum));
		rest -= f->total;
		f->total += 1 + f->both;
		flow_dress(&g->rng, pr, f, i);
	}
	for (i = 0; rest > 0; rest--)
		g->flows[i++ % large].total++;
}

static int
event_cmp(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* An event is microseconds << 32 | flow: a large flow lasts longer than a small one. */
static void
mix_write(struct gen *g, uint32_t flows, uint64_t packets)
{
	uint64_t *ev = xcalloc(packets, sizeof(*ev)), n = 0, e;
	uint32_t i, k, last_us = g->prof->seconds * SECOND_US, start, span;
	struct step s = { 0 };

	for (i = 0; i < flows; i++) {
		span = g->flows[i].total < 200 ? g->flows[i].total * (last_us / 200) : last_us;
		span = span / 4 + rnd(&g->rng, span - span / 4);
		start = rnd(&g->rng, last_us - span);
		for (k = 0; k < g->flows[i].total; k++)
			ev[n++] = (uint64_t)(start + rnd(&g->rng, span)) << 32 | i;
	}
	qsort(ev, n, sizeof(*ev), event_cmp);
	for (e = 0; e < n; e++) {
		i = (uint32_t)ev[e];
		s.us = (uint32_t)(ev[e] >> 32);
		step_choose(&g->rng, g->prof, &g->flows[i], &s);
		packet_emit(g, &g->flows[i], &s);
	}
	free(ev);
}

static void
mix_make(struct gen *g, uint64_t packets)
{
	const struct profile *pr = g->prof;
	uint32_t flows = (uint32_t)(pr->flows * packets / pr->packets), plain;
	uint64_t left = packets;

	g->flows = xcalloc(flows, sizeof(*g->flows));
	plain = specials_plan(g, flows, packets, &left);
	flows_plan(g, plain, (uint32_t)(pr->answered * packets / pr->packets), left);
	mix_write(g, flows, packets);
}

static void
live_make(struct gen *g, uint32_t dirs, uint64_t packets)
{
	uint32_t *turn = xcalloc(dirs, sizeof(*turn)), i, j, t;
	uint64_t n;
	struct step s = { 0 };

	g->flows = xcalloc(dirs / 2 + 1, sizeof(*g->flows));
	for (i = 0; i < dirs; i++)
		turn[i] = i;
	for (i = 0; i < dirs / 2 + 1; i++) {
		g->flows[i].kind = UDP;
		flow_dress(&g->rng, g->prof, &g->flows[i], i);
	}
	for (n = 0; n < packets; n++) {
		i = (uint32_t)(n % dirs);
		j = i + rnd(&g->rng, dirs - i);       /* Fisher and Yates, one step per packet */
		t = turn[j];
		turn[j] = turn[i];
		turn[i] = t;
		s.dir = t & 1;
		s.us = (uint32_t)(n * g->prof->seconds * SECOND_US / packets);
		s.len = 20 + rnd(&g->rng, 100);
		packet_emit(g, &g->flows[t / 2], &s);
	}
	free(turn);
}

static const struct profile *
profile_find(const char *kind, uint32_t *dirs)
{
	size_t i;
	char *end;
	unsigned long n;

	for (i = 0; i < 2; i++)
		if (strcmp(kind, profiles[i].name) == 0)
			return &profiles[i];
	if (strncmp(kind, "live", 4) != 0)
		return NULL;
	n = strtoul(kind + 4, &end, 10);
	if (*end || n < 2 || n > 64000000)
		return NULL;
	*dirs = (uint32_t)n;
	return &profiles[2];
}

static void
usage(void)
{
	fputs("usage: gen [-n PACKETS] cut54|full|liveN OUT.pcap\n", stderr);
	exit(2);
}

int
main(int argc, char **argv)
{
	struct gen g = { .rng = { 0x9e3779b97f4a7c15ULL } };
	uint64_t packets = 0;
	uint32_t dirs = 0, i;
	int c;

	while ((c = getopt(argc, argv, "n:")) != -1) {
		if (c != 'n')
			usage();
		packets = strtoull(optarg, NULL, 10);
	}
	if (argc - optind != 2 || !(g.prof = profile_find(argv[optind], &dirs)))
		usage();
	if (packets == 0)
		packets = g.prof->packets;
	g.noise = xcalloc(NOISE_LEN, 1);
	for (i = 0; i < NOISE_LEN; i++)
		g.noise[i] = (uint8_t)rnd(&g.rng, 256);
	pcap_open(&g, argv[optind + 1]);
	if (dirs)
		live_make(&g, dirs, packets);
	else
		mix_make(&g, packets);
	if (fclose(g.out) != 0)
		err(1, "%s", argv[optind + 1]);
	printf("%s packets=%llu directions=%llu A=%llu B=%llu captured=%llu wire=%llu\n", argv[optind],
	    (unsigned long long)g.packets, (unsigned long long)(g.dirs[0] + g.dirs[1]),
	    (unsigned long long)g.dirs[0], (unsigned long long)g.dirs[1],
	    (unsigned long long)g.captured, (unsigned long long)g.wire);
	free(g.flows);
	free(g.noise);
	return 0;
}
