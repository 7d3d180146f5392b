# SPDX-License-Identifier: BSD-2-Clause
#
# examples.awk - Examples: what can be made of the other functions.
#
# Most need columns of plugins outside the default set; a column that is missing is named.

#: covertChans([value[, num]])
#  Flows with signs of covert channels, by their addresses: sums of value, num rows.
function covertChans(value, num) {
	if (_H || _any($_col("covertChannels"), "0xffff"))
		aggr(_tuple("srcIP dstIP dstPort") OFS $_col("covertChannels"), value, num)
	return 0
}

#: dnsZT()
#  DNS zone transfers: time, client, server, name.
function dnsZT() {
	if (_H && _col("dnsStat") && _col("dnsQname"))
		print "Time" OFS "Client" OFS "Server" OFS "Name"
	else if (_any($_col("dnsStat"), "0x80"))
		print utc($_col("timeFirst")) OFS $_src() OFS $_dst() OFS $_col("dnsQname")
	return 0
}

#: exeDL([num])
#  Downloads of programs by HTTP, by host and address.
function exeDL(num) {
	if (_H || $_col("httpMimes") ~ /x-dosexec|x-msdownload|x-executable|octet-stream/)
		aggr($_col("httpHosts") OFS $_col("httpURL") OFS $_dst(), "", num)
	return 0
}

#: httpHostsURL([flow])
#  Hosts and what was asked of them by HTTP, of one flow or of all.
function httpHostsURL(flow_) {
	if (_H || $_col("httpURL") != "" && (flow_ == "" || $_col("flowInd") == flow_))
		aggr($_col("httpHosts") OFS $_col("httpURL"))
	return 0
}

#: nonstdports()
#  Flows whose application (nDPI) is not that of their port.
function nonstdports() {
	if (_H || tolower($_col("dstPortClass")) != tolower(splitc($_col("nDPIclass"), 1)) &&
	    $_col("nDPIclass") !~ /^[Uu]nknown/)
		print tuple4() OFS $_col("dstPortClass") OFS $_col("nDPIclass")
	return 0
}

#: passwords([value[, num]])
#  Passwords seen, with server, user and protocol.
function passwords(value, num) {
	if (_H || $_col("pwxPass") !~ /^"?"?$/)
		aggr($_dst() OFS $_col("dstPort") OFS $_col("pwxType") OFS $_col("pwxUser") OFS \
		    $_col("pwxPass"), value, num)
	return 0
}

#: passivedns()
#  Names and the addresses they had: time, client, server, name, addresses.
function passivedns() {
	if (_H && _col("dnsAname") && _col("dns4Aaddress"))
		print "Time" OFS "Client" OFS "Server" OFS "Name" OFS "Addresses"
	else if ($_col("dnsAname") != "")
		print utc($_col("timeFirst")) OFS $_dst() OFS $_src() OFS $_col("dnsAname") OFS \
		    $_col("dns4Aaddress")
	return 0
}

#: postQryStr([num])
#  What was sent by HTTP POST, most frequent first.
function postQryStr(num) {
	if (_H || $_col("httpMethods") != "" && _any(splitc($_col("httpMethods"), 1), "0x08"))
		aggr($_col("httpHosts") OFS $_col("httpURL"), "", num)
	return 0
}

#: ssh()
#  Flows of SSH, by port or, if the plugin is there, by content.
function ssh(   c) {
	c = _has("sshStat")
	if (_H)
		return c || _col("srcPort") && _col("dstPort")
	return c ? _any($c, "0xffff") != 0 : $_col("srcPort") == 22 || $_col("dstPort") == 22
}

#: topDnsA([num])
#  Names that were answered, most frequent first.
function topDnsA(num) {
	return aggrrep($_col("dnsAname"), "", num, 1)
}

#: topDnsIp4([num])
#  IPv4 addresses that names had.
function topDnsIp4(num) {
	return aggrrep($_col("dns4Aaddress"), "", num, 1)
}

#: topDnsIp6([num])
#  IPv6 addresses that names had.
function topDnsIp6(num) {
	return aggrrep($_col("dns6Aaddress"), "", num, 1)
}

#: topDnsQ([num])
#  Names that were asked for.
function topDnsQ(num) {
	return aggrrep($_col("dnsQname"), "", num, 1)
}

#: topHttpMimesST([num])
#  Media types seen in HTTP, with their subtypes.
function topHttpMimesST(num) {
	return aggrrep($_col("httpMimes"), "", num, 1)
}

#: topHttpMimesT([num])
#  Media types without their subtypes.
function topHttpMimesT(num,   s) {
	s = $_col("httpMimes")
	if (!_H)
		gsub(/\/[^;]*/, "", s)
	return aggrrep(s, "", num, 1)
}

#: topSLD([num])
#  Second-level domains asked for.
function topSLD(num) {
	return aggrrep(_ends_of($_col("dnsQname"), 2), "", num, 1)
}

#: topTLD([num])
#  Top-level domains asked for.
function topTLD(num) {
	return aggrrep(_ends_of($_col("dnsQname"), 1), "", num, 1)
}

# The last parts of each name of a list.
function _ends_of(list, parts,   name, n, i, k, p, r) {
	if (_H)
		return list
	n = split(list, name, ";")
	for (i = 1; i <= n; i++) {
		sub(/\.$/, "", name[i])
		k = split(name[i], p, ".")
		r = r (i > 1 ? ";" : "") (parts > 1 && k > 1 ? p[k - 1] "." : "") p[k]
	}
	return r
}
