#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# tawk-edge.bats - tawk at its edges: wrong lists and networks, cells that are no numbers, file
# names full of signs, rows that end in CR LF, outputs that cannot be written.

bats_require_minimum_version 1.5.0

setup_file() {
	load lib
	cd "$BATS_FILE_TMPDIR" || return
	printf '%s\t%s\t%s\t%s\t%s\t%s\n' %flowInd srcIP dstIP srcPort dstPort l4Proto \
	    1 10.0.0.1 10.0.0.2 0 80 6  2 ::1 FE80::1%eth0 5 443 17 \
	    3 ::FFFF:1.2.3.4 2001:DB8:0:0:0:0:0:1 '' '' '' >f.txt
	printf '%s\t%s\n' %k v  a 9007199254740991  b 2  c NaN  d 0x10  e ''  f -5  g 1e3 >v.txt
	sed 's/$/\r/' v.txt >crlf.txt
}

setup() {
	load lib
	cd "$BATS_FILE_TMPDIR" || return
	unset T2_AWK
}

@test "a list of ports, protocols or flows that means nothing is an error, before any output" {
	refuses "tawk: '80-' is neither a number nor a range" tawk 'port("80-")' f.txt
	refuses "tawk: '-10' is neither a number nor a range" tawk 'dport(80-90)' f.txt
	refuses "tawk: '' is neither a number nor a range" tawk 'sport("80;")' f.txt
	refuses "tawk: '1-2-3' is neither a number nor a range" tawk 'flow("5,1-2-3")' f.txt
	refuses "tawk: '90-80' is an empty range" tawk 'port("90-80")' f.txt
	refuses "tawk: '6x' is neither a number nor a range" tawk 'proto("6x")' f.txt
	refuses "tawk: 'nonsense' is not the name of a port" tawk 'dport("80;nonsense")' f.txt
	refuses "tawk: 'nonsense' is not the name of a protocol" tawk 'proto("nonsense")' f.txt
	gives '1|2' tawk -H 'port("80,443") { print $flowInd }' f.txt
	gives '1|2' tawk -H 'dport("0x40-0x5f;https") { print $flowInd }' f.txt
	gives '1|2' tawk -H 'proto("tcp,17") { print $flowInd }' f.txt
	gives '2|3' tawk -H 'flow("2-3") { print $flowInd }' f.txt
}

@test "masks and flags that are none are errors" {
	refuses "tawk: '0xzz' is no mask: neither decimal nor 0x..." tawk -H 'bitsanyset($flowInd, "0xzz")' f.txt
	refuses "tawk: '1x' is no mask: neither decimal nor 0x..." tawk -H 'bitsallset($flowInd, "1x")' f.txt
	gives '1 0 1' tawk 'BEGIN { print bitsanyset(1, "0x01"), bitsanyset("x", 1), bitsallset(5, 1.0) }'
	sed 's/l4Proto/tcpFlags/' f.txt >flags.txt
	refuses 'tawk: tcpflags(): no flag x, only W E U A P R S F' tawk 'tcpflags("s!x")' flags.txt
	gives '2' tawk -H 'tcpflags("F!S") { print $flowInd }' flags.txt
}

@test "a network with holes in its mask, a range from high to low: errors" {
	refuses "tawk: '10.0.0.0/255.0.255.0' is neither an address nor a network" \
	    tawk 'host("10.0.0.0/255.0.255.0")' f.txt
	refuses "tawk: '10.0.0.0/ffff::' is neither an address nor a network" \
	    tawk 'host("10.0.0.0/ffff::")' f.txt
	refuses "tawk: '10.0.0.2-10.0.0.1' is neither an address nor a network" \
	    tawk 'host("10.0.0.2-10.0.0.1")' f.txt
	refuses "tawk: 'x' is neither an address nor a network" tawk 'BEGIN { ipinnet("x", "x") }'
	gives 1 tawk -H 'host("10.0.0.0/255.255.255.252") { print $flowInd }' f.txt
	gives 1 tawk -H 'host("0.0.0.0/0") { print $flowInd }' f.txt
	gives '2|3' tawk -H 'host("::/0") { print $flowInd }' f.txt
	gives 2 tawk -H 'dhost("fe80::1/128") { print $flowInd }' f.txt
	gives 3 tawk -H 'shost("::ffff:102:304") { print $flowInd }' f.txt
}

@test "sums and extremes: what is no decimal number counts as nothing in each awk" {
	gives 'k v|a 9007199254740991|g 1000|b 2|e 0|d 0|c 0|f -5' tawk 'aggr($k, $v)' v.txt
	gives 'k v Percent|a 9007199254740991 100.00' tawk 'topn($k, $v, 1)' v.txt
	gives 'k v|x 9007199254741988' tawk 'aggr(hdr() ? "k" : "x", $v)' v.txt
	gives '-5|9007199254740991' tawk -H '{ min(v); max(v) } END { print_min(v); print_max(v) }' v.txt
	gives '332.333333333333' tawk -H 'NR > 2 { mean(v) } END { print get_mean(v) }' v.txt
	refuses 'tawk: $nosuch: no such column' tawk '{ max(nosuch) }' v.txt
}

@test "times before 1970 and after 2038, with all digits" {
	gives '-0.5 -1.0 -86400.000000001' tawk 'BEGIN { print timestamp("1969-12-31 23:59:59.5Z"),
	    timestamp("1969-12-31T23:59:59.0Z"), timestamp("1969-12-30 23:59:59.999999999") }'
	gives '1 1 1' tawk 'BEGIN {
	    print (timestamp(utc("-1022171701.691172")) == "-1022171701.691172"),
	        (timestamp(utc("4102444800.123456789")) == "4102444800.123456789"),
	        (timestamp(utc("-0.25")) == "-0.25") }'
	TZ=Asia/Tokyo gives '1970-01-01 08:59:59.5+0900 2100-01-01 09:00:00+0900' \
	    tawk 'BEGIN { print localtime("-0.5"), localtime("4102444800") }'
}

@test "rows that end in CR LF are like others" {
	gives '%k v|b 2' tawk 'hdr() || $v == 2' crlf.txt
	gives 'k v|g 1000' tawk 'aggr($k, $v < 9999 ? $v : hdr() ? $v : 0, 1)' crlf.txt
	gives '{ "k": "b", "v": 2 }' tawk '$k == "b" { print json($0) }' crlf.txt
	tawk 't2sort(v)' crlf.txt | grep -q $'\r' && return 1
	tawk 't2sort(v)' v.txt >want
	tawk 't2sort(v)' crlf.txt | diff want -
}

@test "names of files with blanks, quotes, backslashes, signs and line ends" {
	local f
	for f in 'a b' "it's" 'q"x' 'back\tslash\n' 'a=b' $'two\nlines' '%s%d' '$(x)`x`' '-dash'; do
		cp f.txt "./$f.txt"
		gives '%flowInd|1' tawk 'tcp() { print $flowInd }' "./$f.txt"
		gives '%flowInd|1' bash -c 'tawk -I "$1" "tcp() { print \$flowInd }" <"$1"' - "./$f.txt"
		gives '%flowInd|1' tawk 'tcp() { print $flowInd }' -- "$f.txt"
	done
}

@test "-- ends the options" {
	gives '%flowInd|1' tawk -- 'tcp() { print $flowInd }' f.txt
	gives '2' tawk -H -- '-1 && $flowInd == 2 { print $flowInd }' f.txt
	refuses 'tawk: -N: no such file' tawk 1 -- -N
}

@test "each line of a comment is a comment" {
	run -0 tawk -c 'tcp() {
		print $flowInd
	}' f.txt
	same '# Filter used: tcp() {
# 		print $flowInd
# 	}
%flowInd
1' "$(sed 1,2d <<<"$output")"
}

@test "results that cannot be written end with an error" {
	[ -w /dev/full ] || skip 'no /dev/full'
	local awk p
	for awk in "${ALL_AWKS[@]}"; do
		for p in 't2sort(flowInd)' 'aggr($srcIP)' 'ientropy(0, 1)'; do
			T2_AWK=$awk run ! bash -c 'tawk "$1" f.txt 2>/dev/null >/dev/full' - "$p"
		done
	done
}

@test "settings of nobody: no HOME, a relative XDG_CONFIG_HOME" {
	mkdir -p .config/t2/awk t2/awk
	echo 'function mine() { return 1 }' | tee .config/t2/awk/mine.awk >t2/awk/mine.awk
	HOME=$PWD XDG_CONFIG_HOME='' gives 1 tawk 'BEGIN { print mine() }'
	HOME=$PWD XDG_CONFIG_HOME=. gives 1 tawk 'BEGIN { print mine() }'
	XDG_CONFIG_HOME=. run -2 env -u HOME tawk 'BEGIN { print mine() }'
}

@test "an awk that is not there is told, not replaced" {
	T2_AWK=nosuchawk run -1 --separate-stderr tawk 1 f.txt
	same 'tawk: T2_AWK: nosuchawk is not installed' "$stderr"
}

@test "json: bytes that are no UTF-8 become U+FFFD, in quotes or without" {
	printf '%%a\tb\tc\n\377x\t"\303\050"\t"\303\274\360\237\230\200"\n\340\200\200\t\355\240\200\t\364\220\200\200\n' >bytes.txt
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk tawk '!hdr() { print json($0) }' bytes.txt >bytes.json
		/usr/bin/python3 - <<-'P'
			import json
			bad = "\ufffd"
			rows = [json.loads(r) for r in open("bytes.json", "rb").read().decode().splitlines()]
			assert rows[0] == {"a": bad + "x", "b": '"' + bad + '("', "c": "\u00fc\U0001f600"}, rows[0]
			assert all(set(v) == {bad} for v in rows[1].values()), rows[1]
		P
	done
}
