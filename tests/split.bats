#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# split.bats - -W: a flow file in pieces.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	TOWN=$T2_TOP/examples/town.pcap
}

# four ports, four flows
four() {
	/usr/bin/python3 -c '
import struct, sys
out = sys.stdout.buffer
out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
for i in range(4):
    ip = bytes.fromhex("450000240001000040110000" "0a000001" "0a000002")
    frame = bytes(range(12)) + b"\x08\x00" + ip + struct.pack(">HHHH", 2000 + i, 9, 16, 0) + bytes(8)
    out.write(struct.pack("<IIII", 1000 + i, 0, len(frame), len(frame)) + frame)' >four.pcap
}

# pieces GLOB: "name lines" of each, in numeric order
pieces() {
	local f
	# shellcheck disable=SC2086
	printf '%s\n' $1 | sort -V | while read -r f; do
		echo "$f $(wc -l <"$f")"
	done
}

@test "pieces by rows: the last one may be empty, the header line is in the first" {
	four
	t2flow -r four.pcap -p basicFlow -W o:1f,5
	is "$(pieces 'o_flows*')" <<-E
		o_flows.txt5 2
		o_flows.txt6 1
		o_flows.txt7 1
		o_flows.txt8 1
		o_flows.txt9 0
	E
	rm o_*
	t2flow -r four.pcap -p basicFlow --split=o:2f
	is "$(pieces 'o_flows*')" <<-E
		o_flows.txt0 3
		o_flows.txt1 2
		o_flows.txt2 0
	E
	is "$(ls o_*)" <<-E
		o_flows.txt0
		o_flows.txt1
		o_flows.txt2
		o_headers.txt
	E
}

@test "pieces by bytes: a piece ends with the row that fills it" {
	four
	t2flow -r four.pcap -p basicFlow -w whole
	all=$(stat -c %s whole_flows.txt)
	two=$(head -n 3 whole_flows.txt | wc -c)
	three=$(head -n 4 whole_flows.txt | wc -c)
	t2 -r four.pcap -p basicFlow -W "a:$all" >/dev/null
	is "$(pieces 'a_flows*')" <<<$'a_flows.txt0 5\na_flows.txt1 0'
	t2 -r four.pcap -p basicFlow --split "b:$((two + 1)),3" >/dev/null
	is "$(pieces 'b_flows*')" <<<$'b_flows.txt3 4\nb_flows.txt4 1'
	[ "$(stat -c %s b_flows.txt3)" -eq "$three" ]
	t2flow -r four.pcap -p basicFlow -W "c:1G"
	is "$(pieces 'c_flows*')" <<<'c_flows.txt0 5'
}

@test "pieces concatenate to the whole file, whatever their size" {
	t2flow -r "$TOWN" -w whole
	for w in o:500f,5 o:100K o:0.1M,3 o:1e5 o:1 o:2e2f o:0.2Kf o,6 o o:1G o:1.5f,010 o:7f,0x10; do
		rm -f o_*
		t2flow -r "$TOWN" -W $w
		# shellcheck disable=SC2046
		cat $(printf '%s\n' o_flows* | sort -V) | cmp - whole_flows.txt || { echo $w; return 1; }
	done
	is "$(printf '%s\n' o_flows* | sort -V | head -n 1)" <<<o_flows.txt16
	mkdir dir
	t2flow -r "$TOWN" -W dir/:100Kf
	cmp dir/town_flows.txt0 whole_flows.txt
	t2 -r "$TOWN" -W new/sub/x:1K,2 -s -l
	# shellcheck disable=SC2046
	cat $(printf '%s\n' new/sub/x_flows* | sort -V) | cmp - whole_flows.txt
	is "$(cd new/sub && echo x_[!f]*)" <<<'x_headers.txt x_icmpStats.txt x_log.txt x_packets.txt x_protocols.txt'
}

@test "TFS_PRI_HDR_FW=1: the header line is in all pieces, and counts for their size" {
	four
	t2flow -r four.pcap -p basicFlow -W o:2f -o TFS_PRI_HDR_FW=1
	is "$(pieces 'o_flows*')" <<<$'o_flows.txt0 3\no_flows.txt1 3\no_flows.txt2 1'
	for f in o_flows.txt*; do
		[[ $(head -n 1 $f) == %dir* ]]
	done
	t2flow -r four.pcap -p basicFlow -W p:2f -o TFS_PRI_HDR_FW=1 -o TFS_PRI_HDR=0
	is "$(pieces 'p_flows*')" <<<$'p_flows.txt0 2\np_flows.txt1 2\np_flows.txt2 0'
}

@test "misuse of -W is status 2" {
	four
	for w in o:x o:0 o:0f o:-1 o:1x o:1fK o:1e o:inf o:nan o:0x10 o: o,x o,-1 'o,' :1f - -:1f; do
		run -2 --separate-stderr t2flow -r four.pcap -W "$w"
		[[ ${stderr%%$'\n'*} == 't2flow: -W: '* ]] || { echo "$w: $stderr"; return 1; }
	done
	run -2 t2 -r four.pcap -w a -W b
	run -2 t2flow -r four.pcap -w a -W b
	is "$(find . -name '*_flows*')" </dev/null
}

@test "a piece that cannot be made is told, status 1; what was written stays" {
	four
	mkdir o_flows.txt2
	run -1 --separate-stderr t2flow -r four.pcap -p basicFlow -W o:1f
	[[ $stderr == *'o_flows.txt2: '* ]]
	same 2 "$(wc -l <o_flows.txt0)"
	same 1 "$(wc -l <o_flows.txt1)"
	# nor is an input
	cp four.pcap o_flows.txt1
	run -1 --separate-stderr t2flow -r o_flows.txt1 -p basicFlow -W o:1f
	[[ $stderr == *'o_flows.txt1: is an input'* ]]
	cmp four.pcap o_flows.txt1
}
