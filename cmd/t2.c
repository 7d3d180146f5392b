/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2 - everything about a capture in one pass: flow records, the plugins' side files, and a
 * report of what was seen.
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>

#include "../lib/flowidx.h"
#include "../lib/pcapd.h"
#include "../lib/runopt.h"
#include "../lib/usage.h"

static const char usage_text[] =
	"usage: t2 [OPTION]... -r FILE [FILTER]\n"
	"Writes the flows of captures and statistics about them; reports what was seen.\n"
	"\n"
	CLI_LIVE_USAGE
	"  -f, --factor N        keep at most N * 262144 flow directions in memory\n"
	"  -w, --write PREFIX    write PREFIX_flows.txt, PREFIX_headers.txt and so on;\n"
	"                        a folder: files in it named like the capture;\n"
	"                        -: flows to stdout; without -w: files beside the capture\n"
	"  -W, --split PREFIX[:SIZE][,START]  as -w, but cut the flow file into pieces of SIZE\n"
	"                        bytes, or with f behind it flows; the first has number START\n"
	"  -s, --packets         write a record of each packet to PREFIX_packets.txt\n"
	"  -e, --extract LIST    write the packets of the flows listed in LIST to LIST.pcap\n"
	"  -X, --index           write an index of the captures for t2extract -I to PREFIX.idx\n"
	"  -l, --log             write the report to PREFIX_log.txt instead of stdout\n"
	MONITOR_USAGE
	CPU_USAGE
	"      --hash            record checksums of all that is read in PREFIX_headers.txt\n"
	"  -h, --help            this text\n"
	"  -v, -V, --version     version\n"
	"\n"
	"FILTER is a packet filter as in pcap-filter(7).  The columns: t2cols(1).\n";

static const struct option long_options[] = {
	T2_LONG,
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

struct run {
	struct t2 *t;
	struct cli cli;
	struct cpu cpu;
	struct monitor monitor;
	uint64_t factor;                /* -f, 0: no limit */
	const char *write;              /* -w or that of -W */
	struct split split;             /* -W */
	const char *extract;            /* -e */
	struct pcapd pcapd;
	bool log;                       /* -l */
	bool indexed;                   /* -X */
	struct flowidx_make *index;
	char *index_path;
	bool to_stdout;                 /* -w - */
	bool drain;                     /* a Ctrl-C has ended the making of flows: it was told */
	bool started;                   /* the start lines were printed */
	char *prefix;                   /* of all files */
	const char *input;              /* the first that was opened */
	struct report report;
	struct progress progress;
	struct sink sink;
	struct pktsink packets;         /* -s */
};

static void
args_read(struct run *m, int argc, char **argv)
{
	const char *why;
	int letter, r;

	usage_alone(argc, usage_text);
	usage_asked(argc, argv, usage_text);
	while ((letter = getopt_long(argc, argv, T2_LETTERS "hvV", long_options,
	    NULL)) != -1) {
		if (tool_option(&m->cli, letter, optarg))
			continue;
		if ((r = cpu_option(&m->cpu, letter, optarg)) < 0)
			errx(EXIT_USAGE, "%s", m->cpu.err);
		if (r == 0 && (r = monitor_option(&m->monitor, letter, optarg)) < 0)
			errx(EXIT_USAGE, "%s", m->monitor.err);
		if (r > 0)
			continue;
		switch (letter) {
		case 'f':
			m->factor = (uint64_t)strtonum(optarg, 1, FLOWS_FACTOR_MAX, &why);
			if (why != NULL)
				errx(EXIT_USAGE, "--factor: %s: %s", optarg, why);
			break;
		case 'w':
			m->write = optarg;
			break;
		case 'W':
			tool_split(&m->split, optarg);
			break;
		case 'e':
			m->extract = optarg;
			break;
		case 's':
			m->t->packets = true;
			break;
		case 'l':
			m->log = true;
			break;
		case 'X':
			m->indexed = true;
			break;
		case OPT_HASH:
			m->t->hash = true;
			break;
		case 'h':
			tell(usage_text);
		case 'v': case 'V':
			tell("t2 " T2_VERSION "\n");
		default:
			usage_error();
		}
	}
	tool_write(m->t, &m->split, &m->write);
	tool_inputs(&m->cli, m->indexed || m->t->hash);
	if (m->factor != 0 && m->cli.max_flows != 0)
		errx(EXIT_USAGE, "--factor and --max-flows exclude each other");
	if (m->factor != 0)
		m->cli.max_flows = m->factor * FLOWS_NOMINAL;
	if (m->t->hash && cli_stdin(&m->cli))
		errx(EXIT_USAGE, "--hash: stdin can be read once only");
	tool_filter(&m->cli, argv + optind, argc - optind);
}

static void
say(void *arg, enum cap_event event, const char *text)
{
	struct run *m = arg;

	progress_clear(&m->progress);
	if (event == CAP_WARN)
		warnx("%s", text);
	else if (event == CAP_FILE && !m->started)
		m->input = text;
	else if (event == CAP_FILE)
		report_file(&m->report, text);
	else if (event == CAP_LINKTYPE)
		report_line(&m->report, "Link layer type: %s", text);
	if (m->index != NULL)
		flowidx_event(m->index, event);
}

/* A Ctrl-C that only ends the making of flows has come. */
static void
say_drain(struct run *m)
{
	if (!m->t->drain || m->drain)
		return;
	m->drain = true;
	progress_clear(&m->progress);
	report_line(&m->report, "[INF] SIGINT: Stop flow creation, when all pending flows "
	    "timeout (%jds): exit", (intmax_t)m->t->core[CO_FLOW_TIMEOUT].n);
}

static void
watch(void *arg, const struct pkt *v, int n)
{
	struct run *m = arg;

	report_packets(&m->report, v, n);
	say_drain(m);
	monitor_step(&m->monitor, false);
	progress_step(&m->progress, v, n);
}

static void
idle(void *arg)
{
	struct run *m = arg;

	say_drain(m);
	monitor_step(&m->monitor, true);
}

static void
say_warning(const char *text)
{
	warnx("%s", text);
}

/* The inputs are open and the plugins ready: opens all output and starts the report. */
static void
output_open(struct run *m, char **argv)
{
	FILE *out = stdout;
	char *path;

	m->to_stdout = m->write != NULL && strcmp(m->write, "-") == 0;
	m->prefix = tool_prefix(&m->cli, m->to_stdout ? NULL : m->write, m->input);
	if (m->log) {
		if ((path = prefix_path(m->t, m->prefix, "_log.txt")) == NULL)
			errx(EXIT_FAILURE, "%s", m->t->err);
		if ((out = fopen(path, "we")) == NULL)
			err(EXIT_FAILURE, "%s", path);
		free(path);
	} else if (m->to_stdout) {
		out = stderr;
	}
	if (m->index != NULL && ((m->index_path = prefix_path(m->t, m->prefix, ".idx")) == NULL ||
	    flowidx_path(m->index, m->index_path) != 0))
		errx(EXIT_FAILURE, "%s", m->t->err);
	report_open(&m->report, m->t, out);
	if (sink_open(&m->sink, m->t, m->prefix, m->to_stdout, argv) != 0 ||
	    (m->t->packets && pktsink_open(&m->packets, m->t, m->prefix) != 0))
		errx(EXIT_FAILURE, "%s", m->t->err);
	cpu_bind(&m->cpu, out, say_warning);
	if (m->factor != 0)
		m->report.nominal = m->factor * FLOWS_NOMINAL;
	report_start(&m->report, m->cli.list);
	if (m->extract != NULL)
		pcapd_start(&m->pcapd, m->report.out);
	m->started = true;
	report_file(&m->report, m->input);
	progress_start(&m->progress, m->t, m->to_stdout);
	m->t->watch = watch;
	m->t->idle = idle;
	m->t->watch_arg = m->t->idle_arg = m;
	if (monitor_open(&m->monitor, m->t, &m->report, &m->progress, m->prefix) != 0)
		errx(EXIT_FAILURE, "%s", m->t->err);
	if (m->extract != NULL) {
		if (pcapd_join(&m->pcapd) != 0)
			errx(EXIT_FAILURE, "%s", m->t->err);
		m->report.pcapd = &m->pcapd;
	}
	if (m->index != NULL)
		flowidx_join(m->index);
}

static int
index_close(struct run *m)
{
	struct flowidx_make *index = m->index;

	m->index = NULL;
	if (flowidx_close(index) == 0)
		return EXIT_SUCCESS;
	warnx("%s: not written: %s", m->index_path, m->t->err[0] != '\0' ? m->t->err :
	    "the run was stopped");
	return EXIT_FAILURE;
}

/* Writes the side files of the plugins and closes everything. */
static int
output_close(struct run *m)
{
	struct t2 *t = m->t;
	int status = EXIT_SUCCESS;

	for (size_t i = 0; i < t->npl; i++) {
		const struct plugin *p = t->pl[i].p;

		if (p->files == NULL || p->files(t->pl[i].state, m->prefix) == 0)
			continue;
		warnx("%s", t->err);
		status = EXIT_FAILURE;
	}
	if (tool_closed(t, sink_close(&m->sink)) != EXIT_SUCCESS)
		status = EXIT_FAILURE;
	if (t->packets && pktsink_close(&m->packets) != 0) {
		warnx("%s", t->err);
		status = EXIT_FAILURE;
	}
	if (report_close(&m->report) != 0 && errno != EPIPE) {
		warn("%s", m->log ? "log file" : "stdout");
		status = EXIT_FAILURE;
	}
	free(m->index_path);
	free(m->prefix);
	return status;
}

int
main(int argc, char **argv)
{
	struct run m = { 0 };
	struct t2 *t = m.t = tool_new();
	int status;

	args_read(&m, argc, argv);
	tool_setup(&m.cli, t);
	if (m.indexed && (m.index = flowidx_new(t, m.cli.path, m.cli.npath)) == NULL)
		errx(EXIT_FAILURE, "%s", t->err);
	tool_open(&m.cli, t, say, &m);
	cpu_priority(&m.cpu, say_warning);
	tool_start(&m.cli, t);
	signal(SIGPIPE, SIG_IGN);       /* a reader of the report may leave, the files go on */
	if (m.extract != NULL && pcapd_open(&m.pcapd, t, m.extract) != 0)
		errx(EXIT_FAILURE, "%s", t->err);
	output_open(&m, argv);
	status = tool_run(t);
	progress_clear(&m.progress);
	report_read(&m.report);
	t2_end(t);
	if (m.extract != NULL && pcapd_end(&m.pcapd, say_warning) != 0) {
		warnx("%s", t->err);
		status = EXIT_FAILURE;
	}
	if (m.index != NULL && index_close(&m) != EXIT_SUCCESS)
		status = EXIT_FAILURE;
	if (monitor_close(&m.monitor) != EXIT_SUCCESS)
		status = EXIT_FAILURE;
	report_end(&m.report);
	if (output_close(&m) != EXIT_SUCCESS)
		status = EXIT_FAILURE;
	pcapd_free(&m.pcapd);
	status = tool_free(&m.cli, t, status);
	split_free(&m.split);
	return status;
}
