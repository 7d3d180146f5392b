# SPDX-License-Identifier: BSD-2-Clause
#
# lex.awk - the words of an awk program: lex(text) fills Text[1..Words] and Kind[1..Words].
#
# Kinds: name, call (a name with its parenthesis right behind), key (reserved word), number, hex,
# string, regex, op, nl (line end outside strings) and blank (blanks, comments, continued lines).
# The words joined together are the program again.  Reference: POSIX awk, "Grammar".
# Surprise: whether a slash divides or starts a regular expression depends on the word before.

BEGIN {
	n = split("BEGIN END function func if else while for do break continue next nextfile " \
	    "exit return delete in getline print printf switch case default BEGINFILE ENDFILE", \
	    w, " ")
	for (i = 1; i <= n; i++)
		Key[w[i]]
	n = split("length substr index split sub gsub match sprintf sin cos atan2 exp log sqrt " \
	    "int rand srand tolower toupper system close fflush strftime systime mktime gensub " \
	    "asort asorti patsplit isarray typeof", w, " ")
	for (i = 1; i <= n; i++)
		Builtin[w[i]]
}

function lex(program,   line, i, n) {
	Words = 0
	Before = ""
	n = split(program, line, "\n")
	for (i = 1; i <= n; i++) {
		while (line[i] ~ /(^|[^\\])(\\\\)*\\$/ && i < n && lex_open(line[i])) {
			line[i + 1] = line[i] "\n" line[i + 1]      # a string goes on
			i++
		}
		lex_line(line[i])
		if (i < n)
			lex_add("\n", "nl")
	}
}

# Does a line that ends in a backslash end inside a string?
function lex_open(s) {
	gsub(/\\./, "", s)
	return gsub(/"/, "", s) % 2
}

function lex_add(s, k) {
	Text[++Words] = s
	Kind[Words] = k
	if (k != "blank")
		Before = k == "op" ? s : k
}

function lex_line(s,   k) {
	while (s != "") {
		k = lex_kind(s)
		lex_add(substr(s, 1, RLENGTH), k)
		s = substr(s, RLENGTH + 1)
	}
}

# The kind of the word that s begins with; RLENGTH is its length.
function lex_kind(s,   c) {
	c = substr(s, 1, 1)
	if (match(s, /^([ \t\r]+|#.*|\\$)/))
		return "blank"
	if (match(s, /^[A-Za-z_][A-Za-z_0-9]*/))
		return lex_name(substr(s, 1, RLENGTH), substr(s, RLENGTH + 1, 1))
	if (match(s, /^0[xX][0-9A-Fa-f]+/))
		return "hex"
	if (match(s, /^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?/))
		return "number"
	if (c == "\"" && match(s, /^"([^"\\]|\\.)*"/))
		return "string"
	if (c == "/" && !lex_operand() &&
	    match(s, /^\/([^\/\\[]|\\.|\[\^?\]?[^]]*\])*\//))
		return "regex"
	if (!match(s, /^(\*\*=|\*\*|\+\+|--|&&|\|\||\|&|>>|[-+*\/%^=!<>]=|!~)/))
		RLENGTH = 1
	return "op"
}

function lex_name(s, behind) {
	if (s in Key)
		return "key"
	return behind == "(" ? "call" : "name"
}

# Can the word before be the left side of a division?
function lex_operand() {
	return Before ~ /^(name|number|hex|string|\)|\]|\$|\+\+|--)$/
}
