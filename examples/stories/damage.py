# SPDX-License-Identifier: BSD-2-Clause
"""damage.py - packets that make a dissector sweat: fragments, tunnels, wrong, clipped headers."""
from stories.places import *         # noqa: F403 (addresses)
from stories.wire import *           # noqa: F403 (packets, Net, Tcp)


def fragments(net, rng):
    """IPv4 and IPv6 fragments: whole, swapped, headless, tailless, with gaps, overlaps, too far."""
    def send(t, src, dst, parts, ident, proto=17):
        for n, (field, piece) in enumerate(parts):
            net.ip(t + n * 0.0002, src, dst, proto, piece, ident=ident, frag=field, snap=BULK)

    def cut(src, dst, sport, dport, size, step=1480):
        return list(pieces(udp(src, dst, sport, dport, rng.randbytes(size)), step))
    for n in range(12):                 # whole datagrams, then a ping of 4000 bytes with its answer
        send(1300 + n, FTP, ARCHIVE, cut(FTP, ARCHIVE, 2049, 800, 3900 + 8 * n), 5000 + n)
    for kind, src, dst, t in (8, DNS, WEB, 1313), (0, WEB, DNS, 1313.001):
        send(t, src, dst, pieces(icmp(kind, 0, u16(9, 9), bytes(4000)), 1480), 77, 1)
    far, peer = PUBLIC["co"], "10.20.3.18"
    for n in range(20):
        parts = cut(far, peer, 6346, 6347, 2960 + n)
        send(1315 + n * 0.5, far, peer, parts[1:], 100 + n)             # never a first one
        send(1315.2 + n * 0.5, PUBLIC["mx"], peer, parts[:-1], 200 + n)  # never a last one
        send(1315.3 + n * 0.5, PUBLIC["es"], peer, parts[::2], 300 + n)  # the middle is missing
    parts = cut(far, DNS, 53, 4000, 2000)
    send(1330, far, DNS, parts[::-1], 400)                              # the last one first
    sent = udp(far, WEB, 31337, 139, bytes(36))
    send(1332, far, WEB, [(MF, sent[:36]), (3, sent[24:28])], 242)      # teardrop: overlap
    send(1333, far, WEB, [(MF, sent), (1 | MF, sent[:16]), (40, bytes(80))], 243)
    send(1334, far, WEB, [(MF, icmp(8, 0, u16(1, 1), bytes(1472))), (0x1fff, bytes(1480))], 244, 1)
    syn = tcp(SCANNER, WEB, 61000, 23, 42, 0, SYN, 1024)
    send(1335, SCANNER, WEB, pieces(syn, 8), 245, 6)                    # tiny first fragment
    net.ip(1340, PUBLIC["gb"], "10.20.3.18", 1, icmp(11, 1, bytes(4), ip4(
        "10.20.3.18", PUBLIC["gb"], 17, bytes(64), 50, 9, MF)[:48]), frag=0)
    for n in range(8):
        load = list(pieces(udp(HALL6, DNS6, 50500, 514, rng.randbytes(3000 + n)), 1448))
        for k, (field, piece) in enumerate(load[1:] if n == 6 else load[:-1] if n == 7 else load):
            head = b"\x11\0" + u16((field & 0x1fff) << 3 | (field & MF) >> 13) + u32(900 + n)
            net.ip(1345 + n + k * 0.0002, HALL6, DNS6, 44, head + piece, snap=BULK)


def tunnels(net, rng):
    """GRE with inner IPv4 and with unknown protocols, 6in4 sound and not, IP-in-IP, VXLAN."""
    gre = (GATE1, "193.0.14.10", 47, u16(0, 0x0800))
    ipip, sixin4 = (GATE2, "83.45.68.1", 4, b""), (GATE1, "192.88.99.1", 41, b"")
    for t, src, dst, port, wrap in ((1400, "10.20.3.12", "172.16.9.5", 80, gre),
                                    (1403, "10.20.3.18", PUBLIC["es"], 997, ipip),
                                    (1406, HALL6, "2001:4860:4860::8888", 80, sixin4)):
        conn = Tcp(net, t, src, 52300, dst, port, 0.04, mss=1380, wrap=wrap).open()
        conn.say(conn.c, get("branch.example", "/stock", AGENTS[2]))
        conn.say(conn.s, page("lighttpd/1.4.76", "text/plain", prose(rng, 2500).encode()))
        conn.close()
        for n in range(4):
            if ":" in src:
                net.ip(t + 1 + n, src, dst, 58, icmp6(src, dst, 128, 0, u16(1, n)), wrap=wrap)
                net.ip(t + 1.04 + n, dst, src, 58, icmp6(dst, src, 129, 0, u16(1, n)), wrap=wrap)
            else:
                net.ip(t + 1 + n, src, dst, 1, icmp(8, 0, u16(2, n)), wrap=wrap)
                net.ip(t + 1.04 + n, dst, src, 1, icmp(0, 0, u16(2, n)), wrap=wrap)
    strange = [0x98c0, 0xb30d, 0xa808, 0x7d69, 0x6f6d, 0x0104, 0x9604, 0x386d]
    for n in range(12):
        ends = ("200.134.37.255", ARCHIVE) if n % 3 else (ARCHIVE, "200.134.37.255")
        net.ip(1420 + n * 0.4, *ends, 47, u16(0, strange[n % 8]) + rng.randbytes(24 + 9 * n))
        inner = ip6("cfb6:1c18:5010:faf0:%x:0:101:80a" % (n * 4099), "6c2:6a7f:1:%x::c100" % n,
                    [168, 133, 147, 126, 95, 229][n % 6], rng.randbytes(1440), 120 + n, 41638 - n)
        pkt = ip4(PUBLIC["kr"], "10.20.3.12", 41, inner, 54, 800 + n)
        net.raw(1430 + n * 0.3, PUBLIC["kr"], "10.20.3.12", pkt, snap=BULK if n % 2 else 54)
    for n in range(6):
        inner = udp("10.99.0.1", "10.99.0.2", 40000, 40001, b"in")
        inner = ip4("10.99.0.1", "10.99.0.2", 17, inner)
        ether = mac("00:0c:29:00:00:02") + mac("00:0c:29:00:00:01") + u16(0x0800) + inner
        net.udp(1440 + n, GATE1, 50000, "193.0.14.10", 4789, b"\x08\0\0\0" + u32(42 << 8) + ether)


def broken_stack(net, rng):
    """Wrong checksums and lengths, IP options, TTL changes, repeated, rolling, swapped IP ids."""
    src, dst = PUBLIC["mx"], "10.20.3.23"
    for n in range(30):
        ident = (65526 + n) & 0xffff if n < 16 else (7, 7, 7, 9, 8, 30, 29)[n % 7]
        load = udp(src, dst, 27015, 27016, b"state %d" % n)
        net.raw(1600 + n, src, dst, ip4(src, dst, 17, load, 120 - n % 3, ident, tos=4 * (n % 4)))
    for n in range(8):
        pkt = bytearray(ip4(src, MAIL, 6, tcp(src, MAIL, 30000, 25, n, 9, ACK, 512), 50, 40 + n))
        pkt[10 if n % 2 else 36] ^= 0x5a                    # header checksum, TCP checksum
        net.raw(1635 + n, src, MAIL, bytes(pkt))
    for n, opts in enumerate((b"\7\x0b\4" + bytes(9), b"\1\x83\7\x08\x0a\x14\0\1", b"\x94\4\0\0",
                              b"\x44\x08\5\0" + u32(0), b"\x07\x28\x04\0")):
        net.udp(1645 + n, src, 9000, DNS, 53, dns(n, "options.example"), opts=opts)
    load = tcp(src, MAIL, 30001, 25, 1, 1, ACK, 512)
    for n, length in enumerate((30, 16, 0, 1500)):          # IP lengths that cannot be
        net.raw(1652 + n, src, MAIL, ip4(src, MAIL, 6, load, 50, 90 + n, length=length))
    net.ip(1657, src, DNS, 17, udp(src, DNS, 9001, 53, b"evil bit"), frag=0x8000)
    net.raw(1658, src, DNS, b"\x4f" + ip4(src, DNS, 17, b"short header")[1:])
    for n in range(3):                                      # a flow whose packets share one moment
        net.udp(1660, src, 9002, DNS, 5000, b"at once %d" % n)


def clipped_frames(net, rng):
    """Frames cut inside of L4, L3 and L2 headers, down to 12 captured bytes."""
    pc, far = "10.20.3.12", PUBLIC["de"]
    for n, cut in enumerate((12, 12, 13, 14, 16, 18, 24, 30, 33, 34, 36, 40, 46, 53, 54, 60, 70)):
        t, stamp = 1700 + n * 0.7, b"\1\1\x08\x0a" + u32(1000 + n, 2000)
        net.tcp(t, far, 443, pc, 55000 + n // 6, ACK, 7000 + 500 * n, 1, rng.randbytes(500),
                opts=stamp, snap=cut)
        net.udp(t + 0.1, far, 443, pc, 56000, rng.randbytes(800), snap=cut)
        net.tcp(t + 0.2, HALL6, 55555, IRC6, 6667, ACK, 1, 1, b"PRIVMSG #town :hello", snap=cut)
        if cut < 40:
            net.tcp(t + 0.3, "10.20.30.8", 55556, far, 80, ACK, 1, 1, b"GET /", snap=cut)
            net.ip(t + 0.4, far, pc, 1, icmp(8, 0, u16(1, n), bytes(32)), snap=cut)
