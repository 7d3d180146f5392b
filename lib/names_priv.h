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

enum { VENDOR_MAX = 8 };                /* bytes of a derived vendor name */

struct span {                           /* a piece of the file */
	const char *p, *e;
};

struct entry {
	uint32_t number;
	uint32_t off, text;             /* of name and description in the file */
	uint16_t n, ntext;              /* their lengths, bytes */
	bool ranged;                    /* from a line about many numbers: any other is better */
	bool raw;                       /* a vendor whose short name is not derived yet */
	uint8_t ncut;                   /* bytes of cut; 0: the file's short name is good */
	char cut[VENDOR_MAX];           /* derived short name */
};

struct names {
	enum names_kind kind;
	char *text;                     /* the file, a NUL behind it */
	size_t len;                     /* its bytes */
	struct entry *v;
	uint32_t nv, cap;
	uint32_t *slot;                 /* hash: 1 + place in v, 0 empty */
	uint32_t mask;                  /* number of slots - 1 */
	bool failed;                    /* out of memory */
	char path[PATH_MAX];
};

/* names.c: adds the numbers first to last; s and text are pieces of n->text. */
void names_add(struct names *n, uint32_t first, uint32_t last, struct span s, struct span text,
    bool raw);
/* names_read.c: all lines of n->text; lines that are no entries are passed over. */
void names_read(struct names *n);
/* names_vendor.c: the short form of an organisation's name, up to VENDOR_MAX bytes. */
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
