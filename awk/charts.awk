# SPDX-License-Identifier: BSD-2-Clause
#
# charts.awk - several bar charts as one picture, as commands for gnuplot.  Needs gp.awk.
#
# Input: "T<TAB>title<TAB>unit" begins a chart, "B<TAB>name<TAB>value" is a bar of it, from the top
# down.  Charts without bars are left out.  T2_PART=size prints "width height" that suit the charts,
# else the commands are printed.

BEGIN {
	FS = "\t"
}

$1 == "T" {
	if (!charts || bars[charts])
		charts++
	title[charts] = $2
	unit[charts] = $3
}

$1 == "B" {
	k = ++bars[charts]
	name[charts, k] = $2
	value[charts, k] = $3
	if ($3 + 0 > most[charts])
		most[charts] = $3
	if (k > longest)
		longest = k
}

END {
	if (charts && !bars[charts])
		charts--
	across = charts > 1 ? 2 : 1
	down = int((charts + across - 1) / across)
	if (ENVIRON["T2_PART"] == "size") {
		longest = longest < 5 ? 5 : longest
		print (across > 1 ? 1200 : 800) " " 60 + down * (90 + 22 * longest)
		exit
	}
	if (!charts)
		exit 3
	print "set multiplot layout " down "," across title_of()
	print "set xrange [0:*]; set tmargin 3; set lmargin screen 0"
	for (c = 1; c <= charts; c++)
		chart(c)
	print "unset multiplot"
}

function title_of() {
	if (ENVIRON["T2_TITLE"] == "")
		return ""
	return " title " gp_quote(ENVIRON["T2_TITLE"]) " font ',' . title_size"
}

function chart(c,   i, s, at, left, room) {
	print "$d" c " << EOD"
	for (i = 1; i <= bars[c]; i++)
		printf "%.12g\t%d\n", value[c, i], bars[c] - i + 1
	print "EOD"
	print "unset label"
	room = ENVIRON["T2_KIND"] == "text" ? 28 : 32
	for (i = 1; i <= bars[c]; i++) {
		at = bars[c] - i + 1
		s = s (i > 1 ? ", " : "") gp_tic(name[c, i], room) " " at
		print "set label " gp_quote(sprintf("%.12g", value[c, i])) sprintf(" at %.12g,%d", \
		    value[c, i], at) " offset 0.5,0 font ',' . tic_size front"
	}
	left = (c - 1) % across / across
	printf "set lmargin screen %.3f; set rmargin screen %.3f\n",
	    left + (across > 1 ? 0.18 : 0.3), left + 1 / across - 0.03
	print "set title " gp_quote(title[c]) " font ',' . label_size"
	print "set xlabel " gp_quote(unit[c]) " font ',' . tic_size offset 0,0.5"
	printf "set xrange [0:%.12g]; set yrange [0.4:%.1f]\n",
	    (most[c] ? most[c] : 1) * (1.1 + length(int(most[c])) / 40), bars[c] + 0.6
	print "set ytics (" s ") scale 0; set xtics autofreq; set format x '" \
	    (most[c] < 1000000 ? "%g" : "%.1s%c") "'"
	print "plot $d" c " using (0):2:(0):1:($2-0.38):($2+0.38) with boxxyerror fs solid 0.9 " \
	    "border lt -1 lw 0.5 lc rgb '#1c91c0' notitle"
}
