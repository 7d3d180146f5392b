# SPDX-License-Identifier: BSD-2-Clause
#
# tcol.awk - aligns columns; see tcol(1).  Needs width.awk.
#
# Files are read twice (pass 1 and 2), so that their size does not matter; stdin is kept in memory
# (pass 0), or, with stream, printed at once in columns that grow.  On a terminal of tall rows with
# broad columns what does not fit is given to the pager; tall is 0 elsewhere.

BEGIN {
	FS = separator(ENVIRON["T2_SEP"])
	Type["hex"] = "35"
	Type["address"] = "36"
	Type["mac"] = "34"
	Type["time"] = "32"
	Type["text"] = "33"
	gawk = "version" in PROCINFO            # it shall not complain of a pager that was left
	PROCINFO[pager, "NONFATAL"] = 1
}

stream {
	measure()
	if (NR == 1 || NF > last)
		last = NF
	show()
	fflush()
	next
}

pass < 2 {
	measure()
	if (NF > last)
		last = NF
	if (pass == 0)
		row[++rows] = $0
	next
}

{
	show()
}

END {
	if (pass == 0 && !stream && !(gawk && ERRNO != ""))
		for (r = 1; r <= rows; r++) {
			$0 = row[r]
			show()
		}
	if (paging)
		close(pager)
	for (r = 1; r <= held && !paging; r++)
		print hold[r]
}

# FS for what the user wrote: just these signs, but for \t.  Awk takes one sign as it is, a blank
# for all white space, and more than one for a regular expression.
function separator(s,   i, c, r) {
	if (s == "\\t")
		return "\t"
	if (length(s) == 1 && s !~ /[ \\]/)
		return s
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		r = r (c == "\\" || c == "^" ? "\\" c : "[" c "]")
	}
	return r
}

# Widens the columns as far as the record needs.
function measure(   i, n, plain) {
	plain = $0 !~ /[^ -~\t]/
	for (i = 1; i <= NF; i++) {
		n = plain ? length($i) : width($i)
		if (n > wide[i])
			wide[i] = n
		if (colour && !(i in kind) && $i != "" && NR > 1)
			kind[i] = type_of($i)
	}
}

function show(   i, s, plain, cell, n) {
	if ($0 == "") {
		put("")
		return
	}
	plain = $0 !~ /[^ -~\t]/
	for (i = 1; i < last; i++) {
		cell = i <= NF ? $i : ""
		n = plain ? length(cell) : width(cell)
		s = s (colour ? paint(i, cell) : cell) blanks(wide[i] - n + 2)
	}
	cell = last <= NF ? $last : ""
	put(s (colour ? paint(last, cell) : cell))
	shown = 1
}

# Rows are held back until it is clear that they need the pager, or that they do not.
function put(s,   r) {
	if (!tall || paging) {
		if (!paging)
			print s
		else {
			print s | pager
			if (gawk && ERRNO != "")
				exit
		}
		return
	}
	hold[++held] = s
	if (held < tall && width(s) <= broad)
		return
	paging = 1
	for (r = 1; r <= held; r++)
		print hold[r] | pager
}

# The header is bold, the other cells have a colour for each type of column.
function paint(i, cell) {
	if (cell == "" || shown && Type[kind[i]] == "")
		return cell
	return "\033[" (shown ? Type[kind[i]] : "1") "m" cell "\033[0m"
}

function type_of(v) {
	if (v ~ /^0x[0-9a-f]/)
		return "hex"
	if (v ~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/ || v ~ /::/ || v ~ /^[0-9a-f]+(:[0-9a-f]+)+$/ &&
	    gsub(/:/, ":", v) == 7)
		return "address"
	if (v ~ /^[0-9a-f][0-9a-f]:[0-9a-f][0-9a-f]:/)
		return "mac"
	if (v ~ /^[0-9]+\.[0-9][0-9][0-9][0-9][0-9][0-9]/ ||
	    v ~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-/)
		return "time"
	return v ~ /^[-0-9.eE;_]+$/ ? "number" : "text"
}
