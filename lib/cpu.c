/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu.c - binds the process to a core and sets its priority.
 *
 * Cores count from 1, as option -c does.  What the system refuses is no reason not to run.
 */
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cpu.h"

static int
number(struct cpu *c, const char *name, const char *arg, int min, int max)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(arg, &end, 10);
	c->err[0] = '\0';
	if (end == arg || *end != '\0' || errno != 0 || v < min || v > max)
		snprintf(c->err, sizeof(c->err), "%s: '%.40s' is not a number from %d to %d", name,
		    arg, min, max);
	return (int)v;
}

int
cpu_option(struct cpu *c, int letter, const char *arg)
{
	if (letter == 'c') {
		c->bind = true;
		c->core = number(c, "--cpu", arg, 0, CPU_SETSIZE);
	} else if (letter == 'P') {
		c->nice = true;
		c->priority = number(c, "--priority", arg, -20, 19);
	} else {
		return 0;
	}
	return c->err[0] != '\0' ? -1 : 1;
}

static void
bind_core(const struct cpu *c, FILE *f, void (*warn)(const char *text))
{
	int from = sched_getcpu() + 1, to = c->core != 0 ? c->core : from;
	char text[128];
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((size_t)to - 1, &set);
	if (sched_setaffinity(0, sizeof(set), &set) != 0) {
		snprintf(text, sizeof(text), "cannot run on CPU %d: %s", to, strerror(errno));
		warn(text);
	} else if (from == to) {
		fprintf(f, "[INF] t2 stays on CPU %d\n", to);
	} else {
		fprintf(f, "[INF] t2 successfully moved from CPU %d to CPU %d\n", from, to);
	}
}

void
cpu_priority(const struct cpu *c, void (*warn)(const char *text))
{
	char text[128];

	if (!c->nice || setpriority(PRIO_PROCESS, 0, c->priority) == 0)
		return;
	snprintf(text, sizeof(text), "cannot have priority %d: %s", c->priority, strerror(errno));
	warn(text);
}

void
cpu_bind(const struct cpu *c, FILE *f, void (*warn)(const char *text))
{
	if (c->bind)
		bind_core(c, f, warn);
}
