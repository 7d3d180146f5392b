#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# proto.py OUTDIR - captures for proto.bats: names of headers, tunnels, lengths.  In all tunnels
# the inner packet goes from 10.1.0.1 port 5000 to 10.1.0.2 port 6000 (or the same in fd01::/64)
# with 20 bytes of payload; the outer ones are OUTER and OUTER6.
from lib.frame import *

IN4 = u4(src='10.1.0.1', dst='10.1.0.2')
IN6 = u6(src='fd01::1', dst='fd01::2')
INETH = eth(0x800, IN4, MAC_C, MAC_D)
INTAG = eth(0x8100, vlan(7, 0x800, IN4), MAC_C, MAC_D)
INARP = eth(0x806, arp(), MAC_C, MAC_D)
JUNK = bytes(range(0x10, 0x40))


def out4(proto, payload, **ip):
    return eth(0x800, ip4(proto, payload, **{**OUTER, **ip}))


def out6(nxt, payload, **ip):
    return eth(0x86dd, ip6(nxt, payload, **{**OUTER6, **ip}))


def uo(dport, payload, sport=40000):
    return out4(17, udp(sport, dport, payload))


def names():
    types = (0x0006, 0x00bb, 0x0104, 0x010b, 0x0111, 0x01a1, 0x01a2)    # SNAP: below 1501
    snap = bytes([0xaa, 0xaa, 3, 0, 0, 0])
    cases('proto-names-snap', [llc(snap + be(t) + bytes(40)) for t in (0,) + types])
    cases('proto-names-ether', [eth(t, bytes(46)) for t in (
        0x0806, 0x0bad, 0x2000, 0x2001, 0x2003, 0x2004, 0x6002, 0x6003, 0x6004, 0x8021, 0x8035,
        0x8038, 0x809b, 0x80f3, 0x80fd, 0x8137, 0x872d, 0x8863, 0x886f, 0x888e, 0x8899, 0x88a2,
        0x88bb, 0x88cc, 0x88f7, 0x8902, 0x8906, 0x890d, 0x9000, 0xc021, 0xc029, 0xc223, 0x1234,
        0xfffe, 0x880b)])
    cases('proto-names-slow', [eth(0x8809, bytes([n]) + bytes(45)) for n in (1, 2, 3, 10, 4)])
    cases('proto-names-llc', [llc(bytes([d, d, 3]) + bytes(40)) for d in (
        0x04, 0x08, 0x0c, 0x40, 0xc8, 0x10, 0xe0, 0x14, 0x20, 0x34, 0x54, 0xfe, 0x42, 0x7e, 0x80,
        0x82, 0xbc, 0xf0, 0xf8, 0xfc, 0x00, 0x12, 0xff)])
    cases('proto-llc', [
        llc(bytes([6, 6, 3]) + IN4), llc(bytes([6, 6, 3]) + JUNK),
        llc(snap + be(0x800) + IN4), llc(snap + be(0x86dd) + IN6),
        llc(snap[:5] + b'\x0c' + be(0x2000) + bytes(20)),       # CDP
        llc(bytes([0xaa, 0xab, 3]) + bytes(20)),                # not quite SNAP
        llc(bytes([0xf0, 0xf0, 0x01, 0x00]) + bytes(20)),       # 2 bytes of control
        eth(0x8870, bytes([0x42, 0x42, 3]) + bytes(35)),        # jumbo LLC
        llc(bytes([0x42, 0x42, 3]) + bytes(35)),
        eth(1501, bytes(46)), eth(1500, bytes([0x42, 0x42, 3]) + bytes(43))])
    # frames in SNAP in frames
    bridged = MAC_B + MAC_A + be(1000) + bytes([0xaa, 0xaa, 3, 0, 0x80, 0xc2]) + be(7)
    cases('proto-deep', [bridged * 11000, bridged * 100 + eth(0x800, IN4)])
    cases('proto-names-ip', [out4(n, bytes(40)) for n in (
        1, 2, 8, 9, 33, 36, 37, 45, 46, 48, 50, 53, 54, 58, 60, 80, 83, 88, 89, 93, 97, 103, 108,
        112, 113, 115, 132, 134, 135, 136, 137, 139, 140, 59, 3, 5, 7, 123, 200, 255)])
    cases('proto-names-ip6', [out6(n, bytes(40)) for n in (58, 89, 103, 132, 168, 59)])
    cases('proto-names-igmp', [
        out4(2, bytes([t]) + bytes(7), dst=d) for t, d in (
            (0x11, '224.0.0.1'), (0x13, '224.0.0.4'), (0x14, '224.0.0.13'),
            (0xff, '224.0.0.25'), (0xfc, '224.0.0.25'), (0xff, '224.0.0.1'))])
    cases('proto-names-ppp', [eth(0x8864, be(0x1100, 1, 40) + be(n) + bytes(38)) for n in (
        0x0023, 0x00fd, 0x8021, 0x80fd, 0xc021, 0xc023, 0xc223, 0x1234)])
    cases('proto-isl', [bytes.fromhex('01000c0000000000000000010040aaaa0300000000000000000a') +
                        eth(0x800, IN4) + bytes(4),
                        bytes.fromhex('03000c0000') + bytes(21) + eth(0x806, arp())])


def tags():
    def tagged(*tpid_tci, inner=IN4, kind=0x800):
        f = inner
        for tpid, tci in reversed(tpid_tci):
            f = vlan(tci, kind, f)
            kind = tpid
        return eth(kind, f)

    ctag, stag = 0x8100, 0x88a8
    cases('proto-vlan', [
        tagged((ctag, 5)), tagged((stag, 100), (ctag, 5)),
        tagged(*[(ctag, n) for n in (1, 2, 3, 4)]),
        tagged((ctag, 0)), tagged((ctag, 0x6005)), tagged((0x9100, 9), (ctag, 5)),
        tagged((0x9200, 9)), tagged((ctag, 5), inner=arp(), kind=0x806),
        tagged((ctag, 5), inner=bytes([0x42, 0x42, 3]) + bytes(35), kind=38),
        tagged((ctag, 5), inner=mpls(16, mpls(17, IN4), False), kind=0x8847),
        tagged((ctag, 0xfff), inner=IN6, kind=0x86dd)])
    ether = bytes([0, 0, 0, 1]) + INETH
    stp = llc(bytes([0x42, 0x42, 3]) + bytes(35), MAC_C, MAC_D)
    cases('proto-mpls', [
        eth(0x8847, mpls(16, IN4, tc=5, ttl=7)), eth(0x8847, mpls(16, mpls(1048575, IN4), False)),
        eth(0x8847, mpls(2, IN6)), eth(0x8848, mpls(16, IN4)),
        eth(0x8847, mpls(1, mpls(2, mpls(3, mpls(4, IN4), False), False), False)),
        eth(0x8847, mpls(16, ether)), eth(0x8847, mpls(16, INETH)), eth(0x8847, mpls(16, JUNK)),
        eth(0x8847, mpls(16, b'', False)), eth(0x8847, mpls(16, bytes(4) + stp + bytes(8))),
        eth(0x8847, mpls(16, stp)), eth(0x8847, mpls(16, bytes(4) + stp[:-1]))])

    def session(proto, payload):
        return eth(0x8864, be(0x1100, 1, 2 + len(payload)) + be(proto) + payload)
    cases('proto-pppoe', [
        session(0x21, IN4), session(0x57, IN6), session(0xc021, bytes(20)),
        session(0x3d, b'\xc0' + bytes(3) + be(0x21) + IN4), session(0x281, mpls(16, IN4)),
        session(0x1234, JUNK), eth(0x8864, be(0x1100, 1, 99) + b'\x21' + IN4),
        eth(0x8863, be(0x1109, 0, 0) + bytes(40))])


def ipip():
    cases('proto-ipip', [
        out4(4, IN4), out4(4, ip4(4, IN4)), out4(41, IN6), out6(4, IN4), out6(41, IN6),
        out4(41, ip6(168, bytes(30), src='fd01::1', dst='fd01::2')), out4(94, IN4),
        out4(4, IN6), out4(41, IN4), out4(4, JUNK), out4(4, b'')])
    cases('proto-ip6ext', [
        out6(0, ext6(17) + udp(5000, 6000, bytes(11))), out6(60, ext6(17, 1) + udp(1, 2, b'ab')),
        out6(43, ext6(6) + tcp(1, 2)), out6(59, JUNK), out6(0, ext6(59)),
        out6(0, ext6(60) + ext6(43) + ext6(44) + frag6(17) + udp(1, 2, b'abc')),
        out6(0, ext6(41) + IN6), out6(51, bytes([17, 4]) + bytes(22) + udp(5000, 6000, b'abcd')),
        out6(51, bytes([41, 4]) + bytes(22) + IN6), out6(50, bytes(40)), out6(168, bytes(30))])


def gre():
    def g(kind, payload, flags=0, words=0, outer=out4):
        return outer(47, be(flags, kind) + bytes(4 * words) + payload)

    ppp4, ppp6 = be(0x21) + IN4, be(0x57) + IN6
    cases('proto-gre', [
        g(0x800, IN4), g(0x800, IN4, 0x8000, 1), g(0x800, IN4, 0xb000, 3),
        g(0x800, IN4, 0x2000, 1), g(0x86dd, IN6), g(0x8847, mpls(1, IN4)), g(0x806, arp()),
        g(0xc098, JUNK), g(0x800, JUNK), g(0x800, b''),
        # source routes, ended by an empty one; strict is only said
        g(0x800, bytes(4) + IN4, 0x4800, 1), g(0x800, be(0, 2, 0x800, 4) + bytes(8) + IN4, 0xc000),
        g(0x800, IN4, 0x0800)])
    cases('proto-gre-ppp', [
        g(0x880b, b'\xff\x03' + ppp4), g(0x880b, ppp4), g(0x880b, b'\x21' + IN4),
        g(0x880b, b'\xff\x03' + ppp6), g(0x880b, ppp6, 0x3081, 3),
        g(0x880b, b'\xff\x03\xc0\x21' + bytes(10)), g(0x880b, b'\xfd' + JUNK),
        g(0x880b, b'\xff\x03\x00\xfd' + JUNK), g(0x880b, be(0, 7) + bytes(4), 0x2081),
        g(0x880b, b'\xff\x03\x12\x34' + JUNK)])
    two, three = be(0x1000) + bytes(6), be(0x2000) + bytes(9)           # ERSPAN types II, III
    cases('proto-gre-eth', [
        g(0x6558, INETH), g(0x6558, INTAG), g(0x6558, INARP), g(0x6558, llc(bytes(
            [6, 6, 3]) + IN4)), g(0x88be, INETH),                       # ERSPAN type I
        g(0x88be, two + INETH, 0x1000, 1), g(0x22eb, three + b'\0' + INETH, 0x1000, 1),
        g(0x22eb, three + b'\x01' + bytes(8) + INETH, 0x1000, 1),
        g(0x88be, two + INTAG, 0x1000, 1), g(0x88be, two + INARP, 0x1000, 1),
        eth(0x88be, two + INETH)])
    cases('proto-gre-wccp', [g(0x883e, bytes(4) + IN4), g(0x883e, bytes(4) + IN6),
                             g(0x883e, bytes(4) + JUNK)])
    cases('proto-gre-6', [
        g(0x800, IN4, outer=out6), g(0x86dd, IN6, outer=out6), g(0x6558, INETH, outer=out6),
        g(0x880b, b'\xff\x03' + ppp6, outer=out6), g(0x880b, b'\xff\x03' + ppp4, outer=out6),
        g(0x806, arp(), outer=out6)])


def other_ip():
    ah = bytes([17, 4]) + bytes(22)
    cases('proto-ip', [
        out4(97, be(0x3000) + INETH), out4(97, be(0x3000) + INTAG), out4(97, be(0x3000) + INARP),
        out4(97, be(0x4000) + INETH), out4(103, be(0x2100) + bytes(6) + IN4),
        out4(103, be(0x2100) + bytes(6) + IN6), out4(103, be(0x2000) + bytes(30)),
        out4(103, be(0x2100) + bytes(6) + JUNK), out6(97, be(0x3000) + INETH),
        out6(103, be(0x2100) + bytes(6) + IN6), out4(50, bytes(40)),
        out4(51, ah + udp(1, 2, b'abcd')), out4(115, bytes(4) + JUNK)])


def l2tp():
    def data(flags, head, payload, sport=1701, dport=1701, outer=out4):
        return outer(17, udp(sport, dport, be(flags | 2) + head + payload))
    ids, ppp = be(1, 2), b'\xff\x03\x00\x21'
    cases('proto-l2tp', [
        data(0, ids, ppp + IN4), data(0x4000, be(99) + ids, ppp + IN4),
        data(0x4a00, be(99) + ids + be(0, 0, 2) + be(0), ppp + IN4),
        data(0, ids, ppp[2:] + IN4), data(0, ids, b'\xff\x03\x00\x57' + IN6),
        data(0, ids, b'\xff\x03\x00\x3d\xc0' + bytes(3) + be(0x21) + IN4),
        data(0xc800, be(40) + ids + bytes(4), bytes(28)), data(0, ids, b'\xff\x03\xc0\x21' + JUNK),
        data(0, ids, ppp + IN4, 40000), data(0, ids, ppp + IN4, 1701, 40000),
        data(0, ids, ppp + IN4, outer=out6), data(1, ids, ppp + IN4)])


def teredo():
    t6 = u6(src='2001:0:c0a8:1::1', dst='fd01::2')
    auth = bytes([0, 1, 3, 2]) + bytes(3 + 2 + 8 + 1)
    origin = bytes([0, 0, 0xd8, 0xf0]) + bytes([0xf4, 0xff, 0xff, 0xf8])
    cases('proto-teredo', [
        uo(3544, IN6), uo(40001, IN6, 3544), uo(40001, t6), uo(40001, IN6),
        uo(3544, auth + IN6), uo(3544, origin + IN6), uo(3544, auth + origin + IN6),
        uo(3544, IN6, 1024), uo(3544, b'\x61' + IN6[1:]), uo(3544, IN4),
        out6(17, udp(40000, 3544, t6)), uo(3544, ip6(59, src='2001:0:1::', dst='2001:0:2::'))])


def ayiya():
    def a(nxt, payload, idlen=0x44, sig=0x52):
        return bytes([idlen, sig, 0x11, nxt]) + bytes(4 + (1 << (idlen >> 4)) + (sig >> 4) * 4) + \
            payload
    cases('proto-ayiya', [
        uo(5072, a(41, IN6)), uo(5072, a(4, IN4)), uo(40001, a(41, IN6), 5072),
        out4(6, tcp(40000, 5072, 'A', a(41, IN6))), uo(5072, a(59, b'')),
        uo(5072, a(41, IN6), 1024), uo(5072, a(41, IN6, 0x24, 0x02)), uo(5072, a(6, JUNK)),
        uo(5072, a(41, JUNK)), out4(132, sctp(40000, 5072, a(41, IN6)))])


def gtp():
    def v1(flags, opt, payload, kind=255):
        return bytes([0x30 | flags, kind]) + be(len(payload)) + bytes(4) + opt + payload
    ext = bytes([0, 0, 0, 0x85]) + bytes([1, 0, 0, 0x40]) + bytes([2]) + bytes(6) + b'\0'
    cases('proto-gtp', [
        uo(2152, v1(0, b'', IN4)), uo(2152, v1(2, bytes(4), IN4)), uo(2152, v1(4, ext, IN4)),
        uo(2152, v1(0, b'', IN6)), uo(3386, bytes([0x1e, 255]) + bytes(18) + IN4),
        uo(2123, v1(0, b'', IN4)), uo(2152, v1(2, bytes(4), b'', 1)), uo(2123, bytes(
            [0x48, 255]) + bytes(10) + JUNK), uo(2152, v1(0, b'', IN4), 1024),
        uo(40001, v1(0, b'', IN4), 2152), uo(2152, v1(0, b'', JUNK)),
        uo(2152, bytes([0x32, 255, 0, 9])), out6(17, udp(40000, 2152, v1(0, b'', IN4)))])


def vxlan():
    def v(payload, flags=0x08000000, vni=0x00000100):
        return struct.pack('!II', flags, vni) + payload

    def gpe(nxt, payload):
        return uo(4790, v(payload, 0x0c000000 | nxt))

    nsh = be(0x0fc6, 0x0103) + bytes(20)
    pppoe = eth(0x8864, be(0x1100, 1, 2 + len(IN4)) + be(0x21) + IN4, MAC_C, MAC_D)
    cases('proto-vxlan', [
        uo(4789, v(INETH)), uo(8472, v(INETH)), uo(4789, v(INARP)), uo(4789, v(INTAG)),
        uo(4789, v(pppoe)), uo(4789, v(INETH, 0x08000001)), uo(4789, v(INETH, vni=1)),
        uo(4789, v(INETH), 53), uo(40001, v(INETH), 4789), uo(1024, v(INETH), 4789),
        out6(17, udp(40000, 4789, v(INETH))),
        out4(6, tcp(40000, 4789, 'A', v(INETH))), uo(4789, v(uo(4789, v(INETH)))),
        uo(4789, v(INETH, 0x88481234)), uo(4789, v(INETH, 0x08001234))])       # group policy
    cases('proto-gpe', [gpe(1, IN4), gpe(2, IN6), gpe(3, INETH), gpe(4, nsh + INETH),
                        gpe(5, mpls(16, IN4)), gpe(9, JUNK), gpe(4, be(0x0fc6, 0x0101) + bytes(
                            20) + IN4), uo(4790, v(INETH, 0xcc000003))])


def geneve():
    def g(payload, opts=0, kind=0x6558, ver=0, vni=0x100):
        return be(ver << 14 | opts << 8, kind) + struct.pack('!I', vni) + bytes(4 * opts) + payload
    cases('proto-geneve', [
        uo(6081, g(INETH)), uo(6081, g(INETH, 3)), uo(6081, g(INTAG)), uo(6081, g(INARP)),
        uo(6081, g(IN4, kind=0x800)), uo(6081, g(INETH, ver=1)), uo(6081, g(INETH, vni=1)),
        uo(6081, g(INETH), 1024), uo(40001, g(INETH), 6081), out6(17, udp(40000, 6081, g(INETH)))])


def wireless():
    def c(payload, flags=0, preamble=0, frag=0, hlen=2):
        return struct.pack('!BBHHH', preamble, hlen << 3, flags, 0, frag) + \
            bytes(4 * (hlen - 2)) + payload
    # an 802.11 data frame from a station, frame control 08 01 swapped
    body = bytes(22) + bytes([0xaa, 0xaa, 3, 0, 0, 0]) + be(0x800) + IN4
    wlan = b'\x01\x08' + body
    beacon = b'\x00\x80' + bytes(22) + JUNK
    cases('proto-capwap', [
        uo(5247, c(INETH)), uo(5247, c(wlan, 0x0100)), uo(5247, c(INTAG)), uo(5247, c(INARP)),
        uo(5247, c(wlan, 0x0110, hlen=4)), uo(5247, c(beacon, 0x0100)), uo(5246, c(JUNK)),
        uo(5247, c(b'', 8)), uo(5247, c(INETH, 0x80, frag=8)), uo(5247, b'\x01\0\0\0' + JUNK),
        uo(5246, b'\x01\0\0\0' + JUNK), uo(40001, c(INETH), 5247), uo(5247, c(INETH), 1024),
        out6(17, udp(40000, 5247, c(INETH)))])
    cases('proto-lwapp', [
        uo(12222, bytes(6) + wlan), uo(12223, bytes(6) + b'\x04' + bytes(5) + JUNK),
        uo(12222, b'\x04' + bytes(5) + JUNK), uo(12222, bytes(6) + wlan, 1024),
        uo(12223, bytes(6) + bytes(6) + wlan)])


def marks():
    cases('proto-marks', [
        uo(4500, b'\x11\x22\x33\x44' + JUNK, 4500), uo(4500, bytes(4) + JUNK, 4500),
        uo(4500, b'\xff', 4500), uo(1900, b'M-SEARCH', 40000), uo(40000, b'HTTP/1.1', 1900),
        out4(6, tcp(40000, 1900, 'A', b'GET /')), uo(1900, b'M-SEARCH', 1024), uo(1900, b'', 1900)])


def lengths():
    sizes = [
        eth4(1, icmp(8, 0, bytes(10))), eth4(2, bytes(20)), eth4(50, bytes(20)),
        eth4(99, bytes(5)), eth4(99, bytes(30)), eth4(132, sctp(1, 2, bytes(18))),
        eth6(58, icmp(128, 0, bytes(9))), eth6(200, bytes(30)),
        eth6(0, ext6(17) + udp(1, 2, bytes(11))), eth(0x806, arp()),
        eth(0x806, arp() + bytes(18)), eth(0x88cc, bytes(33)),
        llc(bytes([0x42, 0x42, 3]) + bytes(35)), eth4(17, udp(1, 2, bytes(4))) + bytes(14),
        eth4(89, bytes(44)), eth4(6, tcp(1, 2, 'A', bytes(7), hl=32)), eth4(136, udp(
            1, 2, bytes(9))), eth4(47, be(0x2000, 0x1234) + bytes(4) + JUNK), out4(4, IN4),
        out4(41, IN6), eth6(59, bytes(12)), eth(0x86dd, ip6(6, tcp(1, 2, 'A', bytes(3))))]
    cases('proto-size', sizes)
    mid = ip4(17, bytes(40), off=3)
    cases('proto-size-frag', [eth(0x800, mid), eth4(17, udp(1, 2, bytes(24)), mf=True),
                              eth(0x86dd, ip6(44, frag6(17, 3) + bytes(40)))])

    def cut(f, n):
        return (f, {'snap': n})

    t4 = eth4(6, tcp(1111, 80, 'A', bytes(100), hl=32))
    d4 = eth4(17, udp(1111, 2222, bytes(100)))
    d6 = eth6(17, udp(1111, 2222, bytes(100)))
    cases('proto-snap-tcp', [cut(t4, n) for n in (
        34, 35, 36, 37, 38, 46, 53, 54, 65, 66, 165, 166)])
    # the IP header itself is cut: what is not there is 0
    cases('proto-snap-ip', [cut(t4, n) for n in (16, 18, 23, 24, 30, 33)] +
          [cut(d6, n) for n in (20, 21, 38, 53)])
    cases('proto-snap-udp', [cut(d4, n) for n in (34, 36, 38, 42, 141, 142)] +
          [cut(d6, n) for n in (40, 54, 56, 58, 62, 161, 162)])
    cases('proto-snap-l2', [cut(eth(0x806, arp()), n) for n in (42, 16)] +
          [cut(eth(0x8100, vlan(5, 0x806, arp())), 18), cut(llc(bytes([0x42, 0x42, 3]) + bytes(
              35)), 17)])
    # the number or version that names the next header is not there
    cases('proto-snap-next', [
        cut(eth6(0, ext6(58) + icmp(143)), 54), cut(eth6(0, ext6(58) + icmp(143)), 20),
        cut(eth6(60, ext6(0) + ext6(17) + udp(1, 2)), 62), cut(eth6(44, frag6(17, 3)), 54),
        cut(eth6(51, bytes(24)), 54), cut(t4, 20), cut(eth(0x8100, vlan(5, 0x800, IN4)), 16),
        cut(eth(0x8847, mpls(5, IN4)), 18), cut(eth(0x8864, be(0x1100, 1, 50, 0x21) + IN4), 20),
        cut(out4(47, be(0, 0x800) + IN4), 34), cut(out4(47, be(0, 0x6558) + INETH), 44),
        cut(out4(4, IN4), 34), cut(out6(41, IN6), 54), cut(uo(4789, be(0x800, 0, 0, 0) + INETH), 54),
        cut(llc(bytes([0xaa, 0xaa, 3, 0, 0, 0]) + be(0x800) + IN4), 20)])
    # without a flow: 15 bytes, 1 byte, none
    write('proto-snap-none', [(0, t4, {'snap': 15}), (1, t4, {'snap': 1}), (2, t4, {'snap': 0}),
                              (3, b'', {}), (4, d4, {})])
    cases('proto-badlen', [
        eth(0x800, ip4(17, udp(1, 2, bytes(30)), length=19)),
        eth(0x800, ip4(17, udp(1, 2, bytes(30)), length=20)),
        eth(0x800, ip4(17, udp(1, 2, bytes(30)), length=27)),
        eth(0x800, ip4(17, udp(1, 2, bytes(30)), length=28)),
        eth(0x800, ip4(6, tcp(1, 2), length=39)), eth(0x800, ip4(6, tcp(1, 2), length=40)),
        eth(0x800, ip4(132, sctp(1, 2, bytes(20)), length=35)),
        eth(0x800, ip4(132, sctp(1, 2, bytes(20)), length=36)),
        eth(0x86dd, ip6(17, udp(1, 2, bytes(30)), plen=7)),
        eth(0x86dd, ip6(17, udp(1, 2, bytes(30)), plen=8)),
        eth(0x86dd, ip6(6, tcp(1, 2, 'A', bytes(30)), plen=19)),
        eth4(6, tcp(1, 2, hl=60)[:20]), eth(0x800, ip4(1, icmp(8), length=24)),
        eth4(6, be(1, 2) + bytes(16))])
    cases('proto-tso', [
        eth(0x800, ip4(6, tcp(1, 2, 'A', bytes(100)), length=0)),
        eth(0x800, ip4(17, udp(1, 2, bytes(100)), length=0)),
        eth(0x86dd, ip6(6, tcp(1, 2, 'A', bytes(100)), plen=0)),
        (eth(0x800, ip4(6, tcp(1, 2, 'A', bytes(100)), length=0)), {'snap': 60, 'wire': 3000})])
    # the payload length is in an option, before or behind padding; or it is longer than the frame
    hop = [bytes([17, 0, 0xc2, 4]) + struct.pack('!I', n) for n in (16 + 65536, 16 + 10, 99999)]
    hop.append(bytes([17, 1, 1, 2, 0, 0, 0, 0, 0xc2, 4]) + struct.pack('!I', 24 + 10) + bytes(2))
    sizes = 65536, 10, 10, 10
    cases('proto-jumbo', [eth(0x86dd, ip6(0, h + be(1, 2, 0, 0) + bytes(n), plen=0)) + bytes(5)
                          for h, n in zip(hop, sizes)])
    over = eth6(168, bytes(0), plen=41638)
    cases('proto-lencap', [
        (over, {'wire': 60}), eth(0x800, ip4(17, udp(1, 2, bytes(10)), length=1500)),
        eth(0x86dd, ip6(17, udp(1, 2, bytes(10)), plen=1500)),
        (eth(0x800, ip4(17, udp(1, 2, bytes(10)), length=1500)), {'wire': 2000}),
        out4(4, ip4(17, udp(1, 2, bytes(10)), length=1500)) + bytes(50)])
    cases('proto-badip', [
        eth(0x800, ip4(17, udp(5000, 6000, bytes(10)), ihl=4)),
        eth(0x800, ip4(17, udp(5000, 6000, bytes(10)), ihl=0)),
        eth(0x800, ip4(17, udp(5000, 6000, bytes(10)), version=5)),
        eth(0x86dd, ip6(17, udp(5000, 6000, bytes(10)), version=4)),
        eth(0x800, ip6(17, udp(5000, 6000, bytes(10)))),
        eth(0x800, ip4(17, udp(5000, 6000, bytes(10)), opts=bytes([1] * 8))),
        eth(0x800, ip4(17, udp(5000, 6000, bytes(10)), ihl=15))])
    big = eth4(17, udp(1, 2, bytes(65507)))
    cases('proto-big', [big, [eth4(6, tcp(1, 2, 'A', bytes(65495)))] * 3])


def options():
    cases('proto-mode', [
        eth(0x800, IN4), eth(0x86dd, IN6), out4(41, IN6), out6(4, IN4), eth(0x806, arp()),
        uo(3544, IN6), eth(0x86dd, ip6(58, icmp(128)))])
    # first packets whose headers the optional columns of basicFlow show
    origin = bytes([0, 0]) + be(40000 ^ 0xffff) + bytes(b ^ 0xff for b in (192, 0, 2, 45))
    t6 = u6(src='2001:0:4136:e378:8000:63bf:3fff:fdd2', dst='2001:0:102:304:0:ffff:ffff:ffff')
    write('proto-bfo', [
        (0, eth(0x88a8, vlan(0x6064, 0x8100, vlan(5, 0x8847, mpls(
            16, mpls(0xabcde, IN4, tc=5, ttl=255), False, ttl=1))))),
        (1, eth(0x8864, be(0x1100, 1, 2 + len(IN6)) + be(0x57) + IN6)),
        (2, out4(17, udp(1701, 1701, be(0x4002, 99, 11, 12) + b'\xff\x03\x00\x57' +
                         u6(7, src='fd01::1', dst='fd01::2', dport=6001)))),
        (3, out4(17, udp(1701, 1702, be(2, 21, 22) + b'\xff\x03\xc0\x21' + JUNK))),
        (4, out4(115, be(3, 0, 0, 4660) + JUNK)),
        (5, out4(47, be(0x2000, 0x880b) + bytes(4) + b'\xff\x03\x00\x57' +
                 u6(8, src='fd01::1', dst='fd01::2', dport=6002))),
        (6, uo(3544, origin + t6)), (7, uo(9, b'x'))])


for make in (names, tags, ipip, gre, other_ip, l2tp, teredo, ayiya, gtp, vxlan, geneve, wireless,
             marks, lengths, options):
    make()
