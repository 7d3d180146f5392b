#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# link.py OUTDIR - captures of all link types for proto.bats: link-NUMBER.pcap, where NUMBER is the
# LINKTYPE_ value.  Unless said otherwise the packet is IN4 or IN6 of proto.py.
from lib.frame import *

IN4 = u4(src='10.1.0.1', dst='10.1.0.2')
IN6 = u6(src='fd01::1', dst='fd01::2')
SNAP4 = bytes([0xaa, 0xaa, 3, 0, 0, 0]) + be(0x800) + IN4
MAC = MAC_A + MAC_B
BRIDGED = b'\0\x80\xc2' + be(7)


def little(fmt, *v):
    return struct.pack('<' + fmt, *v)


def wlan(control, flags, a1=MAC_A, a2=MAC_B, a3=MAC_C, extra=b'', body=SNAP4):
    return bytes([control, flags]) + bytes(2) + a1 + a2 + a3 + bytes(2) + extra + body


RADIOTAP, DATA = bytes([0, 0]) + little('HI', 8, 0), wlan(8, 0)


def link(number, *frames, name=None):
    cases('link-%s' % (name or number), list(frames), number)


def plain():
    families = (2, 10, 23, 24, 26, 28, 30)
    link(0, *[little('I', f) + (IN4 if f == 2 else IN6) for f in families],
         *[struct.pack('!I', f) + (IN4 if f == 2 else IN6) for f in families],
         little('I', 7) + bytes(30), little('I', 0x800) + IN4,         # an EtherType
         struct.pack('!I', 0x86dd) + IN6)
    link(108, struct.pack('!I', 2) + IN4, struct.pack('!I', 24) + IN6)
    for number in (12, 14, 101):
        link(number, IN4, IN6, b'\x55' + bytes(30))
    link(228, IN4, IN6)
    link(229, IN6, IN4)
    # cut within the IP header, which is the first one
    for number, ip, cuts in ((228, IN4, (9, 10, 19, 20)), (229, IN6, (6, 7, 39, 40))):
        for to in (number, 101):
            link(to, *[(ip, {'snap': n}) for n in cuts], name='%d-as-%d' % (number, to))
    link(8, bytes(16) + IN4, bytes(16) + IN6)
    link(102, bytes(24) + IN4)
    link(109, little('III', 2, 0, 0) + IN4, struct.pack('!III', 24, 0, 0) + IN6)
    link(117, bytes([61, 2, 0, 0]) + bytes(60) + IN4, bytes([61, 24, 0, 0]) + bytes(60) + IN6)
    link(226, bytes([1, 2]) + bytes(22) + IN4, bytes([1, 26]) + bytes(22) + IN6)


def cooked():
    def sll(kind, payload, proto=0):
        return be(proto, 1, 6) + MAC_A + be(0) + be(kind) + payload

    def sll2(kind, payload):
        return be(kind, 0) + bytes([0, 0, 0, 1, 0, 1, 0, 6]) + MAC_A + be(0) + payload

    link(113, sll(0x800, IN4), sll(0x86dd, IN6), sll(0x806, arp()), sll(4, SNAP4[:1] * 2 +
                                                                      SNAP4[2:]),
         sll(0x8100, vlan(5, 0x800, IN4)), sll(3, eth(0x800, IN4)), sll(12, bytes(16)),  # CAN
         be(0, 803, 6) + MAC_A + bytes(4) + RADIOTAP + DATA)
    link(276, sll2(0x800, IN4), sll2(0x86dd, IN6), sll2(0x806, arp()),
         sll2(12, bytes(16)))

    def tlv(order, kind, value):
        pad = -len(value) % 4
        return struct.pack(order + 'HH', 4 + len(value), kind) + value + bytes(pad)

    def nflog(family, payload, order='<'):
        return bytes([family, 0]) + be(1) + tlv(order, 10, b'ulog\0') + tlv(order, 9, payload)

    link(239, nflog(2, IN4), nflog(10, IN6), nflog(2, IN4, '>'), nflog(7, eth(0x800, IN4)),
         bytes([2, 0]) + be(1) + tlv('<', 10, b'x'))


def serial():
    ppp = b'\xff\x03' + be(0x21) + IN4
    for number in (9, 50):
        link(number, ppp, b'\xff\x03' + be(0x57) + IN6, be(0x21) + IN4, be(0xf00, 0x800) + IN4,
             be(0x8f00, 0x806) + arp(), b'\xff\x03' + be(0xc021) + bytes(10),
             b'\xff\x03' + be(0x281) + mpls(16, IN4))
    link(204, b'\x01' + ppp)
    link(166, b'\x01' + ppp[1:], b'\0' + ppp[1:])
    # multilink: first fragments with long and with short numbers, a later one; bridged Ethernet
    link(9, *[b'\xff\x03' + be(0x3d) + head + be(0x21) + IN4 for head in (
        b'\xc0\0\0\x01', b'\x80\x01', b'\x40\0\0\x01')],
         b'\xff\x03' + be(0x31, 1) + eth(0x800, IN4),
         b'\xff\x03' + be(0x31, 0x4001) + bytes(4) + eth(0x800, IN4),
         b'\xff\x03' + be(0x31, 2) + bytes(40), name='9-parts')
    link(104, be(0xf00, 0x800) + IN4, be(0x8f00, 0x86dd) + IN6, be(0xf00, 0x2000) + bytes(20),
         be(0xf00, 0x8847) + mpls(16, IN4))
    link(205, b'\0' + be(0xf00, 0x800) + IN4)
    # Q.922 address of 2 bytes, then UI and NLPID, or Cisco's EtherType
    link(107, be(0x1841, 0x03cc) + IN4, be(0x1841, 0x038e) + IN6, be(0x1841, 0x800) + IN4,
         be(0x1841, 0x0300) + b'\x80\0\0\0' + be(0x800) + IN4, be(0x1841, 0x03cf) + be(0x21) +
         IN4, be(0x1841, 0x0308) + bytes(20), be(0x1841, 0x0300) + b'\x80' +
         BRIDGED + eth(0x800, IN4), bytes([0x18, 0x40, 0, 1]) + be(0x03cc) + IN4)
    link(206, b'\0' + be(0x1841, 0x03cc) + IN4)
    link(51, be(0x1100, 1, 2 + len(IN4)) + be(0x21) + IN4)
    link(219, mpls(16, IN4))


def wireless():
    frames = [
        DATA, wlan(8, 1), wlan(8, 2), wlan(8, 3, extra=MAC_D), wlan(0x88, 1, extra=bytes(2)),
        wlan(0x88, 0x81, extra=bytes(6)), wlan(0x80, 0, body=bytes(40)),    # beacon
        bytes([0xd4, 0]) + bytes(2) + MAC_A + b'\1\2\3\4',                  # ack, FCS behind
        wlan(0xb4, 0)[:16], wlan(0x48, 1, body=b''),                        # request, null
        wlan(8, 0x41, body=bytes(60)),                                      # encrypted
        wlan(8, 1, body=bytes([0xaa, 0xaa, 3, 0, 0, 0]) + be(0x888e) + bytes(20))]
    link(105, *frames)
    link(127, *[RADIOTAP + f for f in frames[:2]],
         bytes([0, 0]) + little('HI', 12, 0) + bytes(4) + DATA)
    # padding, said in the flags, which may stand behind a time and more presence bits; it is none
    # if the header fills 4 bytes; two packets in one frame
    qos = wlan(0x88, 1, extra=bytes(4))
    part = MAC_D + MAC_B + be(len(SNAP4)) + SNAP4
    link(127, bytes([0, 0]) + little('HIB', 9, 2, 0x20) + qos,
         bytes([0, 0]) + little('HIQB', 17, 3, 0, 0x20) + qos,
         bytes([0, 0]) + little('HIIIQB', 25, 0x80000003, 0x80000000, 0, 0, 0x20) + qos,
         bytes([0, 0]) + little('HIB', 9, 2, 0x20) + DATA,
         RADIOTAP + wlan(0x88, 1, extra=b'\x80\0', body=part + bytes(2) + part), name='127-body')
    link(119, little('II', 0x44, 144) + bytes(136) + DATA)
    avs = struct.pack('!II', 0x80211001, 64) + bytes(56) + DATA
    link(163, avs)
    link(119, avs, name='119-avs')
    # a length that wraps around to the start of the frame, which reads like one of data
    link(192, bytes([8, 1]) + little('HI', 8, 119) + struct.pack('!II', 0x80211001, 2**32 - 8) +
         bytes(8) + DATA, name='192-avs')
    link(192, bytes([0, 0]) + little('HI', 8, 1) + eth(0x800, IN4),
         bytes([0, 0]) + little('HI', 12, 105) + bytes(4) + DATA,
         bytes([0, 0]) + little('HI', 4, 1) + eth(0x800, IN4))


def switches():
    def tagged(tag, kind=0x800, payload=IN4):
        return MAC_B + MAC_A + tag + be(kind) + payload

    link(284, tagged(bytes(4)), tagged(bytes(4), 0x806, arp()))
    link(281, tagged(bytes(4)))
    link(285, tagged(be(0xdada) + bytes(6)))
    link(282, bytes(4) + eth(0x800, IN4))
    link(274, bytes([0x55] * 7 + [0xd5]) + eth(0x800, IN4))
    link(240, bytes(4) + eth(0x800, IN4))
    link(241, bytes(4) + bytes([0x55] * 7 + [0xd5]) + eth(0x800, IN4))


def rest():
    link(6, bytes([0x10, 0x40]) + MAC_B + MAC_A + SNAP4,
         bytes([0x10, 0x40]) + MAC_B + b'\x82' + MAC_A[1:] + bytes([0xc6, 0x30]) + bytes(4) +
         SNAP4)
    link(10, b'\x50' + MAC_B + MAC_A + SNAP4)
    link(138, bytes(16) + be(0x800) + IN4)
    osi = bytes([0xfe, 0xfe, 3])
    link(100, SNAP4, SNAP4[:3] + BRIDGED + bytes(2) + eth(0x800, IN4), osi + b'\xcc' + IN4,
         osi + b'\x8e' + IN6, osi + b'\xcf' + be(0x21) + IN4, osi + b'\x81' + bytes(20))
    for number in (195, 215, 230, 283):
        link(number, bytes(range(40)))
    magic = bytes.fromhex('4d4743')
    link(178, magic + b'\0' + eth(0x800, IN4), magic + b'\x80' + be(6) + bytes(6) +
         eth(0x800, IN4), magic + b'\x02' + bytes(4) + IN4, bytes(4) + eth(0x800, IN4))
    link(137, magic + b'\0' + bytes(4) + IN4, magic + b'\0' + bytes(4) + SNAP4)
    link(167, magic + b'\0' + eth(0x800, IN4))
    link(99, bytes(6) + be(0x800) + bytes(36) + IN4, bytes(18) + be(0x800) + bytes(36) + IN4)
    link(242, bytes(40) + be(0x800, 0) + IN4, bytes(40) + be(0x806, 0) + arp())
    link(122, bytes(2) + MAC_B + bytes(2) + MAC_A + SNAP4)
    link(123, bytes([0x82, 0, 0, 5]) + SNAP4, bytes([1, 0, 0, 5]) + bytes(40))

    def erf(kind, payload, ext=b''):
        return bytes(8) + bytes([kind, 4]) + be(16 + len(ext + payload), 0, len(payload)) + ext + \
            payload

    link(197, erf(2, bytes(2) + eth(0x800, IN4)), erf(1, be(0xf00, 0x800) + IN4), erf(22, IN4),
         erf(0x82, bytes(2) + eth(0x800, IN4), b'\x85' + bytes(7) + b'\x05' + bytes(7)),
         erf(3, bytes(52)))

    def pktap(kind, payload, record=1, size=108):
        return little('III', size, record, kind) + bytes(96) + payload

    link(258, pktap(1, eth(0x800, IN4)), pktap(0, little('I', 2) + IN4), pktap(12, IN4),
         pktap(1, bytes(60), 0), pktap(1, bytes(60), 1, 8))
    # nobody knows these: never a reason to refuse the file
    link(147, bytes(60), IN4)
    link(9999, bytes(60))


for make in (plain, cooked, serial, wireless, switches, rest):
    make()
