/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pktsink.c - the packet records of a run: PREFIX_packets.txt or stdout, with a header line.
 *
 * A record is written while its packet is processed, so what it tells of the flow is as of then.
 */
#include <errno.h>
#include <stdlib.h>

#include "tool.h"

static bool
record(void *arg, const struct pkt *p, struct flow *f)
{
	struct pktsink *s = arg;

	if (s->nrecords++ == 0)
		s->out.conf.base = s->t->tot.first;
	pkt_record(&s->out, &s->cols, p, f);
	return s->out.error == 0;
}

static int
open_out(struct pktsink *s, const char *prefix)
{
	char *path = NULL;
	int r;

	if (prefix != NULL && (path = prefix_path(s->t, prefix, "_packets.txt")) == NULL)
		return -1;
	r = sink_file_open(s->t, &s->out, path, true);
	free(path);
	return r;
}

static bool
prints(const struct pktset *s, const struct plugin *p)
{
	for (const struct pktcol *c = p->pktcols; c != NULL && c->name != NULL; c++)
		for (size_t i = 0; i < s->n; i++)
			if (s->v[i].col == c)
				return true;
	return false;
}

int
pktsink_plan(struct t2 *t)
{
	struct pktset s;

	if (pktset_make(&s, t, t->columns, t->err, sizeof(t->err)) != 0)
		return -1;
	for (size_t i = 0; i < t->npl; i++) {
		const struct plugin *p = t->pl[i].p;

		if (plugin_shapes(t, p) || (prints(&s, p) && !p->pktcols_plain))
			t->pl[i].run = RUN_ALL;
		else
			t->pl[i].run = prints(&s, p) ? RUN_INIT : RUN_NOT;
	}
	pktset_free(&s);
	t->packets = true;
	return 0;
}

int
pktsink_open(struct pktsink *s, struct t2 *t, const char *prefix)
{
	*s = (struct pktsink){ .t = t };
	if (pktset_make(&s->cols, t, t->columns, t->err, sizeof(t->err)) != 0 ||
	    open_out(s, prefix) != 0)
		return -1;
	if (opts_get(&t->opts, "txtSink", "TFS_PRI_HDR")->n != 0)
		pkt_header(&s->out, &s->cols);
	t->packet = record;
	t->packet_arg = s;
	t->unsent[1] = &s->out;
	return 0;
}

int
pktsink_close(struct pktsink *s)
{
	pktset_free(&s->cols);
	return sink_file_close(s->t, &s->out);
}
