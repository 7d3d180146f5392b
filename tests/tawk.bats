#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# tawk.bats - tawk's command line, names and header rows, messages, the tables of -V, the lists of
# -l, -g and -d, the way to t2extract.  Functions: awk-functions.bats.

bats_require_minimum_version 1.5.0

setup_file() {
	load lib
	cd "$BATS_FILE_TMPDIR" || return
	/usr/bin/python3 "$T2_TESTS/awk/fixture.py" .
	XDG_DATA_HOME=$PWD t2flow -r "$T2_TOP/examples/town.pcap" -w town 2>/dev/null
	printf '%%a\tb c\t3d\tx.y\ta\n1\t2\t3\t4\t5\n6\t7\t8\t9\t10\n' >odd.txt
	printf 'a,b\n1,2\n3,4\n' >x.csv
	printf '#separator \\x09\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\n' >z.log
	printf '1.5\tC1\t10.0.0.1\t5000\t8.8.8.8\t53\tudp\n' >>z.log
	printf '2.5\tC2\t10.0.0.1\t5001\t8.8.4.4\t443\ttcp\n#close\n' >>z.log
}

setup() {
	load lib
	cd "$BATS_FILE_TMPDIR" || return
	unset T2_AWK
}

@test "names are variables with the numbers of the columns" {
	gives '14 2' tawk 'END { print b_c + _3d + x_y + a, COL["b_c"] }' odd.txt
	gives 'b c 3d|2 3|7 8' tawk '{ print $b_c, $_3d }' odd.txt
	gives '2|b_c' tawk 'BEGIN { print COL["b_c"]; print COL[2] }' odd.txt
	gives 'b c|2|7' tawk -v n=b_c '{ print $COL[n] }' odd.txt
	gives '5' tawk 'BEGIN { print a }' odd.txt
}

@test "a column may have the name of an array, a function or a keyword" {
	gives 'A 6|B 1' bash -c "tawk '!hdr() { dir[\$dir]++ } END { for (k in dir) print k, dir[k] }' flows.txt | sort"
	printf '%%index\tport\tn\n1\t2\t3\n' >clash.txt
	gives '%index port n|1 2 3' tawk 'function n(x) { return x } { print $index, $port, n($n) }' clash.txt
	printf '%%tcp\tl4Proto\n7\t6\n' >clash.txt
	gives '7' tawk '!hdr() && tcp() { print $tcp }' clash.txt
	gives '7' tawk '!hdr() { print $tcp_ }' clash.txt
}

@test "names of later versions stand for those of 0.8.4 and the other way round" {
	gives 'numPktsSnt|3|2|10|1|0|1|3' tawk '{ print $pktsSnt }' flows.txt
	printf '%%srcIP\tvlanID\tpktsSnt\n1.2.3.4\t5\t6\n' >new.txt
	gives 'vlanID pktsSnt|5 6' tawk '{ print $ethVlanID, $numPktsSnt }' new.txt
}

@test "a misspelt column is told, with the nearest name" {
	refuses 'tawk: $flowStatt: no such column (did you mean flowStat?)' tawk '$flowStatt' flows.txt
	refuses 'tawk: $NUMPKTSSNT: no such column (did you mean numPktsSnt?)' tawk '{ print $NUMPKTSSNT }' flows.txt
	refuses 'tawk: $xyzzy: no such column' tawk 'END { print $xyzzy }' flows.txt
	refuses 'tawk: $flowStatt: no such column (did you mean flowStat?)' bash -c "cat flows.txt | tawk '\$flowStatt'"
	refuses 'tawk: $dstPort: no such column' tawk 'dport(1)' odd.txt
	gives '%a b c 3d x.y a' bash -c "tawk -t '{ print \$nosuch }' odd.txt | head -n 1"
}

@test "names that the program assigns to are no columns" {
	gives '1 2 3 4 5' tawk 'NR == 2 { for (i = 1; i < NF; i++) printf "%s ", $i; print $i }' odd.txt
	gives '5' tawk 'NR == 2 { last = NF; print $last }' odd.txt
	gives '3' tawk -v k=3 'NR == 2 { print $k }' odd.txt
	gives '2' tawk 'function f(n) { return $n } NR == 2 { print f(2) }' odd.txt
	gives '9 2' bash -c "cat odd.txt | tawk 'BEGIN { a = 9 } NR == 2 { print a, \$b_c }'"
	gives '4' tawk 'NR == 2 { i = 3; print $++i }' odd.txt
}

@test "an unknown function is told, with the nearest name" {
	refuses 'tawk: tcpp(): no such function (did you mean tcp()?)' tawk 'tcpp()' flows.txt
	refuses 'tawk: foo_bar(): no such function' tawk '{ print foo_bar(1) }' flows.txt
	gives '7' tawk 'function foo(x) { return x + 1 } BEGIN { print foo(6) }'
}

@test "the header row: filters, negations, fields" {
	local head='%dir'
	first() { tawk "$@" flows.txt | head -n 1 | cut -f 1; }
	same "$head" "$(first 'tcp()')"
	same "$head" "$(first 'tcp() && sport(443)')"
	same "$head" "$(first 'tcp() { print $dir, $srcIP }')"
	same "$head" "$(first '{ print $dir }')"
	same "$head" "$(first 'not(tcp())')"
	same "$head" "$(first '$numPktsSnt > 5')"
	same "$head" "$(first 'hdr() || $dir == "B"')"
	same "$head" "$(first 't2sort(numPktsSnt, 1)')"
	same A "$(first '!tcp()')"
	same A "$(first 'tcp() == 0')"
	same B "$(first '$dir == "B"')"
	same A "$(first '!hdr() && tcp()')"
	same A "$(first -H 'tcp()')"
	same A "$(first -H '{ print $dir }')"
	same '' "$(first '$numPktsSnt < 0')"
}

@test "the header row: marker, row number, comments before it" {
	printf '# by hand\n\nx\ty\n1\t2\n' >h.txt
	gives 'y|2' tawk -N 3 '{ print $y }' h.txt
	printf 'by hand\n\nx\ty\n1\t2\n' >h2.txt
	gives 'y|2' bash -c "cat h2.txt | tawk -N 3 '{ print \$y }'"
	gives '2' tawk -s 'NR==3' '!hdr() { print $y }' h.txt
	gives 'x y|1 2' tawk -s x '$y' h.txt
	gives 'x y|1 2' bash -c "tawk -N 3 -H '1' h.txt >/dev/null; cat h.txt | tawk -N3 'not(0)' | tail -n 2"
	printf '#x\ty\n1\t2\n' >h.txt
	gives '2' tawk '-s#' -H '{ print $y }' h.txt
	gives '2' tawk -s '' '!hdr() { print $y }' h.txt
	printf '%% some text\n%%x\ty\n1\t2\n' >h.txt
	gives '1' tawk '{ n += hdr() } END { print COL["some_text"] }' h.txt
}

@test "the header row: of each file, if they differ" {
	printf '%%x\ty\n1\t2\n' >h1.txt
	printf '%%y\tx\n3\t4\n' >h2.txt
	gives '1|4' tawk '!hdr() { print $x }' h1.txt h2.txt
	gives '1|3' tawk -I h1.txt '!hdr() { print $x }' h1.txt h2.txt
}

@test "-I: names from a file, records from elsewhere" {
	tail -n +2 flows.txt >bare.txt
	gives '10.0.0.1 3|93.184.216.34 2' bash -c \
	    "head -n 2 bare.txt | tawk -I flows.txt '{ print \$srcIP, \$numPktsSnt }'"
	gives '3' bash -c "tawk -I flows.txt 'tcp()' bare.txt | wc -l | tr -d ' '"
	refuses 'tawk: the input does not begin with column names (take them from a file: -I FILE)' \
	    bash -c "tawk 'tcp()' <bare.txt"
	refuses 'tawk: no column names in bare.txt (options -s and -N tell where they are)' \
	    tawk 'tcp()' bare.txt
	refuses 'tawk: -I: nosuch is not a regular file' tawk -I nosuch '1' bare.txt
	gives '7' tawk 'END { print NR }' bare.txt
}

@test "separators: -F, -O, --csv, CRLF" {
	gives 'b|4' tawk --csv '$a != 1 { print $b }' x.csv
	gives 'a;b|1;2' bash -c "tawk -F, -O ';' -s '' 'NR < 3 { print \$a, \$b }' x.csv"
	gives 'b,a|2,1|4,3' tawk --csv '{ print $b, $a }' x.csv
	printf '%%a\tb\r\n1\t2\r\n' >crlf.txt
	gives '2' bash -c "tawk '!hdr() { print \$b }' crlf.txt | tr -d '\r'"
	gives '3:4' tawk -F, -v OFS=: -s '' '$a == 3 { print $a, $b }' x.csv
}

@test "--zeek: logs, and functions that know their columns" {
	gives '%ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto|1.5 C1 10.0.0.1 5000 8.8.8.8 53 udp' \
	    tawk --zeek 'udp() && dport(53)' z.log
	gives '5001 8.8.4.4' bash -c "cat z.log | tawk --zeek '\$id_orig_p == 5001 { print \$id_orig_p, dhost() }'"
	gives '  1  ts|  2  uid|  3  id_orig_h|  4  id_orig_p|  5  id_resp_h|  6  id_resp_p|  7  proto' \
	    tawk --zeek -l z.log
}

@test "_my_ variables tell the functions which columns to use" {
	printf '%%client\tserver\n10.0.0.1\t10.0.0.2\n' >my.txt
	gives 'client|10.0.0.1' tawk -v _my_srcIP=client -H 'shost("10.0.0.1") { print "client"; print shost() }' my.txt
	gives '10.0.0.2' tawk -H 'BEGIN { _my_dstIP = 2 } { print dhost() }' my.txt
}

@test "-c tells what was done" {
	tawk -c -v x=5 'tcp() && $numPktsSnt > x' flows.txt >out
	sed -n 1p out | grep -qx "# Generated with tawk from 'flows.txt'"
	sed -n 2p out | grep -qE '^# Date: [0-9-]{10}T[0-9:]{8}[-+][0-9]{4}$'
	sed -n 3p out | grep -qx '# Variables and libraries used: -v x=5'
	sed -n 4p out | grep -qxF '# Filter used: tcp() && $numPktsSnt > x'
	sed -n 5p out | grep -q '^%dir'
	tawk -c=u 'BEGIN { print 1 }' </dev/null | grep -q "^# Generated with tawk from 'stdin'"
}

@test "programs from files, options behind the program, assignments, pipes" {
	printf 'tcp() {\n\tn++\n}\n' >p1.awk
	printf 'END { print n, x }\n' >p2.awk
	gives '4 5' tawk -f p1.awk -f p2.awk -v x=5 flows.txt
	gives '4 6' tawk -f p1.awk --file=p2.awk x=6 flows.txt
	gives '4 ' tawk flows.txt -f p1.awk -f p2.awk
	gives 'A' bash -c "tawk '!hdr() { print \$dir; exit }' -H flows.txt"
	gives '8' bash -c "tawk 'END { print NR }' <flows.txt"
	gives '8' bash -c "tawk 'END { print NR }' - <flows.txt"
}

@test "numbers: hex in programs, large ones, %d" {
	gives '16 17 255' tawk 'BEGIN { print 0x10, 0x10 + 1, 0xFF }'
	gives '18446744073709551615' tawk 'BEGIN { print 0xffffffffffffffff }'
	gives '3' tawk '$ethType == 0x0806 { n++ } 0x0800 != $ethType { m++ } END { print n + m - 1 }' flows.txt
	gives '4294967296 0.1 8796093022208' tawk 'BEGIN { x = 65536 * 65536; print x, 0.1, x * 2048 }'
	unset T2_AWK
	[ "$(tawk 'BEGIN { printf "%d %x\n", 4294967296, 4294967295 }')" = '4294967296 ffffffff' ]
	[ "$(tawk 'BEGIN { print gensub(/a/, "b", "g", "aaa") }')" = bbb ]
	[ "$(tawk 'BEGIN { printf "%d", 1; print gensub(/a/, "b", "g", "aaa") }')" = 1bbb ]
	[ "$(tawk 'BEGIN { print and(12, 10), lshift(1, 63) }')" = $'8\t9223372036854775808' ]
}

@test "words of programs: strings, regular expressions, comments, own functions" {
	gives 'a 0x10 $nosuch # ok' tawk 'BEGIN { print "a 0x10 $nosuch # ok" } # $nosuch 0x20'
	gives '4' tawk '/0x0800/ && /eth:ipv4:tcp|udp/ { n++ } END { print n }' flows.txt
	gives '2.5 1' tawk 'BEGIN { a = 5; b = 2; print a / b, "x/y" ~ /x\/y/ }'
	gives '3' tawk 'BEGIN { x = 12; x /= 4
		print x }'
	gives '1' tawk 'BEGIN { print "a]b" ~ /[]\/]b/ }'
	gives '42' tawk 'function host(x) { return 42 } BEGIN { print host(1) }'
	gives '6' tawk 'function sum(n) { return n ? n + sum(n - 1) : 0 } BEGIN { print sum(3) }'
	gives 'ab' tawk 'BEGIN { printf "%s", \
		"a" ; print "b" }'
}

@test "misuse: messages on stderr, status 2" {
	run --separate-stderr tawk
	[ "$status" -eq 2 ]
	[[ $stderr == *'tawk: a program is required' ]]
	refuses 'tawk: a program is required before the file flows.txt' tawk flows.txt
	refuses 'tawk: nosuch.txt: no such file' tawk '1' nosuch.txt
	refuses 'tawk: . is a folder' tawk '1' .
	refuses 'tawk: -Q: no such option (see tawk -h)' tawk -Q '1' flows.txt
	refuses 'tawk: --paket: no such option (see tawk -h)' tawk --paket '1' flows.txt
	refuses 'tawk: option -X needs an argument' tawk '1' flows.txt -X
	refuses "tawk: option -l needs a number, not 'x'" tawk -l=x flows.txt
	refuses "tawk: -v needs NAME=VALUE, not 'x'" tawk -v x '1'
	refuses 'tawk: p.nosuch: cannot be read' tawk -f p.nosuch flows.txt
	refuses "tawk: 'x' is neither an address nor a network" tawk 'host("x")' flows.txt
}

@test "bad tables: empty, without names, rubbish, short rows, quotes in names" {
	: >empty
	refuses 'tawk: no column names in empty (options -s and -N tell where they are)' \
		tawk '$dstPort == 80' empty
	printf 'a\tb\n1\t2\n' >nameless
	refuses 'tawk: no column names in nameless (options -s and -N tell where they are)' \
		tawk '$dstPort == 80' nameless
	head -c 5000 "$BUILD/bin/t2flow" >rubbish
	refuses 'tawk: no column names in rubbish (options -s and -N tell where they are)' \
		tawk '$dstPort == 80' rubbish
	printf '%%dir\tsrcPort\tdstPort\nA\t1\nB\nA\t1\t80\t9\n\n' >ragged
	is "$(tawk -O , '{ print $dir, "<" $dstPort ">" }' ragged)" <<-'E'
	%dir,<dstPort>
	A,<>
	B,<>
	A,<80>
	,<>
	E
	printf '%%a"b\tc'\''d\n1\t2\n' >quotes
	is "$(tawk '{ print $2 }' quotes)" <<-'E'
	c'd
	2
	E
}

@test "awk's own messages tell the line of the program" {
	run tawk $'tcp()\n{ print (1 }' flows.txt
	[ "$status" -eq 2 ]
	[[ $output == *'line 2'* ]]
}

@test "the status of the program" {
	run tawk 'END { exit 7 }' flows.txt
	[ "$status" -eq 7 ]
	run tawk 'tcp()' flows.txt
	[ "$status" -eq 0 ]
	# a reader that has seen enough
	run bash -o pipefail -c "tawk '1' town_flows.txt | head -n 1 | cut -f 1"
	[ "$output" = %dir ]
}

@test "-u prints each record at once" {
	local awk
	for awk in "${ALL_AWKS[@]}"; do
		(head -n 1 flows.txt; sed -n 2p flows.txt; sleep 5) |
		    T2_AWK=$awk tawk -u '{ print $dir }' >"out.$awk" &
	done
	sleep 1
	for awk in "${ALL_AWKS[@]}"; do
		[ -s "out.$awk" ] || { echo "$awk waits"; kill %1 %2 %3 %4; return 1; }
	done
	kill %1 %2 %3 %4
}

@test "-V: tables for all columns with bits" {
	for c in $(t2cols -a -b | sed 1d | cut -f 1 | uniq); do
		tawk -V "$c" >table
		# one row for each bit, between the rule and an empty line
		[ "$(sed '1,/=====/d' table | grep -c .)" -eq "$(t2cols -a -b | grep -c "^$c	")" ]
		sed -n 2p table | grep -qx "The $c column is to be interpreted as follows:"
	done
}

@test "-V: exact in 64 bits, decimal and hex" {
	rows() { tawk -V "$1" | sed '1,/=====/d' | awk '{ print $1 }' | tr '\n' ' '; }
	same '0 14 50 ' "$(rows flowStat=0x0004000000004001 | sed 's/  *$/ /')"
	same '0 63 ' "$(rows flowStat=0x8000000000000001 | sed 's/  *$/ /')"
	same '0 63 ' "$(rows flowStat=9223372036854775809 | sed 's/  *$/ /')"
	same '' "$(rows flowStat=0 | tr -d ' ')"
	same '8 9 ' "$(rows tcpFStat=0x0300 | sed 's/  *$/ /')"
}

@test "-V: compound columns" {
	same '   bit | icmpBFType  | bit | icmpBFCode | Description
   =============================================================================
     3 | 0x0000 0008 |     |            | Destination Unreachable
       |             |   3 | 0x0008     |         Port Unreachable' \
	    "$(tawk -V icmpBFType_Code=0x00000008_0x0008 | sed '1,3d')"
	tawk -V icmpBFTypH_TypL_Code=0x00000001_0x00000000_0x0001 | grep -q 'ICMPv6: Echo Request$'
	tawk -V ip6OptHH_D=0x00000002_0x00000022 >out
	grep -q 'PadN (ip6OptHH, D)$' out
	grep -q 'Router Alert (D)$' out
	same '    20 | 0x0010 0000   | Router Alert' \
	    "$(tawk -V ipOptCpCl_Num=0x10_0x00100000 | sed '1,/=====/d')"
	tawk -V 'icmpType_Code=3_3;8_0' | grep -q '^   3_3       | Destination Unreachable: Port Unreachable$'
	same '   icmpType | Description
   =============================================================================
   3        | Destination Unreachable
   3        | ICMPv6: Time Exceeded' "$(tawk -V icmpType=3 | sed '1,3d')"
	tawk -V icmpCode=3 >out
	grep -q '^   3        | Destination Unreachable: Port Unreachable$' out
	! grep -q '^   4' out || return 1
	tawk -V icmpCode | grep -q '^   4        | ICMPv6: Destination Unreachable: Port '
}

@test "-V: names of numbers, several tables, unknown ones" {
	tawk -V l4Proto=17 -V ethType=0x86dd -V dstPort=443 >out
	[ "$(grep -c 'is to be interpreted' out)" -eq 3 ]
	grep -q 'UDP: User Datagram Protocol$' out
	grep -q '(IPv6)$' out
	grep -q 'tcp https: ' out
	refuses 'tawk: flowStatt: no column with bits (did you mean flowStat?)' tawk -V flowStatt
	refuses "tawk: 'zz' is not a value of ipFlags" tawk -V ipFlags=zz
}

@test "-L explains an end report" {
	cat >report <<-'E'
	tcpFlags: Aggregated ipFlags: 0x0040
	tcpStates: Aggregated anomaly flags: 0x01
	Aggregate flow status: 0x0000000000004001
	nothing=0x01
	E
	for f in report -; do
		tawk -L "$f" <report >out
		[ "$(grep -c 'is to be interpreted' out)" -eq 3 ]
		grep -q 'The flowStat column with value 0x0000000000004001 ' out
		grep -q 'Malformed connection establishment' out
	done
}

@test "-V, -l and -g are quick, and -V has colours on terminals only" {
	needs script
	time_ms() {
		local begin end
		begin=$(date +%s%N)
		"$@" >/dev/null
		end=$(date +%s%N)
		echo $(((end - begin) / 1000000))
	}
	local best=1000 t i
	for i in 1 2 3 4 5 6 7 8; do
		t=$(time_ms tawk -V flowStat=0x0001080a00005001)
		[ "$t" -ge "$best" ] || best=$t
	done
	[ "$best" -lt 50 ]
	run ! grep -q $'\033' <(tawk -V flowStat)
	TERM=xterm script -qec "tawk -V flowStat=1" /dev/null | grep -q $'\033\[1;33mflowStat'
	run ! grep -q $'\033' <(TERM=xterm NO_COLOR=1 script -qec "tawk -V flowStat=1" /dev/null)
}

@test "-l lists columns" {
	gives '  1  a|  2  b_c|  3  _3d|  4  x_y|  5  a' tawk odd.txt -l
	gives '  1  a|  2  b_c|  3  _3d|  4  x_y|  5  a' tawk -l odd.txt
	same '  1  a      2  b_c
  3  _3d    4  x_y
  5  a' "$(tawk -l=2 odd.txt)"
	tail -n +2 flows.txt >bare.txt
	run tawk -l bare.txt
	[ "$status" -eq 2 ]
	gives '  1  a|  2  b' tawk --csv -l x.csv
}

@test "-g and -d: functions" {
	tawk -g >all
	sort -f all | diff - all
	[ "$(wc -l <all)" -gt 120 ]
	run ! grep -qx olong all
	tawk -n -g | grep -qx olong
	tawk -e -g | grep -qx dnsZT
	[ "$(tawk -g=5 | wc -l)" -lt $(($(wc -l <all) / 4)) ]
	tawk -d tcp,bitsanyset >out
	head -n 1 out | grep -qx 'tcp(\[protocol\]):'
	grep -q 'bitsanyset("0xa", "0x3")  =  2' out
	[ "$(tawk -d all | grep -c '^[A-Za-z0-9_]*(.*):$')" -gt 180 ]
	refuses 'tawk: hots: no such function (did you mean host?)' tawk -d hots
}

@test "own functions are found in the user's folder" {
	mkdir -p config/t2/awk
	printf '#: twice(x)\n#  Two times x.\n#  > twice(2) -> 4\nfunction twice(x) {\n\treturn 2 * x\n}\n' \
	    >config/t2/awk/twice.awk
	export XDG_CONFIG_HOME=$PWD/config
	gives '6' tawk 'BEGIN { print twice(3) }'
	tawk -g | grep -qx twice
	tawk -d twice | grep -q 'Two times x'
}

@test "it runs through a symbolic link, in a folder with blanks" {
	mkdir -p 'a b'
	ln -sf "$(command -v tawk)" 'a b/tawk'
	cp flows.txt 'a b/f=1.txt'
	cd 'a b'
	[ "$(./tawk 'END { print NR }' ./f=1.txt)" = 8 ]
	[ "$(./tawk 'tcp() { n++ } END { print n }' f=1.txt)" = 4 ]
}

@test "-x writes the packets of the selected flows" {
	tawk -x ssh.pcap 'port(22)' town_flows.txt
	tawk -H 'port(22) { s += $numPktsSnt } END { print s }' town_flows.txt >sum
	[ "$(t2pkt -r ssh.pcap 2>/dev/null | sed 1d | wc -l)" -eq "$(cat sum)" ]
	tawk -x ssh2.pcap -X "$T2_TOP/examples/town.pcap" 'port(22)' town_flows.txt
	cmp ssh.pcap ssh2.pcap
	# so do rows of packets, with and without the options of other versions
	t2pkt -r "$T2_TOP/examples/town.pcap" >town_packets.txt
	tawk -x few.pcap -X "$T2_TOP/examples/town.pcap" '$pktNo <= 5' town_packets.txt
	tawk -b -r -P --packets --rename -x few2.pcap -X "$T2_TOP/examples/town.pcap" \
	    '$pktNo <= 5' town_packets.txt
	cmp few.pcap few2.pcap
	same 5 "$(t2pkt -r few.pcap | sed 1d | wc -l)"
}

@test "-k shows them in Wireshark, or with tshark" {
	mkdir -p stub
	printf '#!/bin/sh\necho "wireshark $*"\nwc -c\n' >stub/wireshark
	printf '#!/bin/sh\necho "tshark $*"\nwc -c\n' >stub/tshark
	chmod +x stub/*
	tawk -x ssh.pcap 'port(22)' town_flows.txt
	export PATH=$PWD/stub:$PATH
	same "wireshark -k -i - $(wc -c <ssh.pcap)" \
	    "$(DISPLAY=:0 tawk -k 'port(22)' town_flows.txt | tr -s ' \n' '  ' | sed 's/ $//')"
	same "tshark -r - $(wc -c <ssh.pcap)" \
	    "$(env -u DISPLAY -u WAYLAND_DISPLAY tawk -k 'port(22)' town_flows.txt | tr -s ' \n' '  ' | sed 's/ $//')"
}

@test "-x: what is missing is told" {
	refuses 'tawk: -x and -k: no flows_headers.txt to tell the capture; name it with -X FILE' \
	    tawk -x out.pcap 'tcp()' flows.txt
	refuses 'tawk: -x and -k: name the capture with -X FILE' bash -c "tawk -x out.pcap 'tcp()' <flows.txt"
	refuses 'tawk: -x and -k: nosuch.pcap cannot be read; name the capture with -X FILE' \
	    tawk -x out.pcap -X nosuch.pcap 'tcp()' flows.txt
	refuses 'tawk: $nosuch: no such column' tawk -x out.pcap -X x.csv '$nosuch' flows.txt
	mkdir -p alone/bin
	cp "$BUILD/bin/tawk" alone/bin
	ln -sfn "$BUILD/share" alone/share
	run env PATH=/usr/bin:/bin alone/bin/tawk -x out.pcap -X x.csv 'tcp()' flows.txt
	[ "$status" -eq 1 ]
	[ "$output" = 'tawk: -x and -k need t2extract, which is missing' ]
	[ ! -e out.pcap ]
}

@test "a filter on a large file costs little more than awk alone" {
	for i in $(seq 60); do cat town_flows.txt; done >large.txt
	at() { head -n 1 town_flows.txt | tr '\t' '\n' | grep -nx "$1" | cut -d : -f 1; }
	cost() { { TIMEFORMAT='%U'; time "$@" >/dev/null; } 2>&1; }
	local a b best=9 i r p l
	p=$(at numPktsSnt) l=$(at l4Proto)
	for i in 1 2 3 4; do
		a=$(cost mawk -F '\t' "\$$p > 5 && \$$l == 6" large.txt)
		b=$(cost tawk '$numPktsSnt > 5 && $l4Proto == 6' large.txt)
		r=$(awk "BEGIN { print $b / $a }")
		best=$(awk "BEGIN { print $r < $best ? $r : $best }")
	done
	echo "ratio $best"
	awk "BEGIN { exit $best > 1.3 }"
}

@test "the manual's examples run, with the same result in every awk" {
	local awk n=0
	for page in tawk tcol; do
		# lines of .Dl, and of literal displays
		sed -n 's/^\.Dl \$ //p; s/^\$ //p' "$T2_TOP/man/$page.1" | sed 's/\\(dq/"/g; s/\\e/\\/g' >examples
		while IFS= read -r command; do
			for awk in "${ALL_AWKS[@]}"; do
				T2_AWK=$awk bash -c "$command" >"out.$awk" 2>stderr </dev/null || {
					echo "$awk: $command"; cat stderr; return 1; }
				[ ! -s stderr ] || { echo "$awk: $command"; cat stderr; return 1; }
				cmp out.mawk "out.$awk"
			done
			[[ $command == *' -x '* ]] || [ -s out.mawk ] || { echo "$command prints nothing"; return 1; }
			n=$((n + 1))
		done <examples
	done
	[ "$n" -ge 16 ]
}

@test "tawk's manual names each option" {
	mkdir man
	printf '#!/bin/sh\necho "$@"\n' >man/man
	chmod +x man/man
	PATH=$PWD/man:$PATH tawk -D | grep -q 't2awk'
	tawk -h | grep -oE '^ +-[A-Za-z]|, --[a-z-]+|^ +--[a-z-]+' | tr -d ', ' | sed 's/^-*//' | sort -u |
	while read -r o; do
		grep -qE "^\.It.* Fl -?$o\b" "$T2_TOP/man/tawk.1" || { echo "$o"; exit 1; }
	done
}
