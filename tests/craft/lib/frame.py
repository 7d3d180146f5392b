# SPDX-License-Identifier: BSD-2-Clause
#
# frame.py - headers as bytes, so that each may be as wrong as a test wants it, and capture files.
# Lengths and IPv4 header checksums are right unless said; checksums of layer 4 are 0.  Times of
# captures count from T0.
import ipaddress
import os
import struct
import sys

T0 = 1000000000
OUT = sys.argv[1] if len(sys.argv) > 1 else '.'
A, B = '10.0.0.1', '10.0.0.2'
A6, B6 = '2001:db8::1', '2001:db8::2'
OUTER = {'src': '192.168.0.1', 'dst': '192.168.0.2'}
OUTER6 = {'src': 'fd00::1', 'dst': 'fd00::2'}
MAC_A, MAC_B = bytes.fromhex('020000000001'), bytes.fromhex('020000000002')
MAC_C, MAC_D = bytes.fromhex('020000000003'), bytes.fromhex('020000000004')
FLAGS = {c: 1 << i for i, c in enumerate('FSRPAUEC')}


def be(*words):
    """16-bit numbers in network order."""
    return struct.pack('!%dH' % len(words), *words)


def inet_sum(data):
    data += bytes(len(data) % 2)
    n = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while n >> 16:
        n = (n & 0xffff) + (n >> 16)
    return 0xffff - n


def eth(kind, payload=b'', src=MAC_A, dst=MAC_B):
    return dst + src + be(kind) + payload


def llc(body, src=MAC_A, dst=MAC_B):
    """A frame whose type field is a length."""
    return eth(len(body), body, src, dst)


def vlan(tci, kind, payload=b''):
    """What follows EtherType 0x8100."""
    return be(tci, kind) + payload


def mpls(label, payload, bottom=True, tc=0, ttl=64):
    return struct.pack('!I', label << 12 | tc << 9 | bottom << 8 | ttl) + payload


def ip4(proto, payload=b'', src=A, dst=B, ident=1, off=0, mf=False, length=None, ihl=None,
        version=4, opts=b'', ttl=64, tos=0):
    hl = 20 + len(opts)
    head = struct.pack('!BBHHHBBH', version << 4 | (hl // 4 if ihl is None else ihl), tos,
                       hl + len(payload) if length is None else length, ident,
                       mf << 13 | off, ttl, proto, 0)
    head += ipaddress.IPv4Address(src).packed + ipaddress.IPv4Address(dst).packed + opts
    return head[:10] + be(inet_sum(head)) + head[12:] + payload


def ip6(nxt, payload=b'', src=A6, dst=B6, plen=None, version=6):
    return struct.pack('!IHBB', version << 28, len(payload) if plen is None else plen, nxt, 64) + \
        ipaddress.IPv6Address(src).packed + ipaddress.IPv6Address(dst).packed + payload


def ext6(nxt, n=0):
    """A hop-by-hop, destination options or routing header of 8 + 8n bytes (all padding)."""
    return bytes([nxt, n, 1, 4 + 8 * n]) + bytes(4 + 8 * n)


def frag6(nxt, off=0, mf=False, ident=7):
    return struct.pack('!BBHI', nxt, 0, off << 3 | mf, ident)


def udp(sport, dport, payload=b''):
    return be(sport, dport, 8 + len(payload), 0) + payload


def tcp(sport, dport, flags='A', payload=b'', seq=1, ack=1, hl=20):
    bits = sum(FLAGS[c] for c in flags)
    return struct.pack('!HHIIBBHHH', sport, dport, seq, ack, hl // 4 << 4, bits, 1000, 0, 0) + \
        bytes(max(hl, 20) - 20) + payload


def sctp(sport, dport, chunks=b''):
    return be(sport, dport) + bytes(8) + chunks


def icmp(kind, code=0, payload=b''):
    return bytes([kind, code]) + bytes(6) + payload


def arp():
    return be(1, 0x800) + bytes([6, 4]) + be(1) + MAC_A + bytes([10, 0, 0, 1]) + bytes(6) + \
        bytes([10, 0, 0, 2])


def eth4(proto, payload=b'', back=False, **ip):
    """IPv4 in Ethernet, A to B or back."""
    ends = {'src': B, 'dst': A} if back else {}
    macs = {'src': MAC_B, 'dst': MAC_A} if back else {}
    return eth(0x800, ip4(proto, payload, **{**ends, **ip}), **macs)


def eth6(nxt, payload=b'', back=False, **ip):
    ends = {'src': B6, 'dst': A6} if back else {}
    macs = {'src': MAC_B, 'dst': MAC_A} if back else {}
    return eth(0x86dd, ip6(nxt, payload, **{**ends, **ip}), **macs)


def u4(n=20, sport=5000, dport=6000, **ip):
    """A UDP datagram of n payload bytes in IPv4."""
    return ip4(17, udp(sport, dport, bytes(n)), **ip)


def u6(n=20, sport=5000, dport=6000, **ip):
    return ip6(17, udp(sport, dport, bytes(n)), **ip)


def record(t, raw, snap=None, wire=None, order='<', unit=1000000):
    """One record of a classic capture; t in seconds, exact for what is a decimal fraction."""
    ticks = round(t * unit) if isinstance(t, int) else round(float(t) * unit)
    cap = raw if snap is None else raw[:snap]
    return struct.pack(order + 'iIII', T0 + ticks // unit, ticks % unit, len(cap),
                       len(raw) if wire is None else wire) + cap


def header(linktype=1, order='<', magic=0xa1b2c3d4, snaplen=65535):
    return struct.pack(order + 'IHHiIII', magic, 2, 4, 0, 0, snaplen, linktype)


def save(name, data):
    path = os.path.join(OUT, name)
    with open(path, 'wb') as f:
        f.write(data)
    return path


def write(name, packets, linktype=1, nano=False):
    """packets: (seconds, frame) or (seconds, frame, {snap, wire})."""
    unit, magic = (1000000000, 0xa1b23c4d) if nano else (1000000, 0xa1b2c3d4)
    save(name + '.pcap', header(linktype, magic=magic) + b''.join(
        record(p[0], p[1], unit=unit, **(p[2] if len(p) > 2 else {})) for p in packets))


def cases(name, frames, linktype=1, step=1000):
    """Independent packets: each comes so late that all flows before it have ended, so rows are
    in the order of the cases and a list in a case is one flow's packets."""
    packets = []
    for i, f in enumerate(frames):
        group = f if isinstance(f, list) else [f]
        for k, one in enumerate(group):
            packets.append((i * step + k, *one) if isinstance(one, tuple) else
                           (i * step + k, one))
    write(name, packets, linktype)
