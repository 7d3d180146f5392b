#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# core.py OUTDIR - captures for flow.bats: which packets make a flow, when it ends, in which order.
# One frame or packet list per line of the expected records.
from lib.frame import *

C, D = '10.0.0.3', '10.0.0.4'


def u(sport=1111, dport=2222, n=10, back=False, **ip):
    """A UDP packet A to B; back swaps everything."""
    return eth4(17, udp(*((dport, sport) if back else (sport, dport)), bytes(n)), back, **ip)


def direction():
    # each example has hosts of its own, 10.0.K.1 and 10.0.K.2
    packets = []

    def example(*steps):
        k = len(packets)
        a, b = '10.0.%d.1' % k, '10.0.%d.2' % k
        packets.append([eth(0x800, ip4(proto, body, src=a if way == '>' else b,
                                       dst=b if way == '>' else a))
                        for way, proto, body in steps])

    def t(way, sport, dport, flags):
        return way, 6, tcp(sport, dport, flags)

    def d(way, sport, dport):
        return way, 17, udp(sport, dport, b'data')

    def i(way, kind):
        return way, 1, icmp(kind)

    example(t('>', 40000, 80, 'S'), t('<', 80, 40000, 'SA'), t('>', 40000, 80, 'A'))
    example(t('<', 50000, 40000, 'SA'), t('>', 40000, 50000, 'A'))
    example(t('<', 80, 40000, 'A'), t('>', 40000, 80, 'A'))
    example(t('>', 80, 443, 'A'), t('<', 443, 80, 'A'))
    example(t('>', 443, 80, 'A'), t('<', 80, 443, 'A'))
    example(d('>', 53, 4000), d('<', 4000, 53))
    example(d('>', 5000, 4000), d('<', 4000, 5000))
    example(d('>', 53, 53), d('<', 53, 53))
    example(d('>', 1023, 1024))
    example(d('>', 1024, 1023))
    example(d('>', 0, 4000))
    example(i('>', 0), i('<', 8))
    example(i('>', 3), i('<', 3))
    example(t('>', 80, 40000, 'S'))                             # the port rule beats the SYN
    example(d('>', 8080, 9000))                                 # no rule for port 8080
    example(t('>', 40000, 40001, 'SA'))
    example(t('>', 40000, 40001, 'S'))
    example(t('>', 40000, 40001, 'A'))
    example(('>', 6, tcp(40000, 40001, 'SA')[:12]))             # its flags are not there
    cases('core-direction', packets)


def keys():
    inner = u4(5)
    gre = eth4(47, be(0, 0x800) + inner, **OUTER)
    ayiya = eth4(17, udp(5072, 5072, bytes([0x44, 0x52, 0x11, 4]) + bytes(4 + 16 + 20) + inner),
                 **OUTER)

    def q(*tags):
        f = vlan(tags[-1], 0x800, inner)
        for tag in reversed(tags[:-1]):
            f = vlan(tag, 0x8100, f)
        return eth(0x8100, f)

    qinq = [q(100, 5), q(101, 5)]
    prio = [q(0), eth(0x800, inner)]
    four = [q(1, 2, 3, 4), q(4), q(0xf004)]
    cases('core-key', [qinq, prio, [q(5), q(261)], q(6), four, [gre, ayiya]])
    # same numbers, other protocol or version: never the same flow
    v4 = ip4(17, udp(7, 9), src='1.2.3.4', dst='5.6.7.8')
    v6 = ip6(17, udp(7, 9), src='102:304::', dst='506:708::')
    lite = ip4(136, udp(7, 9), src='1.2.3.4', dst='5.6.7.8')
    write('core-key-proto', [(0, eth(0x800, v4)), (1, eth(0x86dd, v6)), (2, eth(0x800, lite))])
    # layer 2: addresses, type, tag
    write('core-key-l2', [
        (0, eth(0x806, arp())), (1, eth(0x806, arp(), MAC_B, MAC_A)),
        (2, eth(0x806, arp(), MAC_A, MAC_C)), (3, eth(0x88cc, bytes(46))),
        (4, eth(0x8100, vlan(5, 0x806, arp()))), (5, eth(0x806, arp(), MAC_A, MAC_A)),
        (6, eth(0x806, arp() + bytes(18)))])
    # the same five-tuple between other MAC addresses: ETH_ACTIVATE=2
    write('core-key-mac', [
        (0, u()), (1, eth(0x800, u()[14:], MAC_C, MAC_D)), (2, u(back=True)),
        (3, eth(0x800, u(back=True)[14:], MAC_D, MAC_C)), (4, eth(0x806, arp()))])
    # addresses are compared in full, ports by both bytes
    write('core-key-parts', [(k, p) for k, p in enumerate([
        u(), u(sport=1112), u(dport=2223), u(src=C), u(dst=C), u(sport=2222, dport=1111),
        u(sport=0x5704, dport=0xae08)])])


def land():
    cases('core-land', [
        eth4(6, tcp(80, 80, 'S'), dst=A), eth4(17, udp(7, 7), dst=A), eth4(1, icmp(8), dst=A),
        eth6(17, udp(7, 7), dst=A6), eth4(17, udp(7, 8), dst=A),
        [eth4(17, udp(9, 10), dst=A), eth4(17, udp(10, 9), dst=A)],
        eth(0x806, arp(), MAC_A, MAC_A)])


def timeouts():
    write('core-timeout-182', [(0, u()), (182, u())])
    write('core-timeout-181', [(0, u()), (181.999999, u())])
    write('core-timeout-ns', [(0, u()), (181.999999999, u()), (363.999999999, u())], nano=True)
    # a pair lives while one direction does
    write('core-timeout-pair', [(0, u()), (100, u(back=True)), (281.999999, u(src=C)),
                                (282, u(src=C)), (300, u())])
    write('core-timeout-pair2', [(0, u()), (100, u(back=True)), (250, u())])
    # looked at in between: ends neither earlier nor later
    write('core-timeout-renew', [(0, u()), (10, u()), (185, u(src=C)), (192, u())])
    # a new pair after the old one: next index, both directions
    write('core-timeout-index', [(0, u()), (1, u(back=True)), (2, u(src=C)), (300, u(back=True)),
                                 (301, u())])


def order():
    f1a, f1b, f2, f3 = u(), u(back=True), u(src=C), u(src=D)
    end = (300, eth(0x806, arp()))
    one = [(0, f1a), (.1, f2), (.2, f3), (.3, f1b), (.4, f2)]
    two = [(0, f1a), (.1, f1b), (.2, f3), (.3, f1a)]
    write('core-order-1', one)
    write('core-order-2', two)
    write('core-order-1x', one + [end])
    write('core-order-2x', two + [end])
    # timestamps out of order: a flow hidden behind a younger one still ends
    write('core-order-back', [(10, f2), (5, f3), (187, f1a), (192, f1b)])


def backwards():
    write('core-backwards', [(10, u()), (9, u()), (10.5, u(src=C)), (8.25, u(src=C)),
                             (8.250001, u(src=D)), (8.5, u(src=D))])


def ids():
    def one(*idents):
        return [u(ident=i) for i in idents]
    cases('core-ipid', [one(7, 7), one(7, 8, 8), one(0, 0, 0), one(7, 8, 7), one(7, 7, 7),
                        one(1, 2, 3, 3), one(0, 0), one(7, 0),
                        [u(ident=9), u(ident=8, back=True), u(ident=5), u(ident=8),
                         u(ident=8, back=True)]])


def fragments():
    def part(k, mf, ident=77, n=1480, ports=(1111, 2222), back=False, **ip):
        """Fragment k of a datagram, 1480 bytes of IP payload unless said."""
        body = udp(*(ports[::-1] if back else ports), bytes(n - 8)) if k == 0 else bytes(n)
        return eth4(17, body, back, off=k * 185, mf=mf, ident=ident, **ip)

    first, middle, last = part(0, True), part(1, True), part(2, False, n=100)

    def name(what, *frames):
        write('core-frag-' + what, list(enumerate(frames)))

    name('whole', first, middle, last)
    name('nolast', first, middle)
    name('headless', part(1, True), part(2, True), part(3, False))
    name('headless-nolast', part(1, True), part(2, True))
    name('headless-ids', part(1, True, 1), part(1, True, 2), part(1, True, 3))
    name('swapped', part(1, False), first)
    name('crossed', part(0, True), part(0, True, 78), part(1, False, 78), part(1, False))
    name('unfragmented', first, u())
    name('both', first, part(0, True, back=True), part(1, False), part(1, False, back=True))
    name('again', first, last, part(0, True, 78), part(1, False, 78, n=64))
    # the same id, addresses and protocol on two flows: the newer one gets the rest
    name('collision', first, part(0, True, ports=(3333, 4444)), last)
    # another protocol or VLAN with the same id is another datagram
    name('proto', first, eth4(6, tcp(1111, 2222) + bytes(1460), off=0, mf=True, ident=77),
         eth4(6, bytes(64), off=185, ident=77), last)
    name('vlan', eth(0x8100, vlan(5, 0x800, first[14:])), last,
         eth(0x8100, vlan(5, 0x800, last[14:])))
    write('core-frag-late', [(0, first), (200, last)])
    write('core-frag-expired', [(0, part(0, True)), (181, u(src=C)), (182, u(src=C)),
                                (183, part(1, False))])
    f6 = [eth6(44, frag6(17, 0, True) + udp(1111, 2222, bytes(1440))),
          eth6(44, frag6(17, 181, False) + bytes(100))]
    name('6', *f6)
    name('6-swapped', *f6[::-1])
    # the next header is one of the first fragment's extension headers, or anything
    rest = [eth6(44, frag6(60, 7, True) + bytes(56)), eth6(44, frag6(59, 14, False) + bytes(4))]
    name('6-ext', eth6(44, frag6(60, 0, True) + ext6(17, 2) + udp(1111, 2222, bytes(24))), *rest)
    name('6-atomic', eth6(44, frag6(17) + udp(1111, 2222, bytes(4))))
    # the offset has 13 bits, counted in 8 bytes: its lowest and its highest alone
    for n in (1, 0x1000):
        name('off-%d' % n, eth4(17, bytes(8), off=n, ident=5), eth6(44, frag6(17, n) + bytes(8)))
    name('6-ident', f6[0], eth6(44, frag6(17, 181, False, 8) + bytes(100)))
    # a tunnel in fragments: the first one opens, the rest follows the inner flow's datagram not
    inner = ip4(17, udp(5000, 6000, bytes(1000)), src='10.1.0.1', dst='10.1.0.2')
    name('tunnel', eth4(4, inner[:800], mf=True, ident=5), eth4(4, inner[800:], off=100, ident=5))
    # enough open datagrams to make the table of fragments grow
    many = [part(0, True, i, 64, (1000 + i, 2222)) for i in range(200)]
    rest = [part(1, False, i, 64) for i in range(200)]
    write('core-frag-many', [(k * .001, f) for k, f in enumerate(
        many + [rest[i * 77 % 200] for i in range(200)])])


def associations():
    def chunk(n):
        return bytes([0, 3]) + be(n) + bytes(n - 4)
    write('core-sctp', [(0, eth4(132, sctp(2000, 3000, chunk(28)))),
                        (1, eth4(132, sctp(2000, 3000, chunk(60)))),
                        (2, eth4(132, sctp(3000, 2000, chunk(16)), back=True)),
                        (3, eth6(132, sctp(2000, 3000, chunk(28))))])


def descriptions():
    plain, tag, two = u(), eth(0x8100, vlan(0, 0x800, u()[14:])), None
    two = eth(0x8100, vlan(0, 0x8100, vlan(0, 0x800, u()[14:])))
    three = eth(0x8100, vlan(0, 0x8100, vlan(0, 0x8100, vlan(0, 0x800, u()[14:]))))
    label = eth(0x8847, mpls(16, u()[14:]))
    cases('core-descs', [[plain, tag, two, three, plain], [plain, tag, two, three],
                         [plain, tag, two, plain], [plain, tag, two, three, label, label]])
    macs = [eth(0x800, u()[14:], bytes([2, 0, 0, 0, 1, i]), MAC_B if i % 2 else MAC_D)
            for i in range(18)]
    write('core-macs', list(enumerate(macs + macs)))
    deep = u4(4)
    for _ in range(30):
        deep = ip4(4, deep)
    # 30 * 5 characters; the last name must not be cut in its middle without dots
    write('core-deep', [(0, eth(0x800, deep))])
    for _ in range(30):
        deep = ip4(4, deep)
    write('core-deeper', [(0, eth(0x800, deep))])


def many():
    """300 flows of one packet, every third answered at the end: --max-flows."""
    packets = [(i * .01, u(src='10.0.%d.%d' % (1 + i // 100, i % 100))) for i in range(300)]
    packets += [(4 + i * .01, u(back=True, dst='10.0.%d.%d' % (1 + i // 100, i % 100)))
                for i in range(0, 300, 3)]
    write('core-many', packets)
    write('core-evict', [(0, u()), (1, u(src=C)), (2, u(back=True)), (3, u(src=D)),
                         (4, u(src='10.0.0.5')), (5, u())])
    # more flows than any table starts with
    ports = [(2000 + i // 6, 9000 + i % 6) for i in range(6000)]
    write('core-lots', [(i / 1000, u(*p, n=1)) for i, p in enumerate(ports)] +
          [(10 + i / 1000, u(*p, n=1, back=True)) for i, p in enumerate(ports[::-1])])


def churn():
    """20000 packets of 3000 pairs that come and go; core-churn.want has what they add up to with
    FLOW_TIMEOUT=2: index, direction, source port, packets, first and last time."""
    seed, packets, pairs, done = 1, [], {}, []
    for i in range(20000):
        seed = (seed * 1103515245 + 12345) & 0x7fffffff
        # half of the packets go to a tenth of the pairs, so that some live long
        k = (seed >> 8) % (300 if seed & 0x80 else 3000)
        back, t = bool(seed & 0x40), i * 500            # microseconds
        packets.append((t / 1000000, u(2000 + k, 6000, n=1, back=back)))
        pair = pairs.get(k)
        if pair and all(t - last >= 2000000 for _, _, last in pair[1].values()):
            pair = None
        if not pair:
            pair = pairs[k] = (len(done) + 1, {}, k, back)
            done.append(pair)
        n, first, _ = pair[1].get(back, (0, t, t))
        pair[1][back] = n + 1, first, t
    write('core-churn', packets)
    rows = []
    for index, sides, k, began in done:
        for back, (n, first, last) in sides.items():
            rows.append('%d %s %d %d %d.%06d %d.%06d' % (
                index, 'A' if len(sides) == 1 or back == began else 'B', 6000 if back else 2000 + k,
                n, T0 + first // 1000000, first % 1000000, T0 + last // 1000000, last % 1000000))
    save('core-churn.want', '\n'.join(rows + ['']).encode())


for make in (churn, direction, keys, land, timeouts, order, backwards, ids, fragments, associations,
             descriptions, many):
    make()
