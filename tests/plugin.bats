#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# plugin.bats - plugins from outside: the example is built and used, strangers are refused.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	own_folder
}

# so NAME [FLAG...]: NAME.so from NAME.c
so() {
	local name=$1
	shift
	cc -std=gnu11 -O1 -Wall -Wextra -Werror -shared -fPIC -DT2_SO "-I$T2_TOP/lib" "$@" -o "$name.so" "$name.c"
}

# example: hello.so of the source tree, built by its own Makefile
example() {
	cp -r "$T2_TOP/examples/plugin/hello.c" "$T2_TOP/examples/plugin/Makefile" .
	make -s T2="-I$T2_TOP/lib" CFLAGS='-O2 -Wall -Wextra -Werror'
}

# One line of C that is a plugin with something wrong or special.
made() {
	printf '#include "t2.h"\n%s\n' "$2" >"$1.c"
	so "$1"
}

@test "the example builds without warnings, its columns are printed" {
	example
	t2flow -p basicFlow,./hello.so -r "$f" >rows
	head -n 1 rows | grep -q $'l4Proto\thelloFirstByte\thelloPktSizes$'
	is "$(cut -f 1,23,24 rows | tail -n +2)" <<-E
	A	0x00	142;242;642
	B	0x00	92
	E
	t2flow -p basicFlow,./hello.so -o hello.HELLO_N=1 -r "$f" >rows
	is "$(cut -f 24 rows)" <<-E
	helloPktSizes
	142
	92
	E
	printf hello >x
	t2flow -p ./hello.so -r "$(crafted cap-us-le)" | cut -f 2 | sed -n 2p | grep -qx 0x71
}

@test "the example's only external symbol is t2_plugin" {
	example
	same t2_plugin "$(nm -D --defined-only hello.so | awk '{ print $3 }' | grep -v '^_')"
}

@test "t2cols describes a plugin's columns and options too" {
	example
	run -0 t2cols -p basicFlow,./hello.so helloPktSizes
	[[ $output == *'Lengths of the first packets'* ]]
	t2cols -O -p ./hello.so | tr -s ' ' | grep -q '^hello.HELLO_N 4 4 1..16 '
	run -2 t2flow -p basicFlow,./hello.so -o HELLO_N=17 -r "$f"
	same 't2flow: hello.HELLO_N=17: out of range, 1..16' "$output"
}

@test "its columns follow by order, wherever it stands in the list" {
	example
	first=$(t2flow -p ./hello.so,basicFlow,basicStats -r "$f" | head -n 1)
	same "$first" "$(t2flow -p basicStats,basicFlow,./hello.so -r "$f" | head -n 1)"
	[[ $first == *bytAsm$'\t'hello* ]]
}

@test "a folder replaces the built-in plugins" {
	example
	mkdir plugins
	cp hello.so plugins
	t2flow -p plugins -r "$f" >rows
	same $'%dir\thelloFirstByte\thelloPktSizes' "$(head -n 1 rows)"
	t2flow -p "$W/plugins/" -r "$f" | cmp - rows
	mkdir empty
	run -2 t2flow -p ./empty -r "$f"
	[[ $output == *'there are no .so files in it' ]]
	run -2 t2flow -p ./missing/ -r "$f"
	[[ $output == *'No such file or directory' ]]
}

@test "another version of the interface is refused" {
	made old 'const struct plugin t2_plugin = { T2_ABI + 1, T2_LAYOUT, .name = "old", .version = "1", .order = 1 };'
	run -2 t2flow -p ./old.so -r "$f"
	[[ $output == 't2flow: ./old.so: built for another version of t2'*abi* ]]
	[ "${#lines[@]}" -eq 1 ]
	made layout 'const struct plugin t2_plugin = { T2_ABI, T2_LAYOUT + 8, .name = "layout", .version = "1", .order = 1 };'
	run -2 t2flow -p ./layout.so -r "$f"
	[[ $output == 't2flow: ./layout.so: built for another version of t2'*layout* ]]
}

@test "what is no plugin is refused" {
	made stranger 'int x(void); int x(void) { return 1; }'
	run -2 t2flow -p ./stranger.so -r "$f"
	same 't2flow: ./stranger.so: not a plugin of t2 (it has no t2_plugin)' "$output"
	made nameless 'const struct plugin t2_plugin = { PLUGIN_HEAD, .version = "1", .order = 1 };'
	run -2 t2flow -p ./nameless.so -r "$f"
	same 't2flow: ./nameless.so: plugin without name or version' "$output"
	made order 'const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "o", .version = "1", .order = 1000 };'
	run -2 t2flow -p ./order.so -r "$f"
	[[ $output == *'order 1000 is out of range'* ]]
	made bare 'static const struct opt opts[] = { { .name = "BARE_X", .max = 3 }, { 0 } };
	    const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "bare", .version = "1", .order = 1, .opts = opts };'
	run -2 t2cols -p ./bare.so -m
	same 't2cols: ./bare.so: BARE_X has no description' "$output"
	made bare 'static uint64_t n(const void *s) { (void)s; return 1; }
	    static const struct moncol m[] = { { .name = "bareNum", .count = n }, { 0 } };
	    const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "bare", .version = "1", .order = 1, .moncols = m };'
	run -2 t2 -p ./bare.so -r "$f" -w out --prometheus out.prom
	same 't2: ./bare.so: bareNum has no description' "$output"
	echo 'not an object' >text.so
	run -2 t2flow -p ./text.so -r "$f"
	[ "${#lines[@]}" -eq 1 ]
	run -2 t2flow -p ./missing.so -r "$f"
	[ "${#lines[@]}" -eq 1 ]
}

@test "unknown and doubled names" {
	run -2 t2flow -p basicFlw -r "$f"
	same 't2flow: no such plugin: basicFlw (did you mean basicFlow?)' "$output"
	run -2 t2flow -p basicFlow,xyzzyxyz -r "$f"
	same 't2flow: no such plugin: xyzzyxyz' "$output"
	run -2 t2flow -p basicFlow,basicStats,basicFlow -r "$f"
	same 't2flow: plugin basicFlow is given twice' "$output"
	example
	run -2 t2flow -p ./hello.so,./hello.so -r "$f"
	same 't2flow: plugin hello is given twice' "$output"
}

@test "no plugins at all: the direction alone" {
	is "$(t2flow -p none -r "$f")" <<-E
	%dir
	A
	B
	E
	same "$(t2flow -p none -r "$f")" "$(t2flow -p '' -r "$f")"
}

@test "names of the reference's list files" {
	same "$(t2flow -p basicFlow,basicStats -r "$f")" "$(t2flow -p '100_basicFlow.so, 120_basicStats.so' -r "$f")"
}

@test "a column that cannot be is told at start" {
	made column 'static const struct col c[] = { { .name = "x", .type = "NOPE", .text = "t" }, { 0 } };
	const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "column", .version = "1", .order = 1, .flow_size = 8, .cols = c };'
	run t2flow -p ./column.so -r "$f"
	[ "$status" -ne 0 ]
	[[ $output == *column*x* ]]
	made when 'static const struct col c[] = { { .name = "x", .type = "U8", .when = "NO_SUCH", .text = "t" }, { 0 } };
	const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "when", .version = "1", .order = 1, .flow_size = 8, .cols = c };'
	run t2flow -p ./when.so -r "$f"
	[ "$status" -ne 0 ]
	[[ $output == *NO_SUCH* ]]
}

@test "a watch on an option that is not there is told at start" {
	made w 'static bool holds(const struct flow *f, const void *s, int64_t n) { (void)f; (void)s; return n > 0; }
	    static const struct watch w[] = { { .alarm = "W_ALARM", .holds = holds }, { .holds = NULL } };
	    const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "w", .version = "1", .order = 1, .watches = w };'
	run -1 t2flow -p ./w.so -r "$f"
	same 't2flow: w: a watch names W_ALARM, which is no option' "$output"
}

@test "a plugin that fails at start stops the run with its words" {
	made fails 'static void *init(struct t2 *t, const struct optval *o) { (void)o; t2_error(t, "fails: no reason"); return NULL; }
	const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "fails", .version = "1", .order = 1, .init = init };'
	run -1 t2flow -p ./fails.so -r "$f"
	same 't2flow: fails: no reason' "$output"
}

@test "hooks: new, packet, end, gone, once each and in this order" {
	made hooks 'static void say(const char *what, const struct flow *f) { printf("%s %llu\n", what, (unsigned long long)f->index); fflush(stdout); }
	static void fnew(void *st, void *s, struct flow *f, const struct pkt *p) { (void)st; (void)p; *(int *)s = 7; say("new", f); }
	static void packet(void *st, void *s, struct flow *f, const struct pkt *p) { (void)st; (void)p; ++*(int *)s; say("packet", f); }
	static void end(void *st, void *s, struct flow *f) { (void)st; (void)s; say("end", f); }
	static void gone(void *st, void *s, struct flow *f) { (void)st; (void)s; say("gone", f); }
	static const struct col c[] = { { .name = "n", .type = "U32", .text = "t" }, { 0 } };
	const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "hooks", .version = "1", .order = 1, .flow_size = 4, .cols = c,
		.flow_new = fnew, .packet = packet, .flow_end = end, .flow_gone = gone };'
	t2flow -p ./hooks.so -w out -r "$f" >log
	is "$(tr '\n' , <log)" <<-E
	new 1,packet 1,packet 1,new 1,packet 1,packet 1,end 1,end 1,gone 1,gone 1,
	E
	is "$(cat out_flows.txt)" <<-E
	%dir	n
	A	10
	B	8
	E
}

# members STRUCT: of a structure of t2.h, one a line
members() {
	awk -v s="$1" '$0 ~ "^struct " s " \\{" { on = 1; next } /^}/ { on = 0 }
		on { sub(/\/\*.*/, ""); sub(/^[ \t]*\*.*/, ""); printf "%s ", $0 }' "$T2_TOP/lib/t2.h" |
	    tr ';' '\n' | sed 's/(\*\([a-z_]*\)).*/\1/; s/([^)]*)//g' |
	    tr -d '*' | tr ',' '\n' | awk 'NF { print $NF }'
}

@test "t2plugin.3 names each member that a plugin fills in" {
	for s in plugin col pktcol opt bit; do
		[ "$(members $s | wc -l)" -ge 4 ]
		for m in $(members $s); do
			grep -qw -- "$m" "$T2_TOP/man/t2plugin.3" || echo "$s.$m"
		done
	done >missing
	same '' "$(cat missing)"
	same 'abi layout name version order' "$(members plugin | head -n 5 | tr '\n' ' ' | sed 's/ $//')"
}

@test "the example of t2plugin.3 compiles and counts" {
	awk '/^#include "t2.h"/ { on = 1 } /^\.Ed/ { on = 0 } on { gsub(/\\e/, "\\"); print }' \
	    "$T2_TOP/man/t2plugin.3" >payload.c
	so payload
	same $'%dir\tnumPktsPl\nA\t3\nB\t1' "$(t2flow -p ./payload.so -r "$f")"
}
