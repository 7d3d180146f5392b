#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# tawk-seed.bats - the tutorial's lines with tawk, tcol, lsx, sort and cut, run as they are printed
# there, give the rows that are printed there: awk/seed has the listings, awk/seed.py makes files
# of them.  The same lines on our own capture are in tawk-town.bats.

setup_file() {
	load lib
	/usr/bin/python3 "$T2_TESTS/awk/seed.py" "$BATS_FILE_TMPDIR/seed"
}

setup() {
	load lib
	SEED=$T2_TESTS/awk/seed
}

# cells: runs of blanks as one tab; layout is not compared
cells() {
	sed 's/   */\t/g; s/[[:blank:]]*$//'
}

# listing NAME: runs its command as a reader would, in each awk
listing() {
	local awk
	cd "$BATS_FILE_TMPDIR/seed/$1" || return
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk bash command >got.raw 2>stderr
		sed 's/[[:blank:]]*$//' got.raw >got
		if [ "$(cat compare)" = cells ]; then
			diff -u --label "listing $1" --label "$awk" <(cells <want) <(cells <got)
		else
			diff -u --label "listing $1" --label "$awk" want got
		fi
		[ ! -s stderr ]
	done
}

@test "flows where dissecting stopped: the full table of 99 columns" { listing stop-dissecting; }
@test "flows of port 443" { listing port-443; }
@test "few columns" { listing netflow5; }
@test "few columns without flowInd, with cut" { listing netflow5-cut; }
@test "who talks to China, with sort -V -u" { listing china-sort; }
@test "TCP flows to China, with the header" { listing china-tcp; }
@test "fragmentation errors" { listing fragments; }
@test "TCP anomalies" { listing anomaly; }
@test "t2sort by packets" { listing sort-packets; }
@test "t2sort by bytes" { listing sort-bytes; }
@test "the biggest connector, with the forgotten dollar" { listing connector; }
@test "ICMP flows" { listing icmp; }
@test "ICMP codes, with split" { listing icmp-codes; }
@test "ICMP flows by count" { listing icmp-count; }
@test "tcol shows a flow file" { listing mac-ports; }
@test "tcol shows the protocols file, with its empty lines" { listing protocols; }

# The tutorial prints the tables with and without an empty line above and below, and one of them
# with masks in two groups of digits and other blanks: tables are compared without these.
table() {
	sed '/^$/d; s/ *| */|/g; s/\(0x[0-9a-f]\{4\}\) \([0-9a-f]\{4\}\) /\1\2 /; s/\([0-9a-f]\{4\}\) \([0-9a-f]\{4\}|\)/\1\2/'
}

@test "tawk -V prints the tutorial's tables" {
	local f command n=0
	for f in "$SEED"/V-*.txt; do
		command=$(sed -n '1s/^\$ //p' "$f")
		bash -c "$command" >"$BATS_TEST_TMPDIR/got"
		case $f in
		*0x0001080a*)
			diff <(sed 1d "$f" | table) <(table <"$BATS_TEST_TMPDIR/got") ;;
		*)
			diff <(sed '1d; /^$/d' "$f") <(sed '/^$/d' "$BATS_TEST_TMPDIR/got") ;;
		esac
		n=$((n + 1))
	done
	[ "$n" -eq 6 ]
}

@test "tawk -V: the table is framed by empty lines" {
	same '
The flowStat column with value 0x0000080f00000000 is to be interpreted as follows:

   bit | flowStat              | Description
   =============================================================================
    32 | 0x0000 0001 0000 0000 | Acquired packet length < minimal L2 datagram
    33 | 0x0000 0002 0000 0000 | Acquired packet length < packet length in L3 header
    34 | 0x0000 0004 0000 0000 | Acquired packet length < minimal L3 Header
    35 | 0x0000 0008 0000 0000 | Acquired packet length < minimal L4 Header
    43 | 0x0000 0800 0000 0000 | Stop dissecting' "$(tawk -V flowStat=0x0000080f00000000)"
	[ "$(tawk -V flowStat=1 | tail -n 1)" = '' ]
}

@test "the plot line: times, addresses and counts with their names in the first row" {
	cd "$BATS_FILE_TMPDIR/seed/connector"
	tawk '{ print $timeFirst, $srcIP, $connSip }' annoloc2_flows.txt >plot
	[ "$(head -n 1 plot)" = $'timeFirst\tsrcIP\tconnSip' ]
	[ "$(wc -l <plot)" -eq "$(wc -l <annoloc2_flows.txt)" ]
	[ "$(sed -n 2p plot)" = "$(awk -F '\t' 'NR == 2 { print $4 "\t" $14 "\t" $84 }' annoloc2_flows.txt)" ]
}

@test "the timeline line: all flows of a host, with the header" {
	cd "$BATS_FILE_TMPDIR/seed/connector"
	tawk 'host("138.212.189.66")' annoloc2_flows.txt >annoloc2_ip.txt
	awk -F '\t' 'NR == 1 || $14 == "138.212.189.66"' annoloc2_flows.txt | diff - annoloc2_ip.txt
}

@test "lsx 22 of the ICMP statistics: stops at multiples of 22" {
	printf '# ICMP Type\tCode\tPackets\tPercentage\nICMP_ECHOREQUEST\t-\t224\t7.323\n' \
	    >"$BATS_TEST_TMPDIR/annoloc2_icmpStats.txt"
	cd "$BATS_TEST_TMPDIR"
	lsx 22 annoloc2_icmpStats.txt >got
	diff - got <<-'E'
	# ICMP Type           Code                  Packets               Percentage
	ICMP_ECHOREQUEST      -                     224                   7.323
	E
}
