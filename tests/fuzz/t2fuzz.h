/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2fuzz.h - one run of t2 over bytes in memory.
 */
#ifndef T2FUZZ_H
#define T2FUZZ_H

#include <stddef.h>
#include <stdint.h>

enum set {                              /* what options a run has */
	SET_DEFAULT, SET_COMPAT, SET_MAX, SET_MIN, SET_FRAGS, SET_FEW_FLOWS, SET_FILTER, SET_RANDOM,
	SET_N
};
extern const char *const fuzz_set_name[SET_N];

/* hash is what SET_RANDOM draws from. */
void fuzz_run(const uint8_t *data, size_t size, enum set set, uint64_t hash);
uint64_t fuzz_hash(const uint8_t *data, size_t size);
/* With the set that the hash says. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline uint64_t
xorshift(uint64_t *s)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return *s;
}

#endif
