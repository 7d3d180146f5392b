# SPDX-License-Identifier: BSD-2-Clause
#
# stream.awk - Conversations: following one through a packet file.
#
# Each direction of a TCP flow has the number of the byte that comes next; what came before is
# dropped, what comes later waits.  Numbers wrap at 2^32.  A gap that never closes is jumped over
# at the end of the input.
# Surprise: the direction is bit 0 of flowStat; A is the side that opened the conversation.

#: follow_stream(flow[, of[, direction[, pf[, r[, nc]]]]])
#  Prints the payload of a flow of a packet file, in the order of its bytes.  of: 0 only the
#  payload, 1 with a banner for each packet, 2 a JSON object for each, 3 hex digits alone, for
#  xxd -p -r.
#  direction: "A" or "B" alone.  pf: payload as 0 text, 1 hex dump, 2 hex digits, 3 base64; 1 to 3
#  need the column l7HexContent.  r: packets as they came.  nc: no colours.
function follow_stream(flow_, of, direction, pf, r, nc,   side, size, seq) {
	if (_H || $_col("flowInd") != flow_ "" && $_col("flowInd") + 0 != flow_ + 0)
		return 0
	_fs_of = of
	_fs_pf = of == 3 ? 2 : pf
	_fs_plain = nc || !_t2colour
	side = _any($_col("flowStat"), 1) ? "B" : "A"
	if (direction != "" && toupper(direction) != side)
		return 0
	size = $_col("l7Len") + 0
	if (!_fs_tcp() || r) {
		if (size)
			_fs_put(side, _fs_packet(side), _fs_payload())
		return 0
	}
	seq = _strtonum($_col("seq"))
	if (_any($_col("tcpFlags"), 2))
		_fs_next[side] = (seq + 1) % 4294967296
	if (size)
		_fs_take(side, seq, size)
	return 0
}

# Is it a segment of TCP?
function _fs_tcp() {
	return $_col("l4Proto") == 6 && $_col("seq") != ""
}

# A segment: print it, if it is the next one, and those that waited for it; or let it wait.
function _fs_take(side, seq, size,   ahead) {
	if (!(side in _fs_next))
		_fs_next[side] = seq
	ahead = _fs_ahead(side, seq)
	if (ahead + size <= 0)
		return                          # sent again, or a keep-alive
	if (ahead > 0) {
		if (!((side, seq) in _fs_size) || _fs_size[side, seq] < size) {
			_fs_size[side, seq] = size
			_fs_head[side, seq] = _fs_packet(side)
			_fs_data[side, seq] = _fs_payload()
		}
		return
	}
	_fs_put(side, _fs_packet(side), _fs_tail(_fs_payload(), -ahead, size))
	_fs_next[side] = (seq + size) % 4294967296
	_fs_release(side)
}

function _fs_release(side,   seq) {
	while ((seq = _fs_waiting(side)) != "" && _fs_ahead(side, seq) <= 0) {
		if (_fs_ahead(side, seq) + _fs_size[side, seq] > 0) {
			_fs_put(side, _fs_head[side, seq], _fs_tail(_fs_data[side, seq], \
			    -_fs_ahead(side, seq), _fs_size[side, seq]))
			_fs_next[side] = (seq + _fs_size[side, seq]) % 4294967296
		}
		delete _fs_size[side, seq]
	}
}

# The number of the waiting segment that comes first.
function _fs_waiting(side,   k, part, best) {
	best = ""
	for (k in _fs_size) {
		split(k, part, SUBSEP)
		if (part[1] == side && (best == "" || \
		    _fs_ahead(side, part[2]) < _fs_ahead(side, best)))
			best = part[2]
	}
	return best
}

# How far a number is ahead of the next byte; negative behind it.
function _fs_ahead(side, seq,   d) {
	d = seq - _fs_next[side]
	return d >= 2147483648 ? d - 4294967296 : d < -2147483648 ? d + 4294967296 : d
}

function _fs_packet(side) {
	return $_col("pktNo") SUBSEP $_col("l7Len") SUBSEP $_col("flowInd") SUBSEP side SUBSEP \
	    $_col("srcIP") SUBSEP $_col("srcPort") SUBSEP $_col("dstIP") SUBSEP $_col("dstPort") \
	    SUBSEP $_col("time;relTime") SUBSEP (_fs_tcp() ? \
	    "TCP seq: " _strtonum($_col("seq")) : _proto_str($_col("l4Proto")))
}

function _fs_payload(   s) {
	if (!_fs_pf)
		return $_col("l7Content")
	s = tolower($_col("l7HexContent"))
	gsub(/0x|[^0-9a-f]/, "", s)
	return s
}

# The payload without bytes that were printed before; only where a digit or letter is a byte.
function _fs_tail(data, cut, size) {
	if (cut <= 0)
		return data
	if (_fs_pf)
		return substr(data, 2 * cut + 1)
	return length(data) == size ? substr(data, cut + 1) : data
}

function _fs_put(side, head, data,   h) {
	split(head, h, SUBSEP)
	_fs_count[side]++
	if (_fs_last != "" && _fs_last != side)
		_fs_turns++
	_fs_last = side
	if (_fs_of == 3) {
		print data
		return
	}
	if (_fs_pf == 1)
		data = _hexdump(data)
	else if (_fs_pf == 3)
		data = _hex64(data)
	if (_fs_of == 2) {
		print _fs_json(h, data)
		return
	}
	if (_fs_of == 1)
		print _fs_line() "\nPacket " h[1] " (" h[2] " bytes): flow " h[3] " " side " " \
		    h[5] ":" h[6] " -> " h[7] ":" h[8] " " h[10] "\n" _fs_line()
	print _fs_plain ? data : "\033[0;3" (side == "A" ? 1 : 4) "m" data "\033[0m"
}

function _fs_json(h, data,   name, i, r) {
	split("pktNo l7Len flowInd dir srcIP srcPort dstIP dstPort time", name, " ")
	for (i = 1; i <= 9; i++)
		r = r "\"" name[i] "\": " _json_value(h[i]) ", "
	return "{ " r "\"payload\": " _json_text(data) " }"
}

function _fs_line() {
	return "========================================" "========================================"
}

function _end_stream(   side, i, seq) {
	for (i = 1; i <= 2; i++) {
		side = substr("AB", i, 1)
		while ((seq = _fs_waiting(side)) != "") {
			if (_fs_of == 3)
				_fs_fill(side, seq)
			_fs_next[side] = seq
			_fs_release(side)
		}
	}
	if (_fs_of == 1 && _fs_last != "")
		print _fs_line() "\n" _fs_count["A"] + 0 " client packets, " _fs_count["B"] + 0 \
		    " server packets, " _fs_turns + 0 " turns."
}

# Zeros for bytes that were never seen, up to a megabyte.
function _fs_fill(side, seq,   n, s) {
	n = _fs_ahead(side, seq)
	if (n > 1048576)
		return
	for (; n > 0; n--)
		s = s "00"
	if (s != "")
		print s
}

# Lines of offset, 16 bytes in hex, and their text.
function _hexdump(digits,   i, k, n, h, c, r) {
	for (i = 1; i <= length(digits); i += 32) {
		h = c = ""
		for (k = i; k < i + 32; k += 2) {
			n = _group(substr(digits, k, 2), 16)
			h = h (k > length(digits) ? "   " : " " substr(digits, k, 2))
			if (k < length(digits))
				c = c (n > 31 && n < 127 ? sprintf("%c", n) : ".")
		}
		r = r (i > 1 ? "\n" : "") sprintf("%08x ", (i - 1) / 2) h "  " c
	}
	return r
}

# Base64 of hex digits.
function _hex64(digits,   i, v, n, r) {
	for (i = 1; i <= length(digits); i += 6) {
		n = length(digits) - i + 1
		v = _group(substr(substr(digits, i, 6) "000000", 1, 6), 16)
		r = r _digit64(int(v / 262144)) _digit64(int(v / 4096) % 64) \
		    (n > 2 ? _digit64(int(v / 64) % 64) : "=") (n > 4 ? _digit64(v % 64) : "=")
	}
	return r
}
