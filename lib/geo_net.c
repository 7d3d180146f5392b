/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * geo_net.c - the networks that labels are for.
 *
 * The network of an address is the range that the first source to know the address has for it,
 * in the order of geo.c.  Ranges inside the range are other networks.  A network is named by the
 * first of its addresses: as that belongs to no other one, equal names are equal networks, and
 * the name has the label of the network.
 */
#include <stdlib.h>
#include <string.h>

#include "geo_priv.h"

enum { TRIES = 1 << 16 };               /* bounds the time for tables made to be slow */

struct geo_net {
	geo_key key;
	int version;                    /* 0: empty */
	bool known;
	uint8_t first[16];
};

bool
geo_nets(struct geo *g)
{
	if (g->nets != NULL)
		return true;
	for (size_t i = 0; i < g->ntable; i++)
		if (!geo_text_nets(&g->table[i]))
			return false;
	g->nets = calloc(1 << GEO_CACHE_BITS, sizeof *g->nets);
	return g->nets != NULL;
}

static void
bytes_of(geo_key key, int version, uint8_t *out)
{
	for (int i = version == 4 ? 4 : 16; i-- > 0; key >>= 8)
		out[i] = (uint8_t)key;
}

struct range {
	size_t source;                  /* 1, 2, ... in order of preference; 0: nobody knows */
	geo_key first, last;            /* last: of the piece around the address */
};

static struct range
range_of(const struct geo *g, int version, geo_key key)
{
	struct range r = { 0, key, key };
	int bits = version == 4 ? 32 : 128, len;
	uint8_t addr[16];
	size_t i;

	if (key == 0)                   /* 0.0.0.0 and :: are never looked up */
		return r;
	for (i = 0; i < g->ntable && g->table[i].level != GEO_ASN; i++)
		if (g->table[i].version == version &&
		    geo_text_net(&g->table[i], key, &r.first, &r.last))
			return (struct range){ i + 1, r.first, r.last };
	bytes_of(key, version, addr);
	for (size_t k = 0; k < g->nmmdb; k++) {
		if ((len = geo_mmdb_net(&g->mmdb[k], &g->pairs, version, addr)) < 0)
			continue;
		/* two shifts, as one by the whole width is undefined */
		r.last = len < bits ? ((geo_key)1 << (bits - len - 1) << 1) - 1 : 0;
		return (struct range){ g->ntable + 1 + k, key & ~r.last, key | r.last };
	}
	for (; i < g->ntable; i++)
		if (g->table[i].version == version &&
		    geo_text_net(&g->table[i], key, &r.first, &r.last))
			return (struct range){ i + 1, r.first, r.last };
	return r;
}

/* The first address whose range is r: there may be ranges of better sources before it. */
static geo_key
first_find(const struct geo *g, int version, const struct range *r)
{
	geo_key key = r->first;
	struct range other;

	for (int i = 0; i < TRIES; i++) {
		other = range_of(g, version, key);
		if (other.source == r->source && other.first == r->first)
			return key;
		key = other.last + 1;
	}
	return r->first;
}

bool
geo_net(struct geo *g, int version, uint8_t *addr)
{
	geo_key key = geo_key_of(version, addr);
	struct geo_net *n = &g->nets[geo_place(key)];
	struct range r;

	if (n->version != version || n->key != key) {
		*n = (struct geo_net){ .key = key, .version = version };
		r = range_of(g, version, key);
		n->known = r.source != 0;
		if (n->known)
			bytes_of(first_find(g, version, &r), version, n->first);
	}
	if (n->known)
		memcpy(addr, n->first, version == 4 ? 4 : 16);
	return n->known;
}
