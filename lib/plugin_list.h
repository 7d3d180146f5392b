/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * plugin_list.h - where the user's plugins are and which of them runs shall have.
 */
#ifndef PLUGIN_LIST_H
#define PLUGIN_LIST_H

#include <string.h>

#include "priv.h"

#define PLUGIN_LIST "plugins.txt"

/* The user's data folder, $XDG_DATA_HOME/t2 or ~/.local/share/t2; NULL: no home. */
char *data_home(void);
/* The user's plugin folder; NULL: no home. */
char *plugin_home(void);
/* PREFIX/PATH, if it is there and the program is PREFIX/bin/NAME; else NULL. */
char *beside_program(const char *path);
/* data.c: the folder of the shipped data files; NULL: out of memory. */
char *share_find(void);
/* The folder of the plugins that come with t2 and are not built in; NULL: out of memory. */
char *plugin_shipped(void);
/* The path of the plugin list in the folder dir; NULL: there is none. */
char *plugin_list_of(const char *dir);
/* Is there a plugin of this name in the user's folder, built or as source, or a shipped one? */
bool plugin_is_users(const char *name);
static inline bool
ends_in_so(const char *s)
{
	size_t n = strlen(s);

	return n > 3 && strcmp(s + n - 3, ".so") == 0;
}

/* The name in NNN_name.so, as lists written for the reference have it, or NULL. */
enum { PLUGIN_NAME = 64 };
const char *plugin_numbered(char name[PLUGIN_NAME], const char *item);
/* Calls take for each entry of the list at path until it returns non-zero, and returns that; 1
 * with errno if the file cannot be read. */
int plugin_list_read(const char *path, int (*take)(void *arg, const char *item), void *arg);
/* plugin_clash.c: an option, a column of packet records or of reports without description; NULL
 * none.  Those of flow records are col.c's business. */
const char *plugin_undescribed(const struct plugin *p);
/* plugin_clash.c: a column of guest that the plugin other, or the core if that is NULL, has too,
 * and whose it is; NULL none. */
const char *plugin_clash(const struct plugin *guest, const struct plugin *other,
    const char **owner);

#endif
