/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * connStat_report.c - what connStat tells in the end report and in monitoring reports: how many
 * addresses there were, and those with most peers.
 */
#include <inttypes.h>

#include "connStat.h"

static void
count_print(FILE *out, const char *what, uint64_t n)
{
	char human[FMT_MAX];

	if (n > 0)
		fprintf(out, "connStat: %s: %" PRIu64 "%s\n", what, n,
		    fmt_human(human, sizeof(human), n));
}

static void
peak_print(const struct state *st, FILE *out, const char *what, const struct peak *p)
{
	char addr[FMT_MAX + 1], human[FMT_MAX], cc[16];

	if (p->peers == 0)
		return;
	*(p->ipver == 4 ? fmt_ip4(addr, p->addr) : fmt_ip6(addr, p->addr)) = '\0';
	fprintf(out, "connStat: %s IP with max connections: %s%s: %" PRIu32 "%s connections\n",
	    what, addr, fmt_country(cc, sizeof(cc), st->geo, p->ipver, p->addr), p->peers,
	    fmt_human(human, sizeof(human), p->peers));
}

static float
ratio(uint64_t a, uint64_t b)
{
	return b > 0 ? (float)a / (float)b : 0;
}

static uint64_t
pairs(const void *state)
{
	const struct state *st = state;

	return st->opt[CS_SDIPMAX].n != 0 ? st->pair_max : st->nflows;
}

static uint64_t
ports(const void *state)
{
	return ((const struct state *)state)->port_max;
}

void
connStat_report(void *state, FILE *out)
{
	const struct state *st = state;
	uint64_t pair = pairs(st);

	count_print(out, "Number of unique source IPs", st->nsrc);
	count_print(out, "Number of unique destination IPs", st->ndst);
	count_print(out, "Number of unique source/destination IPs connections", pair);
	count_print(out, "Max unique number of source IP / destination port connections",
	    st->port_max);
	fprintf(out, "connStat: IP prtcon/sdcon, prtcon/scon: %f, %f\n",
	    (double)ratio(st->port_max, pair), (double)ratio(st->port_max, st->nsrc));
	peak_print(st, out, "Source", &st->src_max);
	peak_print(st, out, "Destination", &st->dst_max);
	if (st->full)
		fputs("[WRN] connStat: out of memory, later flows are not counted\n", out);
}

static double
favour(const void *state)
{
	return (double)ratio(ports(state), pairs(state));
}

const struct moncol connStat_moncols[] = {
	{ .name = "connSip", .off = offsetof(struct state, nsrc),
	  .text = "different source IP addresses" },
	{ .name = "connDip", .off = offsetof(struct state, ndst),
	  .text = "different destination IP addresses" },
	{ .name = "connSipDip", .kind = MON_LEVEL, .count = pairs,
	  .text = "connections between two addresses, the most at a time" },
	{ .name = "connSipDprt", .kind = MON_LEVEL, .count = ports,
	  .text = "connections from an address to a port, the most at a time" },
	{ .name = "connFave", .kind = MON_LEVEL, .level = favour,
	  .text = "connSipDprt / connSipDip: high if an address asks many for one port" },
	{ .name = NULL }
};
