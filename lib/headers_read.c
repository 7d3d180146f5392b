/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * headers_read.c - repeats a run: plugins, options, filter and limits as recorded in a
 * PREFIX_headers.txt, so that flow indexes agree.
 *
 * Nothing else counts then, neither the config file nor the environment.
 */
#include <errno.h>
#include <stdlib.h>

#include "tool.h"

struct recorded {
	char *plugins;                  /* names joined by commas */
	char *options;                  /* "owner.NAME=value" words, or NULL */
	char *filter;                   /* NULL none */
	uint64_t max_flows;
	char **column;                  /* their names */
	size_t ncolumns;
};

static void
recorded_free(struct recorded *h)
{
	for (size_t i = 0; i < h->ncolumns; i++)
		free(h->column[i]);
	free(h->column);
	free(h->plugins);
	free(h->options);
	free(h->filter);
}

/* "   01: basicFlow, version 0.9.0" behind the #. */
static int
take_plugin(struct recorded *h, const char *s)
{
	char *all, name[128];

	if (sscanf(s, " %*u: %127[^, ],", name) != 1)
		return 0;
	if (asprintf(&all, "%s%s%s", h->plugins != NULL ? h->plugins : "",
	    h->plugins != NULL ? "," : "", name) < 0)
		return -1;
	free(h->plugins);
	h->plugins = all;
	return 0;
}

/* "1 TAB C TAB dir TAB Flow direction". */
static int
take_column(struct recorded *h, const char *line)
{
	const char *name = strchr(line, '\t');
	char **v;

	if (line[0] < '0' || line[0] > '9' || name == NULL ||
	    (name = strchr(name + 1, '\t')) == NULL)
		return 0;
	if ((v = reallocarray(h->column, h->ncolumns + 1, sizeof(*v))) == NULL)
		return -1;
	h->column = v;
	if ((v[h->ncolumns] = strndup(name + 1, strcspn(name + 1, "\t"))) == NULL)
		return -1;
	h->ncolumns++;
	return 0;
}

/* The text behind "# Word: ", or NULL. */
static char *
behind(char *line, const char *word)
{
	size_t n = strlen(word);

	return strncmp(line, word, n) == 0 && line[n] != '\0' ? line + n : NULL;
}

static int
take_line(struct recorded *h, char *line)
{
	char *s;

	line[strcspn(line, "\r\n")] = '\0';
	if (line[0] != '#')
		return take_column(h, line);
	if ((s = behind(line, "# Options: ")) != NULL)
		return (h->options = strdup(s)) == NULL ? -1 : 0;
	if ((s = behind(line, "# Filter: ")) != NULL)
		return (h->filter = strdup(s)) == NULL ? -1 : 0;
	if ((s = behind(line, "# Max flows: ")) != NULL)
		h->max_flows = strtoull(s, NULL, 10);
	return behind(line, "#   ") != NULL ? take_plugin(h, line + 1) : 0;
}

static int
recorded_read(struct cli *c, struct recorded *h, const char *path)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	int r = 0;

	if (f == NULL) {
		snprintf(c->err, sizeof(c->err), "%.300s: %s", path, strerror(errno));
		return -1;
	}
	while (r == 0 && getline(&line, &size, f) > 0)
		r = take_line(h, line);
	if (r != 0 || ferror(f)) {
		snprintf(c->err, sizeof(c->err), "%.300s: %s", path, strerror(errno));
		r = -1;
	} else if (h->plugins == NULL || h->ncolumns == 0) {
		snprintf(c->err, sizeof(c->err), "%.300s: no headers file, it names no plugins",
		    path);
		r = -1;
	}
	free(line);
	fclose(f);
	return r;
}

/* Columns that these plugins do not have: the file is from another version or program. */
static int
check_columns(struct cli *c, struct t2 *t, const struct recorded *h, const char *path)
{
	struct colset set;

	if (colset_make(&set, t->pl, t->npl, &t->opts, c->err, sizeof(c->err)) != 0)
		return -1;
	c->err[0] = '\0';
	for (size_t i = 0; i < h->ncolumns && c->err[0] == '\0'; i++) {
		size_t k = 0;

		while (k < set.n && strcmp(set.v[k].col->name, h->column[i]) != 0)
			k++;
		if (k == set.n)
			snprintf(c->err, sizeof(c->err), "%.300s: a column %.64s is not among "
			    "those of its plugins and options here", path, h->column[i]);
	}
	colset_free(&set);
	return c->err[0] != '\0' ? -1 : 0;
}

int
headers_setup(struct cli *c, struct t2 *t, const char *path)
{
	struct recorded h = { 0 };
	int r = recorded_read(c, &h, path);

	if (r == 0 && (r = t2_load(t, &(struct plugin_wish){ .spec = h.plugins })) != 0)
		snprintf(c->err, sizeof(c->err), "%.300s: %.200s", path, t->err);
	if (r == 0 && h.options != NULL && (r = opts_set(&t->opts, h.options)) != 0)
		snprintf(c->err, sizeof(c->err), "%.300s: %.200s", path, t->opts.err);
	if (r == 0)
		r = check_columns(c, t, &h, path);
	t->max_flows = h.max_flows;
	free(c->filter);
	c->filter = h.filter;
	h.filter = NULL;
	recorded_free(&h);
	return r;
}
