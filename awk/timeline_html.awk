# SPDX-License-Identifier: BSD-2-Clause
#
# timeline_html.awk - a timeline as a page: the template with the flows in it, as JSON.
#
# The line @DATA@ of the template is replaced.  Quoted as they are, cells cannot end the element
# that they are in.
#
# Variables, beside those of timeline.awk: template, protocols: files; fill: whether the page fills
# the window.  Environment: T2_TITLE.

function more_columns(   i, n, name, own) {
	Fields = split("flowStat srcIP srcPort dstIP dstPort l4Proto ethVlanID srcIPCC dstIPCC " \
	    "srcIPWho dstIPWho numPktsSnt numBytesSnt srcMac dstMac", Field, " ")
	for (i = 1; i <= Fields; i++)
		At[i] = column(Field[i])
}

function start(   line, i) {
	while ((getline line < template) > 0 && line != "@DATA@")
		print line
	protocol_names()
	printf "{\"base\":%s,\"relative\":%d,\"grid\":%d,\"fill\":%d,\"width\":%d,\"height\":%d,", \
	    Base, relative, grid, fill, width, height
	printf "\"space\":%.15g,\"least\":%.15g,\"ts\":%d,\"ls\":%d,\"ks\":%d,\n", space, least, \
	    ts, ls, ks
	printf "\"what\":\"%s\",", Packets ? "packets" : "flows"
	print text("title", "T2_TITLE") "," text("head", "T2_HEAD") "," text("tx", "T2_TX") "," \
	    text("ty", "T2_TY") "," "\"name\":" quote_json(input_name()) ","
	printf "\"columns\":[\"answer\",\"flowInd\",\"begin\",\"duration\""
	for (i = 1; i <= Fields; i++)
		printf ",\"%s\"", Field[i]
	for (i = 1; i <= Extras; i++)
		printf ",%s", quote_json(Extra[i])
	printf "],\n\"flows\":["
}

function flow(answer, row, begin, duration,   i, v, s) {
	s = answer "," row "," begin "," duration
	for (i = 1; i <= Fields; i++) {
		v = cell(At[i])
		if (Field[i] == "l4Proto" && v in Protocol)
			v = Protocol[v]
		s = s "," json_cell(v)
	}
	for (i = 1; i <= Extras; i++)
		s = s "," json_cell(cell(Extra_at[i]))
	printf "%s\n[%s]", (flows > 1 ? "," : ""), s
}

function text(key, variable) {
	return "\"" key "\":" quote_json(ENVIRON[variable])
}

function json_cell(v) {
	if (v ~ /^".*"$/)                               # t2flow puts names into quotes
		v = substr(v, 2, length(v) - 2)
	return quote_json(v)
}

function end(   line) {
	print "]}"
	while ((getline line < template) > 0)
		print line
}

function protocol_names(   line, part) {
	while ((getline line < protocols) > 0)
		if (split(line, part, "\t") > 1 && part[1] ~ /^[0-9]+$/)
			Protocol[part[1]] = part[2]
	close(protocols)
}
