/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * confine.h - how a tool gives its privileges away: confine.c.
 */
#ifndef T2_CONFINE_H
#define T2_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

/* Becomes user (NULL: who called sudo) for good; *root: there was nobody to become.  -1: err. */
int confine_drop(const char *user, bool *root, char *err, size_t errlen);

#endif
