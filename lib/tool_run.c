/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tool_run.c - the way of a run in a tool, from its command line to its end.  What cannot be done
 * is told on stderr and ends the program.
 *
 * The order of the steps matters: options decide what is loaded, the capture that was opened names
 * the output, and nothing is written before the rights to capture are given up.
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>

#include "tool.h"
#include "usage.h"

struct t2 *
tool_new(void)
{
	struct t2 *t = t2_new();

	if (t == NULL)
		err(EXIT_FAILURE, NULL);
	return t;
}

bool
tool_option(struct cli *c, int letter, char *arg)
{
	int r = cli_option(c, letter, arg);

	if (r < 0)
		errx(EXIT_USAGE, "%s", c->err);
	return r > 0;
}

void
tool_split(struct split *s, const char *arg)
{
	split_free(s);
	if (split_parse(s, arg) != 0)
		errx(EXIT_USAGE, "-W: %s", s->err);
}

void
tool_write(struct t2 *t, struct split *s, const char **write)
{
	if (s->prefix == NULL)
		return;
	if (*write != NULL)
		errx(EXIT_USAGE, "-w and -W exclude each other");
	*write = s->prefix;
	t->split = s;
}

void
tool_inputs(struct cli *c, bool whole)
{
	if (cli_inputs(c, whole) == 0)
		return;
	warnx("%s", c->err);
	usage_error();
}

void
tool_filter(struct cli *c, char **word, int n)
{
	if (cli_filter(c, word, n) != 0)
		errx(EXIT_USAGE, "%s", c->err);
}

void
tool_setup(struct cli *c, struct t2 *t)
{
	if (cli_setup(c, t) != 0)
		errx(EXIT_USAGE, "%s", c->err);
}

void
tool_open(struct cli *c, struct t2 *t,
    void (*say)(void *arg, enum cap_event event, const char *text), void *arg)
{
	t->cap.say = say;
	t->cap.arg = arg;
	signals_start();
	if (cli_open(c, t) == 0)
		return;
	if (t->cap.err[0] != '\0')      /* else a signal has ended the waiting */
		warnx("%s", t->cap.err);
	exit(EXIT_FAILURE);
}

void
tool_start(struct cli *c, struct t2 *t)
{
	if (t->stop || t2_start(t) != 0 || cli_confine(c, t) != 0)
		errx(EXIT_FAILURE, "%s", t->err);
}

char *
tool_prefix(const struct cli *c, const char *write, const char *opened)
{
	char *prefix = cli_prefix(c, write, opened);

	if (prefix == NULL)
		err(EXIT_FAILURE, "%s", write != NULL ? write : opened);
	return prefix;
}

int
tool_run(struct t2 *t)
{
	if (t2_run(t) == 0)
		return EXIT_SUCCESS;
	warnx("%s", t->err);
	return EXIT_FAILURE;
}

int
tool_closed(const struct t2 *t, int r)
{
	if (r == 0)
		return EXIT_SUCCESS;
	if (errno != EPIPE)
		warnx("%s", t->err);
	return EXIT_FAILURE;
}

int
tool_stdout_close(void)
{
	bool failed = ferror(stdout) != 0;

	errno = 0;
	if (fclose(stdout) == 0 && !failed)
		return EXIT_SUCCESS;
	if (errno != EPIPE)
		warnx("stdout: %s", strerror(errno != 0 ? errno : EIO));
	return EXIT_FAILURE;
}

int
tool_free(struct cli *c, struct t2 *t, int status)
{
	if (t->cap.damaged)
		status = EXIT_FAILURE;
	t2_free(t);                     /* its captures are named by c */
	cli_free(c);
	return status;
}
