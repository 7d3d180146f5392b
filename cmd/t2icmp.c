/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2icmp - ICMP and ICMPv6 messages of captures by type and code, tab-separated.
 *
 * Counts are those of the plugin icmpDecode: each message once, its later fragments not at all.
 */
#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>

#include "../lib/icmpstat.h"
#include "../lib/tool.h"
#include "../lib/usage.h"

enum { OPT_REPORT = 512 };

static const char usage_text[] =
	"usage: t2icmp [OPTION]... -r FILE [FILTER]\n"
	"Prints ICMP and ICMPv6 messages by type and code.\n"
	"\n"
	CLI_LIVE_USAGE
	"  -s, --sort KEY        number (default) or packets, the most first\n"
	"  -n, --top N           only the first N rows of each version\n"
	"  -e, --echo            echo requests, replies and their ratio instead\n"
	"      --report          the text of PREFIX_icmpStats.txt instead\n"
	"  -h, --help            this text\n"
	"  -V, --version         version\n"
	"\n"
	"FILTER is a packet filter as in pcap-filter(7).\n";

static const struct option long_options[] = {
	CLI_LIVE_LONG,
	{ "sort", required_argument, NULL, 's' },
	{ "top", required_argument, NULL, 'n' },
	{ "echo", no_argument, NULL, 'e' },
	{ "report", no_argument, NULL, OPT_REPORT },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

enum { MESSAGES = 256 * 256 };

struct t2icmp {
	struct cli cli;
	bool by_packets, echo, report;
	uint32_t top;                   /* 0 no limit */
	struct progress progress;
	struct icmp_count count[2];     /* by enum icmp_version */
};

static void
args_read(struct t2icmp *c, int argc, char **argv)
{
	const char *why = NULL;
	int letter;

	usage_alone(argc, usage_text);
	usage_asked(argc, argv, usage_text);
	while ((letter = getopt_long(argc, argv, CLI_LIVE_LETTERS "s:n:ehV", long_options,
	    NULL)) != -1) {
		if (tool_option(&c->cli, letter, optarg))
			continue;
		switch (letter) {
		case 's':
			c->by_packets = strcmp(optarg, "packets") == 0;
			if (!c->by_packets && strcmp(optarg, "number") != 0)
				errx(EXIT_USAGE, "--sort: %s is not number or packets", optarg);
			break;
		case 'n':
			c->top = (uint32_t)strtonum(optarg, 1, MESSAGES, &why);
			if (why != NULL)
				errx(EXIT_USAGE, "%s: %s", optarg, why);
			break;
		case 'e':
			c->echo = true;
			break;
		case OPT_REPORT:
			c->report = true;
			break;
		case 'h':
			tell(usage_text);
		case 'V':
			tell("t2icmp " T2_VERSION "\n");
		default:
			usage_error();
		}
	}
	tool_inputs(&c->cli, false);
	tool_filter(&c->cli, argv + optind, argc - optind);
	if (c->cli.plugins == NULL && c->cli.plugin_list == NULL)
		c->cli.plugins = "none";        /* messages count without flows */
}

static void
watch(void *arg, const struct pkt *v, int n)
{
	struct t2icmp *c = arg;

	for (const struct pkt *p = v; p < v + n; p++) {
		struct cur b = pkt_cur(p, p->l4);
		uint8_t type;

		if (!pkt_has_l4(p) || !icmp_is(&p->key))
			continue;
		type = cur_u8(&b);
		icmpstat_count(&c->count[icmp_version(&p->key)], type, cur_u8(&b));
	}
	progress_step(&c->progress, v, n);
}

struct row {
	uint64_t n;                     /* packets */
	uint8_t type, code;
};

static int
by_packets(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return (x->type << 8 | x->code) < (y->type << 8 | y->code) ? -1 : 1;
}

static void
print_messages(const struct t2icmp *c, enum icmp_version v, uint64_t all)
{
	struct row *row = calloc(MESSAGES, sizeof(*row));
	const char *name, *code;
	size_t n = 0;

	if (row == NULL)
		err(EXIT_FAILURE, NULL);
	for (size_t i = 0; i < MESSAGES; i++)
		if (c->count[v].code[i / 256][i % 256] > 0)
			row[n++] = (struct row){ c->count[v].code[i / 256][i % 256],
			    (uint8_t)(i / 256), (uint8_t)(i % 256) };
	if (c->by_packets)
		qsort(row, n, sizeof(*row), by_packets);
	for (size_t i = 0; i < n && (c->top == 0 || i < c->top); i++) {
		icmpstat_name(v, row[i].type, row[i].code, &name, &code);
		printf("%s\t%u\t%u\t%" PRIu64 "\t%.3f\t%s\t%s\n", icmpstat_version(v), row[i].type,
		    row[i].code, row[i].n, 100 * (double)row[i].n / (double)all, name, code);
	}
	free(row);
}

static void
print_echo(const struct icmp_count *c, enum icmp_version v)
{
	printf("%s\t%" PRIu64 "\t%" PRIu64 "\t%.3f\n", icmpstat_version(v),
	    c->type[icmp_request(v)], c->type[icmp_reply(v)], icmpstat_echo_ratio(c, v));
}

static void
print_all(const struct t2icmp *c, const struct totals *tot)
{
	if (c->report) {
		icmpstat_print(c->count, tot, "-", stdout);
		return;
	}
	puts(c->echo ? "%version\trequests\treplies\tratio" :
	    "%version\ttype\tcode\tpackets\tpercent\ttypeName\tcodeName");
	for (int v = ICMP4; v <= ICMP6; v++)
		if (c->echo)
			print_echo(&c->count[v], (enum icmp_version)v);
		else
			print_messages(c, (enum icmp_version)v,
			    icmpstat_packets(tot, (enum icmp_version)v));
}

int
main(int argc, char **argv)
{
	struct t2icmp *c = calloc(1, sizeof(*c));
	struct t2 *t = tool_new();
	int status;

	if (c == NULL)
		err(EXIT_FAILURE, NULL);
	args_read(c, argc, argv);
	tool_setup(&c->cli, t);
	tool_open(&c->cli, t, progress_say, &c->progress);
	tool_start(&c->cli, t);
	progress_start(&c->progress, t, false);
	t->watch = watch;
	t->watch_arg = c;
	status = tool_run(t);
	progress_clear(&c->progress);
	print_all(c, t2_totals(t));
	if (tool_stdout_close() != EXIT_SUCCESS)
		status = EXIT_FAILURE;
	status = tool_free(&c->cli, t, status);
	free(c);
	return status;
}
