# SPDX-License-Identifier: BSD-2-Clause
#
# sort.awk - Sorting: the records in the order of columns.
#
# The rows go to sort(1) with a key in front of them for each column, and it takes care of their
# number; the header row is kept back and printed first.  Keys are made so that sort's own -n and
# its order of bytes are right: addresses become hex digits, dates seconds, exponents are written
# out.

#: t2sort(columns[, num[, types[, reverse]]])
#  Prints the records at the end, sorted by a column, largest first: t2sort(numPktsSnt, 4).  The
#  column is given by its name without $.  Several: t2sort(l4Proto ";" duration), first one first;
#  a minus sign before a column turns its order.  num: how many rows; if negative, the smallest
#  rows first.  types: num, ip, time or str for each column, "ip;num"; by default what the first
#  record looks like.  reverse: smallest first.  Rows with equal keys are in descending order of
#  their text.
function t2sort(columns, num, types, reverse) {
	return _sort_row(columns "", num + 0, types, reverse)
}

#: t2rsort(columns[, num[, types]])
#  The same, smallest first.
function t2rsort(columns, num, types) {
	return _sort_row(columns "", num + 0, types, 1)
}

# Takes a record; 0, so that the call can be a condition that prints nothing.
function _sort_row(columns, num, types, reverse,   i, key) {
	if (_H) {
		_sort_header = $0
		_sort_seen = 1
		if (!_sort_n)
			_sort_columns(columns)
		return 0
	}
	if (!_sort_command)
		_sort_open(columns, num, types, reverse)
	for (i = 1; i <= _sort_n; i++)
		key = key _sort_key($_sort_col[i], _sort_type[i]) "\t"
	print key $0 | _sort_command
	return 0
}

function _sort_columns(columns,   part, i, c) {
	_sort_n = split(columns, part, ";")
	for (i = 1; i <= _sort_n; i++) {
		c = part[i]
		_sort_back[i] = sub(/^-/, "", c)
		if (c !~ /^[0-9]+$/ && _known(c))
			c = _t2k
		_sort_col[i] = _col_number(c, "t2sort")
	}
	if (_sort_n < 1)
		_col_number("", "t2sort")
}

function _sort_open(columns, num, types, reverse,   type, i, up, keys) {
	if (!_sort_n)
		_sort_columns(columns)
	if (num < 0) {
		reverse = !reverse
		num = -num
	}
	split(types, type, ";")
	for (i = 1; i <= _sort_n; i++) {
		_sort_type[i] = type[i] == "" ? _sort_guess($_sort_col[i]) : type[i]
		if (_sort_type[i] !~ /^(num|ip|str|hex|time)$/)
			_die("t2sort(): type '" type[i] "' is none of num, ip, time, str")
		up = !reverse == !_sort_back[i] ? "r" : ""
		keys = keys " -k " i "," i (_sort_type[i] ~ /num|time/ ? "n" : "") up
		if (keys !~ /[nr]$/)
			keys = keys "b"                 # an own flag, so that -r is not taken over
	}
	_sort_command = "LC_ALL=C sort" (reverse ? "" : " -r") " -t '\t'" keys \
	    (num ? " | sed -n 1," num "p" : "") " | cut -f " _sort_n + 1 "-"
}

function _sort_guess(v) {
	if (v ~ /^0[xX][0-9A-Fa-f]+$/)
		return "hex"
	if (v == "" || _number(v))
		return "num"
	if (_ip(v) != "")
		return "ip"
	return v ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]/ ? "time" : "str"
}

function _sort_key(v, type) {
	if (type == "num")
		return v ~ /[eE]/ && _number(v) ? sprintf("%.40f", v) : substr(v, v ~ /^\+/ ? 2 : 1)
	if (type == "ip")
		return _ip(v)
	if (type == "hex")
		return _zeros(_hex(v), 32)
	if (type == "time")
		return _epoch(v)
	gsub(/\t/, " ", v)
	return v
}

function _end_sort() {
	if (_sort_seen)
		print _sort_header
	fflush()
	if (_sort_command)
		_close(_sort_command)
}
