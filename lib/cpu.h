/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu.h - which core a process runs on, and with which priority: cpu.c.
 */
#ifndef T2_CPU_H
#define T2_CPU_H

#include <stdbool.h>
#include <stdio.h>

struct cpu {
	bool bind, nice;                /* -c, -P were given */
	int core;                       /* from 1; 0 is the one it runs on */
	int priority;                   /* -20 (first) to 19 */
	char err[128];
};
#define CPU_LETTERS "c:P:"
#define CPU_LONG \
	{ "cpu", required_argument, NULL, 'c' }, \
	{ "priority", required_argument, NULL, 'P' }
#define CPU_USAGE \
	"  -c, --cpu N           stay on core N, from 1; 0: on the one it starts on\n" \
	"  -P, --priority N      priority, -20 (first) to 19 (last)\n"
/* Takes an option letter: 1 taken, 0 not one of these, -1 err. */
int cpu_option(struct cpu *c, int letter, const char *arg);
/* What cannot be done is told by warn(), what was done goes to f.  The priority comes first: it may
 * need rights that a live capture gives up. */
void cpu_priority(const struct cpu *c, void (*warn)(const char *text));
void cpu_bind(const struct cpu *c, FILE *f, void (*warn)(const char *text));

#endif
