/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * headers.c - PREFIX_headers.txt: when, with what and with which options a flow file was made,
 * and what its columns are.
 *
 * Plugins and options are recorded in full, because flow indexes depend on them.
 */
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "tool.h"

struct headers {                        /* what goes into the file */
	struct t2 *t;
	const struct colset *cols;
	char **argv;
};

static void
print_run(struct t2 *t, FILE *f, char **argv)
{
	struct timespec now;
	struct utsname u;
	char text[128];

	clock_gettime(CLOCK_REALTIME, &now);
	fprintf(f, "# Date: %s\n", fmt_point(text, sizeof(text),
	    now.tv_sec * NS_PER_SEC + now.tv_nsec, 6, false));
	fprintf(f, "# t2 %s.\n", T2_VERSION);
	fprintf(f, "# sensorID: %jd\n", (intmax_t)t->core[CO_SENSORID].n);
	fprintf(f, "# PID: %jd\n", (intmax_t)getpid());
	fprintf(f, "# Command line:");
	for (; *argv != NULL; argv++)
		fprintf(f, " %s", *argv);
	if (uname(&u) == 0)
		fprintf(f, "\n# HW Info: %s;%s;%s;%s;%s\n#\n", u.nodename, u.sysname, u.release,
		    u.version, u.machine);
}

static void
print_set(struct t2 *t, FILE *f)
{
	fprintf(f, "# Plugins loaded:\n");
	for (size_t i = 0; i < t->npl; i++)
		fprintf(f, "#   %02zu: %s, version %s\n", i + 1, t->pl[i].p->name,
		    t->pl[i].p->version);
	fprintf(f, "#\n# Options: ");
	opts_print_set(&t->opts, f);
	fprintf(f, "\n");
	if (t->cap.filter != NULL)
		fprintf(f, "# Filter: %s\n", t->cap.filter);
	if (t->max_flows != 0)
		fprintf(f, "# Max flows: %ju\n", (uintmax_t)t->max_flows);
	fprintf(f, "#\n");
}

static void
print_all(FILE *f, void *arg)
{
	const struct headers *h = arg;
	struct t2 *t = h->t;

	print_run(t, f, h->argv);
	print_set(t, f);
	fprintf(f, "# Col No.\tType\tName\tDescription\n");
	col_list(f, h->cols, opts_get(&t->opts, "txtSink", "TFS_NC_TYPE")->n == 0,
	    opts_get(&t->opts, "txtSink", "B2T_TIMESTR")->n != 0);
}

int
headers_write(struct t2 *t, const char *prefix, const struct colset *cols, char **argv)
{
	struct headers h = { t, cols, argv };

	return prefix_write(t, prefix, "_headers.txt", print_all, &h);
}
