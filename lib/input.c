/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * input.c - a byte stream from a file or stdin, decompressed when it is gzip or Zstandard.
 *
 * The compression is told by the first bytes (RFC 1952, RFC 8878), never by the name.  Packets
 * are used where they lie in the buffer, so the buffer moves only when input_need() says so.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "priv.h"

enum { PACKED_SIZE = 1 << 17, GZIP_WINDOW = 15 + 16 };

struct unpack {
	uint8_t in[PACKED_SIZE];        /* compressed bytes beg..end */
	size_t beg, end;
	bool eof;                       /* of the compressed file */
	bool inside;                    /* within a member or frame: an end now is damage */
	bool zstd;
	z_stream gz;
	ZSTD_DStream *zst;
};

static ssize_t
read_once(int fd, void *buf, size_t n)
{
	ssize_t got;

	do
		got = read(fd, buf, n);
	while (got < 0 && errno == EINTR);
	return got;
}

static ssize_t
read_some(struct input *in, void *buf, size_t n)
{
	const struct input_wait *w = &in->wait;
	ssize_t got;

	if (w->more == NULL)
		return read_once(in->fd, buf, n);
	do {
		if (!in->is_file && !w->more(w->arg, in->fd))
			return 0;
		got = read_once(in->fd, buf, n);
	} while (got < 0 ? errno == EAGAIN : got == 0 && w->follow && w->more(w->arg, -1));
	return got;
}

/* One step of gzip; members may follow each other. */
static int
step_gzip(struct unpack *z, uint8_t *out, size_t n, size_t *made)
{
	int r;

	z->gz.next_in = z->in + z->beg;
	z->gz.avail_in = (uInt)(z->end - z->beg);
	z->gz.next_out = out;
	z->gz.avail_out = (uInt)n;
	r = inflate(&z->gz, Z_NO_FLUSH);
	z->beg = z->end - z->gz.avail_in;
	*made = n - z->gz.avail_out;
	if (r == Z_STREAM_END) {
		z->inside = false;
		return inflateReset(&z->gz) == Z_OK ? 0 : -1;
	}
	z->inside = true;
	return r == Z_OK || r == Z_BUF_ERROR ? 0 : -1;
}

static int
step_zstd(struct unpack *z, uint8_t *out, size_t n, size_t *made)
{
	ZSTD_inBuffer i = { z->in, z->end, z->beg };
	ZSTD_outBuffer o = { out, n, 0 };
	size_t r = ZSTD_decompressStream(z->zst, &o, &i);

	z->beg = i.pos;
	*made = o.pos;
	z->inside = r != 0;
	return ZSTD_isError(r) ? -1 : 0;
}

/* Up to n decompressed bytes; 0 at the end or with in->err. */
static size_t
unpack_some(struct input *in, uint8_t *out, size_t n)
{
	struct unpack *z = in->z;
	size_t made = 0;
	ssize_t got;

	while (made == 0) {
		if (z->beg == z->end) {
			got = z->eof ? 0 : read_some(in, z->in, sizeof(z->in));
			if (got < 0) {
				in->err = strerror(errno);
				return 0;
			}
			z->beg = 0;
			z->end = (size_t)got;
			if (got == 0) {
				z->eof = true;
				if (z->inside)
					in->err = "the compressed data end too early";
				return 0;
			}
		}
		if ((z->zstd ? step_zstd : step_gzip)(z, out, n, &made) != 0) {
			in->err = "damaged compressed data";
			return made;
		}
	}
	return made;
}

static void
refill(struct input *in)
{
	size_t room = in->size - in->end;
	ssize_t got;

	if (in->z != NULL) {
		got = (ssize_t)unpack_some(in, in->buf + in->end, room);
	} else if ((got = read_some(in, in->buf + in->end, room)) < 0) {
		in->err = strerror(errno);
		got = 0;
	}
	in->end += (size_t)got;
	in->eof = got == 0;
}

bool
input_need(struct input *in, size_t n)
{
	uint8_t *buf;

	if (input_have(in) >= n)
		return true;
	memmove(in->buf, in->buf + in->beg, input_have(in));
	in->end -= in->beg;
	in->beg = 0;
	if (n > in->size) {             /* n is bounded by RECORD_MAX: see the callers */
		if ((buf = realloc(in->buf, n)) == NULL) {
			in->err = strerror(ENOMEM);
			return false;
		}
		in->buf = buf;
		in->size = n;
	}
	while (in->end < n && !in->eof && in->err == NULL)
		refill(in);
	return in->end >= n;
}

bool
input_skip(struct input *in, uint64_t n)
{
	size_t part;

	while (n > 0) {
		if (input_have(in) == 0 && !input_need(in, 1))
			return false;
		part = input_have(in) < n ? input_have(in) : (size_t)n;
		input_used(in, part);
		n -= part;
	}
	return true;
}

/* Recognises a compressed stream by its first bytes, which then belong to the unpacker. */
static int
unpack_init(struct input *in)
{
	static const uint8_t zstd[4] = { 0x28, 0xb5, 0x2f, 0xfd };
	const uint8_t *m = in->buf;
	bool is_zstd = input_have(in) >= 4 && memcmp(m, zstd, 4) == 0;
	struct unpack *z;

	if (!is_zstd && !(input_have(in) >= 2 && m[0] == 0x1f && m[1] == 0x8b))
		return 0;
	if ((z = calloc(1, sizeof(*z))) == NULL)
		return -1;
	in->z = z;
	z->zstd = is_zstd;
	if (is_zstd ? (z->zst = ZSTD_createDStream()) == NULL :
	    inflateInit2(&z->gz, GZIP_WINDOW) != Z_OK)
		return -1;
	z->end = input_have(in);        /* at most the first read: see input_open() */
	memcpy(z->in, m, z->end);
	in->beg = in->end = 0;
	in->eof = false;
	return 0;
}

int
input_open(struct input *in, const char *path, const struct input_wait *wait, const char **why)
{
	struct stat st;

	*in = (struct input){ .fd = STDIN_FILENO };
	if (wait != NULL)
		in->wait = *wait;
	if (strcmp(path, "-") != 0 && (in->fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) {
		*why = strerror(errno);
		return -1;
	}
	if (fstat(in->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		*why = strerror(EISDIR);
		input_close(in);
		return -1;
	}
	in->is_file = S_ISREG(st.st_mode) || S_ISBLK(st.st_mode);
	/* the first read must fit the unpacker's buffer */
	in->size = PACKED_SIZE;
	if ((in->buf = malloc(INPUT_SIZE)) == NULL || (input_need(in, 4), in->err != NULL) ||
	    unpack_init(in) != 0) {
		*why = in->err != NULL ? in->err : strerror(ENOMEM);
		input_close(in);
		return -1;
	}
	in->size = INPUT_SIZE;
	return 0;
}

void
input_close(struct input *in)
{
	if (in->z != NULL) {
		if (in->z->zstd)
			ZSTD_freeDStream(in->z->zst);
		else
			inflateEnd(&in->z->gz);
		free(in->z);
	}
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	free(in->buf);
	*in = (struct input){ .fd = -1 };
}
