/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * desc.c - header descriptions: the text of a layer stack, made once and shared.
 *
 * A capture has few distinct stacks, so flows hold counted references to them and a packet is
 * compared by its layers, never by text.  Unused texts are freed: hostile stacks cannot pile up.
 */
#include <stdlib.h>

#include "priv.h"

int
descs_init(struct descs *d, uint32_t textlen)
{
	d->mask = 255;
	d->n = 0;
	d->textlen = textlen;
	return (d->chain = calloc(d->mask + 1, sizeof(*d->chain))) == NULL ? -1 : 0;
}

void
descs_free(struct descs *d)
{
	struct desc *e, *next;

	for (uint32_t i = 0; d->chain != NULL && i <= d->mask; i++)
		for (e = d->chain[i]; e != NULL; e = next) {
			next = e->next;
			free(e);
		}
	free(d->chain);
}

static uint32_t
layers_hash(const struct pkt *p, const uint64_t seed[2])
{
	uint64_t h = seed[0] ^ p->nhdr;

	for (unsigned i = 0; i < p->nlayer; i++) {
		const struct layer *l = &p->layer[i];

		h = hash_mix(h ^ (uintptr_t)l->proto,
		    seed[1] ^ ((uint64_t)l->value << 32 | l->count)) ^ (h << 23 | h >> 41);
	}
	return (uint32_t)h;
}

/* The text of p's layers in at most n - 1 characters; longer ones, and those with more layers
 * than a packet keeps, end in three dots. */
static bool
print(char *buf, size_t n, const struct pkt *p)
{
	size_t len = 0;
	uint32_t left = p->nhdr;
	char part[64];

	buf[0] = '\0';
	for (unsigned i = 0; i < p->nlayer; i++) {
		const struct layer *l = &p->layer[i];

		if (strchr(l->proto->name, '%') != NULL)
			snprintf(part, sizeof(part), l->proto->name, l->value);
		else if (l->count > 1)
			snprintf(part, sizeof(part), "%s{%u}", l->proto->name, l->count);
		else
			snprintf(part, sizeof(part), "%s", l->proto->name);
		left -= l->count;
		len += (size_t)snprintf(buf + len, n - len, "%s%s", i > 0 ? ":" : "", part);
		if (len >= n) {
			memcpy(buf + n - 4, "...", 4);
			return true;
		}
	}
	if (left > 0)
		memcpy(buf + (len < n - 4 ? len : n - 4), "...", 4);
	return left > 0;
}

static struct desc *
make(const struct descs *ds, const struct pkt *p, uint32_t hash)
{
	size_t layers = p->nlayer * sizeof(struct layer);
	struct desc *d = malloc(sizeof(*d) + layers + ds->textlen);
	char *text;

	if (d == NULL)
		return NULL;
	text = (char *)d + sizeof(*d) + layers;
	*d = (struct desc){ .hash = hash, .nhdr = p->nhdr, .nlayer = p->nlayer, .text = text };
	memcpy(d->layer, p->layer, layers);
	d->cut = print(text, ds->textlen, p);
	d->len = (uint16_t)strlen(text);
	return d;
}

static void
grow(struct descs *ds)
{
	uint32_t mask = ds->mask * 2 + 1;
	struct desc **v = calloc(mask + 1, sizeof(*v)), *d, *next;

	if (v == NULL)                  /* longer chains then */
		return;
	for (uint32_t i = 0; i <= ds->mask; i++)
		for (d = ds->chain[i]; d != NULL; d = next) {
			next = d->next;
			d->next = v[d->hash & mask];
			v[d->hash & mask] = d;
		}
	free(ds->chain);
	ds->chain = v;
	ds->mask = mask;
}

struct desc *
desc_get(struct t2 *t, const struct pkt *p)
{
	struct descs *ds = &t->descs;
	uint32_t hash = layers_hash(p, t->flows.seed);
	struct desc *d;

	for (d = ds->chain[hash & ds->mask]; d != NULL; d = d->next)
		if (d->hash == hash && desc_is(d, p))
			break;
	if (d == NULL) {
		if ((d = make(ds, p, hash)) == NULL)
			return NULL;
		if (ds->n++ > ds->mask)
			grow(ds);
		d->next = ds->chain[hash & ds->mask];
		ds->chain[hash & ds->mask] = d;
	}
	d->refs++;
	return d;
}

void
desc_put(struct t2 *t, struct desc *d)
{
	struct descs *ds = &t->descs;
	struct desc **pp;

	if (--d->refs > 0)
		return;
	for (pp = &ds->chain[d->hash & ds->mask]; *pp != d; pp = &(*pp)->next)
		;
	*pp = d->next;
	ds->n--;
	free(d);
}
