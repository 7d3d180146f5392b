/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * portClassifier.c - the service name of a flow's server port.
 *
 * The server is where the flow goes to, or where it comes from if it is inverted.  Names are looked
 * up when a record is written; nothing is kept.  Surprise: this names a number, it does not look at
 * what is said there.
 */
#include <stdlib.h>
#include <string.h>

#include "t2.h"

enum { PBC_NUM, PBC_STR, PBC_CLASSFILE, PBC_UNKNOWN, PBC_2015, SPKTMD_PORTS };

static const struct opt opts[] = {
	[PBC_NUM] = OPT("PBC_NUM", 0, 1, 1, "print the number of the port"),
	[PBC_STR] = OPT("PBC_STR", 0, 1, 1, "print its service name"),
	[PBC_CLASSFILE] = OPT_STR("PBC_CLASSFILE", "portmap.txt", "list of ports, name or path"),
	[PBC_UNKNOWN] = OPT_STR("PBC_UNKNOWN", "unknown", "text for ports without a name"),
	[PBC_2015] = OPT_COMPAT("PBC_2015", 0, 1, 0, 1, "names as registered in 2015"),
	[SPKTMD_PORTS] = OPT("SPKTMD_PORTS", 0, 1, 0,
	    "packet records: the server's port and its name"),
	{ .name = NULL }
};

struct state {                          /* of the run */
	struct names *names;            /* ports, NULL without names */
	const char *unknown;            /* PBC_UNKNOWN */
	size_t nunknown;                /* its bytes */
};

static uint16_t
server_port(const struct flow *f)
{
	return f->stat & FS(INVERTED) ? f->key.sport : f->key.dport;
}

static void
number_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	(void)slot;
	(void)state;
	put_u64(o, server_port(f));
}

static void
name_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct state *st = state;
	struct name name;

	(void)slot;
	if (names_find(st->names, names_port(f->key.proto, server_port(f)), &name))
		put_class(o, name.s, name.n);
	else
		put_class(o, st->unknown, st->nunknown);
}

static const struct col cols[] = {
	{ .name = "dstPortClassN", .type = "U16", .emit = number_emit, .when = "PBC_NUM",
	  .text = "Port based classification of the destination port number" },
	{ .name = "dstPortClass", .type = "SC", .emit = name_emit, .when = "PBC_STR",
	  .text = "Port based classification of the destination port name" },
	{ .name = NULL }
};

static void
pkt_number_emit(struct out *o, const struct pkt *p, const struct flow *f, const void *slot,
    void *state)
{
	(void)p;
	if (f->ipver != 0)
		number_emit(o, f, slot, state);
}

static void
pkt_name_emit(struct out *o, const struct pkt *p, const struct flow *f, const void *slot,
    void *state)
{
	(void)p;
	name_emit(o, f, slot, state);
}

static const struct pktcol pktcols[] = {
	{ "dstPortClassN", "U16", pkt_number_emit, .when = "SPKTMD_PORTS",
	  .text = "Port of the server; empty without IP" },
	{ "dstPortClass", "SC", pkt_name_emit, .when = "SPKTMD_PORTS",
	  .text = "Service name of that port" },
	{ .name = NULL }
};

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "portClassifier: out of memory");
		return NULL;
	}
	st->unknown = opt[PBC_UNKNOWN].s;
	st->nunknown = strlen(st->unknown);
	if (opt[PBC_STR].n != 0 || opt[SPKTMD_PORTS].n != 0) {
		st->names = names_get(t, NAMES_PORT, opt[PBC_CLASSFILE].s);
		if (st->names == NULL || (opt[PBC_2015].n != 0 &&
		    names_over(t, st->names, "portmap-2015.txt") != 0)) {
			names_close(st->names);
			free(st);
			return NULL;
		}
	}
	return st;
}

static void
fini(void *state)
{
	struct state *st = state;

	names_close(st->names);
	free(st);
}

PLUGIN(portClassifier) = {
	PLUGIN_HEAD,
	.name = "portClassifier",
	.version = T2_VERSION,
	.order = 111,
	.about = "Service name of the server port.",
	.opts = opts,
	.cols = cols,
	.pktcols = pktcols,
	.init = init,
	.fini = fini,
};
