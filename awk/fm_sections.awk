# SPDX-License-Identifier: BSD-2-Clause
#
# fm_sections.awk - the sections of a report, from what fm.awk has counted.

# The texts of the headers file behind "# WORD: ", joined by line ends.
function recorded(word,   line, r) {
	if (ENVIRON["T2_HEADERS"] == "")
		return ""
	while ((getline line < ENVIRON["T2_HEADERS"]) > 0)
		if (index(line, "# " word) == 1)
			r = r (r == "" ? "" : "\n") substr(line, length(word) + 3)
	close(ENVIRON["T2_HEADERS"])
	return r
}

function fact(name, text) {
	printf "<tr><th>%s</th><td>%s</td></tr>\n", html(name), text
}

function lines(text,   v, n, i, r) {
	n = split(text, v, "\n")
	for (i = 1; i <= n; i++)
		r = r (i > 1 ? "<br>" : "") html(v[i])
	return r
}

function print_head(   s) {
	page_begin(ENVIRON["T2_TITLE"])
	printf "<h1>%s</h1>\n", html(ENVIRON["T2_TITLE"])
	s = ENVIRON["T2_AUTHOR"]
	s = (s == "" ? "" : s ", ") ENVIRON["T2_NAME"]
	printf "<p class=\"sub\">%s</p>\n", html(s)
	print "<nav><a href=\"#summary\">Summary</a><a href=\"#talkers\">Talkers</a>" \
	    "<a href=\"#flows\">Flows</a><a href=\"#protocols\">Protocols</a>" \
	    "<a href=\"#places\">Places</a><a href=\"#anomalies\">Anomalies</a>" \
	    "<a href=\"#report\">End report</a></nav>"
}

function print_summary(   s) {
	section("summary", "Summary")
	print "<table class=\"facts\" id=\"facts\"><tbody>"
	s = Dir ? " (" num(by_direction["A"]) " A, " num(by_direction["B"]) " B)" : ""
	fact("Flows", num(Flows) s)
	if (Pkts)
		fact("Packets in flows", num(All_packets))
	if (Bytes)
		fact("Bytes in flows", num(All_bytes))
	if (Src)
		fact("Hosts", num(length_of(hosts)))
	if (First) {
		fact("First packet", point(Begin))
		fact("Last packet", point(End))
		if (Begin ~ /^-?[0-9.]+$/)
			fact("Duration", sprintf("%.6f s", End - Begin))
	}
	if (ENVIRON["T2_FROM"] != "")
		fact("Only flows active", "from " html(ENVIRON["T2_FROM"]) " to " \
		    html(ENVIRON["T2_TO"]))
	if ((s = recorded("SHA-256: ")) != "")
		fact("SHA-256 of captures", "<code>" lines(s) "</code>")
	if ((s = recorded("Command line: ")) != "")
		fact("Command line", "<code>" lines(s) "</code>")
	if ((s = recorded("Options: ")) != "")
		fact("Options", "<code>" lines(s) "</code>")
	if ((s = recorded("Filter: ")) != "")
		fact("Filter", "<code>" lines(s) "</code>")
	if ((s = recorded("t2 ")) != "")
		fact("Made by", "t2 " lines(s))
	print "</tbody></table>"
	note("A flow is one direction of a conversation: A began it, B answered. Bytes are those" \
	    " of the column numBytesSnt, by default payload above the transport header.")
	picture("timeline", "Flows over time")
	picture("traffic", "Bytes of flows by the time of their first packet")
}

function length_of(v,   k, n) {
	for (k in v)
		n++
	return n + 0
}

# A time as it stands in the flow file, with its date (UTC) if it is seconds.
function point(t) {
	return html(t) (t ~ /^[0-9]+\.[0-9]+$/ ? " s = " date(t) : "")
}

# Days since 1970-03-01 of an imagined Gregorian year that begins in March.
function date(t,   d, s, era, y, m, doe, yoe, doy) {
	d = int(t / 86400)
	s = int(t - d * 86400)
	d += 719468
	era = int(d / 146097)
	doe = d - era * 146097
	yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
	doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
	m = int((5 * doy + 2) / 153)
	d = doy - int((153 * m + 2) / 5) + 1
	y = yoe + era * 400 + (m >= 10)
	m = m < 10 ? m + 3 : m - 9
	return sprintf("%04d-%02d-%02d %02d:%02d:%02d UTC", y, m, d, s / 3600, s % 3600 / 60,
	    s % 60)
}

function talkers(id, caption, v, unit,   i, n, all, h) {
	all = unit == "flows" ? Flows : unit == "packets" ? All_packets : All_bytes
	table_begin(id, caption, "Host|Country, organisation|Flows>|Packets>|Bytes>" \
	    "|Received packets>|Received bytes>|Share of " unit ">")
	n = top(v, rows)
	for (i = 1; i <= n; i++) {
		h = Top[i]
		row(html(h), html(origin[h]), num(sent_flows[h]), num(sent_packets[h]),
		    num(sent_bytes[h]), num(got_packets[h]), num(got_bytes[h]), bar(v[h], all))
	}
	table_end()
}

function print_talkers() {
	section("talkers", "Top talkers")
	if (!Src)
		return needs(Plugin["srcIP"])
	if (!Pkts)
		needs(Plugin["numPktsSnt"])
	else {
		talkers("talkers-bytes", "Hosts that sent the most bytes", sent_bytes, "bytes")
		talkers("talkers-packets", "Hosts that sent the most packets", sent_packets,
		    "packets")
	}
	talkers("talkers-flows", "Hosts with the most flows", sent_flows, "flows")
	picture("graph", "Who talks to whom: the heaviest connections")
}

function print_flows(   i, v) {
	section("flows", "Biggest flows")
	if (!Bytes || !Src)
		return needs(!Src ? Plugin["srcIP"] : Plugin["numBytesSnt"])
	table_begin("big-flows", "Conversations with the most bytes, both directions together",
	    "Flow>|From|To|Protocol>|Duration>|Packets>|Bytes>|Headers")
	for (i = 1; i <= Nbig; i++) {
		split(big_row[i], v, FS)
		row(html(v[1]), html(v[2]) " <code>" html(v[3]) "</code>",
		    html(v[4]) " <code>" html(v[5]) "</code>", html(v[6]), html(v[7]), num(v[8]),
		    num(big[i]), html(v[9]))
	}
	table_end()
	note("The packets of a flow: <code>t2extract -r CAPTURE -w OUT NUMBER</code>")
}

function print_protocols(   i, n, v, k) {
	section("protocols", "Protocols")
	if (!Proto)
		return needs(Plugin["l4Proto"])
	table_begin("protocols-l4", "Protocols above IP",
	    "Number>|Protocol|Flows>|Packets>|Bytes>|Share of packets>")
	n = top(proto_packets, 1000)
	for (i = 1; i <= n; i++) {
		k = Top[i]
		row(html(k), html(protocol(k)), num(proto_flows[k]), num(proto_packets[k]),
		    num(proto_bytes[k]), bar(proto_packets[k], All_packets))
	}
	table_end()
	if (!Class_n)
		return needs(Plugin["dstPortClass"])
	table_begin("protocols-ports", "Services by the port of the server",
	    "Port>|Service|Protocol|Flows>|Packets>|Bytes>|Share of bytes>")
	n = top(port_bytes, rows)
	for (i = 1; i <= n; i++) {
		k = Top[i]
		split(k, v, SUBSEP)
		row(html(v[2]), html(v[3]), html(protocol(v[1])), num(port_flows[k]),
		    num(port_packets[k]), num(port_bytes[k]), bar(port_bytes[k], All_bytes))
	}
	table_end()
	picture("services", "Bytes by service")
}

# The name of an IP protocol: protocols.txt is shipped beside.
function protocol(n,   line, v) {
	if (!Protocols_read++)
		while ((getline line < ENVIRON["T2_PROTOCOLS"]) > 0) {
			split(line, v, "\t")
			if (v[1] ~ /^[0-9]+$/)
				Protocol_name[v[1]] = v[3] != "" ? v[3] : v[2]
		}
	return Protocol_name[n]
}

function places(id, caption, what, sent, got, flows,   i, n) {
	table_begin(id, caption, what "|Flows>|Bytes sent>|Bytes received>|Share of bytes sent>")
	n = top(sent, rows)
	for (i = 1; i <= n; i++)
		row(html(unquoted(Top[i])), num(flows[Top[i]]), num(sent[Top[i]]), num(got[Top[i]]),
		    bar(sent[Top[i]], All_bytes))
	table_end()
}

function print_places() {
	section("places", "Countries and organisations")
	if (!Src_cc && !Src_who)
		return needs(Plugin["srcIPCC"])
	if (Src_cc)
		places("countries", "Countries", "Country", country_sent, country_got,
		    country_flows)
	if (Src_who)
		places("organisations", "Organisations", "Organisation", who_sent, who_got,
		    who_flows)
	note("-- is unknown, numbers are special networks; countries need data:" \
	    " <code>t2geo fetch</code>")
}

# What is set in the values of column i: Bit_flows, Bit_example by bit number.
function count_bits(i,   k, v, n, bit, j, b) {
	split("", Bit_flows); split("", Bit_example)
	for (k in value) {
		split(k, v, SUBSEP)
		if (v[1] != i)
			continue
		n = split(bits_of(v[2]), bit, " ")
		for (j = 1; j <= n; j++) {
			b = bit[j]
			Bit_flows[b] += value[k]
			if (!(b in Bit_example) || example[k] - Bit_example[b] < 0)
				Bit_example[b] = example[k]
		}
	}
}

function bit_table(id, caption, i, from, to,   b, any) {
	for (b in Bit_flows)
		any += b + 0 >= from && b + 0 < to
	if (!any)
		return
	table_begin(id, caption, "Bit|Meaning|Flows>|Hosts>|Example: flow>|Share of flows>")
	for (b = from; b < to; b++)
		if (b in Bit_flows)
			row("<code>" html(Bit_mask[Mask[i], b]) "</code>",
			    html(Bit_text[Mask[i], b]), num(Bit_flows[b]), num(bit_hosts[i, b]),
			    html(Bit_example[b]), bar(Bit_flows[b], Flows))
	table_end()
}

function print_anomalies(   i, n, h) {
	section("anomalies", "Anomalies")
	note("Each bit with its meaning, how many flows have it and from how many hosts. The" \
	    " flows themselves: <code>tawk 'bitsanyset($COLUMN, BIT)' FLOWFILE</code>")
	for (i = 1; i <= Nmasks; i++) {
		if (!At[i]) {
			if (Mask[i] in Plugin)
				needs(Plugin[Mask[i]])
			continue
		}
		count_bits(i)
		bit_table("bits-" Mask[i], Mask[i], i, Trouble[Mask[i]] + 0, 64)
		if (Trouble[Mask[i]])
			bit_table("kinds-" Mask[i], Mask[i] ": protocols and encapsulations", i, 0,
			    Trouble[Mask[i]])
	}
	if (!Src || !Pkts_back)
		return
	table_begin("silent", "Hosts that got no answer: scans, dead services, one-sided captures",
	    "Host|Country, organisation|Flows without answer>|To hosts>|To ports>" \
	    "|Share of its flows>")
	n = top(silent, rows)
	for (i = 1; i <= n; i++) {
		h = Top[i]
		row(html(h), html(origin[h]), num(silent[h]), num(silent_hosts[h]),
		    num(silent_ports[h]), bar(silent[h], sent_flows[h]))
	}
	table_end()
}

function print_log(   line) {
	section("report", "End report")
	if (ENVIRON["T2_LOG"] == "") {
		print "<p class=\"na\">N/A: there is no log file beside the flows (t2 -l)</p>"
		return
	}
	if (ENVIRON["T2_FROM"] != "")
		note("Of the whole run, not only of the time that the tables are about.")
	print "<pre>"
	while ((getline line < ENVIRON["T2_LOG"]) > 0)
		print html(line)
	print "</pre>"
}
