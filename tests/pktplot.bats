#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# pktplot.bats - statGplt and fpsGplt: packets as tables for plots.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	tr ' ' '\t' >x_packets.txt <<-'E'
		%pktNo flowInd flowStat time pktIAT pktLen l7Len
		1 1 0x4000 1773738000.999999 0.000000 74 0
		2 1 0x4001 1773738001.000001 0.000000 1514 1448
		3 1 0x4000 1773738001.500000 0.500001 60 6
		4 2 0x4000 1773738002.000000 0.000000 99 50
		5 1 0x400b 1773738003.000000 1.999999 1500 1434
		6 2 0x4000 1773738002.000000 0.000000 51 2
		7 2 0x4000 1773738002.019999 0.019999 149 2
	E
}

# rows with blanks for tabs
rows() {
	"$@" | tr '\t' ' '
}

@test "statGplt: packets by size and inter-arrival time" {
	is "$(rows statGplt x_packets.txt)" <<-'E'
		%pktLen pktIAT numPkts
		50 1e-07 1
		50 0.5 1
		100 0.01 1
		1500 1 1
	E
	is "$(rows statGplt -s 100 -i 0.5 -l -d A x_packets.txt)" <<-'E'
		%l7Len pktIAT numPkts
		0 0 2
		0 0.5 1
	E
	is "$(rows statGplt -f 2 <x_packets.txt | tail -n +2 | cut -d ' ' -f 3 | tr '\n' ' ')" <<<'1 1 '
}

@test "fpsGplt: the first packets of each flow" {
	fpsGplt x_packets.txt 2>err
	is "$(cat err)" <<<'fpsGplt: written: x_nps.txt'
	is "$(rows cat x_nps.txt)" <<-'E'
		%relTime flowInd pktLen
		0 1 74
		2e-06 1 -1514
		0.500001 1 60
		0 2 99
		2.000001 1 -1500
		0 2 51
		0.019999 2 149
	E
	is "$(rows fpsGplt -n 2 -l -o - x_packets.txt)" <<-'E'
		%relTime flowInd l7Len
		0 1 0
		2e-06 1 -1448
		0 2 50
		0 2 2
	E
	is "$(rows fpsGplt -d B -f 1-1,7 <x_packets.txt | tail -n +2 | cut -d ' ' -f 3 | tr '\n' ' ')" \
	    <<<'-1514 -1500 '
	fpsGplt -n 0 -o y x_packets.txt
	cmp y x_nps.txt
}

@test "the same in every awk" {
	t2pkt -r "$T2_TOP/examples/town.pcap" >town_packets.txt 2>/dev/null
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk statGplt town_packets.txt >"got.${awk%% *}"
		T2_AWK=$awk fpsGplt -o - town_packets.txt >>"got.${awk%% *}"
	done
	[ "$(wc -l <got.mawk)" -gt 1000 ]
	for awk in gawk original-awk busybox; do
		cmp got.mawk "got.$awk"
	done
}

@test "t2plot takes them" {
	needs gnuplot
	statGplt x_packets.txt | t2plot -ly -lz --svg a.svg
	grep -q '<text>pktIAT \[log\]</text>' a.svg
	fpsGplt -o - x_packets.txt | t2plot --svg b.svg
	grep -q '<text>flowInd</text>' b.svg
}

@test "wrong use is status 2, else 1; help and manuals name the same options" {
	for bad in '-s 0 x' '-i 0 x' '-i 0.0 x' '-i x x' '-d C x' '-f 1,,2 x' '-f 1-2-3 x' '-f x x' '-z' 'a b' '-s'; do
		# shellcheck disable=SC2086
		run -2 statGplt $bad </dev/null
		[[ ${lines[0]} == 'statGplt: '* ]]
	done
	run -2 fpsGplt -n -1 x
	run -1 statGplt none
	is "$output" <<<'statGplt: none: no such file'
	run -1 fpsGplt -f 99 x_packets.txt
	is "$output" <<<'fpsGplt: x_packets.txt: no such packets'
	[ ! -e x_nps.txt ]
	run -1 fpsGplt -o none/x x_packets.txt
	is "$output" <<<'fpsGplt: none/x: cannot be written'
	run -1 statGplt /dev/null
	is "$output" <<<'statGplt: /dev/null: no row of column names'
	run -1 statGplt <<<$'%a\tb\n1\t2'
	is "$output" <<<'statGplt: stdin: no column flowInd'
	for t in statGplt fpsGplt; do
		$t -h | grep -oE '^  -[^ ]*(, -[^ ]*)*' | tr -d ' ' | tr , '\n' |
		while read -r o; do
			grep -qE "Fl ${o#-}\b" "$T2_TOP/man/$t.1" || echo "$o"
		done | is "$(cat)" </dev/null
	done
}
