#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# tcol.bats - tcol and lsx: layout, widths of characters, endless input, colours, pagers.  The
# tutorial's listings are in tawk-seed.bats.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	printf '%%dir\tflowInd\tvlan\tx\nA\t1\t\tabc\nB\t22222222\t5\n\nC\t"Associa\303\247\303\243o"\t\346\227\245\346\234\254\tz\n' >in
	unset T2_AWK
}

# each COMMAND...: the output is what stdin says, with each awk
each() {
	local awk
	cat >want
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk "$@" >got
		diff -u --label wanted --label "$awk" want got
	done
}

@test "columns as wide as their widest cell, two blanks between them" {
	# rows with fewer cells are filled up to the last column
	printf '%s\n' '%dir  flowInd       vlan  x' 'A     1                   abc' \
	    'B     22222222      5     ' '' 'C     "Associação"  日本  z' >layout
	each tcol in <layout
	each bash -c 'tcol <in' <layout
	each bash -c 'cat in | tcol -' <layout
}

@test "wide, combining and invalid characters" {
	# e and an accent, full width A, emoji, Hangul, zero width space, a byte that is no UTF-8
	printf 'e\314\201x|1\n\357\274\241|2\n\360\237\230\200|3\n\355\225\234\352\265\255|4\na\342\200\213b|5\n\377\376|6\n' |
	    tr '|' '\t' >in
	printf 'e\314\201x    1\n\357\274\241    2\n\360\237\230\200    3\n\355\225\234\352\265\255  4\na\342\200\213b    5\n\377\376    6\n' |
	    each tcol in
}

@test "widths agree with Python's" {
	/usr/bin/python3 - <<-'E' >words
	import random, unicodedata
	random.seed(1)
	pool = [c for r in ((32, 127), (0xa1, 0x180), (0x391, 0x3ca), (0x3041, 0x3097), (0x4e00, 0x4e80),
	                    (0xac00, 0xac80), (0xff01, 0xff40), (0x300, 0x340), (0x1f600, 0x1f640),
	                    (0x20000, 0x20040)) for c in map(chr, range(*r)) if c not in "\t|\u03a2"]
	for _ in range(500):
	    s = "".join(random.choice(pool) for _ in range(random.randrange(1, 12)))
	    w = sum(2 if unicodedata.east_asian_width(c) in "WF" else
	            0 if unicodedata.combining(c) else 1 for c in s)
	    print(s + "\t" + str(w))
	E
	tcol words >got
	/usr/bin/python3 - <<-'E'
	rows = [x.rstrip("\n").split("\t") for x in open("words", encoding="utf-8")]
	wide = max(int(w) for _, w in rows)
	got = [x.rstrip("\n") for x in open("got", encoding="utf-8")]
	for (s, w), g in zip(rows, got):
	    assert g == s + " " * (wide - int(w) + 2) + w, (s, w, g)
	E
}

@test "nothing, one column, many columns" {
	: >empty
	each tcol empty </dev/null
	printf 'a\nlong one\n' >one
	each tcol one <one
	{ seq -s $'\t' 300; seq -s $'\t' 1000 1299; } >wide
	# 299 cells as wide as the second row's number, and the last one
	same 1797 "$(tcol wide | awk 'NR == 1 { print length }')"
	same '300 300 ' "$(tcol wide | awk '{ print NF }' | tr '\n' ' ')"
}

@test "several files are one table" {
	printf 'a\tb\n' >f1
	printf 'long\tc\n' >f2
	printf 'a     b\nlong  c\n' | each tcol f1 f2
	printf 'x=1\ty\n' >'f=3'
	printf 'x=1  y\n' | each tcol 'f=3'
}

@test "another separator" {
	printf 'a,b\nccc,d\n' >in
	printf 'a    b\nccc  d\n' | each tcol -F, in
	printf 'a    b\nccc  d\n' | each tcol --separator , in
}

@test "-s: each row at once, columns grow" {
	printf 'ab  c\na   b\nlonger  c\nx       y\n' >want1
	printf 'ab\tc\na\tb\nlonger\tc\nx\ty\n' >in
	each tcol -s in <want1
	local awk
	for awk in "${ALL_AWKS[@]}"; do
		(printf 'a\tb\n1\t2\n'; sleep 5) | T2_AWK=$awk tcol -s >"out.$awk" &
	done
	sleep 1
	for awk in "${ALL_AWKS[@]}"; do
		printf 'a  b\n1  2\n' | diff - "out.$awk"
	done
	kill %1 %2 %3 %4
}

@test "colours on terminals only, and not with NO_COLOR" {
	needs script
	printf '%%dir\tstat\tip\tmac\ttime\tname\tn\nA\t0x01\t1.2.3.4\t00:11:22:33:44:55\t1.000000\t"x"\t5\n' >in
	run ! grep -q $'\033' <(tcol in)
	tcol --color=always in >got
	grep -q $'^\033\[1m%dir\033\[0m' got
	grep -q $'\033\[35m0x01\033\[0m' got
	grep -q $'\033\[36m1.2.3.4\033\[0m' got
	grep -q $'\033\[34m00:11:22:33:44:55\033\[0m' got
	grep -q $'\033\[32m1.000000\033\[0m' got
	# without them it is the same table
	sed $'s/\033\[[0-9;]*m//g' got | diff - <(tcol in)
	mkdir bin
	printf '#!/bin/sh\ncase $* in *version*) exit 1 ;; esac\necho "pager $*"\ncat\n' >bin/less
	chmod +x bin/less
	PATH=$PWD/bin:$PATH TERM=xterm script -qec "tcol in" /dev/null >got
	grep -q '^pager -RS' got
	grep -q $'\033\[1m%dir' got
	PATH=$PWD/bin:$PATH TERM=xterm NO_COLOR=1 script -qec "tcol in" /dev/null >got
	run ! grep -q $'\033' got
	PATH=$PWD/bin:$PATH TERM=xterm script -qec "tcol --color=never in" /dev/null >got
	run ! grep -q $'\033' got
	PATH=$PWD/bin:$PATH TERM=xterm script -qec "lsx 8 in" /dev/null | grep -q '^pager -RS'
}

@test "coloured cells are as wide as without colour" {
	printf '\033[1mab\033[0m\tx\nabcd\ty\n' >in
	printf '\033[1mab\033[0m    x\nabcd  y\n' | each tcol in
}

@test "a reader that has seen enough" {
	for i in $(seq 5000); do printf '%s\tx\n' "$i"; done >in
	run bash -o pipefail -c "tcol in | sed 1q"
	[ "$output" = '1     x' ]
}

@test "tcol: misuse" {
	local option
	for option in -Q --color=x; do
		run tcol "$option" in
		[ "$status" -eq 2 ]
		same "tcol: $option: no such option" "${lines[0]}"
	done
	run tcol in -F
	[ "$status" -eq 2 ]
	run tcol -F
	[ "$status" -eq 2 ]
	[ "$output" = 'tcol: option -F needs an argument' ]
	run tcol nosuch
	[ "$status" -eq 2 ]
	[ "$output" = 'tcol: nosuch: no such file' ]
	run tcol .
	[ "$output" = 'tcol: .: is a folder' ]
	run tcol --help
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == 'usage: tcol'* ]]
}

@test "lsx: stops a fixed width apart" {
	printf 'a\tb\tc\nlonger than ten\tx\ty\n\n\tz\n\346\227\245\346\234\254\tx\n' >in
	printf '%s\n' 'a         b         c' 'longer than ten     x         y' '' '          z' \
	    '日本      x' | each lsx 10 in
	same 'a                                       b' "$(printf 'a\tb\n' | lsx)"
	printf 'a\tb\n' >./7
	each lsx -- 7 <<<'a                                       b'
	# ten places are ten places, whatever is in them
	same '1234567890          x' "$(printf '1234567890\tx\n' | lsx 10)"
}

@test "lsx: misuse" {
	run lsx 0 in
	[ "$status" -eq 2 ]
	[ "$output" = 'lsx: the width must be from 1 to 999999, not 0' ]
	run lsx 10 nosuch
	[ "$status" -eq 2 ]
	[ "$output" = 'lsx: nosuch: no such file' ]
	run lsx -x in
	[ "$status" -eq 2 ]
}

# on a terminal of 8 rows and 60 columns, with a less of the version given
terminal() {
	printf '#!/bin/sh\ncase $* in *version*) echo "less %s"; exit ;; esac\necho "pager $*"\nhead -n 2\n' \
	    "$1" >bin/less
	T2_AWK=$2 TERM=xterm PATH=$PWD/bin:$PATH script -qec "stty rows 8 cols 60; $3" /dev/null >got
}

@test "a table that fits the terminal is shown without pager, others with one" {
	needs script
	local awk
	mkdir bin
	: >bin/less
	chmod +x bin/less
	seq 7 >small
	seq 9 >tall
	seq 20000 >huge
	printf '%060d\n' 1 >broad
	printf '%061d\n' 1 >broader
	for awk in "${ALL_AWKS[@]}"; do
		terminal 590 "$awk" 'tcol small; tcol broad; tcol < small'
		run ! grep pager got
		[ "$(wc -l <got)" -eq 15 ]
		terminal 590 "$awk" 'tcol tall; tcol broader; tcol < tall; echo "status $?"'
		[ "$(grep -c '^pager -RS.$' got)" -eq 3 ]
		grep -q '^status 0' got
		# a pager that is left early is no failure
		terminal 608 "$awk" 'tcol huge; echo "status $?"'
		[ "$(wc -l <got)" -eq 4 ]
		grep -q '^pager -RS --header=1' got
		grep -q '^status 0' got
	done
}
