/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * plugin.c - which plugins take part in a run: built in, named, listed, or from .so files.
 *
 * The built-in ones are in plugin_builtin[], which the Makefile generates from plugins/list.mk.
 * A .so is a guest of unknown age: its record is believed only after .abi and .layout have been
 * compared.  Surprise: a folder replaces the built-in set, as the seed's -p DIR does; a list in
 * it names built-in plugins too.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin_list.h"

struct chosen {                         /* the list under construction */
	struct loaded *v;
	size_t n;
	const char *dir;                /* where names are looked up that are not built in */
	const char *shipped;            /* and then */
	bool with_shipped;              /* "all" has these too */
	void (*skip)(const char *why);  /* takes what would be errors, NULL: they are */
	char *err;                      /* the caller's buffer */
	size_t errlen;
};

static int __attribute__((format(printf, 2, 3)))
fail(struct chosen *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(c->err, c->errlen, fmt, ap);
	va_end(ap);
	return -1;
}

/* Appends p; a name may occur once only, as options and columns are found by it. */
static int
chosen_add(struct chosen *c, const struct plugin *p, void *dl, const char *path)
{
	char *copy = NULL;

	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->v[i].p->name, p->name) == 0)
			return fail(c, "plugin %s is given twice", p->name);
	struct loaded *v = reallocarray(c->v, c->n + 1, sizeof(*v));
	if (v != NULL)
		c->v = v;
	if (v == NULL || (path != NULL && (copy = strdup(path)) == NULL))
		return fail(c, "out of memory");
	c->v[c->n++] = (struct loaded){ .p = p, .dl = dl, .path = copy };
	return 0;
}

static const struct plugin *
builtin_find(const char *name)
{
	if (strcmp(name, "protoStat") == 0)     /* the tutorials write it both ways */
		name = "protoStats";
	for (size_t i = 0; plugin_builtin[i] != NULL; i++)
		if (strcmp(plugin_builtin[i]->name, name) == 0)
			return plugin_builtin[i];
	return NULL;
}

/* .abi comes first: it says whether the rest is where this build looks for it. */
static int
record_check(struct chosen *c, const char *path, const struct plugin *p)
{
	const char *bare;

	if (p->abi != T2_ABI)
		return fail(c, "%s: built for another version of t2 (abi %u, this is %u): "
		    "build it again", path, p->abi, T2_ABI);
	if (p->layout != T2_LAYOUT)
		return fail(c, "%s: built for another version of t2 (layout %08x, this is %08x): "
		    "build it again", path, p->layout, T2_LAYOUT);
	if (p->name == NULL || *p->name == '\0' || p->version == NULL)
		return fail(c, "%s: plugin without name or version", path);
	if (p->order < 1 || p->order > 999)
		return fail(c, "%s: plugin order %d is out of range, 1..999", path, p->order);
	if ((bare = plugin_undescribed(p)) != NULL)
		return fail(c, "%s: %s has no description", path, bare);
	return 0;
}

static int
chosen_load(struct chosen *c, const char *path)
{
	void *dl;

	/* as the dynamic linker ignores LD_PRELOAD there */
	if (getauxval(AT_SECURE) != 0)
		return fail(c, "%s: not loaded, as this program has more rights than its user",
		    path);
	dl = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (dl == NULL) {
		const char *why = dlerror();
		size_t n = strlen(path);

		if (strncmp(why, path, n) == 0 && why[n] == ':')
			return fail(c, "%s", why);      /* it starts with the path already */
		return fail(c, "%s: %s", path, why);
	}
	const struct plugin *p = dlsym(dl, "t2_plugin");
	int r = p != NULL ? record_check(c, path, p) :
	    fail(c, "%s: not a plugin of t2 (it has no t2_plugin)", path);
	if (r == 0)
		r = chosen_add(c, p, dl, path);
	if (r < 0)
		dlclose(dl);
	return r;
}

static int
is_so(const struct dirent *d)
{
	return ends_in_so(d->d_name);
}

/* Loads DIR/NAME; the path has a slash always, else dlopen would search the library path. */
static int
load_from(struct chosen *c, const char *dir, const char *name)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/%s", dir, name);

	if (n < 0 || (size_t)n >= sizeof(path))
		return fail(c, "%s: %s", name, strerror(ENAMETOOLONG));
	return chosen_load(c, path);
}

/* After an item: what failed may be left out if that is wanted. */
static int
settle(struct chosen *c, int r)
{
	if (r == 0 || c->skip == NULL)
		return r;
	c->skip(c->err);
	c->err[0] = '\0';
	return 0;
}

static int
choose_files(struct chosen *c, const char *dir, bool may_be_empty)
{
	struct dirent **ent;
	int n = scandir(dir, &ent, is_so, NULL), r = 0;

	if (n < 0)
		return may_be_empty && errno == ENOENT ? 0 :
		    fail(c, "plugin folder %s: %s", dir, strerror(errno));
	if (n == 0 && !may_be_empty)
		r = fail(c, "plugin folder %s: there are no .so files in it", dir);
	for (int i = 0; i < n; i++) {
		if (r == 0)
			r = settle(c, load_from(c, dir, ent[i]->d_name));
		free(ent[i]);
	}
	free(ent);
	return r;
}

static int
unknown_name(struct chosen *c, const char *name)
{
	const char *known[256];
	size_t n = 0;

	while (n < ARRAY_LEN(known) && plugin_builtin[n] != NULL) {
		known[n] = plugin_builtin[n]->name;
		n++;
	}
	const char *near = word_nearest(name, known, n);
	if (near != NULL)
		return fail(c, "no such plugin: %s (did you mean %s?)", name, near);
	return fail(c, "no such plugin: %s", name);
}

/* A plugin by its name alone: built in, a file of the plugin folder, or of the shipped ones. */
static int
choose_name(struct chosen *c, const char *name)
{
	const struct plugin *p = builtin_find(name);
	const char *dir[] = { c->dir, c->shipped };
	char path[PATH_MAX];

	if (p != NULL)
		return chosen_add(c, p, NULL, NULL);
	if (strcmp(name, "txtSink") == 0)               /* the writer is there always */
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(dir); i++) {
		int n = dir[i] == NULL || strchr(name, '/') != NULL ? -1 :
		    snprintf(path, sizeof(path), "%s/%s.so", dir[i], name);
		if (n > 0 && (size_t)n < sizeof(path) && access(path, F_OK) == 0)
			return chosen_load(c, path);
	}
	return unknown_name(c, name);
}

static int
choose_standard(struct chosen *c)
{
	int r = 0;

	for (size_t i = 0; r == 0 && plugin_builtin[i] != NULL; i++)
		r = settle(c, chosen_add(c, plugin_builtin[i], NULL, NULL));
	return r;
}

static int
choose_item(struct chosen *c, const char *item)
{
	char name[PLUGIN_NAME];

	if (strcmp(item, "standard") == 0)
		return choose_standard(c);
	if (strcmp(item, "all") == 0) {
		int r = choose_standard(c);
		if (r == 0 && c->dir != NULL)
			r = choose_files(c, c->dir, true);
		return r == 0 && c->with_shipped ? choose_files(c, c->shipped, true) : r;
	}
	if (ends_in_so(item) && strchr(item, '/') != NULL)
		return chosen_load(c, item);
	if (plugin_numbered(name, item) != NULL)
		return choose_name(c, name);
	if (ends_in_so(item))
		return load_from(c, ".", item);
	return choose_name(c, item);
}

static int
choose_listed(void *arg, const char *item)
{
	return settle(arg, choose_item(arg, item));
}

/* The names in a file; of a folder's list they are looked up there. */
static int
choose_list(struct chosen *c, const char *path)
{
	int r = plugin_list_read(path, choose_listed, c);

	return r > 0 ? fail(c, "plugin list %s: %s", path, strerror(errno)) : r;
}

static int
choose_names(struct chosen *c, const char *spec)
{
	char *copy = strdup(spec), *rest = copy, *item;
	int r = copy == NULL ? fail(c, "out of memory") : 0;

	while (r == 0 && (item = strsep(&rest, ",")) != NULL) {
		item += strspn(item, " \t\n");
		for (size_t n = strlen(item); n > 0 && strchr(" \t\n", item[n - 1]); n--)
			item[n - 1] = '\0';
		if (*item != '\0')
			r = settle(c, choose_item(c, item));
	}
	free(copy);
	return r;
}

/* The list of a folder, or of the user's; without one what there is. */
static int
choose_folder(struct chosen *c, const char *dir, bool users)
{
	char *list = plugin_list_of(dir);
	int r;

	c->dir = dir;
	if (list != NULL)
		r = choose_list(c, list);
	else
		r = users ? choose_standard(c) : choose_files(c, dir, false);
	free(list);
	return r;
}

static bool
is_folder(const char *spec)
{
	struct stat st;

	if (builtin_find(spec) != NULL)                 /* even if a folder is called so */
		return false;
	if (stat(spec, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	/* a folder that is not there: says so */
	return strchr(spec, '/') != NULL && strchr(spec, ',') == NULL && !ends_in_so(spec);
}

static int
choose(struct chosen *c, const struct plugin_wish *w)
{
	const char *spec = w->spec;
	bool folder = spec != NULL && is_folder(spec);

	if (w->list != NULL) {
		if (spec != NULL && !folder)
			return fail(c, "-p names plugins, so that -b has no list to choose from");
		if (folder)
			c->dir = spec;
		return choose_list(c, w->list);
	}
	if (spec == NULL)
		return choose_folder(c, c->dir, true);
	if (*spec == '\0' || strcmp(spec, "none") == 0)
		return 0;
	return folder ? choose_folder(c, spec, false) : choose_names(c, spec);
}

/* columns --------------------------------------------------------------------------------- */

static int
guest_check(struct chosen *c, size_t guest)
{
	const struct loaded *g = &c->v[guest];
	const char *owner, *name = plugin_clash(g->p, NULL, &owner);

	for (size_t i = 0; name == NULL && i < c->n; i++)
		if (c->v[i].dl == NULL || i < guest)
			name = plugin_clash(g->p, c->v[i].p, &owner);
	return name == NULL ? 0 : fail(c, "%s: its column %s is one of %s already", g->path, name,
	    owner);
}

/* Columns are found by name: guests must not bring one that is there. */
static int
guests_check(struct chosen *c)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].dl == NULL || guest_check(c, i) == 0)
			continue;
		if (settle(c, -1) != 0)
			return -1;
		dlclose(c->v[i].dl);
		free(c->v[i].path);
		memmove(&c->v[i], &c->v[i + 1], (--c->n - i) * sizeof(*c->v));
		i--;
	}
	return 0;
}

/* all ------------------------------------------------------------------------------------- */

static int
by_order(const void *a, const void *b)
{
	const struct plugin *p = ((const struct loaded *)a)->p, *q = ((const struct loaded *)b)->p;

	if (p->order != q->order)
		return p->order < q->order ? -1 : 1;
	return strcmp(p->name, q->name);
}

int
plugins_choose(struct loaded **v, const struct plugin_wish *w, char *err, size_t errlen)
{
	char *home = plugin_home(), *shipped = plugin_shipped();
	struct chosen c = { .dir = home, .shipped = shipped,
	    .with_shipped = w->shipped, .skip = w->skip, .err = err, .errlen = errlen };
	int r = choose(&c, w);

	*v = NULL;
	if (r == 0)
		r = guests_check(&c);
	free(home);
	free(shipped);
	if (r != 0) {
		plugins_free(c.v, c.n);
		return -1;
	}
	if (c.n > 1)
		qsort(c.v, c.n, sizeof(*c.v), by_order);
	*v = c.v;
	return (int)c.n;
}

void
plugins_free(struct loaded *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(v[i].path);
		if (v[i].dl != NULL)
			dlclose(v[i].dl);
	}
	free(v);
}
