/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test of options and their sources.  Each group works on a fresh set of made-up owners; of the
 * built-in plugins basicStats is needed as one that is not in the run.
 * Surprise: error texts are compared in full, as users and scripts read them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../lib/priv.h"

static const struct opt flow_table[] = {
	OPT("BFO_MAC", 0, 1, 1, "MAC columns"),
	OPT("BFO_VLAN", 0, 2, 1, "VLAN columns"),
	OPT_COMPAT("BFO_NEW", 0, 9, 2, 5, "differs from 0.8.4"),
	OPT("BFO_SIGNED", -5, 5, 0, "may be negative"),
	OPT("SHARED", 0, 1, 0, "two owners have it"),
	{ 0 }
};
static const struct opt sink_table[] = {
	OPT_STR("SEP_CHR", "\t", "separator"),
	OPT_STR("TEXT", NULL, "any text"),
	OPT("SHARED", 0, 1, 0, "two owners have it"),
	{ 0 }
};
static const struct opt core_table[] = {
	OPT_COMPAT("FRAG_ATTACH", 0, 1, 1, 0, "fragments"),
	OPT("FLOW_TIMEOUT", 0, 1000000, 182, "seconds"),
	{ 0 }
};

struct test {
	struct opts o;
	unsigned long bad, all;         /* in the current group */
	int group, failed;
	const char *conf;               /* path of a scratch file */
};

static void
check(struct test *t, const char *what, const char *got, const char *want)
{
	t->all++;
	if (strcmp(got, want) != 0 && t->bad++ < 10)
		printf("not ok: %s: got \"%s\", want \"%s\"\n", what, got, want);
}

static void
check_int(struct test *t, const char *what, int64_t got, int64_t want)
{
	t->all++;
	if (got != want && t->bad++ < 10)
		printf("not ok: %s: got %jd, want %jd\n", what, (intmax_t)got, (intmax_t)want);
}

static void
begin(struct test *t)
{
	opts_init(&t->o);
	check_int(t, "add", opts_add(&t->o, "core", core_table), 0);
	check_int(t, "add", opts_add(&t->o, "basicFlow", flow_table), 0);
	check_int(t, "add", opts_add(&t->o, "txtSink", sink_table), 0);
}

static void
end(struct test *t, const char *name)
{
	printf("%s %d %s, %lu of %lu wrong\n", t->bad ? "not ok" : "ok", ++t->group, name, t->bad,
	    t->all);
	t->failed += t->bad > 0;
	t->bad = t->all = 0;
	opts_free(&t->o);
}

static int64_t
num(const struct test *t, const char *owner, const char *name)
{
	const struct optval *v = opts_get(&t->o, owner, name);

	return v != NULL ? v->n : INT64_MIN;
}

static const char *
str(const struct test *t, const char *owner, const char *name)
{
	const struct optval *v = opts_get(&t->o, owner, name);

	return v != NULL && v->s != NULL ? v->s : "(none)";
}

/* Sets s, which must succeed if want is "", else fail with the text want. */
static void
set(struct test *t, const char *s, const char *want)
{
	t->o.err[0] = '\0';
	check_int(t, s, opts_set(&t->o, s), *want != '\0' ? -1 : 0);
	check(t, s, t->o.err, want);
}

/* The same for a config file with the given text; want without the path. */
static void
file(struct test *t, const char *text, const char *want)
{
	FILE *f = fopen(t->conf, "w");
	size_t n = strlen(t->conf);

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0) {
		perror(t->conf);
		exit(1);
	}
	t->o.err[0] = '\0';
	check_int(t, text, opts_file(&t->o, t->conf, true), *want != '\0' ? -1 : 0);
	check(t, text, strncmp(t->o.err, t->conf, n) == 0 ? t->o.err + n : t->o.err, want);
}

static void
test_set(struct test *t)
{
	begin(t);
	check_int(t, "default", num(t, "basicFlow", "BFO_MAC"), 1);
	set(t, "basicFlow.BFO_MAC=0", "");
	check_int(t, "owner", num(t, "basicFlow", "BFO_MAC"), 0);
	set(t, "BFO_MAC=0x1", "");
	check_int(t, "hex", num(t, "basicFlow", "BFO_MAC"), 1);
	set(t, "tranalyzer2.FLOW_TIMEOUT=60", "");
	check_int(t, "alias", num(t, "tranalyzer2", "FLOW_TIMEOUT"), 60);
	set(t, "BFO_SIGNED=-5", "");
	check_int(t, "negative", num(t, "basicFlow", "BFO_SIGNED"), -5);
	set(t, "BFO_MAC=0,BFO_VLAN=2 core.FLOW_TIMEOUT = 1000000 ,  BFO_SIGNED=+",
	    "basicFlow.BFO_SIGNED=+: not a number, -5..5");
	check_int(t, "list", num(t, "basicFlow", "BFO_MAC"), 0);
	check_int(t, "list", num(t, "basicFlow", "BFO_VLAN"), 2);
	check_int(t, "list", num(t, "core", "FLOW_TIMEOUT"), 1000000);
	check_int(t, "no owner", num(t, "nobody", "FLOW_TIMEOUT"), INT64_MIN);
	check_int(t, "no name", num(t, "core", "FLOW"), INT64_MIN);
	check_int(t, "doubled owner", opts_add(&t->o, "tranalyzer2", core_table), -1);
	check_int(t, "no table", opts_add(&t->o, "empty", NULL), 0);
	set(t, "empty.X=1", "empty.X: no such option");
	end(t, "setting values");
}

static void
test_errors(struct test *t)
{
	begin(t);
	set(t, "basicFlow.BFO_MAC=7", "basicFlow.BFO_MAC=7: out of range, 0..1");
	set(t, "BFO_MAC=-1", "basicFlow.BFO_MAC=-1: out of range, 0..1");
	set(t, "BFO_MAC=99999999999999999999",
	    "basicFlow.BFO_MAC=99999999999999999999: out of range, 0..1");
	set(t, "BFO_MAC=1K", "basicFlow.BFO_MAC=1K: not a number, 0..1");
	set(t, "BFO_MAC=0x", "basicFlow.BFO_MAC=0x: not a number, 0..1");
	set(t, "BFO_MAC=", "basicFlow.BFO_MAC=: not a number, 0..1");
	set(t, "BFO_MAC=0,", "basicFlow.BFO_MAC=0,: not a number, 0..1");
	set(t, "BFO_MAC=BFO_VLAN=0", "basicFlow.BFO_MAC=BFO_VLAN=0: not a number, 0..1");
	set(t, "BFO_MAC", "BFO_MAC: write NAME=value");
	set(t, "", ": write NAME=value");
	set(t, "basicFlow.BFO_MACC=0",
	    "basicFlow.BFO_MACC: no such option (did you mean BFO_MAC?)");
	set(t, "bfo_vlan=0", "bfo_vlan: no such option (did you mean BFO_VLAN?)");
	set(t, "QQQQ=0", "QQQQ: no such option");
	set(t, "basicFlwo.BFO_MAC=0", "basicFlwo: no such plugin (did you mean basicFlow?)");
	set(t, "SHARED=1", "SHARED: ambiguous, write basicFlow.SHARED or txtSink.SHARED");
	set(t, "txtSink.SHARED=1", "");
	set(t, "BS_STATS=0", "basicStats.BS_STATS: plugin basicStats is not loaded in this run");
	set(t, "basicStats.BS_STATS=0",
	    "basicStats.BS_STATS: plugin basicStats is not loaded in this run");
	set(t, "compat=0.9.3", "compat=0.9.3: the only version known is 0.8.4");
	end(t, "errors");
}

static void
test_strings(struct test *t)
{
	static const struct { const char *value, *want; } v[] = {
		{ "", "" }, { ",", "," }, { ";", ";" }, { "\\t", "\t" },
		{ "a\\\\b", "a\\b" }, { "a\\qb", "a\\qb" }, { "a=b", "a=b" }, { "a, b", "a, b" },
		{ "\"\"", "" }, { "\"a b\"", "a b" }, { "'\"'", "\"" }, { "\\\"", "\"" },
		{ "\"a,BFO_MAC=0\"", "a,BFO_MAC=0" }, { "\"x\\\",BFO_MAC=0\"", "x\",BFO_MAC=0" },
		{ "it's", "it's" }, { "\\", "\\" }, { "#", "#" },
	};
	char s[64];

	begin(t);
	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		snprintf(s, sizeof(s), "TEXT=%s", v[i].value);
		set(t, s, "");
		check(t, s, str(t, "txtSink", "TEXT"), v[i].want);
		snprintf(s, sizeof(s), "TEXT=%s,BFO_SIGNED=%zu", v[i].value, i % 5);
		set(t, s, "");
		check(t, s, str(t, "txtSink", "TEXT"), v[i].want);
		check_int(t, s, num(t, "basicFlow", "BFO_SIGNED"), (int64_t)i % 5);
	}
	check_int(t, "untouched", num(t, "basicFlow", "BFO_MAC"), 1);
	set(t, "TEXT= ", "");
	check(t, "blank", str(t, "txtSink", "TEXT"), " ");
	set(t, "TEXT=\"a", "txtSink.TEXT=\"a: the quote is not closed");
	end(t, "strings");
}

static void
test_file(struct test *t)
{
	begin(t);
	file(t, "# comment\n\nbasicFlow.BFO_MAC=0\n  BFO_VLAN = 0x2  # two\r\n"
	    "[txtSink]\nSEP_CHR = ;\nTEXT = \" # \" # blank\n[ core ]\nFLOW_TIMEOUT=9", "");
	check_int(t, "BFO_MAC", num(t, "basicFlow", "BFO_MAC"), 0);
	check_int(t, "BFO_VLAN", num(t, "basicFlow", "BFO_VLAN"), 2);
	check(t, "SEP_CHR", str(t, "txtSink", "SEP_CHR"), ";");
	check(t, "TEXT", str(t, "txtSink", "TEXT"), " # ");
	check_int(t, "FLOW_TIMEOUT", num(t, "core", "FLOW_TIMEOUT"), 9);
	file(t, "[basicStats]\nBS_STATS=0\nbasicStats.X=1\n[]\nBS_STATS=1\n", "");
	file(t, "\n\nBFO_MAC=7\n", ": line 3: basicFlow.BFO_MAC=7: out of range, 0..1");
	file(t, "[basicFlow]\nBFO_MACC=0\n",
	    ": line 2: basicFlow.BFO_MACC: no such option (did you mean BFO_MAC?)");
	file(t, "QQQQ=1\n", ": line 1: QQQQ: no such option");
	file(t, "[basicFlwo]\n", ": line 1: basicFlwo: no such plugin (did you mean basicFlow?)");
	file(t, "[basicFlow\n", ": line 1: [basicFlow: write [plugin]");
	file(t, "hello\n", ": line 1: hello: write NAME=value");
	file(t, "TEXT = # none\n", ": line 1: TEXT: no value; write \"\" for an empty text");
	check_int(t, "missing", opts_file(&t->o, "/nonexistent/t2.conf", false), 0);
	check_int(t, "missing", opts_file(&t->o, "/nonexistent/t2.conf", true), -1);
	check(t, "missing", t->o.err, "/nonexistent/t2.conf: No such file or directory");
	check_int(t, "folder", opts_file(&t->o, "/", false), -1);
	check(t, "folder", t->o.err, "/: Is a directory");
	end(t, "config file");
}

static void
test_environ(struct test *t)
{
	char *good[] = { "PATH=/bin", "BFO_MAC=0", "T2_BFO_VLAN=2", "BFO_VLAN=0", "SEP_CHR=\\t|",
		"BFO_MACC=9", "T2_HOME=x", "SHARED=1", NULL };
	char *bad[] = { "T2_BFO_MAC=yes", NULL };

	begin(t);
	check_int(t, "environ", opts_environ(&t->o, good), 0);
	check_int(t, "BFO_MAC", num(t, "basicFlow", "BFO_MAC"), 0);
	check_int(t, "T2_ wins", num(t, "basicFlow", "BFO_VLAN"), 2);
	check(t, "SEP_CHR", str(t, "txtSink", "SEP_CHR"), "\t|");
	check_int(t, "all owners", num(t, "txtSink", "SHARED"), 1);
	check_int(t, "bad", opts_environ(&t->o, bad), -1);
	check(t, "bad", t->o.err,
	    "environment variable T2_BFO_MAC: basicFlow.BFO_MAC=yes: not a number, 0..1");
	end(t, "environment");
}

static void
test_precedence(struct test *t)
{
	char *env[] = { "BFO_NEW=3", "BFO_VLAN=0", NULL };

	begin(t);
	set(t, "basicFlow.BFO_NEW=4", "");      /* strongest first: the order must not matter */
	check_int(t, "environ", opts_environ(&t->o, env), 0);
	file(t, "BFO_NEW=1\nBFO_VLAN=1\ncompat=0.8.4\n", "");
	check_int(t, "-o", num(t, "basicFlow", "BFO_NEW"), 4);
	check_int(t, "environ", num(t, "basicFlow", "BFO_VLAN"), 0);
	check_int(t, "compat", num(t, "core", "FRAG_ATTACH"), 0);
	check_int(t, "compat", t->o.compat, 1);
	file(t, "core.FRAG_ATTACH=1\n", "");
	check_int(t, "file", num(t, "core", "FRAG_ATTACH"), 1);
	set(t, "core.compat=0.8.4", "");
	check_int(t, "file", num(t, "core", "FRAG_ATTACH"), 1);
	check_int(t, "later", opts_add(&t->o, "later", flow_table), 0);
	check_int(t, "later", num(t, "later", "BFO_NEW"), 5);
	check_int(t, "later", num(t, "later", "BFO_MAC"), 1);
	check(t, "string", str(t, "txtSink", "SEP_CHR"), "\t");
	end(t, "precedence");
}

static void
test_when(struct test *t)
{
	static const struct { const char *when; int want; } v[] = {
		{ NULL, 1 }, { "", 1 }, { "BFO_MAC", 1 }, { "!BFO_MAC", 0 }, { "BFO_VLAN=2", 0 },
		{ "BFO_VLAN=1", 1 }, { "!BFO_VLAN=2", 1 }, { "BFO_MAC,BFO_VLAN=1", 1 },
		{ "BFO_MAC,!BFO_VLAN", 0 }, { "BFO", -1 }, { "SHARED,BFO_MACC", -1 },
		{ "SHARED", 0 }, { "BFO_SIGNED=-1,BFO_MAC", 1 },
	};

	begin(t);
	set(t, "BFO_SIGNED=-1", "");
	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		check_int(t, v[i].when ? v[i].when : "NULL",
		    opts_when(opts_owner(&t->o, "basicFlow"), v[i].when), v[i].want);
	check_int(t, "empty string", opts_when(opts_owner(&t->o, "txtSink"), "TEXT"), 0);
	check_int(t, "string", opts_when(opts_owner(&t->o, "txtSink"), "SEP_CHR"), 1);
	check_int(t, "no options", opts_when(NULL, NULL), 1);
	check_int(t, "no options", opts_when(NULL, "X"), -1);
	end(t, "column conditions");
}

/* What opts_print_set() writes must give the same values when read again. */
static void
test_print(struct test *t)
{
	char *buf[2] = { NULL, NULL };
	size_t size;
	FILE *f;

	begin(t);
	set(t, "BFO_MAC=0", "");
	set(t, "BFO_VLAN=1", "");
	set(t, "BFO_SIGNED=-3", "");
	set(t, "TEXT=\"a\\t \\\"b\\\" \\\\ ,SEP_CHR=' \\n\"", "");
	for (int i = 0; i < 2; i++) {
		f = open_memstream(&buf[i], &size);
		opts_print_set(&t->o, f);
		fclose(f);
		opts_free(&t->o);
		begin(t);
		set(t, buf[i], "");
	}
	check(t, "print", buf[0], "basicFlow.BFO_MAC=0 basicFlow.BFO_SIGNED=-3 "
	    "txtSink.TEXT=\"a\\t \\\"b\\\" \\\\ ,SEP_CHR=' \\n\"");
	check(t, "read again", buf[1], buf[0]);
	free(buf[0]);
	free(buf[1]);
	end(t, "printing what is set");
}

static void
test_near(struct test *t)
{
	static const char *const list[] = { "basicFlow", "basicStats", "tcpFlags", "tcpStates",
		"BFO_MAC", "BFO_VLAN", "X" };
	static const struct { const char *word, *want; } v[] = {
		{ "basicFlwo", "basicFlow" }, { "BASICFLOW", "basicFlow" },
		{ "basicStat", "basicStats" }, { "tcpFlag", "tcpFlags" },
		{ "tcpStat", "tcpStates" },
		{ "BFO_MCA", "BFO_MAC" }, { "flow", "(none)" }, { "", "(none)" }, { "q", "(none)" },
		{ "entirelyDifferent", "(none)" },
	};
	char word[200];

	for (size_t i = 0; i < ARRAY_LEN(v); i++) {
		const char *near = word_nearest(v[i].word, list, ARRAY_LEN(list));
		check(t, v[i].word, near ? near : "(none)", v[i].want);
	}
	memset(word, 'x', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	check_int(t, "long word", word_nearest(word, list, ARRAY_LEN(list)) != NULL, 0);
	end(t, "nearest word");
}

int
main(void)
{
	char conf[] = "/tmp/t2-unit-opt-XXXXXX";
	struct test t = { .conf = conf };
	int fd = mkstemp(conf);

	if (fd < 0) {
		perror(conf);
		return 1;
	}
	close(fd);
	test_set(&t);
	test_errors(&t);
	test_strings(&t);
	test_file(&t);
	test_environ(&t);
	test_precedence(&t);
	test_when(&t);
	test_print(&t);
	test_near(&t);
	unlink(conf);
	return t.failed > 0;
}
