/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cap.c - the packets of one or more captures as one stream, through a packet filter.
 *
 * With dump.c the only file that knows <pcap.h>: libpcap compiles and runs the filter and names
 * the link types.  Files are read by cap_pcap.c and cap_pcapng.c, in place and in batches, which
 * libpcap's reader cannot do; they know the byte offset of any damage.
 */
#include <pcap.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "priv.h"
#include "series.h"
#include "signals.h"

enum { IDLE_MS = 200 };

struct cap_bpf {
	uint32_t linktype;
	struct bpf_program prog;
};

/* LINKTYPE_ numbers of files that differ from the DLT_ numbers of this system's libpcap. */
static const struct linktype {
	uint32_t linktype;
	int dlt;
} linktypes[] = {
	{ 100, DLT_ATM_RFC1483 }, { 101, DLT_RAW }, { 102, DLT_SLIP_BSDOS },
	{ 103, DLT_PPP_BSDOS }, { 106, DLT_ATM_CLIP },
};

static int
linktype_dlt(uint32_t linktype)
{
	for (size_t i = 0; i < ARRAY_LEN(linktypes); i++)
		if (linktypes[i].linktype == linktype)
			return linktypes[i].dlt;
	return (int)linktype;
}

uint32_t
cap_linktype(int dlt)
{
	for (size_t i = 0; i < ARRAY_LEN(linktypes); i++)
		if (linktypes[i].dlt == dlt)
			return linktypes[i].linktype;
	return (uint32_t)dlt;
}

const char *
cap_linktype_text(char *buf, size_t n, uint32_t linktype)
{
	int dlt = linktype_dlt(linktype);
	const char *name = pcap_datalink_val_to_name(dlt);
	const char *text = pcap_datalink_val_to_description(dlt);

	snprintf(buf, n, "%s [%s/%d]", text != NULL ? text : "unknown",
	    name != NULL ? name : "?", dlt);
	return buf;
}

void
cap_say(struct cap *c, enum cap_event event, const char *text)
{
	if (c->say != NULL)
		c->say(c->arg, event, text);
}

static void
warn_file(struct cap *c, const char *path, const char *why)
{
	char text[ERR_ROOM];

	c->damaged = true;
	snprintf(text, sizeof(text), "%s: %s", path, why);
	cap_say(c, CAP_WARN, text);
}

/* The filter's program for a link type, compiled when the first such packet comes. */
static const struct bpf_program *
filter_for(struct cap *c, uint32_t linktype)
{
	struct cap_bpf *v;
	pcap_t *dead;

	for (size_t i = 0; i < c->nbpf; i++)
		if (c->bpf[i].linktype == linktype)
			return &c->bpf[i].prog;
	if ((v = reallocarray(c->bpf, c->nbpf + 1, sizeof(*v))) != NULL)
		c->bpf = v;
	if (v == NULL ||
	    (dead = pcap_open_dead(linktype_dlt(linktype), RECORD_MAX)) == NULL) {
		snprintf(c->err, sizeof(c->err), "out of memory");
		return NULL;
	}
	v += c->nbpf;
	v->linktype = linktype;
	if (pcap_compile(dead, &v->prog, c->filter, 1, PCAP_NETMASK_UNKNOWN) != 0) {
		snprintf(c->err, sizeof(c->err), "filter '%s': %s", c->filter, pcap_geterr(dead));
		pcap_close(dead);
		return NULL;
	}
	pcap_close(dead);
	c->nbpf++;
	return &v->prog;
}

/* 1 wanted, 0 not, -1 error. */
static int
wanted(struct cap *c, const struct pkt *p)
{
	const struct bpf_program *prog = filter_for(c, p->linktype);
	struct pcap_pkthdr h = { .caplen = p->caplen, .len = p->wirelen };

	if (prog == NULL)
		return -1;
	return pcap_offline_filter(prog, &h, p->data) != 0;
}

static void
say_linktype(struct cap *c, uint32_t linktype)
{
	char text[256];

	c->fresh = false;
	cap_say(c, CAP_LINKTYPE, cap_linktype_text(text, sizeof(text), linktype));
}

/* Bytes read of the open file; 0 if it is no regular one. */
static uint64_t
file_used(const struct cap *c)
{
	const struct input *in = &c->file.in;
	struct stat st;
	off_t at;

	if (!c->open || in->fd <= STDIN_FILENO || fstat(in->fd, &st) != 0 || !S_ISREG(st.st_mode))
		return 0;
	if (in->z == NULL)
		return in->off;
	at = lseek(in->fd, 0, SEEK_CUR);
	return at > 0 ? (uint64_t)at : 0;
}

uint64_t
cap_used(const struct cap *c)
{
	return c->used + file_used(c);
}

/* There is nothing to do but to wait for fd, if not -1: true if it can be read. */
static bool
wait_idly(struct cap *c, int fd)
{
	if (c->idle != NULL && !c->idle(c->idle_arg))
		c->stopped = true;
	return !c->stopped && signals_wait(fd, IDLE_MS);
}

bool
cap_more(struct cap *c, int fd)
{
	if (signals_wait(fd, 0))
		return true;
	while (!c->stopped)
		if (wait_idly(c, fd))
			return true;
	return false;
}

/* The open file of a series has ended: it may still grow until the next one is there. */
static bool
series_more(struct cap *c)
{
	if (c->series_on)
		return false;
	if (series_find(c->series))
		c->series_on = true;    /* what was written before that is there now */
	else
		wait_idly(c, -1);
	return !c->stopped;
}

static bool
more(void *arg, int fd)
{
	return fd >= 0 ? cap_more(arg, fd) : series_more(arg);
}

/* Counts the bytes of the open file of a series, which were not known before. */
static void
series_size(struct cap *c)
{
	struct stat st;

	if (c->series == NULL || fstat(c->file.in.fd, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	c->size += (uint64_t)st.st_size - c->file_size;
	c->file_size = (uint64_t)st.st_size;
}

static void
file_close(struct cap *c)
{
	const struct cap_file *f = &c->file;

	if (c->open && c->fresh && (f->linktype != 0 || f->niface > 0))
		say_linktype(c, f->niface > 0 ? f->iface[0].linktype : f->linktype);
	if (c->open)
		cap_say(c, CAP_DONE, c->path[c->next - 1]);
	series_size(c);
	c->file_size = 0;
	c->used = cap_used(c);
	cap_live_close(c);
	input_close(&c->file.in);
	free(c->file.iface);
	free(c->file.span);
	c->file = (struct cap_file){ .in.fd = -1 };
	c->open = false;
}

static int
iface_open(struct cap *c, const char *iface)
{
	if (cap_live_open(c, iface) != 0) {
		c->failed = true;
		cap_live_close(c);
		return -1;
	}
	c->open = c->fresh = true;
	cap_say(c, CAP_FILE, iface);
	return 0;
}

static int
file_open(struct cap *c, const char *path)
{
	struct input_wait wait = { .more = more, .arg = c,
	    .follow = c->series != NULL && c->series->next <= c->series->stop };
	struct cap_file *f = &c->file;
	const char *why;

	*f = (struct cap_file){ .in.fd = -1 };
	if (input_open(&f->in, path, &wait, &why) != 0) {
		if (!c->stopped)
			warn_file(c, path, why);
		return -1;
	}
	c->open = true;
	if (!input_need(&f->in, 4)) {
		why = f->in.err != NULL ? f->in.err : input_have(&f->in) == 0 ? "empty file" :
		    "not a capture file";
	} else if (cap_u32(f, f->in.buf + f->in.beg) == 0x0a0d0d0a ?
	    cap_pcapng_open(f) != 0 : cap_pcap_open(f) != 0) {
		why = f->why;
	} else {
		c->fresh = true;
		c->live = !f->in.is_file;
		series_size(c);
		c->packed |= f->in.z != NULL;
		cap_say(c, CAP_FILE, path);
		return 0;
	}
	if (!c->stopped)
		warn_file(c, path, why);
	c->fresh = false;
	file_close(c);
	return -1;
}

/* Waits for the next file of a series, and opens it if it can be read. */
static bool
series_next(struct cap *c)
{
	struct series *s = c->series;
	bool told = c->name != NULL;
	char text[ERR_ROOM];

	while (!series_find(s)) {
		if (!told) {
			snprintf(text, sizeof(text), "%s: waiting for this file", s->text);
			cap_say(c, CAP_WARN, text);
			told = true;
		}
		wait_idly(c, -1);
		if (c->stopped)
			return false;
	}
	free(c->name);
	c->name = s->path;
	s->path = NULL;
	s->next++;
	c->series_on = false;
	return c->name != NULL && file_open(c, c->name) == 0;
}

/* Goes on to the next input that opens; false if there is none. */
static bool
file_next(struct cap *c)
{
	if (c->open)
		file_close(c);
	while (c->series != NULL && c->series->next <= c->series->stop && !c->stopped)
		if (series_next(c))
			return true;
	while (c->next < c->npath && !c->stopped)
		if ((c->live_conf != NULL ? iface_open : file_open)(c, c->path[c->next++]) == 0)
			return true;
	return false;
}

int
cap_open(struct cap *c, char *const *path, size_t npath, const char *filter)
{
	struct stat st;

	c->path = c->series != NULL ? &c->name : path;
	c->npath = c->series != NULL ? 1 : npath;
	c->next = c->series != NULL;    /* path[next - 1] is the open one */
	for (size_t i = 0; i < npath && c->live_conf == NULL; i++)
		if (stat(path[i], &st) == 0 && S_ISREG(st.st_mode))
			c->size += (uint64_t)st.st_size;
	if (filter != NULL && (c->filter = strdup(filter)) == NULL) {
		snprintf(c->err, sizeof(c->err), "out of memory");
		return -1;
	}
	if (!file_next(c)) {
		if (c->stopped)
			snprintf(c->err, sizeof(c->err), "ended by a signal without any input");
		return -1;
	}
	/* a wrong filter is told before anything is written */
	c->filtering = filter != NULL && c->live_conf == NULL;
	if (c->filtering && filter_for(c, c->file.linktype != 0 ? c->file.linktype : 1) == NULL)
		return -1;
	return 0;
}

static void
warn_damage(struct cap *c)
{
	char why[256];

	if (c->file.live != NULL)
		snprintf(why, sizeof(why), "%s", c->file.why);
	else
		snprintf(why, sizeof(why), "byte %ju: %s", (uintmax_t)c->file.in.off, c->file.why);
	warn_file(c, c->path[c->next - 1], why);
}

int
cap_batch(struct cap *c, struct pkt *v, int max)
{
	enum cap_result r;
	int n = 0, ok;

	while (n < max && c->open && !c->failed) {
		r = c->file.next(&c->file, &v[n], n == 0);
		if (r == CAP_PACKET) {
			if (c->filtering && (ok = wanted(c, &v[n])) <= 0) {
				if (ok == 0)
					continue;
				c->failed = true;       /* told when the batch is done */
				break;
			}
			v[n].num = ++c->npkts;
			v[n].stat = 0;
			n++;
		} else if (n > 0) {
			break;          /* the buffer may move at the next call only */
		} else if (r != CAP_MORE) {
			if (r == CAP_DAMAGED && !c->stopped) {
				warn_damage(c);
			}
			file_next(c);
		}
	}
	if (n > 0 && c->fresh)
		say_linktype(c, v[0].linktype);
	return n == 0 && c->failed ? -1 : n;
}

void
cap_close(struct cap *c)
{
	if (c->open)
		file_close(c);
	for (size_t i = 0; i < c->nbpf; i++)
		pcap_freecode(&c->bpf[i].prog);
	free(c->bpf);
	free(c->filter);
	free(c->name);
}
