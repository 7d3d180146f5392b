# SPDX-License-Identifier: BSD-2-Clause
#
# topn.awk - the most frequent values of columns; see topNStat(1).
#
# Needs table.awk, axis.awk (which sorts) and, of fn/, core.awk and near.awk.

BEGIN {
	FS = OFS = "\t"
	Count = ENVIRON["T2_COUNT"]
	Percent = ENVIRON["T2_PERCENT"]
	Most = ENVIRON["T2_ROWS"] + 0
	Proto = ENVIRON["T2_PROTO"]
}

is_names() {
	next
}

{
	sub(/\r$/, "")
	if (Proto != "" && !wanted($Proto_at))
		next
	by = Count == "f" ? 1 : $By
	if (by !~ /^[0-9.]+([eE][-+]?[0-9]+)?$/)
		next
	for (l = 1; l <= Lists; l++) {
		v = $(Part[l, 1])
		for (p = 2; p <= Parts[l]; p++)
			v = v " " $(Part[l, p])
		Sum[l, v] += by
		if (!((l, v) in Had)) {
			Had[l, v] = 1
			Value[l, ++Values[l]] = v
		}
	}
	All += by
}

END {
	if (_t2dead)
		exit 1
	if (!Lists)
		_die(ENVIRON["T2_INPUT"] ": no row of column names")
	for (l = 1; l <= Lists; l++)
		show(l)
}

# Is it a protocol that icmp, tcp or udp means?
function wanted(v) {
	return Proto == "tcp" ? v == 6 : Proto == "udp" ? v == 17 : v == 1 || v == 58
}

# The lists that are asked for, of the names of the first file
function columns(   n, i, w, e, k) {
	if (Lists)
		return
	if (Count != "f")
		By = column_need(Count == "p" ? "numPktsSnt" : "numBytesSnt")
	if (Proto != "")
		Proto_at = column_need("l4Proto")
	n = split(ENVIRON["T2_COLUMNS"], w, " ")
	for (i = 1; i <= n; i++) {
		if (w[i] ~ /^[0-9]+-[0-9]+$/) {
			split(w[i], e, "-")
			for (k = e[1] + 0; k <= e[2] + 0; k++)
				list(k)
			if (e[1] + 0 > e[2] + 0)
				fail("no columns " w[i])
		} else
			list(w[i])
	}
}

# One list of a column, or of several joined by :
function list(names,   i, w, k) {
	Lists++
	Parts[Lists] = split(names, w, ":")
	for (i = 1; i <= Parts[Lists]; i++) {
		k = w[i] ~ /^[0-9]+$/ ? w[i] + 0 : column_need(w[i])
		if (k < 1 || k > _t2cols)
			fail("no column " w[i])
		Part[Lists, i] = k
		Name[Lists] = Name[Lists] (i > 1 ? ":" : "") COL[k]
	}
}

function show(l,   i, n, v, key, item, share, unit) {
	for (i = 1; i <= Values[l]; i++) {
		v = Value[l, i]
		item[i] = v
		key[i] = sprintf("%025.6f", 1e15 - Sum[l, v]) v
	}
	sort_pairs(key, item, Values[l] + 0)
	unit = Count == "f" ? "Flows" : Count == "p" ? "Packets" : "Bytes"
	if (ENVIRON["T2_PART"] == "charts")
		print "T", Name[l], tolower(unit)
	else
		print (l > 1 ? "\n" : "") Name[l], unit, "Probability[%]"
	for (i = 1; i <= Values[l]; i++) {
		v = item[i]
		share = All ? 100 * Sum[l, v] / All : 0
		if (Percent != "" && (Percent < 0 ? share > -Percent : share < Percent + 0))
			continue
		if (Most && ++n > Most)
			break
		if (ENVIRON["T2_PART"] == "charts")
			print "B", (v == "" ? "(empty)" : v), sprintf("%.12g", Sum[l, v])
		else
			print v, sprintf("%.0f", Sum[l, v]), sprintf("%11.3f", share)
	}
}
