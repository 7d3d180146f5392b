#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# alarm.py OUTDIR - captures for alarm.bats: flows that plugins end, payload to search.
from lib.frame import *


def t(flags, payload=b'', back=False, seq=1):
    ends = (80, 40000) if back else (40000, 80)
    return eth4(6, tcp(*ends, flags, payload, seq=seq), back)


def u(n, back=False, payload=None):
    return eth4(17, udp(*((53, 5000) if back else (5000, 53)),
                        bytes(n) if payload is None else payload), back)


def forced():
    # the fourth packet has all flags of a Christmas tree, the sixth no flag
    write('alarm-flags', list(enumerate([
        t('S'), t('SA', back=True), t('A'), t('FPU'), t('A', back=True), t(''), t('A'), t('A')])))
    # ten packets in a second, then one a second
    write('alarm-rate', [(k * .1, u(100)) for k in range(12)] +
          [(2 + k, u(1, back=k % 2 == 1)) for k in range(6)])
    # echo requests, one answered by unreachable
    ping, lost = eth4(1, icmp(8)), eth4(1, icmp(3))
    write('alarm-icmp', list(enumerate([ping, lost, ping, ping])))
    six = [eth6(58, icmp(k)) for k in (128, 136, 128, 3, 128)]
    write('alarm-icmp6', list(enumerate(six)))
    # two flows, the end of one does not touch the other
    other = eth4(17, udp(1, 2, b'x'))
    write('alarm-two', list(enumerate([other, t('FPU'), other, t('A'), other])))


def payloads():
    # GET and an answer with bytes of all values; then what a bad expression takes for ever
    write('alarm-text', list(enumerate([
        u(0, payload=b'GET /a.exe HTTP/1.1'), u(0, back=True, payload=bytes(range(256))),
        u(0, payload=b''), u(0, payload=b'GET /b.html HTTP/1.1'), u(0, payload=b'get /c.exe'),
        u(0, back=True, payload=b'\xff\x00MZ\x90')])))
    write('alarm-endless', [(0, u(0, payload=b'a' * 300 + b'b'))])


forced()
payloads()
