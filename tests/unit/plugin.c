/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test of the choice of plugins.  Of the built-in ones only basicFlow and basicStats are named.
 * An argument is the path of a plugin called hello (examples/plugin): it is loaded, too.
 * Surprise: error texts are compared in full, as users and scripts read them.
 */
#include <stdio.h>
#include <string.h>

#include "../../lib/priv.h"

struct test {
	unsigned long bad, all;
};

static void
check(struct test *t, const char *what, const char *got, const char *want)
{
	t->all++;
	if (strcmp(got, want) != 0 && t->bad++ < 10)
		printf("not ok: %s: got \"%s\", want \"%s\"\n", what, got, want);
}

/* want: the names in load order with a blank behind each, or the error. */
static void
choose(struct test *t, const char *spec, const char *want)
{
	struct loaded *v;
	char got[512] = "";
	int n = plugins_choose(&v, &(struct plugin_wish){ .spec = spec }, got, sizeof(got));

	for (int i = 0; i < n; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s ", v[i].p->name);
	check(t, spec, got, want);
	if (n > 0)
		plugins_free(v, (size_t)n);
	else
		check(t, "no list", v == NULL ? "NULL" : "not NULL", "NULL");
}

static void
test_all(struct test *t)
{
	struct loaded *v;
	char err[256] = "";
	int n = plugins_choose(&v, &(struct plugin_wish){ .spec = "standard" }, err, sizeof(err)), order = 0;

	check(t, "all", err, "");
	check(t, "all", n >= 2 ? "enough" : "too few", "enough");
	for (int i = 0; i < n; i++) {
		check(t, "order", v[i].p->order >= order ? "rising" : v[i].p->name, "rising");
		order = v[i].p->order;
	}
	plugins_free(v, n > 0 ? (size_t)n : 0);
}

int
main(int argc, char **argv)
{
	struct test t = { 0 };
	char s[512];

	test_all(&t);
	choose(&t, "", "");
	choose(&t, "none", "");
	choose(&t, "basicFlow", "basicFlow ");
	choose(&t, "basicStats, basicFlow,", "basicFlow basicStats ");
	choose(&t, "120_basicStats.so,100_basicFlow.so", "basicFlow basicStats ");
	choose(&t, "basicFlow,basicFlow", "plugin basicFlow is given twice");
	choose(&t, "basicFlwo", "no such plugin: basicFlwo (did you mean basicFlow?)");
	choose(&t, "quux", "no such plugin: quux");
	choose(&t, "/nonexistent/", "plugin folder /nonexistent/: No such file or directory");
	choose(&t, "/", "plugin folder /: there are no .so files in it");
	choose(&t, "nonexistent.so", "./nonexistent.so: cannot open shared object file: "
	    "No such file or directory");
	if (argc > 1) {
		snprintf(s, sizeof(s), "%s,basicFlow", argv[1]);
		choose(&t, s, "basicFlow hello ");
		choose(&t, argv[1], "hello ");
		snprintf(s, sizeof(s), "%s,%s", argv[1], argv[1]);
		choose(&t, s, "plugin hello is given twice");
	}
	printf("%s 1 choice of plugins, %lu of %lu wrong\n", t.bad ? "not ok" : "ok", t.bad, t.all);
	return t.bad > 0;
}
