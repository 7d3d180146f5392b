# SPDX-License-Identifier: BSD-2-Clause
#
# flow.awk - Flows and packets: selecting them by index, and the tuples that name them.

#: tuple2()
#  srcIP and dstIP, joined with OFS; the next ones name more columns.
function tuple2() {
	return _tuple("srcIP dstIP")
}

#: tuple3()
#  srcIP, dstIP, dstPort.
function tuple3() {
	return _tuple("srcIP dstIP dstPort")
}

#: tuple4()
#  srcIP, srcPort, dstIP, dstPort.
function tuple4() {
	return _tuple("srcIP srcPort dstIP dstPort")
}

#: tuple5()
#  srcIP, srcPort, dstIP, dstPort, l4Proto.
function tuple5() {
	return _tuple("srcIP srcPort dstIP dstPort l4Proto")
}

#: tuple6()
#  srcIP, srcPort, dstIP, dstPort, l4Proto, ethVlanID.
function tuple6() {
	return _tuple("srcIP srcPort dstIP dstPort l4Proto ethVlanID")
}

#: flow([list])
#  Is flowInd in the list?  Indexes and ranges, joined by ; or commas: "3-5;9".  Without list:
#  flowInd.  True on the header row.
function flow(list) {
	return list == "" ? $_col("flowInd") : \
	    _H ? _col("flowInd") && _list(list) : _listed($_col("flowInd"), list)
}

#: packet([list])
#  The same for pktNo in packet files.
function packet(list) {
	return list == "" ? $_col("pktNo") : \
	    _H ? _col("pktNo") && _list(list) : _listed($_col("pktNo"), list)
}

#: wildcard(expression)
#  The columns whose names match the regular expression, joined with OFS; with a ! before it, those
#  whose names do not: wildcard("^tcpRTT"), wildcard("!^tcp").
function wildcard(expression,   not_, i, r, some) {
	not_ = sub(/^!/, "", expression)
	for (i = 1; i <= _t2cols; i++)
		if ((COL[i] ~ expression) != not_) {
			r = r (some ? OFS : "") $i
			some = 1
		}
	return r
}

function _tuple(names,   name, n, i, r) {
	n = split(names, name, " ")
	for (i = 1; i <= n; i++) {
		if (name[i] ~ /IP$/)
			name[i] = name[i] ";" name[i] "4;" name[i] "6"
		r = r (i > 1 ? OFS : "") $_col(name[i])
	}
	return r
}

# The number of a column, as function what was given it.  A name that is no column is empty here:
# tell which one it may have been.
function _col_number(c, what,   name, n, i) {
	if (c ~ /^[0-9]+$/ && c + 0 >= 1 && (!_t2named || c + 0 <= _t2cols))
		return c + 0
	n = split(_bare(), name, " ")
	for (i = 1; i <= n; i++)
		if (!_known(name[i]))
			_missing(name[i])
	_die(what "(): '" c "' is not the number of a column (write its name without $)")
}

# Is the number in a list of numbers and ranges?
function _listed(value, list,   i) {
	if (list ~ /^[0-9]+$/)
		return value ~ /^[0-9]+$/ && value + 0 == list + 0
	_list(list)
	for (i = value ~ /^[0-9]+$/ ? _list_n[list] : 0; i > 0; i--)
		if (_list_low[list, i] <= value + 0 && value + 0 <= _list_high[list, i])
			return 1
	return 0
}

# Takes a list apart; 1, as wrong ones end the program.
function _list(list,   part, ends, n, i) {
	if (list in _list_n)
		return 1
	n = split(list, part, /[;, ]+/)
	for (i = 1; i <= n; i++) {
		if (split(part[i], ends, "-") < 2)
			ends[2] = ends[1]
		if ((part[i] "-") !~ /^((0[xX][0-9A-Fa-f]+|[0-9]+)-)+$/ || 3 in ends)
			_die("'" part[i] "' is neither a number nor a range")
		_list_low[list, i] = _strtonum(ends[1])
		_list_high[list, i] = _strtonum(ends[2])
		if (_list_low[list, i] > _list_high[list, i])
			_die("'" part[i] "' is an empty range")
	}
	_list_n[list] = n
	return 1
}
