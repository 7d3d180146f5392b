/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * connStat.c - how many peers an address has: live connection counters per flow and their peaks.
 * What the report tells is in connStat_report.c.
 *
 * All counters are kept in the initiator's view, so both directions of a pair share them.
 * Surprise: a record shows the counters at its end and then takes itself out of them; therefore
 * the numbers fall from record to record while the table is emptied at the end of a capture.
 */
#include <stdlib.h>
#include <string.h>

#include "connStat.h"

static const struct opt opts[] = {
	[CS_HSDRM] = OPT("CS_HSDRM", 0, 1, 1, "take ended flows out of the counters"),
	[CS_SDIPMAX] = OPT("CS_SDIPMAX", 0, 1, 1,
	    "connections between two addresses in the report: 0 all flows, 1 the most at a time"),
	[CS_GEOLOC] = OPT("CS_GEOLOC", 0, 2, 2,
	    "name countries in the report: 0 no, 1 yes, 2 if basicFlow.BFO_SUBNET_TEST is on"),
	[CS_SIP_ALARM] = OPT("CS_SIP_ALARM", 0, UINT32_MAX, 0,
	    "lowest connSip that raises an alarm, 0 none"),
	[CS_DIP_ALARM] = OPT("CS_DIP_ALARM", 0, UINT32_MAX, 0, "the same for connDip"),
	[CS_SDIP_ALARM] = OPT("CS_SDIP_ALARM", 0, UINT32_MAX, 0, "the same for connSipDip"),
	[CS_DPRT_ALARM] = OPT("CS_DPRT_ALARM", 0, UINT32_MAX, 0, "the same for connSipDprt"),
	{ .name = NULL }
};

struct slot {
	uint32_t src, dst;              /* peers of the source, of the destination */
	uint32_t pair, port;            /* records between both; from source to port */
	float ratio;                    /* port / src */
	bool counted;                   /* the flow is in the counters */
	bool inverted;                  /* its destination is the initiator */
};

#define REACHES(name, field) \
	static bool name(const struct flow *f, const void *slot, int64_t limit) \
	{ \
		(void)f; \
		return ((const struct slot *)slot)->field >= limit; \
	}
REACHES(reaches_src, src)
REACHES(reaches_dst, dst)
REACHES(reaches_pair, pair)
REACHES(reaches_port, port)

/* The numbers are known when a flow ends. */
static const struct watch watches[] = {
	{ .alarm = "CS_SIP_ALARM", .holds = reaches_src },
	{ .alarm = "CS_DIP_ALARM", .holds = reaches_dst },
	{ .alarm = "CS_SDIP_ALARM", .holds = reaches_pair },
	{ .alarm = "CS_DPRT_ALARM", .holds = reaches_port },
	{ .holds = NULL }
};

enum { KEY4 = 8, PAIR4 = 8, KEY6 = 24, PAIR6 = 32 };    /* bytes used of the keys below */

struct view {                           /* a flow as its initiator sees it, in network order */
	uint8_t src[KEY6], dst[KEY6];   /* address, zeros */
	uint8_t port[KEY6];             /* source address, destination port */
	uint8_t pair[PAIR6];            /* source and destination address */
};

static const struct col cols[] = {
	{ .name = "connSip", .type = "U32", .off = offsetof(struct slot, src),
	  .text = "Number of unique source IPs" },
	{ .name = "connDip", .type = "U32", .off = offsetof(struct slot, dst),
	  .text = "Number of unique destination IPs" },
	{ .name = "connSipDip", .type = "U32", .off = offsetof(struct slot, pair),
	  .text = "Number of connections between source and destination IP" },
	{ .name = "connSipDprt", .type = "U32", .off = offsetof(struct slot, port),
	  .text = "Number of connections between source IP and destination port" },
	{ .name = "connF", .type = "F", .off = offsetof(struct slot, ratio),
	  .text = "the f number, experimental: connSipDprt / connSip" },
	{ .name = NULL }
};

static bool
tables_new(struct tables *t, size_t key, size_t pair)
{
	t->src = table_new(key);
	t->dst = table_new(key);
	t->pair = table_new(pair);
	t->port = table_new(key);
	return t->src != NULL && t->dst != NULL && t->pair != NULL && t->port != NULL;
}

static void
tables_free(struct tables *t)
{
	table_free(t->src);
	table_free(t->dst);
	table_free(t->pair);
	table_free(t->port);
}

static void
fini(void *state)
{
	struct state *st = state;

	tables_free(&st->v4);
	tables_free(&st->v6);
	free(st);
}

static bool
geo_wanted(const struct t2 *t, int64_t mode)
{
	const struct optval *v = opt_plugin(t, "basicFlow", "BFO_SUBNET_TEST");

	return mode == 2 ? v != NULL && v->n != 0 : mode == 1;
}

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "connStat: out of memory");
		return NULL;
	}
	st->t = t;
	st->opt = opt;
	bool ok = tables_new(&st->v4, KEY4, PAIR4) && tables_new(&st->v6, KEY6, PAIR6);
	if (!ok)
		t2_error(t, "connStat: out of memory");
	if (ok && geo_wanted(t, opt[CS_GEOLOC].n))
		ok = (st->geo = t2_geo(t)) != NULL;
	if (!ok) {
		fini(st);
		return NULL;
	}
	return st;
}

static struct tables *
tables_of(struct state *st, const struct flow *f)
{
	return f->ipver == 4 ? &st->v4 : &st->v6;
}

static void
view_make(struct view *v, const struct flow *f, bool inverted)
{
	const struct flow_key *k = &f->key;
	const uint8_t *src = inverted ? k->dst : k->src, *dst = inverted ? k->src : k->dst;
	uint16_t port = inverted ? k->sport : k->dport;
	size_t n = f->ipver == 4 ? 4 : 16;      /* bytes of an address */

	memset(v, 0, sizeof(*v));
	memcpy(v->src, src, n);
	memcpy(v->dst, dst, n);
	memcpy(v->port, src, n);
	v->port[n] = (uint8_t)(port >> 8);
	v->port[n + 1] = (uint8_t)port;
	memcpy(v->pair, src, n);
	memcpy(v->pair + n, dst, n);
}

/* The counters of a view lie far apart: asked for all at once, they come in the time of one. */
static void
prefetch(const struct tables *t, const struct view *v)
{
	table_prefetch(t->pair, v->pair);
	table_prefetch(t->port, v->port);
	table_prefetch(t->src, v->src);
	table_prefetch(t->dst, v->dst);
}

/* The new value of a counter; 0 if memory has run out. */
static uint32_t
up(struct state *st, struct table *t, const void *key)
{
	uint32_t *n = table_get(t, key);

	if (n == NULL) {
		st->full = true;
		return 0;
	}
	return ++*n;
}

static void
down(struct table *t, const void *key)
{
	uint32_t *n = table_find(t, key);

	if (n != NULL && --*n == 0)
		table_drop(t, n);
}

static uint32_t
value(const struct table *t, const void *key)
{
	const uint32_t *n = table_find(t, key);

	return n != NULL ? *n : 0;
}

/* Counts a peer of the host key. */
static void
host_up(struct state *st, struct table *t, const uint8_t *key, uint8_t ipver, uint64_t *made,
    struct peak *max)
{
	uint32_t n = up(st, t, key);

	*made += n == 1;
	if (n > max->peers) {
		max->peers = n;
		max->ipver = ipver;
		memcpy(max->addr, key, ipver == 4 ? 4 : 16);
	}
}

static void
flow_new(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct state *st = state;
	struct slot *s = slot;
	struct view v;

	(void)p;
	if (f->ipver == 0 || st->full)
		return;
	struct tables *t = tables_of(st, f);
	s->counted = true;
	s->inverted = (f->stat & FS(INVERTED)) != 0;
	view_make(&v, f, s->inverted);
	prefetch(t, &v);
	st->nflows++;
	uint32_t n = up(st, t->pair, v.pair);
	if (n > st->pair_max)
		st->pair_max = n;
	if (n == 1) {
		host_up(st, t->src, v.src, f->ipver, &st->nsrc, &st->src_max);
		host_up(st, t->dst, v.dst, f->ipver, &st->ndst, &st->dst_max);
	}
	n = up(st, t->port, v.port);
	if (n > st->port_max)
		st->port_max = n;
}

static void
view_down(struct tables *t, const struct view *v)
{
	uint32_t *n = table_find(t->pair, v->pair);

	down(t->port, v->port);
	if (n == NULL || --*n > 0)
		return;
	table_drop(t->pair, n);
	down(t->src, v->src);
	down(t->dst, v->dst);
}

static void
flow_end(void *state, void *slot, struct flow *f)
{
	struct state *st = state;
	struct slot *s = slot;
	struct view v;

	if (!s->counted)
		return;
	struct tables *t = tables_of(st, f);
	view_make(&v, f, s->inverted);
	prefetch(t, &v);
	uint32_t src = value(t->src, v.src), dst = value(t->dst, v.dst);
	s->src = s->inverted ? dst : src;
	s->dst = s->inverted ? src : dst;
	s->pair = value(t->pair, v.pair);
	s->port = value(t->port, v.port);
	s->ratio = s->src > 0 ? (float)s->port / (float)s->src : 0;
	if (st->opt[CS_HSDRM].n != 0)
		view_down(t, &v);
}

PLUGIN(connStat) = {
	PLUGIN_HEAD,
	.name = "connStat",
	.version = T2_VERSION,
	.order = 500,
	.about = "Connection counters of addresses, pairs of addresses and ports.",
	.opts = opts,
	.flow_size = sizeof(struct slot),
	.cols = cols,
	.watches = watches,
	.init = init,
	.flow_new = flow_new,
	.flow_end = flow_end,
	.moncols = connStat_moncols,
	.report = connStat_report,
	.fini = fini,
};
