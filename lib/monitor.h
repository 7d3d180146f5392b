/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * monitor.h - reports of a run that goes on: on a signal, at intervals, for people, for programs.
 */
#ifndef T2_MONITOR_H
#define T2_MONITOR_H

#include "dump.h"
#include "tool.h"

struct mon_value {
	uint64_t n;
	double d;                       /* of columns with .level */
};
struct mon_col {                        /* a column of this run */
	const struct moncol *col;
	const struct loaded *pl;        /* owner; NULL for the core's */
	const void *state;              /* where its value is */
};
struct mon_cols {
	struct mon_col *v;
	size_t n;
};

/* monitor_cols.c: the numbers ------------------------------------------------------------- */

enum { MON_METRIC = 128 };
extern const struct moncol monitor_core[];      /* found in struct totals */
extern const struct moncol monitor_live[];      /* in front of them: found in struct cap_stats */
int mon_cols_make(struct mon_cols *c, const struct t2 *t);      /* -1: out of memory */
/* Their values as of now. */
void mon_cols_read(const struct mon_cols *c, struct mon_value *v);
/* The name for Prometheus, without labels; owner NULL for the core.  Returns buf; "" none. */
const char *mon_metric(char buf[MON_METRIC], const struct moncol *col, const char *owner);

/* monitor_row.c, monitor_prom.c: forms ---------------------------------------------------- */

struct mon_report {                     /* one report */
	const struct mon_cols *cols;
	char type;                      /* 'A' counts from the start, 'D' from the report before */
	int64_t at, since;              /* capture time of its end and start, ns */
	const struct mon_value *v;      /* as of its end */
	const struct mon_value *before; /* as of its start, NULL all 0 */
};
void mon_row_header(FILE *f, const struct mon_cols *c);
void mon_row(FILE *f, const struct mon_report *m);
/* The part of a column's value that belongs to the report. */
uint64_t mon_part(const struct mon_report *m, size_t i);
void mon_prometheus(FILE *f, const struct mon_report *m, const struct t2 *t);

/* monitor.c: when, and where to ----------------------------------------------------------- */

struct monitor {
	bool to_file;                   /* -m */
	const char *prometheus;         /* --prometheus */
	int64_t every;                  /* ns between reports, -M; 0 not given */
	struct t2 *t;
	struct report *report;
	struct progress *progress;
	struct mon_cols cols;
	struct mon_value *now, *before;
	struct totals totals;           /* of the report before */
	bool on;                        /* reports at intervals */
	bool by_packets;                /* intervals of capture time */
	bool diff, rows_on, synced;     /* DIFF_REPORT, MACHINE_REPORT, MONINTPSYNC */
	bool begun;                     /* there was a report */
	int64_t next;                   /* clock of the next one */
	int64_t since;                  /* capture time of the one before */
	FILE *rows;                     /* of -m, NULL none */
	char *path;
	uint64_t nrows;
	int status;                     /* of the run so far */
	char err[128];
};
#define MONITOR_LETTERS "mM:"
enum { MONITOR_PROMETHEUS = 768 };
#define MONITOR_LONG \
	{ "monitor", required_argument, NULL, 'M' }, \
	{ "monitor-file", no_argument, NULL, 'm' }, \
	{ "prometheus", required_argument, NULL, MONITOR_PROMETHEUS }
#define MONITOR_USAGE \
	"  -M, --monitor SEC     report what was seen so far every SEC seconds\n" \
	"  -m, --monitor-file    write these reports to PREFIX_monitoring.txt, as a table\n" \
	"      --prometheus FILE write these reports to FILE, as text for Prometheus\n"
/* Takes an option letter: 1 taken, 0 not one of these, -1 err. */
int monitor_option(struct monitor *m, int letter, const char *arg);
/* The run is about to start; from now on signals ask for reports.  -1 with err of t. */
int monitor_open(struct monitor *m, struct t2 *t, struct report *r, struct progress *p,
    const char *prefix);
void monitor_step(struct monitor *m, bool idle);        /* between batches of packets */
/* All flows have ended: the last report.  Returns EXIT_FAILURE if one was not written. */
int monitor_close(struct monitor *m);

#endif
