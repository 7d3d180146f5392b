#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# replay.bats - what a headers file records of its run: command line, folder, checksums, date; and
# t2replay, which repeats the run.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
	cd "$W" || return
	mkdir out
	cp "$(crafted stats-example)" a.pcap
}

# recorded WORD [FILE]: what the headers file says behind "# WORD: "
recorded() {
	sed -n "s/^# $1: //p" "${2:-out/a_headers.txt}"
}

@test "command line: words are quoted as a shell would read them" {
	mkdir "it's a \"folder\"" $'new\nline'
	cp a.pcap "it's a \"folder\"/x y.pcap"
	cp a.pcap $'new\nline/\\b.pcap'
	t2flow -w out/a -r "it's a \"folder\"/x y.pcap" -r $'new\nline/\\b.pcap' 'ip or arp' ''
	is "$(recorded 'Command line')" <<-'E'
	t2flow -w out/a -r 'it'\''s a "folder"/x y.pcap' -r $'new\012line/\\b.pcap' 'ip or arp' ''
	E
	# a shell agrees
	eval "set -- $(recorded 'Command line')"
	same 9 $#
	same "it's a \"folder\"/x y.pcap" "$5"
	same $'new\nline/\\b.pcap' "$7"
	same "$W" "$(recorded Folder)"
	run -0 t2replay out/a_headers.txt
	is "$output" <<-E
	identical  a_flows.txt
	identical  a_headers.txt
	E
}

@test "--hash: checksums as sha256sum makes and checks them" {
	cp a.pcap 'b\c.pcap'
	t2 --hash -r a.pcap -r 'b\c.pcap' -w out/a >/dev/null
	same "$(sha256sum a.pcap 'b\c.pcap')" "$(recorded SHA-256)"
	recorded SHA-256 | sha256sum -c --quiet
	recorded 'Data SHA-256' | sha256sum -c --quiet
	recorded 'Data SHA-256' | grep -q 'share/t2/networks4.txt$'
	t2 -r a.pcap -w out/b >/dev/null
	same '' "$(grep SHA-256 out/b_headers.txt || true)"
	run -2 t2 --hash -r - -w out/c <a.pcap
	same 't2: --hash: stdin can be read once only' "$output"
	run -2 t2flow --hash -r a.pcap
	[[ $output == 't2flow: --hash is for the headers file of -w PREFIX'* ]]
}

@test "SOURCE_DATE_EPOCH: equal runs write equal headers files" {
	SOURCE_DATE_EPOCH=86400 t2flow -w out/a -r a.pcap
	mv out/a_headers.txt first
	sleep 0.01
	SOURCE_DATE_EPOCH=86400 t2flow -w out/a -r a.pcap
	cmp first out/a_headers.txt
	same '86400.000000 sec (Fri 02 Jan 1970 00:00:00 GMT)' "$(recorded Date)"
	same - "$(recorded 'HW Info')"
	SOURCE_DATE_EPOCH=soon run -1 t2flow -w out/a -r a.pcap
	[[ $output == 't2flow: SOURCE_DATE_EPOCH: soon: invalid'* ]]
}

@test "all files of t2 are repeated, with every option that the run had" {
	mkdir -p "$XDG_CONFIG_HOME/t2"
	echo 'BFO_MAC=0' >"$XDG_CONFIG_HOME/t2/t2.conf"
	echo 'ip or vlan' >filter
	printf 'basicFlow\nbasicStats\n' >list
	T2_BFO_VLAN=2 t2 --hash -slX -x 7 -f 2 -c 0 -o 'SEP_CHR="	"' -o BS_STDDEV=0 -p basicFlow,basicStats,protoStats,icmpDecode \
	    -F filter -r "$(crafted core-many)" -w out/a
	rm "$XDG_CONFIG_HOME/t2/t2.conf" filter
	run -0 t2replay out/a_headers.txt
	is "$output" <<-E
	identical  a.idx
	identical  a_flows.txt
	identical  a_headers.txt
	identical  a_icmpStats.txt
	identical  a_log.txt
	identical  a_packets.txt
	identical  a_protocols.txt
	E
	# what is set now does not count
	BFO_MAC=1 T2_BFO_VLAN=0 run -0 t2replay -q out/a_headers.txt
	same '' "$output"
	t2flow -c dir,srcIP,numPktsSnt --max-flows 20 -b list -r a.pcap -w out/c
	rm list
	run -0 t2replay -q out/c_headers.txt
}

@test "names with backslashes and line ends are found again" {
	for name in 'a\nb.pcap' 'a\\nb.pcap' $'a\nb.pcap' 'end\'; do
		cp a.pcap "$name"
		t2flow --hash -r "$name" -w out/b
		run -0 t2replay out/b_headers.txt
	done
}

@test "what differs is told, with its line" {
	t2 -r a.pcap -w out/a >/dev/null
	sed -i '2s/0/1/' out/a_flows.txt
	rm out/a_icmpStats.txt
	echo more >>out/a_protocols.txt
	last=$(wc -l <out/a_protocols.txt)
	run -1 t2replay out/a_headers.txt
	is "$output" <<-E
	differs    a_flows.txt: line 2
	identical  a_headers.txt
	missing    a_icmpStats.txt
	differs    a_protocols.txt: line $last
	E
	run -1 t2replay -q out/a_headers.txt
	same 3 "${#lines[@]}"
}

@test "a changed capture, plugin or data file is named, without a run" {
	t2flow --hash -r a.pcap -w out/a
	printf x >>a.pcap
	run -1 t2replay out/a_headers.txt
	is "$output" <<-E
	t2replay: a.pcap: has changed since the run
	t2replay: the run cannot be repeated
	E
	rm a.pcap
	run -1 t2replay out/a_headers.txt
	[[ $output == 't2replay: a.pcap: No such file or directory'* ]]
	mkdir moved
	cp "$(crafted stats-example)" moved/a.pcap
	run -0 t2replay -q -C moved out/a_headers.txt
}

@test "a plugin from outside is found again" {
	cp "$T2_TOP/examples/plugin/hello.c" "$T2_TOP/examples/plugin/Makefile" .
	make -s T2="-I$T2_TOP/lib"
	t2flow --hash -p basicFlow,./hello.so -o HELLO_N=2 -r a.pcap -w out/a
	grep -qx "#   02: hello, version .*, from $W/hello.so" out/a_headers.txt
	run -0 t2replay -q out/a_headers.txt
	same '' "$output"
	# t2extract knows it too
	t2extract -H out/a_headers.txt -r a.pcap -w x.pcap 1
	[ -s x.pcap ]
	echo >>hello.so
	run -1 t2replay out/a_headers.txt
	[[ $output == *'hello.so: has changed since the run'* ]]
}

@test "what cannot be repeated is said" {
	t2 -r - -w out/a <a.pcap >/dev/null
	run -1 t2replay out/a_headers.txt
	[[ $output == *'the run read stdin, which is gone' ]]
	echo 1 >list
	t2 -r a.pcap -e list -w out/a >/dev/null
	touch -d @0 list.pcap
	run -0 t2replay -q out/a_headers.txt
	same 't2replay: not repeated: -e list' "$output"
	same 0 "$(stat -c %Y list.pcap)"
	t2flow -r a.pcap --index my.idx -w out/a
	run -0 t2replay -q out/a_headers.txt
	same 't2replay: not repeated: --index my.idx' "$output"
	run -1 t2replay a.pcap
	[[ $output == *'no headers file'* ]]
	run -1 t2replay nowhere_headers.txt
	same 't2replay: nowhere_headers.txt: No such file or directory' "$output"
	run -2 t2replay
	run -2 t2replay out/a_headers.txt x
}

@test "a headers file from a stranger runs t2 or t2flow, nothing else" {
	t2flow -r a.pcap -w out/a
	for evil in 'sh -c "touch gone"' '/bin/touch gone' "t2flow -r 'a" "t2flow -r a.pcap -w \$(touch gone)" \
	    't2flow --no-such -r a.pcap' ''; do
		E=$evil awk '/^# Command line: / { print "# Command line: " ENVIRON["E"]; next } 1' \
		    out/a_headers.txt >out/b_headers.txt
		run t2replay out/b_headers.txt
		[ "$status" -eq 1 ] || { echo "$evil: $status $output"; return 1; }
		[ ! -e gone ]
	done
}

@test "nothing is left behind, -k leaves the folder" {
	export TMPDIR=$W/tmp
	mkdir tmp
	t2flow -r a.pcap -w out/a
	t2replay out/a_headers.txt
	same '' "$(ls -A tmp)"
	run -0 t2replay -q -k out/a_headers.txt
	[[ $output == "$W"/tmp/t2replay.* ]]
	cmp "$output/a_flows.txt" out/a_flows.txt
}

@test "t2replay knows each option of t2 and t2flow, and what it takes" {
	for t in t2 t2flow; do
		sed -n "/define ${t^^}_LONG/,/[^\\\\]\$/p" "$T2_TOP/lib/runopt.h" >known
		"$t" --help | awk '/^ +-/ && match($0, /--[a-z-]+( [A-Z]+)?/) { print substr($0, RSTART + 2, RLENGTH - 2) }' |
		while read -r o arg; do
			case $o in help | version) continue ;; esac
			grep -q "\"$o\", ${arg:+required}" known ||
			    sed -n '/define [A-Z_]*_LONG/,/[^\\]$/p' "$T2_TOP"/lib/{tool,cpu,monitor}.h | grep -q "\"$o\", ${arg:+required}" ||
			    echo "$t: --$o $arg"
		done
	done >missing
	same '' "$(cat missing)"
}

@test "pieces and a series with an end are repeated, what is still being made is not" {
	cp a.pcap x.pcap0
	cp a.pcap x.pcap1
	t2flow -D x.pcap0,1 -W out/a:1f,3
	[ -e out/a_flows.txt4 ]
	run -0 t2replay out/a_headers.txt
	same "$(cd out && printf 'identical  %s\n' a_*)" "$output"
	t2flow -D x.pcap0 -w out/b &
	until_true 5 grep -q . out/b_headers.txt
	kill %%
	wait
	run -1 t2replay out/b_headers.txt
	[[ $output == *'the run read a series of captures without an end'* ]]
	sed 's/^# Command line: .*/# Command line: t2flow -i eth0 -w out\/a/' out/a_headers.txt >out/c_headers.txt
	run -1 t2replay out/c_headers.txt
	[[ $output == *'the run captured from an interface'* ]]
	t2 -r a.pcap -w out/d -m -M 60 --prometheus prom >report
	run t2replay out/d_headers.txt
	[[ $output == *'-M 60'* && $output == *'--prometheus prom'* ]]
}
