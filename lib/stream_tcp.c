/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stream_tcp.c - the payload of a TCP direction in the order of its sequence numbers.
 *
 * Segments that come too early are held until the hole in front of them is filled, or is known to
 * stay: the peer acknowledged it, too much is held, or the flow ends.  Without a SYN the first
 * acknowledgement tells where the stream begins.  Of bytes that come twice the first ones count.
 * Surprise: data that follows its own acknowledgement in the capture is too late for its place; it
 * is counted and told.
 */
#include <stdlib.h>

#include "stream.h"

enum { HELD_SEGMENTS = 8192, HELD_BYTES = 16 << 20 };   /* of one direction */
enum { FAR = 1 << 30 };                 /* numbers further away are of no use */

static int32_t
ahead(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b);
}

/* n bytes will not come any more. */
static void
skip(struct side *d, uint32_t n)
{
	if (d->gap == 0)
		d->gap_from = d->off;
	d->gap += n;
	d->next += n;
	d->off += n;
	d->gap_to = d->off;
}

static void
gap_tell(struct stream *s, struct side *d)
{
	if (d->gap == 0)
		return;
	stream_mark(s, d, "gap of %ju bytes", (uintmax_t)d->gap);
	d->gap = 0;
}

static void
deliver(struct stream *s, struct side *d, const uint8_t *p, uint32_t n)
{
	gap_tell(s, d);
	stream_data(s, d, p, n, 0);
	d->next += n;
	for (uint32_t i = 0; i < n; i++)
		d->history[d->off++ % STREAM_HISTORY] = p[i];
}

/* Whether bytes that were delivered at offset at are others now, as far as is remembered. */
static bool
differs(const struct side *d, const uint8_t *p, uint32_t n, uint64_t at)
{
	uint64_t from = d->off > STREAM_HISTORY ? d->off - STREAM_HISTORY : 0;

	if (from < d->gap_to)
		from = d->gap_to;
	for (uint32_t i = 0; i < n; i++)
		if (at + i >= from && d->history[(at + i) % STREAM_HISTORY] != p[i])
			return true;
	return false;
}

/* n bytes whose place has passed; partly: new ones follow them. */
static void
repeated(struct stream *s, struct side *d, const uint8_t *p, uint32_t n, uint32_t back,
    bool partly)
{
	uint64_t at, end;

	if (back > d->off) {            /* from before the first packet */
		uint32_t lost = back - (uint32_t)d->off < n ? back - (uint32_t)d->off : n;

		d->late += lost;
		p += lost;
		n -= lost;
		back -= lost;
	}
	at = d->off - back;
	end = at + n;
	if (at < d->gap_to && end > d->gap_from)
		d->late += (end < d->gap_to ? end : d->gap_to) -
		    (at > d->gap_from ? at : d->gap_from);
	if (n == 0 || (n == 1 && back == 1 && !partly))
		return;                 /* the byte of a keep-alive probe means nothing */
	if (differs(d, p, n, at))
		stream_mark(s, d, "%ju repeated bytes differ", (uintmax_t)n);
	else if (partly)
		stream_mark(s, d, "overlap of %ju bytes", (uintmax_t)n);
}

/* A segment that begins at or before the next byte; cut bytes behind it were not captured. */
static void
take(struct stream *s, struct side *d, uint32_t seq, const uint8_t *p, uint32_t n, uint32_t cut)
{
	uint32_t end = seq + n + cut;
	uint32_t back = d->next - seq, old = back < n ? back : n;

	if (old > 0)
		repeated(s, d, p, old, back, old < n);
	if (old < n)
		deliver(s, d, p + old, n - old);
	if (ahead(end, d->next) > 0)
		skip(d, end - d->next);
}

static void
drop_first(struct side *d)
{
	struct held *h = d->first;

	d->first = h->next;
	if (d->first != NULL)
		d->first->prev = NULL;
	else
		d->last = NULL;
	d->nheld--;
	d->held_bytes -= h->n;
	free(h);
}

/* Delivers what is in order now. */
static void
drain(struct stream *s, struct side *d)
{
	while (d->first != NULL && ahead(d->first->seq, d->next) <= 0) {
		struct held *h = d->first;

		take(s, d, h->seq, h->data, h->n, h->cut);
		drop_first(d);
	}
}

/* The stream begins here. */
static void
start(struct side *d, uint32_t seq)
{
	d->open = true;
	d->closed = false;
	d->start = d->next = d->top = seq;
	for (const struct held *h = d->first; h != NULL; h = h->next)
		if (ahead(h->seq + h->n + h->cut, d->top) > 0)
			d->top = h->seq + h->n + h->cut;
}

/* The hole in front of what is held stays. */
static void
give_up(struct stream *s, struct side *d)
{
	if (d->open)
		skip(d, d->first->seq - d->next);
	else
		start(d, d->first->seq);
	drain(s, d);
}

/* Into the list, behind those with an equal number. */
static void
hold(struct stream *s, struct side *d, const struct segment *g)
{
	struct held *h = malloc(sizeof(*h) + g->n), *before = d->last;

	if (h == NULL) {
		d->stray++;
		return;
	}
	*h = (struct held){ .seq = g->seq, .n = g->n, .cut = g->len - g->n, .num = g->num };
	memcpy(h->data, g->data, g->n);
	while (before != NULL && ahead(before->seq, h->seq) > 0)
		before = before->prev;
	h->prev = before;
	h->next = before != NULL ? before->next : d->first;
	*(h->next != NULL ? &h->next->prev : &d->last) = h;
	*(before != NULL ? &before->next : &d->first) = h;
	d->nheld++;
	d->held_bytes += g->n;
	while (d->nheld > HELD_SEGMENTS || d->held_bytes > HELD_BYTES) {
		d->given_up += d->open;
		give_up(s, d);
	}
}

/* The peer has all bytes up to ack: those not seen are not in the capture. */
static void
acked(struct stream *s, struct side *d, uint32_t ack)
{
	if (!d->open) {
		bool held = d->first != NULL &&
		    (ahead(d->first->seq, ack) <= 0 || ahead(d->first->seq, ack) > FAR);

		start(d, held ? d->first->seq : ack);
		drain(s, d);
	}
	if (ahead(ack, d->next) <= 0 || ahead(ack, d->next) > FAR)
		return;
	if (ahead(ack, d->top) > 0)
		ack = d->top;
	while (ahead(ack, d->next) > 0) {
		if (d->first == NULL || ahead(d->first->seq, ack) > 0)
			skip(d, ack - d->next);
		else
			give_up(s, d);
	}
}

void
stream_tcp_end(struct stream *s, struct side *d)
{
	while (d->first != NULL)
		give_up(s, d);
	if (ahead(d->top, d->next) > 0)
		skip(d, d->top - d->next);
	gap_tell(s, d);
}

/* In the middle it begins a new connection, but only if the old one has ended: else false. */
static bool
synchronise(struct stream *s, struct side *own, struct side *other, const struct segment *g)
{
	if (!own->open) {
		start(own, g->seq);
		drain(s, own);
		return true;
	}
	if (g->seq == own->start)
		return true;
	if (!own->closed && !other->closed)
		return false;
	stream_tcp_end(s, own);
	own->gap_from = own->gap_to = own->off;
	start(own, g->seq);
	if ((g->flags & STREAM_ACK) == 0) {
		other->closed = true;   /* its numbers begin anew too */
		stream_mark(s, own, "new connection");
	}
	return true;
}

/* Payload, or what a number tells without any. */
static void
advance(struct stream *s, struct side *own, const struct segment *g)
{
	int32_t d = ahead(g->seq, own->next);

	if (!own->open) {
		if (g->len > 0)
			hold(s, own, g);
		return;
	}
	if (d > FAR || d < -FAR) {
		own->stray++;
		return;
	}
	/* a number beyond a FIN, seen or not, is no byte */
	if (ahead(g->seq + g->len, own->top) > (g->len > 0 ? 0 : 1))
		own->top = g->seq + g->len;
	if (g->len > 0 && d > 0) {
		hold(s, own, g);
	} else if (g->len > 0) {
		take(s, own, g->seq, g->data, g->n, g->len - g->n);
		drain(s, own);
	}
}

void
stream_tcp(struct stream *s, struct side *own, struct side *other, const struct segment *g)
{
	if (g->flags & STREAM_RST) {
		own->closed = true;
		return;
	}
	if ((g->flags & STREAM_SYN) && !synchronise(s, own, other, g)) {
		own->stray++;
		return;
	}
	advance(s, own, g);
	own->closed |= (g->flags & STREAM_FIN) != 0;
	if (g->flags & STREAM_ACK)
		acked(s, other, g->ack);
}
