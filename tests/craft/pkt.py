#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# pkt.py OUTDIR - captures for pkt.bats: the worked examples of the packet records, and TCP streams
# with losses, repetitions and segments out of order.  Checksums of layer 4 are right here.
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
from frame import *

C, W, DNS = '192.168.1.10', '93.184.216.34', '8.8.8.8'
C6, D6 = '2001:db8::10', '2001:db8::53'
CLIENT, SERVER = bytes.fromhex('001122334455'), bytes.fromhex('00d0026d7800')
REQUEST = b'GET /a\tb HTTP/1.1\r\nHost: ex\\ample\r\n\r\n'
RESPONSE = b'HTTP/1.1 200 OK\r\nServer: x\r\n\r\n\x00\x01\x02\xff\x0b\x7f'


def sums(proto, data, at, src, dst):
    """The payload with its checksum at offset at."""
    ends = ipaddress.ip_address(src).packed + ipaddress.ip_address(dst).packed
    n = inet_sum(ends + be(proto, len(data)) + data)
    return data[:at] + be(n) + data[at + 2:]


def datagram(src, dst, sport, dport, payload, **ip):
    data = sums(17, udp(sport, dport, payload), 6, src, dst)
    return (ip6 if ':' in src else ip4)(17, data, src=src, dst=dst, **ip)


class Tcp:
    """A connection; each call is a segment of client 'A' or server 'B'."""

    def __init__(self, a=C, b=W, sport=40000, dport=80, ipid=(9, 99)):
        self.ends = {'A': (a, b, sport, dport), 'B': (b, a, dport, sport)}
        self.ipid = dict(zip('AB', ipid))
        self.packets = []

    def __call__(self, t, who, flags, seq, ack, payload=b'', win=1000, opts=b'', **cut):
        src, dst, sport, dport = self.ends[who]
        self.ipid[who] += 1
        bits = sum(FLAGS[c] for c in flags)
        data = struct.pack('!HHIIBBHHH', sport, dport, seq % 2**32, ack % 2**32,
                           5 + len(opts) // 4 << 4, bits, win, 0, 0) + opts + payload
        frame = eth(0x800, ip4(6, sums(6, data, 16, src, dst), src=src, dst=dst,
                               ident=self.ipid[who]),
                    *((CLIENT, SERVER) if who == 'A' else (SERVER, CLIENT)))
        self.packets.append((t, frame, cut))
        return self

    def open(self, a=1000, b=5000):
        return self(0, 'A', 'S', a, 0)(.01, 'B', 'SA', b, a + 1)(.02, 'A', 'A', a + 1, b + 1)


def syn_options(scale):
    return bytes.fromhex('020405b40402080a00000064000000000103030%d' % scale)


# example 1: a request with its answer, which is sent twice
h = Tcp()
h(0, 'A', 'S', 1000, 0, win=65535, opts=syn_options(7))
h(.03, 'B', 'SA', 5000, 1001, win=28960, opts=syn_options(6))
h(.031, 'A', 'A', 1001, 5001, win=502)
h(.04, 'A', 'PA', 1001, 5001, REQUEST, win=502)
h(.07, 'B', 'A', 5001, 1038, win=455)
h(.08, 'B', 'PA', 5001, 1038, RESPONSE, win=455)
h(.081, 'A', 'A', 1038, 5037, win=500)
h(.281, 'B', 'PA', 5001, 1038, RESPONSE, win=455)
h(.781, 'A', 'FA', 1038, 5037, win=500)
h(.811, 'B', 'FA', 5037, 1039, win=455)
h(.812, 'A', 'A', 1039, 5038, win=500)
write('pkt-http', h.packets)
cut = [(t, f, {'snap': 60}) for t, f, _ in h.packets]
write('pkt-cut', cut)
write('pkt-raw', [(t, f[14:]) for t, f, _ in h.packets[:4]], linktype=101)

# example 2: other shapes of rows
query = bytes.fromhex('123401000001000000000000') + b'\x03www\x07example\x03com\x00' + be(1, 1)
dns = datagram(C, DNS, 5353, 53, query, ident=77)
quoted = datagram(C, DNS, 5353, 53, b'12345678', ident=77)
echo = icmp(8, 0, b'abcdefgh')
echo = echo[:2] + be(inet_sum(echo)) + be(0x1234, 1) + echo[8:]
unreach = icmp(3, 3, quoted)
arp_ask = be(1, 0x800) + bytes([6, 4]) + be(1) + CLIENT + bytes([192, 168, 1, 10]) + bytes(6) + \
    bytes([192, 168, 1, 1])
alert = bytes([17, 0, 5, 2, 0, 0, 1, 0])


def out(kind, payload, dst=SERVER):
    return eth(kind, payload, CLIENT, dst)


write('pkt-shapes', [
    (1, out(0x800, dns)),
    (1.1, out(0x800, ip4(1, echo, src=C, dst=DNS))),
    (1.2, eth(0x800, ip4(1, unreach, src=DNS, dst=C), SERVER, CLIENT)),
    (1.244, out(0x806, arp_ask, b'\xff' * 6)),
    (1.3, out(0x86dd, datagram(C6, D6, 1111, 2222, b'hi\ttab\x07bell'))),
    (1.4, out(0x86dd, ip6(0, alert + udp(1111, 2223, b'x'), src=C6, dst=D6))),
    (1.5, out(0x8100, vlan(20 | 3 << 13, 0x800, datagram(C, DNS, 7, 8, b'v')))),
    (1.6, out(0x8100, vlan(5, 0x8100, vlan(7, 0x800, datagram(C, DNS, 7, 9, b'vv'))))),
    (1.7, out(0x800, ip4(17, udp(7, 10, b'o'), src=C, dst=DNS, opts=bytes.fromhex('94040000')))),
    (1.8, out(0x800, ip4(89, bytes(16) + b'ospf', src=C, dst='224.0.0.5')))])

# example 3: the sequence numbers wrap around; loss, repetition, reset
w = Tcp(dport=8080, ipid=(0, 0))
S, T = 0xfffffed8, 7000
w(0, 'A', 'S', S, 0)(.1, 'B', 'SA', T, S + 1)(.2, 'A', 'A', S + 1, T + 1)
w(.3, 'A', 'PA', S + 1, T + 1, b'1' * 200)(.4, 'A', 'PA', S + 201, T + 1, b'2' * 200)
w(.5, 'B', 'A', T + 1, S + 201)(.6, 'B', 'A', T + 1, S + 401)
w(.65, 'B', 'A', T + 1, S + 401)(.66, 'B', 'A', T + 1, S + 401)
w(.7, 'A', 'PA', S + 601, T + 1, b'4' * 100)(.8, 'A', 'PA', S + 401, T + 1, b'3' * 200)
w(2.5, 'A', 'PA', S + 401, T + 1, b'3' * 200)(2.6, 'B', 'R', T + 1, 0)
w(1000.12, 'A', 'A', S + 701, T + 1)
write('pkt-wrap', w.packets)

# fragments of one datagram, the last two in the wrong order; times that run back
whole = sums(17, udp(1000, 2000, bytes(range(32, 112))), 6, C, DNS)
parts = [(0, 48, True), (10, 88, False), (6, 80, True)]
write('pkt-fragments', [
    (i / 10, out(0x800, ip4(17, whole[8 * at:end], src=C, dst=DNS, off=at, mf=mf, ident=7)))
    for i, (at, end, mf) in enumerate(parts)])
write('pkt-back', [(t, out(0x800, datagram(C, DNS, 7, 8, b'x'))) for t in (20, 10.5, 30)])
write('pkt-nano', [(t, out(0x800, datagram(C, DNS, 7, 8, b'x')))
                   for t in (0, .000000999, 1.000001001, 40.123456789)], nano=True)
text = bytes(range(256))
write('pkt-bytes', [(0, out(0x800, datagram(C, DNS, 7, 8, text)))])

# streams
s = Tcp().open()
for t, seq, data in ((1, 1001, b'one '), (1.1, 1011, b'three '), (1.2, 1005, b'two   '),
                     (1.3, 1017, b'four\n')):
    s(t, 'A', 'PA', seq, 5001, data)
s(1.4, 'B', 'A', 5001, 1022)
write('pkt-order', s.packets)

s = Tcp().open()
s(1, 'A', 'PA', 1001, 5001, b'first line\n')(1.1, 'A', 'PA', 1112, 5001, b'second line\n')
s(1.2, 'B', 'A', 5001, 1124)(1.3, 'B', 'PA', 5001, 1124, b'answer\n')
s(1.4, 'A', 'PA', 1124, 5008, b'third line\n')(1.5, 'A', 'PA', 1012, 5008, b'l' * 100)
s(1.6, 'B', 'A', 5008, 1135)(1.7, 'A', 'A', 1155, 5008)(1.8, 'A', 'FA', 1155, 5008)
write('pkt-loss', s.packets)

s = Tcp().open()
s(1, 'A', 'PA', 1001, 5001, b'abcdef')(1.1, 'A', 'PA', 1004, 5001, b'defghi')
s(1.2, 'A', 'PA', 1001, 5001, b'abcdefghi')(1.3, 'A', 'PA', 1001, 5001, b'ABC')
s(1.4, 'A', 'PA', 1009, 5001, b'\x00')(1.5, 'A', 'PA', 1010, 5001, b'\n')
write('pkt-overlap', s.packets)

s = Tcp(sport=40001)                    # the peer's first packet comes in the middle
s(0, 'B', 'PA', 5008, 1001, b'is B\n')(.1, 'B', 'PA', 5001, 1001, b'this is')
write('pkt-alone', s.packets)
s(.2, 'A', 'PA', 1001, 5013, b'and A\n')
write('pkt-late', s.packets)
# the peer's only packet was cut within its TCP header
write('pkt-late-cut', s.packets[:2] + [(.2, s.packets[2][1], {'snap': 44})])

s = Tcp().open()                        # holes of 5 * 0.9 GiB, told by what came behind them
for i in range(1, 6):
    at = 1001 + i * 900 * 2**20
    s(i, 'A', 'PA', at, 5001, b'x' * (3 if i == 5 else 1))(i + .1, 'B', 'A', 5001, at + 1)
write('pkt-far', s.packets)

s = Tcp().open()
for i in range(8300):                   # more than is held behind a hole
    s(1 + i / 10000, 'A', 'A', 1002 + i, 5001, b'x')
write('pkt-flood', s.packets)

s = Tcp().open()
s(1, 'A', 'PA', 1001, 5001, b'c' * 40, snap=64)(1.1, 'B', 'A', 5001, 1041)
s(1.2, 'A', 'PA', 1041, 5001, b'd' * 4, snap=64)
write('pkt-snapped', s.packets)

s = Tcp().open()                        # the ports are used again at once
s(1, 'A', 'PA', 1001, 5001, b'old\n')(1.1, 'B', 'FA', 5001, 1005)(1.2, 'A', 'FA', 1005, 5002)
s(1.3, 'B', 'A', 5002, 1006)(2, 'A', 'S', 90000, 0)(2.1, 'B', 'SA', 70000, 90001)
s(2.2, 'A', 'PA', 90001, 70001, b'new\n')(2.3, 'B', 'PA', 70001, 90005, b'yes\n')
write('pkt-again', s.packets)

write('pkt-talk', [
    (0, out(0x800, datagram(C, DNS, 5353, 53, b'ask\n'))),
    (.1, eth(0x800, datagram(DNS, C, 53, 5353, b'tell\r\nme\r'), SERVER, CLIENT)),
    (.2, out(0x800, datagram(C, DNS, 5353, 53, b'ask again')))])
