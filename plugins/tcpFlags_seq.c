/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_seq.c - progress of sequence and acknowledgement numbers, retries and losses.
 *
 * Surprise: comparisons are plain unsigned ones, not the serial arithmetic of RFC 9293 section
 * 3.4, and a segment is remembered by its start: the last segment's payload is never counted
 * and the first answer in a handshake counts as a fault.  The seed's columns are defined so.
 */
#include "tcpFlags.h"

static const int64_t retry_ns = NS_PER_SEC;     /* a repetition later than this is a retry */

/* Bytes by which the sequence number went on. */
static uint32_t
seq_step(const struct visit *v)
{
	struct state *st = v->st;
	struct slot *own = v->own;
	struct now *now = &st->now;
	uint32_t d = now->seq - own->seq;

	if (now->seq > own->seq) {
		own->seq_ok++;
		if (d > own->seglen)
			now->anomaly |= AN_SEQ_JUMP;
		return d;
	}
	if (v->other != NULL && (v->other->fstat & ST_ACK_LOSS) != 0) {
		own->seq_faults++;
		if (v->iat > retry_ns) {
			now->anomaly |= AN_SEQ_RETRY;
			st->retries++;
		}
		return 0;
	}
	if (d <= now->win) {            /* the same again, or over the wrap */
		own->seq_ok++;
		return d;
	}
	now->anomaly |= AN_SEQ_ORDER;
	return 0;
}

/* An acknowledgement without payload that repeats the last one. */
static void
ack_repeated(const struct visit *v)
{
	struct slot *own = v->own;
	struct now *now = &v->st->now;

	if (!v->first && (now->flags & (TH_FIN | TH_SYN | TH_RST)) == 0)
		now->anomaly |= AN_ACK_DUP;
	if (v->other != NULL && v->other->seq >= now->ack && now->seq_diff == 0) {
		own->fstat |= ST_ACK_LOSS;
		own->ack_faults++;
	}
}

/* Bytes by which the acknowledgement number went on. */
static uint32_t
ack_step(const struct visit *v)
{
	struct slot *own = v->own;
	struct now *now = &v->st->now;
	uint32_t a = now->ack - own->ack;

	if (a == 0) {
		if (now->l7cap == 0)
			ack_repeated(v);
		return 0;
	}
	if (now->ack > own->ack || a <= now->win) {
		own->ack_ok++;
		return a;
	}
	now->anomaly |= AN_ACK_ORDER;
	return 0;
}

void
tcpFlags_seq(const struct visit *v)
{
	struct slot *own = v->own;
	struct now *now = &v->st->now;

	if ((now->flags & TH_ACK) != 0 && own->seq != 0) {
		now->seq_diff = (int32_t)(now->seq - own->seq);
		own->seq_bytes += seq_step(v);
		if (v->other != NULL && v->other->ack > now->seq)
			now->anomaly |= AN_SEQ_MESS;
	}
	own->fstat = (uint16_t)(own->fstat & ~ST_ACK_LOSS);
	if ((now->flags & TH_ACK) != 0 && own->ack != 0) {
		now->ack_diff = (int32_t)(now->ack - own->ack);
		own->ack_bytes += ack_step(v);
	}
	if ((now->flags & TH_RST) == 0) {
		own->seq = now->seq;
		own->ack = now->ack;
		own->seglen = now->l7;
	}
	if ((now->flags & (TH_SYN | TH_FIN)) != 0)
		own->seq++;
}

/* SYN and FIN took a number each, but carried no byte. */
void
tcpFlags_seq_end(struct slot *own)
{
	if ((own->flags & TH_SYN) != 0 && own->seq_bytes > 0)
		own->seq_bytes--;
	if ((own->anomaly & AN_FIN_ACK) != 0 && own->ack_bytes > 0)
		own->ack_bytes--;
}
