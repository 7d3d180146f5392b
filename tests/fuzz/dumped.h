/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dumped.h - a check that dump.c writes what can be read again.
 */
#ifndef DUMPED_H
#define DUMPED_H

#include "../../lib/dump.h"

struct dumped {
	struct dump dump;
	bool on;
	uint64_t npkts, hash;           /* packets given to it; of those that stay */
	char path[80];
};
void dumped_open(struct dumped *d, const char *prefix);
void dumped_add(struct dumped *d, const struct cap_file *source, const struct pkt *v, int n);
void dumped_check(struct dumped *d);

#endif
