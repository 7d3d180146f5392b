# SPDX-License-Identifier: BSD-2-Clause
#
# num.awk - Numbers: comparing, testing, and writing them for people.

#: abs(number)
#  Its absolute value.
#  > abs(-3) -> 3
#  > abs("2.5") -> 2.5
#  > abs("") -> 0
function abs(number) {
	return number + 0 < 0 ? -number : number + 0
}

#: min2(a, b)
#  The smaller one, compared as numbers.
#  > min2(2, 10) -> 2
#  > min2("10", "9") -> 9
#  > min2(-1, 0) -> -1
function min2(a, b) {
	return a + 0 < b + 0 ? a : b
}

#: max2(a, b)
#  The larger one, compared as numbers.
#  > max2(2, 10) -> 10
#  > max2("10", "9") -> 10
#  > max2(-1, 0) -> 0
function max2(a, b) {
	return a + 0 > b + 0 ? a : b
}

#: min3(a, b, c)
#  The smallest of three.
#  > min3(3, 2, 10) -> 2
#  > min3(1, 1, 1) -> 1
#  > min3(-1, 0, "-2") -> -2
function min3(a, b, c) {
	if (b + 0 < a + 0)
		a = b
	return a + 0 < c + 0 ? a : c
}

#: max3(a, b, c)
#  The largest of three.
#  > max3(3, 2, 10) -> 10
#  > max3(1, 1, 1) -> 1
#  > max3(-1, 0, "-2") -> 0
function max3(a, b, c) {
	if (b + 0 > a + 0)
		a = b
	return a + 0 > c + 0 ? a : c
}

#: percent(part, total[, digits])
#  The share of a total in percent, with so many digits (2).  Of nothing it is 0.
#  > percent(1, 3) -> 33.33
#  > percent(2, 3, 0) -> 67
#  > percent(5, 0) -> 0.00
function percent(part, total, digits) {
	if (_H)
		return part
	return sprintf("%." (digits == "" ? 2 : digits + 0) "f", total + 0 ? 100 * part / total : 0)
}

#: isnum(value)
#  Is it a decimal number, with or without fraction and exponent?  True on the header row, as are
#  the next.
#  > isnum("-1.5e3") -> 1
#  > isnum("1a") -> 0
#  > isnum("") -> 0
function isnum(value) {
	return _H || _number(value)
}

#: isint(value)
#  Is it a whole number without leading zeros?
#  > isint("-12") -> 1
#  > isint("012") -> 0
#  > isint("1.0") -> 0
function isint(value) {
	return _H || (value "") ~ /^-?(0|[1-9][0-9]*)$/
}

#: isuint(value)
#  Is it a whole number without sign and leading zeros?
#  > isuint(0) -> 1
#  > isuint("-1") -> 0
#  > isuint("") -> 0
function isuint(value) {
	return _H || (value "") ~ /^(0|[1-9][0-9]*)$/
}

#: isfloat(value)
#  Is it a number with a fraction, without leading zeros?
#  > isfloat("-0.5") -> 1
#  > isfloat("1") -> 0
#  > isfloat("00.5") -> 0
function isfloat(value) {
	return _H || (value "") ~ /^-?(0|[1-9][0-9]*)\.[0-9]+$/
}

#: hrnum(number[, mode[, suffix]])
#  The number for people, in steps of 1000, with a suffix such as "B" behind the letter: mode 0
#  only so, mode 1 behind the number, mode 2 the number as it is.  Below 1024 it stays as it is.
#  > hrnum(1500000) -> 1.50 M
#  > hrnum(1500000, 1, "B") -> 1500000 (1.50 MB)
#  > hrnum(2000) -> 2 K
#  > hrnum("200") -> 200
#  > hrnum(1023) -> 1023
function hrnum(number, mode, suffix,   letters, n, i) {
	if (_H || mode == 2 || !_number(number) || number + 0 < 1024 && number + 0 > -1024)
		return number
	letters = "KMGTPEZY"
	n = number + 0
	for (i = 0; (n >= 1000 || n <= -1000) && i < length(letters); i++)
		n /= 1000
	n = (n == int(n) ? n : sprintf("%.2f", n)) " " substr(letters, i, 1) suffix
	return mode == 1 ? number " (" n ")" : n
}

#: hrtime(seconds[, mode[, unit]])
#  The duration for people; mode as for hrnum(); unit 0: d h m s, 1: day hr min sec, 2: whole words.
#  > hrtime(123) -> 2m 3s
#  > hrtime(123, 1) -> 123s (2m 3s)
#  > hrtime(123, 0, 2) -> 2 minutes 3 seconds
#  > hrtime(90061.5, 0, 1) -> 1 day 1 hr 1 min 1.5 sec
#  > hrtime(0.25) -> 0.25s
#  > hrtime("119.9999999") -> 2m
#  > hrtime("9", 1) -> 9s
function hrtime(seconds, mode, unit,   word, size, i, k, r, left) {
	if (_H || !_number(seconds))
		return seconds
	split("86400 3600 60 1", size, " ")
	split(unit == 2 ? "day hour minute second" : unit == 1 ? "day hr min sec" : "d h m s", \
	    word, " ")
	if (mode == 2)
		return _seconds(seconds, unit, word[4])
	left = sprintf("%.6f", abs(seconds)) + 0
	for (i = 1; i <= 4; i++) {
		k = i < 4 ? int(left / size[i]) : sprintf("%.6f", left) + 0
		left -= k * size[i]
		if (k || i == 4 && r == "")
			r = r (r == "" ? "" : " ") _seconds(k, unit, word[i])
	}
	r = (seconds + 0 < 0 ? "-" : "") r
	return mode == 1 && abs(seconds) >= 60 ? _seconds(seconds, unit, word[4]) " (" r ")" : r
}

# A number with its unit.
function _seconds(n, unit, word) {
	return n (unit ? " " : "") word (unit == 2 && n != 1 ? "s" : "")
}

function _number(value) {
	return (value "") ~ /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/
}

# The number of decimal digits; some awk takes those that begin with 0 as octal.
function _int(s) {
	sub(/^0+/, "", s)
	return s + 0
}
