#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# t2doc.bats - t2doc: manuals of plugins and tools, columns and options, in the pager.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
}

@test "t2doc basicFlow: all columns, bits and options of the plugin" {
	t2doc basicFlow >page
	t2cols -a -t -p basicFlow | awk -F '\t' '$4 == "basicFlow" { print $2 }' | sort -u >names
	t2cols -k -a -t -p basicFlow | awk -F '\t' '$4 == "basicFlow" { print $2 }' >>names
	t2cols -O -t -p basicFlow | awk -F '\t' '$1 == "basicFlow" { print $2 }' >>names
	[ "$(wc -l <names)" -gt 80 ]
	while read -r n; do
		grep -qwF "$n" page || { echo "$n"; return 1; }
	done <names
	grep -q '0x0000080000000000' page       # bits of flowStat
	grep -q 'Stop dissecting' page
	grep -q '^ *BFO_MAC$' page
	tr -s ' \n' ' ' <page | grep -q 'It takes part by default'
	grep -q 'tcpAnomaly' page && return 1
	needs mandoc
	t2build -u basicFlow >/dev/null
	t2doc basicFlow | tr -s ' \n' ' ' | grep -q 'unless t2build basicFlow enables it'
}

@test "t2doc: plugins, core, tools, pages, the seed's names" {
	for n in protoStats protoStat basicFlow macRecorder portClassifier basicStats tcpFlags tcpStates icmpDecode connStat; do
		t2doc "$n" | grep -q '^COLUMNS AND OPTIONS'
	done
	t2doc tranalyzer2 >core
	grep -q RELTIME core
	grep -q SEP_CHR core
	same "$(cat core)" "$(t2doc core)"
	t2doc tawk | grep -q 'tawk - '
	t2doc t2plugin | grep -q 'T2PLUGIN(1)'
	t2doc 't2plugin(3)' | grep -q 'T2PLUGIN(3)'
	same "$(t2doc t2plugin.3)" "$(t2doc 't2plugin(3)')"
	t2doc t2columns | grep -q 'T2COLUMNS(5)'
	same "$(t2doc)" "$(t2doc t2.7)"
	t2doc scripts | grep -q 'T2(7)'
	[[ $(t2doc tawk tcol) == *'tawk - '*'tcol - '* ]]
}

@test "t2doc flowStat: a column, its bits; of packets too; an option" {
	same "$(t2cols flowStat; printf '\nIn packet records:\n\n'; t2cols -k flowStat)" "$(t2doc flowStat)"
	same "$(t2cols tcpStates)" "$(t2cols tcpStates)"
	same "$(printf 'In packet records:\n\n'; t2cols -k pktIAT)" "$(t2doc pktIAT)"
	t2doc numBytesSnt | grep -qx 'meaning  Number of transmitted bytes'
	is "$(t2doc BFO_MAC)" <<-E
	option   basicFlow.BFO_MAC
	meaning  MAC addresses
	value    1 (default)
	default  1
	range    0..1
	set by   t2conf basicFlow -D BFO_MAC=VALUE
	E
	t2conf basicFlow -D BFO_MAC=0
	t2doc basicFlow.BFO_MAC | grep -qx 'value    0 (file)'
	# columns of plugins that do not take part, too
	t2build -u connStat >/dev/null
	t2doc connSip | grep -qx 'plugin   connStat'
}

@test "t2doc: the user's own plugin" {
	t2plugin -c mine >/dev/null
	t2build mine >/dev/null
	t2doc mine >page
	tr -s ' \n' ' ' <page | grep -q 'place 600 in the order of columns, in /.*/mine.so. It takes part'
	for w in mineStat mineSizes mineBytes MINE_NUM 'More packets than listed'; do
		grep -q "$w" page
	done
	t2doc minePkts | grep -qx 'plugin   mine'
	echo 'no object' >"$XDG_DATA_HOME/t2/plugins/mine.so"
	run -1 t2doc mine
	[[ $output == *mine.so:* ]]
	t2doc flowStat | grep -q 'plugin   basicFlow'
}

@test "t2doc: what is not there, help, list" {
	run -1 t2doc nosuch
	same "t2doc: there is no plugin, manual, column or option 'nosuch'" "$output"
	run -1 t2doc flowStatt
	[[ $output == *'(did you mean flowStat?)' ]]
	run -1 t2doc basicFlw
	[[ $output == *'(did you mean basicFlow?)' ]]
	run -1 t2doc BFO_MACS
	[[ $output == *'(did you mean BFO_MAC?)' ]]
	for n in ../x '' '*' 'a b' '$(id)' -- '-x'; do
		run t2doc "$n"
		[ "$status" -ne 0 ]
	done
	run -0 t2doc -h
	[[ ${lines[0]} == 'usage: t2doc '* ]]
	t2doc -l | grep -q '^  basicFlow  *Flow identity'
	t2doc -l | grep -q '^  t2flow.1  *flow records'
}

@test "t2doc: on a terminal by the pager" {
	needs script
	# man pipes into the pager, mandoc names a file behind its other arguments
	# shellcheck disable=SC2016
	printf '#!/bin/sh\nfor f; do :; done\ncat ${f:+"$f"} >%s/paged\n' "$PWD" >pager
	chmod +x pager
	PAGER=$PWD/pager script -qec 't2doc connSip' /dev/null >/dev/null </dev/null
	grep -qx 'column   connSip' paged
	rm paged
	PAGER=$PWD/pager MANPAGER=$PWD/pager script -qec 't2doc connStat' /dev/null >/dev/null </dev/null
	col -b <paged | grep -q connSipDip
}

@test "settings that are wrong: told, and the manuals are there" {
	mkdir -p "$XDG_CONFIG_HOME/t2"
	echo nonsense >"$XDG_CONFIG_HOME/t2/t2.conf"
	run -0 t2doc basicFlow
	[[ ${lines[0]} == 't2doc: '*'t2.conf: line 1: nonsense: write NAME=value' ]]
	[[ $output == *BFO_MAC* ]]
	run -0 t2doc BFO_MAC
	[[ $output == *'option   basicFlow.BFO_MAC'* ]]
	rm "$XDG_CONFIG_HOME/t2/t2.conf"
	T2_BFO_MAC=x run -1 t2doc basicFlow
	[[ $output == *'environment variable T2_BFO_MAC: '* ]]
	[[ $output != *'there is no plugin'* ]]
}
