#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# connStat.py OUTDIR - captures for plugin-connStat.bats.
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
from frame import *

S, D1, D2 = '10.0.0.1', '10.0.1.1', '10.0.1.2'


def u(src, dst, sport, dport):
    return eth(0x800, ip4(17, udp(sport, dport), src=src, dst=dst))


write('connStat-peers', [
    (0, u(S, D1, 5000, 80)), (.1, u(D1, S, 80, 5000)), (.2, u(S, D2, 5001, 80)),
    (.3, u(S, D1, 5002, 443)), (.4, u(D2, D1, 5003, 80)), (.5, eth(0x806, arp()))])

write('connStat-roles', [
    (0, u(S, D1, 5000, 80)), (.1, u(D1, S, 5001, 22)), (.2, u(D1, S, 5002, 22))])

write('connStat-again', [(i * 1000, u(S, D1, 5000 + i, 80)) for i in range(3)])

# an IPv6 address whose first four bytes are those of S is another host
write('connStat-versions', [
    (0, u(S, D1, 5000, 80)),
    (.1, eth(0x86dd, ip6(17, udp(5000, 80), src='a00:1::', dst='a00:101::'))),
    (.2, eth(0x86dd, ip6(17, udp(5001, 80), src='a00:1::', dst='a00:102::')))])

# a scanner: 3000 hosts, so that the tables grow, and shrink again at the end
data = header()
for i in range(3000):
    data += record(i / 1000, u(S, '10.1.%d.%d' % (i // 250, 1 + i % 250), 5000, 445))
save('connStat-scan.pcap', data)
