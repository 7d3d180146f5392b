# SPDX-License-Identifier: BSD-2-Clause
#
# timeline_gnuplot.awk - a timeline as a script for gnuplot, with the flows in it.
#
# Variable, beside those of timeline.awk: terminal: the format.

function more_columns() {
}

function start() {
}

function flow(answer, row, begin, duration,   y) {
	begin += relative ? -Zero : Base
	duration += 0
	y = row - (answer ? space : 0)
	if (duration < least)
		duration = least
	Answer[flows] = answer
	Begin_at[flows] = begin
	Row_at[flows] = y
	Lasts_at[flows] = duration
	if (flows == 1 || begin < From)
		From = begin
	if (flows == 1 || begin + duration > To)
		To = begin + duration
	if (flows == 1 || y < Low)
		Low = y
	if (flows == 1 || y > High)
		High = y
	Many[answer]++
}

function end(   bars, thick) {
	settings()
	thick = height / (High - Low + 2) / 4
	thick = thick < 1 ? 1 : thick > 4 ? 4 : thick
	bars = "using 1:2:3:(0) with vectors heads size screen 0.002,90 nofilled linewidth " thick
	print_bars("requests", 0)
	print_bars("answers", 1)
	if (Many[0])
		printf "plot $requests %s linecolor '#00795a' title 'requests'", bars
	if (Many[1])
		printf "%s $answers %s linecolor '#c8201a' dashtype (8,4) title 'answers'", \
		    (Many[0] ? "," : "plot"), bars
	print flows ? "" : "plot -1 notitle"
}

function settings(   tx, wide) {
	# a pdf has no pixels: 96 of them are an inch
	printf "set terminal %s noenhanced font 'sans,%d' size %s%s\n", terminal, ks, \
	    (terminal ~ /pdf/ ? width / 96 "in," height / 96 "in" : width "," height), \
	    (terminal == "svg" ? " background 'white'" : "")
	tx = ENVIRON["T2_TX"]
	if (tx == "")
		tx = relative ? "Time [s.us]" : "Time [UTC], from " substr(_date(Base), 1, 10)
	text("title", ENVIRON["T2_HEAD"], ts)
	text("xlabel", tx, ls)
	text("ylabel", ENVIRON["T2_TY"], ls)
	print "set key outside top center horizontal"
	wide = flows ? To - From : 1
	if (wide < (relative ? 0.000001 : 0.01))        # less than gnuplot finds room for tics in
		wide = relative ? 0.000001 : 0.01
	printf "set xrange [%.9f:%.9f]\n", From - wide / 100, From + wide * 1.01
	printf "set yrange [%.6f:%.6f]\n", Low - 1, High + 1
	Shortest = wide / 500                           # or flows of one packet are not seen
	if (grid)
		print "set grid"
	if (!relative)
		printf "set xtics time\nset format x '%s' timedate\n", time_form(wide)
}

function time_form(wide) {
	if (wide < 10)
		return "%H:%M:%.3S"
	return wide < 86400 ? "%H:%M:%S" : "%m-%d %H:%M"
}

function text(what, s, size) {
	printf "set %s %s font ',%d'\n", what, gp_quote(s), size
}

# Bars are vectors with both ends marked by a stroke.
function print_bars(name, answer,   i) {
	print "$" name " << EOD"
	for (i = 1; i <= flows; i++)
		if (Answer[i] == answer)
			printf "%.9f %.15g %.9f\n", Begin_at[i], Row_at[i], \
			    (Lasts_at[i] < Shortest ? Shortest : Lasts_at[i])
	print "EOD"
}
