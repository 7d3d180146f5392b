/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * prefix.c - where output goes: -w names a folder or a prefix; without it files lie beside the
 * capture, named like it without its last extension.  No output ever replaces an input.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tool.h"

/* Length of path without the extension of its last part; a leading dot is no extension. */
static size_t
without_extension(const char *path)
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
	const char *name = slash != NULL ? slash + 1 : path;

	return dot != NULL && dot > name ? (size_t)(dot - path) : strlen(path);
}

/* Creates the folders of path up to its last slash. */
static int
make_folders(char *path)
{
	for (char *p = path; *p != '\0'; p++) {
		if (*p != '/' || p == path)
			continue;
		*p = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return -1;
		*p = '/';
	}
	return 0;
}

char *
prefix_make(const char *w, const char *input)
{
	const char *name = strcmp(input, "-") == 0 ? "stdin" : input, *base;
	char *path = NULL;
	struct stat st;
	size_t n;

	if (w == NULL)
		return strndup(name, without_extension(name));
	n = strlen(w);
	if (n > 0 && (w[n - 1] == '/' || (stat(w, &st) == 0 && S_ISDIR(st.st_mode)))) {
		base = strrchr(name, '/') != NULL ? strrchr(name, '/') + 1 : name;
		if (asprintf(&path, "%s%s%.*s", w, w[n - 1] == '/' ? "" : "/",
		    (int)without_extension(base), base) < 0)
			return NULL;
	} else if ((path = strdup(w)) == NULL) {
		return NULL;
	}
	if (make_folders(path) != 0) {
		n = (size_t)errno;
		free(path);
		errno = (int)n;
		return NULL;
	}
	return path;
}

char *
prefix_path(struct t2 *t, const char *prefix, const char *suffix)
{
	struct stat out, in;
	char *path;

	if (asprintf(&path, "%s%s", prefix, suffix) < 0) {
		t2_error(t, "%s", strerror(errno));
		return NULL;
	}
	if (stat(path, &out) != 0)
		return path;
	for (size_t i = 0; i < t->cap.npath; i++) {
		if (stat(t->cap.path[i], &in) != 0 || in.st_dev != out.st_dev ||
		    in.st_ino != out.st_ino)
			continue;
		t2_error(t, "%s: is an input, not overwritten", path);
		free(path);
		return NULL;
	}
	return path;
}

int
prefix_write(struct t2 *t, const char *prefix, const char *suffix,
    void (*print)(FILE *f, void *arg), void *arg)
{
	char *path = prefix_path(t, prefix, suffix);
	bool bad = true;
	FILE *f;

	if (path == NULL)
		return -1;
	if ((f = fopen(path, "we")) != NULL) {
		print(f, arg);
		bad = ferror(f) != 0;
		bad |= fclose(f) != 0;
	}
	if (bad)
		t2_error(t, "%s: %s", path, strerror(errno));
	free(path);
	return bad ? -1 : 0;
}
