#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# plugin-tcpFlags.bats - the numbers of tcpFlags on the captures of craft/tcpFlags.py: worked
# examples of which each was recomputed by hand, and one packet sequence for each bit.

bats_require_minimum_version 1.5.0

setup() {
	load lib
}

# rows NAME 'COLUMN...' [OPTION...]: these columns of all flows, separated by blanks; what t2 says
# of them goes into $BATS_TEST_TMPDIR/report
rows() {
	local name=$1 want=$2
	shift 2
	t2 -r "$(crafted "tcpFlags-$name")" -w "$BATS_TEST_TMPDIR/t2" "$@" >"$BATS_TEST_TMPDIR/report"
	cols "tcpFlags-$name" "$want" "$@" | tr '\t' ' '
}

SEQ='tcpPSeqCnt tcpSeqSntBytes tcpSeqFaultCnt tcpPAckCnt tcpFlwLssAckRcvdBytes tcpAckFaultCnt'
WIN='tcpInitWinSz tcpAveWinSz tcpMinWinSz tcpMaxWinSz tcpWinSzDwnCnt tcpWinSzUpCnt
	tcpWinSzChgDirCnt tcpWinSzThRt'
TRIP='tcpSSASAATrip tcpRTTAckTripMin tcpRTTAckTripMax tcpRTTAckTripAve'
seed='compat=0.8.4'

@test "a session: state, sequence numbers, flags" {
	run -0 rows session "dir tcpFStat ipMindIPID ipMaxdIPID $SEQ tcpFlags tcpAnomaly"
	same 'A 0x0158 1 2 3 99 2 2 200 0 0x1b 0x0001
B 0x0158 1 3 4 199 0 2 100 1 0x1b 0x0003' "$output"
}

@test "a session: windows, scaled from the SYN on" {
	run -0 rows session "$WIN"
	same '1048576 186041.9 11520 1048576 2 0 0 0
32768 14393.02 4800 32768 1 0 0 0' "$output"
}

@test "a session: options, timestamps, boot time" {
	run -0 rows session 'tcpOptPktCnt tcpOptCnt tcpOptions tcpMSS tcpWS tcpTmS tcpTmER tcpEcI tcpBtm'
	same '4 16 0x0000011e 1460 7 112 907 0.01 999999999.000001
3 12 0x0000010e 1400 3 907 106 0.01 999999991.020001' "$output"
}

@test "a session: round trips" {
	run -0 rows session "$TRIP tcpRTTSseqAA"
	same '0 0.03 0.11 0.04 0.02
0.02 0.02 0.03 0.0225 0.0625' "$output"
	run -0 rows session 'tcpRTTAckTripJitAve tcpRTTAckJitAve'
	[[ ${lines[0]} == 0.02958541\ -1 || ${lines[0]} == 0.0295854\ -1 ]]
	[[ ${lines[1]} =~ ^0\.0035600[0-9]*\ 0\.0297988 ]]
}

@test "scans: marks, flags and anomalies of 21 ways to knock" {
	run -0 rows scans 'dir dstPort srcPort tcpFStat tcpFlags tcpAnomaly ipFlags'
	output=$(echo "$output" | awk '{ print $1 == "A" ? $2 : $3, $1, $4, $5, $6, $7 }' | sort -n)
	same "1 A 0x0144 0x02 0x0000 0x0000
1 B 0x0164 0x14 0x0004 0x0000
2 A 0x0142 0x02 0x0000 0x0000
3 A 0x0142 0x02 0x0200 0x0000
4 A 0x0142 0x02 0x0200 0x0000
5 A 0x0140 0x02 0x0200 0x0000
6 A 0x0142 0x00 0x0040 0x0000
7 A 0x0142 0x29 0x0080 0x0000
8 A 0x0144 0x29 0x0080 0x0000
8 B 0x0164 0x14 0x0004 0x0000
9 A 0x0140 0x01 0x0000 0x0000
10 A 0x0142 0x11 0x0001 0x0000
11 A 0x0144 0x06 0x0000 0x0000
11 B 0x0164 0x12 0x0002 0x0000
12 A 0x0144 0x12 0x0000 0x0000
12 B 0x0164 0x12 0x0002 0x0000
13 A 0x0140 0x10 0x0000 0x0000
13 B 0x0140 0x04 0x0000 0x0000
14 A 0x0142 0x03 0x0008 0x0000
15 A 0x0142 0x07 0x0010 0x0000
16 A 0x0142 0x05 0x0020 0x0000
17 A 0x0142 0x3f 0x0080 0x0000
18 A 0x0142 0x04 0x0000 0x0000
19 A 0x0142 0x14 0x0004 0x0000
20 A 0x0142 0x02 0x0000 0x8000
21 A 0x0142 0xc2 0x0000 0x8000" "$output"
	grep -Fx 'tcpFlags: Aggregated tcpAnomaly: 0x02ff' "$BATS_TEST_TMPDIR/report"
	grep -Fx 'tcpFlags: Number of TCP scans, succ scans, retries: 14, 4, 0' "$BATS_TEST_TMPDIR/report"
}

@test "scans: the detector can be switched off" {
	run -0 rows scans 'tcpFStat' -o tcpFlags.SCAN_DETECTOR=0
	run ! grep -E '^0x...[2467]' <<<"$output"
	run ! grep 'Number of TCP scans' "$BATS_TEST_TMPDIR/report"
}

@test "loss, repetition, disorder" {
	run -0 rows loss "dir $SEQ tcpAnomaly"
	same 'A 5 549 3 0 0 0 0x2800
B 8 0 0 4 500 3 0xc002' "$output"
	grep -Fx 'tcpFlags: Aggregated tcpAnomaly: 0xe802' "$BATS_TEST_TMPDIR/report"
	run ! grep retries "$BATS_TEST_TMPDIR/report"
}

@test "keep-alives count as disorder and duplicate acknowledgements" {
	run -0 rows keepalive "dir $SEQ tcpAnomaly"
	same 'A 2 98 2 0 0 0 0x9000
B 4 0 0 1 100 1 0x8002' "$output"
}

@test "zero windows" {
	run -0 rows zerowindow "tcpFStat $WIN tcpAnomaly"
	same '0x0140 1000 389.599 0 1000 2 2 2 0.4285714 0x8002' "${lines[1]}"
	run -0 rows zerowindow 'tcpPSeqCnt tcpSeqSntBytes tcpSeqFaultCnt'
	same '1 99 3' "${lines[0]}"
	grep -Fx 'tcpFlags: Number WinSz below 1: 3 [25.00%]' "$BATS_TEST_TMPDIR/report"
}

@test "WINMIN moves the threshold" {
	run -0 rows zerowindow 'tcpWinSzThRt' -o tcpFlags.WINMIN=600
	same '0.7142857' "${lines[1]}"
	grep -F 'tcpFlags: Number WinSz below 600: 5 [' "$BATS_TEST_TMPDIR/report"
}

@test "sequence numbers over the wrap" {
	run -0 rows wrap "dir $SEQ tcpAnomaly"
	same 'A 3 399 3 2 5100 0 0x1000
B 3 99 0 1 600 1 0x0002' "$output"
}

@test "a repetition after more than a second is a retry" {
	run -0 rows retry 'tcpSeqFaultCnt tcpAnomaly'
	same '1 0x0400
0 0x0002' "$output"
	grep -F 'succ scans, retries: 0, 1, 1' "$BATS_TEST_TMPDIR/report"
}

@test "IP identifications, TTL, TOS, times" {
	run -0 rows ipid 'ipMindIPID ipMaxdIPID ipMinTTL ipMaxTTL ipTTLChg ipTOS ipFlags flowStat'
	same '0 65534 63 64 2 0x11 0x6006 0x0008100000004000' "$output"
}

# sport:dport proto ipFlags tcpFStat
sums() {
	rows checksums 'srcPort dstPort l4Proto ipFlags tcpFStat' "$@" |
	awk '{ print $3 == 17 || $3 == 6 ? $1 : $3 == 136 ? $2 : 0, $3, $4, $5 }'
}

@test "checksums: what is absent is not wrong" {
	run -0 sums
	same '1001 17 0x0000 0x0100
1002 17 0x0000 0x0100
1003 17 0x0800 0x0100
1004 17 0x0400 0x0100
1005 6 0x0800 0x0142
0 1 0x0800 0x0100
1007 17 0x0000 0x0100
0 132 0x0000 0x0000
1008 136 0x0800 0x0100
1003 136 0x0800 0x0300
0 47 0x0000 0x0100
0 103 0x0000 0x0000
1014 6 0x0000 0x0140
1013 17 0x0000 0x0100
0 89 0x0000 0x0100
1000 136 0x0000 0x0100' "$output"
}

@test "checksums: as the seed has them" {
	run -0 sums -o "$seed"
	same '1001 17 0x0000 0x0100
1002 17 0x0800 0x0100
1003 17 0x0800 0x0100
1004 17 0x0400 0x0100
1005 6 0x0800 0x0142
0 1 0x0800 0x0100
1007 17 0x0000 0x0100
0 132 0x0000 0x0000
1008 136 0x0800 0x0100
1003 136 0x0800 0x0300
0 47 0x0800 0x0100
0 103 0x0000 0x0000
1014 6 0x0800 0x0140
1013 17 0x0000 0x0100
0 89 0x0800 0x0100
1000 136 0x0000 0x0300' "$output"
}

@test "checksums: GRE has no pseudo header" {
	run -0 rows gresum ipFlags
	same 0x0000 "$output"
	run -0 rows gresum ipFlags -o "$seed"
	same 0x0800 "$output"
}

@test "checksums: IPv6" {
	run -0 rows checksums6 ipFlags
	same '0x0000
0x0800
0x0000
0x0800' "$output"
}

@test "checksums: source routes, home addresses, bytes behind UDP, fragments of tunnels" {
	local want
	want=$(printf '0x0000\n%.0s' 1 2 3 4 5 6 7 8 9)
	run -0 rows checksums-ends ipFlags
	same "$want" "$output"
	# the addresses of the flow are no longer those of the packet
	run -0 rows checksums-ends ipFlags -o AGGREGATIONFLAG=24
	same "$want" "$output"
}

@test "checksums: IPCHECKSUM" {
	run -0 rows checksums 'ipFlags tcpFStat' -o tcpFlags.IPCHECKSUM=0
	run ! grep -E '^0x.[4c8]|0x.[13]..$' <<<"$output"
	run -0 rows checksums 'ipFlags' -o tcpFlags.IPCHECKSUM=1
	same ' 15 0x0000
 1 0x0400' "$(sort <<<"$output" | uniq -c | tr -s ' ')"
}

@test "fragments belong together" {
	run -0 rows frag-udp 'srcPort ipFlags tcpFStat'
	same '1234 0x0020 0x0100' "$output"
	run -0 rows frag-tcp 'srcPort ipFlags tcpFlags tcpPSeqCnt'
	same '1234 0x0020 0x18 1' "$output"
	run -0 rows frag-icmp 'ipFlags tcpFStat ipMindIPID'
	same '0x0020 0x0100 0' "$output"
	run -0 rows frag-small 'ipFlags'
	same 0x0028 "$output"
	run -0 rows frag-gap 'ipFlags'
	same 0x0120 "$output"
	run -0 rows frag-lost 'ipFlags'
	same 0x0220 "$output"
}

@test "fragments as the seed has them" {
	run -0 rows frag-udp 'srcPort ipFlags tcpFStat' -o "$seed"
	same '1234 0x0020 0x0100
0 0x0120 0x0000' "$output"
	run -0 rows frag-icmp 'ipFlags' -o "$seed"
	same 0x0020 "$output"
	run -0 rows frag-small 'ipFlags' -o "$seed"
	same '0x0028
0x0128' "$output"
	run -0 rows frag-tcp 'srcPort tcpFlags' -o "$seed"
	same '1234 0x18
0 0x00' "$output"
	run -0 rows frag-lost 'srcPort ipFlags' -o "$seed"
	same '1234 0x0220' "${lines[0]}"
}

@test "fragments: range, reset in between, analysis off" {
	run -0 rows frag-range 'ipFlags'
	same 0x0110 "$output"
	run -0 rows frag-reset 'ipFlags'
	same 0x0220 "${lines[0]}"
	run -0 rows frag-range 'ipFlags' -o tcpFlags.FRAG_ANALYZE=0
	same 0x0000 "$output"
}

@test "TCP options" {
	run -0 rows options 'srcPort tcpOptPktCnt tcpOptCnt tcpOptions tcpMSS tcpWS tcpInitWinSz'
	same '1001 1 3 0x0000001c 1460 0 1000
1002 1 5 0xc000000e 1460 14 81920
1003 1 1 0x00000004 1460 0 1000
1004 1 4 0x00000002 0 0 1000' "$(head -n 4 <<<"$output")"
}

@test "timestamps: from zero, and running backwards" {
	run -0 rows options 'srcPort tcpFStat tcpTmS tcpTmER tcpEcI tcpBtm'
	same '1001 0x0142 0 0 0 0.000000
1005 0x014a 0 0 0.004 0.000000
1006 0x0158 1100 8 0.01 999999995.000001' "$(grep -E '^100[156] ' <<<"$output")"
}

@test "SYN with content, null packet" {
	run -0 rows options 'srcPort ipFlags tcpAnomaly'
	same '1001 0x0000 0x0000
1007 0x8000 0x0000
1008 0x8000 0x0000
1009 0x0000 0x0040' "$(grep -E '^100[1789] ' <<<"$output")"
}

@test "cut packets: missing bytes are 0" {
	run -0 rows options-cut 'ipFlags tcpAnomaly tcpOptCnt'
	same '0x1800 0x0100 0' "$output"
	run -0 rows cut-46 'ipFlags tcpFlags tcpAnomaly tcpInitWinSz tcpWinSzThRt numBytesSnt'
	same '0x1800 0x00 0x0040 0 1 120' "$output"
	run -0 rows cut-48 'ipFlags tcpFlags tcpAnomaly numBytesSnt'
	same '0x1800 0x18 0x0000 100' "$output"
}

@test "IPv4 options and flag bits" {
	run -0 rows ipoptions 'ipOptCnt ipOptCpCl_Num ipFlags'
	same '1 0x10_0x00100000 0x0000
2 0x01_0x00000082 0x0000
0 0x00_0x00000000 0x00e0
0 0x00_0x00000000 0x0040' "$output"
	run -0 rows ipoptions-cut 'ipOptCnt ipFlags'
	same '0 0x1c01' "$output"
}

@test "IPv6 options, fragment header, traffic class" {
	run -0 rows ip6options 'ip6OptCntHH_D ip6OptHH_D ipFlags ipTOS ipMindIPID'
	same '2_0 0x00000022_0x00000000 0x0000 0x00 65535
0_1 0x00000000_0x00000002 0x0000 0x28 65535
0_0 0x00000000_0x00000000 0x0060 0x00 65535' "$output"
	run -0 rows ip6options 'ipFlags' -o core.FRAG_ATTACH=0
	same '0x0020
0x0140' "$(tail -n 2 <<<"$output")"
}

@test "round trips of UDP; a layer 2 flow keeps its initial values" {
	run -0 rows udprtt "$TRIP tcpRTTAckTripJitAve tcpRTTSseqAA tcpRTTAckJitAve"
	same '0 0.3 0.4 0.2333333 0.1294575 0 -1
0 0.2 0.3 0.25 0.03535535 0.4833333 0.1341986' "$output"
	run -0 rows arp "tcpFStat ipMindIPID ipMaxdIPID ipMinTTL ipTTLChg ipTOS ipFlags $TRIP
	    tcpRTTAckJitAve tcpBtm"
	same '0x0001 65535 0 0 0 0x00 0x0000 0 65535 0 0 -1 0.000000' "$output"
}

@test "an option that is off takes its columns away" {
	for o in RTT_ESTIMATE:tcpRTTAckTripMin WINDOWSIZE:tcpMaxWinSz SEQ_ACK_NUM:tcpPAckCnt \
	    NAT_BT_EST:tcpBtm; do
		run -0 rows session "dir ${o#*:}" -o "tcpFlags.${o%:*}=0"
		same "no column ${o#*:}" "${lines[0]}"
		run -0 rows session "dir ${o#*:}"
		[[ ${lines[0]} == A\ [0-9]* ]]
	done
}
