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
