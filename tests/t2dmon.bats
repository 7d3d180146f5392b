#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# t2dmon.bats - links to the files that appear in a folder.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	mkdir dumps
	two=$(crafted report-two)
	PIDS=
}

teardown() {
	for p in $PIDS; do
		kill "$p" 2>/dev/null || true
	done
}

# start ARG...: t2dmon -v in the background, when it watches
start() {
	t2dmon -v "$@" >out 2>err 3>&- &
	pid=$!
	PIDS="$PIDS $pid"
	until_true 10 grep -q 'First symlink' out
}

points() {
	[ "$(readlink "$1")" = "$2" ]
}

@test "a link for each file, when it is whole" {
	cp "$two" dumps/before
	start dumps
	cp "$two" dumps/first
	until_true 10 points dumps/wurst.pcap0 first
	cp "$two" moved
	mv moved dumps/second
	until_true 10 points dumps/wurst.pcap1 second
	# not before its writer is done
	exec 8>dumps/third
	cat "$two" >&8
	sleep .3
	[ ! -e dumps/wurst.pcap2 ]
	exec 8>&-
	until_true 10 points dumps/wurst.pcap2 third
	cmp "$two" dumps/wurst.pcap2
	is "$(cat out)" <<-'E'
		Monitoring folder 'dumps'
		First symlink will be 'dumps/wurst.pcap0'
		New file: 'dumps/first'
		New symlink: 'dumps/wurst.pcap0'
		New file: 'dumps/second'
		New symlink: 'dumps/wurst.pcap1'
		New file: 'dumps/third'
		New symlink: 'dumps/wurst.pcap2'
	E
}

@test "what is no new file gets no link" {
	start -o n --index 7 dumps/
	cp "$two" dumps/.first.x7Hq
	mkdir dumps/folder
	mkfifo dumps/fifo
	ln -s nowhere dumps/link
	mv dumps/.first.x7Hq dumps/first
	until_true 10 points dumps/n7 first
	cat "$two" >>dumps/first        # the same file, written on
	cp "$two" other
	mv other dumps/first            # another one
	until_true 10 points dumps/n8 first
	rm dumps/first
	cp "$two" dumps/first
	until_true 10 points dumps/n9 first
	[ ! -e dumps/n10 ]
	same 8 "$(grep -c . out)"
}

@test "names with blanks, quotes and signs" {
	start dumps
	name=$' a "b"  %s $c\n\'d'
	cp "$two" "dumps/$name"
	until_true 10 points dumps/wurst.pcap0 "$name"
}

@test "-m: the newest links only, and no file" {
	start --max 2 --output=x dumps
	for i in 1 2 3 4; do
		cp "$two" dumps/$i
		until_true 10 points dumps/x$((i - 1)) $i
	done
	until_true 10 grep -q "Removing 'dumps/x1'" out
	is "$(cd dumps && ls | tr '\n' ' ')" <<<'1 2 3 4 x2 x3 '
	grep -qx "Too many links. Removing 'dumps/x0'" out
	start -m 1 -o y dumps
	cp "$two" dumps/5
	until_true 10 points dumps/y0 5
	until_true 10 points dumps/x4 5
	rm dumps/y0
	echo mine >dumps/y0             # a file of that name is not removed
	cp "$two" dumps/6
	until_true 10 test -e dumps/y2
	is "$(cat dumps/y0)" <<<mine
}

@test "without -v it is silent; with a folder that is gone it ends" {
	t2dmon dumps >out 2>err 3>&- &
	PIDS=$!
	until_true 10 sh -c "ls -l /proc/$PIDS/fd | grep -q inotify"
	sleep .1
	cp "$two" dumps/a
	until_true 10 points dumps/wurst.pcap0 a
	[ ! -s out ]
	rm -r dumps
	wait "$PIDS" && return 1
	is "$(cat err)" <<<'t2dmon: dumps: the folder is gone'
}

@test "errors" {
	run -1 --separate-stderr t2dmon missing
	same 't2dmon: missing: No such file or directory' "$stderr"
	: >file
	run -1 t2dmon file
	: >dumps/wurst.pcap0
	run -1 --separate-stderr t2dmon dumps
	same 't2dmon: dumps/wurst.pcap0: File exists (begin with another number: -i)' "$stderr"
	for bad in -q '-i x' '-i -1' '-m 0' '-o a/b' 'dumps dumps' -o; do
		# shellcheck disable=SC2086
		run -2 t2dmon $bad
	done
}

@test "t2 -D reads what appears" {
	t2 --help | grep -q -e '-D,' || skip 't2 has no -D'
	start -o nudel.pcap dumps
	t2 -D dumps/nudel.pcap0,1 -w x >report 3>&- &
	t2=$!
	PIDS="$PIDS $t2"
	cp "$two" dumps/any_name
	sleep .2
	cp "$(crafted report-later)" dumps/other.cap
	wait $t2
	grep -qx 'Number of processed packets: 4' report
}
