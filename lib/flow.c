/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flow.c - the table of flows: key -> flow, and the memory they live in.
 *
 * Open addressing with linear probing over slots of 8 bytes, which hold the hash, so that a probe
 * touches a flow only when it is the right one.  Flows are blocks of one size (core fields and
 * all plugin slots) in chunks that never move; big pages keep a million of them reachable.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>

#include "priv.h"

/* 2^18 slots are one big page */
enum { SLOTS_MIN = 1 << 18, HUGE_PAGE = 1 << 21 };

/* 64-bit multiply-and-fold over the key's words.  Both factors depend on the key, so that no
 * simple pattern of addresses collides, and on random bits, so that no capture can be made to:
 * a factor of 0 would let the other one be anything. */
uint32_t
key_hash(const struct flow_key *k, const uint64_t seed[2])
{
	uint64_t v[7], h = seed[0];

	_Static_assert(sizeof(*k) == sizeof(v), "the key is seven words");
	memcpy(v, k, sizeof(v));
	for (int i = 0; i < 6; i += 2)
		h = hash_mix(v[i] ^ h, v[i + 1] ^ seed[1]) ^ (h << 23 | h >> 41);
	return (uint32_t)hash_mix(h ^ v[6], UINT64_C(0xff51afd7ed558ccd));
}

void
flow_key_swap(struct flow_key *to, const struct flow_key *from)
{
	*to = *from;
	memcpy(to->src, from->dst, sizeof(to->src));
	memcpy(to->dst, from->src, sizeof(to->dst));
	to->sport = from->dport;
	to->dport = from->sport;
	memcpy(to->smac, from->dmac, sizeof(to->smac));
	memcpy(to->dmac, from->smac, sizeof(to->dmac));
}

/* Zeroed memory, on big pages where the system has them; size is a multiple of the big page. */
static void *
big_alloc(size_t size)
{
	char *p = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t skip;

	if (p == MAP_FAILED)
		return NULL;
	skip = -(uintptr_t)p & (HUGE_PAGE - 1);
	if (skip > 0)
		munmap(p, skip);
	munmap(p + skip + size, HUGE_PAGE - skip);
	madvise(p + skip, size, MADV_HUGEPAGE);
	return p + skip;
}

static size_t
slots_size(uint32_t mask)
{
	return (mask + (size_t)1) * sizeof(struct flow_slot);
}

int
flows_init(struct flows *t, size_t plugin_bytes)
{
	*t = (struct flows){ .mask = SLOTS_MIN - 1 };
	t->size = (sizeof(struct flow) + plugin_bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
	/* many big pages, so that little of the last one is lost; they are there when touched */
	while (t->size << t->chunk_bits < (size_t)16 * HUGE_PAGE)
		t->chunk_bits++;
	if (getrandom(t->seed, sizeof(t->seed), GRND_NONBLOCK) != sizeof(t->seed))
		t->seed[0] = t->seed[1] = (uintptr_t)t;
	t->slot = big_alloc(slots_size(t->mask));
	t->links_size = HUGE_PAGE;
	t->link = big_alloc(t->links_size);
	if (t->slot == NULL || t->link == NULL)
		return -1;
	t->link[LINK_ENDS] = (struct link){ LINK_EVICT, LINK_EVICT };
	t->link[LINK_EVICT] = (struct link){ LINK_ENDS, LINK_ENDS };
	return 0;
}

/* Bytes of a chunk, whole big pages. */
static size_t
chunk_size(const struct flows *t)
{
	return ((t->size << t->chunk_bits) + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
}

void
flows_free(struct flows *t)
{
	for (uint32_t i = 0; i < t->nchunk; i++)
		munmap(t->chunk[i], chunk_size(t));
	free(t->chunk);
	if (t->link != NULL)
		munmap(t->link, t->links_size);
	if (t->slot != NULL)
		munmap(t->slot, slots_size(t->mask));
}

struct flow *
flows_find(const struct flows *t, const struct flow_key *key, uint32_t hash)
{
	struct flow *f;

	for (uint32_t i = hash & t->mask; t->slot[i].id != 0; i = (i + 1) & t->mask)
		if (t->slot[i].hash == hash) {
			f = flows_block(t, t->slot[i].id - 1);
			if (memcmp(&f->key, key, sizeof(*key)) == 0)
				return f;
		}
	return NULL;
}

static int
grow(struct flows *t)
{
	uint32_t mask = t->mask * 2 + 1;
	struct flow_slot *v = big_alloc(slots_size(mask));

	if (v == NULL)
		return -1;
	for (uint32_t i = 0; i <= t->mask; i++) {
		uint32_t k = t->slot[i].hash & mask;

		if (t->slot[i].id == 0)
			continue;
		while (v[k].id != 0)
			k = (k + 1) & mask;
		v[k] = t->slot[i];
	}
	munmap(t->slot, slots_size(t->mask));
	t->slot = v;
	t->mask = mask;
	return 0;
}

/* Makes room for the links of one more chunk. */
static int
links_grow(struct flows *t)
{
	size_t need = (LINK_FLOW + (((size_t)t->nchunk + 1) << t->chunk_bits)) * sizeof(*t->link);
	size_t size = t->links_size;
	struct link *l;

	while (size < need)
		size *= 2;
	if (size == t->links_size)
		return 0;
	if ((l = big_alloc(size)) == NULL)
		return -1;
	memcpy(l, t->link, t->links_size);
	munmap(t->link, t->links_size);
	t->link = l;
	t->links_size = size;
	return 0;
}

static int
chunk_add(struct flows *t)
{
	unsigned char **v = reallocarray(t->chunk, t->nchunk + 1, sizeof(*v));

	if (v == NULL)
		return -1;
	t->chunk = v;
	if (links_grow(t) != 0)
		return -1;
	if ((v[t->nchunk] = big_alloc(chunk_size(t))) == NULL)
		return -1;
	t->nchunk++;
	return 0;
}

static struct flow *
block_new(struct flows *t)
{
	struct flow *f = t->freed;
	uint32_t id;

	if (f != NULL) {
		t->freed = f->opp;
		id = f->id;
		memset(f, 0, t->size);
		f->id = id;
		return f;
	}
	if (t->used == t->nchunk << t->chunk_bits && chunk_add(t) != 0)
		return NULL;
	f = flows_block(t, t->used);
	f->id = t->used++;
	return f;
}

struct flow *
flows_add(struct flows *t, const struct flow_key *key, uint32_t hash)
{
	struct flow *f;
	uint32_t i;

	if (t->n >= t->mask / 2 && grow(t) != 0)
		return NULL;
	if ((f = block_new(t)) == NULL)
		return NULL;
	f->key = *key;
	f->hash = hash;
	for (i = hash & t->mask; t->slot[i].id != 0; i = (i + 1) & t->mask)
		;
	t->slot[i] = (struct flow_slot){ hash, f->id + 1 };
	t->n++;
	return f;
}

void
flows_remove(struct flows *t, struct flow *f)
{
	uint32_t i = f->hash & t->mask, k;

	while (t->slot[i].id != f->id + 1)
		i = (i + 1) & t->mask;
	/* entries behind the gap move up if their home place is not between gap and entry */
	for (k = (i + 1) & t->mask; t->slot[k].id != 0; k = (k + 1) & t->mask)
		if (((k - t->slot[k].hash) & t->mask) >= ((k - i) & t->mask)) {
			t->slot[i] = t->slot[k];
			i = k;
		}
	t->slot[i].id = 0;
	t->n--;
	f->hash = ~f->hash;             /* who still points to it sees that it is gone */
	f->opp = t->freed;
	t->freed = f;
}

struct flow *
flow_find(struct t2 *t, const struct flow_key *key)
{
	return flows_find(&t->flows, key, key_hash(key, t->flows.seed));
}

void
flow_mark(struct t2 *t, struct flow *f, uint64_t bits)
{
	f->stat |= bits;
	t->tot.stat |= bits;
}
