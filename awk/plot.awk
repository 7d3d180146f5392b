# SPDX-License-Identifier: BSD-2-Clause
#
# plot.awk - a table as points for gnuplot (file T2_DATA) and the commands that draw them (stdout);
# see t2plot(1).  Needs gp.awk, axis.awk, plot_axis.awk, plot_bars.awk, table.awk, and of fn/
# core.awk, which knows the names of other versions, and near.awk.
#
# Options come from the environment, where no awk looks for escape sequences.  Status 1: error, told
# on stderr; 3: no rows, for the caller to tell or to wait.

BEGIN {
	FS = "\t"
	Tool = ENVIRON["T2_TOOL"]
	Mode = ENVIRON["T2_MODE"]               # plot, hist or bars
	Axis[1] = "x"
	Axis[2] = "y"
	Axis[3] = "z"
	if (ENVIRON["T2_FS"] != "")
		FS = ENVIRON["T2_FS"]
}

{
	sub(/\r$/, "")
}

NR == 1 {
	sub(/^%/, "")
	columns()
	if (!names_row())
		next
}

/^%/ || $0 == "" {                              # the header of a further file
	next
}

{
	n++
	for (a = 1; a <= Dims; a++) {
		v = $(Col[a])
		Cell[a, n] = v
		if ((k = kind_of(v)) != "")
			Count[a, k]++
	}
}

END {
	if (Failed)
		exit 1
	if (ENVIRON["T2_PARTIAL"] != "" && n > 0)
		drop_last()
	if (n == 0)
		exit 3
	for (a = 1; a <= Dims; a++)
		Kind[a] = kind_most(Count[a, "num"], Count[a, "hex"], Count[a, "addr"],
		    Count[a, "iso"], Count[a, "text"])
	head()
	if (Mode == "bars")
		bars()
	else if (Mode == "hist")
		histogram()
	else
		points()
	if (Failed)
		exit Failed
}

function stop(text) {
	note_now(text)
	Failed = 1
	exit 1
}

function note(text) {
	if (ENVIRON["T2_QUIET"] == "")
		note_now(text)
}

# Some awk opens /dev/stderr as a file, and cuts a log off.
function note_now(text) {
	print Tool ": " text | "cat 1>&2"
	close("cat 1>&2")
}

# Col[a] and Dims from -o, or from the number of columns
function columns(   want, i, a) {
	Dims = ENVIRON["T2_ORDER"] == "" ? 0 : split(ENVIRON["T2_ORDER"], want, ":")
	if (!Dims) {
		Dims = Mode == "plot" ? (NF == 3 ? 3 : 2) : 1
		for (a = 1; a <= Dims; a++)
			want[a] = a
	}
	for (i = NF; i > 0; i--)
		COL[$i] = i
	for (a = 1; a <= Dims; a++) {
		if (column(want[a]))
			Col[a] = column(want[a])
		if (!(a in Col) && want[a] ~ /^[1-9][0-9]*$/ && want[a] + 0 <= NF)
			Col[a] = want[a] + 0
		if (!(a in Col) && NF < Dims && ENVIRON["T2_ORDER"] == "")
			stop(ENVIRON["T2_INPUT"] ": a plot needs two columns separated by tabs, " \
			    "the first row has " NF)
		if (!(a in Col))
			stop("column " gp_clean(want[a]) " does not exist" near(want[a]))
	}
}

function near(name,   i, all) {
	for (i = 1; i <= NF; i++)
		all = all " " $i
	name = name ~ /^[0-9]+$/ ? "" : _near(name, all)
	return name == "" ? "" : " (did you mean " gp_clean(name) "?)"
}

# Keeps the names of the first row, which is none if all its cells are values; true if it is none.
function names_row(   a, values) {
	for (a = 1; a <= Dims; a++) {
		Name[a] = $(Col[a])
		values += kind_of(Name[a]) != "text" && Name[a] != ""
	}
	if (values < Dims)
		return 0
	for (a = 1; a <= Dims; a++)
		Name[a] = "column " Col[a]
	return 1
}

# The last row may still be half
function drop_last(   a, k) {
	for (a = 1; a <= Dims; a++)
		if ((k = kind_of(Cell[a, n])) != "")
			Count[a, k]--
	n--
}

function points(   a, r, v, line, left, low, inside, file) {
	Peaks = ENVIRON["T2_PEAKS"]
	for (a = 1; a <= Dims; a++)
		axis_prepare(a)
	file = ENVIRON["T2_DATA"]
	printf "" >file
	for (r = 1; r <= n; r++) {
		line = ""
		for (a = 1; a <= Dims; a++) {
			v = Cell[a, r]
			if (v == "" || !Rank[a] && kind_of(v) != Kind[a])
				break
			v = axis_place(a, v)
			if (Log[a] && v + 0 <= 0)
				break
			At[a] = v
			line = line (a > 1 ? "\t" : "") v
		}
		if (a <= Dims) {
			if (v != "" && Log[a] && v + 0 <= 0)
				low++
			else
				left++
			continue
		}
		if (peak(r)) {
			inside++
			for (a = 1; a <= Dims; a++)
				axis_widen(a, At[a] + 0)
		}
		print line >file
		Drawn++
	}
	close(file)
	if (left)
		note(left " of " n " rows lack a value or have one of another kind: left out")
	if (low)
		note(low " of " n " rows are 0 or less on a logarithmic axis: left out")
	if (!Drawn) {
		Failed = 3
		return
	}
	if (!inside)
		note("no point lies in the ranges of the axes")
	for (a = 1; a <= Dims; a++)
		axis_commands(a)
	draw()
}

# Remembers the highest point of each value of the last axis but one; true if it is in the picture.
function peak(r,   v, a) {
	for (a = 1; a <= Dims; a++)
		if (!axis_inside(a, At[a] + 0))
			return 0
	v = Cell[Dims - 1, r]
	if (Peaks && (!(v in Peak) || At[Dims] + 0 > Peak[v])) {
		Peak[v] = At[Dims] + 0
		Peak_at[v] = At[1] "," At[2] (Dims == 3 ? "," At[3] : "")
	}
	return 1
}

# Numbers the highest points, and names them at the right
function peaks(   i, v, top) {
	for (i = 1; i <= Peaks; i++) {
		top = ""
		for (v in Peak)
			if (top == "" || Peak[v] > Peak[top] || Peak[v] == Peak[top] && v < top)
				top = v
		if (top == "")
			return
		print "set label '" i "' at " Peak_at[top] " point pt 7 ps 0.6 lc rgb '#d55e00' " \
		    "offset 0.5,0.4 font ',' . label_size front"
		print "set label " gp_quote(sprintf("%d  %s  %.12g", i, gp_cut(gp_clean(top), 40), \
		    Peak[top])) " at screen 0.97,screen " 0.95 - i * 0.03 \
		    " right font ',' . label_size front"
		delete Peak[top]
	}
}

# Title, and what all pictures have
function head() {
	if (ENVIRON["T2_TITLE"] != "")
		print "set title " gp_quote(ENVIRON["T2_TITLE"]) " font ',' . title_size"
}

function draw(   style, colour, what) {
	style = ENVIRON["T2_STYLE"]
	colour = ENVIRON["T2_COLOUR"]
	what = ENVIRON["T2_SUB"] == "" ? "notitle" : "title " gp_quote(ENVIRON["T2_SUB"])
	if (style == "points")
		style = "points pt 7 ps 0.6"
	else
		style = style " lw " (Drawn > 2000 ? 1 : 2)
	peaks()
	if (Dims == 3) {
		print "set xyplane at " sprintf("%.10g", From[3])
		printf "set cbrange [%.10g:%.10g]\n", From[3], To[3]
		if (Log[3])
			print "set logscale cb"
		print "set view " (ENVIRON["T2_VIEW"] == "" ? "60,30" : ENVIRON["T2_VIEW"]) ",1.05"
		print "splot 'data' using 1:2:3 with " style " lc " \
		    (colour == "" ? "palette " : "rgb " gp_quote(colour) " ") what
		return
	}
	if (From[2] < 0 && To[2] > 0)
		print "set xzeroaxis lt 1 lc rgb '#444444'"
	print "plot 'data' using 1:2 with " style " lc rgb " \
	    gp_quote(colour == "" ? "#1c91c0" : colour) " " what
}
