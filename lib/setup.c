/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setup.c - a run is put together: options, plugins and their slots, data files; and the small
 * questions that plugins may ask of it.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "plugin_list.h"
#include "tool.h"

enum { SLOT_ALIGN = 8, HOT_LINES = 32, OWN_HOOKS = 1 };

void
t2_error(struct t2 *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(t->err, sizeof(t->err), fmt, ap);
	va_end(ap);
}

const struct totals *
t2_totals(const struct t2 *t)
{
	return &t->tot;
}

int64_t
t2_now(const struct t2 *t)
{
	return t->now;
}

int64_t
t2_previous(const struct t2 *t)
{
	return t->previous;
}

const struct optval *
opt_core(const struct t2 *t, const char *name)
{
	return opts_get(&t->opts, "core", name);
}

const struct optval *
opt_plugin(const struct t2 *t, const char *plugin, const char *name)
{
	return opts_get(&t->opts, plugin, name);
}

struct geo *
t2_geo(struct t2 *t)
{
	if (t->geo != NULL)
		return t->geo;
	t->geo_conf.share_dir = t->share;
	t->geo_conf.dirs = (const char *const *)t->data_dirs;
	t->geo_conf.no_user_data = t->core[CO_GEO_USERDATA].n == 0;
	t->geo = geo_open(&t->geo_conf, t->err, sizeof(t->err));
	return t->geo;
}

struct t2 *
t2_new(void)
{
	struct t2 *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return NULL;
	opts_init(&t->opts);
	t->cap.idle = idle_step;
	t->cap.idle_arg = t;
	t->share = share_find();
	t->data_dirs[0] = data_home();
	if (t->share == NULL || opts_add(&t->opts, "core", core_opts) != 0 ||
	    opts_add(&t->opts, "txtSink", txtsink_opts) != 0) {
		t2_free(t);
		return NULL;
	}
	return t;
}

int
t2_load(struct t2 *t, const struct plugin_wish *wish)
{
	int n = plugins_choose(&t->pl, wish, t->err, sizeof(t->err));

	if (n < 0)
		return -1;
	t->npl = (size_t)n;
	for (size_t i = 0; i < t->npl; i++) {
		const struct plugin *p = t->pl[i].p;

		if (p->opts != NULL && opts_add(&t->opts, p->name, p->opts) != 0) {
			t2_error(t, "%s", t->opts.err);
			return -1;
		}
	}
	for (size_t i = 0; i < t->npl; i++)
		t->pl[i].opts = opts_owner(&t->opts, t->pl[i].p->name);
	return 0;
}

static struct dissect_conf
dissect_conf(const struct optval *o)
{
	return (struct dissect_conf){
		.ipv4 = o[CO_IPV6_ACTIVATE].n != 1, .ipv6 = o[CO_IPV6_ACTIVATE].n != 0,
		.l2 = (int)o[CO_ETH_ACTIVATE].n, .sctp = o[CO_SCTP_ACTIVATE].n,
		.packetlength = (int)o[CO_PACKETLENGTH].n,
		.fragipview = o[CO_FRGIPPKTLENVIEW].n, .len_cap = o[CO_LEN_CAP].n,
		.unk_swap = o[CO_UNK_SWAP].n, .rawmac = o[CO_RAW_MAC].n,
		.hdraggr = o[CO_HDRDESC_AGGR].n,
		.ayiya = o[CO_AYIYA].n, .geneve = o[CO_GENEVE].n, .teredo = o[CO_TEREDO].n,
		.l2tp = o[CO_L2TP].n, .gre = o[CO_GRE].n, .gtp = o[CO_GTP].n,
		.vxlan = o[CO_VXLAN].n, .ipip = o[CO_IPIP].n, .ethip = o[CO_ETHIP].n,
		.capwap = o[CO_CAPWAP].n, .lwapp = o[CO_LWAPP].n,
	};
}

static void
hook_add(struct hook **v, size_t *n, const struct loaded *pl)
{
	(*v)[(*n)++] = (struct hook){ pl->p, pl->state, pl->off };
}

/* The shape sees flows first, as plugins ask for their indexes and directions. */
static void
hook_shape(struct t2 *t)
{
	if (t->shape == NULL)
		return;
	t->on_new[t->nnew++] = (struct hook){ &shape_hooks, t, 0 };
	t->on_gone[t->ngone++] = (struct hook){ &shape_hooks, t, 0 };
}

/* Conditions are asked last, when the plugins know all. */
static void
hook_alarms(struct t2 *t)
{
	if (t->alarms.alarm.n > 0)
		t->on_end[t->nend++] = (struct hook){ &alarm_hooks, t, 0 };
	if (t->alarms.force.n > 0)
		t->on_packet[t->npacket++] = (struct hook){ &force_hooks, t, 0 };
}

/* The cache lines of size bytes from off on. */
static uint32_t
lines(size_t off, size_t size)
{
	uint32_t v = 0;

	for (size_t i = off / CACHE_LINE; size > 0 && i <= (off + size - 1) / CACHE_LINE; i++)
		v |= i < HOT_LINES ? 1u << i : 0;
	return v;
}

/* Bytes at the start of a plugin's slot that most packets touch. */
static size_t
hot_size(const struct plugin *p)
{
	size_t hot = p->hot_size != 0 ? p->hot_size : CACHE_LINE;

	if (p->packet == NULL || p->hot_size == T2_COLD)
		return 0;
	return hot < p->flow_size ? hot : p->flow_size;
}

bool
plugin_shapes(const struct t2 *t, const struct plugin *p)
{
	return p->shapes_flows || opt_core(t, "FORCE_MODE")->n != 0;
}

static bool
takes_part(const struct t2 *t, const struct loaded *l)
{
	return l->run != RUN_NOT && (!t->only_shaping || plugin_shapes(t, l->p));
}

static size_t
place(size_t *at, size_t off, size_t size)
{
	*at = off;
	return off + (size + SLOT_ALIGN - 1) / SLOT_ALIGN * SLOT_ALIGN;
}

/* Gives each plugin its slot, so that a packet touches few cache lines: first slots that most
 * packets touch whole, then those of which they touch the start, then the others.  Returns the
 * size of a flow with its slots. */
static size_t
place_slots(struct t2 *t)
{
	enum { WHOLE, START, NONE };
	size_t off = sizeof(struct flow);

	for (int turn = WHOLE; turn <= NONE; turn++)
		for (size_t i = 0; i < t->npl; i++) {
			struct loaded *l = &t->pl[i];
			size_t hot = hot_size(l->p);

			if (takes_part(t, l) && l->run == RUN_ALL &&
			    turn == (hot == 0 ? NONE : hot < l->p->flow_size ? START : WHOLE))
				off = place(&l->off, off, l->p->flow_size);
		}
	return t->packets ? place(&t->pkttext, off, sizeof(struct pkttext)) : off;
}

/* Starts the plugins and lists who wants which event. */
static int
start_plugins(struct t2 *t)
{
	t->hot = 3;                     /* struct flow itself */
	t->on_new = calloc(t->npl + OWN_HOOKS, sizeof(*t->on_new));
	t->on_packet = calloc(t->npl + OWN_HOOKS, sizeof(*t->on_packet));
	t->on_end = calloc(t->npl + OWN_HOOKS, sizeof(*t->on_end));
	t->on_gone = calloc(t->npl + OWN_HOOKS, sizeof(*t->on_gone));
	if (t->on_new == NULL || t->on_packet == NULL || t->on_end == NULL || t->on_gone == NULL)
		return -1;
	hook_shape(t);
	for (size_t i = 0; i < t->npl; i++) {
		struct loaded *l = &t->pl[i];

		if (!takes_part(t, l))
			continue;
		if (l->p->init != NULL) {
			l->state = l->p->init(t, l->opts != NULL ? l->opts->val : NULL);
			if (l->state == NULL)
				return -1;
		}
		if (l->run == RUN_INIT)
			continue;
		if (alarms_add(t, l) != 0)
			return -1;
		if (l->p->flow_new != NULL)
			hook_add(&t->on_new, &t->nnew, l);
		if (l->p->packet != NULL && (l->p->idle == NULL || !l->p->idle(l->state))) {
			hook_add(&t->on_packet, &t->npacket, l);
			t->hot |= lines(l->off, hot_size(l->p));
			if (l->p->reads_opposite)
				t->hot_opp |= lines(l->off, CACHE_LINE) &
				    lines(l->off, hot_size(l->p));
		}
		if (l->p->flow_end != NULL)
			hook_add(&t->on_end, &t->nend, l);
		if (l->p->flow_gone != NULL)
			hook_add(&t->on_gone, &t->ngone, l);
	}
	hook_alarms(t);
	if (t->packets)
		t->hot |= lines(t->pkttext, (size_t)2 * CACHE_LINE);
	return 0;
}

int
t2_start(struct t2 *t)
{
	struct dissect_conf conf;
	size_t slots;

	t->core = opts_owner(&t->opts, "core")->val;
	if (t->core[CO_SIGINT_DRAIN].n != 0)
		signals_drain_first();
	conf = dissect_conf(t->core);
	slots = place_slots(t) - sizeof(struct flow);
	if (descs_init(&t->descs, (uint32_t)t->core[CO_HDRDESC_LEN].n) != 0 ||
	    shape_init(t) != 0 ||
	    start_plugins(t) != 0 || dissect_init(&t->dissect, &conf) != 0 ||
	    flows_init(&t->flows, slots) != 0) {
		if (t->err[0] == '\0')
			t2_error(t, "out of memory");
		return -1;
	}
	t->frags.seed = t->flows.seed;
	return 0;
}

void
t2_free(struct t2 *t)
{
	for (size_t i = 0; i < t->npl; i++)
		if (t->pl[i].p->fini != NULL && t->pl[i].state != NULL)
			t->pl[i].p->fini(t->pl[i].state);
	plugins_free(t->pl, t->npl);
	free(t->on_new);
	free(t->on_packet);
	free(t->on_end);
	free(t->on_gone);
	dissect_free(&t->dissect);
	cap_close(&t->cap);
	flows_free(&t->flows);
	frags_free(&t->frags);
	shape_free(t->shape);
	alarms_free(&t->alarms);
	descs_free(&t->descs);
	if (t->geo != NULL)
		geo_close(t->geo);
	opts_free(&t->opts);
	free(t->share);
	free(t->data_dirs[0]);
	free(t);
}
