/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flowidx_priv.h - what the files of the index share.
 */
#ifndef T2_FLOWIDX_PRIV_H
#define T2_FLOWIDX_PRIV_H

#include "flowidx.h"

struct flowidx_make {
	struct t2 *t;
	const char *path;               /* of the index */
	char *const *input;             /* what it must not replace */
	size_t ninput;
	struct newfile file;
	struct flowidx_cap *cap;
	uint32_t ncap;
	bool open, failed;              /* a capture is being read; an error is in t */
	uint64_t base, end;             /* of this capture; end of the last logged packet */
	uint32_t *ord;                  /* number of the direction, by flow block */
	uint32_t nord, ndir;            /* room of ord; directions so far */
	uint64_t *key;                  /* of a direction: flow index and 1 for B */
	size_t nkey;
	struct chunk *log, *log_end;
	uint64_t npkts;
	/* The hooks of the run that were there before. */
	bool (*packet)(void *arg, const struct pkt *p, struct flow *f);
	void *packet_arg;
	bool (*record)(void *arg, struct flow *f);
	void *record_arg;
};
struct flowidx_dir {                    /* a direction while its packets are sorted */
	uint64_t start, end;            /* the run of bytes that is open */
	uint64_t before;                /* end of the run before */
	uint64_t at, len;               /* place and bytes of its runs in the output */
	uint64_t npkts;
};
/* flowidx_write.c: n places in order, numbers of directions + 1 or 0.  -1: error in m->t. */
int flowidx_write(struct flowidx_make *m, const struct flowidx_dir *dir, const uint32_t *order,
    uint64_t n, const uint8_t *runs);
void flowidx_caps_free(struct flowidx_cap *v, uint32_t n);

#endif
