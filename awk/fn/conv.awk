# SPDX-License-Identifier: BSD-2-Clause
#
# conv.awk - Encodings: of URLs, base64 and JSON.

#: urldecode(text)
#  The text of a URL: %20 and + become blanks, and so on.
#  > urldecode("a%20b+c%41") -> a b cA
#  > urldecode("100%") -> 100%
#  > urldecode("%zz") -> %zz
function urldecode(text,   r, h) {
	gsub(/\+/, " ", text)
	while (match(text, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
		h = tolower(substr(text, RSTART + 1, 2))
		r = r substr(text, 1, RSTART - 1) _byte(_group(h, 16))
		text = substr(text, RSTART + 3)
	}
	return r text
}

#: base64(text)
#  The text in base64 (RFC 4648).
#  > base64("abc") -> YWJj
#  > base64("a") -> YQ==
#  > base64("") -> (empty)
function base64(text,   i, v, n, r) {
	if (_H)
		return text
	_codes()
	for (i = 1; i <= length(text); i += 3) {
		n = length(text) - i + 1
		v = _code[substr(text, i, 1)] * 65536
		if (n > 1)
			v += _code[substr(text, i + 1, 1)] * 256
		if (n > 2)
			v += _code[substr(text, i + 2, 1)]
		r = r _digit64(int(v / 262144)) _digit64(int(v / 4096) % 64) \
		    (n > 1 ? _digit64(int(v / 64) % 64) : "=") (n > 2 ? _digit64(v % 64) : "=")
	}
	return r
}

#: base64d(text)
#  The text that is meant; what is no base64 stays as it is.
#  > base64d("YWJj") -> abc
#  > base64d("YQ==") -> a
#  > base64d("a") -> a
#  > base64d("!!!!") -> !!!!
function base64d(text,   s, i, k, v, r) {
	s = text ""
	if (_H || length(s) % 4 || s !~ /^[A-Za-z0-9+\/]*=?=?$/)
		return text
	for (i = 1; i <= length(s); i += 4) {
		v = 0
		for (k = 0; k < 4; k++)
			v = v * 64 + index("BCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" \
			    "0123456789+/", substr(s, i + k, 1))
		r = r _byte(int(v / 65536))
		if (substr(s, i + 2, 1) != "=")
			r = r _byte(int(v / 256) % 256)
		if (substr(s, i + 3, 1) != "=")
			r = r _byte(v % 256)
	}
	return r
}

#: json(record)
#  The record as a JSON object with the names of the columns; empty on the header row:
#  tawk '!hdr() { print json($0) }' FILE
function json(record,   value, n, i, r) {
	if (_H)
		return ""
	n = split(record, value, FS)
	for (i = 1; i <= n; i++)
		r = r (i > 1 ? ", " : "") _json_text(COL[i]) ": " _json_value(value[i])
	return "{ " r " }"
}

function _json_value(v) {
	if (v ~ /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/)
		return v
	if (v !~ /[\001-\037]/ && v == _utf8(v, "?") &&
	    v ~ /^"([^"\\]|\\(["\\\/bfnrt]|u[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]))*"$/)
		return v
	return _json_text(v)
}

# A JSON string (RFC 8259).
function _json_text(s,   i, c, r) {
	s = _utf8(s, "\357\277\275")           # U+FFFD, the sign for what cannot be told
	if (s !~ /["\\\001-\037]/)
		return "\"" s "\""
	_codes()
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		r = r (c == "\"" || c == "\\" ? "\\" c : c == "\t" ? "\\t" : c == "\n" ? "\\n" : \
		    c == "\r" ? "\\r" : c < " " ? sprintf("\\u%04x", _code[c]) : c)
	}
	return "\"" r "\""
}

function _digit64(n) {
	return substr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", n + 1, 1)
}

function _byte(n) {
	return sprintf("%c", n + 0)
}
