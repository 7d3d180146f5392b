# SPDX-License-Identifier: BSD-2-Clause
#
# gp.awk - texts for gnuplot that cannot become commands, markup or escape sequences.
#
# Single quotes: between them gnuplot knows no backslash, backquote and macro.  But 5.4 stumbles
# over a text that begins with a single quote; texts with one have double quotes, and what would
# do something between these is octal.  The terminals are set to noenhanced by share/plot.sh, so
# that ^ _ { } are just signs.  Needs fn/utf8.awk.

# s as a gnuplot string
function gp_quote(s) {
	return gp_string(gp_clean(s))
}

# The same as a tic, which gnuplot takes for a format
function gp_tic(s, n) {
	s = gp_clean(s)
	if (length(s) > n)
		s = gp_cut(s, n - 3) "..."
	gsub(/%/, "%%", s)
	return gp_string(s)
}

function gp_string(s,   i, c, r) {
	if (s !~ /'/)
		return "'" s "'"
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		r = r (c == "\"" ? "\\042" : c == "\\" ? "\\134" : c == "`" ? "\\140" : \
		    c == "@" ? "\\100" : c)
	}
	return "\"" r "\""
}

# Valid UTF-8 without control characters and what turns the direction of text; the rest becomes ?
function gp_clean(s) {
	if (s !~ /[^ -~]/)
		return s
	gsub(/[\001-\037\177]/, "?", s)
	if (s !~ /[^ -~]/)
		return s
	s = _utf8(s, "?")
	gsub(/\302[\200-\237]/, "?", s)
	gsub(/\342\200[\216\217\252-\256]|\342\201[\246-\251]/, "?", s)
	return s
}

# The first n signs of valid UTF-8
function gp_cut(s, n,   i, k) {
	_codes()
	for (i = 1; i <= length(s); i++) {
		k = _code[substr(s, i, 1)]
		if (k < 128 || k > 191)
			if (n-- <= 0)
				break
	}
	return substr(s, 1, i - 1)
}
