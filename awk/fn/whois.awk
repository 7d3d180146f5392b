# SPDX-License-Identifier: BSD-2-Clause
#
# whois.awk - Registries: who owns an address.

#: t2whois(address[, fields])
#  What whois(1) tells of an address: fields of org, country, net, range, joined by commas; by
#  default "org,country".  Each address is asked for once.  Needs whois and the network.
function t2whois(address, fields,   field, n, i, r) {
	if (_H)
		return address
	if (_ip(address) == "" || address !~ /^[0-9A-Fa-fxX.:]+$/)
		return address
	if (!(address in _whois_known))
		_whois_ask(address)
	n = split(fields == "" ? "org,country" : fields, field, ",")
	for (i = 1; i <= n; i++)
		r = r (i > 1 ? OFS : "") _whois[address, field[i]]
	return r
}

# The first answer to each question holds, but for names, where an organisation is best.
function _whois_ask(address,   command, row, key, value, k) {
	_whois_known[address]
	command = "whois '" address "' 2>/dev/null"
	while ((command | getline row) > 0) {
		if (!(k = index(row, ":")) || row ~ /^[#%]/)
			continue
		key = tolower(substr(row, 1, k - 1))
		value = substr(row, k + 1)
		gsub(/^[ \t]+|[ \t\r]+$/, "", value)
		if (key ~ /^(org-?name|organi[sz]ation|owner)$/)
			key = "org"
		else if (key ~ /^(descr)$/)
			key = "descr"
		else if (key ~ /^(netname)$/)
			key = "net"
		else if (key ~ /^(netrange|inetnum|inet6num)$/)
			key = "range"
		else if (key != "country")
			continue
		if (!((address, key) in _whois))
			_whois[address, key] = value
	}
	close(command)
	if (_whois[address, "org"] == "")
		_whois[address, "org"] = _whois[address, "descr"]
}
