/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * heap.c - a priority queue of flows.
 *
 * Four children a node: half the levels of a binary heap and children that share a cache line.
 * Keys are lower bounds that their owner renews when a flow reaches the top, so a packet costs
 * the queue nothing.
 */
#include <stdlib.h>

#include "priv.h"

static void
put(struct heap *h, uint32_t i, struct heap_item x)
{
	h->v[i] = x;
	x.f->heap[h->which] = i;
}

static void
up(struct heap *h, uint32_t i, struct heap_item x)
{
	uint32_t parent;

	for (; i > 0; i = parent) {
		parent = (i - 1) / 4;
		if (h->v[parent].key <= x.key)
			break;
		put(h, i, h->v[parent]);
	}
	put(h, i, x);
}

static void
down(struct heap *h, uint32_t i, struct heap_item x)
{
	uint32_t child, least, end;

	for (;; i = least) {
		child = i * 4 + 1;
		if (child >= h->n)
			break;
		end = child + 4 < h->n ? child + 4 : h->n;
		least = child;
		while (++child < end)
			if (h->v[child].key < h->v[least].key)
				least = child;
		if (h->v[least].key >= x.key)
			break;
		put(h, i, h->v[least]);
	}
	put(h, i, x);
}

int
heap_add(struct heap *h, struct flow *f, int64_t key)
{
	struct heap_item *v;
	uint32_t room;

	if (h->n == h->room) {
		room = h->room == 0 ? 1024 : h->room * 2;
		if ((v = reallocarray(h->v, room, sizeof(*v))) == NULL)
			return -1;
		h->v = v;
		h->room = room;
	}
	h->n++;
	up(h, h->n - 1, (struct heap_item){ key, f });
	return 0;
}

/* x goes to place i or as far up or down from it as its key says. */
static void
settle(struct heap *h, uint32_t i, struct heap_item x)
{
	if (i > 0 && x.key < h->v[(i - 1) / 4].key)
		up(h, i, x);
	else
		down(h, i, x);
}

void
heap_change(struct heap *h, struct flow *f, int64_t key)
{
	settle(h, f->heap[h->which], (struct heap_item){ key, f });
}

void
heap_remove(struct heap *h, struct flow *f)
{
	uint32_t i = f->heap[h->which];
	struct heap_item last = h->v[--h->n];

	f->heap[h->which] = HEAP_NONE;
	if (i != h->n)
		settle(h, i, last);
}

void
heap_free(struct heap *h)
{
	free(h->v);
	*h = (struct heap){ .which = h->which };
}
