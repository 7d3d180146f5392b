# SPDX-License-Identifier: BSD-2-Clause
#
# timeline.awk - flows as bars over time; see t2timeline(1).
#
# Needs fn/num.awk, fn/time.awk, table.awk, gp.awk and quote.awk, and one of timeline_html.awk and
# timeline_gnuplot.awk, which print what they are given: more_columns(), start(), flow(answer, row,
# begin, duration), end().
#
# Times are seconds since Base, the whole second in which the first flow begins: with fewer digits
# in front, numbers keep all those behind the point.
#
# Variables: relative, grid: 0 or 1; width, height: pixels; space: how far answers are below their
# requests; least: the shortest bar in seconds; ts, ls, ks: sizes of the headline, of the texts at
# the axes, of the rest; told: what was left out has been told.
# Environment: T2_EXTRA: further columns; T2_HEAD, T2_TX, T2_TY: the headline and the texts at the
# axes.

BEGIN {
	FS = "\t"
	OFMT = CONVFMT = "%.15g"
	Extras = split(ENVIRON["T2_EXTRA"], Extra, ",")
}

is_names() {
	next
}

{
	time = _epoch($Begin)
	if (time == "" || index(time ".", ".") > 12) {  # none, or beyond the year 5138
		left++
		next
	}
	flows++
	if (Base == "") {
		Base = time
		sub(/\..*/, "", Base)
		start()
		Zero = since(time)
	}
	flow(answers(), row_of(), since(time), lasts(time))
}

END {
	if (_t2dead)
		exit _t2dead
	if (!_t2named)
		fail("no row of column names")
	if (!flows) {
		if (!told)
			print _t2tool ": no " (Packets ? "packets" : "flows") | "cat 1>&2"
		Base = "0"
		start()
	}
	if (left && !told)
		print _t2tool ": " left (left == 1 ? " row without a time is" : \
		    " rows without a time are") " left out" | "cat 1>&2"
	end()
}

function columns(   i) {
	Last = column("timeLast")
	Lasts = column("duration")
	Begin = column("timeFirst")
	if (!Begin && column("time")) {                 # a packet file
		Begin = column("time")
		Last = Lasts = 0
		Packets = 1
	} else if (!Begin)
		column_need("timeFirst")
	else if (!Last && !Lasts)
		column_need("duration")
	Ind = column("flowInd")
	Stat = column("flowStat")
	Dir = column("dir")
	for (i = 1; i <= Extras; i++)
		Extra_at[i] = column_need(Extra[i])
	more_columns()
}

# flowInd, if it is a number of a sensible size; else the flows are counted.
function row_of() {
	return Ind && $Ind ~ /^[0-9]+$/ && length($Ind) < 13 ? $Ind + 0 : flows
}

# Bit 0 of flowStat: the flow answers another one.
function answers() {
	return (Stat ? $Stat ~ /[13579bBdDfF]$/ : Dir ? $Dir == "B" : 0) + 0
}

# Seconds from Base, as text; time is one, too.
function since(time,   k, s) {
	k = index(time, ".")
	if (time ~ /^-/ || !k)
		s = sprintf("%.9f", time - Base)
	else
		s = substr(time, 1, k - 1) - Base substr(time, k)
	if (s ~ /^-/ && k && time !~ /^-/)              # the fraction counts from the second before
		s = sprintf("%.9f", substr(time, 1, k - 1) - Base + ("0" substr(time, k)))
	return trim(s)
}

function lasts(time,   s) {
	if (Lasts && $Lasts ~ /^[0-9]+(\.[0-9]*)?$/ && index($Lasts ".", ".") <= 12)
		return trim($Lasts)
	s = Last ? _epoch($Last) : ""
	s = s == "" || index(s ".", ".") > 12 ? 0 : since(s) - since(time)
	return s > 0 ? trim(sprintf("%.9f", s)) : 0
}

# A decimal without needless zeros.
function trim(s) {
	if (s ~ /\./) {
		sub(/0+$/, "", s)
		sub(/\.$/, "", s)
	}
	return s == "" || s == "-0" ? "0" : s
}
