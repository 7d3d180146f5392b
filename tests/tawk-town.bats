#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# tawk-town.bats - the tutorial's lines with tawk, tcol, lsx, sort and cut on the flows of our own
# capture: the same rows and layout as awk/rows.py finds them.

setup_file() {
	load lib
	cd "$BATS_FILE_TMPDIR" || return
	mkdir -p data/t2
	printf '203.0.113.0/24\tcn\tElsewhere\n77.88.8.0/24\tcn\tFar away\n' >data/t2/subnets4.txt
	XDG_DATA_HOME=$PWD/data t2flow -r "$T2_TOP/examples/town.pcap" -w town 2>stderr
	[ "$(wc -l <town_flows.txt)" -gt 2000 ]
}

setup() {
	load lib
	cd "$BATS_FILE_TMPDIR" || return
	F=town_flows.txt
}

# rows ARG...: what awk/rows.py finds; nothing but a header is suspicious
rows() {
	/usr/bin/python3 "$T2_TESTS/awk/rows.py" $F "$@" >want
	[ "$(wc -l <want)" -gt 1 ] || { echo "rows: $* finds nothing"; return 1; }
}

# each COMMAND: with each awk it prints what is in want
each() {
	local awk
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk bash -c "$1" >got
		diff -u --label "wanted of $1" --label "$awk" want got | cut -c 1-300
		cmp -s want got
	done
}

@test "town: damaged flows" {
	rows -t 'h("flowStat") & 0x0000080100000000'
	each "tawk 'bitsanyset(\$flowStat, 0x0000080100000000)' $F | tcol"
	rows -t 'h("flowStat") & 0x0000080200000000'
	each "tawk 'bitsanyset(\$flowStat, 0x0000080200000000)' $F | tcol"
}

@test "town: flows of a port" {
	rows -t 'h("flowStat") & 0x1 and r["srcPort"] == "443"'
	each "tawk 'bitsanyset(\$flowStat, 0x0000000000000001) && sport(443)' $F | tcol"
}

@test "town: without flowInd, with cut" {
	/usr/bin/python3 "$T2_TESTS/awk/rows.py" $F 'h("flowStat") & 0x0000080100000000' | cut -f 1,3- >fields
	/usr/bin/python3 "$T2_TESTS/awk/rows.py" fields -t 1 >want
	each "tawk 'bitsanyset(\$flowStat, 0x0000080100000000)' $F | cut -f 1,3- | tcol"
}

@test "town: connections to a country, with sort -V -u" {
	rows -H -c srcIP,srcIPCC,dstIP,dstIPCC \
	    'not h("flowStat") & 1 and "cn" in (r["srcIPCC"], r["dstIPCC"])'
	sort -V -u want >once
	tcol once >want
	each "tawk 'bitsanyset(\$flowStat, 1) == 0 && (\$srcIPCC == \"cn\" || \$dstIPCC == \"cn\") { print \$srcIP, \$srcIPCC, \$dstIP, \$dstIPCC }' $F | sort -V -u | tcol"
}

@test "town: TCP flows to a country" {
	rows -t 'r["dstIPCC"] == "cn" and r["l4Proto"] == "6"'
	each "tawk 'hdr() || (\$dstIPCC == \"cn\" && tcp())' $F | tcol"
}

@test "town: fragments and anomalies" {
	rows -t 'h("ipFlags") & 0x0318'
	each "tawk 'bitsanyset(\$ipFlags, 0x0318)' $F | tcol"
	rows -t 'h("tcpAnomaly") & 0x00f8'
	each "tawk 'bitsanyset(\$tcpAnomaly, 0x00f8)' $F | tcol"
}

@test "town: t2sort" {
	local col
	for col in numPktsSnt numBytesSnt; do
		/usr/bin/python3 - $F $col >want <<-'E'
		import sys
		rows = [x.rstrip("\n") for x in open(sys.argv[1])]
		i = rows[0].split("\t").index(sys.argv[2])
		rows[1:] = sorted(sorted(rows[1:], reverse=True), key=lambda x: -int(x.split("\t")[i]))
		print("\n".join(rows[:5]))
		E
		each "tawk 't2sort($col, 4)' $F"
	done
}

@test "town: the flows a host began, with the forgotten dollar" {
	rows -c timeFirst,timeLast,srcIP,srcIPCC,connSip,connSipDip,connSipDprt,connF \
	    'not h("flowStat") & 1 and r["srcIP"] == "10.20.3.17"'
	awk -F '\t' -v OFS='\t' '{ $7 = 98; print }' want | LC_ALL=C sort -t $'\t' -n -k 3,3 >sorted
	/usr/bin/python3 "$T2_TESTS/awk/rows.py" sorted -t 1 >want
	each "tawk 'not(bitsanyset(\$flowStat, 1)) && shost(\"10.20.3.17\") { print \$timeFirst, \$timeLast, \$srcIP, \$srcIPCC, \$connSip, \$connSipDip, connSipDprt, \$connF }' $F | LC_ALL=C sort -t\$'\\t' -n -k3,3 | tcol"
}

@test "town: plot and timeline lines" {
	rows -c timeFirst,srcIP,connSip 1
	each "tawk '{ print \$timeFirst, \$srcIP, \$connSip }' $F"
	rows '"10.20.3.17" in (r["srcIP"], r["dstIP"])'
	each "tawk 'host(\"10.20.3.17\")' $F"
}

@test "town: ICMP" {
	rows -t 'r["l4Proto"] == "1"'
	each "tawk 'icmp()' $F | tcol"
	rows -t 'int(r["icmpBFTypH_TypL_Code"].split("_")[2], 16) & 3'
	each "tawk '{ split(\$icmpBFTypH_TypL_Code, A, \"_\"); if (bitsanyset(A[3], 0x3)) print }' $F | tcol"
	rows -t 'int(r["icmpTCcnt"]) > 0'
	each "tawk '\$icmpTCcnt > 0' $F | tcol"
}

@test "town: tcol and lsx of whole files" {
	rows -t 1
	each "tcol $F"
	tcol <$F | cmp - want
	printf 'a\tbc\nlonger than 22 places here\tx\n' >icmpStats.txt
	t2icmp "$T2_TOP/examples/town.pcap" >>icmpStats.txt 2>/dev/null ||
	    t2icmp -r "$T2_TOP/examples/town.pcap" >>icmpStats.txt
	expand -t 22 icmpStats.txt >want
	each "lsx 22 icmpStats.txt"
}

@test "town: networks, ports and addresses in other spellings" {
	rows 'r["srcIP"].startswith("10.20.1.") or r["dstIP"].startswith("10.20.1.")'
	each "tawk 'net(\"10.20.1.0/24\")' $F"
	each "tawk 'host(\"10.20.1.0/255.255.255.0\")' $F"
	each "tawk 'host(\"10.20.1.0-10.20.1.255\")' $F"
	rows 'r["srcPort"] in ("53", "80") or r["dstPort"] in ("53", "80")'
	each "tawk 'port(\"53;80\")' $F"
	each "tawk 'port(\"domain,http\")' $F"
	rows '__import__("ipaddress").ip_address(r["srcIP"]) in __import__("ipaddress").ip_network("fe80::/10")'
	each "tawk 'shost(\"fe80::/10\")' $F"
}
