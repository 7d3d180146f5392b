#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# opt.bats - run-time options: where they come from and who wins, what is wrong with them, the
# sets that have a name.  What each option does is tested with its subject.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	f=$(crafted core-order-1)
	mkdir -p "$XDG_CONFIG_HOME/t2"
	conf=$XDG_CONFIG_HOME/t2/t2.conf
}

# The number of flows tells the timeout: 0 makes five, 1000 three pairs and singles.
count() {
	t2flow -p basicFlow "$@" -r "$f" | tail -n +2 | wc -l
}

# refused WORDS OPTION...: status 2 and one line on stderr with these words, nothing on stdout
refused() {
	local words=$1
	shift
	run -2 --separate-stderr t2flow -p basicFlow,basicStats "$@" -r "$f"
	same '' "$output"
	[ "${#stderr_lines[@]}" -eq 1 ]
	[[ $stderr == "t2flow: "*"$words"* ]] || same "*$words*" "$stderr"
}

@test "-o NAME, -o plugin.NAME, core under both its names, several in one" {
	[ "$(count)" -eq 4 ]
	[ "$(count -o FLOW_TIMEOUT=0)" -eq 5 ]
	[ "$(count -o core.FLOW_TIMEOUT=0)" -eq 5 ]
	[ "$(count -o tranalyzer2.FLOW_TIMEOUT=0)" -eq 5 ]
	[ "$(count -o ETH_ACTIVATE=0,FLOW_TIMEOUT=0)" -eq 5 ]
	[ "$(count -o 'ETH_ACTIVATE=0 FLOW_TIMEOUT=0')" -eq 5 ]
	[ "$(count -o FLOW_TIMEOUT=0x0)" -eq 5 ]
	[ "$(count --option FLOW_TIMEOUT=0)" -eq 5 ]
}

@test "the last -o wins" {
	[ "$(count -o FLOW_TIMEOUT=0 -o FLOW_TIMEOUT=9)" -eq 4 ]
	[ "$(count -o FLOW_TIMEOUT=9 -o FLOW_TIMEOUT=0)" -eq 5 ]
}

@test "environment: NAME, T2_NAME is stronger" {
	FLOW_TIMEOUT=0 run -0 count
	[ "$output" = 5 ]
	T2_FLOW_TIMEOUT=0 run -0 count
	[ "$output" = 5 ]
	FLOW_TIMEOUT=9 T2_FLOW_TIMEOUT=0 run -0 count
	[ "$output" = 5 ]
	FLOW_TIMEOUT=x run -2 t2flow -r "$f"
	[[ $output == 't2flow: environment variable FLOW_TIMEOUT: '*'not a number'* ]]
}

@test "config file: settings, sections, comments, quotes" {
	cat >"$conf" <<-'E'
	# the core
	FLOW_TIMEOUT = 0   # a comment

	[basicFlow]
	BFO_MAC = 0
	[txtSink]
	SEP_CHR = ","
	HDR_CHR = ''
	E
	run -0 t2flow -p basicFlow -r "$f"
	[ "${#lines[@]}" -eq 6 ]
	[[ ${lines[0]} == dir,flowInd,flowStat,* ]]
	[[ ${lines[0]} != *srcMac* ]]
}

@test "config file: settings of plugins that do not run are passed over" {
	printf '[tcpFlags]\nWINMIN = 5\n[basicStats]\nBS_STATS=0\n' >"$conf"
	[ "$(count)" -eq 4 ]
	printf 'basicStats.BS_STATS=0\n' >"$conf"
	[ "$(count)" -eq 4 ]
}

@test "config file: what is wrong is told with file and line" {
	printf '\nFLOW_TIMEOUT = 0\nFLOW_TIMEOT = 1\n' >"$conf"
	refused "$conf: line 3: FLOW_TIMEOT: no such option (did you mean FLOW_TIMEOUT?)"
	printf '[basicFlwo]\n' >"$conf"
	refused "$conf: line 1: basicFlwo: no such plugin (did you mean basicFlow?)"
	printf 'FLOW_TIMEOUT\n' >"$conf"
	refused "$conf: line 1: FLOW_TIMEOUT: write NAME=value"
	printf 'FLOW_TIMEOUT =\n' >"$conf"
	refused "$conf: line 1:"
}

@test "config file: from HOME if there is no XDG_CONFIG_HOME" {
	mkdir -p "$BATS_TEST_TMPDIR/home/.config/t2"
	echo FLOW_TIMEOUT=0 >"$BATS_TEST_TMPDIR/home/.config/t2/t2.conf"
	[ "$(env -u XDG_CONFIG_HOME HOME="$BATS_TEST_TMPDIR/home" t2flow -r "$f" | wc -l)" -eq 6 ]
	[ "$(env -u XDG_CONFIG_HOME -u HOME t2flow -r "$f" | wc -l)" -eq 5 ]
}

@test "precedence: default < compat < file < environment < -o" {
	u=$(crafted proto-gre)
	# UNK_SWAP is 0 by default and 1 with compat=0.8.4
	unk() {
		t2flow -p basicFlow "$@" -r "$u" | grep -o 'UNK(0x....)'
	}
	swapped='UNK(0x98c0)' straight='UNK(0xc098)'
	same "$straight" "$(unk)"
	same "$swapped" "$(unk -o compat=0.8.4)"
	same "$straight" "$(unk -o compat=0.8.4 -o UNK_SWAP=0)"
	same "$straight" "$(unk -o UNK_SWAP=0 -o compat=0.8.4)"
	same "$straight" "$(UNK_SWAP=0 unk -o compat=0.8.4)"
	echo 'UNK_SWAP=0' >"$conf"
	same "$straight" "$(unk -o compat=0.8.4)"
	same "$swapped" "$(UNK_SWAP=1 unk)"
	same "$straight" "$(UNK_SWAP=1 unk -o UNK_SWAP=0)"
	echo 'compat=0.8.4' >"$conf"
	same "$swapped" "$(unk)"
	same "$straight" "$(UNK_SWAP=0 unk)"
}

@test "unknown names: the nearest one is suggested" {
	refused 'BFO_MACX: no such option (did you mean BFO_MAC?)' -o BFO_MACX=1
	refused 'basicFlow.BFO_MACX: no such option (did you mean BFO_MAC?)' -o basicFlow.BFO_MACX=1
	refused 'bfo_mac: no such option (did you mean BFO_MAC?)' -o bfo_mac=1
	refused 'basicFlw: no such plugin (did you mean basicFlow?)' -o basicFlw.BFO_MAC=1
	refused 'FLW_TIMEOT: no such option (did you mean FLOW_TIMEOUT?)' -o FLW_TIMEOT=1
	refused 'XYZZY: no such option' -o XYZZY=1
	[[ $stderr != *'did you mean'* ]]
}

@test "values: ranges, numbers, text" {
	refused 'FLOW_TIMEOUT=-1: out of range, 0..31536000' -o FLOW_TIMEOUT=-1
	refused 'FLOW_TIMEOUT=31536001: out of range' -o FLOW_TIMEOUT=31536001
	refused 'BFO_MAC=2: out of range, 0..1' -o BFO_MAC=2
	refused 'out of range' -o BS_XMIN=99999999999999999999
	refused 'BFO_MAC=x: not a number' -o BFO_MAC=x
	refused 'BFO_MAC=: not a number' -o BFO_MAC=
	refused 'BFO_MAC=1x: not a number' -o BFO_MAC=1x
	refused 'BFO_MAC: write NAME=value' -o BFO_MAC
	refused 'compat=0.9.3: the only version known is 0.8.4' -o compat=0.9.3
	refused 'SEP_CHR' -o 'SEP_CHR=;'
	refused 'SEP_CHR' -o 'SEP_CHR=ab'
	refused 'HDR_CHR' -o 'HDR_CHR=ab'
	refused 'quote is not closed' -o "SEP_CHR='x"
	refused 'SENSORID' -x 4294967296
	refused 'SENSORID' -x one
	refused 'not the number' -x 1,RELTIME=1
	refused 'not the number' -x "$(printf '%033d' 1)x"
}

@test "an option of a plugin that is not in the run is an error in -o" {
	refused 'tcpFlags.WINMIN: plugin tcpFlags is not loaded in this run' -o tcpFlags.WINMIN=1
	refused 'WINMIN: plugin tcpFlags is not loaded in this run' -o WINMIN=1
}

@test "the NetFlow 5 view of the tutorial" {
	run -0 t2flow -p basicFlow,basicStats -o BFO_MAC=0 -o BFO_ETHERTYPE=0 -o BFO_VLAN=0 \
	    -o BFO_SUBNET_TEST=0 -o BFO_MAX_HDRDESC=0 -o BS_REV_CNT=0 -o BS_STATS=0 -r "$f"
	is "${lines[0]//$'\t'/ }" <<-E
	%dir flowInd flowStat timeFirst timeLast duration srcIP srcPort dstIP dstPort l4Proto numPktsSnt numBytesSnt
	E
	is "${lines[1]//$'\t'/ }" <<-E
	A 1 0x0000000000004000 1000000000.000000 1000000000.000000 0.000000 10.0.0.1 1111 10.0.0.2 2222 17 1 10
	E
}

@test "compat=0.8.4 sets what it stands for, and what is set stands in t2cols -O" {
	t2cols -O -o compat=0.8.4 | tr -s ' ' >"$BATS_TEST_TMPDIR/options"
	for n in 'FRAG_ATTACH 0 1' 'LEN_CAP 0 1' 'UNK_SWAP 1 0'; do
		grep -q "^core\.$n " "$BATS_TEST_TMPDIR/options"
	done
	t2cols -O -o FLOW_TIMEOUT=77 | tr -s ' ' | grep -q '^core\.FLOW_TIMEOUT 77 182 '
}

@test "each option that t2cols -O lists can be set to its default and its bounds" {
	t2cols -O -p basicFlow,basicStats | tail -n +2 |
	    awk '{ split($4, r, /\.\./); if (r[2] != "") { print $1 "=" r[1]; print $1 "=" r[2]; print $1 "=" $3 } }' \
	    >"$BATS_TEST_TMPDIR/settings"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/settings")" -gt 150 ]
	while read -r setting; do
		t2cols -H -p basicFlow,basicStats -o "$setting" >/dev/null || { echo "$setting"; return 1; }
	done <"$BATS_TEST_TMPDIR/settings"
}

@test "switching any single option of basicFlow and basicStats breaks no record" {
	u=$(crafted proto-bfo)
	t2cols -O -p basicFlow,basicStats | awk '/^basic/ { split($4, r, /\.\./); if (r[2] < 10 && r[2] != "")
	    for (i = r[1]; i <= r[2]; i++) print $1 "=" i }' >"$BATS_TEST_TMPDIR/settings"
	while read -r setting; do
		t2flow -p basicFlow,basicStats -o "$setting" -r "$u" |
		    awk -F '\t' -v s="$setting" 'NR == 1 { n = NF } NF != n { print s ": " NF " of " n; bad = 1 }
			END { exit bad || NR != 9 }' || { echo "$setting"; return 1; }
	done <"$BATS_TEST_TMPDIR/settings"
}
