# SPDX-License-Identifier: BSD-2-Clause
#
# protstat.awk - the tables of a PREFIX_protocols.txt; see protStat(1).
#
# part=choose: the rows that are wanted, with the number of their table and of their line in front,
# for sort; part=text and part=charts: what sort made of them, as text or for charts.awk.

BEGIN {
	FS = "\t"
	Tables = split("L2/3 Protocol,L4 Protocol,TCP Port,UDP Port,UDP-Lite Port,SCTP Port",
	    Title, ",")
	n = split(ENVIRON["T2_TABLES"], w, " ")
	for (i = 1; i <= n; i++)
		Wanted[w[i]] = 1
	for (i = 1; i <= Tables; i++)
		if (!n)
			Wanted[i] = 1
	Percent = ENVIRON["T2_PERCENT"]
	Most = ENVIRON["T2_ROWS"]
	Bare = ENVIRON["T2_BARE"]
}

part == "choose" && /^#/ {
	table = /^# L2\/3 Protocol\t/ ? 1 : /^# L4 Protocol\t/ ? 2 : /^# Total TCP packets/ ? 3 : \
	    /^# Total UDP packets/ ? 4 : /^# Total UDP-Lite packets/ ? 5 : \
	    /^# Total SCTP packets/ ? 6 : table
	had = had || table
	next
}

part == "choose" {
	if ($0 != "" && (table in Wanted) && NF >= 3 && enough($3))
		print table "\t" NR "\t" $0
	next
}

$0 == "" {
	next
}

{
	table = $1
	row[table, ++rows[table]] = $0
	sub(/^[0-9]+\t[0-9]+\t/, "", row[table, rows[table]])
}

END {
	if (part == "choose") {
		if (!had)
			exit 1
		exit
	}
	for (t = 1; t <= Tables; t++)
		if (t in Wanted)
			show(t)
}

function enough(share) {
	if (Percent == "")
		return 1
	return Percent ~ /^-/ ? share + 0 <= -Percent : share + 0 >= Percent + 0
}

function show(t,   i, from, to, cell) {
	from = 1
	to = rows[t] + 0
	if (Most != "" && Most > 0 && to > Most + 0)
		to = Most + 0
	if (Most != "" && Most < 0 && to > -Most)
		from = to + Most + 1
	if (part == "text")
		print (shown++ ? "\n" : "") Title[t] "\tPackets" (Bare ? "" : "\tProbability[%]") \
		    "\tDescription"
	else
		print "T\t" Title[t] "\tpackets"
	for (i = from; i <= to; i++) {
		split(row[t, i], cell, "\t")
		if (part == "text")
			print Bare ? cell[1] "\t" cell[2] "\t" cell[4] : row[t, i]
		else
			print "B\t" cell[1] short_name(cell[4]) "\t" cell[2]
	}
}

# Names of protocols end in their short form: Transmission Control Protocol (TCP).
function short_name(text) {
	if (match(text, /\([A-Za-z0-9-]+\)$/))
		text = substr(text, RSTART + 1, RLENGTH - 2)
	return text == "" ? "" : " " text
}
