/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2proto - packets and bytes of captures by ethertype, IP protocol and port, tab-separated.
 *
 * Counts are those of the plugin protoStats.  A port is that of the server, which the flow's
 * direction tells; so plugins that end flows (tcpStates) take part.
 */
#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>

#include "../lib/protostat.h"
#include "../lib/tool.h"
#include "../lib/usage.h"

enum { OPT_MIN = 512, OPT_REPORT };
enum sort { BY_NUMBER, BY_PACKETS, BY_BYTES };

static const char usage_text[] =
	"usage: t2proto [OPTION]... -r FILE [FILTER]\n"
	"Prints packets and bytes by ethertype, IP protocol and port of the server.\n"
	"\n"
	CLI_LIVE_USAGE
	"  -s, --sort KEY        number (default), packets or bytes, the biggest first\n"
	"  -n, --top N           only the first N rows of each layer\n"
	"      --min PERCENT     only rows with at least PERCENT of the packets\n"
	"      --report          the text of PREFIX_protocols.txt instead\n"
	"  -h, --help            this text\n"
	"  -V, --version         version\n"
	"\n"
	"FILTER is a packet filter as in pcap-filter(7).\n";

static const struct option long_options[] = {
	CLI_LIVE_LONG,
	{ "sort", required_argument, NULL, 's' },
	{ "top", required_argument, NULL, 'n' },
	{ "min", required_argument, NULL, OPT_MIN },
	{ "report", no_argument, NULL, OPT_REPORT },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

struct t2proto {
	struct cli cli;
	enum sort sort;
	uint32_t top;                   /* 0 no limit */
	double min;                     /* percent */
	bool report;
	struct progress progress;
};

static enum sort
sort_key(const char *word)
{
	static const char *const key[] = { "number", "packets", "bytes" };

	for (int i = BY_NUMBER; i <= BY_BYTES; i++)
		if (strcmp(word, key[i]) == 0)
			return (enum sort)i;
	warnx("--sort: %s is not number, packets or bytes", word);
	usage_error();
}

static void
args_read(struct t2proto *c, int argc, char **argv)
{
	const char *why = NULL;
	char *end = NULL;
	int letter;

	usage_alone(argc, usage_text);
	usage_asked(argc, argv, usage_text);
	while ((letter = getopt_long(argc, argv, CLI_LIVE_LETTERS "s:n:hV", long_options,
	    NULL)) != -1) {
		if (tool_option(&c->cli, letter, optarg))
			continue;
		switch (letter) {
		case 's':
			c->sort = sort_key(optarg);
			break;
		case 'n':
			c->top = (uint32_t)strtonum(optarg, 1, UINT16_MAX, &why);
			break;
		case OPT_MIN:
			c->min = strtod(optarg, &end);
			if (end == optarg || *end != '\0' || !(c->min >= 0 && c->min <= 100))
				why = "not a number from 0 to 100";
			break;
		case OPT_REPORT:
			c->report = true;
			break;
		case 'h':
			tell(usage_text);
		case 'V':
			tell("t2proto " T2_VERSION "\n");
		default:
			usage_error();
		}
		if (why != NULL)
			errx(EXIT_USAGE, "%s: %s", optarg, why);
	}
	tool_inputs(&c->cli, false);
	tool_filter(&c->cli, argv + optind, argc - optind);
	if (c->cli.plugins == NULL && c->cli.plugin_list == NULL)
		c->cli.plugins = "protoStats,tcpStates";
}

/* The counts of the plugin; they come first in its state. */
static struct protostat *
counts_find(const struct t2 *t)
{
	for (size_t i = 0; i < t->npl; i++)
		if (strcmp(t->pl[i].p->name, "protoStats") == 0)
			return t->pl[i].state;
	errx(EXIT_USAGE, "protoStats must be among the plugins of -p");
}

struct row {
	uint32_t number;
	uint64_t key;                   /* the rows with the biggest come first */
};

static int
by_key(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

/* An ethertype, or a pair of equal LLC addresses, as hdrDesc names it. */
static const char *
type_name(const struct dissect *d, uint32_t type)
{
	const struct proto *proto = proto_find(d, SP_ETHER, type);

	if (proto == NULL && type >> 8 == (type & 0xff))
		proto = proto_find(d, SP_LLC, type >> 8);
	return proto != NULL ? proto->name : "";
}

static void
print_row(const struct protostat_table *v, uint32_t k, const struct protostat_names *names,
    const struct dissect *d)
{
	struct name name;

	protostat_name(names, v, k, &name);
	if (v->kind == NAMES_ETHER) {
		name.s = type_name(d, k);
		name.n = (uint32_t)strlen(name.s);
	}
	printf(v->kind == NAMES_ETHER ? "%s\t0x%04x" : "%s\t%u", v->layer, k);
	printf("\t%" PRIu64 "\t%" PRIu64 "\t%.3f\t%.*s\t%.*s\n", v->v[k].pkts, v->v[k].bytes,
	    protostat_percent(v, k), (int)name.n, name.s, (int)name.ntext, name.text);
}

static void
print_table(const struct t2proto *c, const struct protostat_table *v,
    const struct protostat_names *names, const struct dissect *d)
{
	static const size_t key[] = {
		[BY_PACKETS] = offsetof(struct tally, pkts),
		[BY_BYTES] = offsetof(struct tally, bytes),
	};
	struct row *row = calloc(v->n, sizeof(*row));
	size_t n = 0;

	if (row == NULL)
		err(EXIT_FAILURE, NULL);
	for (uint32_t k = 0; k < v->n; k++) {
		if (v->v[k].pkts == 0 || protostat_percent(v, k) < c->min)
			continue;
		row[n].number = k;
		if (c->sort != BY_NUMBER)
			memcpy(&row[n].key, (const char *)&v->v[k] + key[c->sort],
			    sizeof(uint64_t));
		n++;
	}
	qsort(row, n, sizeof(*row), by_key);
	for (size_t i = 0; i < n && (c->top == 0 || i < c->top); i++)
		print_row(v, row[i].number, names, d);
	free(row);
}

static void
print_all(const struct t2proto *c, struct t2 *t, struct protostat *s)
{
	struct protostat_table v[TABLES];
	struct protostat_names names;
	int n;

	if (c->report) {
		protostat_print(s, t, stdout);
		return;
	}
	s->ether = s->udplite = s->sctp = true;
	n = protostat_tables(s, t2_totals(t), v);
	protostat_names_get(&names, s, t);
	puts("%layer\tnumber\tpackets\tbytes\tpercent\tname\tdescription");
	for (int i = 0; i < n; i++)
		print_table(c, &v[i], &names, &t->dissect);
	protostat_names_close(&names);
}

int
main(int argc, char **argv)
{
	struct t2proto c = { 0 };
	struct t2 *t = tool_new();
	struct protostat *s;
	int status;

	args_read(&c, argc, argv);
	tool_setup(&c.cli, t);
	tool_open(&c.cli, t, progress_say, &c.progress);
	tool_start(&c.cli, t);
	s = counts_find(t);
	progress_start(&c.progress, t, false);
	t->watch = progress_step;
	t->watch_arg = &c.progress;
	status = tool_run(t);
	progress_clear(&c.progress);
	print_all(&c, t, s);
	if (tool_stdout_close() != EXIT_SUCCESS)
		status = EXIT_FAILURE;
	return tool_free(&c.cli, t, status);
}
