/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * monitor.c - when a run that goes on tells of itself, and where to.
 *
 * USR1 asks for a report, USR2 begins and ends reports at intervals.  They go into the files that
 * options name, or else where the end report goes.  Surprise: intervals of packet time end exactly
 * there, between two packets, so that the same capture gives the same rows in every run.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "monitor.h"
#include "signals.h"

enum { SEC_MAX = 31536000 };

int
monitor_option(struct monitor *m, int letter, const char *arg)
{
	const char *why = NULL;

	switch (letter) {
	case 'm':
		m->to_file = true;
		return 1;
	case 'M':
		m->every = strtonum(arg, 1, SEC_MAX, &why) * NS_PER_SEC;
		if (why != NULL)
			snprintf(m->err, sizeof(m->err), "--monitor: %.40s: %s", arg, why);
		return why != NULL ? -1 : 1;
	case MONITOR_PROMETHEUS:
		m->prometheus = arg;
		return 1;
	}
	return 0;
}

static void
failed(struct monitor *m, const char *what, const char *why)
{
	if (m->status != EXIT_SUCCESS)  /* once is enough */
		return;
	m->status = EXIT_FAILURE;
	t2_error(m->t, "%s: %s", what, why);
	m->t->cap.say(m->t->cap.arg, CAP_WARN, m->t->err);
	m->t->err[0] = '\0';            /* the run goes on */
}

/* reports --------------------------------------------------------------------------------- */

static void
write_prometheus(struct monitor *m, const struct mon_report *report)
{
	struct newfile file;
	char *text = NULL, err[NEWFILE_PATH + 256];
	size_t n;
	FILE *f = open_memstream(&text, &n);

	if (f == NULL) {
		failed(m, m->prometheus, strerror(errno));
		return;
	}
	mon_prometheus(f, report, m->t);
	if (fclose(f) != 0) {
		failed(m, m->prometheus, strerror(errno));
	} else if (newfile_open(&file, m->prometheus, false, m->t->cap.path, m->t->cap.npath, err,
	    sizeof(err)) != 0) {
		failed(m, "monitoring", err);
	} else {
		if (newfile_write(&file, text, n) != 0 || newfile_commit(&file) != 0)
			failed(m, m->prometheus, strerror(errno));
		newfile_abort(&file);
	}
	free(text);
}

static void
write_row(struct monitor *m, const struct mon_report *report)
{
	FILE *f = m->rows != NULL ? m->rows : m->report->out;

	mon_row(f, report);
	m->nrows++;
	if (fflush(f) != 0 && m->rows != NULL)
		failed(m, m->path, strerror(errno));
}

/* A report about the time until at. */
static void
report_at(struct monitor *m, int64_t at)
{
	bool diff = m->diff && m->begun;
	struct mon_value *v = m->now;
	struct mon_report report = { .cols = &m->cols, .type = m->diff ? 'D' : 'A',
	    .at = at, .since = diff ? m->since : m->t->tot.first, .v = v,
	    .before = diff ? m->before : NULL };

	if (m->t->cap.live_conf != NULL)
		cap_live_stats(&m->t->cap);
	mon_cols_read(&m->cols, v);
	if (report.since > at)          /* time runs backwards */
		report.since = at;
	progress_clear(m->progress);
	if (m->prometheus != NULL)
		write_prometheus(m, &report);
	if (m->rows != NULL || (m->prometheus == NULL && m->rows_on))
		write_row(m, &report);
	else if (m->prometheus == NULL)
		report_interim(m->report, &report, diff ? &m->totals : NULL);
	m->now = m->before;
	m->before = v;
	m->totals = m->t->tot;
	m->since = at;
	m->begun = true;
}

/* intervals ------------------------------------------------------------------------------- */

/* Packets reach the end of an interval.  Without packets in between it lasts longer. */
static void
tick(void *arg, int64_t now)
{
	struct monitor *m = arg;
	struct t2 *t = m->t;

	if (t->tick_at == INT64_MIN) {
		t->tick_at = now + m->every;    /* the first packet */
		return;
	}
	t->tick_at += (now - t->tick_at) / m->every * m->every;
	report_at(m, t->tick_at);
	t->tick_at += m->every;
}

static void
switch_on(struct monitor *m)
{
	m->on = true;
	m->next = clock_ns() + m->every;
	if (!m->by_packets)
		return;
	m->t->tick = tick;
	m->t->tick_arg = m;
	m->t->tick_at = m->t->tot.npkts == 0 ? INT64_MIN : m->t->now + m->every;
}

static void
switch_off(struct monitor *m)
{
	m->on = false;
	m->t->tick = NULL;
}

void
monitor_step(struct monitor *m, bool idle)
{
	int64_t now;

	if (idle && m->synced)
		return;
	if (signals_taken(SIGUSR2) % 2 == 1)
		(m->on ? switch_off : switch_on)(m);
	if (signals_taken(SIGUSR1) > 0)
		report_at(m, m->t->now);
	if (!m->on)
		return;
	if (m->by_packets) {            /* a time in the future was a mistake */
		if (m->t->tick_at != INT64_MIN && m->t->now < m->t->tick_at - 2 * m->every)
			m->t->tick_at = m->t->now + m->every;
		return;
	}
	if ((now = clock_ns()) < m->next)
		return;
	m->next += ((now - m->next) / m->every + 1) * m->every;
	report_at(m, m->t->now);
}

/* start and end --------------------------------------------------------------------------- */

static int
rows_open(struct monitor *m, const char *prefix)
{
	if ((m->path = prefix_path(m->t, prefix, "_monitoring.txt")) == NULL)
		return -1;
	if ((m->rows = fopen(m->path, "we")) == NULL) {
		t2_error(m->t, "%s: %s", m->path, strerror(errno));
		return -1;
	}
	return 0;
}

/* Tried before the run, so that a wrong name ends it at once. */
static int
prometheus_check(struct monitor *m)
{
	struct newfile file;
	char err[NEWFILE_PATH + 256];

	if (newfile_open(&file, m->prometheus, false, m->t->cap.path, m->t->cap.npath, err,
	    sizeof(err)) != 0) {
		t2_error(m->t, "%.480s", err);
		return -1;
	}
	newfile_abort(&file);
	return 0;
}

int
monitor_open(struct monitor *m, struct t2 *t, struct report *r, struct progress *p,
    const char *prefix)
{
	m->t = t;
	m->report = r;
	m->progress = p;
	m->on = m->every != 0 || t->core[CO_MONINTTMPCP].n != 0 ||
	    t->core[CO_MONINTTMPCP_ON].n != 0;
	if (m->every == 0)
		m->every = t->core[CO_MONINTV].n * NS_PER_SEC;
	m->by_packets = t->core[CO_MONINTTMPCP].n != 0;
	m->diff = t->core[CO_DIFF_REPORT].n != 0;
	m->rows_on = t->core[CO_MACHINE_REPORT].n != 0;
	m->synced = t->core[CO_MONINTPSYNC].n != 0;
	if (mon_cols_make(&m->cols, t) != 0 ||
	    (m->now = calloc(m->cols.n, sizeof(*m->now))) == NULL ||
	    (m->before = calloc(m->cols.n, sizeof(*m->before))) == NULL) {
		t2_error(t, "%s", strerror(errno));
		return -1;
	}
	if ((m->to_file && rows_open(m, prefix) != 0) ||
	    (m->prometheus != NULL && prometheus_check(m) != 0))
		return -1;
	if (m->rows != NULL || (m->prometheus == NULL && m->rows_on))
		mon_row_header(m->rows != NULL ? m->rows : r->out, &m->cols);
	signals_take(SIGUSR1);
	signals_take(SIGUSR2);
	if (m->on)
		switch_on(m);
	return 0;
}

int
monitor_close(struct monitor *m)
{
	bool rows = m->rows != NULL || m->rows_on;

	/* for people the end report follows, which says the same */
	if (m->t->tot.npkts > 0 && (m->prometheus != NULL || (m->on && rows)))
		report_at(m, m->t->tot.last > m->since ? m->t->tot.last : m->since);
	if (m->rows != NULL && fclose(m->rows) != 0)
		failed(m, m->path, strerror(errno));
	if (m->rows != NULL && m->nrows == 0)
		unlink(m->path);
	free(m->path);
	free(m->cols.v);
	free(m->now);
	free(m->before);
	return m->status;
}
