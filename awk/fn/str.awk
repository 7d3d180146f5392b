# SPDX-License-Identifier: BSD-2-Clause
#
# str.awk - Strings: comparing, searching, trimming, quoting.
#
# The comparing functions take off the quotes that surround a value, and are true on the header
# row.  An i at the end of a name, or a true last argument, ignores case.

#: streq(a, b[, ignorecase])
#  Are the texts equal?
#  > streq("\"x\"", "x") -> 1
#  > streq("x", "X") -> 0
#  > streq("x", "X", 1) -> 1
function streq(a, b, ignorecase) {
	return _H || _fold(a, ignorecase) == _fold(b, ignorecase)
}

#: strneq(a, b[, ignorecase])
#  Are the texts different?  False on the header row.
#  > strneq("x", "y") -> 1
#  > strneq("\"x\"", "x") -> 0
#  > strneq("x", "X", 1) -> 0
function strneq(a, b, ignorecase) {
	return !_H && _fold(a, ignorecase) != _fold(b, ignorecase)
}

#: streqi(a, b)
#  > streqi("Ab", "aB") -> 1
#  > streqi("a", "b") -> 0
#  > streqi("", "\"\"") -> 1
function streqi(a, b) {
	return _H || _fold(a, 1) == _fold(b, 1)
}

#: strneqi(a, b)
#  > strneqi("Ab", "aB") -> 0
#  > strneqi("a", "b") -> 1
#  > strneqi("", "\"\"") -> 0
function strneqi(a, b) {
	return !_H && _fold(a, 1) != _fold(b, 1)
}

#: hasprefix(value, text[, ignorecase])
#  Does value begin with text?
#  > hasprefix("\"AT&T Corp.\"", "AT&T") -> 1
#  > hasprefix("abc", "b") -> 0
#  > hasprefix("abc", "") -> 1
function hasprefix(value, text, ignorecase) {
	text = ignorecase ? tolower(text) : text ""
	return _H || substr(_fold(value, ignorecase), 1, length(text)) == text
}

#: hasprefixi(value, text)
#  > hasprefixi("Abc", "aB") -> 1
#  > hasprefixi("abc", "b") -> 0
#  > hasprefixi("", "a") -> 0
function hasprefixi(value, text) {
	return _H || substr(_fold(value, 1), 1, length(text)) == tolower(text)
}

#: hassuffix(value, text[, ignorecase])
#  Does value end with text?
#  > hassuffix("\"x.org\"", ".org") -> 1
#  > hassuffix("abc", "ab") -> 0
#  > hassuffix("c", "abc") -> 0
function hassuffix(value, text, ignorecase) {
	return _H || _suffix(_fold(value, ignorecase), ignorecase ? tolower(text) : text "")
}

#: hassuffixi(value, text)
#  > hassuffixi("abC", "Bc") -> 1
#  > hassuffixi("abc", "b") -> 0
#  > hassuffixi("abc", "") -> 1
function hassuffixi(value, text) {
	return _H || _suffix(_fold(value, 1), tolower(text))
}

#: contains(value, text[, ignorecase])
#  Where text is in value: 1 at its begin, 0 nowhere.
#  > contains("abc", "c") -> 3
#  > contains("abc", "C") -> 0
#  > contains("abc", "C", 1) -> 3
function contains(value, text, ignorecase) {
	return _H ? 1 : index(_fold(value, ignorecase), ignorecase ? tolower(text) : text)
}

#: containsi(value, text)
#  > containsi("ABC", "bc") -> 2
#  > containsi("ABC", "x") -> 0
#  > containsi("\"A\"", "a") -> 1
function containsi(value, text) {
	return _H ? 1 : index(_fold(value, 1), tolower(text))
}

#: valcontains(value, separator, item[, ignorecase])
#  Is item one of the parts of value?
#  > valcontains("a,b", ",", "b") -> 1
#  > valcontains("ab,b", ",", "a") -> 0
#  > valcontains("", ",", "a") -> 0
function valcontains(value, separator, item, ignorecase) {
	return _H || _item(value, separator, item, ignorecase)
}

#: valcontainsi(value, separator, item)
#  > valcontainsi("a,B", ",", "b") -> 1
#  > valcontainsi("a", ",", "b") -> 0
#  > valcontainsi("A::b", "::", "a") -> 1
function valcontainsi(value, separator, item) {
	return _H || _item(value, separator, item, 1)
}

#: cvalcontains(value, item[, ignorecase])
#  The same for compound columns, with _ between the parts.
#  > cvalcontains("3_13", "13") -> 1
#  > cvalcontains("3_13", "1") -> 0
#  > cvalcontains("", "1") -> 0
function cvalcontains(value, item, ignorecase) {
	return _H || _item(value, "_", item, ignorecase)
}

#: cvalcontainsi(value, item)
#  > cvalcontainsi("a_B", "b") -> 1
#  > cvalcontainsi("a_B", "c") -> 0
#  > cvalcontainsi("A", "a") -> 1
function cvalcontainsi(value, item) {
	return _H || _item(value, "_", item, 1)
}

#: rvalcontains(value, item[, ignorecase])
#  The same for repeated columns, with ; between the parts.
#  > rvalcontains("100;77", "77") -> 1
#  > rvalcontains("100;77", "7") -> 0
#  > rvalcontains("\"a\";\"b\"", "b") -> 1
function rvalcontains(value, item, ignorecase) {
	return _H || _item(value, ";", item, ignorecase)
}

#: rvalcontainsi(value, item)
#  > rvalcontainsi("a;B", "b") -> 1
#  > rvalcontainsi("a;B", "c") -> 0
#  > rvalcontainsi("", "b") -> 0
function rvalcontainsi(value, item) {
	return _H || _item(value, ";", item, 1)
}

#: strisempty(value)
#  Is it empty, or nothing in quotes?
#  > strisempty("\"\"") -> 1
#  > strisempty("0") -> 0
#  > strisempty(" ") -> 0
function strisempty(value) {
	return _H || (value "") == "" || (value "") == "\"\""
}

#: chomp(text)
#  The text without white space at both ends; strip() is the same.
#  > chomp(" a b\t") -> a b
#  > chomp("x") -> x
#  > chomp("  ") -> (empty)
function chomp(text) {
	gsub(/^[ \t\r\n\f\v]+|[ \t\r\n\f\v]+$/, "", text)
	return text
}

#: strip(text)
#  > strip("  a ") -> a
#  > strip("a") -> a
#  > strip("") -> (empty)
function strip(text) {
	gsub(/^[ \t\r\n\f\v]+|[ \t\r\n\f\v]+$/, "", text)
	return text
}

#: lstrip(text)
#  The text without white space at its begin.
#  > "[" lstrip("  a ") "]" -> [a ]
#  > lstrip("a") -> a
#  > lstrip("") -> (empty)
function lstrip(text) {
	sub(/^[ \t\r\n\f\v]+/, "", text)
	return text
}

#: rstrip(text)
#  The text without white space at its end.
#  > "[" rstrip("  a ") "]" -> [  a]
#  > rstrip("a") -> a
#  > rstrip("") -> (empty)
function rstrip(text) {
	sub(/[ \t\r\n\f\v]+$/, "", text)
	return text
}

#: unquote(text)
#  The text without the quotes around it, and with \" inside as ".
#  > unquote("\"a\"") -> a
#  > unquote("\"a\\\"b\"") -> a"b
#  > unquote("a\"") -> a"
#  > unquote("\"") -> "
function unquote(text) {
	if (text !~ /^".*"$/ || length(text) < 2)
		return text
	text = substr(text, 2, length(text) - 2)
	gsub(/\\"/, "\"", text)
	return text
}

#: quote(text)
#  The text in quotes, with \" for those inside.
#  > quote("a\"b") -> "a\"b"
#  > quote("") -> ""
#  > quote(1) -> "1"
function quote(text) {
	gsub(/"/, "\\\"", text)
	return "\"" text "\""
}

#: join(array, separator)
#  The elements 1, 2, 3 ... of an array in one text.
#  > (split("a b c", J, " ") ? join(J, "+") : "") -> a+b+c
#  > (split("a", J, " ") ? join(J, "+") : "") -> a
#  > (split("", J, " ") ? "" : join(J, "+")) -> (empty)
function join(array, separator,   i, r) {
	for (i = 1; i in array; i++)
		r = r (i > 1 ? separator : "") array[i]
	return r
}

#: texscape(text)
#  The text as LaTeX shows it.
#  > texscape("a_b & 5%") -> a\_b \& 5\%
#  > texscape("\\~^") -> \textbackslash{}\textasciitilde{}\textasciicircum{}
#  > texscape("") -> (empty)
function texscape(text,   i, c, r) {
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		r = r (c ~ /[{}$&#_%]/ ? "\\" c : c == "\\" ? "\\textbackslash{}" : \
		    c == "~" ? "\\textasciitilde{}" : c == "^" ? "\\textasciicircum{}" : c)
	}
	return r
}

#: printerr(text)
#  Prints the text on standard error, in red on a terminal.
function printerr(text) {
	fflush()
	print (_t2colour ? "\033[0;31m" text "\033[0m" : text) | "cat 1>&2"
	close("cat 1>&2")
}

#: printbold(text[, nonewline])
#  Prints the text in bold on a terminal.
function printbold(text, nonewline) {
	_print_in("1", text, nonewline)
}

#: printinf(text[, nonewline])
#  Prints the text in blue on a terminal.
function printinf(text, nonewline) {
	_print_in("0;34", text, nonewline)
}

#: printok(text[, nonewline])
#  Prints the text in green on a terminal.
function printok(text, nonewline) {
	_print_in("0;32", text, nonewline)
}

#: printwrn(text[, nonewline])
#  Prints the text in orange on a terminal.
function printwrn(text, nonewline) {
	_print_in("0;33", text, nonewline)
}

function _print_in(colour, text, nonewline) {
	printf "%s%s", _t2colour ? "\033[" colour "m" text "\033[0m" : text, nonewline ? "" : "\n"
}

# The text without the quotes around it, in lower case if case is ignored.
function _fold(text, ignorecase) {
	if (text ~ /^".*"$/ && length(text) > 1)
		text = substr(text, 2, length(text) - 2)
	return ignorecase ? tolower(text) : text ""
}

function _suffix(text, end) {
	return length(end) <= length(text) && substr(text, length(text) - length(end) + 1) == end
}

function _item(value, separator, item, ignorecase,   k) {
	item = _fold(item, ignorecase)
	value = value separator
	while ((k = index(value, separator)) > 0 && separator != "") {
		if (_fold(substr(value, 1, k - 1), ignorecase) == item)
			return 1
		value = substr(value, k + length(separator))
	}
	return 0
}
