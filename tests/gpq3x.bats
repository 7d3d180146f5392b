#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# gpq3x.bats - waterfall plots: the surfaces that gnuplot is told, and pictures that grow.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	unset DISPLAY WAYLAND_DISPLAY GNUTERM
}

# table ROW...: rows with blanks for tabs
table() {
	printf '%s\n' "$@" | tr ' ' '\t'
}

# recorder: a gnuplot that keeps what it is told
recorder() {
	mkdir -p fake
	cat >fake/gnuplot <<-E
		#!/bin/sh
		exec cat >"$BATS_TEST_TMPDIR/script"
	E
	chmod +x fake/gnuplot
	PATH=$BATS_TEST_TMPDIR/fake:$PATH
}

told() {
	grep -qxF -- "$1" script || { echo "not told: $1"; cat script; return 1; }
}

# frames: the data of all pictures, - between them
frames() {
	awk '/^\$data/ { on = 1; if (n++) print "-"; next } /^EOD$/ { on = 0 } on' script
}

pairs() {
	table '167772161 0.5 3232235777 0.25' '167772161 0.4 3232235777 0.3' \
	    '167772161 0.1 3232235777 0.9'
}

@test "the worked example: each step draws the last ones again" {
	recorder
	pairs | gpq3x -r 0 -d 2 -m 2 -y 10.0.0.0 192.168.255.255 --png x
	told 'set yrange [167772160:3232301055]'
	told 'set zrange [0.001:*]'
	is "$(frames | tr '\t' ' ')" <<-'E'
		0 167772161 0.500000
		1 167772161 0.400000

		0 3232235777 0.250000
		1 3232235777 0.300000

		-
		1 167772161 0.400000
		2 167772161 0.100000

		1 3232235777 0.300000
		2 3232235777 0.900000

		-
		1 167772161 0.400000
		2 167772161 0.100000

		1 3232235777 0.300000
		2 3232235777 0.900000
	E
	grep -q "^splot \$data using 1:2:3 title 'Centrality = f(IP,time)' with pm3d" script
	told "set title 'Tranalyzer2' font ',' . title_size"
	grep -q "^set ylabel 'IP Addresses'" script
}

@test "--mode 1 draws once; -d takes the first pairs" {
	recorder
	pairs | gpq3x -r 0 --mode 1 -d 1 --png x
	is "$(frames | tr '\t' ' ')" < <(printf '%s\n' '0 1 0.500000' '1 1 0.400000' '2 1 0.100000')
	told "set ytics ('10.0.0.1' 1)"
}

@test "times, addresses and values: steps, highest or sum, order, too old" {
	recorder
	table '%timeFirst srcIP connSip' '1000.5 10.0.0.2 3' '1001 9.0.0.1 4' '1000.9 10.0.0.2 5' \
	    '1003 2001:db8::1 1' '1003.5 10.0.0.2 2' '999 9.0.0.1 7' >in
	gpq3x --mode 1 -m 4 --png x in 2>err
	is "$(frames | tr '\t' ' ')" <<-'E'
		1000 1 0.001000
		1001 1 4.000000
		1002 1 0.001000
		1003 1 0.001000

		1000 2 5.000000
		1001 2 0.001000
		1002 2 0.001000
		1003 2 2.000000

		1000 3 0.001000
		1001 3 0.001000
		1002 3 0.001000
		1003 3 1.000000
	E
	is "$(cat err)" <<<'gpq3x: 1 rows older than the steps shown: left out (option -m)'
	gpq3x --mode 1 -b 10 -a sum -d 1 --png x in
	is "$(frames | tr '\t' ' ')" < <(printf '%s\n' '990 1 0.001000' '1000 1 10.000000')
	gpq3x --mode 1 -lz -d 1 --png x in
	is "$(frames | cut -f 3 | sort -u | tr '\n' ' ')" <<<' 2.000000 4.000000 7.000000 '
	gpq3x --mode 1 -A line --png x in 2>err
	is "$(cat err)" <<-'E'
		gpq3x: 1 values of IPv6 addresses have no place on the line of IPv4: left out (-A rank)
	E
}

@test "the same in every awk" {
	recorder
	{
		for i in $(seq 60); do
			table "$((1773738000 + i * 13 % 40)).25 10.20.$((i % 7)).$((250 - i)) $((i * 37 % 11))" \
			    "2026-03-17T09:00:$((i % 50 + 10)).5+0000 2001:db8::$i 1e2"
		done
	} >in
	for awk in "${ALL_AWKS[@]}"; do
		for how in '' '-A line -hx' '-o 2:1:3 -lz'; do
			# shellcheck disable=SC2086
			T2_AWK=$awk gpq3x --mode 1 -d 9 $how --png x in 2>err
			cat script err >>"got.${awk%% *}"
		done
	done
	grep -q EOD got.mawk
	for awk in gawk original-awk busybox; do
		diff got.mawk "got.$awk"
	done
}

@test "a picture that grows with its input" {
	needs gnuplot
	{ pairs; sleep 2.2; pairs; sleep 2.2; pairs; } | gpq3x --png live.png &
	p=$!
	sleep 3.6
	cp live.png early.png
	wait "$p"
	is "$(head -c 4 early.png | tail -c 3)" <<<PNG
	is "$(head -c 4 live.png | tail -c 3)" <<<PNG
	run ! cmp -s early.png live.png
}

@test "real pictures, one step, one address" {
	needs gnuplot
	pairs >in.txt
	gpq3x in.txt 2>err
	is "$(cat err)" <<<'gpq3x: picture: in_plot.png'
	is "$(head -c 4 in_plot.png | tail -c 3)" <<<PNG
	for how in '' -pl -pt -pi '-A line' '-hx -lz' '-o 2:1:3'; do
		# shellcheck disable=SC2086
		gpq3x $how --svg out.svg in.txt
		/usr/bin/python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' out.svg
	done
	grep -q '<text>Centrality' out.svg
	gpq3x --gif - in.txt | head -c 4 | grep -q GIF8
	head -n 1 in.txt | gpq3x --png one.png
	[ -s one.png ]
	table '5 10.0.0.1 7' | gpq3x --jpeg one.jpg
	[ -s one.jpg ]
	gpq3x --text in.txt >out
	grep -q Tranalyzer2 out
	run ! grep -q "$(printf '\033')" out
}

@test "hostile texts are shown, not obeyed" {
	needs gnuplot
	evil=\''; !touch pwned #`touch pwned` $(touch pwned) @{/=50 x} ^a_b \n'"'"'; !touch pwned #" <b>&amp;'
	{ printf '%s\t%s\t%s\n' "$evil" "$evil" "$evil"; table '1 10.0.0.1 3' '2 10.0.0.1 4'
	    printf '3\t%s\t4\n3\t10.0.0.1\t%s\n%s\t10.0.0.2\t3\n' "$evil" "$evil" "$evil"; } >in
	mkdir "it's"
	gpq3x -t "$evil" -tp "$evil" -tx "$evil" -ty "$evil"$'\n!touch pwned' --svg "it's/\`touch pwned\`" in
	/usr/bin/python3 - "it's/\`touch pwned\`" "$evil" <<-'E'
		import sys, xml.dom.minidom as m
		texts = [''.join(n.data for n in t.childNodes if n.nodeType == n.TEXT_NODE).strip()
		    for t in m.parse(sys.argv[1]).getElementsByTagName('text')]
		assert sys.argv[2] in texts, texts
	E
	[ -z "$(find . -name pwned)" ]
	[ ! -e pwned ]
}

@test "no gnuplot: one line names the package" {
	pairs >in
	mkdir bin
	for c in sh dash awk mawk readlink sed mktemp cat tail rm env; do
		ln -s "$(command -v $c)" bin/ || true
	done
	PATH=$BATS_TEST_TMPDIR/bin run -1 "$BUILD/bin/gpq3x" in
	is "$output" <<<'gpq3x: gnuplot is not installed (Debian package gnuplot-nox; gnuplot-qt has windows)'
}

@test "wrong use is status 2, nothing to plot 1" {
	for bad in '-sx 1' '-v 60' '-ws 800' '-o 1:2' '-o 1:2:2' '-d 0' '-m x' '-y 1' '-y 10.0.0.1 b' \
	    '--mode 2' '-a min' '-A x' '-r x' '-z' 'a b' '--png'; do
		# shellcheck disable=SC2086
		run -2 gpq3x $bad </dev/null
		[[ ${lines[0]} == 'gpq3x: '* ]]
	done
	run -1 gpq3x </dev/null
	is "$output" <<<'gpq3x: stdin: there are no rows to plot'
	[ ! -e gpq3x.png ]
	run -1 gpq3x none
	is "$output" <<<'gpq3x: none: no such file'
	pairs >in
	run -1 gpq3x --png none/x in
	is "$output" <<<'gpq3x: none/x: cannot be written'
}

@test "help and manual name the same options" {
	gpq3x -h | grep -oE '^  -[^ ]*(, -[^ ]*)*' | tr -d ' ' | tr , '\n' |
	while read -r o; do
		grep -qE "Fl ${o#-}\b" "$T2_TOP/man/gpq3x.1" || echo "$o"
	done | is "$(cat)" </dev/null
}
