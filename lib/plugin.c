/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * plugin.c - which plugins take part in a run: built in, named, or loaded from .so files.
 *
 * The built-in ones are in plugin_builtin[], which the Makefile generates from plugins/list.mk.
 * A .so is a guest of unknown age: its record is believed only after .abi and .size have been
 * compared.  Surprise: a folder replaces the built-in set, as the seed's -p DIR does.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "priv.h"

struct chosen {                         /* the list under construction */
	struct loaded *v;
	size_t n;
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
chosen_add(struct chosen *c, const struct plugin *p, void *dl)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->v[i].p->name, p->name) == 0)
			return fail(c, "plugin %s is given twice", p->name);
	struct loaded *v = reallocarray(c->v, c->n + 1, sizeof(*v));
	if (v == NULL)
		return fail(c, "out of memory");
	c->v = v;
	c->v[c->n++] = (struct loaded){ .p = p, .dl = dl };
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
	if (p->abi != T2_ABI)
		return fail(c, "%s: built for another version of t2 (abi %u, this is %u)", path,
		    p->abi, T2_ABI);
	if (p->size != sizeof(*p))
		return fail(c, "%s: built for another version of t2 (record of %u bytes, here %zu)",
		    path, p->size, sizeof(*p));
	if (p->name == NULL || *p->name == '\0' || p->version == NULL)
		return fail(c, "%s: plugin without name or version", path);
	if (p->order < 1 || p->order > 999)
		return fail(c, "%s: plugin order %d is out of range, 1..999", path, p->order);
	return 0;
}

static int
chosen_load(struct chosen *c, const char *path)
{
	void *dl = dlopen(path, RTLD_NOW | RTLD_LOCAL);

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
		r = chosen_add(c, p, dl);
	if (r < 0)
		dlclose(dl);
	return r;
}

static bool
ends_in_so(const char *s)
{
	size_t n = strlen(s);

	return n > 3 && strcmp(s + n - 3, ".so") == 0;
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

static int
choose_folder(struct chosen *c, const char *dir)
{
	struct dirent **ent;
	int n = scandir(dir, &ent, is_so, NULL), r = 0;

	if (n < 0)
		return fail(c, "plugin folder %s: %s", dir, strerror(errno));
	if (n == 0)
		r = fail(c, "plugin folder %s: there are no .so files in it", dir);
	for (int i = 0; i < n; i++) {
		if (r == 0)
			r = load_from(c, dir, ent[i]->d_name);
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

/* The built-in plugin that a list written for the reference calls NNN_name.so, or NULL. */
static const struct plugin *
numbered_find(const char *item)
{
	char name[64];
	size_t n = strlen(item);

	if (strspn(item, "0123456789") != 3 || item[3] != '_' || n - 4 >= sizeof(name))
		return NULL;
	memcpy(name, item + 4, n - 4);
	name[n - 4 - strlen(".so")] = '\0';
	return builtin_find(name);
}

static int
choose_item(struct chosen *c, const char *item)
{
	const struct plugin *p = builtin_find(item);

	if (p == NULL && ends_in_so(item)) {
		if (strchr(item, '/') != NULL)
			return chosen_load(c, item);
		p = numbered_find(item);
		if (p == NULL)
			return load_from(c, ".", item);
	}
	return p != NULL ? chosen_add(c, p, NULL) : unknown_name(c, item);
}

static int
choose_list(struct chosen *c, const char *spec)
{
	char *copy = strdup(spec), *rest = copy, *item;
	int r = copy == NULL ? fail(c, "out of memory") : 0;

	while (r == 0 && (item = strsep(&rest, ",")) != NULL) {
		item += strspn(item, " \t\n");
		for (size_t n = strlen(item); n > 0 && strchr(" \t\n", item[n - 1]); n--)
			item[n - 1] = '\0';
		if (*item != '\0')
			r = choose_item(c, item);
	}
	free(copy);
	return r;
}

static int
choose(struct chosen *c, const char *spec)
{
	struct stat st;
	int r = 0;

	if (spec == NULL) {
		for (size_t i = 0; r == 0 && plugin_builtin[i] != NULL; i++)
			r = chosen_add(c, plugin_builtin[i], NULL);
		return r;
	}
	if (*spec == '\0' || strcmp(spec, "none") == 0)
		return 0;
	if (builtin_find(spec) != NULL)                 /* even if a folder is called so */
		return choose_list(c, spec);
	if (stat(spec, &st) == 0 && S_ISDIR(st.st_mode))
		return choose_folder(c, spec);
	if (strchr(spec, '/') != NULL && strchr(spec, ',') == NULL && !ends_in_so(spec))
		return choose_folder(c, spec);          /* a folder that is not there: says so */
	return choose_list(c, spec);
}

static int
by_order(const void *a, const void *b)
{
	const struct plugin *p = ((const struct loaded *)a)->p, *q = ((const struct loaded *)b)->p;

	if (p->order != q->order)
		return p->order < q->order ? -1 : 1;
	return strcmp(p->name, q->name);
}

int
plugins_choose(struct loaded **v, const char *spec, char *err, size_t errlen)
{
	struct chosen c = { .err = err, .errlen = errlen };

	*v = NULL;
	if (choose(&c, spec) < 0) {
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
	for (size_t i = 0; i < n; i++)
		if (v[i].dl != NULL)
			dlclose(v[i].dl);
	free(v);
}
