# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
#
# awk.sh - what the scripts that run awk share: messages, which awk, files, and a folder for what
# is in work.  $tool is the name that messages begin with.

# shellcheck disable=SC2034
awk='' tmp='' tool=${0##*/}
set +C          # a shell that is called sh may have taken noclobber from the environment

# MESSAGE [STATUS]
die() {
	printf '%s: %s\n' "$tool" "$1" >&2
	exit "${2:-2}"
}

# MESSAGE
misuse() {
	printf "%s: %s\nTry '%s --help' for more information.\n" "$tool" "$1" "$tool" >&2
	exit 2
}

# NAME...: sets awk to the first of them that is installed; false if none is
awk_pick() {
	for awk; do
		if command -v "${awk%% *}" >/dev/null 2>&1; then
			return
		fi
	done
	return 1
}

# The user's choice, or the fastest there is
awk_find() {
	awk_pick ${T2_AWK:+"$T2_AWK"} mawk gawk original-awk awk 'busybox awk'
}

awk_need() {
	awk_find || die 'no awk is installed' 1
	[ -z "${T2_AWK:-}" ] || [ "$awk" = "$T2_AWK" ] || die "T2_AWK: $T2_AWK is not installed" 1
}

# FILE [STATUS]: can it be read like a file?
readable() {
	[ -e "$1" ] || die "$1: no such file" "${2:-1}"
	[ ! -d "$1" ] || die "$1: is a folder" "${2:-1}"
	[ -r "$1" ] || die "$1: cannot be read" "${2:-1}"
}

# FROM TO: what is complete goes where the user wants it, - is stdout.
deliver() {
	if [ "$2" = - ]; then
		cat "$1" || exit 1
	else
		{ cat "$1" >"$2"; } 2>/dev/null || die "$2: cannot be written" 1
	fi
}

# Sets tmp, a folder that is gone at the end, however it comes.
work_folder() {
	[ -z "$tmp" ] || return 0
	tmp=$(mktemp -d "${TMPDIR:-/tmp}/$tool.XXXXXX") || exit 1
	trap 'work_end' EXIT
	trap 'exit 130' INT
	trap 'exit 1' HUP TERM PIPE
}

work_end() {
	rm -rf "$tmp"
}
