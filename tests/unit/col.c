/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test of the column types and the column walk (type.c, col.c): notation of types, what is
 * refused at start, header, record and list of a small plugin.
 *
 * Each group prints "ok N name", or what is wrong and "not ok N name"; exit 1 if any failed.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../lib/priv.h"
#include "../../lib/schema.h"

struct test {
	int group, bad, failed;         /* number, faults of the current one, groups that failed */
};

static void
check(struct test *t, bool ok, const char *what)
{
	if (!ok && t->bad++ < 10)
		printf("wrong: %s\n", what);
}

static void
check_text(struct test *t, const char *got, const char *want)
{
	check(t, strcmp(got, want) == 0, got);
	if (strcmp(got, want) != 0)
		printf(" want: %s\n", want);
}

static void
group_end(struct test *t, const char *name)
{
	printf("%s %d %s\n", t->bad > 0 ? "not ok" : "ok", ++t->group, name);
	t->failed += t->bad > 0;
	t->bad = 0;
}

/* types ----------------------------------------------------------------------------------- */

static void
test_types(struct test *t)
{
	static const struct {
		const char *spec;
		int n;
		bool repeated;
		const char *numeric;
	} good[] = {
		{ "U64", 1, false, "10" }, { "U64.U32", 1, false, "26" },
		{ "TIME", 1, false, "25" },
		{ "MAC_MAC_U64:R", 3, true, "27_27_10:R" }, { "H32_H32_H16", 3, false, "15_15_14" },
		{ "SC:R", 1, true, "31:R" }, { "U8_(H16_S:R)_F", 4, false, "7_(14_23:R)_19" },
		{ "(U8_U16:N)_I64:R", 3, true, "(7_8:N)_4:R" },
	};
	static const char *const bad[] = { "", "U", "U65", "U8_", "_U8", "U8:", "U8:X", "(U8",
		"U8)", "()", "U8:R:R", "U8 ", "U8__U8", "((((((((((U8))))))))))" };
	const struct type *v[8];
	char label[TYPE_LABEL];
	bool r;

	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		check(t, type_parse(good[i].spec, v, 8, &r) == good[i].n, good[i].spec);
		check(t, r == good[i].repeated, good[i].spec);
		type_label(label, good[i].spec, true, false);
		check_text(t, label, good[i].numeric);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		check(t, type_parse(bad[i], v, 8, &r) < 0, bad[i]);
	check(t, type_parse("U8_U8_U8", v, 2, &r) < 0, "more parts than room");
	check_text(t, type_label(label, "TIME", false, false), "U64.U32");
	check_text(t, type_label(label, "TIME:R", false, true), "S:R");
	group_end(t, "column types");
}

/* columns --------------------------------------------------------------------------------- */

struct slot {
	uint64_t u64;
	uint16_t u16;
	int8_t i8;
	uint8_t ip4[4];
	int64_t ns;
	const char *s;
};
#define S(field) BASE_SLOT, offsetof(struct slot, field)

static void
pair_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *s = slot;

	put_u64(o, s->u16);
	put_sub(o);
	put_i64(o, s->i8);
	put_rep(o);
	put_u64(o, f->index);
	put_sub(o);
	put_i64(o, *(int *)state);
}

static const struct opt opts_table[] = {
	OPT("ON", 0, 1, 1, "on"), OPT("OFF", 0, 1, 0, "off"), { .name = NULL },
};
static const struct col cols[] = {
	{ "flowInd", "U64", BASE_FLOW, offsetof(struct flow, index), NULL, NULL, NULL, "index" },
	{ "stat", "H64", S(u64), NULL, "ON", NULL, "status" },
	{ "gone", "U16", S(u16), NULL, "OFF", NULL, "not printed" },
	{ "first", "TIME", BASE_FLOW, offsetof(struct flow, first), NULL, NULL, NULL, "first" },
	{ "span", "U64.U32", S(ns), NULL, NULL, NULL, "span" },
	{ "addr", "IP4", S(ip4), NULL, NULL, NULL, "address" },
	{ "pair", "U16_I8:R", S(u64), pair_emit, NULL, NULL, "pairs" },
	{ "who", "S", S(s), NULL, NULL, NULL, "name" },
	{ "cc", "SC", S(s), NULL, "ON=1,!OFF", NULL, "code" },
	{ .name = NULL },
};

static struct plugin
plugin_of(const struct col *c)
{
	return (struct plugin){ PLUGIN_HEAD, .name = "p", .version = "1", .order = 1,
		.opts = opts_table, .flow_size = sizeof(struct slot), .cols = c };
}

/* The message of colset_make for plugin p with this one column, "" for none. */
static void
refuse(struct test *t, const struct opts *o, struct col c, const char *want)
{
	struct col table[] = { c, { .name = NULL } };
	struct plugin p = plugin_of(table);
	struct loaded pl = { .p = &p };
	struct colset s;
	char err[128] = "";

	if (colset_make(&s, &pl, 1, o, err, sizeof(err)) == 0)
		colset_free(&s);
	check_text(t, err, want);
}

static void
test_refused(struct test *t, const struct opts *o)
{
	refuse(t, o, (struct col){ "a", "U8", S(i8), NULL, NULL, NULL, "x" }, "");
	refuse(t, o, (struct col){ "a", "U9", S(i8), NULL, NULL, NULL, "x" },
	    "p: column a: unknown type 'U9'");
	refuse(t, o, (struct col){ "a", "IPX", S(ip4), NULL, NULL, NULL, "x" },
	    "p: column a: type IPX needs an emit function");
	refuse(t, o, (struct col){ "a", "U8:R", S(i8), NULL, NULL, NULL, "x" },
	    "p: column a: type U8:R needs an emit function");
	refuse(t, o, (struct col){ "a", "U8", S(i8), NULL, "OF", NULL, "x" },
	    "p: column a: unknown option in its condition 'OF'");
	refuse(t, o, (struct col){ "a", "IP6", S(s), NULL, NULL, NULL, "x" },
	    "p: column a: offset 24 is outside of its 32 bytes");
	refuse(t, o, (struct col){ "dir", "U8", S(i8), NULL, NULL, NULL, "x" },
	    "p: column dir: core has a column of this name");
	refuse(t, o, (struct col){ "a", "U8", S(i8), NULL, NULL, NULL, NULL },
	    "p: column a: no description");
	group_end(t, "wrong columns are refused");
}

static void
test_lists(struct test *t, const struct colset *s)
{
	char *list = NULL;
	size_t len;
	FILE *m = open_memstream(&list, &len);

	col_list(m, s, false, false);
	col_list(m, s, true, false);
	fclose(m);
	check_text(t, list, "1\tC\tdir\tFlow direction\n2\tU64\tflowInd\tindex\n"
	    "3\tH64\tstat\tstatus\n4\tU64.U32\tfirst\tfirst\n5\tU64.U32\tspan\tspan\n"
	    "6\tIP4\taddr\taddress\n7\tU16_I8:R\tpair\tpairs\n8\tS\twho\tname\n9\tSC\tcc\tcode\n"
	    "1\t24\tdir\tFlow direction\n2\t10\tflowInd\tindex\n3\t16\tstat\tstatus\n"
	    "4\t25\tfirst\tfirst\n5\t26\tspan\tspan\n6\t28\taddr\taddress\n"
	    "7\t8_1:R\tpair\tpairs\n8\t23\twho\tname\n9\t31\tcc\tcode\n");
	free(list);
	group_end(t, "column lists");
}

/* Header and one record, written to a file and read back. */
static void
test_record(struct test *t, const struct colset *s, const struct flow *f)
{
	static const char *const want =
	    "%1                    \n%9\n%24\t10\t16\t25\t26\t28\t8_1:R\t23\t31\n"
	    "%dir\tflowInd\tstat\tfirst\tspan\taddr\tpair\twho\tcc\n"
	    "B\t7\t0x0000000000000abc\t1.500000\t-0.001500\t192.0.2.1\t65535_-1;7_42\t"
	    "\"a\\tb\"\ta\\tb\n";
	struct out_conf conf = { .sep = '\t', .hdr_chr = '%', .ts_digits = 6, .san_utf8 = true };
	char path[] = "/tmp/colXXXXXX", got[1024] = "";
	int fd = mkstemp(path);
	struct out o;

	if (fd < 0 || out_open(&o, path, &conf) < 0) {
		perror(path);
		exit(1);
	}
	col_header_extended(&o, s);
	col_header(&o, s);
	col_record(&o, s, f);
	check(t, col_header_count(&o, 1) == 0, "number of flows");
	check(t, out_close(&o) == 0, "out_close");
	check(t, read(fd, got, sizeof(got) - 1) > 0, "read");
	check_text(t, got, want);
	close(fd);
	unlink(path);
	group_end(t, "header and record");
}

int
main(void)
{
	int state = 42;
	struct test t = { 0 };
	struct plugin p = plugin_of(cols);
	struct loaded pl = { .p = &p, .state = &state, .off = sizeof(struct flow) };
	struct flow *f = calloc(1, sizeof(*f) + sizeof(struct slot));
	struct colset s;
	struct opts opts;
	char err[128] = "";

	*f = (struct flow){ .index = 7, .dir = 'B', .first = 1500000000 };
	*(struct slot *)(void *)f->slots = (struct slot){ 0xabc, 65535, -1, { 192, 0, 2, 1 },
		-1500000, "a\tb" };
	opts_init(&opts);
	opts_add(&opts, "p", opts_table);
	test_types(&t);
	test_refused(&t, &opts);
	check(&t, colset_make(&s, &pl, 1, &opts, err, sizeof(err)) == 0, err);
	test_lists(&t, &s);
	test_record(&t, &s, f);
	colset_free(&s);
	opts_free(&opts);
	free(f);
	return t.failed > 0;
}
