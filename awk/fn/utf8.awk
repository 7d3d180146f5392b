# SPDX-License-Identifier: BSD-2-Clause
#
# utf8.awk - bytes and UTF-8 (RFC 3629), for awks that see bytes: to be run with LC_ALL=C.

# The text with bad in place of each byte that is no part of valid UTF-8, and of each that is 0.
function _utf8(s, bad,   i, c, n, more, k, part, out) {
	if (s !~ /[^\001-\177]/)
		return s
	_codes()
	for (i = 1; i <= length(s); i++) {
		c = part = substr(s, i, 1)
		n = _code[c] + 0
		more = n < 128 ? -(n < 1) : n < 194 || n > 244 ? -1 : n < 224 ? 1 : n < 240 ? 2 : 3
		for (k = 1; k <= more; k++) {
			c = substr(s, i + k, 1)
			if (_code[c] < 128 || _code[c] > 191)
				break
			part = part c
		}
		if (more < 0 || k <= more || !_utf8_short(n, _code[substr(part, 2, 1)])) {
			out = out bad
			continue
		}
		out = out part
		i += more
	}
	return out
}

# Is it no over-long form, no surrogate, and not beyond U+10FFFF?
function _utf8_short(first, second) {
	return !(first == 224 && second < 160 || first == 237 && second > 159 || \
	    first == 240 && second < 144 || first == 244 && second > 143)
}

# _code: the number of each byte
function _codes(   i) {
	if (!("a" in _code))
		for (i = 1; i < 256; i++)
			_code[sprintf("%c", i)] = i
}
