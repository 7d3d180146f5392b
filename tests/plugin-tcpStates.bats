#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# plugin-tcpStates.bats - the state machine on the captures of craft/tcpStates.py: worked examples
# that were checked with the reference, and the idle time of each state.

bats_require_minimum_version 1.5.0

setup() {
	load lib
}

# states CAPTURE: direction, client port - 10000, tcpStates
states() {
	cols "$1" 'dir srcPort dstPort tcpStates' |
	awk '{ print $1, ($2 > $3 ? $2 : $3) - 10000, $4 }'
}

@test "teardown, packets after it, reset, packets after it" {
	is "$(states tcpStates-examples | awk '$2 <= 3')" <<-'EOT'
		A 1 0x00
		B 1 0x08
		A 1 0x03
		A 2 0x00
		B 2 0x00
		A 3 0x16
		B 3 0x46
		A 3 0x03
		B 3 0x43
	EOT
}

@test "refusal, start in the middle, bad flags, wrong numbers, FIN without SYN" {
	is "$(states tcpStates-examples | awk '$2 >= 4 && $2 <= 9')" <<-'EOT'
		A 4 0x03
		B 4 0x43
		A 5 0x03
		B 5 0x03
		A 6 0x06
		B 6 0x06
		A 7 0x03
		B 7 0x03
		A 8 0x83
		A 9 0x01
		B 9 0x01
	EOT
}

@test "simultaneous open, reset after teardown, FIN with payload, repeated SYN-ACK" {
	is "$(states tcpStates-examples | awk '$2 >= 10 && $2 <= 13')" <<-'EOT'
		A 10 0x02
		B 10 0x02
		A 11 0x4a
		B 11 0x02
		A 12 0x02
		B 12 0x02
		A 13 0x02
		B 13 0x02
	EOT
}

@test "the longer idle time of both directions decides, later packets are a new flow" {
	is "$(states tcpStates-examples | awk '$2 >= 14 && $2 <= 16')" <<-'EOT'
		A 14 0x02
		B 14 0x02
		A 15 0x02
		B 15 0x02
		A 15 0x03
		A 16 0x03
		A 16 0x03
	EOT
}

@test "scans: no flags, Xmas, FIN, SYN-FIN, all kinds of RST, half-open" {
	is "$(states tcpStates-examples | awk '$2 >= 17 && $2 <= 26')" <<-'EOT'
		A 17 0x83
		A 18 0x83
		A 19 0x83
		A 20 0x03
		A 21 0xc3
		A 22 0xc3
		A 23 0xc3
		A 24 0xc3
		A 25 0xc3
		A 26 0x43
		B 26 0x03
	EOT
}

@test "reset while closing, no wrap, urgent data, lone SYN-ACK, unfinished FIN scan" {
	is "$(states tcpStates-examples | awk '$2 >= 27')" <<-'EOT'
		A 27 0x02
		B 27 0x42
		A 28 0x03
		B 28 0x03
		A 29 0x00
		B 29 0x00
		A 30 0x03
		A 31 0x83
		B 31 0x03
	EOT
}

@test "idle times: 120 s new, 610 s established, 10 s closed, 0.1 s reset, to the microsecond" {
	is "$(cols tcpStates-edges 'dir srcPort tcpStates duration' |
		awk '$1 == "A" && $2 > 80')" <<-EOT
		A	10001	0x03	119.999000
		A	10002	0x03	0.000000
		A	10002	0x03	0.000000
		A	10003	0x02	610.019000
		A	10004	0x02	0.020000
		A	10004	0x03	0.000000
		A	10005	0x08	10.129000
		A	10006	0x00	0.130000
		A	10006	0x03	0.000000
		A	10007	0xd3	0.099000
		A	10008	0xc3	0.000000
		A	10008	0x03	0.000000
	EOT
}

@test "no states for UDP and ARP; a cut segment has no flags; later fragments are not looked at" {
	is "$(cols tcpStates-others 'srcPort l4Proto tcpStates numPktsSnt')" <<-EOT
		1	17	0x00	1
		10002	6	0x83	1
		0	0	0x00	1
		10003	6	0x03	2
	EOT
}

@test "without the plugin the same connections are fewer flows" {
	run -0 cols tcpStates-examples flowInd -p basicFlow,tcpStates
	last=${lines[-1]}
	run -0 cols tcpStates-examples flowInd -p basicFlow
	[ "${lines[-1]}" -lt "$last" ]
}
