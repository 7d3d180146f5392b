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
#include <string.h>

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

/* -? alone is help: the library cannot tell that letter from its sign for an unknown one. */
static inline void
usage_asked(int argc, char *const *argv, const char *text)
{
	if (argc == 2 && strcmp(argv[1], "-?") == 0)
		tell(text);
}

/* A tool without any argument that needs one: the help, before it is told what is missing. */
static inline void
usage_alone(int argc, const char *text)
{
	if (argc < 2)
		fprintf(stderr, "%s\n", text);
}

#endif
