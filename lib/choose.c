/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * choose.c - columns by name, for the flow records and the packet records alike.
 *
 * The order is the one of the list.  A name that is not there gets the nearest one as a
 * suggestion, and a column that an option switches off tells which option that is.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

struct asking {                         /* one call of choices_find */
	const struct choices *on, *off;
	char *err;
	size_t errlen;
};

static int __attribute__((format(printf, 2, 3)))
fail(const struct asking *a, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(a->err, a->errlen, fmt, ap);
	va_end(ap);
	return -1;
}

int
choice_add(struct choices *c, const char *name, const char *owner, const char *when)
{
	struct choice *v = reallocarray(c->v, c->n + 1, sizeof(*v));

	if (v == NULL)
		return -1;
	c->v = v;
	v[c->n++] = (struct choice){ name, owner, when };
	return 0;
}

static int
unknown(const struct asking *a, const char *word)
{
	size_t non = a->on->n, n = non + a->off->n;
	const char **name = calloc(n + 1, sizeof(*name)), *near = NULL;

	for (size_t i = 0; name != NULL && i < n; i++)
		name[i] = i < non ? a->on->v[i].name : a->off->v[i - non].name;
	if (name != NULL)
		near = word_nearest(word, name, n);
	free(name);
	if (near == NULL)
		return fail(a, "%s: no such column", word);
	return fail(a, "%s: no such column (did you mean %s?)", word, near);
}

/* Words a condition as options: BFO_MAC,!BFO_PPP,BFO_VLAN=2 are three. */
static int
switched_off(const struct asking *a, const struct choice *c)
{
	char text[256] = "";
	size_t at = 0;

	for (const char *term = c->when; *term != '\0' && at < sizeof(text);) {
		int n = (int)strcspn(term, ","), not = *term == '!';
		const char *value = memchr(term, '=', (size_t)n) != NULL ? "" : not ? "=0" : "=1";

		at += (size_t)snprintf(text + at, sizeof(text) - at, " -o %s.%.*s%s", c->owner,
		    n - not, term + not, value);
		term += n + (term[n] == ',');
	}
	return fail(a, "%s: this column is off, it needs%s", c->name, text);
}

/* The number of the column called word, -1 with err. */
static int
find(const struct asking *a, const char *word)
{
	const struct choices *off = a->off;

	for (size_t i = 0; i < a->on->n; i++)
		if (strcmp(a->on->v[i].name, word) == 0)
			return (int)i;
	for (size_t i = 0; i < off->n; i++)
		if (strcmp(off->v[i].name, word) == 0)
			return switched_off(a, &off->v[i]);
	return unknown(a, word);
}

static int
place_add(const struct asking *a, size_t *place, int n, const char *word)
{
	int at = find(a, word);

	if (at < 0)
		return -1;
	for (int i = 0; i < n; i++)
		if (place[i] == (size_t)at)
			return fail(a, "%s: this column is named twice", word);
	place[n] = (size_t)at;
	return n + 1;
}

int
choices_find(const struct choices *on, const struct choices *off, const char *list,
    size_t *place, char *err, size_t errlen)
{
	struct asking a = { on, off, err, errlen };
	char *words = strdup(list), *rest = words, *word;
	int n = 0;

	if (words == NULL)
		return fail(&a, "out of memory");
	while (n >= 0 && (word = strsep(&rest, ",")) != NULL) {
		if (*word == '\0')
			n = fail(&a, "'%s': a column without name", list);
		else
			n = place_add(&a, place, n, word);
	}
	free(words);
	return n;
}
