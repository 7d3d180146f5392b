/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stream.c - follows one flow: which packets are its, which direction they are of, what their
 * payload is.
 *
 * TCP goes through stream_tcp.c, all else is delivered packet by packet.  Surprise: a direction
 * that looks like an answer is A if it stays alone and B if the other one comes later; until that
 * is known its packets wait in a temporary file.
 */
#include <errno.h>
#include <stdlib.h>

#include "stream.h"

enum { SEQ = 4, TCP_HEAD = 20 };        /* offsets */

static struct side *
side_of(struct stream *s, char dir)
{
	return &s->side[dir == 'B'];
}

static void
deliver(struct stream *s, struct side *own, const struct segment *g)
{
	struct side *other = own == &s->side[0] ? &s->side[1] : &s->side[0];

	if (own->ends.key.proto == IP_TCP && own->ends.ipver != 0) {
		stream_tcp(s, own, other, g);
		return;
	}
	stream_data(s, own, g->data, g->n, g->num);
	own->off += g->n;
	if (g->n < g->len) {
		stream_mark(s, own, "gap of %ju bytes", (uintmax_t)(g->len - g->n));
		own->off += g->len - g->n;
	}
}

/* spool ----------------------------------------------------------------------------------- */

static int
spool_write(struct stream *s, const struct segment *g)
{
	if (s->spool == NULL && (s->spool = tmpfile()) == NULL)
		return -1;
	return fwrite(g, sizeof(*g), 1, s->spool) == 1 &&
	    fwrite(g->data, 1, g->n, s->spool) == g->n ? 0 : -1;
}

/* The letter is known now. */
static int
spool_replay(struct stream *s, char dir)
{
	struct side *d = side_of(s, dir);
	struct segment g;
	uint8_t *data;
	FILE *f = s->spool;
	bool bad;

	if (f == NULL)
		return 0;
	s->spool = NULL;
	rewind(f);
	d->ends = s->spooled;
	while (fread(&g, sizeof(g), 1, f) == 1) {
		if ((data = malloc(g.n + 1)) == NULL)
			break;
		g.data = data;
		if (fread(data, 1, g.n, f) == g.n)
			deliver(s, d, &g);
		free(data);
	}
	bad = !feof(f);
	fclose(f);
	return bad ? -1 : 0;
}

/* hooks ----------------------------------------------------------------------------------- */

static bool
fail(struct stream *s, const char *what)
{
	t2_error(s->t, "%s: %s", what, strerror(errno));
	return false;
}

/* False: the packet has no place in the stream. */
static bool
segment_read(struct segment *g, const struct pkt *p, const struct flow *f)
{
	struct cur pay = pkt_payload(p), c = pkt_cur(p, p->l4 + SEQ);

	*g = (struct segment){ .data = pay.p, .n = (uint32_t)cur_left(&pay), .len = p->l7len,
	    .num = p->num };
	if (f->key.proto != IP_TCP || f->ipver == 0)
		return true;
	if (!pkt_has_l4(p) || pkt_avail(p, p->l4) < TCP_HEAD)
		return false;
	g->seq = cur_u32(&c);
	g->ack = cur_u32(&c);
	g->flags = cur_peek(&c, 1);
	if (g->flags & STREAM_SYN)
		g->seq++;
	return true;
}

static bool
packet(void *arg, const struct pkt *p, struct flow *f)
{
	struct stream *s = arg;
	struct segment g;
	char dir = f->stat & FS(INVERTED) ? 'B' : 'A';

	if (f->index != s->conf.flow)
		return true;
	s->found = true;
	if (!segment_read(&g, p, f)) {
		side_of(s, dir)->unread++;
		return true;
	}
	if (f->opp == NULL && dir == 'B') {
		s->spooled = (struct ends){ f->ipver, f->key };
		return spool_write(s, &g) == 0 || fail(s, "temporary file");
	}
	if (s->spool != NULL && spool_replay(s, 'B') != 0)
		return fail(s, "temporary file");
	side_of(s, dir)->ends = (struct ends){ f->ipver, f->key };
	deliver(s, side_of(s, dir), &g);
	return s->out.error == 0;
}

/* At the end of a flow; false when nothing more can come. */
static bool
record(void *arg, struct flow *f)
{
	struct stream *s = arg;

	if (f->index != s->conf.flow)
		return true;
	/* of the opposite direction there may have been nothing that could be read */
	if (spool_replay(s, f->opp == NULL ? f->dir : 'B') != 0)
		return fail(s, "temporary file");
	return s->shared || (f->opp != NULL && f->dir == 'A');
}

struct stream *
stream_open(struct t2 *t, const struct stream_conf *conf)
{
	struct stream *s = calloc(1, sizeof(*s));
	struct out_conf out;
	const char *why;

	if (s == NULL || out_configure(&out, opts_owner(&t->opts, "txtSink"), &why) != 0 ||
	    out_open(&s->out, "-", &out) != 0) {
		t2_error(t, "stdout: %s", strerror(errno));
		free(s);
		return NULL;
	}
	s->t = t;
	s->conf = *conf;
	s->shared = t->core[CO_FDLSFINDEX].n != 0 || t->core[CO_SCTP_STATFINDEX].n != 0;
	for (int i = 0; i < 2; i++) {
		s->side[i].dir = i == 0 ? 'A' : 'B';
		s->side[i].shown = conf->dir == '\0' || conf->dir == s->side[i].dir;
	}
	t->packet = packet;
	t->packet_arg = s;
	t->record = record;
	t->record_arg = s;
	return s;
}

static void
tell(struct stream *s, const struct side *d, uint64_t n, const char *what)
{
	char text[128];

	if (n == 0 || !d->shown)
		return;
	snprintf(text, sizeof(text), "%c: %s: %ju", d->dir, what, (uintmax_t)n);
	s->conf.note(s->conf.note_arg, text);
}

int
stream_close(struct stream *s, bool *found)
{
	int r;

	for (int i = 0; i < 2; i++) {
		struct side *d = &s->side[i];

		stream_tcp_end(s, d);
		tell(s, d, d->unread, "left out packets without readable TCP header");
		tell(s, d, d->stray, "left out segments with numbers out of all order");
		tell(s, d, d->late, "left out bytes that came too late for their place");
		tell(s, d, d->given_up, "gaps assumed because too much followed them");
	}
	stream_line_end(s);
	*found = s->found;
	if (s->spool != NULL)
		fclose(s->spool);
	r = out_close(&s->out);
	if (r != 0)
		t2_error(s->t, "stdout: %s", strerror(errno));
	free(s);
	return r;
}
