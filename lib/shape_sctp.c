/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shape_sctp.c - SCTP flows by stream and by association (RFC 9260).
 *
 * A packet goes to the flow of each stream that a DATA chunk of it names, and to that of stream 0
 * for its other chunks.  The two ends of an association use different verification tags, which
 * INIT and INIT ACK announce; a number that stands for both goes into the key, so that flows find
 * their opposite.  Without these chunks the two tags that come in opposite directions are taken
 * for a pair.  An association is forgotten with its last flow.
 */
#include <stdlib.h>

#include "shape.h"

enum { HEAD = 12, STREAMS = 65536, STREAM_AT = 8 };     /* offset of a chunk's stream */
enum { BY_STREAM = 1, BY_TAG = 2 };     /* SCTP_ACTIVATE */
enum chunk {                            /* RFC 9260 section 3.2, RFC 8260 section 2.1 */
	DATA = 0, INIT = 1, INIT_ACK = 2, ABORT = 6, SHUTDOWN_COMPLETE = 14, I_DATA = 64
};
enum { TAG_REFLECTED = 1 };             /* flag of ABORT and SHUTDOWN COMPLETE */

struct assoc {
	struct flow_key way[2];         /* keys of both directions, stream 0 */
	uint32_t tag[2];                /* the tags that packets of that way carry */
	bool known[2];                  /* tag is */
	uint32_t live;                  /* flows */
	uint32_t next;                  /* free ones: number of another, 0 none */
	uint64_t index;                 /* flowInd of its flows, 0 none yet */
};
struct entry_key {                      /* of the table */
	struct flow_key way;
	uint32_t tag;
	uint32_t half;                  /* 1: whose opposite tag is not known, .tag is 0 */
};
struct sctp {
	int mode;                       /* SCTP_ACTIVATE */
	bool share;                     /* SCTP_STATFINDEX */
	struct table *by_tag;           /* struct entry_key -> number of the association */
	struct assoc *v;                /* by number - 1 */
	uint32_t n, room, freed;        /* used so far; room; free list, 0 empty */
	uint32_t current;               /* the one whose packet is under way, 0 none */
	uint16_t *order;                /* streams of the packet, nstream of them */
	uint32_t nstream;
	uint32_t *bytes;                /* data by stream, valid if mark is the packet's */
	uint64_t *mark;
};
struct view {                           /* what a packet says of its association */
	uint32_t tag, init;             /* verification tag, initiate tag */
	uint8_t first;                  /* type of the first chunk */
	bool reflected;                 /* tag is that of the other direction */
};

int
sctp_init(struct t2 *t, struct sctp **out)
{
	struct sctp *s;

	if (t->core[CO_SCTP_ACTIVATE].n == 0)
		return 0;
	if (t->core[CO_SCTP_ACTIVATE].n & BY_TAG && t->core[CO_ETH_ACTIVATE].n == 2) {
		t2_error(t, "SCTP_ACTIVATE=%d: not with ETH_ACTIVATE=2",
		    (int)t->core[CO_SCTP_ACTIVATE].n);
		return -1;
	}
	if ((s = *out = calloc(1, sizeof(*s))) == NULL)
		return -1;
	s->mode = (int)t->core[CO_SCTP_ACTIVATE].n;
	s->share = t->core[CO_SCTP_STATFINDEX].n != 0;
	s->by_tag = table_new(sizeof(struct entry_key));
	s->order = calloc(STREAMS, sizeof(*s->order));
	s->bytes = calloc(STREAMS, sizeof(*s->bytes));
	s->mark = calloc(STREAMS, sizeof(*s->mark));
	return s->by_tag == NULL || s->order == NULL || s->bytes == NULL || s->mark == NULL ?
	    -1 : 0;
}

void
sctp_free(struct sctp *s)
{
	if (s == NULL)
		return;
	if (s->by_tag != NULL)
		table_free(s->by_tag);
	free(s->v);
	free(s->order);
	free(s->bytes);
	free(s->mark);
	free(s);
}

/* associations ---------------------------------------------------------------------------- */

static uint32_t *
entry(const struct sctp *s, const struct flow_key *way, uint32_t tag, bool half)
{
	struct entry_key k = { *way, tag, half };

	return table_find(s->by_tag, &k);
}

static uint32_t
find(const struct sctp *s, const struct flow_key *way, uint32_t tag, bool half)
{
	const uint32_t *n = entry(s, way, tag, half);

	return n != NULL ? *n : 0;
}

static void
enter(struct sctp *s, const struct flow_key *way, uint32_t tag, bool half, uint32_t id)
{
	struct entry_key k = { *way, tag, half };
	uint32_t *n = table_get(s->by_tag, &k);

	if (n != NULL)
		*n = id;
}

static void
leave(struct sctp *s, const struct flow_key *way, uint32_t tag, bool half, uint32_t id)
{
	uint32_t *n = entry(s, way, tag, half);

	if (n != NULL && *n == id)
		table_drop(s->by_tag, n);
}

/* Packets of association id that go this way carry this tag. */
static void
learn(struct sctp *s, uint32_t id, const struct flow_key *way, uint32_t tag)
{
	struct assoc *a = &s->v[id - 1];
	int i = memcmp(way, &a->way[0], sizeof(*way)) == 0 ? 0 : 1;

	if (a->known[i])
		leave(s, way, a->tag[i], false, id);
	a->known[i] = true;
	a->tag[i] = tag;
	enter(s, way, tag, false, id);
	if (a->known[!i])
		leave(s, &a->way[!i], 0, true, id);
	else
		enter(s, way, 0, true, id);
}

static void
drop(struct sctp *s, uint32_t id)
{
	struct assoc *a = &s->v[id - 1];

	for (int i = 0; i < 2; i++) {
		if (a->known[i])
			leave(s, &a->way[i], a->tag[i], false, id);
		leave(s, &a->way[i], 0, true, id);
	}
	a->next = s->freed;
	s->freed = id;
}

/* Its number, 0: out of memory. */
static uint32_t
create(struct sctp *s, const struct flow_key *way)
{
	uint32_t id = s->freed;
	struct assoc *v;

	if (id != 0) {
		s->freed = s->v[id - 1].next;
	} else {
		if (s->n == s->room) {
			uint32_t room = s->room == 0 ? 64 : s->room * 2;
			if ((v = reallocarray(s->v, room, sizeof(*v))) == NULL)
				return 0;
			s->v = v;
			s->room = room;
		}
		id = ++s->n;
	}
	v = &s->v[id - 1];
	*v = (struct assoc){ .way[0] = *way };
	flow_key_swap(&v->way[1], way);
	return id;
}

/* The association that a packet on this way belongs to, known from now on; 0: out of memory. */
static uint32_t
associate(struct sctp *s, const struct flow_key *way, const struct view *view)
{
	struct flow_key back;
	bool init = view->first == INIT && view->tag == 0;
	uint32_t id;

	flow_key_swap(&back, way);
	/* the tag in INIT is the one that answers will carry */
	id = init ? find(s, &back, view->init, false) : find(s, way, view->tag, false);
	if (id == 0 && view->reflected)
		return (id = find(s, &back, view->tag, false)) != 0 ? id : create(s, way);
	if (id == 0 && !init && (id = find(s, &back, 0, true)) != 0)
		learn(s, id, way, view->tag);
	if (id == 0) {
		if ((id = create(s, way)) == 0)
			return 0;
		learn(s, id, init ? &back : way, init ? view->init : view->tag);
	}
	if (view->first == INIT_ACK && find(s, &back, view->init, false) == 0)
		learn(s, id, &back, view->init);
	return id;
}

/* packets --------------------------------------------------------------------------------- */

static void
stream_note(struct sctp *s, uint64_t packet, uint16_t stream, uint32_t bytes)
{
	if (s->mark[stream] != packet) {
		s->mark[stream] = packet;
		s->bytes[stream] = 0;
		s->order[s->nstream++] = stream;
	}
	s->bytes[stream] += bytes;
}

/* One chunk at c, len bytes. */
static void
chunk_read(struct sctp *s, const struct pkt *p, struct cur c, uint8_t type, uint32_t len)
{
	uint32_t head = type == DATA ? 16 : type == I_DATA ? 20 : 0;

	if (head == 0 || len < STREAM_AT + 2) {         /* what stands there is of another chunk */
		stream_note(s, p->num, 0, 0);
		return;
	}
	cur_skip(&c, STREAM_AT);
	stream_note(s, p->num, cur_u16(&c), len > head ? len - head : 0);
}

/* Section 3: chunks of their own length follow the common header, padded to four bytes. */
static struct view
chunks_read(struct sctp *s, const struct pkt *p)
{
	uint32_t at = p->l4 + HEAD;
	uint32_t end = p->iplen > p->iphl ? p->l4 + p->iplen - p->iphl : p->l4;
	struct cur c = pkt_cur(p, p->l4 + 4);
	struct view v = { .tag = cur_u32(&c), .first = UINT8_MAX };

	s->nstream = 0;
	while (at + 4 <= end && pkt_avail(p, at) >= 4) {
		c = pkt_cur(p, at);
		uint8_t type = cur_u8(&c), flags = cur_u8(&c);
		uint32_t len = cur_u16(&c);
		if (v.first == UINT8_MAX) {
			v.first = type;
			v.init = type == INIT || type == INIT_ACK ? cur_u32(&c) : 0;
			v.reflected = (type == ABORT || type == SHUTDOWN_COMPLETE) &&
			    flags & TAG_REFLECTED;
		}
		if (len < 4)
			break;
		chunk_read(s, p, pkt_cur(p, at), type, len < end - at ? len : end - at);
		at += (len + 3) & ~3u;
	}
	if (s->nstream == 0)
		stream_note(s, p->num, 0, p->l7len);
	return v;
}

/* The packet counts once in the totals, however many flows it goes to. */
static void
streams_deliver(struct t2 *t, struct sctp *s, struct pkt *p)
{
	uint32_t len = p->len, l7len = p->l7len;
	bool payload = t->core[CO_PACKETLENGTH].n == 3;

	for (uint32_t i = 0; i < s->nstream && !t->stop; i++) {
		struct totals *o = &t->tot;
		uint64_t pkts[2] = { o->pkts_dir[0], o->pkts_dir[1] };
		uint64_t bytes[2] = { o->bytes_dir[0], o->bytes_dir[1] };

		p->key.stream = s->order[i];
		p->l7len = s->bytes[s->order[i]];
		p->len = payload ? p->l7len : len;
		shape_deliver(t, p);
		if (i > 0) {
			memcpy(o->pkts_dir, pkts, sizeof(pkts));
			memcpy(o->bytes_dir, bytes, sizeof(bytes));
		}
	}
	p->len = len;
	p->l7len = l7len;
}

void
sctp_packet(struct t2 *t, struct sctp *s, struct pkt *p)
{
	struct view view = chunks_read(s, p);
	uint32_t id;

	if (!(s->mode & BY_TAG))
		view = (struct view){ .first = UINT8_MAX };
	if ((id = associate(s, &p->key, &view)) == 0) {
		t2_error(t, "out of memory with %u SCTP associations", s->n);
		t->stop = true;
		return;
	}
	if (s->mode & BY_TAG) {
		memcpy(p->key.smac, &id, sizeof(id));
		memcpy(p->key.dmac, &id, sizeof(id));
	}
	s->current = id;
	if (s->mode & BY_STREAM)
		streams_deliver(t, s, p);
	else
		shape_deliver(t, p);
	s->current = 0;
	if (s->v[id - 1].live == 0)
		drop(s, id);
}

/* flows ----------------------------------------------------------------------------------- */

/* The association of a flow, 0 none. */
static uint32_t
of_flow(const struct sctp *s, const struct flow *f)
{
	struct flow_key way = f->key;
	uint32_t id;

	way.stream = 0;
	if (s->mode & BY_TAG)
		memcpy(&id, f->key.smac, sizeof(id));
	else
		id = find(s, &way, 0, false);
	return id;
}

void
sctp_flow_new(struct sctp *s, struct t2 *t, struct flow *f)
{
	uint32_t id = of_flow(s, f);
	struct assoc *a;

	if (id == 0)                    /* of a fragment without its head */
		return;
	a = &s->v[id - 1];
	a->live++;
	if (!s->share || f->opp != NULL)
		return;
	if (a->index == 0) {
		a->index = f->index;
	} else if (f->index == t->next_index) {
		t->next_index--;
		f->index = a->index;
	}
}

void
sctp_flow_gone(struct sctp *s, const struct flow *f)
{
	uint32_t id = of_flow(s, f);
	struct assoc *a;

	if (id == 0)
		return;
	a = &s->v[id - 1];
	if (--a->live > 0)
		return;
	a->index = 0;
	if (id != s->current)
		drop(s, id);
}
