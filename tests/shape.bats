#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# shape.bats - options that change which packets make a flow: the longest life of a pair, streams
# and associations of SCTP, aggregated keys.  Captures: craft/shape.py.

bats_require_minimum_version 1.5.0

setup() {
	load lib
}

life='dir flowInd flowStat timeFirst duration srcPort numPktsSnt'

@test "FDURLIMIT: a pair that is old enough ends at its next packet, bit 41" {
	is "$(flows shape-life "$life" -o FDURLIMIT=10)" <<-E
	A 1 0x0000120000004000 1000000000.000000 8.000000 1111 5
	B 1 0x0000120000004001 1000000001.000000 8.000000 2222 5
	A 2 0x0000120000004000 1000000010.000000 8.000000 1111 5
	B 2 0x0000120000004001 1000000011.000000 8.000000 2222 5
	A 4 0x0000020000004001 1000000000.500000 0.000000 7 1
	A 3 0x0000100000004000 1000000020.000000 8.000000 1111 5
	B 3 0x0000100000004001 1000000021.000000 8.000000 2222 5
	A 5 0x0000000000004001 1000000025.500000 0.000000 7 1
	E
	same "$(flows shape-life "$life")" "$(flows shape-life "$life" -o FDURLIMIT=30)"
	same "$(flows shape-life "$life" | head -n 2 | cut -d ' ' -f 3)" \
	    "$(printf '%s\n' 0x0000100000004000 0x0000100000004001)"
}

@test "FDURLIMIT: the older direction decides, the pair ends as a whole" {
	is "$(flows shape-life-b "$life" -o FDURLIMIT=10)" <<-E
	A 1 0x0000020000004000 1000000000.000000 0.000000 2222 1
	B 1 0x0000020000004001 1000000004.000000 5.000000 1111 2
	A 2 0x0000000000004000 1000000010.000000 0.000000 1111 1
	B 2 0x0000000000004001 1000000011.000000 0.000000 2222 1
	E
	# an answer that comes too late belongs to a new pair
	is "$(flows shape-life-late "$life" -o FDURLIMIT=10)" <<-E
	A 1 0x0000020000004000 1000000000.000000 0.000000 1111 1
	A 2 0x0000000000004000 1000000012.000000 0.000000 2222 1
	B 2 0x0000000000004001 1000000013.000000 0.000000 1111 1
	E
}

@test "FDURLIMIT: fragments stay with the flow of the first" {
	is "$(flows shape-life-frag "$life" -o FDURLIMIT=10)" <<-E
	A 1 0x0000081000004000 1000000000.000000 11.000000 1111 3
	E
}

@test "FDLSFINDEX: the pieces of a pair keep its index and directions, bit 62" {
	is "$(flows shape-life "$life" -o FDURLIMIT=10,FDLSFINDEX=1)" <<-E
	A 1 0x0000120000004000 1000000000.000000 8.000000 1111 5
	B 1 0x0000120000004001 1000000001.000000 8.000000 2222 5
	A 1 0x4000120000004000 1000000010.000000 8.000000 1111 5
	B 1 0x4000120000004001 1000000011.000000 8.000000 2222 5
	A 2 0x0000020000004001 1000000000.500000 0.000000 7 1
	A 1 0x4000100000004000 1000000020.000000 8.000000 1111 5
	B 1 0x4000100000004001 1000000021.000000 8.000000 2222 5
	A 2 0x4000000000004001 1000000025.500000 0.000000 7 1
	E
	is "$(flows shape-life-late "$life" -o FDURLIMIT=10 -o FDLSFINDEX=1)" <<-E
	A 1 0x0000020000004000 1000000000.000000 0.000000 1111 1
	A 1 0x4000000000004000 1000000013.000000 0.000000 1111 1
	B 1 0x4000000000004001 1000000012.000000 0.000000 2222 1
	E
}

@test "FDURLIMIT: t2extract and t2pkt see the same flows" {
	local f
	f=$(crafted shape-life)
	t2extract -o FDURLIMIT=10 -w "$BATS_TEST_TMPDIR/x.pcap" -r "$f" 2
	is "$(flows "$BATS_TEST_TMPDIR/x.pcap" 'timeFirst numPktsSnt')" <<-E
	1000000010.000000 5
	1000000011.000000 5
	E
	same 5 "$(t2pkt -p basicFlow -o FDURLIMIT=10 -r "$f" -c flowInd | sed 1d | sort -nu | tail -n 1)"
}

sctp='dir flowInd srcPort numPktsSnt numBytesSnt'

@test "SCTP_ACTIVATE=1: a flow for each stream; SCTP_STATFINDEX: one index or several" {
	is "$(flows shape-sctp-index "$sctp")" <<-E
	A 1 2000 5 180
	E
	is "$(flows shape-sctp-index "$sctp" -o SCTP_ACTIVATE=1)" <<-E
	A 1 2000 1 20
	A 1 2000 1 20
	A 1 2000 1 20
	A 1 2000 2 40
	E
	is "$(flows shape-sctp-index "$sctp" -o SCTP_ACTIVATE=1 -o SCTP_STATFINDEX=0)" <<-E
	A 1 2000 1 20
	A 2 2000 1 20
	A 4 2000 1 20
	A 3 2000 2 40
	E
}

@test "SCTP_ACTIVATE=1: chunks go to their streams, others to stream 0, both directions" {
	is "$(flows shape-sctp "$sctp" -o SCTP_ACTIVATE=1 -o SCTP_STATFINDEX=0)" <<-E
	A 1 2000 3 12
	B 1 3000 2 0
	A 2 2000 2 111
	B 2 3000 1 40
	A 3 2000 2 42
	E
	# with another PACKETLENGTH the packet counts whole
	is "$(flows shape-sctp "$sctp" -o SCTP_ACTIVATE=1 -o PACKETLENGTH=2 | sed -n 3p)" <<-E
	A 1 2000 2 260
	E
}

@test "SCTP_ACTIVATE=1: the totals count each packet once" {
	t2 -p basicFlow -o SCTP_ACTIVATE=1 -w "$BATS_TEST_TMPDIR/run" -r "$(crafted shape-sctp)" \
	    >"$BATS_TEST_TMPDIR/report"
	grep '^Number of processed packets: 6$' "$BATS_TEST_TMPDIR/report"
	grep '^Number of A packets: 4 ' "$BATS_TEST_TMPDIR/report"
	grep '^Number of B packets: 2 ' "$BATS_TEST_TMPDIR/report"
	run -1 grep 'without flow' "$BATS_TEST_TMPDIR/report"
}

@test "SCTP_ACTIVATE=2: a pair for each association, also between the same ports" {
	is "$(flows shape-sctp-two "$sctp")" <<-E
	A 1 2000 4 104
	B 1 3000 4 92
	E
	is "$(flows shape-sctp-two "$sctp" -o SCTP_ACTIVATE=2)" <<-E
	A 1 2000 2 48
	B 1 3000 2 68
	A 2 2000 2 56
	B 2 3000 2 24
	E
	is "$(flows shape-sctp-middle "$sctp" -o SCTP_ACTIVATE=2)" <<-E
	A 1 2000 2 56
	B 1 3000 1 16
	A 2 2000 1 28
	B 2 3000 1 16
	E
	run -1 --separate-stderr t2flow -o SCTP_ACTIVATE=2 -o ETH_ACTIVATE=2 \
	    -r "$(crafted shape-sctp)"
	same 't2flow: SCTP_ACTIVATE=2: not with ETH_ACTIVATE=2' "$stderr"
}

@test "SCTP_ACTIVATE=3: streams of associations" {
	is "$(flows shape-sctp-two "$sctp" -o SCTP_ACTIVATE=3)" <<-E
	A 1 2000 2 10
	B 1 3000 2 30
	A 2 2000 1 0
	B 2 3000 2 0
	A 2 2000 1 20
	E
}

@test "SCTP_ACTIVATE: chunks whose lengths lie" {
	for mode in 1 2 3; do
		flows shape-sctp-bad "$sctp" -o SCTP_ACTIVATE=$mode
	done >"$BATS_TEST_TMPDIR/rows"
	is "$(cat "$BATS_TEST_TMPDIR/rows")" <<-E
	A 2 0 2 2
	A 1 2000 3 4
	A 2 0 2 2
	A 1 2000 3 12
	A 2 0 2 2
	A 1 2000 3 4
	E
}

@test "SCTP_ACTIVATE: a chunk that ends before its stream number names none" {
	is "$(flows shape-sctp-short "$sctp" -o SCTP_ACTIVATE=1)" <<-E
	A 1 2000 1 0
	E
}

@test "SCTP_ACTIVATE: SCTP in UDP is opened in IPv6" {
	is "$(flows shape-sctp-udp 'flowStat srcPort l4Proto numBytesSnt hdrDesc' -o SCTP_ACTIVATE=1)" <<-E
	0x0000000001008000 2000 132 24 eth:ipv6:udp:sctp
	0x0000000000004000 9899 17 52 eth:ipv4:udp
	0x0000000000008000 9899 17 52 eth:ipv6:udp
	E
	is "$(flows shape-sctp-udp 'srcPort hdrDesc' | head -n 1)" <<-E
	9899 eth:ipv6:udp
	E
}

@test "SCTP_ACTIVATE and FDURLIMIT together" {
	is "$(flows shape-sctp-index "$sctp" -o SCTP_ACTIVATE=1 -o FDURLIMIT=2)" <<-E
	A 1 2000 1 20
	A 1 2000 1 20
	A 1 2000 1 20
	A 1 2000 1 20
	A 1 2000 1 20
	E
	is "$(flows shape-sctp-two "$sctp" -o SCTP_ACTIVATE=2 -o FDURLIMIT=6 -o FDLSFINDEX=1)" <<-E
	A 1 2000 2 48
	B 1 3000 1 20
	A 2 2000 2 56
	B 2 3000 2 24
	A 1 3000 1 48
	E
}

agg='dir flowInd srcIP srcPort dstIP dstPort l4Proto numPktsSnt'

@test "AGGREGATIONFLAG: protocol, ports by range, VLAN" {
	is "$(flows shape-agg "$agg" -o AGGREGATIONFLAG=1 | sed -n '3,5p')" <<-E
	A 1 10.1.1.1 40000 10.2.2.1 53 0 2
	B 1 10.2.2.1 53 10.1.1.1 40000 0 1
	A 4 10.1.1.1 40000 10.2.2.1 53 0 1
	E
	is "$(flows shape-agg "$agg" -o AGGREGATIONFLAG=6 | head -n 4)" <<-E
	A 1 10.1.1.1 0 10.2.2.1 53 17 1
	B 1 10.2.2.1 53 10.1.1.1 0 17 1
	A 2 10.1.1.9 0 10.2.2.9 53 17 1
	A 3 10.1.3.1 0 10.2.2.1 0 17 1
	E
	# a range of several ports becomes 1
	is "$(flows shape-agg "$agg" -o AGGREGATIONFLAG=6,DSTPORTLW=1,DSTPORTHW=1024,SRCPORTLW=1,SRCPORTHW=1024 | head -n 4)" <<-E
	A 1 10.1.1.1 0 10.2.2.1 1 17 1
	B 1 10.2.2.1 1 10.1.1.1 0 17 1
	A 2 10.1.1.9 0 10.2.2.9 1 17 1
	A 3 10.1.3.1 0 10.2.2.1 1 17 1
	E
	is "$(flows shape-agg "$agg" -o AGGREGATIONFLAG=32 | sed -n 3,4p)" <<-E
	A 1 10.1.1.1 40000 10.2.2.1 53 17 2
	B 1 10.2.2.1 53 10.1.1.1 40000 17 1
	E
	# one port alone is not symmetric: the answer is no opposite
	is "$(flows shape-agg "$agg" -o AGGREGATIONFLAG=4 | sed -n '1p;4p')" <<-E
	A 1 10.1.1.1 0 10.2.2.1 53 17 1
	A 4 10.2.2.1 53 10.1.1.1 40000 17 1
	E
}

@test "AGGREGATIONFLAG: networks, with masks of both versions" {
	is "$(flows shape-agg "$agg" -o AGGREGATIONFLAG=24)" <<-E
	A 1 10.1.1.0 40000 10.2.2.0 53 17 1
	B 1 10.2.2.0 53 10.1.1.0 40000 17 1
	A 2 10.1.1.0 40001 10.2.2.0 53 17 1
	A 3 10.1.3.0 40002 10.2.2.0 80 17 1
	A 4 10.1.1.0 40000 10.2.2.0 53 6 1
	A 5 10.1.1.0 40000 10.2.2.0 53 17 1
	A 6 2001:db8:: 40000 2001:db8::100 53 17 2
	A 7 0.0.0.0 0 0.0.0.0 0 0 1
	E
	is "$(flows shape-agg "$agg" -o AGGREGATIONFLAG=16 | sed -n '1p;7,8p')" <<-E
	A 1 10.1.1.0 40000 10.2.2.1 53 17 1
	A 7 2001:db8:: 40000 2001:db8::1ff 53 17 1
	A 8 2001:db8:: 40000 2001:db8::100 53 17 1
	E
	is "$(flows shape-agg "$agg" -o AGGREGATIONFLAG=24,SRCIP4CMSK=15,DSTIP4CMSK=0,SRCIP6CMSK=128,DSTIP6CMSK=119 | sed -n '1p;7,8p')" <<-E
	A 1 10.0.0.0 40000 0.0.0.0 53 17 1
	A 7 2001:db8::1 40000 2001:db8:: 53 17 1
	A 8 2001:db8::ff 40000 2001:db8:: 53 17 1
	E
}

@test "AGGREGATIONFLAG=63: all at once; statistics still count real packets" {
	is "$(flows shape-agg "$agg" -o AGGREGATIONFLAG=63)" <<-E
	A 2 10.1.3.0 0 10.2.2.0 0 0 1
	A 1 10.1.1.0 0 10.2.2.0 53 0 4
	B 1 10.2.2.0 53 10.1.1.0 0 0 1
	A 3 2001:db8:: 0 2001:db8::100 53 0 2
	A 4 0.0.0.0 0 0.0.0.0 0 0 1
	E
	t2 -p basicFlow -o AGGREGATIONFLAG=63 -w "$BATS_TEST_TMPDIR/run" -r "$(crafted shape-agg)" |
	    grep '^Number of TCP packets: 1 '
}

# labels: the user's own ranges
labels() {
	mkdir -p "$XDG_DATA_HOME/t2"
	printf '%s\t--\t%s\n' 10.1.0.0/16 Office 10.1.1.0/29 Rack 10.2.2.0/24 Web \
	    >"$XDG_DATA_HOME/t2/subnets4.txt"
	printf '2001:db8::/121\tch\tLow\n' >"$XDG_DATA_HOME/t2/subnets6.txt"
}

@test "AGGREGATIONFLAG=128: networks of the labels, both versions, with their labels" {
	local who='dir flowInd srcIP srcIPWho dstIP dstIPWho numPktsSnt'
	labels
	# the rack is a part of the office, 2001:db8::ff is beyond the range of the user
	is "$(flows shape-agg "$who" -o AGGREGATIONFLAG=135)" <<-E
	A 2 10.1.0.0 "Office" 10.2.2.0 "Web" 1
	A 3 10.1.0.0 "Office" 10.2.2.0 "Web" 1
	A 1 10.1.1.0 "Rack" 10.2.2.0 "Web" 2
	B 1 10.2.2.0 "Web" 10.1.1.0 "Rack" 1
	A 4 10.1.1.0 "Rack" 10.2.2.0 "Web" 1
	A 5 2001:db8:: "Low" 2001:db8::80 "doc and example source" 1
	A 6 2001:db8::80 "doc and example source" 2001:db8::80 "doc and example source" 1
	A 7 0.0.0.0 "--" 0.0.0.0 "--" 1
	E
	# the ranges that come with t2
	is "$(flows shape-agg "${who//Who/CC}" -o AGGREGATIONFLAG=135 -o GEO_USERDATA=0 | tail -n 3)" <<-E
	A 3 10.0.0.0 01 10.0.0.0 01 1
	A 4 2001:db8:: 09 2001:db8:: 09 2
	A 5 0.0.0.0 -- 0.0.0.0 -- 1
	E
}

@test "AGGREGATIONFLAG=128: what has no label stays, or is masked; no land attack by it" {
	local what='flowStat srcIP dstIP srcPort'
	is "$(flows shape-net "$what" -o AGGREGATIONFLAG=128)" <<-E
	0x0000000000004000 8.8.8.8 9.9.9.9 2000
	0x0000000000004000 8.8.8.9 9.9.9.9 2000
	0x0000000000004000 10.0.0.0 10.0.0.0 7
	0x0004000000004000 8.8.8.8 8.8.8.8 7
	0x0000000000004000 8.8.8.8 8.8.8.9 7
	E
	is "$(flows shape-net "$what" -o AGGREGATIONFLAG=152)" <<-E
	0x0000000000004000 8.8.8.0 9.9.9.0 2000
	0x0000000000004000 10.0.0.0 10.0.0.0 7
	0x0004000000004000 8.8.8.0 8.8.8.0 7
	E
	t2extract -o AGGREGATIONFLAG=128 -r "$(crafted shape-net)" -w "$BATS_TEST_TMPDIR/x.pcap" 3
	same "10.1.1.1 10.1.2.2" "$(flows "$BATS_TEST_TMPDIR/x.pcap" 'srcIP dstIP')"
}

@test "AGGREGATIONFLAG=64: no such flag" {
	run -1 --separate-stderr t2flow -o AGGREGATIONFLAG=64 -r "$(crafted shape-agg)"
	same 't2flow: AGGREGATIONFLAG=64: there is no flag 64' "$stderr"
	run -2 --separate-stderr t2flow -o AGGREGATIONFLAG=192 -r "$(crafted shape-agg)"
}

@test "an index of flows that share a number is refused" {
	local f=$BATS_TEST_TMPDIR/a.pcap
	cp "$(crafted shape-life)" "$f"
	run -1 --separate-stderr t2flow -o FDURLIMIT=10,FDLSFINDEX=1 --index "$f.idx" -r "$f"
	[[ $stderr == *'FDLSFINDEX=1: flows that share a number cannot be indexed'* ]] ||
	    same 'a refusal' "$stderr"
}

@test "no packet is lost or doubled, whatever the shape" {
	local town=$T2_TOP/examples/town.pcap n
	sum() {
		t2flow -c numPktsSnt "$@" -r "$town" | awk 'NR > 1 { n += $1 } END { print n }'
	}
	n=$(sum)
	for o in FDURLIMIT=1 FDURLIMIT=60,FDLSFINDEX=1 AGGREGATIONFLAG=63 AGGREGATIONFLAG=24 \
	    SCTP_ACTIVATE=2 AGGREGATIONFLAG=6,FDURLIMIT=5,SCTP_ACTIVATE=2; do
		same "$o $n" "$o $(sum -o $o)"
	done
	# each piece is shorter than the limit
	t2flow -o FDURLIMIT=60 -c duration,flowStat -r "$town" | awk 'NR > 1 && $1 >= 60' | none
}

none() {
	! grep .
}
