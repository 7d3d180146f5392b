/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * protoStats.c - packets by ethertype, IP protocol and port, in PREFIX_protocols.txt.
 *
 * No columns: it counts over the whole run.  Counting and printing are in lib/protostat.c, which
 * t2proto uses too.
 */
#include <stdlib.h>

#include "t2.h"
#include "protostat.h"

enum {
	ETH_STAT, UDPLITE_STAT, SCTP_STAT, PROTO_BYTES, PROTO_SUFFIX, L2ETHFILE, PROTOFILE, PORTFILE
};

static const struct opt opts[] = {
	[ETH_STAT] = OPT("ETH_STAT", 0, 1, 1, "print the table of ethertypes"),
	[UDPLITE_STAT] = OPT("UDPLITE_STAT", 0, 1, 0, "print the table of UDP-Lite ports"),
	[SCTP_STAT] = OPT("SCTP_STAT", 0, 1, 0, "print the table of SCTP ports"),
	[PROTO_BYTES] = OPT("PROTO_BYTES", 0, 1, 0, "print bytes too, as Tranalyzer 0.8.4 does"),
	[PROTO_SUFFIX] = OPT_STR("PROTO_SUFFIX", "_protocols.txt", "end of the file's name"),
	[L2ETHFILE] = OPT_STR("L2ETHFILE", "ethertypes.txt", "list of ethertypes, name or path"),
	[PROTOFILE] = OPT_STR("PROTOFILE", "protocols.txt", "list of IP protocols, name or path"),
	[PORTFILE] = OPT_STR("PORTFILE", "portmap.txt", "list of ports, name or path"),
	{ .name = NULL }
};

struct state {                          /* of the run */
	struct protostat stat;          /* first: t2proto reads it */
	struct t2 *t;
	const char *suffix;             /* PROTO_SUFFIX */
};

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "protoStats: out of memory");
		return NULL;
	}
	st->t = t;
	st->suffix = opt[PROTO_SUFFIX].s;
	st->stat.ether = opt[ETH_STAT].n != 0;
	st->stat.udplite = opt[UDPLITE_STAT].n != 0;
	st->stat.sctp = opt[SCTP_STAT].n != 0;
	st->stat.wide = opt[PROTO_BYTES].n != 0;
	for (int i = 0; i < 3; i++)
		st->stat.files[i] = opt[L2ETHFILE + i].s;
	return st;
}

static void
packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	(void)slot;
	protostat_count(state, f, p);
}

static void
print(FILE *f, void *arg)
{
	const struct state *st = arg;

	protostat_print(&st->stat, st->t, f);
}

static int
files(void *state, const char *prefix)
{
	struct state *st = state;

	return prefix_write(st->t, prefix, st->suffix, print, st);
}

static void
fini(void *state)
{
	free(state);
}

PLUGIN(protoStats) = {
	PLUGIN_HEAD,
	.name = "protoStats",
	.version = T2_VERSION,
	.order = 1,
	.about = "Packets by ethertype, IP protocol and port, in PREFIX_protocols.txt.",
	.opts = opts,
	.init = init,
	.packet = packet,
	.files = files,
	.fini = fini,
};
