# SPDX-License-Identifier: BSD-2-Clause
#
# waterfall.awk - a growing table as surfaces over time and addresses, as commands for gnuplot; see
# gpq3x(1).  Needs gp.awk and axis.awk.
#
# A row is a step of pairs, address and value, or, if it has three cells, time, address and value of
# a step that begins each T2_BIN seconds.  The last T2_PAST steps are kept, all else is forgotten.

BEGIN {
	FS = "\t"
	Past = ENVIRON["T2_PAST"] + 0
	Pairs = ENVIRON["T2_PAIRS"] + 0
	Bin = ENVIRON["T2_BIN"] + 0
	Sum = ENVIRON["T2_SUM"] != ""
	Every = ENVIRON["T2_EVERY"] + 0
	Hex = ENVIRON["T2_HEX"] != ""
	Once = ENVIRON["T2_ONCE"] != ""
	Low = ENVIRON["T2_IPLOW"] == "" ? 0 : ip_number(ENVIRON["T2_IPLOW"])
	High = ENVIRON["T2_IPHIGH"] == "" ? 4294967295 : ip_number(ENVIRON["T2_IPHIGH"])
	Line = ENVIRON["T2_ADDR"] == "line" ||
	    ENVIRON["T2_ADDR"] == "" && ENVIRON["T2_IPLOW"] ENVIRON["T2_IPHIGH"] != ""
	First = Last = ""
	split(ENVIRON["T2_ORDER"], Order, ":")
	for (i = 1; i <= 3; i++)
		Letter[Order[i]] = substr("xyz", i, 1)
	Log = ENVIRON["T2_LOG" Letter[3]] != ""
	Drawn_at = clock_now()
	if (ENVIRON["T2_TITLE"] != "")
		print "set title " gp_quote(ENVIRON["T2_TITLE"]) " font ',' . title_size"
}

{
	sub(/\r$/, "")
}

$0 == "" || /^%/ || NR == 1 && names() {
	next
}

NF == 3 {
	if (kind_of($1) == "num" || kind_of($1) == "iso")
		timed()
	else
		Wrong++
	next
}

NF >= 2 {
	Step = Last == "" ? 0 : Last + 1
	for (i = 1; i < NF && i < 2 * Pairs; i += 2)
		put(Step, $i, $(i + 1))
	advance(Step)
	next
}

{
	Wrong++
}

END {
	if (Wrong)
		note(Wrong " rows or pairs without an address and a number: left out")
	if (Old)
		note(Old " rows older than the steps shown: left out (option -m)")
	if (Six)
		note(Six " values of IPv6 addresses have no place on the line of IPv4: left out " \
		    "(-A rank)")
	if (Last == "" || !frame()) {
		print "1" >ENVIRON["T2_STATUS"]
		exit
	}
	finish()
}

function note(text) {
	print ENVIRON["T2_TOOL"] ": " text | "cat 1>&2"
	close("cat 1>&2")
}

function ip_number(v) {
	return axis_value(kind_of(v), v) * (kind_of(v) == "addr" ? 16777216 : 1)
}

# A first row of names?
function names(   k) {
	k = kind_of($1)
	return k == "text" || k == ""
}

# Seconds since 1970; no other clock is in every awk
function clock_now() {
	srand()
	return srand()
}

function timed(   t, step) {
	t = axis_value(kind_of($1), $1)
	step = int(t / Bin) - (t / Bin < int(t / Bin))
	if (t >= 100000000)
		Epoch = 1
	if (Last != "" && step <= Last - Past) {
		Old++
		return
	}
	Timed = 1
	put(step, $2, $3)
	if (Last == "" || step > Last)
		advance(step)
	else if (step < First)
		First = step
}

# Enters a value at a step
function put(step, ip, value,   k) {
	if (ip == "" && value == "")
		return
	k = kind_of(ip)
	if (k != "addr" && k != "num" && k != "hex" || kind_of(value) != "num") {
		Wrong++
		return
	}
	if (k != "addr")
		ip = dotted(axis_value(k, ip))
	if (Line && ip ~ /:/) {
		Six++
		return
	}
	if (!(ip in Known)) {
		Known[ip] = 1
		Number[ip] = ip ~ /:/ ? 0 : addr_value(ip) * 16777216
		Key[ip] = sort_key("addr", ip)
	}
	if ((step, ip) in Grid)
		value = Sum || Grid[step, ip] > value + 0 ? Grid[step, ip] + Sum * value : value
	Grid[step, ip] = value + 0
	Dirty = 1
}

function dotted(n) {
	return int(n / 16777216) % 256 "." int(n / 65536) % 256 "." int(n / 256) % 256 "." n % 256
}

# step is the newest: draws what was there before it, of pairs with it, and forgets what is too old.
function advance(step,   i, ip, floor) {
	if (Last != "" && Timed)
		draw_now()
	floor = step - Past + 1
	if (First == "")
		First = step
	for (i = First; i < floor && i <= Last; i++)
		for (ip in Known)
			delete Grid[i, ip]
	if (First < floor)
		First = floor
	Last = step
	if (!Timed)
		draw_now()
}

function draw_now(   now) {
	now = clock_now()
	if (Once || now - Drawn_at < Every || Last - First < 1)
		return
	frame()
	Drawn_at = clock_now()
}

# One picture; false if there is nothing in it
function frame(   n, i, j, ip, item, key, z) {
	n = choose(item, key)
	if (!n)
		return 0
	Ground = lowest(item, n)
	begin()
	axes(item, n)
	print "$data << EOD"
	for (i = 1; i <= n; i++) {
		ip = item[i]
		for (j = First; j <= Last; j++) {
			z = (j, ip) in Grid ? Grid[j, ip] : 0
			if (z < Ground)
				z = Ground
			printf "%.10g\t%.0f\t%.6f\n", (Timed ? j * Bin : j),
			    (Line ? Number[ip] : i), z
		}
		print ""
	}
	print "EOD"
	picture(n)
	fflush()
	Dirty = 0
	return 1
}

# item[]: the addresses that have highest values, sorted; of pairs all
function choose(item, key,   ip, k, p, n, m, best) {
	for (k in Grid) {
		split(k, p, SUBSEP)
		ip = p[2]
		if (!(ip in best) || Grid[k] > best[ip])
			best[ip] = Grid[k] > 0 ? Grid[k] : 0
	}
	for (ip in Known)
		if (ip in best) {
			item[++n] = ip
			key[n] = sprintf("%025.6f%s", 1e15 - best[ip], Key[ip])
		} else
			delete Known[ip]
	sort_pairs(key, item, n)
	m = n < Pairs ? n + 0 : Pairs
	for (k = 1; k <= m; k++)
		key[k] = Key[item[k]]
	sort_pairs(key, item, m)
	return m
}

# Where the ground is: what is missing lies there
function lowest(item, n,   i, j, low, z) {
	if (!Log)
		return 0.001
	for (i = 1; i <= n; i++)
		for (j = First; j <= Last; j++)
			if ((j, item[i]) in Grid) {
				z = Grid[j, item[i]]
				if (z > 0 && (low == "" || z < low))
					low = z
			}
	return low == "" ? 0.001 : low / 2
}

function begin() {
	if (ENVIRON["T2_PICTURE"] == "file")
		print "set output 'picture'"
	else if (ENVIRON["T2_PICTURE"] == "ansi" && Frames)
		print "print \"\\033[H\\033[J\""
	Frames++
}

function picture(n,   style) {
	style = ENVIRON["T2_STYLE"]
	if (style == "pm3d" && (n < 2 || Last == First))
		style = "impulses lw 2 lc palette"      # one line makes no surface
	else if (style == "points")
		style = "points pt 7 ps 0.5 lc palette"
	else if (style != "pm3d")
		style = style " lc palette"
	print "splot $data using " Order[1] ":" Order[2] ":" Order[3] " title " \
	    gp_quote(ENVIRON["T2_SUB"]) " with " style
	if (ENVIRON["T2_PICTURE"] == "file") {
		print "unset output"
		print "system('cat picture >\"$T2_OUT\" || echo no >failed')"
	}
}

function finish() {
	if (ENVIRON["T2_PICTURE"] == "window")
		print "pause mouse close"
}

# Each of the three is on the axis that -o says.
function axes(item, n) {
	axis("x", n)
	axis("y", n)
	axis("z", n)
	print "set " Letter[2] "tics (" (Line ? numbers() : addresses(item, n)) ")"
	if (Epoch) {
		print "set " Letter[1] "tics time " time_step((Last - First) * Bin / 6)
		print "set format " Letter[1] " '%H:%M" ((Last - First) * Bin > 7200 ? "" : ":%S") \
		    "' timedate"
	}
}

function axis(b, n,   c, label, range) {
	c = Order[index("xyz", b)]
	label = ENVIRON["T2_LABEL" b]
	range = ENVIRON["T2_RANGE" b]
	if (label == "")
		label = c == 1 ? time_label() : c == 2 ? "IP Addresses" : "Centrality"
	if (range == "")
		range = c == 1 ? time_range() : c == 3 ? sprintf("%.10g:*", Ground) : Line ? \
		    sprintf("%.0f:%.0f", Low, High) : "0.5:" n + 0.5
	print "set " b "range [" range "]"
	if (ENVIRON["T2_LOG" b] != "") {
		label = label " [log]"
		print "set logscale " b (c == 3 ? "cb" : "")
	}
	print "set " b "label " gp_quote(label) " font ',' . label_size" \
	    (b == "z" ? " rotate by 90 offset -2,0" : \
	    " rotate parallel offset 0," (c == 2 ? -2.5 : -1))
}

function time_label() {
	if (!Epoch)
		return "Time [s]"
	return "Time [UTC, " iso_date(First * Bin) "]"
}

function time_range(   unit) {
	unit = Timed ? Bin : 1
	return sprintf("%.10g:%.10g", First * unit, (Last + (Last == First)) * unit)
}

# A usual number of seconds that is at least s
function time_step(s,   n, i, step) {
	n = split("1 2 5 10 15 30 60 120 300 600 900 1800 3600 7200 14400 21600 43200", step, " ")
	for (i = 1; i < n; i++)
		if (step[i] >= s)
			break
	return i < n ? step[i] : 86400
}

# Every second name is a line lower, so that they do not lie over each other.
function lower(i) {
	return i % 2 || ENVIRON["T2_KIND"] == "text" || Letter[2] == "z" ? "" : "\"\\n\" . "
}

# Tics on the line of addresses
function numbers(   i, tics, v, s) {
	tics = ENVIRON["T2_TICS"] + 0
	for (i = 0; i < tics; i++) {
		v = Low + int((High - Low) * (tics > 1 ? i / (tics - 1) : 0))
		s = s (i ? ", " : "") lower(i + 1) "'" (Hex ? hex(v) : dotted(v)) "' " \
		    sprintf("%.0f", v)
	}
	return s
}

# %x of some awks ends at 2^31.
function hex(v) {
	return sprintf("0x%04x%04x", int(v / 65536), v % 65536)
}

# As many names of addresses as wanted
function addresses(item, n,   i, step, s) {
	step = int((n + ENVIRON["T2_TICS"] - 1) / ENVIRON["T2_TICS"])
	for (i = 1; i <= n; i += step)
		s = s (i > 1 ? ", " : "") lower((i - 1) / step + 1) \
		    gp_tic(Hex && item[i] !~ /:/ ? hex(Number[item[i]]) : item[i], 20) " " i
	return s
}
