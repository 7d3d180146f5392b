/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cap_pcap.c - the classic capture file (draft-ietf-opsawg-pcap).
 *
 * Both byte orders, micro- and nanoseconds, and the variant of old Linux kernels with 8 more
 * bytes in each record header.
 */
#include "priv.h"

enum { FILE_HEAD = 24, RECORD_HEAD = 16, PATCHED_HEAD = 24, SNAP_MAX = 262144 };
enum pcap_magic { MAGIC_US = 0xa1b2c3d4, MAGIC_NS = 0xa1b23c4d, MAGIC_PATCHED = 0xa1b2cd34 };

static enum cap_result
cut(struct cap_file *f, const char *what)
{
	if (f->in.err != NULL)
		snprintf(f->why, sizeof(f->why), "%s", f->in.err);
	else
		snprintf(f->why, sizeof(f->why), "the file ends within a %s", what);
	return CAP_DAMAGED;
}

static enum cap_result
next(struct cap_file *f, struct pkt *p, bool refill)
{
	uint32_t head = f->patched ? PATCHED_HEAD : RECORD_HEAD, caplen;
	struct input *in = &f->in;
	const uint8_t *r;

	if (input_have(in) < head) {
		if (!refill)
			return CAP_MORE;
		if (!input_need(in, head))
			return input_have(in) == 0 && in->err == NULL ? CAP_END :
			    cut(f, "record header");
	}
	caplen = cap_u32(f, in->buf + in->beg + 8);
	if (caplen > SNAP_MAX && (caplen > f->snaplen || caplen > RECORD_MAX)) {
		snprintf(f->why, sizeof(f->why), "a record of %u bytes cannot be", caplen);
		return CAP_DAMAGED;
	}
	if (input_have(in) < head + caplen) {
		if (!refill)
			return CAP_MORE;
		if (!input_need(in, head + caplen))
			return cut(f, "packet");
	}
	r = in->buf + in->beg;
	p->off = in->off;
	p->reclen = head + caplen;
	p->data = r + head;
	p->ts = cap_u32(f, r) * NS_PER_SEC + (int64_t)cap_u32(f, r + 4) * (f->nano ? 1 : 1000);
	p->caplen = caplen;
	p->wirelen = cap_u32(f, r + 12);
	p->linktype = f->linktype;
	input_used(in, head + caplen);
	return CAP_PACKET;
}

int
cap_pcap_open(struct cap_file *f)
{
	struct input *in = &f->in;
	uint32_t magic = cap_u32(f, in->buf + in->beg);

	f->swapped = magic != MAGIC_US && magic != MAGIC_NS && magic != MAGIC_PATCHED;
	magic = cap_u32(f, in->buf + in->beg);
	if (magic != MAGIC_US && magic != MAGIC_NS && magic != MAGIC_PATCHED) {
		snprintf(f->why, sizeof(f->why), "not a capture file");
		return -1;
	}
	if (!input_need(in, FILE_HEAD)) {
		cut(f, "file header");
		return -1;
	}
	f->nano = magic == MAGIC_NS;
	f->patched = magic == MAGIC_PATCHED;
	f->snaplen = cap_u32(f, in->buf + in->beg + 16);
	f->linktype = cap_u32(f, in->buf + in->beg + 20) & 0xffff;
	f->next = next;
	input_used(in, FILE_HEAD);
	return 0;
}
