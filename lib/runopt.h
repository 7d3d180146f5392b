/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * runopt.h - what t2 and t2flow take on the command line beyond --help and --version: for
 * themselves, and for t2replay, which reads recorded command lines of both.
 */
#ifndef RUNOPT_H
#define RUNOPT_H

#include "cpu.h"
#include "monitor.h"
#include "tool.h"

enum { OPT_INDEX = 1024, OPT_HASH };    /* options without a letter */

#define T2_LETTERS CLI_LIVE_LETTERS CPU_LETTERS MONITOR_LETTERS "e:f:w:W:sXl"
#define T2_LONG \
	CLI_LIVE_LONG, \
	CPU_LONG, \
	MONITOR_LONG, \
	{ "factor", required_argument, NULL, 'f' }, \
	{ "write", required_argument, NULL, 'w' }, \
	{ "split", required_argument, NULL, 'W' }, \
	{ "extract", required_argument, NULL, 'e' }, \
	{ "packets", no_argument, NULL, 's' }, \
	{ "index", no_argument, NULL, 'X' }, \
	{ "log", no_argument, NULL, 'l' }, \
	{ "hash", no_argument, NULL, OPT_HASH }

#define T2FLOW_LETTERS CLI_LIVE_LETTERS "c:w:W:"
#define T2FLOW_LONG \
	CLI_LIVE_LONG, \
	{ "columns", required_argument, NULL, 'c' }, \
	{ "write", required_argument, NULL, 'w' }, \
	{ "split", required_argument, NULL, 'W' }, \
	{ "index", required_argument, NULL, OPT_INDEX }, \
	{ "hash", no_argument, NULL, OPT_HASH }

#endif
