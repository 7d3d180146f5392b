# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# t2.bash - completion for the tools of t2.  Source it, or install it as
# share/bash-completion/completions/NAME for each tool.
#
# Flags and what they take come from the tool's own -h, names of plugins, options and columns from
# t2cols, names of functions and of a file's columns from tawk, so that nothing here has to be kept
# up to date.

# TOOL: a line for each flag in its help: flag, argument or -
_t2_flags() {
	command "$1" -h 2>/dev/null | awk -v OFS='\t' '/^  (    )?-/ {
		for (i = n = 0; ++i <= NF && $i ~ /^-/; ) {
			sub(/,$/, "", $i)
			arg = "-"
			if ($i ~ /\[?=/) {
				if ($i !~ /\[=/) {
					arg = $i
					sub(/^[^=]*=/, "", arg)
				}
				sub(/\[?=.*/, /\[=/ ? "" : "=", $i)
			}
			flag[++n] = $i
			own[n] = arg
		}
		if ($i !~ /^([A-Z]+[]A-Z,.:=[]*|\[FILE\])$/) $i = "-"
		for (j = 1; j <= n; j++)
			print flag[j], own[j] == "-" ? $i : own[j]
	}'
}

# plugins: the built-in ones and the user's own
_t2_plugins() {
	command t2cols --skip-broken -L 2>/dev/null | awk -F '\t' 'NR > 1 { print $2 }'
}

# plugins whose source is in the user's folder, built or not
_t2_sources() {
	(cd "${XDG_DATA_HOME:-$HOME/.local/share}/t2/plugins" 2>/dev/null && compgen -d)
}

_t2_pages() {
	command t2doc -l 2>/dev/null | awk '/^Manuals/ { on = 1; next } on { sub(/\.[1-8]$/, "", $1); print $1 }'
}

# PLUGIN: its options as NAME=
_t2_own_options() {
	local from=$1
	case $1 in
	tranalyzer2 | core) set -- core; from=none ;;
	txtSink) from=none ;;
	esac
	command t2cols -O -t -p "$from" 2>/dev/null | awk -F '\t' -v o="$1" '$1 == o { print $2 "=" }'
}

# options as plugin.NAME= and as NAME=
_t2_options() {
	echo compat=0.8.4
	command t2cols --skip-broken -p all -O 2>/dev/null | awk 'NR > 1 {
		print $1 "="
		sub(/.*\./, "", $1)
		print $1 "="
	}'
}

_t2_columns() {
	command t2cols --skip-broken -p all -a -j 2>/dev/null | sed -n 's/^{"name":"\([^"]*\)".*/\1/p' | sort -u
}

# columns of the first flow or packet file that is named on the line, else all that there are
_t2_file_columns() {
	local word names
	local -a words
	read -ra words <<<"${COMP_LINE//[\'\"<|;&()]/ }"
	for word in "${words[@]:1}"; do
		word=${word/#\~\//$HOME/}
		if [ ! -f "$word" ] || [ ! -r "$word" ]; then
			continue
		fi
		names=$(command tawk -l "$word" 2>/dev/null | awk '{ print $2 }')
		[ -z "$names" ] || { echo "$names"; return; }
	done
	_t2_columns
}

# CUR WORD...: replies; _t2_list completes the last part of a list joined by commas
_t2_words() {
	local cur=$1
	shift
	mapfile -t COMPREPLY < <(compgen -W "$*" -- "$cur")
}

_t2_list() {
	local cur=$1 done=
	shift
	case $cur in *,*) done=${cur%,*}, ;; esac
	mapfile -t COMPREPLY < <(compgen -P "$done" -W "$*" -- "${cur##*,}")
	compopt -o nospace
}

# CUR [-d]: files, or folders
_t2_files() {
	mapfile -t COMPREPLY < <(compgen "${2:--f}" -- "$1")
	compopt -o filenames
}

# CUR: an awk program, of which the last word is completed: $COLUMN, FUNCTION( or COLUMN
_t2_program() {
	local word=${1##*[!A-Za-z0-9_]} front
	front=${1%"$word"}
	if [[ $front == *\$ ]]; then
		_t2_words "$word" "$(_t2_file_columns)"
	else
		_t2_words "$word" "$(command tawk -g 2>/dev/null | sed 's/$/(/') $(_t2_file_columns)"
	fi
	[ "${#COMPREPLY[@]}" -gt 0 ] || return
	COMPREPLY=("${COMPREPLY[@]/#/"$front"}")
	# of two replies only what is common goes into the line: the quote stays open
	[ "${#COMPREPLY[@]}" -gt 1 ] || COMPREPLY+=("${COMPREPLY[0]} ")
	compopt -o nospace
}

_t2_filter='host net port portrange src dst tcp udp icmp icmp6 ip ip6 arp vlan ether and or not'

# TOOL FLAG ARG CUR: the argument of a flag
_t2_argument() {
	case $1:$2:$3 in
	*:--plugins:* | *:-p:LIST)
		case $4 in
		*/* | .*) _t2_files "$4" ;;
		*) _t2_list "$4" standard all none "$(_t2_plugins)" ;;
		esac
		;;
	*:OPTION)
		_t2_words "$4" "$(_t2_options)"
		compopt -o nospace
		;;
	t2flow:*:LIST) [[ $2 != -*c* ]] || _t2_list "$4" "$(_t2_columns)" ;;
	t2viz:*:LIST | t2viz:*:A,B | t2timeline:*:LIST) _t2_list "$4" "$(_t2_file_columns)" ;;
	*:COLUMN) _t2_words "$4" "$(_t2_file_columns)" ;;
	*:-c:LIST | *:--columns:*) ;;
	*:FILE | *:\[FILE\] | *:PREFIX | *:OUT | *:LIST) _t2_files "$4" ;;
	t2plugin:-c:* | t2plugin:--create:*) ;;
	t2plugin:*:NAME) _t2_words "$4" "$(_t2_sources)" ;;
	t2conf:-P:* | t2conf:--profile:*)
		_t2_words "$4" "$(command t2conf --profiles 2>/dev/null | awk '{ print $1 }')"
		;;
	t2conf:*:NAME) _t2_words "$4" "$(_t2_own_options "${COMP_WORDS[1]}" | tr -d =)" ;;
	t2conf:*:NAME=*)
		_t2_words "$4" "$(_t2_own_options "${COMP_WORDS[1]}")"
		compopt -o nospace
		;;
	*:DIR) _t2_files "$4" -d ;;
	*:EXPR* | *:PREFIX\[*) _t2_files "$4" ;;
	*:IFACE) _t2_words "$4" any "$(cd /sys/class/net 2>/dev/null && echo *)" ;;
	*:--user:*) mapfile -t COMPREPLY < <(compgen -u -- "$4") ;;
	tawk:*:NAME=* | tawk:*:NAME\[=*)
		[[ $2 == -v ]] || _t2_words "$4" "$(command t2cols -a -b 2>/dev/null |
			awk 'NR > 1 && !had[$1]++ { print $1 }')"
		compopt -o nospace
		;;
	tawk:*:NAME*) _t2_list "$4" all "$(command tawk -g)" ;;
	t2icmp:*:KEY) _t2_words "$4" number packets ;;
	*:KEY) _t2_words "$4" number packets bytes ;;
	gpq3x:--mode:*) _t2_words "$4" 0 1 ;;
	statGplt:-d:* | fpsGplt:-d:*) _t2_words "$4" A B ;;
	gpq3x:-a:*) _t2_words "$4" max sum ;;
	topNStat:-c:*) _t2_words "$4" f p b ;;
	*:-A:FORM) _t2_words "$4" rank line ;;
	*:--content:FORM) _t2_words "$4" text hex off ;;
	*:FORM) _t2_words "$4" text hex raw ;;
	*:WHEN) _t2_words "$4" always never auto ;;
	*:COLUMNS) _t2_words "$4" "$(_t2_file_columns)" ;;
	esac
}

_t2() {
	local tool=${1##*/} cur=$2 prev=$3 flags arg
	COMPREPLY=()
	case $cur in
	-*)
		_t2_words "$cur" "$(_t2_flags "$1" | cut -f 1)"
		case ${COMPREPLY[0]-} in *=) compopt -o nospace ;; esac
		return
		;;
	esac
	flags=$(_t2_flags "$1")
	if [ "$cur" = = ]; then                 # --flag=: words end before and behind =
		cur=
	elif [ "$prev" = = ]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
		[[ $prev == -* ]] || return
	fi
	arg=$(awk -F '\t' -v f="$prev" '$1 == f || $1 == f "=" { print $2; exit }' <<<"$flags")
	if [ "${arg:--}" != - ]; then
		_t2_argument "$tool" "$prev" "$arg" "$cur"
		return
	fi
	case $tool:${COMP_WORDS[COMP_CWORD]} in
	tawk:[\'\"]*) _t2_program "$cur" ;;
	t2cols:*) _t2_words "$cur" "$(_t2_columns)" ;;
	t2geo:*) _t2_words "$cur" fetch update ;;
	t2conf:* | t2edit:*) _t2_words "$cur" tranalyzer2 txtSink "$(_t2_plugins)" ;;
	t2doc:*) _t2_words "$cur" tranalyzer2 "$(_t2_plugins)" "$(_t2_columns)" "$(_t2_pages)" \
	    "$(_t2_options | sed -n '/\./d; s/=$//p')" ;;
	t2build:*) _t2_words "$cur" "$({ _t2_plugins; _t2_sources; } | sort -u)" ;;
	t2plugin:* | t2PSkel:*) ;;
	t2extract:*) ;;
	topNStat:*)
		_t2_words "$cur" "$(_t2_file_columns)" icmp tcp udp
		mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$cur")
		;;
	*)
		case $flags in
		*--filter*) _t2_words "$cur" "$_t2_filter" ;;
		*) _t2_files "$cur" ;;
		esac
		;;
	esac
}

complete -F _t2 \
	fpsGplt \
	gpq3x \
	grphvz \
	lsx \
	osStat \
	plot_monitoring \
	protStat \
	rrdmonitor \
	rrdplot \
	statGplt \
	t2 \
	t2PSkel \
	t2build \
	t2caplist \
	t2cols \
	t2conf \
	t2dmon \
	t2doc \
	t2edit \
	t2extract \
	t2flow \
	t2fm \
	t2geo \
	t2icmp \
	t2pkt \
	t2plot \
	t2plugin \
	t2proto \
	t2replay \
	t2stat \
	t2timeline \
	t2viz \
	t2wizard \
	tawk \
	tcol \
	topNStat
