# SPDX-License-Identifier: BSD-2-Clause
#
# plot_axis.awk - the axes of plot.awk: place of a value, range, tics, label.
#
# Texts, and addresses if they are few, lie side by side in their order; all else lies where its
# number is.

function axis_prepare(a,   b) {
	b = Axis[a]
	Log[a] = ENVIRON["T2_LOG" b] != ""
	Range[a] = ENVIRON["T2_RANGE" b]
	axis_given(a)
	Rank[a] = Kind[a] == "text" || (Kind[a] == "addr" || Kind[a] == "hex") && axis_few(a)
	if (Rank[a]) {
		axis_order(a)
		Log[a] = 0
	} else if (Kind[a] == "iso" || Kind[a] == "num" && Name[a] ~ /[tT]ime/ && axis_epoch(a))
		axis_time(a)
}

# Does each address get a place of its own?  -A tells, else a range of numbers wants the line of all
# addresses, and so do many addresses.
function axis_few(a,   r, seen, k) {
	if (Kind[a] == "addr" && ENVIRON["T2_ADDR"] != "")
		return ENVIRON["T2_ADDR"] == "rank"
	if (Range[a] != "" || Log[a] || a == 3)
		return 0
	for (r = 1; r <= n; r++)
		if (!(Cell[a, r] in seen)) {
			seen[Cell[a, r]] = 1
			if (++k > 32)
				return 0
		}
	return 1
}

# Place[a, value] and Tic[a, i]; values that all differ keep their order, so that a sorted list
# stays one.
function axis_order(a,   r, v, i, key, item) {
	Places[a] = 0
	for (r = 1; r <= n; r++) {
		v = Cell[a, r]
		if (v == "" || (a, v) in Place || Kind[a] != "text" && kind_of(v) != Kind[a])
			continue
		i = ++Places[a]
		Place[a, v] = i
		item[i] = v
		key[i] = sort_key(Kind[a], v)
	}
	if (Kind[a] != "text" || Places[a] < n)
		sort_pairs(key, item, Places[a])
	for (i = 1; i <= Places[a]; i++) {
		Place[a, item[i]] = i
		Tic[a, i] = item[i]
	}
}

# Are the numbers seconds since 1970, after 1973?
function axis_epoch(a,   r) {
	for (r = 1; r <= n; r++)
		if (kind_of(Cell[a, r]) == "num" &&
		    (Cell[a, r] + 0 < 100000000 || Cell[a, r] + 0 > 100000000000))
			return 0
	return 1
}

# With a range of small numbers, times count from the first one, as the range does.
function axis_time(a,   e, k, r, v, least) {
	Time[a] = 1
	k = split(Range[a], e, ":")
	if (k != 2 || e[1] + 0 >= 100000000 || e[2] + 0 >= 100000000)
		return
	least = ""
	for (r = 1; r <= n; r++)
		if (kind_of(Cell[a, r]) == Kind[a]) {
			v = axis_value(Kind[a], Cell[a, r])
			if (least == "" || v < least)
				least = v
		}
	Origin[a] = least
	Time[a] = 0
	Unit[a] = " [s since " iso_date(least) " " clock(least) " UTC]"
}

function clock(s,   d) {
	d = s - int(s / 86400) * 86400
	return sprintf("%02d:%02d:%02d", int(d / 3600), int(d / 60) % 60, int(d) % 60)
}

# Where v lies on axis a
function axis_place(a, v) {
	if (Rank[a])
		return (a, v) in Place ? Place[a, v] : ""
	if (Origin[a] != "")
		return sprintf("%.6f", axis_value(Kind[a], v) - Origin[a])
	if (Kind[a] == "num")
		return v
	return sprintf("%.12f", axis_value(Kind[a], v))
}

function axis_widen(a, v) {
	if (!(a in Low) || v < Low[a])
		Low[a] = v
	if (!(a in High) || v > High[a])
		High[a] = v
}

# One end of a range: a number, an address or a hexadecimal number
function axis_end(text) {
	return kind_of(text) == "addr" || kind_of(text) == "hex" ? \
	    axis_value(kind_of(text), text) : text + 0
}

# The ends of the range that was asked for
function axis_given(a,   e) {
	Given_from[a] = Given_to[a] = ""
	if (split(Range[a], e, ":") == 2) {
		if (e[1] != "" && e[1] != "*")
			Given_from[a] = axis_end(e[1])
		if (e[2] != "" && e[2] != "*")
			Given_to[a] = axis_end(e[2])
	}
}

# Is v in that range?
function axis_inside(a, v) {
	return (Given_from[a] == "" || v >= Given_from[a]) &&
	    (Given_to[a] == "" || v <= Given_to[a])
}

# From[a] and To[a]: what is asked for, else the data with some room
function axis_range(a,   room) {
	room = (High[a] - Low[a]) / 50
	if (room == 0)
		room = Low[a] == 0 || Log[a] ? 1 : (Low[a] < 0 ? -Low[a] : Low[a]) / 50
	if (Log[a]) {
		From[a] = Low[a] / 2
		To[a] = High[a] * 1.5
	} else if (Rank[a]) {
		From[a] = 0.4
		To[a] = Places[a] + 0.6
	} else if (a == Dims && !Time[a] && Low[a] >= 0 && Kind[a] != "addr") {
		From[a] = 0                     # heights begin at 0
		To[a] = High[a] + (High[a] == 0 ? 1 : High[a] / 20)
	} else {
		From[a] = Low[a] - (Low[a] >= 0 && Low[a] < room ? Low[a] : room)
		To[a] = High[a] + room
	}
	if (Kind[a] == "addr" && !Rank[a]) {
		From[a] = From[a] < 0 ? 0 : From[a]
		To[a] = High[a] < 256 && To[a] > 256 ? 256 : To[a] > 512 ? 512 : To[a]
	}
	if (Given_from[a] != "")
		From[a] = Given_from[a]
	if (Given_to[a] != "")
		To[a] = Given_to[a]
	if (Log[a] && From[a] <= 0)
		From[a] = Low[a] / 2
}

function axis_commands(a,   b, label) {
	b = Axis[a]
	axis_range(a)
	if (Log[a])
		print "set logscale " b "; set format " b (From[a] > 0.1 ? " '%.0s%c'" : " '%g'")
	printf "set %srange [%.12g:%.12g]\n", b, From[a], To[a]
	label = ENVIRON["T2_LABEL" b]
	if (label == "")
		label = Name[a]
	if (Time[a])
		label = label axis_clock(a)
	label = label Unit[a] (Log[a] ? " [log]" : "")
	axis_label(a, label)
	if (Dims == 3 && a == 2)
		print "set ytics offset 0.7,0"
	if (Rank[a])
		axis_names(a)
	else if (Kind[a] == "addr")
		axis_addresses(a)
	else if (Kind[a] == "hex")
		print "set format " b " '0x%x'"
	if (ENVIRON["T2_TURN" b] != "")
		print "set " b "tics rotate by " ENVIRON["T2_TURN" b] (b == "x" ? " right" : "")
}

function axis_label(a, label,   how) {
	how = " font ',' . label_size"
	if (a == 3)
		how = how " rotate by 90 offset " (digits(a) < 4 ? "-1" : "-3") ",0"
	else if (Dims == 3)
		how = how " rotate parallel offset " (a == 1 ? "0,-0.3" : room_for_tics())
	print "set " Axis[a] "label " gp_quote(label) how
}

# How far the label of y is from the axis in 3D: addresses and names take room
function room_for_tics(   turn) {
	turn = ENVIRON["T2_VIEW"]
	sub(/.*,/, "", turn)
	if (Kind[2] == "num" || turn + 0 > 50)
		return "0,-1"
	return "5,-1.2"
}

# How many signs the tics of an axis take
function digits(a) {
	return Log[a] ? 3 : length(sprintf("%g", To[a]))
}

# Tics as times of day; what goes behind the label
function axis_clock(a,   b, span) {
	b = Axis[a]
	span = To[a] - From[a]
	print "set " b "tics time"
	if (span > 172800)
		print "set format " b " \"%m-%d\\n%H:%M\" timedate"
	else
		print "set format " b " '" (span > 600 ? "%H:%M" : span > 8 ? "%H:%M:%S" : \
		    "%H:%M:%.3S") "' timedate"
	return " [UTC, " iso_date(Low[a]) "]"
}

# The names of the places, as many as there is room for
function axis_names(a,   b, i, step, max, s) {
	b = Axis[a]
	max = Dims == 3 ? 10 : b == "x" ? 40 : 32
	step = int((Places[a] + max - 1) / max)
	for (i = 1; i <= Places[a]; i += step)
		s = s (s == "" ? "" : ", ") gp_tic(Tic[a, i], Dims == 3 ? 18 : 28) " " i
	print "set " b "tics (" s ")"
	if (b == "x" && Dims == 2 && ENVIRON["T2_TURNx"] == "" && Places[a] > 4)
		print "set xtics rotate by 45 right"
}

# Tics at round addresses: the step is a power of two that gives 4 to 12 of them
function axis_addresses(a,   step, v, s, i) {
	step = 64
	while (step * (Dims == 3 ? 4 : 6) > To[a] - From[a] && step > 1 / 16777216)
		step /= 2
	v = int(From[a] / step) * step
	if (v < From[a])
		v += step
	for (; v <= To[a] && v < 512 && i++ < 13; v += step)
		s = s (s == "" ? "" : ", ") gp_quote(addr_text(v)) sprintf(" %.10f", v)
	print "set " Axis[a] "tics (" s ")"
}
