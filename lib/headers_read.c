/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * headers_read.c - repeats a run: plugins, options, filter and limits as recorded in a
 * PREFIX_headers.txt, so that flow indexes agree.
 *
 * Nothing else counts then, neither the config file nor the environment.
 */
#include <stdlib.h>

#include "tool.h"

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
	struct recorded h;
	int r = recorded_read(&h, path, c->err, sizeof(c->err));

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
