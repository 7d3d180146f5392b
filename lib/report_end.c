/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_end.c - the end report: packets, plugins, protocols, flows, rates, warnings.
 *
 * Lines, their order and their numbers are those of the seed; monitoring scripts read them.
 * Surprise: durations divide in single precision as in the reference, so the last digits of
 * bandwidths are not those of exact arithmetic.
 */
#include <inttypes.h>
#include <sys/resource.h>
#include <unistd.h>

#include "pcapd.h"
#include "tool.h"

enum { FILE_HEAD = 24, RECORD_HEAD = 16 };      /* of the classic capture file, bytes */

struct note {                           /* a line about bits of the aggregated status */
	uint64_t bits;                  /* any of these */
	const char *text;
};

static const struct note notes[] = {    /* in the order of the report */
	{ FS(L2SNAP), "[WRN] L2 header snapped" },
	{ FS(L3SNAP), "[WRN] L3 SnapLength < Length in IP header" },
	{ FS(L3HDRSNAP), "[WRN] L3 header snapped" },
	{ FS(L4HDRSNAP), "[WRN] L4 header snapped" },
	{ FS(LAND), "[WRN] Landattack" },
	{ FS(TIMEJUMP), "[WRN] Timestamp jump, probably due to multi path packet delay or "
	    "NTP operation" },
	{ FS(DUPIPID), "[WRN] Consecutive duplicate IP ID" },
	{ FS(HDOVER), "[WRN] Header description overrun" },
	{ FS(IPVX), "[WRN] IPvX L3 header bogus packets" },
	{ FS(FRAGHEAD), "[WRN] IPv4/6 fragmentation header packet missing" },
	{ FS(FRAGPEND), "[WRN] IPv4/6 packet fragmentation sequence not finished" },
	{ FS(IPV4), "[INF] IPv4" },
	{ FS(IPV6), "[INF] IPv6" },
	{ FS(FRAG), "[INF] IPv4/6 fragmentation" },
	{ FS(IPIP), "[INF] IPv4/6 in IPv4/6" },
	{ FS(VLAN), "[INF] VLAN encapsulation" },
	{ FS(VLAN0), "[INF] VLAN ID 0 (priority tag)" },
	{ FS(VXLAN), "[INF] VXLAN encapsulation" },
	{ FS(GENEVE), "[INF] GENEVE encapsulation" },
	{ FS(MPLS_U) | FS(MPLS_M), "[INF] MPLS encapsulation" },
	{ FS(L2TP), "[INF] L2TP encapsulation" },
	{ FS(PPP), "[INF] PPP/HDLC encapsulation" },
	{ FS(GRE), "[INF] GRE encapsulation" },
	{ FS(ERSPAN), "[INF] ERSPAN encapsulation" },
	{ FS(WCCP), "[INF] WCCP encapsulation" },
	{ FS(NOETH), "[INF] No Ethernet header" },
	{ FS(ETHIP), "[INF] EoIP" },
	{ FS(AYIYA), "[INF] AYIYA tunnel" },
	{ FS(GTP), "[INF] GTP tunnel" },
	{ FS(TEREDO), "[INF] Teredo tunnel" },
	{ FS(CAPWAP), "[INF] CAPWAP/LWAPP tunnel" },
	{ FS(SCTP), "[INF] SCTP flows" },
	{ FS(SSDP), "[INF] SSDP/UPnP flows" },
	{ FS(L2), "[INF] Ethernet flows" },
	{ FS(LLDP), "[INF] LLDP flows" },
	{ FS(ARP), "[INF] ARP flows" },
	{ FS(RARP), "[INF] RARP flows" },
	{ FS(RTP), "[INF] SIP/RTP flows" },
	{ FS(AH), "[INF] Authentication Header (AH)" },
	{ FS(ESP), "[INF] Encapsulating Security Payload (ESP)" },
	{ FS(TOR), "[INF] TOR addresses" },
};

/* "what: 1219015 (1.22 M)", and " [99.96%]" of whole if there is one; nothing for 0. */
static void
count(FILE *f, const char *what, uint64_t n, uint64_t whole)
{
	char human[FMT_MAX], percent[FMT_MAX] = "";

	if (n == 0)
		return;
	if (whole > 0)
		fmt_percent(percent, sizeof(percent), (double)n, (double)whole);
	fprintf(f, "%s: %" PRIu64 "%s%s\n", what, n, fmt_human(human, sizeof(human), n), percent);
}

/* "what: 48859.83 (48.86 K)" */
static void
ratio(FILE *f, const char *what, double v)
{
	char human[FMT_MAX] = "";

	if (v >= 0 && v < (double)INT64_MAX)
		fmt_human(human, sizeof(human), (uint64_t)v);
	fprintf(f, "%s: %.2f%s\n", what, v, human);
}

static void
bandwidth(FILE *f, const char *what, uint64_t bytes, float sec)
{
	char speed[FMT_MAX];
	float bps = (float)bytes / (sec * 125.0f) * 1000.0f;

	fprintf(f, "%s: %s\n", what, fmt_speed(speed, sizeof(speed), (double)bps));
}

/* Between the points of time as they print, in whole microseconds. */
static int64_t
dump_ns(const struct totals *s)
{
	return (s->last / NS_PER_US - s->first / NS_PER_US) * NS_PER_US;
}

static float
duration(const struct totals *s)
{
	return (float)((double)dump_ns(s) / (double)NS_PER_SEC);
}

/* end ------------------------------------------------------------------------------------- */

static void
print_read(const struct report *r, FILE *f)
{
	const struct totals *s = &r->t->tot;
	char text[FMT_MAX];

	if (signals_stop() != 0)
		fprintf(f, "[INF] SIG%s: Stop reading, write all flows\n",
		    sigabbrev_np(signals_stop()));
	fprintf(f, "Dump stop : %s\n", fmt_point(text, sizeof(text), s->last, 6, true));
	fprintf(f, "Total dump duration: %s\n", fmt_span(text, sizeof(text), dump_ns(s), 6));
	fprintf(f, "Finished processing. Elapsed time: %s\n",
	    fmt_span(text, sizeof(text), clock_ns() - r->start, 6));
}

void
report_read(struct report *r)
{
	if (r->t->core[CO_VERBOSE].n > 0)
		report_emit(r, print_read);
}

/* Of the bytes of the input files; nothing for other inputs.  Packets that the filter took away
 * are not in the sum. */
static void
print_input(const struct report *r, FILE *f)
{
	const struct t2 *t = r->t;
	const struct cap *c = &t->cap;
	uint64_t used = cap_used(c);

	if (c->size == 0)
		return;
	if (c->filter != NULL && !c->packed)
		used = FILE_HEAD * r->nfiles + t->tot.bytes + RECORD_HEAD * t->tot.npkts;
	fprintf(f, "Percentage completed: %.2f%%\n", 100 * (double)used / (double)c->size);
}

/* Of a live capture, with the numbers of zero too: no loss is worth a line. */
static void
print_live(const struct cap_stats *s, FILE *f)
{
	const struct {
		const char *what;
		uint64_t n;
	} v[] = {
		{ "received", s->received }, { "dropped by the kernel", s->dropped },
		{ "dropped by the interface", s->lost },
	};
	double all = (double)(s->received + s->dropped + s->lost);
	char human[FMT_MAX], percent[FMT_MAX];

	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		fprintf(f, "Number of packets %s: %" PRIu64 "%s%s\n", v[i].what, v[i].n,
		    fmt_human(human, sizeof(human), v[i].n),
		    fmt_percent(percent, sizeof(percent), (double)v[i].n, all));
}

static void
print_packets(const struct report *r, FILE *f)
{
	const struct t2 *t = r->t;
	const struct totals *s = &t->tot;
	uint64_t pkts = s->pkts_dir[0] + s->pkts_dir[1];
	uint64_t bytes = s->bytes_dir[0] + s->bytes_dir[1];
	bool plugins = t->core[CO_PLUGIN_REPORT].n != 0;

	if (r->interim == NULL)
		print_input(r, f);
	if (t->cap.live_conf != NULL)
		print_live(&t->cap.stats, f);
	count(f, "Number of processed packets", s->npkts, 0);
	count(f, "Number of processed bytes", s->bytes, 0);
	count(f, "Number of raw bytes", s->raw, 0);
	if (t->cap.npath == 1 && r->list == NULL && r->interim == NULL &&
	    t->cap.live_conf == NULL)
		count(f, "Number of pcap bytes", t->cap.size, 0);
	count(f, "Number of IPv4 packets", s->ipv4, s->npkts);
	count(f, "Number of IPv6 packets", s->ipv6, s->npkts);
	count(f, "Number of IPvX packets", s->ipvx, s->npkts);
	if (pkts > 0)
		count(f, "Number of packets without flow", s->npkts - pkts, s->npkts);
	count(f, "Number of A packets", s->pkts_dir[0], pkts);
	count(f, "Number of B packets", s->pkts_dir[1], pkts);
	count(f, "Number of A bytes", s->bytes_dir[0], bytes);
	count(f, "Number of B bytes", s->bytes_dir[1], bytes);
	ratio(f, "Average A packet load", s->pkts_dir[0] > 0 ?
	    (double)s->bytes_dir[0] / (double)s->pkts_dir[0] : 0);
	ratio(f, "Average B packet load", s->pkts_dir[1] > 0 ?
	    (double)s->bytes_dir[1] / (double)s->pkts_dir[1] : 0);
	report_ruler(f, '-');
	if (r->interim != NULL)
		report_plugins(r->interim, f);
	for (size_t i = 0; r->interim == NULL && plugins && i < t->npl; i++)
		if (t->pl[i].p->report != NULL)
			t->pl[i].p->report(t->pl[i].state, f);
	if (r->pcapd != NULL)
		pcapd_report(r->pcapd, f);
	report_ruler(f, '-');
}

static void
print_headers(const struct t2 *t, FILE *f)
{
	const struct totals *s = &t->tot;
	uint64_t n = s->npkts;

	if (t->core[CO_PRI_HDRDESC].n != 0)
		fprintf(f, "Headers count: min: %" PRIu64 ", max: %" PRIu64 ", average: %.2f\n",
	    s->hdr_min, s->hdr_max, s->hdr_n > 0 ? (double)s->hdr_sum / (double)s->hdr_n : 0);
	count(f, "Max VLAN header count", s->vlan_max, 0);
	count(f, "Max MPLS header count", s->mpls_max, 0);
	count(f, "Number of LLC packets", s->llc, n);
	if (t->core[CO_REPORT_ARP].n != 0) {
		count(f, "Number of ARP packets", s->arp, n);
		count(f, "Number of RARP packets", s->rarp, n);
	}
	count(f, "Number of GRE packets", s->gre, n);
	count(f, "Number of Teredo packets", s->teredo, n);
	count(f, "Number of AYIYA packets", s->ayiya, n);
	count(f, "Number of IGMP packets", s->proto_pkts[IP_IGMP], n);
	count(f, "Number of ICMP packets", s->proto_pkts[IP_ICMP], n);
	count(f, "Number of ICMPv6 packets", s->proto_pkts[IP_ICMP6], n);
	count(f, "Number of TCP packets", s->proto_pkts[IP_TCP], n);
	count(f, "Number of TCP bytes", s->proto_bytes[IP_TCP], s->bytes);
	count(f, "Number of UDP packets", s->proto_pkts[IP_UDP], n);
	count(f, "Number of UDP bytes", s->proto_bytes[IP_UDP], s->bytes);
	count(f, "Number of SCTP packets", s->proto_pkts[IP_SCTP], n);
	count(f, "Number of SCTP bytes", s->proto_bytes[IP_SCTP], s->bytes);
	count(f, "Number of IPv4 fragmented packets", s->frag4, s->ipv4);
	count(f, "Number of IPv6 fragmented packets", s->frag6, s->ipv6);
	report_ruler(f, '~');
}

static void
print_flows(const struct totals *s, FILE *f)
{
	uint64_t n = s->flows, pkts = s->pkts_dir[0] + s->pkts_dir[1];
	int64_t more = (int64_t)s->flows_dir[0] - (int64_t)s->flows_dir[1];

	count(f, "Number of processed   flows", n, 0);
	if (n == 0)
		return;
	count(f, "Number of processed A flows", s->flows_dir[0], n);
	count(f, "Number of processed B flows", s->flows_dir[1], n);
	count(f, "Number of request     flows", s->flows_dir[0] - s->answers, n);
	count(f, "Number of reply       flows", s->flows_dir[1] + s->answers, n);
	fprintf(f, "Total   A/B    flow asymmetry: %.2f\n", (double)more / (double)n);
	fprintf(f, "Total req/rply flow asymmetry: %.2f\n",
	    (double)(more - 2 * (int64_t)s->answers) / (double)n);
	ratio(f, "Number of processed   packets/flows", (double)pkts / (double)n);
	if (s->flows_dir[0] > 0)
		ratio(f, "Number of processed A packets/flows",
		    (double)s->pkts_dir[0] / (double)s->flows_dir[0]);
	if (s->flows_dir[1] > 0)
		ratio(f, "Number of processed B packets/flows",
		    (double)s->pkts_dir[1] / (double)s->flows_dir[1]);
}

static void
print_rates(const struct totals *s, FILE *f)
{
	uint64_t pkts = s->pkts_dir[0] + s->pkts_dir[1];
	float sec = duration(s);

	if (sec > 0) {
		ratio(f, "Number of processed total packets/s", (double)s->npkts / (double)sec);
		ratio(f, "Number of processed A+B packets/s", (double)pkts / (double)sec);
		if (s->pkts_dir[0] > 0)
			ratio(f, "Number of processed A   packets/s",
			    (double)s->pkts_dir[0] / (double)sec);
		if (s->pkts_dir[1] > 0)
			ratio(f, "Number of processed   B packets/s",
			    (double)s->pkts_dir[1] / (double)sec);
	}
	report_ruler(f, '~');
	if (sec > 0) {
		ratio(f, "Number of average processed flows/s", (double)s->flows / (double)sec);
		bandwidth(f, "Average full raw bandwidth", s->raw, sec);
		if (s->stat & (FS(L2SNAP) | FS(L3SNAP)))
			bandwidth(f, "Average snapped bandwidth ", s->bytes, sec);
		bandwidth(f, "Average full bandwidth ", s->full, sec);
	}
}

static void
print_memory(FILE *f)
{
	struct rusage u;
	char percent[FMT_MAX];
	double pages = (double)sysconf(_SC_PHYS_PAGES), size = (double)sysconf(_SC_PAGESIZE);

	if (getrusage(RUSAGE_SELF, &u) == 0)
		fprintf(f, "Memory usage: %.2f GB%s\n", (double)u.ru_maxrss / 1e6,
		    fmt_percent(percent, sizeof(percent), (double)u.ru_maxrss * 1e3, pages * size));
}

static void
print_status(const struct report *r, FILE *f)
{
	const struct t2 *t = r->t;
	const struct totals *s = &t->tot;

	if (r->interim != NULL)
		count(f, "Fill size of main hash map", s->live, r->nominal);
	count(f, "Max number of flows in memory", s->live_max, r->nominal);
	count(f, "Number of flows terminated by autopilot", s->evicted, s->flows);
	print_memory(f);
	fprintf(f, "Aggregate flow status: 0x%016" PRIx64 "\n", s->stat);
	count(f, "[WRN] Number of alarms", s->alarms, s->flows);
	count(f, "[WRN] Number of packets of unknown link types", s->nodissector, s->npkts);
	for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
		if ((s->stat & notes[i].bits) == 0)
			continue;
		fprintf(f, "%s%s\n", notes[i].text, notes[i].bits == FS(FRAGHEAD) &&
		    !t->core[CO_FRAG_HLST_CRFT].n ? ", trailing packets ignored" : "");
	}
}

void
report_numbers(const struct report *r, FILE *f)
{
	print_packets(r, f);
	if (r->t->core[CO_VERBOSE].n < 2 && r->interim == NULL)
		return;
	print_headers(r->t, f);
	print_flows(&r->t->tot, f);
	print_rates(&r->t->tot, f);
	print_status(r, f);
}

static void
print_end(const struct report *r, FILE *f)
{
	char text[FMT_MAX];

	fprintf(f, "Finished unloading flow memory. Time: %s\n",
	    fmt_span(text, sizeof(text), clock_ns() - r->start, 6));
	report_numbers(r, f);
}

void
report_end(struct report *r)
{
	cap_live_stats(&r->t->cap);     /* if the interface is still open */
	if (r->t->core[CO_VERBOSE].n > 0)
		report_emit(r, print_end);
}
