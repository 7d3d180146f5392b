#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# switches.bats - options of the core and the writer about what is written and told: reports,
# local time, compressed or no flow files, full tables.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	f=$(crafted core-order-1)
	run=$BATS_TEST_TMPDIR/run
}

@test "VERBOSE: no report, the basic one, all of it" {
	t2 -w "$run" -r "$f" >"$BATS_TEST_TMPDIR/2"
	t2 -w "$run" -o VERBOSE=1 -r "$f" >"$BATS_TEST_TMPDIR/1"
	same '' "$(t2 -w "$run" -o VERBOSE=0 -r "$f")"
	same 5 "$(wc -l <"${run}_flows.txt")"
	for word in 'Active plugins:' 'Dump start' 'Number of processed packets: 5' 'connStat: '; do
		grep -q "^$word" "$BATS_TEST_TMPDIR/1" || same "$word" ''
	done
	run -1 grep -E '^(Headers count|Number of processed   flows|Average full|\[INF\] IPv4)' \
	    "$BATS_TEST_TMPDIR/1"
	same 4 "$(grep -cE '^(Headers count|Number of processed   flows|Average full b|\[INF\] IPv4)' \
	    "$BATS_TEST_TMPDIR/2")"
}

@test "PLUGIN_REPORT=0: plugins say nothing" {
	t2 -w "$run" -r "$f" | grep -q '^basicStats: '
	run -1 grep '^[a-zA-Z]*Stats*: ' <(t2 -w "$run" -o PLUGIN_REPORT=0 -r "$f")
	t2 -w "$run" -o PLUGIN_REPORT=0 -r "$f" | grep -q '^Headers count'
}

@test "the start of the report tells what makes flows" {
	t2 -w "$run" -r "$f" | grep -x '\[INF\] Creating flows for L2, IPv4, IPv6'
	t2 -w "$run" -o SCTP_ACTIVATE=1,IPV6_ACTIVATE=0 -r "$f" |
	    grep -x '\[INF\] Creating flows for L2, IPv4, SCTP'
}

# zones without a zone file, so that no tzdata is needed: west is positive
@test "TSTAMP_UTC=0: dates of flows in local time" {
	is "$(cols "$f" 'timeFirst' -o B2T_TIMESTR=1 | head -n 1)" <<<'2001-09-09T01:46:40.000000+0000'
	TZ=XXX-5:45 cols "$f" 'timeFirst timeLast' -o B2T_TIMESTR=1 -o TSTAMP_UTC=0 | head -n 1 \
	    >"$BATS_TEST_TMPDIR/got"
	is "$(cat "$BATS_TEST_TMPDIR/got")" <<-E
	2001-09-09T07:31:40.000000+0545	2001-09-09T07:31:40.000000+0545
	E
	is "$(TZ=XXX3:30 cols "$f" timeFirst -o B2T_TIMESTR=1,TSTAMP_UTC=0,TSTAMP_PREC=1 | tail -n 1)" \
	    <<<'2001-09-08T22:16:40.100000000-0330'
	# seconds are seconds anywhere
	is "$(TZ=XXX3 cols "$f" timeFirst -o TSTAMP_UTC=0 | head -n 1)" <<<'1000000000.000000'
}

@test "TSTAMP_R_UTC=1: dates of the clock in UTC" {
	TZ=XXX-5 t2 -w "$run" -r "$f" >/dev/null
	grep '^# Date: .* XXX)$' "${run}_headers.txt"
	TZ=XXX-5 t2 -w "$run" -o TSTAMP_R_UTC=1 -r "$f" >/dev/null
	grep '^# Date: .* GMT)$' "${run}_headers.txt"
}

@test "T2_PRI_HDRDESC=0: no header descriptions, in records and report" {
	t2flow -o T2_PRI_HDRDESC=0 -r "$f" | head -n 1 >"$BATS_TEST_TMPDIR/names"
	run -1 grep -E 'numHdrDesc|numHdrs|hdrDesc' "$BATS_TEST_TMPDIR/names"
	same "$(t2flow -o BFO_MAX_HDRDESC=0 -r "$f")" "$(t2flow -o T2_PRI_HDRDESC=0 -r "$f")"
	run -1 grep 'Headers count' <(t2 -o T2_PRI_HDRDESC=0 -w "$run" -r "$f")
	t2flow -p basicStats -o T2_PRI_HDRDESC=0 -r "$f" | grep -q numPktsSnt
}

@test "BLOCK_BUF=1: no flow records, all else as usual" {
	t2 -w "$run" -r "$f" >/dev/null
	rm "${run}_flows.txt"
	t2 -w "$run" -o BLOCK_BUF=1 -r "$f" >"$BATS_TEST_TMPDIR/report"
	[ ! -e "${run}_flows.txt" ]
	[ -e "${run}_protocols.txt" ]
	grep -x '\[WRN\] BLOCK_BUF=1: no flow records are written' "$BATS_TEST_TMPDIR/report"
	grep '^Number of processed   flows: 4$' "$BATS_TEST_TMPDIR/report"
	run -1 grep -E '^(# Col No|1	)' "${run}_headers.txt"
	same '' "$(t2flow -o BLOCK_BUF=1 -r "$f")"
}

@test "GZ_COMPRESS=1: the same flow file, compressed" {
	t2 -w "$run" -r "$f" >/dev/null
	t2 -w "$run.z" -o GZ_COMPRESS=1 -r "$f" >/dev/null
	[ ! -e "$run.z_flows.txt" ]
	gzip -dc "$run.z_flows.txt.gz" | cmp - "${run}_flows.txt"
	t2flow -o GZ_COMPRESS=1 -r "$f" | gzip -dc | cmp - "${run}_flows.txt"
	# pieces are cut by what they hold
	t2 -W "$run.w:2f" -o GZ_COMPRESS=1 -r "$f" >/dev/null
	gzip -dc "$run".w_flows.txt[0-9].gz | cmp - "${run}_flows.txt"
	same 3 "$(gzip -dc "$run.w_flows.txt0.gz" | wc -l)"
	# packet records stay plain
	t2 -s -w "$run.z" -o GZ_COMPRESS=1 -r "$f" >/dev/null
	same 6 "$(wc -l <"$run.z_packets.txt")"
}

@test "GZ_COMPRESS=1: a full disk is told" {
	[ -c /dev/full ] || skip 'no /dev/full'
	run -1 --separate-stderr bash -c "t2flow -o GZ_COMPRESS=1 -r '$f' >/dev/full"
	same 't2flow: stdout: No space left on device' "$stderr"
}

@test "TFS_SPLIT=0: -W writes one file" {
	t2 -W "$run:1f" -o TFS_SPLIT=0 -r "$f" >/dev/null
	same 5 "$(wc -l <"${run}_flows.txt")"
	[ ! -e "${run}_flows.txt0" ]
}

@test "NUMFLWRM: pairs that make room; HASH_AUTOPILOT=0: none do" {
	is "$(flows core-evict 'dir flowInd flowStat' --max-flows 4 -o NUMFLWRM=2)" <<-E
	A 2 0x0000040000004000
	A 1 0x0000040000004000
	B 1 0x0000000000004001
	A 3 0x0000000000004000
	A 4 0x0000000000004000
	A 5 0x0000000000004000
	E
	run -1 --separate-stderr t2flow --max-flows 4 -o HASH_AUTOPILOT=0 -r "$(crafted core-evict)"
	same 't2flow: the table is full with 4 flows: HASH_AUTOPILOT=1 makes room' "$stderr"
	same 5 "${#lines[@]}"
	same 6 "$(t2flow --max-flows 5 -o HASH_AUTOPILOT=0 -r "$(crafted core-evict)" | wc -l)"
}
