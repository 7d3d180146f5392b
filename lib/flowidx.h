/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flowidx.h - the index of a capture: where the packets of each flow lie.  The file: t2index(5).
 */
#ifndef T2_FLOWIDX_H
#define T2_FLOWIDX_H

#include "dump.h"
#include "pick.h"

enum { FLOWIDX_VERSION = 1, FLOWIDX_BLOCK = 1 << 16, FLOWIDX_PROBE = 1 << 16 };
enum { FLOWIDX_START = 24, FLOWIDX_TRAILER = 32, FLOWIDX_SECTION = 24, VARINT_MAX = 10 };
#define FLOWIDX_MAGIC "t2index\n"
#define FLOWIDX_END "t2idxend"

struct flowidx_cap {                    /* a capture, as at the time of indexing */
	char *name;                     /* without folders */
	uint64_t size, first, last;     /* bytes; fingerprints of its start and end */
	uint64_t base;                  /* added to offsets in it: size of all before */
	struct cap_span *context;       /* blocks that packets behind depend on */
	uint32_t ncontext;
};

/* The fingerprint of up to FLOWIDX_PROBE bytes at off; -1 with errno. */
int flowidx_probe(int fd, uint64_t off, uint64_t *hash);

/* flowidx_make.c -------------------------------------------------------------------------- */

struct flowidx_make;
/* Prepares an index of what t will read, input[0..n).  NULL with an error in t. */
struct flowidx_make *flowidx_new(struct t2 *t, char *const *input, size_t n);
/* It will be in path, which stays with the caller; nothing is written yet.  -1: error in t. */
int flowidx_path(struct flowidx_make *m, const char *path);
/* From the run's say(): a capture was opened or is done.  Errors are in t and stop it. */
void flowidx_event(struct flowidx_make *m, enum cap_event event);
/* Takes part in the run, beside the hooks that are there. */
void flowidx_join(struct flowidx_make *m);
/* After t2_end(): writes the index, unless the run was stopped.  -1 with an error in t. */
int flowidx_close(struct flowidx_make *m);

/* flowidx_read.c, flowidx_extract.c ------------------------------------------------------- */

struct flowidx_block {
	uint64_t flow, off;             /* first flow index in it; place in the index file */
	uint32_t len, crc;
};
struct flowidx {
	const char *path;               /* for messages */
	int fd;
	uint64_t size;                  /* bytes of the file */
	struct flowidx_cap *cap;
	uint32_t ncap;
	char *plugins, *options, *filter;       /* of the run, for people */
	uint64_t max_flows, nflows, npkts;
	int64_t begin;                  /* time of the first packet */
	struct flowidx_block *block;
	uint64_t nblock;
	char err[NEWFILE_PATH + 256];
};
/* -1 with err: no index, a newer one, a damaged one. */
int flowidx_open(struct flowidx *x, const char *path);
/* Writes the wanted packets; path[] are the captures, or NULL: beside the index file.  -1 with an
 * error in x, pick or dump. */
int flowidx_extract(struct flowidx *x, char *const *path, struct pick *pick, struct dump *dump);
void flowidx_free(struct flowidx *x);
/* Tells so in err; -1. */
int flowidx_damaged(struct flowidx *x);
/* The bytes of block no, checked; NULL with err.  The caller frees them. */
uint8_t *flowidx_block(struct flowidx *x, uint64_t no);

/* Base-128 numbers, the low 7 bits first. */
static inline size_t
varint_put(uint8_t *p, uint64_t v)
{
	size_t n = 0;

	for (; v >= 128; v >>= 7)
		p[n++] = (uint8_t)(v | 128);
	p[n++] = (uint8_t)v;
	return n;
}

static inline size_t
varint_len(uint64_t v)
{
	size_t n = 1;

	for (; v >= 128; v >>= 7)
		n++;
	return n;
}

/* Past e: 0, and *p is e. */
static inline uint64_t
varint_get(const uint8_t **p, const uint8_t *e)
{
	uint64_t v = 0;

	for (unsigned shift = 0; *p < e && shift < 64; shift += 7) {
		uint8_t b = *(*p)++;

		v |= (uint64_t)(b & 127) << shift;
		if (b < 128)
			return v;
	}
	*p = e;
	return 0;
}

#endif
