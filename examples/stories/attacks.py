# SPDX-License-Identifier: BSD-2-Clause
"""attacks.py - somebody knocks: scans, a worm, a flood."""
from stories.places import *         # noqa: F403 (addresses)
from stories.wire import *           # noqa: F403 (packets, Net, Tcp)


def port_scanner(net, rng):
    """198.51.100.23 tries 240 ports of the web server; then NULL, FIN, XMAS and odder probes."""
    for n, port in enumerate(sorted(rng.sample(range(1, 10000), 237) + [22, 80, 443])):
        t, mine, seq = 620 + n * 0.21, 40000 + n, rng.getrandbits(32)
        net.tcp(t, SCANNER, mine, WEB, port, SYN, seq, opts=b"\2\4\5\xb4")
        if port in (22, 80, 443):
            net.tcp(t + 0.0005, WEB, port, SCANNER, mine, SYN | ACK, 5000 * n, seq + 1, win=64240,
                    opts=b"\2\4\5\xb4")
            net.tcp(t + 0.04, SCANNER, mine, WEB, port, RST, seq + 1, win=0)
        elif n % 12:
            net.tcp(t + 0.0005, WEB, port, SCANNER, mine, RST | ACK, 0, seq + 1, win=0)
    odd = [0, FIN, FIN | PSH | URG, SYN | FIN, SYN | FIN | RST, FIN | RST, 0x3f, RST, FIN | ACK,
           SYN | ECE | CWR]
    for n in range(40):
        flags, t, seq = odd[n % 10], 680 + n * 0.5, rng.getrandbits(32)
        net.tcp(t, SCANNER, 41000 + n, WEB, 1000 + n, flags, seq)
        if n % 10 < 4 and n > 9:
            net.tcp(t + 0.0005, WEB, 1000 + n, SCANNER, 41000 + n, RST | ACK, 0, seq, win=0)
    for n in range(3):
        net.tcp(702 + n, SCANNER, 41100 + n, WEB, 80, SYN, 1, data=b"SYN with content")


def host_scanner(net, rng):
    """A worm on 10.20.30.66 (VLAN 30) knocks at port 445 of 170 hosts; most are not there."""
    for n in range(1, 171):
        dst, port, seq, t = "10.20.40.%d" % n, 1030 + n, rng.getrandbits(32), 760 + n * 0.9
        syn = tcp(WORM, dst, port, 445, seq, 0, SYN, 16384, b"\2\4\5\xb4\1\1\4\2")
        if n % 9 == 0:                  # the router knows better
            net.provoke(t, WORM, dst, ip4(WORM, dst, 6, syn, 128, 3000 + n), GATE1, 3, 1, wait=0.9)
            continue
        net.ip(t, WORM, dst, 6, syn)
        if n % 23 == 0:                 # there, and closed
            net.tcp(t + 0.001, dst, 445, WORM, port, RST | ACK, 0, seq + 1, win=0)
        elif n % 47 == 0:               # there, and open
            conn = Tcp(net, t + 0.3, WORM, port + 1000, dst, 445).open()
            conn.say(conn.c, vec(4, b"\xffSMB\x72" + bytes(27) + b"\0\x0c\0\2NT LM 0.12\0"))
            conn.say(conn.s, vec(4, b"\xffSMB\x72\0\0\0\0\x80" + bytes(22) + b"\1\xff\xff\0\0"))
            conn.seg(conn.c, RST | ACK)
        elif n % 4 == 0:
            net.ip(t + 3, WORM, dst, 6, syn)


def syn_flood(net, rng):
    """120 spoofed senders ask for the web server; the real owners answer RST. A land attack."""
    nets = [ip.rsplit(".", 2)[0] for ip in PUBLIC.values()]
    for n in range(120):
        src = "%s.%d.%d" % (rng.choice(nets), rng.randrange(1, 250), rng.randrange(1, 250))
        t, port, seq = 1100 + n * 0.021, rng.randrange(1024, 65000), rng.getrandbits(32)
        target = 8080 if n % 3 == 2 else 80
        net.tcp(t, src, port, WEB, target, SYN, seq, win=512, ttl=118 if n % 2 else 244)
        if target == 8080:
            net.tcp(t + 0.0003, WEB, 8080, src, port, RST | ACK, 0, seq + 1, win=0)
        elif n < 75:
            net.tcp(t + 0.0003, WEB, 80, src, port, SYN | ACK, n << 20, seq + 1, win=64240,
                    opts=b"\2\4\5\xb4")
            if n % 2:
                net.tcp(t + 0.15, src, port, WEB, 80, RST, seq + 1, win=0)
    for n in range(4):
        net.tcp(1110 + n, WEB, 80, WEB, 80, SYN, 1999 + n, macs=(ROUTER1, net.host(WEB).mac))
    net.udp(1115, GATE1, 7, GATE1, 7, b"echo", macs=(ROUTER2, ROUTER1))
