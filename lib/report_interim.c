/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_interim.c - a monitoring report for people: where the run is, then the numbers of the
 * end report.
 */
#include <inttypes.h>
#include <time.h>
#include <unistd.h>

#include "monitor.h"

static void
print_bytes(FILE *f, const char *what, uint64_t n)
{
	char human[FMT_MAX];

	fprintf(f, "%s: %" PRIu64 "%s\n", what, n, fmt_human(human, sizeof(human), n));
}

/* A date of the clock. */
static const char *
report_wall(const struct report *r, char text[FMT_MAX], int64_t ns)
{
	return fmt_point(text, FMT_MAX, ns, 6, r->t->core[CO_TSTAMP_R_UTC].n != 0);
}

/* How far the input files are read, and how long the rest will take. */
static void
print_progress(const struct report *r, FILE *f, int64_t wall, int64_t elapsed)
{
	const struct cap *c = &r->t->cap;
	uint64_t used = cap_used(c);
	double part = (double)used / (double)c->size;
	int64_t left = part > 0 ? (int64_t)((double)elapsed * (1 - part) / part) : 0;
	char text[FMT_MAX];

	print_bytes(f, "Total bytes to process", c->size);
	fprintf(f, "Percentage completed: %.2f%%\n", 100 * part);
	if (c->npath > 1 && c->next > 0 && c->next <= c->npath)
		fprintf(f, "Current file: %s (%zu/%zu)\n", c->path[c->next - 1], c->next, c->npath);
	print_bytes(f, "Total bytes processed so far", used);
	fprintf(f, "Remaining time: %s\n", fmt_span(text, sizeof(text), left, 6));
	fprintf(f, "ETF: %s\n", report_wall(r, text, wall + left));
}

/* What the plugins count, in the place of their lines in the end report. */
void
report_plugins(const struct mon_report *m, FILE *f)
{
	char human[FMT_MAX];

	for (size_t i = 0; i < m->cols->n; i++) {
		const struct moncol *col = m->cols->v[i].col;
		const struct loaded *pl = m->cols->v[i].pl;
		uint64_t n = mon_part(m, i);

		if (pl == NULL)
			continue;
		if (col->level != NULL)
			fprintf(f, "%s: %s (%s): %.3f\n", pl->p->name, col->name, col->text,
			    m->v[i].d);
		else if (n > 0)
			fprintf(f, "%s: %s (%s): %" PRIu64 "%s\n", pl->p->name, col->name,
			    col->text, n, fmt_human(human, sizeof(human), n));
	}
}

static void
print_interim(const struct report *r, FILE *f)
{
	const struct mon_report *m = r->interim;
	int64_t wall = clock_wall_ns(), elapsed = clock_ns() - r->start;
	char text[FMT_MAX];

	putc('\n', f);
	report_ruler(f, '=');
	fprintf(f, "USR1 %c type report: t2 " T2_VERSION ". PID: %jd\n", m->type,
	    (intmax_t)getpid());
	fprintf(f, "PCAP time: %s\n", fmt_point(text, sizeof(text), m->at, 6, true));
	fprintf(f, "PCAP duration: %s\n", fmt_span(text, sizeof(text), m->at - m->since, 6));
	fprintf(f, "Time: %s\n", report_wall(r, text, wall));
	fprintf(f, "Elapsed time: %s\n", fmt_span(text, sizeof(text), elapsed, 6));
	if (r->t->cap.size > 0)
		print_progress(r, f, wall, elapsed);
	report_numbers(r, f);
	report_ruler(f, '=');
	putc('\n', f);
}

/* Every member of the totals has 64 bits; those that are no sums keep what they are. */
static struct totals
growth(const struct totals *now, const struct totals *before)
{
	struct totals d = *now;
	uint64_t a, b;

	for (size_t at = 0; at < sizeof(d); at += sizeof(a)) {
		memcpy(&a, (const char *)now + at, sizeof(a));
		memcpy(&b, (const char *)before + at, sizeof(b));
		a -= b;
		memcpy((char *)&d + at, &a, sizeof(a));
	}
	d.hdr_min = now->hdr_min;
	d.hdr_max = now->hdr_max;
	d.vlan_max = now->vlan_max;
	d.mpls_max = now->mpls_max;
	d.live = now->live;
	d.live_max = now->live_max;
	d.stat = now->stat;
	return d;
}

void
report_interim(struct report *r, const struct mon_report *m, const struct totals *before)
{
	struct totals now = r->t->tot;

	if (before != NULL)
		r->t->tot = growth(&now, before);
	r->t->tot.first = m->since;
	r->t->tot.last = m->at;
	r->interim = m;
	report_emit(r, print_interim);
	r->interim = NULL;
	r->t->tot = now;
}
