#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# tcpFlags.py OUTDIR - captures for plugin-tcpFlags.bats.  Times count from 1000000000 s.  Each
# capture is a list of (time in us, frame); scapy builds the headers, pcap files are written by
# hand so that times and captured lengths are exact.
import struct
import sys

from scapy.layers.inet import ICMP, IP, TCP, UDP, IPOption_LSRR, fragment
from scapy.layers.inet6 import (HAO, ICMPv6EchoRequest, IPv6, IPv6ExtHdrDestOpt,
                                IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting,
                                IPv6ExtHdrSegmentRouting, PadN, RouterAlert)
from scapy.layers.l2 import ARP, Ether

T0 = 1000000000
OUT = sys.argv[1]
A, B = '10.0.0.1', '10.0.0.2'
MAC_A, MAC_B = '02:00:00:00:00:01', '02:00:00:00:00:02'
A6, B6 = '2001:db8::1', '2001:db8::2'


def write(name, packets, snap=65535):
    """packets: (seconds, packet or bytes), in the order of the file."""
    with open('%s/tcpFlags-%s.pcap' % (OUT, name), 'wb') as f:
        f.write(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for t, p in packets:
            us = round(t * 1000000)
            raw = bytes(p)
            cap = raw[:snap]
            f.write(struct.pack('<IIII', T0 + us // 1000000, us % 1000000, len(cap), len(raw)))
            f.write(cap)


def eth(ip, back=False):
    return Ether(src=MAC_B, dst=MAC_A) / ip if back else Ether(src=MAC_A, dst=MAC_B) / ip


def udp(n=20, back=False, sport=1234, dport=5678, **ip):
    src, dst = (B, A) if back else (A, B)
    ports = (dport, sport) if back else (sport, dport)
    return eth(IP(src=src, dst=dst, **ip) / UDP(sport=ports[0], dport=ports[1]) / bytes(n), back)


class Conn:
    """A TCP connection A <-> B; window 1000, no options unless said."""

    def __init__(self, dport=80, sport=1234):
        self.dport, self.sport = dport, sport
        self.ipid = {'A': 0, 'B': 0}
        self.packets = []

    def __call__(self, t, who, flags, seq=0, ack=0, n=0, win=1000, ipid=None, opts=(), **ip):
        self.ipid[who] = ipid if ipid is not None else self.ipid[who] + 1
        src, dst, sport, dport = (A, B, self.sport, self.dport) if who == 'A' else \
            (B, A, self.dport, self.sport)
        p = IP(src=src, dst=dst, id=self.ipid[who], **ip) / \
            TCP(sport=sport, dport=dport, flags=flags, seq=seq, ack=ack, window=win,
                options=list(opts)) / bytes(n)
        self.packets.append((t, eth(p, who == 'B')))
        return self

    def handshake(self, win=1000):
        self(0, 'A', 'S', 1000, 0, win=win)
        self(.01, 'B', 'SA', 5000, 1001, win=win)
        return self(.02, 'A', 'A', 1001, 5001, win=win)


NOP = ('NOP', None)


def ts(val, echo):
    return ('Timestamp', (val, echo))


def session():
    c = Conn()
    c(0, 'A', 'S', 1000, 0, win=8192, ipid=10, opts=[
        ('MSS', 1460), NOP, ('WScale', 7), NOP, NOP, ts(100, 0), ('SAckOK', b'')])
    c(.02, 'B', 'SA', 5000, 1001, win=4096, ipid=500, opts=[
        ('MSS', 1400), NOP, ('WScale', 3), NOP, NOP, ts(900, 100)])
    c(.05, 'A', 'A', 1001, 5001, win=100, ipid=11, opts=[NOP, NOP, ts(105, 900)])
    c(.06, 'A', 'PA', 1001, 5001, 100, 100, 12, [NOP, NOP, ts(106, 900)])
    c(.08, 'B', 'A', 5001, 1101, 0, 600, 502, [NOP, NOP, ts(906, 106)])
    c(.09, 'B', 'PA', 5001, 1101, 200, 600, 505, [NOP, NOP, ts(907, 106)])
    c(.12, 'A', 'A', 1101, 5201, 0, 90, 14, [NOP, NOP, ts(112, 907)])
    c(.20, 'A', 'FA', 1101, 5201, 0, 90, 15)
    c(.22, 'B', 'FA', 5201, 1102, 0, 600, 506)
    c(.25, 'A', 'A', 1102, 5202, 0, 90, 16)
    write('session', c.packets)


SCANS = [                               # (seconds, who, flags, payload); one port each, from 1 on
    [(0, 'A', 'S', 0), (.1, 'B', 'RA0', 0)],
    [(0, 'A', 'S', 0)],
    [(0, 'A', 'S', 0), (3, 'A', 'S', 0)],
    [(0, 'A', 'S', 0), (.2, 'A', 'S', 0)],
    [(i / 10, 'A', 'S', 0) for i in range(6)],
    [(0, 'A', '', 0)],
    [(0, 'A', 'FPU', 0)],
    [(0, 'A', 'FPU', 0), (.1, 'B', 'RA0', 0)],
    [(0, 'A', 'F', 0)],
    [(0, 'A', 'FA', 0)],
    [(0, 'A', 'S', 0), (.1, 'B', 'SA', 0), (.2, 'A', 'R0', 0)],
    [(0, 'A', 'S', 0), (.1, 'B', 'SA', 0), (.2, 'A', 'A', 0)],
    [(0, 'A', 'A', 0), (.1, 'B', 'R', 0)],
    [(0, 'A', 'SF', 0)],
    [(0, 'A', 'SFR', 0)],
    [(0, 'A', 'FR', 0)],
    [(0, 'A', 'FSRPAU', 0)],
    [(0, 'A', 'R', 0)],
    [(0, 'A', 'RA', 0)],
    [(0, 'A', 'S', 5)],
    [(0, 'A', 'SEC', 5)],
]


def scans():
    packets = []
    for i, row in enumerate(SCANS):
        c = Conn(dport=1 + i, sport=2000)
        seq = {'A': 1000, 'B': 5000}
        for t, who, flags, n in row:
            closed = flags.endswith('0')            # of a closed port: numbers and window 0
            flags = flags.rstrip('0')
            other = 'B' if who == 'A' else 'A'
            answered = 'A' in flags and len(c.packets) > 0
            c(10 * i + t, who, flags, 0 if closed and who == 'B' else seq[who],
              seq[other] if answered else 1 if 'A' in flags else 0, n, 0 if closed else 1000)
            if 'S' in flags and t == 0 or flags == 'SA':
                seq[who] += 1
        packets += c.packets
    write('scans', packets)


def loss():
    c = Conn().handshake()
    for t, seq in (.10, 1001), (.11, 1101), (.12, 1201):
        c(t, 'A', 'PA', seq, 5001, 100)
    for t in .15, .16, .17:
        c(t, 'B', 'A', 5001, 1101)
    c(.18, 'A', 'PA', 1101, 5001, 100)
    c(.20, 'B', 'A', 5001, 1301)
    c(.30, 'A', 'PA', 1301, 5001, 50)
    c(1.60, 'A', 'PA', 1301, 5001, 50)
    c(1.62, 'B', 'A', 5001, 1351)
    c(1.70, 'A', 'PA', 1451, 5001, 50)
    c(1.71, 'A', 'PA', 1351, 5001, 100)
    c(1.72, 'B', 'A', 5001, 1501)
    c(1.73, 'B', 'A', 5001, 1401)
    write('loss', c.packets)


def keepalive():
    c = Conn().handshake()
    c(.10, 'A', 'PA', 1001, 5001, 100)
    c(.12, 'B', 'A', 5001, 1101)
    c(10, 'A', 'A', 1100, 5001)
    c(10.01, 'B', 'A', 5001, 1101)
    c(20, 'A', 'A', 1100, 5001, 1)
    c(20.01, 'B', 'A', 5001, 1101)
    write('keepalive', c.packets)


def zerowindow():
    c = Conn().handshake()
    c(.1, 'A', 'PA', 1001, 5001, 100)
    c(.2, 'B', 'A', 5001, 1101, win=0)
    c(1.2, 'A', 'PA', 1101, 5001, 1)
    c(1.3, 'B', 'A', 5001, 1101, win=0)
    c(1.4, 'B', 'A', 5001, 1101, win=500)
    c(1.5, 'A', 'PA', 1101, 5001, 500)
    c(1.6, 'B', 'A', 5001, 1601, win=500)
    c(1.7, 'B', 'A', 5001, 1601, win=700)
    c(1.8, 'B', 'R', 5001, 0, win=0)
    write('zerowindow', c.packets)


def wrap():
    c = Conn()
    c(0, 'A', 'S', 0xfffffeff, 0)
    c(.01, 'B', 'SA', 0xffffffef, 0xffffff00)
    c(.02, 'A', 'A', 0xffffff00, 0xfffffff0)
    for i, seq in enumerate((0xffffff00, 0xffffffc8, 0x90)):
        c(.1 + i / 100, 'A', 'PA', seq, 0xfffffff0, 200)
    c(.2, 'B', 'PA', 0xfffffff0, 0x158, 100)
    c(.3, 'A', 'A', 0x158, 0x54)
    c(.4, 'B', 'PA', 0x54, 0x158, 5000)
    c(.5, 'A', 'A', 0x158, 0x54 + 5000)
    write('wrap', c.packets)


def retry():
    """The answer to a SYN-ACK after more than a second: 0x0400."""
    c = Conn()
    c(0, 'A', 'S', 1000, 0)
    c(.01, 'B', 'SA', 5000, 1001)
    c(2, 'A', 'A', 1001, 5001)
    write('retry', c.packets)


def ipid():
    rows = [(0, 65530, 64, 0), (.1, 65535, 64, 0x10), (.2, 2, 63, 0), (.2, 3, 64, 1),
            (.15, 1, 64, 0), (.3, 40000, 64, 0), (.4, 30000, 64, 0), (.5, 30000, 64, 0)]
    write('ipid', [(t, udp(id=i, ttl=ttl, tos=tos)) for t, i, ttl, tos in rows])


def inet_sum(data):
    data += b'\0' * (len(data) & 1)
    s = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while s >> 16:
        s = (s & 0xffff) + (s >> 16)
    return s


def pseudo(proto, n):
    return bytes([10, 0, 0, 1, 10, 0, 0, 2, 0, proto]) + struct.pack('!H', n)


def raw4(proto, payload, **ip):
    return eth(IP(src=A, dst=B, proto=proto, **ip) / payload)


def udp_balanced(good):
    """UDP whose checksum, were it correct, would be 0; sent as 0xffff."""
    head = struct.pack('!HHHH', 1013, 1, 10, 0)
    fill = struct.pack('!H', 0xffff - inet_sum(pseudo(17, 10) + head))
    return raw4(17, head[:6] + struct.pack('!H', good) + fill)


def tcp_balanced():
    """TCP whose correct checksum is 0x0000."""
    head = struct.pack('!HHIIBBHHH', 1014, 80, 1000, 0, 0x50, 16, 1000, 0, 0)
    fill = struct.pack('!H', 0xffff - inet_sum(pseudo(6, 22) + head))
    return raw4(6, head + fill)


def udplite(cover, csum=0):
    return raw4(136, struct.pack('!HHHH', 1011, 1000 + cover, cover, csum) + bytes(12))


def checksums():
    """One packet per flow; the source or destination port tells them apart."""
    rows = [
        udp(sport=1001),
        eth(IP(src=A, dst=B) / UDP(sport=1002, dport=5678, chksum=0) / bytes(20)),
        eth(IP(src=A, dst=B) / UDP(sport=1003, dport=5678, chksum=0x1234) / bytes(20)),
        eth(IP(src=A, dst=B, chksum=0x1234) / UDP(sport=1004, dport=5678) / bytes(20)),
        eth(IP(src=A, dst=B) / TCP(sport=1005, dport=80, chksum=0x1234)),
        eth(IP(src=A, dst=B) / ICMP(chksum=0x1234)),
        eth(IP(src=A, dst=B) / UDP(sport=1007, dport=5678, len=12, chksum=0xffff - inet_sum(
            pseudo(17, 28) + struct.pack('!HHH', 1007, 5678, 12))) / bytes(20)),
        raw4(132, struct.pack('!HHII', 1008, 5678, 1, 0) + bytes(16)),
        udplite(8), udplite(3),
        raw4(47, struct.pack('!HHI', 0x2000, 0x1234, 7) + bytes(20)),
        raw4(103, bytes([0x20, 0, 0, 0]) + bytes(8)),
        tcp_balanced(), udp_balanced(0xffff),
        raw4(89, struct.pack('!BBHIIHHQ', 2, 1, 44, 1, 0, 0, 0, 0) + bytes(20)),
        udplite(0, 0xffff - inet_sum(pseudo(136, 20) + struct.pack('!HH', 1011, 1000))),
    ]
    write('checksums', [(i, p) for i, p in enumerate(rows)])
    # GRE with checksum: RFC 2784 sums header and payload, no pseudo header
    write('gresum', [(0, raw4(47, struct.pack(
        '!HHHH', 0x8000, 0x1234, 0xffff - 0x8000 - 0x1234, 0) + bytes(20)))])
    write('checksums6', [
        (0, eth(IPv6(src=A6, dst=B6) / UDP(sport=1001, dport=5678) / bytes(20))),
        (1, eth(IPv6(src=A6, dst=B6) / UDP(sport=1002, dport=5678, chksum=0) / bytes(20))),
        (2, eth(IPv6(src=A6, dst=B6) / ICMPv6EchoRequest())),
        (3, eth(IPv6(src=A6, dst=B6) / TCP(sport=1005, dport=80, chksum=1)))])
    # addresses at the end of the way; bytes behind the datagram; the beginning of a packet
    def routed(n, ext):
        return eth(IPv6(src=A6, dst=B6) / ext / UDP(sport=n, dport=5678) / bytes(20))

    way = ['2001:db8::8', '2001:db8::9']
    rpl = bytes([17, 1, 3, 1, 0xff, 0x70, 0, 0, 9]) + bytes(7)      # 15 octets as in B6, 7 of padding
    longer = IP(bytes(udp(sport=8)[IP]))
    longer.len += 7
    del longer.chksum
    inner = IP(src='10.1.0.1', dst='10.1.0.2') / UDP(sport=9, dport=5678) / bytes(3000)
    write('checksums-ends', list(enumerate([
        routed(1, IPv6ExtHdrRouting(addresses=way, segleft=1)),
        routed(2, IPv6ExtHdrRouting(addresses=way, segleft=0)),
        routed(3, IPv6ExtHdrSegmentRouting(addresses=way, segleft=1, lastentry=1)),
        routed(4, IPv6ExtHdrSegmentRouting(addresses=way, segleft=0, lastentry=1)),
        routed(5, IPv6ExtHdrDestOpt(options=[HAO(hoa=way[0])])),
        eth(IP(src=A, dst=B, options=[IPOption_LSRR(routers=['10.9.9.8', '10.9.9.9'])]) /
            UDP(sport=6, dport=5678) / bytes(20)),
        eth(IPv6(src=A6, dst=B6, nh=43) / (rpl + bytes(
            IPv6(src=A6, dst=way[1]) / UDP(sport=7, dport=5678) / bytes(20))[40:])),
        eth(longer / b'trailer'), eth(fragment(IP(src=A, dst=B) / inner, fragsize=1400)[0])])))


def split(ip, size):
    return [eth(f) for f in fragment(ip, fragsize=size)]


def fragments():
    def datagram(n, sport=1234, i=77, proto=UDP):
        ports = {'sport': sport, 'dport': 5678}
        if proto is TCP:
            return IP(src=A, dst=B, id=i) / TCP(flags='PA', seq=1000, ack=1, window=1000,
                                                **ports) / bytes(n)
        if proto is ICMP:
            return IP(src=A, dst=B, id=i) / ICMP() / bytes(n)
        return IP(src=A, dst=B, id=i) / UDP(**ports) / bytes(n)

    def spread(name, frames):
        write(name, [(i / 10, p) for i, p in enumerate(frames)])

    spread('frag-udp', split(datagram(3000), 1400))
    spread('frag-icmp', split(datagram(3000, proto=ICMP), 1400))
    spread('frag-tcp', split(datagram(3000, proto=TCP), 1400))
    spread('frag-small', split(datagram(40), 16))
    spread('frag-range', [raw4(17, bytes(100), id=80, frag=8190)])
    spread('frag-lost', split(datagram(3000, i=83), 1400)[:1] + split(datagram(3000, i=84), 1400))
    # a reset while the opposite direction's datagram is incomplete
    c = Conn(dport=5678)
    c(1, 'B', 'R', 1, 0, win=0)
    write('frag-reset', [(0, split(datagram(3000, proto=TCP), 1400)[0])] + c.packets)
    gap = split(datagram(3000, i=85), 800)
    spread('frag-gap', gap[:1] + gap[2:])


def options():
    def syn(sport, opts, win=1000, flags='S', data=b'', **ip):
        return eth(IP(src=A, dst=B, **ip) / TCP(sport=sport, dport=80, flags=flags, seq=1000,
                                                window=win, options=opts) / data)

    def patched(frame, at, value):
        raw = bytearray(bytes(frame))
        raw[at] = value
        return raw

    mss = ('MSS', 1460)
    write('options', [
        (0, syn(1001, [mss, ('SAckOK', b''), ('WScale', 0)])),
        (1, syn(1002, [mss, NOP, ('WScale', 14), (30, b'\0\0'), (253, b'\0\0')], 5)),
        (2, patched(syn(1003, [mss]), 14 + 20 + 21, 0)),
        (3, syn(1004, [NOP] * 4)),
        (4, syn(1005, [NOP, NOP, ts(0, 0)])),
        (5, syn(1006, [NOP, NOP, ts(1000, 5)], flags='A')),
        (5.5, syn(1006, [NOP, NOP, ts(1050, 6)], flags='A')),
        (5.6, syn(1006, [NOP, NOP, ts(1040, 7)], flags='A')),
        (6, syn(1006, [NOP, NOP, ts(1100, 8)], flags='A')),
        (7, syn(1007, [], data=b'hello')),
        (8, syn(1008, [], flags='SEC', data=b'hello')),
        (9, syn(1009, [], flags='')),
    ])
    write('options-cut', [(0, syn(1001, [mss, NOP, ('WScale', 7)]))], snap=54)
    # 120 bytes of payload, 12 and 14 bytes of the TCP header left
    long = syn(1001, [], flags='PA', data=bytes(100))
    write('cut-46', [(0, long)], snap=46)
    write('cut-48', [(0, long)], snap=48)
    alert, route = b'\x94\x04\0\0', b'\x01\x07\x07\x04' + bytes(4)

    def ip_with(opt, sport, **ip):
        p = IP(src=A, dst=B, **ip) / UDP(sport=sport, dport=5678) / bytes(20)
        raw = bytearray(bytes(p))
        raw[20:20] = opt
        raw[0] = 0x40 + (20 + len(opt)) // 4
        raw[2:4] = struct.pack('!H', len(raw))
        raw[10:12] = b'\0\0'
        raw[10:12] = struct.pack('!H', 0xffff - inet_sum(bytes(raw[:20 + len(opt)])))
        return Ether(src=MAC_A, dst=MAC_B, type=0x800) / bytes(raw)

    write('ipoptions', [(0, ip_with(alert, 1001)), (1, ip_with(route, 1002)),
                        (2, udp(sport=1003, flags=7)), (3, udp(sport=1004, flags='DF'))])
    write('ipoptions-cut', [(0, ip_with(route, 1002))], snap=36)
    hop = IPv6ExtHdrHopByHop(options=[RouterAlert(), PadN(optdata=b'')])
    dst = IPv6ExtHdrDestOpt(options=[PadN(optdata=bytes(4))])
    write('ip6options', [
        (0, eth(IPv6(src=A6, dst=B6) / hop / ICMPv6EchoRequest())),
        (1, eth(IPv6(src=A6, dst=B6, tc=0x28) / dst / UDP(sport=1, dport=2) / bytes(8))),
        (2, eth(IPv6(src=A6, dst=B6) / IPv6ExtHdrFragment(id=7, m=1, nh=17) /
                (struct.pack('!HHHH', 3, 4, 1000, 0) + bytes(40)))),
        (3, eth(IPv6(src=A6, dst=B6) / IPv6ExtHdrFragment(id=7, offset=6, res2=1, nh=17) /
                bytes(40))),
    ])


def roundtrips():
    write('udprtt', [(2, udp()), (2.2, udp(back=True)), (2.5, udp()), (2.6, udp()),
                     (2.9, udp(back=True))])
    write('arp', [(0, Ether(src=MAC_A, dst=MAC_B) / ARP(
        hwsrc=MAC_A, psrc=A, hwdst=MAC_B, pdst=B))])


for make in (session, scans, loss, keepalive, zerowindow, wrap, retry, ipid, checksums, fragments,
             options, roundtrips):
    make()
