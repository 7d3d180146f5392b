/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * macRecorder_labels.c - labels of single MAC addresses (MR_MACLBL).
 *
 * Addresses are pairs of hex digits with : or - between them, or one number that begins with 0x.
 * A later line holds against an earlier one for the same address.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "macRecorder.h"

struct label {
	uint64_t mac;
	size_t line;                    /* in the file, from 1 */
	char *text;
};
struct mac_labels {
	struct label *v;                /* by address */
	size_t n;
};

void
mac_labels_free(struct mac_labels *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].text);
	free(l->v);
	free(l);
}

static int
hex_value(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *p = c != '\0' ? strchr(digits, c | 0x20) : NULL;

	return p != NULL ? (int)(p - digits) : -1;
}

/* The text behind the address, NULL if there is none. */
static char *
mac_parse(char *s, uint64_t *mac)
{
	bool number = s[0] == '0' && (s[1] == 'x' || s[1] == 'X');
	int digits = 0, most = number ? 16 : 2 * MAC;

	*mac = 0;
	for (s += number ? 2 : 0; digits < most; digits++) {
		if (!number && digits > 0 && digits % 2 == 0 && *s++ != ':' && s[-1] != '-')
			return NULL;
		int v = hex_value(*s);
		if (v < 0)
			break;
		*mac = *mac << 4 | (uint64_t)v;
		s++;
	}
	return digits < (number ? 1 : most) || *mac >> 48 != 0 ? NULL : s;
}

/* false: the line is no address, tab, label. */
static bool
line_read(struct label *x, char *line)
{
	char *s;

	line[strcspn(line, "\r\n")] = '\0';
	s = mac_parse(line, &x->mac);
	if (s == NULL || *s != '\t' || s[1] == '\0' || s[1] == '\t')
		return false;
	s[1 + strcspn(s + 1, "\t")] = '\0';     /* further columns are the user's own */
	x->text = s + 1;
	return true;
}

static int
by_address(const void *a, const void *b)
{
	const struct label *x = a, *y = b;

	if (x->mac != y->mac)
		return x->mac < y->mac ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static int
add(struct mac_labels *l, struct label x)
{
	struct label *v = reallocarray(l->v, l->n + 1, sizeof(*v));

	if (v == NULL)
		return -1;
	l->v = v;
	if ((x.text = strdup(x.text)) == NULL)
		return -1;
	v[l->n++] = x;
	return 0;
}

static int
stream_read(struct t2 *t, struct mac_labels *l, FILE *f, const char *path)
{
	struct label x = { .line = 0 };
	char *line = NULL;
	size_t size = 0;
	int r = 0;

	while (r == 0 && getline(&line, &size, f) > 0) {
		x.line++;
		if (line[0] == '#' || line[strspn(line, " \t\r\n")] == '\0')
			continue;
		if (!line_read(&x, line)) {
			t2_error(t, "%s: line %zu: write a MAC address, a tab, a label", path,
			    x.line);
			r = -1;
		} else if (add(l, x) != 0) {
			t2_error(t, "%s: %s", path, strerror(errno));
			r = -1;
		}
	}
	if (r == 0 && ferror(f)) {
		t2_error(t, "%s: %s", path, strerror(errno));
		r = -1;
	}
	free(line);
	return r;
}

struct mac_labels *
mac_labels_read(struct t2 *t, const char *file)
{
	struct mac_labels *l = calloc(1, sizeof(*l));
	char *path = data_find(t, file);
	FILE *f = path != NULL ? fopen(path, "re") : NULL;
	int r = -1;

	if (l == NULL || path == NULL)
		t2_error(t, "macRecorder: out of memory");
	else if (f == NULL)
		t2_error(t, "macRecorder: %s: %s", path, strerror(errno));
	else
		r = stream_read(t, l, f, path);
	if (f != NULL)
		fclose(f);
	free(path);
	if (r != 0) {
		mac_labels_free(l);
		return NULL;
	}
	if (l->n > 1)
		qsort(l->v, l->n, sizeof(*l->v), by_address);
	return l;
}

const char *
mac_label(const struct mac_labels *l, const uint8_t *mac)
{
	uint64_t x = mac_number(mac);
	size_t lo = 0, hi = l->n;

	while (lo < hi) {               /* the first one above x */
		size_t mid = lo + (hi - lo) / 2;

		if (l->v[mid].mac <= x)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && l->v[lo - 1].mac == x ? l->v[lo - 1].text : "";
}
