# SPDX-License-Identifier: BSD-2-Clause
#
# table.awk - the tables of the benchmark.
# Input: the generator's line about the capture; rows "name TAB label TAB package TAB complaint";
# results "capture round row wall_s cpu_s user_s rss_kb status". With -v cap=NAME the table of one capture,
# with -v sizes="N N..." the series over live flow directions. Round 0 is the warm-up.

# median of v[1..n]; also sets lo and hi
function median(v, n,    i, j, t) {
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && v[j - 1] > v[j]; j--) {
			t = v[j]
			v[j] = v[j - 1]
			v[j - 1] = t
		}
	lo = v[1]
	hi = v[n]
	return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}

# median over the rounds of what[capture, row] / what[cap2, row2], of the plain value without cap2
function mid(what, capture, row, cap2, row2,    v, r, d) {
	for (r = 1; r <= rounds; r++) {
		d = cap2 == "" ? 1 : val[what, cap2, row2, r]
		v[r] = val[what, capture, row, r] / (d > 0 ? d : 1e-6)
	}
	return median(v, rounds)
}

function info(key,    i) {
	for (i = 2; i <= nwords; i++)
		if (index(words[i], key "=") == 1)
			return substr(words[i], length(key) + 2)
}

function mix_table(    i, row, wall, ratio) {
	printf "%s: %s packets, %s flow directions (%s A, %s B), ", cap, info("packets"),
	    info("directions"), info("A"), info("B")
	printf "%.1f MB captured, %.1f MB on the wire\n", info("captured") / 1e6, info("wire") / 1e6
	printf "%-29s %8s %8s %9s %14s %9s %8s %8s\n", "", "cpu s", "wall s", "cpu/loop", "min - max",
	    "wall/loop", "Mpkt/s", "peak MB"
	for (i = 1; i <= nrows; i++) {
		row = name[i]
		if (!((cap, row) in status)) {
			printf "%-29s not installed (package %s)\n", label[row], pkg[row]
			continue
		}
		if (status[cap, row] != 0) {
			printf "%-29s failed (status %d) %s\n", label[row], status[cap, row], complaint[row]
			continue
		}
		wall = mid("wall", cap, row)
		printf "%-29s %8.3f %8.3f", label[row], mid("cpu", cap, row), wall
		ratio = mid("cpu", cap, row, cap, "loop")
		printf " %9.2f %6.2f -%6.2f", ratio, lo, hi
		printf " %9.2f %8.2f", mid("wall", cap, row, cap, "loop"), info("packets") / wall / 1e6
		printf " %8.1f\n", mid("rss", cap, row) / 1024
	}
}

# Reading the capture a second time meets living flows only: its share of two passes is what a
# packet costs once all flows are there.  Computed within each round, from user time: what the
# kernel spends on fresh memory varies by more.
function second_pass(capture, r) {
	return val["user", capture, "t2twice", r] - val["user", capture, "t2five", r]
}

function steady(capture, first,    v, r, d) {
	for (r = 1; r <= rounds; r++) {
		d = first == "" ? 1 : second_pass(first, r)
		v[r] = second_pass(capture, r) / (d > 0 ? d : 1e-6)
	}
	return median(v, rounds)
}

function live_table(    i, k, n, c, first, packets) {
	packets = info("packets")
	k = split(sizes, n, " ")
	first = "live" n[1]
	printf "live: %s UDP packets over N flow directions in turn, 54 bytes of each kept\n", packets
	print "cpu time per packet of the bare loop; user time of t2flow (5-tuple) on living flows; and"
	print "cpu time of its whole run with birth and output of the N records"
	printf "%9s %9s %9s %9s %15s %9s %9s %9s\n", "N", "loop ns", "living ns", "to N=" n[1],
	    "min - max", "whole ns", "to N=" n[1], "peak MB"
	for (i = 1; i <= k; i++) {
		c = "live" n[i]
		if (status[c, "loop"] != 0 || status[c, "t2five"] != 0 || status[c, "t2twice"] != 0) {
			printf "%9d failed\n", n[i]
			continue
		}
		printf "%9d %9.1f", n[i], mid("cpu", c, "loop") / packets * 1e9
		printf " %9.1f %9.2f", steady(c) / packets * 1e9, steady(c, first)
		printf " %6.2f -%7.2f %9.1f", lo, hi, mid("cpu", c, "t2five") / packets * 1e9
		printf " %9.2f", mid("cpu", c, "t2five", first, "t2five")
		printf " %9.1f\n", mid("rss", c, "t2five") / 1024
	}
}

FILENAME == ARGV[1] {
	nwords = split($0, words, " ")
	next
}

FILENAME == ARGV[2] {
	split($0, f, "\t")
	name[++nrows] = f[1]
	label[f[1]] = f[2]
	pkg[f[1]] = f[3]
	complaint[f[1]] = f[4]
	next
}

{
	if ($8 != 0 || !(($1, $3) in status))
		status[$1, $3] = $8
	if ($2 > rounds)
		rounds = $2
	val["wall", $1, $3, $2] = $4
	val["cpu", $1, $3, $2] = $5
	val["user", $1, $3, $2] = $6
	val["rss", $1, $3, $2] = $7
}

END {
	if (cap != "")
		mix_table()
	else
		live_table()
}
