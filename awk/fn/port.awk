# SPDX-License-Identifier: BSD-2-Clause
#
# port.awk - Ports and protocols: by number and by name.
#
# A list holds numbers, hex numbers, ranges and names, joined by ; or commas: "80;6000-6008;https".
# Names come from share/t2/portmap.txt and protocols.txt, which are read when the first is needed.

#: port([list])
#  Is srcPort or dstPort in the list?  Without list: both, joined with OFS.  True on the header row,
#  as are the next.
function port(list) {
	if (list == "")
		return $_col("srcPort") OFS $_col("dstPort")
	if (_H)
		return _col("srcPort") && _col("dstPort") && _list(_port_numbers(list))
	return _port_in($_col("srcPort"), list) || _port_in($_col("dstPort"), list)
}

#: sport([list])
#  The same for srcPort alone.
function sport(list) {
	return list == "" ? $_col("srcPort") : \
	    _H ? _col("srcPort") && _list(_port_numbers(list)) : _port_in($_col("srcPort"), list)
}

#: dport([list])
#  The same for dstPort alone.
function dport(list) {
	return list == "" ? $_col("dstPort") : \
	    _H ? _col("dstPort") && _list(_port_numbers(list)) : _port_in($_col("dstPort"), list)
}

#: port2str(port[, protocol])
#  The name of the service that a port is registered for, with TCP unless told otherwise.
#  > port2str(443) -> https
#  > port2str(123, 17) -> ntp
#  > port2str(4, "udp") -> 4
function port2str(number, protocol,   k) {
	if (_H)
		return number
	_port_names()
	k = (protocol ~ /^(17|136|[Uu][Dd][Pp].*)$/ ? "udp" : "tcp") " " number
	return k in _port_name ? _port_name[k] : number
}

#: proto([list])
#  Is l4Proto in the list?  Without list: its name.
function proto(list) {
	if (list == "")
		return _H ? $_col("l4Proto") : _proto_str($_col("l4Proto"))
	return _H ? _col("l4Proto") && _list(_proto_numbers(list)) : \
	    _proto_in($_col("l4Proto"), list)
}

#: proto2str(protocol)
#  The name of a protocol number.
#  > proto2str(6) -> TCP
#  > proto2str(58) -> ICMP6
#  > proto2str(254) -> 254
function proto2str(protocol) {
	return _H ? protocol : _proto_str(protocol)
}

#: icmp([protocol])
#  Is l4Proto, or the protocol given, ICMP?  The next ones ask for other protocols.
function icmp(protocol) {
	return _is_proto(protocol, 1)
}

#: igmp([protocol])
function igmp(protocol) {
	return _is_proto(protocol, 2)
}

#: tcp([protocol])
function tcp(protocol) {
	return _is_proto(protocol, 6)
}

#: udp([protocol])
function udp(protocol) {
	return _is_proto(protocol, 17)
}

#: rsvp([protocol])
function rsvp(protocol) {
	return _is_proto(protocol, 46)
}

#: gre([protocol])
function gre(protocol) {
	return _is_proto(protocol, 47)
}

#: esp([protocol])
function esp(protocol) {
	return _is_proto(protocol, 50)
}

#: ah([protocol])
function ah(protocol) {
	return _is_proto(protocol, 51)
}

#: icmp6([protocol])
function icmp6(protocol) {
	return _is_proto(protocol, 58)
}

#: sctp([protocol])
function sctp(protocol) {
	return _is_proto(protocol, 132)
}

#: ip()
#  The IPv4 and IPv6 bits of flowStat: 16384, 32768, or 0 for layer 2.
function ip() {
	return _H ? _col("flowStat") > 0 : _any($_col("flowStat"), 49152)
}

#: ipv4()
#  Does flowStat tell of IPv4?
function ipv4() {
	return _H && _col("flowStat") || _any($_col("flowStat"), 16384) != 0
}

#: ipv6()
#  Does flowStat tell of IPv6?
function ipv6() {
	return _H && _col("flowStat") || _any($_col("flowStat"), 32768) != 0
}

#: dns()
#  dnsStat, which is not 0 for DNS; the next ones are alike.  They need plugins outside the default
#  set.
function dns() {
	return _flag("dnsStat")
}

#: http()
function http() {
	return _flag("httpStat")
}

#: dhcp()
function dhcp() {
	return _flag("dhcpStat")
}

#: tcpflags([flags])
#  Are the TCP flags set whose letters are given, and those behind a ! not: tcpflags("S!FR")?
#  Without flags: the letters WEUAPRSF, with a dot for each flag that is not set.
function tcpflags(flags,   v, i, wrong, c, r) {
	v = $_col("tcpFlags")
	if (match(toupper(flags), /[^WEUAPRSF!]/))
		_die("tcpflags(): no flag " substr(flags, RSTART, 1) ", only W E U A P R S F")
	if (_H)
		return flags == "" ? v : 1
	for (i = 1; i <= 8; i++)
		r = r (_bits(v, _two(8 - i), "&") ? substr("WEUAPRSF", i, 1) : ".")
	if (flags == "")
		return r
	for (i = 1; i <= length(flags); i++) {
		c = toupper(substr(flags, i, 1))
		if (c == "!")
			wrong = 1
		else if (!index(r, c) != wrong + 0)
			return 0
	}
	return 1
}

# The value of a status column.
function _flag(name) {
	return _H ? _col(name) > 0 : _any($_col(name), "0xffffffffffffffff")
}

function _is_proto(protocol, number) {
	if (protocol == "")
		protocol = $_col("l4Proto")
	if (_H)
		return 1
	return protocol + 0 == number && protocol != "" || \
	    _t2zeek && toupper(protocol) == _proto_str(number)
}

function _port_in(value, list) {
	if (list ~ /^[0-9]+$/)
		return value != "" && value + 0 == list + 0
	return _listed(value, _port_numbers(list))
}

# The list with numbers for names.
function _port_numbers(list,   part, n, i) {
	if (list !~ /[A-Za-z]/)
		return list
	if (list in _port_list)
		return _port_list[list]
	_port_names()
	n = split(list, part, /[;, ]+/)
	for (i = 1; i <= n; i++)
		if (part[i] ~ /[A-Za-z]/ && part[i] !~ /^0[xX]/) {
			if (!(tolower(part[i]) in _port_number))
				_die("'" part[i] "' is not the name of a port")
			part[i] = _port_number[tolower(part[i])]
		}
	return _port_list[list] = _join(part, n)
}

function _proto_in(protocol, list) {
	if (_t2zeek) {
		_proto_names()
		if (toupper(protocol) in _proto_number)
			protocol = _proto_number[toupper(protocol)]
	}
	return _listed(protocol, _proto_numbers(list))
}

function _proto_numbers(list,   part, n, i) {
	if (list !~ /[A-Za-z]/)
		return list
	if (list in _proto_list)
		return _proto_list[list]
	_proto_names()
	n = split(list, part, /[;, ]+/)
	for (i = 1; i <= n; i++)
		if (toupper(part[i]) in _proto_number)
			part[i] = _proto_number[toupper(part[i])]
		else if (part[i] !~ /^[0-9]/)
			_die("'" part[i] "' is not the name of a protocol")
	return _proto_list[list] = _join(part, n)
}

function _proto_str(protocol) {
	_proto_names()
	return protocol in _proto_name ? _proto_name[protocol] : protocol
}

function _join(part, n,   i, r) {
	for (i = 1; i <= n; i++)
		r = r (i > 1 ? ";" : "") part[i]
	return r
}

# Each name of a port also stands for the port; the first line holds.
function _port_names(   file, row, f, r, i) {
	if (_port_known)
		return
	_port_known = 1
	file = _t2share "/portmap.txt"
	while ((getline row < file) > 0) {
		if (row ~ /^#/ || split(row, f, "\t") < 3)
			continue
		split(f[1] "-" f[1], r, "-")
		for (i = r[1] + 0; i <= r[2] + 0; i++)
			if (!((f[2] " " i) in _port_name))
				_port_name[f[2] " " i] = f[3]
		if (!(tolower(f[3]) in _port_number))
			_port_number[tolower(f[3])] = f[1]
	}
	close(file)
}

# Keywords of the IANA, but the short ones where others are in use.
function _proto_names(   file, row, f) {
	if (_proto_known)
		return
	_proto_known = 1
	file = _t2share "/protocols.txt"
	while ((getline row < file) > 0) {
		if (row ~ /^#/ || split(row, f, "\t") < 2 || f[1] !~ /^[0-9]+$/ ||
		    f[2] == "-")
			continue
		_proto_name[f[1]] = f[2]
		_proto_number[toupper(f[2])] = f[1]
	}
	close(file)
	_proto_name[58] = "ICMP6"
	_proto_name[89] = "OSPF"
	_proto_name[136] = "UDP-L"
	_proto_number["ICMP6"] = _proto_number["ICMPV6"] = 58
	_proto_number["OSPF"] = 89
	_proto_number["UDP-L"] = 136
}
