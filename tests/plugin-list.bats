#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# plugin-list.bats - lists of plugins: the user's, those of folders, -b; names of the user's own
# plugins; broken ones left out if asked.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	own_folder
	mkdir -p "$own"
}

# made NAME FILE [COLUMN]: a plugin with one column
made() {
	printf '#include "t2.h"
	static const struct col c[] = { { .name = "%s", .type = "U32", .text = "t" }, { 0 } };
	const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "%s", .version = "1", .order = 700, .flow_size = 4, .cols = c };
	' "${3:-$1Col}" "$1" >"$1.c"
	cc -std=gnu11 -shared -fPIC -DT2_SO "-I$T2_TOP/lib" -o "$2" "$1.c"
}

names() {
	t2cols -L "$@" | awk -F '\t' '$4 == "yes" { print $2 }' | tr '\n' ' '
}

@test "the user's list: what runs have, in all tools" {
	printf '# mine\nbasicStats\n\n  100_basicFlow.so \ntxtSink\n' >"$own/plugins.txt"
	same 'basicFlow basicStats ' "$(names)"
	same "$(t2flow -p basicFlow,basicStats -r "$f")" "$(t2flow -r "$f")"
	same "$(t2pkt -p basicFlow,basicStats -r "$f")" "$(t2pkt -r "$f")"
	t2 -r "$f" -w out >report
	is "$(sed -n '/^Active/,/txtSink/p' report | cut -d , -f 1)" <<-E
	Active plugins:
	    01: basicFlow
	    02: basicStats
	    03: txtSink
	E
	# an editor's mark in front, CR-LF, and what is no text
	printf '\357\273\277basicStats\r\nbasicFlow\r\n' >"$own/plugins.txt"
	same 'basicFlow basicStats ' "$(names)"
	printf 'basicStats\0\n' >"$own/plugins.txt"
	run -2 t2flow -r "$f"
	[[ $output == "t2flow: plugin list $own/plugins.txt: "* ]]
	# -p has its own
	same "$(t2cols -p standard -t)" "$(t2cols -p standard -b | head -n 0; XDG_DATA_HOME=/none t2cols -t)"
	same 'connStat ' "$(names -p connStat)"
	# an empty one: the core alone
	: >"$own/plugins.txt"
	same '%dir' "$(t2flow -r "$f" | head -n 1)"
	rm "$own/plugins.txt"
	same "$(XDG_DATA_HOME=/none t2flow -r "$f")" "$(t2flow -r "$f")"
}

@test "an unknown name in a list is told" {
	echo basicFlw >"$own/plugins.txt"
	run -2 t2flow -r "$f"
	same 't2flow: no such plugin: basicFlw (did you mean basicFlow?)' "$output"
	run -0 --separate-stderr t2flow --skip-broken -r "$f"
	same '%dir' "${lines[0]}"
	same 't2flow: no such plugin: basicFlw (did you mean basicFlow?); left out' "$stderr"
}

@test "-b FILE: instead of the user's list, of a folder too" {
	echo connStat >"$own/plugins.txt"
	printf 'basicFlow\n' >list
	same "$(t2flow -p basicFlow -r "$f")" "$(t2flow -b list -r "$f")"
	same "$(t2flow -p basicFlow -r "$f")" "$(t2flow --plugin-list list -r "$f")"
	mkdir dir
	made one dir/one.so
	made two dir/two.so
	same $'%dir\toneCol\ttwoCol' "$(t2flow -p dir -r "$f" | head -n 1)"
	printf 'two\n' >list
	same $'%dir\ttwoCol' "$(t2flow -p dir -b list -r "$f" | head -n 1)"
	printf '100_basicFlow.so\none\n' >dir/plugins.txt
	same "$(t2flow -p basicFlow -r "$f" | head -n 1)"$'\toneCol' "$(t2flow -p dir -r "$f" | head -n 1)"
	run -2 t2flow -b nosuch -r "$f"
	same 't2flow: plugin list nosuch: No such file or directory' "$output"
	run -2 t2flow -p basicFlow -b list -r "$f"
	[[ $output == *'no list to choose from' ]]
	run -2 t2flow -b "$W" -r "$f"
	[[ $output == *'Is a directory' ]]
}

@test "t2proto, t2icmp, t2extract take -b" {
	echo protoStats >list
	same "$(t2proto -p protoStats -r "$f")" "$(t2proto -b list -r "$f")"
	t2icmp -b list -r "$f" >/dev/null
	t2flow -b list -w x -r "$f"
	run -2 t2extract -H x_headers.txt -b list -w y.pcap -r "$f" 1
	[[ $output == *'no -p, -b'* ]]
}

@test "the user's own plugins go by their names" {
	made mine "$own/mine.so"
	same $'%dir\tmineCol' "$(t2flow -p mine -r "$f" | head -n 1)"
	same "$(XDG_DATA_HOME=/none names -p standard)" "$(names)"   # not in the list: not in runs
	[[ $(names -p all) == *' mine ' ]]
	same $'700\tmine\t1\tno\t'"$own/mine.so"$'\t' "$(t2cols -L | grep mine)"
	printf 'mine\n' >"$own/plugins.txt"
	same $'%dir\tmineCol' "$(t2flow -r "$f" | head -n 1)"
	# a recorded run finds them again
	t2flow -w out -r "$f"
	t2extract -H out_headers.txt -w z.pcap -r "$f" 1
	[ -s z.pcap ]
}

@test "settings of the user's own plugins may stay when they take no part" {
	made mine "$own/mine.so"
	mkdir -p "$XDG_CONFIG_HOME/t2"
	printf '[mine]\nANY=1\n' >"$XDG_CONFIG_HOME/t2/t2.conf"
	t2flow -r "$f" >/dev/null
	rm "$own/mine.so"
	run -2 t2flow -r "$f"
	[[ $output == *'mine: no such plugin' ]]
	mkdir "$own/mine"               # its source
	t2flow -r "$f" >/dev/null
}

@test "a column that is there already: refused, or left out if asked" {
	made thief ./thief.so srcIP
	run -2 t2flow -p basicFlow,./thief.so -r "$f"
	same 't2flow: ./thief.so: its column srcIP is one of basicFlow already' "$output"
	run -2 t2flow -p ./thief.so,basicFlow -r "$f"
	same 't2flow: ./thief.so: its column srcIP is one of basicFlow already' "$output"
	t2flow -p ./thief.so -r "$f" | head -n 1 | grep -qx $'%dir\tsrcIP'
	made core ./core.so dir
	run -2 t2flow -p ./core.so -r "$f"
	same 't2flow: ./core.so: its column dir is one of the core already' "$output"
	run -0 --separate-stderr t2flow --skip-broken -p basicFlow,./thief.so -r "$f"
	same "$(t2flow -p basicFlow -r "$f")" "$output"
	same 't2flow: ./thief.so: its column srcIP is one of basicFlow already; left out' "$stderr"
	# also one that options switch off
	made second ./second.so srcIPASN
	run -2 t2flow -p standard,./second.so -r "$f"
	[[ $output == *'its column srcIPASN is one of basicFlow already' ]]
}

@test "missing symbols and another abi: one line, and left out if asked" {
	printf 'int nowhere(void);\n#include "t2.h"
	static int x(void *s, const char *p) { (void)s; (void)p; return nowhere(); }
	const struct plugin t2_plugin = { PLUGIN_HEAD, .name = "lacks", .version = "1", .order = 1, .files = x };\n' >lacks.c
	cc -std=gnu11 -shared -fPIC -DT2_SO "-I$T2_TOP/lib" -o lacks.so lacks.c
	run -2 t2flow -p ./lacks.so -r "$f"
	[[ $output == *'./lacks.so: undefined symbol: nowhere' ]]
	[ "${#lines[@]}" -eq 1 ]
	sed 's/PLUGIN_HEAD/T2_ABI + 1, T2_LAYOUT/; s/nowhere()/0/' lacks.c >old.c
	cc -std=gnu11 -shared -fPIC -DT2_SO "-I$T2_TOP/lib" -o old.so old.c
	run -2 t2flow -p ./old.so -r "$f"
	[[ $output == 't2flow: ./old.so: built for another version of t2 (abi '*', this is '*'): build it again' ]]
	run -0 --separate-stderr t2flow --skip-broken -p basicFlow,./old.so,./lacks.so -r "$f"
	same "$(t2flow -p basicFlow -r "$f")" "$output"
	same 2 "$(grep -c 'left out$' <<<"$stderr")"
}

@test "a program with file capabilities loads no .so" {
	[ "$(id -u)" -eq 0 ] || skip 'only root can give capabilities'
	needs setcap setpriv
	cp "$BUILD/bin/t2flow" .
	setcap cap_net_raw+ep t2flow 2>/dev/null || skip 'no capabilities here'
	chmod 755 "$W" "$BATS_RUN_TMPDIR" 2>/dev/null
	made mine ./mine.so
	cp "$f" cap
	chmod 644 cap mine.so
	d=$(mktemp -d)
	chmod 755 "$d"
	cp -p cap mine.so "$d" && mv t2flow "$d"
	setcap cap_net_raw+ep "$d/t2flow"
	cd "$d"
	run setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent ./t2flow -p ./mine.so -r cap
	rm -r "$d"
	same 't2flow: ./mine.so: not loaded, as this program has more rights than its user' "$output"
}
