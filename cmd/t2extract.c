/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2extract - from flows back to their packets: a capture with the packets of chosen flows,
 * directions of flows, or packet numbers.
 *
 * The capture is read as t2flow does, so that flow indexes agree; only what shapes flows is run.
 * With an index of t2flow --index the wanted bytes alone are read.
 */
#include <err.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "../lib/extract.h"
#include "../lib/flowidx.h"
#include "../lib/tool.h"
#include "../lib/usage.h"

enum { OPT_BOTH = 512, OPT_PACKETS };

static const char usage_text[] =
	"usage: t2extract [OPTION]... -r FILE -w OUT [ITEM]...\n"
	"       t2flow -r FILE | tawk ... | t2extract -r FILE -w OUT\n"
	"Writes the packets of flows as a capture.  Flows come from ITEMs, from -e, or from rows\n"
	"of flow or packet records on stdin.\n"
	"\n"
	"  -w, --write OUT       the capture to write, - is stdout\n"
	"  -e, --extract LIST    list of flow indexes, one a line, or a flow file; repeatable\n"
	"  -v, --invert          all other packets\n"
	"      --both            both directions, whatever the rows of a flow file say\n"
	"      --packets         numbers are those of packets, not of flows\n"
	"  -I, --index FILE      read only what is needed, with an index of t2flow --index\n"
	"  -H, --headers FILE    plugins, options and filter as recorded in PREFIX_headers.txt\n"
	CLI_USAGE
	"  -h, --help            this text\n"
	"  -V, --version         version\n"
	"\n"
	"ITEM: flow 17, flows 1-20, one direction A@17, packets 0 to 9 of each direction 17:0,9.\n";

static const struct option long_options[] = {
	CLI_LONG,
	{ "write", required_argument, NULL, 'w' },
	{ "extract", required_argument, NULL, 'e' },
	{ "invert", no_argument, NULL, 'v' },
	{ "both", no_argument, NULL, OPT_BOTH },
	{ "packets", no_argument, NULL, OPT_PACKETS },
	{ "headers", required_argument, NULL, 'H' },
	{ "index", required_argument, NULL, 'I' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

struct main {
	struct t2 *t;
	struct cli cli;
	const char *write;              /* -w */
	const char *headers;            /* -H */
	const char *index;              /* -I */
	char **list;                    /* -e, nlist of them */
	size_t nlist;
	bool invert;                    /* -v */
	struct pick pick;
	struct progress progress;
};

/* What a signal has to remove. */
static struct dump dump;

static void
on_signal(int sig)
{
	if (dump.file.temp[0] != '\0')
		unlink(dump.file.temp);
	if (dump.old.temp[0] != '\0')
		unlink(dump.old.temp);
	signal(sig, SIG_DFL);
	raise(sig);
}

static void
option_take(struct main *m, int letter)
{
	switch (letter) {
	case 'w':
		m->write = optarg;
		break;
	case 'e':
		if ((m->list = reallocarray(m->list, m->nlist + 1, sizeof(*m->list))) == NULL)
			err(EXIT_FAILURE, NULL);
		m->list[m->nlist++] = optarg;
		break;
	case 'v':
		m->invert = true;
		break;
	case OPT_BOTH:
		m->pick.both = true;
		break;
	case OPT_PACKETS:
		m->pick.packets = true;
		break;
	case 'H':
		m->headers = optarg;
		break;
	case 'I':
		m->index = optarg;
		break;
	case 'h':
		tell(usage_text);
	case 'V':
		tell("t2extract " T2_VERSION "\n");
	default:
		usage_error();
	}
}

/* What of the command line cannot go together. */
static void
args_check(const struct main *m)
{
	bool set = m->cli.plugins != NULL || m->cli.plugin_list != NULL ||
	    m->cli.nassign > 0 || m->cli.filter_file != NULL ||
	    m->cli.max_flows != 0;

	if ((m->cli.npath == 0 && m->index == NULL) || m->write == NULL) {
		warnx(m->write == NULL ? "no output given: -w OUT" :
		    "no capture given: -r FILE or -R LIST");
		usage_error();
	}
	if (set && (m->headers != NULL || m->index != NULL)) {
		warnx("%s tells plugins, options and filter: no -p, -b, -o, -x, -F, --max-flows",
		    m->headers != NULL ? "-H" : "-I");
		usage_error();
	}
	if (m->index != NULL && (m->invert || m->headers != NULL || m->pick.packets)) {
		warnx("-I does not go with -v, -H and --packets");
		usage_error();
	}
}

static void
args_read(struct main *m, int argc, char **argv)
{
	int letter;

	usage_alone(argc, usage_text);
	usage_asked(argc, argv, usage_text);
	while ((letter = getopt_long(argc, argv, CLI_LETTERS "w:e:vH:I:hV", long_options, NULL)) !=
	    -1)
		if (!tool_option(&m->cli, letter, optarg))
			option_take(m, letter);
	args_check(m);
	tool_filter(&m->cli, argv, 0);
}

/* How often "-" is to be read: stdin can be one thing only. */
static int
stdin_uses(const struct main *m)
{
	int n = 0;

	for (size_t i = 0; i < m->cli.npath; i++)
		n += strcmp(m->cli.path[i], "-") == 0;
	for (size_t i = 0; i < m->nlist; i++)
		n += strcmp(m->list[i], "-") == 0;
	return n;
}

/* All that is wanted: items, lists, or else stdin. */
static void
pick_all(struct main *m, char **item, int nitem)
{
	struct pick *p = &m->pick;
	bool from_stdin = nitem == 0 && m->nlist == 0;

	if (stdin_uses(m) + from_stdin > 1) {
		warnx(from_stdin ? "which flows?  stdin is the capture already" :
		    "stdin cannot be read twice");
		usage_error();
	}
	for (int i = 0; i < nitem; i++)
		if (pick_item(p, item[i]) != 0)
			errx(EXIT_USAGE, "%s", p->err);
	for (size_t i = 0; i < m->nlist; i++)
		if (pick_read(p, m->list[i]) != 0)
			errx(EXIT_FAILURE, "%s", p->err);
	if (from_stdin && isatty(STDIN_FILENO)) {
		warnx("which flows?  ITEMs, -e LIST, or flow records on stdin");
		usage_error();
	}
	if (from_stdin && pick_read(p, "-") != 0)
		errx(EXIT_FAILURE, "%s", p->err);
	if (pick_empty(p))
		errx(EXIT_FAILURE, "%s: no flows in this list",
		    from_stdin ? "stdin" : m->list[0]);
	pick_ready(p);
}

static void
say_missing(const char *text)
{
	warnx("%s", text);
}

/* No file that is read may be written, lists and headers files included. */
static int
output_open(struct main *m, bool stream)
{
	size_t n = m->cli.npath;
	char **input = reallocarray(NULL, n + m->nlist + 3, sizeof(*input));
	int r;

	if (input == NULL)
		err(EXIT_FAILURE, NULL);
	memcpy(input, m->cli.path, n * sizeof(*input));
	for (size_t i = 0; i < m->nlist; i++)
		input[n++] = m->list[i];
	if (m->headers != NULL || m->index != NULL)
		input[n++] = (char *)(uintptr_t)(m->index != NULL ? m->index : m->headers);
	if (m->cli.filter_file != NULL)
		input[n++] = (char *)(uintptr_t)m->cli.filter_file;
	r = dump_open(&dump, m->write, stream, input, n);
	free(input);
	if (r != 0)
		warnx("%s", dump.err);
	return r;
}

static int
run_flows(struct main *m)
{
	struct extract x;
	int r;

	extract_join(&x, m->t, &m->pick, &dump);
	x.invert = m->invert;
	r = t2_run(m->t);
	t2_end(m->t);
	return extract_close(&x) != 0 || m->t->err[0] != '\0' ? -1 : r;
}

/* All is written: what there is to complain of. */
static int
conclude(struct main *m, uint64_t last)
{
	int status = pick_missing(&m->pick, last, say_missing) > 0 ? EXIT_FAILURE : EXIT_SUCCESS;

	if (dump.npkts > 0)
		return status;
	warnx("no packets, no file is written");
	return EXIT_FAILURE;
}

/* From the capture to the output; the exit status. */
static int
run(struct main *m)
{
	struct t2 *t = m->t;
	int r;

	t->cap.say = progress_say;
	t->cap.arg = &m->progress;
	t->only_shaping = true;
	if (cap_open(&t->cap, m->cli.path, m->cli.npath, m->cli.filter) != 0) {
		if (t->cap.err[0] != '\0')
			warnx("%s", t->cap.err);
		return EXIT_FAILURE;
	}
	if (t2_start(t) != 0)
		errx(EXIT_FAILURE, "%s", t->err);
	/* packets that cannot turn out to be unwanted, or of another form, go out at once */
	if (output_open(m, m->cli.npath == 1 && t->cap.file.linktype != 0 &&
	    (m->pick.packets || !extract_doubts(&m->pick))) != 0)
		return EXIT_FAILURE;
	progress_start(&m->progress, t, false);
	t->watch = progress_step;
	t->watch_arg = &m->progress;
	r = m->pick.packets ? extract_packets(t, &m->pick, &dump, m->invert) : run_flows(m);
	progress_clear(&m->progress);
	if (r != 0) {
		warnx("%s", dump.err[0] != '\0' ? dump.err : t->err);
		return EXIT_FAILURE;
	}
	return conclude(m, m->pick.packets ? t->tot.npkts : t->next_index);
}

/* The captures of an index: as given, else beside it. */
static void
captures_find(struct main *m, const struct flowidx *x)
{
	const char *slash = strrchr(m->index, '/');
	char *path;

	if (m->cli.npath == 0) {
		for (uint32_t i = 0; i < x->ncap; i++) {
			if (asprintf(&path, "%.*s%s", slash != NULL ? (int)(slash - m->index) + 1 :
			    0, m->index, x->cap[i].name) < 0)
				err(EXIT_FAILURE, NULL);
			if (cli_option(&m->cli, 'r', path) < 0)
				errx(EXIT_FAILURE, "%s", m->cli.err);
			free(path);
		}
	}
	if (m->cli.npath != x->ncap)
		errx(EXIT_FAILURE, "%s: this index is of %u captures, %zu are given", m->index,
		    x->ncap, m->cli.npath);
}

static int
run_indexed(struct main *m)
{
	struct flowidx x;
	int status = EXIT_FAILURE;

	if (flowidx_open(&x, m->index) != 0) {
		warnx("%s", x.err);
	} else {
		captures_find(m, &x);
		if (output_open(m, x.ncap == 1 && x.cap[0].ncontext == 0) == 0) {
			if (flowidx_extract(&x, m->cli.path, &m->pick, &dump) != 0)
				warnx("%s", dump.err[0] != '\0' ? dump.err : x.err);
			else
				status = conclude(m, x.nflows);
		}
	}
	flowidx_free(&x);
	return status;
}

static void
signals_catch(void)
{
	static const int caught[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < ARRAY_LEN(caught); i++)
		if (signal(caught[i], SIG_IGN) != SIG_IGN)
			signal(caught[i], on_signal);
	signal(SIGPIPE, SIG_IGN);       /* write() tells */
	signal(SIGXFSZ, SIG_IGN);
}

int
main(int argc, char **argv)
{
	struct main m = { 0 };
	struct t2 *t = m.t = tool_new();
	int status;

	args_read(&m, argc, argv);
	if (m.index == NULL && (m.headers != NULL ? headers_setup(&m.cli, t, m.headers) :
	    cli_setup(&m.cli, t)) != 0)
		errx(EXIT_USAGE, "%s", m.cli.err);
	pick_all(&m, argv + optind, argc - optind);
	signals_catch();
	status = m.index != NULL ? run_indexed(&m) : run(&m);
	free(m.list);
	pick_free(&m.pick);
	return tool_free(&m.cli, t, status);
}
