/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flowidx_extract.c - the packets of flows by means of an index: only their bytes are read.
 *
 * The runs of all wanted directions are read in the order of the capture, near ones in one go, by
 * the readers of cap.c, which see a file with holes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "flowidx_priv.h"

enum { NEAR = 1 << 15, PART_MAX = INPUT_SIZE };

struct wanted {                         /* a direction */
	uint64_t flow;
	uint64_t no;                    /* of its next packet, from 0 */
	uint8_t dir;                    /* PICK_ bit */
};
struct run {                            /* of bytes that are whole records of a direction */
	uint64_t off, len;
	uint32_t who;                   /* number of the direction */
};
struct job {
	struct flowidx *x;
	struct pick *pick;
	struct dump *dump;
	struct wanted *who;
	size_t nwho;
	struct run *run;
	size_t nrun;
	struct cap_file f;              /* the capture that is open */
	const struct flowidx_cap *cap;
	const char *path;               /* of it */
	uint32_t ncontext;              /* blocks of it that were read */
	uint64_t last;                  /* offset + 1 of the last packet written */
};

static int
fail(struct job *j, const char *why)
{
	snprintf(j->x->err, sizeof(j->x->err), "%s", why);
	return -1;
}

/* The same about the open capture. */
static int
fail_capture(struct job *j, const char *why)
{
	snprintf(j->x->err, sizeof(j->x->err), "%.4000s: %.200s", j->path, why);
	return -1;
}

/* which runs ------------------------------------------------------------------------------ */

static bool
spans_touch(const struct pick_spans *s, uint64_t lo, uint64_t hi)
{
	size_t a = 0, b = s->n;

	while (a < b) {                 /* the first that ends at lo or later */
		size_t mid = (a + b) / 2;

		if (s->v[mid].hi < lo)
			a = mid + 1;
		else
			b = mid;
	}
	return a < s->n && s->v[a].lo <= hi;
}

static int
runs_add(struct job *j, uint64_t flow, int dir, const uint8_t *p, const uint8_t *e)
{
	struct wanted *w = array_room(j->who, j->nwho, sizeof(*w));
	uint64_t at = 0;
	struct run *v;

	if (w == NULL)
		return fail(j, strerror(errno));
	j->who = w;
	w[j->nwho] = (struct wanted){ .flow = flow, .dir = (uint8_t)dir };
	while (p < e) {
		struct run r = { .who = (uint32_t)j->nwho };

		r.off = at + varint_get(&p, e);
		r.len = varint_get(&p, e);
		at = r.off + r.len;
		if ((v = array_room(j->run, j->nrun, sizeof(*v))) == NULL)
			return fail(j, strerror(errno));
		j->run = v;
		v[j->nrun++] = r;
	}
	j->nwho++;
	return 0;
}

/* Takes the runs of what is wanted out of a block. */
static int
block_take(struct job *j, uint64_t no)
{
	uint64_t flow = j->x->block[no].flow;
	uint8_t *b = flowidx_block(j->x, no), *v;
	const uint8_t *p = b, *e = b != NULL ? b + j->x->block[no].len : b;
	int r = b == NULL ? -1 : 0;

	while (r == 0 && p < e) {
		uint64_t head = varint_get(&p, e), len;
		int dir = head & 1 ? PICK_B : PICK_A;

		flow += head >> 1;
		(void)varint_get(&p, e);        /* packets */
		len = varint_get(&p, e);
		if (len > (uint64_t)(e - p) || flow > j->x->nflows) {
			r = flowidx_damaged(j->x);
			break;
		}
		p += len;
		if (!spans_touch(&j->pick->dir[dir - 1], flow, flow) &&
		    !spans_touch(&j->pick->parts, flow, flow))
			continue;
		if ((v = pick_verdict(j->pick, flow)) == NULL)
			r = fail(j, strerror(errno));
		else
			*v = (uint8_t)(*v | dir << PICK_SEEN);
		if (r == 0)
			r = runs_add(j, flow, dir, p - len, p);
	}
	free(b);
	return r;
}

static int
by_off(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	return x->off < y->off ? -1 : x->off > y->off;
}

static int
runs_find(struct job *j)
{
	const struct flowidx *x = j->x;
	const struct pick *p = j->pick;

	for (uint64_t i = 0; i < x->nblock; i++) {
		uint64_t lo = x->block[i].flow;
		uint64_t hi = i + 1 < x->nblock ? x->block[i + 1].flow : x->nflows;

		if ((spans_touch(&p->dir[0], lo, hi) || spans_touch(&p->dir[1], lo, hi) ||
		    spans_touch(&p->parts, lo, hi)) && block_take(j, i) != 0)
			return -1;
	}
	if (j->nrun > 1)
		qsort(j->run, j->nrun, sizeof(*j->run), by_off);
	return 0;
}

/* reading --------------------------------------------------------------------------------- */

static void
capture_close(struct job *j)
{
	if (j->cap == NULL)
		return;
	close(j->f.in.fd);
	free(j->f.in.buf);
	free(j->f.iface);
	free(j->f.span);
	j->cap = NULL;
}

/* Goes to off, where about n bytes will be read. */
static int
seek(struct job *j, uint64_t off, uint64_t n)
{
	struct input *in = &j->f.in;

	if (lseek(in->fd, (off_t)off, SEEK_SET) < 0)
		return fail_capture(j, strerror(errno));
	free(in->buf);
	in->size = n < PART_MAX ? (size_t)n : PART_MAX;
	if ((in->buf = malloc(in->size)) == NULL)
		return fail(j, strerror(errno));
	in->beg = in->end = 0;
	in->eof = false;
	in->off = off;
	return 0;
}

/* Reads the next block that packets depend on: an interface or a section. */
static int
context_read(struct job *j)
{
	const struct cap_span *c = &j->cap->context[j->ncontext++];
	struct pkt p;

	if (seek(j, c->off, c->len) != 0)
		return -1;
	if (j->f.next(&j->f, &p, true) != CAP_MORE)
		return fail_capture(j, "the capture does not fit the index");
	return 0;
}

static int
capture_open(struct job *j, const struct flowidx_cap *c, const char *path)
{
	struct input *in = &j->f.in;
	uint64_t first = 0, last = 0, end = c->size < FLOWIDX_PROBE ? 0 : c->size - FLOWIDX_PROBE;
	struct stat st;

	capture_close(j);
	j->path = path;
	j->ncontext = 0;
	j->f = (struct cap_file){ .in.fd = open(path, O_RDONLY | O_CLOEXEC) };
	if (in->fd < 0)
		return fail_capture(j, strerror(errno));
	j->cap = c;
	posix_fadvise(in->fd, 0, 0, POSIX_FADV_RANDOM);
	if (fstat(in->fd, &st) != 0 || flowidx_probe(in->fd, 0, &first) != 0 ||
	    flowidx_probe(in->fd, end, &last) != 0)
		return fail_capture(j, strerror(errno));
	if ((uint64_t)st.st_size != c->size || first != c->first || last != c->last)
		return fail_capture(j, "not the capture that was indexed, or changed since");
	if (seek(j, 0, 64) != 0)
		return -1;
	if (!input_need(in, 4) || (c->ncontext > 0 ? cap_pcapng_open(&j->f) :
	    cap_pcap_open(&j->f)) != 0)
		return fail_capture(j, "the capture does not fit the index");
	return 0;
}

static int
packet_take(struct job *j, struct wanted *w, const struct pkt *p)
{
	uint64_t no = w->no++, off = j->cap->base + p->off + 1;

	if (no == 0 && pick_check(j->pick, w->flow, w->dir, p->ts, j->x->begin, NULL) != 0)
		return fail(j, j->pick->err);
	if (!pick_wants(j->pick, w->flow, w->dir, no) || off <= j->last)
		return 0;
	j->last = off;
	dump_source(j->dump, &j->f);
	return dump_packet(j->dump, p) != 0 ? fail(j, j->dump->err) : 0;
}

static int
run_read(struct job *j, const struct run *r)
{
	struct input *in = &j->f.in;
	uint64_t off = r->off - j->cap->base;
	enum cap_result res = CAP_MORE;
	struct pkt p;

	if (!input_skip(in, off - in->off))
		return fail_capture(j, "the capture does not fit the index");
	while (in->off < off + r->len) {
		res = j->f.next(&j->f, &p, true);
		if (res != CAP_PACKET)
			return fail_capture(j, "the capture does not fit the index");
		if (packet_take(j, &j->who[r->who], &p) != 0)
			return -1;
	}
	return 0;
}

/* The number of runs from i on that are read in one go, and their bytes. */
static size_t
group(const struct job *j, size_t i, uint64_t *bytes)
{
	const struct run *v = j->run;
	uint64_t limit = j->cap->base + j->cap->size, end = v[i].off + v[i].len;
	size_t n = i + 1;

	/* blocks that packets depend on may lie between */
	if (j->ncontext < j->cap->ncontext)
		limit = j->cap->base + j->cap->context[j->ncontext].off;
	while (n < j->nrun && v[n].off >= end && v[n].off - end <= NEAR && v[n].off < limit) {
		end = v[n].off + v[n].len;
		n++;
	}
	*bytes = end - v[i].off;
	return n - i;
}

static int
runs_read(struct job *j, char *const *path)
{
	const struct flowidx_cap *c = j->x->cap, *end = c + j->x->ncap;
	uint64_t bytes;

	for (size_t i = 0; i < j->nrun; ) {
		uint64_t off = j->run[i].off;

		while (c < end && off >= c->base + c->size)
			c++;
		if (c == end)
			return flowidx_damaged(j->x);
		if (c != j->cap && capture_open(j, c, path[c - j->x->cap]) != 0)
			return -1;
		while (j->ncontext < c->ncontext && c->context[j->ncontext].off < off - c->base)
			if (context_read(j) != 0)
				return -1;
		size_t n = group(j, i, &bytes);
		if (seek(j, off - c->base, bytes) != 0)
			return -1;
		for (; n > 0; n--, i++)
			if (run_read(j, &j->run[i]) != 0)
				return -1;
	}
	return 0;
}

int
flowidx_extract(struct flowidx *x, char *const *path, struct pick *pick, struct dump *dump)
{
	struct job j = { .x = x, .pick = pick, .dump = dump };
	int r = runs_find(&j);

	/* all captures are proved, also those of which nothing is wanted */
	for (uint32_t i = 0; r == 0 && i < x->ncap; i++)
		r = capture_open(&j, &x->cap[i], path[i]);
	capture_close(&j);
	if (r == 0)
		r = runs_read(&j, path);
	capture_close(&j);
	free(j.who);
	free(j.run);
	if (r == 0)
		return dump_close(dump, NULL, 0);
	dump_abort(dump);
	return -1;
}
