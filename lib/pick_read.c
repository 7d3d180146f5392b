/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pick_read.c - lists of flows: one index or item a line, or flow files and what tawk made of
 * them.
 *
 * A line with a word flowInd (or pktNo) is a header: it tells the columns of the lines below.
 * Without one, "A<TAB>17" is a row and "17 ..." an index.  Other lines that begin with %, # or a
 * blank are comments.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>

#include "pick.h"

enum { COLS_MAX = 5 };
enum col_no { COL_INDEX, COL_PACKET, COL_DIR, COL_TIME, COL_ADDR };

struct reader {
	struct pick *p;
	const char *path;
	bool headed;                    /* a header line was met */
	int col[COLS_MAX];              /* by enum col_no: place, -1 none */
	uint64_t line, odd;             /* current line; lines that are nothing */
};

static int
fail(struct reader *r, const char *why)
{
	snprintf(r->p->err, sizeof(r->p->err), "%.200s: %s%ju%s%.200s", r->path,
	    r->line > 0 ? "line " : "", (uintmax_t)r->line, ": ", why);
	return -1;
}

/* The field number no of a line of fields, without quotes; its length in *n. */
static const char *
field(const char *line, int no, size_t *n)
{
	for (; no > 0 && line != NULL; no--)
		line = strchr(line, '\t') != NULL ? strchr(line, '\t') + 1 : NULL;
	*n = line != NULL ? strcspn(line, "\t") : 0;
	return line;
}

/* Takes a header line; false if it is none. */
static bool
header(struct reader *r, const char *line)
{
	static const char *const names[COLS_MAX] = {
		[COL_INDEX] = "flowInd", [COL_PACKET] = "pktNo", [COL_DIR] = "dir",
		[COL_TIME] = "timeFirst", [COL_ADDR] = "srcIP",
	};
	int col[COLS_MAX] = { -1, -1, -1, -1, -1 };

	line += *line == '%' || *line == '#';
	line += strspn(line, " ");
	for (int i = 0; line != NULL; i++) {    /* in one go: a stranger's line may be long */
		size_t n = strcspn(line, "\t");

		for (int k = 0; k < COLS_MAX; k++)
			if (strlen(names[k]) == n && memcmp(line, names[k], n) == 0)
				col[k] = i;
		line = line[n] != '\0' ? line + n + 1 : NULL;
	}
	if (col[COL_INDEX] < 0 && col[COL_PACKET] < 0)
		return false;
	memcpy(r->col, col, sizeof(col));
	r->headed = true;
	return true;
}

static bool
number(const char *s, size_t n, uint64_t *v)
{
	char *e;

	errno = 0;
	if (n == 0 || *s < '0' || *s > '9')
		return false;
	*v = strtoull(s, &e, 10);
	return errno == 0 && e == s + n;
}

/* timeFirst in its own form; other forms than seconds are not compared. */
static void
row_time(struct pick_row *w, const char *s, size_t n)
{
	int64_t v = 0;
	int digits = -1;

	if (n == 0 || n > 20)
		return;
	for (; n > 0; n--, s++) {
		if (*s == '.' && digits < 0) {
			digits = 0;
			continue;
		}
		if (*s < '0' || *s > '9' || digits >= 9 || v > INT64_MAX / 20)
			return;
		v = v * 10 + (*s - '0');
		digits += digits >= 0;
	}
	w->time = v;
	w->digits = (int8_t)(digits < 0 ? 0 : digits);
}

static void
row_addr(struct pick_row *w, const char *s, size_t n)
{
	char text[INET6_ADDRSTRLEN] = "";

	if (n >= sizeof(text))
		return;
	memcpy(text, s, n);
	if (inet_pton(AF_INET, text, w->addr) == 1)
		w->ipver = 4;
	else if (inet_pton(AF_INET6, text, w->addr) == 1)
		w->ipver = 6;
}

static int
row_dir(const char *s, size_t n)
{
	return n == 1 && *s == 'A' ? PICK_A : n == 1 && *s == 'B' ? PICK_B : 0;
}

/* A line below a header. */
static int
row(struct reader *r, const char *line)
{
	struct pick_row w = { .dir = PICK_BOTH, .digits = -1 };
	const char *f;
	size_t n;
	int dir;

	f = field(line, r->col[r->p->packets ? COL_PACKET : COL_INDEX], &n);
	if (f == NULL || !number(f, n, &w.index) || w.index == 0)
		return fail(r, r->p->packets ? "no packet number in its column" :
		    "no flow index in its column");
	if (r->p->packets)
		return pick_add(r->p, w.index, w.index, PICK_A);
	if (r->col[COL_DIR] >= 0 && (f = field(line, r->col[COL_DIR], &n)) != NULL) {
		if ((dir = row_dir(f, n)) == 0)
			return fail(r, "no direction in its column");
		w.dir = (uint8_t)dir;
	}
	if (r->col[COL_TIME] >= 0 && (f = field(line, r->col[COL_TIME], &n)) != NULL)
		row_time(&w, f, n);
	if (r->col[COL_ADDR] >= 0 && (f = field(line, r->col[COL_ADDR], &n)) != NULL)
		row_addr(&w, f, n);
	if (w.dir != PICK_BOTH && (w.digits >= 0 || w.ipver != 0) && pick_row_add(r->p, &w) != 0)
		return -1;
	return pick_add(r->p, w.index, w.index, r->p->both ? PICK_BOTH : w.dir);
}

/* A line that no header tells about. */
static int
plain(struct reader *r, char *line)
{
	uint64_t index;
	size_t n;
	const char *f;
	int dir = line[1] == '\t' ? row_dir(line, 1) : 0;

	if (dir != 0 && !r->p->packets && (f = field(line, 1, &n)) != NULL &&
	    number(f, n, &index) && index > 0)
		return pick_add(r->p, index, index, r->p->both ? PICK_BOTH : dir);
	if ((line[0] < '0' || line[0] > '9') && line[1] != '@') {
		r->odd++;
		return 0;
	}
	line[strcspn(line, " \t#")] = '\0';
	return pick_item(r->p, line) != 0 ? fail(r, strdupa(r->p->err)) : 0;
}

static int
line_read(struct reader *r, char *line)
{
	line[strcspn(line, "\r\n")] = '\0';
	if (line[0] == '\0')
		return 0;
	if (header(r, line)) {
		/* of both, the finer one; the numbers of a list are of one kind */
		bool packets = r->p->packets || r->col[COL_PACKET] >= 0;

		if ((packets != r->p->packets && !pick_empty(r->p)) ||
		    (packets && r->col[COL_PACKET] < 0))
			return fail(r, "rows of flows and of packets are mixed");
		r->p->packets = packets;
		return 0;
	}
	/* a row may begin with an empty field */
	if (strchr(r->headed ? "%#" : "%# \t", line[0]) != NULL)
		return 0;
	return r->headed ? row(r, line) : plain(r, line);
}

int
pick_read(struct pick *p, const char *path)
{
	bool from_stdin = strcmp(path, "-") == 0;
	struct reader r = { .p = p, .path = from_stdin ? "stdin" : path };
	FILE *f = from_stdin ? stdin : fopen(path, "re");
	char *line = NULL, *text;
	size_t size = 0;
	ssize_t n;
	int ret = 0;

	if (f == NULL) {
		snprintf(p->err, sizeof(p->err), "%.400s: %s", path, strerror(errno));
		return -1;
	}
	while (ret == 0 && (n = getline(&line, &size, f)) > 0) {
		r.line++;
		text = data_line(line, (size_t)n, r.line);
		ret = text != NULL ? line_read(&r, text) : fail(&r, "not text");
	}
	if (ret == 0 && ferror(f))
		ret = fail(&r, strerror(errno));
	free(line);
	if (!from_stdin)
		fclose(f);
	if (ret == 0 && r.odd > 0 && pick_empty(p)) {
		snprintf(p->err, sizeof(p->err), "%.400s: no flows in this list, neither a header "
		    "line with flowInd nor numbers", r.path);
		ret = -1;
	}
	return ret;
}
