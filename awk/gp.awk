# SPDX-License-Identifier: BSD-2-Clause
#
# gp.awk - texts for gnuplot that cannot become commands, markup or escape sequences.
#
# Single quotes: between them gnuplot knows no backslash, backquote and macro.  But 5.4 stumbles
# over a text that begins with a single quote; texts with one have double quotes, and what would
# do something between these is octal.  The terminals are set to noenhanced by share/plot.sh, so
# that ^ _ { } are just signs.  To be run with LC_ALL=C.

# s as a gnuplot string
function gp_quote(s) {
	return gp_string(gp_clean(s))
}

# The same, but at most n signs of it
function gp_short(s, n) {
	s = gp_clean(s)
	return gp_string(length(s) > n ? gp_cut(s, n - 3) "..." : s)
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

# Valid UTF-8 without control characters; what is none becomes ?
function gp_clean(s,   i, c, n, more, k, out, part) {
	if (s !~ /[^ -~]/)
		return s
	gsub(/[\001-\037\177]/, "?", s)
	if (s !~ /[^ -~]/)
		return s
	gp_ord()
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		n = Gp_ord[c] + 0
		more = n < 128 ? -(n < 1) : n < 194 || n > 244 ? -1 : n < 224 ? 1 : n < 240 ? 2 : 3
		part = c
		for (k = 1; k <= more; k++) {
			c = substr(s, i + k, 1)
			if (Gp_ord[c] < 128 || Gp_ord[c] > 191)
				break
			part = part c
		}
		if (more < 0 || k <= more || !gp_allowed(part, n, Gp_ord[substr(part, 2, 1)])) {
			out = out "?"
			continue
		}
		out = out part
		i += more
	}
	return out
}

# Is it no over-long form, no surrogate, no C1 control and nothing that turns the direction of text?
function gp_allowed(part, first, second) {
	if (first == 194 && second < 160 || first == 224 && second < 160)
		return 0
	if (first == 237 && second > 159 || first == 240 && second < 144)
		return 0
	if (first == 244 && second > 143)
		return 0
	return part !~ /^\342\200[\216\217\252-\256]$/ && part !~ /^\342\201[\246-\251]$/
}

# The first n signs of valid UTF-8
function gp_cut(s, n,   i, k) {
	gp_ord()
	for (i = 1; i <= length(s); i++) {
		k = Gp_ord[substr(s, i, 1)]
		if (k < 128 || k > 191)
			if (n-- <= 0)
				break
	}
	return substr(s, 1, i - 1)
}

function gp_ord(   i) {
	if (!("a" in Gp_ord))
		for (i = 1; i < 256; i++)
			Gp_ord[sprintf("%c", i)] = i
}
