# SPDX-License-Identifier: BSD-2-Clause
#
# width.awk - how many places of a terminal a text takes.
#
# To be run with LC_ALL=C, so that every awk sees bytes; UTF-8 is decoded here.  Reference: Unicode
# Standard Annex 11 (East Asian Width), general categories Mn, Me and Cf for the zero-width ones.

function width(s,   i, c, n, more, code, w) {
	if (s !~ /[^ -~]/)
		return length(s)
	gsub(/\033\[[0-9;]*m/, "", s)           # colours take no place
	if (!("a" in Ord))
		width_init()
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		n = c in Ord ? Ord[c] : 63
		if (n < 192) {                  # ASCII, or what is no UTF-8
			w++
			continue
		}
		more = n < 224 ? 1 : n < 240 ? 2 : 3
		code = n % (n < 224 ? 32 : n < 240 ? 16 : 8)
		for (; more > 0 && Ord[substr(s, i + 1, 1)] ~ /^(1[3-8].|12[89]|19[01])$/; more--)
			code = code * 64 + Ord[substr(s, ++i, 1)] % 64
		w += more ? 1 : width_of(code)
	}
	return w + 0
}

function width_of(code,   i) {
	if (!(code in Width)) {
		Width[code] = 1
		for (i = 1; i <= Ranges; i++)
			if (code >= Low[i] && code <= High[i])
				Width[code] = i <= Zero ? 0 : 2
	}
	return Width[code]
}

function width_init(   i) {
	for (i = 1; i < 256; i++)
		Ord[sprintf("%c", i)] = i
	# decimal: zero-width ones, then wide ones
	Zero = Ranges = split("768-879 1155-1161 1425-1469 1552-1562 1611-1631 1648-1648 " \
	    "1750-1756 1759-1764 2362-2362 2364-2364 2369-2376 2381-2381 3633-3633 3636-3642 " \
	    "3655-3662 6832-6911 7616-7679 8203-8207 8234-8238 8288-8292 8400-8432 " \
	    "12330-12333 12441-12442 65024-65039 65056-65071 65279-65279 " \
	    "127995-127999 917760-917999", Range, " ")
	for (i = 1; i <= Zero; i++)
		width_range(i, Range[i])
	Ranges += split("4352-4447 8986-8987 9001-9002 9193-9196 9200-9200 9203-9203 9725-9726 " \
	    "9748-9749 9800-9811 9855-9855 9875-9875 9889-9889 9898-9899 9917-9918 9924-9925 " \
	    "9934-9934 9940-9940 9962-9962 9970-9971 9973-9973 9978-9978 9981-9981 9989-9989 " \
	    "9994-9995 10024-10024 10060-10060 10062-10062 10067-10069 10071-10071 10133-10135 " \
	    "10160-10160 10175-10175 11035-11036 11088-11088 11093-11093 11904-12329 12334-12350 " \
	    "12353-12438 12443-19903 19968-42191 43360-43391 44032-55203 63744-64255 65040-65049 " \
	    "65072-65135 65281-65376 65504-65510 94176-101759 110576-111359 126980-126980 " \
	    "127183-127183 127374-127374 127377-127386 127488-127776 127789-127994 128000-128591 " \
	    "128640-128764 128992-129003 129292-129535 129648-129791 131072-262141", Range, " ")
	for (i = Zero + 1; i <= Ranges; i++)
		width_range(i, Range[i - Zero])
}

function width_range(i, text,   ends) {
	split(text, ends, "-")
	Low[i] = ends[1] + 0
	High[i] = ends[2] + 0
}

# Blanks; sprintf ends at 8192 in some awk.
function blanks(n) {
	while (Blanks_n < n) {
		Blanks = Blanks_n ? Blanks Blanks : "        "
		Blanks_n = length(Blanks)
	}
	return n > 0 ? substr(Blanks, 1, n) : ""
}
