#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# series.bats - many captures as one: -D with numbered ones that may still be written, -R with
# hundreds.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	TOWN=$T2_TOP/examples/town.pcap
}

teardown() {
	for p in $(jobs -p); do
		kill -KILL "$p" 2>/dev/null || true
	done
}

# cut_up FILE N NAME FIRST: its packets in that many files, named by a format for the number, which
# begins with FIRST, or by a name that it is put behind, without a 0
cut_up() {
	/usr/bin/python3 -c '
import struct, sys
d = open(sys.argv[1], "rb").read()
n, form, first = int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
at, v = 24, []
while at < len(d):
    size = 16 + struct.unpack_from("<I", d, at + 8)[0]
    v.append(d[at:at + size])
    at += size
for i in range(n):
    name = form % (first + i) if "%" in form else form + (str(first + i) if first + i else "")
    open(name, "wb").write(d[:24] + b"".join(v[len(v) * i // n:len(v) * (i + 1) // n]))' "$@"
}

# read_files REPORT: the files that were read, in one line
read_files() {
	sed -n 's/^Processing file: //p' "$1" | tr '\n' ' '
}

@test "-R over 200 captures: the flows, packets and counts of one" {
	mkdir parts
	cut_up "$TOWN" 200 parts/town%03d.pcap 0
	ls parts/* >list
	same 200 "$(wc -l <list)"
	t2 -R list -s -w many >report.many
	t2 -r "$TOWN" -s -w one >report.one
	for f in flows packets protocols icmpStats; do
		cmp many_$f.txt one_$f.txt
	done
	differ='^(t2 |Processing|Checking|    checking|Link layer|Finished|Percentage|Number of pcap bytes|Memory)'
	diff <(grep -vE "$differ" report.many) <(grep -vE "$differ" report.one)
	grep -qx 'Percentage completed: 100.00%' report.many
}

@test "-D: numbers that grow, with a fixed width, behind another character, with a pattern" {
	read_all() {
		local want=$1 prefix=$2
		shift 2
		rm -rf out
		t2 "$@" -p basicFlow,basicStats -w out/ >report
		same "$want " "$(read_files report)"
		cmp "out/${prefix}_flows.txt" one_flows.txt
		grep -qx 'Percentage completed: 100.00%' report
	}
	t2 -r "$TOWN" -p basicFlow,basicStats -w one >/dev/null
	cut_up "$TOWN" 3 out.pcap 0
	read_all 'out.pcap out.pcap1 out.pcap2' out -D out.pcap,2
	rm out.pcap*
	cut_up "$TOWN" 3 out%02d.pcap 0
	read_all 'out00.pcap out01.pcap out02.pcap' out00 -D out00.pcap:t,2
	read_all 'out00.pcap out01.pcap out02.pcap' out00 --series=out00.pcap:t,02
	rm out0*
	cut_up "$TOWN" 3 x%d.pcap 9
	read_all 'x9.pcap x10.pcap x11.pcap' x9 -D x9.pcap:x,11
	read_all "$PWD/x9.pcap $PWD/x10.pcap $PWD/x11.pcap" x9 -D "$PWD/x9.pcap:x,11"
	rm x*
	cut_up "$TOWN" 2 dump_2026_%d.pcap 24
	mv dump_2026_24.pcap dump_24.pcap00
	mv dump_2026_25.pcap dump_25.pcap01
	read_all 'dump_24.pcap00 dump_25.pcap01' dump_24 -D 'd*.pcap00,1'
	# as dumpcap numbers
	rm dump*
	cut_up "$TOWN" 2 ring_%05d_20261122.pcap 1
	read_all 'ring_00001_20261122.pcap ring_00002_20261122.pcap' ring_00001_20261122 \
	    -D 'ring_00001_*.pcap:_,2'
	# width 1 ends behind 9 by itself; the sum of all bytes
	rm ring*
	cut_up "$TOWN" 10 y%02d.pcap 90
	t2 -D y90.pcap:y,99 -p basicFlow -w all >report
	grep -qx "Number of pcap bytes: $(cat y*.pcap | wc -c) (1.25 M)" report
	cut_up "$TOWN" 100 z%02d.pcap 0
	t2flow -D z00.pcap:z -p basicFlow,basicStats | cmp - one_flows.txt
}

@test "-D: a file that appears during the run is read; the first may come late too" {
	cut_up "$TOWN" 3 part%d 0
	mkdir in
	t2flow -r "$TOWN" >one
	t2flow -D in/x.pcap0,2 >out 2>err 3>&- &
	pid=$!
	until_true 5 grep -qx 't2flow: in/x.pcap0: waiting for this file' err
	for no in 0 1 2; do             # i is a variable of run
		run ! ended $pid
		cp part$no in/new
		mv in/new in/x.pcap$no
		sleep 0.5
	done
	ends $pid 0
	cmp out one
}

@test "-D: a file that is still being written is read to its end, then the next" {
	cut_up "$TOWN" 2 part%d 0
	t2flow -r "$TOWN" >one
	: >x.pcap0
	t2flow -D x.pcap0,1 >out 3>&- &
	pid=$!
	# in pieces that end within headers and packets
	size=$(stat -c %s part0)
	for cut in 10 30 100000 100010 400000; do
		head -c $cut part0 | tail -c +$(($(stat -c %s x.pcap0) + 1)) >>x.pcap0
		sleep 0.3
	done
	run ! ended $pid
	tail -c +400001 part0 >>x.pcap0
	same "$size" "$(stat -c %s x.pcap0)"
	cp part1 x.pcap1
	ends $pid 0
	cmp out one
}

@test "-D without an end: a signal ends the waiting, flows are written" {
	cut_up "$TOWN" 2 x.pcap 0
	t2flow -r "$TOWN" -w one
	for sig in INT TERM; do
		rm -f report            # of the run before
		t2 -D x.pcap -w $sig >report 3>&- &
		pid=$!
		until_true 5 grep -q 'file: x.pcap1' report
		sleep 0.5
		run ! ended $pid
		kill -$sig $pid
		ends $pid 0
		cmp ${sig}_flows.txt one_flows.txt
		same 'x.pcap x.pcap1 ' "$(read_files report)"
	done
	# also before there is any file; then there is nothing to write
	t2 -D nothing.pcap7 -w none >report 2>err 3>&- &
	pid=$!
	until_true 5 grep -q waiting err
	kill -INT $pid
	ends $pid 1
	grep -q 'ended by a signal' err
}

@test "-D: a file that is no capture, or damaged, is told; the others are read" {
	cut_up "$TOWN" 3 x.pcap 0
	echo 'this is no capture' >x.pcap1
	head -c 1000 x.pcap2 >part
	mv part x.pcap2
	run -1 --separate-stderr t2flow -D x.pcap,2 -p basicFlow
	[[ $stderr == *'x.pcap1: not a capture file'*'x.pcap2: byte '*': the file ends within a packet'* ]]
	[ "${#lines[@]}" -gt 100 ]
}

@test "all tools: -D" {
	cut_up "$TOWN" 2 x.pcap 0
	for t in t2flow t2pkt t2proto t2icmp; do
		$t -r "$TOWN" >one
		$t -D x.pcap,1 | cmp - one
		$t --series x.pcap,1 | cmp - one
	done
}

@test "misuse of -D is status 2" {
	for d in zzz1 zzz1,-2 out.pcap,x 'out.pcap,' out.pcap: out.pcap:,2 x5.pcap:x,4 'out.pcap,1x'; do
		run -2 --separate-stderr t2flow -D "$d"
		[[ ${stderr%%$'\n'*} == "t2flow: -D '$d': "*'must be EXPR[:SCHR][,STOP]' ]] ||
		    { echo "$d: $stderr"; return 1; }
	done
	run -2 t2flow -D x.pcap -r x.pcap
	run -2 t2flow -D x.pcap -i lo
	run -2 t2flow -D x.pcap --index x
	run -2 t2 -D x.pcap -X
	run -2 t2 -D x.pcap --hash
}
