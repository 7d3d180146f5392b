/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * monitor_row.c - monitoring reports as rows of a table: tab-separated, with a header line.
 */
#include <inttypes.h>

#include "monitor.h"

enum { DIGITS = 6 };                    /* of times */

void
mon_row_header(FILE *f, const struct mon_cols *c)
{
	fputs("%repTyp\ttime\tdur", f);
	for (size_t i = 0; i < c->n; i++)
		fprintf(f, "\t%s", c->v[i].col->name);
	putc('\n', f);
}

uint64_t
mon_part(const struct mon_report *m, size_t i)
{
	enum mon_kind kind = m->cols->v[i].col->kind;

	if (m->before == NULL || (kind != MON_COUNT && kind != MON_RATE))
		return m->v[i].n;
	return m->v[i].n - m->before[i].n;
}

static double
kbits(uint64_t bytes, int64_t ns)
{
	return ns > 0 ? (double)bytes * 8e6 / (double)ns : 0;   /* 8 bit, ns to s, k */
}

void
mon_row(FILE *f, const struct mon_report *m)
{
	char at[FMT_MAX + 1], dur[FMT_MAX + 1];

	*fmt_time(at, m->at, DIGITS) = '\0';
	*fmt_time(dur, m->at - m->since, DIGITS) = '\0';
	fprintf(f, "USR1MR_%c\t%s\t%s", m->type, at, dur);
	for (size_t i = 0; i < m->cols->n; i++) {
		const struct moncol *col = m->cols->v[i].col;
		uint64_t n = mon_part(m, i);

		if (col->level != NULL)
			fprintf(f, "\t%.3f", m->v[i].d);
		else if (col->kind == MON_RATE)
			fprintf(f, "\t%.3f", kbits(n, m->at - m->since));
		else if (col->kind == MON_BITS)
			fprintf(f, "\t0x%016" PRIx64, n);
		else
			fprintf(f, "\t%" PRIu64, n);
	}
	putc('\n', f);
}
