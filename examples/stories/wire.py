# SPDX-License-Identifier: BSD-2-Clause
"""wire.py - what the stories are made of: packet headers, a network, a TCP connection.

Nothing in here knows the town. Functions with the name of a protocol return bytes; methods of Net
with such a name send a packet; a Tcp object keeps the numbers of one connection right.
"""
import random
import socket
import struct
import zlib
from collections import namedtuple
from types import SimpleNamespace

FIN, SYN, RST, PSH, ACK, URG, ECE, CWR = (1 << bit for bit in range(8))
DF, MF = 0x4000, 0x2000

# --- Bytes ---------------------------------------------------------------------------------------

def u16(*values):
    return struct.pack("!%dH" % len(values), *values)


def u32(*values):
    return struct.pack("!%dI" % len(values), *(value & 0xffffffff for value in values))


def vec(size, data):
    """Data with its length in front, as TLS and many others write it."""
    return len(data).to_bytes(size, "big") + data


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def addr(text):
    return socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)


def checksum(data):
    total = sum(struct.unpack("!%dH" % ((len(data) + 1) // 2), data + b"\0" * (len(data) & 1)))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total ^ 0xffff


def summed(at, data, pseudo=b"", zero=0):
    """Data with its internet checksum put in at an offset; zero: what to write for a sum of 0."""
    return data[:at] + u16(checksum(pseudo + data) or zero) + data[at + 2:]


def pseudo(src, dst, proto, size):
    return addr(src) + addr(dst) + u32(size, proto)


def ip4(src, dst, proto, load, ttl=64, ident=0, frag=DF, tos=0, opts=b"", length=None):
    head = struct.pack("!BBHHHBBH", 0x45 + len(opts) // 4, tos,
                       20 + len(opts) + len(load) if length is None else length,
                       ident & 0xffff, frag, ttl, proto, 0)
    return summed(10, head + addr(src) + addr(dst) + opts) + load


def ip6(src, dst, proto, load, ttl=64, length=None):
    length = len(load) if length is None else length
    return struct.pack("!IHBB", 6 << 28, length, proto, ttl) + addr(src) + addr(dst) + load


def udp(src, dst, sport, dport, data):
    head = u16(sport, dport, 8 + len(data), 0) + data
    return summed(6, head, pseudo(src, dst, 17, len(head)), 0xffff)


def tcp(src, dst, sport, dport, seq, ack, flags, win=0, opts=b"", data=b""):
    head = u16(sport, dport) + u32(seq, ack) + u16((5 + len(opts) // 4) << 12 | flags, win, 0, 0)
    head += opts + data
    return summed(16, head, pseudo(src, dst, 6, len(head)))


def icmp(kind, code, rest=bytes(4), data=b""):
    return summed(2, bytes([kind, code, 0, 0]) + rest + data)


def icmp6(src, dst, kind, code, data):
    head = bytes([kind, code, 0, 0]) + data
    return summed(2, head, pseudo(src, dst, 58, len(head)))


def pieces(load, size):
    """A datagram's payload as fragments: (field of the IP header, bytes)."""
    for at in range(0, len(load), size):
        yield at // 8 | (MF if at + size < len(load) else 0), load[at:at + size]


def qname(name):
    return b"".join(vec(1, label.encode()) for label in name.split(".")) + b"\0"


def dns(ident, name, kind=1, answers=None, rcode=0):
    """A DNS question, or, with a list of answers (perhaps empty), the reply to it."""
    flags = 0x0100 if answers is None else 0x8180 | rcode
    rrs = [b"\xc0\x0c" + u16(kind, 1) + u32(300) + vec(2, answer) for answer in answers or []]
    return u16(ident, flags, 1, len(rrs), 0, 0) + qname(name) + u16(kind, 1) + b"".join(rrs)


def client_hello(rng, name):
    def ext(kind, body):
        return u16(kind) + vec(2, body)
    exts = (ext(0, vec(2, b"\0" + vec(2, name.encode()))) + ext(23, b"") + ext(0xff01, b"\0")
            + ext(10, vec(2, u16(29, 23, 24))) + ext(11, b"\1\0")
            + ext(16, vec(2, vec(1, b"h2") + vec(1, b"http/1.1")))
            + ext(13, vec(2, u16(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501)))
            + ext(43, vec(1, u16(0x0304, 0x0303))) + ext(45, b"\1\1")
            + ext(51, vec(2, u16(29) + vec(2, rng.randbytes(32)))))
    ciphers = u16(0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013)
    body = (u16(0x0303) + rng.randbytes(32) + vec(1, rng.randbytes(32)) + vec(2, ciphers)
            + b"\1\0" + vec(2, exts))
    return b"\x16\x03\x01" + vec(2, b"\1" + vec(3, body))


def server_hello(rng):
    exts = u16(43, 2, 0x0304, 51, 36, 29) + vec(2, rng.randbytes(32))
    body = u16(0x0303) + rng.randbytes(32) + vec(1, rng.randbytes(32)) + u16(0x1301) + b"\0"
    hello = b"\x16\x03\x03" + vec(2, b"\2" + vec(3, body + vec(2, exts)))
    return hello + b"\x14\x03\x03\0\1\1" + sealed(rng, 900)


def sealed(rng, size):
    """A TLS record of encrypted application data."""
    return b"\x17\x03\x03" + vec(2, rng.randbytes(size))


# --- The wire ------------------------------------------------------------------------------------

Host = namedtuple("Host", "mac ttl hz days")  # hz: TCP timestamp clock (0: none), days: up time


def inside(ip):
    return ip.startswith(("10.", "192.168.", "fd00:", "fe80:", "2001:db8:"))


class Net:
    """Collects frames in any order, then writes them sorted by time."""

    def __init__(self, start, length, router, hosts, vlans):
        self.start, self.length = start, length     # first second, seconds
        self.router = router                        # MAC of all that is outside
        self.known, self.tagged = hosts, vlans      # {address: Host}, {prefix: ((type, tci), ...)}
        self.frames = []                # (time in us, frame, captured length or None, id note)
        self.ids = {}                   # IP id counters

    def host(self, ip):
        """Who is behind an address; for those not in the table something lasting is made up."""
        if ip in self.known:
            return self.known[ip]
        n = zlib.crc32(ip.encode())
        if inside(ip):
            return Host("00:1b:21:%02x:%02x:%02x" % (n & 255, n >> 8 & 255, n >> 16 & 255),
                        128, 0, 0)
        ttl, hz = (64, 128)[n & 1] - 5 - n % 14, (1000, 250, 100, 0)[n >> 8 & 3]
        return Host(None, ttl, hz, 2 + n % 37)

    def vlans(self, ip):
        return next((tags for net, tags in self.tagged.items() if ip.startswith(net)), ())

    def put(self, t, frame, snap=None, note=None):
        """Every frame comes here. What is later than the end of the capture is not seen."""
        if t < self.length:
            frame += bytes(max(0, 60 - len(frame)))
            self.frames.append((round(t * 1e6), frame, snap, note))

    def llc(self, t, src, dst, load):
        self.put(t, mac(dst) + mac(src) + vec(2, load))

    def raw(self, t, src, dst, pkt, via=None, tags=None, macs=None, snap=None, note=None):
        """Frame a ready IP packet: MACs and VLAN tags follow from the two addresses."""
        near = self.vlans(src) or self.vlans(dst)
        tags = near if tags is None else tags
        smac, dmac = macs or [self.host(ip).mac if inside(ip) and self.vlans(ip) == near
                              else via or self.router for ip in (src, dst)]
        if not macs and dst.startswith(("224.", "239.")):
            dmac = "01:00:5e" + ":%02x" * 3 % (addr(dst)[1] & 127, *addr(dst)[2:])
        elif not macs and dst.startswith("ff0"):
            dmac = "33:33" + ":%02x" * 4 % tuple(addr(dst)[12:])
        elif not macs and dst.endswith(".255"):
            dmac = "ff:ff:ff:ff:ff:ff"
        head = mac(dmac) + mac(smac) + b"".join(u16(*tag) for tag in tags)
        kind = {4: 0x0800, 6: 0x86dd}[pkt[0] >> 4]
        self.put(t, head + u16(kind) + pkt, snap, note and (len(head) + 2, note))

    def ip(self, t, src, dst, proto, load, ttl=None, ident=None, frag=DF, tos=0, opts=b"",
           wrap=None, **how):
        """Send an IP packet. wrap: (near end, far end, protocol, header) of a tunnel around it.

        IP ids are given when the file is written, in order of time: one counter per host where
        the first TTL is 128 (as Windows does), else one per flow. ident= fixes the id now.
        """
        ttl = self.host(src).ttl if ttl is None else ttl
        note = None
        if ":" in src:
            pkt = ip6(src, dst, proto, load, ttl)
        else:
            key = src if self.host(src).ttl > 64 else src + dst + load[:4].hex()
            if ident is None and wrap:
                ident = self.next_id(key)
            elif ident is None:
                ident, note = 0, key
            pkt = ip4(src, dst, proto, load, ttl, ident, frag, tos, opts)
        if wrap:
            src, dst = wrap[:2] if inside(src) else wrap[1::-1]
            proto, head = wrap[2:]
            pkt = ip4(src, dst, proto, head + pkt, 255, self.next_id(src + dst), 0)
        self.raw(t, src, dst, pkt, note=note, **how)

    def udp(self, t, src, sport, dst, dport, data, **how):
        self.ip(t, src, dst, 17, udp(src, dst, sport, dport, data), **how)

    def tcp(self, t, src, sport, dst, dport, flags, seq=0, ack=0, data=b"", win=1024, opts=b"",
            **how):
        """One TCP segment outside of any conversation."""
        load = tcp(src, dst, sport, dport, seq, ack, flags, win, opts, data)
        self.ip(t, src, dst, 6, load, **how)

    def provoke(self, t, src, dst, pkt, answerer, kind, code, rest=bytes(4), wait=0.002, ttl=None):
        """Send a ready IP packet and the ICMP error it provokes, which quotes its first bytes."""
        self.raw(t, src, dst, pkt)
        if ttl:                         # the hops before the answerer have counted it down
            pkt = summed(10, pkt[:8] + bytes([ttl, pkt[9], 0, 0]) + pkt[12:20]) + pkt[20:]
        self.ip(t + wait, answerer, src, 1, icmp(kind, code, rest, pkt[:56]), tos=0xc0, frag=0)

    def lookup(self, t, client, name, ip, server, rtt=0.012):
        """A DNS question and its answer; ip None: no such name, ip "": no answer."""
        ident = zlib.crc32(("%s %s %f" % (client, name, t)).encode())
        port, kind = 49152 + ident % 16000, 28 if ip and ":" in ip else 1
        self.udp(t, client, port, server, 53, dns(ident & 0xffff, name, kind))
        if ip != "":
            reply = dns(ident & 0xffff, name, kind, [addr(ip)] if ip else [], 0 if ip else 3)
            self.udp(t + rtt, server, 53, client, port, reply)

    def next_id(self, key):
        self.ids[key] = self.ids.get(key, zlib.crc32(key.encode())) + 1 & 0xffff
        return self.ids[key]

    def save(self, name):
        with open(name, "wb") as out:
            out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
            for us, frame, snap, note in sorted(self.frames, key=lambda row: row[0]):
                if note:
                    at, ident = note[0], u16(self.next_id(note[1]))
                    head = frame[at:at + 4] + ident + frame[at + 6:at + 10] + b"\0\0"
                    head += frame[at + 12:at + 4 * (frame[at] & 15)]
                    frame = frame[:at] + summed(10, head) + frame[at + len(head):]
                seconds, micros = divmod(us, 1000000)
                cut = frame[:snap]
                out.write(struct.pack("<IIII", self.start + seconds, micros, len(cut), len(frame)))
                out.write(cut)


class Tcp:
    """One TCP connection: c is the client's end, s the server's. Each segment moves the clock."""

    def __init__(self, net, t, client, cport, server, sport, rtt=0.03, mss=1460, **how):
        self.net, self.t, self.mss, self.how, self.last = net, t, mss, how, None
        rng = random.Random("%s %d %s %d" % (client, cport, server, sport))
        stamps = net.host(client).hz and net.host(server).hz
        self.c, self.s = [
            SimpleNamespace(ip=ip, port=port, seq=rng.getrandbits(32), win=win, scale=scale,
                            hz=net.host(ip).hz if stamps else 0, echo=0,
                            lag=0.0004 if inside(ip) else rtt)
            for ip, port, win, scale in ((client, cport, 64240, 8), (server, sport, 65160, 7))]
        self.mss -= 12 if stamps else 0

    def clock(self, me):
        up = self.net.host(me.ip).days * 86400 + zlib.crc32(me.ip.encode()) % 80000
        return int((self.t + up) * me.hz)

    def options(self, me, syn):
        stamp = b"\x08\x0a" + u32(self.clock(me), me.echo) if me.hz else b""
        if not syn:
            return b"\1\1" + stamp if stamp else b""
        scale = bytes([1, 3, 3, me.scale])
        mss = b"\2\4" + u16(self.mss + (12 if stamp else 0))
        return mss + (b"\4\2" + stamp + scale if stamp else scale + b"\1\1\4\2")

    def seg(self, me, flags, data=b"", wait=None, seq=None, ack=None, win=None, opts=b"", **how):
        """One segment. With seq= it is a repetition or out of turn: the end's state stays."""
        peer = self.s if me is self.c else self.c
        self.t += wait if wait is not None else 0.00013 if me is self.last else me.lag
        self.last = me
        opts = b"" if flags & RST else self.options(me, flags & SYN) + opts
        win = win if win is not None else me.win if flags & SYN else me.win >> me.scale
        ack = ack if ack is not None else peer.seq if flags & ACK else 0
        load = tcp(me.ip, peer.ip, me.port, peer.port, me.seq if seq is None else seq, ack, flags,
                   win, opts, data)
        self.net.ip(self.t, me.ip, peer.ip, 6, load, **{**self.how, **how})
        peer.echo = self.clock(me)
        if seq is None:
            me.seq += len(data) + (1 if flags & (SYN | FIN) else 0)

    def open(self):
        self.seg(self.c, SYN)
        self.seg(self.s, SYN | ACK)
        self.seg(self.c, ACK)
        return self

    def say(self, me, data, wait=None):
        """Send data in segments; the other end acknowledges every second one and the last."""
        peer = self.s if me is self.c else self.c
        for n, at in enumerate(range(0, len(data), self.mss)):
            last = at + self.mss >= len(data)
            self.seg(me, ACK | (PSH if last else 0), data[at:at + self.mss], None if n else wait)
            if n & 1 or last:
                self.seg(peer, ACK)

    def talk(self, *lines):
        """Lines beginning with "C " are said by the client, with "S " by the server."""
        for line in lines:
            self.say(self.c if line[0] == "C" else self.s, line[2:].encode() + b"\r\n", 0.05)

    def close(self, me=None):
        me = me or self.c
        peer = self.s if me is self.c else self.c
        for end, flags in (me, FIN | ACK), (peer, ACK), (peer, FIN | ACK), (me, ACK):
            self.seg(end, flags)
