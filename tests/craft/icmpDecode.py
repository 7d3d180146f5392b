#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# icmpDecode.py OUTDIR - captures for plugin-icmpDecode.bats.  A is 10.0.0.1, the others are
# 10.0.0.N; flow indexes in the comments.
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
from frame import *

GONE = ip4(17, udp(1, 2), src='10.9.9.9', dst='10.9.9.8')       # of a flow that never was
ECHO, REPLY, UNREACH = 8, 0, 3


def host(n):
    return '10.0.0.%d' % n


def msg(kind, code=0, rest=b'\0\0\0\0', payload=b''):
    return bytes([kind, code, 0, 0]) + rest + payload


def v4(src, dst, kind, code=0, rest=b'\0\0\0\0', payload=b''):
    return eth(0x800, ip4(1, msg(kind, code, rest, payload), src=host(src), dst=host(dst)))


def v6(src, dst, kind, code=0, payload=b''):
    return eth(0x86dd, ip6(58, msg(kind, code, b'\0\0\0\0', payload), src='2001:db8::%d' % src,
                           dst='2001:db8::%d' % dst))


def quote(frame, n=8):
    """The IP header and n bytes behind it."""
    ip = frame[14:]
    return ip[:(ip[0] & 15) * 4 + n] if ip[0] >> 4 == 4 else ip[:40 + n]


def to(n, proto=17, payload=None, **ip):
    return eth(0x800, ip4(proto, udp(5000, 6000) if payload is None else payload, dst=host(n),
                          **ip))


def messages():
    ident = be(0x1122)
    echo = [v4(1, 2, ECHO, 0, ident + be(i)) for i in (1, 2, 3)]
    reply = [v4(2, 1, REPLY, 0, ident + be(i)) for i in (1, 2)]
    u3, u5, syn, rst = to(3), to(5), to(4, 6, tcp(5000, 80, 'S')), to(9, 6, tcp(5000, 80, 'R'))
    there = to(14, payload=udp(5000, 7777))
    back = eth(0x800, ip4(17, udp(7777, 5000), src=host(14), dst=host(1)))
    association = to(15, 132, sctp(2000, 3000, bytes(16)))
    tagged = v4(247, 1, UNREACH, 3, payload=quote(u5))
    tagged = tagged[:12] + be(0x8100) + vlan(5, 0x800, tagged[14:])
    write('icmpDecode-v4', [
        (0, echo[0]), (.1, reply[0]), (.2, echo[1]), (.3, reply[1]), (.4, echo[2]),     # 1
        (1, u3), (1.1, v4(3, 1, UNREACH, 3, payload=quote(u3))),                        # 2, 3
        (2, syn), (2.1, v4(254, 1, 11, 0, payload=quote(syn))),                         # 4, 5
        (3, u5), (3.1, v4(253, 1, 5, 1, bytes([10, 0, 0, 252]), quote(u5))),            # 6, 7
        (4, v4(3, 1, UNREACH, 3, payload=quote(u5))), (4.1, v4(3, 1, UNREACH, 13, payload=GONE)),
        (5, v4(6, 1, UNREACH, 1, payload=GONE)),                                        # 8
        (7, rst), (7.05, v4(250, 1, UNREACH, 1, payload=quote(rst))),                   # 9, 10
        (7.5, v4(251, 1, UNREACH, 1, payload=quote(rst))),                              # 11
        (8, there), (8.1, back), (8.2, v4(1, 14, UNREACH, 3, payload=quote(back))),     # 12, 13
        (9, v4(249, 1, 4, 0, payload=quote(u5))),                                       # 14
        (9.1, v4(248, 1, 12, 0, payload=quote(u5))), (9.2, tagged),                     # 15, 16
        (9.3, v4(246, 1, 11, 0, payload=quote(echo[0]))),                               # 17
        (9.4, v4(245, 1, 42)), (9.5, v4(244, 1, 9, 16)), (9.6, v4(243, 1, 30)),         # 18-20
        (10, v4(12, 1, REPLY)), (10.1, v4(12, 1, REPLY)), (10.2, v4(1, 12, UNREACH)),   # 21
        (11, v4(1, 7, 13)), (11.1, v4(7, 1, 14)),                                       # 22
        (12, v4(1, 8, ECHO, payload=b'abcdefWANG2xx')),                                 # 23
        (13, association), (13.1, v4(242, 1, UNREACH, 3, payload=quote(association))),  # 24, 25
        (14, v4(241, 1, UNREACH, 3, payload=quote(u5)[:22])),                           # 26 cut quote
        (15, v4(240, 1, UNREACH, 3, payload=ip4(17, udp(5000, 6000), dst=host(5),
                                                opts=bytes([1] * 4)))),                 # 27
    ])


def messages6():
    u = eth6(17, udp(5000, 6000), src='2001:db8::1', dst='2001:db8::3')
    t = eth6(6, tcp(5000, 80, 'S'), src='2001:db8::1', dst='2001:db8::4')
    chain = ip6(0, ext6(60) + ext6(44) + frag6(6, mf=True) + tcp(5000, 80, 'S'),
                dst='2001:db8::4')
    later = ip6(44, frag6(6, off=9) + tcp(5000, 80, 'S'), dst='2001:db8::4')
    write('icmpDecode-v6', [
        (0, v6(1, 2, 128)), (.1, v6(2, 1, 129)), (.2, v6(1, 2, 128)),                   # 1
        (1, u), (1.1, v6(3, 1, 1, 4, quote(u))),                                        # 2, 3
        (2, v6(9, 1, 3, 0, quote(u))), (2.1, v6(9, 1, 2, 0, quote(u))),                 # 4
        (2.2, v6(9, 1, 4, 1, quote(u))),
        (3, v6(10, 1, 159)), (3.1, v6(11, 1, 138, 255)), (3.2, v6(12, 1, 200, 3)),      # 5-7
        (4, t), (4.1, v6(13, 1, 1, 4, chain)), (4.2, v6(14, 1, 1, 4, later)),           # 8-10
        (5, v6(1, 15, 136)), (5.1, v6(15, 1, 135)),                                     # 11
    ])


def counts():
    """13 and 260 messages, a fragmented one, one that is cut behind its type."""
    types = [(UNREACH, i) for i in range(13)]
    write('icmpDecode-counts', [(i / 10, v4(2, 1, *t)) for i, t in enumerate(types)] +
          [(10 + i / 100, v4(1, 3, ECHO)) for i in range(260)])
    big = msg(ECHO, payload=bytes(60))
    write('icmpDecode-fragments', [
        (i, to(4, 1, big[24 * i:24 * i + 24], mf=i < 2, off=3 * i, ident=9)) for i in range(3)])
    write('icmpDecode-cut', [(0, v4(1, 2, ECHO, 1), {'snap': 14 + 20 + 1}),
                             (1000, v4(1, 2, ECHO, 1, b'\1\2\3\4'), {'snap': 14 + 20 + 6})])


for make in (messages, messages6, counts):
    make()
