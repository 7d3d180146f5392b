/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * plugin_list.c - the user's plugin folder, and files that list plugins.
 *
 * The folder, $XDG_DATA_HOME/t2/plugins, has the user's own plugins as NAME.so, their sources in
 * folders called NAME, and in plugins.txt the names of the plugins that runs shall have; without
 * that file they have the standard set.  Surprise: an entry may be written as in lists for the
 * reference, 100_basicFlow.so.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plugin_list.h"

char *
data_home(void)
{
	const char *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	char *dir = NULL;

	if (xdg != NULL && xdg[0] == '/')       /* the standard tells to ignore relative ones */
		return asprintf(&dir, "%s/t2", xdg) < 0 ? NULL : dir;
	if (home != NULL && home[0] != '\0')
		return asprintf(&dir, "%s/.local/share/t2", home) < 0 ? NULL : dir;
	return NULL;
}

char *
plugin_home(void)
{
	char *data = data_home(), *dir = NULL;

	if (data != NULL && asprintf(&dir, "%s/plugins", data) < 0)
		dir = NULL;
	free(data);
	return dir;
}

char *
plugin_list_of(const char *dir)
{
	char *path = NULL;

	if (dir == NULL || asprintf(&path, "%s/" PLUGIN_LIST, dir) < 0)
		return NULL;
	if (access(path, F_OK) == 0)
		return path;
	free(path);
	return NULL;
}

char *
beside_program(const char *path)
{
	char exe[PATH_MAX], *slash, *full = NULL;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (n <= 0)
		return NULL;
	exe[n] = '\0';
	for (int up = 0; up < 2; up++)
		if ((slash = strrchr(exe, '/')) != NULL)
			*slash = '\0';
	if (asprintf(&full, "%s/%s", exe, path) < 0)
		return NULL;
	if (access(full, R_OK) == 0)
		return full;
	free(full);
	return NULL;
}

char *
plugin_shipped(void)
{
	char *dir = beside_program("lib/t2");

	return dir != NULL ? dir : strdup(T2_LIBDIR);
}

/* Is there a file DIR/NAME with this ending? */
static bool
lies_in(const char *dir, const char *name, const char *ending)
{
	char *path = NULL;
	bool there = dir != NULL && asprintf(&path, "%s/%s%s", dir, name, ending) >= 0 &&
	    access(path, F_OK) == 0;

	free(path);
	return there;
}

bool
plugin_is_users(const char *name)
{
	char *home = plugin_home(), *shipped = plugin_shipped();
	bool there = *name != '\0' && strchr(name, '/') == NULL && *name != '.' &&
	    (lies_in(home, name, ".so") || lies_in(home, name, "") ||
	    lies_in(shipped, name, ".so"));

	free(home);
	free(shipped);
	return there;
}

const char *
plugin_numbered(char name[PLUGIN_NAME], const char *item)
{
	size_t n = strlen(item);

	if (strspn(item, "0123456789") != 3 || item[3] != '_' || n - 4 >= PLUGIN_NAME ||
	    !ends_in_so(item))
		return NULL;
	memcpy(name, item + 4, n - 4);
	name[n - 4 - strlen(".so")] = '\0';
	return name;
}

int
plugin_list_read(const char *path, int (*take)(void *arg, const char *item), void *arg)
{
	FILE *f = fopen(path, "re");
	char *line = NULL, *item;
	size_t size = 0;
	uint64_t no = 0;
	ssize_t n;
	int r = 0;

	if (f == NULL)
		return 1;
	while (r == 0 && (n = getline(&line, &size, f)) > 0) {
		if ((item = data_line(line, (size_t)n, ++no)) == NULL) {
			errno = EILSEQ;
			r = 1;
			break;
		}
		item += strspn(item, " \t");

		item[strcspn(item, " \t\r\n")] = '\0';
		if (*item != '\0' && *item != '#')
			r = take(arg, item);
	}
	if (r == 0 && ferror(f))
		r = 1;
	free(line);
	fclose(f);
	return r;
}
