#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# extract.py show FILE - the packets of a capture, read without any library: time in ns, link type,
#                        bytes captured, bytes on the wire, hash; the first line tells the format.
# extract.py whole DIR FILE... - for each capture: the packets of all flows and the others make
#                        the capture, and an index gives the same.  Works in DIR.
# extract.py flows DIR N FILE... - for each capture: the first N flows, extracted one by one, have
#                        the records that they have in the capture.
# extract.py damage INDEX CAPTURE - each byte of the index is changed in turn: it is refused.
# extract.py lie INDEX FLOW - makes lie.idx, which names that flow.
import hashlib
import os
import struct
import subprocess
import sys
import zlib

def classic(data):
    order = '<' if data[:1] in (b'\xd4', b'\x4d', b'\x34') else '>'
    magic, _, _, _, _, snap, link = struct.unpack(order + 'IHHiIII', data[:24])
    unit, extra = (1 if magic == 0xa1b23c4d else 1000), (8 if magic == 0xa1b2cd34 else 0)
    yield 'pcap %s %d' % ('ns' if unit == 1 else 'us', snap)
    at = 24
    while at + 16 + extra <= len(data):
        sec, sub, cap, wire = struct.unpack_from(order + 'IIII', data, at)
        at += 16 + extra
        if at + cap > len(data):
            return
        yield sec * 1000000000 + sub * unit, link & 0xffff, data[at:at + cap], wire
        at += cap


def interface(order, body):
    link, snap = struct.unpack_from(order + 'HxxI', body)
    resol, offset, at = 6, 0, 8
    while at + 4 <= len(body):
        code, n = struct.unpack_from(order + 'HH', body, at)
        if code == 9:
            resol = body[at + 4]
        if code == 14:
            offset = struct.unpack_from(order + 'q', body, at + 4)[0]
        if code == 0:
            break
        at += 4 + n + -n % 4
    return link, snap, resol, offset * 1000000000


def time(i, ticks):
    if i[2] & 128:
        return (ticks * 1000000000 >> (i[2] & 127)) + i[3]
    return ticks * 1000000000 // 10 ** i[2] + i[3]


def ng(data):
    yield 'pcapng'
    at, order, faces, last = 0, '<', [], 0
    while at + 12 <= len(data):
        if data[at:at + 4] == b'\n\r\r\n':
            order = '<' if data[at + 8] == 0x4d else '>'
            faces = []
        kind, n = struct.unpack_from(order + 'II', data, at)
        if n < 12 or at + n > len(data):
            return
        body = data[at + 8:at + n - 4]
        at += n
        if kind == 1:
            faces.append(interface(order, body))
        elif kind in (2, 6):
            form = 'HH' if kind == 2 else 'I'
            face = struct.unpack_from(order + form, body)[0]
            hi, lo, cap, wire = struct.unpack_from(order + 'IIII', body, 4)
            if face >= len(faces):
                return
            last = time(faces[face], hi << 32 | lo)
            yield last, faces[face][0], body[20:20 + cap], wire
        elif kind == 3:
            wire = struct.unpack_from(order + 'I', body)[0]
            cap = min(wire, len(body) - 4, faces[0][1] or wire)
            yield last, faces[0][0], body[4:4 + cap], wire


def read(path):
    """The format, and a tuple for each packet."""
    if not os.path.exists(path):
        return None, []
    with open(path, 'rb') as f:
        data = f.read()
    packets = (ng if data[:4] == b'\n\r\r\n' else classic)(data)
    return next(packets), list(packets)


def show(path):
    form, packets = read(path)
    print(form)
    for ts, link, frame, wire in packets:
        print(ts, link, len(frame), wire, hashlib.md5(frame).hexdigest()[:12])


def tool(*args):
    """stdout's lines and the status."""
    r = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return r.stdout.decode().splitlines(), r.returncode, r.stderr.decode()


def rows(path, *more):
    """Flow records by (flow index, direction)."""
    out = tool('t2flow', '-r', path, *more)[0]
    names = out[0].lstrip('%').split('\t') if out else []
    got = [dict(zip(names, line.split('\t'))) for line in out[1:]]
    return {(int(r['flowInd']), r['dir']): r for r in got}


def whole(tmp, path):
    union, rest, again, index = (os.path.join(tmp, n) for n in ('u', 'r', 'i', 'x'))
    for f in union, rest, again, index:
        if os.path.exists(f):
            os.remove(f)
    flows = rows(path, '-c', 'dir,flowInd', '--index', index)
    if not flows:
        return
    every = '1-%d' % max(i for i, d in flows)
    tool('t2extract', '-r', path, '-w', union, every)
    tool('t2extract', '-r', path, '-w', rest, '-v', every)
    if sorted(read(path)[1]) != sorted(read(union)[1] + read(rest)[1]):
        print(path, 'the packets of all flows and the others are not the capture')
    if os.path.exists(index):
        tool('t2extract', '-I', index, '-r', path, '-w', again, every)
        if read(again) != read(union):
            print(path, 'another result with an index')


def record(r):
    """What does not depend on other flows."""
    return [r[c] for c in ('dir', 'timeFirst', 'timeLast', 'srcIP', 'srcPort', 'dstIP', 'dstPort',
                           'l4Proto', 'hdrDesc', 'numPktsSnt', 'numBytesSnt', 'maxPktSz', 'ipFlags',
                           'tcpFStat', 'tcpAnomaly', 'tcpWinInit', 'tcpStates') if c in r]


def flows(tmp, path, n):
    out = os.path.join(tmp, 'one')
    want = rows(path)
    for i in range(1, min(n, max((i for i, d in want), default=0)) + 1):
        tool('t2extract', '-r', path, '-w', out, str(i))
        got = rows(out)
        for d in 'AB':
            a, b = want.get((i, d)), got.get((1, d))
            if (a and record(a)) != (b and record(b)):
                print(path, 'flow', i, d, 'is another one when extracted')


def damage(index, path):
    with open(index, 'rb') as f:
        good = f.read()
    for at in range(len(good)):
        with open('bad.idx', 'wb') as f:
            f.write(good[:at] + bytes([good[at] ^ 0x41]) + good[at + 1:])
        _, status, text = tool('t2extract', '-I', 'bad.idx', '-r', path, '-w', 'bad.out', '1-3')
        if status != 1 or 'index' not in text or os.path.exists('bad.out'):
            print('byte', at, 'status', status, text)


def lie(index, flow):
    """An index with right checksums whose first block begins with a flow that cannot be."""
    with open(index, 'rb') as f:
        b = bytearray(f.read())
    head = struct.unpack_from('<Q', b, 16)[0]
    struct.pack_into('<Q', b, 24 + head - 24, 2 ** 64 - 1)      # flows
    struct.pack_into('<I', b, 12, zlib.crc32(b[24:24 + head]))
    at, n = struct.unpack_from('<QQ', b, len(b) - 32)
    struct.pack_into('<Q', b, at, flow)
    struct.pack_into('<I', b, len(b) - 16, zlib.crc32(b[at:at + 24 * n]))
    with open('lie.idx', 'wb') as f:
        f.write(b)


if sys.argv[1] == 'damage':
    damage(*sys.argv[2:])
elif sys.argv[1] == 'lie':
    lie(sys.argv[2], int(sys.argv[3]))
elif sys.argv[1] == 'show':
    show(sys.argv[2])
elif sys.argv[1] == 'whole':
    for name in sys.argv[3:]:
        whole(sys.argv[2], name)
else:
    for name in sys.argv[4:]:
        flows(sys.argv[2], name, int(sys.argv[3]))
