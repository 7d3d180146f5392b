/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * recorded.c - reads what a PREFIX_headers.txt tells of its run.
 */
#include <errno.h>
#include <stdlib.h>

#include "tool.h"

void
recorded_free(struct recorded *h)
{
	for (size_t i = 0; i < h->ncolumns; i++)
		free(h->column[i]);
	for (size_t i = 0; i < h->nsums; i++)
		free(h->sum[i].path);
	free(h->column);
	free(h->sum);
	free(h->plugins);
	free(h->options);
	free(h->filter);
	free(h->version);
	free(h->command);
	free(h->folder);
}

/* "   01: basicFlow, version 0.9.0" behind the #, and ", from PATH" if it is not built in. */
static int
take_plugin(struct recorded *h, const char *s)
{
	const char *from = strstr(s, ", from ");
	char *all, name[128], **path = NULL;
	int n = 0, r;

	if (sscanf(s, " %*u: %127[^, ],", name) != 1)
		return 0;
	if (from != NULL && (path = words_read(from + strlen(", from "), &n)) == NULL)
		return -1;
	r = asprintf(&all, "%s%s%s", h->plugins != NULL ? h->plugins : "",
	    h->plugins != NULL ? "," : "", n == 1 ? path[0] : name);
	words_free(path, n);
	if (r < 0)
		return -1;
	free(h->plugins);
	h->plugins = all;
	return 0;
}

/* "1 TAB C TAB dir TAB Flow direction". */
static int
take_column(struct recorded *h, const char *line)
{
	const char *name = strchr(line, '\t');
	char **v;

	if (line[0] < '0' || line[0] > '9' || name == NULL ||
	    (name = strchr(name + 1, '\t')) == NULL)
		return 0;
	if ((v = reallocarray(h->column, h->ncolumns + 1, sizeof(*v))) == NULL)
		return -1;
	h->column = v;
	if ((v[h->ncolumns] = strndup(name + 1, strcspn(name + 1, "\t"))) == NULL)
		return -1;
	h->ncolumns++;
	return 0;
}

/* "HEX  PATH" of sha256sum; with a backslash before it the path is escaped. */
static int
take_sum(struct recorded *h, const char *s)
{
	bool escaped = s[0] == '\\';
	struct recorded_sum *v;
	char *to;

	s += escaped;
	if (strspn(s, "0123456789abcdef") != SUM_SIZE - 1 ||
	    strncmp(s + SUM_SIZE - 1, "  ", 2) != 0)
		return 0;
	if ((v = reallocarray(h->sum, h->nsums + 1, sizeof(*v))) == NULL)
		return -1;
	h->sum = v;
	v += h->nsums;
	memcpy(v->hex, s, SUM_SIZE - 1);
	v->hex[SUM_SIZE - 1] = '\0';
	s += SUM_SIZE + 1;
	if ((to = v->path = strdup(s)) == NULL)
		return -1;
	h->nsums++;
	for (; escaped && *s != '\0'; s++) {
		if (*s != '\\')
			*to++ = *s;
		else if (*++s != '\0')
			*to++ = (char)(*s == 'n' ? '\n' : *s == 'r' ? '\r' : *s);
		else
			break;
	}
	if (escaped)
		*to = '\0';
	return 0;
}

/* The text behind "# Word: ", or NULL. */
static char *
behind(char *line, const char *word)
{
	size_t n = strlen(word);

	return strncmp(line, word, n) == 0 && line[n] != '\0' ? line + n : NULL;
}

/* Keeps the text of the first such line: 0, or -1 without memory. */
static int
keep(char **to, const char *text)
{
	return *to == NULL && (*to = strdup(text)) == NULL ? -1 : 0;
}

static int
take_line(struct recorded *h, char *line)
{
	char *s;

	line[strcspn(line, "\r\n")] = '\0';
	if (line[0] != '#')
		return take_column(h, line);
	if ((s = behind(line, "# Options: ")) != NULL)
		return keep(&h->options, s);
	if ((s = behind(line, "# Filter: ")) != NULL)
		return keep(&h->filter, s);
	if ((s = behind(line, "# Command line: ")) != NULL)
		return keep(&h->command, s);
	if ((s = behind(line, "# Folder: ")) != NULL)
		return keep(&h->folder, s);
	if ((s = behind(line, "# t2 ")) != NULL) {
		s[strcspn(s, " ")] = '\0';
		if (s[0] != '\0' && s[strlen(s) - 1] == '.')
			s[strlen(s) - 1] = '\0';
		return keep(&h->version, s);
	}
	if ((s = behind(line, "# Max flows: ")) != NULL)
		h->max_flows = strtoull(s, NULL, 10);
	if ((s = behind(line, "# SHA-256: ")) != NULL ||
	    (s = behind(line, "# Data SHA-256: ")) != NULL ||
	    (s = behind(line, "# Plugin SHA-256: ")) != NULL)
		return take_sum(h, s);
	return behind(line, "#   ") != NULL ? take_plugin(h, line + 1) : 0;
}

int
recorded_read(struct recorded *h, const char *path, char *err, size_t errlen)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	int r = 0;

	*h = (struct recorded){ 0 };
	if (f == NULL) {
		snprintf(err, errlen, "%.300s: %s", path, strerror(errno));
		return -1;
	}
	errno = 0;
	while (r == 0 && getline(&line, &size, f) > 0)
		r = take_line(h, line);
	if (r != 0 || ferror(f)) {
		snprintf(err, errlen, "%.300s: %s", path,
		    errno != 0 ? strerror(errno) : "a quoted word does not end");
		r = -1;
	} else if (h->plugins == NULL || h->ncolumns == 0) {
		snprintf(err, errlen, "%.300s: no headers file, it names no plugins", path);
		r = -1;
	}
	free(line);
	fclose(f);
	return r;
}
