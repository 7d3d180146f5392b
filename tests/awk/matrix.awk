# SPDX-License-Identifier: BSD-2-Clause
#
# matrix.awk - makes programs for tawk of cases: of examples (function, expression, value) with
# kind=examples, of records.txt (function, file, expression, values) with kind=records.  A program
# prints what is not as wanted, and at last how many cases it has tried.

# A string constant.
function text(s,   i, c, r) {
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		r = r (c == "\"" || c == "\\" ? "\\" : "") c
	}
	return "\"" r "\""
}

BEGIN { FS = "\t" }

kind == "examples" {
	print "function t" NR "(g) { g = (" $2 ") \"\"; if (g != " text($3) ") print " \
	    text($1 ": " $2 " is ") " g }"
	calls = calls "t" NR "(); "
}

kind == "records" && $0 !~ /^#/ && $2 == file {
	print "function t" ++n "() { return (" $3 ") \"\" }"
	calls = calls "r[" n "] = r[" n "] sep t" n "(); "
	checks = checks "if (r[" n "] != " text($4) ") print " text($1 ": " $3 " is ") " r[" n "]\n"
}

END {
	if (kind == "examples")
		print "BEGIN { " calls "print " NR + 0 " }"
	else
		print "{ " calls "sep = \"|\" }\nEND {\n" checks "print " n + 0 "\n}"
}
