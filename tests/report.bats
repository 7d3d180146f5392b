#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# report.bats - the start lines and the end report of t2, line by line, on the captures of
# craft/report.py.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	PREFIX=$BATS_TEST_TMPDIR/out/x
}

# report CAPTURE [OPTION...]: what t2 tells, without what differs from run to run
report() {
	local f
	f=$(crafted "$1") || return 1
	shift
	t2 "$@" -r "$f" -w "$PREFIX" | fixed
}

fixed() {
	local version
	version=$(t2 -V | cut -d ' ' -f 2)
	sed -E "s/${version//./\\.}/VERSION/"'
		s/^(.INF. basicFlow: IPv[46] ).*/\1N/
		s/PID: [0-9]+/PID: N/; s/^(Finished .*: )[0-9]+\.[0-9]{6} sec$/\1T sec/
		s/^(Memory usage: )[0-9]+\.[0-9][0-9] GB \[[0-9]+\.[0-9][0-9]%\]$/\1N/
		s|^(Processing .*: )/.*/|\1|'
}

# line TEXT CAPTURE [OPTION...]: the report's lines that begin with TEXT
line() {
	local text=$1
	shift
	report "$@" | awk -v t="$text" 'index($0, t) == 1'
}

@test "two packets of 46 bytes" {
	is "$(report report-two -p basicFlow | sed 1,3d)" <<-'EOT'
		[INF] Creating flows for L2, IPv4, IPv6
		Active plugins:
		    01: basicFlow, VERSION
		    02: txtSink, VERSION
		[INF] basicFlow: IPv4 N
		[INF] basicFlow: IPv6 N
		Processing file: report-two.pcap
		Link layer type: Ethernet [EN10MB/1]
		Dump start: 1000000000.000000 sec (Sun 09 Sep 2001 01:46:40 GMT)
		Dump stop : 1000000000.100000 sec (Sun 09 Sep 2001 01:46:40 GMT)
		Total dump duration: 0.100000 sec
		Finished processing. Elapsed time: T sec
		Finished unloading flow memory. Time: T sec
		Percentage completed: 100.00%
		Number of processed packets: 2
		Number of processed bytes: 92
		Number of raw bytes: 92
		Number of pcap bytes: 148
		Number of IPv4 packets: 2 [100.00%]
		Number of A packets: 2 [100.00%]
		Number of A bytes: 92 [100.00%]
		Average A packet load: 46.00
		Average B packet load: 0.00
		--------------------------------------------------------------------------------
		--------------------------------------------------------------------------------
		Headers count: min: 3, max: 3, average: 3.00
		Number of UDP packets: 2 [100.00%]
		Number of UDP bytes: 92 [100.00%]
		~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
		Number of processed   flows: 1
		Number of processed A flows: 1 [100.00%]
		Number of request     flows: 1 [100.00%]
		Total   A/B    flow asymmetry: 1.00
		Total req/rply flow asymmetry: 1.00
		Number of processed   packets/flows: 2.00
		Number of processed A packets/flows: 2.00
		Number of processed total packets/s: 20.00
		Number of processed A+B packets/s: 20.00
		Number of processed A   packets/s: 20.00
		~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
		Number of average processed flows/s: 10.00
		Average full raw bandwidth: 7360 b/s (7.36 Kb/s)
		Average full bandwidth : 7360 b/s (7.36 Kb/s)
		Max number of flows in memory: 1 [0.00%]
		Memory usage: N
		Aggregate flow status: 0x0000000000004000
		[INF] IPv4
	EOT
}

@test "the banner: version and process id between rulers" {
	is "$(report report-two | head -3)" <<-'EOT'
		================================================================================
		t2 VERSION. PID: N
		================================================================================
	EOT
}

@test "a capture without packets" {
	is "$(report report-none -p basicFlow | sed 1,9d)" <<-'EOT'
		Processing file: report-none.pcap
		Link layer type: Ethernet [EN10MB/1]
		Dump stop : 0.000000 sec (Thu 01 Jan 1970 00:00:00 GMT)
		Total dump duration: 0.000000 sec
		Finished processing. Elapsed time: T sec
		Finished unloading flow memory. Time: T sec
		Percentage completed: 100.00%
		Number of pcap bytes: 24
		Average A packet load: 0.00
		Average B packet load: 0.00
		--------------------------------------------------------------------------------
		--------------------------------------------------------------------------------
		Headers count: min: 0, max: 0, average: 0.00
		~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
		~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
		Memory usage: N
		Aggregate flow status: 0x0000000000000000
	EOT
}

@test "a bit of everything: all counts, the snapped packet, warnings before information" {
	want report-mix report report-mix
}

@test "all plugins in their order, each with its lines" {
	is "$(report report-mix | grep -o '^[a-zA-Z]*: ' | uniq)" <<-'EOT'
		basicStats: 
		tcpFlags: 
		tcpStates: 
		icmpDecode: 
		connStat: 
	EOT
}

@test "only layer 2: no IP lines, no rates of B" {
	is "$(report report-l2 -p basicFlow | sed '1,/^Number of pcap/d; /^[-~=]/d')" <<-'EOT'
		Number of A packets: 2 [100.00%]
		Number of A bytes: 102 [100.00%]
		Average A packet load: 51.00
		Average B packet load: 0.00
		Headers count: min: 2, max: 2, average: 2.00
		Number of ARP packets: 1 [50.00%]
		Number of processed   flows: 2
		Number of processed A flows: 2 [100.00%]
		Number of request     flows: 2 [100.00%]
		Total   A/B    flow asymmetry: 1.00
		Total req/rply flow asymmetry: 1.00
		Number of processed   packets/flows: 1.00
		Number of processed A packets/flows: 1.00
		Number of processed total packets/s: 2.00
		Number of processed A+B packets/s: 2.00
		Number of processed A   packets/s: 2.00
		Number of average processed flows/s: 2.00
		Average full raw bandwidth: 816 b/s
		Average full bandwidth : 0 b/s
		Max number of flows in memory: 2 [0.00%]
		Memory usage: N
		Aggregate flow status: 0x0000080000000044
		[INF] Ethernet flows
		[INF] ARP flows
	EOT
}

@test "ARP lines can be left out, as in the reference" {
	[ -n "$(line 'Number of ARP' report-mix)" ]
	[ -n "$(line 'Number of RARP' report-mix)" ]
	is "$(line 'Number of ARP' report-mix -o REPORT_ARP=0)" </dev/null
	is "$(line 'Number of RARP' report-mix -o compat=0.8.4)" </dev/null
}

@test "time runs backwards: a negative duration, no rates" {
	is "$(line 'Total dump' report-back)" <<<'Total dump duration: -1.000000 sec'
	is "$(report report-back | grep -c -e '/s: ' -e 'b/s')" <<<0
}

@test "more than 1023 packets have a unit" {
	is "$(line 'Number of processed packets' report-ports)" <<-'EOT'
		Number of processed packets: 1118 (1.12 K)
	EOT
	is "$(line 'Number of UDP packets' report-ports)" <<-'EOT'
		Number of UDP packets: 1107 (1.11 K) [99.02%]
	EOT
}

@test "a filter is told, and its packets do not exist" {
	t2 -r "$(crafted report-mix)" -w "$PREFIX" udp port 53 >"$BATS_TEST_TMPDIR/r"
	grep -x '\[INF\] BPF: udp port 53' "$BATS_TEST_TMPDIR/r"
	grep -x 'Number of processed packets: 2' "$BATS_TEST_TMPDIR/r"
	# 24 + (62 + 102) + 2 * 16 of 1548 bytes
	grep -x 'Percentage completed: 14.21%' "$BATS_TEST_TMPDIR/r"
}

@test "the modes that make flows" {
	is "$(line '[INF] Creating' report-two -o IPV6_ACTIVATE=0)" <<<'[INF] Creating flows for L2, IPv4'
	is "$(line '[INF] Creating' report-two -o ETH_ACTIVATE=0 -o IPV6_ACTIVATE=1)" \
		<<<'[INF] Creating flows for IPv6'
}

@test "several captures: the list, each file, no size of one file" {
	local two later
	two=$(crafted report-two) later=$(crafted report-later)
	printf '# my captures\n%s\r\n%s\n' "$two" "$later" >"$BATS_TEST_TMPDIR/list"
	t2 -R "$BATS_TEST_TMPDIR/list" -w "$PREFIX" -p basicFlow >"$BATS_TEST_TMPDIR/r"
	is "$(grep -A2 Checking "$BATS_TEST_TMPDIR/r")" <<-EOT
		Checking list file
		    checking file '$two'
		    checking file '$later'
	EOT
	is "$(grep -e ^Proc -e ^Link -e ^Dump -e ^Total\ dump "$BATS_TEST_TMPDIR/r" | fixed)" <<-'EOT'
		Processing list file: list
		Processing file no. 1 of 2: report-two.pcap
		Link layer type: Ethernet [EN10MB/1]
		Dump start: 1000000000.000000 sec (Sun 09 Sep 2001 01:46:40 GMT)
		Processing file no. 2 of 2: report-later.pcap
		Link layer type: Ethernet [EN10MB/1]
		Dump stop : 1000000003.000000 sec (Sun 09 Sep 2001 01:46:43 GMT)
		Total dump duration: 3.000000 sec
	EOT
	is "$(grep -e pcap\ bytes -e Percentage -e 'processed packets:' "$BATS_TEST_TMPDIR/r")" <<-'EOT'
		Percentage completed: 100.00%
		Number of processed packets: 4
	EOT
}

@test "stdin: no percentage, no size" {
	t2 -r - -w "$PREFIX" <"$(crafted report-two)" >"$BATS_TEST_TMPDIR/r"
	grep -x 'Processing file: -' "$BATS_TEST_TMPDIR/r"
	is "$(grep -c -e Percentage -e 'pcap bytes' "$BATS_TEST_TMPDIR/r")" <<<0
}

@test "compressed and pcapng input count as they lie in the file" {
	needs editcap
	gzip -c "$(crafted report-mix)" >"$BATS_TEST_TMPDIR/m.pcap.gz"
	editcap -F pcapng "$(crafted report-mix)" "$BATS_TEST_TMPDIR/m.pcapng"
	for f in m.pcap.gz m.pcapng; do
		t2 -r "$BATS_TEST_TMPDIR/$f" -w "$PREFIX" >"$BATS_TEST_TMPDIR/r"
		grep -x 'Percentage completed: 100.00%' "$BATS_TEST_TMPDIR/r"
		grep -x "Number of pcap bytes: $(stat -c %s "$BATS_TEST_TMPDIR/$f").*" "$BATS_TEST_TMPDIR/r"
		grep -x 'Link layer type: Ethernet \[EN10MB/1\]' "$BATS_TEST_TMPDIR/r"
	done
}

@test "a capture that ends early: the rest is reported, exit status 1" {
	head -c 120 "$(crafted report-two)" >"$BATS_TEST_TMPDIR/cut.pcap"
	run -1 --separate-stderr t2 -r "$BATS_TEST_TMPDIR/cut.pcap" -w "$PREFIX"
	grep -x 'Number of processed packets: 1' <<<"$output"
	grep -x 'Percentage completed: 71.67%' <<<"$output"
	[[ $stderr == "t2: $BATS_TEST_TMPDIR/cut.pcap: byte 86: "* ]]
}

# ----- colours

# on_terminal COMMAND: its output on a terminal
on_terminal() {
	script -qec "$1" /dev/null </dev/null | tr -d '\r'
}

@test "colours on a terminal only" {
	needs script
	local f esc=$'\033'
	f=$(crafted report-mix)
	on_terminal "t2 -r $f -w $PREFIX" >"$BATS_TEST_TMPDIR/r"
	grep -qxF "${esc}[33m[WRN] L2 header snapped${esc}[0m" "$BATS_TEST_TMPDIR/r"
	grep -qxF "${esc}[34m[INF] IPv4${esc}[0m" "$BATS_TEST_TMPDIR/r"
	grep -q "^${esc}\[1mconnStat${esc}\[0m: Number" "$BATS_TEST_TMPDIR/r"
	# without them it is the same text
	is "$(sed "s/${esc}\[[0-9]*m//g" "$BATS_TEST_TMPDIR/r" | fixed)" < <(report report-mix)
	report report-mix >"$BATS_TEST_TMPDIR/r"
	run ! grep -q "$esc" "$BATS_TEST_TMPDIR/r"
}

@test "NO_COLOR, if not empty, switches colours off" {
	needs script
	local f
	f=$(crafted report-mix)
	NO_COLOR=1 on_terminal "t2 -r $f -w $PREFIX" >"$BATS_TEST_TMPDIR/r"
	run ! grep -q $'\033' "$BATS_TEST_TMPDIR/r"
	NO_COLOR='' on_terminal "t2 -r $f -w $PREFIX" >"$BATS_TEST_TMPDIR/r"
	grep -q $'\033' "$BATS_TEST_TMPDIR/r"
}

@test "no progress line in a short run, in a pipe or a file" {
	needs script
	local f
	f=$(crafted report-mix)
	on_terminal "t2 -r $f -w $PREFIX -l" >"$BATS_TEST_TMPDIR/r"
	[ ! -s "$BATS_TEST_TMPDIR/r" ]
	run -0 --separate-stderr t2 -r "$f" -w "$PREFIX"
	[ -z "$stderr" ]
}

@test "a slow input on a terminal: packets and rate, no percentage of a pipe" {
	needs script
	local f
	f=$(crafted report-two)
	on_terminal "(head -c 86 $f; sleep 1.2; tail -c +87 $f) | t2 -r - -w $PREFIX -l" \
		>"$BATS_TEST_TMPDIR/r"
	grep -q '[12] packets  [0-9]*/s' "$BATS_TEST_TMPDIR/r"
	run ! grep -q '%' "$BATS_TEST_TMPDIR/r"
}
