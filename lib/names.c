/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.c - names of numbers: vendors of MAC addresses, ports, IP protocols, ethertypes.
 *
 * Lists are text files, read once when somebody asks for them; names are pieces of the file.  A
 * lookup is one probe of a cache, else a bisection.  The user's list replaces the shipped one.  For
 * vendors the system's lists come before the shipped one, which has the most frequent ones only.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#include "names_priv.h"
#include "priv.h"

#define FILE_MAX ((size_t)1 << 28)      /* bytes */

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

void
names_add(struct names *n, uint32_t first, uint32_t last, size_t off)
{
	if (first == last) {
		if (n->nv == n->vcap) {
			size_t cap = n->vcap == 0 ? 1024 : n->vcap * 2;
			struct single *v = reallocarray(n->v, cap, sizeof(*v));
			if (v == NULL) {
				n->failed = true;
				return;
			}
			n->v = v;
			n->vcap = cap;
		}
		if (n->nv > 0 && n->v[n->nv - 1].number > first)
			n->sorted = false;
		n->v[n->nv++] = (struct single){ first, (uint32_t)off };
		return;
	}
	struct range *r = reallocarray(n->r, n->nr + 1, sizeof(*r));
	if (r == NULL) {
		n->failed = true;
		return;
	}
	n->r = r;
	n->r[n->nr++] = (struct range){ first, last, (uint32_t)off };
}

static int
by_number(const void *a, const void *b)
{
	const struct single *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x->off < y->off ? -1 : x->off > y->off;
}

/* As data_read() for dir/name. */
static int
try(struct names *n, const char *dir, const char *name, char *err, size_t errlen)
{
	struct data_text file;
	int len = snprintf(n->path, sizeof(n->path), "%s%s%s", dir, *dir != '\0' ? "/" : "", name);
	int r;

	if (len < 0 || (size_t)len >= sizeof(n->path))
		return err_line(err, errlen, "%.64s...: %s", name, strerror(ENAMETOOLONG));
	r = data_read(&file, n->path, FILE_MAX, err, errlen);
	n->text = file.text;
	n->len = file.len;
	return r;
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
		err_line(err, errlen, "out of memory");
		return NULL;
	}
	n->kind = kind;
	int r = search(n, conf, err, errlen);
	if (r == 0)
		err_line(err, errlen, "%s: %s", n->path, strerror(ENOENT));
	if (r > 0) {
		n->sorted = true;
		names_index(n);
		if (!n->sorted)
			qsort(n->v, n->nv, sizeof(*n->v), by_number);
		if (n->failed)
			r = err_line(err, errlen, "%s: out of memory", n->path);
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

int
names_over(struct t2 *t, struct names *n, const char *file)
{
	n->over = names_get(t, n->kind, file);
	return n->over != NULL ? 0 : -1;
}

/* Whether a later line about the same number holds: of ports the first one does, as in services(5),
 * else the last one. */
static bool
later_holds(const struct names *n)
{
	return n->kind != NAMES_PORT;
}

/* The line about number, as an offset in the file; a line about one number is better than a range.
 * -1: there is none. */
static int64_t
line_of(const struct names *n, uint32_t number)
{
	size_t lo = 0, hi = n->nv;
	int64_t found = -1;

	while (lo < hi) {               /* the first of equal ones */
		size_t mid = (lo + hi) / 2;
		if (n->v[mid].number < number)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < n->nv && n->v[lo].number == number; lo++) {
		found = n->v[lo].off;
		if (!later_holds(n))
			return found;
	}
	for (size_t i = 0; i < n->nr && found < 0; i++) {
		size_t k = later_holds(n) ? n->nr - 1 - i : i;
		const struct range *r = &n->r[k];
		if (number >= r->first && number <= r->last &&
		    (n->kind != NAMES_PORT || (number ^ r->first) % 2 == 0))
			found = r->off;
	}
	return found;
}

/*
 * Lists differ in how they capitalise a vendor's short name; ours is derived from the full name.
 * It serves where the list has none and where both differ in capitals only, ours having fewer:
 * other short names in a list are somebody's choice.
 */
static bool
derived_serves(struct span listed, const char *derived, size_t n)
{
	if (span_empty(listed))
		return true;
	if (span_len(listed) != n || strncasecmp(derived, listed.p, n) != 0)
		return false;
	for (size_t i = 1; i < n; i++)
		if (islower((unsigned char)listed.p[i]) && isupper((unsigned char)derived[i]))
			return false;
	return true;
}

static void
answer_fill(const struct names *n, struct answer *a)
{
	int64_t line = line_of(n, a->number);
	struct span s, text;

	a->known = true;
	a->found = line >= 0;
	if (!a->found) {
		a->name = (struct name){ .s = "", .text = "" };
		return;
	}
	bool derive = names_line(n, (size_t)line, &s, &text);
	a->name = (struct name){ s.p, text.p, (uint32_t)span_len(s), (uint32_t)span_len(text) };
	if (!derive)
		return;
	size_t len = names_shorten(a->cut, text);
	if (derived_serves(s, a->cut, len)) {
		a->name.s = a->cut;
		a->name.n = (uint32_t)len;
	}
}

bool
names_find(struct names *n, uint32_t number, struct name *out)
{
	struct answer *a = &n->cache[number % ANSWERS];

	if (n->over != NULL && names_find(n->over, number, out)) {
		if (out->n != 1 || *out->s != '-')
			return true;
		*out = (struct name){ .s = "", .text = "" };
		return false;
	}
	if (!a->known || a->number != number) {
		a->number = number;
		answer_fill(n, a);
	}
	*out = a->name;
	return a->found;
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
	names_close(n->over);
	free(n->text);
	free(n->v);
	free(n->r);
	free(n);
}
