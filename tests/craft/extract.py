#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# extract.py OUTDIR - captures for extract.bats: the worked example of five packets, a flow that
# begins with its answer, all kinds of times, and interfaces in the middle of a file.
from cap import Ng
from lib.frame import *

ASK, ANSWER = eth4(17, udp(2000, 53, b'ask')), eth4(17, udp(53, 2000, b'answer'), back=True)


def five():
    """Flow 1 in both directions, flow 2 with two packets, flow 3 with one."""
    two = [eth4(17, udp(3000, 3001, bytes(n))) for n in (10, 11)]
    write('extract-five', [(0, ASK), (.1, two[0]), (.2, eth4(17, udp(4000, 4001, b'x'))),
                           (.3, ANSWER), (.4, two[1])])


def directions():
    """Flow 1 begins with an answer and is B at last, flow 2 is a lone answer and therefore A."""
    lone = eth4(17, udp(53, 2001, b'lone'), back=True)
    write('extract-answer', [(0, ANSWER), (1, lone), (2, ANSWER), (3, ASK), (4, ANSWER), (5, lone)])


def streams():
    """Lone answers: a packet of SCTP streams 0 and 1, and one of stream 1."""
    def sctp(*stream):
        return eth4(132, be(80, 40000) + bytes(8) + b''.join(
            struct.pack('!BBHIHHI', 0, 3, 20, 1, n, 1, 0) + b'data' for n in stream))

    write('extract-streams', [(0, sctp(0, 1)), (.1, sctp(1))])


def nano():
    data = header(magic=0xa1b23c4d, snaplen=4096)
    for i in range(5):
        data += struct.pack('<IIII', T0 + i, i * 123456789, len(ASK), len(ASK) + 7) + ASK
    save('extract-nano.pcap', data)
    # milliseconds, and times before 1970 and after 2106, which classic files cannot hold
    ng = Ng().section().interface(1, 0, 3)
    ng.packet(.5, ASK, 0, 1000).packet(1, ANSWER, 0, 1000)
    save('extract-milli.pcapng', ng.data)
    ng = Ng().section().interface(1, 0, 9, -86400 * 365).interface(1, 0, 9, 4400000000)
    ng.packet(.25, ASK, 0, 10 ** 9, T0).packet(.5, ASK, 1, 10 ** 9, T0)
    save('extract-far.pcapng', ng.data)


def middle():
    """Interfaces and sections between the packets."""
    ng = Ng().section().interface(1, 0, 6)
    for i in range(20):
        ng.packet(i, eth4(17, udp(5000 + i, 53, bytes(i))), i % (i // 5 + 1))
        if i % 5 == 4:
            ng.interface(1 if i < 10 else 101, 0, 6 if i % 2 else 9)
    data = ng.data
    ng = Ng('>').section().interface()
    for i in range(20, 40):
        ng.packet(i, eth4(17, udp(5000 + i % 25, 53, bytes(i))))
    save('extract-middle.pcapng', data + ng.data)


five()
directions()
streams()
nano()
middle()
