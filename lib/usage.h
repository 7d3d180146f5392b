/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage.h - how the tools in cmd/ end early: after misuse, help or version.
 */
#ifndef USAGE_H
#define USAGE_H

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { EXIT_USAGE = 2 };

static inline void __attribute__((noreturn))
usage_error(void)
{
	fprintf(stderr, "Try '%s --help'.\n", getprogname());
	exit(EXIT_USAGE);
}

/* Help or version on stdout: a full disk is told, a reader that left is not. */
static inline void __attribute__((noreturn))
tell(const char *text)
{
	if (fputs(text, stdout) >= 0 && fclose(stdout) == 0)
		exit(EXIT_SUCCESS);
	if (errno != EPIPE)
		warn("stdout");
	exit(EXIT_FAILURE);
}

#endif
