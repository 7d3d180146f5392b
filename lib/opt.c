/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * opt.c - run-time options: tables of plugins and core, and the sources of their values.
 *
 * Every compile-time switch of the reference is an option here.  A value remembers its source,
 * and a weaker source never overwrites a stronger one: default < compat=0.8.4 < config file <
 * environment < -o.  So the sources may be read in any order (opt_read.c does).  Surprise:
 * "tranalyzer2" is another name of the owner "core".
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "opt_priv.h"

int
opt_fail(struct opts *o, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(o->err, sizeof(o->err), fmt, ap);
	va_end(ap);
	return -1;
}

int
opt_fail_in(struct opts *o, const char *where)
{
	char why[sizeof(o->err)];

	memcpy(why, o->err, sizeof(why));
	return opt_fail(o, "%s: %s", where, why);
}

static bool
is_string(const struct opt *t)
{
	return t->min == 0 && t->max == 0;
}

const char *
opt_owner_name(const char *owner)
{
	return strcmp(owner, "tranalyzer2") == 0 ? "core" : owner;
}

size_t
opt_row(const struct opt *table, const char *name, size_t len)
{
	for (size_t i = 0; table[i].name != NULL; i++)
		if (strncmp(table[i].name, name, len) == 0 && table[i].name[len] == '\0')
			return i;
	return SIZE_MAX;
}

/* owners ---------------------------------------------------------------------------------- */

static void
compat_apply(struct optset *s)
{
	for (size_t i = 0; s->table[i].name != NULL; i++) {
		if (is_string(&s->table[i]) || s->level[i] > LEVEL_COMPAT)
			continue;
		s->val[i].n = s->table[i].compat;
		s->level[i] = LEVEL_COMPAT;
	}
}

void
opts_init(struct opts *o)
{
	*o = (struct opts){ 0 };
}

void
opts_free(struct opts *o)
{
	for (size_t i = 0; i < o->n; i++) {
		free(o->v[i].val);
		free(o->v[i].level);
	}
	for (size_t i = 0; i < o->nkept; i++)
		free(o->kept[i]);
	free(o->v);
	free(o->kept);
	opts_init(o);
}

int
opts_add(struct opts *o, const char *owner, const struct opt *table)
{
	static const struct opt empty[] = { { 0 } };
	struct optset s = { .owner = opt_owner_name(owner), .table = table ? table : empty };
	size_t n = 0;

	if (opts_owner(o, owner) != NULL)
		return opt_fail(o, "%s: there are two plugins of this name", owner);
	for (; s.table[n].name != NULL; n++)
		if (opt_row(s.table, s.table[n].name, strlen(s.table[n].name)) != n)
			return opt_fail(o, "%s.%s: there are two options of this name", owner,
			    s.table[n].name);
	struct optset *v = reallocarray(o->v, o->n + 1, sizeof(*v));
	if (v == NULL)
		return opt_fail(o, "out of memory");
	o->v = v;
	s.val = calloc(n + 1, sizeof(*s.val));
	s.level = calloc(n + 1, sizeof(*s.level));
	if (s.val == NULL || s.level == NULL) {
		free(s.val);
		free(s.level);
		return opt_fail(o, "out of memory");
	}
	for (size_t i = 0; i < n; i++) {
		s.val[i].n = s.table[i].def;
		if (is_string(&s.table[i]))
			s.val[i].s = s.table[i].str ? s.table[i].str : "";
	}
	if (o->compat)
		compat_apply(&s);
	o->v[o->n++] = s;
	return 0;
}

struct optset *
opts_owner(const struct opts *o, const char *owner)
{
	owner = opt_owner_name(owner);
	for (size_t i = 0; i < o->n; i++)
		if (strcmp(o->v[i].owner, owner) == 0)
			return &o->v[i];
	return NULL;
}

const struct optval *
opts_get(const struct opts *o, const char *owner, const char *name)
{
	const struct optset *s = opts_owner(o, owner);
	size_t i = s != NULL ? opt_row(s->table, name, strlen(name)) : SIZE_MAX;

	return i != SIZE_MAX ? &s->val[i] : NULL;
}

/* values ---------------------------------------------------------------------------------- */

/* Takes the quotes off and resolves \t \n \\ \" \', in place; false: quotes do not match. */
static bool
unquote(char *s)
{
	static const char code[] = "tn\\\"'", means[] = "\t\n\\\"'";
	char *r = s, *w = s;
	size_t n = strlen(s);

	if (*s == '"' || *s == '\'') {
		if (n < 2 || s[n - 1] != *s)
			return false;
		s[n - 1] = '\0';
		r++;
	}
	for (; *r != '\0'; r++) {
		const char *c = *r == '\\' && r[1] != '\0' ? strchr(code, r[1]) : NULL;
		*w++ = c != NULL ? means[c - code] : *r;
		r += c != NULL;
	}
	*w = '\0';
	return true;
}

/* 0 and *n; 1: not in the range of 64 bits; -1: not a number. */
static int
number_parse(const char *s, int64_t *n)
{
	char *end;

	s += strspn(s, BLANKS);
	const char *digits = s + (*s == '-');
	bool hex = strncasecmp(digits, "0x", 2) == 0 && isxdigit((unsigned char)digits[2]);
	if (!isdigit((unsigned char)*digits))
		return -1;
	errno = 0;
	*n = strtoll(s, &end, hex ? 16 : 10);
	if (end[strspn(end, BLANKS)] != '\0')
		return -1;
	return errno == ERANGE;
}

/* Hands a string over to o, which frees it at its end. */
static bool
keep(struct opts *o, char *s)
{
	char **k = reallocarray(o->kept, o->nkept + 1, sizeof(*k));

	if (k == NULL)
		return false;
	o->kept = k;
	o->kept[o->nkept++] = s;
	return true;
}

int
opt_value_set(struct opts *o, struct opt_place at, enum opt_level level, const char *text)
{
	const struct opt *t = &at.s->table[at.row];
	const char *owner = at.s->owner;
	char *s = strdup(text);
	struct optval v = { .s = s };

	if (s == NULL || !keep(o, s)) {
		free(s);
		return opt_fail(o, "out of memory");
	}
	if (!unquote(s))
		return opt_fail(o, "%s.%s=%s: the quote is not closed", owner, t->name, text);
	if (!is_string(t)) {
		int r = number_parse(s, &v.n);
		if (r < 0)
			return opt_fail(o, "%s.%s=%s: not a number, %jd..%jd", owner, t->name, s,
			    (intmax_t)t->min, (intmax_t)t->max);
		if (r > 0 || v.n < t->min || v.n > t->max)
			return opt_fail(o, "%s.%s=%s: out of range, %jd..%jd", owner, t->name, s,
			    (intmax_t)t->min, (intmax_t)t->max);
		v.s = NULL;
	}
	if (level >= at.s->level[at.row]) {
		at.s->val[at.row] = v;
		at.s->level[at.row] = (uint8_t)level;
	}
	return 0;
}

int
opt_compat_set(struct opts *o, const char *version)
{
	if (strcmp(version, "0.8.4") != 0)
		return opt_fail(o, "compat=%s: the only version known is 0.8.4", version);
	o->compat = true;
	for (size_t i = 0; i < o->n; i++)
		compat_apply(&o->v[i]);
	return 0;
}

/* use ------------------------------------------------------------------------------------- */

/* One term of a condition: NAME, NAME=V, or either with ! in front. */
static int
term_holds(const struct optset *s, const char *term, size_t len)
{
	bool not = *term == '!', holds;

	term += not;
	len -= not;
	const char *eq = memchr(term, '=', len);
	size_t n = eq != NULL ? (size_t)(eq - term) : len;
	size_t row = s != NULL ? opt_row(s->table, term, n) : SIZE_MAX;
	if (row == SIZE_MAX)
		return -1;
	if (eq != NULL)
		holds = s->val[row].n == strtoll(eq + 1, NULL, 0);
	else if (is_string(&s->table[row]))
		holds = *s->val[row].s != '\0';
	else
		holds = s->val[row].n != 0;
	return holds != not;
}

int
opts_when(const struct optset *s, const char *when)
{
	int all = 1;

	while (when != NULL && *when != '\0') {
		size_t n = strcspn(when, ",");
		int r = term_holds(s, when, n);
		if (r < 0)
			return -1;
		all &= r;                       /* goes on: wrong names show even if false */
		when += n + (when[n] == ',');
	}
	return all;
}

/* In quotes and on one line, as unquote() reads it. */
void
opt_string_print(FILE *f, const char *s)
{
	putc('"', f);
	for (; s != NULL && *s != '\0'; s++) {
		if (*s == '\t' || *s == '\n')
			fputs(*s == '\t' ? "\\t" : "\\n", f);
		else if (*s == '"' || *s == '\\')
			fprintf(f, "\\%c", *s);
		else
			putc(*s, f);
	}
	putc('"', f);
}

void
opts_print_set(const struct opts *o, FILE *f)
{
	const char *blank = "";

	for (size_t i = 0; i < o->n; i++) {
		const struct optset *s = &o->v[i];
		for (size_t k = 0; s->table[k].name != NULL; k++) {
			const struct opt *t = &s->table[k];
			bool same = is_string(t) ? strcmp(s->val[k].s, t->str ? t->str : "") == 0 :
			    s->val[k].n == t->def;
			if (same)
				continue;
			fprintf(f, "%s%s.%s=", blank, s->owner, t->name);
			if (is_string(t))
				opt_string_print(f, s->val[k].s);
			else
				fprintf(f, "%jd", (intmax_t)s->val[k].n);
			blank = " ";
		}
	}
}
