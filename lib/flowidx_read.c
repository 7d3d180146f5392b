/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flowidx_read.c - opens an index, t2index(5): of its blocks only those that are needed are read.
 *
 * The file is believed only after its checksums; lengths are compared with what is there anyway.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "flowidx_priv.h"

struct bytes {                          /* reading the head */
	const uint8_t *p, *e;
	bool bad;                       /* it was too short */
};

static int
fail(struct flowidx *x, const char *why)
{
	snprintf(x->err, sizeof(x->err), "%.4000s: %.200s", x->path, why);
	return -1;
}

int
flowidx_damaged(struct flowidx *x)
{
	return fail(x, "the index is damaged; make it anew");
}

static uint64_t
get(struct bytes *b, int n)
{
	uint64_t v = 0;

	if (b->e - b->p < n) {
		b->bad = true;
		b->p = b->e;
		return 0;
	}
	for (int i = 0; i < n; i++)
		v |= (uint64_t)b->p[i] << 8 * i;
	b->p += n;
	return v;
}

/* NULL with bad set, or for lack of memory. */
static char *
get_text(struct bytes *b)
{
	size_t n = get(b, 4);
	char *s;

	if ((size_t)(b->e - b->p) < n) {
		b->bad = true;
		return NULL;
	}
	if ((s = strndup((const char *)b->p, n)) == NULL)
		b->bad = true;
	b->p += n;
	return s;
}

/* n bytes at off of the index file; NULL with err. */
static uint8_t *
load(struct flowidx *x, uint64_t off, uint64_t n, uint32_t crc)
{
	uint8_t *b;
	ssize_t got = 0;

	if (off > x->size || n > x->size - off || n > UINT32_MAX) {
		flowidx_damaged(x);
		return NULL;
	}
	if ((b = malloc(n + 1)) == NULL || (got = pread(x->fd, b, n, (off_t)off)) < 0)
		fail(x, strerror(errno));
	else if ((uint64_t)got != n || crc32(0, b, (uInt)n) != crc)
		flowidx_damaged(x);
	else
		return b;
	free(b);
	return NULL;
}

uint8_t *
flowidx_block(struct flowidx *x, uint64_t no)
{
	const struct flowidx_block *b = &x->block[no];

	return load(x, b->off, b->len, b->crc);
}

static int
captures_read(struct flowidx *x, struct bytes *b)
{
	uint32_t n = (uint32_t)get(b, 4);
	uint64_t base = 0;

	if (n > (size_t)(b->e - b->p) || (x->cap = calloc(n + (size_t)1, sizeof(*x->cap))) == NULL)
		return -1;
	while (x->ncap < n && !b->bad) {
		struct flowidx_cap *c = &x->cap[x->ncap++];

		c->name = get_text(b);
		c->size = get(b, 8);
		c->first = get(b, 8);
		c->last = get(b, 8);
		c->ncontext = (uint32_t)get(b, 4);
		c->base = base;
		base += c->size;
		if (c->ncontext > (size_t)(b->e - b->p) ||
		    (c->context = calloc(c->ncontext + (size_t)1, sizeof(*c->context))) == NULL)
			return -1;
		for (uint32_t k = 0; k < c->ncontext; k++) {
			c->context[k].off = get(b, 8);
			c->context[k].len = (uint32_t)get(b, 4);
		}
	}
	return b->bad ? -1 : 0;
}

static int
head_read(struct flowidx *x)
{
	uint8_t start[FLOWIDX_START], *head;
	struct bytes b = { start + 8, start + sizeof(start), false };
	uint32_t crc;
	int r;

	if (pread(x->fd, start, sizeof(start), 0) != sizeof(start) ||
	    memcmp(start, FLOWIDX_MAGIC, 8) != 0)
		return fail(x, "no index of t2flow --index");
	if (get(&b, 4) != FLOWIDX_VERSION)
		return fail(x, "the index is from another version of t2; make it anew");
	crc = (uint32_t)get(&b, 4);
	uint64_t n = get(&b, 8);
	if ((head = load(x, FLOWIDX_START, n, crc)) == NULL)
		return -1;
	b = (struct bytes){ head, head + n, false };
	r = captures_read(x, &b);
	x->plugins = get_text(&b);
	x->options = get_text(&b);
	x->filter = get_text(&b);
	x->max_flows = get(&b, 8);
	x->nflows = get(&b, 8);
	x->npkts = get(&b, 8);
	x->begin = (int64_t)get(&b, 8);
	free(head);
	return r != 0 || b.bad ? flowidx_damaged(x) : 0;
}

static int
directory_read(struct flowidx *x)
{
	uint8_t end[FLOWIDX_TRAILER], *v;
	struct bytes b = { end, end + sizeof(end), false };
	uint64_t off, n;
	uint32_t crc;

	if (x->size < sizeof(end) || pread(x->fd, end, sizeof(end),
	    (off_t)(x->size - sizeof(end))) != sizeof(end) ||
	    memcmp(end + sizeof(end) - 8, FLOWIDX_END, 8) != 0)
		return flowidx_damaged(x);
	off = get(&b, 8);
	n = get(&b, 8);
	crc = (uint32_t)get(&b, 4);
	if (get(&b, 4) != 0 || n > x->size / FLOWIDX_SECTION ||
	    off + n * FLOWIDX_SECTION + sizeof(end) != x->size)
		return flowidx_damaged(x);
	if ((v = load(x, off, n * FLOWIDX_SECTION, crc)) == NULL)
		return -1;
	b = (struct bytes){ v, v + n * FLOWIDX_SECTION, false };
	if ((x->block = calloc(n + 1, sizeof(*x->block))) == NULL) {
		free(v);
		return fail(x, strerror(errno));
	}
	for (; x->nblock < n; x->nblock++) {
		struct flowidx_block *to = &x->block[x->nblock];

		to->flow = get(&b, 8);
		to->off = get(&b, 8);
		to->len = (uint32_t)get(&b, 4);
		to->crc = (uint32_t)get(&b, 4);
	}
	free(v);
	return 0;
}

int
flowidx_open(struct flowidx *x, const char *path)
{
	struct stat st;
	int r = 0;

	*x = (struct flowidx){ .path = path, .fd = open(path, O_RDONLY | O_CLOEXEC) };
	if (x->fd < 0 || fstat(x->fd, &st) != 0)
		return fail(x, strerror(errno));
	x->size = (uint64_t)st.st_size;
	if (head_read(x) != 0 || directory_read(x) != 0)
		r = -1;
	return r;
}

void
flowidx_free(struct flowidx *x)
{
	if (x->fd >= 0)
		close(x->fd);
	flowidx_caps_free(x->cap, x->ncap);
	free(x->plugins);
	free(x->options);
	free(x->filter);
	free(x->block);
}
