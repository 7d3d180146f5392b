#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# report.py OUTDIR - captures for report.bats, proto-stats.bats and t2.bats.
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
from frame import *

# two packets of 46 bytes in one direction
write('report-two', [(0, eth(0x800, u4(4))), (.1, eth(0x800, u4(4)))])
write('report-later', [(2, eth(0x800, u4(4))), (3, eth(0x800, u4(4, 5000, 6001)))])
write('report-none', [])

# a bit of everything, one packet for each line
big = eth4(17, udp(5000, 6000, bytes(40)))
write('report-mix', [
    (0, eth(0x806, arp())),
    (.25, eth4(17, udp(5000, 53, bytes(20)))), (.5, eth4(17, udp(53, 5000, bytes(60)), True)),
    (.75, eth4(1, icmp(8))), (1, eth4(1, icmp(0), True)),
    (1.25, eth4(2, bytes(8))),
    (1.5, eth4(47, be(0, 0x800) + u4(8), **OUTER)),
    (1.75, eth4(132, sctp(7000, 7001, bytes(16)))),
    (2, eth4(17, udp(5000, 6000, bytes(8)), mf=True, ident=9)),
    (2.25, eth4(17, bytes(8), off=2, ident=9)),
    (2.5, eth6(44, frag6(17, 0, True) + udp(5000, 6000, bytes(8)))),
    (2.75, eth6(44, frag6(17, 2) + bytes(8))),
    (3, eth6(58, icmp(128))),
    (3.25, eth(0x8100, vlan(5, 0x8100, vlan(6, 0x800, u4(8))))),
    (3.5, eth(0x8847, mpls(1, mpls(2, u4(8)), False))),
    (3.75, llc(bytes([0x42, 0x42, 3]) + bytes(35))),
    (4, bytes(10)),
    (4.25, eth4(41, u6(8), **OUTER)),
    (4.5, eth(0x8035, arp())),
    (4.75, eth4(6, tcp(40000, 80, 'A', bytes(1460))), {'snap': 54}),
    (5, eth4(6, tcp(40000, 80, 'A', bytes(1460))), {'snap': 54})])

# time runs backwards: no rates
write('report-back', [(5, eth(0x800, u4(4))), (4, eth(0x800, u4(4)))])

# only layer 2
write('report-l2', [(0, eth(0x806, arp())), (1, eth(0x1234, bytes(46)))])

# which port counts
lite = be(5000, 6000, 8, 0) + bytes(4)
packets = [(0, eth4(6, tcp(40000, 80, 'S'))), (.1, eth4(6, tcp(80, 40000, 'SA'), True)),
           (.2, eth4(6, tcp(40000, 80)))]
packets += [(1 + i / 1000, eth4(17, udp(5000, 27005))) for i in range(1100)]
packets += [(3 + i / 1000, eth4(17, udp(27005, 5000), True)) for i in range(3)]
packets += [
    (4, eth4(6, tcp(20, 4444, 'S'), src='10.0.0.3')),
    (5, eth(0x8100, vlan(7, 0x800, u4(8, 5000, 53)))),
    (6, eth(0x1234, bytes(46))),
    (7, llc(bytes([0x42, 0x42, 3]) + bytes(35))),
    (8, llc(bytes.fromhex('aaaa0300000c2000') + bytes(40))),
    (9, eth4(136, lite)), (10, eth4(132, sctp(7000, 9899, bytes(16)))),
    (11, eth4(41, u6(8, 5000, 546), **OUTER)),
    (12, eth4(17, udp(5000, 6000, bytes(8)), mf=True, ident=9)),
    (13, eth4(17, bytes(8), off=2, ident=9)),
    (14, eth4(88, bytes(20))), (15, bytes(10))]
write('report-ports', packets)

# echo: 3 requests, 2 replies; an unreachable, and one of each that the table has no row for
write('report-icmp', [
    (0, eth4(1, icmp(8))), (1, eth4(1, icmp(8))), (2, eth4(1, icmp(8))),
    (3, eth4(1, icmp(0), True)), (4, eth4(1, icmp(0), True)),
    (5, eth4(1, icmp(3, 3, u4(8)), True)), (6, eth4(1, icmp(13))), (7, eth4(1, icmp(42, 200))),
    (8, eth6(58, icmp(135))), (9, eth6(58, icmp(4, 5))), (10, eth6(58, icmp(200, 3))),
    (11, eth4(17, udp(1, 2)))])
