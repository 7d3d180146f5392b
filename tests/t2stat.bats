#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# t2stat.bats - signals to running t2.  The processes here have a name of their own, so that no
# other t2 of this machine gets one.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	name=t2x$$
	cp "$BUILD/bin/t2" $name
	export T2_SHARE=$BUILD/share/t2
	town=$T2_TOP/examples/town.pcap
	PIDS=
}

teardown() {
	for p in $PIDS; do
		kill -KILL "$p" 2>/dev/null || true
	done
}

# start PREFIX: one that waits for the rest of its input; its number in $pid
start() {
	mkfifo "$1.fifo"
	(exec 3>&-; exec ./$name -r - -w "$1" -o MACHINE_REPORT=1 <"$1.fifo" >"$1.report") &
	pid=$!
	PIDS="$PIDS $pid"
	exec 8>"$1.fifo"
	head -c 500000 "$town" >&8
	until_text 1 'Dump start' "$1.report"
}

# until_text N TEXT FILE
until_text() {
	for _ in $(seq 100); do
		[ "$(grep -c -e "$2" "$3")" -lt "$1" ] || return 0
		sleep .05
	done
	cat "$3"
	return 1
}

rows() {
	grep -c USR1MR_A "$1.report" || true
}

@test "nobody is there" {
	run -0 t2stat -n $name
	same "No running instance of $name found" "$output"
	run -0 t2stat -n $name -p
	[ -z "$output" ]
	run -0 t2stat --list --name=$name
	[ -z "$output" ]
}

@test "each gets USR1; numbers, command lines, elapsed times" {
	start a
	first=$pid
	start b
	t2stat -n $name
	until_text 1 USR1MR_A a.report
	until_text 1 USR1MR_A b.report
	is "$(t2stat -p -n $name)" < <(printf '%s\n%s\n' "$first" "$pid" | sort -n)
	is "$(t2stat -n $name -l | sort -n | sed 's/\t00:[0-5][0-9]$/ TIME/')" < <({
		printf '%s\t./%s -r - -w a -o MACHINE_REPORT=1 TIME\n' "$first" $name
		printf '%s\t./%s -r - -w b -o MACHINE_REPORT=1 TIME\n' "$pid" $name; } | sort -n)
	# those signals end no process
	kill -0 "$first" "$pid"
}

@test "other signals" {
	start a
	t2stat -n $name -USR2
	until_text 1 USR1MR_A a.report
	t2stat -SIGUSR2 -n $name
	t2stat -TERM -n $name
	for _ in $(seq 100); do
		kill -0 "$pid" 2>/dev/null || break
		sleep .05
	done
	run ! kill -0 "$pid"
	grep -q '^Aggregate flow status' a.report
}

@test "at intervals, until all have ended" {
	start a
	t2stat -n $name .2 3>&- 8>&- &
	PIDS="$PIDS $!"
	until_text 3 USR1MR_A a.report
	exec 8>&-
	for _ in $(seq 100); do
		kill -0 $! 2>/dev/null || break
		sleep .05
	done
	run ! kill -0 $!
}

@test "asks before" {
	start a
	t2stat -i -n $name <<<n 2>asked
	same "Send -USR1 signal to PID $pid (y/N)? " "$(cat asked)"
	t2stat --interactive -n $name </dev/null 2>/dev/null
	sleep .5
	same 0 "$(rows a)"
	t2stat -i -n $name <<<y 2>/dev/null
	until_text 1 USR1MR_A a.report
	run -2 t2stat -i -n $name 5
	[[ $output == *'Cannot use INTERVAL and -i/--interactive option simultaneously' ]]
}

@test "what does not catch the signal does not get it" {
	cp "$(command -v sleep)" sleeper
	mv sleeper s$name
	./s$name 60 3>&- &
	PIDS=$!
	run -0 t2stat -n s$name
	same "t2stat: $PIDS: does not take USR1" "$output"
	kill -0 "$PIDS"
	run -0 t2stat -USR2 -n s$name
	kill -0 "$PIDS"
}

@test "by sudo, misuse" {
	mkdir bin
	printf '#!/bin/sh\necho "sudo $*" >>%s/sudos\nexec "$@"\n' "$PWD" >bin/sudo
	chmod +x bin/sudo
	start a
	PATH=$PWD/bin:$PATH t2stat -s -n $name
	until_text 1 USR1MR_A a.report
	grep -q "kill -s USR1 $pid" sudos
	for bad in -q 0 x 1.2.3 '1 2' -n -WINCH; do
		# shellcheck disable=SC2086
		run -2 t2stat $bad
	done
}
