/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * macRecorder.h - what the files of the plugin macRecorder share.
 */
#ifndef MACRECORDER_H
#define MACRECORDER_H

#include "t2.h"

enum { MAC = 6 };                       /* bytes of an address */

static inline uint64_t
mac_number(const uint8_t *mac)
{
	uint64_t v = 0;

	for (int i = 0; i < MAC; i++)
		v = v << 8 | mac[i];
	return v;
}

/* macRecorder_labels.c: labels of single addresses.  The file's lines are an address, a tab and
 * its label; a name without / is looked up in the data folders.  NULL: t2_error() set. */
struct mac_labels;
struct mac_labels *mac_labels_read(struct t2 *t, const char *file);
/* "" if it has none. */
const char *mac_label(const struct mac_labels *l, const uint8_t *mac);
void mac_labels_free(struct mac_labels *l);

#endif
