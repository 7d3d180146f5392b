/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sink.c - the flow records of a run: PREFIX_flows.txt or stdout, with header lines, and
 * PREFIX_headers.txt.
 *
 * Surprise: with both a prefix and stdout the records go to stdout, the headers file to its place.
 */
#include <errno.h>
#include <stdlib.h>

#include "tool.h"

static bool
option(const struct sink *s, const char *name)
{
	return opts_get(&s->t->opts, "txtSink", name)->n != 0;
}

int
sink_file_open(struct t2 *t, struct out *o, const char *path, bool packets)
{
	struct out_conf conf;
	const char *why;

	if (out_configure(&conf, opts_owner(&t->opts, "txtSink"), &why) != 0) {
		t2_error(t, "%s", why);
		return -1;
	}
	if (packets)
		conf.gz = false;
	conf.reltime = t->core[CO_RELTIME].n;
	conf.only6 = t->core[CO_IPV6_ACTIVATE].n == 1;
	if (out_open(o, path != NULL ? path : "-", &conf) == 0)
		return 0;
	t2_error(t, "%s: %s", path != NULL ? path : "stdout", strerror(errno));
	return -1;
}

int
sink_file_close(struct t2 *t, struct out *o)
{
	char name[256];

	snprintf(name, sizeof(name), "%s", o->name);
	if (out_close(o) == 0)
		return 0;
	t2_error(t, "%s: %s", name, strerror(errno));
	return -1;
}

static bool
record(void *arg, struct flow *f)
{
	struct sink *s = arg;

	if (s->t->alarms.only && !(f->stat & FS(ALARM)))
		return true;
	s->nrecords++;
	col_record(&s->out, &s->cols, f);
	return s->out.error == 0;
}

/* PREFIX_flows.txt, or with a split the next piece of it. */
static char *
flows_path(struct sink *s, const char *prefix)
{
	char suffix[32], piece[16] = "";

	if (s->t->split != NULL)
		snprintf(piece, sizeof(piece), "%u", s->t->split->next++);
	snprintf(suffix, sizeof(suffix), "_flows.txt%s%s", piece,
	    option(s, "GZ_COMPRESS") ? ".gz" : "");
	return prefix_path(s->t, prefix, suffix);
}

/* Goes on in the next piece; false with an error in t. */
static bool
next_piece(struct sink *s)
{
	struct out_conf conf = s->out.conf;
	char *path = NULL;
	bool good = sink_file_close(s->t, &s->out) == 0 &&
	    (path = flows_path(s, s->prefix)) != NULL;

	if (good && out_open(&s->out, path, &conf) != 0) {
		t2_error(s->t, "%s: %s", path, strerror(errno));
		good = false;
	}
	free(path);
	s->piece = s->nrecords;
	if (good && option(s, "TFS_PRI_HDR") && option(s, "TFS_PRI_HDR_FW"))
		col_header(&s->out, &s->cols);
	return good;
}

static bool
record_split(void *arg, struct flow *f)
{
	struct sink *s = arg;
	const struct split *split = s->t->split;
	uint64_t n;

	if (!record(s, f))
		return false;
	n = split->rows ? s->nrecords - s->piece :
	    s->out.written + (uint64_t)(s->out.p - s->out.buf);
	return n < split->size || next_piece(s);
}

static int
open_out(struct sink *s, const char *prefix, bool to_stdout)
{
	char *path = NULL;
	int r;

	if (!to_stdout && (path = flows_path(s, prefix)) == NULL)
		return -1;
	r = sink_file_open(s->t, &s->out, path, false);
	free(path);
	return r;
}

static int
columns_make(struct colset *s, struct t2 *t)
{
	if (colset_make(s, t->pl, t->npl, &t->opts, t->err, sizeof(t->err)) != 0)
		return -1;
	if (t->columns == NULL || colset_choose(s, t->columns, t->pl, t->npl, t->err,
	    sizeof(t->err)) == 0)
		return 0;
	colset_free(s);
	return -1;
}

int
sink_check(struct t2 *t)
{
	struct colset s;

	if (columns_make(&s, t) != 0)
		return -1;
	colset_free(&s);
	return 0;
}

int
sink_open(struct sink *s, struct t2 *t, const char *prefix, bool to_stdout, char **argv)
{
	*s = (struct sink){ .t = t, .blocked = t->core[CO_BLOCK_BUF].n != 0 };
	if (!option(s, "TFS_SPLIT"))
		t->split = NULL;
	if (alarms_check(t) != 0 || (!s->blocked && columns_make(&s->cols, t) != 0) ||
	    (!s->blocked && open_out(s, prefix, to_stdout) != 0))
		return -1;
	if (prefix != NULL && option(s, "TFS_HDR_FILE") &&
	    headers_write(t, prefix, &s->cols, argv) != 0)
		return -1;
	if (s->blocked)
		return 0;
	if (option(s, "TFS_EXTENDED_HEADER"))
		col_header_extended(&s->out, &s->cols);
	if (option(s, "TFS_PRI_HDR"))
		col_header(&s->out, &s->cols);
	if (t->split != NULL && (s->prefix = strdup(prefix)) == NULL) {
		t2_error(t, "%s", strerror(errno));
		return -1;
	}
	t->record = t->split != NULL ? record_split : record;
	t->record_arg = s;
	t->unsent[0] = &s->out;
	t->base = &s->out.conf.base;
	return 0;
}

int
sink_close(struct sink *s)
{
	if (s->blocked)
		return 0;
	if (option(s, "TFS_EXTENDED_HEADER") && s->t->split == NULL)
		col_header_count(&s->out, s->nrecords); /* a pipe keeps the blanks */
	colset_free(&s->cols);
	free(s->prefix);
	s->prefix = NULL;
	if (s->out.buf == NULL) {       /* a piece could not be made */
		errno = EIO;
		return -1;
	}
	return sink_file_close(s->t, &s->out);
}
