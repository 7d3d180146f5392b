#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# pkt.bats - packet records, the choice of columns, and followed streams, on the captures of
# craft/pkt.py and, where they are, on the reference captures.

bats_require_minimum_version 1.5.0

EXTRA='SPKTMD_TRIP=1,SPKTMD_LENS=1,SPKTMD_SEQLEN=1,SPKTMD_STATES=1,SPKTMD_ICMPID=1,SPKTMD_PCNTH=1,SPKTMD_PORTS=1'

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
}

# pkts CAPTURE COLUMNS [OPTION...]: these columns for people, - for what is empty
pkts() {
	local f=$1 c=$2
	shift 2
	t2pkt "$@" -c "$c" -r "$(crafted "$f")" | tail -n +2 |
	awk -F '\t' '{ for (i = 1; i <= NF; i++) printf "%s%s", $i == "" ? "-" : $i, i < NF ? " " : "\n" }'
}

# row CAPTURE NUMBER [OPTION...]: a whole record, | for tabs
row() {
	local f=$1 n=$2
	shift 2
	t2pkt "$@" -r "$(crafted "$f")" | sed -n "$((n + 1))p" | tr '\t' '|'
}

# stream CAPTURE FLOW [FORMAT]: both its payload and the remarks
stream() {
	t2pkt --stream "$2" --stream-format "${3:-text}" -r "$(crafted "$1")" 2>&1
}

@test "columns of the default plugins, in their order" {
	same "pktNo flowInd flowStat time pktIAT flowDuration numHdrs hdrDesc ethVlanID srcMac dstMac \
ethType srcIP srcIPCC srcIPWho srcPort dstIP dstIPCC dstIPWho dstPort l4Proto srcManuf dstManuf \
pktLen l7Len ipTOS ipID ipIDDiff ipFrag ipTTL ipHdrChkSum ipCalChkSum l4HdrChkSum l4CalChkSum \
ipFlags ip6HHOptLen ip6HHOpts ip6DOptLen ip6DOpts ipOptLen ipOpts seq ack seqDiff ackDiff \
seqPktLen ackPktLen tcpFStat tcpFlags tcpAnomaly tcpWin tcpOptLen tcpOpts icmpType icmpCode \
icmpPFindex l7Content" "$(t2pkt -r "$(crafted pkt-http)" | sed -n '1s/^%//p' | tr '\t' ' ')"
}

@test "example 1: sequence numbers, window, status of a request and its answer" {
	is "$(pkts pkt-http pktNo,flowStat,pktIAT,flowDuration,l7Len,seq,ack,seqDiff,ackDiff,seqPktLen,ackPktLen,tcpFStat,tcpFlags,tcpAnomaly,tcpWin)" <<-'EOT'
		1 0x0000000000004000 0.000000 0.000000 0 0x000003e8 0x00000000 0 0 0 0 0x0159 0x02 0x0000 8388480
		2 0x0000000000004001 0.000000 0.000000 0 0x00001388 0x000003e9 0 0 0 0 0x0179 0x12 0x0002 1853440
		3 0x0000000000004000 0.031000 0.031000 0 0x000003e9 0x00001389 0 0 0 0 0x0158 0x10 0x0000 64256
		4 0x0000000000004000 0.009000 0.040000 37 0x000003e9 0x00001389 0 0 0 0 0x0158 0x18 0x0000 64256
		5 0x0000000000004001 0.040000 0.040000 0 0x00001389 0x0000040e 0 37 0 37 0x0158 0x10 0x0000 29120
		6 0x0000000000004001 0.010000 0.050000 36 0x00001389 0x0000040e 0 0 0 37 0x0158 0x18 0x0000 29120
		7 0x0000000000004000 0.041000 0.081000 0 0x0000040e 0x000013ad 37 36 37 36 0x0158 0x10 0x0000 64000
		8 0x0000000000004001 0.201000 0.251000 36 0x00001389 0x0000040e 0 0 0 37 0x0158 0x18 0x1000 29120
		9 0x0000000000004000 0.700000 0.781000 0 0x0000040e 0x000013ad 0 0 37 36 0x0158 0x11 0x0001 64000
		10 0x0000000000004001 0.530000 0.781000 0 0x000013ad 0x0000040f 36 1 36 38 0x0158 0x11 0x0001 29120
		11 0x0000000000004000 0.031000 0.812000 0 0x0000040f 0x000013ae 0 1 37 37 0x0158 0x10 0x0000 64000
	EOT
}

@test "example 1: the whole record of the request" {
	same '4|1|0x0000000000004000|1000000000.040000|0.009000|0.040000|3|eth:ipv4:tcp||00:11:22:33:44:55|00:d0:02:6d:78:00|0x0800|192.168.1.10|09|Private network|40000|93.184.216.34|--|--|80|6|Cimsys|Ditech|91|37|0x00|0x000c|1|0x0000|64|0x8312|0x8312|0x3546|0x3546|0x0000|||||0||0x000003e9|0x00001389|0|0|0|0|0x0158|0x18|0x0000|64256|0|||||GET /a\tb HTTP/1.1\r\nHost: ex\\ample\r\n\r\n' \
	    "$(row pkt-http 4)"
}

@test "example 1: progress, trips, bytes sent and in flight" {
	is "$(pkts pkt-http pktNo,pktTrip,seqMax,seqLen,ackLen,seqFlowLen,ackFlowLen,tcpMLen,tcpBFlgt -o "$EXTRA")" <<-'EOT'
		1 0.000000 1000 0 0 0 0 0 0
		2 0.030000 5000 0 0 0 0 0 0
		3 0.001000 1001 0 0 0 0 0 0
		4 0.010000 1001 0 0 0 0 37 37
		5 0.030000 5001 0 37 0 37 0 0
		6 0.040000 5001 0 0 0 37 36 36
		7 0.001000 1038 37 36 37 36 37 0
		8 0.200000 5037 0 0 0 37 72 36
		9 0.500000 1038 0 0 37 36 37 0
		10 0.030000 5037 36 0 36 37 72 36
		11 0.001000 1039 0 0 37 36 37 0
	EOT
}

@test "example 1: numbers relative to the first ones" {
	is "$(pkts pkt-http seq,ack,seqMax -o SPKTMD_SEQACKREL=1,SPKTMD_SEQLEN=1 | sed -n '1,5p;10,11p')" <<-'EOT'
		0x00000000 0x00000000 0
		0x00000000 0x00000001 0
		0x00000001 0x00000001 1
		0x00000001 0x00000001 1
		0x00000001 0x00000026 1
		0x00000025 0x00000027 37
		0x00000027 0x00000026 39
	EOT
}

@test "example 1, 60 bytes of each packet" {
	is "$(pkts pkt-cut pktLen,l7Len,snapL3Len,snapL4Len,snapL7Len,l3Len,l4HdrChkSum,l4CalChkSum,ipFlags,l7Content -o "$EXTRA" | sed -n 4p)" <<-'EOT'
		91 37 46 26 6 77 0x3546 0x0000 0x1800 GET /a
	EOT
}

@test "example 2: DNS, ICMP, ARP" {
	same '1|1|0x0000000000004000|1000000001.000000|0.000000|0.000000|3|eth:ipv4:udp||00:11:22:33:44:55|00:d0:02:6d:78:00|0x0800|192.168.1.10|09|Private network|5353|8.8.8.8|--|--|53|17|Cimsys|Ditech|75|33|0x00|0x004d|0|0x0000|64|0xa8a1|0xa8a1|0xbc2b|0xbc2b|0x0000|||||0|||||||||||||||||.4...........www.example.com.....' "$(row pkt-shapes 1)"
	same '4|3|0x0000000000000044|1000000001.244000|0.000000|0.000000|2|eth:arp||00:11:22:33:44:55|ff:ff:ff:ff:ff:ff|0x0806||||||||||Cimsys||42|28||||||||||||||||||||||||||||||||.........."3DU...\n..........' "$(row pkt-shapes 4)"
	is "$(pkts pkt-shapes flowInd,flowStat,srcPort,dstPort,l4Proto,l7Len,icmpType,icmpCode,icmpID,icmpSeq,icmpPFindex,l7Content -o "$EXTRA" | sed -n 2,3p)" <<-'EOT'
		2 0x0000000000004000 - - 1 8 8 0 0x1234 0x0001 - abcdefgh
		2 0x0000000000004001 - - 1 36 3 3 0x0000 0x0000 1 E..$.M..@......\n.......5..H.12345678
	EOT
}

@test "example 2: IPv6, options, VLANs, OSPF" {
	is "$(pkts pkt-shapes hdrDesc,numHdrs,ethVlanID,ipID,ip6HHOptLen,ip6HHOpts,ip6DOptLen,ip6DOpts,ipOptLen,ipOpts,l7Content | tail -n 6)" <<-'EOT'
		eth:ipv6:udp 3 - 0x0000 0 - 0 - - - hi\ttab.bell
		eth:ipv6:ipv6.hopopts:udp 4 - 0x0000 6 0x05;0x02;0x00;0x00;0x01;0x00 0 - - - x
		eth:vlan:ipv4:udp 4 20 0x0001 - - - - 0 - v
		eth:vlan{2}:ipv4:udp 5 7 0x0001 - - - - 0 - vv
		eth:ipv4:udp 3 - 0x0001 - - - - 4 0x94;0x04;0x00;0x00 o
		eth:ipv4:ospf 3 - 0x0001 - - - - 0 - ospf
	EOT
}

@test "example 3: wrap-around, loss, repetition, reset, a new flow" {
	is "$(pkts pkt-wrap pktNo,flowInd,seq,ack,l7Len,seqDiff,ackDiff,seqPktLen,ackPktLen,tcpAnomaly | tail -n 11)" <<-'EOT'
		4 1 0xfffffed9 0x00001b59 200 0 0 0 0 0x0000
		5 1 0xffffffa1 0x00001b59 200 200 0 200 0 0x0000
		6 1 0x00001b59 0xffffffa1 0 0 200 0 200 0x0000
		7 1 0x00001b59 0x00000069 0 0 200 0 400 0x0000
		8 1 0x00001b59 0x00000069 0 0 0 0 400 0x8000
		9 1 0x00001b59 0x00000069 0 0 0 0 400 0x8000
		10 1 0x00000131 0x00001b59 100 400 0 200 0 0x0000
		11 1 0x00000069 0x00001b59 200 -200 0 200 0 0x0000
		12 1 0x00000069 0x00001b59 200 0 0 200 0 0x0400
		13 1 0x00001b59 0x00000000 0 0 0 0 400 0x0000
		14 2 0x00000195 0x00001b59 0 0 0 0 0 0x0000
	EOT
	# the highest number follows the wrap-around
	same '105 405 405' "$(pkts pkt-wrap seqMax -o SPKTMD_SEQLEN=1 | sed -n 10,12p | xargs)"
}

@test "names are not quoted" {
	same 'CIMSYS Inc' "$(t2pkt -o MR_MANUF=2 -c srcManuf -r "$(crafted pkt-http)" | sed -n 2p)"
}

@test "frames without addresses have empty fields, with as many columns as the header" {
	same '- - - - raw:ipv4:tcp' "$(pkts pkt-raw srcMac,dstMac,srcManuf,dstManuf,hdrDesc | head -n 1)"
	for c in raw shapes fragments; do
		same 57 "$(t2pkt -r "$(crafted pkt-$c)" | awk -F '\t' '{ print NF }' | sort -u)"
	done
}

@test "fragments: in the flow of the first one, ports of their own" {
	is "$(pkts pkt-fragments flowInd,srcPort,dstPort,ipFrag,l7Len,l7Content | head -n 2)" <<-'EOT'
		1 1000 2000 0x2000 40  !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFG
		1 0 0 0x000a 8 hijklmno
	EOT
}

@test "times: exact differences, digits, backwards, relative, ISO" {
	is "$(pkts pkt-nano time,pktIAT,flowDuration)" <<-'EOT'
		1000000000.000000 0.000000 0.000000
		1000000000.000000 0.000000 0.000000
		1000000001.000001 1.000001 1.000001
		1000000040.123456 39.123455 40.123456
	EOT
	same '1000000040.123456789 39.123455788 40.123456789' \
	    "$(pkts pkt-nano time,pktIAT,flowDuration -o TSTAMP_PREC=1 | tail -n 1)"
	is "$(pkts pkt-back flowStat,pktIAT,flowDuration)" <<-'EOT'
		0x0000000000004001 0.000000 0.000000
		0x0008000000004001 -9.500000 -9.500000
		0x0008100000004001 19.500000 10.000000
	EOT
	same '%relTime 40.123456' "$(t2pkt -c relTime -o RELTIME=1 -r "$(crafted pkt-nano)" |
	    sed -n '1p;5p' | xargs)"
	same '2001-09-09T01:47:20.123456+0000' "$(pkts pkt-nano time -o B2T_TIMESTR=1 | tail -n 1)"
}

@test "content: each byte as text, which can be read back" {
	pkts pkt-bytes l7Content >"$W/got"
	/usr/bin/python3 - "$W/got" <<-'EOT'
		import re
		import sys
		got = open(sys.argv[1], 'rb').read().rstrip(b'\n')
		letters = {b'\\n': 10, b'\\r': 13, b'\\t': 9, b'\\\\': 92}
		parts = re.findall(rb'\\.|.', got)
		assert len(parts) == 256, len(parts)
		for i, p in enumerate(parts):
		    want = next((k for k, v in letters.items() if v == i),
		                bytes([i]) if 32 <= i < 127 else b'.')
		    assert p == want, (i, p, want)
	EOT
}

@test "content: hexadecimal, off, both" {
	f=$(crafted pkt-talk)
	same '%pktNo l7HexContent' "$(t2pkt --content hex -c pktNo,l7HexContent -r "$f" | head -n 1 | tr '\t' ' ')"
	same '0x61 0x73 0x6b 0x0a' "$(t2pkt --content hex -r "$f" | sed -n 2p | cut -f 57)"
	same 56 "$(t2pkt --content off -r "$f" | head -n 1 | tr '\t' '\n' | wc -l)"
	same 'l7HexContent l7Content' "$(t2pkt -o SPKTMD_PCNTH=1 -r "$f" | head -n 1 | cut -f 57,58 | tr '\t' ' ')"
	same '%flowInd' "$(t2pkt -o SPKTMD_PKTNO=0 -r "$f" | head -n 1 | cut -f 1)"
}

@test "-c: the typed order; what is wrong with a name is told, status 2" {
	f=$(crafted pkt-http)
	same '%l7Len pktNo' "$(t2pkt -c l7Len,pktNo -r "$f" | head -n 1 | tr '\t' ' ')"
	for t in t2pkt t2flow; do
		run -2 --separate-stderr $t -c srcIPP -r "$f"
		same "$t: srcIPP: no such column (did you mean srcIP?)" "$stderr"
		run -2 --separate-stderr $t -c srcIP,zzzzzz -r "$f"
		same "$t: zzzzzz: no such column" "$stderr"
		run -2 --separate-stderr $t -c srcIP,dstIP,srcIP -r "$f"
		same "$t: srcIP: this column is named twice" "$stderr"
		run -2 --separate-stderr $t -c srcIP,,dstIP -r "$f"
		same "$t: 'srcIP,,dstIP': a column without name" "$stderr"
	done
	run -2 --separate-stderr t2pkt -c pktTrip -r "$f"
	same 't2pkt: pktTrip: this column is off, it needs -o basicFlow.SPKTMD_TRIP=1' "$stderr"
	run -2 --separate-stderr t2flow -c hdrDesc_PktCnt -r "$f"
	same 't2flow: hdrDesc_PktCnt: this column is off, it needs -o basicFlow.BFO_MAX_HDRDESC=1 -o basicFlow.BFO_HDRDESC_PKTCNT=1' "$stderr"
}

@test "-c in t2flow: the same values, and the headers file has these columns only" {
	f=$(crafted pkt-shapes)
	t2flow -c tcpFStat,dir,flowInd -r "$f" | tail -n +2 >"$W/got"
	cols "$f" 'tcpFStat dir flowInd' | diff - "$W/got"
	t2flow -c srcIP,dir -w "$W/x" -r "$f"
	same '1 IPX srcIP 2 C dir' "$(sed -n '/^[0-9]/p' "$W/x_headers.txt" | cut -f 1-3 | xargs)"
}

@test "values do not depend on which columns are printed" {
	for c in http shapes wrap fragments; do
		f=$(crafted pkt-$c)
		t2pkt -o "$EXTRA" -r "$f" >"$W/all"
		n=$(head -n 1 "$W/all" | tr '\t' '\n' | wc -l)
		for i in $(seq "$n"); do
			cut -f "$i" "$W/all" | tr -d % >"$W/want"
			t2pkt -o "$EXTRA" -c "$(head -n 1 "$W/want")" -r "$f" | tr -d % | cmp - "$W/want"
		done
	done
}

@test "flow numbers are those of t2flow, and the records those of t2 -s" {
	for c in http shapes wrap fragments again talk; do
		f=$(crafted pkt-$c)
		t2flow -c flowInd -r "$f" | sort -u >"$W/flows"
		t2pkt -c flowInd -r "$f" | sort -u | diff "$W/flows" -
		t2 -s -w "$W/t2" -r "$f" >"$W/report"
		t2pkt -r "$f" | cmp - "$W/t2_packets.txt"
		t2flow -r "$f" | cmp - "$W/t2_flows.txt"
	done
	t2 -w "$W/without" -r "$f" >"$W/report"
	[ ! -e "$W/without_packets.txt" ]
}

@test "packets per direction are the numPktsSnt of the flow" {
	f=$(crafted pkt-http)
	same "$(t2flow -c flowInd,dir,numPktsSnt -r "$f" | tail -n +2 | tr '\t' ' ')" \
	    "$(t2pkt -c flowInd,flowStat -r "$f" | tail -n +2 |
	    awk '{ n[$1 " " (/1$/ ? "B" : "A")]++ } END { for (i in n) print i, n[i] }' | sort)"
}

@test "-w: PREFIX_packets.txt, a folder, stdout; not over an input" {
	f=$(crafted pkt-http)
	t2pkt -w "$W/p" -r "$f"
	t2pkt -r "$f" | cmp - "$W/p_packets.txt"
	t2pkt -w "$W/folder/" -r "$f"
	cmp "$W/p_packets.txt" "$W/folder/pkt-http_packets.txt"
	t2pkt -w - -r "$f" | cmp - "$W/p_packets.txt"
	cp "$f" "$W/in_packets.txt"
	run -1 --separate-stderr t2pkt -w "$W/in" -r "$W/in_packets.txt"
	same "t2pkt: $W/in_packets.txt: is an input, not overwritten" "$stderr"
	cmp "$f" "$W/in_packets.txt"
}

@test "several captures: numbers go on; a filter counts what passes" {
	same '1 2 3 4 5 6' "$(t2pkt -c pktNo -r "$(crafted pkt-talk)" -r "$(crafted pkt-talk)" | tail -n +2 | xargs)"
	same '1 2' "$(t2pkt -c pktNo -r "$(crafted pkt-talk)" dst port 53 | tail -n +2 | xargs)"
}

@test "a full disk is told, a reader who leaves is not" {
	f=$(crafted pkt-flood)
	run -1 --separate-stderr bash -c 't2pkt -r "$1" >/dev/full' - "$f"
	same 't2pkt: stdout: No space left on device' "$stderr"
	run -0 --separate-stderr bash -c 't2pkt -r "$1" | head -n 1 | cut -c 1-6' - "$f"
	same '%pktNo' "$output$stderr"
}

@test "wrong usage: status 2" {
	f=$(crafted pkt-http)
	run -2 t2pkt
	run -2 t2pkt --content html -r "$f"
	run -2 t2pkt --stream-format html -r "$f"
	for s in '' A x 0 -1 1C 1AB 99999999999999999999; do
		run -2 t2pkt --stream "$s" -r "$f"
	done
	run -2 t2pkt --stream 1 -c pktNo -r "$f"
	run -2 t2pkt --stream 1 -w x -r "$f"
	run -0 t2pkt --help
}

@test "stream: both directions, one, a repeated answer once" {
	is "$(stream pkt-http 1)" <<-'EOT'
		[A 192.168.1.10 40000 > 93.184.216.34 80]
		GET /a	b HTTP/1.1
		Host: ex\ample

		[B 93.184.216.34 80 > 192.168.1.10 40000]
		HTTP/1.1 200 OK
		Server: x

		......
	EOT
	same $'GET /a\tb HTTP/1.1\nHost: ex\\ample' "$(stream pkt-http 1A)"
	same 36 "$(stream pkt-http 1B raw | wc -c)"
}

@test "stream: order, sequence numbers that wrap around" {
	same 'one two   three four' "$(stream pkt-order 1A)"
	same '200 1 200 2 200 3 100 4' "$(stream pkt-wrap 1A raw | fold -w 1 | uniq -c | xargs)"
}

@test "stream: gaps, data that comes too late" {
	is "$(stream pkt-loss 1 | grep -v t2pkt:)" <<-'EOT'
		[A 192.168.1.10 40000 > 93.184.216.34 80]
		first line
		[gap of 100 bytes]
		second line
		[B 93.184.216.34 80 > 192.168.1.10 40000]
		answer
		[A 192.168.1.10 40000 > 93.184.216.34 80]
		third line
		[gap of 20 bytes]
	EOT
	is "$(stream pkt-loss 1A raw)" <<-'EOT'
		t2pkt: A: gap of 100 bytes before offset 111
		t2pkt: A: gap of 20 bytes before offset 154
		t2pkt: A: left out bytes that came too late for their place: 100
		first line
		second line
		third line
	EOT
	is "$(stream pkt-snapped 1A)" <<-'EOT'
		cccccccccc
		[gap of 30 bytes]
		dddd
	EOT
}

@test "stream: hexadecimal dump with offsets" {
	is "$(stream pkt-loss 1A hex | grep -v t2pkt:)" <<-'EOT'
		00000000  66 69 72 73 74 20 6c 69  6e 65 0a                 |first line.|
		[gap of 100 bytes]
		0000006f  73 65 63 6f 6e 64 20 6c  69 6e 65 0a              |second line.|
		0000007b  74 68 69 72 64 20 6c 69  6e 65 0a                 |third line.|
		[gap of 20 bytes]
	EOT
}

@test "stream: overlaps, repeated bytes that differ, keep-alive" {
	is "$(stream pkt-overlap 1A)" <<-'EOT'
		abcdef
		[overlap of 3 bytes]
		ghi
		[3 repeated bytes differ]
	EOT
	same abcdefghi "$(stream pkt-overlap 1A raw 2>&1 | grep -v t2pkt:)"
}

@test "stream: a direction that looks like an answer, alone and with a late peer" {
	for d in alone late; do t2flow -c flowInd,dir,srcPort -r "$(crafted pkt-$d)" | tail -n +2; done >"$W/dirs"
	is "$(tr '\t' ' ' <"$W/dirs")" <<-'EOT'
		1 A 80
		1 A 40001
		1 B 80
	EOT
	same 'this isis B' "$(stream pkt-alone 1A)"
	same '' "$(stream pkt-alone 1B)"
	same 'this isis B' "$(stream pkt-late 1B)"
	same 'and A' "$(stream pkt-late 1A)"
}

@test "stream: an answer whose peer cannot be read" {
	is "$(stream pkt-late-cut 1)" <<-'EOT'
		t2pkt: A: left out packets without readable TCP header: 1
		[B 93.184.216.34 80 > 192.168.1.10 40001]
		this isis B
	EOT
}

@test "stream: hexadecimal offsets beyond 4 GiB" {
	same '0000000119400000  78 78 78' "$(stream pkt-far 1A hex | sed -n 's/  *|xxx|$//p')"
}

@test "stream: all pairs that share a number" {
	local f o=FDURLIMIT=10,FDLSFINDEX=1
	f=$(crafted shape-life)
	same 150 "$(t2pkt --stream 1A --stream-format raw -r "$f" -o $o | wc -c)"
	same 150 "$(t2pkt --stream 1B --stream-format raw -r "$f" -o $o | wc -c)"
}

@test "stream: what is held behind a hole is bounded" {
	same 't2pkt: A: gap of 1 bytes before offset 1 t2pkt: A: gaps assumed because too much followed them: 1' \
	    "$(t2pkt --stream 1A --stream-format raw -r "$(crafted pkt-flood)" 2>&1 >"$W/raw" | xargs)"
	same 8300 "$(wc -c <"$W/raw")"
}

@test "stream: ports that are used again" {
	is "$(stream pkt-again 1)" <<-'EOT'
		[A 192.168.1.10 40000 > 93.184.216.34 80]
		old
		[new connection]
		new
		[B 93.184.216.34 80 > 192.168.1.10 40000]
		yes
	EOT
}

@test "stream: datagrams, layer 2, no such flow" {
	is "$(stream pkt-talk 1)" <<-'EOT'
		[A 192.168.1.10 5353 > 8.8.8.8 53, packet 1]
		ask
		[B 8.8.8.8 53 > 192.168.1.10 5353, packet 2]
		tell
		me.
		[A 192.168.1.10 5353 > 8.8.8.8 53, packet 3]
		ask again
	EOT
	is "$(stream pkt-shapes 3 hex)" <<-'EOT'
		[A 00:11:22:33:44:55 > ff:ff:ff:ff:ff:ff, packet 4]
		00000000  00 01 08 00 06 04 00 01  00 11 22 33 44 55 c0 a8  |.........."3DU..|
		00000010  01 0a 00 00 00 00 00 00  c0 a8 01 01              |............|
	EOT
	run -1 --separate-stderr t2pkt --stream 77 -r "$(crafted pkt-talk)"
	same 't2pkt: there is no flow 77' "$output$stderr"
}

@test "reference captures: flow numbers are those of t2flow" {
	corpus
	for f in "$T2_CORPUS"/*.pcap; do
		t2flow -c flowInd -r "$f" 2>"$W/err" | sort -u >"$W/flows" || true
		t2pkt -c flowInd -r "$f" 2>"$W/err" | sort -u | cmp "$W/flows" -
	done
}

# What differs: tunnels that are opened here and not there (ERSPAN, LWAPP, AH), lengths that wrap
# around there, frames cut to a wrong snapshot length, damaged headers.
@test "reference captures: at least 99.6 % of the cells are equal" {
	corpus
	/usr/bin/python3 "$T2_TESTS/pktdiff.py" -m 99.6 "$BUILD/bin/t2pkt" "$T2_CORPUS"
}

# long_records: packets of one flow whose records end all around where 256 KiB less 64 bytes are full
long_records() {
	/usr/bin/python3 - <<-'EOT'
	import struct
	import sys
	out = sys.stdout.buffer
	out.write(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
	last = [21644] + [21661 - d for d in range(16, -1, -1)]
	for n in [k for l in last for k in (60000, 60000, 60000, 60000, l)]:
	    ip = struct.pack('>BBHIBBH4s4s', 0x45, 0, 28 + n, 0, 64, 17, 0, b'\n\0\0\1', b'\n\0\0\2')
	    frame = b'\0\x1b\x21\0\0\1\0\xd0\2\0\0\1\x08\0' + ip
	    frame += struct.pack('>HHHH', 1000, 2000, 8 + n, 0) + b'a' * n
	    out.write(struct.pack('<IIII', 1, 0, len(frame), len(frame)) + frame)
	EOT
}

@test "no text is lost where the writer's buffer ends" {
	long_records | t2pkt -r - -o TFS_PRI_HDR=0 -o "macRecorder.MR_MANUF_FILE=$T2_TOP/share/manuf.txt" -c \
	    l7Content,ethType,srcIP,srcIPCC,srcIPWho,srcPort,dstIP,dstIPCC,dstIPWho,dstPort,l4Proto,srcManuf |
	    cut -f 2- | sort | uniq -c | sed 's/^ *//' >"$W/got"
	is "$(cat "$W/got")" <<-E
	90 0x0800	10.0.0.1	01	Private network	1000	10.0.0.2	01	Private network	2000	17	Ditech
	E
}
