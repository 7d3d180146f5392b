#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# alarm.bats - alarm mode writes only flows that a condition picks out, force mode ends them.
# Captures: the demo capture, craft/alarm.py.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	town=$T2_TOP/examples/town.pcap
}

id='dir,flowInd,timeFirst,srcIP,srcPort,dstIP,dstPort'

# alarmed COLUMN OPTION...: what alarm mode writes of the demo capture
alarmed() {
	local col=$1
	shift
	t2flow -o ALARM_MODE=1 -o "$@" -c "$id,$col" -r "$town" | sed 1d
}

# chosen COLUMN CONDITION: rows of all flows of the demo capture for which the condition about v,
# the last column, holds
chosen() {
	t2flow -c "$id,$1" -r "$town" | sed 1d |
	    gawk -F '\t' "{ v = strtonum(\$NF) } $2"
}

# mode COLUMN OPTION=NUMBER CONDITION COUNT: alarm mode writes what the condition chooses
mode() {
	alarmed "$1" "$2" >"$BATS_TEST_TMPDIR/got"
	chosen "$1" "$3" >"$BATS_TEST_TMPDIR/wanted"
	cmp "$BATS_TEST_TMPDIR/wanted" "$BATS_TEST_TMPDIR/got"
	same "$4" "$(wc -l <"$BATS_TEST_TMPDIR/got")"
}

@test "alarm mode: bits of tcpStates, ipFlags, tcpAnomaly" {
	mode tcpStates TCPSTATES_ALARM=0x80 'and(v, 0x80)' 51
	mode ipFlags IPFLAGS_ALARM=0x10 'and(v, 0x10)' 1
	mode ipFlags IPFLAGS_ALARM=0x0c00 'and(v, 0x0c00)' 147
	mode tcpAnomaly TCPANOM_ALARM=0xe8 'and(v, 0xe8)' 39
}

@test "alarm mode: the scanner's odd packets, and nobody else's" {
	alarmed l4Proto TCPANOM_ALARM=0x80 | cut -f 4,6,7 >"$BATS_TEST_TMPDIR/got"
	is "$(cat "$BATS_TEST_TMPDIR/got")" <<-E
$(printf '198.51.100.23\t10.20.1.80\t%s\n' 1006 1012 1016 1022 1026 1032 1036 1002)
	E
}

@test "alarm mode: types of ICMP messages" {
	mode icmpBFTypH_TypL_Code ICMP_TYPL_ALARM=0x8 \
	    '{ split($NF, w, "_"); v = strtonum(w[2]) } and(v, 8)' 67
	mode icmpBFTypH_TypL_Code ICMP_TYPH_ALARM=0x1 \
	    '{ split($NF, w, "_"); v = strtonum(w[1]) } and(v, 1)' 7
}

@test "alarm mode: connection numbers and rates" {
	mode connSip CS_SIP_ALARM=100 'v >= 100' 69
	mode connDip CS_DIP_ALARM=30 'v >= 30' 138
	mode connSipDip CS_SDIP_ALARM=30 'v >= 30' 24
	mode connSipDprt CS_DPRT_ALARM=100 'v >= 100' 72
	mode pktps BS_PPS_ALARM=1000 '$NF >= 1000' 17
	mode bytps BS_BPS_ALARM=100000 '$NF >= 100000' 10
}

@test "alarm mode: one condition suffices, with ALARM_AND=1 all must hold" {
	alarmed l4Proto TCPANOM_ALARM=0xe8,TCPSTATES_ALARM=0x80 >"$BATS_TEST_TMPDIR/or"
	alarmed l4Proto TCPANOM_ALARM=0xe8,TCPSTATES_ALARM=0x80,ALARM_AND=1 >"$BATS_TEST_TMPDIR/and"
	alarmed l4Proto TCPANOM_ALARM=0xe8 | sort >"$BATS_TEST_TMPDIR/a"
	alarmed l4Proto TCPSTATES_ALARM=0x80 | sort >"$BATS_TEST_TMPDIR/b"
	sort -u "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/b" |
	    cmp - <(sort "$BATS_TEST_TMPDIR/or")
	comm -12 "$BATS_TEST_TMPDIR/a" "$BATS_TEST_TMPDIR/b" |
	    cmp - <(sort "$BATS_TEST_TMPDIR/and")
	[ -s "$BATS_TEST_TMPDIR/and" ]
	run -1 cmp -s "$BATS_TEST_TMPDIR/and" "$BATS_TEST_TMPDIR/or"
}

@test "alarms without alarm mode mark flows, bit 49, and the report counts them" {
	t2flow -o TCPANOM_ALARM=0x20 -c flowInd,flowStat -r "$town" >"$BATS_TEST_TMPDIR/rows"
	same "$(t2flow -r "$town" | wc -l)" "$(wc -l <"$BATS_TEST_TMPDIR/rows")"
	same 515,525,537,547, "$(sed 1d "$BATS_TEST_TMPDIR/rows" |
	    gawk '{ if (and(strtonum($2), 0x2000000000000)) printf "%s,", $1 }')"
	t2 -o TCPANOM_ALARM=0x20 -w "$BATS_TEST_TMPDIR/run" -r "$town" >"$BATS_TEST_TMPDIR/report"
	grep '^\[WRN\] Number of alarms: 4 \[0.19%\]$' "$BATS_TEST_TMPDIR/report"
	t2 -o TCPANOM_ALARM=0x20 -o ALARM_MODE=1 -w "$BATS_TEST_TMPDIR/run" -r "$town" \
	    >"$BATS_TEST_TMPDIR/report2"
	grep '^\[WRN\] Number of alarms: 4 \[0.19%\]$' "$BATS_TEST_TMPDIR/report2"
	same 5 "$(wc -l <"$BATS_TEST_TMPDIR/run_flows.txt")"
}

@test "alarm mode: nothing to raise alarms is an error" {
	run -1 --separate-stderr t2flow -o ALARM_MODE=1 -r "$town"
	same 't2flow: ALARM_MODE=1: no option asks for alarms, see t2shape(7)' "$stderr"
	same '' "$output"
}

@test "force mode: needs to be on" {
	run -1 --separate-stderr t2flow -o TCPANOM_FORCE=1 -r "$town"
	same 't2flow: tcpFlags.TCPANOM_FORCE: needs FORCE_MODE=1' "$stderr"
}

# forced CAPTURE OPTION 'COLUMN...'
forced() {
	flows "$1" "$3" -p basicFlow,basicStats,tcpFlags,icmpDecode -o FORCE_MODE=1 -o "$2"
}

@test "force mode: the pair ends at once, bit 41, and begins again" {
	is "$(forced alarm-flags TCPANOM_FORCE=0xc0 'dir flowInd flowStat srcPort timeFirst duration numPktsSnt tcpAnomaly')" <<-E
	A 1 0x0000120000004000 40000 1000000000.000000 3.000000 3 0x8480
	B 1 0x0000020000004001 80 1000000001.000000 0.000000 1 0x0002
	A 2 0x0000020000004000 40000 1000000005.000000 0.000000 1 0x0040
	B 2 0x0000020000004001 80 1000000004.000000 0.000000 1 0x0000
	A 3 0x0000000000004000 40000 1000000006.000000 1.000000 2 0x8000
	E
	# other flows go on
	is "$(forced alarm-two TCPANOM_FORCE=0x80 'flowInd flowStat srcPort numPktsSnt')" <<-E
	2 0x0000020000004000 40000 1
	3 0x0000000000004000 40000 1
	1 0x0000100000004001 1 3
	E
}

@test "force mode: rates of a second or more" {
	is "$(forced alarm-rate BS_PPS_FORCE=10 'dir flowInd flowStat timeFirst duration numPktsSnt')" <<-E
	A 1 0x0000120000004000 1000000000.000000 1.000000 11
	A 2 0x0000100000004000 1000000001.100000 4.900000 4
	B 2 0x0000100000004001 1000000003.000000 4.000000 3
	E
	is "$(forced alarm-rate BS_BPS_FORCE=100 'dir flowInd numPktsSnt' | head -n 1)" <<-E
	A 1 11
	E
	same 2 "$(forced alarm-rate BS_PPS_FORCE=13 'dir flowInd numPktsSnt' | wc -l)"
}

@test "force mode: types of ICMP messages" {
	is "$(forced alarm-icmp ICMP_TYPL_FORCE=8 'flowInd flowStat numPktsSnt icmpBFTypH_TypL_Code')" <<-E
	1 0x0000020000004000 2 0x00000000_0x00000108_0x0001
	2 0x0000000000004000 2 0x00000000_0x00000100_0x0001
	E
	is "$(forced alarm-icmp6 ICMP_TYPH_FORCE=0x100,ICMP_TYPL_FORCE=0x8 'flowInd flowStat numPktsSnt')" <<-E
	1 0x0000020000008000 2
	2 0x0000020000008000 2
	3 0x0000000000008000 1
	E
}

@test "force mode: each unreachable message of the demo capture is a flow" {
	t2flow -o FORCE_MODE=1 -o ICMP_TYPL_FORCE=8 -c l4Proto,flowStat,numPktsSnt,icmpBFTypH_TypL_Code \
	    -r "$town" | sed 1d >"$BATS_TEST_TMPDIR/rows"
	n=$(gawk '{ split($4, w, "_"); n += and(strtonum(w[2]), 8) > 0 } END { print n }' \
	    "$BATS_TEST_TMPDIR/rows")
	same "$(t2icmp -r "$town" | gawk -F '\t' '$1 == "ICMP" && $2 == 3 { n += $4 } END { print n }')" "$n"
	# all have bit 41 and are the last message of their flow
	same 0 "$(gawk '{ split($4, w, "_") } and(strtonum(w[2]), 8) && !and(strtonum($2), 0x20000000000)' \
	    "$BATS_TEST_TMPDIR/rows" | wc -l)"
}

@test "force mode: no packet is lost; t2extract and t2pkt see the same flows" {
	local opts=(-o FORCE_MODE=1 -o TCPSTATES_FORCE=0x40 -o IPFLAGS_FORCE=0x40)
	t2flow "${opts[@]}" -c dir,flowInd,numPktsSnt -r "$town" | sed 1d | sort >"$BATS_TEST_TMPDIR/rows"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/rows")" -gt 5000 ]
	same "$(t2flow -c numPktsSnt -r "$town" | awk '{ n += $1 } END { print n }')" \
	    "$(awk '{ n += $3 } END { print n }' "$BATS_TEST_TMPDIR/rows")"
	t2pkt "${opts[@]}" -c flowInd -r "$town" | sed 1d | sort | uniq -c |
	    awk '{ print $2, $1 }' | sort >"$BATS_TEST_TMPDIR/pkts"
	awk '{ n[$2] += $3 } END { for (i in n) print i, n[i] }' "$BATS_TEST_TMPDIR/rows" | sort |
	    cmp - "$BATS_TEST_TMPDIR/pkts"
	f=$(awk '$3 > 2 { print $2; exit }' "$BATS_TEST_TMPDIR/rows")
	t2extract "${opts[@]}" -w "$BATS_TEST_TMPDIR/x.pcap" -r "$town" "$f"
	same "$(awk -v f="$f" '$1 == f { print $2 }' "$BATS_TEST_TMPDIR/pkts")" \
	    "$(t2pkt -p basicFlow -r "$BATS_TEST_TMPDIR/x.pcap" | sed 1d | wc -l)"
}
