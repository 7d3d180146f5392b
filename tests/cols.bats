#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# cols.bats - t2cols in all its forms, against t2flow: what is described is what is printed.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
}

# The names in the header line of the flow records, one a line.
printed() {
	t2flow "$@" -r "$(crafted cap-empty)" | head -n 1 | tr -d % | tr '\t' '\n'
}

# Settings that switch columns: the default, each option at both ends, the reference.
settings() {
	echo compat=0.8.4
	t2cols -O | awk 'NR > 1 { split($4, r, /\.\./); if (r[2] != "" && r[2] < 10)
		for (i = r[1]; i <= r[2]; i++) if (i != $3) print $1 "=" i }' | grep -v '^core\|^txtSink'
}

@test "t2cols: one numbered line a column, in the order of the records" {
	t2cols | awk 'NR > 1 { print $2 }' >"$W/cols"
	printed | diff - "$W/cols"
	same "$(seq "$(wc -l <"$W/cols")")" "$(t2cols | awk 'NR > 1 { print $1 }')"
}

@test "t2cols -H agrees with the records for each setting that switches columns" {
	settings >"$W/settings"
	[ "$(wc -l <"$W/settings")" -gt 30 ]
	while read -r s; do
		same "$(printed -o "$s")" "$(t2cols -H -o "$s" | grep -v '^#' | cut -f 3)" ||
		    { echo "$s"; return 1; }
	done <"$W/settings"
}

@test "t2cols -a: each column that any setting prints has a description" {
	t2cols -a -j | jq -r '.[] | select(.text != null and .text != "") | .name' | sort -u >"$W/known"
	{ printed; settings | while read -r s; do printed -o "$s"; done; } | sort -u >"$W/printed"
	[ "$(wc -l <"$W/printed")" -gt 80 ]
	comm -13 "$W/known" "$W/printed" >"$W/undescribed"
	same '' "$(cat "$W/undescribed")"
	# and what -a lists can be had: no column is behind a condition that never holds
	comm -23 "$W/known" "$W/printed" | grep -v 'IPASN\|IPCC\|IPWho\|Lat_Lng' >"$W/unreached" || true
	same '' "$(cat "$W/unreached")"
}

@test "t2cols -j: valid, the same columns, bits of each mask" {
	t2cols -j >"$W/json"
	jq -e 'type == "array" and length > 40' "$W/json" >/dev/null
	same "$(printed)" "$(jq -r '.[].name' "$W/json")"
	jq -e 'all(.[]; .type != "" and .text != "" and .plugin != "" and (.parts | length) > 0)' "$W/json" >/dev/null
	same "$(seq "$(jq length "$W/json")")" "$(jq '.[].number' "$W/json")"
	# every hexadecimal status column tells its bits, each bit once, with the mask it stands for
	jq -r '.[] | select(.name == "flowStat") | .bits[] | "\(.bit) \(.mask)"' "$W/json" |
	    awk '{ d = substr($2, 3); if (length(d) != 16) exit 1
		want = sprintf("%x", 2 ^ ($1 % 4)) substr("0000000000000000", 1, int($1 / 4))
		sub(/^0*/, "", d); if (d != want || seen[$1]++) { print; exit 1 } }'
	[ "$(jq '.[] | select(.name == "flowStat") | .bits | length' "$W/json")" -gt 50 ]
}

@test "t2cols -s: SQLite takes the table and the records" {
	needs sqlite3
	t2cols -s >"$W/create.sql"
	t2flow -r "$(crafted core-many)" | tail -n +2 >"$W/flows.tsv"
	sqlite3 "$W/db" ".read $W/create.sql" '.mode tabs' ".import $W/flows.tsv flows"
	same 400 "$(sqlite3 "$W/db" 'select count(*) from flows')"
	same '300|100' "$(sqlite3 "$W/db" "select sum(dir = 'A'), sum(dir = 'B') from flows")"
	same "$(printed)" "$(sqlite3 "$W/db" 'select name from pragma_table_info("flows")')"
	same 4000 "$(sqlite3 "$W/db" 'select sum(numBytesSnt) from flows')"
}

@test "t2cols -m and the manual made of it are clean" {
	needs mandoc
	{
		sed '/@COLUMNS@/,$d' "$T2_TOP/man/t2columns.5.in"
		t2cols -a -m
		sed '1,/@COLUMNS@/d' "$T2_TOP/man/t2columns.5.in"
	} >"$W/t2columns.5"
	mandoc -T lint -W warning "$W/t2columns.5"
	mandoc -T utf8 "$W/t2columns.5" | col -b >"$W/text"
	grep -q flowStat "$W/text"
	[ "$(wc -l <"$W/text")" -gt 300 ]
}

@test "t2cols -b: bits as a table" {
	t2cols -b >"$W/bits"
	awk -F '\t' 'NF != 6 { print; exit 1 }' "$W/bits"
	same $'%column\tbit\tmask\tlevel\treport\ttext' "$(head -n 1 "$W/bits")"
	grep -qx $'flowStat\t43\t0x0000080000000000\t\t\tStop dissecting' "$W/bits"
	same "$(t2cols -j | jq '[.[].bits[]] | length')" "$(tail -n +2 "$W/bits" | wc -l)"
}

@test "t2cols NAME: in full, even if it is switched off" {
	run -0 t2cols flowStat
	[[ $output == *'type     H64'* ]]
	[[ $output == *'Stop dissecting'* ]]
	run -0 t2cols mplsLabels
	[[ $output == *BFO_MPLS* ]]
	run -0 t2cols dir srcPort
	[[ $output == *'Flow direction'*'Source port'* ]]
	run -0 t2cols -j dir flowInd
	same 'dir flowInd' "$(jq -r '.[].name' <<<"$output" | tr '\n' ' ' | sed 's/ $//')"
}

@test "t2cols: misuse" {
	run -2 t2cols srcPrt
	same 't2cols: srcPrt: no such column (did you mean srcPort?)' "$output"
	run -2 t2cols -j -s
	[[ ${lines[0]} == 't2cols: -j and -s exclude each other' ]]
	run -2 t2cols -a -H
	run -2 t2cols -O dir
	run -2 t2cols -o NOPE=1
	run -2 t2cols --nope
	[[ ${lines[-1]} == "Try 't2cols --help'." ]]
}

@test "t2cols -p: only the columns of these plugins" {
	same dir "$(t2cols -p none | awk 'NR > 1 { print $2 }')"
	same "$(printed -p basicStats)" "$(t2cols -p basicStats | awk 'NR > 1 { print $2 }')"
}

@test "t2cols -k: the columns of the packet records, in their order, for each setting" {
	pkts() {
		t2pkt "$@" -r "$(crafted cap-empty)" | head -n 1 | tr -d % | tr '\t' '\n'
	}
	same "$(pkts)" "$(t2cols -k | awk 'NR > 1 { print $2 }')"
	same "$(seq "$(t2cols -k | tail -n +2 | wc -l)")" "$(t2cols -k | awk 'NR > 1 { print $1 }')"
	t2cols -O -t | awk -F '\t' '$2 ~ /^SPKTMD|RELTIME/ || $1 == "basicFlow" && $6 == 1 { print $1 "." $2 "=" !$3 }' >"$W/settings"
	[ "$(wc -l <"$W/settings")" -gt 10 ]
	while read -r s; do
		same "$(pkts -o "$s")" "$(t2cols -k -t -o "$s" | awk -F '\t' 'NR > 1 { print $2 }')" || { echo "$s"; return 1; }
	done <"$W/settings"
	jq -e 'all(.[]; .type != "" and .text != "")' <(t2cols -k -a -j) >/dev/null
	[[ $(t2cols -k ipFlags) == *'bit  mask'* ]]
	t2cols -k -s | grep -q '^CREATE TABLE packets'
	run -2 t2cols -k -m
	[[ $output == *'-k and -m exclude each other'* ]]
	t2cols -a -m | grep -q 'Columns of packet records'
}

@test "t2cols -t: columns as TSV, 0 for those that are off" {
	same "$(t2cols -H | cut -f 1,3,4)" "$(t2cols -t | tail -n +2 | cut -f 1,2,6)"
	t2cols -a -t | awk -F '\t' 'NR > 1 && ($1 == 0) && $5 == "" { exit 1 } NF != 6 { exit 1 }'
}

@test "t2cols -O -t and -j: value, default, range and source of each option" {
	mkdir -p "$XDG_CONFIG_HOME/t2"
	printf 'BFO_MAC=0\n[txtSink]\nSEP_CHR=","\n' >"$XDG_CONFIG_HOME/t2/t2.conf"
	RELTIME=1 t2cols -O -t -o BS_STATS=0 >"$W/o"
	awk -F '\t' 'NF != 9 { exit 1 }' "$W/o"
	same "$(t2cols -O | tail -n +2 | awk '{ print $1 }')" "$(awk -F '\t' 'NR > 1 { print $1 "." $2 }' "$W/o")"
	is "$(grep -E '^[a-zA-Z]*.(BFO_MAC|RELTIME|BS_STATS|SEP_CHR|BFO_VLAN)	' "$W/o" | cut -f -8 | sort)" <<-E
	basicFlow	BFO_MAC	0	1	0	1	1	file
	basicFlow	BFO_VLAN	1	1	0	2	1	default
	basicStats	BS_STATS	0	1	0	1	1	-o
	core	RELTIME	1	0	0	1	0	environment
	txtSink	SEP_CHR	","	"\t"				file
	E
	same "$(t2cols -O -t | tail -n +2 | cut -f 1,2,8)" \
	    "$(t2cols -O -j | jq -r '.[] | [.plugin, .option.name, .source] | @tsv')"
	# what the user wrote stays on its line, and JSON is UTF-8 in any case
	set -- -o $'PBC_UNKNOWN="a\\nb\xc3\xa9\xff\001"'
	t2cols -O "$@" | grep -qF '"a\nb'
	t2cols -O -j "$@" >"$W/o"
	iconv -f UTF-8 -t UTF-8 "$W/o" >/dev/null
	same $'"a\\nb\xc3\xa9.\\u0001"' "$(jq '.[].option | select(.name == "PBC_UNKNOWN") | .value' "$W/o")"
	run -2 t2cols -O -b
	[[ $output == *'-O and -b exclude each other'* ]]
	run -2 t2cols -O -L
	[[ $output == *'exclude each other'* ]]
}
