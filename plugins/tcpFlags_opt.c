/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_opt.c - TCP options and what timestamps tell: the sender's clock tick and boot time.
 *
 * RFC 9293 section 3.2, RFC 7323.  Surprise: the tick is a single-precision number and the up
 * time is cut to microseconds before it is taken from the capture time.
 */
#include "tcpFlags.h"

enum { HEAD = 20 };
enum { KIND_END = 0, KIND_NOP = 1, KIND_MSS = 2, KIND_WS = 3, KIND_TS = 8, KIND_MANY = 31 };

static void
timestamp_note(const struct visit *v, struct cur c)
{
	struct slot *own = v->own;
	uint32_t echo;

	own->fstat |= ST_TS_SEEN;
	own->ts_val = cur_u32(&c);
	echo = cur_u32(&c);
	if (own->ts_val <= own->ts_high)
		return;
	if ((own->fstat & ST_TS_INIT) == 0) {
		own->fstat |= ST_TS_INIT;
		own->ts_first = own->ts_val;
		own->ts_begin = v->p->ts;
	}
	own->ts_high = own->ts_val;
	own->ts_echo = echo;
	own->ts_end = v->p->ts;
}

/* c stands behind the length byte. */
static void
option_read(const struct visit *v, uint8_t kind, struct cur c)
{
	switch (kind) {
	case KIND_MSS:
		v->own->mss = cur_u16(&c);
		break;
	case KIND_WS:
		v->own->ws = cur_u8(&c);
		break;
	case KIND_TS:
		if (v->st->conf.boot)
			timestamp_note(v, c);
		break;
	}
}

/* The walk ends at kind 0 and behind an option without length, which is still counted. */
void
tcpFlags_opt(const struct visit *v)
{
	const struct pkt *p = v->p;
	struct slot *own = v->own;
	uint32_t hl = v->st->now.hl;

	if (pkt_avail(p, p->l3) < p->iphl + hl || p->iplen < p->iphl + hl) {
		v->st->now.anomaly |= AN_OPT_BAD;
		return;
	}
	own->opt_pkts++;
	for (uint32_t i = HEAD; i < hl;) {
		struct cur c = pkt_cur(p, p->l4 + i);
		uint8_t kind = cur_u8(&c), len = cur_u8(&c);

		if (kind == KIND_END)
			break;
		own->options |= UINT32_C(1) << (kind < KIND_MANY ? kind : KIND_MANY);
		own->opts++;
		option_read(v, kind, c);
		if (len == 0)
			break;
		i += kind == KIND_NOP ? 1 : len;
	}
}

static float
tick_usual(float t)
{
	return t < 0.002f ? 0.001f : t < 0.005f ? 0.004f : t < 0.02f ? 0.01f :
	    t < 0.7f ? 0.1f : 1.0f;
}

/* A counter that stood still says nothing: the initial TTL hints at the system. */
static float
tick_by_ttl(uint8_t ttl)
{
	return ttl > 128 ? 0.1f : ttl > 64 ? 0.001f : ttl > 32 ? 0.004f : 0.001f;
}

void
tcpFlags_boot(struct slot *own)
{
	uint32_t ticks = own->ts_val - own->ts_first;
	float span = (float)ns_between(own->ts_begin, own->ts_end) / 1e9f;
	double up;
	int64_t sec, us;

	if ((own->fstat & ST_TS_SEEN) == 0)
		return;
	own->tick = ticks > 0 ? tick_usual(span / (float)ticks) : tick_by_ttl(own->ttl_min);
	up = (double)own->ts_val * (double)own->tick;
	sec = (int64_t)up;
	us = (int64_t)((up - (double)sec) * 1e6);
	own->boot = ns_between(sec * NS_PER_SEC + us * 1000, own->ts_end);
}
