/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2cols - tells what the columns of flow and packet records are: names, types, meanings, bits;
 * which options and which plugins there are.
 *
 * Everything is read from the tables that the flow output itself walks, so the answer holds for
 * exactly the plugins and options given.  Without a format flag the form is for a terminal.
 */
#include <err.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/schema.h"
#include "../lib/tool.h"
#include "../lib/usage.h"

struct t2cols {
	struct t2 *t;                   /* plugins and options */
	struct cli cli;                 /* -o and -p */
	struct schema schema;           /* what is printed */
	bool all;                       /* -a */
	int what;                       /* letter of -k, -L or -O, 0: columns of flows */
	int form;                       /* letter of the format flag, 0 none */
	char **names;                   /* of columns, nnames of them */
	size_t nnames;
};

static const char usage_text[] =
	"usage: t2cols [-ak] [-o OPTION]... [-p PLUGINS] [-b|-H|-j|-m|-s|-t] [COLUMN...]\n"
	"       t2cols -O [-o OPTION]... [-p PLUGINS] [-j|-t]\n"
	"       t2cols -L [-p PLUGINS]\n"
	"Describes the columns of flow records; each COLUMN in full if any is named.\n"
	"\n"
	"  -a, --all             also columns that options switch off\n"
	"  -k, --packets         the columns of packet records instead\n"
	"  -o, --option OPTION   plugin.NAME=value or NAME=value; may be repeated\n"
	"  -p, --plugins LIST    plugins: names joined by commas, .so files, or a folder\n"
	"      --skip-broken     leave out plugins that cannot be loaded\n"
	"  -b, --bits            meaning of the bits as TSV\n"
	"  -H, --headers         the column lines of PREFIX_headers.txt\n"
	"  -j, --json            JSON array\n"
	"  -m, --mdoc            source of a manual page, with the columns of packet records\n"
	"  -s, --sql             CREATE TABLE for SQLite and PostgreSQL\n"
	"  -t, --tsv             TSV\n"
	"  -O, --options         the options instead of the columns\n"
	"  -L, --list-plugins    all plugins as TSV, those of the run marked\n"
	"  -h, --help            this text\n"
	"  -V, --version         version\n";

static const struct option long_options[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "packets", no_argument, NULL, 'k' },
	{ "option", required_argument, NULL, 'o' },
	{ "plugins", required_argument, NULL, 'p' },
	{ "skip-broken", no_argument, NULL, CLI_SKIP_BROKEN },
	{ "bits", no_argument, NULL, 'b' },
	{ "headers", no_argument, NULL, 'H' },
	{ "json", no_argument, NULL, 'j' },
	{ "mdoc", no_argument, NULL, 'm' },
	{ "sql", no_argument, NULL, 's' },
	{ "tsv", no_argument, NULL, 't' },
	{ "options", no_argument, NULL, 'O' },
	{ "list-plugins", no_argument, NULL, 'L' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

/* One of several letters that exclude each other. */
static void
letter_set(int *to, int letter)
{
	if (*to != 0 && *to != letter) {
		warnx("-%c and -%c exclude each other", *to, letter);
		usage_error();
	}
	*to = letter;
}

static void
flag_read(struct t2cols *c, int flag)
{
	switch (flag) {
	case 'a':
		c->all = true;
		break;
	case 'k':
	case 'L':
	case 'O':
		letter_set(&c->what, flag);
		break;
	case 'o':
	case 'p':
	case CLI_SKIP_BROKEN:
		tool_option(&c->cli, flag, optarg);
		break;
	case 'h':
		tell(usage_text);
	case 'V':
		tell("t2cols " T2_VERSION "\n");
	case '?':
		usage_error();
	default:
		letter_set(&c->form, flag);
		break;
	}
}

/* forms: letters that go with what is asked for. */
static void
form_check(const struct t2cols *c, const char *forms)
{
	if (c->form == 0 || strchr(forms, c->form) != NULL)
		return;
	warnx("-%c and -%c exclude each other", c->what, c->form);
	usage_error();
}

static void
args_read(struct t2cols *c, int argc, char **argv)
{
	int flag;

	usage_asked(argc, argv, usage_text);
	while ((flag = getopt_long(argc, argv, "ako:p:bHjmstOLhV", long_options, NULL)) != -1)
		flag_read(c, flag);
	c->names = argv + optind;
	c->nnames = (size_t)(argc - optind);
	if (c->form == 'H' && c->all) {
		warnx("-a and -H exclude each other: the file lists printed columns only");
		usage_error();
	}
	if ((c->what == 'O' || c->what == 'L') && (c->all || c->nnames > 0)) {
		warnx("-%c takes neither -a nor columns", c->what);
		usage_error();
	}
	if (c->what != 0)
		form_check(c, c->what == 'O' ? "jt" : c->what == 'L' ? "t" : "bHjst");
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
	const struct schema *s = &c->schema;

	switch (c->form) {
	case 'b': schema_write(stdout, SCHEMA_BITS, s); break;
	case 'j': schema_write(stdout, SCHEMA_JSON, s); break;
	case 'm': schema_write(stdout, SCHEMA_MDOC, s); break;
	case 's': schema_write(stdout, SCHEMA_SQL, s); break;
	case 't': schema_tsv(stdout, s); break;
	case 'H': schema_headers(stdout, s); break;
	default:
		if (c->nnames > 0)
			schema_full(stdout, s);
		else
			schema_write(stdout, SCHEMA_TEXT, s);
	}
}

static void
print_options(const struct t2cols *c)
{
	switch (c->form) {
	case 'j': schema_options_json(stdout, &c->schema); break;
	case 't': schema_options_tsv(stdout, &c->schema); break;
	default: schema_options(stdout, &c->schema);
	}
}

static void
broken(const char *why)
{
	warnx("%s; left out", why);
}

/* All plugins that names can mean, whether the run has them or not. */
static void
print_plugins(const struct t2cols *c)
{
	const struct plugin_wish wish = { .spec = "all", .shipped = true, .skip = broken };
	struct loaded *all;
	int n = plugins_choose(&all, &wish, c->t->err, sizeof(c->t->err));

	if (n < 0)
		errx(EXIT_FAILURE, "%s", c->t->err);
	schema_plugins_tsv(stdout, all, (size_t)n, c->t->pl, c->t->npl);
	plugins_free(all, (size_t)n);
}

int
main(int argc, char **argv)
{
	struct t2cols c = { .t = tool_new() };
	struct t2 *t = c.t;
	bool only_on;

	args_read(&c, argc, argv);
	tool_setup(&c.cli, t);
	only_on = !c.all && c.nnames == 0;
	if ((c.what == 'k' ? schema_make_packets : schema_make)(&c.schema, t->pl, t->npl, &t->opts,
	    only_on, t->err, sizeof(t->err)) < 0)
		errx(EXIT_FAILURE, "%s", t->err);
	columns_check(&c);
	if (c.nnames > 0)
		columns_choose(&c);
	if (c.what == 'L')
		print_plugins(&c);
	else if (c.what == 'O')
		print_options(&c);
	else
		print(&c);
	schema_free(&c.schema);
	return tool_free(&c.cli, t, tool_stdout_close());
}
