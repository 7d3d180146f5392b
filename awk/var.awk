# SPDX-License-Identifier: BSD-2-Clause
#
# var.awk - tawk -V: what the bits of a column or value mean; tawk -L: those in a report.
#
# The tables are share/t2/bits.tsv, which is made of the column declarations, and t2cols for columns
# of the user's own plugins; awk/icmp.tsv for the bit fields of ICMP; and the lists of protocols,
# ethertypes and ports.  Numbers: fn/bits.awk.
# Surprise: a value of several parts, joined by _, is tested part by part against the masks of its
# width, so that one rule serves ipOptCpCl_Num and ip6OptHH_D.

BEGIN {
	FS = "\t"
	read_bits()
	if (mode == "log")
		read_report()
	else
		n = split(ENVIRON["T2_LIST"], list, "\n")
	for (i = 1; i <= n; i++) {
		name = value = list[i]
		sub(/=.*/, "", name)
		sub(/^[^=]*=?/, "", value)
		if (list[i] ~ /=/ && value !~ /^[0-9A-Fa-fxX_;]+$/)
			fail("'" value "' is not a value of " name)
		explain(name, value)
	}
}

function fail(message) {
	print "tawk: " message | "cat 1>&2"
	close("cat 1>&2")
	exit 2
}

# As bits.awk calls it
function _die(message) {
	fail(message)
}

# The line at hand, unless it is about a column that an earlier table has.
function take_bit(table,   k) {
	if ($0 ~ /^[%#]/ || ($1 in Bits && Table[$1] != table))
		return
	Table[$1] = table
	k = ++Bits[$1]
	Bit[$1, k] = $2
	Mask[$1, k] = $3
	Level[$1, k] = $4
	Meaning[$1, k] = $6
}

function read_bits(   file, n) {
	file = share "/bits.tsv"
	while ((getline < file) > 0) {
		take_bit(file)
		n++
	}
	close(file)
	if (!n)
		fail(file " cannot be read")
}

# Columns of the user's own plugins, and of packet records only: t2cols knows them.
function read_more_bits(   command, i) {
	for (i = 0; i < 2; i++) {
		command = "\"$T2_BIN/t2cols\" --skip-broken -p all -ab" (i ? "k" : "") \
		    " 2>/dev/null"
		while ((command | getline) > 0)
			take_bit(command)
		close(command)
	}
}

# Names with values in the text of an end report: NAME=VALUE, or "... NAME: 0x...".
function read_report(   name, s) {
	while ((getline s < (ARGC > 1 ? ARGV[1] : "-")) > 0)
		while (match(s, /[A-Za-z0-9_ ]+(=|: ?)0x[0-9A-Fa-f]+(_0x[0-9A-Fa-f]+)*/)) {
			name = substr(s, RSTART, RLENGTH)
			if (name ~ /flow status/)
				sub(/.*flow status/, "flowStat", name)
			else if (name ~ /anomaly flags/)
				sub(/.*anomaly flags/, substr(s, 1, index(s ":", ":") - 1), name)
			sub(/: ?/, "=", name)
			sub(/.* /, "", name)
			s = substr(s, RSTART + RLENGTH)
			if (substr(name, 1, index(name, "=") - 1) in Bits)
				list[++n] = name
		}
}

function paint(code, s) {
	return colour ? "\033[" code "m" s "\033[0m" : s
}

function row(level, s) {
	print "   " (level == "" ? s : paint(level == "H" ? "1" : level == "I" ? "0;34" : \
	    level == "W" ? "0;33" : "0;31", s))
}

function explain(name, value) {
	if (!(name in Bits) && name !~ /^(icmpBFTypH_TypL_Code|icmpBFType_Code|icmpType_Code)$/ &&
	    name !~ /^(icmpType|icmpCode|l4Proto|ethType|srcPort|dstPort|dstPortClassN)$/) {
		if (!more++)
			read_more_bits()
		if (!(name in Bits))
			unknown(name)
	}
	print "\nThe " paint("1;33", name) " column " (value == "" ? "" : "with value " \
	    paint("1", value) " ") "is to be interpreted as follows:\n"
	if (name in Bits)
		explain_bits(name, value)
	else if (name ~ /^icmpBF/)
		explain_icmp(name, value)
	else if (name == "icmpType_Code")
		explain_types(name, value)
	else if (name ~ /^icmp/)
		explain_number(name, value)
	else
		explain_file(name, value)
	print ""
}

function unknown(name,   k, all, near) {
	for (k in Bits)
		all = all " " k
	all = all " icmpBFTypH_TypL_Code icmpType_Code icmpType icmpCode"
	all = all " l4Proto ethType srcPort dstPort"
	near = _near(name, all)
	fail(name ": no column with bits" (near == "" ? "" : " (did you mean " near "?)"))
}

function rule() {
	row("", "==================================================================" "===========")
}

# 0x00004000 as 0x0000 4000; narrow masks stay as they are.
function grouped(mask,   i, r) {
	if (length(mask) < 10)
		return mask
	r = substr(mask, 1, 6)
	for (i = 7; i <= length(mask); i += 4)
		r = r " " substr(mask, i, 4)
	return r
}

function explain_bits(name, value,   width, i, in_, form) {
	width = length(name)
	if (length(grouped(Mask[name, 1])) > width)
		width = length(grouped(Mask[name, 1]))
	form = "%3s | %-" width "s | %s"
	row("H", sprintf(form, "bit", name, "Description"))
	rule()
	for (i = 1; i <= Bits[name]; i++) {
		in_ = value == "" ? " " : met(name, value, Mask[name, i])
		if (in_ != "")
			row(Level[name, i], sprintf(form, Bit[name, i], grouped(Mask[name, i]), \
			    Meaning[name, i] (in_ == " " ? "" : in_)))
	}
}

# "" if the mask meets no part of the value, a blank if it does; which part, if several could.
function met(name, value, mask,   part, title, n, i, wide, r) {
	n = split(value, part, "_")
	split(name, title, "_")
	if (n < 2)
		return meets(value, mask) ? " " : ""
	for (i = 1; i <= n; i++) {
		if (length(part[i]) != length(mask))
			continue
		wide++
		if (meets(part[i], mask))
			r = r (r == "" ? " (" : ", ") title[i]
	}
	return r == "" ? "" : wide > 1 ? r ")" : " "
}

function meets(value, mask) {
	return _hex_pair(_hex(value), _hex(mask), "&") != ""
}

# Rows of Icmp: version, type, code, meaning.
function read_icmp(   file) {
	file = share "/awk/icmp.tsv"
	while ((getline < file) > 0)
		if ($0 !~ /^#/)
			Icmp[++icmps] = $0
	close(file)
}

# icmpBFTypH_TypL_Code, or icmpBFType_Code without the types of ICMPv6.
function explain_icmp(name, value,   v, i, f, wide, hi, text, shown) {
	read_icmp()
	wide = name ~ /H_/
	split(wide ? value : "_" value, v, "_")
	row("H", "bit | " (wide ? "icmpBFTypH  | bit | icmpBFTypL  | bit | " : \
	    "icmpBFType  | bit | ") "icmpBFCode | Description")
	rule()
	for (i = 1; i <= icmps; i++) {
		split(Icmp[i], f, "\t")
		hi = f[2] > 127
		if (f[1] == 6 && !wide)
			continue
		if (f[3] == "-") {
			shown = value == "" || meets(v[hi ? 1 : 2], bit(f[2] % 128, 8))
			text = (f[1] == 6 ? "ICMPv6: " : "") f[4]
			if (shown)
				row("", (wide ? cell(hi, f[2] % 128, 8) : "") \
				    cell(!hi, f[2] % 128, 8) cell(0, 0, 4) text)
		} else if (shown && (value == "" || meets(v[3], bit(f[3], 4))))
			row("", (wide ? cell(0, 0, 8) : "") cell(0, 0, 8) cell(1, f[3], 4) \
			    "        " f[4])
	}
}

# The two fields of a bit, or blanks.
function cell(filled, no, digits,   width) {
	width = digits == 8 ? 11 : 10
	return sprintf("%3s | %-" width "s | ", filled ? no : "", \
	    filled ? grouped(bit(no, digits)) : "")
}

# Bit no as a mask.
function bit(no, digits) {
	return "0x" _hex_padded(_two(no), digits)
}

function _hex_padded(v, digits) {
	return substr("00000000", 1, digits - length(_hex(v))) _hex(v)
}

# type_code;type_code ...
function explain_types(name, value,   part, n, i, f, k, type, c) {
	read_icmp()
	row("H", "Type_Code | Description")
	rule()
	n = split(value, part, ";")
	for (i = 1; i <= icmps; i++) {
		split(Icmp[i], f, "\t")
		if (f[3] == "-")
			type = (f[1] == 6 ? "ICMPv6: " : "") f[4]
		for (k = 1; k <= (value == "" ? 1 : n); k++) {
			c = f[3] == "-" ? f[2] "_" : f[2] "_" f[3]
			if (value == "" || c == part[k] || f[3] == "-" && \
			    index(part[k], c) == 1 && !has_code(f[1], part[k])) {
				row("", sprintf("%-9s | %s", value == "" ? c : part[k], \
				    type (f[3] == "-" ? "" : ": " f[4])))
				break
			}
		}
	}
}

function has_code(version, type_code,   i, f) {
	for (i = 1; i <= icmps; i++) {
		split(Icmp[i], f, "\t")
		if (f[1] == version && f[2] "_" f[3] == type_code)
			return 1
	}
	return 0
}

# icmpType or icmpCode, of all types that have the code
function explain_number(name, value,   i, f, type, want, number) {
	read_icmp()
	row("H", name " | Description")
	rule()
	want = value == "" ? "" : _hex(value)
	for (i = 1; i <= icmps; i++) {
		split(Icmp[i], f, "\t")
		if (f[3] == "-")
			type = (f[1] == 6 ? "ICMPv6: " : "") f[4]
		if ((f[3] == "-") != (name == "icmpType"))
			continue
		number = name == "icmpType" ? f[2] : f[3]
		if (value == "" || _hex(number) == want)
			row("", sprintf("%-8s | %s", number, type (f[3] == "-" ? "" : ": " f[4])))
	}
}

# Names of numbers: protocols, ethertypes, ports.
function explain_file(name, value,   file, want, width, at, k) {
	file = share (name == "l4Proto" ? "/protocols.txt" : \
	    name == "ethType" ? "/ethertypes.txt" : "/portmap.txt")
	want = value == "" ? "" : _hex(value)
	width = length(name) > 6 ? length(name) : 6
	row("H", sprintf("%-" width "s | %s", name, "Description"))
	rule()
	at = name == "l4Proto" ? 3 : name == "ethType" ? 2 : 4
	while ((getline < file) > 0) {
		if ($0 ~ /^#/ || NF < at)
			continue
		k = split($1, ends, "-")
		if (value == "" || inside(want, _hex(ends[1]), _hex(ends[k])))
			row("", sprintf("%-" width "s | %s", $1, \
			    (at == 2 ? "" : at == 3 ? $2 ": " : $2 " " $3 ": ") $at))
	}
	close(file)
}

function inside(v, low, high) {
	return order(v) >= order(low) && order(v) <= order(high)
}

function order(digits) {
	return "x" substr("0000000000000000", 1, 16 - length(digits)) digits
}
