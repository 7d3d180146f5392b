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

enum { SLOT_ALIGN = 8, HOT_LINES = 32, OWN_HOOKS = 1, YEAR = 31536000 };

#define DECAP(name, text) OPT(name, 0, 1, 1, "open " text)

const struct opt core_opts[] = {
	[CO_ETH_ACTIVATE] = OPT("ETH_ACTIVATE", 0, 2, 1,
	    "0: no layer 2 flows, 1: layer 2 flows, 2: MAC addresses in the key of IP flows too"),
	[CO_IPV6_ACTIVATE] = OPT("IPV6_ACTIVATE", 0, 2, 2, "0: IPv4 only, 1: IPv6 only, 2: both"),
	[CO_FLOW_TIMEOUT] = OPT("FLOW_TIMEOUT", 0, YEAR, 182, "seconds of silence that end a flow"),
	[CO_PACKETLENGTH] = OPT("PACKETLENGTH", 0, 3, 3,
	    "packet sizes count from layer 2 (0), 3 (1), 4 (2), or are the payload of layer 4 (3)"),
	[CO_FRGIPPKTLENVIEW] = OPT("FRGIPPKTLENVIEW", 0, 1, 1,
	    "with PACKETLENGTH 0 or 1: sizes of later fragments are without their IP header"),
	[CO_FRAGMENTATION] = OPT("FRAGMENTATION", 0, 1, 1, "0: later fragments get no flow"),
	[CO_FRAG_HLST_CRFT] = OPT("FRAG_HLST_CRFT", 0, 1, 1,
	    "0: fragments whose first one was not seen get no flow"),
	[CO_FRAG_ATTACH] = OPT_COMPAT("FRAG_ATTACH", 0, 1, 1, 0,
	    "1: later fragments belong to the flow of the first, 0: to a flow with ports 0"),
	[CO_LEN_CAP] = OPT_COMPAT("LEN_CAP", 0, 1, 1, 0,
	    "1: an IP length beyond the frame is cut to it, 0: believed"),
	[CO_UNK_SWAP] = OPT_COMPAT("UNK_SWAP", 0, 1, 0, 1,
	    "1: UNK(0x....) in hdrDesc shows the two bytes in swapped order"),
	[CO_RAW_MAC] = OPT_COMPAT("RAW_MAC", 0, 1, 0, 1,
	    "1: frames without addresses show their first 12 bytes as MAC addresses"),
	[CO_FDURLIMIT] = OPT("FDURLIMIT", 0, YEAR, 0,
	    "seconds that a pair may last: a later packet begins a new one; 0: no limit"),
	[CO_FDLSFINDEX] = OPT("FDLSFINDEX", 0, 1, 0,
	    "1: with FDURLIMIT the new pair keeps the index and the directions"),
	[CO_SCTP_ACTIVATE] = OPT("SCTP_ACTIVATE", 0, 3, 0,
	    "SCTP flows: 0 by address and port, 1 by stream too, 2 by association, 3 by both"),
	[CO_SCTP_STATFINDEX] = OPT("SCTP_STATFINDEX", 0, 1, 1,
	    "with SCTP_ACTIVATE: 1 one index for the streams of an association, 0 one for each"),
	[CO_AGGREGATIONFLAG] = OPT("AGGREGATIONFLAG", 0, 0xbf, 0,
	    "flows of like packets: 1 any protocol, 2 destination port, 4 source port by range, "
	    "8 destination, 16 source network, 32 any VLAN, 128 networks of the address labels; "
	    "a sum of these"),
	[CO_SRCIP4CMSK] = OPT("SRCIP4CMSK", 0, 32, 24, "prefix length of IPv4 source networks"),
	[CO_DSTIP4CMSK] = OPT("DSTIP4CMSK", 0, 32, 24,
	    "prefix length of IPv4 destination networks"),
	[CO_SRCIP6CMSK] = OPT("SRCIP6CMSK", 0, 128, 120, "prefix length of IPv6 source networks"),
	[CO_DSTIP6CMSK] = OPT("DSTIP6CMSK", 0, 128, 120,
	    "prefix length of IPv6 destination networks"),
	[CO_SRCPORTLW] = OPT("SRCPORTLW", 0, UINT16_MAX, 53,
	    "lowest source port of the range, which becomes 1; the others become 0"),
	[CO_SRCPORTHW] = OPT("SRCPORTHW", 0, UINT16_MAX, 53,
	    "highest source port; a range of one port keeps it"),
	[CO_DSTPORTLW] = OPT("DSTPORTLW", 0, UINT16_MAX, 53, "lowest destination port likewise"),
	[CO_DSTPORTHW] = OPT("DSTPORTHW", 0, UINT16_MAX, 53, "highest destination port likewise"),
	[CO_ALARM_MODE] = OPT("ALARM_MODE", 0, 1, 0,
	    "1: only flows for which a plugin raised an alarm are written"),
	[CO_ALARM_AND] = OPT("ALARM_AND", 0, 1, 0,
	    "1: a flow has an alarm when all plugins that may raise one did, 0: when one did"),
	[CO_FORCE_MODE] = OPT("FORCE_MODE", 0, 1, 0, "1: plugins may end flows at any packet"),
	[CO_RELTIME] = OPT("RELTIME", 0, 1, 0, "1: times are relative to the first packet"),
	[CO_PRI_HDRDESC] = OPT("T2_PRI_HDRDESC", 0, 1, 1,
	    "0: no header descriptions in flow records (as BFO_MAX_HDRDESC=0) and report"),
	[CO_HDRDESC_LEN] = OPT("T2_HDRDESC_LEN", 16, 1024, 128,
	    "bytes of a header description, the end of string included"),
	[CO_HDRDESC_AGGR] = OPT("T2_HDRDESC_AGGR", 0, 1, 1,
	    "1: equal headers in a row print once, vlan{2}"),
	[CO_AYIYA] = DECAP("AYIYA", "AYIYA tunnels"),
	[CO_GENEVE] = DECAP("GENEVE", "GENEVE"),
	[CO_TEREDO] = DECAP("TEREDO", "Teredo tunnels"),
	[CO_L2TP] = DECAP("L2TP", "L2TP"),
	[CO_GRE] = DECAP("GRE", "GRE"),
	[CO_GTP] = DECAP("GTP", "GTP"),
	[CO_VXLAN] = DECAP("VXLAN", "VXLAN"),
	[CO_IPIP] = DECAP("IPIP", "IP in IP"),
	[CO_ETHIP] = DECAP("ETHIP", "Ethernet in IP"),
	[CO_CAPWAP] = DECAP("CAPWAP", "CAPWAP"),
	[CO_LWAPP] = DECAP("LWAPP", "LWAPP"),
	[CO_SENSORID] = OPT("SENSORID", 0, UINT32_MAX, 666, "number of this sensor (option -x)"),
	[CO_HASH_AUTOPILOT] = OPT("HASH_AUTOPILOT", 0, 1, 1,
	    "with -f or --max-flows, a full table 1: makes room, 0: ends the run"),
	[CO_NUMFLWRM] = OPT("NUMFLWRM", 1, UINT16_MAX, 1,
	    "pairs that end at a time to make room in a full table"),
	[CO_BLOCK_BUF] = OPT("BLOCK_BUF", 0, 1, 0, "1: no flow records are written"),
	[CO_VERBOSE] = OPT("VERBOSE", 0, 2, 2,
	    "report: 0 none, 1 numbers of packets and what plugins say, 2 all"),
	[CO_PLUGIN_REPORT] = OPT("PLUGIN_REPORT", 0, 1, 1,
	    "0: nothing of plugins in the end report"),
	[CO_TSTAMP_R_UTC] = OPT("TSTAMP_R_UTC", 0, 1, 0,
	    "dates of the clock in reports and headers file: 0 local time, 1 UTC"),
	[CO_GEO_USERDATA] = OPT("GEO_USERDATA", 0, 1, 1,
	    "0: address labels from the shipped special ranges only"),
	[CO_REPORT_ARP] = OPT_COMPAT("REPORT_ARP", 0, 1, 1, 0,
	    "1: the end report counts ARP and RARP packets"),
	[CO_PKTNO] = OPT("SPKTMD_PKTNO", 0, 1, 1, "packet records begin with the packet's number"),
	[CO_CONTENT_HEX] = OPT("SPKTMD_PCNTH", 0, 1, 0,
	    "packet records have the payload in hexadecimal"),
	[CO_CONTENT_TEXT] = OPT("SPKTMD_PCNTC", 0, 1, 1, "packet records have the payload as text"),
	[CO_MONINTV] = OPT("MONINTV", 1, YEAR, 1, "seconds between monitoring reports of t2"),
	[CO_MONINTTMPCP] = OPT("MONINTTMPCP", 0, 1, 0,
	    "monitoring reports of t2 by 0: the clock, 1: the time of the packets, from the start"),
	[CO_MONINTTMPCP_ON] = OPT("MONINTTMPCP_ON", 0, 1, 0,
	    "1: monitoring reports of t2 from the start, 0: from SIGUSR2 on"),
	[CO_MONINTPSYNC] = OPT_COMPAT("MONINTPSYNC", 0, 1, 0, 1,
	    "1: no monitoring report of t2 while no packet comes"),
	[CO_DIFF_REPORT] = OPT("DIFF_REPORT", 0, 1, 0,
	    "monitoring reports of t2 count from 0: the start, 1: the report before"),
	[CO_MACHINE_REPORT] = OPT("MACHINE_REPORT", 0, 1, 0,
	    "monitoring reports of t2 are 0: for people, 1: rows of a table"),
	[CO_SIGINT_DRAIN] = OPT("SIGINT_DRAIN", 0, 1, 0,
	    "1: after a Ctrl-C no new flows; the run ends with the last one, or a second Ctrl-C"),
	[CO_N] = { .name = NULL }
};

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

/* The cache lines of a plugin's slot that packets touch. */
static uint32_t
hot_lines(const struct loaded *l)
{
	size_t hot = l->p->hot_size != 0 ? l->p->hot_size : CACHE_LINE;

	return lines(l->off, hot < l->p->flow_size ? hot : l->p->flow_size);
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

/* Bytes that a flow has left over, as its size is a number of whole cache lines. */
static size_t
slack(const struct t2 *t)
{
	size_t n = sizeof(struct flow);

	for (size_t i = 0; i < t->npl; i++)
		if (takes_part(t, &t->pl[i]) && t->pl[i].run == RUN_ALL)
			n += (t->pl[i].p->flow_size + SLOT_ALIGN - 1) / SLOT_ALIGN * SLOT_ALIGN;
	if (t->packets)
		n += (sizeof(struct pkttext) + SLOT_ALIGN - 1) / SLOT_ALIGN * SLOT_ALIGN;
	return -n % CACHE_LINE;
}

/* Where a slot begins: at the next cache line if it then lies in one line less, as far as the
 * bytes left over allow. */
static size_t
slot_begin(size_t off, size_t size, size_t *left)
{
	size_t skip = -off % CACHE_LINE;
	size_t here = (off % CACHE_LINE + size + CACHE_LINE - 1) / CACHE_LINE;

	if (skip == 0 || skip > *left || here <= (size + CACHE_LINE - 1) / CACHE_LINE)
		return off;
	*left -= skip;
	return off + skip;
}

/* Starts the plugins, gives each its slot and lists who wants which event. */
static int
start_plugins(struct t2 *t, size_t *slots)
{
	size_t off = sizeof(struct flow), left = slack(t);

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
		if (l->run == RUN_ALL)
			off = slot_begin(off, l->p->flow_size, &left);
		l->off = off;
		if (l->run == RUN_ALL)
			off += (l->p->flow_size + SLOT_ALIGN - 1) / SLOT_ALIGN * SLOT_ALIGN;
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
			t->hot |= hot_lines(l);
			if (l->p->reads_opposite)
				t->hot_opp |= hot_lines(l) & lines(l->off, CACHE_LINE);
		}
		if (l->p->flow_end != NULL)
			hook_add(&t->on_end, &t->nend, l);
		if (l->p->flow_gone != NULL)
			hook_add(&t->on_gone, &t->ngone, l);
	}
	hook_alarms(t);
	if (t->packets) {
		t->pkttext = off;
		off += (sizeof(struct pkttext) + SLOT_ALIGN - 1) / SLOT_ALIGN * SLOT_ALIGN;
		t->hot |= lines(t->pkttext, (size_t)2 * CACHE_LINE);
	}
	*slots = off - sizeof(struct flow);
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
	if (descs_init(&t->descs, (uint32_t)t->core[CO_HDRDESC_LEN].n) != 0 ||
	    shape_init(t) != 0 ||
	    start_plugins(t, &slots) != 0 || dissect_init(&t->dissect, &conf) != 0 ||
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
