/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * extract.c - from a run to a capture of the wanted packets.
 *
 * Surprise: which direction is A is sure at the end of the flow only.  A lone flow is A even if it
 * looks like an answer, and B as soon as its opposite comes.  Such packets are written, and taken
 * out again at the end if need be.
 */
#include <errno.h>
#include <stdlib.h>

#include "extract.h"

static int
no_memory(struct extract *x)
{
	t2_error(x->t, "%s", strerror(errno));
	x->t->stop = true;
	return -1;
}

/* The place of f's newest doubt; NULL without memory. */
static uint32_t *
doubt_last(struct extract *x, const struct flow *f)
{
	uint32_t n = x->nlast == 0 ? 1024 : x->nlast, *v;

	if (f->id < x->nlast)
		return &x->last[f->id];
	while (n <= f->id)
		n *= 2;
	if ((v = reallocarray(x->last, n, sizeof(*v))) == NULL)
		return NULL;
	memset(v + x->nlast, 0, (n - x->nlast) * sizeof(*v));
	x->last = v;
	x->nlast = n;
	return &v[f->id];
}

/* Whether the packet number no of the batch is wanted hangs on the direction of f. */
static int
doubt_add(struct extract *x, const struct flow *f, bool if_a, uint64_t no)
{
	uint32_t *last = doubt_last(x, f);
	struct doubt *v = x->doubt;

	if (last == NULL)
		return no_memory(x);
	if ((x->ndoubt & (x->ndoubt - 1)) == 0) {
		v = reallocarray(v, x->ndoubt == 0 ? 1 : 2 * x->ndoubt, sizeof(*v));
		if (v == NULL)
			return no_memory(x);
		x->doubt = v;
	}
	v[x->ndoubt++] = (struct doubt){ .no = no, .next = *last, .if_a = if_a, .if_b = !if_a };
	*last = (uint32_t)x->ndoubt;
	return 0;
}

static bool
on_packet(void *arg, const struct pkt *p, struct flow *f)
{
	struct extract *x = arg;
	bool b = f->stat & FS(INVERTED), a_too, want;
	uint64_t no = f->npkts - 1, at = (uint64_t)(p - x->t->batch), bit = UINT64_C(1) << at;

	want = pick_wants(x->pick, f->index, b ? PICK_B : PICK_A, no);
	if (unlikely(b && f->opp == NULL)) {
		a_too = pick_wants(x->pick, f->index, PICK_A, no);
		if (a_too != want) {
			x->unsure |= bit;
			want = false;
			if (doubt_add(x, f, a_too, at) != 0)
				return false;
		}
	}
	x->mark |= want ? bit : 0;
	return x->packet == NULL || x->packet(x->packet_arg, p, f);
}

/* Packet i of the batch is about to be written: its doubts, which came in order of packets, get
 * its number.  If one of its flows is wanted for sure they do not matter. */
static void
doubts_place(struct extract *x, uint64_t i, bool sure)
{
	for (; x->placed < x->ndoubt && x->doubt[x->placed].no == i; x->placed++) {
		struct doubt *d = &x->doubt[x->placed];

		d->no = x->dump->npkts;
		d->settled = sure;
		d->drop = sure ? x->invert : d->drop;
	}
}

static void
on_batch(void *arg, const struct pkt *v, int n)
{
	struct extract *x = arg;
	uint64_t mark = x->mark ^ (x->invert ? UINT64_MAX : 0);

	mark |= x->unsure;
	if (n < BATCH)
		mark &= (UINT64_C(1) << n) - 1;
	if (mark != 0)
		dump_source(x->dump, &x->t->cap.file);
	for (; mark != 0; mark &= mark - 1) {
		int i = __builtin_ctzll(mark);

		if (unlikely(x->unsure >> i & 1))
			doubts_place(x, (uint64_t)i, x->mark >> i & 1);
		if (dump_packet(x->dump, &v[i]) != 0) {
			x->t->stop = true;
			break;
		}
	}
	x->mark = x->unsure = 0;
	if (x->watch != NULL)
		x->watch(x->watch_arg, v, n);
}

static bool
on_record(void *arg, struct flow *f)
{
	struct extract *x = arg;
	int dir = f->dir == 'A' ? PICK_A : PICK_B;
	uint32_t *last;

	if (pick_check(x->pick, f->index, dir, f->first, x->t->tot.first, f) != 0) {
		t2_error(x->t, "%s", x->pick->err);
		return false;
	}
	if (f->id < x->nlast) {
		last = &x->last[f->id];
		for (uint32_t i = *last; i != 0; i = x->doubt[i - 1].next) {
			struct doubt *d = &x->doubt[i - 1];

			if (!d->settled)
				d->drop = (dir == PICK_A ? d->if_a : d->if_b) == x->invert;
		}
		*last = 0;
	}
	return x->record == NULL || x->record(x->record_arg, f);
}

void
extract_join(struct extract *x, struct t2 *t, struct pick *pick, struct dump *dump)
{
	_Static_assert(BATCH <= 64, "a bit for each packet of a batch");
	*x = (struct extract){
		.t = t, .pick = pick, .dump = dump, .record = t->record, .packet = t->packet,
		.watch = t->watch, .record_arg = t->record_arg, .packet_arg = t->packet_arg,
		.watch_arg = t->watch_arg,
	};
	t->record = on_record;
	t->packet = on_packet;
	t->watch = on_batch;
	t->record_arg = t->packet_arg = t->watch_arg = x;
}

/* Whether the packet of doubt i, the first of *n for it, is to go.  It is wanted if one of its
 * flows is. */
static bool
is_dropped(const struct extract *x, size_t i, size_t *n)
{
	size_t end = i, drop = 0;

	while (end < x->placed && x->doubt[end].no == x->doubt[i].no)
		drop += x->doubt[end++].drop;
	*n = end - i;
	return x->invert ? drop > 0 : drop == *n;
}

int
extract_close(struct extract *x)
{
	uint64_t *drop = NULL;
	size_t n = 0, k;
	int r = -1;

	if (x->dump->err[0] == '\0' && x->t->err[0] == '\0' &&
	    (drop = reallocarray(NULL, x->placed + 1, sizeof(*drop))) == NULL)
		no_memory(x);
	if (drop != NULL) {
		for (size_t i = 0; i < x->placed; i += k)
			if (is_dropped(x, i, &k))
				drop[n++] = x->doubt[i].no;
		r = dump_close(x->dump, drop, n);
	} else {
		dump_abort(x->dump);
	}
	free(drop);
	free(x->doubt);
	free(x->last);
	return r;
}

bool
extract_doubts(const struct pick *p)
{
	const struct pick_spans *a = &p->dir[0], *b = &p->dir[1];

	for (size_t i = 0; i < p->npart; i++)
		if (p->part[i].dirs != PICK_BOTH)
			return true;
	return a->n != b->n || (a->n > 0 && memcmp(a->v, b->v, a->n * sizeof(*a->v)) != 0);
}

int
extract_packets(struct t2 *t, struct pick *pick, struct dump *dump, bool invert)
{
	struct pkt *v = t->batch;
	int n = 0;

	while (!t->stop && (n = cap_batch(&t->cap, v, BATCH)) > 0) {
		dump_source(dump, &t->cap.file);
		for (int i = 0; i < n && !t->stop; i++)
			t->stop = pick_wants_packet(pick, v[i].num) != invert &&
			    dump_packet(dump, &v[i]) != 0;
		t->tot.npkts += (uint64_t)n;
		if (t->watch != NULL)
			t->watch(t->watch_arg, v, n);
	}
	if (n < 0)
		t2_error(t, "%s", t->cap.err);
	if (n < 0 || dump->err[0] != '\0') {
		dump_abort(dump);
		return -1;
	}
	return dump_close(dump, NULL, 0);
}
