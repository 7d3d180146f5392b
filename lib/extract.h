/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * extract.h - the wanted packets of a run go into a capture file.
 */
#ifndef T2_EXTRACT_H
#define T2_EXTRACT_H

#include "dump.h"
#include "pick.h"

struct doubt {                          /* a packet written before its direction was known */
	uint64_t no;                    /* its number in the output, from 0; before: in the batch */
	uint32_t next;                  /* of the same flow + 1, 0 none */
	bool if_a, if_b;                /* whether it belongs there as A, as B */
	bool drop;                      /* it turned out not to */
	bool settled;                   /* drop is: another flow of the packet decided */
};
struct extract {
	struct t2 *t;
	struct pick *pick;
	struct dump *dump;
	bool invert;                    /* all other packets */
	uint64_t mark;                  /* ones of this batch that are wanted for sure, bits */
	uint64_t unsure;                /* those with entries in doubt[], one for each such flow */
	struct doubt *doubt;
	size_t ndoubt, placed;          /* entries; those with a number */
	uint32_t *last;                 /* newest doubt of a flow + 1, by flow block */
	uint32_t nlast;
	uint64_t nwanted;               /* packets taken, or with invert those left out */
	/* The hooks of the run that were there before. */
	bool (*record)(void *arg, struct flow *f);
	void *record_arg;
	bool (*packet)(void *arg, const struct pkt *p, struct flow *f);
	void *packet_arg;
	void (*watch)(void *arg, const struct pkt *v, int n);
	void *watch_arg;
};
/* Before t2_run(): takes part in the run t, beside who is there already. */
void extract_join(struct extract *x, struct t2 *t, struct pick *pick, struct dump *dump);
/* After t2_end(): completes the file.  -1 with an error in t, dump or pick. */
int extract_close(struct extract *x);
/* Packets by their numbers: without flows.  -1 with an error in t or dump. */
int extract_packets(struct t2 *t, struct pick *pick, struct dump *dump, bool invert);
/* True if packets may be written whose direction turns out later to be the other one. */
bool extract_doubts(const struct pick *pick);

#endif
