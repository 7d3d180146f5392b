#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# portClassifier.py OUTDIR - captures for plugin-portClassifier.bats.
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
from frame import *

pair = [eth4(6, tcp(40001, 6020, 'S')), eth4(6, tcp(6020, 40001, 'SA'), back=True)]
chunk = bytes(16)
cases('portClassifier-ports', [
    pair,
    eth4(6, tcp(80, 50000, 'SA')),                      # the answer alone
    eth4(17, udp(53, 40000)),
    eth4(17, udp(2001, 2001)), eth4(6, tcp(2001, 2001, 'S')),
    eth4(17, udp(2009, 2009)), eth4(6, tcp(2009, 2009, 'S')), eth4(6, tcp(5000, 1863, 'S')),
    eth4(17, udp(5000, 29981)), eth4(17, udp(5000, 41250)),
    eth4(132, sctp(40000, 80, chunk)), eth4(136, udp(40000, 53)),
    eth4(1, icmp(8)), eth(0x806, arp())])
