/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.c - names of numbers: vendors of MAC addresses, ports, IP protocols, ethertypes.
 *
 * Lists are text files, read once when somebody asks for them; a lookup is one probe of a hash
 * and names are pieces of the file.  The user's list replaces the shipped one.  For vendors the
 * system's lists come before the shipped one, which has the most frequent ones only.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "names_priv.h"
#include "priv.h"

#define FILE_MAX ((off_t)1 << 28)       /* bytes */

static const char *const usual[] = {
	[NAMES_MAC] = "manuf.txt",
	[NAMES_PORT] = "portmap.txt",
	[NAMES_PROTO] = "protocols.txt",
	[NAMES_ETHER] = "ethertypes.txt",
};

static const char *const vendor_lists[] = {
	"/usr/share/wireshark/manuf", "/usr/share/ieee-data/oui.csv", "/var/lib/ieee-data/oui.csv",
	NULL
};

static uint32_t *
place(const struct names *n, uint32_t number)
{
	uint32_t i = (number * UINT32_C(0x9e3779b1)) >> 7 & n->mask;

	while (n->slot[i] != 0 && n->v[n->slot[i] - 1].number != number)
		i = (i + 1) & n->mask;
	return &n->slot[i];
}

/* Makes room for twice as many entries. */
static bool
grow(struct names *n)
{
	uint32_t cap = n->cap != 0 ? n->cap * 2 : 1024;
	struct entry *v = reallocarray(n->v, cap, sizeof(*v));
	uint32_t *slot = calloc(cap * (size_t)2, sizeof(*slot));

	if (v != NULL)
		n->v = v;
	if (v == NULL || slot == NULL) {
		free(slot);
		n->failed = true;
		return false;
	}
	free(n->slot);
	n->slot = slot;
	n->cap = cap;
	n->mask = cap * 2 - 1;
	for (uint32_t i = 0; i < n->nv; i++)
		*place(n, n->v[i].number) = i + 1;
	return true;
}

/* Of several lines for a number the last one holds, but of ports the first, as in services(5);
 * lines about one number are better than ranges. */
static bool
replaces(const struct names *n, const struct entry *old, const struct entry *new)
{
	if (old->ranged != new->ranged)
		return old->ranged;
	return n->kind != NAMES_PORT;
}

void
names_add(struct names *n, uint32_t first, uint32_t last, struct span s, struct span text, bool raw)
{
	struct entry e = { .raw = raw, .ranged = first != last };

	e.off = (uint32_t)(s.p - n->text);
	e.text = (uint32_t)(text.p - n->text);
	e.n = (uint16_t)(span_len(s) > UINT16_MAX ? UINT16_MAX : span_len(s));
	e.ntext = (uint16_t)(span_len(text) > UINT16_MAX ? UINT16_MAX : span_len(text));
	for (uint32_t number = first; number <= last; number++) {
		if (n->nv == n->cap && !grow(n))
			return;
		uint32_t *slot = place(n, number);
		e.number = number;
		if (*slot == 0) {
			n->v[n->nv++] = e;
			*slot = n->nv;
		} else if (replaces(n, &n->v[*slot - 1], &e)) {
			n->v[*slot - 1] = e;
		}
	}
}

static int __attribute__((format(printf, 3, 4)))
fail(char *err, size_t errlen, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err, errlen, fmt, ap);
	va_end(ap);
	return -1;
}

/* 1: read, 0: there is no such file, -1: err tells why it cannot be read. */
static int
file_read(struct names *n, char *err, size_t errlen)
{
	struct stat st;
	ssize_t got = 1;
	/* O_NONBLOCK: a FIFO of that name must not stop the start */
	int fd = open(n->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 :
		    fail(err, errlen, "%s: %s", n->path, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > FILE_MAX) {
		close(fd);
		return fail(err, errlen, "%s: not a regular file of at most 256 MiB", n->path);
	}
	n->text = malloc((size_t)st.st_size + 1);
	while (n->text != NULL && n->len < (size_t)st.st_size && got > 0) {
		got = read(fd, n->text + n->len, (size_t)st.st_size - n->len);
		n->len += got > 0 ? (size_t)got : 0;
	}
	close(fd);
	if (n->text == NULL || got < 0)
		return fail(err, errlen, "%s: %s", n->path, strerror(errno));
	n->text[n->len] = '\0';
	return 1;
}

static int
try(struct names *n, const char *dir, const char *name, char *err, size_t errlen)
{
	int len = snprintf(n->path, sizeof(n->path), "%s%s%s", dir, *dir != '\0' ? "/" : "", name);

	if (len < 0 || (size_t)len >= sizeof(n->path))
		return fail(err, errlen, "%.64s...: %s", name, strerror(ENAMETOOLONG));
	return file_read(n, err, errlen);
}

/* The first list there is, in the order of the head of this file. */
static int
search(struct names *n, const struct names_conf *conf, char *err, size_t errlen)
{
	const char *name = conf->file != NULL && *conf->file != '\0' ? conf->file : usual[n->kind];
	bool is_usual = strcmp(name, usual[n->kind]) == 0;
	int r = 0;

	if (strchr(name, '/') != NULL)
		return try(n, "", name, err, errlen);
	for (int i = 0; r == 0 && !conf->no_user_data && conf->dirs[i] != NULL; i++)
		r = try(n, conf->dirs[i], name, err, errlen);
	for (int i = 0; r == 0 && !conf->no_user_data && n->kind == NAMES_MAC && is_usual &&
	    vendor_lists[i] != NULL; i++)
		r = try(n, "", vendor_lists[i], err, errlen);
	if (r == 0)
		r = try(n, conf->share_dir, name, err, errlen);
	return r;
}

struct names *
names_open(enum names_kind kind, const struct names_conf *conf, char *err, size_t errlen)
{
	struct names *n = calloc(1, sizeof(*n));

	if (n == NULL) {
		fail(err, errlen, "out of memory");
		return NULL;
	}
	n->kind = kind;
	int r = search(n, conf, err, errlen);
	if (r == 0)
		fail(err, errlen, "%s: %s", n->path, strerror(ENOENT));
	if (r > 0) {
		grow(n);
		names_read(n);
		if (n->failed)
			r = fail(err, errlen, "%s: out of memory", n->path);
	}
	if (r <= 0) {
		names_close(n);
		return NULL;
	}
	return n;
}

struct names *
names_get(struct t2 *t, enum names_kind kind, const char *file)
{
	struct names_conf conf = {
		.file = file, .share_dir = t->share,
		.dirs = (const char *const *)t->data_dirs,
		.no_user_data = opt_core(t, "GEO_USERDATA")->n == 0,
	};

	return names_open(kind, &conf, t->err, sizeof(t->err));
}

/*
 * Lists differ in how they capitalise a vendor's short name; ours is derived from the full name.
 * It serves where the list has none and where both differ in capitals only: other short names in
 * a list are somebody's choice.
 */
static void
derive(const struct names *n, struct entry *e)
{
	struct span full = { n->text + e->text, n->text + e->text + e->ntext };
	size_t len = names_shorten(e->cut, full);

	if (e->n == 0 || (e->n == len && strncasecmp(e->cut, n->text + e->off, len) == 0))
		e->ncut = (uint8_t)len;
	e->raw = false;
}

bool
names_find(struct names *n, uint32_t number, struct name *out)
{
	uint32_t i = *place(n, number);

	*out = (struct name){ .s = "", .text = "" };
	if (i == 0)
		return false;
	struct entry *e = &n->v[i - 1];
	if (e->raw)
		derive(n, e);
	out->s = e->ncut != 0 ? e->cut : n->text + e->off;
	out->n = e->ncut != 0 ? e->ncut : e->n;
	out->text = n->text + e->text;
	out->ntext = e->ntext;
	return true;
}

const char *
names_path(const struct names *n)
{
	return n->path;
}

void
names_close(struct names *n)
{
	if (n == NULL)
		return;
	free(n->text);
	free(n->v);
	free(n->slot);
	free(n);
}
