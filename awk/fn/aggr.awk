# SPDX-License-Identifier: BSD-2-Clause
#
# aggr.awk - Aggregation: sums, counts, extremes, means, shares, entropy.
#
# The functions take each record and print at the end, largest first.  They are 0, so that they
# may stand where a condition stands.

#: aggr(fields[, values[, num]])
#  Sums the values for each different text of fields: aggr($srcIP, $numPktsSnt, 3).  Several fields
#  and values are joined with OFS.  The value flows counts the records, and so does none.  A cell that
#  is no decimal number counts as 0.  num: how many rows; if negative, the smallest ones first.
function aggr(fields, values, num) {
	if (!_aggr_begun)
		_aggr_begin(fields, values, num, 0)
	if (!_H)
		_aggr_add(fields "", values)
	return 0
}

#: aggrrep(field[, values[, num[, skipempty[, separator]]]])
#  The same for each part of a repeated column, whose parts are joined by ; or the separator.
#  skipempty: parts that are empty do not count.
function aggrrep(field, values, num, skipempty, separator,   part, n, i) {
	if (!_aggr_begun)
		_aggr_begin(field, values, num, 0)
	if (_H)
		return 0
	if (field == "" && !skipempty)
		_aggr_add("", values)
	n = split(field, part, separator == "" ? ";" : separator)
	for (i = 1; i <= n; i++)
		if (part[i] != "" || !skipempty)
			_aggr_add(part[i], values)
	return 0
}

#: topn(fields[, values[, num]])
#  Like aggr(), for the num (10) largest, with their share of the total in percent.
function topn(fields, values, num) {
	if (!_aggr_begun)
		_aggr_begin(fields, values, num == "" ? 10 : num, 1)
	if (!_H)
		_aggr_add(fields "", values)
	return 0
}

#: min(column)
#  Keeps the smallest number of a column, given by its name without $; get_min(), print_min().  What
#  is no decimal number is left out, also by max() and mean().
function min(column) {
	if (_keeps(column, "min") && (!(column in _min) || $column + 0 < _min[column] + 0))
		_min[column] = $column
	return 0
}

#: get_min(column)
#  What min() has found, in END.
function get_min(column) {
	return column in _min ? _min[column] : ""
}

#: print_min([column])
#  Prints it; without column that of all columns, with their names.
function print_min(column) {
	_print_kept(column, _min)
}

#: max(column)
#  Keeps the largest number of a column.
function max(column) {
	if (_keeps(column, "max") && (!(column in _max) || $column + 0 > _max[column] + 0))
		_max[column] = $column
	return 0
}

#: get_max(column)
function get_max(column) {
	return column in _max ? _max[column] : ""
}

#: print_max([column])
function print_max(column) {
	_print_kept(column, _max)
}

#: mean(column)
#  Keeps the mean of a column.
function mean(column) {
	if (_keeps(column, "mean"))
		_mean[column] += ($column - _mean[column]) / ++_mean_n[column]
	return 0
}

#: get_mean(column)
function get_mean(column) {
	return column in _mean ? _mean[column] : ""
}

#: print_mean([column])
function print_mean(column) {
	_print_kept(column, _mean)
}

#: ientropy([num[, sort[, reverse[, least]]]])
#  Shannon's entropy of each column, in bits: how much its value tells.  num: how many rows; sort:
#  largest first; reverse: smallest first; least: leave out columns with less.
function ientropy(num, sort, reverse, least,   i) {
	if (!_ent_begun) {
		_ent_begun = 1
		_ent_num = num + 0
		_ent_least = least
		_ent_order = reverse ? "n" : "nr"
		_ent_sort = sort
	}
	if (_H)
		return 0
	_ent_rows++
	for (i = 1; i <= NF; i++)
		_ent_count[i, $i]++
	_ent_cols = NF > _ent_cols ? NF : _ent_cols
	return 0
}

# Is there a number in the column of a record?
function _keeps(column, what) {
	if (!(column in _keeps_known)) {
		_col_number(column, what)
		_keeps_known[column]
	}
	return !_H && _number($column)
}

function _print_kept(column, kept,   i) {
	if (column != "") {
		print (column in kept ? kept[column] : "")
		return
	}
	for (i = 1; i <= _t2cols; i++)
		if (i in kept)
			print COL[i] ": " kept[i]
}

function _aggr_begin(fields, values, num, share) {
	_aggr_begun = 1
	_aggr_num = num + 0
	_aggr_share = share
	_aggr_flows = values == ""
	if (!_H)
		return
	sub(/^%/, "", fields)
	_aggr_header = fields OFS (_aggr_flows ? "Flows" : values) (share ? OFS "Percent" : "")
}

function _aggr_add(fields, values,   value, v, i) {
	if (!(fields in _aggr_row))
		_aggr_row[fields]
	_aggr_n = _aggr_flows ? 1 : split(values, value, OFS)
	for (i = 1; i <= _aggr_n; i++) {
		v = _aggr_flows ? "flows" : value[i]
		_aggr_sum[fields, i] += _number(v) ? v : tolower(v) ~ /^(flows|packets)$/
	}
}

# The row goes to sort(1) with its first sum in front.
function _end_aggr(   command, k, i, r, total) {
	if (_ent_begun)
		_ent_print()
	if (!_aggr_begun)
		return
	if (_aggr_header != "")
		print _aggr_header
	command = "LC_ALL=C sort -t '\t' -k 1,1n" (_aggr_num < 0 ? "" : "r -r") \
	    (_aggr_num ? " | sed -n 1," (_aggr_num < 0 ? -_aggr_num : _aggr_num) "p" : "") \
	    " | cut -f 2-"
	fflush()
	for (k in _aggr_row)
		total += _aggr_sum[k, 1]
	for (k in _aggr_row) {
		r = k
		for (i = 1; i <= _aggr_n; i++)
			r = r OFS _whole_text(_aggr_sum[k, i])
		if (_aggr_share)
			r = r OFS sprintf("%.2f", total ? 100 * _aggr_sum[k, 1] / total : 0)
		print sprintf("%.15f", _aggr_sum[k, 1]) "\t" r | command
	}
	_close(command)
}

# A sum as text; some awk prints whole numbers of more than 15 digits as 1e+15.
function _whole_text(n) {
	n += 0                                  # gawk 5.2 frees an element handed over twice
	return n == int(n) && n < 1e18 && n > -1e18 ? sprintf("%.0f", n) : n ""
}

function _ent_print(   k, part, h, i, p, command) {
	command = (_ent_sort ? "LC_ALL=C sort -t '\t' -k 3,3" _ent_order " -k 1,1n" : "cat") \
	    (_ent_num ? " | sed -n 1," _ent_num "p" : "")
	for (k in _ent_count) {
		split(k, part, SUBSEP)
		p = _ent_count[k] / _ent_rows
		h[part[1]] -= p * _log2(p)
	}
	print "colNum" OFS "colName" OFS "iEntropy"
	fflush()
	for (i = 1; i <= _ent_cols; i++)
		if (h[i] + 0 >= _ent_least + 0)
			print i OFS COL[i] OFS sprintf("%.6f", h[i] > 0 ? h[i] : 0) | command
	_close(command)
}
