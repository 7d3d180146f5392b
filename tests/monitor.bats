#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# monitor.bats - reports of a run that goes on: rows, Prometheus, signals, intervals.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	town=$T2_TOP/examples/town.pcap
}

teardown() {
	exec 9>&- || true
	[ -z "${pid:-}" ] || kill -KILL "$pid" 2>/dev/null || true
}

# minutes [OPTION...]: rows of the demo capture, one for five minutes of it, in x_monitoring.txt
minutes() {
	t2 -r "$town" -w x -m -M 300 -o MONINTTMPCP=1 "$@" >report
}

# col FILE NAME: the cells of a column
col() {
	awk -F '\t' -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i
		if (!c) print "no column " name; next } { print $c }' "$1"
}

# told TEXT [FILE]: the number behind "TEXT: " in a report
told() {
	sed -n "s/^$1: \([0-9.]*\).*/\1/p" "${2:-report}"
}

# sum FILE NAME: of a column
sum() {
	col "$1" "$2" | awk '{ n += $1 } END { printf "%d\n", n }'
}

# start [OPTION...]: t2 in the background, reading what is written to descriptor 9
start() {
	mkfifo fifo
	t2 -r - -w x "$@" <fifo >report 2>stderr &
	pid=$!
	exec 9>fifo
	head -c 500000 "$town" >&9
	await 'Dump start' report
}

# await TEXT FILE [N]: until N lines (1) of the file have the text
await() {
	local n
	for _ in $(seq 100); do
		n=$(grep -c -e "$1" "$2" 2>/dev/null || true)
		[ "${n:-0}" -lt "${3:-1}" ] || return 0
		sleep .05
	done
	echo "no $1 in $2"
	cat "$2" stderr
	return 1
}

# ending: the rest of the input
ending() {
	tail -c +500001 "$town" >&9
	exec 9>&-
	wait "$pid"
	pid=
}

# ----- rows

@test "rows: names and times" {
	minutes -o DIFF_REPORT=1
	is "$(head -n 1 x_monitoring.txt | tr '\t' ' ' | fold -s -w 90 | sed 's/ $//')" <<-'EOT'
		%repTyp time dur memUsageKB fillSzHashMap numFlows numAFlows numBFlows numPkts numAPkts
		numBPkts numV4Pkts numV6Pkts numVxPkts numBytes numABytes numBBytes numFrgV4Pkts
		numFrgV6Pkts numAlarms rawBandwidth globalWarn 0x0042Pkts 0x0042Bytes 0x00fePkts
		0x00feBytes 0x0806Pkts 0x0806Bytes 0x8035Pkts 0x8035Bytes 0x0800Pkts 0x0800Bytes
		0x86ddPkts 0x86ddBytes ICMPPkts ICMPBytes IGMPPkts IGMPBytes TCPPkts TCPBytes UDPPkts
		UDPBytes GREPkts GREBytes ICMPv6Pkts ICMPv6Bytes SCTPPkts SCTPBytes tcpScan tcpSuccScan
		tcpRetries icmpPkts icmpEchoReq icmpEchoRep connSip connDip connSipDip connSipDprt
		connFave
	EOT
	is "$(cut -f 1-3 x_monitoring.txt | tail -n +2 | tr '\t' ' ')" <<-'EOT'
		USR1MR_D 1773738300.010000 300.000000
		USR1MR_D 1773738600.010000 300.000000
		USR1MR_D 1773738900.010000 300.000000
		USR1MR_D 1773739200.010000 300.000000
		USR1MR_D 1773739500.010000 300.000000
		USR1MR_D 1773739798.727597 298.717597
	EOT
	awk -F '\t' 'NR == 1 { n = NF } NF != n { exit 1 }' x_monitoring.txt
}

@test "rows of differences add up to the end report" {
	minutes -o DIFF_REPORT=1
	same "$(told 'Number of processed packets')" "$(sum x_monitoring.txt numPkts)"
	same "$(told 'Number of processed bytes')" "$(sum x_monitoring.txt numBytes)"
	same "$(told 'Number of A packets')" "$(sum x_monitoring.txt numAPkts)"
	same "$(told 'Number of B packets')" "$(sum x_monitoring.txt numBPkts)"
	same "$(told 'Number of A bytes')" "$(sum x_monitoring.txt numABytes)"
	same "$(told 'Number of B bytes')" "$(sum x_monitoring.txt numBBytes)"
	same "$(told 'Number of IPv4 packets')" "$(sum x_monitoring.txt numV4Pkts)"
	same "$(told 'Number of IPv6 packets')" "$(sum x_monitoring.txt numV6Pkts)"
	[ -z "$(told 'Number of IPvX packets')" ]  # a line without packets is left out
	same 0 "$(sum x_monitoring.txt numVxPkts)"
	same "$(told 'Number of processed   flows')" "$(sum x_monitoring.txt numFlows)"
	same "$(told 'Number of processed A flows')" "$(sum x_monitoring.txt numAFlows)"
	same "$(told 'Number of processed B flows')" "$(sum x_monitoring.txt numBFlows)"
	same "$(told 'Number of IPv4 fragmented packets')" "$(sum x_monitoring.txt numFrgV4Pkts)"
	same "$(told 'Number of IPv6 fragmented packets')" "$(sum x_monitoring.txt numFrgV6Pkts)"
	for p in ICMP IGMP TCP UDP GRE ICMPv6 SCTP; do
		[ $p != GRE ] || continue       # the report counts opened GRE headers
		same "$(told "Number of $p packets")" "$(sum x_monitoring.txt ${p}Pkts)"
	done
	same "$(told 'Number of TCP bytes')" "$(sum x_monitoring.txt TCPBytes)"
	same "$(told 'Number of UDP bytes')" "$(sum x_monitoring.txt UDPBytes)"
	same "$(told 'Number of ARP packets')" "$(sum x_monitoring.txt 0x0806Pkts)"
	same "$(told 'Number of RARP packets')" "$(sum x_monitoring.txt 0x8035Pkts)"
	same "$(told 'Number of IPv4 packets')" "$(sum x_monitoring.txt 0x0800Pkts)"
	t2proto -r "$town" >protocols
	for t in 0x4242 0x0806 0x8035 0x86dd; do
		c=${t/0x42/0x00}
		same "$(awk -F '\t' -v t=$t '$1 == "ether" && $2 == t { print $3, $4 }' protocols)" \
		    "$(sum x_monitoring.txt ${c}Pkts) $(sum x_monitoring.txt ${c}Bytes)"
	done
	same "$(sed -n 's/^tcpFlags: Number of TCP scans, succ scans, retries: \([0-9]*\), \([0-9]*\).*/\1 \2/p' report)" \
		"$(sum x_monitoring.txt tcpScan) $(sum x_monitoring.txt tcpSuccScan)"
	same "$(told 'connStat: Number of unique source IPs')" "$(sum x_monitoring.txt connSip)"
	same "$(told 'connStat: Number of unique destination IPs')" "$(sum x_monitoring.txt connDip)"
	# bytes on the wire: kbit/s times seconds
	is "$(paste <(col x_monitoring.txt rawBandwidth) <(col x_monitoring.txt dur) |
	    awk -v raw="$(told 'Number of raw bytes')" '{ n += $1 * $2 * 125 } END {
		print (n - raw) ^ 2 < 300 ^ 2 ? "near" : n - raw }')" <<<near
	same "$(told 'Total dump duration')" "$(col x_monitoring.txt dur | awk '{ n += $1 } END { printf "%.6f\n", n }')"
}

@test "rows from the start are the running sums of the differences" {
	minutes -o DIFF_REPORT=1
	mv x_monitoring.txt d
	minutes
	same USR1MR_A "$(col x_monitoring.txt '%repTyp' | sort -u)"
	for c in numFlows numPkts numBytes TCPPkts UDPBytes 0x0806Pkts tcpScan icmpPkts connSip; do
		same "$(col d $c | awk '{ print n += $1 }')" "$(col x_monitoring.txt $c)"
	done
	# levels are what they are
	for c in fillSzHashMap connSipDip connFave globalWarn; do
		same "$(col d $c)" "$(col x_monitoring.txt $c)"
	done
	same "$(told 'Aggregate flow status')" 0
	same "$(sed -n 's/^Aggregate flow status: //p' report)" "$(col d globalWarn | tail -n 1)"
}

@test "rows: the same in each run, from a pipe, with another reader's buffer" {
	minutes -o DIFF_REPORT=1
	cut -f 1-3,5- x_monitoring.txt >want
	cat "$town" | t2 -r - -w y -m -M 300 -o MONINTTMPCP=1 -o DIFF_REPORT=1 >/dev/null
	cut -f 1-3,5- y_monitoring.txt | cmp - want
	t2 -r "$town" -w x -M 300 -o MONINTTMPCP=1,DIFF_REPORT=1,MACHINE_REPORT=1 >report
	grep -E '^(%repTyp|USR1MR)' report | cut -f 1-3,5- | cmp - want
	# flows and end report are the same as without
	t2flow -r "$town" | cmp - x_flows.txt
}

@test "rows: only loaded plugins, no packets no file" {
	minutes -p basicFlow,connStat
	head -n 1 x_monitoring.txt | grep -q $'SCTPBytes\tconnSip'
	t2 -m -M 1 -o MONINTTMPCP=1 -r "$(crafted report-none)" -w none >/dev/null
	[ ! -e none_monitoring.txt ]
	t2 -m -r "$town" -w none >/dev/null
	[ ! -e none_monitoring.txt ]
}

@test "a silence is one row, a clock that runs backwards none of the end" {
	/usr/bin/python3 - <<-'EOT' >gap.pcap
		import struct, sys
		w = sys.stdout.buffer.write
		w(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
		ip = struct.pack('>BBHHHBBHIIHHHH', 0x45, 0, 28, 0, 0, 64, 17, 0, 1, 2, 3, 4, 8, 0)
		for t in 100, 101, 105.5, 106, 4000000000, 107, 108, 130, 131:
		    w(struct.pack('<IIII', int(t), int(t % 1 * 1e6), 28, 28) + ip)
	EOT
	t2 -m -M 2 -o MONINTTMPCP=1,DIFF_REPORT=1 -r gap.pcap -w x >report
	is "$(cut -f 2,3,9 x_monitoring.txt | tail -n +2 | head -n 2 | tr '\t' ' ')" <<-'EOT'
		104.000000 4.000000 2
		106.000000 2.000000 1
	EOT
	same 9 "$(sum x_monitoring.txt numPkts)"
}

# ----- Prometheus

# syntax FILE: what the text format 0.0.4 of Prometheus asks for; prints what is wrong
syntax() {
	[ "$(tail -c 1 "$1" | od -An -c | tr -d ' ')" = '\n' ] || echo 'no line end'
	awk '
		function bad(why) { print FNR ": " why ": " $0 }
		/^# HELP / {
			if ($3 in help) bad("second HELP")
			help[$3] = 1
			if ($0 !~ /^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* .*[^ ]$/) bad("HELP")
			next
		}
		/^# TYPE / {
			if ($3 in type) bad("second TYPE")
			if (!($3 in help)) bad("TYPE before HELP")
			if ($0 !~ /^# TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge)$/) bad("TYPE")
			if (($4 == "counter") != ($3 ~ /_total$/)) bad("name of a counter")
			type[$3] = $4
			last = $3
			next
		}
		/^#/ { bad("comment"); next }
		{
			if ($0 !~ /^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="[^"\\]*"(,[a-zA-Z_][a-zA-Z0-9_]*="[^"\\]*")*\})? -?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?$/)
				bad("sample")
			name = $1
			sub(/\{.*/, "", name)
			if (name != last) bad("not behind its TYPE")
			if ($1 in seen) bad("twice")
			seen[$1] = 1
			n++
		}
		END { if (n < 50) print n " samples" }' "$1"
}

@test "Prometheus: syntax, and the values of the last row" {
	minutes --prometheus x.prom
	is "$(syntax x.prom)" </dev/null
	while read -r metric column; do
		same "$(col x_monitoring.txt "$column" | tail -n 1)" \
		    "$(awk -v m="$metric" '$1 == m { print $2 }' x.prom)"
	done <<-'EOT'
		t2_packets_total numPkts
		t2_bytes_total numBytes
		t2_flows_total numFlows
		t2_flows_in_memory fillSzHashMap
		t2_direction_packets_total{direction="B"} numBPkts
		t2_ip_packets_total{version="6"} numV6Pkts
		t2_fragments_total{version="4"} numFrgV4Pkts
		t2_ethertype_bytes_total{ethertype="0x0806"} 0x0806Bytes
		t2_protocol_packets_total{protocol="ICMPv6"} ICMPv6Pkts
		t2_tcp_flags_tcp_succ_scan_total tcpSuccScan
		t2_icmp_decode_icmp_echo_req_total icmpEchoReq
		t2_conn_stat_conn_sip_dip connSipDip
	EOT
	same "$(told 'Number of raw bytes')" "$(awk '$1 == "t2_wire_bytes_total" { print $2 }' x.prom)"
	same 1773739798.727597000 "$(awk '$1 == "t2_capture_time_seconds" { print $2 }' x.prom)"
	grep -q '^t2_info{version="[0-9.]*",sensor="666",pid="[0-9]*"} 1$' x.prom
	# counters are counters, whatever the rows count from
	cp x.prom y.prom
	minutes --prometheus x.prom -o DIFF_REPORT=1
	diff <(grep _total x.prom) <(grep _total y.prom)
}

@test "Prometheus: the file is replaced as a whole, never an input" {
	start --prometheus x.prom
	kill -USR1 $pid
	await t2_packets_total x.prom 3
	old=$(stat -c %i x.prom)
	is "$(syntax x.prom)" </dev/null
	ln x.prom kept
	cp x.prom copy
	tail -c +500001 "$town" | head -c 300000 >&9
	sleep .2
	kill -USR1 $pid
	for _ in $(seq 100); do
		[ "$(stat -c %i x.prom)" = "$old" ] || break
		sleep .05
	done
	[ "$(stat -c %i x.prom)" != "$old" ]
	cmp kept copy
	is "$(find . -name '.*.prom*')" </dev/null
	kill -TERM $pid
	exec 9>&-
	wait $pid || true
	cp "$town" in.pcap
	run -1 --separate-stderr t2 -r in.pcap -w x --prometheus in.pcap
	same 't2: in.pcap: is an input, not overwritten' "$stderr"
	cmp in.pcap "$town"
	run -1 --separate-stderr t2 -r in.pcap -w x --prometheus missing/x.prom
	[[ $stderr == 't2: missing/x.prom: '* ]]
	cp "$town" in_monitoring.txt
	run -1 --separate-stderr t2 -m -r in_monitoring.txt -w in
	same 't2: in_monitoring.txt: is an input, not overwritten' "$stderr"
	cmp in_monitoring.txt "$town"
}

# ----- signals

@test "USR1: a report for people, at once" {
	start
	kill -USR1 $pid
	await '^Aggregate flow status' report
	grep -qx "USR1 A type report: t2 .*\. PID: $pid" report
	grep -q '^PCAP time: 17737[0-9.]* sec' report
	grep -q '^Elapsed time: ' report
	grep -q '^Fill size of main hash map: [0-9]* \[0\.[0-9]*%\]' report
	grep -q '^connStat: connSip (.*): [0-9]' report
	first=$(told 'Number of processed packets')
	[ "$first" -gt 1000 ]
	ending
	same "$(printf '%s\n9774' "$first")" "$(told 'Number of processed packets')"
	t2flow -r "$town" | cmp - x_flows.txt
}

@test "USR1: differences, with DIFF_REPORT=1" {
	start -o DIFF_REPORT=1
	kill -USR1 $pid
	await '^Aggregate flow status' report
	tail -c +500001 "$town" | head -c 100000 >&9
	sleep .2
	kill -USR1 $pid
	await '^Aggregate flow status' report 2
	exec 9>&-
	run wait $pid
	wait $pid || true
	pid=
	same 2 "$(grep -c '^USR1 D type report' report)"
	told 'Number of processed packets' >n
	same "$(tail -n 1 n)" "$(head -n 2 n | awk '{ n += $1 } END { print n }')"
	told 'Number of processed   flows' >n
	same "$(tail -n 1 n)" "$(head -n 2 n | awk '{ n += $1 } END { print n }')"
}

@test "USR1 while no packet comes: MONINTPSYNC=1 waits for one" {
	start -o MONINTPSYNC=1 -o MACHINE_REPORT=1
	kill -USR1 $pid
	sleep .6
	run ! grep USR1MR report
	tail -c +500001 "$town" | head -c 100000 >&9
	await USR1MR_A report
	exec 9>&-
}

@test "USR2 begins and ends reports at intervals" {
	start -m
	kill -USR2 $pid
	await USR1MR x_monitoring.txt 2
	kill -USR2 $pid
	sleep .5
	n=$(grep -c USR1MR x_monitoring.txt)
	sleep 1.2
	same "$n" "$(grep -c USR1MR x_monitoring.txt)"
	ending
	same "$n" "$(grep -c USR1MR x_monitoring.txt)"
}

@test "intervals by the clock go on while no packet comes" {
	start -m -M 1 --prometheus x.prom -o DIFF_REPORT=1
	await USR1MR x_monitoring.txt 2
	[ -s x.prom ]
	# nothing came in between
	same 0 "$(col x_monitoring.txt numPkts | tail -n 1)"
	ending
	same "$(told 'Number of processed packets')" "$(sum x_monitoring.txt numPkts)"
	same "$(told 'Number of processed   flows')" "$(sum x_monitoring.txt numFlows)"
}

@test "t2 -e, -s and -X go on beside it" {
	echo 5 >list
	t2 -r "$town" -w x -e list -s -X -m -M 300 -o MONINTTMPCP=1 >/dev/null
	same 7 "$(wc -l <x_monitoring.txt)"
	[ -s list.pcap ]
	[ -s x.idx ]
}

@test "misuse" {
	for bad in '-M 0' '-M x' '-M 1.5' -M '--monitor 99999999999'; do
		# shellcheck disable=SC2086
		run -2 t2 $bad -r "$town" -w x
	done
	run -2 t2 -o MONINTV=0 -r "$town" -w x
	mkdir d_monitoring.txt
	run -1 --separate-stderr t2 -m -r "$town" -w d
	same 't2: d_monitoring.txt: Is a directory' "$stderr"
}

@test "a plugin's table: names, values, kinds" {
	cat >mine.c <<-'EOT'
		#include <stdlib.h>
		#include "t2.h"
		struct state { uint64_t seen; uint64_t last; };
		static void *init(struct t2 *t, const struct optval *opt) {
			(void)t; (void)opt; return calloc(1, sizeof(struct state)); }
		static void packet(void *s, void *slot, struct flow *f, const struct pkt *p) {
			struct state *st = s; (void)slot; (void)f; st->seen++; st->last = p->num; }
		static uint64_t twice(const void *s) { return 2 * ((const struct state *)s)->seen; }
		static double half(const void *s) { return ((const struct state *)s)->seen / 2.0; }
		static const struct moncol moncols[] = {
			{ .name = "seenPkts", .off = offsetof(struct state, seen), .text = "a \\ and\na line" },
			{ .name = "lastPkt", .kind = MON_LEVEL, .off = offsetof(struct state, last), .text = "last" },
			{ .name = "twice", .count = twice, .metric = "mine_twice_total{a=\"b\"}", .text = "twice" },
			{ .name = "half", .kind = MON_LEVEL, .level = half, .text = "half" },
			{ .name = NULL } };
		PLUGIN(mine) = { PLUGIN_HEAD, .name = "myPlugin", .version = "1", .order = 900,
			.init = init, .packet = packet, .moncols = moncols, .fini = free };
	EOT
	cc -std=gnu11 -O1 -Wall -Wextra -Werror -shared -fPIC -DT2_SO "-I$T2_TOP/lib" -o mine.so mine.c
	minutes -p basicFlow,./mine.so -o DIFF_REPORT=1 --prometheus x.prom
	same "$(sum x_monitoring.txt numAPkts) $(sum x_monitoring.txt numBPkts)" \
	    "$(told 'Number of A packets') $(told 'Number of B packets')"
	n=$(($(told 'Number of A packets') + $(told 'Number of B packets')))
	same $n "$(sum x_monitoring.txt seenPkts)"
	same $((2 * n)) "$(sum x_monitoring.txt twice)"
	same $((n / 2)).000 "$(col x_monitoring.txt half | tail -n 1)"
	same 9774 "$(col x_monitoring.txt lastPkt | tail -n 1)"
	grep -qx "t2_my_plugin_seen_pkts_total $n" x.prom
	grep -qxF '# HELP t2_my_plugin_seen_pkts_total a \\ and\na line' x.prom
	grep -qx "mine_twice_total{a=\"b\"} $((2 * n))" x.prom
	grep -qx 't2_my_plugin_last_pkt 9774' x.prom
	is "$(syntax x.prom)" </dev/null
}
