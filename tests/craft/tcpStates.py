#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# tcpStates.py OUTDIR - captures for plugin-tcpStates.bats: connections of A, port 10000 + case,
# with B, port 80.  Cases are so far apart that all flows of one have ended before the next begins.
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
from frame import *

ISN_A, ISN_B = 1000, 5000
STEP = 2000


def seg(case, who, flags, seq, ack=0, n=0, **ip):
    port = 10000 + case
    if who == 'A':
        return eth4(6, tcp(port, 80, flags, bytes(n), seq, ack), **ip)
    return eth4(6, tcp(80, port, flags, bytes(n), seq, ack), back=True, **ip)


# a sound handshake and the parts of a sound teardown
HS = [(0, 'A', 'S', 1000), (.01, 'B', 'SA', 5000, 1001), (.02, 'A', 'A', 1001, 5001)]
FIN_A, FIN_B = ('A', 'FA', 1001, 5001), ('B', 'FA', 5001, 1002)
LAST_A = ('A', 'A', 1002, 5002)

EXAMPLES = {
    1: HS + [(.1, *FIN_A), (.11, *FIN_B), (.12, *LAST_A), (5, 'B', 'A', 5002, 1002),
             (25, 'B', 'A', 5002, 1002)],
    2: HS + [(.1, *FIN_A), (.11, 'B', 'A', 5001, 1002), (.12, *FIN_B), (.13, *LAST_A)],
    3: HS + [(.1, 'B', 'R', 5001), (.15, 'A', 'A', 1001, 5001), (.4, 'A', 'A', 1001, 5001),
             (.45, 'B', 'R', 5001)],
    4: [(0, 'A', 'S', 1000), (.01, 'B', 'RA', 0, 1001)],
    5: [(0, 'A', 'PA', 1000, 5000, 1), (.01, 'B', 'A', 5000, 1001)],
    6: HS + [(.1, 'A', 'P', 1001, 0, 5), (.2, 'A', 'S', 1000)],
    7: [(0, 'A', 'S', 1000), (.01, 'B', 'SA', 5000, 1234)],
    8: [(0, *FIN_A)],
    9: [(0, *FIN_A), (.01, *FIN_B), (.02, *LAST_A)],
    10: [(0, 'A', 'S', 1000), (.01, 'B', 'S', 5000), (.02, 'A', 'SA', 1000, 5001),
         (.03, 'B', 'SA', 5000, 1001), (.04, 'A', 'A', 1001, 5001)],
    11: HS + [(.1, *FIN_A), (.11, *FIN_B), (.12, *LAST_A), (.13, 'A', 'R', 1002)],
    12: HS + [(.1, 'A', 'FPA', 1001, 5001, 10), (.11, 'B', 'FA', 5001, 1012),
              (.12, 'A', 'A', 1012, 5002)],
    13: [HS[0], HS[1], (.015, *HS[1][1:]), HS[2]],
    14: HS + [(.1, *FIN_A), (131, 'B', 'A', 5001, 1002)],
    15: HS + [(200, 'A', 'A', 1001, 5001), (900, 'A', 'A', 1001, 5001)],
    16: [(0, 'A', 'S', 1000), (125, 'A', 'S', 1000)],
    17: [(0, 'A', '', 1000)],
    18: [(0, 'A', 'FPU', 1000)],
    19: [(0, 'A', 'F', 1000)],
    20: [(0, 'A', 'SF', 1000)],
    21: [(0, 'A', 'R', 1000)],
    22: [(0, 'A', 'RA', 1000)],
    23: [(0, 'A', 'FR', 1000)],
    24: [(0, 'A', 'SFR', 1000)],
    25: [(0, 'A', 'SFRPAU', 1000)],
    26: [(0, 'A', 'S', 1000), (.01, 'B', 'SA', 5000, 1001), (.02, 'A', 'R', 1001)],
    # reset while closing; sums do not wrap; urgent data is no fault; a lone SYN-ACK
    27: HS + [(.1, *FIN_A), (.2, 'B', 'RA', 5001, 1002)],
    28: [(0, 'A', 'S', 0xffffffff), (.01, 'B', 'SA', 5000, 0), (.02, 'A', 'A', 0, 5001)],
    29: HS + [(.1, 'A', 'PAU', 1001, 5001, 3), (.2, *FIN_A[:2], 1004, 5001),
              (.3, 'B', 'FA', 5001, 1005), (.4, 'A', 'A', 1005, 5002)],
    30: [(0, 'B', 'SA', 5000, 1001)],
    # a FIN scan that is answered like a teardown but never finished
    31: [(0, *FIN_A), (.01, 'B', 'A', 5001, 1002)],
}


def examples():
    packets = []
    for case, segments in EXAMPLES.items():
        packets += [(case * STEP + s[0], seg(case, *s[1:])) for s in segments]
    write('tcpStates-examples', packets)


def edges():
    """How long each state waits: the same two packets just before and just after."""
    packets, case = [], 0
    for segments, idle in (([(0, 'A', 'S', 1000)], 120), (HS, 610), (EXAMPLES[2], 10),
                           ([(0, 'A', 'R', 1000)], .1)):
        for late in (-.001, 0):
            case += 1
            all_ = segments + [(segments[-1][0] + idle + late, 'A', 'A', 1001, 5001)]
            packets += [(case * STEP + s[0], seg(case, *s[1:])) for s in all_]
    write('tcpStates-edges', packets)


def others():
    """No state: UDP; a segment cut in front of its flags; later fragments of a TCP segment."""
    whole = seg(2, 'A', 'S', 1000)
    part = tcp(10003, 80, 'S', bytes(28), 1000)
    write('tcpStates-others', [
        (0, eth4(17, udp(1, 2))), (1, whole, {'snap': 14 + 20 + 12}), (1000, arp_frame()),
        (2000, eth4(6, part[:24], mf=True, ident=5)), (2001, eth4(6, part[24:], off=3, ident=5))])


def arp_frame():
    return eth(0x806, arp())


for make in (examples, edges, others):
    make()
