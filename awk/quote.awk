# SPDX-License-Identifier: BSD-2-Clause
#
# quote.awk - texts from packets and tables, made harmless for dot and for JSON in HTML.
#
# Needs gp.awk, which does that for gnuplot and knows UTF-8.  References: the DOT language
# (graphviz), RFC 8259 (JSON).

# The first n characters of a text without control characters, with ... for the rest.
function shorten(s, n) {
	s = gp_clean(s)
	return length(s) > n && gp_cut(s, n) != s ? gp_cut(s, n) "..." : s
}

# Each character of s that is in map is replaced.
function quote_by(s, map,   i, c, r) {
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		r = r (c in map ? map[c] : c)
	}
	return r
}

# A string of dot with its quotes; line ends (only those of lines joined by "\n" here) are kept.
function quote_dot(s,   i, n, line, r) {
	if (!("\"" in Quote_dot)) {
		Quote_dot["\""] = "\\\""
		Quote_dot["\\"] = "\\\\"
		Quote_dot["&"] = "&amp;"
	}
	n = split(s, line, "\n")
	for (i = 1; i <= n; i++) {
		s = gp_clean(line[i])
		r = r (i > 1 ? "\\n" : "") (s ~ /["\\&]/ ? quote_by(s, Quote_dot) : s)
	}
	return "\"" r "\""
}

# A string of JSON with its quotes, which HTML cannot take for markup.
function quote_json(s) {
	if (!("\"" in Quote_json)) {
		Quote_json["\""] = "\\\""
		Quote_json["\\"] = "\\\\"
		Quote_json["<"] = "\\u003c"
		Quote_json[">"] = "\\u003e"
		Quote_json["&"] = "\\u0026"
	}
	s = gp_clean(s)
	return "\"" (s ~ /["\\<>&]/ ? quote_by(s, Quote_json) : s) "\""
}
