/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cap.h - reading captures: a byte stream, the file formats, many inputs as one.
 */
#ifndef T2_CAP_H
#define T2_CAP_H

#include "t2.h"

/* input.c - the bytes of a capture, decompressed ------------------------------------------ */

/* small enough to stay in the second cache, large enough for a batch of full frames */
enum { INPUT_SIZE = 1 << 17, RECORD_MAX = 1 << 24 };
struct unpack;                          /* state of zlib or libzstd */
struct input_wait {                     /* what to do while there is nothing to read */
	/* True: read (again); false: there will be no more.  Called before each read of what is
	 * no file, with its descriptor; with follow also at the end of a file, with -1. */
	bool (*more)(void *arg, int fd);
	void *arg;
	bool follow;
};
struct input {
	int fd;
	struct input_wait wait;
	bool is_file;                   /* reading never waits */
	uint8_t *buf;                   /* bytes beg..end are read and not used yet */
	size_t size, beg, end;
	uint64_t off;                   /* of buf[beg] in the decompressed stream */
	struct unpack *z;               /* NULL: not compressed */
	bool eof;
	const char *err;                /* why reading stopped early, or NULL */
};
/* 0, or -1 with a reason in *why (static or strerror text).  Without wait it just reads. */
int input_open(struct input *in, const char *path, const struct input_wait *wait,
    const char **why);
/* Makes n bytes available at buf + beg; moves the buffer.  False at the end of the input. */
bool input_need(struct input *in, size_t n);
bool input_skip(struct input *in, uint64_t n);
void input_close(struct input *in);
static inline size_t
input_have(const struct input *in)
{
	return in->end - in->beg;
}
static inline void
input_used(struct input *in, size_t n)  /* n bytes are done with */
{
	in->beg += n;
	in->off += n;
}

/* cap.c, cap_pcap.c, cap_pcapng.c, cap_live.c - packets of one or more captures ------------ */

struct cap;
enum cap_result { CAP_PACKET, CAP_MORE, CAP_END, CAP_DAMAGED };
struct cap_iface {                      /* an interface of a pcapng section */
	uint32_t linktype, snaplen;
	uint8_t resol;                  /* if_tsresol as in the file */
	int64_t offset;                 /* if_tsoffset, ns */
};
struct cap_span {
	uint64_t off;                   /* in the file */
	uint32_t len;
};
struct cap_live;                        /* an open interface */
struct cap_live_conf {
	uint32_t snaplen, buffer;       /* bytes; buffer: of the ring */
	bool promisc;
};
struct cap_stats {                      /* packets of interfaces, by what became of them */
	uint64_t received;
	uint64_t dropped, lost;         /* by the kernel; by the interface */
};
struct cap_file {                       /* the file or interface being read */
	struct input in;
	struct cap_live *live;          /* NULL: a file */
	struct cap *cap;                /* of it */
	enum cap_result (*next)(struct cap_file *f, struct pkt *p, bool refill);
	bool swapped, nano, patched;    /* byte order, time unit, longer record header */
	uint32_t linktype, snaplen;
	struct cap_iface *iface;
	uint32_t niface;
	struct cap_span *span;          /* pcapng: sections and interfaces so far */
	uint32_t nspan;
	bool untimed;                   /* pcapng: some packet has no time of its own */
	int64_t ts;                     /* of the last packet, ns */
	char why[128];                  /* what is wrong at CAP_DAMAGED */
};
/* Reads the file header; the magic is available.  -1: f->why. */
int cap_pcap_open(struct cap_file *f);
int cap_pcapng_open(struct cap_file *f);
static inline uint32_t
cap_u32(const struct cap_file *f, const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, 4);
	return f->swapped ? __builtin_bswap32(v) : v;
}
static inline uint16_t
cap_u16(const struct cap_file *f, const uint8_t *p)
{
	uint16_t v;

	memcpy(&v, p, 2);
	return f->swapped ? __builtin_bswap16(v) : v;
}

enum cap_event { CAP_FILE, CAP_LINKTYPE, CAP_WARN, CAP_DONE };
struct cap {
	char *const *path;              /* inputs in order; "-" is stdin */
	size_t npath, next;             /* next one to open */
	struct cap_file file;
	bool open, damaged;             /* a file is open; some input was not read whole */
	bool failed;                    /* the filter cannot be applied: err */
	bool fresh;                     /* no packet of this file yet */
	bool packed;                    /* some input was compressed */
	struct series *series;          /* the inputs are its files; NULL: those of path */
	char *name;                     /* of the open one */
	bool series_on;                 /* the next one is there */
	uint64_t file_size;             /* bytes of the open one, as counted in size */
	const struct cap_live_conf *live_conf;  /* the inputs are interfaces; NULL: files */
	struct cap_stats stats;         /* as of the last cap_live_stats() or of the end */
	uint64_t size;                  /* bytes of all regular files */
	uint64_t used;                  /* bytes of the regular files that were closed */
	uint64_t npkts;                 /* packets delivered */
	char *filter;                   /* BPF text, NULL none */
	bool filtering;                 /* here: not done by the kernel */
	struct cap_bpf *bpf;            /* compiled, one per link type met */
	size_t nbpf;
	char err[512];
	/* Called several times a second while there is nothing to read; false ends the input. */
	bool (*idle)(void *arg);
	void *idle_arg;
	bool stopped;                   /* it said so */
	bool live;                      /* the open input may make us wait */
	/* Told of each file, of its first packet's link type, of damage, and of a file's end
	 * while it still is open. */
	void (*say)(void *arg, enum cap_event event, const char *text);
	void *arg;
};
/* Opens the first readable input, of path or c->series; -1 if there is none (all reasons were
 * said).  A bad filter, an interface: -1 with err. */
int cap_open(struct cap *c, char *const *path, size_t npath, const char *filter);
/* An interface that was opened: its settings are those of the kernel then. */
int cap_live_open(struct cap *c, const char *iface);    /* -1 with err */
void cap_live_close(struct cap *c);
void cap_live_stats(struct cap *c);     /* renews c->stats */
/* The run is to end: true if nothing is left to read that came before. */
bool cap_live_end(struct cap *c);
/* Fills v with the next packets, at most max; their bytes stay valid until the next call.
 * 0 at the end of the last input, -1 with err. */
int cap_batch(struct cap *c, struct pkt *v, int max);
void cap_close(struct cap *c);
/* Bytes of the regular files that were read so far, as they lie in the files. */
uint64_t cap_used(const struct cap *c);
/* Waits until fd (-1 none) can be read, or false; idle() is called meanwhile. */
bool cap_more(struct cap *c, int fd);
void cap_say(struct cap *c, enum cap_event event, const char *text);
uint32_t cap_linktype(int dlt);         /* the number that files have for it */
/* "Ethernet [EN10MB/1]" */
const char *cap_linktype_text(char *buf, size_t n, uint32_t linktype);

#endif
