/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2flow - flow records from captures: one tab-separated line for each direction of a
 * conversation, on stdout or in PREFIX_flows.txt.
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>

#include "../lib/flowidx.h"
#include "../lib/runopt.h"
#include "../lib/usage.h"

static const char usage_text[] =
	"usage: t2flow [OPTION]... -r FILE [FILTER]\n"
	"Prints the flows of captures: one tab-separated line for each direction.\n"
	"\n"
	CLI_LIVE_USAGE
	"  -c, --columns LIST    only these columns, joined by commas, in this order\n"
	"  -w, --write PREFIX    write PREFIX_flows.txt and PREFIX_headers.txt instead of stdout;\n"
	"                        a folder: files in it named like the capture\n"
	"  -W, --split PREFIX[:SIZE][,START]  as -w, but cut the flow file into pieces of SIZE\n"
	"                        bytes, or with f behind it flows; the first has number START\n"
	"      --index FILE      write an index of the captures for t2extract -I\n"
	"      --hash            record checksums of all that is read in PREFIX_headers.txt\n"
	"  -h, --help            this text\n"
	"  -V, --version         version\n"
	"\n"
	"FILTER is a packet filter as in pcap-filter(7).  The columns: t2cols(1).\n";

static const struct option long_options[] = {
	T2FLOW_LONG,
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

struct t2flow {
	struct t2 *t;
	struct cli cli;
	const char *write;              /* -w or that of -W */
	struct split split;             /* -W */
	const char *index_path;         /* --index */
	struct flowidx_make *index;
	struct sink sink;
	struct progress progress;
};

static void
args_read(struct t2flow *c, int argc, char **argv)
{
	int letter, r;

	while ((letter = getopt_long(argc, argv, T2FLOW_LETTERS "hV", long_options,
	    NULL)) != -1) {
		if ((r = cli_option(&c->cli, letter, optarg)) < 0)
			errx(EXIT_USAGE, "%s", c->cli.err);
		if (r > 0)
			continue;
		switch (letter) {
		case 'c':
			c->t->columns = optarg;
			break;
		case 'w':
			c->write = optarg;
			break;
		case 'W':
			split_free(&c->split);
			if (split_parse(&c->split, optarg) != 0)
				errx(EXIT_USAGE, "-W: %s", c->split.err);
			break;
		case OPT_INDEX:
			c->index_path = optarg;
			break;
		case OPT_HASH:
			c->t->hash = true;
			break;
		case 'h':
			tell(usage_text);
		case 'V':
			tell("t2flow " T2_VERSION "\n");
		default:
			usage_error();
		}
	}
	if (c->split.prefix != NULL) {
		if (c->write != NULL)
			errx(EXIT_USAGE, "-w and -W exclude each other");
		c->write = c->split.prefix;
		c->t->split = &c->split;
	}
	if (cli_inputs(&c->cli, c->index_path != NULL || c->t->hash) != 0) {
		warnx("%s", c->cli.err);
		usage_error();
	}
	if (c->t->hash && (c->write == NULL || strcmp(c->write, "-") == 0)) {
		warnx("--hash is for the headers file of -w PREFIX");
		usage_error();
	}
	if (c->t->hash && cli_stdin(&c->cli))
		errx(EXIT_USAGE, "--hash: stdin can be read once only");
	if (cli_filter(&c->cli, argv + optind, argc - optind) != 0)
		errx(EXIT_USAGE, "%s", c->cli.err);
}

static void
say(void *arg, enum cap_event event, const char *text)
{
	struct t2flow *c = arg;

	progress_say(&c->progress, event, text);
	if (c->index != NULL)
		flowidx_event(c->index, event);
}

/* Opens the output, which may be stdout. */
static void
output_open(struct t2flow *c, char **argv)
{
	bool to_stdout = c->write == NULL || strcmp(c->write, "-") == 0;
	char *prefix = NULL;

	if (!to_stdout && (prefix = cli_prefix(&c->cli, c->write, c->t->cap.path[0])) == NULL)
		err(EXIT_FAILURE, "%s", c->write);
	if (sink_open(&c->sink, c->t, prefix, to_stdout, argv) != 0)
		errx(EXIT_FAILURE, "%s", c->t->err);
	free(prefix);
	progress_start(&c->progress, c->t, to_stdout);
}

static int
output_close(struct t2flow *c)
{
	if (sink_close(&c->sink) == 0)
		return EXIT_SUCCESS;
	if (errno != EPIPE)
		warnx("%s", c->t->err);
	return EXIT_FAILURE;
}

static int
index_close(struct t2flow *c)
{
	struct flowidx_make *index = c->index;

	c->index = NULL;
	if (flowidx_close(index) == 0)
		return EXIT_SUCCESS;
	warnx("%s: not written: %s", c->index_path, c->t->err[0] != '\0' ? c->t->err :
	    "the output was not read to its end");
	return EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
	struct t2flow c = { 0 };
	struct t2 *t = c.t = t2_new();
	int status = EXIT_SUCCESS;

	if (t == NULL)
		err(EXIT_FAILURE, NULL);
	args_read(&c, argc, argv);
	if (cli_setup(&c.cli, t) != 0)
		errx(EXIT_USAGE, "%s", c.cli.err);
	if (sink_check(t) != 0)
		errx(EXIT_USAGE, "%s", t->err);
	t->cap.say = say;
	t->cap.arg = &c;
	if (c.index_path != NULL && ((c.index = flowidx_new(t, c.cli.path, c.cli.npath)) == NULL ||
	    flowidx_path(c.index, c.index_path) != 0))
		errx(EXIT_FAILURE, "%s", t->err);
	signals_start();
	if (cli_open(&c.cli, t) != 0) {
		if (t->cap.err[0] != '\0')
			warnx("%s", t->cap.err);
		return EXIT_FAILURE;
	}
	if (t->stop || t2_start(t) != 0 || cli_confine(&c.cli, t) != 0)
		errx(EXIT_FAILURE, "%s", t->err);
	output_open(&c, argv);
	if (c.index != NULL)
		flowidx_join(c.index);
	t->watch = progress_step;
	t->watch_arg = &c.progress;
	if (t2_run(t) != 0) {
		warnx("%s", t->err);
		status = EXIT_FAILURE;
	}
	t2_end(t);
	progress_clear(&c.progress);
	if (c.index != NULL && index_close(&c) != EXIT_SUCCESS)
		status = EXIT_FAILURE;
	if (output_close(&c) != EXIT_SUCCESS || t->cap.damaged)
		status = EXIT_FAILURE;
	t2_free(t);                     /* its captures are named by cli */
	cli_free(&c.cli);
	split_free(&c.split);
	return status;
}
