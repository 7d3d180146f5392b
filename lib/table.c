/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * table.c - counters by key: a hash with open addressing and linear probing.
 *
 * The hash is seeded with random bits, so that no capture can be made to collide; nothing depends
 * on the order of entries.  A key is dropped by moving later entries of its chain back (Knuth,
 * vol. 3, 6.4, algorithm R), thus long runs leave no tombstones.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "table.h"

enum { START_BITS = 8 };

struct entry {                          /* t->size bytes apart */
	uint32_t count;
	uint32_t hash;                  /* high bits of the key's hash; 0: the entry is empty */
	uint64_t key[];                 /* t->words */
};

struct table {
	unsigned char *v;               /* 1 << bits entries */
	size_t size;                    /* of an entry, bytes */
	size_t words;                   /* of a key */
	size_t used;                    /* entries */
	uint32_t mask;                  /* number of entries - 1 */
	uint64_t seed;
};

static inline struct entry *
at(const struct table *t, uint32_t i)
{
	return (struct entry *)(void *)(t->v + i * t->size);
}

static inline uint64_t
mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 r = (unsigned __int128)a * b;

	return (uint64_t)r ^ (uint64_t)(r >> 64);
}

/* The caller's keys need not be aligned. */
static inline uint64_t
word(const void *key, size_t i)
{
	uint64_t w;

	memcpy(&w, (const unsigned char *)key + i * sizeof(w), sizeof(w));
	return w;
}

static inline uint32_t
hash_of(const struct table *t, const void *key)
{
	uint64_t h = t->seed;

	for (size_t i = 0; i < t->words; i++)
		h = mix(h ^ word(key, i), UINT64_C(0x9e3779b97f4a7c15));
	return (uint32_t)(mix(h, t->seed) >> 32) | 1;
}

/* The hash's lowest bit is always set, therefore the place comes from the others. */
static inline uint32_t
home(const struct table *t, uint32_t hash)
{
	return (hash >> 1) & t->mask;
}

static inline bool
is_key(const struct table *t, const struct entry *e, const void *key)
{
	for (size_t i = 0; i < t->words; i++)
		if (e->key[i] != word(key, i))
			return false;
	return true;
}

/* The entry of key, or the empty one where it belongs. */
static inline struct entry *
place(const struct table *t, const void *key, uint32_t hash)
{
	for (uint32_t i = home(t, hash);; i = (i + 1) & t->mask) {
		struct entry *e = at(t, i);
		if (e->hash == 0 || (e->hash == hash && is_key(t, e, key)))
			return e;
	}
}

struct table *
table_new(size_t keylen)
{
	struct table *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return NULL;
	t->words = keylen / 8;
	t->size = sizeof(struct entry) + keylen;
	t->mask = (1u << START_BITS) - 1;
	t->v = calloc(t->mask + 1u, t->size);
	if (t->v == NULL) {
		free(t);
		return NULL;
	}
	if (getrandom(&t->seed, sizeof(t->seed), GRND_NONBLOCK) != sizeof(t->seed))
		t->seed = (uintptr_t)t->v;
	t->seed |= 1;
	return t;
}

static int
grow(struct table *t)
{
	struct table bigger = *t;

	bigger.mask = t->mask * 2 + 1;
	bigger.v = calloc(bigger.mask + (size_t)1, t->size);
	if (bigger.v == NULL)
		return -1;
	for (uint32_t i = 0; i <= t->mask; i++) {
		const struct entry *e = at(t, i);
		if (e->hash != 0)
			memcpy(place(&bigger, e->key, e->hash), e, t->size);
	}
	free(t->v);
	*t = bigger;
	return 0;
}

uint32_t *
table_get(struct table *t, const void *key)
{
	uint32_t hash = hash_of(t, key);
	struct entry *e = place(t, key, hash);

	if (e->hash != 0)
		return &e->count;
	if (t->used >= t->mask / 4 * 3) {
		if (grow(t) < 0)
			return NULL;
		e = place(t, key, hash);
	}
	t->used++;
	e->hash = hash;
	e->count = 0;
	memcpy(e->key, key, t->words * sizeof(e->key[0]));
	return &e->count;
}

uint32_t *
table_find(const struct table *t, const void *key)
{
	struct entry *e = place(t, key, hash_of(t, key));

	return e->hash != 0 ? &e->count : NULL;
}

void
table_prefetch(const struct table *t, const void *key)
{
	__builtin_prefetch(at(t, home(t, hash_of(t, key))), 1);
}

void
table_drop(struct table *t, uint32_t *counter)
{
	uint32_t hole = (uint32_t)((size_t)((unsigned char *)counter - t->v) / t->size);

	for (uint32_t i = (hole + 1) & t->mask; at(t, i)->hash != 0; i = (i + 1) & t->mask) {
		/* an entry between its home and the hole stays reachable if it moves there */
		uint32_t from = home(t, at(t, i)->hash);
		if (((i - from) & t->mask) < ((i - hole) & t->mask))
			continue;
		memcpy(at(t, hole), at(t, i), t->size);
		hole = i;
	}
	at(t, hole)->hash = 0;
	t->used--;
}

size_t
table_count(const struct table *t)
{
	return t->used;
}

void
table_free(struct table *t)
{
	if (t == NULL)
		return;
	free(t->v);
	free(t);
}
