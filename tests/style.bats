#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# style.bats - the shape of the sources: sizes, names that are not used, what includes what, what
# the library shows to the linker; shell scripts and manuals are clean.

setup() {
	load lib
	cd "$T2_TOP" || return
	W=$BATS_TEST_TMPDIR
}

sources() {
	ls lib/*.[ch] lib/proto/*.c plugins/*.[ch] cmd/*.[ch] examples/plugin/*.c 2>/dev/null
}

# none: prints stdin and fails if there is any
none() {
	! grep .
}

# shell: all shell scripts
shell() {
	grep -lE '^#!.*\b(sh|bash|bats)( |$)' cmd/* tests/* tests/*/* examples/* 2>/dev/null
	ls tests/*.bash share/*.sh share/skeleton/test
}

# text: everything that people read and write
text() {
	sources
	ls awk/*.awk Makefile man/*.[1-8] man/*.in tests/*.bats tests/*.bash tests/*.py \
	    tests/*/*.[ch] tests/*/*.py tests/*/*.awk tests/*/*/*.py tests/run examples/*.py \
	    examples/*/*.py examples/plugin/Makefile 2>/dev/null
	find cmd -type f ! -name '*.[ch]'
}

@test "C files have at most 400 lines, all others 500" {
	# shellcheck disable=SC2046
	wc -l $(sources) | awk '$1 > 400 && $2 != "total"' | none
	for f in $(ls awk/*.awk 2>/dev/null; find cmd -type f ! -name '*.[ch]'); do
		echo "$(wc -l <"$f") $f"
	done | awk '$1 > 500' | none
}

# K&R: the name is on the line before {, and } ends the function, both in the first column
@test "functions have at most 100 lines" {
	# shellcheck disable=SC2046
	awk 'FNR == 1 { open = 0 }
	    /^[A-Za-z_].*\(/ { name = $0; at = FNR }
	    /^{/ { open = at }
	    /^}/ && open { if (FNR - open + 1 > 100) print FILENAME ": " FNR - open + 1 ": " name; open = 0 }' \
	    $(sources) | none
}

@test "nesting: at most 4 levels" {
	# shellcheck disable=SC2046
	awk '/^\t\t\t\t\t\t/ { print FILENAME ":" FNR ": " $0 }' $(sources) | none
}

@test "lines have at most 100 columns" {
	for f in $(sources; ls awk/*.awk 2>/dev/null); do
		expand "$f" | awk -v f="$f" 'length > 100 { print f ":" FNR ": " length }'
	done | none
}

@test "no blanks at line ends, tabs for indentation, files end with a line end" {
	for f in $(sources; ls awk/*.awk Makefile man/*.[1-8]); do
		grep -nH '[[:blank:]]$' "$f" || true
		[ -z "$(tail -c 1 "$f")" ] || echo "$f: no line end"
	done | none
	# shellcheck disable=SC2046
	grep -nE '^ {5,}[^ *]' $(sources) | none
}

@test "no conditional compilation" {
	# header guards, and the one switch that makes a plugin a .so
	# shellcheck disable=SC2046
	grep -nE '^[[:blank:]]*#[[:blank:]]*(if|elif|else|endif)' $(sources) |
	    grep -v '^lib/confine.c:' >"$W/if" || true
	awk -F: '
		{ n[$1]++; line[$1] = line[$1] $1 ":" $2 ":" $3 "\n" }
		/#ifndef [A-Z0-9_]+_H$/ { guard[$1] = 1 }
		/#ifdef T2_SO$/ { so[$1] = 1 }
		END { for (f in n)
			if (n[f] != 2 * guard[f] + 3 * (f == "lib/t2.h" && so[f])) printf "%s", line[f] }' "$W/if" | none
}

@test "no unsafe functions" {
	# shellcheck disable=SC2046
	grep -nE '\<(atoi|atol|atoll|atof|strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|system)\(' $(sources) |
	    none
}

@test "comments and code: no leftovers" {
	# shellcheck disable=SC2046
	grep -nwE 'TODO|FIXME|HACK' $(sources) | none
}

@test "only cap.c, cap_live.c and dump.c know pcap.h" {
	# shellcheck disable=SC2046
	grep -lE '#[[:blank:]]*include.*pcap(/|\.h)' $(sources) tests/unit/*.c |
	    grep -v '^lib/\(cap\|cap_live\|dump\)\.c$' | none
}

@test "each file says what licence it has, in its first lines" {
	for f in $(text; shell); do
		head -n 2 "$f" | grep -q 'SPDX-License-Identifier: BSD-2-Clause' || echo "$f"
	done | sort -u | none
}

@test "each C file starts with a comment that says what it is" {
	for f in $(sources); do
		sed -n 2,3p "$f" | tr '\n' ' ' | grep -qE '^/\* {1,2}\* [^ ]' || echo "$f"
	done | none
}

@test "no mutable globals in the library" {
	objdump -t "$BUILD/lib/libt2.a" |
	    awk '/file format/ { file = $1 }
		/ O / { n = split($0, part, "\t"); k = split(part[1], w, " ")
		    if (w[k] ~ /^(\.data|\.bss|\*COM\*|\.data\.rel|\.data\.rel\.local)$/ && part[2] !~ / __/)
			print file, w[k], part[2] }' |
	    grep -v '^signals\.o: \.bss [0-9a-f]* signals$' | none      # a signal handler has no argument
}

@test "no external symbol without a prefix of its file's subject" {
	# what is external is declared in a header
	nm -g --defined-only "$BUILD/lib/libt2.a" | awk 'NF == 3 && $3 !~ /^_/ { print $3 }' | sort -u >"$W/symbols"
	[ "$(wc -l <"$W/symbols")" -gt 100 ]
	cat lib/*.h plugins/*.h >"$W/headers"
	while read -r s; do
		grep -qw "$s" "$W/headers" || case $s in
		*_plugin | *_protos) ;;
		*) echo "$s" ;;
		esac
	done <"$W/symbols" | none
}

# What a plugin and a tool share is a header of its own in lib/, which must not need priv.h.
@test "plugins include t2.h, their own headers, and public parts of the library" {
	for f in plugins/*.[ch]; do
		name=$(basename "$f") name=${name%%[._]*}
		sed -n 's/^#include "\(.*\)"/\1/p' "$f" | while read -r h; do
			if [ -e "lib/$h" ]; then
				[[ $h != *priv.h ]] && ! grep -q '#include ".*priv.h"' "lib/$h"
			else
				[[ $h == "$name.h" || $h == "${name}_"*.h ]]
			fi || echo "$f: $h"
		done
	done | none
}

@test "tools do not include each other, the library no tools" {
	grep -nE '#include "[^"]*(cmd|plugins)/' lib/*.[ch] lib/proto/*.c cmd/*.c plugins/*.[ch] | none
}

@test "headers compile alone and twice" {
	flags=$(pkg-config --cflags libbsd-overlay)
	for h in lib/*.h plugins/*.h; do
		# shellcheck disable=SC2086
		printf '#include "%s"\n#include "%s"\n' "$PWD/$h" "$PWD/$h" |
		    cc -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -Ilib $flags -fsyntax-only -x c - || echo "$h"
	done | none
}

@test "shell scripts are clean" {
	needs shellcheck
	# shellcheck disable=SC2046
	shellcheck -x -S warning $(shell | grep -v '\.bats$')
	# bats runs each test in a subshell of its own and checks each status
	# shellcheck disable=SC2046
	shellcheck -s bats -S warning -e SC2030,SC2031,SC2034,SC2154 $(shell | grep '\.bats$')
}

@test "scripts for sh are read by a plain one" {
	for f in $(grep -lE '^#!/bin/sh' cmd/* 2>/dev/null) share/*.sh share/skeleton/test; do
		dash -n "$f" || echo "$f"
	done | none
}

@test "manuals are clean" {
	needs mandoc
	mandoc -T lint -W warning man/*.[1-8]
	# one for each tool, which names each of its options
	for t in cmd/*; do
		name=$(basename "$t" .c)
		[ -e "man/$name.1" ] || { echo "man/$name.1 is missing"; continue; }
		case $t in *.c) ;; *) continue ;; esac
		"$BUILD/bin/$name" --help | sed -n 's/^  -\([A-Za-z]\), .*/\1/p' | while read -r o; do
			grep -qE "^\.(It|Op) Fl $o\b" "man/$name.1" || echo "man/$name.1: -$o"
		done
	done | none
}

@test "the test list: each unit program and test file is run" {
	grep -q 'tests/\*.bats' tests/run
	[ "$(find "$BUILD/tests/unit" -maxdepth 1 -type f -perm -u+x | wc -l)" -eq "$(ls tests/unit/*.c | wc -l)" ]
}
