#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# extract.bats - t2extract: from flows to their packets, with and without an index.

# shellcheck disable=SC2016,SC2031
bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return 1
	five=$(crafted extract-five)
}

# show FILE: the packets of a capture by a reader of its own
show() {
	/usr/bin/python3 "$T2_TESTS/extract.py" show "$1"
}

# times FILE: tenths of a second of the packets
times() {
	show "$1" | awk 'NR > 1 { printf "%s%d", blank, substr($1, 10) / 1e8; blank = " " }
	    END { print "" }'
}

# pick ITEM...: the packets of the example, as tenths of a second
pick() {
	t2extract -r "$five" -w out.pcap "$@" && times out.pcap
}

# refused STATUS TEXT COMMAND...: the command fails with one line that has TEXT
refused() {
	local want=$1 text=$2
	shift 2
	run --separate-stderr "$@"
	# shellcheck disable=SC2154     # run sets it
	[ "$status" -eq "$want" ] || { echo "status $status: $stderr"; return 1; }
	[[ $stderr == *"$text"* ]] || { echo "$stderr"; return 1; }
	[ -z "$(find . -name '.*.??????')" ] || { ls -A; return 1; }
}

@test "items: flows, ranges, directions, packets of each direction" {
	is "$(pick 1)" <<<'0 3'
	is "$(pick 1-3)" <<<'0 1 2 3 4'
	is "$(pick 2-3 1)" <<<'0 1 2 3 4'
	is "$(pick A@1)" <<<'0'
	is "$(pick B@1 2:1,1)" <<<'3 4'
	is "$(pick 2:1)" <<<'4'
	is "$(pick 2,0)" <<<'1'
	is "$(pick 1-3:0,0)" <<<'0 1 2 3'
	is "$(pick A@1-3:0,0 2)" <<<'0 1 2 4'
	is "$(pick 3 3 3-3)" <<<'2'
	is "$(pick -v 2)" <<<'0 2 3'
	is "$(pick -v B@1 2:1)" <<<'0 1 2'
	is "$(pick --packets 1 4-5 5)" <<<'0 3 4'
	is "$(pick --packets -v 1 4-5)" <<<'1 2'
}

@test "items: a packet of several flows is wanted if one of them is" {
	local f
	f=$(crafted extract-streams)
	streams() {                     # that a lone answer has no B is told, and no file is empty
		rm -f out.pcap
		t2extract -o SCTP_ACTIVATE=1,SCTP_STATFINDEX=0 -r "$f" -w out.pcap "$@" 2>err ||
		    grep -q 'no such direction\|no packets' err || return 1
		if [ -e out.pcap ]; then times out.pcap; else echo none; fi
	}

	is "$(streams B@1 2)" <<<'0 1'
	is "$(streams B@1 A@2)" <<<'0 1'
	is "$(streams A@1)" <<<'0'
	is "$(streams -v A@1 B@2)" <<<'1'
	is "$(streams -v B@1 2)" <<<none
	is "$(streams B@1-2)" <<<none
}

@test "items that are none" {
	for i in x 1x A1 A@ 1- 3-1 1:x 1:3,2 '' -- 99999999999999999999999; do
		refused 2 '' t2extract -r "$five" -w out.pcap -- "$i"
	done
	refused 2 'begin with 1' t2extract -r "$five" -w out.pcap 0
	refused 2 'numbered from 1' t2extract -r "$five" -w out.pcap --packets 0
	refused 2 'no packet number' t2extract -r "$five" -w out.pcap --packets A@1
	refused 2 'no output' t2extract -r "$five" 1
	refused 2 'no capture' t2extract -w out.pcap 1
	[ ! -e out.pcap ]
}

@test "lists: indexes with comments, items, flow files without and with header" {
	printf '# comment\n%% flow\n1  # xx\n 3\n\t3\n2 \n' >list
	is "$(pick -e list)" <<<'0 1 3 4'
	printf 'B@1\r\n2:1,1\r\n' >list
	is "$(pick -e list)" <<<'3 4'
	printf 'A\t1\t0x4000\nA\t3\n' >list
	is "$(pick -e list)" <<<'0 2'
	is "$(pick -e list --both)" <<<'0 2 3'
	printf '%%srcIP\tdir\tflowInd\n\tB\t1\n' >list
	is "$(pick -e list)" <<<'3'
	printf 'flowInd\n1\n%% a comment\n3\n' >list
	is "$(pick -e - <list)" <<<'0 2 3'
	is "$(pick -e list 2)" <<<'0 1 2 3 4'
	printf '%%pktNo\tflowInd\n2\t2\n' >list
	is "$(pick -e list)" <<<'1'
	printf '\357\273\2771\r\n3\r\n' >list
	is "$(pick -e list)" <<<'0 2 3'
	printf '1\n3\0\n' >list
	refused 1 'list: line 2: not text' t2extract -r "$five" -w out2 -e list
	printf '\n# nothing\n' >list
	refused 1 'no flows in this list' t2extract -r "$five" -w out2 -e list
	refused 1 'no flows in this list' t2extract -r "$five" -w out2 -e /dev/null
	printf 'GET / HTTP/1.0\n' >list
	refused 1 'no flows in this list' t2extract -r "$five" -w out2 -e list
	printf 'flowInd\nx\n' >list
	refused 1 'list: line 2' t2extract -r "$five" -w out2 -e list
	refused 1 'missing: No such file' t2extract -r "$five" -w out2 -e missing
	[ ! -e out2 ]
}

# The time is that of the processor: columns once cost the square of their number.
@test "a line of a million columns" {
	awk 'BEGIN { while (n++ < 1000000) printf "\t"; print "flowInd"; }' >list
	awk 'BEGIN { while (n++ < 1000000) printf "\t"; print 2; }' >>list
	is "$(ulimit -t 10; pick -e list)" <<<'1 4'
}

@test "flow records on stdin" {
	t2flow -r "$five" >flows
	is "$(awk -F '\t' 'NR == 1 || $1 == "B"' flows | pick)" <<<'3'
	is "$(awk -F '\t' 'NR == 1 || $1 == "B"' flows | pick --both)" <<<'0 3'
	is "$(cut -f 2,4,14 flows | sed -n '1p;$p' | pick)" <<<'1 4'
	is "$(t2pkt -r "$five" | sed -n '1p;3,4p' | pick)" <<<'1 2'
	refused 2 'stdin' t2extract -r - -w out.pcap
}

@test "rows of another capture are refused" {
	t2flow -r "$five" | sed 's/1000000000.1/1000000000.7/' >flows
	refused 1 'another flow' t2extract -r "$five" -w out2 -e flows
	t2flow -r "$five" -c dir,flowInd,srcIP | sed 's/10\.0\.0\.2/10.0.0.3/' >flows
	refused 1 'another flow' t2extract -r "$five" -w out2 -e flows
	t2flow -r "$five" -o TFS_TIMESTR=1 >flows 2>/dev/null || t2flow -r "$five" >flows
	is "$(pick -e flows)" <<<'0 1 2 3 4'
	t2flow -r "$five" -o RELTIME=1 >flows
	is "$(pick -e flows)" <<<'0 1 2 3 4'
	[ ! -e out2 ]
}

@test "what is not there is told, the rest is written" {
	refused 1 'flow 99999: no such flow in this capture' t2extract -r "$five" -w out.pcap 99999
	[ ! -e out.pcap ]
	refused 1 'flows 4 to 9: no such flows' t2extract -r "$five" -w out.pcap 2-9
	is "$(times out.pcap)" <<<'1 2 4'
	refused 1 'B@2: the flow has no such direction' t2extract -r "$five" -w out.pcap B@2 3
	is "$(times out.pcap)" <<<'2'
	refused 1 'packet 6: no such packet' t2extract -r "$five" -w out.pcap --packets 5-6
	is "$(times out.pcap)" <<<'4'
	refused 1 'no packets' t2extract -r "$five" -w out2 2:7
	refused 1 'no packets' t2extract -r "$five" -w out2 -v 1-3
	refused 1 'no packets' t2extract -r "$five" -w - -v 1-3
	[ ! -e out2 ]
}

@test "a direction is known at the end of the flow only" {
	# shellcheck disable=SC2030
	five=$(crafted extract-answer)
	is "$(pick A@1)" <<<'30'
	is "$(pick B@1)" <<<'0 20 40'
	is "$(pick A@2)" <<<'10 50'
	is "$(pick A@1 A@2)" <<<'10 30 50'
	is "$(pick -v A@2)" <<<'0 20 30 40'
	is "$(pick A@1-2:0,0)" <<<'10 30'
	t2extract -r "$five" -w - A@1 A@2 | cmp - <(t2extract -r "$five" -w - 2 A@1)
	refused 1 'B@2' t2extract -r "$five" -w out2 B@2
	[ ! -e out2 ]
}

@test "times, link types, snap lengths and formats stay" {
	f=$(crafted extract-nano)
	t2extract -r "$f" -w out.pcap 1
	cmp "$f" out.pcap
	is "$(show out.pcap | sed -n '1p;3p')" <<-'EOT'
		pcap ns 4096
		1000000001123456789 1 45 52 3a3073f8fde0
	EOT
	t2extract -r "$five" -w out.pcap 1-3
	cmp "$five" out.pcap
	t2extract -r "$(crafted cap-us-be)" -w out.pcap 1-2
	cmp "$(crafted cap-us-le)" out.pcap
	t2extract -r "$(crafted extract-milli.pcapng)" -w out.pcap 1
	is "$(show out.pcap | cut -d ' ' -f 1,2,3)" <<-'EOT'
		pcap us 262144
		1000000000500000000 1 45
		1000000001000000000 1 48
	EOT
	f=$(crafted extract-far.pcapng)
	t2extract -r "$f" -w out.pcap 1-2
	same "$(show "$f")" "$(show out.pcap)"
}

@test "several link types make pcapng, as a file and on stdout" {
	f=$(crafted cap-ng-two.pcapng)
	t2extract -r "$f" -w out.pcapng 1-2
	same "$(show "$f")" "$(show out.pcapng)"
	t2extract -r "$f" -w - 1-2 | cmp - out.pcapng
	t2extract -r "$f" -w out.pcap 2
	is "$(show out.pcap | head -n 1)" <<<'pcap ns 262144'
	# classic captures of several kinds: each change rewrites what was written
	t2extract -r "$five" -r "$(crafted extract-nano)" -r "$f" -w out.pcapng --packets 1-13
	same "$(show out.pcapng | sed 1d)" "$(for f in "$five" "$(crafted extract-nano)" "$f"; do
		show "$f" | sed 1d
	done)"
	needs tshark capinfos
	[ "$(tshark -nr out.pcapng 2>/dev/null | wc -l)" -eq 13 ]
	capinfos -TmQE out.pcapng >/dev/null
}

@test "other tools read the output" {
	needs tcpdump tshark capinfos
	t2extract -r "$T2_TOP/examples/town.pcap" -w out.pcap 1-50
	n=$(show out.pcap | sed 1d | wc -l)
	[ "$n" -gt 100 ]
	[ "$(tcpdump -nr out.pcap 2>/dev/null | grep -c '^[0-9][0-9]:')" -eq "$n" ]
	[ "$(tshark -nr out.pcap 2>/dev/null | wc -l)" -eq "$n" ]
	capinfos -Tmc out.pcap | grep -q ",$n"
	t2extract -r "$T2_TOP/examples/town.pcap" -w - 1-50 | tcpdump -nr - 2>/dev/null |
	    grep -c '^[0-9][0-9]:' | grep -qx "$n"
}

@test "the set of plugins and options comes from a headers file" {
	town=$T2_TOP/examples/town.pcap
	t2flow -r "$town" -p basicFlow,basicStats -o FLOW_TIMEOUT=1 -w run udp
	last=$(cut -f 2 run_flows.txt | sort -n | tail -n 1)
	t2extract -r "$town" -H run_headers.txt -w out.pcap -e run_flows.txt
	[ "$(show out.pcap | sed 1d | wc -l)" -eq \
	    "$(awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "numPktsSnt") c = i }
	        NR > 1 { n += $c } END { print n }' run_flows.txt)" ]
	refused 1 "no such flow" t2extract -r "$town" -H run_headers.txt -w out.pcap $((last + 1)) 1
	# a filter of two lines too
	t2flow -r "$town" -w two $'udp\nand port 53'
	t2flow -r "$town" -w one 'udp and port 53'
	same "$(grep '^# Filter' one_headers.txt)" "$(grep '^# Filter' two_headers.txt)"
	t2extract -r "$town" -H two_headers.txt -w out.pcap 1
	same "$(cut -f 1,2,4-18 one_flows.txt | awk 'NR == 1 || $2 == 1')" \
	    "$(t2flow -r out.pcap | cut -f 1,2,4-18)"
	refused 1 'another flow' t2extract -r "$town" -w out2 -e run_flows.txt
	refused 2 'no -p' t2extract -r "$town" -H run_headers.txt -p basicFlow -w out2 1
	sed 's/: basicStats,/: httpSniffer,/' run_headers.txt >other
	refused 2 'httpSniffer' t2extract -r "$town" -H other -w out2 1
	sed 's/numPktsSnt/pktsSnt/' run_headers.txt >other
	refused 2 'a column pktsSnt' t2extract -r "$town" -H other -w out2 1
	refused 2 'no headers file' t2extract -r "$town" -H run_flows.txt -w out2 1
	[ ! -e out2 ]
}

@test "inputs are never overwritten; nothing but whole files appear" {
	cp "$five" in.pcap
	ln in.pcap hard.pcap
	ln -s in.pcap soft.pcap
	echo 1 >list
	for out in in.pcap ./in.pcap hard.pcap soft.pcap; do
		refused 1 'is an input' t2extract -r in.pcap -w $out 1
	done
	refused 1 'is an input' t2extract -r in.pcap -w list -e list
	refused 1 'is an input' bash -c 't2extract -r in.pcap -w - 1 >>in.pcap'
	cmp in.pcap "$five"
	refused 1 'No space left' t2extract -r in.pcap -w /dev/full 1
	refused 1 'No space left' bash -c 't2extract -r in.pcap -w - 1 >/dev/full'
	refused 1 'No space left' bash -c 't2extract -r in.pcap -w - A@1 >/dev/full'
	refused 1 'No such file' t2extract -r in.pcap -w missing/out 1
	refused 1 'directory' t2extract -r in.pcap -w . 1
	refused 1 'Broken pipe' bash -c 't2extract -r in.pcap -w - 1 | true; exit "${PIPESTATUS[0]}"' ||
	    [ "$status" -eq 0 ]     # the reader may have taken it all
	echo old >out.pcap
	chmod 600 out.pcap
	refused 1 'no such flow' t2extract -r in.pcap -w out.pcap 77
	[ "$(cat out.pcap)" = old ]
	head -c 150 in.pcap >cut.pcap
	refused 1 'byte 85: the file ends within a packet' t2extract -r cut.pcap -w out.pcap 1
	is "$(times out.pcap)" <<<'0'
}

@test "a large output: broken pipe, signal, file size limit" {
	town=$T2_TOP/examples/town.pcap
	refused 1 'stdout: Broken pipe' bash -c \
	    't2extract -r "$1" -r "$1" -w - 1-1400 | head -c 9 >/dev/null; exit "${PIPESTATUS[0]}"' \
	    - "$town"
	refused 1 'File too large' bash -c \
	    'ulimit -f 100; t2extract -r "$1" -w out.pcap 1-1400' - "$town"
	t2flow -r "$town" --index town.idx >/dev/null
	refused 1 'File too large' bash -c \
	    'ulimit -f 100; t2extract -r "$1" -I town.idx -w out.pcap 1-1400' - "$town"
	refused 1 'File too large' bash -c 'ulimit -f 100; t2flow -r "$1" -w out' - "$town"
	refused 1 'File too large' bash -c \
	    'seq 1400 >list; ulimit -f 400; t2 -r "$1" -w out -e list >/dev/null' - "$town"
	[ ! -e out.pcap ]
	[ ! -e list.pcap ]
	mkfifo fifo
	t2extract -r fifo -w out.pcap 1 &
	pid=$!
	exec 9>fifo
	head -c 500000 "$town" >&9
	for _ in $(seq 50); do
		[ -z "$(find . -name '.out.pcap.*')" ] || break
		sleep .1
	done
	kill $pid
	exec 9>&-
	wait $pid && return 1
	[ -z "$(find . -name '*out.pcap*')" ]
}

@test "index: the same packets" {
	t2flow -r "$five" --index x.idx >/dev/null
	for i in 1 2 3 1-3 A@1 'B@1 2:1,1' 2:1 '1-3:0,0' 'A@1-3:0,0'; do
		# shellcheck disable=SC2086
		t2extract -I x.idx -r "$five" -w indexed.pcap $i
		# shellcheck disable=SC2086
		t2extract -r "$five" -w out.pcap $i
		cmp out.pcap indexed.pcap
	done
	f=$(crafted extract-answer)
	t2flow -r "$f" --index x.idx >/dev/null
	for i in A@1 B@1 A@2 '1 A@2'; do
		# shellcheck disable=SC2086
		t2extract -I x.idx -r "$f" -w indexed.pcap $i
		# shellcheck disable=SC2086
		t2extract -r "$f" -w out.pcap $i
		cmp out.pcap indexed.pcap
	done
	# several captures; without -r they are looked for beside the index
	cp "$five" a.pcap
	cp "$f" b.pcap
	t2flow -r a.pcap -r b.pcap --index x.idx >flows
	t2extract -I x.idx -w indexed.pcap -e flows
	t2extract -r a.pcap -r b.pcap -w out.pcap -e flows
	cmp out.pcap indexed.pcap
	t2flow -r a.pcap --index x.idx udp port 53 >flows
	t2extract -I x.idx -w - -e flows | cmp - <(t2extract -r a.pcap -w - 1)
}

@test "index: another, a changed and a damaged one" {
	cp "$five" a.pcap
	t2flow -r a.pcap --index x.idx >flows
	refused 1 'flow 4: no such flow' t2extract -I x.idx -w out.pcap 4 1
	is "$(times out.pcap)" <<<'0 3'
	rm out.pcap
	sed 's/1000000000.1/1000000000.7/' flows >other
	refused 1 'another flow' t2extract -I x.idx -w out.pcap -e other
	refused 1 'not the capture' t2extract -I x.idx -r "$(crafted extract-nano)" -w out.pcap 1
	refused 1 '1 captures, 2 are given' t2extract -I x.idx -r a.pcap -r a.pcap -w out.pcap 1
	refused 1 'No such file' t2extract -I x.idx -r missing -w out.pcap 1
	refused 1 'no index' t2extract -I a.pcap -r a.pcap -w out.pcap 1
	refused 1 'is an input' t2extract -I x.idx -w x.idx 1
	refused 2 '-I does not go' t2extract -I x.idx -v -w out.pcap 1
	refused 2 'no -p' t2extract -I x.idx -p basicFlow -w out.pcap 1
	size=$(stat -c %s x.idx)
	is "$(/usr/bin/python3 "$T2_TESTS/extract.py" damage x.idx a.pcap)" </dev/null
	head -c $((size - 1)) x.idx >bad.idx
	refused 1 't2extract: bad.idx: the index is damaged' t2extract -I bad.idx -w out.pcap 1
	# in front of the trailer, 32 bytes, and the directory's 24: the last byte of the block
	cp x.idx bad.idx
	printf '\377' | dd of=bad.idx bs=1 seek=$((size - 57)) conv=notrunc status=none
	refused 1 't2extract: bad.idx: the index is damaged' t2extract -I bad.idx -r a.pcap -w out.pcap 1
	# 2^63 + 5: twice that is 10
	/usr/bin/python3 "$T2_TESTS/extract.py" lie x.idx 9223372036854775813
	refused 1 'Cannot allocate' t2extract -I lie.idx -r a.pcap -w out.pcap 9223372036854775813
	printf '\2' | dd of=x.idx bs=1 seek=8 conv=notrunc status=none
	refused 1 'another version' t2extract -I x.idx -w out.pcap 1
	[ ! -e out.pcap ]
}

@test "index: what cannot have one" {
	refused 1 'compressed' t2flow -r "$(crafted cap-gz.pcap.gz)" --index x.idx
	refused 1 'only a regular file' bash -c 't2flow -r - --index x.idx <"$1"' - "$five"
	refused 1 'without time' t2flow -r "$(crafted cap-ng-simple.pcapng)" --index x.idx
	cp "$five" a.pcap
	refused 1 'is an input' t2flow -r a.pcap --index a.pcap
	refused 1 'No space left' t2flow -r a.pcap --index /dev/full
	refused 1 'No such file' t2flow -r a.pcap --index missing/x.idx
	[ ! -e x.idx ]
}

@test "t2 -X: the index that t2flow writes, in one pass with all else" {
	cp "$five" a.pcap
	t2flow -r a.pcap --index x.idx >/dev/null
	t2 -r a.pcap -X >/dev/null
	cmp x.idx a.idx
	printf '1\n3\n' >list
	t2 --index -r a.pcap -w run -s -e list >/dev/null
	cmp x.idx run.idx
	t2extract -I run.idx -w - 1 3 | cmp - list.pcap
	t2flow -r a.pcap | cmp - run_flows.txt
	t2pkt -r a.pcap | cmp - run_packets.txt
	refused 1 'compressed' t2 -X -w zip -r "$(crafted cap-gz.pcap.gz)"
	refused 1 'only a regular file' bash -c 't2 -X -w pipe -r - <"$1"' - "$five"
	mv a.pcap run.idx
	refused 1 'is an input' t2 -X -w run -r run.idx
	cmp run.idx "$five"
	mkdir d.idx
	refused 1 'd.idx' t2 -X -w d -r "$five"
	[ -z "$(find . -name 'zip*' -o -name 'pipe*' -o -name 'd_*')" ]
}

@test "t2 -e: the packets of listed flows in the same pass" {
	t2 --help | grep -q -e --extract || skip "t2 has no -e"
	printf '1  # xx\n 3\n2 \n' >list
	t2 -r "$five" -w run -e list >text
	grep -qx '\[INF\] pcapd: 2 flow indices' text
	grep -qx 'pcapd: number of packets extracted: 4 \[80.00%\]' text
	is "$(times list.pcap)" <<<'0 1 3 4'
	t2flow -r "$five" | cmp - run_flows.txt
	rm run_flows.txt
	refused 1 "No usable information in file '/dev/null'" t2 -r "$five" -w run -e /dev/null
	refused 1 'missing: No such file' t2 -r "$five" -w run -e missing
	cp "$five" list.pcap
	refused 1 'is an input' t2 -r list.pcap -w run -e list
	[ ! -e run_flows.txt ]
}

@test "all crafted captures and the town: all flows and the rest are the capture" {
	for c in core proto cap; do
		crafted "$c-x" >/dev/null 2>&1 || true
	done
	mapfile -t f < <(find "$T2_CAP" -type f \( -name 'core*' -o -name 'link*' -o -name 'frag*' \
	    -o -name 'extract*' -o -name 'tcp*' -o -name 'cap-[upn][sag]*.pcap*' \) \
	    ! -name '*bad*' ! -name '*cut*' ! -name '*simple*' | sort)
	[ "${#f[@]}" -gt 10 ]
	is "$(/usr/bin/python3 "$T2_TESTS/extract.py" whole . "${f[@]}" \
	    "$T2_TOP/examples/town.pcap")" </dev/null
	is "$(/usr/bin/python3 "$T2_TESTS/extract.py" flows . 40 "$T2_TOP/examples/town.pcap")" \
	    </dev/null
}

@test "corpus: all flows and the rest are the capture, flows keep their records" {
	corpus
	mapfile -t f < <(find "$T2_CORPUS" -name '*.pcap*' | sort)
	is "$(/usr/bin/python3 "$T2_TESTS/extract.py" whole . "${f[@]}")" </dev/null
	is "$(/usr/bin/python3 "$T2_TESTS/extract.py" flows . 2 "${f[@]}")" </dev/null
}
