# SPDX-License-Identifier: BSD-2-Clause
#
# ip.awk - Addresses: their forms, and the networks they are in.
#
# Inside, an address is a key: "4" with 8, or "6" with 32 hex digits; the order of keys is that of
# the addresses, and what is no address has the key "".  Accepted are dotted quads, IPv6 texts
# (RFC 4291), 0x with up to 8 or with 32 digits, and decimal numbers.
# Surprise: no number is made of an IPv6 address, as it would not fit into one.

#: ip2num(address)
#  The address as a number; that of an IPv6 address as a decimal text.
#  > ip2num("1.2.3.4") -> 16909060
#  > ip2num("::1") -> 1
#  > ip2num("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff") -> 340282366920938463463374607431768211455
#  > ip2num("name") -> name
function ip2num(address,   k) {
	k = _H ? "" : _ip(address)
	if (k == "")
		return address
	k = substr(k, 2)
	sub(/^0+/, "", k)
	return _hex_dec(k)
}

#: ip2hex(address)
#  The address in hex; IPv6 with 32 digits.
#  > ip2hex("1.2.3.4") -> 0x01020304
#  > ip2hex(16909060) -> 0x01020304
#  > ip2hex("2001:db8::1") -> 0x20010db8000000000000000000000001
#  > ip2hex("srcIP") -> srcIP
function ip2hex(address,   k) {
	k = _H ? "" : _ip(address)
	return k == "" ? address : "0x" substr(k, 2)
}

#: ip2str(number)
#  The dotted quad of a number.
#  > ip2str(16909060) -> 1.2.3.4
#  > ip2str("0x01020304") -> 1.2.3.4
#  > ip2str(4294967296) -> 4294967296
function ip2str(number,   k) {
	k = _H ? "" : _ip(number)
	return k ~ /^4/ ? _ip4_text(k) : number
}

#: ip62str(number)
#  The IPv6 address of a number, in full.
#  > ip62str(1) -> 0000:0000:0000:0000:0000:0000:0000:0001
#  > ip62str("42540766411282592856903984951653826561") -> 2001:0db8:0000:0000:0000:0000:0000:0001
#  > ip62str("x") -> x
function ip62str(number,   s) {
	if (_H || number !~ /^([0-9]+|0[xX][0-9A-Fa-f]+)$/)
		return number
	s = _hex(number)
	return length(s) > 32 ? number : _ip6_full(_zeros(s, 32))
}

#: ip6compress(address)
#  The short form of an IPv6 address (RFC 5952).
#  > ip6compress("2001:0db8:0000:0000:0000:0000:0000:0001") -> 2001:db8::1
#  > ip6compress("fe80:0:0:0:1:0:0:1") -> fe80::1:0:0:1
#  > ip6compress("::ffff:1.2.3.4") -> ::ffff:1.2.3.4
#  > ip6compress("1.2.3.4") -> 1.2.3.4
function ip6compress(address,   k) {
	k = _H ? "" : _ip(address)
	return k ~ /^6/ ? _ip6_short(substr(k, 2)) : address
}

#: ip6expand(address[, trim])
#  The long form; with trim without leading zeros.
#  > ip6expand("2001:db8::1") -> 2001:0db8:0000:0000:0000:0000:0000:0001
#  > ip6expand("2001:db8::1", 1) -> 2001:db8:0:0:0:0:0:1
#  > ip6expand("::ffff:1.2.3.4", 1) -> 0:0:0:0:0:ffff:102:304
#  > ip6expand("srcIP") -> srcIP
function ip6expand(address, trim,   k, a, i, r) {
	k = _H ? "" : _ip(address)
	if (k !~ /^6/)
		return address
	if (!trim)
		return _ip6_full(substr(k, 2))
	split(_ip6_full(substr(k, 2)), a, ":")
	for (i = 1; i <= 8; i++) {
		sub(/^0+/, "", a[i])
		r = r (i > 1 ? ":" : "") (a[i] == "" ? "0" : a[i])
	}
	return r
}

#: ip2mask(mask)
#  The prefix length that a netmask means.
#  > ip2mask("255.255.255.0") -> 24
#  > ip2mask("0xff000000") -> 8
#  > ip2mask("ffff:ffff::") -> 32
#  > ip2mask("0.0.0.0") -> 0
#  > ip2mask("255.0.255.0") -> 255.0.255.0
function ip2mask(mask,   k) {
	k = _H ? "" : _ip(mask)
	k = k == "" ? -1 : _mask_length(substr(k, 2))
	return k < 0 ? mask : k
}

#: mask2ip(length)
#  The IPv4 netmask of a prefix length, as a number.
#  > mask2ip(24) -> 4294967040
#  > mask2ip(32) -> 4294967295
#  > mask2ip(0) -> 0
#  > mask2ip(-1) -> 0
function mask2ip(length_,   k) {
	k = _mask(length_, 8)
	sub(/^0+/, "", k)
	return _H ? length_ : _hex_dec(k)
}

#: mask2ipstr(length)
#  The same as a dotted quad.
#  > mask2ipstr(24) -> 255.255.255.0
#  > mask2ipstr(9) -> 255.128.0.0
#  > mask2ipstr(0) -> 0.0.0.0
function mask2ipstr(length_) {
	return _H ? length_ : _ip4_text("4" _mask(length_, 8))
}

#: mask2ip6(length)
#  The IPv6 netmask of a prefix length, as a number in decimal text.
#  > mask2ip6(128) -> 340282366920938463463374607431768211455
#  > mask2ip6(1) -> 170141183460469231731687303715884105728
#  > mask2ip6(0) -> 0
function mask2ip6(length_,   k) {
	k = _mask(length_, 32)
	sub(/^0+/, "", k)
	return _H ? length_ : _hex_dec(k)
}

#: mask2ip6str(length)
#  The same as an IPv6 address, in full.
#  > mask2ip6str(64) -> ffff:ffff:ffff:ffff:0000:0000:0000:0000
#  > mask2ip6str(3) -> e000:0000:0000:0000:0000:0000:0000:0000
#  > mask2ip6str(0) -> 0000:0000:0000:0000:0000:0000:0000:0000
function mask2ip6str(length_) {
	return _H ? length_ : _ip6_full(_mask(length_, 32))
}

#: isip(value)
#  Is it an IPv4 address in any form?  True on the header row, as are the next.
#  > isip("1.2.3.4") -> 1
#  > isip("0x01020304") -> 1
#  > isip("1.2.3.256") -> 0
#  > isip("::1") -> 0
function isip(value) {
	return _H || value ~ /^0[xX][0-9A-Fa-f]+$/ && length(value) <= 10 || \
	    value ~ /^[0-9]+$/ && length(value) <= 10 || _ip(value) ~ /^4/ && value ~ /\./
}

#: isiphex(value)
#  Is it one in hex?
#  > isiphex("0x1020304") -> 1
#  > isiphex("0x") -> 0
#  > isiphex("0x123456789") -> 0
function isiphex(value) {
	return _H || value ~ /^0[xX][0-9A-Fa-f]+$/ && length(value) <= 10
}

#: isipnum(value)
#  Is it one as a number?
#  > isipnum(16909060) -> 1
#  > isipnum("1.2.3.4") -> 0
#  > isipnum("12345678901") -> 0
function isipnum(value) {
	return _H || value ~ /^[0-9]+$/ && length(value "") <= 10
}

#: isipstr(value)
#  Is it a dotted quad?
#  > isipstr("1.2.3.4") -> 1
#  > isipstr("1.2.3") -> 0
#  > isipstr("1.2.3.300") -> 0
function isipstr(value) {
	return _H || value ~ /\./ && _ip(value) ~ /^4/
}

#: isip6(value)
#  Is it an IPv6 address?
#  > isip6("2001:db8::1") -> 1
#  > isip6("1.2.3.4") -> 0
#  > isip6("00:80:48:b3:22:ef") -> 0
function isip6(value) {
	return _H || index(value, ":") && _ip(value) ~ /^6/
}

# The key of an address, "" for what is none.  Keys are kept.
function _ip(s) {
	s = s ""
	if (s in _ip_key)
		return _ip_key[s]
	if (++_ip_kept > 50000) {
		split("", _ip_key)
		_ip_kept = 1
	}
	return _ip_key[s] = _ip_parse(s)
}

function _ip_parse(s,   a, i) {
	if (s ~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/) {
		split(s, a, ".")
		for (i = 1; i <= 4; i++)
			a[i] = _int(a[i])
		if (a[1] > 255 || a[2] > 255 || a[3] > 255 || a[4] > 255)
			return ""
		return "4" sprintf("%02x%02x%02x%02x", a[1], a[2], a[3], a[4])
	}
	if (index(s, ":"))
		return _ip6_parse(tolower(s))
	if (s ~ /^0[xX][0-9A-Fa-f]+$/)
		return length(s) <= 10 ? "4" _zeros(_hex(s), 8) : \
		    length(s) == 34 ? "6" tolower(substr(s, 3)) : ""
	if (s ~ /^[0-9]+$/ && length(_hex(s)) <= 8)
		return "4" _zeros(_hex(s), 8)
	return ""
}

function _ip6_parse(s,   n, i, k, head, tail) {
	sub(/%.*$/, "", s)
	if (match(s, /[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/)) {
		k = _ip_parse(substr(s, RSTART))
		if (k == "")
			return ""
		s = substr(s, 1, RSTART - 1) substr(k, 2, 4) ":" substr(k, 6)
	}
	i = index(s, "::")
	if (i && index(substr(s, i + 1), "::") || s ~ /^:[^:]|[^:]:$|[^0-9a-f:]/)
		return ""
	head = _ip6_groups(i ? substr(s, 1, i - 1) : s)
	tail = i ? _ip6_groups(substr(s, i + 2)) : ""
	n = length(head) + length(tail)
	if (head ~ /x/ || tail ~ /x/ || (i ? n > 28 : n != 32))
		return ""
	return "6" head substr("00000000000000000000000000000000", 1, 32 - n) tail
}

# The digits of groups joined by colons; an x where there are too many.
function _ip6_groups(s,   a, n, i, r) {
	n = split(s, a, ":")
	for (i = 1; i <= n; i++)
		r = r (length(a[i]) > 4 ? "x" : _zeros(a[i], 4))
	return r
}

function _zeros(s, width) {
	return substr("00000000000000000000000000000000", 1, width - length(s)) s
}

function _ip4_text(k,   i, r) {
	for (i = 2; i <= 8; i += 2)
		r = r (i > 2 ? "." : "") _group(substr(k, i, 2), 16)
	return r
}

function _ip6_full(s,   i, r) {
	for (i = 1; i <= 29; i += 4)
		r = r (i > 1 ? ":" : "") substr(s, i, 4)
	return r
}

function _ip6_short(s,   a, i, k, run, best, at, r) {
	if (s ~ /^00000000000000000000ffff/)
		return "::ffff:" _ip4_text("4" substr(s, 25))
	for (i = 8; i > 0; i--) {
		a[i] = substr(s, i * 4 - 3, 4)
		sub(/^0+/, "", a[i])
		run = a[i] == "" ? run + 1 : 0
		if (run > 1 && run >= best) {
			best = run
			at = i
		}
	}
	for (i = 1; i <= 8; i++)
		if (i == at) {
			r = r "::"
			i += best - 1
		} else
			r = r (i > 1 && r !~ /:$/ ? ":" : "") (a[i] == "" ? "0" : a[i])
	return r
}

# Hex digits of a netmask.
function _mask(bits, digits,   i, r) {
	for (i = 0; i < digits; i++) {
		r = r substr("08cef", (bits <= 0 ? 0 : bits >= 4 ? 4 : bits) + 1, 1)
		bits -= 4
	}
	return r
}

# How many ones they begin with; -1 if there are ones behind a zero.
function _mask_length(s,   n) {
	for (n = 0; substr(s, n + 1, 1) == "f"; n++)
		;
	n = 4 * n + (n < length(s) ? index("8ce", substr(s, n + 1, 1)) : 0)
	return _mask(n, length(s)) == s ? n : -1
}
