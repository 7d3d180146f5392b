#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# fm.bats - the reports of t2fm: every number against the tables, hostile texts, what is missing,
# pictures, PDF.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
	cd "$W" || return
	TOWN=$T2_TOP/examples/town.pcap
}

# checked PAGE FLOWFILE: finds each number of the page again
checked() {
	t2cols -a -b >bits
	run -0 /usr/bin/python3 "$T2_TESTS/fm.py" "$1" "$2" bits
	[[ ${lines[-1]} =~ ^([0-9]+)\ checked,\ 0\ wrong,\ ([0-9]+)\ bits ]]
	[ "${BASH_REMATCH[1]}" -ge "$3" ]
}

@test "each number of the demo capture's report is found again, with each awk" {
	t2 -r "$TOWN" -w town >/dev/null
	for awk in mawk gawk original-awk 'busybox awk'; do
		command -v "${awk%% *}" >/dev/null || continue
		T2_AWK=$awk t2fm -P -f -F town_flows.txt -w page.html
		checked page.html town_flows.txt 700
		[ ! -e first.html ] || cmp first.html page.html
		mv page.html first.html
	done
	t2fm -P -n 50 -F town_flows.txt -w long.html
	checked long.html town_flows.txt 1500
}

@test "from the capture: the same tables, its checksum, the end report" {
	t2 -r "$TOWN" -w town >/dev/null
	t2fm -P -F town_flows.txt -w a.html
	t2fm -P -r "$TOWN" -w b.html -t 'A <town> & more' -a "O'Neill"
	checked b.html town_flows.txt 700
	grep -qF "$(sha256sum <"$TOWN" | cut -d' ' -f1)" b.html
	grep -q '^Number of processed packets: 9774 ' b.html
	grep -qF '<title>A &lt;town&gt; &amp; more</title>' b.html
	grep -qF 'O&#39;Neill' b.html
	same "$(sed -n '/<h2 id="talkers"/,/<h2 id="report"/p' a.html)" "$(sed -n '/<h2 id="talkers"/,/<h2 id="report"/p' b.html)"
	t2fm -P -r "$TOWN" -w c.html -p basicFlow,basicStats,portClassifier -o BFO_VLAN=2 tcp port 80
	grep -qF '<th>Options</th><td><code>basicFlow.BFO_VLAN=2</code>' c.html
	grep -qF 'N/A: tcpStates plugin required' c.html
	grep -qF '<th>Filter</th><td><code>tcp port 80</code>' c.html
	[ "$(grep -c '<td>http</td>' c.html)" -eq 1 ]
}

@test "self-contained: nothing is loaded, nothing runs; tags are closed" {
	needs dot gnuplot
	t2fm -r "$TOWN" -w page.html
	same '' "$(grep -oiE '<script|<link|<iframe|https?://|src="[^d]|@import|url\(' page.html || true)"
	same 4 "$(grep -c '<img alt="[^"]*" src="data:image/svg+xml;base64,' page.html)"
	sed -n 's/.*<figure id="graph"><img[^>]*base64,\([^"]*\)".*/\1/p' page.html | base64 -d >graph.svg
	grep -q '10\.20\.1\.21' graph.svg
	same 30 "$(grep -c 'class="edge"' graph.svg)"
	t2fm -f --chart-rows 3 -r "$TOWN" --write page.html
	same 3 "$(sed -n 's/.*<figure id="graph"><img[^>]*base64,\([^"]*\)".*/\1/p' page.html | base64 -d | grep -c 'class="edge"')"
	/usr/bin/python3 - page.html <<-'E'
	import html.parser, sys
	class P(html.parser.HTMLParser):
	    open = []
	    def handle_starttag(self, t, a):
	        if t not in ('meta', 'img', 'br'): self.open.append(t)
	    def handle_endtag(self, t):
	        assert self.open.pop() == t, (t, self.getpos())
	p = P(); p.feed(open(sys.argv[1], encoding='utf-8').read()); assert not p.open, p.open
	E
}

@test "hostile cells stay text" {
	printf '%%dir\tflowInd\tflowStat\ttimeFirst\ttimeLast\tduration\tsrcIP\tsrcIPCC\tsrcIPWho\tsrcPort\tdstIP\tdstIPCC\tdstIPWho\tdstPort\tl4Proto\tnumPktsSnt\tnumPktsRcvd\tnumBytesSnt\tnumBytesRcvd\thdrDesc\n' >x_flows.txt
	printf 'A\t1\t0x0000000000004000\t1.000000\t2.000000\t1.000000\t<script>alert(1)</script>\t"&lt;\t"a \\"b\\" <i>"\t1\t$(touch gone)`touch gone`\t--\t"\033[31m\377"\t2\t6\t5\t0\t7\t0\t</td><script src=x>\n' >>x_flows.txt
	printf '# Command line: t2 <b>\n# t2 0.9.0.\n' >x_headers.txt
	printf '<script>\n' >x_log.txt
	t2fm -F x_flows.txt -w x.html
	same '' "$(grep -o '<script\|<i>"\|<b>' x.html || true)"
	[ ! -e gone ]
	grep -qF 'a &quot;b&quot; &lt;i&gt;' x.html
	/usr/bin/python3 -c 'open("x.html", encoding="utf-8").read()'
	same '' "$(LC_ALL=C grep -n $'[\001-\010\013-\037]' x.html || true)"
}

@test "missing plugins are named in their sections" {
	t2flow -p basicFlow -r "$TOWN" -w few
	t2fm -P -F few_flows.txt -w few.html
	grep -qF 'N/A: basicStats plugin required' few.html
	grep -qF 'N/A: tcpFlags plugin required' few.html
	grep -qF 'N/A: portClassifier plugin required' few.html
	grep -qF 'N/A: there is no log file' few.html
	t2flow -p basicStats -r "$TOWN" -w few -o B2T_TIMESTR=1
	t2fm -P -f -F few_flows.txt -w few.html
	grep -qF 'N/A: basicFlow plugin required' few.html
}

@test "pictures that cannot be drawn say which package is missing" {
	mkdir bin
	for t in sh awk mawk cat sed tr head tail base64 mktemp rm mkdir readlink grep sort cut ls wc env; do
		ln -s "$(command -v $t)" bin/$t 2>/dev/null || true
	done
	t2flow -r "$TOWN" -w few
	PATH=$BUILD/bin:$W/bin t2fm -F few_flows.txt -w few.html
	grep -q 'class="na">Who talks to whom.*graphviz' few.html
	grep -q 'class="na">Bytes by service.*gnuplot' few.html
	PATH=$BUILD/bin:$W/bin run -1 t2fm -F few_flows.txt -w few.pdf
	same 't2fm: a PDF needs weasyprint (Debian package weasyprint)' "$output"
}

# flows_in FROM TO: numbers of the flows in the table of the biggest ones
flows_in() {
	t2fm -P -f -n 50 -F w_flows.txt -w w.html -T "$@" || return
	sed -n '/<table id="big-flows/,/<\/table>/s/^<tr><td[^>]*>\([0-9]*\)<.*/\1/p' w.html | sort -n | tr '\n' ' '
}

@test "-T: only flows that were active then, by seconds and dates" {
	local day=2001-09-09T01:4 row
	printf '%%dir\tflowInd\ttimeFirst\ttimeLast\tduration\tsrcIP\tsrcPort\tdstIP\tdstPort\tl4Proto\tnumPktsSnt\tnumBytesSnt\n' >w_flows.txt
	for row in '1\t1000000000.000000\t1000000010.500000' '2\t1000000005.000000\t1000000020.000000' \
	    '3\t1000000020.000001\t1000000030.000000' '4\t999999999.000000\t1000000100.000000'; do
		printf "A\t$row\t1\t10.0.0.1\t1\t10.0.0.2\t2\t17\t1\t7\n" >>w_flows.txt
	done
	for awk in mawk gawk original-awk 'busybox awk'; do
		command -v "${awk%% *}" >/dev/null || continue
		export T2_AWK=$awk
		same '1 2 3 4 ' "$(flows_in - -)"
		same '2 3 4 ' "$(flows_in 1000000010.500001 -)"
		same '1 2 4 ' "$(flows_in 1000000010.5 1000000020)"
		same '1 2 3 4 ' "$(flows_in - 1000000020.0000010)"
		same '4 ' "$(flows_in 1000000030.000000001 2030-01-01)"
		same '1 4 ' "$(flows_in - ${day}6:42Z)"
		same '2 3 4 ' "$(flows_in 2001-09-09T03:46:50.6+02:00 ${day}7:20)"
	done
	grep -qF '<th>Only flows active</th><td>from 2001-09-09T03:46:50.6+02:00 to 2001-09-09T01:47:20' w.html
	run -1 t2fm -P -f -F w_flows.txt -w w.html -T 5 6
	same 't2fm: w_flows.txt: no flows from 5 to 6' "$output"
	run -1 t2fm -P -f -F w_flows.txt -w w.html -T 6 5
	same 't2fm: -T: it ends before it begins: 6 5' "$output"
	run -1 t2fm -P -f -F w_flows.txt -w w.html -T today -
	same 't2fm: -T: neither seconds nor a date such as 2026-03-17T08:30: today' "$output"
	run -2 t2fm -P -f -F w_flows.txt -T 5
	same 't2fm: option -T needs two arguments, FROM and TO' "$output"
}

@test "-T on dates in the flow file, and on a capture" {
	t2flow -r "$TOWN" -o B2T_TIMESTR=1 -w dates
	t2flow -r "$TOWN" -w town
	for f in dates town; do
		t2fm -P -F ${f}_flows.txt -w $f.html -T 2026-03-17T09:10 2026-03-17T09:11
	done
	same "$(grep -o '<th>Flows<.*' town.html)" "$(grep -o '<th>Flows<.*' dates.html)"
	n=$(tawk '!hdr() && $timeLast >= 1773738600 && $timeFirst <= 1773738660' town_flows.txt | wc -l)
	grep "<th>Flows</th><td>$n (" town.html
	t2fm -P --time=x -F town_flows.txt -w x 2>/dev/null && return 1
	t2fm -P -r "$TOWN" -w c.html --time 1773738600 1773738660
	checked c.html <(tawk 'hdr() || $timeLast >= 1773738600 && $timeFirst <= 1773738660' town_flows.txt) 100
}

@test "-b: the plugins that the report needs, whatever the list of the user" {
	t2build -u tcpFlags >/dev/null
	t2fm -P -r "$TOWN" -w few.html
	grep -qF 'N/A: tcpFlags plugin required' few.html
	t2fm -P -b -r "$TOWN" -w all.html
	run -1 grep 'plugin required' all.html
	run -2 t2fm -b -p basicFlow -r "$TOWN"
	same 't2fm: -b does not go with -p' "$output"
	run -2 t2fm --build -F town_flows.txt
}

@test "looks: units, colours, a mark across the page, a line at its foot" {
	local hair='&#160;'
	t2flow -r "$TOWN" -w town
	t2fm -P -HH -F town_flows.txt -w b.html -C '#a0b0c0' --copyright 'A & B' --watermark=Draft
	t2fm -P -H -F town_flows.txt -w h.html --colour steelblue
	t2fm -P -F town_flows.txt -w n.html
	n=$(sed -n 's/.*Bytes in flows<.th><td>\([^<]*\)<.*/\1/p' n.html)
	h=$(sed -n 's/.*Bytes in flows<.th><td>\([^<]*\)<.*/\1/p' h.html)
	same "$n ($h)" "$(sed -n 's/.*Bytes in flows<.th><td>\([^<]*\)<.*/\1/p' b.html)"
	n=${n//'&#8239;'/}
	same "$(awk -v n="$n" -v b="$hair" 'BEGIN { printf "%.3g%sM", n / 1000000, b }')" "$h"
	same 2 "$(grep -c '#a0b0c0' b.html)"
	same 2 "$(grep -c steelblue h.html)"
	grep -qF '<footer>A &amp; B</footer>' b.html
	grep -qF '<div class="watermark">Draft</div>' b.html
	run -1 grep -E '<footer|<div' n.html
	run -2 t2fm -C 'red;}' -F town_flows.txt
	run -2 t2fm -C '' -F town_flows.txt
}

@test "-L: linear axes" {
	needs gnuplot
	t2flow -r "$TOWN" -w town
	for o in '' -L --linear; do
		t2fm $o -F town_flows.txt -w "x$o.html"
		sed -n 's/.*<figure id="traffic"><img[^>]*base64,\([^"]*\)".*/\1/p' "x$o.html" | base64 -d >"x$o.svg"
		[ -s "x$o.svg" ]
	done
	cmp x-L.svg x--linear.svg
	run -1 cmp -s x.svg x-L.svg
}

@test "-A: shows the report; nobody to show it is no failure" {
	t2flow -r "$(crafted stats-example)" -w town
	mkdir viewer
	printf '#!/bin/sh\necho "$1" >%s/shown\n' "$W" >viewer/xdg-open
	chmod +x viewer/xdg-open
	PATH=$W/viewer:$PATH t2fm -P -A -F town_flows.txt -w a.html
	until_true 10 test -s shown
	same a.html "$(cat shown)"
	rm shown
	PATH=$W/viewer:$PATH t2fm -P --open -f -F town_flows.txt -w a.html
	until_true 10 test -s shown
	mkdir none
	for t in sh awk mawk cat sed tr head tail base64 mktemp rm mkdir readlink wc; do
		ln -s "$(command -v $t)" none/$t 2>/dev/null || true
	done
	PATH=$BUILD/bin:$W/none run -0 t2fm -P -f -A -F town_flows.txt -w a.html
	same 't2fm: not shown: xdg-open is not installed (Debian package xdg-utils)' "$output"
}

@test "PDF: the same numbers as in the page" {
	needs weasyprint pdftotext
	t2 -r "$TOWN" -w town >/dev/null
	t2fm -P -F town_flows.txt -w town.pdf
	head -c 5 town.pdf | grep -q %PDF-
	pdftotext -layout town.pdf text
	grep -q 'Malformed connection establishment' text
	tr -d ' \342\200\257' <text | grep -q '10.20.1.21.*1958870'
}

@test "what is wrong is told; nothing is overwritten or left behind" {
	export TMPDIR=$W/tmp
	mkdir tmp
	run -2 t2fm
	run -2 t2fm -r "$TOWN" -F x
	run -2 t2fm -n 0 -r "$TOWN"
	run -2 t2fm -r -
	run -1 t2fm -i nosuch0
	[[ $output == *'nosuch0'* ]]
	run -2 t2fm -i nosuch0 -F x
	run -2 t2fm --nosuch
	run -1 t2fm -F none_flows.txt
	same 't2fm: none_flows.txt: no such file, or not readable' "$output"
	run t2fm -P -r /nonexistent.pcap
	[ "$status" -ne 0 ]
	[[ $output == *'/nonexistent.pcap: No such file or directory'* ]]
	t2fm -P -r "$(crafted stats-example)"
	[ -s stats-example_report.html ]
	run -1 t2fm -P -r "$(crafted stats-example)"
	same 't2fm: stats-example_report.html exists; -f replaces it' "$output"
	: >empty_flows.txt
	run -1 t2fm -P -F empty_flows.txt
	same 't2fm: empty_flows.txt: no flows' "$output"
	t2flow -r "$(crafted cap-empty)" -w without
	run -1 t2fm -P -F without_flows.txt
	same 't2fm: without_flows.txt: no flows' "$output"
	# said once, and before the capture is read
	for out in nowhere/x.html "$TOWN/x.html"; do
		run -1 t2fm -P -r "$(crafted stats-example)" -w "$out"
		same "t2fm: $out: cannot be written" "$output"
	done
	run -1 t2fm -P -r "$(crafted stats-example)" -w tmp
	same 't2fm: tmp: is a folder' "$output"
	if [ -c /dev/full ]; then
		run -1 t2fm -P -r "$(crafted stats-example)" -w /dev/full
		same 't2fm: /dev/full: cannot be written' "${lines[-1]}"
	fi
	env -u HOME -u XDG_DATA_HOME t2fm -P -r "$(crafted stats-example)" -w "-a b.html"
	grep -q '</html>' './-a b.html'
	same '' "$(ls -A tmp)"
}
