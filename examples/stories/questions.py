# SPDX-License-Identifier: BSD-2-Clause
"""questions.py - what a network manager is asked about: slow, broken, strange, unreachable."""
import random

from stories.places import *         # noqa: F403 (addresses)
from stories.wire import *           # noqa: F403 (packets, Net, Tcp)


def clerk_and_china(net, rng):
    """Egress to China: a page, a TLS login, refused and silent attempts, a beacon each minute."""
    conn = Tcp(net, 301, CLERK, 50080, PUBLIC["cn"], 80, 0.21).open()
    conn.say(conn.c, get("parts.example", "/offer?id=7", AGENTS[1]))
    conn.say(conn.s, page("Tengine", "text/plain", prose(rng, 900).encode()))
    conn.close()
    conn = Tcp(net, 330, CLERK, 50081, "58.204.250.125", 443, 0.24).open()
    conn.say(conn.c, client_hello(rng, "login.parts.example"))
    conn.say(conn.s, server_hello(rng))
    conn.seg(conn.c, RST | ACK)
    for n, t in enumerate((350, 353, 359)):
        net.tcp(t, CLERK, 1825, "36.176.200.106", 4567, SYN, 9000, win=16384, opts=b"\2\4\5\xb4")
        net.tcp(t + 1, "36.204.73.10", 57019, CLERK, 5500, SYN, 700 + n, opts=b"\2\4\5\xb4")
        net.tcp(t + 1.0002, CLERK, 5500, "36.204.73.10", 57019, RST | ACK, 0, 701 + n, win=0)
    for n in range(24):
        conn = Tcp(net, 380 + n * 60.0, CLERK, 50200 + n, "36.16.139.73", 8443, 0.23).open()
        conn.say(conn.c, rng.randbytes(48))
        conn.say(conn.s, rng.randbytes(16))
        conn.close()


def stalled_printer(net, rng):
    """Window size zero: the printer's window shrinks to 0, is probed, and opens again, 6 times."""
    conn = Tcp(net, 400, "10.20.3.23", 50910, PRINTER, 9100, snap=BULK)
    conn.s.win, conn.s.scale = 8192, 0
    conn.open()
    for _ in range(6):
        room = conn.s.win
        while room:
            size = min(conn.mss, room)
            room -= size
            conn.seg(conn.c, ACK | (0 if room else PSH), rng.randbytes(size))
            conn.seg(conn.s, ACK, win=room)
        for wait in 0.5, 1.0, 2.0:      # probes of one byte that is not accepted
            conn.seg(conn.c, ACK, b"\x1b", wait, seq=conn.c.seq)
            conn.seg(conn.s, ACK, win=0)
        conn.seg(conn.s, ACK, win=conn.s.win, wait=1.5)
    conn.close()


def lossy_line(net, rng):
    """A download from Colombia: holes, duplicate ACKs with SACK, retransmissions, swaps, jumps."""
    conn = Tcp(net, 480, "10.20.3.31", 51515, PUBLIC["co"], 80, 0.11, snap=BULK).open()
    client, server, mss = conn.c, conn.s, conn.mss
    conn.say(client, get("films.example", "/parade.mp4", AGENTS[0]))

    def send(wait=None, seq=None):      # a segment sent again carries the same bytes
        film = random.Random(server.seq if seq is None else seq).randbytes(mss)
        conn.seg(server, ACK, film, wait, seq=seq)

    def gap_at(hole):
        conn.seg(client, ACK, ack=hole, opts=b"\1\1\5\x0a" + u32(hole + mss, server.seq))
    for n in range(64):
        here, fate = server.seq, n % 8
        if fate == 1:                   # lost before the tap: fast retransmission fills the hole
            server.seq += mss
            for _ in range(3):
                send()
                gap_at(here)
            send(0.11, seq=here)
        elif fate == 3:                 # lost behind the tap: the same bytes are seen twice
            send()
            for _ in range(3):
                send()
                gap_at(here)
            send(0.11, seq=here)
        elif fate == 5:                 # as before, but the sender waits for its timer
            for _ in range(3):
                send()
            gap_at(here)
            gap_at(here)
            send(1.3, seq=here)
        elif fate == 6:                 # two segments overtake each other
            send(seq=here + mss)
            send()
            server.seq += mss
        elif fate == 7:                 # four segments missing in the capture only: a jump
            server.seq += 4 * mss
            send()
            if n == 31:                 # once, an old ACK comes late
                conn.seg(client, ACK)
                conn.seg(client, ACK, ack=server.seq - 2 ** 25)
        else:
            for _ in range(4):
                send()
        conn.seg(client, ACK)
    conn.close(server)


def broken_conversations(net, rng):
    """TCP that goes wrong: SYN repeated, refused, reset, late packets, begun before the capture."""
    for n in range(6):
        for t in 0, 1, 3, 7:            # nobody there: the same SYN four times
            net.tcp(500 + 20 * n + t, PCS[n], 52000 + n, "10.20.8.%d" % (8 + n), 3389, SYN, 77777,
                    win=64240, opts=b"\2\4\5\xb4\1\3\3\x08\1\1\4\2")
        conn = Tcp(net, 510 + 20 * n, PCS[n], 52100 + n, MAIL, 110)
        conn.seg(conn.c, SYN)           # no such service
        conn.seg(conn.s, RST | ACK, seq=0, win=0)
        conn = Tcp(net, 515 + 20 * n, PCS[n], 52200 + n, WEB, 80).open()
        conn.say(conn.c, get("www.town.example", "/council", AGENTS[n % 5]))
        conn.seg(conn.s, ACK, page("Apache/2.4.62", "text/html", prose(rng, 1200).encode())[:1448])
        conn.seg(conn.c if n % 2 else conn.s, RST | (ACK if n < 4 else 0))
        conn.seg(conn.s if n % 2 else conn.c, ACK, wait=0.02)
    for n in range(10):                 # no SYN in the capture, and half of them no end
        conn = Tcp(net, 0.01 + n * 0.2, PCS[n], 53000 + n, PUBLIC["ru" if n % 2 else "za"], 443)
        for turn in range(4):
            conn.say(conn.s, sealed(rng, 1200), 3 * turn)
            conn.say(conn.c, sealed(rng, 80))
        if n % 2:
            conn.close()
    for n in range(6):                  # no end in the capture
        conn = Tcp(net, LENGTH - 3 + n / 3, PCS[n], 53100 + n, PUBLIC["in"], 80).open()
        conn.say(conn.c, get("yoga.example", "/", AGENTS[0]))


def pings(net, rng):
    """Echo requests: all answered, some answered, never answered; a reply nobody asked for."""
    for n, (src, dst, answered) in enumerate((
            (DNS, "8.8.8.8", 5), (PCS[0], "1.1.1.1", 5), (PCS[2], GATE1, 5), (PCS[4], "9.9.9.9", 3),
            (METRO, PUBLIC["jp"], 2), (PCS[5], "10.20.7.7", 0), (PCS[7], PUBLIC["za"], 0),
            (PUBLIC["fi"], WEB, 5), (CLOCK, PUBLIC["ch"], 4), (PCS[6], PUBLIC["au"], 5))):
        for seq in range(5):
            t, rest, data = 90 + n * 150 + seq, u16(512 + n, seq), bytes(range(32, 88))
            net.ip(t, src, dst, 1, icmp(8, 0, rest, data))
            if seq < answered:
                net.ip(t + 0.02 + n / 500, dst, src, 1, icmp(0, 0, rest, data), frag=0)
    net.ip(1333, PUBLIC["mx"], PCS[0], 1, icmp(0, 0, u16(666, 1), b"hidden words"))


def traceroute(net, rng):
    """UDP probes with growing TTL: ten routers answer 11/0, one is silent, the target says 3/3."""
    src, dst = "10.20.3.17", PUBLIC["br"]
    hops = [GATE1, "192.0.0.1"] + ["62.115.%d.%d" % (n, 2 * n) for n in range(110, 119)] + [dst]
    for n in range(36):
        ttl = n // 3 + 1
        pkt = ip4(src, dst, 17, udp(src, dst, 45000, 33434 + n, bytes(32)), ttl, 100 + n, 0)
        kind, code = (3, 3) if ttl == 12 else (11, 0)
        if ttl == 7:                    # this one never says a word
            net.raw(1200 + n * 0.4, src, dst, pkt)
        else:
            net.provoke(1200 + n * 0.4, src, dst, pkt, hops[ttl - 1], kind, code,
                        wait=0.004 * ttl * ttl, ttl=1)


def rarer_icmp(net, rng):
    """Redirects, source quench, no such protocol, fragmentation needed, filtered, time stamps."""
    src = "10.20.3.17"
    for n, (dst, answerer, kind, code, rest) in enumerate((
            ("172.16.9.5", GATE1, 5, 1, addr(GATE2)), ("172.16.9.6", GATE1, 5, 1, addr(GATE2)),
            (PUBLIC["fr"], PUBLIC["fr"], 4, 0, bytes(4)), (PUBLIC["es"], GATE1, 3, 4, u16(0, 1400)),
            (PUBLIC["mx"], "201.116.148.1", 3, 13, bytes(4)), (PUBLIC["in"], GATE2, 3, 0, bytes(4)),
            (PUBLIC["ru"], "77.88.8.1", 12, 0, b"\x14\0\0\0"))):
        load = udp(src, dst, 46000 + n, 61000 + n, prose(rng, 300).encode())
        net.provoke(1240 + 3 * n, src, dst, ip4(src, dst, 17, load, 64, 60 + n), answerer, kind,
                    code, rest, 0.01, 60 - n)
    pkt = ip4(src, PUBLIC["nl"], 99, b"a private protocol", 64, 500)
    net.provoke(1265, src, PUBLIC["nl"], pkt, PUBLIC["nl"], 3, 2, wait=0.03, ttl=50)
    net.ip(1270, src, CLOCK, 1, icmp(13, 0, u16(5, 0), u32(33000000, 0, 0)))
    net.ip(1270.001, CLOCK, src, 1, icmp(14, 0, u16(5, 0), u32(33000000, 33000001, 33000001)))


def unreachable_storm(net, rng):
    """10.20.3.66 left a swarm: peers of many countries still call, each call makes an ICMP 3/3."""
    peers = ["%s.%d" % (ip.rsplit(".", 1)[0], last) for ip in PUBLIC.values()
             for last in (60, 93, 126)]
    for n in range(300):
        src, t = peers[n * n % 53 if n % 2 else n % 53], 900 + n * 1.7 + rng.uniform(0, 1)
        find = b"d1:ad2:id20:" + rng.randbytes(20) + b"e1:q4:ping1:t2:aa1:y1:qe"
        pkt = ip4(src, P2P, 17, udp(src, P2P, 6881 + n % 53, 6881, find), 110 - n % 53, n * 91)
        net.provoke(t, src, P2P, pkt, P2P, 3, 3)
        if n % 37 == 5:                 # and its own late questions come back the same way
            pkt = ip4(P2P, src, 17, udp(P2P, src, 6881, 7000, find), 128, n, frag=0)
            net.provoke(t + 0.3, P2P, src, pkt, src, 3, 3, wait=0.1, ttl=100)
