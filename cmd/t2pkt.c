/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2pkt - packet records from captures: one tab-separated line for each packet, with the number
 * of its flow, on stdout or in PREFIX_packets.txt; or the payload of one flow.
 */
#include <err.h>
#include <getopt.h>
#include <stdlib.h>

#include "../lib/tool.h"
#include "../lib/usage.h"

enum { OPT_CONTENT = 512, OPT_STREAM, OPT_STREAM_FORMAT };

static const char usage_text[] =
	"usage: t2pkt [OPTION]... -r FILE [FILTER]\n"
	"       t2pkt --stream FLOWIND[A|B] [OPTION]... -r FILE [FILTER]\n"
	"Prints the packets of captures: one tab-separated line each, with the number of its\n"
	"flow; or the payload of one flow.\n"
	"\n"
	CLI_LIVE_USAGE
	"  -c, --columns LIST    only these columns, joined by commas, in this order\n"
	"  -w, --write PREFIX    write PREFIX_packets.txt instead of stdout;\n"
	"                        a folder: a file in it named like the capture\n"
	"      --content FORM    the payload: text (default), hex, or off\n"
	"      --stream FLOWIND  the payload of the flow with this number; with A or B behind it\n"
	"                        only that of one direction\n"
	"      --stream-format FORM\n"
	"                        text (default), hex, or raw\n"
	"  -h, --help            this text\n"
	"  -V, --version         version\n"
	"\n"
	"FILTER is a packet filter as in pcap-filter(7).  The columns: t2pkt(1).\n";

static const struct option long_options[] = {
	CLI_LIVE_LONG,
	{ "columns", required_argument, NULL, 'c' },
	{ "write", required_argument, NULL, 'w' },
	{ "content", required_argument, NULL, OPT_CONTENT },
	{ "stream", required_argument, NULL, OPT_STREAM },
	{ "stream-format", required_argument, NULL, OPT_STREAM_FORMAT },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

struct t2pkt {
	struct t2 *t;
	struct cli cli;
	const char *write;              /* -w */
	bool follow;                    /* --stream */
	struct stream_conf conf;        /* of it */
	struct stream *stream;
	struct pktsink sink;
	struct progress progress;
};

/* Sets the two switches of the payload's columns. */
static void
content_set(struct t2pkt *c, const char *form)
{
	char text[64];
	bool as_text = strcmp(form, "text") == 0, as_hex = strcmp(form, "hex") == 0;

	if (!as_text && !as_hex && strcmp(form, "off") != 0) {
		warnx("--content %s: must be text, hex or off", form);
		usage_error();
	}
	snprintf(text, sizeof(text), "core.SPKTMD_PCNTC=%d", as_text);
	cli_option(&c->cli, 'o', text);
	snprintf(text, sizeof(text), "core.SPKTMD_PCNTH=%d", as_hex);
	cli_option(&c->cli, 'o', text);
}

/* FLOWIND, FLOWINDA or FLOWINDB. */
static void
stream_set(struct t2pkt *c, const char *arg)
{
	size_t n = strlen(arg);
	const char *why;
	char *number = strdup(arg);

	if (number == NULL)
		err(EXIT_FAILURE, NULL);
	if (n > 0 && (arg[n - 1] == 'A' || arg[n - 1] == 'B')) {
		c->conf.dir = arg[n - 1];
		number[n - 1] = '\0';
	}
	c->conf.flow = (uint64_t)strtonum(number, 1, INT64_MAX, &why);
	free(number);
	if (why != NULL) {
		warnx("--stream %s: must be the number of a flow, maybe with A or B behind it",
		    arg);
		usage_error();
	}
	c->follow = true;
}

static void
stream_format_set(struct t2pkt *c, const char *form)
{
	if (strcmp(form, "text") == 0) {
		c->conf.form = STREAM_TEXT;
	} else if (strcmp(form, "hex") == 0) {
		c->conf.form = STREAM_HEX;
	} else if (strcmp(form, "raw") == 0) {
		c->conf.form = STREAM_RAW;
	} else {
		warnx("--stream-format %s: must be text, hex or raw", form);
		usage_error();
	}
}

static void
args_read(struct t2pkt *c, int argc, char **argv)
{
	int letter;

	usage_alone(argc, usage_text);
	usage_asked(argc, argv, usage_text);
	while ((letter = getopt_long(argc, argv, CLI_LIVE_LETTERS "c:w:hV", long_options,
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
		case OPT_CONTENT:
			content_set(c, optarg);
			break;
		case OPT_STREAM:
			stream_set(c, optarg);
			break;
		case OPT_STREAM_FORMAT:
			stream_format_set(c, optarg);
			break;
		case 'h':
			tell(usage_text);
		case 'V':
			tell("t2pkt " T2_VERSION "\n");
		default:
			usage_error();
		}
	}
	tool_inputs(&c->cli, false);
	if (c->follow && (c->write != NULL || c->t->columns != NULL)) {
		warnx("--stream goes with neither -w nor -c: it writes payload to stdout");
		usage_error();
	}
	tool_filter(&c->cli, argv + optind, argc - optind);
}

static void
stream_start(struct t2pkt *c)
{
	c->conf.note = progress_note;
	c->conf.note_arg = &c->progress;
	if ((c->stream = stream_open(c->t, &c->conf)) == NULL)
		errx(EXIT_FAILURE, "%s", c->t->err);
	progress_start(&c->progress, c->t, true);
}

static int
stream_end(struct t2pkt *c)
{
	bool found;
	int r = stream_close(c->stream, &found);

	if (r != 0)
		return tool_closed(c->t, r);
	if (!found)
		warnx("there is no flow %ju", (uintmax_t)c->conf.flow);
	return found ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void
output_open(struct t2pkt *c)
{
	bool to_stdout = c->write == NULL || strcmp(c->write, "-") == 0;
	char *prefix = NULL;

	if (!to_stdout)
		prefix = tool_prefix(&c->cli, c->write, c->t->cap.path[0]);
	if (pktsink_open(&c->sink, c->t, prefix) != 0)
		errx(EXIT_FAILURE, "%s", c->t->err);
	free(prefix);
	progress_start(&c->progress, c->t, to_stdout);
}

int
main(int argc, char **argv)
{
	struct t2pkt c = { 0 };
	struct t2 *t = c.t = tool_new();
	int status, closed;

	args_read(&c, argc, argv);
	tool_setup(&c.cli, t);
	if (c.follow)
		t->only_shaping = true; /* the same flows, but no records */
	else if (pktsink_plan(t) != 0)
		errx(EXIT_USAGE, "%s", t->err);
	tool_open(&c.cli, t, progress_say, &c.progress);
	tool_start(&c.cli, t);
	if (c.follow)
		stream_start(&c);
	else
		output_open(&c);
	t->watch = progress_step;
	t->watch_arg = &c.progress;
	status = tool_run(t);
	t2_end(t);
	progress_clear(&c.progress);
	closed = c.follow ? stream_end(&c) : tool_closed(t, pktsink_close(&c.sink));
	return tool_free(&c.cli, t, closed != EXIT_SUCCESS ? closed : status);
}
