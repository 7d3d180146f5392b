/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stream.h - what the files that follow a flow's payload share: stream.c (whose packets), _tcp.c
 * (their order), _put.c (text forms).
 */
#ifndef T2_STREAM_H
#define T2_STREAM_H

#include "tool.h"

enum { STREAM_FIN = 0x01, STREAM_SYN = 0x02, STREAM_RST = 0x04, STREAM_ACK = 0x10 };
enum { STREAM_HISTORY = 65536 };        /* delivered bytes that repetitions are compared with */

struct segment {                        /* a packet of the flow */
	const uint8_t *data;            /* payload, n captured bytes */
	uint32_t n, len;                /* captured; by the headers */
	uint64_t num;                   /* number of the packet */
	uint32_t seq, ack;              /* seq is that of the first byte of payload */
	uint8_t flags;                  /* STREAM_ bits */
};

struct held {                           /* a segment that came too early */
	struct held *prev, *next;       /* in order of seq */
	uint32_t seq, n, cut;           /* bytes here; those behind that were not captured */
	uint64_t num;
	uint8_t data[];
};

struct ends {                           /* of a direction */
	uint8_t ipver;
	struct flow_key key;
};

struct side {                           /* one direction */
	char dir;                       /* 'A' or 'B' */
	bool shown;                     /* it is asked for */
	struct ends ends;
	bool open, closed;              /* numbers are known; there was a FIN or RST */
	uint32_t start, next, top;      /* first number, next to deliver, highest seen */
	uint64_t off;                   /* bytes before next */
	uint64_t gap;                   /* missing bytes in front of off, not told yet */
	uint64_t gap_from, gap_to;      /* the last gap, offsets */
	struct held *first, *last;
	uint32_t nheld;                 /* segments in the list */
	size_t held_bytes;
	/* packets, segments, bytes, gaps: told at the end */
	uint64_t unread, stray, late, given_up;
	uint8_t history[STREAM_HISTORY];        /* by offset */
};

struct stream {
	struct t2 *t;
	struct stream_conf conf;
	struct out out;
	bool found;                     /* the flow exists */
	bool shared;                    /* several pairs may have its number */
	struct side side[2];            /* A, B */
	const struct side *last;        /* whose bytes came last, for the marks */
	bool midline;                   /* text: a line has been begun */
	FILE *spool;                    /* packets of a direction whose letter is not known yet */
	struct ends spooled;            /* of that direction */
};

/* stream_tcp.c: a segment of own; what is in order is delivered. */
void stream_tcp(struct stream *s, struct side *own, struct side *other, const struct segment *g);
void stream_tcp_end(struct stream *s, struct side *d);  /* there is no more */
/* stream_put.c: bytes of a direction, the datagram num unless that is 0; a remark. */
void stream_data(struct stream *s, struct side *d, const uint8_t *p, size_t n, uint64_t num);
void stream_mark(struct stream *s, struct side *d, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void stream_line_end(struct stream *s);

#endif
