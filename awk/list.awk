# SPDX-License-Identifier: BSD-2-Clause
#
# list.awk - tawk -l: the columns of a file, per of them in a row.  Names: fn/core.awk.

BEGIN {
	_t2mark = ENVIRON["T2_MARK"]
}

_is_hdr($0, NR) {
	found = 1
	if (_t2zeek)
		sub(/^#fields\t/, _t2mark)
	_names($0)
	exit
}

END {
	if (!found)
		_die("no column names found (options -s and -N tell where they are)")
	for (i = 1; i <= _t2cols; i++)
		if (length(COL[i]) > width[i % per])
			width[i % per] = length(COL[i])
	for (i = 1; i <= _t2cols; i++)
		if (i % per == 0 || i == _t2cols)
			printf "%3d  %s\n", i, COL[i]
		else
			printf "%3d  %-" width[i % per] "s  ", i, COL[i]
}

function _is_hdr(s, n) {
	if (_t2zeek)
		return s ~ /^#fields\t/
	if (row)
		return n == row
	return _t2mark == "" ? n == 1 : index(s, _t2mark) == 1 && \
	    substr(s, length(_t2mark) + 1) ~ /^[ \t]*[A-Za-z(]/
}

# Part of other programs only.
function _set() {
}

function _my() {
}
