# SPDX-License-Identifier: BSD-2-Clause
#
# protstat.awk - the tables of a PREFIX_protocols.txt or PREFIX_icmpStats.txt; see protStat(1).
#
# part=choose: the rows that are wanted, behind the number of their table, of their line and what
# they are sorted by, for sort, and a first one that tells the tables; part=text and part=charts:
# what sort made of them, as text or for charts.awk.
#
# Cells of a file with bytes (PROTO_BYTES=1) are NUMBER [PERCENT%]; others have a percentage of
# packets in a cell of its own.

BEGIN {
	FS = "\t"
	Tables = split("L2/3 Protocol,L4 Protocol,TCP Port,UDP Port,UDP-Lite Port,SCTP Port," \
	    "ICMP Type,ICMPv6 Type", Title, ",")
	Icmp = 7                # the first table of ICMP
	n = split(ENVIRON["T2_TABLES"], w, " ")
	for (i = 1; i <= n; i++)
		Wanted[w[i]] = 1
	for (i = 1; i <= Tables; i++)
		if (!n)
			Wanted[i] = 1
	Percent = ENVIRON["T2_PERCENT"]
	Most = ENVIRON["T2_ROWS"]
	Bare = ENVIRON["T2_BARE"]
	Bytes = ENVIRON["T2_BYTES"]     # sort by bytes
	Without = ENVIRON["T2_WITHOUT"] # packets or bytes: leave that column out
	Human = ENVIRON["T2_HUMAN"]     # 1: numbers for humans, 2: in brackets
}

part == "choose" && /^#/ {
	table = /^# L2\/3 Protocol\t/ ? 1 : /^# L4 Protocol\t/ ? 2 : /^# Total TCP packets/ ? 3 : \
	    /^# Total UDP packets/ ? 4 : /^# Total UDP-Lite packets/ ? 5 : \
	    /^# Total SCTP packets/ ? 6 : /^# ICMP Type\t/ ? 7 : /^# ICMPv6 Type\t/ ? 8 : table
	if (table && /\t/) {
		seen = seen table " "
		wide = wide || $3 ~ /^ *Bytes$/
	}
	next
}

part == "choose" {
	if ($0 != "" && (table in Wanted) && NF >= 3)
		choose()
	next
}

# table 0 comes first
$1 == 0 {
	wide = $4
	n = split($5, w, " ")
	for (i = 1; i <= n; i++)
		seen_table[w[i]] = 1
	next
}

$0 != "" {
	row[$1, ++rows[$1]] = $0
	sub(/^[0-9]+\t[0-9]+\t[0-9]+\t/, "", row[$1, rows[$1]])
}

END {
	if (part == "choose") {
		if (seen == "")
			exit 1
		if (Bytes && !wide)
			exit 3
		print "0\t0\t0\t" (wide + 0) "\t" seen
		exit
	}
	for (t = 1; t <= Tables; t++)
		if ((t in Wanted) && there(t))
			show(t)
}

# Of a file without bytes all tables of protocols, be they empty
function there(t) {
	if (t in seen_table)
		return 1
	return t < Icmp && !wide && (1 in seen_table || 2 in seen_table)
}

function choose(   number, share) {
	number = table >= Icmp ? $3 : wide && Bytes ? $3 : $2
	share = table >= Icmp ? $4 : wide ? percent(number) : $3
	if (number + 0 > 0 && enough(share))
		printf "%d\t%d\t%.0f\t%s\n", table, NR, number, $0
}

# of NUMBER [PERCENT%]
function percent(cell) {
	return match(cell, /[0-9.]+%/) ? substr(cell, RSTART, RLENGTH - 1) : 0
}

function enough(share) {
	if (Percent == "")
		return 1
	return Percent ~ /^-/ ? share + 0 <= -Percent : share + 0 >= Percent + 0
}

function show(t,   i, from, to) {
	from = 1
	to = rows[t] + 0
	if (Most != "" && Most > 0 && to > Most + 0)
		to = Most + 0
	if (Most != "" && Most < 0 && to > -Most)
		from = to + Most + 1
	if (part == "text")
		print (shown++ ? "\n" : "") title(t)
	else
		print "T\t" Title[t] "\t" (Bytes ? "bytes" : "packets")
	for (i = from; i <= to; i++)
		print (part == "text" ? row_text(t, row[t, i]) : bar(t, row[t, i]))
}

function title(t) {
	if (t >= Icmp)
		return Title[t] "\tCode\tPackets" (Bare ? "" : "\tProbability[%]")
	if (!wide)
		return Title[t] "\tPackets" (Bare ? "" : "\tProbability[%]") "\tDescription"
	return Title[t] (Without == "packets" ? "" : "\t" padded("Packets")) \
	    (Without == "bytes" ? "" : "\t" padded("Bytes")) "\tDescription"
}

function row_text(t, line,   cell) {
	split(line, cell, "\t")
	if (t >= Icmp)
		return cell[1] "\t" cell[2] "\t" pretty(cell[3]) (Bare ? "" : "\t" cell[4])
	if (!wide)
		return cell[1] "\t" pretty(cell[2]) (Bare ? "" : "\t" cell[3]) "\t" cell[4]
	return cell[1] (Without == "packets" ? "" : "\t" both(cell[2])) \
	    (Without == "bytes" ? "" : "\t" both(cell[3])) "\t" cell[4]
}

# NUMBER [PERCENT%]
function both(cell,   share) {
	share = cell
	sub(/^ *[0-9]+/, "", share)
	sub(/ *\[.*/, "", cell)
	sub(/^ */, "", cell)
	return padded(pretty(cell)) (Bare ? "" : share)
}

function padded(cell) {
	return Bare ? cell : sprintf("%20s", cell)
}

# As in the end report: letters by powers of 1024, in powers of 1000.
function pretty(n,   i, unit, top) {
	unit = top = 1
	while (n + 0 >= 1024 * top) {
		top *= 1024
		unit *= 1000
		i++
	}
	if (!Human || !i)
		return n
	unit = sprintf("%.2f %s", n / unit, substr("KMGTPEZY", i, 1))
	return Human == 2 ? n " (" unit ")" : unit
}

function bar(t, line,   cell, value) {
	split(line, cell, "\t")
	if (t >= Icmp)
		return "B\t" cell[1] (cell[2] == "-" ? "" : " " cell[2]) "\t" cell[3]
	value = cell[wide && Bytes ? 3 : 2]
	gsub(/^ *| *\[.*/, "", value)
	sub(/^ */, "", cell[1])
	return "B\t" cell[1] short_name(cell[4]) "\t" value
}

# Names of protocols end in their short form: Transmission Control Protocol (TCP).
function short_name(text) {
	if (match(text, /\([A-Za-z0-9-]+\)$/))
		text = substr(text, RSTART + 1, RLENGTH - 2)
	return text == "" ? "" : " " text
}
