/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cur.h - a bounds-checked cursor over packet bytes.
 *
 * Reads are big-endian (network order).  A read that would pass the end delivers the bytes that
 * are there with zeros for the missing ones, stops at the end and sets .cut, which sticks: a
 * decoder reads its whole header and asks once.  There is no other way to touch packet bytes.
 */
#ifndef CUR_H
#define CUR_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct cur {
	const uint8_t *p, *e;           /* next byte, end of the captured bytes */
	bool cut;                       /* a read went beyond e */
};

static inline size_t
cur_left(const struct cur *c)
{
	return (size_t)(c->e - c->p);
}

/* The slow path of all reads: n bytes, of which some are missing. */
static inline uint64_t
cur_short(struct cur *c, unsigned n)
{
	uint64_t v = 0;

	c->cut = true;
	for (; n > 0; n--)
		v = v << 8 | (c->p < c->e ? *c->p++ : 0u);
	return v;
}

static inline uint8_t
cur_u8(struct cur *c)
{
	if (__builtin_expect(c->p >= c->e, 0))
		return (uint8_t)cur_short(c, 1);
	return *c->p++;
}

static inline uint16_t
cur_u16(struct cur *c)
{
	uint16_t v;

	if (__builtin_expect(cur_left(c) < 2, 0))
		return (uint16_t)cur_short(c, 2);
	memcpy(&v, c->p, 2);
	c->p += 2;
	return be16toh(v);
}

static inline uint32_t
cur_u32(struct cur *c)
{
	uint32_t v;

	if (__builtin_expect(cur_left(c) < 4, 0))
		return (uint32_t)cur_short(c, 4);
	memcpy(&v, c->p, 4);
	c->p += 4;
	return be32toh(v);
}

/* Skips n bytes. */
static inline void
cur_skip(struct cur *c, size_t n)
{
	if (__builtin_expect(cur_left(c) < n, 0)) {
		c->p = c->e;
		c->cut = true;
	} else {
		c->p += n;
	}
}

/* Copies n bytes to dst, zeros for the missing ones. */
static inline void
cur_copy(struct cur *c, void *dst, size_t n)
{
	size_t have = cur_left(c) < n ? cur_left(c) : n;

	memcpy(dst, c->p, have);
	if (__builtin_expect(have < n, 0)) {
		memset((uint8_t *)dst + have, 0, n - have);
		c->cut = true;
	}
	c->p += have;
}

/* The byte at offset off from here without moving; 0 if it is missing (cut is not set). */
static inline uint8_t
cur_peek(const struct cur *c, size_t off)
{
	return cur_left(c) > off ? c->p[off] : 0;
}

/* Two bytes at offset off from here without moving. */
static inline uint16_t
cur_peek16(const struct cur *c, size_t off)
{
	return (uint16_t)(cur_peek(c, off) << 8 | cur_peek(c, off + 1));
}

#endif
