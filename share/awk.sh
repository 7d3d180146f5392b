# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
#
# awk.sh - which awk the scripts use.

# shellcheck disable=SC2034
awk=''

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
