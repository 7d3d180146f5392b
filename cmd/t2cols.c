/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2cols - tells what the columns of the flow records are: names, types, meanings, bits.
 *
 * Everything is read from the tables that the flow output itself walks, so the answer holds for
 * exactly the plugins and options given.  Without a format flag the form is for a terminal.
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/schema.h"
#include "../lib/tool.h"

enum { EXIT_USAGE = 2 };

struct t2cols {
	struct t2 *t;                   /* plugins and options */
	struct cli cli;                 /* -o and -p */
	struct schema schema;           /* what is printed */
	bool all;                       /* -a */
	int form;                       /* letter of the format flag, 0 none */
	char **names;                   /* of columns, nnames of them */
	size_t nnames;
};

static const char usage_text[] =
	"usage: t2cols [-a] [-o OPTION]... [-p PLUGINS] [-b|-H|-j|-m|-s] [COLUMN...]\n"
	"       t2cols -O [-o OPTION]... [-p PLUGINS]\n"
	"Describes the columns of flow records; each COLUMN in full if any is named.\n"
	"\n"
	"  -a, --all             also columns that options switch off\n"
	"  -o, --option OPTION   plugin.NAME=value or NAME=value; may be repeated\n"
	"  -p, --plugins LIST    plugins: names joined by commas, .so files, or a folder\n"
	"  -b, --bits            meaning of the bits as TSV\n"
	"  -H, --headers         the column lines of PREFIX_headers.txt\n"
	"  -j, --json            JSON array\n"
	"  -m, --mdoc            source of a manual page\n"
	"  -s, --sql             CREATE TABLE for SQLite and PostgreSQL\n"
	"  -O, --options         the options instead of the columns\n"
	"  -h, --help            this text\n"
	"  -V, --version         version\n";

static const struct option long_options[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "option", required_argument, NULL, 'o' },
	{ "plugins", required_argument, NULL, 'p' },
	{ "bits", no_argument, NULL, 'b' },
	{ "headers", no_argument, NULL, 'H' },
	{ "json", no_argument, NULL, 'j' },
	{ "mdoc", no_argument, NULL, 'm' },
	{ "sql", no_argument, NULL, 's' },
	{ "options", no_argument, NULL, 'O' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

/* A full disk must not go unnoticed; a reader that had enough may. */
static int
stdout_close(void)
{
	bool failed = ferror(stdout) != 0;

	errno = 0;
	if (fclose(stdout) == 0 && !failed)
		return EXIT_SUCCESS;
	if (errno != EPIPE)
		warnx("stdout: %s", strerror(errno != 0 ? errno : EIO));
	return EXIT_FAILURE;
}

static void __attribute__((noreturn))
usage_error(void)
{
	fputs("Try 't2cols --help'.\n", stderr);
	exit(EXIT_USAGE);
}

static void
form_set(struct t2cols *c, int form)
{
	if (c->form != 0 && c->form != form) {
		warnx("-%c and -%c exclude each other", c->form, form);
		usage_error();
	}
	c->form = form;
}

static void
flag_read(struct t2cols *c, int flag)
{
	switch (flag) {
	case 'a':
		c->all = true;
		break;
	case 'o':
	case 'p':
		if (cli_option(&c->cli, flag, optarg) < 0)
			errx(EXIT_USAGE, "%s", c->cli.err);
		break;
	case 'h':
		fputs(usage_text, stdout);
		exit(stdout_close());
	case 'V':
		puts("t2cols " T2_VERSION);
		exit(stdout_close());
	case '?':
		usage_error();
	default:
		form_set(c, flag);
		break;
	}
}

static void
args_read(struct t2cols *c, int argc, char **argv)
{
	int flag;

	while ((flag = getopt_long(argc, argv, "ao:p:bHjmsOhV", long_options, NULL)) != -1)
		flag_read(c, flag);
	c->names = argv + optind;
	c->nnames = (size_t)(argc - optind);
	if (c->form == 'H' && c->all) {
		warnx("-a and -H exclude each other: the file lists printed columns only");
		usage_error();
	}
	if (c->form == 'O' && (c->all || c->nnames > 0)) {
		warnx("-O takes neither -a nor columns");
		usage_error();
	}
}

static void __attribute__((noreturn))
unknown_column(const struct schema *s, const char *name)
{
	const char **list = reallocarray(NULL, s->n + 1, sizeof(*list)), *near = NULL;

	if (list != NULL) {
		for (size_t i = 0; i < s->n; i++)
			list[i] = s->v[i].col->name;
		near = word_nearest(name, list, s->n);
	}
	if (near != NULL)
		errx(EXIT_USAGE, "%s: no such column (did you mean %s?)", name, near);
	errx(EXIT_USAGE, "%s: no such column", name);
}

/* The row of this name, if options switch between several the printed one. */
static const struct schema_row *
row_find(const struct schema *s, const char *name)
{
	const struct schema_row *found = NULL;

	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].col->name, name) == 0 && (found == NULL || s->v[i].no > 0))
			found = &s->v[i];
	return found;
}

static void
columns_check(const struct t2cols *c)
{
	for (size_t i = 0; i < c->nnames; i++) {
		const struct schema_row *r = row_find(&c->schema, c->names[i]);

		if (r == NULL)
			unknown_column(&c->schema, c->names[i]);
		if (c->form == 'H' && r->no == 0)
			errx(EXIT_USAGE, "%s: switched off, printed with %s", r->col->name,
			    r->col->when);
	}
}

static bool
is_named(const struct t2cols *c, const char *name)
{
	for (size_t i = 0; i < c->nnames; i++)
		if (strcmp(c->names[i], name) == 0)
			return true;
	return false;
}

/* Leaves the named columns only; without -a no alternatives that are switched off. */
static void
columns_choose(struct t2cols *c)
{
	struct schema *s = &c->schema;
	struct schema_row *keep = reallocarray(NULL, s->n + 1, sizeof(*keep));
	size_t n = 0;

	if (keep == NULL)
		err(EXIT_FAILURE, NULL);
	for (size_t i = 0; i < s->n; i++) {
		const char *name = s->v[i].col->name;

		if (is_named(c, name) && (c->all || row_find(s, name)->no == s->v[i].no))
			keep[n++] = s->v[i];
	}
	free(s->v);
	s->v = keep;
	s->n = n;
}

static void
print(const struct t2cols *c)
{
	switch (c->form) {
	case 'b': schema_write(stdout, SCHEMA_BITS, &c->schema); break;
	case 'j': schema_write(stdout, SCHEMA_JSON, &c->schema); break;
	case 'm': schema_write(stdout, SCHEMA_MDOC, &c->schema); break;
	case 's': schema_write(stdout, SCHEMA_SQL, &c->schema); break;
	case 'H': schema_headers(stdout, &c->schema); break;
	case 'O': schema_options(stdout, &c->schema); break;
	default:
		if (c->nnames > 0)
			schema_full(stdout, &c->schema);
		else
			schema_write(stdout, SCHEMA_TEXT, &c->schema);
	}
}

int
main(int argc, char **argv)
{
	struct t2cols c = { .t = t2_new() };
	struct t2 *t = c.t;

	if (t == NULL)
		err(EXIT_FAILURE, NULL);
	args_read(&c, argc, argv);
	if (cli_setup(&c.cli, t) != 0)
		errx(EXIT_USAGE, "%s", c.cli.err);
	if (schema_make(&c.schema, t->pl, t->npl, &t->opts, !c.all && c.nnames == 0, t->err,
	    sizeof(t->err)) < 0)
		errx(EXIT_FAILURE, "%s", t->err);
	columns_check(&c);
	if (c.nnames > 0)
		columns_choose(&c);
	print(&c);
	schema_free(&c.schema);
	t2_free(t);                     /* its captures are named by cli */
	cli_free(&c.cli);
	return stdout_close();
}
