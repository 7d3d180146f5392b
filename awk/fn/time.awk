# SPDX-License-Identifier: BSD-2-Clause
#
# time.awk - Times: seconds since 1970 and dates.
#
# Seconds are taken apart as text: no digit of the fraction is lost or rounded.  Dates are counted
# in the Gregorian calendar, by eras of 400 years that begin in March.
# Surprise: what zone the machine is in, only date(1) knows; it is asked once for a quarter hour.

#: utc(time)
#  The date of a time in UTC.  Also takes a date with a zone; other texts stay as they are.
#  > utc("1022171701.691172") -> 2002-05-23 16:35:01.691172Z
#  > utc("2002-05-23 18:35:01+0200") -> 2002-05-23 16:35:01Z
#  > utc("-0.5") -> 1969-12-31 23:59:59.5Z
#  > utc("4102444800.000000001") -> 2100-01-01 00:00:00.000000001Z
#  > utc("timeFirst") -> timeFirst
function utc(time,   t) {
	t = _H ? "" : _epoch(time)
	return t == "" ? time : _date(t) "Z"
}

#: localtime(time)
#  The date of a time in the zone of the machine, or of the variable TZ.
#  > localtime("1022171701.691172") -> 2002-05-23 16:35:01.691172+0000
#  > localtime("2002-05-23T18:35:01+0200") -> 2002-05-23 16:35:01+0000
#  > localtime("--") -> --
function localtime(time,   t, zone) {
	t = _H ? "" : _epoch(time)
	if (t == "")
		return time
	zone = _zone(t)
	return _date(_add(t, _zone_seconds(zone))) zone
}

#: timestamp(date)
#  The seconds since 1970 of a date: year-month-day hour:minute:second.fraction, of which the end
#  may be missing, with any signs between, and Z or +hhmm behind.  Without zone it is UTC.
#  > timestamp("2002-05-23T16:35:01.691172Z") -> 1022171701.691172
#  > timestamp("2002-05-23 18:35:01+0200") -> 1022171701
#  > timestamp("2002") -> 1009843200
#  > timestamp("2002-05-23") -> 1022112000
#  > timestamp("1969-12-31 23:59:58.75Z") -> -1.25
#  > timestamp("timeFirst") -> timeFirst
function timestamp(date,   t) {
	t = _H ? "" : _stamp(date)
	return t == "" ? date : t
}

# Seconds since 1970 of what is a number already or a date; "" for other texts.
function _epoch(time) {
	if (time ~ /^-?[0-9]+(\.[0-9]*)?$/)
		return time ""
	return time ~ /^[0-9][0-9][0-9][0-9]/ ? _stamp(time) : ""
}

function _stamp(date,   zone, part, n, fraction, i, day) {
	if (date !~ /^[0-9][0-9][0-9][0-9]($|[^0-9])/)
		return ""
	if (sub(/ ?(Z|UTC|GMT)$/, "", date))
		zone = "+0000"
	else if (match(date, /[0-9] ?[-+][0-9][0-9]:?[0-9][0-9]$/) && date ~ /:/) {
		zone = substr(date, RSTART + 1)
		gsub(/[ :]/, "", zone)
		date = substr(date, 1, RSTART)
	}
	if (match(date, /[.,][0-9]+$/) &&
	    split(substr(date, 1, RSTART - 1), part, /[^0-9]+/) == 6) {
		fraction = "." substr(date, RSTART + 1)
		date = substr(date, 1, RSTART - 1)
	}
	n = split(date, part, /[^0-9]+/)
	for (i = 1; i <= 6; i++)
		part[i] = i > n ? i < 4 : _int(part[i])
	if (n > 6 || part[2] < 1 || part[2] > 12 || part[3] < 1 || part[3] > 31 || part[4] > 24 ||
	    part[5] > 59 || part[6] > 60)
		return ""
	day = _days(part[1], part[2], part[3]) * 86400 + part[4] * 3600 + part[5] * 60 + part[6]
	return _instant(day - _zone_seconds(zone), fraction)
}

# Days from 1970-01-01.
function _days(y, m, d,   era, of_era, doy) {
	y -= m <= 2
	era = int((y >= 0 ? y : y - 399) / 400)
	of_era = y - era * 400
	doy = int((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
	return era * 146097 + of_era * 365 + int(of_era / 4) - int(of_era / 100) + doy - 719468
}

# The text of a date in UTC.
function _date(t,   s, fraction, day, era, doe, yoe, doy, m, y) {
	s = _whole(t)
	fraction = _t_fraction
	day = int(s / 86400)
	s -= day * 86400
	if (s < 0) {
		s += 86400
		day--
	}
	day += 719468
	era = int((day >= 0 ? day : day - 146096) / 146097)
	doe = day - era * 146097
	yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
	doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
	m = int((5 * doy + 2) / 153)
	y = yoe + era * 400 + (m >= 10)
	return sprintf("%04d-%02d-%02d %02d:%02d:%02d", y, m < 10 ? m + 3 : m - 9, \
	    doy - int((153 * m + 2) / 5) + 1, int(s / 3600), int(s % 3600 / 60), s % 60) fraction
}

# What is missing to 1, of the digits of a fraction.
function _complement(s,   i, d, carry, r) {
	carry = 1
	for (i = length(s); i > 0; i--) {
		d = 9 - substr(s, i, 1) + carry
		carry = d > 9
		r = d % 10 r
	}
	return r
}

# The last whole second not after a time; _t_fraction: how far behind it the time is, as "" or
# "." and digits.
function _whole(t,   k, s) {
	k = index(t, ".")
	_t_fraction = k && k < length(t) ? substr(t, k) : ""
	s = k ? substr(t, 1, k - 1) + 0 : t + 0
	if (t ~ /^-/ && _t_fraction ~ /[1-9]/) {
		_t_fraction = "." _complement(substr(_t_fraction, 2))
		s--
	}
	return s
}

# The time that is a fraction behind a whole second: -1 and .25 are -0.75.
function _instant(s, fraction) {
	if (s < 0 && fraction ~ /[1-9]/)
		return "-" sprintf("%.0f", -s - 1) "." _complement(substr(fraction, 2))
	return sprintf("%.0f", s) fraction
}

# Whole seconds added to a time.
function _add(t, seconds,   s) {
	s = _whole(t)
	return _instant(s + seconds, _t_fraction)
}

function _zone_seconds(zone) {
	return (zone ~ /^-/ ? -60 : 60) * \
	    (_int(substr(zone, 2, 2)) * 60 + _int(substr(zone, 4, 2)))
}

# The zone of the machine at a time, as +hhmm.
function _zone(t,   k, zone) {
	if (ENVIRON["TZ"] ~ /^:?(UTC|UTC0|GMT|GMT0|Etc\/UTC)$/)
		return "+0000"
	k = int(t / 900)
	if (k in _zone_at)
		return _zone_at[k]
	t = sprintf("%.0f", k * 900)
	(("date -d @" t " +%z 2>/dev/null || date -r " t " +%z") | getline zone)
	close("date -d @" t " +%z 2>/dev/null || date -r " t " +%z")
	return _zone_at[k] = zone ~ /^[-+][0-9][0-9][0-9][0-9]$/ ? zone : "+0000"
}
