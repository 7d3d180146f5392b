/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * geo_text.c - text tables of address ranges: reading, flattening, looking up.
 *
 * Ranges may be nested; the most specific one wins.  At load they are cut into disjoint
 * intervals, each with the row that holds there, so that a lookup is one bisection.  Of ranges
 * that overlap without nesting, the one that starts later wins; of equal ones the later row.
 * A row's text is read again at lookup: that costs 100 ns and saves 48 bytes for every row.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "geo_priv.h"
#include "priv.h"

#define FILE_MAX ((size_t)1 << 30)      /* bytes; so that offsets and counts fit in 32 bits */

struct span {                           /* a row while the table is built */
	geo_key first, last;
	uint32_t line;
};
struct spans {
	struct span *v;
	size_t n, cap;
	bool sorted;
};

static int
fail(char *err, size_t errlen, const char *path, size_t line, const char *what)
{
	if (line != 0)
		snprintf(err, errlen, "%s: line %zu: %s", path, line, what);
	else
		snprintf(err, errlen, "%s: %s", path, what);
	return -1;
}

/* The first line may tell version and revision: "# 5 09082023". */
static void
head_parse(struct geo_table *t, const char *p, size_t len)
{
	char buf[64], rev[sizeof t->rev];
	unsigned version;

	len = len < sizeof buf ? len : sizeof buf - 1;
	memcpy(buf, p, len);
	buf[len] = '\0';
	if (sscanf(buf, "# %9u%*1[\t ]%15[0-9]", &version, rev) == 2 && version < 100) {
		t->format = version;
		memcpy(t->rev, rev, sizeof rev);
	}
}

/* Enclosing ranges before the ranges inside them; of equal ones the later row last. */
static int
span_cmp(const void *va, const void *vb)
{
	const struct span *a = va, *b = vb;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->last != b->last)
		return a->last > b->last ? -1 : 1;
	return a->line < b->line ? -1 : a->line > b->line;
}

static bool
span_add(struct spans *s, const struct geo_row *row, uint32_t line)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : 256;
		struct span *v = reallocarray(s->v, cap, sizeof *v);

		if (v == NULL)
			return false;
		s->v = v;
		s->cap = cap;
	}
	s->v[s->n] = (struct span){ row->first, row->last, line };
	if (s->n > 0 && span_cmp(&s->v[s->n - 1], &s->v[s->n]) > 0)
		s->sorted = false;
	s->n++;
	return true;
}

static size_t
line_len(const char *p, const char *end)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	return (size_t)((nl != NULL ? nl : end) - p);
}

static size_t
line_trim(const char *p, size_t len)
{
	while (len > 0 && (p[len - 1] == '\r' || p[len - 1] == ' '))
		len--;
	return len;
}

static int
rows_read(struct geo_table *t, struct spans *s, char *err, size_t errlen)
{
	const char *p = t->text, *end = p + t->len, *what;
	struct geo_row row;
	size_t lineno = 1, raw, len;

	if (t->len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	for (; p < end; p += raw + (p + raw < end), lineno++) {
		raw = line_len(p, end);
		len = line_trim(p, raw);
		if (lineno == 1)
			head_parse(t, p, len);
		if (len == 0 || *p == '#' || *p == ' ' || *p == '\t')
			continue;
		if (!geo_row_parse(t->version, p, len, &row, &what))
			return fail(err, errlen, t->path, lineno, what);
		if (!span_add(s, &row, (uint32_t)(p - t->text)))
			return fail(err, errlen, t->path, 0, strerror(ENOMEM));
		t->ranged |= row.ranged;
		t->tor |= row.label.tor;
		if (t->format == 0)
			t->format = row.version == 3 ? 3 : 5;
	}
	return 0;
}

/* From start on, line holds.  An interval that would begin at the same address was empty. */
static void
interval_add(struct geo_table *t, geo_key start, uint32_t line)
{
	if (t->n > 0 && (t->version == 4 ? t->start4[t->n - 1] == (uint32_t)start :
	    t->start6[t->n - 1] == start))
		t->n--;
	if (t->version == 4)
		t->start4[t->n] = (uint32_t)start;
	else
		t->start6[t->n] = start;
	t->line[t->n++] = line;
}

/*
 * Closes the open ranges that end before limit, innermost first.  A range below the top may
 * have ended too, if the two overlapped without nesting: then it has nothing left to hold.
 */
static size_t
ranges_close(struct geo_table *t, const struct span *v, const uint32_t *open, size_t depth,
    geo_key limit, bool all)
{
	geo_key top = t->version == 4 ? UINT32_MAX : ~(geo_key)0, last;

	while (depth > 0 && ((last = v[open[depth - 1]].last) < limit || all)) {
		while (depth > 0 && v[open[depth - 1]].last <= last)
			depth--;
		if (last < top)
			interval_add(t, last + 1, depth > 0 ? v[open[depth - 1]].line : GEO_NOLINE);
	}
	return depth;
}

static bool
flatten(struct geo_table *t, struct spans *s)
{
	size_t cap = 2 * s->n + 1, depth = 0;
	uint32_t *open = calloc(s->n + 1, sizeof *open);

	t->line = calloc(cap, sizeof *t->line);
	if (t->version == 4)
		t->start4 = calloc(cap, sizeof *t->start4);
	else
		t->start6 = calloc(cap, sizeof *t->start6);
	if (open == NULL || t->line == NULL || (t->start4 == NULL && t->start6 == NULL)) {
		free(open);
		return false;
	}
	if (!s->sorted)
		qsort(s->v, s->n, sizeof *s->v, span_cmp);
	for (size_t i = 0; i < s->n; i++) {
		depth = ranges_close(t, s->v, open, depth, s->v[i].first, false);
		open[depth++] = (uint32_t)i;
		interval_add(t, s->v[i].first, s->v[i].line);
	}
	ranges_close(t, s->v, open, depth, 0, true);
	free(open);
	return true;
}

int
geo_text_open(struct geo_table *t, const char *path, int version, char *err, size_t errlen)
{
	struct spans s = { .sorted = true };
	struct data_text file;
	int ret;

	*t = (struct geo_table){ .version = version, .rev = "0", .path = strdup(path) };
	if (t->path == NULL)
		return fail(err, errlen, path, 0, strerror(ENOMEM));
	ret = data_read(&file, path, FILE_MAX, err, errlen);
	t->text = file.text;
	t->len = (uint32_t)file.len;
	ret = ret > 0 ? 0 : ret;        /* it need not be there */
	if (ret == 0 && t->text != NULL)
		ret = rows_read(t, &s, err, errlen);
	if (ret == 0 && t->text != NULL && !flatten(t, &s))
		ret = fail(err, errlen, path, 0, strerror(ENOMEM));
	t->nrow = s.n;
	free(s.v);
	if (ret != 0)
		geo_text_close(t);
	return ret;
}

/* The last interval that starts at or before key; t->n is at least 1. */
static size_t
bisect4(const struct geo_table *t, uint32_t key)
{
	size_t i = 0;

	for (size_t n = t->n, half; n > 1; n -= half) {
		half = n / 2;
		i += t->start4[i + half] <= key ? half : 0;
	}
	return i;
}

static size_t
bisect6(const struct geo_table *t, geo_key key)
{
	size_t i = 0;

	for (size_t n = t->n, half; n > 1; n -= half) {
		half = n / 2;
		i += t->start6[i + half] <= key ? half : 0;
	}
	return i;
}

static geo_key
start(const struct geo_table *t, size_t i)
{
	return t->version == 4 ? t->start4[i] : t->start6[i];
}

/* The interval of a row that key lies in, t->n if it lies in none. */
static size_t
interval_find(const struct geo_table *t, geo_key key)
{
	size_t i;

	if (t->n == 0)
		return 0;
	i = t->version == 4 ? bisect4(t, (uint32_t)key) : bisect6(t, key);
	if (t->line[i] == GEO_NOLINE || start(t, i) > key)
		return t->n;
	return i;
}

bool
geo_text_find(const struct geo_table *t, const struct geo_pairs *pairs, geo_key key,
    struct geo_label *label)
{
	size_t i = interval_find(t, key), len;
	const char *p, *what, *cc;
	struct geo_row row;

	if (i == t->n)
		return false;
	p = t->text + t->line[i];
	len = line_trim(p, line_len(p, t->text + t->len));
	if (!geo_row_parse(t->version, p, len, &row, &what))
		return false;                   /* cannot be: the same bytes passed at load */
	if ((cc = geo_cc(pairs, row.label.cc, row.label.cclen)) != NULL)
		row.label.cc = cc;
	*label = row.label;
	return true;
}

struct piece {
	uint32_t line, interval;
};

static int
piece_cmp(const void *va, const void *vb)
{
	const struct piece *a = va, *b = vb;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->interval < b->interval ? -1 : a->interval > b->interval;
}

/* A row with others inside it holds in several intervals: each is told the first of them. */
bool
geo_text_nets(struct geo_table *t)
{
	struct piece *v = calloc(t->n + 1, sizeof *v);
	uint32_t first = 0;

	t->begin = calloc(t->n + 1, sizeof *t->begin);
	if (v == NULL || t->begin == NULL) {
		free(v);
		return false;
	}
	for (size_t i = 0; i < t->n; i++)
		v[i] = (struct piece){ t->line[i], (uint32_t)i };
	qsort(v, t->n, sizeof *v, piece_cmp);
	for (size_t i = 0; i < t->n; i++) {
		if (i == 0 || v[i].line != v[i - 1].line)
			first = v[i].interval;
		t->begin[v[i].interval] = first;
	}
	free(v);
	return true;
}

bool
geo_text_net(const struct geo_table *t, geo_key key, geo_key *first, geo_key *last)
{
	size_t i = interval_find(t, key);

	if (i == t->n)
		return false;
	*first = start(t, t->begin[i]);
	*last = (i + 1 < t->n ? start(t, i + 1) : 0) - 1;
	return true;
}

void
geo_text_describe(const struct geo_table *t, FILE *out)
{
	char num[64];

	fprintf(out, "[INF] basicFlow: IPv%d Ver: %u, Rev: %s, Range Mode: %d, "
	    "subnet ranges loaded: %zu%s\n", t->version, t->format ? t->format : 5, t->rev,
	    t->ranged, t->nrow, fmt_human(num, sizeof num, t->nrow));
}

void
geo_text_close(struct geo_table *t)
{
	free(t->path);
	free(t->text);
	free(t->start4);
	free(t->start6);
	free(t->line);
	free(t->begin);
	*t = (struct geo_table){ 0 };
}
