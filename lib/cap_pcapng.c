/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cap_pcapng.c - the next generation capture file (draft-ietf-opsawg-pcapng).
 *
 * Every interface may have a link type and a time unit of its own; sections may differ in byte
 * order.  Blocks of other kinds are passed over.
 */
#include <stdlib.h>

#include "priv.h"

enum { SHB = 0x0a0d0d0a, IDB = 1, PB = 2, SPB = 3, EPB = 6 };
enum { BLOCK_HEAD = 8, BLOCK_MIN = 12, SHB_MIN = 28, IDB_MIN = 20, OPT_END = 0, OPT_TSRESOL = 9,
	OPT_TSOFFSET = 14, RESOL_US = 6 };
#define ORDER_MAGIC UINT32_C(0x1a2b3c4d)
#define TIME_MAX (INT64_MAX / 2)
#define TIME_MIN (-INT64_MAX / 32)

static enum cap_result
damaged(struct cap_file *f, const char *what)
{
	snprintf(f->why, sizeof(f->why), "%s", f->in.err != NULL ? f->in.err : what);
	return CAP_DAMAGED;
}

/* A time stamp in the units of if_tsresol as ns, clamped to the years 1960 to 2116: then any
 * difference of two times fits int64, also that of a time and a boot time 136 years earlier. */
static int64_t
time_ns(const struct cap_iface *i, uint64_t ts)
{
	unsigned r = i->resol & 0x7f;
	__int128_t ns = ts;

	if (i->resol & 0x80) {
		ns = r < 64 ? ns * NS_PER_SEC >> r : 0;
	} else {
		for (; r < 9; r++)
			ns *= 10;
		for (; r > 9 && ns != 0; r--)
			ns /= 10;
	}
	ns += i->offset;
	return ns > TIME_MAX ? TIME_MAX : ns < TIME_MIN ? TIME_MIN : (int64_t)ns;
}

static enum cap_result
section(struct cap_file *f)
{
	const uint8_t *b = f->in.buf + f->in.beg;

	f->swapped = false;
	f->swapped = cap_u32(f, b + 8) != ORDER_MAGIC;
	if (cap_u32(f, b + 8) != ORDER_MAGIC)
		return damaged(f, "a section header without byte-order magic");
	f->niface = 0;
	return CAP_MORE;
}

static void
interface_options(struct cap_file *f, struct cap_iface *i, const uint8_t *p, const uint8_t *e)
{
	uint16_t code, len;

	while (e - p >= 4 && (code = cap_u16(f, p)) != OPT_END) {
		len = cap_u16(f, p + 2);
		p += 4;
		if (e - p < len)
			return;
		if (code == OPT_TSRESOL && len == 1) {
			i->resol = p[0];
		} else if (code == OPT_TSOFFSET && len == 8) {
			uint64_t a = cap_u32(f, p), b = cap_u32(f, p + 4);
			uint64_t sec = f->swapped == (__BYTE_ORDER == __LITTLE_ENDIAN) ?
			    a << 32 | b : b << 32 | a;

			i->offset = (int64_t)sec <= INT64_MAX / NS_PER_SEC &&
			    (int64_t)sec >= INT64_MIN / NS_PER_SEC ?
			    (int64_t)sec * NS_PER_SEC : 0;
		}
		p += len + (-len & 3);
		if (p > e)
			return;
	}
}

static enum cap_result
interface(struct cap_file *f, uint32_t len)
{
	const uint8_t *b = f->in.buf + f->in.beg;
	struct cap_iface *v;

	if (len < IDB_MIN)
		return damaged(f, "an interface block that is too short");
	/* room doubles at powers of two */
	if ((f->niface & (f->niface - 1)) == 0) {
		v = realloc(f->iface, (f->niface == 0 ? 1 : 2 * (size_t)f->niface) * sizeof(*v));
		if (v == NULL)
			return damaged(f, "out of memory");
		f->iface = v;
	}
	v = &f->iface[f->niface++];
	*v = (struct cap_iface){ cap_u16(f, b + 8), cap_u32(f, b + 12), RESOL_US, 0 };
	interface_options(f, v, b + 16, b + len - 4);
	return CAP_MORE;
}

/* Remembers where a block lies that later packets depend on. */
static enum cap_result
remember(struct cap_file *f, uint32_t len)
{
	struct cap_span *v = f->span;

	if ((f->nspan & (f->nspan - 1)) == 0) {
		v = realloc(v, (f->nspan == 0 ? 1 : 2 * (size_t)f->nspan) * sizeof(*v));
		if (v == NULL)
			return damaged(f, "out of memory");
		f->span = v;
	}
	v[f->nspan++] = (struct cap_span){ f->in.off, len };
	return CAP_MORE;
}

/* The packet of an enhanced, simple or (obsolete) packet block. */
static enum cap_result
packet(struct cap_file *f, struct pkt *p, uint32_t type, uint32_t len)
{
	const uint8_t *b = f->in.buf + f->in.beg;
	uint32_t id, head = type == SPB ? 12 : 28, room;

	if (len < head + 4)
		return damaged(f, "a packet block that is too short");
	room = len - head - 4;
	id = type == SPB ? 0 : type == PB ? cap_u16(f, b + 8) : cap_u32(f, b + 8);
	if (id >= f->niface)
		return damaged(f, "a packet of an interface that was not described");
	if (type == SPB) {
		p->wirelen = cap_u32(f, b + 8);
		f->untimed = true;
		p->caplen = p->wirelen < room ? p->wirelen : room;
		if (f->iface[0].snaplen != 0 && p->caplen > f->iface[0].snaplen)
			p->caplen = f->iface[0].snaplen;
	} else {
		p->caplen = cap_u32(f, b + 20);
		p->wirelen = cap_u32(f, b + 24);
		f->ts = time_ns(&f->iface[id],
		    (uint64_t)cap_u32(f, b + 12) << 32 | cap_u32(f, b + 16));
	}
	if (p->caplen > room)
		return damaged(f, "a packet that is longer than its block");
	p->off = f->in.off;
	p->reclen = len;
	p->data = b + head;
	p->ts = f->ts;
	p->linktype = f->iface[id].linktype;
	return CAP_PACKET;
}

static enum cap_result
next(struct cap_file *f, struct pkt *p, bool refill)
{
	struct input *in = &f->in;
	enum cap_result r = CAP_MORE;
	uint32_t type, len;

	if (input_have(in) < BLOCK_MIN) {
		if (!refill)
			return CAP_MORE;
		if (!input_need(in, BLOCK_MIN))
			return input_have(in) == 0 && in->err == NULL ? CAP_END :
			    damaged(f, "the file ends within a block header");
	}
	type = cap_u32(f, in->buf + in->beg);
	if (type == SHB && section(f) == CAP_DAMAGED)
		return CAP_DAMAGED;
	len = cap_u32(f, in->buf + in->beg + 4);
	if (len < (type == SHB ? SHB_MIN : BLOCK_MIN) || len % 4 != 0)
		return damaged(f, "a block length that cannot be");
	if (type != SHB && type != IDB && type != PB && type != SPB && type != EPB) {
		if (!refill && input_have(in) < len)
			return CAP_MORE;
		return input_skip(in, len) ? CAP_MORE : damaged(f, "the file ends within a block");
	}
	if (len > RECORD_MAX)
		return damaged(f, "a block length that cannot be");
	if (input_have(in) < len) {
		if (!refill)
			return CAP_MORE;
		if (!input_need(in, len))
			return damaged(f, "the file ends within a block");
	}
	if (type == IDB)
		r = interface(f, len);
	else if (type != SHB)
		r = packet(f, p, type, len);
	if (r == CAP_MORE)
		r = remember(f, len);
	if (r != CAP_DAMAGED)
		input_used(in, len);
	return r;
}

int
cap_pcapng_open(struct cap_file *f)
{
	struct input *in = &f->in;
	const uint8_t *b = in->buf + in->beg;

	f->next = next;
	if (cap_u32(f, b) != SHB) {
		snprintf(f->why, sizeof(f->why), "not a capture file");
		return -1;
	}
	if (!input_need(in, SHB_MIN)) {
		damaged(f, "the file ends within a section header");
		return -1;
	}
	return section(f) == CAP_DAMAGED ? -1 : 0;
}
