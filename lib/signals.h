/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signals.h - signals as questions that a run asks when it has time: signals.c.
 */
#ifndef T2_SIGNALS_H
#define T2_SIGNALS_H

#include <stdbool.h>

void signals_start(void);               /* from now on INT, TERM and HUP end a run in order */
void signals_drain_first(void);         /* the first INT only ends the making of flows */
int signals_stop(void);                 /* the signal because of which the run is to end, 0 none */
bool signals_drain(void);               /* no flows are to be made any more */
void signals_take(int sig);             /* counts another one, for signals_taken() */
unsigned signals_taken(int sig);        /* how often it came since last asked */
/* Waits until fd (-1 none) can be read, then true; or a signal came or ms passed. */
bool signals_wait(int fd, int ms);

#endif
