#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# proto-stats.bats - protocol and ICMP statistics: the plugins' files, t2proto, t2icmp, protStat.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	PREFIX=$BATS_TEST_TMPDIR/x
}

# file SUFFIX CAPTURE [OPTION...]: the statistics file that t2 writes
file() {
	local suffix=$1 f
	f=$(crafted "$2") || return 1
	shift 2
	t2 -l "$@" -r "$f" -w "$PREFIX" && cat "${PREFIX}_$suffix.txt"
}

proto() {
	local f
	f=$(crafted "$1") || return 1
	shift
	t2proto "$@" -r "$f"
}

icmp() {
	local f
	f=$(crafted "$1") || return 1
	shift
	t2icmp "$@" -r "$f"
}

# ----- PREFIX_protocols.txt

@test "layout: types, protocols, ports; percentages of all, of IP, of the protocol" {
	is "$(file protocols report-ports)" <<-'EOT'
		# Total Ether packets captured: 1118
		# L2/3 Protocol	Packets	Percentage	Description
		0x0800	1113	     99.553	Internet Protocol version 4 (IPv4)
		0x1234	1	      0.089	
		0x2000	1	      0.089	Cisco Discovery Protocol (CDP)
		0x4242	1	      0.089	Spanning Tree (STP)
		0x86dd	1	      0.089	Internet Protocol version 6 (IPv6)

		# Total IPv4 packets captured: 1113
		# Total IPv6 packets captured: 1
		# L4 Protocol	Packets	Percentage	Description
		6	4	      0.359	Transmission Control Protocol
		17	1107	     99.372	User Datagram Protocol
		88	1	      0.090	EIGRP
		132	1	      0.090	Stream Control Transmission Protocol
		136	1	      0.090	UDP-Lite

		# Total TCP packets captured: 4
		# Port	Packets	Percentage	Description
		20	1	     25.000	File Transfer [Default Data]
		80	3	     75.000	World Wide Web HTTP

		# Total UDP packets captured: 1107
		# Port	Packets	Percentage	Description
		53	1	      0.090	Domain Name Server
		546	1	      0.090	DHCPv6 Client
		6000	2	      0.181	X Window System
		27005	1103	     99.639	FLEX LM (1-10)
	EOT
}

@test "UDP-Lite and SCTP ports on request; they have names of UDP and TCP" {
	is "$(file protocols report-ports -o UDPLITE_STAT=1 -o SCTP_STAT=1 | sed '1,/^27005/d')" <<-'EOT'

		# Total UDP-Lite packets captured: 1
		# Port	Packets	Percentage	Description
		6000	1	    100.000	X Window System

		# Total SCTP packets captured: 1
		# Port	Packets	Percentage	Description
		9899	1	    100.000	
	EOT
}

@test "PROTO_BYTES=1: bytes, in the layout of the program 0.8.4" {
	is "$(file protocols report-ports -o PROTO_BYTES=1)" <<-'EOT'
		# Total packets: 1118 (1.12 K)
		# Total bytes: 47124 (47.12 K)
		# L2/3 Protocol	             Packets	               Bytes	Description
		0x0800	                1113 [ 99.55%]	               46850 [ 99.42%]	Internet Protocol version 4 (IPv4)
		0x1234	                   1 [  0.09%]	                  60 [  0.13%]	
		0x2000	                   1 [  0.09%]	                  62 [  0.13%]	Cisco Discovery Protocol (CDP)
		0x4242	                   1 [  0.09%]	                  52 [  0.11%]	Spanning Tree (STP)
		0x86dd	                   1 [  0.09%]	                  90 [  0.19%]	Internet Protocol version 6 (IPv6)


		# Total IPv4 packets: 1113 (1.11 K) [99.55%]
		# Total IPv6 packets: 1 [0.09%]
		# L4 Protocol	             Packets	               Bytes	Description
		  6	                   4 [  0.36%]	                 216 [  0.46%]	Transmission Control Protocol
		 17	                1107 [ 99.02%]	               46562 [ 98.81%]	User Datagram Protocol
		 88	                   1 [  0.09%]	                  54 [  0.11%]	EIGRP
		132	                   1 [  0.09%]	                  62 [  0.13%]	Stream Control Transmission Protocol
		136	                   1 [  0.09%]	                  46 [  0.10%]	UDP-Lite


		# Total TCP packets: 4 [0.36%]
		# Total TCP bytes: 216 [0.46%]
		# TCP Port	             Packets	               Bytes	Description
		   20	                   1 [ 25.00%]	                  54 [ 25.00%]	File Transfer [Default Data]
		   80	                   3 [ 75.00%]	                 162 [ 75.00%]	World Wide Web HTTP


		# Total UDP packets: 1107 (1.11 K) [99.02%]
		# Total UDP bytes: 46562 (46.56 K) [98.81%]
		# UDP Port	             Packets	               Bytes	Description
		   53	                   1 [  0.09%]	                  54 [  0.12%]	Domain Name Server
		  546	                   1 [  0.09%]	                  90 [  0.19%]	DHCPv6 Client
		 6000	                   2 [  0.18%]	                  92 [  0.20%]	X Window System
		27005	                1103 [ 99.64%]	               46326 [ 99.49%]	FLEX LM (1-10)
	EOT
	is "$(file protocols report-none -o PROTO_BYTES=1 -o ETH_STAT=0)" <<-'EOT'
		# Total IPv4 packets: 0 [0.00%]
		# Total IPv6 packets: 0 [0.00%]
		# L4 Protocol	             Packets	               Bytes	Description


		# Total TCP packets: 0 [0.00%]
		# Total TCP bytes: 0 [0.00%]


		# Total UDP packets: 0 [0.00%]
		# Total UDP bytes: 0 [0.00%]
	EOT
}

@test "ETH_STAT=0 leaves out the ethertypes" {
	is "$(file protocols report-ports -o ETH_STAT=0 | head -n 3)" <<-'EOT'
		# Total IPv4 packets captured: 1113
		# Total IPv6 packets captured: 1
		# L4 Protocol	Packets	Percentage	Description
	EOT
}

@test "no packets, no rows" {
	is "$(file protocols report-none)" <<-'EOT'
		# Total Ether packets captured: 0
		# L2/3 Protocol	Packets	Percentage	Description

		# Total IPv4 packets captured: 0
		# Total IPv6 packets captured: 0
		# L4 Protocol	Packets	Percentage	Description

		# Total TCP packets captured: 0
		# Port	Packets	Percentage	Description

		# Total UDP packets captured: 0
		# Port	Packets	Percentage	Description
	EOT
}

@test "later fragments without their first one count on port 0" {
	is "$(file protocols report-ports -o FRAG_ATTACH=0 | grep -e '^0	' -e ^6000)" <<-'EOT'
		0	1	      0.090	
		6000	1	      0.090	X Window System
	EOT
}

@test "own lists of names; a missing one leaves the descriptions empty" {
	printf '80\ttcp\tmine\tmy own web\n' >"$BATS_TEST_TMPDIR/ports"
	is "$(file protocols report-ports -o "PORTFILE=$BATS_TEST_TMPDIR/ports" -o PROTOFILE=/nonexistent |
		grep -e '^6	' -e '^20	' -e '^80	')" <<-'EOT'
		6	4	      0.359	
		20	1	     25.000	
		80	3	     75.000	my own web
	EOT
}

@test "the file's name is an option" {
	t2 -l -o PROTO_SUFFIX=_p -r "$(crafted report-two)" -w "$PREFIX"
	[ -s "${PREFIX}_p" ]
	[ ! -e "${PREFIX}_protocols.txt" ]
}

# ----- t2proto

@test "t2proto: all layers with bytes and names" {
	is "$(proto report-ports)" <<-'EOT'
		%layer	number	packets	bytes	percent	name	description
		ether	0x0800	1113	46850	99.553	ipv4	Internet Protocol version 4 (IPv4)
		ether	0x1234	1	60	0.089		
		ether	0x2000	1	62	0.089	cdp	Cisco Discovery Protocol (CDP)
		ether	0x4242	1	52	0.089	stp	Spanning Tree (STP)
		ether	0x86dd	1	90	0.089	ipv6	Internet Protocol version 6 (IPv6)
		ip	6	4	216	0.359	TCP	Transmission Control Protocol
		ip	17	1107	46562	99.372	UDP	User Datagram Protocol
		ip	88	1	54	0.090	EIGRP	EIGRP
		ip	132	1	62	0.090	SCTP	Stream Control Transmission Protocol
		ip	136	1	46	0.090	UDPLite	UDP-Lite
		tcp	20	1	54	25.000	ftp-data	File Transfer [Default Data]
		tcp	80	3	162	75.000	http	World Wide Web HTTP
		udp	53	1	54	0.090	domain	Domain Name Server
		udp	546	1	90	0.090	dhcpv6-client	DHCPv6 Client
		udp	6000	2	92	0.181	x11	X Window System
		udp	27005	1103	46326	99.639	flex-lm	FLEX LM (1-10)
		udplite	6000	1	46	100.000	x11	X Window System
		sctp	9899	1	62	100.000		
	EOT
}

@test "t2proto: a packet of several flows counts once" {
	same "$(t2proto -r "$(crafted extract-streams)")" \
	    "$(t2proto -o SCTP_ACTIVATE=1 -r "$(crafted extract-streams)")"
	same 100.000 "$(t2proto -o SCTP_ACTIVATE=1 -r "$(crafted extract-streams)" |
	    awk -F '\t' '$1 == "sctp" { print $5 }')"
}

@test "t2proto: sorted, limited by percentage and number of rows" {
	is "$(proto report-ports --sort packets --min 0.1 | cut -f 1-3)" <<-'EOT'
		%layer	number	packets
		ether	0x0800	1113
		ip	17	1107
		ip	6	4
		tcp	80	3
		tcp	20	1
		udp	27005	1103
		udp	6000	2
		udplite	6000	1
		sctp	9899	1
	EOT
	is "$(proto report-ports -s bytes -n 2 | cut -f 1,2,4 | tail -n +2)" <<-'EOT'
		ether	0x0800	46850
		ether	0x86dd	90
		ip	17	46562
		ip	6	216
		tcp	80	162
		tcp	20	54
		udp	27005	46326
		udp	6000	92
		udplite	6000	46
		sctp	9899	62
	EOT
}

@test "t2proto --report is the file; t2icmp --report too" {
	local name
	for name in report-ports report-icmp report-mix; do
		is "$(proto "$name" --report)" < <(file protocols "$name")
		is "$(icmp "$name" --report)" < <(file icmpStats "$name")
	done
}

@test "t2proto and t2icmp: wrong use is status 2, no input 1" {
	local f
	f=$(crafted report-two)
	for bad in '-s size' '-n 0' '--min 101' '--min x' '-p basicFlow' '-o NOPE=1' '-Z' '-s'; do
		# shellcheck disable=SC2086
		run -2 t2proto $bad -r "$f"
		[ -n "$output" ]
	done
	for bad in '-s bytes' '-n 0' '-Z'; do
		# shellcheck disable=SC2086
		run -2 t2icmp $bad -r "$f"
		[ -n "$output" ]
	done
	run -2 t2proto
	run -2 t2icmp
	run -1 --separate-stderr t2proto -r "$BATS_TEST_TMPDIR/none"
	same "t2proto: $BATS_TEST_TMPDIR/none: No such file or directory" "$stderr"
	run -1 --separate-stderr t2icmp -r "$BATS_TEST_TMPDIR/none"
	same "t2icmp: $BATS_TEST_TMPDIR/none: No such file or directory" "$stderr"
}

# ----- ICMP

@test "PREFIX_icmpStats.txt: totals, ratio, fixed rows, others of ICMPv6" {
	is "$(file icmpStats report-icmp | grep -v '	0	')" <<-'EOT'
		Total number of ICMP messages: 11 [91.67%]

		Number of ICMP packets: 8 [66.67%]
		Number of ICMPv6 packets: 3 [25.00%]

		ICMP echo reply / request ratio: 0.667

		# ICMP Type	Code	Packets	Percentage
		ICMP_ECHOREQUEST	-	3	37.500
		ICMP_ECHOREPLY	-	2	25.000
		ICMP_DEST_UNREACH	ICMP_PORT_UNREACH	1	12.500

		# ICMPv6 Type	Code	Packets	Percentage
		4	5	1	33.333
		ICMP6_NBOR_SOLICIT	-	1	33.333
		200	3	1	33.333
	EOT
	is "$(grep -c '	0	0\.000$' "${PREFIX}_icmpStats.txt")" <<<39
}

@test "t2icmp: all types and codes by number" {
	is "$(icmp report-icmp)" <<-'EOT'
		%version	type	code	packets	percent	typeName	codeName
		ICMP	0	0	2	25.000	ICMP_ECHOREPLY	
		ICMP	3	3	1	12.500	ICMP_DEST_UNREACH	ICMP_PORT_UNREACH
		ICMP	8	0	3	37.500	ICMP_ECHOREQUEST	
		ICMP	13	0	1	12.500	ICMP_TIMESTAMP	
		ICMP	42	200	1	12.500	ICMP_EXT_ECHO	
		ICMPv6	4	5	1	33.333	ICMP6_PARAM_PROBLEM	
		ICMPv6	135	0	1	33.333	ICMP6_NBOR_SOLICIT	
		ICMPv6	200	3	1	33.333		
	EOT
}

@test "t2icmp: the most frequent, echo, nothing" {
	is "$(icmp report-icmp -s packets -n 2 | cut -f 1-4)" <<-'EOT'
		%version	type	code	packets
		ICMP	8	0	3
		ICMP	0	0	2
		ICMPv6	4	5	1
		ICMPv6	135	0	1
	EOT
	is "$(icmp report-icmp --echo)" <<-'EOT'
		%version	requests	replies	ratio
		ICMP	3	2	0.667
		ICMPv6	0	0	0.000
	EOT
	is "$(icmp report-none)" <<<'%version	type	code	packets	percent	typeName	codeName'
}

# ----- protStat

@test "protStat: the seed's listing, with limit" {
	file protocols report-ports >/dev/null
	for limit in -p=1 '-p 1' -p1; do
		# shellcheck disable=SC2086
		is "$(protStat $limit "${PREFIX}_protocols.txt")" <<-'EOT'
			L2/3 Protocol	Packets	Probability[%]	Description
			0x0800	1113	     99.553	Internet Protocol version 4 (IPv4)

			L4 Protocol	Packets	Probability[%]	Description
			17	1107	     99.372	User Datagram Protocol

			TCP Port	Packets	Probability[%]	Description
			80	3	     75.000	World Wide Web HTTP
			20	1	     25.000	File Transfer [Default Data]

			UDP Port	Packets	Probability[%]	Description
			27005	1103	     99.639	FLEX LM (1-10)

			UDP-Lite Port	Packets	Probability[%]	Description

			SCTP Port	Packets	Probability[%]	Description
		EOT
	done
}

@test "protStat: equal numbers of packets in the order of the file; stdin" {
	is "$(proto report-ports --report | protStat | sed -n '/^L4/,/^$/p' | cut -f 1,2)" <<-'EOT'
		L4 Protocol	Packets
		17	1107
		6	4
		88	1
		132	1
		136	1

	EOT
}

@test "protStat: the same in every awk" {
	file protocols report-ports >/dev/null
	protStat "${PREFIX}_protocols.txt" >"$BATS_TEST_TMPDIR/want"
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk protStat "${PREFIX}_protocols.txt" | cmp - "$BATS_TEST_TMPDIR/want"
	done
	file protocols report-ports -o PROTO_BYTES=1 >/dev/null
	protStat -b -HH "${PREFIX}_protocols.txt" >"$BATS_TEST_TMPDIR/want"
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk protStat --bytes -HH "${PREFIX}_protocols.txt" |
		    cmp - "$BATS_TEST_TMPDIR/want"
	done
}

@test "protStat: some tables, the first and last rows, percentages from and up to" {
	file protocols report-ports >/dev/null
	is "$(protStat -l4 -n 2 "${PREFIX}_protocols.txt" | cut -f 1,2)" <<-'EOT'
		L4 Protocol	Packets
		17	1107
		6	4
	EOT
	for last in -n-1 '-n -1' -n=-1; do
		# shellcheck disable=SC2086
		is "$(protStat -tcp $last --l4 "${PREFIX}_protocols.txt" | cut -f 1,2)" <<-'EOT'
			L4 Protocol	Packets
			136	1

			TCP Port	Packets
			20	1
		EOT
	done
	is "$(protStat -tcp -p -30 "${PREFIX}_protocols.txt" | cut -f 1)" < <(printf '%s\n' 'TCP Port' 20)
}

@test "protStat: reversed, without percentages" {
	file protocols report-ports >/dev/null
	is "$(protStat -l4 -r -n 3 "${PREFIX}_protocols.txt" | cut -f 1,2)" <<-'EOT'
		L4 Protocol	Packets
		88	1
		132	1
		136	1
	EOT
	same "$(protStat -p 1 "${PREFIX}_protocols.txt" | cut -f 1,2,4)" \
	    "$(protStat -p 1 -C "${PREFIX}_protocols.txt")"
}

@test "protStat: files with bytes, sorted by either, without either" {
	file protocols report-ports -o PROTO_BYTES=1 >/dev/null
	is "$(protStat -p 1 "${PREFIX}_protocols.txt")" <<-'EOT'
		L2/3 Protocol	             Packets	               Bytes	Description
		0x0800	                1113 [ 99.55%]	               46850 [ 99.42%]	Internet Protocol version 4 (IPv4)

		L4 Protocol	             Packets	               Bytes	Description
		 17	                1107 [ 99.02%]	               46562 [ 98.81%]	User Datagram Protocol

		TCP Port	             Packets	               Bytes	Description
		   80	                   3 [ 75.00%]	                 162 [ 75.00%]	World Wide Web HTTP
		   20	                   1 [ 25.00%]	                  54 [ 25.00%]	File Transfer [Default Data]

		UDP Port	             Packets	               Bytes	Description
		27005	                1103 [ 99.64%]	               46326 [ 99.49%]	FLEX LM (1-10)
	EOT
	is "$(protStat -l4 -b -p -0.12 "${PREFIX}_protocols.txt" | cut -f 1)" < <(printf '%s\n' \
	    'L4 Protocol' ' 88' 136)
	for flag in -P --no-packets; do
		is "$(protStat -udp "$flag" -n -2 "${PREFIX}_protocols.txt")" <<-'EOT'
			UDP Port	               Bytes	Description
			  546	                  90 [  0.19%]	DHCPv6 Client
			   53	                  54 [  0.12%]	Domain Name Server
		EOT
	done
	for flag in -B --no-bytes; do
		is "$(protStat -udp "$flag" -C -n 1 "${PREFIX}_protocols.txt")" <<-'EOT'
			UDP Port	Packets	Description
			27005	1103	FLEX LM (1-10)
		EOT
	done
	run -2 protStat -b -B "${PREFIX}_protocols.txt"
	run -2 protStat -P -B "${PREFIX}_protocols.txt"
	file protocols report-ports >/dev/null
	for flag in -b --bytes -P; do
		run -1 protStat "$flag" "${PREFIX}_protocols.txt"
		same "protStat: ${PREFIX}_protocols.txt: no bytes in it; t2 -o PROTO_BYTES=1 writes them" \
		    "$output"
	done
}

@test "protStat: numbers for humans" {
	file protocols report-ports >/dev/null
	is "$(protStat -l2 -n 1 -HR "${PREFIX}_protocols.txt" | cut -f 2)" < <(printf '%s\n' Packets 1.11\ K)
	is "$(protStat -l2 -n 2 -HH "${PREFIX}_protocols.txt" | cut -f 2)" < <(printf '%s\n' Packets \
	    '1113 (1.11 K)' 1)
	same "$(protStat -H "${PREFIX}_protocols.txt")" "$(protStat "${PREFIX}_protocols.txt")"
	printf '# ICMP Type\tCode\tPackets\tPercentage\nX\t-\t%s\t1.000\n' 1023 1024 1048575 \
	    1048576 1219015 5000000000 >"$PREFIX"
	is "$(protStat -HR -r "$PREFIX" | cut -f 3 | tail -n +2)" < <(printf '%s\n' 1023 '1.02 K' \
	    '1048.58 K' '1.05 M' '1.22 M' '5.00 G')
}

@test "protStat: types of ICMP" {
	file icmpStats report-icmp >/dev/null
	is "$(protStat "${PREFIX}_icmpStats.txt")" <<-'EOT'
		ICMP Type	Code	Packets	Probability[%]
		ICMP_ECHOREQUEST	-	3	37.500
		ICMP_ECHOREPLY	-	2	25.000
		ICMP_DEST_UNREACH	ICMP_PORT_UNREACH	1	12.500

		ICMPv6 Type	Code	Packets	Probability[%]
		4	5	1	33.333
		ICMP6_NBOR_SOLICIT	-	1	33.333
		200	3	1	33.333
	EOT
	is "$(protStat -icmp -C -p 20 "${PREFIX}_icmpStats.txt")" <<-'EOT'
		ICMP Type	Code	Packets
		ICMP_ECHOREQUEST	-	3
		ICMP_ECHOREPLY	-	2
	EOT
	is "$(protStat --icmpv6 -n 1 "${PREFIX}_icmpStats.txt" | cut -f 1)" < <(printf '%s\n' \
	    'ICMPv6 Type' 4)
	is "$(protStat -icmpv6 -n 1 "${PREFIX}_icmpStats.txt" | cut -f 3)" < <(printf '%s\n' Packets 1)
}

@test "protStat: charts" {
	needs gnuplot
	unset DISPLAY WAYLAND_DISPLAY
	cd "$BATS_TEST_TMPDIR" || return
	file protocols report-ports >/dev/null
	protStat --plot x_protocols.txt 2>err
	is "$(cat err)" <<<'protStat: picture: x_protocols_plot.png'
	is "$(head -c 4 x_protocols_plot.png | tail -c 3)" <<<PNG
	protStat --svg out.svg -tcp x_protocols.txt
	is "$(sed -n 's/.*<text>\(.*\) *<\/text>.*/\1/p' out.svg | sed 's/ *$//' |
	    grep -E '[A-Z]|^[13]$' | sort -u)" < <(printf '%s\n' 1 '20 File Transfer [Default Data]' 3 \
	    '80 World Wide Web HTTP' 'TCP Port')
	run -1 protStat -sctp -p 101 --png none.png x_protocols.txt
	same 'protStat: x_protocols.txt: there are no rows to plot' "$output"
	[ ! -e none.png ]
	file protocols report-ports -o PROTO_BYTES=1 >/dev/null
	protStat --svg out.svg -b -l4 -n 1 x_protocols.txt
	grep -q '<text>bytes *</text>' out.svg
	grep -q '<text>46562 *</text>' out.svg
	# descriptions are texts
	printf '# L4 Protocol\tPackets\n6\t5\t 10.0\t'\''; !touch pwned #`touch pwned`\n' |
	    protStat --svg out.svg
	[ ! -e pwned ]
	grep -q '`touch pwned`' out.svg
}

@test "protStat: wrong use is status 2, no statistics 1" {
	run -2 protStat -p x /dev/null
	run -2 protStat -n 0 /dev/null
	run -2 protStat -n x /dev/null
	run -2 protStat -l3 /dev/null
	run -2 protStat --png
	run -2 protStat -z
	run -2 protStat a b
	run -1 protStat "$BATS_TEST_TMPDIR/none"
	same "protStat: $BATS_TEST_TMPDIR/none: no such file" "$output"
	run -1 protStat /dev/null
	same 'protStat: /dev/null: no protocol statistics' "$output"
	run -0 protStat -h
}
