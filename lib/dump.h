/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dump.h - writing captures, and files that appear under their name only when they are whole.
 */
#ifndef T2_DUMP_H
#define T2_DUMP_H

#include "priv.h"

/* newfile.c ------------------------------------------------------------------------------- */

enum { NEWFILE_PATH = 4096 };
struct newfile {
	int fd;                         /* where the bytes go */
	int out;                        /* stdout or a device, to which fd is copied; -1 none */
	char path[NEWFILE_PATH];        /* the name at last; for messages */
	char temp[NEWFILE_PATH];        /* the name until then, "" none */
};
/* Opens path ("-": stdout) for writing.  What is no regular file gets its bytes directly if stream
 * is set, else at the end.  A file that is one of the n inputs is refused.  -1 with err. */
int newfile_open(struct newfile *f, const char *path, bool stream, char *const *input, size_t n,
    char *err, size_t errlen);
/* A second file to replace the first one, which is given up when the new one is whole. */
int newfile_again(struct newfile *f, const struct newfile *old);
int newfile_write(struct newfile *f, const void *p, size_t n);  /* -1 with errno */
int newfile_commit(struct newfile *f);  /* the file gets its name; -1 with errno, file gone */
void newfile_abort(struct newfile *f);  /* as if it never was */

/* dump.c ---------------------------------------------------------------------------------- */

enum dump_form { DUMP_US, DUMP_NS, DUMP_NG };   /* classic in micro-, nanoseconds; pcapng */
enum { DUMP_IFACES = 64 };
struct dump {
	struct newfile file, old;       /* old: in rewriting, what is read */
	uint8_t *buf;
	size_t n;                       /* bytes in buf */
	enum dump_form form;
	bool nano;                      /* the source has times finer than microseconds */
	uint32_t snaplen;               /* largest of the sources */
	uint32_t head_snaplen;          /* in the file header that was written */
	struct dump_iface {
		uint32_t linktype;
		bool early;             /* for times before 1970 */
	} iface[DUMP_IFACES];           /* those met */
	uint32_t niface;
	uint64_t npkts;                 /* written */
	char err[NEWFILE_PATH + 256];   /* NUL-terminated, of the first failure */
};
/* As newfile_open(); only with stream are packets written before the end where output is no file;
 * then all packets must have one link type and times that fit. */
int dump_open(struct dump *d, const char *path, bool stream, char *const *input, size_t n);
/* The packets to come are from f: its time unit and snap length count. */
void dump_source(struct dump *d, const struct cap_file *f);
int dump_packet(struct dump *d, const struct pkt *p);
/* All is written but the ndrop packets whose numbers (from 0, rising) are in drop.  No file is made
 * if nothing is left (then npkts is 0). */
int dump_close(struct dump *d, const uint64_t *drop, size_t ndrop);
void dump_abort(struct dump *d);

#endif
