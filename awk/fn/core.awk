# SPDX-License-Identifier: BSD-2-Clause
#
# core.awk - Header row: what every program of tawk is linked with.
#
# _H is true while the record is the header row.  COL maps names to numbers and back.  load.awk
# adds _is_hdr, _set, _bare and _my, which depend on the program, and calls _begin and _hdr.
# Surprise: names beginning with _ belong to the library.

# Before the program's own BEGIN: the names from the input file, or from that of -I.
function _begin(   row, n) {
	_t2file = ENVIRON["T2_NAMES"]           # -v would take backslashes for escape sequences
	_t2mark = ENVIRON["T2_MARK"]
	if (_t2file == "")
		return
	while ((getline row < _t2file) > 0) {
		if (_t2zeek && row ~ /^#fields\t/)
			row = "%" substr(row, 9)
		if (_is_hdr(row, ++n)) {
			_names(row)
			break
		}
		if (!_t2at && !_comment(row))
			break
	}
	close(_t2file)
	_t2seen = _t2fixed
	if (!_t2named && _t2need)
		_die("no column names in " _t2file " (options -s and -N tell where they are)")
}

# The record is a header row.  Another one counts if it begins another file with other columns.
function _hdr() {
	_H = _t2seen = 1
	if (!_t2named || !_t2fixed && FNR == 1 && NR > 1 && $0 != _t2row)
		_names($0)
}

function _names(row,   name, n, i) {
	_t2row = row
	_t2cr = sub(/\r$/, "", row)
	if (substr(row, 1, length(_t2mark)) == _t2mark)
		row = substr(row, length(_t2mark) + 1)
	sub(/^ +/, "", row)
	split("", COL)
	split("", _t2col)
	n = split(row, name)
	for (i = 1; i <= n; i++) {
		gsub(/[][(){}.\/ -]/, "_", name[i])
		sub(/^[0-9]/, "_&", name[i])
		COL[i] = name[i]
		COL[name[i]] = i
	}
	_t2cols = n
	_t2named = 1
	_set()
}

# A row that may stand before the header row.
function _comment(row) {
	return row == "" || row ~ /^[#%]/ || _t2mark != "" && index(row, _t2mark) == 1
}

# A record came before the header row, and is dropped.
function _early() {
	if (!_t2named && !_t2at && !_comment($0))
		_die("the input does not begin with column names (take them from a file: -I FILE)")
}

# Is name a column: so called, without a _ at its end, or by the name another version gives it?
# _t2k: its number.
function _known(name) {
	if (!(name in COL) && name ~ /_$/)
		name = substr(name, 1, length(name) - 1)
	if (!(name in COL))
		name = _alias(name)
	return _t2k = name in COL ? COL[name] : 0
}

# Names of 0.8.4 and of later versions; with --zeek also those of Zeek's logs.
function _alias(name,   pair, p, n, i) {
	n = split("ethVlanID=vlanID srcIPWho=srcIPOrg dstIPWho=dstIPOrg numPktsSnt=pktsSnt " \
	    "numPktsRcvd=pktsRcvd numBytesSnt=l7BytesSnt numBytesRcvd=l7BytesRcvd " \
	    "minPktSz=minL7PktSz maxPktSz=maxL7PktSz avePktSize=avgL7PktSz " \
	    "stdPktSize=stdL7PktSz aveIAT=avgIAT ipTOS=ipToS " \
	    "srcManuf=srcMacLbl dstManuf=dstMacLbl" \
	    (_t2zeek ? " srcIP=id_orig_h dstIP=id_resp_h srcPort=id_orig_p dstPort=id_resp_p " \
	    "l4Proto=proto timeFirst=ts time=ts numPktsSnt=orig_pkts numPktsRcvd=resp_pkts " \
	    "numBytesSnt=orig_bytes numBytesRcvd=resp_bytes flowInd=uid" : ""), pair, " ")
	for (i = 1; i <= n; i++) {
		split(pair[i], p, "=")
		if (p[1] == name && p[2] in COL)
			return p[2]
		if (p[2] == name && p[1] in COL)
			return p[1]
	}
	return name
}

# The number of the first of the columns a;b;c that exists.
function _col(names,   name, n, i) {
	if (names in _t2col)
		return _t2col[names]
	if (!_t2named)
		_die(names ": no column names yet")
	_my()
	n = split(names, name, ";")
	for (i = 1; i <= n; i++) {
		if (name[i] in MY && MY[name[i]] != "")
			return _t2col[names] = MY[name[i]] ~ /^[0-9]+$/ ? MY[name[i]] + 0 : \
			    _col(MY[name[i]])
		if (_known(name[i]))
			return _t2col[names] = _t2k
	}
	_missing(name[1])
}

# Is one of the columns there?
function _has(names,   name, n, i) {
	n = split(names, name, ";")
	for (i = 1; i <= n; i++)
		if (_known(name[i]))
			return _t2k
	return 0
}

function _missing(name,   i, all, near) {
	for (i = 1; i <= _t2cols; i++)
		all = all " " COL[i]
	near = _near(name, all)
	if (near == "")
		for (i = _t2cols; i > 0; i--)
			if (index(tolower(COL[i]), tolower(name)))
				near = COL[i]
	_die("$" name ": no such column" (near == "" ? "" : " (did you mean " near "?)"))
}

function _die(message) {
	print (_t2tool == "" ? "tawk" : _t2tool) ": " message | "cat 1>&2"
	close("cat 1>&2")
	_t2dead = 2
	exit 2
}

# Ends a command that rows were given to; when it could not write them, it has told so.
function _close(command) {
	if (close(command)) {
		_t2dead = 2
		exit 2
	}
}

#: hdr()
#  True on the header row.  A filter that would lose the header keeps it with hdr() || ...,
#  and !hdr() && ... keeps it away.
function hdr() {
	return _H + 0
}

#: not(condition)
#  The contrary of condition, but true on the header row, which !condition drops.
#  > not(1) -> 0
#  > not("") -> 1
function not(q) {
	return _H || !q
}

#: isset(value)
#  Is the value not empty?  The text "0" counts as set.
#  > isset("") -> 0
#  > isset("0") -> 1
function isset(v) {
	return (v "") != ""
}
