#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# caplist.bats - t2caplist: what it takes for a capture, where it looks, in which order.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$(cd "$BATS_TEST_TMPDIR" && pwd -P)
	mkdir "$W/caps" && cd "$W/caps" || return
	two=$(crafted report-two)
	mkdir -p sub/deep
	cp "$two" b10.pcap
	cp "$two" A1.pcap
	cp "$two" b2.pcap
	cp "$two" sub/z.pcap
	cp "$(crafted report-later)" sub/deep/no_extension
	echo 'no capture' >notes.txt
	: >empty.pcap
	cd "$W" || return
}

# listed ARG...: the paths below $W, in one line
listed() {
	t2caplist "$@" | sed "s|^$W/||" | tr '\n' ' '
}

@test "folders: absolute paths, sorted like versions without case" {
	is "$(listed caps)" <<<'caps/A1.pcap caps/b2.pcap caps/b10.pcap '
	is "$(listed -d 2 caps)" <<<'caps/A1.pcap caps/b2.pcap caps/b10.pcap caps/sub/z.pcap '
	is "$(listed -r caps/)" <<<'caps/A1.pcap caps/b2.pcap caps/b10.pcap caps/sub/deep/no_extension caps/sub/z.pcap '
	is "$(listed --recursive --reverse ./caps/../caps)" \
	    <<<'caps/sub/z.pcap caps/sub/deep/no_extension caps/b10.pcap caps/b2.pcap caps/A1.pcap '
	cd caps
	is "$(listed)" <<<'caps/A1.pcap caps/b2.pcap caps/b10.pcap '
	is "$(listed --depth=1 sub .)" <<<'caps/A1.pcap caps/b2.pcap caps/b10.pcap caps/sub/z.pcap '
}

@test "numbers: by value, however long and with zeros" {
	mkdir n
	for i in 10 9 009 1 00000000000000000000000000002 99999999999999999999999 x 1a 1b2 1b10; do
		cp "$two" "n/$i"
	done
	is "$(listed n | sed 's|n/||g')" \
	    <<<'1 1a 1b2 1b10 00000000000000000000000000002 009 9 10 99999999999999999999999 x '
}

@test "single files" {
	is "$(listed caps/b2.pcap)" <<<'caps/b2.pcap '
	is "$(listed caps/b2.pcap caps/notes.txt caps/A1.pcap 2>err)" <<<'caps/A1.pcap caps/b2.pcap '
	[ ! -s err ]
	run -0 --separate-stderr t2caplist -v caps/b2.pcap caps/notes.txt caps/empty.pcap
	same "$W/caps/b2.pcap" "$output"
	is "$stderr" <<-E
		t2caplist: '$W/caps/notes.txt' is not a valid pcap file
		t2caplist: '$W/caps/empty.pcap' is not a valid pcap file
	E
	# never those in folders
	run -0 --separate-stderr t2caplist --verbose caps
	[ -z "$stderr" ]
}

@test "what a capture is: all that t2 opens" {
	mkdir all
	for f in cap-gz.pcap.gz cap-ng-simple.pcapng; do
		cp "$(crafted "$f")" "all/${f%%.*}"
	done
	cp "$(crafted report-none)" all/none
	head -c 10 "$two" >all/cut
	mkfifo all/fifo
	ln -s ../caps/b2.pcap all/link
	is "$(listed all)" <<<'all/cap-gz all/cap-ng-simple all/none '
	is "$(listed -L all)" <<<'all/cap-gz all/cap-ng-simple all/link all/none '
	ln -s ../caps all/folder
	is "$(listed -r all)" <<<'all/cap-gz all/cap-ng-simple all/none '
	listed -r --follow all | grep -q 'all/folder/sub/z.pcap'
	# a link that is named is followed
	is "$(listed all/link)" <<<'caps/b2.pcap '
	# a loop ends
	ln -s .. caps/sub/loop
	is "$(listed -r -L caps/sub | wc -w)" <<<5
}

@test "order: size, first packet, none; names" {
	cp "$T2_TOP/examples/town.pcap" caps/a_big
	is "$(listed --size caps | sed 's/ .*//')" <<<'caps/A1.pcap'
	is "$(listed -z -R caps | sed 's/ .*//')" <<<'caps/a_big'
	is "$(listed -t -r caps | sed 's/ caps.a_big $//')" \
	    <<<'caps/A1.pcap caps/b2.pcap caps/b10.pcap caps/sub/z.pcap caps/sub/deep/no_extension'
	is "$(listed --time -R -r caps | cut -d ' ' -f 1,2)" <<<'caps/a_big caps/sub/deep/no_extension'
	same "$(t2caplist caps | sort)" "$(t2caplist --unsorted caps | sort)"
	same "$(t2caplist caps | sort)" "$(t2caplist -s caps | sort)"
	is "$(listed -x '*.txt' -x 'b*' caps)" <<<'caps/b2.pcap caps/b10.pcap caps/notes.txt '
	is "$(listed --name 'b*' caps)" <<<'caps/b2.pcap caps/b10.pcap '
}

@test "errors" {
	run -1 --separate-stderr t2caplist caps/notes.txt
	same 't2caplist: No valid PCAP files found' "$stderr"
	[ -z "$output" ]
	mkdir void
	run -1 --separate-stderr t2caplist void
	same 't2caplist: No valid PCAP files found' "$stderr"
	run -1 --separate-stderr t2caplist missing caps/b2.pcap
	same 't2caplist: missing: No such file or directory' "$stderr"
	same "$W/caps/b2.pcap" "$output"
	for bad in -q '-d 0' '-d x' '-t -z' '-s -t' -d; do
		# shellcheck disable=SC2086
		run -2 t2caplist $bad caps
	done
	[ -c /dev/full ] || skip 'no /dev/full'
	run -1 --separate-stderr bash -c 't2caplist caps >/dev/full'
	same 't2caplist: stdout: No space left on device' "$stderr"
	bash -c 'set -o pipefail; t2caplist -r caps | head -n 1'
}

@test "a name with a line end is left out and told, others are taken as they are" {
	cp "$two" $'caps/new\nline.pcap'
	cp "$two" 'caps/a  "b" $c #.pcap'
	run -1 --separate-stderr t2caplist caps
	[[ $stderr == *'left out'* ]]
	grep -qxF "$W/caps/a  \"b\" \$c #.pcap" <<<"$output"
	same 4 "${#lines[@]}"
}

@test "for -R" {
	t2caplist -r -t caps >list
	t2 -R list -w x >report
	grep -q '^Processing file no. 5 of 5: .*no_extension$' report
	same "$(t2flow -R list)" "$(t2caplist -rt caps | t2flow -R -)"
}
