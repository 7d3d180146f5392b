#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# cap.py OUTDIR - the same few packets in all capture formats, and damaged captures, for cap.bats.
# PACKETS is what each undamaged file without another remark holds.
import gzip

from lib.frame import *

PACKETS = [(0, eth4(17, udp(1111, 53, b'question'))), (.25, eth4(17, udp(53, 1111, b'answers!'),
                                                                 back=True)),
           (1.5, eth(0x806, arp()))]


def classic(packets=PACKETS, order='<', magic=0xa1b2c3d4, unit=1000000, **kw):
    return header(order=order, magic=magic, **kw) + \
        b''.join(record(t, f, order=order, unit=unit) for t, f in packets)


def patched(packets, order='<'):
    """Records of old Linux kernels: 8 more bytes."""
    data = header(order=order, magic=0xa1b2cd34)
    for t, f in packets:
        r = record(t, f, order=order)
        data += r[:16] + struct.pack(order + 'IHBB', 1, 0x800, 0, 0) + r[16:]
    return data


class Ng:
    """A pcapng file in the making."""

    def __init__(self, order='<'):
        self.data, self.order = b'', order

    def block(self, kind, body):
        body += bytes(-len(body) % 4)
        n = 12 + len(body)
        self.data += struct.pack(self.order + 'II', kind, n) + body + \
            struct.pack(self.order + 'I', n)
        return self

    def option(self, code, value):
        return struct.pack(self.order + 'HH', code, len(value)) + value + bytes(-len(value) % 4)

    def section(self, length=-1):
        return self.block(0x0a0d0d0a, struct.pack(self.order + 'IHHq', 0x1a2b3c4d, 1, 0, length))

    def interface(self, linktype=1, snap=0, resol=None, offset=None):
        body = struct.pack(self.order + 'HHI', linktype, 0, snap)
        body += self.option(2, b'eth0')
        if resol is not None:
            body += self.option(9, bytes([resol]))
        if offset is not None:
            body += self.option(14, struct.pack(self.order + 'q', offset))
        return self.block(1, body + self.option(0, b''))

    def ticks(self, t, unit, base):
        n = round((T0 - base) * unit + float(t) * unit)
        return struct.pack(self.order + 'II', n >> 32, n & 0xffffffff)

    def packet(self, t, frame, iface=0, unit=1000000, base=0, cap=None):
        body = struct.pack(self.order + 'I', iface) + self.ticks(t, unit, base) + \
            struct.pack(self.order + 'II', len(frame) if cap is None else cap, len(frame)) + frame
        return self.block(6, body)

    def obsolete(self, t, frame, iface=0):
        body = struct.pack(self.order + 'HH', iface, 3) + self.ticks(t, 1000000, 0) + \
            struct.pack(self.order + 'II', len(frame), len(frame)) + frame
        return self.block(2, body)

    def simple(self, frame, snap=None):
        return self.block(3, struct.pack(self.order + 'I', len(frame)) + frame[:snap])

    def all(self, packets=PACKETS, **kw):
        for t, f in packets:
            self.packet(t, f, **kw)
        return self


def formats():
    nano = {'magic': 0xa1b23c4d, 'unit': 1000000000}
    for name, order in (('le', '<'), ('be', '>')):
        save('cap-us-%s.pcap' % name, classic(order=order))
        save('cap-ns-%s.pcap' % name, classic(order=order, **nano))
        save('cap-patched-%s.pcap' % name, patched(PACKETS, order))
        save('cap-ng-%s.pcapng' % name, Ng(order).section().interface().all().data)
    save('cap-ns-digits.pcap', classic([(.123456789, PACKETS[0][1])], **nano))
    # frame check sequence bits in the upper half of the link type
    save('cap-fcs.pcap', header(linktype=0x54000001) +
         b''.join(record(t, f) for t, f in PACKETS))
    save('cap-empty.pcap', header())
    save('cap-empty.pcapng', Ng().section().interface().data)
    save('cap-nothing.pcapng', Ng().section().data)


def blocks():
    a, b, c = PACKETS
    ip = a[1][14:]
    # two interfaces: Ethernet in microseconds, raw IP in nanoseconds that count from 900000000
    two = Ng().section().interface().interface(101, 0, 9, 900000000)
    two.packet(*a).packet(.25, b[1][14:], 1, 10 ** 9, 900000000).packet(*c)
    save('cap-ng-two.pcapng', two.data)
    # units: 10^-3, 2^-10, 10^-12, seconds; the times are exact in all of them
    units = Ng().section()
    for i, (resol, unit) in enumerate(((3, 1000), (0x8a, 1024), (12, 10 ** 12), (0, 1))):
        base = T0 - 1 if resol == 12 else 0     # 10^21 would be too much for 64 bits
        units.interface(1, 0, resol, base)
        units.packet(2 if unit == 1 else .5, eth4(17, udp(1, 2 + i)), i, unit, base)
    save('cap-ng-units.pcapng', units.data)
    save('cap-ng-offset.pcapng', Ng('>').section().interface(1, 0, None, -5).all(base=-5).data)
    save('cap-ng-simple.pcapng', Ng().section().interface().packet(*a).simple(b[1]).simple(
        c[1]).data)
    save('cap-ng-simple-snap.pcapng', Ng().section().interface(1, 30).simple(a[1], 30).data)
    save('cap-ng-obsolete.pcapng', Ng().section().interface().obsolete(*a).obsolete(
        *b).obsolete(*c).data)
    # name resolution, statistics, custom, comment options, and one that nobody knows
    other = Ng().section().block(4, bytes(8)).interface().block(0x0bad, b'custom data')
    other.packet(*a).block(5, bytes(20)).packet(*b).block(0x80000001, bytes(70000)).packet(*c)
    save('cap-ng-unknown.pcapng', other.data)
    # sections in both byte orders; interface numbers begin anew in each
    save('cap-ng-sections.pcapng', Ng('<').section().interface(101).packet(0, ip).data +
         Ng('>').section().interface().all(PACKETS[1:2]).data + Ng('<').section().interface(
             113).interface().packet(*c, 1).data)
    many = Ng().section()
    for i in range(100):
        many.interface(1 if i % 2 else 101)
        many.packet(i / 1000, eth4(17, udp(1, 2)) if i % 2 else ip4(17, udp(1, 2)), i)
    save('cap-ng-many.pcapng', many.data)


def compressed():
    raw = classic()
    cut = len(header()) + 16 + len(PACKETS[0][1])
    gz = [gzip.compress(part, mtime=0) for part in (raw[:cut], raw[cut:])]
    save('cap-gz.pcap.gz', gzip.compress(raw, mtime=0))
    save('cap-gz-members.pcap.gz', gz[0] + gz[1])
    save('cap-gz-ng.gz', gzip.compress(Ng().section().interface().all().data, mtime=0))
    save('cap-gz-empty-member.gz', gz[0] + gzip.compress(b'', mtime=0) + gz[1])
    long = classic([(i / 1000, eth4(17, udp(1000 + i % 7, 53, bytes((i * k * 2654435761 >> 16) & 255
                                                                  for k in range(64)))))
                    for i in range(2000)])
    save('cap-long.pcap', long)
    packed = gzip.compress(long, mtime=0)
    save('cap-gz-cut.gz', packed[:len(packed) // 2])
    save('cap-gz-damaged.gz', packed[:5000] + bytes(b ^ 0xff for b in packed[5000:5100]) +
         packed[5100:])
    save('cap-gz-trailing.gz', gzip.compress(raw, mtime=0) + b'trailing garbage')
    save('cap-part1.bin', raw[:cut])
    save('cap-part2.bin', raw[cut:])


def damaged():
    raw = classic()
    ends = [24]
    for _, f in PACKETS:
        ends.append(ends[-1] + 16 + len(f))
    for name, n in (('head', ends[2] + 7), ('body', ends[2] + 20), ('last', ends[3] - 1),
                    ('second', ends[1] + 16), ('filehead', 20)):
        save('cap-cut-%s.pcap' % name, raw[:n])
    save('cap-huge.pcap', raw[:ends[2]] + struct.pack('<IIII', T0, 0, 0xfffffff0, 60) + bytes(60))
    save('cap-garbage.pcap', raw[:ends[2]] + b'\xff' * 100)
    ng = Ng().section().interface().all(PACKETS[:2])
    good = len(ng.data)
    for name, tail in (
            ('cut', Ng().packet(*PACKETS[2]).data[:-6]),
            ('head', Ng().packet(*PACKETS[2]).data[:7]),
            ('length', struct.pack('<II', 6, 13) + bytes(20)),
            ('huge', struct.pack('<II', 6, 0xfffffff0) + bytes(20)),
            ('iface', Ng().packet(*PACKETS[2], iface=7).data),
            ('caplen', Ng().packet(*PACKETS[2], cap=5000).data),
            ('short', Ng().block(6, bytes(8)).data),
            ('order', Ng().block(0x0a0d0d0a, bytes(16)).data)):
        save('cap-ng-bad-%s.pcapng' % name, ng.data + tail)
    save('cap-ng-bad.offset', b'%d\n' % good)
    save('cap-zero', b'')
    save('cap-three', b'\xd4\xc3\xb2')
    save('cap-text', b'This is not a capture.\n')
    save('cap-ng-nosection', struct.pack('<II', 0x0a0d0d0a, 28) + bytes(2))


for make in (formats, blocks, compressed, damaged):
    make()
