/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli_input.c - what a tool reads, by its flags: files, or an interface, and with which rights.
 */
#include <errno.h>
#include <stdlib.h>

#include "confine.h"
#include "tool.h"

enum { SNAPLEN = 262144, SNAPLEN_MIN = 16, BUFFER = 32 << 20, BUFFER_MIN = 1 << 16 };

static int
number(struct cli *c, const char *flag, const char *arg, uint32_t min, uint32_t max, uint32_t *n)
{
	const char *why;

	*n = (uint32_t)strtonum(arg, min, max, &why);
	if (why == NULL)
		return 1;
	snprintf(c->err, sizeof(c->err), "%s %s: %s, must be %u to %u", flag, arg, why, min, max);
	return -1;
}

int
cli_input(struct cli *c, int letter, char *arg)
{
	switch (letter) {
	case 'i':
		if (c->iface != NULL) {
			snprintf(c->err, sizeof(c->err), "-i %s: only one interface at a time "
			    "(any stands for all)", arg);
			return -1;
		}
		c->iface = arg;
		return 1;
	case 'D':
		series_free(&c->series);
		if (series_parse(&c->series, arg) == 0)
			return 1;
		snprintf(c->err, sizeof(c->err), "-D %s", c->series.err);
		return -1;
	case 'S':
		return number(c, "-S", arg, SNAPLEN_MIN, SNAPLEN, &c->live.snaplen);
	case 'B':
		return number(c, "-B", arg, BUFFER_MIN, INT32_MAX, &c->live.buffer);
	case CLI_NO_PROMISC:
		c->no_promisc = true;
		return 1;
	case CLI_USER:
		c->user = arg;
		return 1;
	}
	return 0;
}

int
cli_inputs(struct cli *c, bool whole)
{
	bool series = c->series.text != NULL;
	int n = c->file + (c->list != NULL) + (c->iface != NULL) + series;
	bool live = c->live.snaplen != 0 || c->live.buffer != 0 || c->no_promisc ||
	    c->user != NULL;

	if (n == 0)
		snprintf(c->err, sizeof(c->err), "no input given: -r FILE, -R LIST, -D EXPR or "
		    "-i IFACE");
	else if (n > 1)
		snprintf(c->err, sizeof(c->err), "-r, -R, -D and -i exclude each other");
	else if (c->iface == NULL && live)
		snprintf(c->err, sizeof(c->err), "-S, -B, --no-promisc and --user go with -i only");
	else if ((c->iface != NULL || series) && whole)
		snprintf(c->err, sizeof(c->err), "indexes and hashes need whole files: -r FILE "
		    "or -R LIST");
	else
		return 0;
	return -1;
}

char *
cli_prefix(const struct cli *c, const char *w, const char *opened)
{
	char *name, *prefix;

	if (c->series.text != NULL)
		return prefix_make(w, series_is_pattern(&c->series) ? opened : c->series.text);
	if (c->iface == NULL)
		return prefix_make(w, c->list != NULL ? c->list : c->path[0]);
	/* an interface has no extension: eth0.7 is its name */
	if (asprintf(&name, "%s.", c->iface) < 0)
		return NULL;
	prefix = prefix_make(w, name);
	free(name);
	return prefix;
}

int
cli_open(struct cli *c, struct t2 *t)
{
	char *const *path = c->path;
	size_t n = c->npath;

	if (c->iface != NULL) {
		c->live.snaplen = c->live.snaplen != 0 ? c->live.snaplen : SNAPLEN;
		c->live.buffer = c->live.buffer != 0 ? c->live.buffer : BUFFER;
		c->live.promisc = !c->no_promisc;
		t->cap.live_conf = &c->live;
		path = &c->iface;
		n = 1;
	}
	if (c->series.text != NULL)
		t->cap.series = &c->series;
	return cap_open(&t->cap, path, n, c->filter);
}

int
cli_confine(struct cli *c, struct t2 *t)
{
	char text[512];
	bool root;

	if (c->iface == NULL)
		return 0;
	if (confine_drop(c->user, &root, t->err, sizeof(t->err)) != 0)
		return -1;
	if (!root || c->user != NULL)
		return 0;
	snprintf(text, sizeof(text), "%s: running as root: --user NAME, or a call by sudo, "
	    "makes it go on as that user", c->iface);
	cap_say(&t->cap, CAP_WARN, text);
	return 0;
}
