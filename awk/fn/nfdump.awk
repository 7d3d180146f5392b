# SPDX-License-Identifier: BSD-2-Clause
#
# nfdump.awk - In the way of nfdump: its columns, and whole lines of them.
#
# On the header row each function returns the title of its column.

#: ts()
#  When the flow was first seen; te(): last seen.
function ts() {
	return _H ? "Date first seen" : _nf_date($_col("timeFirst"))
}

#: te()
function te() {
	return _H ? "Date last seen" : _nf_date($_col("timeLast"))
}

#: td()
#  Its duration.
function td() {
	return _H ? "duration" : $_col("duration")
}

#: pr()
#  The name of its protocol.
function pr() {
	return _H ? "Proto" : _proto_str($_col("l4Proto"))
}

#: sa()
#  The source address; da(): the destination address.
function sa() {
	return _H ? "Src IP Addr" : $_src()
}

#: da()
function da() {
	return _H ? "Dst IP Addr" : $_dst()
}

#: sap()
#  Source address and port; dap(): destination address and port.
function sap() {
	return _H ? "Src IP Addr:Port" : $_src() ":" $_col("srcPort")
}

#: dap()
function dap() {
	return _H ? "Dst IP Addr:Port" : $_dst() ":" $_col("dstPort")
}

#: sp()
#  The source port; dp(): the destination port.
function sp() {
	return _H ? "Src Pt" : $_col("srcPort")
}

#: dp()
function dp() {
	return _H ? "Dst Pt" : $_col("dstPort")
}

#: pkt()
#  Packets received, as ipkt(); opkt(): packets sent.
function pkt() {
	return _H ? "Packets" : $_col("numPktsRcvd")
}

#: ipkt()
function ipkt() {
	return _H ? "In Pkt" : $_col("numPktsRcvd")
}

#: opkt()
function opkt() {
	return _H ? "Out Pkt" : $_col("numPktsSnt")
}

#: byt()
#  Bytes received, as ibyt(); obyt(): bytes sent.
function byt() {
	return _H ? "Bytes" : $_col("numBytesRcvd")
}

#: ibyt()
function ibyt() {
	return _H ? "In Byte" : $_col("numBytesRcvd")
}

#: obyt()
function obyt() {
	return _H ? "Out Byte" : $_col("numBytesSnt")
}

#: flg()
#  The TCP flags UAPRSF, with a dot for each that is not set.
function flg(   v, i, r) {
	if (_H)
		return "Flags"
	v = $_col("tcpFlags")
	for (i = 1; i <= 6; i++)
		r = r (_any(v, _two(6 - i)) ? substr("UAPRSF", i, 1) : ".")
	return r
}

#: bps()
#  Bits sent in a second; pps(): packets; bpp(): bytes in a packet.
function bps() {
	return _H ? "bps" : 8 * $_col("bytps")
}

#: pps()
function pps() {
	return _H ? "pps" : $_col("pktps")
}

#: bpp()
function bpp() {
	return _H ? "Bpp" : $_col("avePktSize")
}

#: mpls()
#  The MPLS labels as label-experimental-bottom, joined by blanks; mpls1() to mpls10(): one of them.
#  Needs a column of MPLS labels (t2cols -a).
function mpls(   i, r) {
	if (_H)
		return "MPLS"
	for (i = 1; _nf_mpls(i) != ""; i++)
		r = r (i > 1 ? " " : "") _nf_mpls(i)
	return r
}

#: mpls1()
function mpls1() {
	return _H ? "MPLS1" : _nf_mpls(1)
}

#: mpls2()
function mpls2() {
	return _H ? "MPLS2" : _nf_mpls(2)
}

#: mpls3()
function mpls3() {
	return _H ? "MPLS3" : _nf_mpls(3)
}

#: mpls4()
function mpls4() {
	return _H ? "MPLS4" : _nf_mpls(4)
}

#: mpls5()
function mpls5() {
	return _H ? "MPLS5" : _nf_mpls(5)
}

#: mpls6()
function mpls6() {
	return _H ? "MPLS6" : _nf_mpls(6)
}

#: mpls7()
function mpls7() {
	return _H ? "MPLS7" : _nf_mpls(7)
}

#: mpls8()
function mpls8() {
	return _H ? "MPLS8" : _nf_mpls(8)
}

#: mpls9()
function mpls9() {
	return _H ? "MPLS9" : _nf_mpls(9)
}

#: mpls10()
function mpls10() {
	return _H ? "MPLS10" : _nf_mpls(10)
}

#: oline()
#  A whole line: date, duration, protocol, addresses and ports, packets, bytes.
function oline() {
	return _nf_flow() OFS _nf_size()
}

#: olong()
#  The same with the TCP flags.
function olong() {
	return _nf_flow() OFS flg() OFS _nf_size()
}

#: oextended()
#  The same with bits and packets in a second, and bytes in a packet.
function oextended() {
	return _nf_flow() OFS flg() OFS _nf_size() OFS bps() OFS pps() OFS bpp()
}

function _nf_flow() {
	return ts() OFS td() OFS pr() OFS sap() OFS "->" OFS dap()
}

function _nf_size() {
	return pkt() OFS byt()
}

function _nf_date(t,   s) {
	s = _date(_epoch(t))
	return s ~ /\./ ? substr(s "000", 1, 23) : s ".000"
}

function _nf_mpls(i,   c, a, v) {
	c = _has("mplsTagsHex;mplsHdrsHex;mplsLabels;mplsLabelsHex")
	if (!c)
		_missing("mplsTagsHex")
	split($c, a, ";")
	if (COL[c] !~ /Tags|Hdrs/ || a[i] == "")
		return a[i]
	v = _hex_dec(_hex(a[i]))
	return int(v / 4096) "-" int(v / 512) % 8 "-" int(v / 256) % 2
}
