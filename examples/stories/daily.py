# SPDX-License-Identifier: BSD-2-Clause
"""daily.py - daily life: what a quiet network says all day, from spanning tree to telephones."""
import struct

from stories.places import *         # noqa: F403 (addresses)
from stories.wire import *           # noqa: F403 (packets, Net, Tcp)


def switch_chatter(net, rng):
    """Layer 2 talk: spanning tree (LLC), LLDP, CDP (SNAP); HSRP and OSPF hellos of the routers."""
    def tlv(kind, data):
        return u16(kind << 9 | len(data)) + data

    def cdp(kind, data):
        return u16(kind, 4 + len(data)) + data
    root = u16(0x8001) + mac(SWITCH)
    bpdu = bytes(5) + root + u32(0) + root + u16(0x8005, 0, 20 << 8, 2 << 8, 15 << 8)
    lldp = (tlv(1, b"\4" + mac(SWITCH)) + tlv(2, b"\5Gi0/5") + tlv(3, u16(120))
            + tlv(5, b"core-switch") + tlv(6, b"Core switch, cellar of the town hall") + u16(0))
    card = summed(2, b"\2\xb4\0\0" + cdp(1, b"core-switch.town.example") + cdp(3, b"Gi0/5")
                  + cdp(4, u32(0x28)) + cdp(5, b"IOS 15.2(7)E") + cdp(6, b"cisco WS-C2960X"))
    for t in range(0, LENGTH, 10):
        net.llc(t + 0.2, SWITCH, "01:80:c2:00:00:00", b"\x42\x42\3" + bpdu)
        if t % 60 == 0:
            net.llc(t + 2.5, SWITCH, "01:00:0c:cc:cc:cc", b"\xaa\xaa\3\0\0\x0c\x20\0" + card)
        if t % 30:
            continue
        net.put(t + 1.1, mac("01:80:c2:00:00:0e") + mac(SWITCH) + u16(0x88cc) + lldp)
        for gate, state, priority in (GATE1, 16, 110), (GATE2, 8, 100):
            hsrp = bytes([0, 0, state, 10, 30, priority, 20, 0]) + b"cisco\0\0\0"
            hsrp += addr("10.20.0.3")
            net.udp(t + priority / 50, gate, 1985, "224.0.0.2", 1985, hsrp, ttl=1)
            ospf = u16(0x0201, 48) + addr(gate) + u32(0, 0) + addr("255.255.0.0")
            ospf += u16(10, 0x0201) + u32(40) + addr(GATE1) + addr(GATE2) + addr(GATE1)
            ospf = summed(12, ospf)     # the 8 bytes of authentication stay outside of the sum
            net.ip(t + priority / 40, gate, "224.0.0.5", 89, ospf[:16] + bytes(8) + ospf[16:], 1)


def who_has(net, rng):
    """ARP with and without answers, a gratuitous one, and an old terminal that still asks RARP."""
    def arp(t, op, smac, sip, tmac, tip, to=EVERYBODY, kind=0x0806):
        net.put(t, mac(to) + mac(smac) + u16(kind, 1, 0x0800, 0x0604, op)
                + mac(smac) + addr(sip) + mac(tmac) + addr(tip))
    for n in range(48):
        t, asker, wanted = n * 37.1 + 0.5, rng.choice(PCS[:7]), rng.choice([GATE1, DNS, WEB, FTP])
        pc = net.host(asker).mac
        arp(t, 1, pc, asker, NOBODY, wanted)
        arp(t + 0.0003, 2, net.host(wanted).mac, wanted, pc, asker, pc)
    for n in range(12):
        arp(333 + n, 1, ROUTER1, GATE1, NOBODY, "10.20.3.%d" % (200 + n % 3))
    arp(61.9, 1, net.host(WEB).mac, WEB, NOBODY, WEB)
    terminal = "00:00:1c:b6:1a:53"
    arp(75.0, 3, terminal, "0.0.0.0", terminal, "0.0.0.0", kind=0x8035)
    arp(75.1, 4, net.host(FTP).mac, FTP, terminal, "10.20.3.90", terminal, 0x8035)


def machines_wake_up(net, rng):
    """DHCP: four machines ask for an address, are offered one, take it, have it confirmed."""
    for n, pc in enumerate(PCS[:4]):
        pcmac, xid = net.host(pc).mac, rng.getrandbits(32)
        for step, kind in enumerate((1, 2, 3, 5)):  # discover, offer, request, ack
            asks = kind in (1, 3)
            data = struct.pack("!4BII4s4s4x4x16s192xI", 1 if asks else 2, 1, 6, 0, xid, 0x8000,
                               bytes(4), addr("0.0.0.0" if asks else pc), mac(pcmac), 0x63825363)
            data += bytes([53, 1, kind, 54, 4]) + addr(GATE1)
            data += b"\x0c" + vec(1, b"pc-%d" % n) if asks else b"\x33\4" + u32(86400)
            net.udp(4 + 9 * n + step * 0.04, "0.0.0.0" if asks else GATE1, 68 if asks else 67,
                    "255.255.255.255", 67 if asks else 68, data + b"\xff", ttl=128,
                    macs=(pcmac if asks else ROUTER1, EVERYBODY))


def who_is_there(net, rng):
    """SSDP searches, mDNS, NetBIOS name queries, IGMP joins with the router alert option."""
    group = "239.255.255.250"
    join = summed(2, b"\x16\0\0\0" + addr(group))
    search = ('M-SEARCH * HTTP/1.1\r\nHOST: %s:1900\r\nMAN: "ssdp:discover"\r\nMX: 3\r\n'
              'ST: ssdp:all\r\n\r\n' % group).encode()
    coded = b"".join(bytes([65 + (c >> 4), 65 + (c & 15)]) for c in b"TOWNHALL       \0")
    for n, pc in enumerate(PCS[:4]):
        for t in 30 + 14 * n, 450 + 14 * n, 870 + 14 * n:
            net.ip(t, pc, group, 2, join, ttl=1, opts=b"\x94\4\0\0")
            net.udp(t + 1, pc, 50100 + n, group, 1900, search, ttl=4)
            net.udp(t + 2, pc, 5353, "224.0.0.251", 5353, dns(0, "_ipp._tcp.local", 12), ttl=255)
            query = u16(rng.getrandbits(16), 0x110, 1, 0, 0, 0) + vec(1, coded) + b"\0" + u16(32, 1)
            net.udp(t + 3, pc, 137, "10.20.255.255", 137, query)


def clocks_and_logs(net, rng):
    """NTP: the town asks its own clock, the clock asks the world; syslog of the web server."""
    for n in range(40):
        t = 15 + n * 44.3
        client, server = (rng.choice(PCS[:7]), CLOCK) if n % 4 else (CLOCK, PUBLIC["ch"])
        stamp = u32(int(START + t) + 2208988800, int(t % 1 * 2 ** 32))
        net.udp(t, client, 123, server, 123, b"\x23\0\6\xec" + bytes(36) + stamp)
        net.udp(t + 0.015, server, 123, client, 123,
                b"\x24\2\6\xec" + u32(900, 1300) + addr("130.59.31.1") + stamp * 4)
        net.udp(t + 3, WEB, 40514, ARCHIVE, 514, b"<30>web[80]: " + prose(rng, 70).encode())


def names(net, rng):
    """DNS over IPv4 and IPv6: answers, no such name, silence; the resolver asks the world."""
    outside = ["8.8.8.8", "1.1.1.1", "9.9.9.9", "114.114.114.114", "223.5.5.5"]
    for n in range(75):
        t, site = 8 + n * 23.5 + rng.uniform(0, 9), rng.choice(list(SITES))
        net.lookup(t, rng.choice(PCS), "www." + site, (SITES[site], SITES[site], None)[n % 3], DNS)
        if n % 3 == 0:
            net.lookup(t + 0.001, DNS, site, "" if n % 15 == 0 else SITES[site],
                       outside[n // 3 % 5], 0.009)
        if n % 4 == 0:
            net.lookup(t + 1, HALL6, site, "2001:4860:4860::%x" % n, DNS6)


def web_surfing(net, rng):
    """HTTP in plain text: several sites and browsers, complete from SYN to the last ACK."""
    for n in range(42):
        pc, name, agent = rng.choice(PCS), rng.choice(list(SITES)), rng.choice(AGENTS)
        t, far = 12 + n * 41 + rng.uniform(0, 30), SITES[name]
        net.lookup(t, pc, name, far, DNS)
        conn = Tcp(net, t + 0.03, pc, rng.randrange(49152, 65000), far, 80, rng.uniform(.01, .2))
        conn.open()
        for path in ["/", "/today", "/about"][:1 + n % 3]:
            conn.say(conn.c, get(name, path, agent))
            text = prose(rng, rng.randrange(200, 1900))
            text = "<html><h1>%s</h1><p>%s</p></html>" % (name, text)
            conn.say(conn.s, page("nginx/1.26.2", "text/html", text.encode()), 0.02)
        if n % 6 == 0:
            conn.how["snap"] = BULK
            conn.say(conn.c, get(name, "/map.png", agent))
            conn.say(conn.s, page("nginx/1.26.2", "image/png", rng.randbytes(30000)))
        conn.close(conn.c if n % 2 else conn.s)


def secret_surfing(net, rng):
    """TLS 1.3 flows to port 443: readable server names, the rest sealed; answers are snapped."""
    for n in range(36):
        pc, name = rng.choice(PCS), rng.choice(list(SITES))
        t, far = 25 + n * 47 + rng.uniform(0, 30), SITES[name]
        net.lookup(t, pc, "login." + name, far, DNS)
        conn = Tcp(net, t + 0.04, pc, rng.randrange(49152, 65000), far, 443, rng.uniform(.01, .2))
        conn.open()
        conn.say(conn.c, client_hello(rng, "login." + name))
        conn.say(conn.s, server_hello(rng))
        conn.how["snap"] = BULK
        for _ in range(1 + n % 3):
            conn.say(conn.c, sealed(rng, rng.randrange(90, 400)))
            conn.say(conn.s, sealed(rng, rng.randrange(300, 9000)))
        conn.close()


def letters(net, rng):
    """SMTP in plain text: three mails into the town and one out."""
    ways = [(PUBLIC["fi"], MAIL), (PUBLIC["es"], MAIL), (PUBLIC["nl"], MAIL), (MAIL, PUBLIC["in"])]
    for n, (src, dst) in enumerate(ways):
        conn = Tcp(net, 140 + 390 * n, src, 38000 + 17 * n, dst, 25, 0.04).open()
        conn.talk("S 220 mail.town.example ESMTP", "C EHLO post.example", "S 250 SIZE 20480000",
                  "C MAIL FROM:<anna%d@post.example>" % n, "S 250 2.1.0 Ok",
                  "C RCPT TO:<mayor@town.example>", "S 250 2.1.5 Ok", "C DATA", "S 354 Go ahead",
                  "C Subject: The bridge\r\n\r\n" + prose(rng, 300 + 900 * n) + "\r\n.",
                  "S 250 2.0.0 Ok: queued as 4F2A%d" % n, "C QUIT", "S 221 2.0.0 Bye")
        conn.close(conn.s)


def backup(net, rng):
    """The biggest talker: FTP with a data connection from port 20, most packets and most bytes."""
    ctl = Tcp(net, 200, ARCHIVE, 45021, FTP, 21).open()
    ctl.talk("S 220 ftp.town.example ready", "C USER archive", "S 331 Password please",
             "C PASS dragonfly", "S 230 Logged in", "C TYPE I", "S 200 Binary",
             "C PORT 10,20,1,44,175,201", "S 200 PORT ok", "C RETR /var/backup/town.tar",
             "S 150 Opening BINARY mode data connection (1911360 bytes)")
    data = Tcp(net, ctl.t + 0.001, FTP, 20, ARCHIVE, 45001, snap=BULK).open()
    for _ in range(60):                 # 22 segments each
        data.say(data.c, rng.randbytes(22 * 1448), 0.35)
    data.close()
    ctl.t = data.t
    ctl.talk("S 226 Transfer complete", "C QUIT", "S 221 Goodbye")
    ctl.close(ctl.s)


def remote_shell(net, rng):
    """An SSH session: banners, key exchange, keystrokes up to the end of the capture (no FIN)."""
    conn = Tcp(net, 30, "10.20.3.17", 50022, WEB, 22).open()
    conn.talk("C SSH-2.0-OpenSSH_9.7", "S SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3")
    kinds = [b"curve25519-sha256,ecdh-sha2-nistp256", b"ssh-ed25519,rsa-sha2-512"]
    kinds += [b"chacha20-poly1305@openssh.com,aes128-ctr"] * 2 + [b"hmac-sha2-256"] * 2
    kinds += [b"none"] * 2 + [b""] * 2
    for end in conn.c, conn.s:
        body = b"\x14" + rng.randbytes(16) + b"".join(vec(4, kind) for kind in kinds) + bytes(5)
        conn.say(end, vec(4, bytes([8]) + body + bytes(8)))
    while conn.t < LENGTH - 15:
        conn.say(conn.c, rng.randbytes(36), rng.uniform(0.1, 28))
        conn.seg(conn.s, PSH | ACK, rng.randbytes(rng.choice([36, 36, 36, 420])))
        conn.seg(conn.c, ACK)


def phone_call(net, rng):
    """SIP and two RTP streams; the phone marks its frames with a priority tag (VLAN 0)."""
    far, tag = PUBLIC["nl"], ((0x8100, 5 << 13),)

    def sip(t, mine, text):
        src, dst = (PHONE, far) if mine else (far, PHONE)
        sdp = ("v=0\r\no=- 1 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\n"
               "m=audio 16384 RTP/AVP 18\r\n" % (src, src))
        text += ("\r\nCall-ID: 77@town.example\r\nFrom: <sip:11@town.example>;tag=1\r\n"
                 "To: <sip:99@post.example>\r\nCSeq: 1 INVITE\r\n"
                 "Content-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                 % (len(sdp), sdp))
        net.udp(t, src, 5060, dst, 5060, text.encode(), tags=tag if mine else (), tos=0x60)
    sip(1500, True, "INVITE sip:99@post.example SIP/2.0")
    sip(1500.1, False, "SIP/2.0 180 Ringing")
    sip(1503, False, "SIP/2.0 200 OK")
    sip(1503.1, True, "ACK sip:99@post.example SIP/2.0")
    for n in range(200):                # G.729, 20 ms
        for src, dst, tags, late in (PHONE, far, tag, 0), (far, PHONE, (), rng.uniform(0, .004)):
            rtp = u16(0x8012, n) + u32(n * 160, 0x70e00000 + len(tags)) + rng.randbytes(20)
            net.udp(1503.2 + n * 0.02 + late, src, 16384, dst, 16384, rtp, tags=tags, tos=0xb8)


def signalling(net, rng):
    """An SCTP association with three streams, from INIT to SHUTDOWN (checksum CRC32c)."""
    def crc32c(data):
        crc = 0xffffffff
        for byte in data:
            crc ^= byte
            for _ in range(8):
                crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
        return struct.pack("<I", crc ^ 0xffffffff)

    def chunk(kind, data=b"", flags=0):
        return bytes([kind, flags]) + u16(4 + len(data)) + data + bytes(-len(data) % 4)

    def send(t, up, *chunks):
        src, dst, tag = (METRO, far, 0x2222) if up else (far, METRO, 0x1111)
        tag = 0 if chunks[0][0] == 1 else tag
        ports, load = u16(*(30100, 30101)[::1 if up else -1]) + u32(tag), b"".join(chunks)
        net.ip(t, src, dst, 132, ports + crc32c(ports + bytes(4) + load) + load)
    far, cookie = PUBLIC["gb"], rng.randbytes(64)
    send(1560, True, chunk(1, u32(0x1111, 65535, 3 << 16 | 3, 100)))
    send(1560.02, False, chunk(2, u32(0x2222, 65535, 3 << 16 | 3, 900) + u16(7, 68) + cookie))
    send(1560.03, True, chunk(10, cookie))
    send(1560.05, False, chunk(11))
    for n in range(12):
        text = prose(rng, 20 + 30 * (n % 4)).encode()
        send(1561 + n, True, chunk(0, u32(100 + n) + u16(n % 3, n // 3) + u32(0) + text, 3))
        send(1561.2 + n, False, chunk(3, u32(100 + n, 65535, 0)))
    for n, (up, kind) in enumerate(((True, 7), (False, 8), (True, 14))):
        send(1575 + n * 0.02, up, chunk(kind, u32(899) if kind == 7 else b""))


def ipv6_neighbours(net, rng):
    """IPv6: router and neighbour discovery, duplicate address check, MLD (hop-by-hop), pings."""
    all1, all2, mld, lladdr = "ff02::1", "ff02::2", "ff02::16", "fe80::21b:21ff:fe03:17"
    net.known[lladdr], hallmac = net.host(HALL6), mac(net.host(HALL6).mac)

    def nd(t, src, dst, kind, data, ttl=255):
        net.ip(t, src, dst, 58, icmp6(src, dst, kind, 0, data), ttl=ttl)
    prefix = b"\3\4\x40\xc0" + u32(86400, 14400, 0) + addr("2001:db8:20:3::")
    advert = b"\x40\0" + u16(1800) + u32(0, 0) + b"\1\1" + mac(ROUTER1) + prefix
    for n in range(6):
        t = 21 + 290 * n
        nd(t, lladdr, all2, 133, bytes(4) + b"\1\1" + hallmac)
        nd(t + 0.02, GATE6, all1, 134, advert)
        net.ip(t + 0.9, "::", "ff02::1:ff00:17", 58, icmp6("::", "ff02::1:ff00:17", 135, 0, bytes(4)
               + addr(HALL6)), ttl=255, macs=(net.host(HALL6).mac, "33:33:ff:00:00:17"))
        report = icmp6(lladdr, mld, 143, 0, u16(0, 1) + b"\4\0\0\0" + addr("ff02::fb"))
        net.ip(t + 1.2, lladdr, mld, 0, b"\x3a\0\5\2\0\0\1\0" + report, ttl=1)
        nd(t + 2, HALL6, "ff02::1:ff00:53", 135, bytes(4) + addr(DNS6) + b"\1\1" + hallmac)
        nd(t + 2.001, DNS6, HALL6, 136, b"\x60\0\0\0" + addr(DNS6) + b"\2\1"
           + mac(net.host(DNS6).mac))
        for seq in range(3):
            nd(t + 5 + seq, HALL6, "2606:4700:4700::1111", 128, u16(6, seq) + bytes(24), 64)
            if n < 4:
                nd(t + 5.012 + seq, "2606:4700:4700::1111", HALL6, 129, u16(6, seq) + bytes(24), 57)
    quoted = ip6(HALL6, DNS6, 17, udp(HALL6, DNS6, 40000, 5999, b"anyone?"))
    net.raw(950, HALL6, DNS6, quoted)
    nd(950.001, DNS6, HALL6, 1, bytes(4) + quoted, 64)
    destination = b"\x11\1\x1e\4mark\1\6" + bytes(6)   # an option of kind 30, then PadN
    net.ip(955, HALL6, DNS6, 60, destination + udp(HALL6, DNS6, 40001, 7, b"with options"))


def chat_room(net, rng):
    """IRC over IPv6: text both ways all the time, one connection older than the capture."""
    for n, src in enumerate((HALL6, "fd00:20::30:26")):
        conn = Tcp(net, 0.4 + 70 * n, src, 48458 + n, IRC6, 6667, mss=1440)
        if n:
            conn.open()
            conn.talk("C NICK heron%d" % n, "C USER heron 0 * :Town", "S :irc 001 heron :Welcome")
        while conn.t < 1500:
            conn.talk(rng.choice("CS") + " PRIVMSG #town :" + prose(rng, rng.randrange(10, 80)))
            conn.t += rng.uniform(20, 120)
        if n:
            conn.close()


def redundant_routers(net, rng):
    """Two MAC pairs in one flow: balanced over both routers, and packets seen on both legs."""
    conn = Tcp(net, 560, "10.20.3.42", 54443, PUBLIC["us"], 443, 0.015)
    legs, real = (ROUTER1, ROUTER2), conn.seg

    def seg(me, flags, data=b"", wait=None, **bend):
        real(me, flags, data, wait, via=legs[conn.c.seq + conn.s.seq & 1], snap=BULK, **bend)
    conn.seg = seg
    conn.open()
    conn.say(conn.c, client_hello(rng, "maps.example"))
    for _ in range(12):
        conn.say(conn.s, sealed(rng, rng.randrange(900, 5000)))
        conn.say(conn.c, sealed(rng, rng.randrange(40, 90)))
    conn.close()
    for n in range(20):                 # once to the router, and again from there, TTL one less
        src, dst, near = "10.20.3.42", PUBLIC["au"], net.host("10.20.3.42").mac
        load = udp(src, dst, 50123, 7000, b"position %d" % n)
        net.raw(570 + n, src, dst, ip4(src, dst, 17, load, 128, 400 + n), macs=(near, ROUTER1))
        net.raw(570.0001 + n, src, dst, ip4(src, dst, 17, load, 127, 400 + n),
                macs=(ROUTER1, ROUTER2))
