/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newfile.c - a file that appears under its name when it is whole, or never.
 *
 * It is written under another name in the same folder and renamed.  What is no regular file
 * (stdout, a device, a FIFO) cannot be renamed onto: it gets the bytes at once or at the end,
 * from a nameless file.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dump.h"

enum { COPY_SIZE = 1 << 17, FILE_MODE = 0666 };

/* Whether the output is one of the inputs; a device may be both. */
static bool
is_input(const struct stat *out, char *const *input, size_t n)
{
	struct stat in;

	for (size_t i = 0; S_ISREG(out->st_mode) && i < n; i++)
		if ((strcmp(input[i], "-") == 0 ? fstat(STDIN_FILENO, &in) :
		    stat(input[i], &in)) == 0 &&
		    in.st_dev == out->st_dev && in.st_ino == out->st_ino)
			return true;
	return false;
}

/* A new file beside path, with a name that no pattern of captures finds. */
static int
temp_make(struct newfile *f)
{
	const char *slash = strrchr(f->path, '/');
	int dir = slash != NULL ? (int)(slash - f->path) + 1 : 0;
	mode_t mask = umask(0);

	umask(mask);
	if (snprintf(f->temp, sizeof(f->temp), "%.*s.%.200s.XXXXXX", dir, f->path, f->path + dir) >=
	    (int)sizeof(f->temp)) {
		f->temp[0] = '\0';
		errno = ENAMETOOLONG;
		return -1;
	}
	if ((f->fd = mkostemp(f->temp, O_CLOEXEC)) < 0) {
		f->temp[0] = '\0';
		return -1;
	}
	return fchmod(f->fd, FILE_MODE & ~mask);
}

/* A nameless file in the folder for temporary files. */
static int
spool_make(struct newfile *f)
{
	const char *dir = getenv("TMPDIR");
	char name[NEWFILE_PATH];

	snprintf(name, sizeof(name), "%s/t2.XXXXXX", dir != NULL && *dir != '\0' ? dir : "/tmp");
	if ((f->fd = mkostemp(name, O_CLOEXEC)) < 0)
		return -1;
	unlink(name);
	return 0;
}

static int
outside_open(struct newfile *f, bool to_stdout, bool stream)
{
	/* a copy of stdout, so that closing tells what only close(2) knows */
	f->out = to_stdout ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1) :
	    open(f->path, O_WRONLY | O_CLOEXEC);
	if (f->out < 0)
		return -1;
	if (!stream)
		return spool_make(f);
	f->fd = f->out;
	f->out = -1;
	return 0;
}

int
newfile_open(struct newfile *f, const char *path, bool stream, char *const *input, size_t n,
    char *err, size_t errlen)
{
	bool to_stdout = strcmp(path, "-") == 0;
	struct stat st;
	char *real = NULL;
	int r;

	*f = (struct newfile){ .fd = -1, .out = -1 };
	/* a link stays, the file it names is replaced */
	if (!to_stdout && lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		real = realpath(path, NULL);
	snprintf(f->path, sizeof(f->path), "%s", to_stdout ? "stdout" : real != NULL ? real : path);
	free(real);
	if (to_stdout ? fstat(STDOUT_FILENO, &st) != 0 : stat(path, &st) != 0)
		st = (struct stat){ .st_mode = S_IFREG };
	else if (is_input(&st, input, n)) {
		snprintf(err, errlen, "%s: is an input, not overwritten", f->path);
		return -1;
	}
	if (!to_stdout && S_ISREG(st.st_mode)) {
		r = temp_make(f);
	} else if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		r = -1;
	} else {
		r = outside_open(f, to_stdout, stream);
	}
	if (r != 0) {
		snprintf(err, errlen, "%s: %s", f->path, strerror(errno));
		newfile_abort(f);
	}
	return r;
}

int
newfile_again(struct newfile *f, const struct newfile *old)
{
	*f = *old;
	f->fd = -1;
	if (old->temp[0] == '\0')
		return spool_make(f);
	return temp_make(f);
}

static int
write_all(int fd, const uint8_t *p, size_t n)
{
	ssize_t did;

	while (n > 0) {
		if ((did = write(fd, p, n)) >= 0) {
			p += did;
			n -= (size_t)did;
		} else if (errno == EAGAIN) {   /* somebody made our stdout non-blocking */
			poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1);
		} else if (errno != EINTR) {
			return -1;
		}
	}
	return 0;
}

int
newfile_write(struct newfile *f, const void *p, size_t n)
{
	return write_all(f->fd, p, n);
}

static int
copy_out(struct newfile *f)
{
	uint8_t *buf = malloc(COPY_SIZE);
	ssize_t n = -1;
	int r = 0;

	if (buf == NULL || lseek(f->fd, 0, SEEK_SET) != 0)
		r = -1;
	while (r == 0 && (n = read(f->fd, buf, COPY_SIZE)) > 0)
		r = write_all(f->out, buf, (size_t)n);
	free(buf);
	return n < 0 ? -1 : r;
}

int
newfile_commit(struct newfile *f)
{
	int why;

	if (f->out >= 0 && copy_out(f) != 0)
		goto failed;
	why = f->fd;
	f->fd = -1;
	if (close(why) != 0)
		goto failed;
	why = f->out;
	f->out = -1;
	if (why >= 0 && close(why) != 0)
		goto failed;
	if (f->temp[0] != '\0' && rename(f->temp, f->path) != 0)
		goto failed;
	f->temp[0] = '\0';
	return 0;
failed:
	why = errno;
	newfile_abort(f);
	errno = why;
	return -1;
}

void
newfile_abort(struct newfile *f)
{
	if (f->temp[0] != '\0')
		unlink(f->temp);
	f->temp[0] = '\0';
	if (f->fd >= 0)
		close(f->fd);
	if (f->out >= 0)
		close(f->out);
	f->fd = f->out = -1;
}
