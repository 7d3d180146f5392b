/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2flow - flow records from captures: one tab-separated line for each direction of a
 * conversation, on stdout or in PREFIX_flows.txt.
 */
#include <err.h>
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
	int letter;

	usage_alone(argc, usage_text);
	usage_asked(argc, argv, usage_text);
	while ((letter = getopt_long(argc, argv, T2FLOW_LETTERS "hV", long_options,
	    NULL)) != -1) {
		if (tool_option(&c->cli, letter, optarg))
			continue;
		switch (letter) {
		case 'c':
			c->t->columns = optarg;
			break;
		case 'w':
			c->write = optarg;
			break;
		case 'W':
			tool_split(&c->split, optarg);
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
	tool_write(c->t, &c->split, &c->write);
	tool_inputs(&c->cli, c->index_path != NULL || c->t->hash);
	if (c->t->hash && (c->write == NULL || strcmp(c->write, "-") == 0)) {
		warnx("--hash is for the headers file of -w PREFIX");
		usage_error();
	}
	if (c->t->hash && cli_stdin(&c->cli))
		errx(EXIT_USAGE, "--hash: stdin can be read once only");
	tool_filter(&c->cli, argv + optind, argc - optind);
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

	if (!to_stdout)
		prefix = tool_prefix(&c->cli, c->write, c->t->cap.path[0]);
	if (sink_open(&c->sink, c->t, prefix, to_stdout, argv) != 0)
		errx(EXIT_FAILURE, "%s", c->t->err);
	free(prefix);
	progress_start(&c->progress, c->t, to_stdout);
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
	struct t2 *t = c.t = tool_new();
	int status;

	args_read(&c, argc, argv);
	tool_setup(&c.cli, t);
	if (sink_check(t) != 0)
		errx(EXIT_USAGE, "%s", t->err);
	if (c.index_path != NULL && ((c.index = flowidx_new(t, c.cli.path, c.cli.npath)) == NULL ||
	    flowidx_path(c.index, c.index_path) != 0))
		errx(EXIT_FAILURE, "%s", t->err);
	tool_open(&c.cli, t, say, &c);
	tool_start(&c.cli, t);
	output_open(&c, argv);
	if (c.index != NULL)
		flowidx_join(c.index);
	t->watch = progress_step;
	t->watch_arg = &c.progress;
	status = tool_run(t);
	t2_end(t);
	progress_clear(&c.progress);
	if (c.index != NULL && index_close(&c) != EXIT_SUCCESS)
		status = EXIT_FAILURE;
	if (tool_closed(t, sink_close(&c.sink)) != EXIT_SUCCESS)
		status = EXIT_FAILURE;
	status = tool_free(&c.cli, t, status);
	split_free(&c.split);
	return status;
}
