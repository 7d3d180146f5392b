/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names_priv.h - what the files names*.c share.
 */
#ifndef NAMES_PRIV_H
#define NAMES_PRIV_H

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "names.h"

enum { VENDOR_MAX = 8, ANSWERS = 1024 };

struct span {                           /* a piece of the file */
	const char *p, *e;
};

struct single {                         /* a number with a line of its own */
	uint32_t number;
	uint32_t off;                   /* of the line */
};

struct range {                          /* numbers that share a line */
	uint32_t first, last;           /* of a port list: every second one, see names_port */
	uint32_t off;                   /* of the line */
};

struct answer {
	uint32_t number;
	bool known;                     /* the answer is valid */
	bool found;                     /* the number has a name */
	char cut[VENDOR_MAX];           /* derived short name; name.s points here */
	struct name name;
};

struct names {
	enum names_kind kind;
	char *text;                     /* the file, a NUL behind it */
	size_t len;                     /* its bytes */
	struct single *v;               /* sorted by number, lines of equal ones in file order */
	size_t nv, vcap;
	struct range *r;                /* in file order */
	size_t nr;
	bool sorted;                    /* v is, so far */
	bool failed;                    /* out of memory */
	struct names *over;             /* its names hold, or NULL */
	char path[PATH_MAX];
	struct answer cache[ANSWERS];   /* by the number's low bits */
};

/* names.c: the line at off is about the numbers first to last. */
void names_add(struct names *n, uint32_t first, uint32_t last, size_t off);
/* names_read.c: calls names_add for all lines; what is no entry is passed over. */
void names_index(struct names *n);
/* names_read.c: name and description in a line that names_index has passed on.  True: a vendor
 * whose short name is to be derived from the description. */
bool names_line(const struct names *n, size_t off, struct span *s, struct span *text);
/* names_vendor.c: the short form of an organisation's name; returns its length. */
size_t names_shorten(char out[VENDOR_MAX], struct span full);

static inline bool
span_empty(struct span s)
{
	return s.p >= s.e;
}

static inline size_t
span_len(struct span s)
{
	return (size_t)(s.e - s.p);
}

#endif
