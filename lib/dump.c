/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dump.c - packets as a capture file: classic (draft-ietf-opsawg-pcap) as long as one link type and
 * its times can hold them, else pcapng (draft-ietf-opsawg-pcapng).
 *
 * Surprise: what is needed may turn out in the middle, with the first packet of another link type.
 * Then the file so far is rewritten; at most twice, and once more to take packets out again.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "dump.h"

enum { BUF_SIZE = 1 << 20, FILE_HEAD = 24, RECORD_HEAD = 16, SNAP_NONE = 262144 };
enum { SHB = 0x0a0d0d0a, IDB = 1, EPB = 6 };
enum { SHB_LEN = 28, IDB_LEN = 44, EPB_HEAD = 28, RESOL_NS = 9 };
#define MAGIC_US UINT32_C(0xa1b2c3d4)
#define MAGIC_NS UINT32_C(0xa1b23c4d)
#define ORDER_MAGIC UINT32_C(0x1a2b3c4d)
#define EARLY_S INT64_C(400000000)      /* times before 1970 count from here, 1957 */

static int
fail(struct dump *d, const char *why)
{
	if (d->err[0] == '\0')
		snprintf(d->err, sizeof(d->err), "%s: %s", d->file.path, why);
	return -1;
}

static int
flush(struct dump *d)
{
	size_t n = d->n;

	d->n = 0;
	return newfile_write(&d->file, d->buf, n) != 0 ? fail(d, strerror(errno)) : 0;
}

/* What is written is gone. */
static bool
is_stream(const struct dump *d)
{
	return d->file.temp[0] == '\0' && d->file.out < 0;
}

/* Room for n bytes, to be filled by the caller; NULL after an error. */
static uint8_t *
room(struct dump *d, size_t n)
{
	if (d->n + n > BUF_SIZE && flush(d) != 0)
		return NULL;
	d->n += n;
	return d->buf + d->n - n;
}

static void
put_words(uint8_t *p, const uint32_t *v, size_t n)
{
	memcpy(p, v, n * sizeof(*v));
}

int
dump_open(struct dump *d, const char *path, bool stream, char *const *input, size_t n)
{
	*d = (struct dump){ .old.fd = -1, .old.out = -1 };
	if (newfile_open(&d->file, path, stream, input, n, d->err, sizeof(d->err)) != 0)
		return -1;
	if ((d->buf = malloc(BUF_SIZE)) != NULL)
		return 0;
	fail(d, strerror(errno));
	newfile_abort(&d->file);
	return -1;
}

void
dump_source(struct dump *d, const struct cap_file *f)
{
	uint32_t snap = f->niface > 0 ? 0 : f->snaplen;

	d->nano |= f->nano;
	for (uint32_t i = 0; i < f->niface; i++) {
		d->nano |= (f->iface[i].resol & 0x7f) > (f->iface[i].resol & 0x80 ? 19 : 6);
		snap = f->iface[i].snaplen > snap ? f->iface[i].snaplen : snap;
	}
	if (snap == 0)
		snap = SNAP_NONE;
	d->snaplen = snap > d->snaplen ? snap : d->snaplen;
}

/* The simplest form that holds p after what was written. */
static enum dump_form
form_for(const struct dump *d, const struct pkt *p)
{
	if (p->ts < 0 || p->ts / NS_PER_SEC > UINT32_MAX ||
	    (d->npkts > 0 && p->linktype != d->iface[0].linktype))
		return DUMP_NG;
	return d->nano || p->ts % NS_PER_US != 0 ? DUMP_NS : DUMP_US;
}

static int
head_write(struct dump *d, const struct pkt *p)
{
	uint8_t *h = room(d, d->form == DUMP_NG ? SHB_LEN : FILE_HEAD);

	if (h == NULL)
		return -1;
	d->head_snaplen = d->snaplen;
	if (d->form == DUMP_NG) {
		put_words(h, (uint32_t[]){ SHB, SHB_LEN, ORDER_MAGIC, 1, UINT32_MAX, UINT32_MAX,
		    SHB_LEN }, 7);
		h[12] = 0;
		memcpy(h + 12, (uint16_t[]){ 1, 0 }, 4);
		return 0;
	}
	d->iface[0].linktype = p->linktype;
	d->niface = 1;
	put_words(h, (uint32_t[]){ d->form == DUMP_NS ? MAGIC_NS : MAGIC_US, 0, 0, 0, d->snaplen,
	    p->linktype }, 6);
	memcpy(h + 4, (uint16_t[]){ 2, 4 }, 4);
	return 0;
}

/* The number of the interface with p's link type, which is described if it is new; -1 error. */
static int
iface_get(struct dump *d, const struct pkt *p)
{
	bool early = p->ts < 0;
	int64_t base = early ? -EARLY_S : 0;
	uint8_t *b;

	for (uint32_t i = 0; i < d->niface; i++)
		if (d->iface[i].linktype == p->linktype && d->iface[i].early == early)
			return (int)i;
	if (d->niface == DUMP_IFACES)
		return fail(d, "too many link types");
	if ((b = room(d, IDB_LEN)) == NULL)
		return -1;
	memset(b, 0, IDB_LEN);
	put_words(b, (uint32_t[]){ IDB, IDB_LEN, 0, d->snaplen }, 4);
	memcpy(b + 8, (uint16_t[]){ (uint16_t)p->linktype }, 2);
	memcpy(b + 16, (uint16_t[]){ 9, 1 }, 4);        /* if_tsresol */
	b[20] = RESOL_NS;
	memcpy(b + 24, (uint16_t[]){ 14, 8 }, 4);       /* if_tsoffset */
	memcpy(b + 28, &base, 8);
	put_words(b + 40, (uint32_t[]){ IDB_LEN }, 1);     /* before it the end of options */
	d->iface[d->niface] = (struct dump_iface){ p->linktype, early };
	return (int)d->niface++;
}

static int
packet_ng(struct dump *d, const struct pkt *p)
{
	uint32_t pad = -p->caplen & 3, len = EPB_HEAD + p->caplen + pad + 4;
	uint64_t ts = (uint64_t)(p->ts < 0 ? p->ts + EARLY_S * NS_PER_SEC : p->ts);
	int i = iface_get(d, p);
	uint8_t *b;

	if (i < 0 || (b = room(d, EPB_HEAD)) == NULL)
		return -1;
	put_words(b, (uint32_t[]){ EPB, len, (uint32_t)i, (uint32_t)(ts >> 32), (uint32_t)ts,
	    p->caplen, p->wirelen }, 7);
	if (p->caplen > BUF_SIZE / 2) {
		if (flush(d) != 0 || newfile_write(&d->file, p->data, p->caplen) != 0)
			return fail(d, strerror(errno));
	} else if ((b = room(d, p->caplen)) == NULL) {
		return -1;
	} else {
		memcpy(b, p->data, p->caplen);
	}
	if ((b = room(d, pad + 4)) == NULL)
		return -1;
	memset(b, 0, pad);
	put_words(b + pad, &len, 1);
	return 0;
}

static int
packet_classic(struct dump *d, const struct pkt *p)
{
	uint32_t ns = (uint32_t)(p->ts % NS_PER_SEC);
	uint8_t *b = room(d, RECORD_HEAD + (p->caplen > BUF_SIZE / 2 ? 0 : p->caplen));

	if (b == NULL)
		return -1;
	put_words(b, (uint32_t[]){ (uint32_t)(p->ts / NS_PER_SEC),
	    d->form == DUMP_NS ? ns : ns / (uint32_t)NS_PER_US, p->caplen, p->wirelen }, 4);
	if (p->caplen <= BUF_SIZE / 2)
		memcpy(b + RECORD_HEAD, p->data, p->caplen);
	else if (flush(d) != 0 || newfile_write(&d->file, p->data, p->caplen) != 0)
		return fail(d, strerror(errno));
	return 0;
}

static int
packet_write(struct dump *d, const struct pkt *p)
{
	if (d->npkts == 0 && head_write(d, p) != 0)
		return -1;
	d->npkts++;
	return d->form == DUMP_NG ? packet_ng(d, p) : packet_classic(d, p);
}

/* Copies the packets of d->old that are not in drop. */
static int
copy_old(struct dump *d, const uint64_t *drop, size_t ndrop)
{
	struct cap_file f = { .in = { .fd = d->old.fd, .size = INPUT_SIZE } };
	enum cap_result r = CAP_DAMAGED;
	uint64_t no = 0;
	size_t i = 0;
	struct pkt *p = calloc(1, sizeof(*p));

	if (p == NULL || (f.in.buf = malloc(INPUT_SIZE)) == NULL)
		snprintf(f.why, sizeof(f.why), "%s", strerror(errno));
	else if (lseek(f.in.fd, 0, SEEK_SET) == 0 && input_need(&f.in, 4) &&
	    (cap_u32(&f, f.in.buf) == SHB ? cap_pcapng_open(&f) : cap_pcap_open(&f)) == 0)
		r = CAP_MORE;
	while (r == CAP_MORE || r == CAP_PACKET) {
		if ((r = f.next(&f, p, true)) != CAP_PACKET)
			continue;
		if (i < ndrop && drop[i] == no++)
			i++;
		else if (packet_write(d, p) != 0)
			break;
	}
	if (r != CAP_END)
		fail(d, f.why);
	free(f.iface);
	free(f.span);
	free(f.in.buf);
	free(p);
	return r == CAP_END ? 0 : -1;
}

static int
rewrite(struct dump *d, enum dump_form form, const uint64_t *drop, size_t ndrop)
{
	int r;

	if (is_stream(d))
		return fail(d, "packets that do not fit the format of the first ones");
	if (flush(d) != 0)
		return -1;
	d->old = d->file;
	if (newfile_again(&d->file, &d->old) != 0)
		return fail(d, strerror(errno));
	d->form = form;
	d->npkts = d->niface = 0;
	r = copy_old(d, drop, ndrop);
	d->old.out = -1;                /* the new one has it */
	newfile_abort(&d->old);
	return r;
}

int
dump_packet(struct dump *d, const struct pkt *p)
{
	enum dump_form form = form_for(d, p);

	if (d->err[0] != '\0')
		return -1;
	if (unlikely(d->npkts == 0))
		d->form = form;
	else if (unlikely(form > d->form) && rewrite(d, form, NULL, 0) != 0)
		return -1;
	return packet_write(d, p);
}

/* Sources with longer packets came after the first one; in pcapng the value binds nobody. */
static int
snaplen_patch(struct dump *d)
{
	if (d->form == DUMP_NG || d->head_snaplen >= d->snaplen || is_stream(d))
		return 0;
	return pwrite(d->file.fd, &d->snaplen, 4, 16) == 4 ? 0 : fail(d, strerror(errno));
}

int
dump_close(struct dump *d, const uint64_t *drop, size_t ndrop)
{
	bool left = d->npkts > ndrop;
	int r = d->err[0] != '\0' ? -1 : 0;

	if (r == 0 && left && ndrop > 0)
		r = rewrite(d, d->form, drop, ndrop);
	if (r == 0 && left)
		r = flush(d) != 0 ? -1 : snaplen_patch(d);
	if (r != 0 || !left) {
		d->npkts = 0;
		dump_abort(d);
		return r;
	}
	free(d->buf);
	d->buf = NULL;
	if (newfile_commit(&d->file) != 0)
		return fail(d, strerror(errno));
	return 0;
}

void
dump_abort(struct dump *d)
{
	free(d->buf);
	d->buf = NULL;
	newfile_abort(&d->file);
	d->old.out = -1;
	newfile_abort(&d->old);
}
