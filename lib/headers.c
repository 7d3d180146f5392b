/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * headers.c - PREFIX_headers.txt: when, with what and with which options a flow file was made,
 * and what its columns are.
 *
 * Plugins and options are recorded in full, because flow indexes depend on them.  With
 * SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/) nothing in the file
 * tells when and on which machine the run was.
 */
#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "tool.h"

struct headers {                        /* what goes into the file */
	struct t2 *t;
	const struct colset *cols;
	char **argv;
	int64_t date;                   /* of the run, ns */
	bool fixed;                     /* it is SOURCE_DATE_EPOCH's */
	bool failed;                    /* t has an error */
};

static void
print_interface(const struct cap *c, FILE *f)
{
	char text[256];

	if (c->live_conf == NULL)
		return;
	fprintf(f, "# Interface: %s\n", c->path[0]);
	fprintf(f, "# Link layer type: %s\n", cap_linktype_text(text, sizeof(text),
	    c->file.linktype));
	fprintf(f, "# Snapshot length: %u, buffer: %u, promiscuous: %s\n", c->live_conf->snaplen,
	    c->live_conf->buffer, c->live_conf->promisc ? "yes" : "no");
}

static int
date_set(struct headers *h)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH"), *why;
	struct timespec now;

	if (epoch != NULL && epoch[0] != '\0') {
		h->fixed = true;
		h->date = strtonum(epoch, 0, INT64_MAX / NS_PER_SEC, &why) * NS_PER_SEC;
		if (why == NULL)
			return 0;
		t2_error(h->t, "SOURCE_DATE_EPOCH: %s: %s", epoch, why);
		return -1;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	h->date = now.tv_sec * NS_PER_SEC + now.tv_nsec;
	return 0;
}

static void
print_run(const struct headers *h, FILE *f)
{
	struct utsname u;
	char text[128], *folder;

	fprintf(f, "# Date: %s\n", fmt_point(text, sizeof(text), h->date, 6,
	    h->fixed || h->t->core[CO_TSTAMP_R_UTC].n != 0));
	fprintf(f, "# t2 %s.\n", T2_VERSION);
	fprintf(f, "# sensorID: %jd\n", (intmax_t)h->t->core[CO_SENSORID].n);
	fprintf(f, "# PID: %jd\n", h->fixed ? 0 : (intmax_t)getpid());
	fprintf(f, "# Command line:");
	for (char **w = h->argv; *w != NULL; w++) {
		putc(' ', f);
		word_print(f, *w);
	}
	putc('\n', f);
	if ((folder = getcwd(NULL, 0)) != NULL) {
		fprintf(f, "# Folder: ");
		word_print(f, folder);
		putc('\n', f);
		free(folder);
	}
	if (h->fixed)
		fprintf(f, "# HW Info: -\n");
	else if (uname(&u) == 0)
		fprintf(f, "# HW Info: %s;%s;%s;%s;%s\n", u.nodename, u.sysname, u.release,
		    u.version, u.machine);
	print_interface(&h->t->cap, f);
	fprintf(f, "#\n");
}

static void
print_set(struct t2 *t, FILE *f)
{
	const char *path;
	char *full;

	fprintf(f, "# Plugins loaded:\n");
	for (size_t i = 0; i < t->npl; i++) {
		fprintf(f, "#   %02zu: %s, version %s", i + 1, t->pl[i].p->name,
		    t->pl[i].p->version);
		if ((path = t->pl[i].path) != NULL) {
			full = realpath(path, NULL);
			fprintf(f, ", from ");
			word_print(f, full != NULL ? full : path);
			free(full);
		}
		putc('\n', f);
	}
	fprintf(f, "#\n# Options: ");
	opts_print_set(&t->opts, f);
	fprintf(f, "\n");
	if (t->cap.filter != NULL)
		fprintf(f, "# Filter: %s\n", t->cap.filter);
	if (t->max_flows != 0)
		fprintf(f, "# Max flows: %ju\n", (uintmax_t)t->max_flows);
}

static void
print_all(FILE *f, void *arg)
{
	struct headers *h = arg;
	struct t2 *t = h->t;

	print_run(h, f);
	print_set(t, f);
	h->failed = t->hash && headers_sums(t, f) != 0;
	fprintf(f, "#\n");
	if (h->cols->n == 0)            /* BLOCK_BUF=1 */
		return;
	fprintf(f, "# Col No.\tType\tName\tDescription\n");
	col_list(f, h->cols, opts_get(&t->opts, "txtSink", "TFS_NC_TYPE")->n == 0,
	    opts_get(&t->opts, "txtSink", "B2T_TIMESTR")->n != 0);
}

int
headers_write(struct t2 *t, const char *prefix, const struct colset *cols, char **argv)
{
	struct headers h = { .t = t, .cols = cols, .argv = argv };

	if (date_set(&h) != 0 || prefix_write(t, prefix, "_headers.txt", print_all, &h) != 0)
		return -1;
	return h.failed ? -1 : 0;
}
