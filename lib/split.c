/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * split.c - the argument of -W: PREFIX[:SIZE][,START].
 *
 * It is read from its end: behind the last comma the number of the first piece, behind the last
 * colon before it the size, in bytes or, with f behind it, in flow records; K, M and G are powers
 * of 1000.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "split.h"

#define SIZE_DEFAULT UINT64_C(500000000)

static int
start_parse(struct split *s, const char *text)
{
	char *end;
	unsigned long long n = strtoull(text, &end, 0);

	s->next = (uint32_t)n;
	if (*text >= '0' && *text <= '9' && *end == '\0' && n <= INT32_MAX)
		return 0;
	snprintf(s->err, sizeof(s->err), "'%.100s' is no number of a first piece", text);
	return -1;
}

static int
size_parse(struct split *s, const char *text)
{
	static const char units[] = "KMG";
	size_t n = strspn(text, "0123456789.eE+-");
	double size, unit = 1;
	char *number = strndup(text, n), *end;
	const char *rest = text + n, *u;

	if (number == NULL) {
		snprintf(s->err, sizeof(s->err), "out of memory");
		return -1;
	}
	size = strtod(number, &end);
	if (*rest != '\0' && (u = strchr(units, *rest)) != NULL) {
		unit = pow(1000, (double)(u - units + 1));
		rest++;
	}
	s->rows = *rest == 'f';
	rest += s->rows;
	size *= unit;
	n = n > 0 && *end == '\0' && *rest == '\0' && size > 0 && size < 1e18;
	free(number);
	if (n == 0) {
		snprintf(s->err, sizeof(s->err), "'%.100s' is no size: NUMBER[K|M|G][f]", text);
		return -1;
	}
	s->size = (uint64_t)ceil(size);
	return 0;
}

int
split_parse(struct split *s, const char *arg)
{
	char *part;

	*s = (struct split){ .prefix = strdup(arg), .size = SIZE_DEFAULT };
	if (s->prefix == NULL) {
		snprintf(s->err, sizeof(s->err), "out of memory");
		return -1;
	}
	if ((part = strrchr(s->prefix, ',')) != NULL) {
		*part = '\0';
		if (start_parse(s, part + 1) != 0)
			return -1;
	}
	if ((part = strrchr(s->prefix, ':')) != NULL) {
		*part = '\0';
		if (size_parse(s, part + 1) != 0)
			return -1;
	}
	if (s->prefix[0] == '\0' || strcmp(s->prefix, "-") == 0) {
		snprintf(s->err, sizeof(s->err), "'%.100s': pieces need the prefix of a file", arg);
		return -1;
	}
	return 0;
}

void
split_free(struct split *s)
{
	free(s->prefix);
	s->prefix = NULL;
}
