# SPDX-License-Identifier: BSD-2-Clause
#
# split.awk - Compound and repeated columns: taking them apart.
#
# num chooses parts: 0 all of them, 2 the second, -1 the last, "1;-1" both; those that there are
# not are empty.  More parts than one are joined with osep, by default OFS.

#: t2split(value, separator[, num[, osep]])
#  Parts of a value with any separator.
#  > t2split("a|b|c", "|", 2) -> b
#  > t2split("a||b|c", "||", 0, "+") -> a+b|c
#  > t2split("a,b,c", ",", "1;-1", "-") -> a-c
#  > t2split("a,b", ",", 5) -> (empty)
function t2split(value, separator, num, osep) {
	return _H ? value : _parts(value, separator, num, osep == "" ? OFS : osep)
}

#: splitc(value[, num[, osep]])
#  Parts of a compound column, joined by _.
#  > splitc("3_13_7", 2) -> 13
#  > splitc("3_13_7", "1;3", "/") -> 3/7
#  > splitc("3_13", -1) -> 13
#  > splitc("", 1) -> (empty)
function splitc(value, num, osep) {
	return _H ? value : _parts(value, "_", num, osep == "" ? OFS : osep)
}

#: splitr(value[, num[, osep]])
#  Parts of a repeated column, joined by ; or, in quotes, by ";".
#  > splitr("100;77", 1) -> 100
#  > splitr("\"x;z\";\"y\"", 2) -> y
#  > splitr("\"x;z\";\"y\"", 1) -> x;z
#  > splitr("100;77", "-1;1", "_") -> 77_100
function splitr(value, num, osep,   quoted) {
	if (_H)
		return value
	quoted = value ~ /^".*"$/ && length(value) > 1
	return _parts(quoted ? substr(value, 2, length(value) - 2) : value, \
	    quoted ? "\";\"" : ";", num, osep == "" ? OFS : osep)
}

function _parts(value, separator, num, osep,   part, n, k, want, m, i, r) {
	value = value ""
	while (separator != "" && (k = index(value, separator)) > 0) {
		part[++n] = substr(value, 1, k - 1)
		value = substr(value, k + length(separator))
	}
	part[++n] = value
	if (num == "" || num == "0") {
		for (i = 1; i <= n; i++)
			r = r (i > 1 ? osep : "") part[i]
		return r
	}
	m = split(num, want, ";")
	for (i = 1; i <= m; i++) {
		k = want[i] < 0 ? n + 1 + want[i] : want[i] + 0
		r = r (i > 1 ? osep : "") (k in part ? part[k] : "")
	}
	return r
}
