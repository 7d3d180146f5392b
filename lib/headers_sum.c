/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * headers_sum.c - SHA-256 of what a run reads: captures, data files and plugins (--hash), as
 * lines that sha256sum -c understands behind their "# SHA-256: ".
 *
 * The algorithm is libmd's (FIPS 180-4).  Surprise: a name with a backslash or line end is
 * escaped, and the line then begins with a backslash, as coreutils do.
 */
#include <dirent.h>
#include <errno.h>
#include <sha2.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tool.h"

int
sum_file(const char *path, char hex[SUM_SIZE])
{
	struct stat st;

	/* libmd reads a folder as nothing */
	if (stat(path, &st) != 0)
		return -1;
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return -1;
	}
	return SHA256File(path, hex) != NULL ? 0 : -1;
}

static int
sum_print(struct t2 *t, FILE *f, const char *what, const char *path)
{
	char hex[SUM_SIZE];

	if (sum_file(path, hex) != 0) {
		t2_error(t, "%s: %s", path, strerror(errno));
		return -1;
	}
	fprintf(f, "# %s: %s%s  ", what, path[strcspn(path, "\\\n\r")] != '\0' ? "\\" : "", hex);
	for (; *path != '\0'; path++) {
		if (*path == '\n' || *path == '\r')
			fputs(*path == '\n' ? "\\n" : "\\r", f);
		else if (*path == '\\')
			fputs("\\\\", f);
		else
			putc(*path, f);
	}
	putc('\n', f);
	return 0;
}

/* Tables and databases of one folder; one that is not there has none. */
static int
sums_folder(struct t2 *t, FILE *f, const char *dir)
{
	struct dirent **ent;
	char *path;
	int n = dir != NULL ? scandir(dir, &ent, NULL, alphasort) : -1, r = 0;

	for (int i = 0; i < n; i++) {
		const char *dot = strrchr(ent[i]->d_name, '.');

		if (r == 0 && dot != NULL && (strcmp(dot, ".txt") == 0 ||
		    strcmp(dot, ".mmdb") == 0)) {
			if ((r = asprintf(&path, "%s/%s", dir, ent[i]->d_name)) >= 0) {
				r = sum_print(t, f, "Data SHA-256", path);
				free(path);
			}
		}
		free(ent[i]);
	}
	if (n >= 0)
		free(ent);
	return r;
}

int
headers_sums(struct t2 *t, FILE *f)
{
	for (size_t i = 0; i < t->cap.npath; i++)
		if (sum_print(t, f, "SHA-256", t->cap.path[i]) != 0)
			return -1;
	for (size_t i = 0; i < t->npl; i++)
		if (t->pl[i].path != NULL &&
		    sum_print(t, f, "Plugin SHA-256", t->pl[i].path) != 0)
			return -1;
	return sums_folder(t, f, t->share) != 0 || sums_folder(t, f, t->data_dirs[0]) != 0 ? -1 : 0;
}
