/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * frag.c - fragments find the flow of the first fragment, which alone has the ports.
 *
 * A flow waits for at most one datagram (bit 39), known by addresses, VLAN, the id, and in IPv4 the
 * protocol (RFC 791 section 3.2).  In IPv6 the next header of a later fragment is no help: it may
 * be an extension header of the first one, or anything else (RFC 8200 section 4.5).  The table
 * never has more entries than there are flows.
 */
#include <stdlib.h>

#include "priv.h"

enum { SLOTS_MIN = 64 };

struct frag_key {
	uint8_t src[16], dst[16];
	uint32_t id;
	uint16_t vlan;
	uint8_t proto, version;
};
struct frag_slot {
	struct frag_key key;
	struct flow *f;                 /* NULL: free */
};

static struct frag_key
key_make(const struct flow_key *k, uint32_t id, uint8_t version)
{
	struct frag_key r = { .id = id, .vlan = k->vlan, .version = version };

	r.proto = version == 4 ? k->proto : 0;
	memcpy(r.src, k->src, sizeof(r.src));
	memcpy(r.dst, k->dst, sizeof(r.dst));
	return r;
}

static uint32_t
hash(const struct frags *t, const struct frag_key *k)
{
	struct flow_key f = { .vlan = k->vlan, .proto = k->proto, .ethertype = k->version };

	memcpy(f.src, k->src, sizeof(f.src));
	memcpy(f.dst, k->dst, sizeof(f.dst));
	f.sport = (uint16_t)(k->id >> 16);
	f.dport = (uint16_t)k->id;
	return key_hash(&f, t->seed);
}

/* The place of k, or the free place where it would go. */
static uint32_t
place(const struct frags *t, const struct frag_key *k)
{
	uint32_t i = hash(t, k) & t->mask;

	while (t->slot[i].f != NULL && memcmp(&t->slot[i].key, k, sizeof(*k)) != 0)
		i = (i + 1) & t->mask;
	return i;
}

static int
grow(struct frags *t)
{
	struct frags new = *t;

	new.mask = t->slot == NULL ? SLOTS_MIN - 1 : t->mask * 2 + 1;
	if ((new.slot = calloc(new.mask + (size_t)1, sizeof(*new.slot))) == NULL)
		return -1;
	for (uint32_t i = 0; t->slot != NULL && i <= t->mask; i++)
		if (t->slot[i].f != NULL)
			new.slot[place(&new, &t->slot[i].key)] = t->slot[i];
	free(t->slot);
	*t = new;
	return 0;
}

void
frags_free(struct frags *t)
{
	free(t->slot);
}

struct flow *
frag_find(const struct frags *t, const struct pkt *p)
{
	struct frag_key k = key_make(&p->key, p->ipid, p->ipver);

	return t->slot != NULL ? t->slot[place(t, &k)].f : NULL;
}

void
frag_done(struct t2 *t, struct flow *f)
{
	struct frags *fr = &t->frags;
	struct frag_key key = key_make(&f->key, f->fragid, f->ipver);
	uint32_t i = place(fr, &key), k;

	f->stat &= ~FS(FRAGPEND);
	if (fr->slot[i].f != f)
		return;
	for (k = (i + 1) & fr->mask; fr->slot[k].f != NULL; k = (k + 1) & fr->mask)
		if (((k - hash(fr, &fr->slot[k].key)) & fr->mask) >= ((k - i) & fr->mask)) {
			fr->slot[i] = fr->slot[k];
			i = k;
		}
	fr->slot[i].f = NULL;
	fr->n--;
}

void
frag_pend(struct t2 *t, struct flow *f, const struct pkt *p)
{
	struct frags *fr = &t->frags;
	struct frag_key key = key_make(&f->key, p->ipid, f->ipver);
	bool replaced = f->stat & FS(FRAGPEND) && f->fragid != p->ipid;
	uint32_t i;

	if (replaced) {
		flow_mark(t, f, FS(FRAGERR));
		frag_done(t, f);
	}
	if ((fr->slot == NULL || fr->n >= fr->mask / 2) && grow(fr) != 0)
		return;                 /* the rest becomes a flow without ports */
	i = place(fr, &key);
	if (fr->slot[i].f == NULL)
		fr->n++;
	else if (fr->slot[i].f != f && !replaced)       /* another flow waited for this id */
		fr->slot[i].f->stat &= ~FS(FRAGPEND);
	fr->slot[i] = (struct frag_slot){ key, f };
	f->fragid = p->ipid;
	f->stat |= FS(FRAGPEND);        /* reaches the aggregate if it lasts to the flow's end */
}
