#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# macRecorder.py OUTDIR - captures for plugin-macRecorder.bats.
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
from frame import *


def mac(text):
    return bytes.fromhex(text.replace(':', ''))


def frame(src, dst, back=False):
    ip = ip4(17, udp(6000, 5000), src=B, dst=A) if back else u4()
    return eth(0x800, ip, mac(src), mac(dst))


D0, D1, THREE = '00:d0:02:6d:78:00', '00:d0:02:6d:78:01', '00:60:08:2c:ca:8e'
write('macRecorder-pairs', [(0, frame(D0, THREE)), (1, frame(D1, THREE)), (2, frame(D1, THREE)),
                            (3, frame(THREE, D0, True))])

# 18 pairs, each seen twice: the list is closed after 16
many = [frame('02:00:00:00:01:%02x' % i, THREE) for i in range(18)]
write('macRecorder-many', list(enumerate(many + many)))

# back and forth between two of three pairs; vendors known, unknown, multicast
three = [frame(D0, THREE), frame('00:a0:c9:00:00:01', '01:00:5e:00:00:01'),
         frame('02:00:00:00:00:01', 'ff:ff:ff:ff:ff:ff')]
write('macRecorder-order', list(enumerate([three[i] for i in (0, 1, 0, 2, 1, 0)])))

# no Ethernet header; ARP
write('macRecorder-raw', [(0, u4())], linktype=101)
write('macRecorder-arp', [(0, eth(0x806, arp(), mac(D0), b'\xff' * 6))])
