#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# cap.bats - captures as they come: formats, compression, several files, filters, damage, and files
# that are none.  Captures: craft/cap.py; most hold the same three packets.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
	ROWS='A eth:ipv4:udp 1000000000.000000 1111 53 8
B eth:ipv4:udp 1000000000.250000 53 1111 8
A eth:arp 1000000001.500000 0 0 28'
}

# rows FILE [OPTION...]
rows() {
	local f=$1
	shift
	flows "$f" 'dir hdrDesc timeFirst srcPort dstPort numBytesSnt' "$@"
}

# t2flow with its output counted: "N records" and stderr
records() {
	local status=0
	t2flow "$@" >"$W/out" 2>"$W/err" || status=$?
	echo "$(tail -n +2 "$W/out" | wc -l) records, status $status"
	cat "$W/err"
}

@test "classic captures: both byte orders, micro- and nanoseconds, patched" {
	for f in us-le us-be ns-le ns-be patched-le patched-be; do
		same "$ROWS" "$(rows cap-$f)"
	done
	is "$(flows cap-ns-digits timeFirst -o TSTAMP_PREC=1)" <<-E
	1000000000.123456789
	E
	is "$(flows cap-ns-digits timeFirst)" <<-E
	1000000000.123456
	E
	same "$ROWS" "$(rows cap-fcs)"
}

@test "pcapng: both byte orders" {
	for f in le be; do
		same "$ROWS" "$(rows cap-ng-$f.pcapng)"
	done
}

@test "pcapng: interfaces of different link type, time unit and offset" {
	is "$(rows cap-ng-two.pcapng)" <<-E
	A eth:ipv4:udp 1000000000.000000 1111 53 8
	B raw:ipv4:udp 1000000000.250000 53 1111 8
	A eth:arp 1000000001.500000 0 0 28
	E
	same "$ROWS" "$(rows cap-ng-offset.pcapng)"
	is "$(flows cap-ng-units.pcapng 'dstPort timeFirst' -o TSTAMP_PREC=1)" <<-E
	2 1000000000.500000000
	3 1000000000.500000000
	4 1000000000.500000000
	5 1000000002.000000000
	E
	is "$(flows cap-ng-many.pcapng 'hdrDesc_PktCnt' -o BFO_HDRDESC_PKTCNT=1)" <<-E
	raw:ipv4:udp_50;eth:ipv4:udp_50
	E
}

@test "pcapng: simple and obsolete packet blocks" {
	# simple ones have no time: that of the packet before
	is "$(rows cap-ng-simple.pcapng)" <<-E
	A eth:ipv4:udp 1000000000.000000 1111 53 8
	B eth:ipv4:udp 1000000000.000000 53 1111 8
	A eth:arp 1000000000.000000 0 0 28
	E
	is "$(flows cap-ng-simple-snap.pcapng 'flowStat timeFirst')" <<-E
	0x0000000200004000 0.000000
	E
	same "$ROWS" "$(rows cap-ng-obsolete.pcapng)"
}

@test "pcapng: unknown blocks, several sections" {
	same "$ROWS" "$(rows cap-ng-unknown.pcapng)"
	is "$(rows cap-ng-sections.pcapng)" <<-E
	A raw:ipv4:udp 1000000000.000000 1111 53 8
	B eth:ipv4:udp 1000000000.250000 53 1111 8
	A eth:arp 1000000001.500000 0 0 28
	E
}

@test "stdin: -r - from a pipe and a file" {
	f=$(crafted cap-us-le)
	same "$ROWS" "$(rows - <"$f")"
	# shellcheck disable=SC2002
	same "$ROWS" "$(cat "$f" | rows -)"
	# in small pieces
	same "$ROWS" "$({ head -c 3 "$f"; sleep .05; tail -c +4 "$f" | head -c 30; sleep .05; tail -c +34 "$f"; } | rows -)"
	# shellcheck disable=SC2002
	same "$ROWS" "$(cat "$(crafted cap-gz.pcap.gz)" | rows -)"
}

@test "gzip: one member, several, empty ones, whatever the name" {
	for f in gz.pcap.gz gz-members.pcap.gz gz-ng.gz gz-empty-member.gz; do
		same "$ROWS" "$(rows cap-$f)"
	done
	cp "$(crafted cap-gz.pcap.gz)" "$W/plain.pcap"
	same "$ROWS" "$(rows "$W/plain.pcap")"
	gzip -c "$(crafted cap-long)" >"$W/long"
	same "$(flows cap-long 'flowInd srcPort numPktsSnt')" "$(flows "$W/long" 'flowInd srcPort numPktsSnt')"
}

@test "zstd: one frame, several" {
	needs zstd
	for n in 1 2; do
		zstd -q -c "$(crafted cap-part$n.bin)"
	done >"$W/frames"
	zstd -q -19 -c "$(crafted cap-us-le)" >"$W/whole.zst"
	same "$ROWS" "$(rows "$W/frames")"
	same "$ROWS" "$(rows "$W/whole.zst")"
	zstd -q -c "$(crafted cap-long)" | head -c 3000 >"$W/cut.zst"
	run -0 records -r "$W/cut.zst"
	[[ ${lines[0]} == *', status 1' ]]
	[ "${#lines[@]}" -eq 2 ]
}

@test "gzip that is cut, damaged or followed by garbage" {
	run -0 records -r "$(crafted cap-gz-cut.gz)"
	same '7 records, status 1' "${lines[0]}"
	[[ ${lines[1]} =~ ^t2flow:\ .*/cap-gz-cut.gz:\ byte\ [0-9]+:\ the\ compressed\ data\ end\ too\ early$ ]]
	[ "${#lines[@]}" -eq 2 ]
	[ "$(t2flow -r "$(crafted cap-gz-cut.gz)" 2>/dev/null | wc -l)" -eq 8 ]
	run -0 records -r "$(crafted cap-gz-damaged.gz)"
	same '7 records, status 1' "${lines[0]}"
	[ "${#lines[@]}" -eq 2 ]
	run -0 records -r "$(crafted cap-gz-trailing.gz)"
	same '3 records, status 1' "${lines[0]}"
	[ "${#lines[@]}" -eq 2 ]
}

@test "several -r are one stream" {
	cd "$(dirname "$(crafted cap-us-le)")"
	t2flow -p basicFlow,basicStats -r cap-us-le.pcap -r cap-ng-be.pcapng -r cap-ns-be.pcap >"$W/out"
	is "$(cut -f 1,2,23 "$W/out" | tail -n +2 | tr '\t' ' ')" <<-E
	A 1 3
	B 1 3
	A 2 3
	E
}

@test "-R: comments, CR-LF, empty lines, missing entries" {
	cd "$(dirname "$(crafted cap-us-le)")"
	printf '%s\n' '# a list' cap-us-le.pcap '' nothing-here.pcap '#cap-cut-head.pcap' >"$W/list"
	printf 'cap-us-be.pcap\r\n' >>"$W/list"
	run -0 records -R "$W/list" -p basicFlow,basicStats
	is "$output" <<-E
	3 records, status 1
	t2flow: nothing-here.pcap: No such file or directory
	E
	is "$(cut -f 1,2,23 "$W/out" | tail -n +2 | tr '\t' ' ')" <<-E
	A 1 2
	B 1 2
	A 2 2
	E
	same "$(t2flow -R "$W/list" 2>/dev/null)" "$(t2flow -R - <"$W/list" 2>/dev/null)"
	# the last line needs no end, the first may have an editor's mark
	printf '\357\273\277cap-us-le.pcap' >"$W/list"
	run -0 records -R "$W/list"
	same '3 records, status 0' "$output"
	printf 'cap-us-le.pcap\0x\n' >"$W/list"
	run -2 t2flow -R "$W/list"
	same "t2flow: $W/list: not text" "$output"
}

@test "-R: a list without captures, or that is not there" {
	printf '# nothing\n\n' >"$W/list"
	run -2 t2flow -R "$W/list"
	same "t2flow: $W/list: no captures in this list" "$output"
	run -2 t2flow -R "$W/none"
	same "t2flow: $W/none: No such file or directory" "$output"
}

@test "one bad capture among good ones: the rest is read" {
	cd "$(dirname "$(crafted cap-us-le)")"
	run -0 records -r cap-text -r cap-us-le.pcap -r cap-zero -r cap-us-be.pcap
	is "$output" <<-E
	3 records, status 1
	t2flow: cap-text: not a capture file
	t2flow: cap-zero: empty file
	E
}

@test "filter: words, one string, from a file with comments" {
	f=$(crafted cap-us-le)
	one='1 records, status 0'
	same "$one" "$(records -r "$f" udp src port 53)"
	same "$one" "$(records -r "$f" 'udp src port 53')"
	same "$one" "$(records -r "$f" -- 'udp src port 53')"
	printf '# all answers\nudp\tsrc # with comment\n port 53\n\n' >"$W/filter"
	same "$one" "$(records -r "$f" -F "$W/filter")"
	same '0 records, status 0' "$(records -r "$f" tcp)"
	same '3 records, status 0' "$(records -r "$f" '')"
	# each link type has a program of its own
	same '2 records, status 0' "$(records -r "$(crafted cap-ng-two.pcapng)" udp)"
	same '2 records, status 0' "$(records -r "$(crafted cap-ng-sections.pcapng)" ip)"
}

@test "filter: what is wrong is told before anything is written" {
	f=$(crafted cap-us-le)
	run t2flow -r "$f" foo bar
	[ "$status" -ne 0 ]
	[[ $output == "t2flow: filter 'foo bar': "* ]]
	[ "${#lines[@]}" -eq 1 ]
	: >"$W/empty"
	run -2 t2flow -r "$f" -F "$W/empty"
	same "t2flow: $W/empty: the filter is empty" "$output"
	run -2 t2flow -r "$f" -F "$W/none"
	same "t2flow: $W/none: No such file or directory" "$output"
	printf 'udp\0 and port 1\n' >"$W/nul"
	run -2 t2flow -r "$f" -F "$W/nul"
	same "t2flow: $W/nul: not text" "$output"
	echo udp >"$W/filter"
	run -2 t2flow -r "$f" -F "$W/filter" tcp
	same 't2flow: tcp: the filter is already given by -F' "$output"
}

@test "damage: what was read is reported, one line tells file and place, status 1" {
	cd "$(dirname "$(crafted cap-us-le)")"
	for n in 'cut-head.pcap:2:156:the file ends within a record header' \
	    'cut-body.pcap:2:156:the file ends within a packet' \
	    'cut-last.pcap:2:156:the file ends within a packet' \
	    'cut-second.pcap:1:90:the file ends within a packet' \
	    'huge.pcap:2:156:a record of 4294967280 bytes cannot be' \
	    'garbage.pcap:2:156:a record of 4294967295 bytes cannot be' \
	    'ng-bad-cut.pcapng:2:228:the file ends within a block' \
	    'ng-bad-head.pcapng:2:228:the file ends within a block header' \
	    'ng-bad-length.pcapng:2:228:a block length that cannot be' \
	    'ng-bad-huge.pcapng:2:228:a block length that cannot be' \
	    'ng-bad-iface.pcapng:2:228:a packet of an interface that was not described' \
	    'ng-bad-caplen.pcapng:2:228:a packet that is longer than its block' \
	    'ng-bad-short.pcapng:2:228:a packet block that is too short' \
	    'ng-bad-order.pcapng:2:228:a section header without byte-order magic'; do
		IFS=: read -r file count byte why <<<"$n"
		same "$count records, status 1
t2flow: cap-$file: byte $byte: $why" "$(records -r "cap-$file")"
	done
	same 228 "$(cat cap-ng-bad.offset)"
}

@test "no capture: one line, status 1, nothing on stdout" {
	cd "$(dirname "$(crafted cap-us-le)")"
	mkdir -p "$W/folder"
	for n in 'nothing-here:No such file or directory' 'cap-zero:empty file' \
	    'cap-three:not a capture file' 'cap-text:not a capture file' \
	    "$W/folder:Is a directory" 'cap-cut-filehead.pcap:the file ends within a file header' \
	    'cap-ng-nosection:the file ends within a section header'; do
		run -1 --separate-stderr t2flow -r "${n%%:*}"
		same "t2flow: ${n%%:*}: ${n#*:}" "$stderr"
		same '' "$output"
	done
	chmod 0 "$W/folder"
	[ "$(id -u)" -eq 0 ] || {
		run -1 t2flow -r "$W/folder/x"
		same "t2flow: $W/folder/x: Permission denied" "$output"
	}
	chmod 700 "$W/folder"
}

@test "an empty but valid capture: the header line, status 0" {
	for f in cap-empty.pcap cap-empty.pcapng cap-nothing.pcapng; do
		run -0 --separate-stderr t2flow -r "$(crafted $f)"
		[ "${#lines[@]}" -eq 1 ]
		[[ ${lines[0]} == $'%dir\tflowInd\t'* ]]
	done
}

@test "usage: errors are told on stderr with status 2" {
	run -2 --separate-stderr t2flow
	same '' "$output"
	same "$(t2flow --help)

t2flow: no input given: -r FILE, -R LIST, -D EXPR or -i IFACE
Try 't2flow --help'." "$stderr"
	run -2 --separate-stderr t2flow -p basicFlow
	same "t2flow: no input given: -r FILE, -R LIST, -D EXPR or -i IFACE
Try 't2flow --help'." "$stderr"
	run -2 --separate-stderr t2flow --no-such-option
	same '' "$output"
	[[ $stderr == *"no-such-option"*"Try 't2flow --help'." ]]
	run -2 t2flow -r
	[[ $output == *"Try 't2flow --help'." ]]
	for n in 0 1 x '' -5 99999999999; do
		run -2 t2flow --max-flows "$n" -r "$(crafted cap-us-le)"
		[[ ${lines[0]} == 't2flow: --max-flows: '* ]]
	done
	run -0 t2flow --help
	[[ ${lines[0]} == 'usage: t2flow '* ]]
	run -0 t2flow -h
	run -0 t2flow --version
	[[ $output =~ ^t2flow\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	run -0 t2flow -V
}
