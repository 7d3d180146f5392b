/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * icmpstat.c - the counts of ICMP messages: end report, statistics file, names.
 *
 * The file lists fixed messages, zero or not, then the other ICMPv6 messages that were seen; other
 * ICMP messages count in the totals only.  Names are those of the C library's netinet headers.
 */
#include <inttypes.h>

#include "icmpstat.h"

struct row {                            /* one line of a table */
	uint8_t type;
	int8_t code;                    /* -1: all codes */
	const char *name, *code_name;   /* code_name NULL: no code */
};

static const struct row rows4[] = {
	{ 8, -1, "ICMP_ECHOREQUEST", NULL },
	{ 0, -1, "ICMP_ECHOREPLY", NULL },
	{ 4, -1, "ICMP_SOURCE_QUENCH", NULL },
	{ 30, -1, "ICMP_TRACEROUTE", NULL },
	{ 3, 0, "ICMP_DEST_UNREACH", "ICMP_NET_UNREACH" },
	{ 3, 1, "ICMP_DEST_UNREACH", "ICMP_HOST_UNREACH" },
	{ 3, 2, "ICMP_DEST_UNREACH", "ICMP_PROT_UNREACH" },
	{ 3, 3, "ICMP_DEST_UNREACH", "ICMP_PORT_UNREACH" },
	{ 3, 4, "ICMP_DEST_UNREACH", "ICMP_FRAG_NEEDED" },
	{ 3, 5, "ICMP_DEST_UNREACH", "ICMP_SR_FAILED" },
	{ 3, 6, "ICMP_DEST_UNREACH", "ICMP_NET_UNKNOWN" },
	{ 3, 7, "ICMP_DEST_UNREACH", "ICMP_HOST_UNKNOWN" },
	{ 3, 8, "ICMP_DEST_UNREACH", "ICMP_HOST_ISOLATED" },
	{ 3, 9, "ICMP_DEST_UNREACH", "ICMP_NET_ANO" },
	{ 3, 10, "ICMP_DEST_UNREACH", "ICMP_HOST_ANO" },
	{ 3, 11, "ICMP_DEST_UNREACH", "ICMP_NET_UNR_TOS" },
	{ 3, 12, "ICMP_DEST_UNREACH", "ICMP_HOST_UNR_TOS" },
	{ 3, 13, "ICMP_DEST_UNREACH", "ICMP_PKT_FILTERED" },
	{ 3, 14, "ICMP_DEST_UNREACH", "ICMP_PREC_VIOLATION" },
	{ 3, 15, "ICMP_DEST_UNREACH", "ICMP_PREC_CUTOFF" },
	{ 5, 0, "ICMP_REDIRECT", "ICMP_REDIR_NET" },
	{ 5, 1, "ICMP_REDIRECT", "ICMP_REDIR_HOST" },
	{ 5, 2, "ICMP_REDIRECT", "ICMP_REDIR_NETTOS" },
	{ 5, 3, "ICMP_REDIRECT", "ICMP_REDIR_HOSTTOS" },
	{ 11, 0, "ICMP_TIME_EXCEEDED", "ICMP_EXC_TTL" },
	{ 11, 1, "ICMP_TIME_EXCEEDED", "ICMP_EXC_FRAGTIME" },
	{ .name = NULL }
};

static const struct row rows6[] = {
	{ 128, -1, "ICMP6_ECHOREQUEST", NULL },
	{ 129, -1, "ICMP6_ECHOREPLY", NULL },
	{ 2, -1, "ICMP6_PKT_TOO_BIG", NULL },
	{ 1, 0, "ICMP6_DEST_UNREACH", "ICMP6_NO_ROUTE" },
	{ 1, 1, "ICMP6_DEST_UNREACH", "ICMP6_COMM_PROHIBIT" },
	{ 1, 2, "ICMP6_DEST_UNREACH", "ICMP6_BEYOND_SCOPE" },
	{ 1, 3, "ICMP6_DEST_UNREACH", "ICMP6_ADDR_UNREACH" },
	{ 1, 4, "ICMP6_DEST_UNREACH", "ICMP6_PORT_UNREACH" },
	{ 1, 5, "ICMP6_DEST_UNREACH", "ICMP6_SR_FAILED" },
	{ 1, 6, "ICMP6_DEST_UNREACH", "ICMP6_REJECT" },
	{ 1, 7, "ICMP6_DEST_UNREACH", "ICMP6_ERROR_HDR" },
	{ 3, 0, "ICMP6_TIME_EXCEEDED", "ICMP6_EXC_HOPS" },
	{ 3, 1, "ICMP6_TIME_EXCEEDED", "ICMP6_EXC_FRAGTIME" },
	{ 4, 0, "ICMP6_PARAM_PROBLEM", "ICMP6_ERR_HDR" },
	{ 4, 1, "ICMP6_PARAM_PROBLEM", "ICMP6_UNRECO_NEXT_HDR" },
	{ 4, 2, "ICMP6_PARAM_PROBLEM", "ICMP6_UNRECO_IP6_OPT" },
	{ .name = NULL }
};

enum { NAMED_FIRST = 130, NAMED_LAST = 158, OTHER_CODES = 8, OTHER_TYPES = 255 };
static const char *const names6[] = {   /* types 130 to 158 */
	"ICMP6_MCAST_QUERY", "ICMP6_MCAST_REP", "ICMP6_MCAST_DONE", "ICMP6_RTER_SOLICIT",
	"ICMP6_RTER_ADVERT", "ICMP6_NBOR_SOLICIT", "ICMP6_NBOR_ADVERT", "ICMP6_REDIRECT_MSG",
	"ICMP6_RTER_RENUM", "ICMP6_NODE_INFO_QUERY", "ICMP6_NODE_INFO_RESP",
	"ICMP6_INV_NBOR_DSM", "ICMP6_INV_NBOR_DAM", "ICMP6_MLD2", "ICMP6_ADDR_DISC_REQ",
	"ICMP6_ADDR_DISC_REP", "ICMP6_MOB_PREF_SOL", "ICMP6_MOB_PREF_ADV",
	"ICMP6_CERT_PATH_SOL", "ICMP6_CERT_PATH_ADV", "ICMP6_EXP_MOBI", "ICMP6_MRD_ADV",
	"ICMP6_MRD_SOL", "ICMP6_MRD_TERM", "ICMP6_FMIPV6", "ICMP6_RPL_CTRL",
	"ICMP6_ILNP_LOC_UP", "ICMP6_DUP_ADDR_REQ", "ICMP6_DUP_ADDR_CON",
};

struct type_name {
	uint8_t type;
	const char *name;
};

/* Types without a row in the file. */
static const struct type_name more4[] = {
	{ 6, "ICMP_ALTHOSTADDR" }, { 9, "ICMP_ROUTERADVERT" }, { 10, "ICMP_ROUTERSOLICIT" },
	{ 12, "ICMP_PARAMETERPROB" }, { 13, "ICMP_TIMESTAMP" }, { 14, "ICMP_TIMESTAMPREPLY" },
	{ 15, "ICMP_INFO_REQUEST" }, { 16, "ICMP_INFO_REPLY" }, { 17, "ICMP_ADDRESS" },
	{ 18, "ICMP_ADDRESSREPLY" }, { 31, "ICMP_DATACONVERR" }, { 32, "ICMP_MOBILE_REDIRECT" },
	{ 37, "ICMP_DOMAIN_REQUEST" }, { 38, "ICMP_DOMAIN_REPLY" }, { 39, "ICMP_SKIP" },
	{ 40, "ICMP_PHOTURIS" }, { 42, "ICMP_EXT_ECHO" }, { 43, "ICMP_EXT_ECHOREPLY" },
	{ .name = NULL }
};
static const struct type_name more6[] = {
	{ 159, "ICMP6_MPL_CTRL" }, { 160, "ICMP6_EXT_ECHO" }, { 161, "ICMP6_EXT_ECHOREPLY" },
	{ .name = NULL }
};

static const char *const version_name[] = { "ICMP", "ICMPv6" };

static double
ratio(double part, double whole)
{
	return whole > 0 ? part / whole : 0;
}

double
icmpstat_echo_ratio(const struct icmp_count *c, enum icmp_version v)
{
	return ratio((double)c->type[icmp_reply(v)], (double)c->type[icmp_request(v)]);
}

static void
line(FILE *out, const char *what, uint64_t n, uint64_t of)
{
	char human[FMT_MAX], percent[FMT_MAX];

	fprintf(out, "%s: %" PRIu64 "%s%s\n", what, n, fmt_human(human, sizeof(human), n),
	    fmt_percent(percent, sizeof(percent), (double)n, (double)of));
}

static void
report_version(const struct icmp_count *c, const struct totals *tot, enum icmp_version v, FILE *out)
{
	uint64_t all = icmpstat_packets(tot, v);
	uint64_t n[2] = { c->type[icmp_request(v)], c->type[icmp_reply(v)] };
	char what[64];

	if (all == 0)
		return;
	for (int i = 0; i < 2; i++) {
		if (n[i] == 0)
			continue;
		snprintf(what, sizeof(what), "icmpDecode: Number of %s echo %s packets",
		    version_name[v], i == 0 ? "request" : "reply");
		line(out, what, n[i], all);
	}
	if (icmpstat_echo_ratio(c, v) > 0)
		fprintf(out, "icmpDecode: %s echo reply / request ratio: %.2f\n",
		    version_name[v], icmpstat_echo_ratio(c, v));
}

void
icmpstat_report(const struct icmp_count count[2], const struct totals *tot, FILE *out)
{
	report_version(&count[ICMP4], tot, ICMP4, out);
	report_version(&count[ICMP6], tot, ICMP6, out);
}

static void
table(FILE *out, const struct row *r, const struct icmp_count *c, uint64_t all,
    const char *nocode)
{
	for (; r->name != NULL; r++) {
		uint64_t n = r->code < 0 ? c->type[r->type] : c->code[r->type][r->code];

		fprintf(out, "%s\t%s\t%" PRIu64 "\t%5.3f\n", r->name,
		    r->code_name != NULL ? r->code_name : nocode, n,
		    100 * ratio((double)n, (double)all));
	}
}

static bool
has_row(const struct row *r, uint8_t type, int code)
{
	for (; r->name != NULL; r++)
		if (r->type == type && (r->code < 0 || r->code == code))
			return true;
	return false;
}

/* The ICMPv6 messages of one type that have no fixed row. */
static void
others(FILE *out, const struct icmp_count *c, uint8_t type, uint64_t all, const char *nocode)
{
	for (int code = 0; code < OTHER_CODES; code++) {
		uint64_t n = c->code[type][code];

		if (n == 0 || has_row(rows6, type, code))
			continue;
		if (type >= NAMED_FIRST && type <= NAMED_LAST)
			fprintf(out, "%s\t%s", names6[type - NAMED_FIRST], nocode);
		else
			fprintf(out, "%d\t%d", type, code);
		fprintf(out, "\t%" PRIu64 "\t%5.3f\n", n, 100 * ratio((double)n, (double)all));
	}
}

void
icmpstat_print(const struct icmp_count count[2], const struct totals *tot,
    const char *nocode, FILE *out)
{
	uint64_t n[2] = { icmpstat_packets(tot, ICMP4), icmpstat_packets(tot, ICMP6) };
	char what[64];

	line(out, "Total number of ICMP messages", n[0] + n[1], tot->npkts);
	putc('\n', out);
	for (int v = ICMP4; v <= ICMP6; v++) {
		snprintf(what, sizeof(what), "Number of %s packets", version_name[v]);
		if (n[v] > 0)
			line(out, what, n[v], tot->npkts);
	}
	putc('\n', out);
	for (int v = ICMP4; v <= ICMP6; v++) {
		double r = icmpstat_echo_ratio(&count[v], (enum icmp_version)v);
		if (r > 0)
			fprintf(out, "%s echo reply / request ratio: %5.3f\n", version_name[v], r);
	}
	putc('\n', out);
	fputs("# ICMP Type\tCode\tPackets\tPercentage\n", out);
	table(out, rows4, &count[ICMP4], n[ICMP4], nocode);
	putc('\n', out);
	fputs("# ICMPv6 Type\tCode\tPackets\tPercentage\n", out);
	table(out, rows6, &count[ICMP6], n[ICMP6], nocode);
	for (int type = 0; type < OTHER_TYPES; type++)
		others(out, &count[ICMP6], (uint8_t)type, n[ICMP6], nocode);
}

const char *
icmpstat_version(enum icmp_version v)
{
	return version_name[v];
}

void
icmpstat_name(enum icmp_version v, uint8_t type, uint8_t code, const char **name,
    const char **code_name)
{
	const struct type_name *more = v == ICMP4 ? more4 : more6;

	*name = *code_name = "";
	if (v == ICMP6 && type >= NAMED_FIRST && type <= NAMED_LAST)
		*name = names6[type - NAMED_FIRST];
	for (; more->name != NULL; more++)
		if (more->type == type)
			*name = more->name;
	for (const struct row *r = v == ICMP4 ? rows4 : rows6; r->name != NULL; r++) {
		if (r->type != type)
			continue;
		*name = r->name;
		if (r->code == code)
			*code_name = r->code_name;
	}
}
