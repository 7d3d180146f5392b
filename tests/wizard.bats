#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# wizard.bats - t2wizard: each question gives a command line that runs and answers it; hostile
# words stay words.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	TOWN=$T2_TOP/examples/town.pcap
}

# wizard ANSWER...: each is a line
wizard() {
	printf '%s\n' "$@" | t2wizard -y -r "$TOWN"
}

# line: the command line that was shown
line() {
	sed -n '/^\$ /,/^$/p' out | sed 's/^\$ //; /^$/d'
}

@test "what is shown is what is run" {
	for q in 2 3 4 5 6 7; do
		wizard "$q" 'not port 443' n >out
		line >cmd
		[ -s cmd ]
		awk '/^Another question/ { exit } n == 2 { print } n == 1 && $0 == "" { n = 2 }
		    /^\$ / { n = 1 }' out >got
		sh ./cmd >want
		[ "$(wc -l <want)" -gt 2 ] || { echo "$q"; cat cmd; return 1; }
		diff want got || { echo "$q"; return 1; }
	done
}

@test "answers: the right host, the right flows" {
	wizard 2 '' >out
	grep -qx $'1958870\t10.20.1.21' out
	wizard 5 '' >out
	same "$(t2flow -r "$TOWN" | tawk '$dir == "A" && $numPktsRcvd == 0 { n[$srcIP]++ } END { for (i in n) print n[i], i }' | sort -rn | head -n 1)" \
	    "$(grep -m 1 $'^[0-9][0-9]*\t' out)"
	wizard 4 '' >out
	grep -qE '^A +[0-9]+ .*0x83' out
	run -1 grep -E '0x0[0-3] +0x000[0-7]' out
	wizard 3 'port 53' >out
	grep -q 'domain' out
}

@test "files: flows and report, extract, stream" {
	wizard 1 '' my/prefix >out
	[ -s my/prefix_flows.txt ]
	grep -q '^Number of processed packets: 9774' out
	wizard 10 7 >out
	same "$(t2extract -r "$TOWN" -w - 7 | cksum)" "$(cksum <flow_7.pcap)"
	wizard 11 97 >out
	same "t2pkt --stream 97 -r $TOWN" "$(line)"
	wizard 9 'tcp port 80' 'web report.html' >out
	grep -q '<title>Traffic report</title>' 'web report.html'
	needs dot
	wizard 8 '' town >out
	[ -s town_flows.png ]
}

@test "without -r it asks for the capture, until one can be read; the demo capture is offered" {
	echo text >none.pcap
	run -0 t2wizard -n <<<$'nowhere\nnone.pcap\n\n3\n\n'
	[[ $output == *'nowhere: No such file or directory'*'none.pcap: '* ]]
	[[ $output == *"\$ t2proto -r $BUILD/share/t2/examples/town.pcap -s packets -n 10"* ]]
	run -1 t2wizard -r nowhere
	same 'nowhere: No such file or directory' "$output"
	run -1 t2wizard -n <<<''
}

@test "words that were typed are quoted" {
	cp "$TOWN" "a'b \$(touch gone).pcap"
	printf '%s\n' 3 '$(touch gone) `touch gone`' n | t2wizard -y -r "a'b \$(touch gone).pcap" >out 2>&1 || true
	[ ! -e gone ]
	same "t2proto -r 'a'\\''b \$(touch gone).pcap' -s packets -n 10 '\$(touch gone) \`touch gone\`'" "$(line)"
	printf '%s\n' 10 '; touch gone' n | t2wizard -y -r "$TOWN" >out 2>&1 || true
	[ ! -e gone ]
}

@test "dry run, no, several questions, a wrong number, the end of stdin" {
	run -0 t2wizard --dry-run --read "$TOWN" <<<$'1\n\nx\n\n'
	[ ! -e x_flows.txt ]
	[[ $output == *"\$ t2 -r $TOWN -w x"* ]]
	run -0 t2wizard -r "$TOWN" <<<$'1\n\nx\nn\nn'
	[ ! -e x_flows.txt ]
	run -0 t2wizard -n -r "$TOWN" <<<$'12\n3\n\ny\n6\n\n'
	[[ $output == *'a number from 1 to 11, not 12; q ends'*'$ t2proto '*'$ t2icmp '* ]]
	run -0 t2wizard -r "$TOWN" <<<q
	run -1 t2wizard --yes -r "$TOWN" <<<3
	run -1 t2wizard -y -r "$TOWN" <<<$'10\n999999\nn'
	[[ $output == *'it ended with status 1'* ]]
}
