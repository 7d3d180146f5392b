#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# rrd.bats - pictures of monitoring reports: rrdmonitor, rrdplot, plot_monitoring.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	unset DISPLAY WAYLAND_DISPLAY
	town=$T2_TOP/examples/town.pcap
	t2 -r "$town" -w x -m -M 10 -o MONINTTMPCP=1,DIFF_REPORT=1 >/dev/null
	rows=x_monitoring.txt
}

# png FILE: width and height of a PNG
png() {
	/usr/bin/python3 -c '
import struct, sys
d = open(sys.argv[1], "rb").read()
assert d[:8] == b"\x89PNG\r\n\x1a\n" and d[-8:-4] == b"IEND"
print("%dx%d" % struct.unpack(">II", d[16:24]))' "$1"
}

# stored FIELD: time and value of each second
stored() {
	rrdtool fetch monitoring.rrd AVERAGE -r 1 -s "$(rrdtool first monitoring.rrd)" \
	    -e "$(rrdtool last monitoring.rrd)" | awk -v f="$1" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == f) c = i + 1 }
		/^[0-9]+:/ && $c !~ /nan/ { sub(/:/, "", $1); printf "%d %d\n", $1, $c }'
}

# with_file NAME: processes that have it as an argument
with_file() {
	grep -la -e "[${1:0:1}]${1:1}" /proc/[0-9]*/cmdline 2>/dev/null || true
}

@test "rrdmonitor: each number of each row" {
	needs rrdtool
	rrdmonitor <$rows
	is "$(rrdplot -L | tr '\n' ' ' | cut -c 1-40)" <<<'memUsageKB fillSzHashMap numFlows numAFl'
	same "$(($(head -n 1 $rows | tr '\t' '\n' | wc -l) - 4))" "$(rrdplot --list | wc -l)"
	run ! grep -q globalWarn <(rrdplot -L)
	# the last 60 rows of ten seconds fill 600 averages of one
	for f in numPkts TCPBytes connSip; do
		awk -F '\t' -v f=$f '
			NR == 1 { for (i = 1; i <= NF; i++) if ($i == f) c = i; next }
			{ printf "%d %d\n", $2, $c }' $rows | tail -n 50 >want
		is "$(stored $f | awk 'NR == FNR { at[$1]; next } $1 in at' want -)" <want
	done
	rrdplot --info | grep -q 'rra\[5\].cf = "DEVSEASONAL"\|cf = "HWPREDICT"'
}

@test "rrdmonitor: from all that t2 prints; -d, -k" {
	needs rrdtool
	t2 -r "$town" -w y -M 10 -o MONINTTMPCP=1,DIFF_REPORT=1,MACHINE_REPORT=1 | rrdmonitor -d y.rrd
	rrdmonitor --database=x.rrd <$rows
	same "$(rrdtool fetch x.rrd AVERAGE -s end-300 -e 1773739700 | cut -d ' ' -f 3-)" \
	    "$(rrdtool fetch y.rrd AVERAGE -s end-300 -e 1773739700 | cut -d ' ' -f 3-)"
	# in two parts
	head -n 100 $rows | rrdmonitor
	{ head -n 1 $rows; tail -n +101 $rows; } | rrdmonitor --keep
	for step in 1 24; do
		same "$(rrdtool fetch x.rrd AVERAGE -r $step -s 1773738000 -e 1773739798)" \
		    "$(rrdtool fetch monitoring.rrd AVERAGE -r $step -s 1773738000 -e 1773739798)"
	done
	{ head -n 1 $rows; tail -n 20 $rows; } | rrdmonitor -k 2>err || true
	# without -k from the beginning
	{ head -n 1 $rows; tail -n 20 $rows; } | rrdmonitor
	same "$(tail -n 20 $rows | head -n 1 | cut -f 2 | sed 's/\..*//')" \
	    "$(stored numPkts | head -n 1 | cut -d ' ' -f 1)"
	mkdir "a b's:db"
	rrdmonitor -d "a b's:db/"$'x"; y.rrd' <$rows
	rrdplot -d "a b's:db/"$'x"; y.rrd' numPkts
	png numPkts.png
}

@test "rrdmonitor: no reports, no rrdtool, misuse" {
	needs rrdtool
	run -1 --separate-stderr rrdmonitor <"$town"
	same 'rrdmonitor: no monitoring reports in the input' "$stderr"
	run -1 --separate-stderr bash -c 'tail -n 5 x_monitoring.txt | rrdmonitor'
	same 'rrdmonitor: rows without a header line' "$stderr"
	run -2 rrdmonitor -q
	run -2 rrdmonitor -d
	mkdir bin
	for c in sh mktemp rm; do ln -s "$(command -v $c)" bin; done
	PATH=$PWD/bin run -1 "$BUILD/bin/rrdmonitor" </dev/null
	same 'rrdmonitor: needs rrdtool: install the package rrdtool' "$output"
}

@test "rrdplot: pictures" {
	needs rrdtool
	rrdmonitor <$rows
	rrdplot numBytes
	same 640x480 "$(png numBytes.png)"
	rrdplot -r 300x200 numPkts numBytes
	same 300x200 "$(png numPkts_numBytes.png)"
	cp numBytes.png plain
	n=0
	for flags in -b -n -f '-t 0.1' -x '-u 50' '-l -20' '-i 5m' '-s 1773738600' '-e 1773739000' \
	    '--no-banner --no-units' --forecast '--trend 1' --log '--upper 50' '--lower -20' \
	    '--interval 30s' '--start 1773738600 --end 1773739000'; do
		# shellcheck disable=SC2086
		rrdplot $flags -p "p$((++n)).png" --size 640x480 numBytes
		same 640x480 "$(png p$n.png)"
		! cmp -s plain p$n.png || { echo "$flags changes nothing"; return 1; }
	done
	rrdplot -a --png again.png numBytes
	rrdplot --all -s 5 -a --png more.png numBytes
	cmp again.png more.png
	cmp plain again.png
}

@test "rrdplot: again and again" {
	needs rrdtool
	rrdmonitor <$rows
	rrdplot -R -U .2 numPkts 3>&- &
	pid=$!
	until_true 5 test -s numPkts.png
	rm numPkts.png
	until_true 5 test -s numPkts.png
	kill $pid
	wait $pid || true
	rrdplot --live --update 9 -p l.png numPkts 3>&- &
	pid=$!
	until_true 5 test -s l.png
	kill $pid
	wait $pid || true
	is "$(find "${TMPDIR:-/tmp}" -maxdepth 2 -name plot.png -newer l.png 2>/dev/null)" </dev/null
}

@test "rrdplot: misuse" {
	needs rrdtool
	rrdmonitor <$rows
	run -2 --separate-stderr rrdplot nope
	same 'rrdplot: nope: no such field; rrdplot -L lists them' "$stderr"
	run -2 rrdplot
	run -2 rrdplot numPkts numBytes numFlows
	for bad in '-r 5' '-r 0x5' '-r x' '-r 99999x5' '-i 5y' '-s now' '-t 0' '-u x' '-U 0' '-U -5' -q -p; do
		# shellcheck disable=SC2086
		run -2 rrdplot numPkts $bad
	done
	run -1 --separate-stderr rrdplot -d missing numPkts
	same 'rrdplot: missing: no such database' "$stderr"
	echo text >other
	for args in '-L' '-I' numPkts; do
		run -1 rrdplot -d other $args
		same "rrdplot: $PWD/other: not a database of RRDtool" "$output"
	done
	run -1 rrdplot numPkts -p missing/x.png
	same 'rrdplot: missing/x.png: cannot be written' "$output"
}

@test "plot_monitoring: pictures of a column" {
	needs gnuplot
	plot_monitoring -o p.svg numPkts $rows
	grep -q '>numPkts<' p.svg
	plot_monitoring numPkts <$rows
	png numPkts.png
	plot_monitoring --output=p.svg x 2>/dev/null || plot_monitoring --output q.svg numPkts $rows
	cmp p.svg q.svg
	# out of the output of t2
	t2 -r "$town" -w y -M 10 -o MONINTTMPCP=1,DIFF_REPORT=1,MACHINE_REPORT=1 >report
	plot_monitoring -o r.svg numPkts report
	cmp p.svg r.svg
	plot_monitoring --text numPkts $rows | grep -q numPkts
	is "$(plot_monitoring -l $rows)" < <(head -n 1 $rows | tr '\t' '\n' | tail -n +4)
	is "$(plot_monitoring --list report)" < <(head -n 1 $rows | tr '\t' '\n' | tail -n +4)
}

@test "plot_monitoring: again as reports come" {
	needs gnuplot
	growing=growing$$_$RANDOM
	head -n 50 $rows >$growing
	plot_monitoring -r 1 -o p.svg numPkts $growing 3>&- 2>err &
	pid=$!
	until_true 10 test -s p.svg
	cp p.svg before
	tail -n +51 $rows >>$growing
	until_true 10 eval '! cmp -s p.svg before && [ -s p.svg ]'
	kill $pid
	wait $pid || true
	# nothing goes on
	until_true 5 eval '[ -z "$(with_file $growing)" ]'
}

@test "plot_monitoring: misuse, no reports" {
	needs gnuplot
	run -2 plot_monitoring
	run -2 plot_monitoring -o x.bmp numPkts $rows
	run -2 plot_monitoring -r x numPkts $rows
	run -2 plot_monitoring numPkts $rows more
	run -2 plot_monitoring --refresh 0 numPkts $rows
	run -1 plot_monitoring numPkts missing
	run ! plot_monitoring nope $rows
	[[ $output == *nope* ]]
	run ! plot_monitoring -o x.svg numPkts "$town"
	[ ! -e x.svg ]
	run -1 plot_monitoring -l "$town"
}
