/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * replay.h - a recorded run as a command line that repeats it.
 */
#ifndef T2_REPLAY_H
#define T2_REPLAY_H

#include "tool.h"

struct replay {
	const struct recorded *rec;
	const char *out;                /* PREFIX of the new files */
	char **argv;                    /* the result: argc words and a NULL */
	int argc;
	const char *split;              /* of -W what is behind PREFIX */
	bool factor;                    /* -f was among the words */
	char err[512];
	/* Told what of the command line is left out. */
	void (*note)(const char *text);
};
/* -1 with err. */
int replay_command(struct replay *r);
void replay_free(struct replay *r);
/* Of this process: nothing that sets options is left, config files are looked for in config. */
void replay_environment(const char *config);

#endif
