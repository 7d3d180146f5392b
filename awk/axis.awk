# SPDX-License-Identifier: BSD-2-Clause
#
# axis.awk - what the cells of a column are, and where they lie on an axis.
#
# Kinds: num, hex, addr (IPv4 and IPv6), iso (a date), text.  An IPv4 address lies at its first
# octet plus the rest as a fraction, 138.212.0.0 at 138.828; IPv6 likewise from 256 (::) to 512.

function kind_of(v) {
	if (v == "")
		return ""
	if (v ~ /^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$/)
		return v !~ /[eE][-+]?[0-9][0-9][0-9]/ && v + 0 < 1e30 && v + 0 > -1e30 ? \
		    "num" : "text"
	if (v ~ /^0x[0-9a-fA-F]+$/)
		return length(v) < 27 ? "hex" : "text"
	if (v ~ /^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$/)
		return octets(v) ? "addr" : "text"
	if (v ~ /^[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/ &&
	    v !~ /:::|[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]/ &&
	    (v ~ /::/ || gsub(/:/, ":", v) == 7))
		return "addr"
	if (v ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][T ][0-9][0-9]:[0-9][0-9]/)
		return "iso"
	return "text"
}

function octets(v,   o) {
	split(v, o, ".")
	return o[1] < 256 && o[2] < 256 && o[3] < 256 && o[4] < 256
}

# The kind of a column, of the numbers of cells of each kind: text if more than a tenth is text,
# else what most are.
function kind_most(num, hex, addr, iso, text,   all) {
	all = num + hex + addr + iso + text
	if (text * 10 > all)
		return "text"
	if (addr >= num && addr >= hex && addr >= iso)
		return "addr"
	if (iso >= num && iso >= hex)
		return "iso"
	return hex > num ? "hex" : "num"
}

function axis_value(kind, v) {
	if (kind == "hex")
		return hex_value(v)
	if (kind == "addr")
		return addr_value(v)
	if (kind == "iso")
		return iso_value(v)
	return v + 0
}

function hex_value(v,   i, n) {
	v = tolower(substr(v, 3))
	for (i = 1; i <= length(v); i++)
		n = n * 16 + index("0123456789abcdef", substr(v, i, 1)) - 1
	return n
}

function addr_value(v,   g, i, n) {
	if (v !~ /:/) {
		split(v, g, ".")
		return g[1] + g[2] / 256 + g[3] / 65536 + g[4] / 16777216
	}
	v = addr_groups(v)
	for (i = 7; i >= 0; i--)
		n = (n + hex_value("0x" substr(v, 4 * i + 1, 4))) / 65536
	return 256 + n * 256
}

# An IPv6 address as 32 hexadecimal digits
function addr_groups(v,   p, g, h, i, n, k, left, right, s) {
	if (v ~ /[.]/) {
		n = match(v, /[0-9]+[.][0-9.]+$/)
		split(substr(v, n), g, ".")
		v = substr(v, 1, n - 1) sprintf("%x:%x", g[1] * 256 + g[2], g[3] * 256 + g[4])
	}
	p = index(v, "::")
	left = p ? substr(v, 1, p - 1) : v
	right = p ? substr(v, p + 2) : ""
	n = left == "" ? 0 : split(left, g, ":")
	k = right == "" ? 0 : split(right, h, ":")
	for (i = 1; i <= 8; i++)
		s = s substr("000" (i <= n ? g[i] : i > 8 - k ? h[i - 8 + k] : "0"),
		    length(i <= n ? g[i] : i > 8 - k ? h[i - 8 + k] : "0"), 4)
	return tolower(s)
}

# Seconds since 1970 in UTC; the day number after Howard Hinnant's days_from_civil
function iso_value(v,   y, m, d, era, yoe, doy, s, zone) {
	y = substr(v, 1, 4) + 0
	m = substr(v, 6, 2) + 0
	d = substr(v, 9, 2) + 0
	if (m <= 2)
		y--
	era = int(y / 400)
	yoe = y - era * 400
	doy = int((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
	s = (era * 146097 + yoe * 365 + int(yoe / 4) - int(yoe / 100) + doy - 719468) * 86400
	s += substr(v, 12, 2) * 3600 + substr(v, 15, 2) * 60
	v = substr(v, 17)
	if (match(v, /^:[0-9.]+/)) {
		s += substr(v, 2, RLENGTH - 1)
		v = substr(v, RLENGTH + 1)
	}
	if (match(v, /^[-+][0-9][0-9]:?[0-9][0-9]/)) {
		zone = substr(v, 2, 2) * 3600 + substr(v, RLENGTH - 1, 2) * 60
		s += v ~ /^-/ ? zone : -zone
	}
	return s
}

# YYYY-MM-DD of seconds since 1970
function iso_date(s,   z, era, doe, yoe, doy, mp, d, m) {
	z = int(s / 86400) + 719468
	era = int(z / 146097)
	doe = z - era * 146097
	yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
	doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
	mp = int((5 * doy + 2) / 153)
	d = doy - int((153 * mp + 2) / 5) + 1
	m = mp < 10 ? mp + 3 : mp - 9
	return sprintf("%04d-%02d-%02d", yoe + era * 400 + (m <= 2), m, d)
}

# The address that lies at v, as short as a tic may be
function addr_text(v,   a, b, i, s, n) {
	if (v >= 256) {
		v = (v - 256) * 256
		for (i = 1; i <= 4 && (i == 1 || v > 0); i++) {
			n = int(v)
			s = s sprintf("%x:", n)
			v = (v - n) * 65536
		}
		return s == "0:" ? "::" : s ":"
	}
	a = int(v)
	v = (v - a) * 256
	b = int(v)
	v = (v - b) * 256
	return a "." b "." int(v) "." int((v - int(v)) * 256)
}

# What sorts as the values lie on the axis
function sort_key(kind, v) {
	if (kind == "addr") {
		if (v ~ /:/)
			return "6" addr_groups(v)
		return sprintf("4%.9f", 1000 + addr_value(v))
	}
	if (kind == "hex") {
		v = tolower(substr(v, 3))
		return substr("0000000000000000000000000000000", 1, 32 - length(v)) v
	}
	return v
}

# Sorts key[1..n] as text and item[1..n] with it: heap sort
function sort_pairs(key, item, n,   i, t) {
	for (i = int(n / 2); i > 0; i--)
		sort_sift(key, item, i, n)
	for (i = n; i > 1; i--) {
		t = key[1]; key[1] = key[i]; key[i] = t
		t = item[1]; item[1] = item[i]; item[i] = t
		sort_sift(key, item, 1, i - 1)
	}
}

function sort_sift(key, item, i, n,   k, t) {
	while ((k = 2 * i) <= n) {
		if (k < n && key[k + 1] "" > key[k] "")
			k++
		if (key[i] "" >= key[k] "")
			return
		t = key[i]; key[i] = key[k]; key[k] = t
		t = item[i]; item[i] = item[k]; item[k] = t
		i = k
	}
}
