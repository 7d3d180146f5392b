#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# t2plot.bats - plots of tables: what gnuplot is told, what it makes of that, and where it goes.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	unset DISPLAY WAYLAND_DISPLAY GNUTERM
	T=$'\t'
}

# table ROW...: rows with blanks for tabs
table() {
	printf '%s\n' "$@" | tr ' ' '\t'
}

# recorder: a gnuplot that keeps script and data, so that both can be looked at
recorder() {
	mkdir -p fake
	cat >fake/gnuplot <<-E
		#!/bin/sh
		cp script data "$BATS_TEST_TMPDIR" 2>/dev/null
		echo picture
	E
	chmod +x fake/gnuplot
	PATH=$BATS_TEST_TMPDIR/fake:$PATH
}

# told TEXT: the script has this line
told() {
	grep -qxF -- "$1" script || { echo "not told: $1"; cat script; return 1; }
}

seed_rows() {
	table '%timeFirst srcIP connSip' '0.5 138.212.189.66 402' '1.25 10.0.0.1 7' '2.0 201.1.2.3 0'
}

@test "the seed's command" {
	recorder
	seed_rows | t2plot -t 'Simple connStat anomaly graph' -sy 0:250 -sx 0:40 -v 60,75 -r 1 -lz \
	    2>err
	told "set title 'Simple connStat anomaly graph' font ',' . title_size"
	told 'set xrange [0:40]'
	told 'set yrange [0:250]'
	told "set logscale z; set format z '%.0s%c'"
	told 'set view 60,75,1.05'
	grep -q "^set zlabel 'connSip \[log\]'" script
	grep -q "^splot 'data' using 1:2:3 with impulses" script
	is "$(cat data)" < <(table '0.5 138.831012845039 402' '1.25 10.000000059605 7')
	is "$(cat err)" <<-'E'
		t2plot: 1 of 3 rows are 0 or less on a logarithmic axis: left out
		t2plot: picture: t2plot.png
	E
	is "$(cat t2plot.png)" <<<picture
}

@test "the seed's command with absolute times: the range counts from the first" {
	recorder
	table 'timeFirst srcIP connSip' '1022171701.5 1.2.3.4 5' '1022171702.75 9.0.0.1 6' |
	    t2plot -sy 0:250 -sx 0:40 -lz --png - >/dev/null
	is "$(cut -f 1 data)" < <(printf '%s\n' 0.000000 1.250000)
	grep -qF "set xlabel 'timeFirst [s since 2002-05-23 16:35:01 UTC]'" script
}

@test "the same in every awk" {
	recorder
	{
		table '%timeFirst srcIP connSip'
		for i in $(seq 40); do
			table "2026-03-17T09:$((10 + i)):01.25+0100 10.20.$((i % 7)).$((250 - i)) $((i * 37 % 11))" \
			    "2026-03-17T09:$((10 + i)):02.5+0100 2001:db8::$i 0x1f"
		done
		table '2026-03-17T09:00:00.0+0000 fe80::1 1e3'
	} >in
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk t2plot -k 3 --png x in 2>err
		cat script data err >"got.${awk%% *}"
	done
	grep -q 'set label' got.mawk
	for awk in gawk original-awk busybox; do
		diff got.mawk "got.$awk"
	done
}

@test "kinds of axes" {
	recorder
	# few addresses have places of their own, in their order; IPv6 behind IPv4
	table 'a b' '10.0.0.2 1' '9.0.0.1 2' '2001:db8::1 3' '10.0.0.10 4' '10.0.0.2 5' | t2plot --png x
	told "set xtics ('9.0.0.1' 1, '10.0.0.2' 2, '10.0.0.10' 3, '2001:db8::1' 4)"
	is "$(cut -f 1 data | tr '\n' ' ')" <<<'2 1 4 3 2 '
	table 'a b' '10.0.0.2 1' '2001:db8::1 3' | t2plot -A line --png x
	is "$(cat data)" < <(table '10.000000119209 1' '288.004115581512 3')
	# texts are sorted, unless they all differ
	table 'a b' 'z 1' 'a 2' 'z 3' | t2plot --png x
	told "set xtics ('a' 1, 'z' 2)"
	table 'a b' 'z 1' 'a 2' | t2plot --png x
	told "set xtics ('z' 1, 'a' 2)"
	# 0x is a number, a date a time
	table 'a b' '1 0xff' '2 0x100' | t2plot -sy 0:* --png x
	is "$(cut -f 2 data)" < <(printf '%s.000000000000\n' 255 256)
	table 'a b' '1970-01-02T00:00:00+0000 1' '1972-03-01T01:00:00.5+0100 2' | t2plot --png x
	is "$(cut -f 1 data)" < <(printf '%s\n' 86400.000000000000 68256000.500000000000)
	told 'set xtics time'
	# ends of ranges may be addresses
	table 'a b' '1 10.1.2.3' '2 10.1.2.4' | t2plot -sy 10.0.0.0:10.128.0.0 --png x
	told 'set yrange [10:10.5]'
}

@test "rows without a value, with a wrong one, headers between them" {
	recorder
	printf '%%a\tb\n1\t2\n\t3\n4\n5\tx\n%%a\tb\n6\t7\r\n8\t9\n1\t1\n1\t1\n1\t1\n1\t1\n1\t1\n1\t1\n' |
	    t2plot --png x 2>err
	is "$(head -n 3 data)" < <(table '1 2' '6 7' '8 9')
	is "$(cat err)" <<<'t2plot: 3 of 12 rows lack a value or have one of another kind: left out'
}

@test "columns by name, number and place; a first row of values is data" {
	recorder
	table '%p q r s' '1 2 3 4' '5 6 7 8' >f.txt
	t2plot -o s:q f.txt 2>err
	is "$(cat data)" < <(table '4 2' '8 6')
	is "$(cat err)" <<<'t2plot: picture: f_plot.png'
	[ -s f_plot.png ]
	t2plot -o 3:p:2 --png x f.txt
	is "$(cat data)" < <(table '3 1 2' '7 5 6')
	t2plot --png x f.txt
	is "$(cat data)" < <(table '1 2' '5 6')
	table '1 2 3' | t2plot --png x
	is "$(cat data)" < <(table '1 2 3')
	printf 'a,b\n1,2\n' | t2plot -F , --png x
	is "$(cat data)" < <(table '1 2')
	run -1 t2plot -o p:foo f.txt
	is "$output" <<<'t2plot: column foo does not exist'
	run -1 t2plot -o srcIp:p <(table srcIP 1)
	is "$output" <<<'t2plot: column srcIp does not exist (did you mean srcIP?)'
	# names of other versions
	table 'vlanID pktsSnt' '1 2' | t2plot -o numPktsSnt:ethVlanID --png x
	is "$(cat data)" < <(table '2 1')
	run -1 t2plot -o 1:5 f.txt
	is "$output" <<<'t2plot: column 5 does not exist'
}

@test "bars: counts, sums, shares, the rest" {
	recorder
	table 'p n' 'a 1' 'b 5' 'a 2' 'c 0' 'a 1' >in
	t2plot -D --png x in
	told "set ytics ('a' 3, 'b' 2, 'c' 1) scale 0"
	is "$(cat data)" < <(table '3 3' '1 2' '1 1')
	t2plot -D -o p:n --png x in
	is "$(cat data)" < <(table '5 2' '4 1')
	t2plot -D=r -o 1:2 -n 1 --png x in 2>err
	is "$(cat data)" < <(table '55.5555555556 1')
	is "$(cat err)" <<<'t2plot: 1 values with 4 in all are not shown (option -n)'
	t2plot -D=l -o p --png x in
	told 'set logscale x'
}

@test "histogram" {
	recorder
	printf '%s\n' len 0 9 10 19.5 -1 40 | t2plot -H 10 --png x
	is "$(sort -n data)" < <(table '-5 1' '5 2' '15 2' '45 1')
	run -1 bash -c 'printf "a\nx\ny\n" | t2plot -H 10 --png x'
	is "$output" <<<'t2plot: column a is text: a histogram needs numbers (see -D)'
}

@test "the highest points are named, each address once" {
	recorder
	table 't ip n' '1 10.0.0.1 5' '2 10.0.0.1 9' '3 10.0.0.2 7' '4 10.0.0.3 1' '5 10.0.0.4 99' |
	    t2plot -k 2 -sx 0:4 --png x
	is "$(grep -o "'[12]  [^']*'" script)" < <(printf '%s\n' "'1  10.0.0.1  9'" "'2  10.0.0.2  7'")
}

@test "real pictures: PNG, SVG, JPEG, GIF, characters" {
	needs gnuplot
	seed_rows >in.txt
	t2plot -ws 320,200 in.txt 2>/dev/null
	is "$(head -c 24 in_plot.png | od -An -tx1 | tr -d ' \n')" \
	    <<<89504e470d0a1a0a0000000d4948445200000140000000c8
	t2plot --svg out.svg -s 'the data' -lz in.txt 2>/dev/null
	/usr/bin/python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' out.svg
	grep -q '<text>the data</text>' out.svg
	grep -q '<text>138.212.189.66</text>' out.svg
	t2plot --jpeg=out.jpg in.txt
	is "$(head -c 3 out.jpg | od -An -tx1)" <<<' ff d8 ff'
	t2plot --gif - in.txt >out.gif
	is "$(head -c 4 out.gif)" <<<GIF8
	t2plot --text -o 1:3 in.txt >out
	grep -q Tranalyzer2 out
	[ "$(wc -l <out)" -ge 34 ]
	run ! grep -q "$(printf '\033')" out
	t2plot -D --text in.txt >out
	grep -q 'number of rows' out
	t2plot -H 0.5 --svg h.svg in.txt
	grep -q '<text>timeFirst</text>' h.svg
}

@test "hostile texts are shown, not obeyed" {
	needs gnuplot
	evil=\''; !touch pwned #`touch pwned` $(touch pwned) @{/=50 x} ^a_b \n'"'"'; !touch pwned #" <b>&amp;'
	printf '%%%s\t%s\n"; !touch pwned;"\t1\n%s\t2\n`touch pwned`\t3\n\033]0;x\007\303\t4\n\302\205\t5\n' \
	    "$evil" "$evil" "$evil" >in
	for how in '' -pt -D '-D -o 1:2' '-k 3'; do
		# shellcheck disable=SC2086
		t2plot $how -t "$evil" -s "$evil" -ty "$evil"$'\n!touch pwned' --svg out.svg in
		/usr/bin/python3 - out.svg "$evil" <<-'E'
			import sys, xml.dom.minidom as m
			texts = [''.join(n.data for n in t.childNodes if n.nodeType == n.TEXT_NODE)
			    for t in m.parse(sys.argv[1]).getElementsByTagName('text')]
			assert sys.argv[2] in [t.strip() for t in texts], texts
			assert not any(c < ' ' or c in '\x7f\x85' for t in texts for c in t.strip()), texts
		E
		t2plot $how -t "$evil" --png out.png in
		t2plot $how -t "$evil" --text in >out
		run ! grep -q "$(printf '[\033\007]')" out
	done
	[ ! -e pwned ]
	# tics are formats to gnuplot; bytes that end strings; numbers beyond all bounds
	printf 'a\tb\n100%%s%%d%%\t1\nx\0y\t2\n1e999\t3\n' >odd
	for how in -pt '-D -o 1:2' '-o 2:1'; do
		# shellcheck disable=SC2086
		t2plot $how --svg out.svg odd
		grep -q '<text>100%s%d%</text>' out.svg
		/usr/bin/python3 -c "import xml.dom.minidom as m; m.parse(\"out.svg\")"
	done
	printf 'a\tb\n1\t1e999\n2\t0x%040d\n3\t7\n4\t8\n' 1 | t2plot --svg out.svg
	# names of files
	cp in '|touch pwned;.txt'
	t2plot '|touch pwned;.txt' 2>/dev/null
	[ -s '|touch pwned;_plot.png' ]
	t2plot --png "<it's \`touch pwned\`" in
	[ -s "<it's \`touch pwned\`" ]
	mkdir "tmp'dir"
	TMPDIR="$PWD/tmp'dir" t2plot --png x in
	is "$(ls "tmp'dir")" </dev/null
	[ ! -e pwned ]
	run -2 t2plot -c "red' ; !touch pwned" in
	run -2 t2plot -v '60,`touch pwned`' in
	run -2 t2plot -sx '0:`touch pwned`' in
	run -2 t2plot -rx '!touch pwned' in
	run -2 t2plot -ws '1,1;!touch pwned' in
	[ ! -e pwned ]
}

@test "each option of the picture reaches gnuplot" {
	recorder
	seed_rows >in
	t2plot --png x -lx -ly -tx 'the x' -ty 'the y' -tz 'the z' -ts 21 -ls 11 -ks 7 -rx 30 -ry -40 -g \
	    -ws 900,500 -sz 1:* -c red -pl in 2>err
	told "set term pngcairo noenhanced size 900,500 font 'sans,10'"
	told "title_size = '21'; label_size = '11'; tic_size = '7'"
	told "set logscale x; set format x '%.0s%c'"
	grep -q "^set xlabel 'the x \[log\]'" script
	grep -q "^set ylabel 'the y \[log\]'" script
	grep -q "^set zlabel 'the z'" script
	told 'set xtics rotate by 30 right'
	told 'set ytics rotate by -40'
	grep -q '^set grid' script
	grep -q '^set zrange \[1:[0-9]' script
	grep -q "^splot 'data' using 1:2:3 with lines lw 2 lc rgb 'red'" script
	t2plot --no-title -o 1:3 -pi -s key --png x in
	run ! grep -q '^set title' script
	told "plot 'data' using 1:2 with impulses lw 2 lc rgb '#1c91c0' title 'key'"
	t2plot -fs --png x in
	grep -qE 'size [0-9]{3,},[0-9]{3,} ' script
}

@test "-r: the picture grows with the input" {
	recorder
	{ table 'a b' '1 2'; sleep 2.5; table '3 4'; printf '5\t'; sleep 1.5; echo 6; } |
	    t2plot -r 1 --png x 2>err &
	p=$!
	sleep 1.5
	is "$(cat data)" < <(table '1 2')
	sleep 2
	is "$(cat data)" < <(table '1 2' '3 4')
	wait "$p"
	is "$(cat data)" < <(table '1 2' '3 4' '5 6')
	is "$(cat err)" </dev/null
}

@test "no gnuplot: one line names the package" {
	seed_rows >in
	mkdir bin
	for c in sh dash awk mawk readlink sed mktemp cat tail rm env; do
		ln -s "$(command -v $c)" bin/ || true
	done
	PATH=$BATS_TEST_TMPDIR/bin run -1 "$BUILD/bin/t2plot" in
	is "$output" <<<'t2plot: gnuplot is not installed (Debian package gnuplot-nox; gnuplot-qt has windows)'
}

@test "a display, but a gnuplot without windows: PNG, and a word about it" {
	recorder
	seed_rows | DISPLAY=:77 t2plot 2>err
	is "$(cat err)" <<-'E'
		t2plot: this gnuplot has no windows (Debian package gnuplot-qt)
		t2plot: picture: t2plot.png
	E
}

@test "wrong use is status 2, nothing to plot 1" {
	for bad in '-sx 1' '-sx 1:2:3' '-sy a:b' '-v 60' '-v a,b' '-ws 800' '-ws 0,5' '-o a' '-o 1:2:3:4' \
	    '-o a::b' '-r -z' '-k 0' '-n x' '-H 0' '-H x' '-A x' '-c' '--png' '--png=' 'a b' '-ts x' \
	    '-D -o 1:2:3' '-rx up'; do
		# shellcheck disable=SC2086
		run -2 t2plot $bad </dev/null
		[[ ${lines[0]} == 't2plot: '* ]]
	done
	run -2 t2plot -sx 5 </dev/null
	is "${lines[0]}" <<<"t2plot: invalid argument for option '-sx': expected begin:end; found '5'"
	run -1 t2plot </dev/null
	is "$output" <<<'t2plot: stdin: there are no rows to plot'
	run -1 t2plot none
	is "$output" <<<'t2plot: none: no such file'
	run -1 t2plot .
	printf 'a\n1\n' >one
	run -1 t2plot one
	is "$output" <<<'t2plot: one: a plot needs two columns separated by tabs, the first row has 1'
	seed_rows >in
	run -1 t2plot --png none/x in
	is "$output" <<<'t2plot: none/x: cannot be written'
	[ "$(find . -name 'tmp.*' | wc -l)" -eq 0 ]
}

@test "help and manual name the same options" {
	t2plot -h | grep -oE '^  -[^ ]*(, -[^ ]*)*' | tr -d ' ' | tr , '\n' | sed 's/\[.*//' |
	while read -r o; do
		grep -qE "Fl ${o#-}\b" "$T2_TOP/man/t2plot.1" || echo "$o"
	done | is "$(cat)" </dev/null
	t2plot -e | grep -q t2plot
}
