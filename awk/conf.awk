# SPDX-License-Identifier: BSD-2-Clause
#
# conf.awk - settings in files like t2.conf: listed, or changed with all else left as it is.
#
#   awk -v mode=list -f conf.awk FILE       owner, name and value of each setting, joined by tabs
#   awk -v mode=merge -v changes=LIST -f conf.awk FILE
#
# LIST has lines of the same kind; a line with two fields takes the setting out, and * as its name
# all settings of the owner.  An owner is "" where the file does not say whose option it is, which
# then is that of any owner.  Surprise: a line is replaced where it stands, so that comments above
# it stay right.

function trim(s) {
	sub(/^[ \t\r]+/, "", s)
	sub(/[ \t\r]+$/, "", s)
	return s
}

# The owner of a section or in front of a name.
function owner_of(s) {
	s = trim(s)
	return s == "tranalyzer2" ? "core" : s
}

# Where in s a comment begins, as the tools see it: at a # behind a blank, outside of quotes.
function comment_at(s,    i, c, before, quote) {
	before = " "
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (quote != "" && c == "\\")
			i++
		else if (quote != "")
			quote = c == quote ? "" : quote
		else if ((c == "\"" || c == "\047") && index("= \t", before))
			quote = c
		else if (c == "#" && index(" \t", before))
			return i
		before = c
	}
	return length(s) + 1
}

# Takes a line apart: 1 and owner, name, value if it is a setting; else 0, section may change.
function setting(s,    eq, dot) {
	s = trim(s)
	s = trim(substr(s, 1, comment_at(s) - 1))
	if (s == "")
		return 0
	if (s ~ /^\[/) {
		sub(/\].*/, "", s)
		section = owner_of(substr(s, 2))
		return 0
	}
	eq = index(s, "=")
	if (eq == 0)
		return 0
	name = trim(substr(s, 1, eq - 1))
	value = trim(substr(s, eq + 1))
	owner = section
	dot = index(name, ".")
	if (dot > 0) {
		owner = owner_of(substr(name, 1, dot - 1))
		name = substr(name, dot + 1)
	}
	return 1
}

# The number of the change that a setting is hit by, 0 none.
function change_of(owner, name,    i) {
	for (i = 1; i <= n; i++) {
		if (owner != "" && change_owner[i] != owner)
			continue
		if (change_name[i] == name || change_name[i] == "*" && owner != "")
			return i
	}
	return 0
}

function changes_read(    line, part, k) {
	while ((getline line < changes) > 0) {
		k = split(line, part, "\t")
		if (k < 2)
			continue
		n++
		change_owner[n] = owner_of(part[1])
		change_name[n] = part[2]
		kept[n] = k > 2
		change_value[n] = part[3]
	}
	close(changes)
}

# What is around the value stays as it is written.
function replaced(line, value,    at, rest) {
	at = comment_at(line)
	rest = substr(line, at)
	line = substr(line, 1, at - 1)
	match(line, /[ \t\r]*$/)
	rest = substr(line, RSTART) rest
	match(line, /^[^=]*=[ \t]*/)
	return substr(line, 1, RLENGTH) value rest
}

function merge(    i, line, k) {
	for (i = 1; i <= nline; i++) {
		line = text[i]
		if (setting(line)) {
			k = change_of(owner, name)
			if (k > 0 && (!kept[k] || done[k]++))
				continue
			if (k > 0)
				line = replaced(line, change_value[k])
		}
		out[++nout] = line
		if (trim(line) != "" && section != "")
			last[section] = nout            # behind it, what is new is put
	}
	for (k = 1; k <= n; k++) {
		if (!kept[k] || done[k])
			continue
		line = change_name[k] "=" change_value[k]
		i = change_owner[k]
		if (i in last)
			more[last[i]] = more[last[i]] line "\n"
		else {
			if (!(i in tail))
				order[++norder] = i
			tail[i] = tail[i] line "\n"
		}
	}
}

BEGIN {
	section = ""
	if (mode == "merge")
		changes_read()
}

# some editors put a mark of UTF-8 in front of the text
NR == 1 { sub(/^\357\273\277/, "") }

mode == "list" && setting($0) { print owner "\t" name "\t" value }

mode == "merge" { text[++nline] = $0 }

END {
	if (mode == "merge") {
		merge()
		for (i = 1; i <= nout; i++)
			printf "%s\n%s", out[i], more[i]
		for (i = 1; i <= norder; i++)
			printf "%s[%s]\n%s", (nout > 0 || i > 1) ? "\n" : "", order[i],
			    tail[order[i]]
	}
}
