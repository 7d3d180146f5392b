#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# shape.py OUTDIR - captures for shape.bats: the life of pairs, SCTP, aggregated keys.
from lib.frame import *


def u(sport=1111, dport=2222, n=10, back=False, **ip):
    return eth4(17, udp(*((dport, sport) if back else (sport, dport)), bytes(n)), back, **ip)


def life():
    # a packet each second, A B A B ..., and a flow whose two packets are 25 s apart
    packets = [(k, u(back=k % 2 == 1)) for k in range(30)]
    write('shape-life', packets + [(0.5, u(sport=7)), (25.5, u(sport=7))])
    # the older direction decides: B began at 0, A at 4
    write('shape-life-b', [(0, u(back=True)), (4, u()), (9, u()), (10, u()), (11, u(back=True))])
    # a single flow whose opposite comes after its time
    write('shape-life-late', [(0, u()), (12, u(back=True)), (13, u())])
    # the rest of a datagram does not end the pair
    first = ip4(17, udp(1111, 2222, bytes(1472)), ident=9, mf=True)
    write('shape-life-frag', [(0, u()), (9, eth(0x800, first)),
                              (11, eth(0x800, ip4(17, bytes(100), ident=9, off=185)))])


def chunk(kind, body=b'', flags=0):
    return struct.pack('!BBH', kind, flags, 4 + len(body)) + body + bytes(-len(body) % 4)


def data(stream, n):
    """DATA of n bytes."""
    return chunk(0, struct.pack('!IHHI', 1, stream, 1, 0) + bytes(n), 3)


def idata(stream, n):
    return chunk(64, struct.pack('!IHHII', 1, stream, 0, 1, 0) + bytes(n), 3)


def init(tag, ack=False):
    return chunk(2 if ack else 1, struct.pack('!IIHHI', tag, 65535, 8, 8, 1))


SACK = chunk(3, bytes(12))


def s(tag, *chunks, back=False, ports=(2000, 3000), outer=eth4, **ip):
    ends = ports[::-1] if back else ports
    return outer(132, be(*ends) + struct.pack('!II', tag, 0) + b''.join(chunks), back, **ip)


def timed(name, frames):
    write(name, list(enumerate(frames)))


def associations():
    # streams of one direction
    timed('shape-sctp-index', [s(9, data(k, 20)) for k in (0, 1, 2, 3, 2)])
    # both directions; several chunks in a packet
    timed('shape-sctp', [
        s(0, init(7)), s(7, init(8, ack=True), back=True),
        s(8, data(0, 12), data(1, 100)), s(7, SACK, data(1, 40), back=True),
        s(8, SACK, data(1, 5), data(1, 6), data(5, 9)), s(8, idata(5, 33))])
    # two associations between the same ports, one after the other; the second is reset
    timed('shape-sctp-two', [
        s(0, init(7)), s(7, init(8, ack=True), back=True), s(8, data(0, 10)),
        s(0, init(107)), s(107, init(108, ack=True), back=True), s(108, data(1, 20)),
        s(7, data(0, 30), back=True), s(108, chunk(6, flags=1), back=True)])
    # begun before the capture: the tags of both directions are taken for a pair
    timed('shape-sctp-middle', [s(8, data(0, 10)), s(7, SACK, back=True), s(8, data(0, 10)),
                                s(9, data(0, 10)), s(6, SACK, back=True)])
    # lengths that lie, no chunk, cut
    bad = [s(1, chunk(0)[:2] + be(2)), s(1, chunk(0)[:2] + be(65535)), s(1), s(1, b'\0\3')]
    timed('shape-sctp-bad', bad + [s(1, data(3, 90))[:50]])
    # chunks that end in front of their stream number: 3 and 4 are lengths of the chunks behind
    short = [chunk(0), chunk(0, bytes(4)), chunk(3), chunk(3, bytes(4)), chunk(0, bytes(6))]
    timed('shape-sctp-short', [s(1, *short)])
    # in UDP, over both versions of IP
    inner = be(2000, 3000) + struct.pack('!II', 1, 0) + data(2, 24)
    timed('shape-sctp-udp', [eth6(17, udp(9899, 9899, inner)), eth4(17, udp(9899, 9899, inner)),
                             eth6(17, udp(9899, 5000, inner))])


def aggregated():
    def h(a, b, sport, dport, proto=17, **more):
        body = udp(sport, dport, b'x') if proto == 17 else tcp(sport, dport)
        return eth4(proto, body, src=a, dst=b, **more)

    timed('shape-agg', [
        h('10.1.1.1', '10.2.2.1', 40000, 53), h('10.1.1.9', '10.2.2.9', 40001, 53),
        h('10.1.3.1', '10.2.2.1', 40002, 80), h('10.2.2.1', '10.1.1.1', 53, 40000),
        h('10.1.1.1', '10.2.2.1', 40000, 53, 6), eth(0x8100, vlan(5, 0x800, ip4(
            17, udp(40000, 53, b'x'), src='10.1.1.1', dst='10.2.2.1'))),
        eth6(17, udp(40000, 53, b'x'), src='2001:db8::1', dst='2001:db8::1ff'),
        eth6(17, udp(40000, 53, b'x'), src='2001:db8::ff', dst='2001:db8::100'),
        eth(0x806, arp())])
    # public addresses, which have no label without a database; equal ports
    timed('shape-net', [
        h('8.8.8.8', '9.9.9.9', 2000, 3000), h('8.8.8.9', '9.9.9.9', 2000, 3000),
        h('10.1.1.1', '10.1.2.2', 7, 7), h('8.8.8.8', '8.8.8.8', 7, 7),
        h('8.8.8.8', '8.8.8.9', 7, 7)])


life()
associations()
aggregated()
