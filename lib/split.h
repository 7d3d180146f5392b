/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * split.h - into which pieces a flow file is cut: split.c.
 */
#ifndef T2_SPLIT_H
#define T2_SPLIT_H

#include <stdbool.h>
#include <stdint.h>

struct split {
	char *prefix;                   /* as that of -w */
	uint64_t size;                  /* a piece is full at that many ... */
	bool rows;                      /* ... rows, else bytes */
	uint32_t next;                  /* number of the next piece */
	char err[256];
};
/* Reads PREFIX[:SIZE][,START].  -1 err. */
int split_parse(struct split *s, const char *arg);
void split_free(struct split *s);

#endif
