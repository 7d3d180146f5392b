# SPDX-License-Identifier: BSD-2-Clause
#
# viz.awk - a graph of hosts and flows in the language of graphviz; see t2viz(1).
#
# Needs table.awk, gp.awk and quote.awk.  An edge is a flow; with more than limit of them it is
# what one host sent to another in one direction.  Rows are kept as records until that is known.
#
# Variables: join: auto, always or never; limit: see above; top: how many edges at most, 0: all.
# Environment: T2_BETWEEN, T2_LABEL, T2_WEIGHT: names of columns, of which those in T2_ASKED must be
# there.

BEGIN {
	FS = "\t"
	OFMT = CONVFMT = "%.15g"
	asked = ENVIRON["T2_ASKED"]
	weight = ENVIRON["T2_WEIGHT"]
	split(ENVIRON["T2_BETWEEN"], Between, ",")
	Labels = split(ENVIRON["T2_LABEL"], Label, ",")
	Joined = join == "always"
}

is_names() {
	next
}

no_hosts() {
	left++
	next
}

{
	flows++
	if (Joined)
		add(record())
	else
		Record[flows] = record()
	if (!Joined && join == "auto" && flows > limit) {
		Joined = 1
		add_kept()
	}
}

END {
	if (_t2dead)
		exit _t2dead
	if (!_t2named)
		fail("no row of column names")
	if (!Joined)
		add_kept()
	choose()
	tell()
	print_graph()
}

function columns(   i, k, n, part, must) {
	Src = column_need(Between[1])
	Dst = column_need(Between[2])
	Stat = column("flowStat")
	Dir = column("dir")
	By = index(asked, "," weight ",") ? column_need(weight) : column(weight)
	Values = 0
	for (i = 1; i <= Labels; i++) {
		n = Parts[i] = split(Label[i], part, "-")
		for (k = 1; k <= n; k++) {
			must = index(asked, "," Label[i] ",") && part[k] != "dirBit"
			Name[++Values] = part[k]
			At[Values] = must ? column_need(part[k]) : column(part[k])
		}
	}
	for (i = 1; i <= 2; i++) {
		Country[i] = column((i == 1 ? "src" : "dst") "IPCC")
		Owner[i] = column((i == 1 ? "src" : "dst") "IPWho")
	}
	Hosts = Between[1] ~ /IP$/ && Between[2] ~ /IP$/
}

# Bits 14 and 15 of flowStat: IPv4, IPv6.  A flow of layer 2 has no addresses.
function no_hosts() {
	return $Src == "" || $Dst == "" || Hosts && Stat && $Stat ~ /^0x/ && \
	    $Stat !~ /[4-9A-Fa-f]...$/
}

# Bit 0 of flowStat: the flow answers another one.
function answers() {
	return (Stat ? $Stat ~ /[13579bBdDfF]$/ : Dir ? $Dir == "B" : 0) + 0
}

# What add() needs of a row.
function record(   i, r) {
	r = $Src "\t" $Dst "\t" answers() "\t" cell(By)
	for (i = 1; i <= 2; i++)
		r = r "\t" (Hosts ? cell(Country[i]) "\t" cell(Owner[i]) : "\t")
	for (i = 1; i <= Values; i++)
		r = r "\t" (Name[i] == "dirBit" ? answers() : cell(At[i]))
	return r
}

function add_kept(   i) {
	for (i = 1; i <= flows; i++) {
		add(Record[i])
		delete Record[i]
	}
}

function add(row,   f, e, i) {
	split(row, f, "\t")
	host(f[1], f[5], f[6])
	host(f[2], f[7], f[8])
	if (!Joined)
		e = ++Edges
	else {
		if (!((f[1], f[2], f[3]) in Pair))
			Pair[f[1], f[2], f[3]] = ++Edges
		e = Pair[f[1], f[2], f[3]]
	}
	From[e] = f[1]
	To[e] = f[2]
	Answer[e] = f[3]
	Weight[e] += By ? heavy(f[4]) : Joined
	for (i = 1; i <= Values; i++)
		Value[e, i] = Count[e] ? both(Name[i], Value[e, i], f[8 + i]) : f[8 + i]
	Count[e]++
}

# What is no number weighs nothing, and nothing weighs infinitely much.
function heavy(v) {
	if (v !~ /^[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?$/)
		return 0
	return v + 0 > 1e18 ? 1e18 : v + 0
}

function host(name, country, owner) {
	if (name in Host)
		return
	gsub(/^"|"$/, "", owner)
	if (owner == "--")
		owner = ""
	Host[name] = country
	Text[name] = shorten(name, 45) \
	    (owner == "" ? "" : "\n" shorten(owner, 40)) \
	    (country == "" || country == "--" ? "" : "\n" shorten(country, 40))
}

# The values of a column in two flows joined: masks and counts add up, others have to be the same.
function both(name, a, b) {
	if (name ~ /^num/ || name == weight)
		return a + b
	if (a == b)
		return a
	if (length(a) == length(b) && (a b) ~ /^0x[0-9A-Fa-f]+0x[0-9A-Fa-f]+$/)
		return mask_or(a, b)
	return "*"
}

function mask_or(a, b,   i, k, x, y, d, r) {
	for (i = 3; i <= length(a); i++) {
		x = index("0123456789abcdef", tolower(substr(a, i, 1))) - 1
		y = index("0123456789abcdef", tolower(substr(b, i, 1))) - 1
		d = 0
		for (k = 8; k >= 1; k /= 2) {
			if (x >= k || y >= k)
				d += k
			x %= k
			y %= k
		}
		r = r substr("0123456789abcdef", d + 1, 1)
	}
	return "0x" r
}

# Which edges are drawn: those with the largest weight, of equal ones the first.  Joined ones count
# with what goes the other way, so that what is drawn are conversations.
function choose(   e, n, back) {
	for (e = 1; e <= Edges; e++) {
		Order[e] = e
		Most = Weight[e] > Most ? Weight[e] : Most
		back = To[e] SUBSEP From[e] SUBSEP 1 - Answer[e]
		Rank[e] = Weight[e] + (Joined && back in Pair ? Weight[Pair[back]] : 0)
	}
	Drawn = top > 0 && top < Edges ? top + 0 : Edges
	sort_edges(1, Edges)
	for (n = 1; n <= Drawn; n++)
		Keep[Order[n]] = 1
}

function sort_edges(from, to,   i, k, pivot, t) {
	while (from < to) {
		pivot = Order[int((from + to) / 2)]
		i = from
		k = to
		while (i <= k) {
			while (before(Order[i], pivot))
				i++
			while (before(pivot, Order[k]))
				k--
			if (i <= k) {
				t = Order[i]
				Order[i++] = Order[k]
				Order[k--] = t
			}
		}
		sort_edges(from, k)
		from = i
	}
}

function before(a, b) {
	return Rank[a] != Rank[b] ? Rank[a] > Rank[b] : a < b
}

# What people have to know to read the graph: on stderr, and as its caption.
function tell(   s) {
	if (Joined && join == "auto")
		note(flows " flows, more than " limit ": joined to " Edges \
		    " (one for each pair of hosts and direction; -A: do not)")
	if (Drawn < Edges)
		note("drawn are the " Drawn " of " Edges (Joined ? " joined" : "") \
		    " flows with the " heaviest() " (-N 0: all)")
	if (left)
		note(left (left == 1 ? " flow without addresses is" : \
		    " flows without addresses are") " left out")
	s = flows + 0 " flows" (Joined ? ", joined to " Edges : "")
	if (Drawn < Edges)
		s = s ", drawn: the " Drawn " with the " heaviest()
	Caption = shorten(input_name(), 60) ": " s "\n" \
	    "green, solid: requests; red, dashed: answers" \
	    (Most ? "; width: " (By ? weight : "number of flows") ", widest " Most : "") "\n" \
	    label_names()
}

function heaviest() {
	return (By ? "largest " weight : "most flows") (Joined ? " of both directions" : "")
}

function note(message) {
	print _t2tool ": " message | "cat 1>&2"
}

function label_names(   i, s) {
	s = ENVIRON["T2_LABEL"]
	gsub(/,/, "_", s)
	return "labels: " s (Joined ? "; *: various" : "")
}

function print_graph(   e) {
	print "digraph net {"
	print "\tgraph [rankdir=LR, ranksep=1.2, nodesep=0.25, bgcolor=white,"
	print "\t    fontname=\"Helvetica\", fontsize=12, labelloc=b, labeljust=l,"
	print "\t    label=" quote_dot(Caption) "]"
	print "\tnode [fontname=\"Helvetica\", fontsize=11, style=filled, fillcolor=\"#f4f4f4\"]"
	print "\tedge [fontname=\"Helvetica\", fontsize=9]"
	for (e = 1; e <= Edges; e++)
		if (e in Keep)
			print_edge(e)
	print "}"
}

function print_host(name) {
	if (name in Printed)
		return
	Printed[name] = 1
	# two digits in place of a country: a special-purpose network, such as a private one
	print "\t" quote_dot(name) " [label=" quote_dot(Text[name]) \
	    (Host[name] ~ /^[0-9][0-9]$/ ? ", shape=box" : "") "]"
}

# An answer is an edge from its receiver with the arrow at that end: so dot puts those who ask to
# the left and answers beside their requests.
function print_edge(e,   colour, wide, ends) {
	print_host(From[e])
	print_host(To[e])
	colour = Answer[e] ? "#c8201a" : "#00795a"
	# the cube root tells 1 kB from 1 MB, and still shows who sent most
	wide = 1 + (Most ? 5 * cube_root(Weight[e] / Most) : 0)
	ends = Answer[e] ? quote_dot(To[e]) " -> " quote_dot(From[e]) : \
	    quote_dot(From[e]) " -> " quote_dot(To[e])
	# an empty line keeps the label off a wide edge
	print "\t" ends " [label=" quote_dot(edge_text(e) (wide > 1.5 ? "\n " : "")) ","
	printf "\t    color=\"%s\", fontcolor=\"%s\", style=%s, penwidth=%.6g, arrowsize=%.6g, " \
	    "weight=%d]\n", colour, colour, Answer[e] ? "dashed, dir=back" : "solid", wide, \
	    0.5 + wide / 12, digits(Weight[e])
}

# Of a number from 0 to 1, by Newton's method: not every awk has exponents and logarithms.
function cube_root(x,   r, i) {
	r = x > 0
	for (i = 0; i < 60 && r > 0; i++)
		r -= (r - x / (r * r)) / 3
	return r
}

# How many digits the whole part of a number has.
function digits(x,   n) {
	for (n = 1; x >= 10; n++)
		x /= 10
	return n
}

function edge_text(e,   i, k, v, n, s, cells) {
	for (i = 1; i <= Labels; i++) {
		cells = ""
		for (k = 1; k <= Parts[i]; k++)
			if (At[++v] || Name[v] == "dirBit")
				cells = cells (cells == "" ? "" : "-") shorten(Value[e, v], 40)
		if (cells != "")
			s = s (n++ ? "_" : "") cells
	}
	return s (Count[e] > 1 ? "\n" Count[e] " flows" : "")
}
