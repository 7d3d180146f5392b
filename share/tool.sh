# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh disable=SC2034,SC2154
#
# tool.sh - what t2build, t2conf, t2doc, t2edit and t2plugin have in common: messages, where the
# user's settings and plugins are, the plugin list.  Each sets $here, the folder of the programs,
# reads this file, and asks t2cols about plugins and options.
set -u
users_locale=${LC_ALL-}
export LC_ALL=C
tool=${0##*/}
cols=$here/t2cols
share=${T2_SHARE:-$here/../share/t2}
nl='
'

# message, status
die() {
	printf '%s%s: %s%s\n' "$red" "$tool" "$1" "$red_off" >&2
	exit "${2:-1}"
}

warn() {
	printf '%s%s: %s%s\n' "$red" "$tool" "$1" "$red_off" >&2
}

# misuse
misuse() {
	warn "$1"
	printf "Try '%s --help' for more information.\n" "$tool" >&2
	exit 2
}

# Colours on terminals if nobody minds: red on stderr, the others on stdout.
red='' red_off='' green='' blue='' off=''
if [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
	[ ! -t 2 ] || { red=$(printf '\033[31m') red_off=$(printf '\033[0m'); }
	[ ! -t 1 ] || { green=$(printf '\033[32m') blue=$(printf '\033[34m') off=$(printf '\033[0m'); }
fi

# COMMAND...: in the user's locale, for what shows or edits text
as_user() {
	if [ -n "$users_locale" ]; then
		LC_ALL=$users_locale "$@"
	else
		env -u LC_ALL "$@"
	fi
}

# QUESTION: yes?
ask() {
	printf '%s (y/N)? ' "$1"
	read -r answer || answer=
	case $answer in
	y | Y | yes | Yes) return 0 ;;
	esac
	return 1
}

# Where the user's settings are; $XDG_CONFIG_HOME counts if it is absolute, as the standard tells.
conf_file() {
	case ${XDG_CONFIG_HOME:-} in
	/*) printf '%s/t2/t2.conf\n' "$XDG_CONFIG_HOME" ;;
	*) [ -n "${HOME:-}" ] && printf '%s/.config/t2/t2.conf\n' "$HOME" ;;
	esac
}

# The user's plugin folder.
plugin_dir() {
	case ${XDG_DATA_HOME:-} in
	/*) printf '%s/t2/plugins\n' "$XDG_DATA_HOME" ;;
	*) [ -n "${HOME:-}" ] && printf '%s/.local/share/t2/plugins\n' "$HOME" ;;
	esac
}

# Makes $tmp, a folder for this run only; it goes however the run ends.
scratch() {
	tmp=$(mktemp -d 2>/dev/null) || die "${TMPDIR:-/tmp}: no folder can be made there"
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 141' PIPE
	trap 'exit 143' TERM
}

# FOLDER: makes it
folder() {
	why=$(mkdir -p -- "$1" 2>&1) || die "$1: ${why##*: }"
}

# Replaces FILE by stdin in one step; makes its folder.  What a link points to is replaced, not the
# link; the rights of the file stay.  What is no file, such as /dev/null or a pipe, is written to.
replace() {
	case $1 in
	-*) set -- "./$1" ;;
	esac
	replace_path "$1" || exit 1
}

# In a shell of its own, for its trap.
replace_path() (
	case $1 in ?*/*) folder "${1%/*}" ;; esac
	[ ! -d "$1" ] || die "$1: Is a directory"
	if [ -e "$1" ] && [ ! -f "$1" ]; then
		{ cat >"$1"; } 2>/dev/null || die "$1: cannot be written"
		exit 0
	fi
	[ ! -h "$1" ] || set -- "$(readlink -f "$1")"
	new=''
	trap 'rm -f "$new"' EXIT
	trap 'exit 130' HUP INT PIPE TERM
	new=$(mktemp "$1.XXXXXX" 2>/dev/null) || die "$1: cannot be written"
	mode=$(printf %o $((0666 & ~0$(umask))))
	{ cat >"$new" && { chmod --reference="$1" "$new" || chmod "$mode" "$new"; } &&
	    mv -f "$new" "$1"; } 2>/dev/null || die "$1: cannot be written"
)

# the flags of the compiler that find t2.h, beside these programs or in the sources, as words of sh
include() {
	for f in "$here/../include/t2" "$here/../../lib"; do
		[ -r "$f/t2.h" ] || continue
		f=$(printf '%s\n' "$f" | sed "s/'/'\\\\''/g")
		printf "'-I%s'\n" "$f"
		return
	done
	pkg-config --cflags t2 2>/dev/null || die 'cannot find t2.h: install libt2-dev'
}

# FLAGS TARGET: makes it; a $ is none of make's
make_plugin() {
	command -v make >/dev/null || die 'make is not installed'
	t2_flags=$(printf '%s\n' "$1" | sed 's/\$/$$/g')
	shift
	make -s T2="$t2_flags" "$@"
}

# FOLDER: nobody else changes what is in it until this program ends
lock() {
	folder "$1"
	command -v flock >/dev/null 2>&1 || return 0
	exec 9<"$1" && flock -w 10 9 || die "$1: another program is changing it"
}

# all built-in plugins, one a line
builtin_names() {
	XDG_CONFIG_HOME=/nonexistent XDG_DATA_HOME=/nonexistent "$cols" -L -p standard |
	    awk -F '\t' 'NR > 1 && $5 == "built in" { print $2 }'
}

# plugins that come with t2 as .so files, one a line
shipped_names() {
	XDG_CONFIG_HOME=/nonexistent XDG_DATA_HOME=/nonexistent "$cols" -L -p standard |
	    awk -F '\t' 'NR > 1 && $5 != "built in" { print $2 }'
}

# NAME: as it is spelled here, also of the seed's slip and the reference's file names
plugin_name() {
	name=${1%/}
	case $name in
	[0-9][0-9][0-9]_*.so) name=${name#????} name=${name%.so} ;;
	esac
	[ "$name" != protoStat ] || name=protoStats
	printf '%s\n' "$name"
}

# FILE: the names in a list, one a line
list_read() {
	sed 's/\r$//; s/^[ 	]*//; s/[ 	].*//; /^#/d; /^$/d' <"$1" | while read -r name; do
		plugin_name "$name"
	done
}

# DIR: the names of its list, or what runs have without one
list_of() {
	if [ -e "$1/plugins.txt" ]; then
		list_read "$1/plugins.txt"
	else
		builtin_names
	fi
}

# DIR NAME: is it among the plugins that runs have?
is_listed() {
	list_of "$1" | grep -qxF -- "$2"
}

# DIR NAME...: DIR's list becomes these names
list_write() {
	list=$1/plugins.txt
	shift
	{
		echo '# The plugins that t2, t2flow and the other tools have by default, made by t2build(1).'
		[ $# -eq 0 ] || printf '%s\n' "$@"
	} | replace "$list" || exit 1
}
