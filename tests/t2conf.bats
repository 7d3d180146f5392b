#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# t2conf.bats - t2conf and t2edit: the tutorial's commands with their effect, the file they write,
# profiles, whole sets, errors that change nothing, the menu.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	own_folder
}

header() {
	t2flow -r "$f" | head -n 1
}

# written TEXT...: t2.conf has exactly these lines
written() {
	same "$(printf '%s\n' "$@")" "$(cat "$conf")"
}

@test "the tutorial: NetFlow 5 columns and back" {
	default=$(t2flow -r "$f" -p basicFlow,basicStats)
	t2build -u protoStats macRecorder portClassifier tcpFlags tcpStates icmpDecode connStat
	# what the tutorial changes in basicFlow.h and basicStats.h
	t2conf basicFlow -D BFO_MAC=0 -D BFO_ETHERTYPE=0 -D BFO_VLAN=0 -D BFO_SUBNET_TEST=0 -D BFO_MAX_HDRDESC=0
	t2conf basicStats -D BS_REV_CNT=0 -D BS_STATS=0
	t2build basicFlow basicStats
	same '%dir flowInd flowStat timeFirst timeLast duration srcIP srcPort dstIP dstPort l4Proto numPktsSnt numBytesSnt' \
	    "$(header | tr '\t' ' ')"
	t2 -r "$f" -w out >/dev/null
	same 13 "$(grep -c $'^[0-9]*\t' out_headers.txt)"
	# and the commands with which it takes that back
	run -0 t2conf basicFlow -D BFO_MAC=1 -D BFO_ETHERTYPE=1 -D BFO_VLAN=1 -D BFO_SUBNET_TEST=1 -D BFO_MAX_HDRDESC=4
	same '' "$output"
	run -0 t2conf basicStats -D BS_REV_CNT=1 -D BS_STATS=1
	same '' "$output"
	t2build basicFlow basicStats
	same "$default" "$(t2flow -r "$f")"
}

@test "the tutorial: relative times, list of ICMP types, modes" {
	t2conf tranalyzer2 -D RELTIME=1
	t2build -R >/dev/null
	t2flow -c timeFirst -r "$f" | sed -n 2p | grep -qx '0\.000000'
	t2conf tranalyzer2 -D RELTIME=0
	t2flow -c timeFirst -r "$f" | sed -n 2p | grep -qx '0\.000000' && return 1
	t2conf icmpDecode -D ICMP_TC_MD=1
	t2build icmpDecode >/dev/null
	[[ $(header) == *icmpType_Code* ]]
	[[ $(header) != *icmpBFTypH_TypL_Code* ]]
	for mode in 0 1 2; do
		t2conf core -D IPV6_ACTIVATE=$mode -D ETH_ACTIVATE=0
		same "$(t2flow -o IPV6_ACTIVATE=$mode -o ETH_ACTIVATE=0 -r "$T2_TOP/examples/town.pcap" | md5sum)" \
		    "$(t2flow -r "$T2_TOP/examples/town.pcap" | md5sum)"
	done
	t2conf --ip6 --noeth
	same $'1\n0' "$(t2conf core -G IPV6_ACTIVATE -G ETH_ACTIVATE)"
	t2conf --ip4 --eth
	same $'0\n1' "$(t2conf core -G IPV6_ACTIVATE -G ETH_ACTIVATE)"
	t2conf --dual
	same 2 "$(t2conf core -G IPV6_ACTIVATE)"
}

@test "what is written: sections, in place, comments kept, once each" {
	t2conf basicFlow -D BFO_MAC=0
	t2conf basicStats -D BS_STATS=0
	t2conf basicFlow -D BFO_VLAN=0x2
	written '[basicFlow]' BFO_MAC=0 BFO_VLAN=2 '' '[basicStats]' BS_STATS=0
	cat >"$conf" <<-'E'
	# mine
	BFO_MAC = 1   # bare
	basicStats.BS_STATS=1
	  # why
	[tranalyzer2]
	 RELTIME=0
	RELTIME=1

	[basicFlow]
	BFO_MAC=1
	BFO_VLAN=1
	E
	t2conf basicFlow -D BFO_MAC=0
	t2conf basicStats -D BS_STATS=0
	t2conf core -D RELTIME=1
	t2conf tranalyzer2 -D FLOW_TIMEOUT=60
	written '# mine' 'BFO_MAC = 0   # bare' 'basicStats.BS_STATS=0' '  # why' '[tranalyzer2]' ' RELTIME=1' FLOW_TIMEOUT=60 '' \
	    '[basicFlow]' BFO_VLAN=1
	t2conf basicFlow -D BFO_MAC=default -D BFO_VLAN=2
	written '# mine' 'basicStats.BS_STATS=0' '  # why' '[tranalyzer2]' ' RELTIME=1' FLOW_TIMEOUT=60 '' \
	    '[basicFlow]' BFO_VLAN=2
	# nothing to do: the file is not touched
	touch -d 2001-01-01 "$conf"
	t2conf basicFlow -D BFO_VLAN=2
	same 978307200 "$(stat -c %Y "$conf")"
	same t2.conf "$(ls "${conf%/*}")"
}

@test "a linked t2.conf stays a link, rights stay, nobody's change is lost" {
	mkdir -p "${conf%/*}" dotfiles
	printf 'BFO_MAC=1\n' >dotfiles/t2.conf
	chmod 600 dotfiles/t2.conf
	ln -s "$W/dotfiles/t2.conf" "$conf"
	t2conf basicFlow -D BFO_VLAN=2
	[ -h "$conf" ]
	same 600 "$(stat -c %a dotfiles/t2.conf)"
	is "$(cat dotfiles/t2.conf)" < <(printf 'BFO_MAC=1\n\n[basicFlow]\nBFO_VLAN=2\n')
	for i in 1 2 3 4 5 6; do
		t2conf core -D "FLOW_TIMEOUT=$i" &
		t2conf basicFlow -D "BFO_MAX_MAC=$i" &
		t2conf basicStats -D BS_VAR=1 &
	done
	wait
	same 1 "$(t2conf basicStats -G BS_VAR)"
	same 2 "$(t2conf basicFlow -G BFO_VLAN)"
	same 3 "$(grep -cE '^(FLOW_TIMEOUT|BFO_MAX_MAC|BS_VAR)=' "$conf")"
}

@test "text values: with blanks, quotes, signs" {
	t2conf txtSink -D 'SEP_CHR=,'
	written '[txtSink]' 'SEP_CHR=","'
	header | grep -q '^%dir,flowInd,'
	t2conf txtSink -D 'SEP_CHR=\t'
	written '[txtSink]' 'SEP_CHR="\t"'
	t2conf txtSink -D 'SEP_CHR=" "'
	same '" "' "$(t2conf txtSink -G SEP_CHR)"
	t2conf tranalyzer2 -D HDR_CHR='#'
	same '"#"' "$(t2conf core -G HDR_CHR)"
	header | grep -q '^#dir '
	v='a b # c, X=1 "q" \\ ['
	t2conf portClassifier -D "PBC_UNKNOWN=$v"
	same '"a b # c, X=1 \"q\" \\ ["' "$(t2conf portClassifier -G PBC_UNKNOWN)"
	t2conf portClassifier -D PBC_UNKNOWN=
	same '""' "$(t2conf portClassifier -G PBC_UNKNOWN)"
	run -1 t2conf portClassifier -D $'PBC_UNKNOWN=a\nBFO_MAC=0'
	[[ $output == *'a value has one line' ]]
	run -1 t2conf txtSink -D 'SEP_CHR=;'
	[[ $output == *'must be a tab'* ]]
	same '""' "$(t2conf portClassifier -G PBC_UNKNOWN)"
}

@test "errors: the words of the reference, status 1, nothing changed" {
	t2conf basicFlow -D BFO_VLAN=2
	cp "$conf" before
	run -1 t2conf basicFlow -D NOPE=1
	same "t2conf: macro 'NOPE' does not exist in 'basicFlow'" "$output"
	run -1 t2conf basicFlow -D BFO_MACS=1
	same "t2conf: macro 'BFO_MACS' does not exist in 'basicFlow' (did you mean BFO_MAC?)" "$output"
	run -1 t2conf basicFlow -D BS_STATS=1
	same "t2conf: macro 'BS_STATS' does not exist in 'basicFlow' (it is one of basicStats)" "$output"
	run -1 t2conf basicFlow -D BFO_MAC
	same "t2conf: Option '-D': expected name=value, found 'BFO_MAC'" "$output"
	run -1 t2conf basicFlow basicStats -D BFO_MAC=1
	same "t2conf: -D option can only be used with ONE plugin" "$output"
	run -1 t2conf -D BFO_MAC=1
	same "t2conf: -D option can only be used with ONE plugin" "$output"
	run -1 t2conf nosuch -D A=1
	same "t2conf: Unknown option 'nosuch': no such plugin: nosuch" "$output"
	run -1 t2conf basicFlow -D BFO_MAC=0 -D BFO_MPLS=9
	same "t2conf: basicFlow.BFO_MPLS=9: out of range, 0..3" "$output"
	run -1 t2conf basicFlow -D BFO_MAC=x
	same "t2conf: basicFlow.BFO_MAC=x: not a number, 0..1" "$output"
	run -1 t2conf core -D compat=1
	same "t2conf: compat=1: the only version known is 0.8.4" "$output"
	run -1 t2conf basicFlow -G NOPE
	[[ $output == *"macro 'NOPE' does not exist in 'basicFlow'" ]]
	for n in a/b ../x '$(id)' 'a,b' standard all none ''; do
		run -1 t2conf "$n" -D A=1
		[ "${#lines[@]}" -eq 1 ]
	done
	for a in --nosuch '-I -g x' 'basicFlow' '-D' '-P' '-g - basicFlow' '-I --reset'; do
		# shellcheck disable=SC2086 # several words
		run -2 t2conf $a
	done
	run -2 t2conf </dev/null
	cmp before "$conf"
	chmod 555 "${conf%/*}"
	[ -w "${conf%/*}" ] || { run -1 t2conf basicFlow -D BFO_MAC=0; cmp before "$conf"; }
	chmod 755 "${conf%/*}"
}

@test "a file that cannot be read is told, --reset mends it" {
	mkdir -p "${conf%/*}"
	printf '# keep\nnonsense\nBFO_MAC=99\n[nosuch]\nA=1\n' >"$conf"
	cp "$conf" before
	run -1 t2conf basicFlow -D BFO_VLAN=2
	same "t2conf: $conf: line 2: nonsense: write NAME=value" "$output"
	cmp before "$conf"
	t2conf --reset
	written '# keep'
	t2conf basicFlow -D BFO_VLAN=2
	rm "$conf"
	t2conf basicFlow -D BFO_VLAN=2
	t2conf --reset
	[ ! -e "$conf" ]
}

@test "--reset of plugins; with -D only that stays" {
	t2conf basicFlow -D BFO_VLAN=2 -D BFO_MAC=0
	t2conf basicStats -D BS_STATS=0
	t2conf core -D RELTIME=1 -D compat=0.8.4
	sed -i '1i BFO_MPLS=1' "$conf"          # of no section
	t2conf basicFlow --reset -D BFO_MAC=0
	same "$(printf '0\n1\n0')" "$(t2conf basicFlow -G BFO_MAC -G BFO_VLAN -G BFO_MPLS)"
	same "$(printf '1\n0.8.4')" "$(t2conf core -G RELTIME -G compat)"
	t2conf basicFlow core --reset
	same "$(printf '0\nnone')" "$(t2conf core -G RELTIME -G compat)"
	same 0 "$(t2conf basicStats -G BS_STATS)"
	same 1 "$(t2conf basicFlow -G BFO_MAC)"
}

@test "-I and -G: what a run would have" {
	t2conf basicFlow -D BFO_VLAN=2
	same "$(t2cols -O | grep -E '^(Option|basicFlow\.)' | tr -s ' ')" "$(t2conf -I basicFlow | tr -s ' ')"
	same "$(t2cols -O)" "$(t2conf -I)"
	t2conf tranalyzer2 -I | grep -q '^core\.RELTIME '
	same 0 "$(BFO_VLAN=0 t2conf basicFlow -G BFO_VLAN)"
	same 2 "$(t2conf basicFlow -G BFO_VLAN)"
	# the environment of t2conf itself is not written
	BFO_MAC=0 t2conf basicFlow -D BFO_VLAN=1
	written '[basicFlow]' BFO_VLAN=1
}

@test "plugins: saved and restored, all, none" {
	t2build -u connStat tcpStates >/dev/null
	t2conf -s
	before=$(t2build -l)
	run -0 t2conf -a
	[[ $output == *'BUILD SUCCESSFUL' ]]
	t2build -l | grep -qx connStat
	t2conf -0
	same "No plugins in '$own'" "$(t2build -l)"
	t2conf --save 'no plugins'
	t2conf -r
	same "$before" "$(t2build -l)"
	t2conf --restore 'no plugins'
	same '%dir' "$(header)"
	t2conf --all >/dev/null
	t2conf --none
	same '%dir' "$(header)"
	echo nosuch >wrong
	run -1 t2conf -r wrong
	[[ $output == "t2conf: no such plugin: nosuch"* ]] || same x "$output"
	run -1 t2conf -r nofile
	same 't2conf: nofile: there is no such file; t2conf -s saves one' "$output"
	run -1 t2conf -r .
	same 't2conf: .: cannot be read' "$output"
	run -2 t2conf -s -a
	run -2 t2conf -a basicFlow
}

@test "-L: a list of plugins for t2 -b in the editor" {
	cat >edit <<-E
	#!/bin/sh
	echo "\$1" >>"$W/edited"
	sed -i '/^icmpDecode/d; s/^#connStat/connStat/' "\$1"
	E
	chmod +x edit
	t2build -u connStat >/dev/null
	EDITOR=$W/edit t2conf -L
	same "$own/plugins.load" "$(cat edited)"
	EDITOR="$W/edit " VISUAL='' t2conf --load-list 'my list'
	cmp "$own/plugins.load" 'my list'
	t2 -b 'my list' -r "$f" -w out >report
	grep -q ': connStat, ' report
	run -1 grep -q ': icmpDecode, ' report
	echo nosuch >>'my list'
	EDITOR=true run -1 t2conf -L 'my list'
	[[ $output == *nosuch* ]]
	EDITOR=false run -1 t2conf -L 'my list'
	same 't2conf: false failed' "$output"
}

@test "--patch, --rpatch: a table of values, there and back" {
	printf '# a comment\n%%another\n\nBFO_MAC\t0\t1\tbasicFlow.h\nRELTIME\t1\t0\t../tranalyzer.h\nHDR_CHR\t"#"\t"%%"\tbin2txt.h\nBS_VAR\t1\tbasicStats.h\r\n' >table
	t2conf --patch table
	same '0 1' "$(t2conf basicFlow -G BFO_MAC | tr '\n' ' ')$(t2conf core -G RELTIME)"
	same 1 "$(t2conf basicStats -G BS_VAR)"
	[[ $(header) == '#dir'* ]]
	t2conf --rpatch table
	same '1 0' "$(t2conf basicFlow -G BFO_MAC | tr '\n' ' ')$(t2conf core -G RELTIME)"
	[[ $(header) == '%dir'* ]]
	cp "$conf" before
	printf 'BFO_VLAN\t0\t1\nNOPE\t1\t0\tx.h\n' >table
	run -1 t2conf --patch table
	[[ $output == "t2conf: macro 'NOPE' does not exist"* ]] || same x "$output"
	cmp before "$conf"
	run -1 t2conf --patch nofile
	run -2 t2conf --patch
	run -2 t2conf --rpatch table basicFlow
}

@test "whole sets: to a file and back" {
	t2build -u connStat
	t2conf basicFlow -D BFO_VLAN=2
	t2conf core -D RELTIME=1 -D compat=0.8.4
	t2conf txtSink -D SEP_CHR=,
	rows=$(t2flow -r "$f")
	t2conf -g set
	grep -qx '#plugins: .*basicFlow.*' set
	t2conf -C default
	[ ! -e "$conf" ]
	[ ! -e "$own/plugins.txt" ]
	same "$(XDG_CONFIG_HOME=/none t2flow -r "$f")" "$(t2flow -r "$f")"
	t2conf -C set
	same "$rows" "$(t2flow -r "$f")"
	t2build -l | grep -qx connStat && return 1
	same "$(cat set)" "$(t2conf -g -)"
	# also as a file of settings alone
	XDG_CONFIG_HOME=$W/x XDG_DATA_HOME=$W/y
	export XDG_CONFIG_HOME XDG_DATA_HOME
	mkdir -p x/t2
	cp set x/t2/t2.conf
	t2flow -r "$f" >/dev/null
	printf 'BFO_MAC=7\n' >bad
	run -1 t2conf -C bad
	same 't2conf: bad: line 1: basicFlow.BFO_MAC=7: out of range, 0..1' "$output"
	printf '#plugins: basicFlow nosuch\nBFO_MAC=0\n' >bad
	run -1 t2conf -C bad
	same 't2conf: no such plugin: nosuch' "$output"
	cmp set x/t2/t2.conf
	run -1 t2conf -C nofile
}

@test "profiles" {
	same "$(cd "$T2_TOP/share/profiles" && ls | sed 's/\.conf$//')" "$(t2conf --profiles | awk '{ print $1 }')"
	t2conf --profiles | awk 'NF < 4 { exit 1 }'
	standard=$(header)
	t2conf -P netflow5
	same '%dir flowInd flowStat timeFirst timeLast duration srcIP srcPort dstIP dstPort l4Proto numPktsSnt numBytesSnt' \
	    "$(header | tr '\t' ' ')"
	t2conf -P standard
	same "$standard" "$(header)"
	t2conf -P compat-0.8.4
	same "$(t2flow -o compat=0.8.4 -r "$T2_TOP/examples/town.pcap" | md5sum)" "$(t2flow -r "$T2_TOP/examples/town.pcap" | md5sum)"
	t2conf -P relative-time                 # adds
	same $'1\n0.8.4' "$(t2conf core -G RELTIME -G compat)"
	for p in $(t2conf --profiles | awk '{ print $1 }'); do
		t2conf -P standard
		t2conf -P "$p"
		t2 -s -r "$f" -w "out-$p" >/dev/null
	done
	t2conf -P standard
	t2conf -m
	is "$(t2conf core -G MACHINE_REPORT -G DIFF_REPORT -G MONINTTMPCP -G MONINTPSYNC | tr '\n' ' ')" <<<'1 1 1 1 '
	run -1 t2conf -P nosuch
	[[ $output == *"no profile 'nosuch'"* ]]
	run -1 t2conf -P ../../x
}

@test "profile full: every column, but alternatives to those that are printed" {
	t2build -u connStat
	t2conf -P full
	t2build -l | grep -qx connStat
	# what remains off has a condition that contradicts one that is on, or is of another value
	t2cols -a -t | awk -F '\t' 'NR > 1 && $1 == 0 && $5 !~ /=|HEX|HDRDESC_PKTCNT/ { print; bad = 1 } END { exit bad }'
	t2cols -k -a -t | awk -F '\t' 'NR > 1 && $1 == 0 && $5 !~ /=|HEX/ { print; bad = 1 } END { exit bad }'
	XDG_CONFIG_HOME=/none t2cols -t | awk -F '\t' '{ print $2 "\t" $3 }' | sort >default
	t2cols -t | awk -F '\t' '{ print $2 "\t" $3 }' | sort | comm -23 default - >lost
	same hdrDesc "$(cut -f 1 lost)" || same '' "$(cat lost)"
	[ "$(t2cols -t | wc -l)" -gt 140 ]
}

# t2edit NAME with a sed script as the editor
edit() {
	printf '%s\n' "$1" >"$W/script"
	EDITOR="sed -i -f $W/script" t2edit "$2"
}

@test "t2edit: a page of all options, what is saved is set" {
	t2conf basicFlow -D BFO_VLAN=2
	EDITOR='cp nofile' VISUAL='' t2edit basicFlow && return 1
	printf '#!/bin/sh\ncp "$2" "$1"\n' >keep
	chmod +x keep
	EDITOR="$W/keep $W/page" t2edit basicFlow
	grep -qx '#BFO_MAC=1' page
	grep -qx 'BFO_VLAN=2' page
	grep -qx '# 0 to 2, default 1' page
	same "$(t2cols -O -t -p basicFlow | grep -c '^basicFlow')" "$(grep -c '^#*[A-Z0-9_]*=' page)"
	written '[basicFlow]' BFO_VLAN=2
	edit 's/^#BFO_MAC=1/BFO_MAC=0/;s/^BFO_VLAN/#&/' basicFlow
	same $'0\n1' "$(t2conf basicFlow -G BFO_MAC -G BFO_VLAN)"
	edit 's/^#RELTIME=0/RELTIME=1/' tranalyzer2
	same 1 "$(t2conf core -G RELTIME)"
	edit 's/^#SEP_CHR=.*/SEP_CHR=","/' txtSink
	same '","' "$(t2conf txtSink -G SEP_CHR)"
	cp "$conf" before
	run -1 edit 's/^#BFO_MPLS=0/BFO_MPLS=9/' basicFlow
	[[ $output == *'BFO_MPLS=9: out of range'* ]]
	run -1 edit '1iNOPE=1' basicFlow
	[[ $output == *"macro 'NOPE' does not exist"* ]]
	EDITOR=false run -1 t2edit basicFlow
	[[ $output == *'nothing is changed'* ]]
	cmp before "$conf"
	run -1 t2edit nosuch
	[[ $output == *'no such plugin: nosuch' ]]
	run -2 t2edit
	run -2 t2edit a b
	run -2 t2edit -x
}

@test "a user's plugin: its options are set, listed, edited like the others" {
	t2plugin -c mine >/dev/null
	t2build mine >/dev/null
	t2conf mine -D MINE_NUM=1 -D MINE_TEXT=0
	same 1 "$(t2conf mine -G MINE_NUM)"
	[[ $(header) == *$'\tminePkts\tmineSizes' ]]
	edit 's/^MINE_TEXT/#&/' mine
	[[ $(header) == *$'\tminePkts\tmineText\tmineSizes' ]]
	t2conf -g set
	grep -qx 'MINE_NUM=1' set
	t2flow -p basicFlow -r "$f" >/dev/null  # it takes no part: passed over
}

# menu ANSWER...: t2conf on a terminal, with a box that gives these answers, then leaves
menu() {
	mkdir -p bin
	printf '%s\n' "$@" >answers
	cat >bin/whiptail <<-'E'
	#!/bin/sh
	printf '%s\n' "$@" >>"$W/asked"
	a=$(sed -n 1p "$W/answers")
	sed -i 1d "$W/answers"
	[ -n "$a" ] || exit 1
	[ "$a" != - ] || exit 0
	printf '%b' "$a" >&2
	E
	chmod +x bin/whiptail
	export W
	PATH=$W/bin:$PATH script -qec t2conf /dev/null </dev/null
}

@test "the menu: plugins are ticked, options set, errors shown" {
	needs script
	menu plugins 'basicFlow\nconnStat\n' basicFlow BFO_VLAN 2 BFO_MAC 7 -
	same 'basicFlow connStat ' "$(t2build -l | tr '\n' ' ')"
	written '[basicFlow]' BFO_VLAN=2
	grep -q 'out of range' asked
	grep -q '^2 .*\* VLAN tags' asked
	menu profiles relative-time core IPV6_ACTIVATE 0
	same $'1\n0' "$(t2conf core -G RELTIME -G IPV6_ACTIVATE)"
	menu txtSink SEP_CHR , '' ''
	same '","' "$(t2conf txtSink -G SEP_CHR)"
}

@test "the example of t2.conf.5 is read as it says" {
	mkdir -p "${conf%/*}"
	awk '/^\.Bd/ { on = 1; next } /^\.Ed/ { on = 0 } on' "$T2_TOP/man/t2.conf.5" >"$conf"
	same $'0\n2' "$(t2conf basicFlow -G BFO_MAC -G BFO_VLAN)"
	same $'60\n","' "$(t2conf core -G FLOW_TIMEOUT -G SEP_CHR)"
	cp "$conf" before
	t2conf basicFlow -D BFO_VLAN=1
	diff "$conf" before >changed || :
	is "$(cat changed)" <<-'E2'
	4c4
	< BFO_VLAN = 1            # whole tags
	---
	> BFO_VLAN = 2            # whole tags
	E2
	t2doc t2.conf | grep -q 'T2.CONF(5)'
}

@test "conf.awk is the same in all awks" {
	printf '[core]\nA=1\n# c\n[b]\r\nX = "a # b" \r\n\n' >in
	printf 'core\tA\t2\nb\tY\t3\nb\tX\nnew\tZ\t4\n' >changes
	printf 'Q="x\\" # y"\t# z\n' >>in
	printf 'b\tQ\t7\n' >>changes
	want=$(printf '[core]\nA=2\n# c\n[b]\r\n\nQ=7\t# z\nY=3\n\n[new]\nZ=4')
	for a in mawk gawk original-awk 'busybox awk'; do
		needs "${a%% *}"
		# shellcheck disable=SC2086 # two words
		same "$want" "$($a -v mode=merge -v changes=changes -f "$T2_TOP/awk/conf.awk" in)"
		# shellcheck disable=SC2086
		same "$(printf 'core\tA\t1\nb\tX\t"a # b"\nb\tQ\t"x\\" # y"')" "$($a -v mode=list -f "$T2_TOP/awk/conf.awk" in)"
	done
}

@test "without a home: what needs none works, the rest says why" {
	unset HOME XDG_CONFIG_HOME XDG_DATA_HOME
	t2conf --help | grep -q '^usage: t2conf'
	t2conf --profiles | grep -q '^netflow5 '
	same 1 "$(t2conf basicFlow -G BFO_MAC)"
	t2conf -I basicFlow | grep -q '^basicFlow.BFO_MAC '
	t2conf -g - | grep -qx '#plugins: standard'
	for args in '--reset' '-P netflow5' '-C default' 'basicFlow -D BFO_MAC=0'; do
		# shellcheck disable=SC2086
		run -1 t2conf $args
		same 't2conf: there is no home folder for t2.conf' "$output"
	done
}

@test "-g and -C: empty names, leading dashes, pipes, devices and folders" {
	for flag in -g -C -P; do
		run -2 t2conf $flag ''
		same "t2conf: option $flag needs an argument" "${lines[0]}"
	done
	t2conf basicFlow -D BFO_MAC=0
	t2conf -g -x
	grep -qx BFO_MAC=0 ./-x
	t2conf -C default
	t2conf -C -x
	same 0 "$(t2conf basicFlow -G BFO_MAC)"
	t2conf -C <(printf '[basicFlow]\nBFO_MAC=1\n')
	same 1 "$(t2conf basicFlow -G BFO_MAC)"
	mkfifo pipe
	cat pipe >got &
	t2conf -g pipe
	wait $!
	[ -p pipe ]
	grep -qx BFO_MAC=1 got
	run -1 t2conf -g "$W"
	same "t2conf: $W: Is a directory" "$output"
	if [ -c /dev/full ]; then
		run -1 t2conf -g /dev/full
		same 't2conf: /dev/full: cannot be written' "$output"
		[ -c /dev/full ]
	fi
	run -1 t2conf -C "$W"
	same "t2conf: $W: cannot be read" "$output"
}

@test "t2.conf of a foreign editor: UTF-8 mark, CR LF; a file that is no text" {
	mkdir -p "${conf%/*}"
	printf '\357\273\277[basicFlow]\r\nBFO_MAC=0\r\n' >"$conf"
	same 0 "$(t2conf basicFlow -G BFO_MAC)"
	[[ $(header) != *$'\tsrcMac\t'* ]]
	t2conf basicFlow -D BFO_MAC=1 -D BFO_VLAN=2
	same $'1\n2' "$(t2conf basicFlow -G BFO_MAC -G BFO_VLAN)"
	same 1 "$(grep -c BFO_MAC "$conf")"
	printf '\0[basicFlow]\nBFO_MAC=0\n' >"$conf"
	run -2 t2flow -r "$f"
	[[ $output == *'t2.conf: line 1: not text' ]]
	run -1 t2conf basicFlow -G BFO_MAC
	[[ $output == 't2conf: '*'t2.conf: line 1: not text' ]]
	run -1 t2conf -I basicFlow
	[[ $output == 't2conf: '*'t2.conf: line 1: not text' ]]
}

@test "closed pipes, signals and failures leave no files" {
	mkdir tmp
	export TMPDIR=$W/tmp
	for i in 1 2 3 4 5; do
		t2conf --profiles | head -n 1
		t2conf -I | head -n 1
		t2doc -l | head -n 1
	done >/dev/null
	printf '#!/bin/sh\n: >"%s/there"\nexec sleep 60\n' "$W" >editor
	chmod 755 editor
	for s in HUP INT TERM; do
		rm -f there
		# the terminal sends it to all of the group; in the background INT would be ignored
		EDITOR=$W/editor env --default-signal=INT setsid t2edit basicFlow &
		until_true 30 test -e there
		kill -s "$s" -- -$!
		until_true 30 ended $!
	done
	same '' "$(ls -A tmp)"
	TMPDIR=/nonexistent run -1 t2conf -I
	same 't2conf: /nonexistent: no folder can be made there' "$output"
}
