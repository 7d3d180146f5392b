/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_rtt.c - round trip times: from the last packet of the opposite direction to the
 * packet at hand, for all IP protocols.
 *
 * Mean and variance are running ones in single precision.  Surprise: packets that came before
 * the opposite was known count in the mean with 0, as they do in the seed's rows; and of the
 * handshake only the answer to the SYN gives a trip time of its own.
 */
#include <math.h>

#include "tcpFlags.h"

void
tcpFlags_rtt(const struct visit *v)
{
	struct slot *own = v->own, *other = v->other;
	float t, w, e;

	if (other == NULL)
		return;
	t = (float)ns_between(other->last, v->p->ts) / 1e9f;
	if (t < own->rtt_min)
		own->rtt_min = t;
	if (t > own->rtt_max)
		own->rtt_max = t;
	own->syn_open = false;
	if (other->syn_open) {
		other->syn_open = false;
		own->trip = own->rtt_ave = t;
	} else {
		w = 1.0f / (float)v->f->npkts;
		own->rtt_ave = own->rtt_ave * (1.0f - w) + t * w;
		e = t - own->rtt_ave;
		own->rtt_var = own->rtt_var * (1.0f - w) + e * e * w;
	}
}

void
tcpFlags_rtt_tcp(const struct visit *v)
{
	struct slot *own = v->own;

	switch (v->st->now.flags & TH_STATE) {
	case TH_SYN:
		if (own->syn_open)
			v->st->now.anomaly |= AN_SYN_RETRY;
		own->syn_open = true;
		break;
	case TH_SYN | TH_ACK:
		if (v->other != NULL)
			own->rtt_ave = own->trip;
		break;
	}
}

void
tcpFlags_rtt_end(const struct flow *f, struct slot *own, const struct slot *other)
{
	own->jit = sqrtf(own->rtt_var);
	own->rtt_both = own->trip;
	own->jit_both = -1;
	if (other == NULL)
		return;
	if ((f->stat & FS(INVERTED)) == 0) {
		own->rtt_both = own->trip + other->trip;
	} else {
		own->rtt_both = own->rtt_ave + other->rtt_ave;
		own->jit_both = sqrtf(own->rtt_var + other->rtt_var);
	}
}
