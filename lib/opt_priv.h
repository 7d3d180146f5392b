/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * opt_priv.h - shared by opt.c, which keeps the values, and opt_read.c, which reads them from
 * the command line, the environment and the config file.
 */
#ifndef T2_OPT_PRIV_H
#define T2_OPT_PRIV_H

#include "priv.h"

/* Where a value comes from; a weaker source never overwrites a stronger one. */
enum opt_level { LEVEL_DEFAULT, LEVEL_COMPAT, LEVEL_FILE, LEVEL_ENV, LEVEL_USER };

#define BLANKS " \t\r\n"

struct opt_place {                      /* one option of one owner */
	struct optset *s;
	size_t row;                     /* of s->table */
};

/* Sets o->err and returns -1. */
int opt_fail(struct opts *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same with the error so far behind the new text. */
int opt_fail_in(struct opts *o, const char *where);
/* "core" for "tranalyzer2", else owner itself. */
const char *opt_owner_name(const char *owner);
/* The row called name[0..len), SIZE_MAX if there is none. */
size_t opt_row(const struct opt *table, const char *name, size_t len);
/* Checks text always, but stores it only where no stronger source has spoken. */
int opt_value_set(struct opts *o, struct opt_place at, enum opt_level level, const char *text);
int opt_compat_set(struct opts *o, const char *version);

#endif
