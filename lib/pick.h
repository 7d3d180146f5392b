/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pick.h - which flows, directions or packets somebody wants: items, lists, flow files.
 */
#ifndef T2_PICK_H
#define T2_PICK_H

#include "priv.h"

enum { PICK_A = 1, PICK_B = 2, PICK_BOTH = 3 };         /* directions, bits */
/* more bits of a verdict: see part[], see row[]; directions << PICK_SEEN were in the capture */
enum { PICK_PARTS = 4, PICK_ROW = 8, PICK_SEEN = 4 };

struct pick_span {                      /* flow indexes lo..hi */
	uint64_t lo, hi;
};
struct pick_spans {                     /* after pick_ready() sorted and apart */
	struct pick_span *v;
	size_t n, cur;                  /* cur: the first that does not lie before the cursor */
};
struct pick_part {                      /* packets from..to (from 0) of each direction */
	struct pick_span flows;
	uint64_t reach;                 /* largest flows.hi up to here */
	uint64_t from, to;
	uint8_t dirs;                   /* PICK_ bits */
};
struct pick_row {                       /* what a row of a flow file says about its flow */
	uint64_t index;
	int64_t time;                   /* timeFirst, in units of its last digit */
	uint8_t addr[16];               /* srcIP */
	uint8_t dir;                    /* PICK_ bit, PICK_BOTH not told */
	int8_t digits;                  /* of the time behind the point, -1 no time */
	uint8_t ipver;                  /* of addr, 0 no address */
};
struct pick {
	bool packets;                   /* the numbers are those of packets; dir[0] only */
	bool both;                      /* take both directions whatever a row says */
	struct pick_spans dir[2];       /* wanted as a whole: A, B */
	struct pick_part *part;
	size_t npart;
	struct pick_row *row;
	size_t nrow, rowcur;
	uint8_t *verdict;               /* by flow index, below nverdict */
	uint64_t nverdict, room;
	struct pick_spans parts;        /* the flows of part[] */
	uint64_t largest;               /* flow of all */
	char err[512];
};
/* "17", "1-20", "A@17", "2:0,1" (packets 0 to 1 in each direction).  -1 with err. */
int pick_item(struct pick *p, const char *item);
/* Flow index lo..hi with the directions dirs. */
int pick_add(struct pick *p, uint64_t lo, uint64_t hi, int dirs);
int pick_row_add(struct pick *p, const struct pick_row *row);
/* All is added. */
int pick_ready(struct pick *p);
bool pick_empty(const struct pick *p);
/* Whether packet number no (from 0) of a direction (PICK_A or PICK_B) of a flow is wanted. */
bool pick_wants(struct pick *p, uint64_t index, int dir, uint64_t no);
/* Packets: numbers must rise from call to call. */
bool pick_wants_packet(struct pick *p, uint64_t num);
uint8_t *pick_verdict(struct pick *p, uint64_t index);  /* NULL: no memory */
void pick_spans_ready(struct pick_spans *s);    /* sorts, joins what overlaps */
void pick_free(struct pick *p);

/* pick_check.c ---------------------------------------------------------------------------- */

/* A direction that began at first is in the capture, whose first packet is from base.  -1 with err
 * if a row knows it otherwise: then the list is of another capture or run.  f may be NULL. */
int pick_check(struct pick *p, uint64_t index, int dir, int64_t first, int64_t base,
    const struct flow *f);
/* Says what is wanted but not in a capture with so many flows (packets); returns how much. */
uint64_t pick_missing(struct pick *p, uint64_t last, void (*say)(const char *text));

/* pick_read.c: a list of flow indexes or a flow file; "-" is stdin.  -1 with err. */
int pick_read(struct pick *p, const char *path);

#endif
