/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basicStats.h - what the files of the plugin basicStats share.
 */
#ifndef BASICSTATS_H
#define BASICSTATS_H

#include "t2.h"

extern const struct pktcol basicStats_pktcols[];        /* basicStats_pkt.c */

#endif
