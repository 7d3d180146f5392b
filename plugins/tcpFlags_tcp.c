/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_tcp.c - the TCP header: flags and their combinations, the window.
 *
 * RFC 9293 section 3.1.  Surprise: the window scale of a direction is applied from the packet on
 * that announces it, the SYN included, and whether or not the other side agreed; RFC 7323 says
 * otherwise, but the columns are defined so.
 */
#include "tcpFlags.h"

/* Bytes beyond the capture are 0: such a header counts as payload and as a null packet. */
void
tcpFlags_tcp_read(struct now *now, const struct pkt *p)
{
	struct cur c = pkt_cur(p, p->l4);
	uint32_t pay = p->iplen > p->iphl ? p->iplen - p->iphl : 0, avail;

	cur_skip(&c, 4);
	now->seq = cur_u32(&c);
	now->ack = cur_u32(&c);
	now->hl = (uint8_t)((cur_u8(&c) >> 4) * 4);
	now->flags = cur_u8(&c);
	now->win_raw = cur_u16(&c);
	now->l7 = pay > now->hl ? pay - now->hl : 0;
	avail = pkt_avail(p, p->l4 + now->hl);
	now->l7cap = avail < now->l7 ? avail : now->l7;
}

static uint16_t
flags_anomaly(uint8_t flags)
{
	static const uint16_t combination[TH_STATE + 1] = {
		[TH_FIN | TH_ACK] = AN_FIN_ACK,
		[TH_SYN | TH_ACK] = AN_SYN_ACK,
		[TH_RST | TH_ACK] = AN_RST_ACK,
		[TH_SYN | TH_FIN] = AN_SYN_FIN,
		[TH_SYN | TH_FIN | TH_RST] = AN_SYN_FIN_RST,
		[TH_FIN | TH_RST] = AN_FIN_RST,
	};
	uint16_t a = combination[flags & TH_STATE];

	if (flags == 0)
		a |= AN_NULL;
	if ((flags & 0x3f) == (TH_FIN | TH_PSH | TH_URG) || (flags & 0x3f) == 0x3f)
		a |= AN_XMAS;
	return a;
}

static void
window_step(struct slot *own, uint32_t win)
{
	bool up = (own->fstat & ST_WIN_UP) != 0;

	if (win > own->win_last) {
		own->win_up++;
		own->win_turns += !up;
		own->fstat |= ST_WIN_UP;
		if (win > own->win_max)
			own->win_max = win;
	} else if (win < own->win_last) {
		own->win_down++;
		own->win_turns += up;
		own->fstat = (uint16_t)(own->fstat & ~ST_WIN_UP);
		if (win < own->win_min)
			own->win_min = win;
	}
}

static void
window_note(const struct visit *v)
{
	struct state *st = v->st;
	struct slot *own = v->own;
	uint32_t win = st->now.win;

	if (win < st->conf.win_min) {
		own->win_low++;
		st->win_low++;
	}
	if (own->ntcp == 1) {
		own->win_init = own->win_min = own->win_max = own->win_last = win;
		own->win_ave = (float)win;
		own->fstat |= ST_WIN;
	}
	own->win_ave = (float)(0.7 * (double)own->win_ave + 0.3 * (double)win);
	window_step(own, win);
	if ((st->now.flags & TH_RST) == 0)
		own->win_last = win;
}

void
tcpFlags_tcp(const struct visit *v)
{
	struct state *st = v->st;
	struct slot *own = v->own;
	struct now *now = &st->now;

	tcpFlags_tcp_read(now, v->p);
	own->ntcp++;
	st->ntcp++;
	own->flags |= now->flags;
	now->anomaly = flags_anomaly(now->flags);
	if ((now->flags & TH_STATE) == TH_SYN && now->l7cap > 0)
		now->ipflags |= IPF_SYN_L7;
	/* a first fragment that waits for its rest will hardly get it after that */
	if (st->conf.frag && (now->flags & (TH_FIN | TH_RST)) != 0 && v->other != NULL &&
	    (v->f->opp->stat & FS(FRAGPEND)) != 0)
		v->other->ipflags |= IPF_FRAG_SEQ;
	if (st->conf.rtt)
		tcpFlags_rtt_tcp(v);
	if (now->hl > 20)
		tcpFlags_opt(v);
	now->win = (uint32_t)now->win_raw << (own->ws & 31);
	if (st->conf.window)
		window_note(v);
	if (st->conf.seq)
		tcpFlags_seq(v);
	own->anomaly |= now->anomaly;
}
