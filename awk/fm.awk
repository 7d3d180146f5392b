# SPDX-License-Identifier: BSD-2-Clause
#
# fm.awk - the report of a flow file as HTML; see t2fm(1).
#
# Needs fn/near.awk, fn/core.awk, table.awk, gp.awk and fm_html.awk.  What bits mean and which
# plugin has which column comes from t2cols.
#
# Variables: rows, of a table.  Environment: T2_BITS and T2_COLS, made by t2cols; T2_HEADERS and
# T2_LOG, files beside the flows, or empty; T2_PICTURES, a folder; T2_TITLE, T2_AUTHOR, T2_NAME.

BEGIN {
	FS = OFS = "\t"
	read_tables()
	# columns whose bits tell of trouble, and from which of their bits on: what is below are
	# protocols and encapsulations
	Nmasks = split("flowStat ipFlags tcpFStat tcpAnomaly tcpStates icmpStat", Mask, " ")
	Trouble["flowStat"] = 32
	Hex = "0123456789abcdef"
}

function read_tables(   line, v) {
	while ((getline line < ENVIRON["T2_BITS"]) > 0) {
		split(line, v, "\t")
		if (v[1] !~ /^%/) {
			Bit_mask[v[1], v[2]] = v[3]
			Bit_text[v[1], v[2]] = v[6]
		}
	}
	while ((getline line < ENVIRON["T2_COLS"]) > 0) {
		split(line, v, /  +/)
		if (split(line, v, " ") >= 4 && v[1] ~ /^[0-9]+$/)
			Plugin[v[2]] = v[4]
	}
}

function columns(   i) {
	Dir = column("dir"); Ind = column("flowInd")
	First = column("timeFirst"); Last = column("timeLast"); Lasts = column("duration")
	Src = column("srcIP"); Dst = column("dstIP"); Sport = column("srcPort")
	Dport = column("dstPort"); Proto = column("l4Proto"); Desc = column("hdrDesc")
	Src_cc = column("srcIPCC"); Dst_cc = column("dstIPCC")
	Src_who = column("srcIPWho"); Dst_who = column("dstIPWho")
	Pkts = column("numPktsSnt"); Bytes = column("numBytesSnt")
	Pkts_back = column("numPktsRcvd"); Bytes_back = column("numBytesRcvd")
	Class_n = column("dstPortClassN"); Class = column("dstPortClass")
	for (i = 1; i <= Nmasks; i++)
		At[i] = column(Mask[i])
}

is_names() { next }

{
	Flows++
	packets = Pkts ? $Pkts + 0 : 0
	bytes = Bytes ? $Bytes + 0 : 0
	All_packets += packets
	All_bytes += bytes
	by_direction[Dir ? $Dir : "-"]++
	if (First) {
		if (Begin == "" || later(Begin, $First)) Begin = $First
		if (End == "" || later($Last, End)) End = $Last
	}
	if (Src)
		take_hosts($Src, $Dst)
	if (Proto) {
		proto_flows[$Proto]++
		proto_packets[$Proto] += packets
		proto_bytes[$Proto] += bytes
	}
	if (Class_n && ($Proto == 6 || $Proto == 17 || $Proto == 132)) {
		key = $Proto SUBSEP $Class_n SUBSEP $Class
		port_flows[key]++
		port_packets[key] += packets
		port_bytes[key] += bytes
	}
	if (Src_cc) {
		country_sent[$Src_cc] += bytes
		country_got[$Dst_cc] += bytes
		country_flows[$Src_cc]++
	}
	if (Src_who) {
		who_sent[$Src_who] += bytes
		who_got[$Dst_who] += bytes
		who_flows[$Src_who]++
	}
	if (!Dir || $Dir == "A")
		take_flow(packets + cell(Pkts_back), bytes + cell(Bytes_back))
	for (i = 1; i <= Nmasks; i++)
		if (At[i] && $(At[i]) !~ /^0x0*$/)
			take_bits(i, $(At[i]))
}

function take_bits(i, v,   n, bit, k, host, had) {
	k = i SUBSEP v
	value[k]++
	if (!(k in example) || $Ind - example[k] < 0)
		example[k] = $Ind
	if (!Src)
		return
	# the bits that the host has had; nearly always they are the same again
	host = i SUBSEP $Src
	had = host_bits[host]
	if (had == bits_of(v))
		return
	if (had == "")
		host_bits[host] = bits_of(v)
	n = split(bits_of(v), bit, " ")
	for (k = 1; k <= n; k++)
		if (!index(" " had " ", " " bit[k] " ")) {
			bit_hosts[i, bit[k]]++
			if (had != "")
				host_bits[host] = host_bits[host] " " bit[k]
		}
}

# The numbers of the bits that are set in a hexadecimal value.  There are few different values.
function bits_of(v,   b, n, digit, r) {
	if (v in Bits)
		return Bits[v]
	n = length(v)
	for (b = 0; b < 64 && b < 4 * (n - 2); b++) {
		if (b % 4 == 0)
			digit = index(Hex, tolower(substr(v, n - b / 4, 1))) - 1
		if (digit > 0 && digit % 2)
			r = r (r == "" ? "" : " ") b
		digit = int(digit / 2)
	}
	return Bits[v] = r
}

# Is time a after b?  As texts if they are dates.
function later(a, b) {
	return a ~ /^-?[0-9.]+$/ ? a - b > 0 : a "" > b ""
}

function take_hosts(src, dst) {
	hosts[src]; hosts[dst]
	sent_packets[src] += packets
	sent_bytes[src] += bytes
	sent_flows[src]++
	got_packets[dst] += packets
	got_bytes[dst] += bytes
	if (Src_cc && !(src in origin))
		origin[src] = $Src_cc "  " (Src_who ? unquoted($Src_who) : "")
	if (Pkts_back && $Dir == "A" && $Pkts_back == 0 && packets > 0) {
		silent[src]++
		if (!((src, "d", dst) in target)) { target[src, "d", dst]; silent_hosts[src]++ }
		if (!((src, "p", $Proto, $Dport) in target)) {
			target[src, "p", $Proto, $Dport]
			silent_ports[src]++
		}
	}
}

# The biggest flows, the biggest first; both directions count.
function take_flow(packets, bytes,   i) {
	Nflows++
	if (Nbig == rows && bytes <= big[Nbig])
		return
	if (Nbig < rows)
		Nbig++
	for (i = Nbig; i > 1 && big[i - 1] < bytes; i--) {
		big[i] = big[i - 1]
		big_row[i] = big_row[i - 1]
	}
	big[i] = bytes
	big_row[i] = $Ind FS $Src FS $Sport FS $Dst FS $Dport FS $Proto FS $Lasts FS packets FS \
	    cell(Desc)
}

# The n largest of v into Top[1..n]; returns n.  Equal ones by name.
function top(v, n,   k, i, m, least) {
	split("", Top)
	for (k in v) {
		if (m == n && v[k] < least)
			continue
		if (m < n)
			m++
		else if (v[k] == least && k "" > Top[n] "")
			continue
		for (i = m; i > 1 && (v[Top[i - 1]] < v[k] ||
		    (v[Top[i - 1]] == v[k] && Top[i - 1] "" > k "")); i--)
			Top[i] = Top[i - 1]
		Top[i] = k
		least = v[Top[m]]
	}
	return m + 0
}

END {
	if (_t2dead)
		exit _t2dead
	if (!Flows)
		fail("no flows")
	print_head()
	print_summary()
	print_talkers()
	print_flows()
	print_protocols()
	print_places()
	print_anomalies()
	print_log()
	page_end()
}
