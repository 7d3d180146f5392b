# SPDX-License-Identifier: BSD-2-Clause
"""fixture.py FOLDER - small files for the tests of functions: flows.txt, packets.txt.

Each row is made of what differs from the values below; columns of plugins outside the default
set are there for the example functions."""

import os
import sys

FLOW = {
    "%dir": "A", "flowInd": "1", "flowStat": "0x0000000000004000",
    "timeFirst": "1022171701.691172", "timeLast": "1022171702.000000", "duration": "0.308828",
    "hdrDesc": "eth:ipv4:tcp", "srcMac": "00:00:00:00:00:01", "dstMac": "00:00:00:00:00:02",
    "ethType": "0x0800", "ethVlanID": "", "srcIP": "10.0.0.1", "srcIPCC": "01",
    "srcIPWho": '"Private network"', "srcPort": "5000", "dstIP": "93.184.216.34",
    "dstIPCC": "us", "dstIPWho": '"A \\"B\\" C"', "dstPort": "443", "l4Proto": "6",
    "srcMac_dstMac_numP": "00:00:00:00:00:01_00:00:00:00:00:02_3", "dstPortClass": "https",
    "numPktsSnt": "3", "numPktsRcvd": "2", "numBytesSnt": "100", "numBytesRcvd": "2000",
    "avePktSize": "33.33333", "pktps": "9.714145", "bytps": "323.8048", "tcpFStat": "0x0000",
    "tcpFlags": "0x00", "icmpStat": "0x00", "mplsTagsHex": "",
    "dnsStat": "0x0000", "dnsQname": "", "dnsAname": "", "dns4Aaddress": "", "dns6Aaddress": "",
    "httpStat": "0x0000", "httpMethods": "0x00", "httpMimes": "", "httpHosts": "", "httpURL": "",
    "dhcpStat": "0x0000", "sshStat": "0x00", "nDPIclass": "TLS", "pwxType": "0", "pwxUser": '""',
    "pwxPass": '""', "covertChannels": "0x0000",
}

FLOWS = [
    {"tcpFlags": "0x1b", "tcpFStat": "0x0011"},
    {"%dir": "B", "flowStat": "0x0000000000004001", "srcIP": "93.184.216.34", "srcPort": "443",
     "dstIP": "10.0.0.1", "dstPort": "5000", "numPktsSnt": "2", "numPktsRcvd": "3",
     "numBytesSnt": "2000", "numBytesRcvd": "100", "tcpFlags": "0x12", "nDPIclass": "Unknown",
     "srcMac_dstMac_numP":
     "00:00:00:00:00:02_00:00:00:00:00:01_1;00:00:00:00:00:02_00:00:00:00:00:AB_1"},
    {"flowInd": "2", "flowStat": "0x0000000000008000", "hdrDesc": "eth:ipv6:udp",
     "srcIP": "2001:db8::1", "srcPort": "5353", "dstIP": "ff02::fb", "dstPort": "5353",
     "l4Proto": "17", "ethType": "0x86dd", "numPktsSnt": "10", "numBytesSnt": "1.5e+03",
     "dstPortClass": "mdns", "duration": "12", "timeFirst": "1022171703.5"},
    {"flowInd": "3", "flowStat": "0x8000000000004000", "hdrDesc": "eth:vlan:ipv4:icmp",
     "ethVlanID": "100;77", "srcIP": "192.168.1.1", "srcPort": "0", "dstIP": "10.0.0.1",
     "dstPort": "0", "l4Proto": "1", "numPktsSnt": "1", "numBytesSnt": "56", "icmpStat": "0x01",
     "dstPortClass": "unknown", "duration": "0.000000", "timeFirst": "999999999.000001",
     "mplsTagsHex": "0x00010140;0x0002a1ff"},
    {"flowInd": "4", "flowStat": "0x0000000000000044", "hdrDesc": "eth:arp", "ethType": "0x0806",
     "srcIP": "0.0.0.0", "srcPort": "0", "dstIP": "0.0.0.0", "dstPort": "0", "l4Proto": "0",
     "srcIPCC": "--", "dstIPCC": "--", "numPktsSnt": "0", "numBytesSnt": "0",
     "dstPortClass": "unknown", "srcMac_dstMac_numP": "", "duration": "-1.5"},
    {"flowInd": "5", "hdrDesc": "eth:ipv4:udp", "srcIP": "10.0.0.2", "srcPort": "40000",
     "dstIP": "8.8.8.8", "dstPort": "53", "l4Proto": "17", "numPktsSnt": "1",
     "numBytesSnt": "30", "dnsStat": "0x0081", "dnsQname": "www.example.org;a.b.co",
     "dnsAname": "www.example.org;x.org", "dns4Aaddress": "1.2.3.4;1.2.3.5;1.2.3.4",
     "dns6Aaddress": "::1;", "dstPortClass": "domain", "nDPIclass": "DNS", "sshStat": "0x01",
     "covertChannels": "0x0002"},
    {"flowInd": "6", "srcIP": "10.0.0.2", "srcPort": "40001", "dstPort": "80",
     "numPktsSnt": "3", "httpStat": "0x0004", "httpMethods": "0x08_0x00",
     "httpMimes": "text/html;application/x-dosexec;text/css", "httpHosts": "example.org",
     "httpURL": "/a?b=c", "dstPortClass": "http", "nDPIclass": "SSH.x", "pwxType": "1",
     "pwxUser": '"me"', "pwxPass": '"secret"', "covertChannels": "0x0100", "dhcpStat": "0x0001"},
]

PACKET = {
    "%pktNo": "1", "flowInd": "1", "flowStat": "0x0000000000004000", "time": "1.000000",
    "pktIAT": "0.000000", "hdrDesc": "eth:ipv4:tcp", "ethVlanID": "", "srcMac": "00:00:00:00:00:01",
    "dstMac": "00:00:00:00:00:02", "ethType": "0x0800", "srcIP": "10.0.0.1", "srcPort": "40000",
    "dstIP": "10.0.0.2", "dstPort": "80", "l4Proto": "6", "pktLen": "60", "l7Len": "0",
    "ipTOS": "0x00", "ipID": "0x0001", "ipFrag": "0x4000", "ipTTL": "64", "ipHdrChkSum": "0x0000",
    "l4HdrChkSum": "0x0000", "seq": "0xfffffff0", "ack": "0x00000000", "tcpFlags": "0x10",
    "tcpWin": "100", "tcpOpts": "", "icmpType": "", "icmpCode": "", "l7HexContent": "",
    "l7Content": "",
}


def payload(text, **more):
    d = {"l7Len": str(len(text)), "l7Content": text, "l7HexContent": text.encode().hex()}
    d.update(more)
    return d


B = {"flowStat": "0x0000000000004001", "srcIP": "10.0.0.2", "srcPort": "80", "dstIP": "10.0.0.1",
     "dstPort": "40000"}
PACKETS = [
    {"tcpFlags": "0x02", "ack": ""},
    dict(B, tcpFlags="0x12", seq="0x00000063"),
    payload("GET /", seq="0xfffffff1"),
    payload("GET /", seq="0xfffffff1"),                          # sent again
    payload("-wraps-round", seq="0xfffffffb"),                   # behind a gap of 5 bytes
    payload("index", seq="0xfffffff6"),                          # closes it
    dict(B, **payload("two ", seq="0x00000068")),                # too early
    dict(B, **payload("one, ", seq="0x00000064")),               # overlaps by a byte
    dict(B, **payload('"end"', seq="0x00000070", tcpFlags="0x18")),      # a gap that stays
    {"flowInd": "2", "l4Proto": "17", "hdrDesc": "eth:ipv4:udp", "seq": "", "ack": "",
     "tcpFlags": "", "tcpWin": "", "srcPort": "53", "dstPort": "53",
     **payload("udp1")},
    {"flowInd": "2", "l4Proto": "17", "hdrDesc": "eth:ipv4:udp", "seq": "", "ack": "",
     "tcpFlags": "", "tcpWin": "", "flowStat": "0x0000000000004001", **payload("udp2")},
    {"flowInd": "3", "l4Proto": "1", "hdrDesc": "eth:ipv4:icmp", "seq": "", "ack": "",
     "tcpFlags": "", "tcpWin": "", "icmpType": "8", "icmpCode": "0", "ethVlanID": "7",
     "ipFrag": "0x2003"},
]


def write(path, base, rows):
    with open(path, "w", encoding="utf-8") as f:
        f.write("\t".join(base) + "\n")
        for r in rows:
            f.write("\t".join(dict(base, **r)[k] for k in base) + "\n")


write(os.path.join(sys.argv[1], "flows.txt"), FLOW, FLOWS)
write(os.path.join(sys.argv[1], "packets.txt"), PACKET,
      [dict(r, **{"%pktNo": str(i + 1), "time": "%d.000000" % (i + 1)})
       for i, r in enumerate(PACKETS)])
