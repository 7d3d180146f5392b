#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# topNStat.bats - the most frequent values of columns, as lists and charts.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	unset DISPLAY WAYLAND_DISPLAY GNUTERM
	tr ' ' '\t' >x_flows.txt <<-'E'
		%dir srcIP dstIP dstPort l4Proto numPktsSnt numBytesSnt
		A 10.0.0.1 10.0.0.2 80 6 5 500
		A 10.0.0.1 10.0.0.3 53 17 1 60
		B 10.0.0.2 10.0.0.1 999 6 4 2000
		A 10.0.0.4 10.0.0.2 80 6 1 0
		A fe80::1 ff02::1 0 58 2 3000000000
	E
}

# the lists with blanks for tabs
top() {
	topNStat "$@" | tr -s '\t ' '  '
}

@test "flows of a column; the limit; ties in the order of the values" {
	is "$(top x_flows.txt srcIP -n=3)" <<-'E'
		srcIP Flows Probability[%]
		10.0.0.1 2 40.000
		10.0.0.2 1 20.000
		10.0.0.4 1 20.000
	E
	is "$(topNStat x_flows.txt srcIP -n 1)" < <(printf 'srcIP\tFlows\tProbability[%%]\n10.0.0.1\t2\t     40.000\n')
	[ "$(top x_flows.txt srcIP -n0 | wc -l)" -eq 5 ]
}

@test "packets, bytes, percentages from and up to, protocols" {
	is "$(top x_flows.txt -c=b dstPort -p 1)" <<-'E'
		dstPort Bytes Probability[%]
		0 3000000000 100.000
	E
	is "$(top x_flows.txt -c p dstPort -p=-20 | tail -n +2)" < <(printf '%s\n' '0 2 15.385' '53 1 7.692')
	is "$(top x_flows.txt srcIP tcp | tail -n +2 | cut -d ' ' -f 1,2)" \
	    < <(printf '%s\n' '10.0.0.1 1' '10.0.0.2 1' '10.0.0.4 1')
	is "$(top x_flows.txt srcIP icmp | tail -n +2 | cut -d ' ' -f 1)" <<<fe80::1
	is "$(top x_flows.txt srcIP udp | tail -n +2 | cut -d ' ' -f 1)" <<<10.0.0.1
}

@test "columns by number, range, combination; the usual ones; filters; stdin" {
	is "$(top x_flows.txt 1 4-5 srcIP:4 -n 1 | grep Flows)" <<-'E'
		dir Flows Probability[%]
		dstPort Flows Probability[%]
		l4Proto Flows Probability[%]
		srcIP:dstPort Flows Probability[%]
	E
	is "$(top x_flows.txt 2:dstPort -n 1 | tail -n 1)" <<<'10.0.0.1 53 1 20.000'
	is "$(top - <x_flows.txt | grep Flows | cut -d ' ' -f 1 | tr '\n' ' ')" <<<'srcIP dstIP dstPort l4Proto '
	is "$(top -f '$dir == "B"' x_flows.txt dstPort | tail -n +2)" <<<'999 1 100.000'
	# names of other versions
	printf 'pktsSnt\tvlanID\n7\t5\n' | sed 's/^p/%p/' | top -c p - ethVlanID |
	    grep -qx '5 7 100.000'
}

@test "the same in every awk" {
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk topNStat x_flows.txt -c b srcIP 4-6 >"got.${awk%% *}"
	done
	for awk in gawk original-awk busybox; do
		cmp got.mawk "got.$awk"
	done
}

@test "charts" {
	needs gnuplot
	topNStat --plot x_flows.txt 2>err
	is "$(cat err)" <<<'topNStat: picture: x_flows_plot.png'
	is "$(head -c 4 x_flows_plot.png | tail -c 3)" <<<PNG
	sed "s/fe80::1/'; !touch pwned #\`touch pwned\`<b>/" x_flows.txt | topNStat --svg out.svg - srcIP dir
	/usr/bin/python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' out.svg
	grep -qF '!touch pwned #`touch' out.svg
	grep -q '<text>dir</text>' out.svg
	[ ! -e pwned ]
	topNStat --text x_flows.txt dstPort >out
	grep -q dstPort out
}

@test "wrong use is status 2, else 1" {
	for bad in '' '-n' '-n x f' '-c x f' '-p x f' '-z f' '--png'; do
		# shellcheck disable=SC2086
		run -2 topNStat $bad
		[[ ${lines[0]} == 'topNStat: '* ]]
	done
	run -1 topNStat none
	is "$output" <<<'topNStat: none: no such file'
	run -1 topNStat x_flows.txt srcIp
	is "$output" <<<'topNStat: x_flows.txt: no column srcIp (did you mean srcIP?)'
	run -1 topNStat x_flows.txt 8
	is "$output" <<<'topNStat: x_flows.txt: no column 8'
	run -1 topNStat /dev/null
	is "$output" <<<'topNStat: /dev/null: no row of column names'
	run -1 topNStat -f 'nosuch()' x_flows.txt
	[[ $output == 'tawk: '* ]]
	[ "${#lines[@]}" -eq 1 ]
}
