#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# stats.py OUTDIR - captures for stats.bats: sizes and times of the worked examples.
from lib.frame import *


def flow(name, *steps):
    """steps: (time, payload size, '>' or '<')."""
    write('stats-' + name, [(t, eth4(17, udp(*((3000, 2000) if way == '<' else (2000, 3000)),
                                             bytes(n)), way == '<')) for t, n, way in steps])


flow('example', (0, 100, '>'), (.5, 200, '>'), (2, 50, '<'), (2.5, 600, '>'))
flow('instant', (0, 10, '>'), (0, 30, '>'))
flow('backwards', (5, 10, '>'), (5, 30, '>'), (4.5, 20, '>'), (6, 20, '>'))
# flow 4045 of the seed; digits show that seconds and microseconds are subtracted separately
flow('seed', (.878547, 68, '>'), (.931865, 76, '<'), (.962666, 134, '<'), (1.000313, 102, '>'))
flow('four', (0, 36, '>'), (1, 46, '>'), (2, 40, '>'), (3, 40, '>'))
flow('empty', (0, 0, '>'), (1, 0, '<'), (4, 0, '>'))
flow('classes', *[(i, n, '>') for i, n in enumerate((5, 100, 99, 200, 50, 201, 150))])
# 20000 packets of 0 to 1399 bytes, snapped
write('stats-many', [(i / 1000, eth4(17, udp(2000, 3000, bytes((i * 7919) % 1400))), {'snap': 60})
                     for i in range(20000)])
write('stats-synack', [(0, eth4(6, tcp(80, 40000, 'SA', bytes(7)), back=True))])
write('stats-sides', [(i, eth4(17, udp(2000, 3000, bytes(100)))) for i in range(10)] +
      [(10 + i, eth4(17, udp(3000, 2000, bytes(1000)), True)) for i in range(4)] +
      [(20, eth(0x806, arp()))])
