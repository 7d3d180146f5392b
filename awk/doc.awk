# SPDX-License-Identifier: BSD-2-Clause
#
# doc.awk - tawk -g and -d, the reference in t2awk(7), and its examples, from the doc comments.
#
# A doc comment is "#: name(arguments)", lines of text, and examples "> expression -> result".
# The head comment of a file tells its title.  mode: func, doc, mdoc or examples.

FNR == 1 {
	base = FILENAME
	sub(/.*\//, "", base)
	sub(/\.awk$/, "", base)
	at = ""
}

FNR == 3 && / - .*: / {
	title = $0
	sub(/.* - /, "", title)
	Title[base] = title
}

/^#: / {
	at = substr($0, 4)
	sub(/\(.*/, "", at)
	Sign[at] = substr($0, 4)
	Home[at] = base
	Name[++names] = at
}

/^#  > / && at != "" {
	Sample[at, ++samples[at]] = substr($0, 6)
}

/^#  [^>]/ && at != "" {
	Text[at] = Text[at] (Text[at] == "" ? "" : "\n") substr($0, 4)
}

/^function / {
	at = ""
}

END {
	if (mode == "func")
		print_names()
	else if (mode == "doc")
		print_docs(ENVIRON["T2_LIST"])
	else if (mode == "mdoc")
		print_mdoc()
	else
		for (i = 1; i <= names; i++)
			for (k = 1; k <= samples[Name[i]]; k++)
				print Name[i] "\t" left(Name[i], k) "\t" \
				    (right(Name[i], k) == "(empty)" ? "" : right(Name[i], k))
}

function left(name, k) {
	return substr(Sample[name, k], 1, index(Sample[name, k], " -> ") - 1)
}

function right(name, k) {
	return substr(Sample[name, k], index(Sample[name, k], " -> ") + 4)
}

# Functions of files that are listed on request only.
function hidden(name) {
	return Home[name] ~ /^(nfdump|examples)$/ && \
	    !index(ENVIRON["T2_EXTRA"] " ", " " Home[name] " ")
}

function print_names(   i, n, list, w) {
	sort_names()
	for (i = 1; i <= names; i++)
		if (!hidden(Name[i])) {
			list[++n] = Name[i]
			if (length(Name[i]) > w[n % per])
				w[n % per] = length(Name[i])
		}
	for (i = 1; i <= n; i++)
		if (i % per && i < n)
			printf "%-" w[i % per] "s  ", list[i]
		else
			print list[i]
}

# By letters, whatever their case.
function sort_names(   i, k, x) {
	for (i = 2; i <= names; i++) {
		x = Name[i]
		for (k = i - 1; k > 0 && order(Name[k]) > order(x); k--)
			Name[k + 1] = Name[k]
		Name[k + 1] = x
	}
}

function order(name) {
	return toupper(name) " " name
}

function print_docs(list,   want, n, i, k, some) {
	n = split(list, want, ",")
	for (i = 1; i <= n; i++) {
		sub(/\(.*/, "", want[i])
		sub(/^t2nfdump$/, "nfdump", want[i])
		if (want[i] in Sign) {
			print_doc(want[i])
			continue
		}
		some = 0
		for (k = 1; k <= names; k++)
			if (want[i] == "all" || want[i] == Home[Name[k]] || want[i] == "funcs" && \
			    !hidden(Name[k])) {
				print_doc(Name[k])
				some = 1
			}
		if (!some)
			unknown(want[i])
	}
}

function unknown(name,   i, all, near) {
	for (i = 1; i <= names; i++)
		all = all " " Name[i]
	near = _near(name, all)
	print "tawk: " name ": no such function" (near == "" ? "" : " (did you mean " near "?)") \
	    | "cat 1>&2"
	close("cat 1>&2")
	exit 2
}

function print_doc(name,   line, n, i, k) {
	print (colour ? "\033[1;33m" Sign[name] ":\033[0m" : Sign[name] ":") "\n"
	if (Text[name] == "") {
		for (i = 1; Name[i] != name; i++)
			if (Text[Name[i]] != "")
				k = Name[i]
		if (k != "")
			print "  See " Sign[k] ":\n"
	}
	n = split(Text[k == "" ? name : k], line, "\n")
	for (i = 1; i <= n; i++)
		print "  " line[i]
	for (i = 1; i <= samples[name]; i++)
		print (i == 1 ? (n ? "\n" : "") "  Examples:\n" : "") "    " left(name, i) "  =  " \
		    right(name, i)
	print ""
}

# One section for each file, that of the header row first; one item for each function.
function print_mdoc(   i, last) {
	for (i = 1; i <= names; i++)
		if (Home[Name[i]] == "core")
			last = print_item(Name[i], last)
	for (i = 1; i <= names; i++)
		if (Home[Name[i]] != "core")
			last = print_item(Name[i], last)
	print ".El"
}

# Returns the file of the function; last: that of the one before.
function print_item(name, last,   k, title) {
	if (Home[name] != last) {
		if (last != "")
			print ".El"
		title = Title[Home[name]]
		k = index(title, ": ")
		print ".Ss " mdoc(substr(title, 1, k - 1))
		print toupper(substr(title, k + 2, 1)) mdoc(substr(title, k + 3))
		print ".Bl -tag -width Ds"
	}
	print ".It Li " mdoc_words(Sign[name])
	if (Text[name] != "")
		mdoc_text(Text[name])
	for (k = 1; k <= samples[name]; k++)
		print (k == 1 ? ".Bd -literal -compact\n" : "") mdoc(left(name, k)) \
		    "  =  " mdoc(right(name, k)) (k == samples[name] ? "\n.Ed" : "")
	return Home[name]
}

function mdoc(s) {
	gsub(/\\/, "\\e", s)
	gsub(/-/, "\\-", s)
	gsub(/~/, "\\(ti", s)
	gsub(/\^/, "\\(ha", s)
	gsub(/'/, "\\(aq", s)
	return s ~ /^[.]/ ? "\\\\\\&" s : s
}

# As arguments of a macro.
function mdoc_words(s) {
	s = mdoc(s)
	gsub(/"/, "\\(dq", s)
	return "\"" s "\""
}

# A sentence begins on a new line.
function mdoc_text(s,   line, n, i) {
	gsub(/\n/, " ", s)
	s = mdoc(s)
	gsub(/[.:?]  ?/, "&\n", s)
	n = split(s, line, "\n")
	for (i = 1; i <= n; i++) {
		sub(/ +$/, "", line[i])
		if (line[i] != "")
			print line[i]
	}
}
