/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * replay.c - the command line that repeats a recorded run.
 *
 * Its own words say what is read and what is written; plugins, options, filter and limits are
 * those that the headers file tells, as some came from a config file or the environment.  The
 * tables of options below are those of the tools; tests/replay.bats compares them with the help.
 */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "replay.h"
#include "runopt.h"

extern char **environ;

static const struct option t2_options[] = { T2_LONG, { NULL, 0, NULL, 0 } };
static const struct option t2flow_options[] = { T2FLOW_LONG, { NULL, 0, NULL, 0 } };
static const struct tool {
	const char *name, *letters;
	const struct option *options;
} tools[] = {
	{ "t2", T2_LETTERS, t2_options },
	{ "t2flow", T2FLOW_LETTERS, t2flow_options },
};

static int __attribute__((format(printf, 2, 3)))
fail(struct replay *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->err, sizeof(r->err), fmt, ap);
	va_end(ap);
	return -1;
}

static int
add(struct replay *r, const char *word)
{
	char **v = reallocarray(r->argv, (size_t)r->argc + 2, sizeof(*v));

	if (v == NULL)
		return fail(r, "%s", strerror(errno));
	r->argv = v;
	v[r->argc + 1] = NULL;
	if ((v[r->argc] = strdup(word)) == NULL)
		return fail(r, "%s", strerror(errno));
	r->argc++;
	return 0;
}

static int
add_option(struct replay *r, int letter, const char *arg)
{
	char flag[3] = { '-', (char)letter, '\0' };

	return add(r, flag) != 0 || (arg != NULL && add(r, arg) != 0) ? -1 : 0;
}

static void
leave_out(const struct replay *r, const char *option, const char *arg)
{
	char text[256];

	snprintf(text, sizeof(text), "%s%s%s", option, arg != NULL ? " " : "",
	    arg != NULL ? arg : "");
	if (r->note != NULL)
		r->note(text);
}

/* -D: one that waited until a signal came read nobody knows how many. */
static int
take_series(struct replay *r)
{
	struct series s;
	int status = series_parse(&s, optarg);

	if (status != 0 || s.stop == UINT64_MAX)
		status = fail(r, "the run read a series of captures without an end");
	series_free(&s);
	return status != 0 ? -1 : add_option(r, 'D', optarg);
}

/* -W: the same pieces elsewhere. */
static int
take_split(struct replay *r)
{
	struct split s;
	int status = split_parse(&s, optarg);

	if (status == 0)
		r->split = optarg + strlen(s.prefix);
	split_free(&s);
	return status != 0 ? fail(r, "-W %.64s cannot be read", optarg) : 0;
}

static int
take_option(struct replay *r, int letter, bool columns, char **words)
{
	switch (letter) {
	case 'r': case 'R':
		if (strcmp(optarg, "-") == 0)
			return fail(r, "the run read stdin, which is gone");
		return add_option(r, letter, optarg);
	case 'i':
		return fail(r, "the run captured from an interface");
	case 'D':
		return take_series(r);
	case 'W':
		return take_split(r);
	case 'm':
		leave_out(r, "-m", NULL);
		return 0;
	case 'M':
		leave_out(r, "-M", optarg);
		return 0;
	case MONITOR_PROMETHEUS:
		leave_out(r, "--prometheus", optarg);
		return 0;
	case 'c':
		return columns ? add_option(r, letter, optarg) : 0;     /* of t2: a core */
	case 'f':
		r->factor = true;       /* max_flows of the record is made of it */
		return add_option(r, letter, optarg);
	case 's': case 'X': case 'l':
		return add_option(r, letter, NULL);
	case 'w':
		return strcmp(optarg, "-") == 0 ?
		    fail(r, "the run wrote its flows to stdout") : 0;
	case 'F': case 'o': case 'p': case 'b': case 'x': case CLI_MAX_FLOWS: case CLI_SKIP_BROKEN:
	case 'P': case OPT_HASH:
		return 0;               /* the record tells it, or it does not matter */
	case 'e':
		leave_out(r, "-e", optarg);
		return 0;
	case OPT_INDEX:
		leave_out(r, "--index", optarg);
		return 0;
	}
	return fail(r, "an option that cannot be repeated: %.64s", words[optind - 1]);
}

/* What the record tells beside the command line. */
static int
add_recorded(struct replay *r)
{
	char n[32], *out = NULL;
	int failed;

	if (asprintf(&out, "%s%s", r->out, r->split != NULL ? r->split : "") < 0)
		return fail(r, "%s", strerror(errno));
	failed = add_option(r, r->split != NULL ? 'W' : 'w', out);
	free(out);
	if (failed || add_option(r, 'p', r->rec->plugins) != 0)
		return -1;
	if (r->rec->options != NULL && add_option(r, 'o', r->rec->options) != 0)
		return -1;
	snprintf(n, sizeof(n), "--max-flows=%ju", (uintmax_t)r->rec->max_flows);
	if (r->rec->max_flows != 0 && !r->factor && add(r, n) != 0)
		return -1;
	if (r->rec->filter == NULL)
		return 0;
	return add(r, "--") != 0 || add(r, r->rec->filter) != 0 ? -1 : 0;
}

static int
command_make(struct replay *r, int n, char **words)
{
	const char *slash = strrchr(words[0], '/'), *name = slash != NULL ? slash + 1 : words[0];
	const struct tool *t = tools;
	int letter;

	while (t < tools + ARRAY_LEN(tools) && strcmp(t->name, name) != 0)
		t++;
	if (t == tools + ARRAY_LEN(tools))
		return fail(r, "the run was of %.64s, not of t2 or t2flow", name);
	if (add(r, name) != 0)
		return -1;
	opterr = 0;
	optind = 0;                     /* tells getopt to start anew */
	while ((letter = getopt_long(n, words, t->letters, t->options, NULL)) != -1)
		if (take_option(r, letter, t->options == t2flow_options, words) != 0)
			return -1;
	return add_recorded(r);
}

int
replay_command(struct replay *r)
{
	char **words;
	int n, status;

	if (r->rec->command == NULL || r->rec->folder == NULL)
		return fail(r, "it does not tell the command line and its folder");
	if ((words = words_read(r->rec->command, &n)) == NULL)
		return fail(r, "its command line cannot be read");
	status = n == 0 ? fail(r, "its command line is empty") : command_make(r, n, words);
	words_free(words, n);
	return status;
}

void
replay_free(struct replay *r)
{
	words_free(r->argv, r->argc);
}

/* A variable that does not set options. */
static bool
is_harmless(const char *var)
{
	static const char *const names[] = { "PATH=", "HOME=", "USER=", "TMPDIR=", "TZ=", "LANG=",
		"LC_", "LD_", "ASAN_", "UBSAN_", "XDG_DATA_", "T2_SHARE=", "SOURCE_DATE_EPOCH=" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strncmp(var, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

void
replay_environment(const char *config)
{
	char **to = environ;

	for (char **from = environ; *from != NULL; from++)
		if (is_harmless(*from))
			*to++ = *from;
	*to = NULL;
	setenv("XDG_CONFIG_HOME", config, 1);
}
