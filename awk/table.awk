# SPDX-License-Identifier: BSD-2-Clause
#
# table.awk - named columns, for the programs of tools that read tables without tawk.
#
# Needs fn/core.awk, which knows the names of other versions, fn/near.awk, -v _t2tool=NAME for
# messages, and T2_INPUT in the environment: what to call the input.  A program takes its column
# numbers in a function named columns(), which is called for each row of names, and begins its
# rules with: is_names() { next }.

BEGIN {
	_t2mark = "%"
}

# Is the record no data: a row of names, a comment, or an empty line?  When the names are known,
# another row is one of names only if it looks like the first: data may begin with % as well.
function is_names() {
	if (_t2named ? $1 == _t2first && $0 ~ /^[%A-Za-z0-9_\t]+$/ : $0 ~ /^%[ \t]*[A-Za-z]/) {
		_t2first = $1
		_names($0)
		columns()
		return 1
	}
	if (_t2named)
		return $0 == ""
	if ($0 == "" || $0 ~ /^[#%]/)
		return 1
	fail("no row of column names before the first data")
}

# The number of the column; 0 if there is none.
function column(name) {
	return _known(name)
}

# The number of a column that must be there.
function column_need(name,   i, all, near) {
	if (_known(name))
		return _t2k
	for (i = 1; i <= _t2cols; i++)
		all = all " " COL[i]
	near = _near(name, all)
	fail("no column " name (near == "" ? "" : " (did you mean " near "?)"))
}

# The cell of column i; empty without such a column.
function cell(i) {
	return i ? $i : ""
}

# Ends the program with a message about its input.
function fail(message) {
	_t2tool = _t2tool ": " ENVIRON["T2_INPUT"]
	_die(message)
}

# The name of the input without its folders.
function input_name(   s) {
	s = ENVIRON["T2_INPUT"]
	sub(/.*\//, "", s)
	return s
}

# What core.awk asks of a program that tawk makes.
function _is_hdr(row, n) {
	return 0
}

function _set() {
}

function _my() {
}
