#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# plugin-regex.bats - expressions found in the payload.  Captures: craft/alarm.py and the demo
# capture.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	town=$T2_TOP/examples/town.pcap
	rules=$BATS_TEST_TMPDIR/rules
}

# found CAPTURE OPTION...: the plugin's columns
found() {
	local f=$1
	shift
	flows "$f" 'dir flowInd flowStat numPktsSnt rgxCnt rgxIDs' -p basicFlow,basicStats,regex "$@"
}

@test "regex: packets that match are counted, for each direction" {
	is "$(found alarm-text -o 'RX_EXPR=^GET /')" <<-E
	A 1 0x0002100000004000 4 2 0
	B 1 0x0000000000004001 2 0 -
	E
	is "$(found alarm-text -o 'RX_EXPR=(?i)^get .*\.exe' | head -n 1)" <<-E
	A 1 0x0002100000004000 4 2 0
	E
}

@test "regex: payload is bytes" {
	is "$(found alarm-text -o 'RX_EXPR=\xff\x00MZ|\x00\x01\x02' | tail -n 1)" <<-E
	B 1 0x0002000000004001 2 2 0
	E
}

@test "regex: a file of expressions, with numbers" {
	printf '%s\t%s\n' '# comment' '' 7 'GET' 9 '\.exe' 65535 'HTTP/1\.1$' | sed 's/^#.*//' >"$rules"
	is "$(found alarm-text -o "RX_FILE=$rules" | head -n 1)" <<-E
	A 1 0x0002100000004000 4 6 7;9;65535
	E
	is "$(found alarm-text -o "RX_FILE=$rules" -o RX_EXPR=html -o RX_IDS=2 | head -n 1)" <<-E
	A 1 0x0002100000004000 4 7 7;9
	E
}

@test "regex: how much is searched" {
	is "$(found alarm-text -o RX_EXPR=GET -o RX_PKTS=1 | head -n 1)" <<-E
	A 1 0x0002100000004000 4 1 0
	E
	is "$(found alarm-text -o RX_EXPR=HTTP -o RX_BYTES=15 | head -n 1)" <<-E
	A 1 0x0002100000004000 4 1 0
	E
}

@test "regex: alarms and forced ends" {
	is "$(found alarm-text -o RX_EXPR=exe -o ALARM_MODE=1 -o RX_ALARM=2)" <<-E
	A 1 0x0002100000004000 4 2 0
	E
	is "$(found alarm-text -o RX_EXPR=GET -o RX_ALARM=0 -o FORCE_MODE=1 -o RX_FORCE=1)" <<-E
	A 1 0x0000020000004000 1 1 0
	A 2 0x0000020000004000 2 1 0
	B 2 0x0000020000004001 1 0 -
	A 3 0x0000000000004000 1 0 -
	B 3 0x0000000000004001 1 0 -
	E
}

@test "regex: a search that would not end is given up and counted" {
	local f
	f=$(crafted alarm-endless)
	t2 -p basicFlow,regex -o 'RX_EXPR=(a|aa)+$' -w "$BATS_TEST_TMPDIR/run" -r "$f" |
	    grep '^\[WRN\] regex: 1 searches were given up, see RX_STEPS$'
	t2 -p basicFlow,regex -o 'RX_EXPR=a+b$' -w "$BATS_TEST_TMPDIR/run" -r "$f" |
	    grep '^regex: Number of matches: 1, in 1 flows$'
}

@test "regex: what is wrong is told" {
	local f
	f=$(crafted alarm-text)
	run -1 --separate-stderr t2flow -p regex -r "$f"
	same 't2flow: regex: no expression, set RX_EXPR or RX_FILE' "$stderr"
	run -1 --separate-stderr t2flow -p regex -o 'RX_EXPR=a(b' -r "$f"
	same 't2flow: regex: RX_EXPR: missing closing parenthesis at character 4' "$stderr"
	printf '1\tx\n\n2 y\n' >"$rules"
	run -1 --separate-stderr t2flow -p regex -o "RX_FILE=$rules" -r "$f"
	same "t2flow: regex: $rules: line 3: write a number up to 65535, a tab, an expression" "$stderr"
	run -1 --separate-stderr t2flow -p regex -o "RX_FILE=$rules.none" -r "$f"
	same "t2flow: regex: $rules.none: No such file or directory" "$stderr"
	run -2 --separate-stderr t2flow -o 'RX_EXPR=a' -r "$f"
	[[ $stderr == *RX_EXPR*'no such option'* ]] || same 'no such option' "$stderr"
}

@test "regex: the flows of the demo capture whose packets have the text" {
	t2flow -p standard,regex -o ALARM_MODE=1 -o 'RX_EXPR=User-Agent: ' -c flowInd,rgxCnt -r "$town" |
	    sed 1d | sort >"$BATS_TEST_TMPDIR/got"
	t2pkt -o SPKTMD_PCNTC=1 -r "$town" | awk -F '\t' '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == "flowInd") f = i; next }
		$NF ~ /User-Agent: / { n[$f]++ }
		END { for (i in n) print i "\t" n[i] }' | sort >"$BATS_TEST_TMPDIR/wanted"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/wanted")" -gt 20 ]
	cmp "$BATS_TEST_TMPDIR/wanted" "$BATS_TEST_TMPDIR/got"
}

@test "regex: in the headers file, the dictionary of columns and the config file" {
	mkdir -p "$XDG_CONFIG_HOME/t2"
	printf '[regex]\nRX_EXPR = GET\n' >"$XDG_CONFIG_HOME/t2/t2.conf"
	same 3 "$(t2flow -r "$(crafted alarm-text)" | wc -l)"
	t2 -p standard,regex -w "$BATS_TEST_TMPDIR/run" -r "$(crafted alarm-text)" >/dev/null
	grep -P '\tU16:R\trgxIDs\tNumbers of the expressions that matched$' \
	    "$BATS_TEST_TMPDIR/run_headers.txt"
	t2cols -p standard,regex rgxCnt | grep 'plugin.*regex'
}

@test "regex: known by name to t2cols -L and t2build, not in the standard set" {
	t2cols -L | awk -F '\t' '$2 == "regex" { print $4, $5 }' | grep '^no .*/lib/t2/regex\.so$'
	run -1 grep regex <(t2cols -L -p standard | awk -F '\t' '$4 == "yes"')
	t2build regex | grep 'regex comes built with t2'
	t2build -l | grep -x regex
	run -1 grep -x regex <(t2build -u regex >/dev/null; t2build -l)
}

@test "regex: tools and library do without PCRE2" {
	run -1 grep -c pcre <(ldd "$BUILD/bin/t2flow" "$BUILD/lib/libt2.so")
	ldd "$BUILD/lib/t2/regex.so" | grep libpcre2
}
