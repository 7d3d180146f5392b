# SPDX-License-Identifier: BSD-2-Clause
#
# fm_html.awk - HTML of a report: texts, numbers, tables, pictures; needs gp.awk.
#
# Whatever comes from a capture passes through html().  One file holds it all: no scripts, nothing
# is loaded from elsewhere.

function html(s) {
	s = gp_clean(s)
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	gsub(/'/, "\\&#39;", s)
	return s
}

# A text column without its quotes.
function unquoted(s) {
	if (s !~ /^".*"$/)
		return s
	s = substr(s, 2, length(s) - 2)
	gsub(/\\"/, "\"", s)
	gsub(/\\\\/, "\\", s)
	return s
}

# Digits in groups of three, by narrow blanks that do not break; or with a unit, or both.
function num(n,   r) {
	r = digits(n)
	if (ENVIRON["T2_HUMAN"] == "" || n < 1000)
		return r
	return ENVIRON["T2_HUMAN"] == "H" ? human(n) : r " (" human(n) ")"
}

# Three digits and a unit of 1000s.
function human(n,   i, s) {
	for (i = 0; n >= 999.5 && i < 6; i++)
		n /= 1000
	s = n < 9.995 ? "%.2f" : n < 99.95 ? "%.1f" : "%.0f"
	return sprintf(s, n) (i ? "&#160;" substr("KMGTPE", i, 1) : "")
}

function digits(n,   s, r) {
	s = sprintf("%.0f", n)
	for (; length(s) > 3; s = substr(s, 1, length(s) - 3))
		r = "&#8239;" substr(s, length(s) - 2) r
	return s r
}

function share(n, all) {
	return all > 0 ? 100 * n / all : 0
}

# cells: TITLE or TITLE> joined by |; > is for numbers
function table_begin(id, caption, cells,   i, n, v) {
	printf "<table id=\"%s\"><caption>%s</caption>\n<thead><tr>", id, html(caption)
	Ncells = n = split(cells, v, /\|/)
	for (i = 1; i <= n; i++) {
		Right[i] = v[i] ~ />$/
		sub(/>$/, "", v[i])
		printf "<th%s>%s</th>", (Right[i] ? " class=\"n\"" : ""), html(v[i])
	}
	print "</tr></thead>\n<tbody>"
}

# Of ready HTML, as many as the table has columns.
function row(a, b, c, d, e, f, g, h,   v, i) {
	v[1] = a; v[2] = b; v[3] = c; v[4] = d; v[5] = e; v[6] = f; v[7] = g; v[8] = h
	printf "<tr>"
	for (i = 1; i <= Ncells; i++)
		printf "<td%s>%s</td>", (Right[i] ? " class=\"n\"" : ""), v[i]
	print "</tr>"
}

function table_end() {
	print "</tbody></table>"
}

# A percentage with a bar behind it.
function bar(n, all,   p) {
	p = share(n, all)
	return sprintf("<span class=\"bar\"><i style=\"width:%.1f%%\"></i></span>%.2f %%", p, p)
}

function section(id, title) {
	printf "<h2 id=\"%s\">%s</h2>\n", id, html(title)
}

# Ready HTML in small letters.
function note(s) {
	printf "<p class=\"note\">%s</p>\n", s
}

# As the seed's reports: what is missing for a section.
function needs(plugin) {
	printf "<p class=\"na\">N/A: %s plugin required</p>\n", html(plugin)
}

# A picture in the folder of pictures, or why it is not there.
function picture(name, caption,   path, type, line, text) {
	path = ENVIRON["T2_PICTURES"] "/" name
	if ((getline type < (path ".b64")) > 0) {
		while ((getline line < (path ".b64")) > 0)
			text = text line
		caption = html(caption)
		text = type text
		printf "<figure id=\"%s\"><img alt=\"%s\" src=\"data:%s\">" \
		    "<figcaption>%s</figcaption></figure>\n", name, caption, text, caption
	} else if ((getline line < (path ".why")) > 0) {
		printf "<p class=\"na\">%s: %s</p>\n", html(caption), html(line)
	}
}

function page_begin(title,   colour) {
	colour = ENVIRON["T2_COLOUR"]
	print "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	print "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
	printf "<title>%s</title>\n<style>\n", html(title)
	print "body { font: 15px/1.45 system-ui, 'DejaVu Sans', sans-serif; color: #1d2430;" \
	    " max-width: 62em; margin: 2em auto; padding: 0 1em; background: #fff }"
	print "h1 { font-size: 1.8em; margin: 0 0 .1em }"
	print "h2 { font-size: 1.25em; margin: 2em 0 .5em; border-bottom: 2px solid " colour " }"
	print "p.sub, p.note, p.na, figcaption { color: #5a6472; margin: .3em 0 }"
	print "p.note, figcaption { font-size: .87em }"
	print "p.na { font-style: italic }"
	print "nav a { margin-right: 1.1em; color: #14698c }"
	print "table { border-collapse: collapse; width: 100%; margin: .8em 0 1.4em;" \
	    " font-size: .87em }"
	print "caption { text-align: left; font-weight: 600; padding: .3em 0 }"
	print "th, td { text-align: left; padding: .22em .6em .22em 0; vertical-align: top;" \
	    " border-bottom: 1px solid #e3e7ec; overflow-wrap: anywhere }"
	print "th { border-bottom: 1px solid #8a94a3; font-weight: 600 }"
	print "td.n, th.n { text-align: right; font-variant-numeric: tabular-nums;" \
	    " white-space: nowrap }"
	print "table.facts th { width: 13em; border-bottom: 1px solid #e3e7ec }"
	print ".bar { display: inline-block; width: 5em; height: .65em; background: #eef1f4;" \
	    " margin-right: .6em }"
	print ".bar i { display: block; height: 100%; background: " colour " }"
	print "figure { margin: 1em 0; text-align: center; break-inside: avoid }"
	print "figure img { max-width: 100%; max-height: 40em }"
	print "pre, code { font-family: 'DejaVu Sans Mono', monospace; font-size: .9em }"
	print "td code { white-space: nowrap } table.facts code { white-space: normal }"
	print "pre { background: #f5f7f9; padding: .8em; white-space: pre-wrap;" \
	    " overflow-wrap: anywhere }"
	print "@page { size: A4; margin: 16mm 14mm; @bottom-right {" \
	    " content: counter(page) ' / ' counter(pages); font-size: 9px; color: #5a6472 } }"
	print "@media print { body { font-size: 10.5px; margin: 0; max-width: none }" \
	    " nav { display: none } tr { break-inside: avoid } h2, caption { break-after: avoid } }"
	print ".watermark { position: fixed; top: 40%; left: 0; right: 0; text-align: center;" \
	    " font-size: 5em; color: #8a94a3; opacity: .22; transform: rotate(-30deg);" \
	    " pointer-events: none }"
	print "footer { color: #5a6472; font-size: .87em; margin-top: 2em }"
	print "@media print { footer { position: fixed; bottom: -10mm; left: 0; margin: 0 } }"
	print "</style></head><body>"
	if (ENVIRON["T2_WATERMARK"] != "")
		printf "<div class=\"watermark\">%s</div>\n", html(ENVIRON["T2_WATERMARK"])
}

function page_end() {
	if (ENVIRON["T2_COPYRIGHT"] != "")
		printf "<footer>%s</footer>\n", html(ENVIRON["T2_COPYRIGHT"])
	print "</body></html>"
}
