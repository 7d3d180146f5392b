/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * progress.c - one line on stderr about a run that takes longer than a second: how much of the
 * input is done, packets per second, time left.  Only on a terminal.
 */
#include <err.h>
#include <inttypes.h>
#include <unistd.h>

#include "tool.h"

void
progress_start(struct progress *p, const struct t2 *t, bool rows_on_stdout)
{
	*p = (struct progress){ .t = t, .start = clock_ns() };
	p->on = isatty(STDERR_FILENO) && !(rows_on_stdout && isatty(STDOUT_FILENO));
	p->next = p->start + NS_PER_SEC;
}

static void
line(const struct progress *p, int64_t now)
{
	const struct t2 *t = p->t;
	double sec = (double)(now - p->start) / (double)NS_PER_SEC;
	double part = t->cap.size > 0 ? (double)cap_used(&t->cap) / (double)t->cap.size : 0;
	double left = part > 0 ? sec * (1 - part) / part : 0;
	int n = left > 0 && left < INT32_MAX ? (int)(left + .5) : 0;

	fputs("\r\033[K", stderr);
	if (part > 0)
		fprintf(stderr, "%3.0f%%  ", 100 * part);
	fprintf(stderr, "%" PRIu64 " packets  %.0f/s", t->tot.npkts, (double)t->tot.npkts / sec);
	if (part > 0)
		fprintf(stderr, "  %d:%02d:%02d left", n / 3600, n / 60 % 60, n % 60);
	fflush(stderr);
}

void
progress_step(void *arg, const struct pkt *v, int n)
{
	struct progress *p = arg;
	int64_t now;

	(void)v;
	(void)n;
	if (!p->on || (now = clock_ns()) < p->next)
		return;
	line(p, now);
	p->shown = true;
	p->next = now + NS_PER_SEC / 2;
}

void
progress_clear(struct progress *p)
{
	if (!p->shown)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	p->shown = false;
}

void
progress_note(void *arg, const char *text)
{
	progress_clear(arg);
	warnx("%s", text);
}

void
progress_say(void *arg, enum cap_event event, const char *text)
{
	if (event == CAP_WARN)
		progress_note(arg, text);
}
