# SPDX-License-Identifier: BSD-2-Clause
#
# files.awk - Files: comparing two, splitting one.

#: diff(file[, mode])
#  Compares the input row by row with a file.  mode 0: tells on standard error which columns differ;
#  1: prints row, column number, name, old and new value of each difference; 2: the same in words;
#  3: both rows, with the names of their files.
function diff(file, mode,   row, got, n, m, i, other, differs) {
	got = (getline row < file)
	if (got < 0)
		_die(file ": cannot be read")
	n = split($0, _diff_new, FS)
	m = got ? split(row, other, FS) : 0
	for (i = 1; i <= n || i <= m; i++) {
		if ((_diff_new[i] "") == (other[i] "") && (i <= n) == (i <= m))
			continue
		differs = 1
		_diff_tell(mode, i, _diff_new[i], other[i], file)
	}
	if (mode == 3 && differs)
		print FILENAME ": " $0 "\n" file ": " row
	return 0
}

function _diff_tell(mode, i, new, old, file) {
	if (mode == 1)
		print FNR OFS i OFS COL[i] OFS old OFS new
	else if (mode == 2) {
		print "Row " FNR ", column " i " (" COL[i] ") differs:"
		print "    " file ": " old "\n    " FILENAME ": " new
	} else if (mode + 0 == 0 && !(i in _diff_told)) {
		_diff_told[i]
		print "Column " COL[i] " differs" | "cat 1>&2"
	}
}

function _end_files() {
	close("cat 1>&2")
}

#: ffsplit([names[, only[, keep]]])
#  Splits the input into PREFIX_NAME.txt for each column NAMEStat, with the rows where it is not 0.
#  PREFIX is the name of the input without its extension.  names: only these, "tcpF;icmp".  only:
#  with flowInd and the columns that begin with NAME alone.  keep: also files without rows.
function ffsplit(names, only, keep,   i, name, file) {
	if (_H)
		_split_begin(names)
	for (i = 1; i <= _split_n; i++) {
		name = _split_name[i]
		file = _split_prefix "_" name ".txt"
		if (_H) {
			_split_head[i] = (only ? "%" : "") _split_row(name, only)
			if (keep)
				_split_put(i, file)
		} else if (_any($_split_col[i], "0xffffffffffffffff")) {
			_split_put(i, file)
			print _split_row(name, only) > file
		}
	}
	return 0
}

function _split_put(i, file) {
	if (i in _split_open)
		return
	_split_open[i]
	if (_split_head[i] != "")
		print _split_head[i] > file
}

function _split_begin(names,   i, name) {
	_split_prefix = FILENAME == "" || FILENAME == "-" ? "stdin" : FILENAME
	sub(/\.[^.\/]*$/, "", _split_prefix)
	_split_n = 0
	for (i = 1; i <= _t2cols; i++) {
		name = COL[i]
		if (!sub(/Stat$/, "", name) || names != "" && !_item(names, ";", name))
			continue
		_split_name[++_split_n] = name
		_split_col[_split_n] = i
	}
}

function _split_row(name, only,   i, r) {
	if (!only)
		return $0
	r = $_col("flowInd")
	for (i = 1; i <= _t2cols; i++)
		if (index(COL[i], name) == 1 && COL[i] != "flowInd")
			r = r OFS $i
	return r
}
