# SPDX-License-Identifier: BSD-2-Clause
#
# plot_bars.awk - charts of plot.awk: how often each value of a column occurs, as bars side by side
# (bars) or in classes of equal width (histogram).

# Horizontal bars, the longest on top; of two columns, the sums of the second one.
function bars(   r, v, m, key, item, count, i, shown, rest, all, sum, share, log_axis, most) {
	share = ENVIRON["T2_BARS"] ~ /r/
	log_axis = ENVIRON["T2_BARS"] ~ /l/
	for (r = 1; r <= n; r++) {
		v = Cell[1, r]
		m = Dims > 1 ? Cell[2, r] : 1
		if (Dims > 1 && kind_of(m) != "num" || m + 0 < 0) {
			rest++
			continue
		}
		sum[v] += m
		all += m
	}
	if (rest)
		note(rest " of " n " rows have no number in column " gp_clean(Name[2]) ": left out")
	for (v in sum)
		if (sum[v] > 0) {
			item[++count] = v
			key[count] = sprintf("%025.6f", 1e15 - sum[v]) " " v
		}
	if (!count) {
		Failed = 3
		return
	}
	sort_pairs(key, item, count)
	shown = ENVIRON["T2_TOP"] + 0
	if (count < shown)
		shown = count
	bars_rest(item, sum, count, shown)
	for (i = 1; i <= shown; i++) {
		m = share ? 100 * sum[item[i]] / all : sum[item[i]]
		most = i == 1 ? m : most
		printf "%.12g\t%d\n", m, shown + 1 - i >ENVIRON["T2_DATA"]
		bar_text(m, shown + 1 - i, share)
		Names = Names (i > 1 ? ", " : "") \
		    gp_tic(item[i] == "" ? "(empty)" : item[i], 40) " " shown + 1 - i
	}
	close(ENVIRON["T2_DATA"])
	bars_draw(shown, most, m, log_axis, share)
}

function bars_rest(item, sum, count, shown,   i, rest) {
	for (i = shown + 1; i <= count; i++)
		rest += sum[item[i]]
	if (rest)
		note(sprintf("%d values with %.12g in all are not shown (option -n)",
		    count - shown, rest))
}

# The number at the end of a bar
function bar_text(m, at, share) {
	print "set label " gp_quote(sprintf(share ? "%.1f%%" : "%.12g", m)) \
	    sprintf(" at %.12g,%d offset 0.5,0 font ',' . tic_size front", m, at)
}

function bars_draw(shown, most, least, log_axis, share,   what, ground) {
	ground = log_axis ? least / 2 : 0
	what = ENVIRON["T2_LABELx"]
	if (what == "")
		what = (Dims > 1 ? Name[2] : "number of rows") (share ? " [%]" : "")
	if (log_axis)
		print "set logscale x"
	printf log_axis ? "set xrange [%.12g:%.12g * (%.12g / %.12g) ** 0.12]\n" : \
	    "set xrange [%.12g:%.12g * 1.12]\n", ground, most, most, ground
	print "set yrange [0.4:" shown + 0.6 "]"
	print "set ytics (" Names ") scale 0"
	print "set xlabel " gp_quote(what (log_axis ? " [log]" : "")) " font ',' . label_size"
	print "set ylabel " gp_quote(ENVIRON["T2_LABELy"] == "" ? Name[1] : ENVIRON["T2_LABELy"]) \
	    " font ',' . label_size"
	if (ENVIRON["T2_TURNx"] != "")
		print "set xtics rotate by " ENVIRON["T2_TURNx"] " right"
	if (ENVIRON["T2_TURNy"] != "")
		print "set ytics rotate by " ENVIRON["T2_TURNy"]
	printf "plot 'data' using (%.12g):2:(%.12g):1:($2-0.38):($2+0.38) with boxxyerror %s\n",
	    ground, ground, bars_look()
}

function bars_look(   colour, sub_title) {
	colour = ENVIRON["T2_COLOUR"]
	colour = gp_quote(colour == "" ? "#1c91c0" : colour)
	sub_title = ENVIRON["T2_SUB"]
	return "fs solid 0.9 border lt -1 lw 0.5 lc rgb " colour \
	    (sub_title == "" ? " notitle" : " title " gp_quote(sub_title))
}

# How many numbers lie in each class of the width T2_BIN
function histogram(   r, v, width, k, count, left, low, high, most) {
	width = ENVIRON["T2_BIN"]
	if (Kind[1] == "text") {
		stop("column " gp_clean(Name[1]) " is text: a histogram needs numbers (see -D)")
		return
	}
	for (a = 1; a <= 2; a++)
		Log[a] = ENVIRON["T2_LOG" Axis[a]] != ""
	for (r = 1; r <= n; r++) {
		v = Cell[1, r]
		if (kind_of(v) != Kind[1]) {
			left++
			continue
		}
		v = axis_value(Kind[1], v) / width
		k = int(v) - (v < int(v))
		count[k]++
		if (!Drawn++ || k < low)
			low = k
		if (Drawn == 1 || k > high)
			high = k
	}
	if (left)
		note(left " of " n " rows lack a value or have one of another kind: left out")
	printf "" >ENVIRON["T2_DATA"]
	for (k in count) {
		printf "%.12g\t%d\n", (k + 0.5) * width, count[k] >ENVIRON["T2_DATA"]
		if (count[k] > most)
			most = count[k]
	}
	close(ENVIRON["T2_DATA"])
	histogram_draw(width, low, high, most)
}

function histogram_draw(width, low, high, most) {
	Dims = 2
	Name[2] = "number of rows"
	Kind[2] = "num"
	Low[1] = low * width
	High[1] = (high + 1) * width
	Low[2] = 1
	High[2] = most
	for (a = 1; a <= 2; a++) {
		Range[a] = ENVIRON["T2_RANGE" Axis[a]]
		axis_given(a)
		if (a == 1 && (Kind[1] == "iso" || Kind[1] == "num" && Name[1] ~ /[tT]ime/ && \
		    axis_epoch(1)))
			axis_time(1)
		axis_commands(a)
	}
	printf "plot 'data' using 1:2:(%.12g) with boxes %s\n", width, bars_look()
}
