/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * opt_read.c - where options are written: -o, the environment, the config file.
 *
 * A setting is owner.NAME=value or NAME=value; what cannot be right is an error that names the
 * nearest valid word.  Surprise: the config file serves runs with different plugins, so that
 * settings of built-in and of the user's own plugins that are not in this run are passed over
 * there, while in -o they are an error.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "opt_priv.h"
#include "plugin_list.h"

#define NAME_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_."

/* names ----------------------------------------------------------------------------------- */

struct words {                          /* candidates of a suggestion; more are left out */
	const char *v[512];
	size_t n;
};

static void
words_add(struct words *w, const char *s)
{
	if (w->n < ARRAY_LEN(w->v))
		w->v[w->n++] = s;
}

static void
words_add_table(struct words *w, const struct opt *table)
{
	for (size_t i = 0; table[i].name != NULL; i++)
		words_add(w, table[i].name);
}

/* "no such WHAT", with the nearest word if there is one. */
static int
fail_unknown(struct opts *o, const char *full, const char *what, const char *word,
    const struct words *w)
{
	const char *near = word_nearest(word, w->v, w->n);

	if (near == NULL)
		return opt_fail(o, "%s: no such %s", full, what);
	return opt_fail(o, "%s: no such %s (did you mean %s?)", full, what, near);
}

static const struct plugin *
builtin_find(const char *name)
{
	for (size_t i = 0; plugin_builtin[i] != NULL; i++)
		if (strcmp(plugin_builtin[i]->name, name) == 0)
			return plugin_builtin[i];
	return NULL;
}

/* 1 and *s; 0: an owner that exists but is not in this run; -1: unknown. */
static int
owner_find(struct opts *o, const char *name, struct optset **s)
{
	struct words w = { .n = 0 };

	*s = opts_owner(o, name);
	if (*s != NULL)
		return 1;
	name = opt_owner_name(name);
	/* these two are no plugins, and not every tool has them */
	if (builtin_find(name) != NULL || strcmp(name, "core") == 0 ||
	    strcmp(name, "txtSink") == 0 || plugin_is_users(name))
		return 0;
	for (size_t i = 0; i < o->n; i++)
		words_add(&w, o->v[i].owner);
	for (size_t i = 0; plugin_builtin[i] != NULL; i++)
		words_add(&w, plugin_builtin[i]->name);
	return fail_unknown(o, name, "plugin", name, &w);
}

/* The option name of a given owner; result as owner_find(). */
static int
place_owned(struct opts *o, const char *owner, const char *name, struct opt_place *at)
{
	struct words w = { .n = 0 };
	char full[128];
	int r = owner_find(o, owner, &at->s);

	if (r <= 0)
		return r;
	at->row = opt_row(at->s->table, name, strlen(name));
	if (at->row != SIZE_MAX)
		return 1;
	words_add_table(&w, at->s->table);
	snprintf(full, sizeof(full), "%s.%s", at->s->owner, name);
	return fail_unknown(o, full, "option", name, &w);
}

/* The plugin outside this run that has the option, or NULL. */
static const char *
absent_owner(const struct opts *o, const char *name)
{
	for (size_t i = 0; plugin_builtin[i] != NULL; i++) {
		const struct plugin *p = plugin_builtin[i];
		if (opts_owner(o, p->name) == NULL && p->opts != NULL &&
		    opt_row(p->opts, name, strlen(name)) != SIZE_MAX)
			return p->name;
	}
	return NULL;
}

/* The option name of whatever owner; if 0, *absent names the owner. */
static int
place_any(struct opts *o, const char *name, struct opt_place *at, const char **absent)
{
	struct words w = { .n = 0 };
	int found = 0;

	for (size_t i = 0; i < o->n; i++) {
		size_t row = opt_row(o->v[i].table, name, strlen(name));
		if (row == SIZE_MAX)
			continue;
		if (found++ > 0)
			return opt_fail(o, "%s: ambiguous, write %s.%s or %s.%s", name,
			    at->s->owner, name, o->v[i].owner, name);
		*at = (struct opt_place){ &o->v[i], row };
	}
	if (found > 0)
		return 1;
	*absent = absent_owner(o, name);
	if (*absent != NULL)
		return 0;
	for (size_t i = 0; i < o->n; i++)
		words_add_table(&w, o->v[i].table);
	return fail_unknown(o, name, "option", name, &w);
}

/* settings -------------------------------------------------------------------------------- */

static char *
trim(char *s)
{
	s += strspn(s, BLANKS);
	for (size_t n = strlen(s); n > 0 && strchr(BLANKS, s[n - 1]) != NULL; n--)
		s[n - 1] = '\0';
	return s;
}

/* One setting, cut up in place.  section: the owner of names without owner, or NULL. */
static int
assign(struct opts *o, const char *section, char *text, enum opt_level level)
{
	char *value = strchr(text, '='), *name = text, *dot;
	struct opt_place at;

	if (value == NULL)
		return opt_fail(o, "%s: write NAME=value", trim(text));
	*value++ = '\0';
	name = trim(name);
	if (level == LEVEL_FILE) {
		value = trim(value);
		if (*value == '\0')
			return opt_fail(o, "%s: no value; write \"\" for an empty text", name);
	}
	const char *owner = section;
	dot = strchr(name, '.');
	if (dot != NULL) {
		*dot = '\0';
		owner = name;
		name = dot + 1;
	}
	bool core = owner == NULL || strcmp(opt_owner_name(owner), "core") == 0;
	if (core && strcmp(name, "compat") == 0)
		return opt_compat_set(o, value);
	const char *absent = owner;
	int r = owner != NULL ? place_owned(o, owner, name, &at) : place_any(o, name, &at, &absent);
	if (r == 0 && level == LEVEL_USER)
		return opt_fail(o, "%s.%s: plugin %s is not loaded in this run", absent, name,
		    absent);
	return r > 0 ? opt_value_set(o, at, level, value) : r;
}

/* If s, at a comma or blank, separates two settings: where the second starts, else NULL. */
static char *
next_setting(char *s)
{
	s += strspn(s, BLANKS);
	s += *s == ',';
	s += strspn(s, BLANKS);
	size_t n = strspn(s, NAME_CHARS);
	return n > 0 && s[n + strspn(s + n, BLANKS)] == '=' ? s : NULL;
}

/* Cuts the setting at s off and returns the next one or NULL.  Only what looks like a further
 * setting ends a value, hence SEP_CHR=, needs no quotes. */
static char *
cut_setting(char *s)
{
	char quote, *next;

	s = strchr(s, '=');
	if (s == NULL)
		return NULL;
	quote = *++s;
	if (quote == '"' || quote == '\'') {
		s++;
		while (*s != '\0' && *s != quote)
			s += *s == '\\' && s[1] != '\0' ? 2 : 1;
	}
	for (; *s != '\0'; s++) {
		if (strchr("," BLANKS, *s) != NULL && (next = next_setting(s)) != NULL) {
			*s = '\0';
			return next;
		}
	}
	return NULL;
}

int
opts_set(struct opts *o, const char *assignment)
{
	char *copy = strdup(assignment);
	int r = 0;

	if (copy == NULL)
		return opt_fail(o, "out of memory");
	for (char *s = copy, *next; r == 0 && s != NULL; s = next) {
		next = cut_setting(s);
		r = assign(o, NULL, s, LEVEL_USER);
	}
	free(copy);
	return r;
}

/* environment ----------------------------------------------------------------------------- */

static const char *
env_find(char **envp, const char *name)
{
	size_t n = strlen(name);

	for (; *envp != NULL; envp++)
		if (strncmp(*envp, name, n) == 0 && (*envp)[n] == '=')
			return *envp + n + 1;
	return NULL;
}

/* The variable T2_NAME or NAME: the longer one wins, as it can be meant for t2 only. */
static int
env_set(struct opts *o, char **envp, struct opt_place at)
{
	char name[128];
	const char *var = name, *value;

	snprintf(name, sizeof(name), "T2_%s", at.s->table[at.row].name);
	value = env_find(envp, var);
	if (value == NULL) {
		var = name + 3;
		value = env_find(envp, var);
	}
	if (value == NULL || opt_value_set(o, at, LEVEL_ENV, value) == 0)
		return 0;
	char where[160];
	snprintf(where, sizeof(where), "environment variable %s", var);
	return opt_fail_in(o, where);
}

int
opts_environ(struct opts *o, char **envp)
{
	for (size_t i = 0; i < o->n; i++)
		for (size_t k = 0; o->v[i].table[k].name != NULL; k++)
			if (env_set(o, envp, (struct opt_place){ &o->v[i], k }) < 0)
				return -1;
	return 0;
}

/* config file ----------------------------------------------------------------------------- */

/* Ends the line before a # that starts it or follows a blank, outside of quotes. */
static void
comment_cut(char *s)
{
	char quote = '\0', before = ' ';

	for (; *s != '\0'; before = *s++) {
		if (quote != '\0' && *s == '\\' && s[1] != '\0')
			s++;
		else if (quote != '\0')
			quote = *s == quote ? '\0' : quote;
		else if ((*s == '"' || *s == '\'') && strchr("=" BLANKS, before) != NULL)
			quote = *s;
		else if (*s == '#' && strchr(BLANKS, before) != NULL)
			break;
	}
	*s = '\0';
}

/* section: holds the owner of the last [line], at first "". */
static int
line_read(struct opts *o, char *line, char *section, size_t size)
{
	struct optset *s;

	comment_cut(line);
	line = trim(line);
	size_t n = strlen(line);
	if (n == 0)
		return 0;
	if (*line != '[')
		return assign(o, *section != '\0' ? section : NULL, line, LEVEL_FILE);
	if (line[n - 1] != ']' || n >= size)
		return opt_fail(o, "%s: write [plugin]", line);
	line[n - 1] = '\0';
	snprintf(section, size, "%s", trim(line + 1));
	return *section == '\0' || owner_find(o, section, &s) >= 0 ? 0 : -1;
}

static int
stream_read(struct opts *o, FILE *f, const char *path)
{
	char *line = NULL, section[64] = "", where[200];
	size_t size = 0, len = strlen(path);
	ssize_t n;
	int r = 0;

	for (unsigned no = 1; r == 0 && (n = getline(&line, &size, f)) > 0; no++) {
		char *text = data_line(line, (size_t)n, no);

		if (text == NULL)
			r = opt_fail(o, "not text");
		else
			r = line_read(o, text, section, sizeof(section));
		if (r < 0) {
			/* the end of a long path says more than its start */
			snprintf(where, sizeof(where), "%.120s: line %u",
			    len > 120 ? path + len - 120 : path, no);
			r = opt_fail_in(o, where);
		}
	}
	if (r == 0 && ferror(f))
		r = opt_fail(o, "%s: %s", path, strerror(errno));
	free(line);
	return r;
}

/* $XDG_CONFIG_HOME/t2/t2.conf or ~/.config/t2/t2.conf; false: there is no home. */
static bool
user_path(char *buf, size_t size)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int n = -1;

	if (xdg != NULL && *xdg == '/')         /* the standard tells to ignore relative ones */
		n = snprintf(buf, size, "%s/t2/t2.conf", xdg);
	else if (home != NULL && *home != '\0')
		n = snprintf(buf, size, "%s/.config/t2/t2.conf", home);
	return n > 0 && (size_t)n < size;
}

int
opts_file(struct opts *o, const char *path, bool must_exist)
{
	char user[PATH_MAX];
	int r;

	if (path == NULL) {
		if (!user_path(user, sizeof(user)))
			return 0;
		path = user;
	}
	FILE *f = fopen(path, "re");
	if (f == NULL) {
		if (!must_exist && (errno == ENOENT || errno == ENOTDIR))
			return 0;
		return opt_fail(o, "%s: %s", path, strerror(errno));
	}
	r = stream_read(o, f, path);
	fclose(f);
	return r;
}
