# SPDX-License-Identifier: BSD-2-Clause
#
# quote.awk - texts from packets and tables, made harmless for dot, JSON in HTML, and gnuplot.
#
# To be run with LC_ALL=C, so that every awk sees bytes.  References: the DOT language (graphviz),
# RFC 8259 (JSON), RFC 3629 (UTF-8).

# The text without control characters, and with ? for bytes that are no UTF-8.
function clean(s,   i, n, c, more, r) {
	if (s !~ /[^ -~]/)
		return s
	gsub(/[\001-\037\177]/, " ", s)
	if (s !~ /[^ -~]/)
		return s
	if (!("a" in Quote_ord))
		for (i = 1; i < 256; i++)
			Quote_ord[sprintf("%c", i)] = i
	for (i = 1; i <= length(s); i += n) {
		n = quote_bytes(s, i)
		r = r (n ? substr(s, i, n) : "?")
		n += !n
	}
	return r
}

# How many bytes the character at place i of s has; 0 if it is none.
function quote_bytes(s, i,   c, n, k, next_) {
	c = Quote_ord[substr(s, i, 1)] + 0
	if (c >= 32 && c < 127)
		return 1
	n = c >= 194 && c < 224 ? 2 : c >= 224 && c < 240 ? 3 : c >= 240 && c < 245 ? 4 : 0
	for (k = 1; k < n; k++) {
		next_ = Quote_ord[substr(s, i + k, 1)] + 0
		if (next_ < 128 || next_ > 191)
			return 0
		# overlong forms, surrogates, beyond U+10FFFF; C1 control characters
		if (k == 1 && (c == 224 && next_ < 160 || c == 237 && next_ > 159 ||
		    c == 240 && next_ < 144 || c == 244 && next_ > 143 || c == 194 && next_ < 160))
			return 0
	}
	return n
}

# The first n characters of a clean text, with ... for the rest.
function shorten(s, n,   i, k) {
	if (length(s) <= n)
		return s
	for (i = 1; i <= length(s); i++)
		if (substr(s, i, 1) !~ /[\200-\277]/ && ++k > n)
			return substr(s, 1, i - 1) "..."
	return s
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
		s = clean(line[i])
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
	s = clean(s)
	return "\"" (s ~ /["\\<>&]/ ? quote_by(s, Quote_json) : s) "\""
}

# A string of gnuplot with its quotes: what would end it, run a command or name a macro is octal.
function quote_gnuplot(s) {
	if (!("\"" in Quote_gnuplot)) {
		Quote_gnuplot["\""] = "\\042"
		Quote_gnuplot["\\"] = "\\134"
		Quote_gnuplot["`"] = "\\140"
		Quote_gnuplot["@"] = "\\100"
	}
	return "\"" quote_by(clean(s), Quote_gnuplot) "\""
}
