#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# view-edge.bats - the tools that show and draw, at their edges: names of files full of signs,
# folders with blanks, noclobber, outputs that cannot be written, cells longer than a buffer.

bats_require_minimum_version 1.5.0

setup_file() {
	load lib
	cd "$BATS_FILE_TMPDIR" || return
	printf '%s\t%s\t%s\t%s\t%s\t%s\n' %flowInd flowStat timeFirst duration srcIP dstIP \
	    1 0x0000000000004000 10.5 1 10.0.0.1 10.0.0.2 1 0x0000000000004001 11 2 10.0.0.2 10.0.0.1 >f.txt
	printf '# L2/3 Protocol\tPackets\n0x0800\t5\t100\tIP (IP)\n' >p.txt
}

setup() {
	load lib
	mkdir "$BATS_TEST_TMPDIR/w"
	cd "$BATS_TEST_TMPDIR/w" || return
	unset DISPLAY WAYLAND_DISPLAY T2_AWK
	F=$BATS_FILE_TMPDIR/f.txt P=$BATS_FILE_TMPDIR/p.txt
}

# made FILE...: these are there and not empty, and nothing else but the input
made() {
	same "$(printf '%q\n' "$@" | sort)" "$(for f in ..?* .[!.]* *; do
		[ ! -s "$f" ] || [ "$f" = "$name.txt" ] || printf '%q\n' "$f"
	done | sort)"
}

@test "names of files with blanks, quotes, backslashes, signs and line ends" {
	needs dot gnuplot
	for name in 'a b' "it's" 'q"x' 'back\tslash\n' 'a=b' $'two\nlines' '%s%d' '$(touch x)`touch x`' '-dash'; do
		rm -rf -- "$BATS_TEST_TMPDIR"/w/* && cp "$F" "./$name.txt"
		t2viz -- "$name.txt" >out.txt
		same "Successfully generated '$name.dot'
Successfully generated '$name.png'" "$(cat out.txt)"
		rm out.txt
		made "$name.dot" "$name.png"
		rm -- "$name.png" "$name.dot"
		grphvz -- "$name.txt"
		t2timeline -- "$name.txt"
		t2timeline --svg "$name.svg" -- "$name.txt"
		t2plot -o duration:flowInd -- "$name.txt"
		made "${name}_graph.dot" "$name.html" "$name.svg" "${name}_plot.png"
		same 2 "$(topNStat -- "$name.txt" srcIP | grep -c 10.0.0)"
		same 3 "$(tcol -- "$name.txt" | wc -l)"
		same 3 "$(lsx 20 -- "$name.txt" | wc -l)"
		cp "$P" "./$name.txt"
		protStat -- "$name.txt" | grep -q 0x0800
	done
}

@test "-- ends the options of each tool" {
	for tool in t2viz t2timeline t2plot gpq3x topNStat protStat fpsGplt statGplt osStat grphvz tcol; do
		run --separate-stderr "$tool" -- --help
		[ "$status" -gt 0 ]
		grep -q -- '--help: no such file' <<<"$stderr"
	done
}

@test "folders for temporary files: with blanks, missing, not needed" {
	needs gnuplot
	mkdir "$BATS_TEST_TMPDIR/t m p"
	TMPDIR="$BATS_TEST_TMPDIR/t m p" t2timeline --svg a.svg "$F"
	TMPDIR="$BATS_TEST_TMPDIR/t m p" t2plot -o duration:flowInd --svg b.svg "$F"
	TMPDIR="../t m p" topNStat --svg c.svg "$F" srcIP
	made a.svg b.svg c.svg
	same '' "$(ls -A "$BATS_TEST_TMPDIR/t m p")"
	for tool in t2timeline t2viz 't2plot -o 1:2'; do
		# shellcheck disable=SC2086
		TMPDIR=$BATS_TEST_TMPDIR/none run -1 --separate-stderr $tool "$F"
		grep -q mktemp <<<"$stderr"
	done
	TMPDIR=$BATS_TEST_TMPDIR/none run -0 topNStat "$F" srcIP
}

@test "noclobber of the user's shell does no harm" {
	needs dot gnuplot bash
	for tool in 't2viz --dot o --svg p' 't2timeline --html o --svg p' 't2plot -o 4:1 --svg o' \
	    'protStat --svg o'; do
		# shellcheck disable=SC2086
		set -- $tool
		[ "$1" != protStat ] || F=$P
		for i in 1 2; do
			env SHELLOPTS=noclobber bash "$(command -v "$1")" "${@:2}" "$F" >/dev/null 2>&1
		done
		[ -s o ]
	done
}

@test "what cannot be written is an error" {
	needs dot gnuplot
	[ -w /dev/full ] || skip 'no /dev/full'
	for tool in 't2viz --dot -' 't2viz --png -' 't2timeline --html -' 't2plot -o 4:1 --png -' \
	    't2plot -o 4:1 --text'; do
		run ! bash -c '$1 "$2" >/dev/full 2>/dev/null' - "$tool" "$F"
		# shellcheck disable=SC2086
		$tool "$F" >out
		[ -s out ]
	done
	for tool in 't2viz --dot' 't2timeline --html' 't2plot -o 4:1 --svg' 'protStat --png'; do
		[ "${tool%% *}" != protStat ] || F=$P
		# shellcheck disable=SC2086
		run -1 --separate-stderr $tool none/x "$F"
		same "${tool%% *}: none/x: cannot be written" "$stderr"
	done
}

@test "messages do not cut off a log" {
	needs gnuplot
	for awk in "${ALL_AWKS[@]}"; do
		echo before >log
		printf 'a\tb\n1\t2\n1\tx\n3\t4\n5\t6\n7\t7\n8\t8\n9\t9\n1\t1\n1\t1\n1\t1\n1\t1\n1\t1\n1\t1\n' |
		    T2_AWK=$awk t2plot --svg x 2>>log
		same 'before
t2plot: 1 of 13 rows lack a value or have one of another kind: left out' "$(cat log)"
		echo before >log
		printf '1.1.1.1\t1\nx\ty\n' | T2_AWK=$awk gpq3x --svg x 2>log
		same 'gpq3x: 1 rows or pairs without an address and a number: left out' "$(cat log)"
	done
}

@test "tcol and lsx: cells longer than a buffer" {
	awk 'BEGIN { for (i = 0; i < 20000; i++) s = s "0123456789"; print "%a\tb\n" s "\tc\n1\t2" }' >long
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk tcol long >got
		same '200003 200003 200003' "$(awk '{ print length }' got | paste -sd ' ')"
		T2_AWK=$awk lsx 100000 long >got
		same '100001 300001 100001' "$(awk '{ print length }' got | paste -sd ' ')"
	done
}

@test "tcol: separators are taken as they are written" {
	for sep in '|' '||' '.' '\' '\\' '*' '^' '^^' '$' '[' '[a' ' ' '  ' ',' ';;' '\t'; do
		s=$sep
		[ "$sep" != '\t' ] || s=$'\t'
		printf '%s\n' "a${s}b${s}${s}c" "1${s}22" >in
		want='a  b     c
1  22    '
		for awk in "${ALL_AWKS[@]}"; do
			same "$want" "$(T2_AWK=$awk tcol -F "$sep" in; echo)"
		done
	done
	run -2 tcol -F '' in
	same 'tcol: option -F needs a separator' "$output"
}

@test "lsx: widths are decimal, and have an end" {
	for awk in "${ALL_AWKS[@]}"; do
		same '1         2' "$(printf '1\t2\n' | T2_AWK=$awk lsx 010)"
	done
	run -2 lsx 99999999999999999999 "$F"
	same 'lsx: the width must be from 1 to 999999, not 99999999999999999999' "$output"
	run -2 lsx 00
}

@test "a number with a huge exponent is text, in each awk" {
	needs gnuplot
	for awk in "${ALL_AWKS[@]}"; do
		printf 'a\tb\n%s\n' $'1\t2' $'2\t1e400' $'3\t-1e999' | T2_AWK=$awk t2plot --svg x 2>err
		grep -q '1e400' x
	done
}

@test "graphs and charts of files without flows" {
	head -n 1 "$F" >none.txt
	run -0 --separate-stderr t2viz --dot - none.txt
	grep -q 'label="none.txt: 0 flows' <<<"$output"
}

@test "grphvz: what is no file is told before anything is read" {
	run -1 --separate-stderr grphvz -w numPktsSnt </dev/null
	same 'grphvz: numPktsSnt: no such file' "$stderr"
	ln -s "$(command -v grphvz)" mygraph
	cp "$F" f.txt
	run -0 ./mygraph f.txt
	[ -s f_graph.dot ]
}
