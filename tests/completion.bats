#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# completion.bats - what Tab offers in bash and zsh.

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	cp "$T2_TOP/tests/tcol.bats" notes.txt
	printf '%%dir\tflowInd\tsrcIP\tsrcPort\tmyOwn\nA\t1\t10.0.0.1\t5\tx\n' >x_flows.txt
	# shellcheck source=share/completion/t2.bash
	. "$T2_TOP/share/completion/t2.bash"
	compopt() { :; }                # there is no line to complete
}

# tab WORD...: replies for the last word; one that begins with a quote is still open.  Words behind
# | are behind the cursor.
tab() {
	local -a words=("$@")
	local i behind
	COMP_LINE=$*
	for i in "${!words[@]}"; do
		[ "${words[i]}" != '|' ] || break
		COMP_CWORD=$i
	done
	behind=$((COMP_CWORD + 1))
	unset "words[$behind]"
	COMP_WORDS=("${words[@]}")
	i=${COMP_WORDS[COMP_CWORD]}
	COMPREPLY=()
	_t2 "$1" "${i#[\'\"]}" "${COMP_WORDS[COMP_CWORD - 1]}"
	[ "${#COMPREPLY[@]}" -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
}

@test "bash: flags come from the help" {
	is "$(tab tcol --)" < <(printf '%s\n' --stream --separator --color= --help)
	is "$(tab t2 --max)" <<<--max-flows
	is "$(tab t2pkt --stream-)" <<<--stream-format
	is "$(tab tawk --com)" <<<--comment
	is "$(tab lsx -)" < <(printf '%s\n' -h --help)
}

@test "bash: what flags take" {
	is "$(tab tcol --color = a)" < <(printf '%s\n' always auto)
	is "$(tab tcol --color =)" < <(printf '%s\n' always never auto)
	is "$(tab t2flow -p basicF)" <<<basicFlow
	is "$(tab t2flow --plugins basicFlow,tcpS)" <<<basicFlow,tcpStates
	tab t2flow -o BFO_MA | grep -qx BFO_MAC=
	is "$(tab t2flow -c dir,flowSt)" <<<dir,flowStat
	is "$(tab t2cols tcpSt)" <<<tcpStates
	is "$(tab t2flow -r x)" <<<x_flows.txt
	is "$(tab t2flow -D x)" <<<x_flows.txt
	is "$(tab t2flow --split x)" <<<x_flows.txt
	[ ! -e /sys/class/net/lo ] || tab t2 -i '' | grep -qx lo
	is "$(tab t2 -i lo --user roo)" <<<root
	is "$(tab t2proto -s p)" <<<packets
	is "$(tab t2icmp -s b)" </dev/null
	is "$(tab t2pkt --content o)" <<<off
	is "$(tab t2pkt --stream-format r)" <<<raw
	is "$(tab t2geo f)" <<<fetch
	mkdir dir
	is "$(tab t2geo -d '')" <<<dir
	is "$(tab t2 -x '')" </dev/null
	is "$(tab t2flow -r x icm)" < <(printf '%s\n' icmp icmp6)
	is "$(tab tcol n)" <<<notes.txt
	is "$(tab lsx 22 n)" <<<notes.txt
	is "$(tab protStat n)" <<<notes.txt
	is "$(tab t2viz -w my '|' x_flows.txt)" <<<myOwn
	is "$(tab t2viz -e dir,my '|' x_flows.txt)" <<<dir,myOwn
	is "$(tab t2viz -N 5 n)" <<<notes.txt
	is "$(tab t2viz --sv)" <<<--svg
	is "$(tab t2plot -A r)" <<<rank
	is "$(tab gpq3x -a s)" <<<sum
	is "$(tab topNStat -c b)" <<<b
	is "$(tab fpsGplt -d A)" <<<A
	is "$(tab topNStat src '|' x_flows.txt)" < <(printf '%s\n' srcIP srcPort)
	is "$(tab topNStat x)" <<<x_flows.txt
	is "$(tab t2plot -o src '|' x_flows.txt)" < <(printf '%s\n' srcIP srcPort)
	is "$(tab t2plot --png n)" <<<notes.txt
	is "$(tab t2timeline -e my '|' x_flows.txt)" <<<myOwn
	is "$(tab t2timeline -t)" < <(printf '%s\n' -t -tx -ty -ts)
}

@test "bash: plugins, their options, profiles, what there is to read" {
	is "$(tab t2build macR)" <<<macRecorder
	is "$(tab t2build -u icmpD)" <<<icmpDecode
	is "$(tab t2conf tranal)" <<<tranalyzer2
	is "$(tab t2conf basicFlow -D BFO_MA)" < <(printf '%s\n' BFO_MAC= BFO_MAX_HDRDESC= BFO_MAX_MAC= \
	    BFO_MAX_MPLS= BFO_MAX_VLAN=)
	is "$(tab t2conf tranalyzer2 -G RELT)" <<<RELTIME
	is "$(tab t2conf -P netf)" <<<netflow5
	local flag
	for flag in -s --save -r --restore -L --load-list; do
		is "$(tab t2conf "$flag" x)" <<<x_flows.txt
	done
	is "$(tab t2plot -r x)" <<<x_flows.txt  # the seconds may be left out
	is "$(tab t2edit basicS)" <<<basicStats
	is "$(tab t2doc flowSt)" <<<flowStat
	is "$(tab t2doc connSt)" <<<connStat
	is "$(tab t2doc t2ext)" <<<t2extract
	is "$(tab t2flow -b x)" <<<x_flows.txt
	is "$(tab t2doc BFO_ETHERT)" <<<BFO_ETHERTYPE
	t2plugin -c mine >/dev/null
	is "$(tab t2build mi)" <<<mine          # not built yet
	t2build mine >/dev/null
	is "$(tab t2build mi)" <<<mine
	is "$(tab t2plugin -t '')" <<<mine      # others have no test here
	is "$(tab t2plugin -c mi)" </dev/null
	is "$(tab t2conf mine -D MINE_N)" <<<MINE_NUM=
	is "$(tab t2flow -p basicFlow,mi)" <<<basicFlow,mine
}

# One reply is doubled, with a blank, so that readline does not close the quote.
@test "bash: columns and functions in a program of tawk" {
	is "$(tab tawk "'\$my" '|' x_flows.txt)" < <(printf '%s\n' '$myOwn' '$myOwn ')
	is "$(tab tawk "'tcp() && \$src" '|' x_flows.txt)" < <(printf '%s\n' 'tcp() && $srcIP' \
	    'tcp() && $srcPort')
	is "$(tab tawk "'t2sort(my" '|' '<x_flows.txt')" < <(printf '%s\n' 't2sort(myOwn' \
	    't2sort(myOwn ')
	is "$(tab tawk "'bitsany" '|' x_flows.txt)" < <(printf '%s\n' 'bitsanyset(' 'bitsanyset( ')
	# notes.txt has no columns; without a file those of the plugins
	is "$(tab tawk "'\$my" '|' notes.txt x_flows.txt)" < <(printf '%s\n' '$myOwn' '$myOwn ')
	is "$(tab tawk "'\$tcpStat")" < <(printf '%s\n' '$tcpStates' '$tcpStates ')
	is "$(tab tawk "'tcp()" x_)" <<<x_flows.txt
	is "$(tab tawk -V ipF)" <<<ipFlags
	is "$(tab tawk -d hdr,bitsall)" <<<hdr,bitsallset
	is "$(tab tawk -N '')" </dev/null
}

# zsh TOOL: what the completion of zsh tells its _arguments, with lists of words in place of what
# completes them
zsh_specs() {
	zsh -f -c '
		_arguments() { shift 3; print -rl -- "$@" }
		service=$1
		. "$2"' - "$1" "$T2_TOP/share/completion/_t2"
}

@test "zsh: flags come from the help, and what they take" {
	needs zsh
	is "$(zsh_specs tcol)" <<-'EOT'
		*-s[print each row at once\: for input that does not end]
		*--stream[print each row at once\: for input that does not end]
		*-F[what separates the cells (TAB)]:SEP: 
		*--separator[what separates the cells (TAB)]:SEP: 
		*--color=[always, never or auto\: on terminals, without NO_COLOR (default)]:when:(always never auto)
		*-h[this text]
		*--help[this text]
		*:file:_t2_operand
	EOT
	zsh_specs tawk >tawk
	grep -qx '\*-V\[what .*\]:column:_t2_bits' tawk
	grep -qx '\*--doc\[document .*\]:function:_t2_functions' tawk
	grep -qx '\*--list\[list the columns.*\]' tawk
	zsh_specs t2flow >t2flow
	grep -qx '\*--columns\[.*\]:columns:_t2_column_list' t2flow
	grep -qx '\*-p\[.*\]:plugins:_t2_plugins' t2flow
	grep -qx '\*:filter:_t2_filter' t2flow
	zsh_specs t2proto | grep -qx '\*-s\[.*\]:key:(number packets bytes)'
	zsh_specs t2conf | grep -qx '\*--profile\[.*\]:profile:_t2_profiles'
	zsh_specs t2conf | grep -qx '\*-s\[save .*\]::file:_files'
	zsh_specs t2conf | grep -qx '\*-D\[.*\]:option:_t2_own_options'
	zsh_specs t2doc | grep -qx '\*:name:_t2_read'
	zsh_specs t2plugin | grep -qx '\*-t\[.*\]:plugin:_t2_sources'
	zsh_specs t2plugin | grep -qx '\*-c\[.*\]:name: '
	mkdir -p "$XDG_DATA_HOME/t2/plugins/mine"
	is "$(zsh -f -c 'compadd() { shift; print -rl -- "$@"; }; _arguments() { _t2_sources }
	    service=t2build; . "$1"' - "$T2_TOP/share/completion/_t2")" <<<mine
	zsh -f -c 'compadd() { print -rl -- "$@"; }; _arguments() { _t2_read }
	    service=t2doc; . "$1"' - "$T2_TOP/share/completion/_t2" | grep -qx BFO_MAC
	zsh_specs t2icmp | grep -qx '\*-s\[.*\]:key:(number packets)'
}

@test "zsh: columns and functions in a program of tawk" {
	needs zsh
	cat >try.zsh <<-'EOT'
		compset() { [[ $2 == \*=* ]] && return 1; return 0 }
		compadd() { while [[ $1 == -* ]]; do
			[[ $1 == -S ]] && shift
			[[ $1 == -a ]] && { shift; print -rl -- "${(P@)1}"; return; }
			shift; done; print -rl -- "$@" }
		_arguments() { _t2_operand }
		_files() { print files }
		service=tawk CURRENT=2 PREFIX=$1 BUFFER="tawk '$1' x_flows.txt"
		words=(tawk "'$1")
		. "$2"
	EOT
	is "$(zsh -f try.zsh '$my' "$T2_TOP/share/completion/_t2")" < <(printf '%s\n' \
	    dir flowInd srcIP srcPort myOwn)
	zsh -f try.zsh 'bits' "$T2_TOP/share/completion/_t2" | grep -qx 'bitsanyset('
}
