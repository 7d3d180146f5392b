#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# live.bats - input that is still being made: streams on stdin, what signals do to a run.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
	cd "$W" || return
}

teardown() {
	for p in $(jobs -p); do
		kill -KILL "$p" 2>/dev/null || true
	done
}

# capture now|old: a classic capture on stdout: header, then for each line "TIME PORT [PAUSE]" of
# stdin a UDP packet from that port, TIME s after now or after 2001, with a pause of so many
# seconds in its midst
capture() {
	/usr/bin/python3 -c '
import struct, sys, time
out = sys.stdout.buffer
def put(b):
    out.write(b)
    out.flush()
put(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
for line in iter(sys.stdin.readline, ""):
    w = line.split()
    t = (time.time() if sys.argv[1] == "now" else 1000000000) + float(w[0])
    ip = bytes.fromhex("450000240001000040110000" "0a000001" "0a000002")
    frame = bytes(range(12)) + b"\x08\x00" + ip + struct.pack(">HHHH", int(w[1]), 9, 16, 0) + bytes(8)
    record = struct.pack("<IIII", int(t), int(t % 1 * 1000000), len(frame), len(frame)) + frame
    if len(w) > 2:
        put(record[:20])
        time.sleep(float(w[2]))
        record = record[20:]
    put(record)' "$1"
}

# ports FILE: the source ports of its records, in their order
ports() {
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "srcPort") c = i; next }
	    { printf "%s ", $c } END { print "" }' "$1"
}

# feed now|then: starts capture with fd 8 as its stdin and $W/pipe as its output
feed() {
	mkfifo lines pipe
	capture "$1" <lines >pipe 3>&- &
	exec 8>lines
}

# catches_int PID: would it notice a Ctrl-C by now?  One that comes before that is lost: the
# shell has its background ignore it.
catches_int() {
	local mask
	mask=$(sed -n 's/^SigCgt:[[:blank:]]*//p' "/proc/$1/status")
	((0x${mask:-0} & 1 << 1))
}

@test "a stream on stdin that pauses, also within a packet: the same as the file" {
	feed old
	t2flow -r - <pipe >out 3>&- 8>&- &
	pid=$!
	printf '0 1\n1 2 0.5\n2 3\n' >&8
	exec 8>&-
	ends $pid 0
	same '1 2 3 ' "$(ports out)"
}

@test "SIGTERM, SIGINT and SIGHUP while stdin is open: all flows are written, status 0" {
	for sig in TERM INT HUP; do
		rm -f lines pipe report        # an old report would be taken for that of this run
		feed old
		t2 -r - -w "$sig" <pipe >report 2>err 3>&- 8>&- &
		pid=$!
		printf '0 1\n1 2\n2 3\n' >&8
		until_true 10 grep -q '^Dump start' report
		sleep 0.3
		kill -$sig $pid
		ends $pid 0
		exec 8>&-
		wait
		same '1 2 3 ' "$(ports ${sig}_flows.txt)"
		grep -qx "\[INF\] SIG$sig: Stop reading, write all flows" report
		grep -qx 'Number of processed packets: 3' report
		grep -q '^Aggregate flow status' report
		[ ! -s err ]
	done
}

@test "a signal within a packet: what is whole counts, no damage is told" {
	feed old
	t2 -r - -w x <pipe >report 2>err 3>&- 8>&- &
	pid=$!
	printf '0 1\n1 2 60\n' >&8
	until_true 10 grep -q '^Dump start' report
	sleep 0.5               # the first half of the second packet is read, too
	kill -INT $pid
	ends $pid 0
	exec 8>&-
	same '1 ' "$(ports x_flows.txt)"
	[ ! -s err ]
}

@test "a signal while files are read: what was read is written" {
	# each packet ends the flow before it, and nobody reads the records yet
	for i in {1..500}; do echo "$i $i"; done | capture old >some.pcap
	for _ in {1..20}; do echo some.pcap; done >list
	mkfifo full
	exec 7<>full
	t2 -R list -w - -o FLOW_TIMEOUT=0 >full 2>report 3>&- 7>&- &
	pid=$!
	until_true 10 grep -q '^Dump start' report
	sleep 0.3
	kill -TERM $pid
	cat full >out 3>&- 7>&- &
	ends $pid 0
	exec 7>&-
	wait
	n=$(sed -n 's/^Number of processed packets: \([0-9]*\).*/\1/p' report)
	echo "$n packets"
	[ "$n" -gt 100 ] && [ "$n" -lt 9000 ]
	[ "$(tail -n +2 out | wc -l)" -eq "$n" ]
}

@test "the second signal ends at once" {
	feed old
	mkfifo full
	# the reader of the records does not read: the first signal cannot come to its end
	exec 7<>full
	t2flow -r - <pipe >full 3>&- 8>&- 7>&- &
	pid=$!
	{ for i in {1..1000}; do echo "$i $i"; done; } >&8
	until_true 10 catches_int $pid
	sleep 1
	kill -INT $pid
	sleep 0.6
	run ! ended $pid
	kill -INT $pid
	ends $pid 130
	exec 8>&- 7>&-
}

@test "two signals in one moment, as from timeout(1), count once" {
	feed old
	timeout 4 t2flow -r - <pipe >out 3>&- 8>&- &
	pid=$!
	printf '0 1\n1 2\n' >&8
	ends $pid 124           # of timeout itself
	exec 8>&-
	until_true 5 grep -q . out
	same '1 2 ' "$(ports out)"
}

@test "SIGINT_DRAIN=1: after a Ctrl-C no new flows, the old ones end by themselves" {
	feed now
	t2 -r - -o SIGINT_DRAIN=1 -o FLOW_TIMEOUT=2 -p basicFlow,basicStats -w x <pipe >report 3>&- 8>&- &
	pid=$!
	printf '0 1\n0 2\n' >&8
	until_true 10 grep -q '^Dump start' report
	kill -INT $pid
	until_true 5 grep -qx '\[INF\] SIGINT: Stop flow creation, when all pending flows timeout (2s): exit' report
	run ! ended $pid
	printf '0 2\n0 3\n' >&8
	ends $pid 0
	exec 8>&-
	same '1 2 ' "$(ports x_flows.txt)"
	grep -qx 'Number of processed packets: 4' report
	grep -qx 'Number of packets without flow: 1 \[25.00%\]' report
	run ! grep -q 'Stop reading' report
}

@test "SIGINT_DRAIN=1: the second Ctrl-C, or SIGTERM, writes all flows now" {
	for sig in INT TERM; do
		rm -f lines pipe report        # an old report would be taken for that of this run
		feed old
		t2 -r - -o SIGINT_DRAIN=1 -p basicFlow,basicStats -w $sig <pipe >report 3>&- 8>&- &
		pid=$!
		printf '0 1\n0 2\n' >&8
		until_true 10 grep -q '^Dump start' report
		kill -INT $pid
		until_true 5 grep -q 'Stop flow creation' report
		sleep 0.5
		run ! ended $pid
		kill -$sig $pid
		ends $pid 0
		exec 8>&-
		wait
		same '1 2 ' "$(ports ${sig}_flows.txt)"
		grep -qx "\[INF\] SIG$sig: Stop reading, write all flows" report
	done
}

@test "a live stream that falls silent: flows end by the clock, and are seen at once" {
	feed now
	t2flow -r - -o FLOW_TIMEOUT=2 <pipe >out 3>&- 8>&- &
	pid=$!
	printf '0 1\n0 2\n' >&8
	sleep 1
	same ' ' "$(ports out) "
	until_true 5 grep -q '^A' out
	same '1 2 ' "$(ports out)"
	# the same addresses and ports are a new flow now
	printf '0 1\n' >&8
	sleep 1
	kill -TERM $pid
	ends $pid 0
	exec 8>&-
	same '1 2 1 ' "$(ports out)"
}

@test "an old capture in a slow pipe: silence means nothing" {
	feed old
	t2flow -r - -o FLOW_TIMEOUT=1 <pipe >out 3>&- 8>&- &
	pid=$!
	printf '0 1\n' >&8
	sleep 2.5
	printf '0.5 1\n' >&8
	exec 8>&-
	ends $pid 0
	same '1 ' "$(ports out)"
}
