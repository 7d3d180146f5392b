/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * monitor_cols.c - the numbers of monitoring reports: the core's table, those of the plugins, and
 * what Prometheus calls them.
 *
 * Names and order are those of the reference's machine report, which scripts read.
 */
#include <ctype.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "monitor.h"

static uint64_t
memory(const void *state)
{
	struct rusage u;

	(void)state;
	return getrusage(RUSAGE_SELF, &u) == 0 ? (uint64_t)u.ru_maxrss : 0;
}

const struct moncol monitor_live[] = {
	{ .name = "pktsRec", .off = offsetof(struct cap_stats, received),
	  .metric = "t2_interface_packets_total{result=\"received\"}",
	  .text = "packets of interfaces: received, dropped by the kernel, lost by the interface" },
	{ .name = "pktsDrp", .off = offsetof(struct cap_stats, dropped),
	  .metric = "t2_interface_packets_total{result=\"dropped\"}",
	  .text = "packets of interfaces: dropped by the kernel" },
	{ .name = "ifDrp", .off = offsetof(struct cap_stats, lost),
	  .metric = "t2_interface_packets_total{result=\"lost\"}",
	  .text = "packets of interfaces: lost by the interface" },
	{ .name = NULL }
};

#define AT(what, field) .name = what, .off = offsetof(struct totals, field)
#define TWO(what, pkts, bytes, group, label, of) \
	{ AT(what "Pkts", pkts), .metric = "t2_" group "_packets_total{" label "}", \
	  .text = "packets by " of }, \
	{ AT(what "Bytes", bytes), .metric = "t2_" group "_bytes_total{" label "}", \
	  .text = "captured bytes by " of }
#define L2TYPE(what, i) TWO(what, l2_pkts[i], l2_bytes[i], "ethertype", \
	"ethertype=\"" what "\"", "innermost ethertype or LLC SAP")
#define IPTYPE(what, v) TWO(what, ipv##v, bytes##v, "ethertype", "ethertype=\"" what "\"", \
	"innermost ethertype or LLC SAP")
#define PROTO(what, n) TWO(what, proto_pkts[n], proto_bytes[n], "protocol", \
	"protocol=\"" what "\"", "innermost IP protocol")

enum { GRE = 47 };

const struct moncol monitor_core[] = {
	{ .name = "memUsageKB", .kind = MON_LEVEL, .count = memory,
	  .text = "most memory in use so far, KiB" },
	{ AT("fillSzHashMap", live), .kind = MON_LEVEL, .metric = "t2_flows_in_memory",
	  .text = "flow directions in memory" },
	{ AT("numFlows", flows), .metric = "t2_flows_total", .text = "flow directions" },
	{ AT("numAFlows", flows_dir[0]), .metric = "t2_direction_flows_total{direction=\"A\"}",
	  .text = "flow directions by direction" },
	{ AT("numBFlows", flows_dir[1]), .metric = "t2_direction_flows_total{direction=\"B\"}",
	  .text = "flow directions by direction" },
	{ AT("numPkts", npkts), .metric = "t2_packets_total", .text = "packets" },
	{ AT("numAPkts", pkts_dir[0]), .metric = "t2_direction_packets_total{direction=\"A\"}",
	  .text = "packets of flows by direction" },
	{ AT("numBPkts", pkts_dir[1]), .metric = "t2_direction_packets_total{direction=\"B\"}",
	  .text = "packets of flows by direction" },
	{ AT("numV4Pkts", ipv4), .metric = "t2_ip_packets_total{version=\"4\"}",
	  .text = "packets by innermost IP version" },
	{ AT("numV6Pkts", ipv6), .metric = "t2_ip_packets_total{version=\"6\"}",
	  .text = "packets by innermost IP version" },
	{ AT("numVxPkts", ipvx), .metric = "t2_ip_packets_total{version=\"other\"}",
	  .text = "packets by innermost IP version" },
	{ AT("numBytes", bytes), .metric = "t2_bytes_total", .text = "captured bytes" },
	{ AT("numABytes", bytes_dir[0]), .metric = "t2_direction_bytes_total{direction=\"A\"}",
	  .text = "captured bytes of flows by direction" },
	{ AT("numBBytes", bytes_dir[1]), .metric = "t2_direction_bytes_total{direction=\"B\"}",
	  .text = "captured bytes of flows by direction" },
	{ AT("numFrgV4Pkts", frag4), .metric = "t2_fragments_total{version=\"4\"}",
	  .text = "fragmented packets by IP version" },
	{ AT("numFrgV6Pkts", frag6), .metric = "t2_fragments_total{version=\"6\"}",
	  .text = "fragmented packets by IP version" },
	{ AT("numAlarms", alarms), .metric = "t2_alarms_total",
	  .text = "ended flow directions with an alarm" },
	{ AT("rawBandwidth", raw), .kind = MON_RATE, .metric = "t2_wire_bytes_total",
	  .text = "bytes on the wire; as a column kbit/s" },
	{ AT("globalWarn", stat), .kind = MON_BITS, .text = "all bits of flowStat so far" },
	L2TYPE("0x0042", L2_STP),
	L2TYPE("0x00fe", L2_ISO),
	L2TYPE("0x0806", L2_ARP),
	L2TYPE("0x8035", L2_RARP),
	IPTYPE("0x0800", 4),
	IPTYPE("0x86dd", 6),
	PROTO("ICMP", IP_ICMP),
	PROTO("IGMP", IP_IGMP),
	PROTO("TCP", IP_TCP),
	PROTO("UDP", IP_UDP),
	PROTO("GRE", GRE),
	PROTO("ICMPv6", IP_ICMP6),
	PROTO("SCTP", IP_SCTP),
	{ .name = NULL }
};

static void
add(struct mon_cols *c, const struct moncol *table, const struct loaded *pl, const void *state)
{
	for (; table != NULL && table->name != NULL; table++)
		c->v[c->n++] = (struct mon_col){ table, pl, state };
}

static size_t
length(const struct moncol *table)
{
	size_t n = 0;

	while (table != NULL && table[n].name != NULL)
		n++;
	return n;
}

int
mon_cols_make(struct mon_cols *c, const struct t2 *t)
{
	size_t n = length(monitor_live) + length(monitor_core);

	for (size_t i = 0; i < t->npl; i++)
		n += length(t->pl[i].p->moncols);
	*c = (struct mon_cols){ .v = calloc(n, sizeof(*c->v)) };
	if (c->v == NULL)
		return -1;
	if (t->cap.live_conf != NULL)
		add(c, monitor_live, NULL, &t->cap.stats);
	add(c, monitor_core, NULL, &t->tot);
	for (size_t i = 0; i < t->npl; i++)
		if (t->pl[i].run == RUN_ALL)
			add(c, t->pl[i].p->moncols, &t->pl[i], t->pl[i].state);
	return 0;
}

void
mon_cols_read(const struct mon_cols *c, struct mon_value *v)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct moncol *col = c->v[i].col;
		const void *state = c->v[i].state;

		if (col->level != NULL)
			v[i].d = col->level(state);
		else if (col->count != NULL)
			v[i].n = col->count(state);
		else
			memcpy(&v[i].n, (const char *)state + col->off, sizeof(v[i].n));
	}
}

/* tcpSuccScan -> tcp_succ_scan */
static size_t
snake(char *buf, size_t n, const char *s)
{
	size_t len = 0;

	for (size_t i = 0; s[i] != '\0' && len + 2 < n; i++) {
		unsigned char ch = (unsigned char)s[i];

		if (isupper(ch) && i > 0 && !isupper((unsigned char)s[i - 1]))
			buf[len++] = '_';
		buf[len++] = isalnum(ch) ? (char)tolower(ch) : '_';
	}
	buf[len] = '\0';
	return len;
}

const char *
mon_metric(char buf[MON_METRIC], const struct moncol *col, const char *owner)
{
	char a[MON_METRIC / 4], b[MON_METRIC / 4];

	if (col->metric != NULL) {
		snprintf(buf, MON_METRIC, "%.*s", (int)strcspn(col->metric, "{"), col->metric);
	} else if (owner != NULL) {
		snake(a, sizeof(a), owner);
		snake(b, sizeof(b), col->name);
		snprintf(buf, MON_METRIC, "t2_%s_%s%s", a, b,
		    col->kind == MON_COUNT ? "_total" : "");
	} else {
		buf[0] = '\0';
	}
	return buf;
}
