/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * data.c - data files: the folder that t2 ships and the user's, and the reading of whole files.
 *
 * Shipped files lie beside the program: PREFIX/bin/t2flow, PREFIX/share/t2.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin_list.h"

char *
share_find(void)
{
	const char *env = getenv("T2_SHARE");
	char *share;

	if (env != NULL && env[0] != '\0')
		return strdup(env);
	share = beside_program("share/t2");
	return share != NULL ? share : strdup(T2_SHAREDIR);
}

const char *
t2_share(const struct t2 *t)
{
	return t->share;
}

char *
data_find(const struct t2 *t, const char *name)
{
	char *path = NULL;

	if (strchr(name, '/') != NULL)
		return strdup(name);
	if (t->data_dirs[0] != NULL) {
		if (asprintf(&path, "%s/%s", t->data_dirs[0], name) < 0)
			return NULL;
		if (access(path, F_OK) == 0)
			return path;
		free(path);
	}
	return asprintf(&path, "%s/%s", t->share, name) < 0 ? NULL : path;
}

char *
data_line(char *line, size_t n, uint64_t no)
{
	if (memchr(line, '\0', n) != NULL)
		return NULL;
	return line + (no == 1 && strncmp(line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0);
}

int
data_read(struct data_text *d, const char *path, size_t max, char *err, size_t errlen)
{
	struct stat st;
	size_t size;
	ssize_t got = 1;
	/* O_NONBLOCK: a FIFO of that name must not stop the start */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	*d = (struct data_text){ .text = NULL };
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 :
		    err_line(err, errlen, "%s: %s", path, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || (uintmax_t)st.st_size > max) {
		close(fd);
		return err_line(err, errlen, "%s: not a regular file of at most %zu MiB", path,
		    max >> 20);
	}
	size = (size_t)st.st_size;
	d->text = malloc(size + 1);
	while (d->text != NULL && d->len < size && got > 0) {
		got = read(fd, d->text + d->len, size - d->len);
		d->len += got > 0 ? (size_t)got : 0;
	}
	if (d->text == NULL || got < 0) {
		err_line(err, errlen, "%s: %s", path, strerror(errno));
		close(fd);
		return -1;
	}
	close(fd);
	d->text[d->len] = '\0';
	return 1;
}
