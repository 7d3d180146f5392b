# SPDX-License-Identifier: BSD-2-Clause
#
# shark.awk - Wireshark's names: columns of packet files by names of fields.

#: shark(field)
#  The value of a field such as "ip.ttl" or "tcp.flags.syn"; empty where the packet has another
#  protocol, the name of the field on the header row.
function shark(field,   what, a) {
	if (!_shark_known)
		_shark_init()
	if (!(field in _shark))
		_die("shark(): " field " is not known" _shark_near(field))
	split(_shark[field], a, " ")
	if (_H) {
		_col(a[1])
		return field
	}
	what = substr(field, 1, index(field ".", ".") - 1)
	if (!_shark_is(what))
		return ""
	if (a[2] != "")
		return (_any($_col(a[1]), a[2]) != 0) + 0
	if (field == "ip.frag_offset")
		return _any($_col(a[1]), "0x1fff") * 8
	return field ~ /^tcp\.(seq|ack)$/ ? _strtonum($_col(a[1])) : $_col(a[1])
}

# Has the packet the protocol that a field's name begins with?
function _shark_is(what,   p) {
	if (what == "frame" || what == "eth")
		return 1
	if (what == "vlan")
		return $_col("ethVlanID") != ""
	if (what == "ip" || what == "ipv6")
		return _any($_col("flowStat"), what == "ip" ? 16384 : 32768) != 0
	if (what == "dns" || what == "http")
		return $_col(what "Stat") != "" && _any($_col(what "Stat"), "0xffffffff") != 0
	p = what == "tcp" ? 6 : what == "udp" ? 17 : what == "icmp" ? 1 : 58
	return $_col("l4Proto") == p
}

function _shark_near(field,   k, all, near) {
	for (k in _shark)
		all = all " " k
	near = _near(field, all)
	return near == "" ? "" : " (did you mean " near "?)"
}

# Field, column, and the mask of those that are a bit.
function _shark_init(   row, n, i, k) {
	n = split("frame.number pktNo;frame.len pktLen;frame.time time;frame.time_epoch time;" \
	    "frame.time_delta pktIAT;frame.protocols hdrDesc;eth.src srcMac;eth.dst dstMac;" \
	    "eth.type ethType;vlan.id ethVlanID;ip.src srcIP;ip.dst dstIP;ip.proto l4Proto;" \
	    "ip.ttl ipTTL;ip.id ipID;ip.dsfield ipTOS;ip.checksum ipHdrChkSum;" \
	    "ip.frag_offset ipFrag;ip.flags.rb ipFrag 0x8000;ip.flags.df ipFrag 0x4000;" \
	    "ip.flags.mf ipFrag 0x2000;ipv6.src srcIP;ipv6.dst dstIP;ipv6.nxt l4Proto;" \
	    "ipv6.hlim ipTTL;tcp.srcport srcPort;tcp.dstport dstPort;tcp.seq seq;tcp.ack ack;" \
	    "tcp.len l7Len;tcp.stream flowInd;tcp.checksum l4HdrChkSum;tcp.flags tcpFlags;" \
	    "tcp.flags.fin tcpFlags 0x01;tcp.flags.syn tcpFlags 0x02;" \
	    "tcp.flags.reset tcpFlags 0x04;tcp.flags.push tcpFlags 0x08;" \
	    "tcp.flags.ack tcpFlags 0x10;tcp.flags.urg tcpFlags 0x20;" \
	    "tcp.flags.ecn tcpFlags 0x40;tcp.flags.cwr tcpFlags 0x80;" \
	    "tcp.window_size_value tcpWin;tcp.window_size tcpWin;tcp.options tcpOpts;" \
	    "udp.srcport srcPort;udp.dstport dstPort;udp.stream flowInd;udp.checksum l4HdrChkSum;" \
	    "icmp.type icmpType;icmp.code icmpCode;icmpv6.type icmpType;icmpv6.code icmpCode;" \
	    "dns.qry.name dnsQname;http.host httpHosts", row, ";")
	for (i = 1; i <= n; i++) {
		k = index(row[i], " ")
		_shark[substr(row[i], 1, k - 1)] = substr(row[i], k + 1)
	}
	_shark_known = 1
}
