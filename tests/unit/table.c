/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * table.c - tests of the keyed counters; exit status 0 or 1.
 *
 * Three million steps at random, each compared with a plain array, over keys that come and go.
 */
#include <stdlib.h>

#include "t2.h"
#include "table.h"

enum { KEYS = 20000, STEPS = 3000000 };

struct key {
	uint32_t zero;
	uint32_t v;                     /* keys need no alignment of 8 */
	uint32_t more[4];
};

static int
fail(const char *what, uint32_t v)
{
	fprintf(stderr, "table: key %u: %s\n", v, what);
	return 1;
}

static uint32_t
next_random(uint32_t *x)
{
	*x ^= *x << 13;                         /* xorshift, G. Marsaglia 2003 */
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x;
}

static int
step(struct table *t, uint32_t *want, uint32_t r)
{
	uint32_t v = (r >> 1) % KEYS, *n;
	struct key k = { .v = v };

	if (r % 2 != 0) {
		if ((n = table_get(t, &k)) == NULL)
			return fail("out of memory", v);
		if (*n != want[v])
			return fail("wrong count", v);
		want[v] = ++*n;
		return 0;
	}
	n = table_find(t, &k);
	if ((n != NULL ? *n : 0) != want[v])
		return fail("wrong count", v);
	if (n != NULL) {
		want[v]--;
		if (--*n == 0)
			table_drop(t, n);
	}
	return 0;
}

int
main(void)
{
	struct table *t = table_new(sizeof(struct key));
	uint32_t *want = calloc(KEYS, sizeof(*want)), x = 7;
	size_t alive = 0;
	int failed = t == NULL || want == NULL;

	for (int i = 0; i < STEPS && !failed; i++)
		failed = step(t, want, next_random(&x));
	for (uint32_t v = 0; v < KEYS && !failed; v++)
		alive += want[v] != 0;
	if (!failed && alive != table_count(t))
		failed = fail("wrong number of keys", (uint32_t)alive);
	for (uint32_t v = 0; v < KEYS && !failed; v++) {
		uint32_t *n = table_find(t, &(struct key){ .v = v });
		if ((n != NULL) != (want[v] != 0))
			failed = fail("lost", v);
		else if (n != NULL)
			table_drop(t, n);
	}
	if (!failed && table_count(t) != 0)
		failed = fail("not empty at the end", 0);
	table_free(t);
	table_free(NULL);
	free(want);
	return failed;
}
