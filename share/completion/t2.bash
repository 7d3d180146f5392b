# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# t2.bash - completion for the tools of t2.  Source it, or install it as
# share/bash-completion/completions/NAME for each tool.
#
# Flags come from the tool's own --help, names of plugins, options and columns from t2cols, so
# that nothing here has to be kept up to date.

# TOOL: its flags, one a line
_t2_flags() {
	command "$1" -h 2>/dev/null | awk '
		/^  +-/ {
			for (i = 1; i <= NF && $i ~ /^-/; i++) {
				sub(/,$/, "", $i)
				print $i
			}
		}'
}

# of all plugins: those with columns and those with options
_t2_plugins() {
	{
		command t2cols 2>/dev/null | awk 'NR > 1 { print $4 }'
		command t2cols -O 2>/dev/null | awk -F. 'NR > 1 { print $1 }'
	} | sort -u | grep -vx 'core\|txtSink'
}

# options as plugin.NAME= and as NAME=
_t2_options() {
	echo compat=0.8.4
	command t2cols -O 2>/dev/null | awk 'NR > 1 {
		print $1 "="
		sub(/.*\./, "", $1)
		print $1 "="
	}'
}

_t2_columns() {
	command t2cols -a -j 2>/dev/null | sed -n 's/^{"name":"\([^"]*\)".*/\1/p' | sort -u
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

_t2_files() {
	mapfile -t COMPREPLY < <(compgen -f -- "$1")
	compopt -o filenames
}

_t2_filter='host net port portrange src dst tcp udp icmp icmp6 ip ip6 arp vlan ether and or not'

_t2() {
	local tool=${1##*/} cur=$2 prev=$3
	COMPREPLY=()
	case $cur in
	=) return ;;
	-*) _t2_words "$cur" "$(_t2_flags "$1")"; return ;;
	esac
	case $tool:$prev in
	*:-p | *:--plugins)
		case $cur in
		*/* | .*) _t2_files "$cur" ;;
		*) _t2_list "$cur" "$(_t2_plugins)" ;;
		esac
		;;
	*:-o | *:--option)
		_t2_words "$cur" "$(_t2_options)"
		compopt -o nospace
		;;
	t2cols:*) _t2_words "$cur" "$(_t2_columns)" ;;
	*:-r | *:--read | *:-R | *:--read-list | *:-F | *:--filter | *:-w | *:--write | *:--index | \
	t2extract:-e | *:--extract | t2extract:-I | t2extract:-H | *:--headers)
		_t2_files "$cur"
		;;
	t2flow:-c | t2flow:--columns) _t2_list "$cur" "$(_t2_columns)" ;;
	*:-c | *:--columns | *:-x | *:--sensor | *:--max-flows | *:-n | *:--top | *:--min | *:=) ;;
	t2icmp:-s | t2icmp:--sort) _t2_words "$cur" number packets ;;
	*:-s | *:--sort) _t2_words "$cur" number packets bytes ;;
	*:--content) _t2_words "$cur" text hex off ;;
	t2extract:*) ;;
	*) _t2_words "$cur" "$_t2_filter" ;;
	esac
}

_t2geo() {
	local cur=$2 prev=$3
	COMPREPLY=()
	case $prev in
	-d)
		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		compopt -o filenames
		;;
	*) _t2_words "$cur" fetch update -d -h -l -n ;;
	esac
}

complete -F _t2 t2 t2flow t2pkt t2extract t2proto t2icmp t2cols
complete -F _t2geo t2geo
