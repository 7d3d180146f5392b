#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# out.bats - what is written where and how: stdout, files and folders, broken pipes and full disks,
# the headers file, the text forms.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
	f=$(crafted core-order-1)
}

# A capture whose records are more than a pipe and all buffers hold.
long() {
	crafted core-lots
}

@test "a reader that had enough: quiet" {
	t2flow -r "$(long)" 2>"$W/err" | head -n 1 >"$W/out"
	[ "$(wc -l <"$W/out")" -eq 1 ]
	same '' "$(cat "$W/err")"
	t2flow -r "$f" 2>"$W/err" | head -c 1 >/dev/null
	same '' "$(cat "$W/err")"
	t2cols 2>"$W/err" | head -n 1 >/dev/null
	same '' "$(cat "$W/err")"
}

@test "a full disk: told, status 1" {
	for command in "t2flow -r $f" "t2flow -r $(long)" t2cols 't2cols -j' 't2cols -m' 't2cols -h'; do
		status=0
		# shellcheck disable=SC2086
		$command >/dev/full 2>"$W/err" || status=$?
		[ "$status" -eq 1 ] || { echo "$command: status $status"; return 1; }
		[ "$(grep -c 'No space left on device' "$W/err")" -eq 1 ] || { echo "$command: $(cat "$W/err")"; return 1; }
	done
}

@test "stdout closed: told, status 1" {
	run -1 bash -c 't2flow -r "$1" >&-' - "$f"
	[[ $output == t2flow:* ]]
}

@test "two runs are equal, whatever the zone and language" {
	u=$(crafted proto-mode)
	t2flow -r "$u" >"$W/1"
	TZ=Asia/Tokyo LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 t2flow -r "$u" >"$W/2"
	TZ=America/New_York LC_ALL=C.UTF-8 t2flow -r "$u" >"$W/3"
	cmp "$W/1" "$W/2"
	cmp "$W/1" "$W/3"
	t2flow -r "$(long)" >"$W/4"
	t2flow -r "$(long)" | cmp - "$W/4"
}

@test "each record has each column, and an end" {
	for c in core-lots proto-bfo core-frag-both link-105 cap-empty; do
		t2flow -r "$(crafted $c)" | awk -F '\t' 'NR == 1 { n = NF } NF != n { exit 1 }'
	done
	[ "$(t2flow -r "$f" | tail -c 1 | od -An -c | tr -d ' ')" = '\n' ]
	! t2flow -r "$(long)" | grep -q $'\t$'
}

@test "-w PREFIX writes PREFIX_flows.txt and PREFIX_headers.txt, nothing on stdout" {
	cd "$W"
	run -0 --separate-stderr t2flow -w abc -r "$f"
	same '' "$output"
	same 'abc_flows.txt abc_headers.txt' "$(echo abc_*.txt)"
	t2flow -r "$f" | cmp - abc_flows.txt
}

@test "-w -: stdout, no headers file" {
	cd "$W"
	mkdir empty
	cd empty
	t2flow -r "$f" >../one
	t2flow -w - -r "$f" | cmp - ../one
	same '' "$(ls)"
}

@test "-w FOLDER, FOLDER/, new/sub/, new/PREFIX: names and missing folders" {
	cd "$W"
	mkdir there
	cp "$f" x.y.pcap
	cp "$f" bare
	t2flow -w there -r x.y.pcap
	[ -s there/x.y_flows.txt ]
	t2flow -w there/ -r bare
	[ -s there/bare_flows.txt ]
	cp "$f" .dot
	t2flow -w there/ -r .dot
	[ -s there/.dot_flows.txt ]
	t2flow -w new/sub/ -r x.y.pcap
	[ -s new/sub/x.y_flows.txt ]
	t2flow -w new2/pre.txt -r x.y.pcap
	[ -s new2/pre.txt_flows.txt ]
	t2flow -w new3/pre -r - <bare
	[ -s new3/pre_flows.txt ]
	t2flow -w there/ -r - <bare
	[ -s there/stdin_flows.txt ]
	echo bare >list.txt
	t2flow -w there/ -R list.txt
	[ -s there/list_flows.txt ]
	for made in there/*_flows.txt new/sub/*_flows.txt new2/*_flows.txt new3/*_flows.txt; do
		cmp there/bare_flows.txt "$made"
		[ -s "${made%_flows.txt}_headers.txt" ]
	done
	t2flow -w "$W/there/old" -r x.y.pcap
	echo garbage >>there/old_flows.txt
	t2flow -w "$W/there/old" -r x.y.pcap
	cmp there/bare_flows.txt there/old_flows.txt
}

@test "-w where nothing can be written: told, status 1" {
	cd "$W"
	: >file
	run -1 t2flow -w file/x -r "$f"
	[[ $output == 't2flow: file/'*': Not a directory' ]]
	[ "${#lines[@]}" -eq 1 ]
	mkdir full_flows.txt
	run -1 t2flow -w full -r "$f"
	[[ $output == 't2flow: full_flows.txt: Is a directory' ]]
	# the reason stands behind a path of any length
	deep=$(printf '%0250d/%0250d/%0250d' 1 2 3)
	mkdir -p "$deep/full_flows.txt"
	run -1 t2flow -w "$deep/full" -r "$f"
	same "t2flow: $deep/full_flows.txt: Is a directory" "$output"
	run -1 t2flow -r "$deep/none"
	same "t2flow: $deep/none: No such file or directory" "$output"
	run -2 t2flow -R "$deep/none"
	same "t2flow: $deep/none: No such file or directory" "$output"
}

@test "the headers file tells what was run and what the columns are" {
	cd "$W"
	t2flow -p basicFlow,basicStats -w h -x 42 -o BFO_MAC=0 -r "$f"
	awk '/^# Col No/ { exit } 1' h_headers.txt | sed 's/^\(# Date: \)[0-9.]* sec (.*)$/\1DATE/;
	    s/^\(# PID: \)[0-9]*$/\1PID/; s/^\(# HW Info: \).*;.*;.*;.*;.*/\1HW/; s/^# t2 [0-9.]*$/# t2 VERSION/;
	    s/version [0-9.]*$/version V/' >top
	is "$(cat top)" <<-E
	# Date: DATE
	# t2 VERSION
	# sensorID: 42
	# PID: PID
	# Command line: t2flow -p basicFlow,basicStats -w h -x 42 -o BFO_MAC=0 -r $f
	# Folder: $W
	# HW Info: HW
	#
	# Plugins loaded:
	#   01: basicFlow, version V
	#   02: basicStats, version V
	#
	# Options: core.SENSORID=42 basicFlow.BFO_MAC=0
	#
	E
	# the column lines agree with the flow file and with t2cols
	sed '1,/^# Col No/d' h_headers.txt >cols
	same "$(head -n 1 h_flows.txt | tr -d % | tr '\t' '\n')" "$(cut -f 3 cols)"
	same "$(seq "$(wc -l <cols)")" "$(cut -f 1 cols)"
	grep -qx $'1\tC\tdir\tFlow direction' cols
	grep -qx $'4\tU64.U32\ttimeFirst\tDate time of first packet' cols
	t2cols -H -p basicFlow,basicStats -o BFO_MAC=0 | grep -v '^#' | cmp - cols
	t2flow -w none -o TFS_HDR_FILE=0 -r "$f"
	[ -e none_flows.txt ]
	[ ! -e none_headers.txt ]
	t2flow -w num -o TFS_NC_TYPE=0 -r "$f"
	sed '1,/^# Col No/d' num_headers.txt | awk -F '\t' '$2 !~ /^[0-9_:R]+$/ { print; bad = 1 } END { exit bad }'
}

@test "header line: character, none, extended" {
	p="-p basicFlow,basicStats -r $f"
	# shellcheck disable=SC2086
	{
		[[ $(t2flow $p -o 'HDR_CHR=#' | head -n 1) == '#dir'* ]]
		[[ $(t2flow $p -o 'HDR_CHR=' | head -n 1) == 'dir'* ]]
		[[ $(t2flow $p -o TFS_PRI_HDR=0 | head -n 1) == 'A'* ]]
		t2flow $p -o TFS_EXTENDED_HEADER=1 -w "$W/e"
	}
	run -0 head -n 4 "$W/e_flows.txt"
	[[ ${lines[0]} =~ ^%\ ?4\ *$ ]] || [[ ${lines[0]} =~ 4 ]]
	[[ ${lines[1]} =~ 38$ ]]
	[[ ${lines[3]} == '%dir'* ]]
	[ "$(wc -l <"$W/e_flows.txt")" -eq 8 ]
}

@test "SEP_CHR, capital hex, times" {
	one() {
		t2flow -p basicFlow -r "$f" -o BFO_SUBNET_TEST=0 "$@" | tail -n 1
	}
	is "$(one -o SEP_CHR=, -o BFO_MAX_HDRDESC=0)" <<-E
	A,2,0x0000000000004000,1000000000.100000,1000000000.400000,0.300000,02:00:00:00:00:01,02:00:00:00:00:02,0x0800,,10.0.0.3,1111,10.0.0.2,2222,17
	E
	is "$(one -o 'SEP_CHR=|' -o BFO_MAX_HDRDESC=0 | cut -d '|' -f 2,4,11)" <<-E
	2|1000000000.100000|10.0.0.3
	E
	is "$(one -o TSTAMP_PREC=1 | cut -f 4,6)" <<-E
	1000000000.100000000	0.300000000
	E
	same "$(one -o TSTAMP_PREC=1)" "$(one -o B2T_TIME_IN_MICRO_SECS=0)"
	is "$(one -o B2T_TIMESTR=1 | cut -f 4-6)" <<-E
	2001-09-09T01:46:40.100000+0000	2001-09-09T01:46:40.400000+0000	0.300000
	E
	is "$(flows proto-mode 'ethType flowStat' -o HEX_CAPITAL=1 | sed -n 3p)" <<-E
	0x86DD 0x0000000000028000
	E
}

@test "forms of addresses" {
	u=$(crafted proto-mode)
	is "$(flows "$u" srcMac -o MAC_FORMAT=1 | head -n 1)" <<-E
	0x0000020000000001
	E
	is "$(flows "$u" srcMac -o MAC_SEP=- | head -n 1)" <<-E
	02-00-00-00-00-01
	E
	for n in 0 1 2 3; do
		flows "$u" srcIP -o IP4_FORMAT=$n | head -n 1
		flows "$u" srcIP -o IP6_FORMAT=$n | sed -n 2p
	done >"$W/rows"
	is "$(cat "$W/rows")" <<-E
	10.1.0.1
	fd01::1
	010.001.000.001
	fd01:0000:0000:0000:0000:0000:0000:0001
	0x0a010001
	0xfd010000000000000000000000000001
	167837697
	0xfd01000000000000_0x0000000000000001
	E
}

@test "big captures: the record comes as soon as the flow ends, not at the end of the input" {
	# a pipe that stays open: records of ended flows must come out once a buffer is full
	{ cat "$(crafted core-many)"; sleep 1; } | t2flow -r - -p basicFlow --max-flows 2 >"$W/out"
	[ "$(wc -l <"$W/out")" -gt 300 ]
}
