# SPDX-License-Identifier: BSD-2-Clause
#
# fm_window.awk - the rows of a flow file whose flows have a part in a window of time, and its
# rows of names; needs table.awk.
#
# Environment: T2_FROM and T2_TO, times as in the file or dates in UTC, or - for no end.

BEGIN {
	FS = OFS = "\t"
	From = bound(ENVIRON["T2_FROM"])
	To = bound(ENVIRON["T2_TO"])
	if (From != "" && To != "" && after(From, To))
		wrong("it ends before it begins: " ENVIRON["T2_FROM"] " " ENVIRON["T2_TO"])
}

# A message without the name of the input.
function wrong(message) {
	_die("-T: " message)
}

function columns() {
	First = column_need("timeFirst")
	Last = column_need("timeLast")
}

is_names() { print; next }

{
	if ((From == "" || !after(From, seconds($Last))) &&
	    (To == "" || !after(seconds($First), To)))
		print
}

function bound(s,   t) {
	if (s == "-")
		return ""
	if ((t = seconds(s)) == "")
		wrong("neither seconds nor a date such as 2026-03-17T08:30: " s)
	return t
}

# Is a later than b?  Digits behind the point are compared apart: a double has no room for them.
function after(a, b,   x, y) {
	split(a, x, ".")
	split(b, y, ".")
	if (x[1] != y[1])
		return x[1] - y[1] > 0
	return substr(x[2] "000000000", 1, 9) > substr(y[2] "000000000", 1, 9)
}

# A time in seconds, or a date with or without clock and zone, as seconds; empty for neither.
function seconds(s,   date, clock, zone, frac, n) {
	if (s ~ /^-?[0-9]+(\.[0-9]*)?$/)
		return s
	if (s !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]/)
		return ""
	date = substr(s, 1, 10)
	s = substr(s, 12)
	if (match(s, /(Z|[-+][0-9][0-9]:?[0-9][0-9])$/)) {
		zone = substr(s, RSTART)
		s = substr(s, 1, RSTART - 1)
		sub(/:/, "", zone)
		n = zone == "Z" ? 0 : (substr(zone, 2, 2) * 60 + substr(zone, 4, 2)) * 60
		if (zone ~ /^-/)
			n = -n
	}
	if (s !~ /^([0-9][0-9]:[0-9][0-9](:[0-9][0-9](\.[0-9]+)?)?)?$/)
		return ""
	if (match(s, /\.[0-9]+$/)) {
		frac = substr(s, RSTART)
		s = substr(s, 1, RSTART - 1)
	}
	split(s, clock, ":")
	n = days(date) * 86400 + clock[1] * 3600 + clock[2] * 60 + clock[3] - n
	return sprintf("%.0f", n) frac
}

# Days from 1970-01-01 to a date, in the calendar whose year begins in March.
function days(date,   v, y, m) {
	split(date, v, "-")
	m = (v[2] + 9) % 12
	y = v[1] - (m >= 10)
	return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((m * 306 + 5) / 10) + \
	    v[3] - 719469
}
