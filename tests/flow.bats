#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# flow.bats - which packets make a flow, which direction is A, when flows end and in which order,
# fragments, limits.  Captures: craft/core.py.  Plugins that change flows are left out.

setup() {
	load lib
}

who='dir srcIP srcPort dstPort flowStat numPktsSnt'

@test "direction: ports below 1024 and SYN-ACK make the B side" {
	is "$(flows core-direction "$who" | head -n 16)" <<-E
	A 10.0.0.1 40000 80 0x0000000000004000 2
	B 10.0.0.2 80 40000 0x0000000000004001 1
	A 10.0.1.1 40000 50000 0x0000000000004000 1
	B 10.0.1.2 50000 40000 0x0000000000004001 1
	A 10.0.2.1 40000 80 0x0000000000004000 1
	B 10.0.2.2 80 40000 0x0000000000004001 1
	A 10.0.3.2 443 80 0x0000000000004000 1
	B 10.0.3.1 80 443 0x0000000000004001 1
	A 10.0.4.1 443 80 0x0000000000004000 1
	B 10.0.4.2 80 443 0x0000000000004001 1
	A 10.0.5.2 4000 53 0x0000000000004000 1
	B 10.0.5.1 53 4000 0x0000000000004001 1
	A 10.0.6.1 5000 4000 0x0000000000004000 1
	B 10.0.6.2 4000 5000 0x0000000000004001 1
	A 10.0.7.1 53 53 0x0000000000004000 1
	B 10.0.7.2 53 53 0x0000000000004001 1
	E
}

@test "direction: flows without answer are A, bit 0 tells that they look like one" {
	is "$(flows core-direction "$who" | tail -n +17)" <<-E
	A 10.0.8.1 1023 1024 0x0000000000004001 1
	A 10.0.9.1 1024 1023 0x0000000000004000 1
	A 10.0.10.1 0 4000 0x0000000000004001 1
	A 10.0.11.1 0 0 0x0000000000004000 1
	B 10.0.11.2 0 0 0x0000000000004001 1
	A 10.0.12.1 0 0 0x0000000000004000 1
	B 10.0.12.2 0 0 0x0000000000004001 1
	A 10.0.13.1 80 40000 0x0000000000004001 1
	A 10.0.14.1 8080 9000 0x0000000000004000 1
	A 10.0.15.1 40000 40001 0x0000000000004001 1
	A 10.0.16.1 40000 40001 0x0000000000004000 1
	A 10.0.17.1 40000 40001 0x0000000000004000 1
	A 10.0.18.1 0 0 0x0000000800004000 1
	E
}

@test "index: one number for both directions, in order of creation" {
	is "$(flows core-direction 'flowInd dir' | head -n 20 | tr '\n' ,)" <<-E
	1 A,1 B,2 A,2 B,3 A,3 B,4 A,4 B,5 A,5 B,6 A,6 B,7 A,7 B,8 A,8 B,9 A,10 A,11 A,12 A,
	E
	is "$(flows core-timeout-index 'flowInd dir timeFirst')" <<-E
	1 A 1000000000.000000
	1 B 1000000001.000000
	2 A 1000000002.000000
	3 A 1000000300.000000
	3 B 1000000301.000000
	E
}

@test "key: the innermost VLAN counts, a priority tag is none" {
	is "$(flows core-key 'flowInd flowStat ethVlanID hdrDesc numPktsSnt' | head -n 6)" <<-E
	1 0x0000000000004100 100;5 eth:vlan{2}:ipv4:udp 2
	2 0x0200000000004100 0 eth:vlan:ipv4:udp;eth:ipv4:udp 2
	3 0x0000000000004100 5 eth:vlan:ipv4:udp 1
	4 0x0000000000004100 261 eth:vlan:ipv4:udp 1
	5 0x0000000000004100 6 eth:vlan:ipv4:udp 1
	6 0x0000100000004100 1;2;3 eth:vlan{4}:ipv4:udp;eth:vlan:ipv4:udp 3
	E
}

@test "key: outer addresses do not count, one flow through two tunnels" {
	is "$(flows core-key 'flowStat numHdrDesc numHdrs hdrDesc srcIP srcPort numPktsSnt' | tail -n 1)" <<-E
	0x0000000000105000 2 5;6 eth:ipv4:gre:ipv4:udp;eth:ipv4:udp:ayiya:ipv4:udp 10.0.0.1 5000 2
	E
}

@test "key: version and protocol tell flows apart" {
	is "$(flows core-key-proto 'flowInd flowStat ethType srcIP l4Proto')" <<-E
	1 0x0000000000004001 0x0800 1.2.3.4 17
	2 0x0000000000008001 0x86dd 102:304:: 17
	3 0x0000000000004001 0x0800 1.2.3.4 136
	E
}

@test "key: each part of the five-tuple counts" {
	is "$(flows core-key-parts 'dir flowInd srcIP srcPort dstIP dstPort')" <<-E
	A 1 10.0.0.1 1111 10.0.0.2 2222
	A 2 10.0.0.1 1112 10.0.0.2 2222
	A 3 10.0.0.1 1111 10.0.0.2 2223
	A 4 10.0.0.3 1111 10.0.0.2 2222
	A 5 10.0.0.1 1111 10.0.0.3 2222
	A 6 10.0.0.1 2222 10.0.0.2 1111
	A 7 10.0.0.1 22276 10.0.0.2 44552
	E
}

@test "key: layer 2 flows by addresses, type and VLAN" {
	is "$(flows core-key-l2 'dir flowInd flowStat srcMac dstMac ethType ethVlanID srcIP srcPort l4Proto numPktsSnt')" <<-E
	A 1 0x0000000000000044 02:00:00:00:00:01 02:00:00:00:00:02 0x0806 - 0.0.0.0 0 0 2
	B 1 0x0000000000000045 02:00:00:00:00:02 02:00:00:00:00:01 0x0806 - 0.0.0.0 0 0 1
	A 2 0x0000000000000044 02:00:00:00:00:01 02:00:00:00:00:03 0x0806 - 0.0.0.0 0 0 1
	A 3 0x0000000000000024 02:00:00:00:00:01 02:00:00:00:00:02 0x88cc - 0.0.0.0 0 0 1
	A 4 0x0000000000000144 02:00:00:00:00:01 02:00:00:00:00:02 0x0806 5 0.0.0.0 0 0 1
	A 5 0x0000000000000044 02:00:00:00:00:01 02:00:00:00:00:01 0x0806 - 0.0.0.0 0 0 1
	E
}

@test "ETH_ACTIVATE: 0 no layer 2 flows, 2 MAC addresses in every key" {
	is "$(flows core-key-mac 'dir flowInd srcMac ethType numPktsSnt')" <<-E
	A 1 02:00:00:00:00:01;02:00:00:00:00:03 0x0800 2
	B 1 02:00:00:00:00:02;02:00:00:00:00:04 0x0800 2
	A 2 02:00:00:00:00:01 0x0806 1
	E
	is "$(flows core-key-mac 'dir flowInd srcMac ethType numPktsSnt' -o ETH_ACTIVATE=0)" <<-E
	A 1 02:00:00:00:00:01;02:00:00:00:00:03 0x0800 2
	B 1 02:00:00:00:00:02;02:00:00:00:00:04 0x0800 2
	E
	is "$(flows core-key-mac 'dir flowInd srcMac dstMac ethType numPktsSnt' -o ETH_ACTIVATE=2)" <<-E
	A 1 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 1
	B 1 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 1
	A 2 02:00:00:00:00:03 02:00:00:00:00:04 0x0800 1
	B 2 02:00:00:00:00:04 02:00:00:00:00:03 0x0800 1
	A 3 02:00:00:00:00:01 02:00:00:00:00:02 0x0806 1
	E
}

@test "IPV6_ACTIVATE: the other version is not opened" {
	is "$(flows proto-mode 'hdrDesc flowStat ethType srcIP l4Proto numBytesSnt')" <<-E
	eth:ipv4:udp 0x0000000000004000 0x0800 10.1.0.1 17 20
	eth:ipv6:udp 0x0000000000008000 0x86dd fd01::1 17 20
	eth:ipv4:ipv6:udp 0x0000000000028000 0x86dd fd01::1 17 20
	eth:ipv6:ipv4:udp 0x0000000000004000 0x0800 10.1.0.1 17 20
	eth:arp 0x0000000000000044 0x0806 0.0.0.0 0 28
	eth:ipv4:udp:teredo:ipv6:udp 0x0000000000088000 0x86dd fd01::1 17 20
	eth:ipv6:icmpv6 0x0000000000008000 0x86dd 2001:db8::1 58 0
	E
	is "$(flows proto-mode 'hdrDesc flowStat ethType srcIP l4Proto numBytesSnt' -o IPV6_ACTIVATE=0)" <<-E
	eth:ipv4:udp 0x0000000000004000 0x0800 10.1.0.1 17 20
	eth:ipv4:ipv6:udp 0x0000080000004000 0x0800 192.168.0.1 41 60
	eth:arp 0x0000000000000044 0x0806 0.0.0.0 0 28
	eth:ipv4:udp:teredo:ipv6:udp 0x0000080000084000 0x0800 192.168.0.1 17 68
	E
	is "$(flows proto-mode 'hdrDesc flowStat ethType srcIP l4Proto numBytesSnt' -o IPV6_ACTIVATE=1)" <<-E
	eth:ipv4:udp 0x0000000000004004 0x0800 :: 0 48
	eth:ipv6:udp 0x0000000000008000 0x86dd fd01::1 17 20
	eth:ipv4:ipv6 0x0000000000004004 0x0800 :: 0 88
	eth:ipv6:ipv4:udp 0x0000080000008000 0x86dd fd00::1 4 40
	eth:arp 0x0000000000000044 0x0806 :: 0 28
	eth:ipv4:udp 0x0000000000004004 0x0800 :: 0 96
	eth:ipv6:icmpv6 0x0000000000008000 0x86dd 2001:db8::1 58 0
	E
}

@test "land attack: equal addresses and ports, IP only" {
	is "$(flows core-land 'dir flowInd flowStat srcPort dstPort l4Proto')" <<-E
	A 1 0x0004000000004000 80 80 6
	A 2 0x0004000000004000 7 7 17
	A 3 0x0004000000004000 0 0 1
	A 4 0x0004000000008000 7 7 17
	A 5 0x0000000000004001 7 8 17
	A 6 0x0000000000004000 10 9 17
	B 6 0x0000000000004001 9 10 17
	A 7 0x0000000000000044 0 0 0
	E
}

@test "timeout: exactly 182 s ends a flow, a nanosecond less does not" {
	is "$(flows core-timeout-182 'flowInd timeFirst timeLast numPktsSnt')" <<-E
	1 1000000000.000000 1000000000.000000 1
	2 1000000182.000000 1000000182.000000 1
	E
	is "$(flows core-timeout-181 'flowInd timeFirst timeLast duration numPktsSnt')" <<-E
	1 1000000000.000000 1000000181.999999 181.999999 2
	E
	is "$(flows core-timeout-ns 'flowInd timeFirst timeLast duration' -o TSTAMP_PREC=1)" <<-E
	1 1000000000.000000000 1000000181.999999999 181.999999999
	2 1000000363.999999999 1000000363.999999999 0.000000000
	E
}

@test "timeout: the last packet counts, also when others came in between" {
	is "$(flows core-timeout-renew 'flowInd srcIP timeFirst numPktsSnt')" <<-E
	1 10.0.0.1 1000000000.000000 2
	2 10.0.0.3 1000000185.000000 1
	3 10.0.0.1 1000000192.000000 1
	E
}

@test "timeout: a pair ends when both directions are silent" {
	is "$(flows core-timeout-pair 'dir flowInd timeFirst timeLast numPktsSnt')" <<-E
	A 1 1000000000.000000 1000000000.000000 1
	B 1 1000000100.000000 1000000100.000000 1
	A 2 1000000281.999999 1000000282.000000 2
	A 3 1000000300.000000 1000000300.000000 1
	E
	is "$(flows core-timeout-pair2 'dir flowInd timeFirst timeLast numPktsSnt')" <<-E
	A 1 1000000000.000000 1000000250.000000 2
	B 1 1000000100.000000 1000000100.000000 1
	E
}

@test "FLOW_TIMEOUT: other seconds, 0 makes a flow of each packet" {
	is "$(flows core-timeout-181 'flowInd numPktsSnt' -o FLOW_TIMEOUT=181)" <<-E
	1 1
	2 1
	E
	is "$(flows core-timeout-182 'flowInd numPktsSnt' -o FLOW_TIMEOUT=183)" <<-E
	1 2
	E
	is "$(flows core-order-1 'dir flowInd timeFirst' -o FLOW_TIMEOUT=0)" <<-E
	A 1 1000000000.000000
	A 2 1000000000.100000
	A 3 1000000000.200000
	A 4 1000000000.300000
	A 5 1000000000.400000
	E
}

@test "order: least recently active first, a pair at its older direction" {
	is "$(flows core-order-1 'dir flowInd srcIP timeFirst')" <<-E
	A 1 10.0.0.1 1000000000.000000
	B 1 10.0.0.2 1000000000.300000
	A 3 10.0.0.4 1000000000.200000
	A 2 10.0.0.3 1000000000.100000
	E
	is "$(flows core-order-2 'dir flowInd srcIP timeFirst')" <<-E
	A 1 10.0.0.1 1000000000.000000
	B 1 10.0.0.2 1000000000.100000
	A 2 10.0.0.4 1000000000.200000
	E
}

@test "order: the same when a later packet ends them" {
	for k in 1 2; do
		same "$(flows core-order-$k 'dir flowInd srcIP timeFirst timeLast numPktsSnt')" \
		    "$(flows core-order-${k}x 'dir flowInd srcIP timeFirst timeLast numPktsSnt' | sed '$d')"
	done
}

@test "order: a flow with an older time waits for the one that it came behind" {
	is "$(flows core-order-back 'dir flowInd srcIP timeFirst')" <<-E
	A 1 10.0.0.3 1000000010.000000
	A 2 10.0.0.4 1000000005.000000
	A 3 10.0.0.1 1000000187.000000
	B 3 10.0.0.2 1000000192.000000
	E
}

@test "time runs backwards: durations below zero, no wrap" {
	is "$(flows core-backwards 'timeFirst timeLast duration minIAT maxIAT')" <<-E
	1000000010.000000 1000000009.000000 -1.000000 -1 0
	1000000010.500000 1000000008.250000 -2.250000 -2.25 0
	1000000008.250001 1000000008.500000 0.249999 0 0.249999
	E
	is "$(flows core-backwards 'flowStat' -p basicFlow,tcpFlags)" <<-E
	0x0008000000004000
	0x0008000000004000
	0x0000000000004000
	E
}

@test "RELTIME: times count from the first packet of the run" {
	is "$(flows core-backwards 'timeFirst timeLast duration' -o RELTIME=1)" <<-E
	0.000000 -1.000000 -1.000000
	0.500000 -1.750000 -2.250000
	-1.749999 -1.500000 0.249999
	E
	is "$(flows core-timeout-ns 'timeFirst timeLast duration' -o RELTIME=1 -o TSTAMP_PREC=1)" <<-E
	0.000000000 181.999999999 181.999999999
	363.999999999 363.999999999 0.000000000
	E
}

@test "equal IP ids in a row, from the third packet on" {
	is "$(flows core-ipid 'dir flowInd flowStat numPktsSnt')" <<-E
	A 1 0x0000000000004000 2
	A 2 0x0000100000004000 3
	A 3 0x0000100000004000 3
	A 4 0x0000000000004000 3
	A 5 0x0000100000004000 3
	A 6 0x0000100000004000 4
	A 7 0x0000000000004000 2
	A 8 0x0000000000004000 2
	A 9 0x0000000000004000 3
	B 9 0x0000000000004001 2
	E
}

frag='dir flowInd flowStat srcPort dstPort numPktsSnt numBytesSnt'

@test "fragments: the rest belongs to the flow of the first one" {
	is "$(flows core-frag-whole "$frag")" <<-E
	A 1 0x0000081000004000 1111 2222 3 3052
	E
	is "$(flows core-frag-both "$frag")" <<-E
	A 1 0x0000081000004000 1111 2222 2 2952
	B 1 0x0000081000004001 2222 1111 2 2952
	E
	is "$(flows core-frag-again "$frag")" <<-E
	A 1 0x0000081000004000 1111 2222 4 3108
	E
	is "$(flows core-frag-crossed "$frag")" <<-E
	A 1 0x0000083000004000 1111 2222 3 4424
	A 2 0x000008d000004000 0 0 1 1480
	E
}

@test "fragments: what is missing stays marked" {
	is "$(flows core-frag-nolast "$frag")" <<-E
	A 1 0x0000089000004000 1111 2222 2 2952
	E
	is "$(flows core-frag-headless-nolast "$frag")" <<-E
	A 1 0x000008d000004000 0 0 2 2960
	E
	is "$(flows core-frag-headless-ids "$frag")" <<-E
	A 1 0x000008f000004000 0 0 3 4440
	E
	is "$(flows core-frag-headless "$frag")" <<-E
	A 1 0x0000085000004000 0 0 3 4440
	E
	is "$(flows core-frag-swapped "$frag")" <<-E
	A 1 0x0000085000004000 0 0 1 1480
	A 2 0x0000009000004000 1111 2222 1 1472
	E
	is "$(flows core-frag-unfragmented "$frag")" <<-E
	A 1 0x000000b000004000 1111 2222 2 1482
	E
}

@test "fragments: protocol, VLAN and flow of the datagram count" {
	is "$(flows core-frag-proto "$frag l4Proto")" <<-E
	A 2 0x0000081000004000 1111 2222 2 1524 6
	A 1 0x0000081000004000 1111 2222 2 1572 17
	E
	is "$(flows core-frag-vlan "$frag")" <<-E
	A 2 0x000008d000004000 0 0 1 100
	A 1 0x0000081000004100 1111 2222 2 1572
	E
	is "$(flows core-frag-collision "$frag")" <<-E
	A 1 0x0000001000004000 1111 2222 1 1472
	A 2 0x0000081000004000 3333 4444 2 1572
	E
	is "$(flows core-frag-tunnel "$frag hdrDesc")" <<-E
	A 1 0x0000801000024000 5000 6000 1 772 eth:ipv4:ipv4:udp
	A 2 0x000008d000004000 0 0 1 228 eth:ipv4:ipv4
	E
}

@test "fragments: nothing is remembered of flows that ended" {
	is "$(flows core-frag-late "$frag")" <<-E
	A 1 0x0000009000004000 1111 2222 1 1472
	A 2 0x000008d000004000 0 0 1 100
	E
	is "$(flows core-frag-expired "$frag")" <<-E
	A 1 0x0000009000004000 1111 2222 1 1472
	A 2 0x0000000000004000 1111 2222 2 20
	A 3 0x000008d000004000 0 0 1 1480
	E
}

@test "fragments: IPv6" {
	is "$(flows core-frag-6 "$frag hdrDesc")" <<-E
	A 1 0x0000001000008000 1111 2222 2 1540 eth:ipv6:ipv6.fraghdr:udp;eth:ipv6:ipv6.fraghdr
	E
	is "$(flows core-frag-6-ext "$frag l4Proto ipFlags" -p basicFlow,basicStats,tcpFlags)" <<-E
	A 1 0x0000001000008000 1111 2222 3 84 17 0x0020
	E
	is "$(flows core-frag-6-swapped "$frag")" <<-E
	A 1 0x0000005000008000 0 0 1 100
	A 2 0x0000009000008000 1111 2222 1 1440
	E
	is "$(flows core-frag-6-ident "$frag")" <<-E
	A 1 0x0000009000008000 1111 2222 1 1440
	A 2 0x000000d000008000 0 0 1 100
	E
	is "$(flows core-frag-6-atomic "$frag hdrDesc")" <<-E
	A 1 0x0000000000008000 1111 2222 1 4 eth:ipv6:ipv6.fraghdr:udp
	E
}

@test "fragments: each bit of the offset makes a later one" {
	for n in 1 4096; do
		is "$(flows core-frag-off-$n 'flowStat srcPort numBytesSnt')" <<-E
		0x000008d000004000 0 8
		0x000000d000008000 0 8
		E
	done
}

@test "fragments: two hundred datagrams at once" {
	is "$(flows core-frag-many 'numPktsSnt numBytesSnt' | sort | uniq -c | awk '{ print $1, $2, $3 }')" <<-E
	200 2 120
	E
}

@test "FRAG_ATTACH=0: the rest goes to a flow without ports, as in 0.8.4" {
	for what in whole nolast headless headless-ids swapped crossed unfragmented both 6; do
		echo "$what" && flows core-frag-$what "$frag" -o FRAG_ATTACH=0
	done >"$BATS_TEST_TMPDIR/rows"
	is "$(cat "$BATS_TEST_TMPDIR/rows")" <<-E
	whole
	A 1 0x0000001000004000 1111 2222 1 1472
	A 2 0x000008d000004000 0 0 2 1580
	nolast
	A 1 0x0000001000004000 1111 2222 1 1472
	A 2 0x000008d000004000 0 0 1 1480
	headless
	A 1 0x000018d000004000 0 0 3 4440
	headless-ids
	A 1 0x000008f000004000 0 0 3 4440
	swapped
	A 1 0x0000085000004000 0 0 1 1480
	A 2 0x0000009000004000 1111 2222 1 1472
	crossed
	A 1 0x0000003000004000 1111 2222 2 2944
	A 2 0x000008f000004000 0 0 2 2960
	unfragmented
	A 1 0x000000b000004000 1111 2222 2 1482
	both
	A 1 0x0000001000004000 1111 2222 1 1472
	B 1 0x0000001000004001 2222 1111 1 1472
	A 2 0x000008d000004000 0 0 1 1480
	B 2 0x000008d000004001 0 0 1 1480
	6
	A 1 0x0000001000008000 1111 2222 1 1440
	A 2 0x000000d000008000 0 0 1 100
	E
}

@test "FRAGMENTATION=0 and FRAG_HLST_CRFT=0: no flow for the rest" {
	is "$(flows core-frag-whole "$frag" -o FRAGMENTATION=0)" <<-E
	A 1 0x0000009000004000 1111 2222 1 1472
	E
	same '' "$(flows core-frag-headless "$frag" -o FRAG_HLST_CRFT=0)"
	is "$(flows core-frag-6 "$frag" -o FRAGMENTATION=0)" <<-E
	A 1 0x0000009000008000 1111 2222 1 1440
	E
}

@test "SCTP: one flow for an association" {
	is "$(flows core-sctp 'dir flowInd flowStat srcPort dstPort numPktsSnt numBytesSnt')" <<-E
	A 1 0x0000000001004000 2000 3000 2 88
	B 1 0x0000000001004001 3000 2000 1 16
	A 2 0x0000000001008000 2000 3000 1 28
	E
}

@test "header descriptions: each packet after the fourth text sets bit 48" {
	is "$(flows core-descs 'numPktsSnt flowStat numHdrDesc numHdrs hdrDesc')" <<-E
	5 0x0201100000004100 4 3;4;5;6 eth:ipv4:udp;eth:vlan:ipv4:udp;eth:vlan{2}:ipv4:udp;eth:vlan{3}:ipv4:udp
	4 0x0200100000004100 4 3;4;5;6 eth:ipv4:udp;eth:vlan:ipv4:udp;eth:vlan{2}:ipv4:udp;eth:vlan{3}:ipv4:udp
	4 0x0200100000004100 3 3;4;5 eth:ipv4:udp;eth:vlan:ipv4:udp;eth:vlan{2}:ipv4:udp
	6 0x0201100000004300 4 3;4;5;6 eth:ipv4:udp;eth:vlan:ipv4:udp;eth:vlan{2}:ipv4:udp;eth:vlan{3}:ipv4:udp
	E
}

@test "header descriptions: limits and counters" {
	is "$(flows core-descs 'numHdrDesc hdrDesc_PktCnt' -o BFO_HDRDESC_PKTCNT=1)" <<-E
	4 eth:ipv4:udp_1;eth:vlan:ipv4:udp_1;eth:vlan{2}:ipv4:udp_1;eth:vlan{3}:ipv4:udp_1
	4 eth:ipv4:udp_1;eth:vlan:ipv4:udp_1;eth:vlan{2}:ipv4:udp_1;eth:vlan{3}:ipv4:udp_1
	3 eth:ipv4:udp_2;eth:vlan:ipv4:udp_1;eth:vlan{2}:ipv4:udp_1
	4 eth:ipv4:udp_1;eth:vlan:ipv4:udp_1;eth:vlan{2}:ipv4:udp_1;eth:vlan{3}:ipv4:udp_1
	E
	is "$(flows core-descs 'flowStat numHdrDesc hdrDesc' -o BFO_MAX_HDRDESC=2)" <<-E
	0x0201100000004100 2 eth:ipv4:udp;eth:vlan:ipv4:udp
	0x0201100000004100 2 eth:ipv4:udp;eth:vlan:ipv4:udp
	0x0201100000004100 2 eth:ipv4:udp;eth:vlan:ipv4:udp
	0x0201100000004300 2 eth:ipv4:udp;eth:vlan:ipv4:udp
	E
	is "$(flows core-descs 'flowStat' -o BFO_MAX_HDRDESC=5)" <<-E
	0x0200100000004100
	0x0200100000004100
	0x0200100000004100
	0x0201100000004300
	E
}

@test "header descriptions: at most 127 characters, then three dots" {
	is "$(flows core-deep 'flowStat numHdrs hdrDesc')" <<-E
	0x0001000000024000 33 eth:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:...
	E
	[ "$(flows core-deep hdrDesc | tr -d '\n' | wc -c)" -eq 127 ]
	is "$(flows core-deep 'flowStat numHdrs hdrDesc' -o T2_HDRDESC_LEN=16)" <<-E
	0x0001000000024000 33 eth:ipv4:ipv...
	E
	is "$(flows core-deep 'flowStat hdrDesc' -o T2_HDRDESC_LEN=163)" <<-E
	0x0000000000024000 eth:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:udp
	E
	is "$(flows core-deep 'flowStat hdrDesc' -o T2_HDRDESC_LEN=162)" <<-E
	0x0001000000024000 eth:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4:ipv4...
	E
	# a packet keeps 48 names
	is "$(flows core-deeper 'flowStat numHdrs hdrDesc' -o T2_HDRDESC_LEN=1024)" <<-E
	0x0001000000024000 63 eth$(printf ':ipv4%.0s' {1..47})...
	E
	is "$(flows core-descs 'flowStat hdrDesc' -o T2_HDRDESC_AGGR=0 | sed -n 3p)" <<-E
	0x0200100000004100 eth:ipv4:udp;eth:vlan:ipv4:udp;eth:vlan:vlan:ipv4:udp
	E
}

@test "MAC addresses: the first three of each side" {
	is "$(flows core-macs 'srcMac dstMac')" <<-E
	02:00:00:00:01:00;02:00:00:00:01:01;02:00:00:00:01:02 02:00:00:00:00:04;02:00:00:00:00:02
	E
	is "$(flows core-macs 'srcMac dstMac' -o BFO_MAX_MAC=1)" <<-E
	02:00:00:00:01:00 02:00:00:00:00:04
	E
	is "$(flows core-macs 'dstMac srcMac' -o BFO_MAX_MAC=5)" <<-E
	02:00:00:00:00:04;02:00:00:00:00:02 02:00:00:00:01:00;02:00:00:00:01:01;02:00:00:00:01:02;02:00:00:00:01:03;02:00:00:00:01:04
	E
}

@test "--max-flows: the least recently active pair goes, bit 42" {
	is "$(flows core-evict 'dir flowInd flowStat srcIP numPktsSnt' --max-flows 100)" <<-E
	A 2 0x0000000000004000 10.0.0.3 1
	A 1 0x0000000000004000 10.0.0.1 2
	B 1 0x0000000000004001 10.0.0.2 1
	A 3 0x0000000000004000 10.0.0.4 1
	A 4 0x0000000000004000 10.0.0.5 1
	E
	is "$(flows core-evict 'dir flowInd flowStat srcIP numPktsSnt' --max-flows 4)" <<-E
	A 2 0x0000040000004000 10.0.0.3 1
	A 1 0x0000000000004000 10.0.0.1 2
	B 1 0x0000000000004001 10.0.0.2 1
	A 3 0x0000000000004000 10.0.0.4 1
	A 4 0x0000000000004000 10.0.0.5 1
	E
	is "$(flows core-evict 'dir flowInd flowStat srcIP numPktsSnt' --max-flows 3)" <<-E
	A 2 0x0000040000004000 10.0.0.3 1
	A 1 0x0000040000004000 10.0.0.1 1
	B 1 0x0000000000004001 10.0.0.2 1
	A 3 0x0000000000004000 10.0.0.4 1
	A 4 0x0000000000004000 10.0.0.5 1
	A 5 0x0000000000004000 10.0.0.1 1
	E
	is "$(flows core-evict 'dir flowInd flowStat srcIP numPktsSnt' --max-flows 2)" <<-E
	A 1 0x0000040000004000 10.0.0.1 1
	A 2 0x0000040000004000 10.0.0.3 1
	A 3 0x0000040000004000 10.0.0.2 1
	A 4 0x0000040000004000 10.0.0.4 1
	A 5 0x0000000000004000 10.0.0.5 1
	A 6 0x0000000000004000 10.0.0.1 1
	E
}

@test "--max-flows: nothing is lost, and two runs are equal" {
	is "$(flows core-many 'flowStat numPktsSnt' --max-flows 50 | sort | uniq -c | awk '{ print $1, $2, $3 }')" <<-E
	50 0x0000000000004000 1
	350 0x0000040000004000 1
	E
	flows core-many 'flowInd dir srcIP timeFirst' --max-flows 50 >"$BATS_TEST_TMPDIR/1"
	flows core-many 'flowInd dir srcIP timeFirst' --max-flows 50 >"$BATS_TEST_TMPDIR/2"
	cmp "$BATS_TEST_TMPDIR/1" "$BATS_TEST_TMPDIR/2"
}

@test "six thousand pairs, answered in reverse order" {
	is "$(flows core-lots 'dir numPktsSnt numPktsRcvd numBytesSnt numBytesRcvd' | sort | uniq -c | awk '{ print $1, $2, $3, $4, $5, $6 }')" <<-E
	6000 A 1 1 1 1
	6000 B 1 1 1 1
	E
	is "$(flows core-lots 'dir flowInd srcPort dstPort' | sed -n '1,2p;$p')" <<-E
	A 1 2000 9000
	B 1 9000 2000
	B 6000 9005 2999
	E
}

@test "three thousand pairs that come and go, against a model" {
	flows core-churn 'flowInd dir srcPort numPktsSnt timeFirst timeLast' -o FLOW_TIMEOUT=2 | sort \
	    >"$BATS_TEST_TMPDIR/got"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/got")" -gt 5000 ]
	sort "$(crafted core-churn.want)" >"$BATS_TEST_TMPDIR/want"
	cmp "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got"
	# each pair stands together, A first
	flows core-churn 'flowInd dir' -o FLOW_TIMEOUT=2 | awk '
		$2 == "B" && (before != $1 " A") { print; exit 1 }
		{ before = $0 }'
}

# aggregate CAPTURE [OPTION...]: the status of the whole run as the report has it
aggregate() {
	local f
	f=$(crafted "$1") || return
	shift
	t2 -p basicFlow,basicStats -w "$BATS_TEST_TMPDIR/run" "$@" -r "$f" |
	    sed -n 's/^Aggregate flow status: //p'
}

@test "aggregate status: packets without flow, pending fragments, but no bit 0" {
	same 0x0000000100004000 "$(aggregate proto-snap-none)"
	same 0x0000000000004000 "$(aggregate core-timeout-index)"
	same 0x0000089000004000 "$(aggregate core-frag-late -o FRAGMENTATION=0)"
	same 0x0000081000004000 "$(aggregate core-frag-whole)"
	same 0x0000040000004000 "$(aggregate core-evict --max-flows 4)"
}

@test "aggregate status: bit 48 of texts that are too long, not of lists that are full" {
	same 0x0001000000024000 "$(aggregate core-deep)"
	same 0x0200100000004300 "$(aggregate core-descs)"
}

@test "a Tor address of the user's table sets bit 56" {
	mkdir -p "$XDG_DATA_HOME/t2"
	printf '#\t5\t22112026\n10.0.0.3/32\t10.0.0.3-10.0.0.3\t0x00400000\t0\t1.0\t2.0\t3.0\t%s\n' \
	    $'de\t-\t-\tTor exit' >"$XDG_DATA_HOME/t2/subnets4.txt"
	is "$(flows core-order-1 'flowStat srcIP srcIPWho')" <<-E
	0x0000000000004000 10.0.0.1 "Private network"
	0x0000000000004001 10.0.0.2 "Private network"
	0x0000000000004000 10.0.0.4 "Private network"
	0x0100000000004000 10.0.0.3 "Tor exit"
	E
	is "$(flows core-order-1 'flowStat srcIP srcIPCC' -o GEO_USERDATA=0 | tail -n 1)" <<-E
	0x0000000000004000 10.0.0.3 01
	E
}
