#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# timeline.bats - t2timeline: the data in the page, pictures, hostile cells, wrong usage.  Pages are
# read by Python here; if there is a browser, it has to draw one, too.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	unset T2_AWK DISPLAY WAYLAND_DISPLAY
}

# table ROW...: a flow file with few columns; | is a tab
table() {
	printf '%s\n' '%dir|flowInd|flowStat|timeFirst|duration|ethVlanID|srcIP|srcPort|dstIP|dstPort|l4Proto|srcIPWho' \
	    "$@" | tr '|' '\t'
}

# data FILE EXPRESSION...: of the JSON in the page, as d
data() {
	/usr/bin/python3 - "$@" <<-'E'
	import html.parser, json, sys
	class Page(html.parser.HTMLParser):
	    data, on = "", False
	    tags = []
	    def handle_starttag(self, tag, attrs):
	        self.tags.append(tag)
	        self.on = ("type", "application/json") in attrs
	        for k, v in attrs:
	            assert k not in ("src", "href", "action", "onload", "onerror"), (tag, k, v)
	    def handle_data(self, data):
	        if self.on:
	            self.data += data
	p = Page()
	text = open(sys.argv[1], encoding="utf-8").read()
	p.feed(text)
	assert "http" not in text.replace("http-equiv", ""), "refers to a place"
	d = json.loads(p.data)
	for e in sys.argv[2:]:
	    v = eval(e, {"d": d, "p": p, "col": lambda n: [f[d["columns"].index(n)] for f in d["flows"]]})
	    print(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False))
	E
}

@test "the tutorial's way" {
	t2flow -r "$T2_TOP/examples/town.pcap" -w town
	tawk 'host("10.20.30.66")' town_flows.txt >host.txt
	run -0 --separate-stderr t2timeline -r -ws 700,400 host.txt
	same "Successfully generated 'host.html'" "$output"
	same '' "$stderr"
	is "$(data host.html 'd["relative"], d["width"], d["height"]' 'len(d["flows"])' 'd["title"]')" <<-E
	[1, 700, 400]
	$(($(wc -l <host.txt) - 1))
	t2timeline host.txt
	E
	# what was printed is what is in the page, and no time lost a digit
	awk -F '\t' 'NR > 1 { print $3 ~ /[13579bdf]$/, $2, $4, $6, $3, $14, $17 }' host.txt >want
	/usr/bin/python3 - want "$(data host.html '[d["base"], d["flows"]]')" <<-'E'
	import json, sys
	from decimal import Decimal
	base, flows = json.loads(sys.argv[2], parse_float=Decimal)
	for line, f in zip(open(sys.argv[1]), flows):
	    w = line.split()
	    assert [str(f[0]), str(f[1])] == w[:2] and f[4:7] == w[4:7], (w, f)
	    assert base + Decimal(f[2]) == Decimal(w[2]) and Decimal(f[3]) == Decimal(w[3]), (w, f)
	E
}

@test "times: before the first, nanoseconds, dates, only timeLast" {
	table 'A|1|0x4000|1000.900000001|1.500000001||10.0.0.1|1|10.0.0.2|2|6|' \
	    'B|1|0x4001|1000.2|0.000000||10.0.0.2|2|10.0.0.1|1|6|' \
	    'A|2|0x4000|999.75|2||10.0.0.1|1|10.0.0.2|2|17|' 'A|3|0x4000|1970-01-01T00:16:41.25+0000|x||a||b||1|' \
	    'A|4|0x4000||1||a||b||1|' >f
	for awk in "${ALL_AWKS[@]}"; do
		export T2_AWK=$awk
		run -0 --separate-stderr t2timeline <f
		same 't2timeline: 1 row without a time is left out' "$stderr"
		cat <<<"$output" >f.html
		is "$(data f.html 'd["base"]' 'col("begin")' 'col("duration")' 'col("answer")' 'col("l4Proto")')" <<-'E'
		1000
		[0.900000001, 0.2, -0.25, 1.25]
		[1.500000001, 0, 2, 0]
		[0, 1, 0, 0]
		["TCP", "TCP", "UDP", "ICMP"]
		E
	done
	printf '%%timeFirst\ttimeLast\tsrcIP\n5.5\t7.25\ta\n6\t5\tb\n7\t1234567890123\tc\n' | t2timeline --html g.html -
	is "$(data g.html 'col("duration")' 'col("flowInd")' 'col("srcIP")')" <<-'E'
	[1.75, 0, 0]
	[1, 2, 3]
	["a", "b", "c"]
	E
}

@test "packet files: a mark for each packet" {
	t2pkt -r "$T2_TOP/examples/town.pcap" 2>/dev/null | head -n 200 >p
	t2timeline -e pktNo,l7Len p
	is "$(data p.html 'd["what"]' 'len(d["flows"])' 'sum(col("duration"))' 'col("pktNo")[:3]' 'd["columns"][-1]')" <<-'E'
	packets
	199
	0
	["1", "2", "3"]
	l7Len
	E
}

@test "options get into the page" {
	table 'A|1|0x4000|1000|1||10.0.0.1|1|10.0.0.2|2|6|"Some one"' >f
	t2timeline -e srcIPWho,dir -d 0.5 -v .25 -g -fs -t '<T>' -s 'H "1"' -tx '\x' -ty "y'" -ts 30 -ls 8 -ks 9 f
	is "$(data f.html '[d[k] for k in ("least", "space", "grid", "fill", "relative", "ts", "ls", "ks")]' \
	    '[d[k] for k in ("title", "head", "tx", "ty", "name")]' 'd["columns"][-2:]' 'd["flows"][0][-2:]')" <<-'E'
	[0.5, 0.25, 1, 1, 0, 30, 8, 9]
	["<T>", "H \"1\"", "\\x", "y'", "f"]
	["srcIPWho", "dir"]
	["Some one", "A"]
	E
}

@test "hostile cells stay what they are" {
	evil='</script><script>alert(1)</script><!--'
	table "A|1|0x4000|1000|1|\"\\\\|$evil|']]>|&lt;\\u003c|\$(touch x)|\`id\`|\"o\"x\"" \
	    "B|$evil|0x4001|1001|1|$(printf '\r\033[1m\303\377\342\200\250\360\237\230\200')|a|1|b|2|6|" >f
	t2timeline -t "$evil" -s "$evil" -e srcIPWho f
	is "$(data f.html 'col("srcIP") + col("ethVlanID")' 'col("dstIP")[0]' 'col("dstPort")[0]' 'col("l4Proto")[0]' \
	    'col("flowInd")' 'd["head"]' 'p.tags.count("script")' 'col("srcIPWho")')" <<-E
	["$evil", "a", "\"\\\\\\\\", "??[1m??$(printf '\342\200\250\360\237\230\200')"]
	&lt;\\u003c
	\$(touch x)
	\`id\`
	[1, 2]
	$evil
	2
	["o\"x", ""]
	E
	[ ! -e x ]
	needs gnuplot
	run -0 --separate-stderr t2timeline -s "'\"\`touch y\`@x \\n{/=50 a}_b" -tx "$evil" --png f.png --svg f.svg f
	same '' "$stderr"
	[ ! -e y ]
	grep -q 'touch y' f.svg
	/usr/bin/python3 -c 'import xml.etree.ElementTree as x; x.parse("f.svg")'
}

@test "pictures" {
	needs gnuplot
	table 'A|1|0x4000|1000|10||10.0.0.1|1|10.0.0.2|2|6|' 'B|1|0x4001|1001|5||10.0.0.2|2|10.0.0.1|1|6|' >f
	run -0 --separate-stderr t2timeline -r -g --svg a.svg --png=a.png --jpg a.jpg --jpeg a.jpeg --gif a.gif --pdf a.pdf --html a.html f
	same '' "$stderr"
	for f in 'a.svg <?xml' 'a.png .PNG' 'a.jpeg .*JFIF' 'a.jpg .*JFIF' 'a.gif GIF8' 'a.pdf %PDF' 'a.html <!DOCTYPE'; do
		head -c 10 "${f% *}" | LC_ALL=C grep -aq "^${f#* }" || { echo "$f"; head -c 16 "${f% *}" | od -c; false; }
	done
	[ ! -e f.html ]
	t2timeline --svg - <f | grep -q '<svg'
	# the same script from each awk, of times that are far apart and numbers that are none
	table 'A|99999999999999999999|0x4000|99999999999999999|10||10.0.0.1|1|10.0.0.2|2|6|' \
	    'A|x|0x4000|0.000001|1e9||10.0.0.1|1|10.0.0.2|2|6|' \
	    'A|999999999999|0x4000|8999999999.9|99999999999.5||10.0.0.1|1|10.0.0.2|2|6|' >far
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk run -0 --separate-stderr t2timeline --svg "$awk.svg" --html "$awk.html" far
		same 't2timeline: 1 row without a time is left out' "$stderr"
		diff mawk.svg "$awk.svg"
		diff mawk.html "$awk.html"
	done
	is "$(data mawk.html 'col("flowInd")' 'col("duration")' 'col("begin")')" <<-'E'
	[1, 999999999999]
	[0, 99999999999.5]
	[1e-06, 8999999999.9]
	E
	# one direction only, and nothing at all
	run -0 --separate-stderr t2timeline --png b.png - < <(grep -v ^A f)
	same '' "$stderr"
	run -0 --separate-stderr t2timeline --png c.png - < <(head -n 1 f)
	same 't2timeline: no flows' "$stderr"
	[ -s b.png ] && [ -s c.png ]
}

@test "gnuplot is missing" {
	table 'A|1|0x4000|1000|10||10.0.0.1|1|10.0.0.2|2|6|' >f
	mkdir bin
	for t in sh mawk cat mktemp readlink rm; do ln -s "$(command -v "$t")" bin; done
	PATH=$BATS_TEST_TMPDIR/bin run -1 --separate-stderr "$BUILD/bin/t2timeline" --html f.html --png f.png f
	same "Successfully generated 'f.html'" "$output"
	same 't2timeline: f.png: not drawn: gnuplot is not installed (Debian package gnuplot-nox)' "$stderr"
}

@test "20 000 flows and their answers" {
	awk 'BEGIN {
		print "%dir\tflowInd\tflowStat\ttimeFirst\tduration\tsrcIP\tdstIP"
		for (i = 1; i <= 20000; i++)
			for (b = 0; b < 2; b++)
				printf "%s\t%d\t0x000000000000400%d\t%.6f\t%.6f\t10.0.0.1\t10.0.0.2\n", \
				    b ? "B" : "A", i, b, 1e9 + i / 7, i % 100
	}' >big
	timeout 30 "$BUILD/bin/t2timeline" big
	same 40000 "$(data big.html 'len(d["flows"])')"
}

# page FILE SCRIPT: what the browser makes of the page and then of the script; on a busy machine it
# may give up before it has drawn anything, and is asked again
page() {
	local _
	sed '/^<\/body>/d; /^<\/html>/d' "$1" >run.html
	printf '<script>setTimeout(() => { %s }, 200)</script></body></html>\n' "$2" >>run.html
	for _ in 1 2 3; do
		timeout 60 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
		    --user-data-dir="$PWD/browser" --virtual-time-budget=3000 \
		    --dump-dom "file://$PWD/run.html" >dom 2>/dev/null || continue
		! grep -q ' flows in view<' dom || break
	done
	cat dom
}

@test "in a browser: drawn, pointed at, zoomed, searched" {
	for browser in chromium chromium-browser google-chrome ''; do
		! command -v "$browser" >/dev/null || break
	done
	[ -n "$browser" ] || skip "NO BROWSER (Debian package chromium): the page was not run"
	table 'A|7|0x0000000000004000|1000.25|10||10.0.0.1|5|10.0.0.2|80|6|"<b>One</b>"' \
	    'B|7|0x0000000000004001|1001|5||10.0.0.2|80|10.0.0.1|5|6|' \
	    'A|900|0x0000000000008000|1050|0||fe80::1|53|ff02::1|5353|17|' >f
	t2timeline -r -e dir f
	page f.html '' >out
	grep -q 'id="count" role="status">3 of 3 flows in view<' out
	# on the beginning of a bar
	page f.html 'const b = $("canvas").getBoundingClientRect(); $("canvas").dispatchEvent(
	    new PointerEvent("pointermove", { clientX: b.left + xOf(begin[0]), clientY: b.top + yOf(row[0]) }))' >out
	grep -o '<div id="tip".*' out | sed 's/<[^>]*>/|/g; s/||*/|/g' >tip
	same '|flow 7, request|from|10.0.0.1:5 (&lt;b&gt;One&lt;/b&gt;)|to|10.0.0.2:80|protocol|TCP|begins|0 s after the first, 1970-01-01 00:16:40.250000 UTC|lasts|10 s|flowStat|0x0000000000004000|dir|A|' \
	    "$(cat tip)"
	grep -q '<div id="tip".*display: block' out
	page f.html 'document.title = facts(2).map(p => p.join("=")).join(";")' >out
	grep -q '<title>flow=flow 900, request;from=\[fe80::1\]:53;to=\[ff02::1\]:5353;protocol=UDP;begins=49.75 s after' out
	# times stay in view, none is lost
	page f.html 'zoom(xOf(begin[2]), yOf(row[2]), 1e-9, 1e-9); draw();
	    document.title = [view.t1 - view.t0 < 1e-5, view.t0 <= begin[2], view.t1 >= begin[2]] + ""' >out
	grep -q '<title>true,true,true<' out
	grep -q '>1 of 3 flows in view<' out
	page f.html '$("find").value = "FE80"; find(); $("dense").click(); document.title = [...found, ...row] + ""' >out
	grep -q '<title>0,0,1,0,-0.5,1<' out
}

@test "a viewer is started if there is a display" {
	table 'A|1|0x4000|1000|10||10.0.0.1|1|10.0.0.2|2|6|' >f
	mkdir bin
	printf '#!/bin/sh\necho "$0 $*" >>"%s/seen"\n' "$PWD" >bin/xdg-open
	chmod +x bin/xdg-open
	DISPLAY=:9 PATH=$PWD/bin:$PATH t2timeline -n f
	PATH=$PWD/bin:$PATH t2timeline f
	[ ! -e seen ]
	DISPLAY=:9 PATH=$PWD/bin:$PATH t2timeline f
	for _ in 1 2 3 4 5 6 7 8 9; do [ -s seen ] || sleep 0.2; done
	same "$PWD/bin/xdg-open f.html" "$(cat seen)"
}

@test "wrong usage and wrong input" {
	for args in -Z --png '-ws 5' '-ws a,b' '-ws 0,5' '-v x' '-ts 1.2.3' 'f g' '-fs=3' -rg; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr t2timeline $args
		[[ $stderr == *'t2timeline: '* ]] || { echo "$args: $stderr"; false; }
	done
	run -0 t2timeline --help
	[[ $output == "usage: t2timeline "* ]]
	run -1 --separate-stderr t2timeline no_flows.txt
	same 't2timeline: no_flows.txt: no such file' "$stderr"
	printf '%%srcIP\ttimeFirst\nx\t5\n' >f
	run -1 --separate-stderr t2timeline f
	same 't2timeline: f: no column duration' "$stderr"
	run -1 --separate-stderr t2timeline -e srcIPP --html - f
	[ ! -e f.html ]
	run -1 --separate-stderr t2timeline </dev/null
	same 't2timeline: stdin: no row of column names' "$stderr"
	cp f f.html
	run -2 --separate-stderr t2timeline f.html
}
