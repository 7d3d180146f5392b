/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ayiya.c - Anything In Anything (draft-massar-v6ops-ayiya), port 5072 of TCP or UDP.
 */
#include "../walk.h"

enum { PORT = 5072, HEAD = 8, NONE = 59 };

static const struct proto ayiya = { .name = "ayiya" };

static bool
decode(struct walk *w)
{
	struct pkt *p = w->p;
	struct cur c = walk_cur(w);
	uint8_t id = cur_u8(&c), sig = cur_u8(&c), next;

	if (!w->d->conf.ayiya || walk_other_port(w, PORT) <= 1024)
		return false;
	cur_skip(&c, 1);
	next = cur_u8(&c);
	if (next != 4 && next != 41 && next != NONE)
		return false;
	p->seen |= SEEN_AYIYA;
	p->stat |= FS(AYIYA);
	walk_push(w, &ayiya);
	w->open = true;
	if (next == NONE)
		return walk_stop(w);
	return walk_ip(w, HEAD + (1u << (id >> 4)) + (sig >> 4) * 4u);
}

const struct proto ayiya_protos[] = {
	{ .name = "ayiya", .keys = KEYS({ SP_PORT, PORT }), .decode = decode },
	{ .name = NULL }
};
