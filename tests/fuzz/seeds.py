#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""seeds.py DIR - small captures from which damage reaches every decoder and every file format.

One capture a link type, tunnel, extension header or kind of conversation.  The bytes are put
together by hand, as many of them are wrong in some respect; only their variety counts.
"""
import gzip
import os
import struct
import sys

MAC = bytes.fromhex('020000000001020000000002')
A4, B4 = bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2])
A6 = bytes.fromhex('20010db8000000000000000000000001')
B6 = bytes.fromhex('20010db8000000000000000000000002')
TEREDO6 = bytes.fromhex('20010000c0000201000053ff3a6c9bfd')


def be(fmt, *v):
    return struct.pack('>' + fmt, *v)


def ip4(proto, pay, src=A4, dst=B4, ident=1, frag=0, opts=b'', length=None, ihl=None):
    hl = 5 + len(opts) // 4
    return be('BBHHHBBH', 0x40 | (hl if ihl is None else ihl), 0,
              20 + len(opts) + len(pay) if length is None else length,
              ident, frag, 64, proto, 0) + src + dst + opts + pay


def ip6(nxt, pay, src=A6, dst=B6):
    return be('IHBB', 0x60000000, len(pay), nxt, 64) + src + dst + pay


def udp(sport, dport, pay=b''):
    return be('HHHH', sport, dport, 8 + len(pay), 0) + pay


def tcp(sport, dport, seq, ack, flags, pay=b'', opts=b''):
    return be('HHIIBBHHH', sport, dport, seq, ack, (5 + len(opts) // 4) << 4, flags, 8192, 0,
              0) + opts + pay


def eth(kind, pay):
    return MAC + be('H', kind) + pay


INNER4 = ip4(17, udp(4000, 53, b'0123456789'))
INNER6 = ip6(17, udp(4000, 53, b'0123456789'))
ETH4 = eth(0x800, INNER4)
LLC4 = bytes.fromhex('aaaa030000000800') + INNER4
PPP4 = bytes.fromhex('ff030021') + INNER4


def over_udp(port, pay):
    return eth(0x800, ip4(17, udp(40000, port, pay)))


def over_ip(proto, pay):
    return eth(0x800, ip4(proto, pay))


def gre(flags, kind, pay):
    words = bin(flags & 0xf880).count('1')
    return over_ip(47, be('HH', flags, kind) + be('I', 7) * words + pay)


X = bytes.fromhex
WLAN = X('0802') + bytes(22)            # a data frame's header
LINKS = {                               # link type: frame
    0: be('I', 2) + INNER4,
    1: ETH4,
    6: X('1040') + MAC + LLC4,
    8: bytes(16) + INNER4,
    9: PPP4,
    10: X('50') + MAC + LLC4,
    12: INNER4,
    50: PPP4[2:],
    51: X('1100000100200021') + INNER4,
    99: bytes(6) + be('H', 0x800) + bytes(36) + INNER4,
    100: LLC4,
    101: INNER6,
    102: bytes(24) + INNER4,
    104: X('0f000800') + INNER4,
    105: X('08010000') + MAC + MAC[:6] + bytes(2) + LLC4,
    107: X('184103cc') + INNER4,
    108: struct.pack('<I', 30) + INNER6,
    109: be('III', 2, 0, 0) + INNER4,
    113: be('HHH', 0, 1, 6) + MAC[:6] + bytes(2) + be('H', 0x800) + INNER4,
    117: X('3d02') + bytes(62) + INNER4,
    119: bytes(144) + WLAN + LLC4,
    127: X('0000080000000000') + X('8803') + bytes(30) + LLC4,
    135: X('4d474302') + bytes(4) + INNER4,
    137: X('4d474300') + bytes(4) + LLC4,
    138: bytes(16) + be('H', 0x800) + INNER4,
    163: be('II', 0x80211001, 64) + bytes(56) + X('8801') + bytes(24) + LLC4,
    167: X('4d474380000400000000') + ETH4,
    178: X('4d474300') + ETH4,
    179: X('4d474300') + PPP4,
    180: X('4d474300184103cc') + INNER4,
    181: X('4d4743000f000800') + INNER4,
    192: struct.pack('<BBHI', 0, 0, 8, 105) + WLAN + LLC4,
    195: bytes(20),
    204: X('00') + PPP4,
    205: X('000f000800') + INNER4,
    206: X('00184103800000000800') + INNER4,
    219: be('I', 0x00010140) + INNER4,
    226: X('0202') + bytes(22) + INNER4,
    228: INNER4,
    229: INNER6,
    239: struct.pack('<BBHHHIHH', 2, 0, 0, 8, 1, 0, 4 + len(INNER4), 9) + INNER4,
    240: bytes(4) + ETH4,
    241: bytes(12) + ETH4,
    274: bytes(8) + ETH4,
    276: be('HHIHBB', 0x800, 0, 1, 1, 0, 6) + MAC[:6] + bytes(2) + INNER4,
    281: MAC + bytes(4) + be('H', 0x800) + INNER4,
    282: bytes(4) + ETH4,
    285: MAC + be('H', 0xdada) + bytes(6) + be('H', 0x800) + INNER4,
    9999: ETH4,
}
FRAMES = {                              # name: Ethernet frames of one capture
    'arp': [eth(0x806, bytes(28)), eth(0x8035, bytes(28)), eth(0x88cc, bytes(20))],
    'vlan': [eth(0x88a8, be('HHHH', 5, 0x8100, 6, 0x800) + INNER4), eth(0x8100, bytes(3)),
             eth(0x8100, be('HH', 0, 0x8100) * 40 + INNER4)],
    'llc': [MAC + be('H', 60) + p for p in (
        X('424203') + bytes(40), X('060603') + INNER4, X('aaaa0300000c2000'), X('e0e00100'), LLC4)],
    'isl': [bytes.fromhex('01000c0000') + bytes(21) + ETH4],
    'slow': [eth(0x8809, bytes([k]) + bytes(40)) for k in (1, 2, 3, 10, 77)],
    'pppoe': [eth(0x8863, bytes(20)), eth(0x8864, bytes.fromhex('1100000100200021') + INNER4),
              eth(0x8864, bytes.fromhex('110000010020003d00000000') + b'\x21' + INNER4),
              eth(0x8864, bytes.fromhex('11000001002000fd'))],
    'mpls': [eth(0x8847, be('II', 0x10040, 0x20140) + INNER4), eth(0x8848, be('I', 0x140) + INNER6),
             eth(0x8847, be('II', 0x10140, 0) + ETH4), eth(0x8847, be('I', 0x10140) + ETH4),
             eth(0x8847, be('I', 64) * 60)],
    'gre': [gre(f, k, p) for f, k, p in (
        (0, 0x800, INNER4), (0xb000, 0x800, INNER4), (0x3001, 0x880b, PPP4), (0x2081, 0x880b, b''),
        (0, 0x6558, ETH4), (0, 0x88be, ETH4), (0x1000, 0x88be, bytes(8) + ETH4),
        (0x1000, 0x22eb, bytes(11) + b'\1' + bytes(8) + ETH4), (0, 0x883e, bytes(4) + INNER4),
        (0, 0x86dd, INNER6), (0, 0x1234, b''))],
    'ipip': [over_ip(4, INNER4), over_ip(41, INNER6), over_ip(94, INNER4),
             eth(0x86dd, ip6(4, INNER4)), eth(0x86dd, ip6(41, INNER6)),
             over_ip(97, X('3000') + ETH4), over_ip(97, X('00')),
             over_ip(4, ip4(4, ip4(4, ip4(4, INNER4))))],
    'gtp': [over_udp(2152, h + INNER4) for h in (
        bytes.fromhex('30ff002600000001'), bytes.fromhex('32ff002600000001') + be('HBB', 1, 0, 0),
        bytes.fromhex('34ff002600000001000100850110000001200000' '00'), bytes.fromhex('0eff0026') +
        bytes(16), bytes.fromhex('3201'))],
    'vxlan': [over_udp(4789, be('II', 0x08000000, 0x100) + ETH4)] +
             [over_udp(4790, be('II', 0x0c000000 | n, 0x100) + p) for n, p in (
                 (1, INNER4), (2, INNER6), (3, ETH4), (5, be('I', 0x140) + INNER4),
                 (4, be('HBBI', 6, 1, 1, 0) + bytes(16) + INNER4),
                 (4, be('HBB', 2, 1, 3) + bytes(4)),
                 (9, b''))],
    'geneve': [over_udp(6081, be('HHI', o << 8, 0x6558, 0x100) + bytes(4 * o) + ETH4)
               for o in (0, 2, 63)] + [over_udp(6081, be('HHI', 0, 0x800, 0x100))],
    'capwap': [over_udp(5247, be('II', 0x00100000 | f, 0) + p) for f, p in (
        (0, ETH4), (0x100, bytes.fromhex('0108') + bytes(22) + LLC4), (8, b''))] +
              [over_udp(5246, be('II', 0x00100000, 0)), over_udp(5247, b'\1\0\0\0' + bytes(20))],
    'lwapp': [over_udp(12222, bytes(6) + bytes.fromhex('0108') + bytes(22) + LLC4),
              over_udp(12223, bytes(6) + b'\4' + bytes(5)), over_udp(12222, b'\4' + bytes(9))],
    'l2tp': [over_udp(1701, be('H', f) + h + PPP4) for f, h in (
        (0x0002, be('HH', 1, 2)), (0x4a02, be('HHHHHH', 60, 1, 2, 3, 4, 2) + b'..'),
        (0x8003, bytes(10)),
        (0x0202, be('HHH', 1, 2, 65535)))] + [over_ip(115, bytes(20))],
    'ayiya': [over_udp(5072, bytes([0x44, 0x52, 0x11, n]) + bytes(40) + p)
              for n, p in ((41, INNER6), (4, INNER4), (59, b''))],
    'teredo': [over_udp(3544, h + ip6(17, udp(5000, 53, b'.'), TEREDO6)) for h in (
        b'', be('HH4s', 0, 0xaaaa, b'\1\2\3\4'), be('HBB', 1, 4, 4) + bytes(17) +
        be('HH4s', 0, 0xaaaa, b'\1\2\3\4'))],
    'ip6ext': [eth(0x86dd, ip6(n, p)) for n, p in (
        (0, X('1100050200000100') + udp(1, 2)),
        (43, X('3c02') + bytes(22) + X('11000104') + bytes(4) + udp(1, 2)),
        (44, X('11000001') + be('I', 9) + udp(1, 2, bytes(24))),
        (44, X('11000020') + be('I', 9) + bytes(24)), (44, X('11000041') + be('I', 9) + bytes(24)),
        (51, b'\x06\4' + bytes(22) + tcp(1, 2, 3, 4, 2)), (50, bytes(20)), (59, b''),
        (135, b'\x3b\0' + bytes(6)), (0, b'\0\xff' * 30))],
    'ip4opts': [eth(0x800, ip4(17, udp(1, 2), opts=o)) for o in (
        b'\x07\x07\4\1\2\3\4\0', b'\x94\4\0\0', b'\x01\x01\x44\x0c' + bytes(8), b'\x88\0\0\0')] +
               [eth(0x800, ip4(17, udp(1, 2), ihl=2)), eth(0x800, ip4(17, udp(1, 2), length=0)),
                eth(0x800, ip4(17, udp(1, 2), length=9000)), eth(0x800, ip4(6, b'', length=3))],
    'frag': [eth(0x800, ip4(17, p, ident=i, frag=f, src=s)) for s, i, f, p in (
        (A4, 7, 0x2000, udp(5, 6, bytes(16))), (A4, 7, 0x2003, bytes(24)), (A4, 7, 6, bytes(9)),
        (A4, 8, 3, bytes(24)), (A4, 8, 0x2000, udp(5, 6, bytes(16))), (A4, 9, 0x2000, udp(5, 7)),
        (A4, 9, 0x2000, udp(5, 6)), (B4, 9, 0x3fff, bytes(8)), (A4, 10, 0, udp(5, 6)),
        (A4, 9, 0x2000, udp(5, 8)), (A4, 9, 0x2000, udp(5, 7)), (A4, 10, 0x2000, udp(5, 7)))],
    'ipproto': [over_ip(p, bytes([0x11]) + bytes(30)) for p in (
        1, 2, 33, 46, 50, 51, 58, 88, 89, 103, 108, 112, 132, 136, 137, 253)] +
               [over_ip(103, bytes(8) + b'\x21' + bytes(7) + INNER4),
                over_ip(103, b'\x21' + bytes(7) + INNER4), over_ip(2, X('13') + bytes(7)),
                over_ip(2, X('14') + bytes(7)),
                eth(0x800, ip4(2, b'\xff' + bytes(7), dst=bytes([224, 0, 0, 25])))],
    'ports': [over_udp(p, b'\xff') for p in (4500, 1900, 53, 161)] +
             [over_udp(4500, bytes(4) + b'x' * 30), over_udp(4500, b'x' * 30)],
}
SYN_OPTS = bytes.fromhex('020405b40402080a00001000000000000103030a')
TS_OPTS = bytes.fromhex('0101080a0000200000001000')


def session():
    a, b = (40000, 80), (80, 40000)
    plan = [(0, a, 100, 0, 2, b'', SYN_OPTS), (1, b, 900, 101, 0x12, b'', SYN_OPTS),
            (0, a, 101, 901, 0x10, b'', TS_OPTS), (0, a, 101, 901, 0x18, b'GET /', TS_OPTS),
            (1, b, 901, 106, 0x10, bytes(60), TS_OPTS), (1, b, 901, 106, 0x10, bytes(60), b''),
            (0, a, 106, 961, 0x11, b'', b''), (1, b, 961, 107, 0x11, b'', b''),
            (0, a, 107, 962, 0x10, b'', b''), (0, a, 107, 962, 4, b'', b''),
            (1, b, 5, 6, 0xff, b'', bytes.fromhex('1e000000'))]
    return [eth(0x800, ip4(6, tcp(*ports, seq, ack, fl, pay, opts), *(((B4, A4) if back else
            (A4, B4))))) for back, ports, seq, ack, fl, pay, opts in plan]


def icmp():
    quote = ip4(17, udp(4000, 53, b''))
    out = [eth(0x800, INNER4), eth(0x86dd, INNER6)]
    for t, c, body in ((8, 0, b'\0\1\0\1' + b'......WANG2'), (0, 0, b'\0\1\0\1'),
                       (3, 3, bytes(4) + quote), (11, 0, bytes(4) + quote[:24]),
                       (5, 1, B4 + quote), (40, 99, bytes(4))):
        out.append(over_ip(1, be('BBH', t, c, 0) + body))
    for t, c, body in ((128, 0, b'\0\1\0\1'), (129, 0, b'\0\1\0\1'), (1, 4, bytes(4) + INNER6),
                       (2, 0, bytes(4) + ip6(44, b'\x11\0\0\0' + bytes(4) + udp(4000, 53))),
                       (135, 0, bytes(20)), (200, 200, b'')):
        out.append(eth(0x86dd, ip6(58, be('BBH', t, c, 0) + body)))
    return out


FRAMES['session'] = session()
FRAMES['icmp'] = icmp()


def pcap(frames, link=1, magic=0xa1b2c3d4, end='<', extra=b'', step=400000):
    out = struct.pack(end + 'IHHiIII', magic, 2, 4, 0, 0, 262144, link)
    for i, f in enumerate(frames):
        us = i * step
        out += struct.pack(end + 'IIII', 1700000000 + us // 1000000, us % 1000000, len(f),
                           len(f)) + extra + f
    return out


def block(end, kind, body):
    body += bytes(-len(body) % 4)
    n = struct.pack(end + 'I', 12 + len(body))
    return struct.pack(end + 'I', kind) + n + body + n


def section(end):
    return block(end, 0x0a0d0d0a, struct.pack(end + 'IHHq', 0x1a2b3c4d, 1, 0, -1))


def interface(end, link, opts=b''):
    return block(end, 1, struct.pack(end + 'HHI', link, 0, 65535) + opts)


def opt(end, code, val):
    return struct.pack(end + 'HH', code, len(val)) + val + bytes(-len(val) % 4)


def epb(end, iface, ts, f, opts=b''):
    return block(end, 6, struct.pack(end + 'IIIII', iface, ts >> 32, ts & 0xffffffff, len(f),
                                     len(f)) + f + bytes(-len(f) % 4) + opts)


def pcapng(end):
    f = FRAMES['session'][3]
    out = section(end)
    resols = [b'\x06', b'\x09', b'\x00', b'\x94', b'\xbf', b'\x7f', b'\x0c']
    for r in resols:
        out += interface(end, 1, opt(end, 2, b'eth0') + opt(end, 9, r) +
                         opt(end, 14, struct.pack(end + 'q', 3600)) + opt(end, 0, b''))
    out += interface(end, 101) + block(end, 4, bytes(20)) + block(end, 0xbad, bytes(40))
    for i, ts in enumerate([1700000000000000, 1700000000000000000, 1 << 33, 1 << 40, 1 << 60,
                            (1 << 64) - 1, 1 << 63]):
        for back in (0, 1000):
            out += epb(end, i, ts - back, f, opt(end, 1, b'comment'))
    out += epb(end, 7, 5, INNER4)
    out += block(end, 3, struct.pack(end + 'I', len(f)) + f)
    out += block(end, 2, struct.pack(end + 'HHIIII', 0, 1, 0, 9, len(f), 1500) + f)
    return out + block(end, 5, bytes(12))


def main():
    where = sys.argv[1]
    os.makedirs(where, exist_ok=True)
    files = {f'link{k}.pcap': pcap([f, f[:len(f) // 2]], k) for k, f in LINKS.items()}
    files.update({f'{k}.pcap': pcap(f) for k, f in FRAMES.items()})
    every = [f for v in FRAMES.values() for f in v]
    files['every.pcap'] = pcap(every)
    files['slow-every.pcap'] = pcap(every, step=90000000)
    files['ns.pcap'] = pcap(FRAMES['session'], magic=0xa1b23c4d)
    files['swapped.pcap'] = pcap(FRAMES['session'], end='>')
    files['patched.pcap'] = pcap(FRAMES['session'], magic=0xa1b2cd34, extra=bytes(8))
    files['le.pcapng'] = pcapng('<')
    files['be.pcapng'] = pcapng('>')
    files['sections.pcapng'] = pcapng('<') + pcapng('>')
    files['every.pcapng'] = section('<') + interface('<', 1) + b''.join(
        epb('<', 0, (400000 << 32) + i * 300000000, f) for i, f in enumerate(every))
    files['stacks.pcap'] = pcap([eth(0x600 + i, b'..') for i in range(600)], step=1)
    files['session.pcap.gz'] = gzip.compress(files['session.pcap'], mtime=0)
    files['two.pcap.gz'] = gzip.compress(files['icmp.pcap'][:100], mtime=0) + gzip.compress(
        files['icmp.pcap'][100:], mtime=0)
    # RFC 8878 by hand: one frame of one raw block
    raw = files['session.pcap']
    files['session.pcap.zst'] = bytes.fromhex('28b52ffd60') + struct.pack('<H', len(raw) - 256) + \
        struct.pack('<I', len(raw) << 3 | 1)[:3] + raw
    for name, data in files.items():
        with open(os.path.join(where, name), 'wb') as f:
            f.write(data)


main()
