#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# plugin-portClassifier.bats - service names of ports on craft/portClassifier.py.

# shellcheck disable=SC2119
bats_require_minimum_version 1.5.0

setup() {
	load lib
}

# ports OPTION...: the columns of all flows, blanks between them
# shellcheck disable=SC2119,SC2120
ports() {
	cols portClassifier-ports 'dir srcPort dstPort l4Proto dstPortClassN dstPortClass' "$@" |
	tr '\t' ' '
}

@test "both directions have the server's port; a lone answer its source port" {
	is "$(ports | head -n 4)" <<-'EOT'
		A 40001 6020 6 6020 x11
		B 6020 40001 6 6020 x11
		A 80 50000 6 80 http
		A 53 40000 17 53 domain
	EOT
}

@test "the protocol matters; SCTP is named like TCP, UDP-Lite like UDP; others have no ports" {
	is "$(ports | tail -n +5 | cut -d ' ' -f 4-)" <<-'EOT'
		17 2001 wizard
		6 2001 dc
		17 2009 whosockami
		6 2009 news
		6 1863 msnp
		17 29981 unknown
		17 41250 unknown
		132 80 http
		136 53 domain
		1 0 unknown
		0 0 unknown
	EOT
}

@test "own lists: the first line of a port holds, one port against a range, services(5)" {
	f=$BATS_TEST_TMPDIR/list
	printf '# ports\n\n6000-6063\ttcp\twindows\n80\ttcp\tfirst\tx\n80\ttcp\tsecond\tx\n' >"$f"
	printf '6020\ttcp\tone words\n\n99999\ttcp\tno\nx\n53\tdccp\tno\n' >>"$f"
	is "$(cols portClassifier-ports dstPortClass -o portClassifier.PBC_CLASSFILE="$f" |
		sort | uniq -c | awk '{ print $1, $2 }')" <<-'EOT'
		2 first
		2 one
		11 unknown
	EOT
	printf 'www  80/tcp/sctp web # comment\nns 53/udp\nx11 6000-6063/udp/tcp # X\n' >"$f"
	is "$(cols portClassifier-ports dstPortClass -o portClassifier.PBC_CLASSFILE="$f" |
		sort | uniq -c | awk '{ print $1, $2 }')" <<-'EOT'
		2 ns
		9 unknown
		2 www
		2 x11
	EOT
}

@test "PBC_2015: names of a second list hold, and - takes one away" {
	mkdir -p "$XDG_DATA_HOME/t2"
	printf '6020\ttcp\tolder\n80\ttcp\t-\n' >"$XDG_DATA_HOME/t2/portmap-2015.txt"
	is "$(ports -o PBC_2015=1 | head -n 4 | cut -d ' ' -f 5-)" <<-'EOT'
		6020 older
		6020 older
		80 unknown
		53 domain
	EOT
	grep -qP '^853\ttcp\tdomain-s\t' "$T2_TOP/share/portmap.txt"
	grep -qP '^853\ttcp\t-$' "$T2_TOP/share/portmap-2015.txt"
}

@test "text for unknown ports; columns off" {
	run -0 ports -o portClassifier.PBC_UNKNOWN=-
	[[ $output == *' 41250 -'* ]]
	run -0 t2flow -o portClassifier.PBC_NUM=0 -o portClassifier.PBC_STR=0 \
		-o portClassifier.PBC_CLASSFILE=/nowhere/x -r "$(crafted portClassifier-ports)"
	[[ ${lines[0]} != *dstPortClass* ]]
	run t2flow -o portClassifier.PBC_CLASSFILE=/nowhere/x -r "$(crafted portClassifier-ports)"
	[ "$status" -ne 0 ]
	[[ $output == *'/nowhere/x: No such file'* ]]
}

@test "shipped list: sorted, well formed, no doubled ports" {
	awk -F '\t' '
		/^#/ { next }
		NF != 4 || $2 !~ /^(tcp|udp)$/ || $3 !~ /^[!-~]+$/ || length($3) > 63 || $4 == "" ||
		$1 !~ /^[0-9]+(-[0-9]+)?$/ || $1 + 0 < last || seen[$1 $2]++ { print; bad = 1 }
		{ last = $1 + 0; n++ }
		END { exit bad || n < 1500 }' "$T2_TOP/share/portmap.txt"
}

@test "SPKTMD_PORTS=1: the server's port in packet records, also without names of flows" {
	f=$(crafted portClassifier-ports)
	for more in PBC_STR=1 PBC_STR=0; do
		is "$(t2pkt -o SPKTMD_PORTS=1 -o "$more" \
		    -c srcPort,dstPort,l4Proto,dstPortClassN,dstPortClass -r "$f" |
		    sed -n 2,4p | tr '\t' ' ')" <<-'EOT'
			40001 6020 6 6020 x11
			6020 40001 6 6020 x11
			80 50000 6 80 http
		EOT
		# protocols without ports, frames without IP
		is "$(t2pkt -o SPKTMD_PORTS=1 -o "$more" \
		    -c l4Proto,dstPortClassN,dstPortClass -r "$f" | tail -n 2 | tr '\t' ' ')" <<-'EOT'
			1 0 unknown
			  unknown
		EOT
	done
	! t2pkt -r "$f" | head -n 1 | grep -q dstPortClass || return 1
}
