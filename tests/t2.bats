#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# t2.bats - the main tool: where its files go, what goes to stdout and stderr, what it refuses.
# The text of the report is in report.bats.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	TWO=$(crafted report-two)
	cd "$BATS_TEST_TMPDIR" || return
	mkdir run
	cd run || return
}

# files: all files below the working directory, one line
files() {
	find . -type f | sed 's|^\./||' | LC_ALL=C sort | tr '\n' ' '
}

# ----- where output goes

@test "-w a folder: files in it, named like the capture" {
	mkdir dir
	t2 -r "$TWO" -w dir >/dev/null
	t2 -r "$TWO" -w dir/ -p basicFlow >/dev/null
	is "$(files)" <<-'EOT'
		dir/report-two_flows.txt dir/report-two_headers.txt dir/report-two_icmpStats.txt dir/report-two_protocols.txt 
	EOT
}

@test "-w new folders with a slash, and a prefix in new folders" {
	t2 -r "$TWO" -w new/sub/ -p basicFlow >/dev/null
	t2 -r "$TWO" -w a/b/pre -p basicFlow >/dev/null
	is "$(files)" <<-'EOT'
		a/b/pre_flows.txt a/b/pre_headers.txt new/sub/report-two_flows.txt new/sub/report-two_headers.txt 
	EOT
	is "$(stat -c %a new a)" < <(printf '700\n700\n')
}

@test "-w a prefix; an extension in it stays" {
	t2 -r "$TWO" -w pre -p basicFlow >/dev/null
	t2 -r "$TWO" -w pre.txt -p basicFlow >/dev/null
	is "$(files)" <<<'pre.txt_flows.txt pre.txt_headers.txt pre_flows.txt pre_headers.txt '
}

@test "without -w: beside the capture, without its last extension" {
	mkdir w.d
	cp "$TWO" w.d/x.y.pcap
	cp "$TWO" w.d/noext
	cp "$TWO" here.pcap
	t2 -r w.d/x.y.pcap -p basicFlow >/dev/null
	t2 -r w.d/noext -p basicFlow >/dev/null
	t2 -r here.pcap -p basicFlow >/dev/null
	is "$(files)" <<-'EOT'
		here.pcap here_flows.txt here_headers.txt w.d/noext w.d/noext_flows.txt w.d/noext_headers.txt w.d/x.y.pcap w.d/x.y_flows.txt w.d/x.y_headers.txt 
	EOT
}

@test "-w -: flows on stdout, the report on stderr, other files beside the capture" {
	cp "$TWO" z.pcap
	run -0 --separate-stderr t2 -r z.pcap -w -
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[0]} == %dir* ]]
	[[ ${lines[1]} == A* ]]
	grep -qx 'Number of processed packets: 2' <<<"$stderr"
	is "$(files)" <<<'z.pcap z_headers.txt z_icmpStats.txt z_protocols.txt '
	t2 -r z.pcap -w zz >/dev/null
	is "$output" <zz_flows.txt
}

@test "files of -R are named like the list, those of stdin stdin" {
	echo "$TWO" >caps.list
	t2 -R caps.list -w out/ -p basicFlow >/dev/null
	t2 -r - -p basicFlow <"$TWO" >/dev/null
	t2 -r - -w out/ -p basicFlow <"$TWO" >/dev/null
	is "$(files)" <<-'EOT'
		caps.list out/caps_flows.txt out/caps_headers.txt out/stdin_flows.txt out/stdin_headers.txt stdin_flows.txt stdin_headers.txt 
	EOT
}

@test "-l: nothing on stdout, the report in a file, with -w - too" {
	run -0 t2 -r "$TWO" -w x -l
	[ -z "$output" ]
	grep -qx 'Number of processed packets: 2' x_log.txt
	head -2 x_log.txt | grep -q '^t2 '
	cp "$TWO" z.pcap
	run -0 --separate-stderr t2 -r z.pcap -w - -l
	[ -z "$stderr" ]
	[ "${#lines[@]}" -eq 2 ]
	grep -qx 'Number of processed packets: 2' z_log.txt
}

@test "the flows are those of t2flow, whatever the options" {
	t2 -r "$(crafted report-mix)" -w x >/dev/null
	t2flow -r "$(crafted report-mix)" >y
	cmp x_flows.txt y
	t2 -o compat=0.8.4 -p basicFlow,tcpStates -r "$(crafted report-mix)" -w x >/dev/null
	t2flow -o compat=0.8.4 -p basicFlow,tcpStates -r "$(crafted report-mix)" >y
	cmp x_flows.txt y
}

@test "no output replaces an input" {
	cp "$TWO" x.pcap
	run -1 --separate-stderr t2 -r x.pcap -w x -o PROTO_SUFFIX=.pcap
	same 't2: x.pcap: is an input, not overwritten' "$stderr"
	cmp x.pcap "$TWO"
	for suffix in flows headers log; do
		cp "$TWO" "x_$suffix.txt"
		run -1 --separate-stderr t2 -l -r "x_$suffix.txt" -w x
		same "t2: x_$suffix.txt: is an input, not overwritten" "$stderr"
		cmp "x_$suffix.txt" "$TWO"
		rm "x_$suffix.txt"
	done
	ln -sf x.pcap x_flows.txt
	run -1 t2flow -r x.pcap -w x
	cmp x.pcap "$TWO"
}

@test "several captures in a row, as one stream" {
	t2 -r "$TWO" -r "$(crafted report-later)" -w x >report
	grep -q '^Processing file no. 2 of 2: ' report
	grep -qx 'Number of processed packets: 4' report
	is "$(awk -F '\t' '!/^%/ { print $1, $2 }' x_flows.txt | sort)" < <(printf 'A 1\nA 2\n')
}

@test "a missing capture in a list is told, the others are read" {
	printf 'missing.pcap\n%s\n' "$TWO" >list
	run -1 --separate-stderr t2 -R list -w x
	same 't2: missing.pcap: No such file or directory' "$stderr"
	grep -qx 'Number of processed packets: 2' <<<"$output"
}

@test "whoever reads the report may leave: the files are whole" {
	t2 -r "$(crafted report-mix)" -w x | head -n 1 >/dev/null
	t2 -r "$(crafted report-mix)" -w y >/dev/null
	cmp x_flows.txt y_flows.txt
	cmp x_protocols.txt y_protocols.txt
}

@test "a full disk is told" {
	[ -c /dev/full ] || skip 'no /dev/full'
	cp "$TWO" z.pcap
	run -1 --separate-stderr bash -c 't2 -r z.pcap -w - >/dev/full'
	[[ $stderr == *$'\nt2: stdout: No space left on device' ]]
	run -1 bash -c 't2 -r z.pcap >/dev/full'
	same 't2: stdout: No space left on device' "$output"
	ln -sf /dev/full z_protocols.txt
	run -1 --separate-stderr t2 -r z.pcap
	same 't2: z_protocols.txt: No space left on device' "$stderr"
}

# ----- refusals

# refused STATUS MESSAGE ARG...: stderr begins with the message; nothing else is made
refused() {
	local status=$1 message=$2
	shift 2
	run "-$status" --separate-stderr t2 "$@"
	same "t2: $message" "$(head -n 1 <<<"$stderr")"
	[ -z "$output" ]
	is "$(find . -name '*_flows.txt')" </dev/null
}

@test "misuse is status 2" {
	refused 2 'no input given: -r FILE, -R LIST, -D EXPR or -i IFACE' -s
	echo "$TWO" >list
	refused 2 '-r, -R, -D and -i exclude each other' -r "$TWO" -R list
	refused 2 "option requires an argument -- 'r'" -r
	refused 2 "invalid option -- 'z'" -z
	refused 2 "unrecognized option '--nope'" --nope
	refused 2 'nope: no such plugin' -r "$TWO" -p nope || refused 2 'no such plugin: nope' -r "$TWO" -p nope
	refused 2 'NOPE: no such option' -r "$TWO" -o NOPE=1
	refused 2 'filter: No such file or directory' -r "$TWO" -F filter
	refused 2 'none: No such file or directory' -R none
	: >empty
	refused 2 'empty: the filter is empty' -r "$TWO" -F empty
	refused 2 'empty: no captures in this list' -R empty
	refused 2 'txtSink: SEP_CHR: must be a tab, a blank or one mark other than ; . _ "' \
		-r "$TWO" -o SEP_CHR=ab
	t2 2>&1 | grep -qx "Try 't2 --help'."
}

@test "input that cannot be read is status 1" {
	: >empty
	echo 'no capture at all' >text
	refused 1 'none: No such file or directory' -r none -w x
	refused 1 'empty: empty file' -r empty -w x
	refused 1 'text: not a capture file' -r text -w x
	refused 1 '.: Is a directory' -r . -w x
	refused 1 "filter 'foo bar': can't parse filter expression: syntax error" -r "$TWO" -w x foo bar
	refused 1 '/dev/null/x_flows.txt: Not a directory' -r "$TWO" -w /dev/null/x
}

@test "a capture without packets is no error" {
	t2 -r "$(crafted report-none)" -w x >/dev/null
	is "$(wc -l <x_flows.txt)" <<<1
}

@test "help and version" {
	for option in -h --help; do
		run -0 --separate-stderr t2 "$option"
		same 'usage: t2 [OPTION]... -r FILE [FILTER]' "${lines[0]}"
		[ -z "$stderr" ]
	done
	for option in -v -V --version; do
		run -0 t2 "$option"
		[[ $output =~ ^t2\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	done
	# every option of the help is in the manual
	for option in $(t2 --help | grep -oE -e '--[a-z-]+'); do
		grep -q -e "Fl -${option#--}" "$T2_TOP/man/t2.1"
	done
}

@test "long options, a filter from a file, a sensor number" {
	printf 'udp # comment\nand port 53\n' >bpf
	t2 --read "$(crafted report-mix)" --write x --filter bpf --sensor 7 --plugins basicFlow \
		--option BFO_SENSORID=1 --log
	grep -qx '\[INF\] BPF: udp  *and port 53' x_log.txt
	is "$(awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "sensorID") c = i; next } { print $c }' \
		x_flows.txt | sort -u)" <<<7
	grep -qx '# sensorID: 7' x_headers.txt
}

# ----- the machine

@test "-c and -P: one core, a lower priority" {
	mkfifo fifo
	t2 -c 0 -P 7 -r - -w x <fifo >report &
	pid=$!
	exec 9>fifo
	cat "$TWO" >&9
	for _ in $(seq 100); do
		! grep -q '^Dump start' report || break
		sleep .05
	done
	allowed=$(sed -n 's/^Cpus_allowed_list:[[:blank:]]*//p' "/proc/$pid/status")
	niceness=$(ps -o ni= -p $pid)
	exec 9>&-
	wait $pid
	[[ $allowed =~ ^[0-9]+$ ]]
	same 7 "${niceness// /}"
	is "$(head -n 1 report)" <<<"[INF] t2 stays on CPU $((allowed + 1))"
	run -0 --separate-stderr t2 --cpu 1000 --priority 7 -r "$TWO" -w x
	same 't2: cannot run on CPU 1000: Invalid argument' "$stderr"
	for bad in '-c -1' '-c x' '-c 9999' '-P 20' '-P -21' -Px; do
		# shellcheck disable=SC2086
		run -2 t2 $bad -r "$TWO" -w x
	done
}

@test "-f: as many flow directions as the table of the reference has" {
	/usr/bin/python3 - <<-'EOT' >many.pcap
		import struct, sys
		w = sys.stdout.buffer.write
		w(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
		for i in range(262144 + 1000):
		    ip = struct.pack('>BBHHHBBHII', 0x45, 0, 28, 0, 0, 64, 17, 0, 0x0a000000 + i, 0x0b000001)
		    w(struct.pack('<IIII', 1 + i // 1000000, i % 1000000, 28, 28) + ip +
		        struct.pack('>HHHH', 5000, 7000, 8, 0))
	EOT
	t2 -f 1 -p none -r many.pcap -w x >report
	grep -qx 'Number of processed   flows: 263144 (263.14 K)' report
	grep -qx 'Number of flows terminated by autopilot: 1000 \[0.38%\]' report
	grep -qx 'Max number of flows in memory: 262144 (262.14 K) \[100.00%\]' report
	t2 --factor 2 -p none -r many.pcap -w x >report
	grep -qx 'Max number of flows in memory: 263144 (263.14 K) \[50.19%\]' report
	run ! grep autopilot report
	rm x_*
	refused 2 '--factor: 0: too small' -f 0 -r "$TWO"
	refused 2 '--factor and --max-flows exclude each other' -f 1 --max-flows 9 -r "$TWO"
}
