/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * data.c - where data files are: the folder that t2 ships, and the user's.
 *
 * Shipped files lie beside the program: PREFIX/bin/t2flow, PREFIX/share/t2.
 */
#include <stdlib.h>
#include <string.h>
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
