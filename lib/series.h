/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * series.h - captures with numbers in their names, one after the other: series.c.
 */
#ifndef T2_SERIES_H
#define T2_SERIES_H

#include <stdbool.h>
#include <stdint.h>

struct series {
	char *text;                     /* the first name as given, which may be a pattern */
	char *front;                    /* what is before the number */
	const char *behind;             /* what is behind it, in text */
	int width;                      /* digits; 0: as many as it takes */
	bool bare;                      /* the number 0 is not written */
	uint64_t next, stop;            /* numbers: of the next file, of the last */
	char *path;                     /* of the file found last */
	char err[256];
};
/* Reads EXPR[:SCHR][,STOP].  -1 err. */
int series_parse(struct series *s, const char *arg);
bool series_find(struct series *s);     /* is there the next file?  Then path is its name */
bool series_is_pattern(const struct series *s);
void series_free(struct series *s);

#endif
