# SPDX-License-Identifier: BSD-2-Clause
#
# pktplot.awk - packets of a packet file for t2plot: counted by size and inter-arrival time
# (T2_PART=histogram, statGplt(1)), or the first ones of each flow as a signal (signal, fpsGplt(1)).
#
# Needs table.awk, axis.awk (which knows hexadecimal numbers and sorts) and, of fn/, core.awk and
# near.awk.

BEGIN {
	FS = OFS = "\t"
	Signal = ENVIRON["T2_PART"] == "signal"
	Size = ENVIRON["T2_SIZE"] + 0
	Width = ENVIRON["T2_IAT"]
	First = ENVIRON["T2_FIRST"] + 0
	Dir = ENVIRON["T2_DIR"]
	Ranges = split(ENVIRON["T2_FLOWS"], Range, ",")
	for (i = 1; i <= Ranges; i++) {
		split(Range[i], e, "-")
		From[i] = e[1] + 0
		To[i] = (Range[i] ~ /-/ ? e[2] : e[1]) + 0
	}
}

is_names() {
	next
}

{
	f = $Flow
	b = $Stat ~ /[13579bdfBDF]$/
	if (!(f ~ /^[0-9]+$/) || Ranges && !wanted(f) || !($Bytes ~ /^[0-9]+$/))
		next
}

Signal {
	if (!(f in Start))
		Start[f] = $Time
	if (First && Number[f]++ >= First || Dir != "" && Dir != (b ? "B" : "A"))
		next
	if (!Rows++)
		print "%relTime", "flowInd", Name
	printf "%.9g\t%d\t%d\n", between(Start[f], $Time), f, b ? -$Bytes : $Bytes
	next
}

# The first packet of a direction has nothing before it.
(f, b) in Began {
	if (Dir == "" || Dir == (b ? "B" : "A")) {
		i = class($Iat + 0)
		s = int($Bytes / Size) * Size
		Count[s, i]++
		Seen[s] = 1
		Times[i] = 1
		Rows++
	}
}

{
	Began[f, b] = 1
}

END {
	if (_t2dead)
		exit 1
	if (!_t2named)
		_die(ENVIRON["T2_INPUT"] ": no row of column names")
	if (!Rows)
		_die(ENVIRON["T2_INPUT"] ": no such packets")
	if (!Signal)
		histogram()
}

function columns() {
	Flow = column_need("flowInd")
	Stat = column_need("flowStat")
	Name = ENVIRON["T2_L7"] == "" ? "pktLen" : "l7Len"
	Bytes = column_need(Name)
	if (Signal)
		Time = column_need("time")
	else
		Iat = column_need("pktIAT")
}

function wanted(f,   i) {
	for (i = 1; i <= Ranges; i++)
		if (f + 0 >= From[i] && f + 0 <= To[i])
			return 1
	return 0
}

# Seconds from a to b, which may be dates; whole seconds apart, as doubles end at 1e-7 of them
function between(a, b,   p, q) {
	if (kind_of(a) == "iso")
		return iso_value(b) - iso_value(a)
	split(a, p, ".")
	split(b, q, ".")
	return q[1] - p[1] + ("0." q[2]) - ("0." p[2])
}

# Where the class of an inter-arrival time begins; below a microsecond there is one class.
function class(t,   d) {
	if (Width != "")
		return sprintf("%.9g", int(t / Width + 1e-9) * Width)
	if (t < 0.000001)
		return "1e-07"
	for (d = 0.000001; t >= d * 9.9999999; d *= 10)
		;
	return sprintf("%.9g", t >= d * 4.9999999 ? d * 5 : t >= d * 1.9999999 ? d * 2 : d)
}

function histogram(   n, m, s, t, key, item, tkey, titem, i, k) {
	for (s in Seen) {
		item[++n] = s
		key[n] = sprintf("%015.3f", s)
	}
	for (t in Times) {
		titem[++m] = t
		tkey[m] = sprintf("%025.9f", t)
	}
	sort_pairs(key, item, n)
	sort_pairs(tkey, titem, m)
	print "%" Name, "pktIAT", "numPkts"
	for (i = 1; i <= n; i++)
		for (k = 1; k <= m; k++)
			if ((item[i], titem[k]) in Count)
				print item[i], titem[k], Count[item[i], titem[k]]
}
