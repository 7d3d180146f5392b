/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signals.c - what is asked of a running tool by signals: to end its run, and whatever else a tool
 * takes.  They are counted and looked at between batches of packets and while waiting for input.
 *
 * INT, TERM and HUP end the run in order, everything read is written; the next one kills.
 * Surprise: a second one right behind the first counts as the same, because timeout(1) sends to
 * the process and to its group.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "signals.h"

enum { SIGNALS_MAX = 32, SAME_MS = 250 };

/* A handler has no argument: the one place of the library with variables of its own. */
static struct {
	volatile sig_atomic_t came[SIGNALS_MAX];        /* since last asked, by number */
	volatile sig_atomic_t stop;     /* the signal that ends the run */
	volatile sig_atomic_t drains;   /* Ctrl-C's to come that only end the making of flows */
	volatile sig_atomic_t drain;    /* such a one came */
	volatile long long last;        /* when a request to end came, ms */
	int fd;                         /* eventfd + 1: wakes signals_wait() */
} signals;

static long long
clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void
end_asked(int sig)
{
	long long now = clock_ms();

	if ((signals.stop || signals.drain) && now - signals.last < SAME_MS)
		return;
	signals.last = now;
	if (signals.stop) {
		signal(sig, SIG_DFL);
		raise(sig);
	} else if (sig == SIGINT && signals.drains > 0) {
		signals.drains--;
		signals.drain = 1;
	} else {
		signals.stop = sig;
	}
}

static void
came(int sig)
{
	const uint64_t one = 1;
	int saved = errno;

	if (sig < SIGNALS_MAX)
		signals.came[sig]++;
	if (sig == SIGINT || sig == SIGTERM || sig == SIGHUP)
		end_asked(sig);
	if (signals.fd > 0 && write(signals.fd - 1, &one, sizeof(one)) < 0)
		signals.came[0]++;      /* it is full: somebody is waked anyway */
	errno = saved;
}

void
signals_take(int sig)
{
	struct sigaction a = { .sa_handler = came, .sa_flags = SA_RESTART };

	if (signals.fd == 0)
		signals.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) + 1;
	sigfillset(&a.sa_mask);
	/* raised again by the handler, the signal must get through at its end */
	sigaction(sig, &a, NULL);
}

void
signals_start(void)
{
	struct sigaction old;

	/* a limit on the size of files is told by write(), as a full disk is */
	signal(SIGXFSZ, SIG_IGN);
	/* also if it was ignored, as in a shell's background: kill -INT shall end that */
	signals_take(SIGINT);
	signals_take(SIGTERM);
	if (sigaction(SIGHUP, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		signals_take(SIGHUP);
}

int
signals_stop(void)
{
	return signals.stop;
}

void
signals_drain_first(void)
{
	signals.drains = 1;
}

bool
signals_drain(void)
{
	return signals.drain != 0;
}

unsigned
signals_taken(int sig)
{
	sigset_t all, before;
	unsigned n;

	if (signals.came[sig] == 0)
		return 0;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	n = (unsigned)signals.came[sig];
	signals.came[sig] = 0;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return n;
}

bool
signals_wait(int fd, int ms)
{
	struct pollfd v[2] = { { .fd = fd, .events = POLLIN },
	    { .fd = signals.fd - 1, .events = POLLIN } };
	uint64_t n;

	if (poll(v, 2, ms) <= 0)
		return false;
	if (v[1].revents != 0 && read(v[1].fd, &n, sizeof(n)) < 0 && errno != EAGAIN)
		return false;
	return v[0].revents != 0;
}
