/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * idle.c - what happens while no packet comes: flows end by the clock on the wall, and what was
 * written so far is handed on.
 *
 * The packets' clock goes on from the newest packet by the time that passed here since it came,
 * less a second for packets on their way; so it never overtakes a packet, and the flows end as
 * they would at the next packet.  Surprise: an old capture that trickles through a pipe is no live
 * one, silence there means nothing: its clock stands still.
 */
#include <stdlib.h>
#include <time.h>

#include "priv.h"
#include "signals.h"

#define IDLE_EVERY (NS_PER_SEC / 5)
#define ON_THE_WAY NS_PER_SEC           /* packets may be that late */
#define LIVE_WITHIN (5 * NS_PER_SEC)    /* of now, a packet of a live capture */

int64_t
clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * NS_PER_SEC + t.tv_nsec;
}

int64_t
clock_wall_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * NS_PER_SEC + t.tv_nsec;
}

void
idle_not(struct t2 *t)
{
	bool live = llabs(clock_wall_ns() - t->tot.last) <= LIVE_WITHIN;

	t->batch_last = live ? t->tot.last : 0;
	t->batch_at = clock_ns();
}

static void
expire_by_clock(struct t2 *t, int64_t clock)
{
	int64_t now = t->batch_last + clock - t->batch_at - ON_THE_WAY;

	if (t->batch_last == 0 || now <= t->now)
		return;
	t->now = now;
	if (now >= t->due)
		expire(t);
}

/* After a Ctrl-C that only ends the making of flows: have all ended? */
bool
idle_drained(struct t2 *t)
{
	t->drain = signals_drain();
	return t->drain && t->tot.live == 0;
}

bool
idle_step(void *arg)
{
	struct t2 *t = arg;
	int64_t now = clock_ns();

	if (t->stop || signals_stop())
		return false;
	if (now < t->idle_next)
		return true;
	t->idle_next = now + IDLE_EVERY;
	expire_by_clock(t, now);
	for (size_t i = 0; i < ARRAY_LEN(t->unsent); i++) {
		if (t->unsent[i] == NULL)
			continue;
		out_flush(t->unsent[i]);
		t->stop |= t->unsent[i]->error != 0;    /* the reader may have left */
	}
	if (t->idle != NULL)
		t->idle(t->idle_arg);
	return !t->stop && !idle_drained(t);
}
