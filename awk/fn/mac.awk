# SPDX-License-Identifier: BSD-2-Clause
#
# mac.awk - Ethernet addresses: those of flows and packets.
#
# They come from srcMac_dstMac_numP, else from srcMac and dstMac.  The address to look for is a
# regular expression; case does not matter.

#: ether([mac])
#  Does an Ethernet address of the flow, source or destination, match?  Without mac: those of all
#  pairs, joined with ; once each.  mac() is the same.  Tests are true on the header row.
function ether(mac_) {
	return _mac(mac_, 3)
}

#: mac([mac])
function mac(mac_) {
	return _mac(mac_, 3)
}

#: sether([mac])
#  The same for source addresses; smac() is the same.
function sether(mac_) {
	return _mac(mac_, 1)
}

#: smac([mac])
function smac(mac_) {
	return _mac(mac_, 1)
}

#: dether([mac])
#  The same for destination addresses; dmac() is the same.
function dether(mac_) {
	return _mac(mac_, 2)
}

#: dmac([mac])
function dmac(mac_) {
	return _mac(mac_, 2)
}

# sides: 1 source, 2 destination, 3 both
function _mac(wanted, sides,   pairs, n, i, p, seen, r) {
	pairs = _has("srcMac_dstMac_numP")
	if (_H && wanted != "")
		return pairs || _col("srcMac") && _col("dstMac")
	if (_H)
		return pairs ? $pairs : sides == 1 ? $_col("srcMac") : \
		    sides == 2 ? $_col("dstMac") : $_col("srcMac") OFS $_col("dstMac")
	n = split(pairs ? $pairs : _mac_pairs(), p, /[_;]/)
	for (i = 1; i <= n; i++) {
		if (p[i] !~ /:/ || i % 3 == 0 || sides != 3 && i % 3 != sides)
			continue
		if (wanted != "" && tolower(p[i]) ~ tolower(wanted))
			return 1
		if (!(p[i] in seen))
			r = r (r == "" ? "" : ";") p[i]
		seen[p[i]]
	}
	return wanted == "" ? r : 0
}

# The two columns in the form of the compound one.
function _mac_pairs(   s, d, n, m, i, r) {
	n = split($_col("srcMac"), s, ";")
	m = split($_col("dstMac"), d, ";")
	for (i = 1; i <= n || i <= m; i++)
		r = r (i > 1 ? ";" : "") s[i] "_" d[i] "_1"
	return r
}
