# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
#
# draw.sh - what t2viz and t2timeline share: options that name files, the input, where the pictures
# go, and viewers.
#
# The caller has draw(), which makes a FORMAT for FILE on stdout or ends with a message.  Picture
# number 1 to outputs is format_1 in the file file_1, and so on.

# shellcheck disable=SC2034,SC2154
# shellcheck source=share/awk.sh
. "$share/awk.sh"
in='' outputs=0 stdout='' noview='' view=''

# FORMAT FILE: a picture that is to be made
draw_output() {
	[ -n "$2" ] || die "option --$1 needs a file"
	[ "$2" != - ] || stdout=1
	outputs=$((outputs + 1))
	eval "format_$outputs=\$1 file_$outputs=\$2"
}

# COMMAND: runs it with format and file of each picture
draw_each() {
	output=0
	while [ "$output" -lt "$outputs" ]; do
		output=$((output + 1))
		eval "$1 \"\$format_$output\" \"\$file_$output\""
	done
}

# FILE: the operand
draw_operand() {
	[ -z "$in" ] || die "one file at a time: $1"
	in=$1
}

# FORMAT...: looks at the input, and chooses these outputs of its name if none was asked for; of a
# stream the first one goes to stdout.  Sets input, what the input is called, and view, the file
# to show.
draw_choose() {
	in=${in:--} input=stdin prefix=''
	if [ "$in" != - ]; then
		readable "$in"
		input=$in prefix=$in
		case ${in##*/} in ?*.*) prefix=${in%.*} ;; esac
	fi
	if [ "$outputs" -gt 0 ]; then
		:
	elif [ -z "$prefix" ]; then
		draw_output "$1" -
	else
		[ -n "$noview" ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || view=$prefix.$1
		for format; do
			draw_output "$format" "$prefix.$format"
		done
	fi
	draw_each draw_check
	case $in in
	/* | -) ;;
	*) in=./$in ;;                          # a = in it shall not look like an assignment
	esac
}

# FORMAT FILE
draw_check() {
	[ "$2" = - ] || ! draw_same "$2" "$in" || die "$in: is the input, and not overwritten"
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

# All outputs, each complete or not at all
draw_all() {
	draw_each draw_one
}

# FORMAT FILE
draw_one() {
	draw "$1" "$2" >"$tmp/out" || exit 1
	deliver "$tmp/out" "$2"
	[ -n "$stdout" ] || printf "Successfully generated '%s'\n" "$2"
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
