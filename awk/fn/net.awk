# SPDX-License-Identifier: BSD-2-Clause
#
# net.awk - Hosts and networks: which flows or packets an address takes part in.
#
# Where an address is asked for, so is a network 10.0.0.0/8, 10.0.0.0/255.0.0.0 or 2001:db8::/32,
# a range 10.0.0.1-10.0.0.9, or a list of these joined by ; or commas.  IPv6 addresses are compared
# as numbers, however they are written.  IPv4 never matches IPv6.  All tests are true on the
# header row.

#: host([address])
#  Is srcIP or dstIP the address, or in the network?  Without address: both, like tuple2().
function host(address) {
	if (address == "" || address == "0")
		return _tuple("srcIP dstIP")
	return _H ? _hosts(address) : _in($_src(), address) || _in($_dst(), address)
}

#: shost([address])
#  The same for srcIP alone; without address: srcIP.
function shost(address) {
	if (address == "" || address == "0")
		return $_src()
	return _H ? _src() && _net(address) : _in($_src(), address)
}

#: dhost([address])
#  The same for dstIP alone; without address: dstIP.
function dhost(address) {
	if (address == "" || address == "0")
		return $_dst()
	return _H ? _dst() && _net(address) : _in($_dst(), address)
}

#: net([network])
#  Another name of host().
function net(network) {
	if (network == "" || network == "0")
		return _tuple("srcIP dstIP")
	return _H ? _hosts(network) : _in($_src(), network) || _in($_dst(), network)
}

#: snet([network])
#  Another name of shost().
function snet(network) {
	return network == "" || network == "0" ? $_src() : \
	    _H ? _src() && _net(network) : _in($_src(), network)
}

#: dnet([network])
#  Another name of dhost().
function dnet(network) {
	return network == "" || network == "0" ? $_dst() : \
	    _H ? _dst() && _net(network) : _in($_dst(), network)
}

#: loopback(address)
#  Is it one of 127.0.0.0/8, or ::1?
#  > loopback("127.1.2.3") -> 1
#  > loopback("::1") -> 1
#  > loopback("128.0.0.1") -> 0
function loopback(address) {
	return _H || _in(address, "127.0.0.0/8;::1")
}

#: mcast(address)
#  Is it a multicast address: one of 224.0.0.0/4, or ff00::/8?
#  > mcast("239.255.255.250") -> 1
#  > mcast("ff02::fb") -> 1
#  > mcast("240.0.0.1") -> 0
function mcast(address) {
	return _H || _in(address, "224.0.0.0/4;ff00::/8")
}

#: privip(address)
#  Is it a private one: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16?
#  > privip("172.31.255.255") -> 1
#  > privip("172.32.0.0") -> 0
#  > privip("fd00::1") -> 0
function privip(address) {
	return _H || _in(address, "10.0.0.0/8;172.16.0.0/12;192.168.0.0/16")
}

#: ipinnet(address, network[, mask])
#  Is the address in the network?  Mask: prefix length up to 128, a number above, hex, or text.
#  > ipinnet("10.1.2.3", "10.0.0.0/8") -> 1
#  > ipinnet("10.1.2.3", "10.1.0.0", "255.255.0.0") -> 1
#  > ipinnet("10.1.2.3", "10.2.0.0", 4294901760) -> 0
#  > ipinnet("2001:db8::1", "2001:db8::", 32) -> 1
#  > ipinnet("", "0.0.0.0/0") -> 0
#  > ipinnet("255.255.255.255", "0.0.0.0/0") -> 1
function ipinnet(address, network, mask) {
	return _H || _in(address, mask == "" ? network : network "/" mask)
}

#: ipinrange(address, low, high)
#  Is the address between low and high?
#  > ipinrange("10.0.0.10", "10.0.0.9", "10.0.0.11") -> 1
#  > ipinrange("::2", "::1", "::ffff") -> 1
#  > ipinrange("10.0.0.2", "::1", "::ffff") -> 0
function ipinrange(address, low, high) {
	return _H || _in(address, low "-" high)
}

function _src() {
	return _col("srcIP;srcIP4;srcIP6")
}

function _dst() {
	return _col("dstIP;dstIP4;dstIP6")
}

# On the header row: are the columns there, and is the argument right?
function _hosts(set) {
	return _src() && _dst() && _net(set)
}

function _net(set) {
	if (!(set in _net_n))
		_net_parse(set "")
	return 1
}

# Is the address one of the set?
function _in(address, set,   k, i) {
	if ((address "") == (set "") && _ip(address) != "")
		return 1
	if ((set, address) in _net_kept)
		return _net_kept[set, address]
	_net(set)
	if (++_net_count > 50000) {
		split("", _net_kept)
		_net_count = 1
	}
	k = _ip(address)
	for (i = 1; i <= _net_n[set] && k != ""; i++)
		if (_net_low[set, i] <= k && k <= _net_high[set, i])
			return _net_kept[set, address] = 1
	return _net_kept[set, address] = 0
}

# _net_low and _net_high: the keys between which the members of a set are.
function _net_parse(set,   part, n, i) {
	n = split(set, part, /[;,][ ]*/)
	for (i = 1; i <= n; i++)
		if (!_net_one(set, part[i], i))
			_die("'" part[i] "' is neither an address nor a network")
	_net_n[set] = n
}

function _net_one(set, s, i,   p, low, high, bits) {
	if (split(s, p, "-") == 2) {
		low = _ip(p[1])
		high = _ip(p[2])
	} else if (split(s, p, "/") == 2) {
		low = _ip(p[1])
		bits = p[2] ~ /^[0-9]+$/ && p[2] + 0 <= 128 ? p[2] : \
		    length(_ip(p[2])) == length(low) ? _mask_length(substr(_ip(p[2]), 2)) : -1
		if (bits < 0 || bits > (low ~ /^4/ ? 32 : 128))
			return 0
		high = _net_end(low, bits, "f")
		low = _net_end(low, bits, "0")
	} else
		low = high = _ip(s)
	_net_low[set, i] = low
	_net_high[set, i] = high
	return low != "" && substr(low, 1, 1) == substr(high, 1, 1) && low <= high
}

# The key with all bits behind the prefix set to 0 or 1.
function _net_end(k, bits, digit,   mask, n) {
	if (k == "")
		return ""
	n = length(k) - 1
	mask = _mask(bits, n)
	if (digit == "f")
		mask = _hex_pair(mask, _mask(n * 4, n), "^")
	return substr(k, 1, 1) _zeros(_hex_pair(substr(k, 2), mask, digit == "f" ? "|" : "&"), n)
}
