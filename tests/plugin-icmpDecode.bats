#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# plugin-icmpDecode.bats - types and codes, echo answers, parent flows, direction, the statistics
# file, on the captures of craft/icmpDecode.py.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	ALL='dir flowInd icmpStat icmpTCcnt icmpBFTypH_TypL_Code icmpTmGtw icmpEchoSuccRatio'
	ALL="$ALL icmpPFindex"
}

# icmp CAPTURE [OPTION...]: the ICMP flows, blanks between the columns, in the order of indexes
icmp() {
	local f=$1
	shift
	cols "$f" "$ALL" "$@" | awk '$3 != "0x00"' | tr '\t' ' ' | sort -k 2n,2 -k 1,1
}

# flow N of the ICMP flows of a capture
flow() {
	icmp "$2" | awk -v n="$1" '$2 == n'
}

@test "echo: requests, replies, identifier and number, ratio" {
	is "$(flow 1 icmpDecode-v4)" <<-'EOT'
		A 1 0x01 3 0x00000000_0x00000100_0x0001 0x03002211 0.6666667 0
		B 1 0x01 2 0x00000000_0x00000001_0x0001 0x02002211 0 0
	EOT
}

@test "replies without requests: the other side's ratio is negative" {
	is "$(flow 21 icmpDecode-v4 | cut -d ' ' -f 1,5,7)" <<-'EOT'
		A 0x00000000_0x00000008_0x0001 -2
		B 0x00000000_0x00000001_0x0001 0
	EOT
}

@test "parents: the last one found, same direction, only while it lives" {
	is "$(icmp icmpDecode-v4 | awk '$2 < 18 && $2 > 1' | cut -d ' ' -f 2,4-6,8)" <<-'EOT'
		3 3 0x00000000_0x00000008_0x2008 0x00000000 6
		5 1 0x00000000_0x00000800_0x0001 0x00000000 4
		7 1 0x00000000_0x00000020_0x0002 0xfc00000a 6
		8 1 0x00000000_0x00000008_0x0002 0x00000000 0
		10 1 0x00000000_0x00000008_0x0002 0x00000000 9
		11 1 0x00000000_0x00000008_0x0002 0x00000000 0
		13 1 0x00000000_0x00000008_0x0008 0x00000000 12
		14 1 0x00000000_0x00000010_0x0001 0x00000000 6
		15 1 0x00000000_0x00001000_0x0001 0x00000000 0
		16 1 0x00000000_0x00000008_0x0008 0x00000000 0
		17 1 0x00000000_0x00000800_0x0001 0x00000000 1
	EOT
}

@test "parents: SCTP ports, a quote cut in front of the ports, IPv4 options" {
	is "$(icmp icmpDecode-v4 | awk '$2 > 24 { print $2, $8 }')" <<-'EOT'
		25 24
		26 0
		27 6
	EOT
}

@test "parents can be switched off" {
	run -0 t2flow -o icmpDecode.ICMP_PARENT=0 -r "$(crafted icmpDecode-v4)"
	[[ ${lines[0]} != *icmpPFindex* ]]
}

@test "types above 31 and codes above 15 have no bit" {
	is "$(icmp icmpDecode-v4 | awk '$2 >= 18 && $2 <= 20 { print $5 }')" <<-'EOT'
		0x00000000_0x00000000_0x0001
		0x00000000_0x00000200_0x0000
		0x00000000_0x40000000_0x0001
	EOT
}

@test "direction: what does not begin with an echo request is inverted" {
	is "$(cols icmpDecode-v4 'flowInd dir flowStat srcIP' |
		awk '$1 == 3 || $1 == 22 || $1 == 23')" <<-EOT
		3	A	0x0000100000004001	10.0.0.3
		22	A	0x0000000000004000	10.0.0.7
		22	B	0x0000000000004001	10.0.0.1
		23	A	0x0000000000004000	10.0.0.1
	EOT
	is "$(cols icmpDecode-v4 'flowInd dir flowStat srcIP' -o icmpDecode.ICMP_FDCORR=0 |
		awk '$1 == 3 || $1 == 22')" <<-EOT
		3	A	0x0000100000004000	10.0.0.3
		22	A	0x0000000000004000	10.0.0.1
		22	B	0x0000000000004001	10.0.0.7
	EOT
}

@test "WANG2: Microsoft's bandwidth test" {
	is "$(flow 23 icmpDecode-v4 | cut -d ' ' -f 3)" <<<0x11
}

@test "ICMPv6: echo, errors, types in the upper word, neighbours" {
	is "$(icmp icmpDecode-v6 | cut -d ' ' -f 1,2,4-8)" <<-'EOT'
		A 1 2 0x00000001_0x00000000_0x0001 0x00000000 0.5 0
		B 1 1 0x00000002_0x00000000_0x0001 0x00000000 0 0
		A 3 1 0x00000000_0x00000002_0x0010 0x00000000 0 2
		A 4 3 0x00000000_0x0000001c_0x0003 0x00000000 0 2
		A 5 1 0x80000000_0x00000000_0x0001 0x00000000 0 0
		A 6 1 0x00000400_0x00000000_0x0000 0x00000000 0 0
		A 7 1 0x00000000_0x00000000_0x0008 0x00000000 0 0
		A 9 1 0x00000000_0x00000002_0x0010 0x00000000 0 8
		A 10 1 0x00000000_0x00000002_0x0010 0x00000000 0 0
		A 11 1 0x00000080_0x00000000_0x0001 0x00000000 0 0
		B 11 1 0x00000100_0x00000000_0x0001 0x00000000 0 0
	EOT
}

@test "the list of types and codes keeps the first ones; the counter wraps" {
	is "$(cols icmpDecode-counts 'icmpTCcnt icmpType_Code' -o icmpDecode.ICMP_TC_MD=1)" <<-EOT
		13	3_0;3_1;3_2;3_3;3_4;3_5;3_6;3_7;3_8;3_9
		4	8_0;8_0;8_0;8_0;8_0;8_0;8_0;8_0;8_0;8_0
	EOT
	is "$(cols icmpDecode-counts icmpType_Code -o icmpDecode.ICMP_TC_MD=1 \
		-o icmpDecode.ICMP_NUM=2)" <<-'EOT'
		3_0;3_1
		8_0;8_0
	EOT
	run -0 t2flow -o icmpDecode.ICMP_TC_MD=1 -r "$(crafted icmpDecode-counts)"
	[[ ${lines[0]} != *icmpBFTypH_TypL_Code* ]]
}

@test "later fragments are not messages; missing bytes are 0" {
	is "$(icmp icmpDecode-fragments | cut -d ' ' -f 3-5)" <<-'EOT'
		0x01 1 0x00000000_0x00000100_0x0001
	EOT
	is "$(icmp icmpDecode-cut | cut -d ' ' -f 5-6)" <<-'EOT'
		0x00000000_0x00000100_0x0001 0x00000000
		0x00000000_0x00000100_0x0002 0x00000201
	EOT
}

@test "statistics file: fixed rows, other ICMPv6 messages, ratios" {
	needs t2
	t2 -r "$(crafted icmpDecode-v6)" -w "$BATS_TEST_TMPDIR/x" >/dev/null 2>&1
	f=$BATS_TEST_TMPDIR/x_icmpStats.txt
	is "$(head -n 7 "$f")" <<-'EOT'
		Total number of ICMP messages: 14 [87.50%]

		Number of ICMPv6 packets: 14 [87.50%]

		ICMPv6 echo reply / request ratio: 0.500

		# ICMP Type	Code	Packets	Percentage
	EOT
	[ "$(grep -c '^ICMP_.*	0	0.000$' "$f")" -eq 26 ]
	is "$(awk -F '\t' '/^# ICMPv6/ { on = 1 } on && $3 != "0"' "$f")" <<-EOT
		# ICMPv6 Type	Code	Packets	Percentage
		ICMP6_ECHOREQUEST	-	2	14.286
		ICMP6_ECHOREPLY	-	1	7.143
		ICMP6_PKT_TOO_BIG	-	1	7.143
		ICMP6_DEST_UNREACH	ICMP6_PORT_UNREACH	3	21.429
		ICMP6_TIME_EXCEEDED	ICMP6_EXC_HOPS	1	7.143
		ICMP6_PARAM_PROBLEM	ICMP6_UNRECO_NEXT_HDR	1	7.143
		ICMP6_NBOR_SOLICIT	-	1	7.143
		ICMP6_NBOR_ADVERT	-	1	7.143
		159	0	1	7.143
		200	3	1	7.143
	EOT
}

@test "end report: echo messages in per cent of the version's packets" {
	needs t2
	run -0 --separate-stderr t2 -r "$(crafted icmpDecode-v4)" -w "$BATS_TEST_TMPDIR/x"
	# shellcheck disable=SC2154
	is "$(printf '%s\n' "$output" "$stderr" | grep '^icmpDecode')" <<-'EOT'
		icmpDecode: Number of ICMP echo request packets: 4 [13.33%]
		icmpDecode: Number of ICMP echo reply packets: 4 [13.33%]
		icmpDecode: ICMP echo reply / request ratio: 1.00
	EOT
}
