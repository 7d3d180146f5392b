#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# plugin-macRecorder.bats - pairs of MAC addresses and vendors on the captures of
# craft/macRecorder.py, with the shipped list of vendors.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	LIST=macRecorder.MR_MANUF_FILE=$T2_TOP/share/manuf.txt
}

macs() {
	local f=$1
	shift
	cols "$f" 'macPairs srcMac_dstMac_numP srcManuf_dstManuf' -o "$LIST" "$@"
}

@test "two pairs in one direction, one in the other" {
	is "$(macs macRecorder-pairs | sed 's/;/;\n/')" <<-EOT
		2	00:d0:02:6d:78:00_00:60:08:2c:ca:8e_1;
		00:d0:02:6d:78:01_00:60:08:2c:ca:8e_2	Ditech_3com;Ditech_3com
		1	00:60:08:2c:ca:8e_00:d0:02:6d:78:00_1	3com_Ditech
	EOT
}

@test "order of first appearance; unknown vendors, groups and broadcast have no label" {
	is "$(macs macRecorder-order | tr ';' '\n')" <<-EOT
		3	00:d0:02:6d:78:00_00:60:08:2c:ca:8e_3
		00:a0:c9:00:00:01_01:00:5e:00:00:01_2
		02:00:00:00:00:01_ff:ff:ff:ff:ff:ff_1	Ditech_3com
		IntelPro_
		_
	EOT
}

@test "a full list is closed: known pairs do not count any more" {
	run -0 macs macRecorder-many
	[[ $output == 16$'\t'* ]]
	[ "$(cut -f 2 <<<"$output" | tr ';' '\n' | grep -c '_1$')" -eq 16 ]
	run -0 macs macRecorder-many -o macRecorder.MR_MAX_MAC=100
	[ "$(cut -f 2 <<<"$output" | tr ';' '\n' | grep -c '_2$')" -eq 18 ]
	is "$(macs macRecorder-order -o macRecorder.MR_MAX_MAC=1)" <<-EOT
		1	00:d0:02:6d:78:00_00:60:08:2c:ca:8e_1	Ditech_3com
	EOT
}

# long_list: a flow of 60000 pairs: all of them, the first 99 again, then the last two, 100000 times
# each
long_list() {
	/usr/bin/python3 - <<-'EOT'
	import struct
	import sys
	out = sys.stdout.buffer
	out.write(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
	rest = bytes.fromhex('0800 4500001c0000000040110000 0a000001 0a000002 0001000200080000')
	head = struct.pack('<IIII', 1, 0, 14 + 28, 14 + 28)
	last = [59998, 59999]
	for i in [*range(60000), *range(99), *(last * 100000)]:
	    out.write(head + bytes(6) + bytes([2, 0]) + struct.pack('>I', i) + rest)
	EOT
}

@test "a long list is exact, and packets are not compared with all of it" {
	# seconds of processor time: many times what it takes, a fraction of what comparing does
	run -0 bash -c 'ulimit -t 3; exec t2flow -p macRecorder -o MR_MAX_MAC=65535 -r -' < <(long_list)
	[[ ${lines[1]} == A$'\t'60000$'\t'* ]]
	cut -f 3 <<<"${lines[1]}" | tr ';' '\n' | sed 's/.*_//' | sort -n | uniq -c | awk '{ print $1, $2 }' |
	    diff -u - <(printf '%s\n' '59899 1' '99 2' '2 100001')
	# where the table begins: 64 pairs and 65
	for max in 64 65; do
		is "$(long_list | cols - 'macPairs srcMac_dstMac_numP' -p macRecorder -o MR_MAX_MAC=$max |
		    tr ';' '\n' | awk '{ n += /_1$/ } END { print $1, n }')" <<<"$(
		    printf '02:00:00:00:00:%02x_00:00:00:00:00:00_1 %d' $((max - 1)) "$max")"
	done
}

@test "nothing without Ethernet header; layer 2 flows" {
	is "$(macs macRecorder-raw)" <<<$'0\t\t'
	is "$(macs macRecorder-arp)" <<-EOT
		1	00:d0:02:6d:78:00_ff:ff:ff:ff:ff:ff_1	Ditech_
	EOT
}

@test "forms of the addresses, full names, no names" {
	is "$(macs macRecorder-arp -o macRecorder.MR_MAC_FMT=0 -o macRecorder.MR_MANUF=2)" <<-EOT
		1	0x000000d0026d7800_0x0000ffffffffffff_1	"Ditech Corporation"_""
	EOT
	is "$(cols macRecorder-arp srcMac_dstMac_numP -o macRecorder.MR_MAC_FMT=2)" <<-EOT
		893393926144_281474976710655_1
	EOT
	run -0 t2flow -o macRecorder.MR_MANUF=0 -o macRecorder.MR_NPAIRS=0 \
		-r "$(crafted macRecorder-arp)"
	[[ ${lines[0]} != *srcManuf* && ${lines[0]} != *macPairs* ]]
}

# vendor FILE: the vendors of the ARP packet by that list
vendor() {
	cols macRecorder-arp srcManuf_dstManuf -o macRecorder.MR_MANUF_FILE="$1"
}

@test "lists of vendors: own, Wireshark's, the IEEE's; a missing one is an error" {
	f=$BATS_TEST_TMPDIR/list
	printf '# comment\n\n0x00d002\tfirst\n0x00D002\tMine\tMy name\nnonsense\n' >"$f"
	is "$(vendor "$f")" <<<'Mine_'
	printf '00:D0:02\tDITECHSO\tDITECH SOLUTIONS\n00:D0:02:60:00:00/28\tno\tno\n' >"$f"
	is "$(vendor "$f")" <<<'DitechSo_'
	printf 'Registry,Assignment,Organization Name,Organization Address\n' >"$f"
	printf 'MA-L,00D002,"EDIMAX TECHNOLOGY CO., LTD.",Here 1\r\n' >>"$f"
	is "$(vendor "$f")" <<<'EdimaxTe_'
	run t2flow -o macRecorder.MR_MANUF_FILE="$f.missing" -r "$(crafted macRecorder-arp)"
	[ "$status" -ne 0 ]
	[[ $output == *"$f.missing: No such file"* ]]
}

@test "MR_MANUF_2018 takes the names of younger blocks away" {
	printf '0x00d002\tMine\n' >"$BATS_TEST_TMPDIR/list"
	mkdir -p "$XDG_DATA_HOME/t2"
	is "$(vendor "$BATS_TEST_TMPDIR/list")" <<<'Mine_'
	is "$(MR_MANUF_2018=1 vendor "$BATS_TEST_TMPDIR/list")" <<<'Mine_'
	printf '0x00d002\t-\n' >"$XDG_DATA_HOME/t2/manuf-2018.txt"
	is "$(MR_MANUF_2018=1 vendor "$BATS_TEST_TMPDIR/list")" <<<'_'
	grep -q '^0x9C583C	-$' "$T2_TOP/share/manuf-2018.txt"
}

@test "the user's list comes before all others" {
	export XDG_DATA_HOME=$BATS_TEST_TMPDIR/data
	mkdir -p "$XDG_DATA_HOME/t2"
	printf '0x00d002\tMine\n' >"$XDG_DATA_HOME/t2/manuf.txt"
	is "$(cols macRecorder-arp srcManuf_dstManuf)" <<<'Mine_'
}

@test "MR_MACLBL: labels of single addresses from the user's list" {
	labels() {
		cols macRecorder-pairs 'srcMac_dstMac_numP srcLbl_dstLbl' -o MR_MACLBL=1 "$@" | cut -f 2
	}
	# the shipped list knows groups
	is "$(cols macRecorder-order srcLbl_dstLbl -o MR_MACLBL=1 | tr ';' '\n')" <<-E
	_
	_allHosts
	_broadcast
	E
	mkdir -p "$XDG_DATA_HOME/t2"
	printf '%s\t%s\n' '# my' cards 00:d0:02:6d:78:00 wrong 00-D0-02-6D-78-01 'gate way' \
	    0x0060082cca8e 'pc	room 5' 00:d0:02:6d:78:00 gate >"$XDG_DATA_HOME/t2/maclbl.txt"
	is "$(labels)" <<-E
	gate_pc;gate way_pc
	pc_gate
	E
	printf '\n0x00d0026d7801\tb\n' >"$BATS_TEST_TMPDIR/list"
	is "$(labels -o MR_MACLBL_FILE="$BATS_TEST_TMPDIR/list")" <<-E
	_;b_
	_
	E
	# no such column without
	is "$(cols macRecorder-arp srcLbl_dstLbl | head -n 1)" <<<'no column srcLbl_dstLbl'
}

@test "MR_MACLBL: what is wrong with the list is told" {
	f=$BATS_TEST_TMPDIR/list
	for line in '00:d0:02:6d:78 x' '00:d0:02:6d:78:00' '00:d0:02:6d:78:00	' 'x	y' \
	    '0x	y' '0x1000000000000	y' '00:d0:02:6d:78:00:01	y'; do
		printf '# first\n%s\n' "$line" >"$f"
		run ! t2flow -o MR_MACLBL=1 -o MR_MACLBL_FILE="$f" -r "$(crafted macRecorder-arp)"
		same "t2flow: $f: line 2: write a MAC address, a tab, a label" "$output"
	done
	run ! t2flow -o MR_MACLBL=1 -o MR_MACLBL_FILE=none.txt -r "$(crafted macRecorder-arp)"
	[[ $output == 't2flow: macRecorder: '*'/none.txt: No such file or directory' ]]
}
