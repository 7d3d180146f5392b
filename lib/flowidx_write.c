/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flowidx_write.c - the file of an index, t2index(5): start, head, blocks, directory, trailer.
 *
 * All numbers are little-endian, whatever the machine.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "flowidx_priv.h"

#define FNV_START UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

int
flowidx_probe(int fd, uint64_t off, uint64_t *hash)
{
	uint8_t *b = malloc(FLOWIDX_PROBE);
	size_t n = 0;
	ssize_t got = 1;

	if (b == NULL)
		return -1;
	while (n < FLOWIDX_PROBE && got > 0) {
		if ((got = pread(fd, b + n, FLOWIDX_PROBE - n, (off_t)(off + n))) > 0)
			n += (size_t)got;
		else if (got < 0 && errno == EINTR)
			got = 1;
	}
	*hash = FNV_START;
	for (size_t i = 0; i < n; i++)
		*hash = (*hash ^ b[i]) * FNV_PRIME;
	free(b);
	return got < 0 ? -1 : 0;
}

void
flowidx_caps_free(struct flowidx_cap *v, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		free(v[i].name);
		free(v[i].context);
	}
	free(v);
}

/* n bytes of v, the low one first. */
static void
put(FILE *f, uint64_t v, int n)
{
	for (; n > 0; n--, v >>= 8)
		putc((int)(v & 255), f);
}

static void
put_text(FILE *f, const char *s)
{
	size_t n = s != NULL ? strlen(s) : 0;

	put(f, n, 4);
	if (n > 0)
		fwrite(s, 1, n, f);
}

static void
put_captures(FILE *f, const struct flowidx_make *m)
{
	put(f, m->ncap, 4);
	for (uint32_t i = 0; i < m->ncap; i++) {
		const struct flowidx_cap *c = &m->cap[i];

		put_text(f, c->name);
		put(f, c->size, 8);
		put(f, c->first, 8);
		put(f, c->last, 8);
		put(f, c->ncontext, 4);
		for (uint32_t k = 0; k < c->ncontext; k++) {
			put(f, c->context[k].off, 8);
			put(f, c->context[k].len, 4);
		}
	}
}

static void
put_plugins(FILE *f, const struct t2 *t)
{
	char *s = NULL;
	size_t n;
	FILE *text = open_memstream(&s, &n);

	for (size_t i = 0; text != NULL && i < t->npl; i++)
		fprintf(text, "%s%s", i > 0 ? "," : "", t->pl[i].p->name);
	put_text(f, text != NULL && fclose(text) == 0 ? s : NULL);
	free(s);
	s = NULL;
	if ((text = open_memstream(&s, &n)) != NULL)
		opts_print_set(&t->opts, text);
	put_text(f, text != NULL && fclose(text) == 0 ? s : NULL);
	free(s);
}

/* Everything about the run and the captures. */
static int
write_head(struct flowidx_make *m, uint64_t *off)
{
	const struct t2 *t = m->t;
	uint8_t start[FLOWIDX_START] = FLOWIDX_MAGIC;
	char *head = NULL, *s = NULL;
	size_t n, len;
	FILE *f = open_memstream(&head, &n);
	int r = -1;

	if (f == NULL)
		return -1;
	put_captures(f, m);
	put_plugins(f, t);
	put_text(f, t->cap.filter);
	put(f, t->max_flows, 8);
	put(f, t->next_index, 8);
	put(f, m->npkts, 8);
	put(f, (uint64_t)t->tot.first, 8);
	if (fclose(f) != 0 || (f = open_memstream(&s, &len)) == NULL) {
		free(head);
		return -1;
	}
	put(f, FLOWIDX_VERSION, 4);
	put(f, crc32(0, (const uint8_t *)head, (uInt)n), 4);
	put(f, n, 8);
	if (fclose(f) == 0) {
		memcpy(start + 8, s, len);
		r = newfile_write(&m->file, start, sizeof(start));
		r = r == 0 ? newfile_write(&m->file, head, n) : r;
	}
	free(s);
	free(head);
	*off = FLOWIDX_START + n;
	return r;
}

struct blocks {                         /* being written */
	struct flowidx_make *m;
	FILE *directory;
	uint8_t *buf;
	size_t n, room;                 /* bytes in buf, its size */
	uint64_t flow, prev;            /* first flow index in the block; last one */
	uint64_t off, nblock;
};

static int
block_end(struct blocks *b)
{
	if (b->n == 0)
		return 0;
	put(b->directory, b->flow, 8);
	put(b->directory, b->off, 8);
	put(b->directory, b->n, 4);
	put(b->directory, crc32(0, b->buf, (uInt)b->n), 4);
	if (newfile_write(&b->m->file, b->buf, b->n) != 0)
		return -1;
	b->off += b->n;
	b->nblock++;
	b->n = 0;
	return 0;
}

static int
block_add(struct blocks *b, uint64_t index, bool is_b, const struct flowidx_dir *d,
    const uint8_t *runs)
{
	uint8_t *v;

	if (b->n >= FLOWIDX_BLOCK && block_end(b) != 0)
		return -1;
	if (b->n + d->len + 3 * VARINT_MAX > b->room) {
		b->room = b->n + d->len + 3 * VARINT_MAX + FLOWIDX_BLOCK;
		if ((v = realloc(b->buf, b->room)) == NULL)
			return -1;
		b->buf = v;
	}
	if (b->n == 0)
		b->flow = b->prev = index;
	b->n += varint_put(b->buf + b->n, (index - b->prev) << 1 | is_b);
	b->n += varint_put(b->buf + b->n, d->npkts);
	b->n += varint_put(b->buf + b->n, d->len);
	memcpy(b->buf + b->n, runs, d->len);
	b->n += d->len;
	b->prev = index;
	return 0;
}

static int
write_trailer(struct blocks *b, const char *directory, size_t n)
{
	char *s = NULL;
	size_t len;
	FILE *f = open_memstream(&s, &len);
	int r = -1;

	if (f == NULL)
		return -1;
	put(f, b->off, 8);
	put(f, b->nblock, 8);
	put(f, crc32(0, (const uint8_t *)directory, (uInt)n), 4);
	put(f, 0, 4);
	fwrite(FLOWIDX_END, 1, 8, f);
	if (fclose(f) == 0 && newfile_write(&b->m->file, directory, n) == 0)
		r = newfile_write(&b->m->file, s, len);
	free(s);
	return r;
}

int
flowidx_write(struct flowidx_make *m, const struct flowidx_dir *dir, const uint32_t *order,
    uint64_t n, const uint8_t *runs)
{
	struct blocks b = { .m = m };
	char *directory = NULL;
	size_t len = 0;
	int r = -1;

	if ((b.directory = open_memstream(&directory, &len)) != NULL)
		r = write_head(m, &b.off);
	for (uint64_t i = 0; r == 0 && i < n; i++) {
		const struct flowidx_dir *d = order[i] != 0 ? &dir[order[i] - 1] : NULL;

		if (d != NULL)          /* .at lies behind its runs now */
			r = block_add(&b, i >> 1, i & 1, d, runs + d->at - d->len);
	}
	if (r == 0)
		r = block_end(&b);
	if (b.directory != NULL && fclose(b.directory) != 0)
		r = -1;
	if (r == 0)
		r = write_trailer(&b, directory, len);
	if (r != 0)
		t2_error(m->t, "%s: %s", m->file.path, strerror(errno));
	free(directory);
	free(b.buf);
	return r;
}
