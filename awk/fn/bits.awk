# SPDX-License-Identifier: BSD-2-Clause
#
# bits.awk - Bits: status words and other numbers of up to 64 bits.
#
# Awk's numbers hold 53 bits and print 15 digits, so all is done on strings of hex digits, in lower
# case and without leading zeros ("" is 0).  A result of less than 2^48 is a number, a larger one
# the text of its decimal digits, which is true, prints well and can be an argument again.

#: bitsanyset(value, mask)
#  The bits that value and mask have in common; 0 (false) if there are none.
#  Hex (0x...) or decimal.  True on the header row.
#  > bitsanyset("0xa", "0x3") -> 2
#  > bitsanyset("0x0400000000004001", 1) -> 1
#  > bitsanyset("0x8000000000000001", "0xffffffffffffffff") -> 9223372036854775809
function bitsanyset(value, mask) {
	return _H ? 1 : _any(value, mask)
}

#: bitsallset(value, mask)
#  Are all bits of mask set in value?  True on the header row.
#  > bitsallset("0x4001", "0x4001") -> 1
#  > bitsallset("0x4001", 3) -> 0
#  > bitsallset(1, 0) -> 1
function bitsallset(value, mask,   k) {
	if (_H)
		return 1
	k = value SUBSEP mask
	if (k in _bit_all)
		return _bit_all[k]
	_bit_room(mask)
	return _bit_all[k] = _hex_pair(_hex(value), _hex(mask), "&") == _hex(mask)
}

#: bfeq(a, b)
#  Are the numbers equal, in whatever form they are written?  True on the header row.
#  > bfeq("0x000a", 10) -> 1
#  > bfeq("0x8000000000000001", "0x8000000000000000") -> 0
#  > bfeq("1.50", 1.5) -> 1
function bfeq(a, b) {
	if (_H)
		return 1
	if ((a b) ~ /^[-+]?[0-9.]*\.[0-9.]*$/ && (a b) !~ /0[xX]/)
		return a + 0 == b + 0
	return _hex(a) == _hex(b)
}

#: and(a, b)
#  The bits set in both.  Unlike gawk's and(), 64 bits exactly and in every awk; so are the next.
#  > and(12, 10) -> 8
#  > and("0xf000000000000001", "0x8000000000000001") -> 9223372036854775809
#  > and(1, 0) -> 0
function _and(a, b) {
	return _bits(a, b, "&")
}

#: or(a, b)
#  The bits set in either.
#  > or(12, 10) -> 14
#  > or("0xffffffffffffffff", 0) -> 18446744073709551615
#  > or(0, 0) -> 0
function _or(a, b) {
	return _bits(a, b, "|")
}

#: xor(a, b)
#  The bits set in one of them only.
#  > xor(12, 10) -> 6
#  > xor("0x8000000000000001", "0x8000000000000000") -> 1
#  > xor(7, 7) -> 0
function _xor(a, b) {
	return _bits(a, b, "^")
}

#: compl(a)
#  The other bits of 64.
#  > compl(0) -> 18446744073709551615
#  > compl("0xffffffffffffff00") -> 255
#  > compl("0xffffffffffffffff") -> 0
function _compl(a) {
	return _bits(a, "0xffffffffffffffff", "^")
}

#: lshift(a, n)
#  The bits of a, n places to the left; what leaves the 64 bits is lost.
#  > lshift(1, 4) -> 16
#  > lshift(1, 63) -> 9223372036854775808
#  > lshift(3, 63) -> 9223372036854775808
function _lshift(a, n,   s) {
	s = _hex(a)
	for (; s != "" && n >= 4; n -= 4)
		s = s "0"
	s = _hex_small(s, _two(n))
	s = length(s) > 16 ? substr(s, length(s) - 15) : s
	sub(/^0+/, "", s)
	return _hex_dec(s)
}

#: rshift(a, n)
#  The bits of a, n places to the right.
#  > rshift(16, 4) -> 1
#  > rshift("0x8000000000000000", 63) -> 1
#  > rshift(1, 1) -> 0
function _rshift(a, n,   s) {
	s = _hex(a)
	if (n % 4) {
		s = _hex_small(s, _two(4 - n % 4))
		n += 4 - n % 4
	}
	n /= 4
	return n < length(s) ? _hex_dec(substr(s, 1, length(s) - n)) : 0
}

#: strtonum(text)
#  The number that a hex or decimal text means.
#  > strtonum("0x10") -> 16
#  > strtonum("0xffffffffffffffff") -> 18446744073709551615
#  > strtonum("1.5") -> 1.5
function _strtonum(text) {
	return text ~ /^0[xX]/ || length(text) > 15 ? _hex_dec(_hex(text)) : text + 0
}

#: tohex(number[, digits])
#  The number in hex, with leading 0x and at least so many digits.
#  > tohex(255) -> 0xff
#  > tohex("9223372036854775809", 16) -> 0x8000000000000001
#  > tohex(0, 4) -> 0x0000
function tohex(number, digits,   s) {
	if (_H)
		return number
	s = _hex(number)
	return "0x" substr("0000000000000000", 1, (digits ? digits : 1) - length(s)) s
}

#: tobits(number[, base])
#  The number in binary, in whole bytes; base 16: number is hex.
#  > tobits("45") -> 00101101
#  > tobits("45", 16) -> 01000101
#  > tobits(256) -> 0000000100000000
#  > tobits(0) -> 00000000
function tobits(number, base,   s, i, v, r) {
	if (_H)
		return number
	s = _hex(base == 16 && number !~ /^0[xX]/ ? "0x" number : number)
	if (s == "" || length(s) % 2)
		s = s == "" ? "00" : "0" s
	for (i = 1; i <= length(s); i++) {
		v = index("123456789abcdef", substr(s, i, 1))
		r = r int(v / 8) int(v / 4) % 2 int(v / 2) % 2 v % 2
	}
	return r
}

#: bitshift(bytes, n[, direction[, base]])
#  Shifts each byte of a list (separated by ; : _ or blanks) by n bits to the left, or to the right
#  if direction is not 0; base 16: the bytes are hex.
#  > bitshift(3, 1) -> 6
#  > bitshift("0x81;0x40", 1) -> 0x02;0x80
#  > bitshift("45", 4, 1, 16) -> 04
function bitshift(bytes, n, direction, base) {
	return _H ? bytes : _bytes(bytes, base, direction ? "r" : "l", n)
}

#: nibble_swap(bytes[, base])
#  Swaps the halves of each byte of such a list.
#  > nibble_swap("0x45") -> 0x54
#  > nibble_swap("45", 16) -> 54
#  > nibble_swap("1;16") -> 16;1
function nibble_swap(bytes, base) {
	return _H ? bytes : _bytes(bytes, base, "s", 0)
}

#: log2(number)
#  Binary logarithm; of 0 and less it is -inf and nan.
#  > log2(8) -> 3
#  > log2(0.5) -> -1
#  > log2(0) -> -inf
function log2(number) {
	if (_H)
		return number
	return number > 0 ? _log2(number) : number < 0 ? "nan" : "-inf"
}

# Results are kept, as columns have few different values; but not without end.  A value that is none
# has no bits, but a mask that is none is a mistake.
function _any(value, mask,   k) {
	k = value SUBSEP mask
	if (k in _bit_any)
		return _bit_any[k]
	_bit_room(mask)
	return _bit_any[k] = _bits(value, mask, "&")
}

function _bit_room(mask) {
	if (mask !~ /^(0[xX][0-9A-Fa-f]+|[-+]?[0-9.]*([eE][-+]?[0-9]+)?)$/)
		_die("'" mask "' is no mask: neither decimal nor 0x...")
	if (++_bit_kept < 30000)
		return
	split("", _bit_any)
	split("", _bit_all)
	_bit_kept = 1
}

# The hex digits of what is written in hex or decimal.
function _hex(v,   s) {
	s = v ""
	if (s ~ /^0[xX]/) {
		s = tolower(substr(s, 3))
		sub(/[^0-9a-f].*$/, "", s)
		sub(/^0+/, "", s)
		return s
	}
	if (s ~ /^-/)
		return _hex_minus(s)
	if (s !~ /^[0-9]+$/)
		s = s ~ /^\+?[0-9.]+([eE][-+]?[0-9]+)?$/ ? sprintf("%.0f", v - v % 1) : ""
	return _base(s, 1000000, 6, 16777216, "%06x")
}

# Two's complement in 64 bits.
function _hex_minus(s) {
	s = _hex_pair(_base(substr(s, 2), 1000000, 6, 16777216, "%06x"), "ffffffffffffffff", "^")
	s = _base(_hex_dec(s) "", 1000000, 6, 16777216, "%06x", 1)
	return length(s) > 16 ? "" : s
}

# The value of hex digits: a number as long as it is exact, else decimal digits.
function _hex_dec(s,   i, v) {
	if (length(s) > 12)
		return _base(s, 16777216, 6, 1000000, "%06d")
	for (i = 1; i <= length(s); i++)
		v = v * 16 + index("123456789abcdef", substr(s, i, 1))
	return v + 0
}

# Long multiplication: the digits s, of which each group of so many counts once, in another base.
# Limbs are below base; carry is added at the end.
function _base(s, group, width, base, form, carry,   limb, n, i, k, head, v, r) {
	head = length(s) % width
	for (k = head ? head - width + 1 : 1; k <= length(s); k += width) {
		v = _group(substr(s, k > 0 ? k : 1, k > 0 ? width : head), group)
		if (k + width > length(s))
			v += carry
		for (i = 1; i <= n; i++) {
			v += limb[i] * group
			limb[i] = v % base
			v = int(v / base)
		}
		if (v)
			limb[++n] = v
	}
	for (i = n; i > 0; i--)
		r = r sprintf(form, limb[i])
	sub(/^0+/, "", r)
	return r
}

function _group(s, group,   i, v) {
	if (group == 1000000)
		return _int(s)
	for (i = 1; i <= length(s); i++)
		v = v * 16 + index("123456789abcdef", substr(s, i, 1))
	return v
}

function _bits(a, b, op) {
	return _hex_dec(_hex_pair(_hex(a), _hex(b), op))
}

# a op b, digit by digit from the right, by a table of all pairs of digits.
function _hex_pair(a, b, op,   n, r, x, y) {
	if (!_nib_ready)
		_nib_init()
	for (n = 0; n < length(a) || n < length(b); n++) {
		x = n < length(a) ? substr(a, length(a) - n, 1) : "0"
		y = n < length(b) ? substr(b, length(b) - n, 1) : "0"
		r = _nib[op x y] r
	}
	sub(/^0+/, "", r)
	return r
}

function _nib_init(   i, j, k, d, x, y) {
	d = "0123456789abcdef"
	for (i = 0; i < 16; i++)
		for (j = 0; j < 16; j++) {
			x = 0
			for (k = 8; k >= 1; k /= 2)
				x += int(i / k) % 2 && int(j / k) % 2 ? k : 0
			y = substr(d, i + 1, 1) substr(d, j + 1, 1)
			_nib["&" y] = substr(d, x + 1, 1)
			_nib["|" y] = substr(d, i + j - x + 1, 1)
			_nib["^" y] = substr(d, i + j - 2 * x + 1, 1)
		}
	_nib_ready = 1
}

# Hex digits times a small number.
function _hex_small(s, factor,   i, v, r) {
	for (i = length(s); i > 0; i--) {
		v += index("123456789abcdef", substr(s, i, 1)) * factor
		r = substr("0123456789abcdef", v % 16 + 1, 1) r
		v = int(v / 16)
	}
	return (v ? substr("123456789abcdef", v, 1) : "") r
}

# 2 to the power of n
function _two(n,   r) {
	for (r = 1; n > 0; n--)
		r *= 2
	return r
}

function _bytes(list, base, op, n,   sep, part, count, i, hex, v, r) {
	hex = list ~ /^0[xX]/
	if (match(list, /[;:_ ]+/))
		sep = substr(list, RSTART, RLENGTH)
	count = split(list, part, /[;:_ ]+/)
	for (i = 1; i <= count; i++) {
		v = _hex_dec(_hex(base == 16 && part[i] !~ /^0[xX]/ ? "0x" part[i] : part[i])) % 256
		if (op == "s")
			v = v % 16 * 16 + int(v / 16)
		else
			v = op == "l" ? v * _two(n) % 256 : int(v / _two(n))
		r = r (i > 1 ? sep : "") (hex ? "0x" : "") \
		    (hex || base == 16 ? sprintf("%02x", v) : v)
	}
	return r
}

# By halving and the series of atanh: the same in every awk, some have no log().
function _log2(x,   e, y, term, sum, k) {
	while (x >= 2) {
		x /= 2
		e++
	}
	while (x < 1) {
		x *= 2
		e--
	}
	y = (x - 1) / (x + 1)
	term = y
	for (k = 1; term > 1e-18; k += 2) {
		sum += term / k
		term *= y * y
	}
	return e + 2 * sum / 0.693147180559945309417
}
