/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * monitor_prom.c - a monitoring report as text for Prometheus, format 0.0.4.
 *
 * Prometheus wants all lines of a metric together, whatever the order of the columns is, and
 * counters that count from the start of the process.
 */
#include <inttypes.h>
#include <sys/resource.h>
#include <unistd.h>

#include "monitor.h"

static const char *
metric(char buf[MON_METRIC], const struct mon_col *c)
{
	return mon_metric(buf, c->col, c->pl != NULL ? c->pl->p->name : NULL);
}

/* In HELP backslash and line feed are escaped. */
static void
help(FILE *f, const char *name, const char *text, bool counter)
{
	fprintf(f, "# HELP %s ", name);
	for (; *text != '\0'; text++) {
		if (*text == '\\' || *text == '\n')
			putc('\\', f);
		putc(*text == '\n' ? 'n' : *text, f);
	}
	fprintf(f, "\n# TYPE %s %s\n", name, counter ? "counter" : "gauge");
}

static void
sample(FILE *f, const struct mon_report *m, size_t i, const char *name)
{
	const struct moncol *col = m->cols->v[i].col;
	const char *labels = col->metric != NULL ? strchr(col->metric, '{') : NULL;

	fprintf(f, "%s%s ", name, labels != NULL ? labels : "");
	if (col->level != NULL)
		fprintf(f, "%.9g\n", m->v[i].d);
	else
		fprintf(f, "%" PRIu64 "\n", m->v[i].n);
}

static void
seconds(FILE *f, const char *name, const char *text, int64_t ns)
{
	char s[FMT_MAX + 1];

	*fmt_time(s, ns, 9) = '\0';
	help(f, name, text, false);
	fprintf(f, "%s %s\n", name, s);
}

void
mon_prometheus(FILE *f, const struct mon_report *m, const struct t2 *t)
{
	const struct mon_cols *c = m->cols;
	char name[MON_METRIC], other[MON_METRIC];
	struct rusage u;

	help(f, "t2_info", "version, sensor number and process of t2", false);
	fprintf(f, "t2_info{version=\"" T2_VERSION "\",sensor=\"%" PRId64 "\",pid=\"%jd\"} 1\n",
	    t->core[CO_SENSORID].n, (intmax_t)getpid());
	seconds(f, "t2_capture_time_seconds", "time of the packets, since 1970", m->at);
	seconds(f, "t2_capture_duration_seconds", "time since the first packet",
	    m->at - t->tot.first);
	if (getrusage(RUSAGE_SELF, &u) == 0) {
		help(f, "t2_memory_max_bytes", "most memory in use so far", false);
		fprintf(f, "t2_memory_max_bytes %jd\n", (intmax_t)u.ru_maxrss * 1024);
	}
	for (size_t i = 0; i < c->n; i++) {
		size_t j = 0;

		metric(name, &c->v[i]);
		while (j < i && strcmp(metric(other, &c->v[j]), name) != 0)
			j++;
		if (name[0] == '\0' || j < i)   /* none, or done */
			continue;
		help(f, name, c->v[i].col->text, c->v[i].col->kind == MON_COUNT ||
		    c->v[i].col->kind == MON_RATE);
		for (j = i; j < c->n; j++)
			if (strcmp(metric(other, &c->v[j]), name) == 0)
				sample(f, m, j, name);
	}
}
