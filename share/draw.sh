# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
#
# draw.sh - what t2viz and t2timeline share: options that name files, the input, where the pictures
# go, and viewers.
#
# The caller has die() and draw(), which makes a FORMAT for FILE on stdout or ends with a message,
# and sets tool (its name).  outputs has a line for each picture: format, tab, file.

# shellcheck disable=SC2034,SC2154
# shellcheck source=share/awk.sh
. "$share/awk.sh"
in='' outputs='' stdout='' noview='' view='' tab='	' nl='
'

# FILE: the operand
draw_operand() {
	[ -z "$in" ] || die "one file at a time: $1"
	in=$1
}

draw_awk() {
	awk_find || die 'no awk is installed' 1
}

# FORMAT...: looks at the input, and chooses these outputs of its name if none was asked for; of a
# stream the first one goes to stdout.  Sets input, what the input is called, and view, the file
# to show.
draw_choose() {
	in=${in:--} input=stdin prefix=''
	if [ "$in" != - ]; then
		input=$in prefix=$in
		[ ! -d "$in" ] || die "$in is a folder" 1
		[ -r "$in" ] || die "$in: no such file, or not readable" 1
		case ${in##*/} in ?*.*) prefix=${in%.*} ;; esac
	fi
	if [ -n "$outputs" ]; then
		:
	elif [ -z "$prefix" ]; then
		outputs=$1$tab-$nl
	else
		[ -n "$noview" ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || view=$prefix.$1
		for format; do
			outputs=$outputs$format$tab$prefix.$format$nl
		done
	fi
	case $outputs in
	*"$tab-$nl"*) stdout=1 ;;
	esac
	printf %s "$outputs" | while IFS=$tab read -r format file; do
		[ "$file" = - ] || ! draw_same "$file" "$in" ||
		    die "$in: is the input, and not overwritten"
	done || exit
	case $in in
	/* | -) ;;
	*) in=./$in ;;                          # a = in it shall not look like an assignment
	esac
}

# A B: are they the same regular file?
draw_same() {
	[ -f "$1" ] && [ -f "$2" ] && [ "$(draw_inode "$1")" = "$(draw_inode "$2")" ]
}

draw_inode() {
	case $1 in
	-*) set -- "./$1" ;;
	esac
	ls -diL "$1" | sed 's/^ *//; s/ .*//; q'
}

# A folder for all that is in work; gone at the end, however it comes.
draw_folder() {
	temp=$(mktemp -d "${TMPDIR:-/tmp}/$tool.XXXXXX") || exit 1
	trap 'rm -rf "$temp"' EXIT
	trap 'exit 1' HUP INT TERM
}

# All outputs, each complete or not at all
draw_all() {
	printf %s "$outputs" | while IFS=$tab read -r format file; do
		draw "$format" "$file" >"$temp/out" || exit 1
		if [ "$file" = - ]; then
			cat "$temp/out" || exit 1
			continue
		fi
		{ cat "$temp/out" >"$file"; } 2>/dev/null || die "$file: cannot be written" 1
		[ -n "$stdout" ] || echo "Successfully generated '$file'"
	done || exit 1
}

# PACKAGE COMMAND...: the first one that is installed shows $view, if anything is to be shown
draw_show() {
	[ -n "$view" ] || return 0
	package=$1
	shift
	for viewer; do
		if command -v "$viewer" >/dev/null 2>&1; then
			"$viewer" "$view" &
			return
		fi
	done
	echo "$tool: not shown: $1 is not installed (Debian package $package)" >&2
}
