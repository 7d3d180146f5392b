#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# viz.bats - t2viz and grphvz: the graph, its pictures, many flows, hostile cells, wrong usage.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	unset T2_AWK DISPLAY WAYLAND_DISPLAY
}

# town: the flows of the demo capture in town_flows.txt
town() {
	t2flow -r "$T2_TOP/examples/town.pcap" -w town
}

# table ROW...: a flow file with few columns; | is a tab
table() {
	printf '%s\n' '%dir|flowInd|flowStat|srcIP|srcIPCC|srcIPWho|srcPort|dstIP|dstIPCC|dstIPWho|dstPort|numPktsSnt|numBytesSnt|tcpAnomaly' \
	    "$@" | tr '|' '\t'
}

# talk N: N flows, each from a host of its own to one server, with its answer
talk() {
	awk -v n="$1" 'BEGIN {
		print "%dir\tflowInd\tflowStat\tsrcIP\tsrcPort\tdstIP\tdstPort\tnumPktsSnt\tnumBytesSnt"
		for (i = 1; i <= n; i++) {
			ip = "10." int(i / 65536) "." int(i / 256) % 256 "." i % 256
			print "A\t" i "\t0x0000000000004000\t" ip "\t" i % 60000 "\t10.9.9.9\t80\t2\t" i
			print "B\t" i "\t0x0000000000004001\t10.9.9.9\t80\t" ip "\t" i % 60000 "\t3\t" 2 * i
		}
	}'
}

# edges: those of the graph on stdin, one a line
edges() {
	sed -n '/ -> /{N;s/\n[[:blank:]]*//;p;}'
}

# like ERE...: each matches a line of the edges in $graph
like() {
	for re; do
		grep -qE "$re" <<<"$graph" || { echo "no line like $re in"; head -n 9 <<<"$graph"; return 1; }
	done
}

@test "the tutorial's two ways" {
	needs dot
	town
	head -n 43 town_flows.txt >a_flows.txt
	run -0 --separate-stderr t2viz a_flows.txt
	is "$output" <<-'E'
	Successfully generated 'a_flows.dot'
	Successfully generated 'a_flows.png'
	E
	[ "$(head -c 4 a_flows.png | tail -c 3)" = PNG ]
	run -0 --separate-stderr grphvz a_flows.txt
	same "Successfully generated 'a_flows_graph.dot'" "$output"
	diff a_flows.dot a_flows_graph.dot
	run -0 dot -Tjpg a_flows_graph.dot -o a_flows_graph.jpg
	same '' "$output"
	[ -s a_flows_graph.jpg ]
	# an edge for each flow with addresses, a node for each of those
	same "$(awk -F '\t' 'NR > 1 && $3 !~ /0...$/' a_flows.txt | wc -l)" "$(edges <a_flows.dot | wc -l)"
	same "$(awk -F '\t' 'NR > 1 && $3 !~ /0...$/ { print $14; print $18 }' a_flows.txt | sort -u | wc -l)" \
	    "$(grep -c '^	"[^>]*\[label=' a_flows.dot)"
}

@test "labels, colours, dashes and widths" {
	table 'A|1|0x0000000000004000|10.0.0.1|01|"Private network"|53001|8.8.8.8|us|"Google"|443|10|1000|0x0001' \
	    'B|1|0x0000000000004001|8.8.8.8|us|"Google"|443|10.0.0.1|01|"Private network"|53001|12|125|0x0003' \
	    'A|2|0x0000000000000044|0.0.0.0|--|"--"|0|0.0.0.0|--|"--"|0|1|0|0x0000' \
	    'A|3|0x0000000000008000|2001:db8::1|--|"--"|0|ff02::1|13|"Multicast"|0|1|0|0x0000' >f
	run -0 --separate-stderr t2viz - <f
	graph=$(edges <<<"$output")
	same 3 "$(wc -l <<<"$graph")"
	like '^.*"10.0.0.1" -> "8.8.8.8" \[label="0_01_0x0001_53001-443_10_1000\\n ",color="#00795a", .*style=solid, penwidth=6,' \
	    '"10.0.0.1" -> "8.8.8.8" \[label="1_us_0x0003_443-53001_12_125\\n ",color="#c8201a", .*style=dashed, dir=back, penwidth=3.5,' \
	    '"2001:db8::1" -> "ff02::1" \[label="0_--_0x0000_0-0_1_0",.*style=solid, penwidth=1,'
	graph=$output
	like '"10.0.0.1" \[label="10.0.0.1\\nPrivate network\\n01", shape=box\]' \
	    '"8.8.8.8" \[label="8.8.8.8\\nGoogle\\nus"\]' '"2001:db8::1" \[label="2001:db8::1"\]'
	same 't2viz: 1 flow without addresses is left out' "$stderr"
	# the graph is the same with each awk
	for awk in "${ALL_AWKS[@]}"; do
		same "$output" "$(T2_AWK=$awk t2viz 2>/dev/null <f)"
	done
}

@test "columns, ends and weights of one's own" {
	table 'A|1|0x0000000000004000|10.0.0.1|01|"x"|53001|8.8.8.8|us|"Google"|443|10|1000|0x0001' \
	    'A|2|0x0000000000004000|10.0.0.1|01|"x"|53002|8.8.4.4|us|"Google"|443|80|500|0x0010' >f
	graph=$(t2viz -c dir,flowInd,srcPort-dstPort -e dstIPWho -w numPktsSnt <f | edges)
	like 'label="A_1_53001-443_.{2}Google.{2}\\n ",.*penwidth=3.5,' 'label="A_2_53002-443_.*penwidth=6,'
	graph=$(t2viz -a -b srcIPCC,dstIPCC --columns=tcpAnomaly,numBytesSnt <f | edges)
	like '"01" -> "us" \[label="0x0011_1500\\n2 flows\\n "'
	graph=$(t2viz -N1 <f | edges)
	same 1 "$(wc -l <<<"$graph")"
	like 'label="0_01_0x0001_53001-443_10_1000\\n "'
	# names of later versions, and a file with two columns only
	printf '%%srcIP\tdstIP\tl7BytesSnt\n10.0.0.1\t10.0.0.2\t8\n10.0.0.1\t10.0.0.2\t1\n' >f
	graph=$(t2viz <f | edges)
	like 'label="0_8\\n ",.*penwidth=6,' 'label="0_1\\n ",.*penwidth=3.5,'
	printf '%%srcIP\tdstIP\n' >f
	printf 'x\ty\nx\tz\nx\ty\n' >>f
	run -0 --separate-stderr t2viz -a -N 1 f --dot -
	graph=$output
	like '"x" -> "y" \[label="0.n2 flows.n "' 'width: number of flows, widest 2'
	same 't2viz: drawn are the 1 of 2 joined flows with the most flows of both directions (-N 0: all)' "$stderr"
	graph=$(printf '%%srcIP\tdstIP\nx\ty\n' | t2viz | edges)
	like 'label="0",.*penwidth=1,'
}

@test "many flows are joined, the heaviest drawn, and both is said" {
	talk 5000 >talk_flows.txt
	run -0 --separate-stderr t2viz <talk_flows.txt
	is "$stderr" <<-'E'
	t2viz: 10000 flows, more than 60: joined to 10000 (one for each pair of hosts and direction; -A: do not)
	t2viz: drawn are the 60 of 10000 joined flows with the largest numBytesSnt of both directions (-N 0: all)
	E
	same 60 "$(edges <<<"$output" | wc -l)"
	grep -q 'stdin: 10000 flows, joined to 10000, drawn: the 60 with the largest numBytesSnt of both' <<<"$output"
	# whole conversations
	edges <<<"$output" | sed 's/.*_\([0-9]*\)\\n ".*/\1/' | sort -n >bytes
	same "$({ seq 4971 5000; seq 9942 2 10000; } | sort -n)" "$(cat bytes)"
	# as few as fit are left alone; one more is not
	talk 30 | t2viz 2>err | edges >out
	same '' "$(cat err)"
	same 60 "$(wc -l <out)"
	{ talk 30; talk 1; } | t2viz 2>err | edges >out
	same 60 "$(wc -l <out)"
	graph=$(cat out)
	like '"10.0.0.1" -> "10.9.9.9" \[label="0_1-80_4_2\\n2 flows\\n "'
	grep -q 'joined to 60 ' err
	{ talk 30; talk 1; } | t2viz -A -N 0 2>err | edges >out
	same 62 "$(wc -l <out)"
	same '' "$(cat err)"
}

@test "10 000 flows are drawn in seconds" {
	needs dot
	talk 5000 >talk_flows.txt
	timeout 60 "$BUILD/bin/t2viz" talk_flows.txt
	[ -s talk_flows.png ]
}

@test "all formats" {
	needs dot
	table 'A|1|0x0000000000004000|10.0.0.1|01|"x"|53001|8.8.8.8|us|"Google"|443|10|1000|0x0001' >f.x.txt
	run -0 t2viz --svg a.svg --png=a.png --jpg a.jpg --jpeg a.jpeg --gif a.gif --pdf a.pdf --dot a.dot f.x.txt
	for f in 'a.svg <?xml' 'a.png .PNG' 'a.jpeg .*JFIF' 'a.jpg .*JFIF' 'a.gif GIF8' 'a.pdf %PDF' 'a.dot digraph'; do
		head -c 10 "${f% *}" | LC_ALL=C grep -aq "^${f#* }" || { echo "$f"; head -c 16 "${f% *}" | od -c; false; }
	done
	[ ! -e f.x.dot ]
	t2viz --svg - <f.x.txt | grep -q '<svg'
	mkdir d.x
	cp f.x.txt d.x/f
	t2viz f.x.txt
	t2viz d.x/f
	[ -s f.x.dot ] && [ -s f.x.png ] && [ -s d.x/f.dot ] && [ -s d.x/f.png ]
}

@test "hostile cells" {
	needs dot
	evil='"];}evil->x[\"'
	table "A|1|0x0000000000004000|10.0.0.1|a\"b|\"o\\\"|$evil|8.8.8.8\\|<b>|&lt;\\N\\l%s|44'3|1\$(touch x)|1e3|0x0001" \
	    'A|2|0x0000000000004000|a\|--|"--"|`id`|a|us|"Goo'"$(printf '\r\033[31m\303\377\360\237\230\200')"'gle"|443|80|500|0x0010' >f_flows.txt
	run -0 --separate-stderr t2viz --svg f.svg --png f.png --dot f.dot f_flows.txt
	same '' "$stderr"
	/usr/bin/python3 - <<-'E'
	import xml.etree.ElementTree as x
	text = [t.text for t in x.parse("f.svg").iter("{http://www.w3.org/2000/svg}text")]
	for want in ('0_a"b_0x0001_"];}evil->x[\\"-44\'3_1$(touch x)_1e3', "8.8.8.8\\", "&lt;\\N\\l%s", "<b>",
	             'o\\', "a\\", "0_--_0x0010_`id`-443_80_500", "Goo??[31m??\U0001f600gle"):
	    assert want in [(t or "").replace("\u00a0", " ") for t in text], (want, text)
	E
	same 2 "$(dot -Tplain f.dot | grep -c ^edge)"
	same 4 "$(dot -Tplain f.dot | grep -c ^node)"
	[ ! -e x ]
	# data that begin like names, names once more, a weight that is none
	printf '%%srcIP\tdstIP\tw\n%%x\ty\t1e999\n%%srcIP\tdstIP\tw\n%%srcIP\t<\tnan\n' >f
	for awk in "${ALL_AWKS[@]}"; do
		graph=$(T2_AWK=$awk timeout 10 "$BUILD/bin/t2viz" -w w --dot - f | edges)
		same 2 "$(wc -l <<<"$graph")"
		like '"%x" -> "y" ' '"%srcIP" -> "<" .*penwidth=1,'
	done
	# a cell as long as a book makes no picture as wide as a street
	awk 'BEGIN { print "%srcIP\tdstIP\tsrcIPWho"; for (i = 0; i < 20000; i++) s = s "long"; print "a" s "\tb\t" s }' |
	    t2viz -e srcIPWho >long.dot
	[ "$(wc -c <long.dot)" -lt 165000 ]
	same 2 "$(grep -c 'label="[^"]*\.\.\.' long.dot)"
}

@test "graphviz is missing" {
	table 'A|1|0x0000000000004000|10.0.0.1|01|"x"|53001|8.8.8.8|us|"Google"|443|10|1000|0x0001' >f_flows.txt
	mkdir bin
	for t in sh mawk cat mktemp readlink rm; do ln -s "$(command -v "$t")" bin; done
	PATH=$BATS_TEST_TMPDIR/bin run -1 --separate-stderr "$BUILD/bin/t2viz" f_flows.txt
	same "Successfully generated 'f_flows.dot'" "$output"
	same 't2viz: f_flows.png: not drawn: dot is not installed (Debian package graphviz)' "$stderr"
	[ -s f_flows.dot ]
}

@test "a viewer is started if there is a display" {
	printf '%%srcIP\tdstIP\nx\ty\n' >f
	mkdir bin
	printf '#!/bin/sh\n[ "$1" = -Tpng ] && exit\necho "$0 $*" >>"%s/seen"\n' "$PWD" >bin/dot
	chmod +x bin/dot
	cp bin/dot bin/xdot
	DISPLAY=:9 PATH=$PWD/bin:$PATH t2viz -n f
	PATH=$PWD/bin:$PATH t2viz f
	[ ! -e seen ]
	DISPLAY=:9 PATH=$PWD/bin:$PATH t2viz f
	for _ in 1 2 3 4 5 6 7 8 9; do [ -s seen ] || sleep 0.2; done
	same "$PWD/bin/xdot f.dot" "$(cat seen)"
}

@test "wrong usage and wrong input" {
	for args in -Z --dot '-N x' '-b srcIP' '-b a,b,c' 'f g' '--viewer=x' '-n=3' '--no-viewer=3'; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr t2viz $args
		[[ $stderr == *'t2viz: '* ]] || { echo "$args: $stderr"; false; }
	done
	run -2 --separate-stderr grphvz
	run -2 --separate-stderr grphvz -n
	for t in t2viz grphvz; do
		run -0 $t --help
		[[ $output == "usage: $t "* ]]
		run -1 --separate-stderr $t no_flows.txt
		same "$t: no_flows.txt: no such file" "$stderr"
	done
	run -1 --separate-stderr t2viz .
	same 't2viz: .: is a folder' "$stderr"
	printf '%%srcIP\tdstIP\nx\ty\n' >f.dot
	run -2 --separate-stderr t2viz f.dot
	same 't2viz: f.dot: is the input, and not overwritten' "$stderr"
	ln -s f.dot g
	run -2 --separate-stderr t2viz --dot - --png g f.dot
	same x "$(tail -n 1 f.dot | cut -f 1)"
	run -1 --separate-stderr t2viz -w dtsIP --dot - f.dot
	same 't2viz: f.dot: no column dtsIP (did you mean dstIP?)' "$stderr"
	run -1 --separate-stderr t2viz -e nothing --png x.png f.dot
	same 't2viz: f.dot: no column nothing' "$stderr"
	[ ! -e x.png ]
	run -1 --separate-stderr t2viz </dev/null
	same 't2viz: stdin: no row of column names' "$stderr"
	run -1 --separate-stderr t2viz <<<'a	b'
	same 't2viz: stdin: no row of column names before the first data' "$stderr"
	run -1 --separate-stderr t2viz --dot no/where.dot f.dot
	[[ $stderr == *'t2viz: no/where.dot: cannot be written' ]]
	printf 'a b\n%%srcIP\tdstIP\nx\ty\n' >a=b
	cp f.dot a=b
	t2viz --dot - a=b | grep -q '"x" -> "y"'
}
