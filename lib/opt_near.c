/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * opt_near.c - "did you mean": the known word nearest to a mistyped one.
 *
 * Damerau-Levenshtein distance in its optimal-string-alignment form: inserted, deleted, changed
 * and swapped neighbour letters cost 1 each.  Case does not count, so that a word that differs in
 * case only is the nearest of all; callers compare exactly before they ask.
 */
#include <ctype.h>
#include <string.h>

#include "priv.h"

enum { WORD_MAX = 63 };                 /* longer words get no suggestion */

static unsigned
min3(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;

	return m < c ? m : c;
}

static bool
same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static unsigned
distance(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned rows[3][WORD_MAX + 1];         /* rows i-2, i-1 and i of the usual matrix */
	unsigned *old = rows[0], *prev = rows[1], *cur = rows[2];

	for (size_t j = 0; j <= nb; j++)
		prev[j] = old[j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		cur[0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++) {
			cur[j] = min3(prev[j] + 1, cur[j - 1] + 1,
			    prev[j - 1] + !same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
			    same(a[i - 2], b[j - 1]) && old[j - 2] + 1 < cur[j])
				cur[j] = old[j - 2] + 1;
		}
		unsigned *free_row = old;
		old = prev;
		prev = cur;
		cur = free_row;
	}
	return prev[nb];
}

const char *
word_nearest(const char *word, const char *const *list, size_t n)
{
	size_t len = strlen(word);
	unsigned limit = 1 + (unsigned)(len / 4);
	const char *best = NULL;

	if (len == 0 || len > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t l = strlen(list[i]);
		if (l > WORD_MAX)
			continue;
		unsigned d = distance(word, len, list[i], l);
		if (d > limit || d >= l)        /* nothing in common is not near */
			continue;
		best = list[i];
		if (d == 0)
			break;
		limit = d - 1;                  /* only nearer ones from here: the first one wins */
	}
	return best;
}
