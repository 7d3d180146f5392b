/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli.c - the flags that all tools share: input, filter, plugins, options.
 *
 * Options come from t2.conf, the environment and -o, in rising order of precedence.
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>

#include "tool.h"

extern char **environ;

static int
fail(struct cli *c, const char *name, const char *why)
{
	snprintf(c->err, sizeof(c->err), "%s: %s", name, why);
	return -1;
}

static int
append(struct cli *c, char ***v, size_t *n, const char *s)
{
	char **w = reallocarray(*v, *n + 1, sizeof(*w));

	if (w == NULL)
		return fail(c, s, strerror(errno));
	*v = w;
	if ((w[*n] = strdup(s)) == NULL)
		return fail(c, s, strerror(errno));
	(*n)++;
	return 0;
}

/* Lines of -R: a path each, comments with #, LF or CR-LF. */
static int
read_list(struct cli *c, const char *path)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
	char *line = NULL, *text;
	size_t room = 0, had = c->npath;
	uint64_t no = 0;
	ssize_t n;
	int r = 0;

	if (f == NULL)
		return fail(c, path, strerror(errno));
	c->list = path;
	while (r == 0 && (n = getline(&line, &room, f)) > 0) {
		if ((text = data_line(line, (size_t)n, ++no)) == NULL) {
			r = fail(c, path, "not text");
			break;
		}
		text[strcspn(text, "\r\n")] = '\0';
		if (text[0] != '\0' && text[0] != '#')
			r = append(c, &c->path, &c->npath, text);
	}
	if (r == 0 && ferror(f))
		r = fail(c, path, strerror(errno));
	else if (r == 0 && c->npath == had)
		r = fail(c, path, "no captures in this list");
	free(line);
	if (f != stdin)
		fclose(f);
	return r;
}

int
cli_option(struct cli *c, int letter, char *arg)
{
	const char *why;
	char text[64];

	switch (letter) {
	case 'r':
		c->file = true;
		return append(c, &c->path, &c->npath, arg) != 0 ? -1 : 1;
	case 'R':
		return read_list(c, arg) != 0 ? -1 : 1;
	case 'F':
		c->filter_file = arg;
		return 1;
	case 'o':
		return append(c, &c->assign, &c->nassign, arg) != 0 ? -1 : 1;
	case 'p':
		c->plugins = arg;
		return 1;
	case 'b':
		c->plugin_list = arg;
		return 1;
	case CLI_SKIP_BROKEN:
		c->skip_broken = true;
		return 1;
	case 'x':
		if (strlen(arg) > 32 || strpbrk(arg, "=, \t\n") != NULL)
			return fail(c, "-x", "not the number of a sensor");
		snprintf(text, sizeof(text), "core.SENSORID=%.32s", arg);
		return append(c, &c->assign, &c->nassign, text) != 0 ? -1 : 1;
	case CLI_MAX_FLOWS:
		c->max_flows = (uint64_t)strtonum(arg, 2, INT32_MAX, &why);
		return why != NULL ? fail(c, "--max-flows", why) : 1;
	}
	return cli_input(c, letter, arg);
}

bool
cli_stdin(const struct cli *c)
{
	for (size_t i = 0; i < c->npath; i++)
		if (strcmp(c->path[i], "-") == 0)
			return true;
	return false;
}

/* The filter in a file: everything but comments. */
static int
read_filter(struct cli *c, const char *path)
{
	FILE *f = fopen(path, "r"), *text;
	size_t n;
	int ch, comment = 0;
	bool nul = false;

	if (f == NULL)
		return fail(c, path, strerror(errno));
	if ((text = open_memstream(&c->filter, &n)) == NULL) {
		fclose(f);
		return fail(c, path, strerror(errno));
	}
	while ((ch = getc(f)) != EOF) {
		if (ch == '#' || ch == '\n' || ch == '\r')
			comment = ch == '#';
		putc(comment || ch == '\n' || ch == '\r' ? ' ' : ch, text);
		nul |= ch == '\0';
	}
	ch = ferror(f);
	fclose(f);
	if (fclose(text) != 0 || ch != 0)
		return fail(c, path, strerror(errno));
	if (nul)                        /* libpcap would read up to there only */
		return fail(c, path, "not text");
	while (n > 0 && c->filter[n - 1] == ' ')
		c->filter[--n] = '\0';
	return n == 0 ? fail(c, path, "the filter is empty") : 0;
}

int
cli_filter(struct cli *c, char **word, int n)
{
	size_t len;
	FILE *text;

	if (c->filter_file != NULL && n > 0)
		return fail(c, word[0], "the filter is already given by -F");
	if (c->filter_file != NULL)
		return read_filter(c, c->filter_file);
	if (n == 0)
		return 0;
	if ((text = open_memstream(&c->filter, &len)) == NULL)
		return fail(c, "filter", strerror(errno));
	for (int i = 0; i < n; i++)
		fprintf(text, "%s%s", i > 0 ? " " : "", word[i]);
	if (fclose(text) != 0)
		return fail(c, "filter", strerror(errno));
	/* the headers file has one line for it */
	for (char *s = c->filter; *(s += strcspn(s, "\r\n")) != '\0'; s++)
		*s = ' ';
	return 0;
}

/* A plugin is left out, which was asked for. */
static void
skipped(const char *why)
{
	warnx("%s; left out", why);
}

int
cli_setup(struct cli *c, struct t2 *t)
{
	struct plugin_wish wish = { .spec = c->plugins, .list = c->plugin_list,
	    .skip = c->skip_broken ? skipped : NULL };
	struct out_conf conf;
	const char *why;
	int r;

	if (t2_load(t, &wish) != 0) {
		snprintf(c->err, sizeof(c->err), "%s", t->err);
		return -1;
	}
	r = opts_file(&t->opts, NULL, false);
	if (r == 0)
		r = opts_environ(&t->opts, environ);
	for (size_t i = 0; r == 0 && i < c->nassign; i++)
		r = opts_set(&t->opts, c->assign[i]);
	/* the core's switch for what is the plugin's business here */
	if (r == 0 && opt_core(t, "T2_PRI_HDRDESC")->n == 0 &&
	    opt_plugin(t, "basicFlow", "BFO_MAX_HDRDESC") != NULL)
		r = opts_set(&t->opts, "basicFlow.BFO_MAX_HDRDESC=0");
	if (r != 0) {
		snprintf(c->err, sizeof(c->err), "%s", t->opts.err);
		return -1;
	}
	t->max_flows = c->max_flows;
	if (out_configure(&conf, opts_owner(&t->opts, "txtSink"), &why) != 0)
		return fail(c, "txtSink", why);
	return 0;
}

void
cli_free(struct cli *c)
{
	for (size_t i = 0; i < c->npath; i++)
		free(c->path[i]);
	for (size_t i = 0; i < c->nassign; i++)
		free(c->assign[i]);
	free(c->path);
	free(c->assign);
	free(c->filter);
	series_free(&c->series);
}
