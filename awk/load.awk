# SPDX-License-Identifier: BSD-2-Clause
#
# load.awk - links a program of tawk's user with the library functions that it calls.
#
# Reads the program from the environment (T2_PROG, or the files of T2_FILES), the library from
# the files of the command line, and prints a program for any awk.  Words: lex.awk.
# Exit status: 0 linked, 2 the program is wrong, 3 and 4 another awk has to be taken (see judge).
# Surprise: what comes before the program is one line, so that awk's messages tell right lines.

BEGIN {
	program = ENVIRON["T2_FILES"] == "" ? ENVIRON["T2_PROG"] : slurp(ENVIRON["T2_FILES"])
	n = split("and or xor compl lshift rshift strtonum", w, " ")
	for (i = 1; i <= n; i++)
		Gnu[w[i]]                               # functions of gawk that the library has
	n = split("NR NF FNR FS OFS RS ORS FILENAME RSTART RLENGTH SUBSEP ENVIRON ARGC ARGV " \
	    "CONVFMT OFMT COL PROCINFO IGNORECASE RT FIELDWIDTHS FPAT ERRNO ARGIND", w, " ")
	for (i = 1; i <= n; i++)
		Special[w[i]]
	lex(program)
	pair()
	survey()
	judge()
	rewrite()
	if (!calls)
		for (i = 1; i < ARGC; i++)
			if (ARGV[i] !~ /(core|near)\.awk$/)
				ARGV[i] = ""
}

# The library: one chunk of text for each function.
/^function / {
	fn = $2
	sub(/\(.*/, "", fn)
	Chunk[fn] = ""
	base = FILENAME
	sub(/.*\//, "", base)
	sub(/\.awk$/, "", base)
	File[fn] = base
}
fn != "" {
	if ($0 !~ /^[ \t]*#/)
		Chunk[fn] = Chunk[fn] $0 "\n"
	if ($0 == "}")
		fn = ""
}

END {
	if (status)
		exit status
	choose()
	print_head()
	for (i = 1; i <= Words; i++)
		printf "%s", Text[i]
	print ""
	if (ENVIRON["T2_FLUSH"] && reads)
		print "{ fflush() }"
	print_made()
	for (i = 1; i <= needed; i++)
		printf "%s", Chunk[Need[i]]
}

function slurp(files,   f, n, i, line, all, got) {
	n = split(files, f, "\n")
	for (i = 1; i <= n; i++) {
		while ((got = (getline line < f[i])) > 0)
			all = all line "\n"
		if (got < 0)
			fail(f[i] ": cannot be read")
		close(f[i])
	}
	return all
}

function fail(message) {
	print "tawk: " message | "cat 1>&2"
	close("cat 1>&2")
	status = 2
	exit 2
}

# Prev[i] and Next[i]: the neighbours of word i, without blanks and, forwards, line ends.
function pair(   i, last) {
	for (i = 1; i <= Words; i++) {
		Prev[i] = last
		if (Kind[i] != "blank")
			last = i
	}
	last = 0
	for (i = Words; i > 0; i--) {
		Next[i] = last
		if (Kind[i] != "blank" && Kind[i] != "nl")
			last = i
	}
}

# One walk over the words: what each name is used for, and inside which call each word stands.
function survey(   i, t, open, depth, skip) {
	for (i = 1; i <= Words; i++) {
		t = Text[i]
		In[i] = open > 0 ? Call[open] : ""
		Arg[i] = open > 0 ? Args[open] : 0
		if (Kind[i] == "blank" || Kind[i] == "nl")
			continue
		if (!depth && !skip && t !~ /^[;}]$/) {
			skip = t ~ /^(BEGIN|function|func)$/
			if (!skip)
				reads = 1
		}
		if (t == "(") {
			Call[++open] = Kind[Prev[i]] == "call" ? Text[Prev[i]] : ""
			Args[open] = 1
		} else if (t == ")" && open > 0)
			open--
		else if (t == "," && open > 0)
			Args[open]++
		else if (t == "{")
			depth++
		else if (t == "}" && --depth == 0)
			skip = 0
		else if (t ~ /^func(tion)?$/ && Kind[i] == "key")
			survey_def(Next[i])
		else if (Kind[i] == "call") {
			Called[t]
			calls += !(t in Def) && !(t in Builtin)
		} else if (Kind[i] == "name")
			survey_name(i, t)
	}
}

function survey_def(i) {
	Def[Text[i]]
	Kind[i] = "def"
	for (i = Next[i]; i && Text[i] != ")"; i = Next[i])
		if (Kind[i] == "name")
			Set[Text[i]]
}

function survey_name(i, t,   before, behind) {
	before = Text[Prev[i]]
	behind = Text[Next[i]]
	if (!(t in Seen)) {
		Seen[t]
		Names[++names] = t
	}
	if (behind == "[" || (before == "in" || before == "delete") && Kind[Prev[i]] == "key" ||
	    In[i] ~ /^(split|asorti?)$/ && Arg[i] == 2 || In[i] == "join" && Arg[i] == 1)
		Array[t]
	else if (before == "$") {
		Dollar[t]
		return
	}
	Bare[t]
	if (behind ~ /^([-+*\/%^]?=|\*\*=|\+\+|--|in)$/ || before ~ /^(\+\+|--|getline)$/ ||
	    In[i] ~ /^g?sub$/ && Arg[i] == 3)
		Set[t]
	if (!whole_arg(i) || !(In[i] in Def))
		Plain[t]                                # not just handed to an own function
}

function whole_arg(i) {
	return Text[Prev[i]] ~ /^[(,]$/ && Text[Next[i]] ~ /^[,)]$/
}

# Can this awk run the program?  3: printf's %d is too narrow here, 4: only gawk can.
function judge(   i) {
	for (i = 1; i <= Words; i++) {
		if (Kind[i] == "string" && Text[i] ~ /%[-+ #0-9.*]*[diouxX]/ &&
		    sprintf("%d", 2147483648) != "2147483648" && !ENVIRON["T2_LAST"])
			status = 3
		if (Text[i] ~ /^(gensub|asort|asorti|patsplit|isarray|typeof)$/ && \
		    Kind[i] == "call" || Text[i] ~ /^(\|&|@|BEGINFILE|ENDFILE|switch)$/ && \
		    Kind[i] ~ /^(op|key)$/)
			status = ENVIRON["T2_GAWK"] ? 0 : 4
		if (status)
			exit status
	}
}

# Hex numbers become what all awks understand, gawk's bit functions the library's, own functions
# get a prefix, and $name of a column is looked up where it is also an array or a function.
function rewrite(   i, t) {
	for (i = 1; i <= Words; i++) {
		t = Text[i]
		if (Kind[i] == "hex")
			Text[i] = hex(i, t)
		else if (Kind[i] == "number" && t ~ /^[0-9.]+$/ && length(t) > 15 && handed(i))
			Text[i] = "\"" t "\""
		else if ((Kind[i] == "call" || Kind[i] == "def") && t in Def)
			Text[i] = "_f_" t               # no variable of the library has it
		else if (Kind[i] == "call" && t in Gnu)
			Text[i] = "_" t
		else if (Kind[i] == "name" && Text[Prev[i]] == "$" && Text[Next[i]] != "[" &&
		    (t in Array || t in Def || t in Gnu || t in Builtin && t != "length" ||
		    t in Called))
			Text[i] = "COL[\"" t "\"]"
	}
}

# Is the word an argument of a function that is not awk's own?
function handed(i) {
	return whole_arg(i) && In[i] != "" && !(In[i] in Builtin)
}

function hex(i, t,   p, q, v, k) {
	p = Prev[i]
	q = Next[i]
	if (handed(i) || compares(p) && Text[Prev[Prev[p]]] == "$" ||
	    compares(q) && Text[Next[q]] == "$")
		return "\"" tolower(t) "\""
	sub(/^0[xX]0*/, "", t)
	if (length(t) > 12) {
		calls++
		Extra["_strtonum"]
		return "_strtonum(\"0x" t "\")"
	}
	for (k = 1; k <= length(t); k++)
		v = v * 16 + index("0123456789abcdef", tolower(substr(t, k, 1))) - 1
	return sprintf("%.0f", v)
}

function compares(i) {
	return Text[i] == "==" || Text[i] == "!="
}

# Need[1..needed]: the library functions that the program calls, and those that they call.
function choose(   i, f) {
	n = split("_begin _hdr _names _known _missing _early _die", w, " ")
	for (i = 1; i <= n; i++)
		need(w[i])
	for (f in Extra)
		need(f)
	for (i = 1; i <= Words; i++)
		if (Kind[i] == "call" && !(Text[i] in Builtin) && Text[i] !~ /^_f_/)
			choose_call(Text[i])
	for (i = 1; i <= needed; i++)
		need_calls(Chunk[Need[i]])
	uses = "_col" in Needed
	for (i = 1; i <= names; i++)
		uses = uses || Names[i] in Dollar && !(Names[i] in Set)
}

function choose_call(name,   f, all) {
	if (name in Chunk)
		need(name)
	if (name in Chunk || ENVIRON["T2_INCLUDE"] != "")
		return
	for (f in Chunk)
		if (f !~ /^_/)
			all = all " " f
	for (f in Def)
		all = all " " f
	f = _near(name, all)
	fail(name "(): no such function" (f == "" ? "" : " (did you mean " f "()?)"))
}

# A file's function _end_FILE comes along, and is called at the end of the input.
function need(name,   last) {
	if (name in Needed)
		return
	Needed[name]
	Need[++needed] = name
	last = "_end_" File[name]
	if (last in Chunk && !(last in Needed)) {
		need(last)
		ends = ends " " last "();"
	}
}

function need_calls(s,   name) {
	while (match(s, /[A-Za-z_][A-Za-z_0-9]*\(/)) {
		name = substr(s, RSTART, RLENGTH - 1)
		if (name in Chunk)
			need(name)
		s = substr(s, RSTART + RLENGTH)
	}
}

function print_head(   pattern) {
	pattern = header_test("$0", "NR")
	if (ENVIRON["T2_TTY"] && reads)
		fail("an input file is required (see tawk -h)")
	printf "BEGIN { _t2need = %d; _begin() } ", uses
	if (!reads)
		return
	printf "END { if (_t2dead) exit _t2dead;%s } ", ends
	if (ENVIRON["T2_ZEEK"])
		printf "/^#fields\t/ { $0 = \"%%\" substr($0, 9) } /^#/ { next } "
	printf "_H { _H = 0 } %s { _hdr()%s } ", pattern, ENVIRON["T2_NOHDR"] ? "; next" : ""
	printf "_t2cr { sub(/\\r$/, \"\") } "     # the header row had one, too
	if (uses)
		printf "!_t2seen { _early(); next } "
	if (ENVIRON["T2_FLUSH"])
		printf "{ fflush() } "
}

# The test for the header row, as awk text.
function header_test(row, number,   mark) {
	mark = ENVIRON["T2_MARK"]
	if (ENVIRON["T2_ROW"] > 0)
		return number " == " ENVIRON["T2_ROW"] + 0
	if (mark == "")
		return number " == 1"
	gsub(/[][\\.*+?(){}|^$\/]/, "\\\\&", mark)
	return (row == "$0" ? "" : row " ~ ") "/^" mark "[ \t]*[A-Za-z(]/"
}

# Functions that depend on the program; core.awk calls them.
function print_made(   i, t, bare) {
	print "function _is_hdr(row, number) { return " header_test("row", "number") " }"
	printf "function _set() {"
	for (i = 1; i <= names; i++) {
		t = Names[i]
		if (t in Special || t in Def || t in Gnu || t in Builtin || t in Called || given(t))
			continue
		if (t !~ /^_[^0-9]/ && !(t in Array) &&
		    (t in Dollar || t in Plain && !(t in Set))) {
			printf " if (_known(\"%s\")) %s = _t2k;", t, t
			if (t in Dollar && !(t in Set))
				printf ENVIRON["T2_NOCHECK"] ? " else %s += 0;" : \
				    " else _missing(\"%s\");", t
		} else if (t in Array && t in Dollar && !(t in Set) && !ENVIRON["T2_NOCHECK"])
			printf " if (!_known(\"%s\")) _missing(\"%s\");", t, t
		if (!(t in Set) && !(t in Array) && t in Bare)
			bare = bare " " t
	}
	print " }\nfunction _bare() { return \"" bare "\" }"
	printf "function _my() {"
	for (i = split(ENVIRON["T2_VARS"], w, "\n"); i > 0; i--)
		if (!(w[i] in Seen))
			Names[++names] = w[i]
	for (i = 1; i <= names; i++)
		if (Names[i] ~ /^_my_/)
			printf " MY[\"%s\"] = %s;", substr(Names[i], 5), Names[i]
	print " }"
}

function given(name) {
	return index("\n" ENVIRON["T2_VARS"] "\n", "\n" name "\n")
}
