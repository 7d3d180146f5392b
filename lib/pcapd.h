/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pcapd.h - a capture of listed flows on the side of a run: t2 -e LIST.
 */
#ifndef T2_PCAPD_H
#define T2_PCAPD_H

#include "extract.h"

struct pcapd {
	struct t2 *t;
	const char *list;               /* file name */
	struct pick pick;
	struct dump dump;
	struct extract extract;
};
/* Before anything is written: reads LIST, tries to make LIST.pcap.  -1 with an error in t. */
int pcapd_open(struct pcapd *p, struct t2 *t, const char *list);
/* After all other hooks of the run are set: opens LIST.pcap.  -1 with an error in t. */
int pcapd_join(struct pcapd *p);
/* After t2_end(): completes LIST.pcap, says what of the list does not exist.  -1: error in t. */
int pcapd_end(struct pcapd *p, void (*say)(const char *text));
/* Lines for the start and the end report. */
void pcapd_start(const struct pcapd *p, FILE *report);
void pcapd_report(const struct pcapd *p, FILE *report);
void pcapd_free(struct pcapd *p);

#endif
