/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * series.c - the argument of -D, EXPR[:SCHR][,STOP]: captures that are numbered by what writes
 * them.
 *
 * The number is what follows the last SCHR (p) in the name, up to its end, a point or an
 * underscore.  With a leading zero it has a fixed width, else it grows; none at all counts as 0.
 * The rest may be a pattern of the shell, looked up anew for each number.
 */
#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "series.h"

enum { DIGITS_MAX = 9 };

static int
fail(struct series *s, const char *arg, const char *why)
{
	snprintf(s->err, sizeof(s->err), "'%.100s': %s, must be EXPR[:SCHR][,STOP]", arg, why);
	return -1;
}

static bool
is_number(const char *p)
{
	size_t n = strspn(p, "0123456789");

	return n > 0 && n <= DIGITS_MAX && p[n] == '\0';
}

/* Where the number begins in the last part of the path; NULL there is none. */
static char *
number_find(char *text, char schr)
{
	char *name = strrchr(text, '/'), *found = NULL;

	for (char *p = name != NULL ? name + 1 : text; *p != '\0'; p++) {
		size_t n = strspn(p + 1, "0123456789");

		if (*p == schr && n <= DIGITS_MAX && strchr("._", p[1 + n]) != NULL)
			found = p + 1;
	}
	return found;
}

static int
number_take(struct series *s, char *at)
{
	char digits[DIGITS_MAX + 1] = "";
	uint64_t last = 1;
	size_t n = strspn(at, "0123456789");

	memcpy(digits, at, n);
	s->next = strtoull(digits, NULL, 10);
	s->bare = n == 0;
	s->behind = at + n;
	if (n > 1 && at[0] == '0') {
		s->width = (int)n;
		for (size_t i = 0; i < n; i++)
			last *= 10;
		s->stop = s->stop == UINT64_MAX ? last - 1 : s->stop;
	}
	return (s->front = strndup(s->text, (size_t)(at - s->text))) == NULL ? -1 : 0;
}

int
series_parse(struct series *s, const char *arg)
{
	char *part, *at, schr = 'p';

	*s = (struct series){ .text = strdup(arg), .stop = UINT64_MAX };
	if (s->text == NULL)
		return fail(s, arg, "out of memory");
	if ((part = strrchr(s->text, ',')) != NULL) {
		if (!is_number(part + 1))
			return fail(s, arg, "what is behind the comma is no number");
		s->stop = strtoull(part + 1, NULL, 10);
		*part = '\0';
	}
	if ((part = strrchr(s->text, ':')) != NULL && strlen(part) <= 2) {
		if ((schr = part[1]) == '\0')
			return fail(s, arg, "there is no character behind the colon");
		*part = '\0';
	}
	if ((at = number_find(s->text, schr)) == NULL)
		return fail(s, arg, "no number begins behind the character");
	if (number_take(s, at) != 0)
		return fail(s, arg, "out of memory");
	if (s->next > s->stop)
		return fail(s, arg, "it stops before it begins");
	return 0;
}

bool
series_is_pattern(const struct series *s)
{
	return strpbrk(s->text, "*?[") != NULL;
}

bool
series_find(struct series *s)
{
	char number[24] = "", *path;
	glob_t g;
	bool found;

	if (s->next != 0 || !s->bare)
		snprintf(number, sizeof(number), "%0*" PRIu64, s->width, s->next);
	if (asprintf(&path, "%s%s%s", s->front, number, s->behind) < 0)
		return false;
	if (!(found = access(path, F_OK) == 0) && series_is_pattern(s) &&
	    glob(path, 0, NULL, &g) == 0) {
		free(path);
		found = (path = strdup(g.gl_pathv[0])) != NULL;
		globfree(&g);
	}
	if (found) {
		free(s->path);
		s->path = path;
	} else {
		free(path);
	}
	return found;
}

void
series_free(struct series *s)
{
	free(s->text);
	free(s->front);
	free(s->path);
	*s = (struct series){ 0 };
}
