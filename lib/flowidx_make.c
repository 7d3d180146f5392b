/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flowidx_make.c - the index of a capture is made while it is read.
 *
 * Each packet adds a few bytes to a log: number of its direction, place, length.  At the end the
 * log is read twice: for the space that each direction needs, and to put its runs of bytes there.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "flowidx_priv.h"

enum { CHUNK = 1 << 20, ENTRY_MAX = 3 * VARINT_MAX };

struct chunk {                          /* of the log */
	struct chunk *next;
	size_t n;
	uint8_t b[CHUNK];
};

/* A failed index stops the run: who asked for one wants to know. */
static bool
fail(struct flowidx_make *m, const char *what, const char *why)
{
	t2_error(m->t, "%s: %s", what, why);
	m->t->stop = m->failed = true;
	return false;
}

static bool
no_memory(struct flowidx_make *m)
{
	return fail(m, "index", strerror(ENOMEM));
}

static int
file_open(struct flowidx_make *m)
{
	return newfile_open(&m->file, m->path, false, m->input, m->ninput, m->t->err,
	    sizeof(m->t->err));
}

struct flowidx_make *
flowidx_new(struct t2 *t, char *const *input, size_t n)
{
	const char *shared = opt_core(t, "FDURLIMIT")->n != 0 && opt_core(t, "FDLSFINDEX")->n != 0 ?
	    "FDLSFINDEX=1" : opt_core(t, "SCTP_ACTIVATE")->n != 0 &&
	    opt_core(t, "SCTP_STATFINDEX")->n != 0 ? "SCTP_STATFINDEX=1" : NULL;
	struct flowidx_make *m;

	if (shared != NULL) {
		t2_error(t, "%s: flows that share a number cannot be indexed", shared);
		return NULL;
	}
	m = calloc(1, sizeof(*m));
	if (m == NULL) {
		t2_error(t, "%s", strerror(errno));
		return NULL;
	}
	m->t = t;
	m->input = input;
	m->ninput = n;
	return m;
}

/* Tried before the work: nothing is left then, however the run ends. */
int
flowidx_path(struct flowidx_make *m, const char *path)
{
	m->path = path;
	if (file_open(m) != 0)
		return -1;
	newfile_abort(&m->file);
	return 0;
}

/* captures -------------------------------------------------------------------------------- */

static void
capture_add(struct flowidx_make *m)
{
	struct cap *c = &m->t->cap;
	const char *path = c->path[c->next - 1], *slash = strrchr(path, '/');
	struct flowidx_cap *v;
	struct stat st;

	if (c->file.in.z != NULL || c->file.in.fd <= STDIN_FILENO ||
	    fstat(c->file.in.fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		fail(m, path, c->file.in.z != NULL ? "a compressed capture cannot be indexed" :
		    "only a regular file can be indexed");
		return;
	}
	if ((v = reallocarray(m->cap, m->ncap + 1, sizeof(*v))) == NULL) {
		no_memory(m);
		return;
	}
	m->cap = v;
	v += m->ncap;
	*v = (struct flowidx_cap){ .base = m->ncap == 0 ? 0 : v[-1].base + v[-1].size };
	if ((v->name = strdup(slash != NULL ? slash + 1 : path)) == NULL) {
		no_memory(m);
		return;
	}
	m->ncap++;
	m->base = v->base;
	m->open = true;
}

static void
capture_done(struct flowidx_make *m)
{
	struct flowidx_cap *v = &m->cap[m->ncap - 1];
	struct cap_file *f = &m->t->cap.file;
	struct stat st;

	m->open = false;
	if (fstat(f->in.fd, &st) != 0)
		st.st_size = 0;
	v->size = (uint64_t)st.st_size;
	if (flowidx_probe(f->in.fd, 0, &v->first) != 0 || flowidx_probe(f->in.fd,
	    v->size < FLOWIDX_PROBE ? 0 : v->size - FLOWIDX_PROBE, &v->last) != 0)
		fail(m, v->name, strerror(errno));
	if (f->untimed)
		fail(m, v->name, "cannot be indexed: packets without time");
	v->ncontext = f->nspan;
	v->context = f->span;           /* taken over */
	f->span = NULL;
	f->nspan = 0;
}

void
flowidx_event(struct flowidx_make *m, enum cap_event event)
{
	if (event == CAP_FILE && !m->failed)
		capture_add(m);
	else if (event == CAP_DONE && m->open)
		capture_done(m);
}

/* the log --------------------------------------------------------------------------------- */

/* The number of the direction that f is. */
static uint32_t *
number(struct flowidx_make *m, const struct flow *f)
{
	uint32_t n = m->nord == 0 ? 1024 : m->nord, *v;

	if (f->id < m->nord)
		return &m->ord[f->id];
	while (n <= f->id)
		n *= 2;
	if ((v = reallocarray(m->ord, n, sizeof(*v))) == NULL)
		return NULL;
	m->ord = v;
	m->nord = n;
	return &v[f->id];
}

static struct chunk *
log_room(struct flowidx_make *m)
{
	struct chunk *c = m->log_end;

	if (c != NULL && c->n + ENTRY_MAX <= CHUNK)
		return c;
	if ((c = malloc(sizeof(*c))) == NULL)
		return NULL;
	c->next = NULL;
	c->n = 0;
	if (m->log_end != NULL)
		m->log_end->next = c;
	else
		m->log = c;
	return m->log_end = c;
}

static bool
on_packet(void *arg, const struct pkt *p, struct flow *f)
{
	struct flowidx_make *m = arg;
	uint64_t off = m->base + p->off;
	uint32_t *ord = number(m, f);
	struct chunk *c = log_room(m);

	if (ord == NULL || c == NULL)
		return no_memory(m);
	if (f->npkts == 1) {
		if (m->ndir == UINT32_MAX)
			return fail(m, "index", "too many flows");
		*ord = m->ndir++;
	}
	c->n += varint_put(c->b + c->n, *ord);
	/* the capture before may end behind its last packet, but never later than this */
	c->n += varint_put(c->b + c->n, off - m->end);
	c->n += varint_put(c->b + c->n, p->reclen);
	m->end = off + p->reclen;
	m->npkts++;
	return m->packet == NULL || m->packet(m->packet_arg, p, f);
}

static bool
on_record(void *arg, struct flow *f)
{
	struct flowidx_make *m = arg;
	uint32_t ord = f->id < m->nord ? m->ord[f->id] : 0;
	uint64_t *v;

	if (f->npkts > 0) {
		if (ord >= m->nkey) {
			size_t n = m->nkey == 0 ? 1024 : m->nkey;

			while (n <= ord)
				n *= 2;
			if ((v = reallocarray(m->key, n, sizeof(*v))) == NULL)
				return no_memory(m);
			memset(v + m->nkey, 0, (n - m->nkey) * sizeof(*v));
			m->key = v;
			m->nkey = n;
		}
		m->key[ord] = f->index << 1 | (f->dir == 'B');
	}
	return m->record == NULL || m->record(m->record_arg, f);
}

void
flowidx_join(struct flowidx_make *m)
{
	struct t2 *t = m->t;

	m->packet = t->packet;
	m->packet_arg = t->packet_arg;
	m->record = t->record;
	m->record_arg = t->record_arg;
	t->packet = on_packet;
	t->record = on_record;
	t->packet_arg = t->record_arg = m;
}

/* sorting --------------------------------------------------------------------------------- */

/* The run that is open ends; with out it is put there. */
static void
run_end(struct flowidx_dir *d, uint8_t *out)
{
	if (d->start == d->end)
		return;
	if (out != NULL) {
		d->at += varint_put(out + d->at, d->start - d->before);
		d->at += varint_put(out + d->at, d->end - d->start);
	} else {
		d->len += varint_len(d->start - d->before) + varint_len(d->end - d->start);
	}
	d->before = d->end;
	d->start = d->end;
}

/* One pass over the log. */
static void
log_read(const struct flowidx_make *m, struct flowidx_dir *dir, uint8_t *out)
{
	uint64_t off = 0;

	for (const struct chunk *c = m->log; c != NULL; c = c->next) {
		const uint8_t *p = c->b, *e = c->b + c->n;

		while (p < e) {
			struct flowidx_dir *d = &dir[varint_get(&p, e)];
			uint64_t len;

			off += varint_get(&p, e);
			len = varint_get(&p, e);
			if (off != d->end || d->start == d->end) {
				run_end(d, out);
				d->start = off;
			}
			off += len;
			d->end = off;
			d->npkts += out == NULL;
		}
	}
	for (uint32_t i = 0; i < m->ndir; i++) {
		run_end(&dir[i], out);
		dir[i].before = dir[i].start = dir[i].end = 0;
	}
}

/* The directions in the order of their flow indexes: numbers + 1, or 0. */
static uint32_t *
dirs_sort(const struct flowidx_make *m)
{
	uint32_t *v = calloc(2 * (m->t->next_index + 1), sizeof(*v));

	for (uint32_t i = 0; v != NULL && i < m->ndir; i++)
		if (i < m->nkey)
			v[m->key[i]] = i + 1;
	return v;
}

static int
write_sorted(struct flowidx_make *m)
{
	struct flowidx_dir *dir = calloc(m->ndir + (size_t)1, sizeof(*dir));
	uint32_t *order = dirs_sort(m);
	uint64_t n = 2 * (m->t->next_index + 1), total = 0;
	uint8_t *runs = NULL;
	int r = -1;

	if (dir != NULL && order != NULL) {
		log_read(m, dir, NULL);
		for (uint64_t i = 0; i < n; i++)
			if (order[i] != 0) {
				dir[order[i] - 1].at = total;
				total += dir[order[i] - 1].len;
			}
		runs = malloc(total + 1);
	}
	if (runs != NULL) {
		log_read(m, dir, runs);
		r = flowidx_write(m, dir, order, n, runs);
	} else {
		no_memory(m);
	}
	free(dir);
	free(order);
	free(runs);
	return r;
}

int
flowidx_close(struct flowidx_make *m)
{
	int r = -1;

	if (!m->t->stop && file_open(m) == 0) {
		r = write_sorted(m);
		if (r == 0 && newfile_commit(&m->file) != 0)
			fail(m, m->file.path, strerror(errno));
		newfile_abort(&m->file);
	}
	for (struct chunk *c = m->log, *next; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	flowidx_caps_free(m->cap, m->ncap);
	free(m->ord);
	free(m->key);
	r = r != 0 || m->failed ? -1 : 0;
	free(m);
	return r;
}
