/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * table.h - keyed counters, a part of t2.h.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>
#include <stdint.h>

/* table.c - keyed counters ---------------------------------------------------------------- */

struct table;
/* Keys are keylen bytes, a multiple of 8, compared as a whole.  NULL: out of memory. */
struct table *table_new(size_t keylen);
/* The counter of key, created with 0.  NULL: out of memory.  Pointers to counters hold until the
 * next table_get or table_drop of the same table. */
uint32_t *table_get(struct table *t, const void *key);
/* The counter of key, or NULL. */
uint32_t *table_find(const struct table *t, const void *key);
/* Asks for the memory of key, which one of the others will read soon. */
void table_prefetch(const struct table *t, const void *key);
/* Forgets a key, named by its counter. */
void table_drop(struct table *t, uint32_t *counter);
size_t table_count(const struct table *t);      /* keys in the table */
void table_free(struct table *t);

#endif
