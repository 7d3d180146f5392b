#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# plugin-connStat.bats - live connection counters on the captures of craft/connStat.py; the first
# three are worked examples that were checked with the reference.

bats_require_minimum_version 1.5.0

setup() {
	load lib
}

# conn CAPTURE [OPTION...]: direction, source, destination port and the five columns
conn() {
	local f=$1
	shift
	cols "$f" 'dir srcIP dstPort connSip connDip connSipDip connSipDprt connF' "$@" |
	tr '\t' ' '
}

# report CAPTURE [OPTION...]: connStat's lines
report() {
	local f=$1
	shift
	t2 "$@" -r "$(crafted "$f")" -w "$BATS_TEST_TMPDIR/x" 2>&1 | grep '^connStat:'
}

@test "peers of source and destination, connections, ports; a record counts itself" {
	is "$(conn connStat-peers)" <<-'EOT'
		A 10.0.0.1 80 2 2 3 3 1.5
		B 10.0.1.1 5000 2 2 2 2 1
		A 10.0.0.1 80 2 1 1 1 0.5
		A 10.0.0.1 443 1 2 1 1 1
		A 10.0.1.2 80 1 1 1 1 1
		A 0.0.0.0 0 0 0 0 0 0
	EOT
}

@test "an address that is source and destination" {
	is "$(conn connStat-roles | cut -d ' ' -f 4-)" <<-'EOT'
		1 1 1 1 1
		1 1 2 2 2
		1 1 1 1 1
	EOT
}

@test "ended connections do not count; an address that returns counts again" {
	is "$(conn connStat-again | cut -d ' ' -f 4-)" <<-'EOT'
		1 1 1 1 1
		1 1 1 1 1
		1 1 1 1 1
	EOT
	is "$(conn connStat-again -o connStat.CS_HSDRM=0 | cut -d ' ' -f 4-)" <<-'EOT'
		1 1 1 1 1
		1 1 2 2 2
		1 1 3 3 3
	EOT
}

@test "IPv4 and IPv6 addresses are never the same host" {
	is "$(conn connStat-versions | cut -d ' ' -f 2,4-)" <<-'EOT'
		10.0.0.1 1 1 1 1 1
		a00:1:: 2 1 1 2 1
		a00:1:: 1 1 1 1 1
	EOT
}

@test "a scanner shows the peak first, then the numbers fall" {
	is "$(conn connStat-scan | cut -d ' ' -f 4- | sed -n '1p;1500p;$p')" <<-'EOT'
		3000 1 1 3000 1
		1501 1 1 1501 1
		1 1 1 1 1
	EOT
}

@test "report: totals, peaks and who had them" {
	needs t2
	is "$(report connStat-peers)" <<-'EOT'
		connStat: Number of unique source IPs: 2
		connStat: Number of unique destination IPs: 2
		connStat: Number of unique source/destination IPs connections: 3
		connStat: Max unique number of source IP / destination port connections: 3
		connStat: IP prtcon/sdcon, prtcon/scon: 1.000000, 1.500000
		connStat: Source IP with max connections: 10.0.0.1: 2 connections
		connStat: Destination IP with max connections: 10.0.1.1: 2 connections
	EOT
	is "$(report connStat-again | head -n 3)" <<-'EOT'
		connStat: Number of unique source IPs: 3
		connStat: Number of unique destination IPs: 3
		connStat: Number of unique source/destination IPs connections: 1
	EOT
	run -0 report connStat-again -o connStat.CS_SDIPMAX=0
	[ "${lines[2]}" = 'connStat: Number of unique source/destination IPs connections: 3' ]
}
