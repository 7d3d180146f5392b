#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# proto.bats - names of headers, tunnels, lengths, link types.  Captures: craft/proto.py and
# craft/link.py.  Each row is a packet and a flow of its own; a packet that a tunnel opens has
# 10.1.0.1 or fd01::1 as source, 5000 as port and 20 bytes, one that stays outside does not.

setup() {
	load lib
}

# names CAPTURE: "hdrDesc count bits type" of each row
names() {
	flows "proto-names-$1" 'hdrDesc numHdrs flowStat ethType'
}

# tunnel CAPTURE [OPTION...]
tunnel() {
	local name=$1
	shift
	flows "proto-$name" 'hdrDesc numHdrs flowStat srcIP srcPort numBytesSnt' "$@"
}

# sizes CAPTURE [OPTION...]
sizes() {
	local name=$1
	shift
	flows "proto-$name" 'hdrDesc flowStat srcPort dstPort numBytesSnt' "$@"
}

@test "names: EtherTypes" {
	is "$(names ether)" <<-E
	eth:arp 2 0x0000000000000044 0x0806
	eth:vines_ip 2 0x0000000000000004 0x0bad
	eth:cdp 2 0x0000000000000004 0x2000
	eth:nhrp 2 0x0000000000000004 0x2001
	eth:vtp 2 0x0000000000000004 0x2003
	eth:dtp 2 0x0000000000000004 0x2004
	eth:dec_mop 2 0x0000000000000004 0x6002
	eth:dec_dna 2 0x0000000000000004 0x6003
	eth:lat 2 0x0000000000000004 0x6004
	eth:ipcp 2 0x0000000000000004 0x8021
	eth:rarp 2 0x0000000000000084 0x8035
	eth:dec_stp 2 0x0000000000000004 0x8038
	eth:ddp 2 0x0000000000000004 0x809b
	eth:aarp 2 0x0000000000000044 0x80f3
	eth:ccp 2 0x0000000000000004 0x80fd
	eth:ipx 2 0x0000000000000004 0x8137
	eth:wlccp 2 0x0000000000000004 0x872d
	eth:pppoed 2 0x000000000000000c 0x8863
	eth:msnlb 2 0x0000000000000004 0x886f
	eth:eapol 2 0x0000000000000004 0x888e
	eth:realtek 2 0x0000000000000004 0x8899
	eth:aoe 2 0x0000000000000004 0x88a2
	eth:lwapp 2 0x0000000000000004 0x88bb
	eth:lldp 2 0x0000000000000024 0x88cc
	eth:ptp 2 0x0000000000000004 0x88f7
	eth:cfm 2 0x0000000000000004 0x8902
	eth:fcoe:fc 3 0x0000000000000004 0x8906
	eth:wlan 2 0x0000000000000004 0x890d
	eth:loop 2 0x0000000000000004 0x9000
	eth:lcp 2 0x0000000000000004 0xc021
	eth:cbcp 2 0x0000000000000004 0xc029
	eth:chap 2 0x0000000000000004 0xc223
	eth:UNK(0x1234) 2 0x0000080000000004 0x1234
	eth:UNK(0xfffe) 2 0x0000080000000004 0xfffe
	eth:ppp 2 0x0000000000000004 0x880b
	E
}

@test "names: SNAP types, slow protocols" {
	is "$(names snap)" <<-E
	eth:llc:wlccp 3 0x0000000000000004 0x0000
	eth:llc:idp 3 0x0000000000000004 0x0006
	eth:llc:edp 3 0x0000000000000004 0x00bb
	eth:llc:pagp 3 0x0000000000000004 0x0104
	eth:llc:stp 3 0x0000000000000004 0x010b
	eth:llc:udld 3 0x0000000000000004 0x0111
	eth:llc:ndp 3 0x0000000000000004 0x01a1
	eth:llc:ndp 3 0x0000000000000004 0x01a2
	E
	is "$(names slow)" <<-E
	eth:slow:lacp 3 0x0000000000000004 0x8809
	eth:slow:marker 3 0x0000000000000004 0x8809
	eth:slow:oampdu 3 0x0000000000000004 0x8809
	eth:slow:ossp 3 0x0000000000000004 0x8809
	eth:slow 2 0x0000000000000004 0x8809
	E
}

@test "names: bridged frames in bridged frames are opened up to a depth" {
	is "$(flows proto-deep 'numHdrs flowStat srcPort')" <<-E
	510 0x0001080000000004 0
	203 0x0001000000004000 5000
	E
}

@test "names: LLC" {
	is "$(names llc)" <<-E
	eth:llc:sna 3 0x0000000000000004 0x0404
	eth:llc:sna 3 0x0000000000000004 0x0808
	eth:llc:sna 3 0x0000000000000004 0x0c0c
	eth:llc:sna 3 0x0000000000000004 0x4040
	eth:llc:sna 3 0x0000000000000004 0xc8c8
	eth:llc:ipx 3 0x0000000000000004 0x1010
	eth:llc:ipx 3 0x0000000000000004 0xe0e0
	eth:llc:osi 3 0x0000000000000004 0x1414
	eth:llc:osi 3 0x0000000000000004 0x2020
	eth:llc:osi 3 0x0000000000000004 0x3434
	eth:llc:osi 3 0x0000000000000004 0x5454
	eth:llc:osi 3 0x0000000000000004 0xfefe
	eth:llc:stp 3 0x0000000000000004 0x4242
	eth:llc:x25 3 0x0000000000000004 0x7e7e
	eth:llc:3comxns 3 0x0000000000000004 0x8080
	eth:llc:bacnet 3 0x0000000000000004 0x8282
	eth:llc:vines_llc 3 0x0000000000000004 0xbcbc
	eth:llc:netbios 3 0x0000000000000004 0xf0f0
	eth:llc:hpext 3 0x0000000000000004 0xf8f8
	eth:llc:rpl 3 0x0000000000000004 0xfcfc
	eth:llc 2 0x0000000000000004 0x0000
	eth:llc:UNK(0x12) 3 0x0000080000000004 0x1212
	eth:llc 2 0x0000000000000004 0xffff
	E
	is "$(flows proto-llc 'hdrDesc numHdrs flowStat ethType numBytesSnt')" <<-E
	eth:llc:ipv4:udp 4 0x0000000000004000 0x0800 20
	eth:llc:ipvx 3 0x0000000000010004 0x0606 48
	eth:llc:ipv4:udp 4 0x0000000000004000 0x0800 20
	eth:llc:ipv6:udp 4 0x0000000000008000 0x86dd 20
	eth:llc:cdp 3 0x0000000000000004 0x2000 20
	eth:llc 2 0x0000000000000004 0xaaab 20
	eth:llc:netbios 3 0x0000000000000004 0xf0f0 20
	eth:llc:stp 3 0x0000000000000004 0x4242 35
	eth:llc:stp 3 0x0000000000000004 0x4242 35
	eth:UNK(0x05dd) 2 0x0000080000000004 0x05dd 46
	eth:llc:stp 3 0x0000000000000004 0x4242 43
	E
}

@test "names: IP protocols" {
	is "$(flows proto-names-ip 'l4Proto hdrDesc flowStat numBytesSnt')" <<-E
	1 eth:ipv4:icmp 0x0000000000004000 32
	2 eth:ipv4:igmp 0x0000000000004000 32
	8 eth:ipv4:egp 0x0000000000004000 32
	9 eth:ipv4:igp 0x0000000000004000 32
	33 eth:ipv4:dccp 0x0000000000004000 32
	36 eth:ipv4:xtp 0x0000000000004000 32
	37 eth:ipv4:ddp 0x0000000000004000 32
	45 eth:ipv4:idrp 0x0000000000004000 32
	46 eth:ipv4:rsvp 0x0000000000004000 32
	48 eth:ipv4:dsr 0x0000000000004000 32
	50 eth:ipv4:esp 0x0000000080004000 32
	53 eth:ipv4:swipe 0x0000000000004000 32
	54 eth:ipv4:nhrp 0x0000000000004000 32
	58 eth:ipv4:icmpv6 0x0000000000004000 32
	60 eth:ipv4:ipv6.dstopts 0x0000000000004000 32
	80 eth:ipv4:osi 0x0000000000004000 32
	83 eth:ipv4:vines 0x0000000000004000 32
	88 eth:ipv4:eigrp 0x0000000000004000 32
	89 eth:ipv4:ospf 0x0000000000004000 24
	93 eth:ipv4:ax25 0x0000000000004000 32
	97 eth:ipv4:etherip 0x0000080000044000 32
	103 eth:ipv4:pim 0x0000000000004000 32
	108 eth:ipv4:ipcomp 0x0000000000004000 32
	112 eth:ipv4:vrrp 0x0000000000004000 32
	113 eth:ipv4:pgm 0x0000000000004000 32
	115 eth:ipv4:l2tp 0x0000000000004800 32
	132 eth:ipv4:sctp 0x0000000001004000 28
	134 eth:ipv4:rsvp-e2ei 0x0000000000004000 32
	135 eth:ipv4:mipv6 0x0000000000004000 32
	136 eth:ipv4:udplite 0x0000000000004000 32
	137 eth:ipv4:mpls 0x0000000000004000 32
	139 eth:ipv4:hip 0x0000000000004000 32
	140 eth:ipv4:shim6 0x0000000000004000 32
	59 eth:ipv4 0x0000000000004000 32
	3 eth:ipv4:UNK(3) 0x0000080000004000 32
	5 eth:ipv4:UNK(5) 0x0000080000004000 32
	7 eth:ipv4:UNK(7) 0x0000080000004000 32
	123 eth:ipv4:UNK(123) 0x0000080000004000 32
	200 eth:ipv4:UNK(200) 0x0000080000004000 32
	255 eth:ipv4:UNK(255) 0x0000080000004000 32
	E
	is "$(flows proto-names-ip6 'l4Proto hdrDesc flowStat numBytesSnt')" <<-E
	58 eth:ipv6:icmpv6 0x0000000000008000 32
	89 eth:ipv6:ospf 0x0000000000008000 24
	103 eth:ipv6:pim 0x0000000000008000 32
	132 eth:ipv6:sctp 0x0000000001008000 28
	168 eth:ipv6:UNK(168) 0x0000080000008000 32
	59 eth:ipv6 0x0000000000008000 40
	E
	is "$(names igmp)" <<-E
	eth:ipv4:igmp 3 0x0000000000004000 0x0800
	eth:ipv4:igmp:dvmrp 4 0x0000000000004000 0x0800
	eth:ipv4:igmp:pim 4 0x0000000000004000 0x0800
	eth:ipv4:igmp:rgmp 4 0x0000000000004000 0x0800
	eth:ipv4:igmp:rgmp 4 0x0000000000004000 0x0800
	eth:ipv4:igmp 3 0x0000000000004000 0x0800
	E
}

@test "names: PPP protocols" {
	is "$(names ppp)" <<-E
	eth:pppoes:ppp:osi 4 0x0000000000000014 0x8864
	eth:pppoes:ppp:comp_data 4 0x0000280000000014 0x8864
	eth:pppoes:ppp:ipcp 4 0x0000000000000014 0x8864
	eth:pppoes:ppp:ccp 4 0x0000000000000014 0x8864
	eth:pppoes:ppp:lcp 4 0x0000000000000014 0x8864
	eth:pppoes:ppp:pap 4 0x0000000000000014 0x8864
	eth:pppoes:ppp:chap 4 0x0000000000000014 0x8864
	eth:pppoes:ppp:UNK(0x1234) 4 0x0000080000000014 0x8864
	E
}

@test "UNK_SWAP=1: unknown 16-bit numbers in the order of 0.8.4, others and ethType not" {
	is "$(flows proto-names-ether 'hdrDesc ethType' -o UNK_SWAP=1 | grep UNK)" <<-E
	eth:UNK(0x3412) 0x1234
	eth:UNK(0xfeff) 0xfffe
	E
	is "$(flows proto-gre 'hdrDesc' -o UNK_SWAP=1 | grep UNK)" <<-E
	eth:ipv4:gre:UNK(0x98c0)
	E
	is "$(flows proto-names-ppp 'hdrDesc' -o UNK_SWAP=1 | grep UNK)" <<-E
	eth:pppoes:ppp:UNK(0x3412)
	E
	is "$(flows proto-names-ip 'hdrDesc' -o UNK_SWAP=1 | grep UNK | head -n 1)" <<-E
	eth:ipv4:UNK(3)
	E
	is "$(flows proto-names-llc 'hdrDesc' -o UNK_SWAP=1 | grep UNK)" <<-E
	eth:llc:UNK(0x12)
	E
	is "$(flows proto-names-ether 'hdrDesc' -o compat=0.8.4 | grep UNK | head -n 1)" <<-E
	eth:UNK(0x3412)
	E
}

@test "ISL" {
	is "$(flows proto-isl 'hdrDesc numHdrs flowStat srcMac dstMac')" <<-E
	isl:eth:ipv4:udp 4 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02
	isl:eth:arp 3 0x0000000000000044 02:00:00:00:00:01 02:00:00:00:00:02
	E
}

@test "VLAN" {
	is "$(flows proto-vlan 'hdrDesc numHdrs flowStat ethType ethVlanID numBytesSnt')" <<-E
	eth:vlan:ipv4:udp 4 0x0000000000004100 0x0800 5 20
	eth:vlan{2}:ipv4:udp 5 0x0000000000004100 0x0800 100;5 20
	eth:vlan{4}:ipv4:udp 7 0x0000000000004100 0x0800 1;2;3 20
	eth:vlan:ipv4:udp 4 0x0200000000004100 0x0800 0 20
	eth:vlan:ipv4:udp 4 0x0000000000004100 0x0800 5 20
	eth:vlan{2}:ipv4:udp 5 0x0000000000004100 0x0800 9;5 20
	eth:vlan:ipv4:udp 4 0x0000000000004100 0x0800 9 20
	eth:vlan:arp 3 0x0000000000000144 0x0806 5 28
	eth:vlan:llc:stp 4 0x0000000000000104 0x4242 5 35
	eth:vlan:mpls{2}:ipv4:udp 6 0x0000000000004300 0x0800 5 20
	eth:vlan:ipv6:udp 4 0x0000000000008100 0x86dd 4095 20
	E
	is "$(flows proto-vlan 'ethVlanID' -o BFO_MAX_VLAN=4 | sed -n 3p)" <<-E
	1;2;3;4
	E
	is "$(flows proto-vlan 'ethVlanHdr' -o BFO_VLAN=2 | sed -n '2p;5p')" <<-E
	0x00648100;0x00050800
	0x60050800
	E
}

@test "MPLS" {
	is "$(flows proto-mpls 'hdrDesc numHdrs flowStat ethType srcIP srcMac numBytesSnt')" <<-E
	eth:mpls:ipv4:udp 4 0x0000000000004200 0x0800 10.1.0.1 02:00:00:00:00:01 20
	eth:mpls{2}:ipv4:udp 5 0x0000000000004200 0x0800 10.1.0.1 02:00:00:00:00:01 20
	eth:mpls:ipv6:udp 4 0x0000000000008200 0x86dd fd01::1 02:00:00:00:00:01 20
	eth:mpls:ipv4:udp 4 0x0000000000004400 0x0800 10.1.0.1 02:00:00:00:00:01 20
	eth:mpls{4}:ipv4:udp 7 0x0000000000004200 0x0800 10.1.0.1 02:00:00:00:00:01 20
	eth:mpls:pwethcw:eth:ipv4:udp 6 0x0000000000004200 0x0800 10.1.0.1 02:00:00:00:00:03 20
	eth:mpls:eth:ipv4:udp 5 0x0000000000004200 0x0800 10.1.0.1 02:00:00:00:00:03 20
	eth:mpls:ipvx 3 0x0000000000010204 0x8847 0.0.0.0 02:00:00:00:00:01 52
	eth:mpls{2}:ipvx 4 0x0000000000010204 0x8847 0.0.0.0 02:00:00:00:00:01 4
	eth:mpls:pwethcw:eth:llc:stp 6 0x0000000000000204 0x4242 0.0.0.0 02:00:00:00:00:03 43
	eth:mpls:eth:llc:stp 5 0x0000000000000204 0x4242 0.0.0.0 02:00:00:00:00:03 35
	eth:mpls:ipvx 3 0x0000000000010204 0x8847 0.0.0.0 02:00:00:00:00:01 59
	E
}

@test "PPPoE" {
	is "$(flows proto-pppoe 'hdrDesc numHdrs flowStat ethType srcIP numBytesSnt')" <<-E
	eth:pppoes:ppp:ipv4:udp 5 0x0000000000004010 0x0800 10.1.0.1 20
	eth:pppoes:ppp:ipv6:udp 5 0x0000000000008010 0x86dd fd01::1 20
	eth:pppoes:ppp:lcp 4 0x0000000000000014 0x8864 0.0.0.0 28
	eth:pppoes:ppp:mp:ipv4:udp 6 0x0000000000004010 0x0800 10.1.0.1 20
	eth:pppoes:ppp:mpls:ipv4:udp 6 0x0000000000004210 0x0800 10.1.0.1 20
	eth:pppoes:ppp:UNK(0x1234) 4 0x0000080000000014 0x8864 0.0.0.0 56
	eth:pppoes:ppp:ipv4:udp 5 0x0000000000004010 0x0800 10.1.0.1 20
	eth:pppoed 2 0x000000000000000c 0x8863 0.0.0.0 46
	E
}

@test "IP in IP" {
	is "$(tunnel ipip)" <<-E
	eth:ipv4:ipv4:udp 4 0x0000000000024000 10.1.0.1 5000 20
	eth:ipv4:ipv4:ipv4:udp 5 0x0000000000024000 10.1.0.1 5000 20
	eth:ipv4:ipv6:udp 4 0x0000000000028000 fd01::1 5000 20
	eth:ipv6:ipv4:udp 4 0x0000000000004000 10.1.0.1 5000 20
	eth:ipv6:ipv6:udp 4 0x0000000000028000 fd01::1 5000 20
	eth:ipv4:ipv6:UNK(168) 4 0x0000080000028000 fd01::1 0 22
	eth:ipv4:UNK(94) 3 0x0000080000004000 192.168.0.1 0 40
	eth:ipv4:ipvx 3 0x0000080000014000 192.168.0.1 0 60
	eth:ipv4:ipvx 3 0x0000080000014000 192.168.0.1 0 40
	eth:ipv4:ipvx 3 0x0000080000014000 192.168.0.1 0 40
	eth:ipv4:ipvx 3 0x0000080800014000 192.168.0.1 0 0
	E
	is "$(tunnel ipip -o IPIP=0 | head -n 3)" <<-E
	eth:ipv4:ipv4 3 0x0000080000024000 192.168.0.1 0 28
	eth:ipv4:ipv4 3 0x0000080000024000 192.168.0.1 0 48
	eth:ipv4:ipv6 3 0x0000080000024000 192.168.0.1 0 28
	E
}

@test "IPv6 extension headers" {
	is "$(flows proto-ip6ext 'hdrDesc numHdrs flowStat srcPort l4Proto numBytesSnt')" <<-E
	eth:ipv6:ipv6.hopopts:udp 4 0x0000000000008000 5000 17 11
	eth:ipv6:ipv6.dstopts:udp 4 0x0000000000008001 1 17 2
	eth:ipv6:ipv6.routing:tcp 4 0x0000000000008001 1 6 0
	eth:ipv6 2 0x0000000000008000 0 59 48
	eth:ipv6:ipv6.hopopts 3 0x0000000000008000 0 59 0
	eth:ipv6:ipv6.hopopts:ipv6.dstopts:ipv6.routing:ipv6.fraghdr:udp 7 0x0000000000008001 1 17 3
	eth:ipv6:ipv6.hopopts:ipv6:udp 5 0x0000000000028000 5000 17 20
	eth:ipv6:ah:udp 4 0x0000000040008000 5000 17 4
	eth:ipv6:ah:ipv6:udp 5 0x0000000040028000 5000 17 20
	eth:ipv6:esp 3 0x0000000080008000 0 50 32
	eth:ipv6:UNK(168) 3 0x0000080000008000 0 168 22
	E
}

@test "GRE" {
	is "$(tunnel gre)" <<-E
	eth:ipv4:gre:ipv4:udp 5 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv4:gre:ipv4:udp 5 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv4:gre:ipv4:udp 5 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv4:gre:ipv4:udp 5 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv4:gre:ipv6 4 0x0000080000005000 192.168.0.1 0 68
	eth:ipv4:gre:mpls 4 0x0000080000005000 192.168.0.1 0 52
	eth:ipv4:gre:arp 4 0x0000080000005000 192.168.0.1 0 28
	eth:ipv4:gre:UNK(0xc098) 4 0x0000080000005000 192.168.0.1 0 48
	eth:ipv4:gre:ipvx 4 0x0000080000015000 192.168.0.1 0 48
	eth:ipv4:gre:ipvx 4 0x0000080000015000 192.168.0.1 0 0
	eth:ipv4:gre:ipv4:udp 5 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv4:gre:ipv4:udp 5 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv4:gre:ipv4:udp 5 0x0000000000005000 10.1.0.1 5000 20
	E
	is "$(tunnel gre -o GRE=0 | head -n 1)" <<-E
	eth:ipv4:gre 3 0x0000080000005000 192.168.0.1 0 48
	E
}

@test "GRE with PPP" {
	is "$(tunnel gre-ppp)" <<-E
	eth:ipv4:gre:ppp:ipv4:udp 6 0x0000000000007000 10.1.0.1 5000 20
	eth:ipv4:gre:ppp:ipv4:udp 6 0x0000000000007000 10.1.0.1 5000 20
	eth:ipv4:gre:ppp:ipv4:udp 6 0x0000000000007000 10.1.0.1 5000 20
	eth:ipv4:gre:ppp:ipv6:udp 6 0x000000000000b000 fd01::1 5000 20
	eth:ipv4:gre:ppp:ipv6:udp 6 0x000000000000b000 fd01::1 5000 20
	eth:ipv4:gre:ppp:lcp 5 0x0000080000007000 192.168.0.1 0 14
	eth:ipv4:gre:ppp:comp_data 5 0x0000280000007000 192.168.0.1 0 49
	eth:ipv4:gre:ppp:comp_data 5 0x0000280000007000 192.168.0.1 0 52
	eth:ipv4:gre 3 0x0000080000005000 192.168.0.1 0 0
	eth:ipv4:gre:ppp:UNK(0x1234) 5 0x0000080000007000 192.168.0.1 0 52
	E
}

@test "GRE with Ethernet, ERSPAN" {
	is "$(tunnel gre-eth)" <<-E
	eth:ipv4:gre:eth:ipv4:udp 6 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv4:gre:eth:vlan:ipv4:udp 7 0x0000000000005100 10.1.0.1 5000 20
	eth:ipv4:gre:eth:arp 5 0x0000080000005000 192.168.0.1 0 42
	eth:ipv4:gre:eth:llc:ipv4:udp 7 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv4:gre:erspan:eth:ipv4:udp 7 0x0000000004005000 10.1.0.1 5000 20
	eth:ipv4:gre:erspan:eth:ipv4:udp 7 0x0000000004005000 10.1.0.1 5000 20
	eth:ipv4:gre:erspan:eth:ipv4:udp 7 0x0000000004005000 10.1.0.1 5000 20
	eth:ipv4:gre:erspan:eth:ipv4:udp 7 0x0000000004005000 10.1.0.1 5000 20
	eth:ipv4:gre:erspan:eth:vlan:ipv4:udp 8 0x0000000004005100 10.1.0.1 5000 20
	eth:ipv4:gre:erspan:eth:arp 6 0x0000080004005000 192.168.0.1 0 50
	eth:erspan:eth:ipv4:udp 5 0x0000000004004000 10.1.0.1 5000 20
	E
	is "$(flows proto-gre-eth 'srcMac dstMac' | sed -n '1p;3p')" <<-E
	02:00:00:00:00:03 02:00:00:00:00:04
	02:00:00:00:00:01 02:00:00:00:00:02
	E
}

@test "GRE with WCCP" {
	is "$(tunnel gre-wccp)" <<-E
	eth:ipv4:gre:wccp:ipv4:udp 6 0x0000000008005000 10.1.0.1 5000 20
	eth:ipv4:gre:wccp:ipv6:udp 6 0x0000000008009000 fd01::1 5000 20
	eth:ipv4:gre:wccp:ipvx 5 0x0000080008015000 192.168.0.1 0 52
	E
}

@test "GRE over IPv6" {
	is "$(tunnel gre-6)" <<-E
	eth:ipv6:gre:ipv4:udp 5 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv6:gre:ipv6:udp 5 0x0000000000009000 fd01::1 5000 20
	eth:ipv6:gre:eth:ipv4:udp 6 0x0000000000005000 10.1.0.1 5000 20
	eth:ipv6:gre:ppp:ipv6:udp 6 0x000000000000b000 fd01::1 5000 20
	eth:ipv6:gre:ppp:ipv4:udp 6 0x0000000000007000 10.1.0.1 5000 20
	eth:ipv6:gre:arp 4 0x0000080000009000 fd00::1 0 28
	E
}

@test "EtherIP, PIM register, ESP, AH, L2TPv3" {
	is "$(flows proto-ip 'hdrDesc numHdrs flowStat srcIP srcPort l4Proto numBytesSnt')" <<-E
	eth:ipv4:etherip:eth:ipv4:udp 6 0x0000000000044000 10.1.0.1 5000 17 20
	eth:ipv4:etherip:eth:vlan:ipv4:udp 7 0x0000000000044100 10.1.0.1 5000 17 20
	eth:ipv4:etherip:eth:arp 5 0x0000080000044000 192.168.0.1 0 97 36
	eth:ipv4:etherip 3 0x0000080000044000 192.168.0.1 0 97 56
	eth:ipv4:pim:ipv4:udp 5 0x0000000000004000 10.1.0.1 5000 17 20
	eth:ipv4:pim:ipv6:udp 5 0x0000000000008000 fd01::1 5000 17 20
	eth:ipv4:pim 3 0x0000000000004000 192.168.0.1 0 103 24
	eth:ipv4:pim:ipvx 4 0x0000080000014000 192.168.0.1 0 103 48
	eth:ipv6:etherip:eth:ipv4:udp 6 0x0000000000044000 10.1.0.1 5000 17 20
	eth:ipv6:pim:ipv6:udp 5 0x0000000000008000 fd01::1 5000 17 20
	eth:ipv4:esp 3 0x0000000080004000 192.168.0.1 0 50 32
	eth:ipv4:ah:udp 4 0x0000000040004000 192.168.0.1 0 51 28
	eth:ipv4:l2tp 3 0x0000000000004800 192.168.0.1 0 115 44
	E
	is "$(tunnel ip -o ETHIP=0 | head -n 1)" <<-E
	eth:ipv4:etherip 3 0x0000080000044000 192.168.0.1 0 56
	E
}

@test "L2TP" {
	is "$(tunnel l2tp)" <<-E
	eth:ipv4:udp:l2tp:ppp:ipv4:udp 7 0x0000000000006800 10.1.0.1 5000 20
	eth:ipv4:udp:l2tp:ppp:ipv4:udp 7 0x0000000000006800 10.1.0.1 5000 20
	eth:ipv4:udp:l2tp:ppp:ipv4:udp 7 0x0000000000006800 10.1.0.1 5000 20
	eth:ipv4:udp:l2tp:ppp:ipv4:udp 7 0x0000000000006800 10.1.0.1 5000 20
	eth:ipv4:udp:l2tp:ppp:ipv6:udp 7 0x000000000000a800 fd01::1 5000 20
	eth:ipv4:udp:l2tp:ppp:mp:ipv4:udp 8 0x0000000000006800 10.1.0.1 5000 20
	eth:ipv4:udp:l2tp 4 0x0000080000004800 192.168.0.1 1701 40
	eth:ipv4:udp:l2tp:ppp:lcp 6 0x0000080000006800 192.168.0.1 1701 58
	eth:ipv4:udp:l2tp:ppp:ipv4:udp 7 0x0000000000006800 10.1.0.1 5000 20
	eth:ipv4:udp:l2tp:ppp:ipv4:udp 7 0x0000000000006800 10.1.0.1 5000 20
	eth:ipv6:udp:l2tp:ppp:ipv4:udp 7 0x0000000000006800 10.1.0.1 5000 20
	eth:ipv4:udp:l2tp 4 0x0000080000004800 192.168.0.1 1701 58
	E
	is "$(tunnel l2tp -o L2TP=0 | head -n 1)" <<-E
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 1701 58
	E
}

@test "Teredo" {
	is "$(tunnel teredo)" <<-E
	eth:ipv4:udp:teredo:ipv6:udp 6 0x0000000000088000 fd01::1 5000 20
	eth:ipv4:udp:teredo:ipv6:udp 6 0x0000000000088000 fd01::1 5000 20
	eth:ipv4:udp:teredo:ipv6:udp 6 0x0000000000088000 2001:0:c0a8:1::1 5000 20
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 68
	eth:ipv4:udp:teredo:ipv6:udp 6 0x0000000000088000 fd01::1 5000 20
	eth:ipv4:udp:teredo:ipv6:udp 6 0x0000000000088000 fd01::1 5000 20
	eth:ipv4:udp:teredo:ipv6:udp 6 0x0000000000088000 fd01::1 5000 20
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 1024 68
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 68
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 48
	eth:ipv6:udp:teredo:ipv6:udp 6 0x0000000000088000 2001:0:c0a8:1::1 5000 20
	eth:ipv4:udp:teredo:ipv6 5 0x0000000000088000 2001:0:1:: 0 0
	E
	is "$(tunnel teredo -o TEREDO=0 | head -n 1)" <<-E
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 68
	E
}

@test "AYIYA" {
	is "$(tunnel ayiya)" <<-E
	eth:ipv4:udp:ayiya:ipv6:udp 6 0x0000000000108000 fd01::1 5000 20
	eth:ipv4:udp:ayiya:ipv4:udp 6 0x0000000000104000 10.1.0.1 5000 20
	eth:ipv4:udp:ayiya:ipv6:udp 6 0x0000000000108000 fd01::1 5000 20
	eth:ipv4:tcp:ayiya:ipv6:udp 6 0x0000000000108000 fd01::1 5000 20
	eth:ipv4:udp:ayiya 4 0x0000080000104000 192.168.0.1 40000 44
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 1024 112
	eth:ipv4:udp:ayiya:ipv6:udp 6 0x0000000000108000 fd01::1 5000 20
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 92
	eth:ipv4:udp:ayiya:ipvx 5 0x0000080000114000 192.168.0.1 40000 92
	eth:ipv4:sctp 3 0x0000000001104000 192.168.0.1 40000 112
	E
	is "$(tunnel ayiya -o AYIYA=0 | head -n 1)" <<-E
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 112
	E
}

@test "GTP" {
	is "$(tunnel gtp)" <<-E
	eth:ipv4:udp:gtp:ipv4:udp 6 0x0000000000204000 10.1.0.1 5000 20
	eth:ipv4:udp:gtp:ipv4:udp 6 0x0000000000204000 10.1.0.1 5000 20
	eth:ipv4:udp:gtp:ipv4:udp 6 0x0000000000204000 10.1.0.1 5000 20
	eth:ipv4:udp:gtp:ipv6:udp 6 0x0000000000208000 fd01::1 5000 20
	eth:ipv4:udp:gtp:ipv4:udp 6 0x0000000000204000 10.1.0.1 5000 20
	eth:ipv4:udp:gtp:ipv4:udp 6 0x0000000000204000 10.1.0.1 5000 20
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 12
	eth:ipv4:udp:gtp 4 0x0000080000204000 192.168.0.1 40000 60
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 1024 56
	eth:ipv4:udp:gtp:ipv4:udp 6 0x0000000000204000 10.1.0.1 5000 20
	eth:ipv4:udp:gtp:ipvx 5 0x0000080000214000 192.168.0.1 40000 56
	eth:ipv4:udp:gtp:ipvx 5 0x0000080000214000 192.168.0.1 40000 4
	eth:ipv6:udp:gtp:ipv4:udp 6 0x0000000000204000 10.1.0.1 5000 20
	E
	is "$(tunnel gtp -o GTP=0 | head -n 1)" <<-E
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 56
	E
}

@test "VXLAN" {
	is "$(tunnel vxlan)" <<-E
	eth:ipv4:udp:vxlan:eth:ipv4:udp 7 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp:vxlan:eth:ipv4:udp 7 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp:vxlan:eth:arp 6 0x0000080000404000 192.168.0.1 40000 50
	eth:ipv4:udp:vxlan:eth:vlan:ipv4:udp 8 0x0000000000404100 10.1.0.1 5000 20
	eth:ipv4:udp:vxlan:eth:pppoes:ppp:ipv4:udp 9 0x0000000000404010 10.1.0.1 5000 20
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 70
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 70
	eth:ipv4:udp:vxlan:eth:ipv4:udp 7 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp:vxlan:eth:ipv4:udp 7 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 4789 70
	eth:ipv6:udp:vxlan:eth:ipv4:udp 7 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:tcp 3 0x0000000000004000 192.168.0.1 40000 70
	eth:ipv4:udp:vxlan:eth:ipv4:udp:vxlan:eth:ipv4:udp 11 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp:vxlan:eth:ipv4:udp 7 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 70
	E
	is "$(flows proto-vxlan 'srcMac dstMac ethVlanID' | sed -n '1p;3p;4p')" <<-E
	02:00:00:00:00:03 02:00:00:00:00:04 -
	02:00:00:00:00:01 02:00:00:00:00:02 -
	02:00:00:00:00:03 02:00:00:00:00:04 7
	E
	is "$(tunnel vxlan -o VXLAN=0 | head -n 1)" <<-E
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 70
	E
}

@test "VXLAN-GPE and NSH" {
	is "$(tunnel gpe)" <<-E
	eth:ipv4:udp:vxlan_gpe:ipv4:udp 6 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp:vxlan_gpe:ipv6:udp 6 0x0000000000408000 fd01::1 5000 20
	eth:ipv4:udp:vxlan_gpe:eth:ipv4:udp 7 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp:vxlan_gpe:nsh:eth:ipv4:udp 8 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp:vxlan_gpe:mpls:ipv4:udp 7 0x0000000000404200 10.1.0.1 5000 20
	eth:ipv4:udp:vxlan_gpe 4 0x0000080000404000 192.168.0.1 40000 56
	eth:ipv4:udp:vxlan_gpe:nsh:ipv4:udp 7 0x0000000000404000 10.1.0.1 5000 20
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 70
	E
}

@test "GENEVE" {
	is "$(tunnel geneve)" <<-E
	eth:ipv4:udp:geneve:eth:ipv4:udp 7 0x0000000020004000 10.1.0.1 5000 20
	eth:ipv4:udp:geneve:eth:ipv4:udp 7 0x0000000020004000 10.1.0.1 5000 20
	eth:ipv4:udp:geneve:eth:vlan:ipv4:udp 8 0x0000000020004100 10.1.0.1 5000 20
	eth:ipv4:udp:geneve:eth:arp 6 0x0000080020004000 192.168.0.1 40000 50
	eth:ipv4:udp 3 0x0000080000004000 192.168.0.1 40000 56
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 70
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 70
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 1024 70
	eth:ipv4:udp:geneve:eth:ipv4:udp 7 0x0000000020004000 10.1.0.1 5000 20
	eth:ipv6:udp:geneve:eth:ipv4:udp 7 0x0000000020004000 10.1.0.1 5000 20
	E
	is "$(tunnel geneve -o GENEVE=0 | head -n 1)" <<-E
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 70
	E
}

@test "CAPWAP, LWAPP" {
	is "$(tunnel capwap)" <<-E
	eth:ipv4:udp:capwap.data:eth:ipv4:udp 7 0x0000000000804000 10.1.0.1 5000 20
	eth:ipv4:udp:capwap.data:wlan:llc:ipv4:udp 8 0x0000000000804000 10.1.0.1 5000 20
	eth:ipv4:udp:capwap.data:eth:vlan:ipv4:udp 8 0x0000000000804100 10.1.0.1 5000 20
	eth:ipv4:udp:capwap.data:eth:arp 6 0x0000080000804000 192.168.0.1 40000 50
	eth:ipv4:udp:capwap.data:wlan:llc:ipv4:udp 8 0x0000000000804000 10.1.0.1 5000 20
	eth:ipv4:udp:capwap.data:wlan 5 0x0000080000804000 192.168.0.1 40000 80
	eth:ipv4:udp:capwap 4 0x0000080000804000 192.168.0.1 40000 56
	eth:ipv4:udp:capwap.data 4 0x0000080000804000 192.168.0.1 40000 8
	eth:ipv4:udp:capwap.data 4 0x0000080000804000 192.168.0.1 40000 70
	eth:ipv4:udp:capwap.data:dtls 5 0x0000080000804000 192.168.0.1 40000 52
	eth:ipv4:udp:capwap:dtls 5 0x0000080000804000 192.168.0.1 40000 52
	eth:ipv4:udp:capwap.data:eth:ipv4:udp 7 0x0000000000804000 10.1.0.1 5000 20
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 1024 70
	eth:ipv6:udp:capwap.data:eth:ipv4:udp 7 0x0000000000804000 10.1.0.1 5000 20
	E
	is "$(tunnel lwapp)" <<-E
	eth:ipv4:udp:lwapp:wlan:llc:ipv4:udp 8 0x0000000000804000 10.1.0.1 5000 20
	eth:ipv4:udp:lwapp 4 0x0000080000804000 192.168.0.1 40000 60
	eth:ipv4:udp:lwapp 4 0x0000080000804000 192.168.0.1 40000 54
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 1024 86
	eth:ipv4:udp:lwapp:wlan:llc:ipv4:udp 8 0x0000000000804000 10.1.0.1 5000 20
	E
	is "$(tunnel capwap -o CAPWAP=0 | head -n 1)" <<-E
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 70
	E
	is "$(tunnel lwapp -o LWAPP=0 | head -n 1)" <<-E
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 86
	E
}

@test "IPsec and SSDP over UDP are named" {
	is "$(sizes marks)" <<-E
	eth:ipv4:udp:udpencap:esp 0x0000000080004000 4500 4500 52
	eth:ipv4:udp:udpencap:isakmp 0x0000000000004000 4500 4500 52
	eth:ipv4:udp:udpencap 0x0000000000004000 4500 4500 1
	eth:ipv4:udp:ssdp 0x0000000002004000 40000 1900 8
	eth:ipv4:udp:ssdp 0x0000000002004000 1900 40000 8
	eth:ipv4:tcp:ssdp 0x0000000002004000 40000 1900 5
	eth:ipv4:udp 0x0000000000004000 1024 1900 8
	eth:ipv4:udp:ssdp 0x0000000002004000 1900 1900 0
	E
}

@test "all tunnels closed: the outer flow, the bit that says so" {
	is "$(tunnel vxlan -o VXLAN=0 -o GRE=0 | sed -n 3p)" <<-E
	eth:ipv4:udp 3 0x0000000000004000 192.168.0.1 40000 50
	E
	is "$(flows proto-mode 'hdrDesc flowStat srcIP' -o IPIP=0 -o TEREDO=0)" <<-E
	eth:ipv4:udp 0x0000000000004000 10.1.0.1
	eth:ipv6:udp 0x0000000000008000 fd01::1
	eth:ipv4:ipv6 0x0000080000024000 192.168.0.1
	eth:ipv6:ipv4 0x0000080000008000 fd00::1
	eth:arp 0x0000000000000044 0.0.0.0
	eth:ipv4:udp 0x0000000000004000 192.168.0.1
	eth:ipv6:icmpv6 0x0000000000008000 2001:db8::1
	E
}

@test "sizes: payload behind layer 4 by the headers, padding only in layer 2" {
	is "$(sizes size)" <<-E
	eth:ipv4:icmp 0x0000000000004000 0 0 10
	eth:ipv4:igmp 0x0000000000004000 0 0 12
	eth:ipv4:esp 0x0000000080004000 0 0 12
	eth:ipv4:UNK(99) 0x0000080800004000 0 0 0
	eth:ipv4:UNK(99) 0x0000080000004000 0 0 22
	eth:ipv4:sctp 0x0000000001004001 1 2 18
	eth:ipv6:icmpv6 0x0000000000008000 0 0 9
	eth:ipv6:UNK(200) 0x0000080000008000 0 0 22
	eth:ipv6:ipv6.hopopts:udp 0x0000000000008001 1 2 11
	eth:arp 0x0000000000000044 0 0 28
	eth:arp 0x0000000000000044 0 0 46
	eth:lldp 0x0000000000000024 0 0 33
	eth:llc:stp 0x0000000000000004 0 0 35
	eth:ipv4:udp 0x0000000000004001 1 2 4
	eth:ipv4:ospf 0x0000000000004000 0 0 28
	eth:ipv4:tcp 0x0000000000004001 1 2 7
	eth:ipv4:udplite 0x0000000000004001 1 2 9
	eth:ipv4:gre:UNK(0x1234) 0x0000080000005000 0 0 48
	eth:ipv4:ipv4:udp 0x0000000000024000 5000 6000 20
	eth:ipv4:ipv6:udp 0x0000000000028000 5000 6000 20
	eth:ipv6 0x0000000000008000 0 0 12
	eth:ipv6:tcp 0x0000000000008001 1 2 3
	E
	is "$(sizes size-frag)" <<-E
	eth:ipv4:udp 0x000008d000004000 0 0 40
	eth:ipv4:udp 0x0000009000004001 1 2 24
	eth:ipv6:ipv6.fraghdr 0x000000d000008000 0 0 40
	E
	is "$(sizes big)" <<-E
	eth:ipv4:udp 0x0000000000004001 1 2 65507
	eth:ipv4:tcp 0x0000100000004001 1 2 196485
	E
	is "$(flows proto-big 'maxPktSz')" <<-E
	65507
	65495
	E
}

@test "PACKETLENGTH: from layer 2, 3, 4, or the payload" {
	for n in 0 1 2 3; do
		flows proto-mode 'numBytesSnt' -o PACKETLENGTH=$n | tr '\n' ' '
		flows proto-size-frag 'numBytesSnt' -o PACKETLENGTH=$n | tr '\n' ' '
		flows proto-size-frag 'numBytesSnt' -o "PACKETLENGTH=$n,FRGIPPKTLENVIEW=0" | tr '\n' ' '
		echo
	done >"$BATS_TEST_TMPDIR/rows"
	is "$(sed 's/ $//' "$BATS_TEST_TMPDIR/rows")" <<-E
	62 82 102 102 42 110 62 54 66 54 74 66 102
	48 68 68 48 28 68 48 40 52 40 60 52 88
	28 28 28 28 28 28 8 40 32 40 40 32 40
	20 20 20 20 28 20 0 40 24 40 40 24 40
	E
}

@test "snapped: bit 33 from the first byte that is missing, ports as far as they are there" {
	is "$(sizes snap-tcp)" <<-E
	eth:ipv4:tcp 0x0000000200004000 0 0 132
	eth:ipv4:tcp 0x0000000200004000 1024 0 132
	eth:ipv4:tcp 0x0000000200004000 1111 0 132
	eth:ipv4:tcp 0x0000000200004000 1111 0 132
	eth:ipv4:tcp 0x0000000200004000 1111 80 132
	eth:ipv4:tcp 0x0000000200004000 1111 80 132
	eth:ipv4:tcp 0x0000000200004000 1111 80 100
	eth:ipv4:tcp 0x0000000200004000 1111 80 100
	eth:ipv4:tcp 0x0000000200004000 1111 80 100
	eth:ipv4:tcp 0x0000000200004000 1111 80 100
	eth:ipv4:tcp 0x0000000200004000 1111 80 100
	eth:ipv4:tcp 0x0000000000004000 1111 80 100
	E
	is "$(sizes snap-udp)" <<-E
	eth:ipv4:udp 0x0000000200004000 0 0 100
	eth:ipv4:udp 0x0000000200004000 1111 0 100
	eth:ipv4:udp 0x0000000200004000 1111 2222 100
	eth:ipv4:udp 0x0000000200004000 1111 2222 100
	eth:ipv4:udp 0x0000000200004000 1111 2222 100
	eth:ipv4:udp 0x0000000000004000 1111 2222 100
	eth:ipv6:udp 0x0000000200008000 0 0 100
	eth:ipv6:udp 0x0000000200008000 0 0 100
	eth:ipv6:udp 0x0000000200008000 1111 0 100
	eth:ipv6:udp 0x0000000200008000 1111 2222 100
	eth:ipv6:udp 0x0000000200008000 1111 2222 100
	eth:ipv6:udp 0x0000000200008000 1111 2222 100
	eth:ipv6:udp 0x0000000000008000 1111 2222 100
	E
}

@test "snapped: within the IP header, within layer 2" {
	flows proto-snap-ip flowStat >"$BATS_TEST_TMPDIR/rows"
	[ "$(cut -c 10 "$BATS_TEST_TMPDIR/rows" | grep -c '[2367abef]')" -eq 10 ]       # bit 33
	is "$(sizes snap-l2)" <<-E
	eth:arp 0x0000000000000044 0 0 28
	eth:arp 0x0000000000000044 0 0 28
	eth:vlan:arp 0x0000000000000144 0 0 28
	eth:llc:stp 0x0000000000000004 0 0 35
	E
}

@test "snapped: the walk ends where the number of the next header is missing (bit 43)" {
	is "$(flows proto-snap-next 'hdrDesc numHdrs flowStat srcIP l4Proto')" <<-E
	eth:ipv6:ipv6.hopopts 3 0x0000080200008000 2001:db8::1 0
	eth:ipv6 2 0x0000080200008000 :: 0
	eth:ipv6:ipv6.dstopts:ipv6.hopopts 4 0x0000080200008000 2001:db8::1 0
	eth:ipv6:ipv6.fraghdr 3 0x0000080200008000 2001:db8::1 44
	eth:ipv6:ah 3 0x0000080240008000 2001:db8::1 51
	eth:ipv4 2 0x0000080200004000 0.0.0.0 0
	eth:vlan 2 0x0000080000000104 0.0.0.0 0
	eth:mpls 2 0x0000080000000204 0.0.0.0 0
	eth:pppoes:ppp 3 0x0000080000000014 0.0.0.0 0
	eth:ipv4:gre 3 0x0000080200005000 192.168.0.1 47
	eth:ipv4:gre:eth 4 0x0000080200005000 192.168.0.1 47
	eth:ipv4 2 0x0000080200004000 192.168.0.1 4
	eth:ipv6 2 0x0000080200008000 fd00::1 41
	eth:ipv4:udp:vxlan:eth 5 0x0000080200404000 192.168.0.1 17
	eth:llc 2 0x0000080000000004 0.0.0.0 0
	E
}

@test "snapped: less than 16 bytes make no flow" {
	is "$(flows proto-snap-none 'flowInd numBytesSnt')" <<-E
	1 100
	E
}

@test "lengths: too short for IP (bit 34) or layer 4 (bit 35)" {
	is "$(sizes badlen)" <<-E
	eth:ipv4:udp 0x0000000c00004000 0 0 0
	eth:ipv4:udp 0x0000000800004000 0 0 0
	eth:ipv4:udp 0x0000000800004000 0 0 0
	eth:ipv4:udp 0x0000000000004001 1 2 0
	eth:ipv4:tcp 0x0000000800004000 0 0 0
	eth:ipv4:tcp 0x0000000000004001 1 2 0
	eth:ipv4:sctp 0x0000000801004000 0 0 3
	eth:ipv4:sctp 0x0000000001004001 1 2 4
	eth:ipv6:udp 0x0000000800008000 0 0 0
	eth:ipv6:udp 0x0000000000008001 1 2 0
	eth:ipv6:tcp 0x0000000800008000 0 0 0
	eth:ipv4:tcp 0x0000000800004001 1 2 0
	eth:ipv4:icmp 0x0000000800004000 0 0 0
	eth:ipv4:tcp 0x0000000000004001 1 2 20
	E
}

@test "lengths: 0 is segmentation offload, the frame tells (bit 47)" {
	is "$(sizes tso)" <<-E
	eth:ipv4:tcp 0x0000800000004001 1 2 100
	eth:ipv4:udp 0x0000800000004001 1 2 100
	eth:ipv6:tcp 0x0000800000008001 1 2 100
	eth:ipv4:tcp 0x0000800200004001 1 2 2946
	E
}

@test "lengths: those of jumbograms are in an option, unless beyond the frame (bit 47)" {
	is "$(sizes jumbo)" <<-E
	eth:ipv6:ipv6.hopopts:udp 0x0000000000008001 1 2 65536
	eth:ipv6:ipv6.hopopts:udp 0x0000000000008001 1 2 10
	eth:ipv6:ipv6.hopopts:udp 0x0000800000008001 1 2 15
	eth:ipv6:ipv6.hopopts:udp 0x0000000000008001 1 2 10
	E
}

@test "lengths: beyond the frame they are cut to it (bit 47), or believed with LEN_CAP=0" {
	is "$(sizes lencap)" <<-E
	eth:ipv6:UNK(168) 0x0000880a00008000 0 0 0
	eth:ipv4:udp 0x0000800000004001 1 2 10
	eth:ipv6:udp 0x0000800000008001 1 2 10
	eth:ipv4:udp 0x0000000200004001 1 2 1472
	eth:ipv4:ipv4:udp 0x0000800000024001 1 2 10
	E
	is "$(sizes lencap -o LEN_CAP=0)" <<-E
	eth:ipv6:UNK(168) 0x0000080200008000 0 0 41630
	eth:ipv4:udp 0x0000000200004001 1 2 1472
	eth:ipv6:udp 0x0000000200008001 1 2 1492
	eth:ipv4:udp 0x0000000200004001 1 2 1472
	eth:ipv4:ipv4:udp 0x0000000200024001 1 2 1472
	E
	same "$(sizes lencap -o LEN_CAP=0)" "$(sizes lencap -o compat=0.8.4)"
}

@test "bad IP headers: header length (bit 46), version (bit 16)" {
	is "$(flows proto-badip 'hdrDesc flowStat ethType srcIP srcPort l4Proto numBytesSnt')" <<-E
	eth:ipv4:udp 0x0000400000004000 0x0800 10.0.0.1 5000 17 10
	eth:ipv4:udp 0x0000400000004000 0x0800 10.0.0.1 5000 17 10
	eth:ipvx 0x0000000000010004 0x0800 0.0.0.0 0 0 38
	eth:ipvx 0x0000000000010004 0x86dd 0.0.0.0 0 0 58
	eth:ipvx 0x0000000000010004 0x0800 0.0.0.0 0 0 58
	eth:ipv4:udp 0x0000000000004000 0x0800 10.0.0.1 5000 17 10
	eth:ipv4:udp 0x0000000800004000 0x0800 10.0.0.1 0 17 0
	E
}

@test "optional columns: VLAN, MPLS, PPP" {
	is "$(flows proto-bfo 'ethVlanHdr mplsLabels pppHdr' -o BFO_VLAN=2 -o BFO_MPLS=1 -o BFO_PPP=1)" <<-E
	0x60648100;0x00058847 16;703710 0x00000000
	- - 0x00576000
	- - 0xff030057
	- - 0xff03c021
	- - 0x00000000
	- - 0xff030057
	- - 0x00000000
	- - 0x00000000
	E
	is "$(flows proto-bfo 'mplsTagsHex' -o BFO_MPLS=2 | head -n 1)" <<-E
	0x00010001;0xabcdebff
	E
	is "$(flows proto-bfo 'mplsLabel_ToS_S_TTL' -o BFO_MPLS=3 | head -n 1)" <<-E
	16_0_0_1;703710_5_1_255
	E
	is "$(flows proto-mpls 'mplsLabels' -o BFO_MPLS=1 | sed -n 5p)" <<-E
	1;2;3
	E
	is "$(flows proto-mpls 'mplsLabels' -o BFO_MPLS=1 -o BFO_MAX_MPLS=1 | sed -n 5p)" <<-E
	1
	E
}

@test "optional columns: L2TP, GRE" {
	is "$(flows proto-bfo 'l2tpHdr l2tpTID l2tpSID l2tpCCSID l2tpSrcIP l2tpDstIP' -o BFO_L2TP=1 | sed -n 2,5p)" <<-E
	0x0000 0 0 0 0.0.0.0 0.0.0.0
	0x4002 11 12 0 192.168.0.1 192.168.0.2
	0x0002 21 22 0 192.168.0.1 192.168.0.2
	0x0003 0 0 4660 192.168.0.1 192.168.0.2
	E
	is "$(flows proto-bfo 'greHdr greSrcIP greDstIP' -o BFO_GRE=1 | sed -n 5,7p)" <<-E
	0x00000000 0.0.0.0 0.0.0.0
	0x2000880b 192.168.0.1 192.168.0.2
	0x00000000 0.0.0.0 0.0.0.0
	E
}

@test "optional columns: Teredo" {
	is "$(flows proto-bfo 'trdoDstIP trdoDstPort' -o BFO_TEREDO=1 | tail -n 2)" <<-E
	192.0.2.45 40000
	0.0.0.0 0
	E
	is "$(flows proto-bfo 'trdo6SrcFlgs trdo6SrcSrvIP4 trdo6SrcCPIP4 trdo6SrcCPPort' -o BFO_TEREDO=1 | tail -n 2)" <<-E
	0x80 65.54.227.120 192.0.2.45 40000
	0x00 0.0.0.0 0.0.0.0 0
	E
	is "$(flows proto-bfo 'trdo6DstFlgs trdo6DstSrvIP4 trdo6DstCPIP4 trdo6DstCPPort' -o BFO_TEREDO=1 | tail -n 2)" <<-E
	0x00 1.2.3.4 0.0.0.0 0
	0x00 0.0.0.0 0.0.0.0 0
	E
}

@test "optional columns: sensor, labels of an unknown place" {
	is "$(flows proto-bfo 'sensorID srcIPASN srcIPLat_Lng_relP' -o BFO_SENSORID=1,BFO_SUBNET_ASN=1,BFO_SUBNET_LL=1 | uniq)" <<-E
	666 0 666_666_-1
	E
	is "$(flows proto-bfo 'sensorID' -o BFO_SENSORID=1 -x 4711 | uniq)" <<-E
	4711
	E
	is "$(flows proto-bfo 'srcIPCC' -o BFO_SUBNET_HEX=1 | uniq)" <<-E
	0x00000000
	E
	is "$(flows core-key-l2 'srcIPCC srcIPWho dstIPCC dstIPWho' | uniq)" <<-E
	-- "--" -- "--"
	E
}

# link NUMBER...
link() {
	local n
	for n; do
		echo "$n" && flows "link-$n" 'hdrDesc flowStat srcMac dstMac ethType srcIP srcPort numBytesSnt'
	done
}

@test "link types: loopback and raw IP" {
	is "$(link 0)" <<-E
	0
	null:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	null:UNK(0x0007) 0x0000080000000006 - - 0x0007 0.0.0.0 0 30
	null:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	E
	is "$(link 108 12 14 101 228 229 8 102 109 117 226)" <<-E
	108
	null:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	null:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	12
	raw:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	raw:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	raw:ipvx 0x0000000000010006 - - 0x0000 0.0.0.0 0 31
	14
	raw:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	raw:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	raw:ipvx 0x0000000000010006 - - 0x0000 0.0.0.0 0 31
	101
	raw:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	raw:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	raw:ipvx 0x0000000000010006 - - 0x0000 0.0.0.0 0 31
	228
	ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	ipvx 0x0000000000010006 - - 0x0000 0.0.0.0 0 68
	229
	ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	ipvx 0x0000000000010006 - - 0x0000 0.0.0.0 0 48
	8
	slip:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	slip:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	102
	slip:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	109
	enc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	enc:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	117
	pflog:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	pflog:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	226
	ipnet:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	ipnet:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	E
}

@test "link types: cooked captures, NFLOG" {
	is "$(link 113 276 239)" <<-E
	113
	sll:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 00:00:00:01:00:06 0x0800 10.1.0.1 5000 20
	sll:ipv6:udp 0x0000000000008000 02:00:00:00:00:01 00:00:00:01:00:06 0x86dd fd01::1 5000 20
	sll:arp 0x0000000000000044 02:00:00:00:00:01 00:00:00:01:00:06 0x0806 0.0.0.0 0 28
	sll:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 00:00:00:01:00:06 0x0800 10.1.0.1 5000 20
	sll:vlan:ipv4:udp 0x0000000000004100 02:00:00:00:00:01 00:00:00:01:00:06 0x0800 10.1.0.1 5000 20
	sll:eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	sll:UNK(0x000c) 0x0000080000000004 02:00:00:00:00:01 00:00:00:01:00:06 0x000c 0.0.0.0 0 16
	sll:radiotap:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	276
	sll2:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 00:01:00:01:00:06 0x0800 10.1.0.1 5000 20
	sll2:ipv6:udp 0x0000000000008000 02:00:00:00:00:01 00:01:00:01:00:06 0x86dd fd01::1 5000 20
	sll2:arp 0x0000000000000044 02:00:00:00:00:01 00:01:00:01:00:06 0x0806 0.0.0.0 0 28
	sll2:UNK(0x000c) 0x0000080000000004 02:00:00:00:00:01 00:01:00:01:00:06 0x000c 0.0.0.0 0 16
	239
	nflog:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	nflog:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	nflog:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	nflog:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	nflog 0x0000080000000006 - - 0x0000 0.0.0.0 0 8
	E
}

@test "link types: PPP, Cisco HDLC, frame relay" {
	is "$(link 9 9-parts 166 204 104 205 107 206 51 219)" <<-E
	9
	ppp:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	ppp:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	ppp:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	ppp:chdlc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	ppp:chdlc:arp 0x0000000000000046 - - 0x0806 0.0.0.0 0 28
	ppp:lcp 0x0000000000000006 - - 0xc021 0.0.0.0 0 10
	ppp:mpls:ipv4:udp 0x0000000000004202 - - 0x0800 10.1.0.1 5000 20
	9-parts
	ppp:mp:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	ppp:mp:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	ppp:mp 0x0000080000000006 - - 0x003d 0.0.0.0 0 54
	ppp:bcp:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	ppp:bcp:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	ppp:bcp 0x0000080000000006 - - 0x0031 0.0.0.0 0 42
	166
	ppp:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	ppp:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	204
	ppp:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	104
	chdlc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	chdlc:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	chdlc:cdp 0x0000000000000006 - - 0x2000 0.0.0.0 0 20
	chdlc:mpls:ipv4:udp 0x0000000000004202 - - 0x0800 10.1.0.1 5000 20
	205
	chdlc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	107
	fr:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	fr:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	fr:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	fr:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	fr:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	fr:UNK(0x08) 0x0000080000000006 - - 0x0008 0.0.0.0 0 20
	fr:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	fr:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	206
	fr:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	51
	pppoes:ppp:ipv4:udp 0x0000000000004012 - - 0x0800 10.1.0.1 5000 20
	219
	mpls:ipv4:udp 0x0000000000004202 - - 0x0800 10.1.0.1 5000 20
	E
	same "$(link 9 | sed 1d)" "$(link 50 | sed 1d)"
}

@test "link types: IP without link header, cut within its header" {
	local n
	for n in 228 229; do
		same "$(link $n-as-101 | sed '1d; s/^raw://')" "$(link $n-as-$n | sed 1d)"
		same 4 "$(link $n-as-$n | sed 1d | wc -l)"
	done
}

@test "link types: a length of AVS that wraps around" {
	is "$(link 192-avs)" <<-E
	192-avs
	E
}

@test "link types: wireless" {
	is "$(link 105 127 127-body 119 119-avs 163 192)" <<-E
	105
	wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:03 0x0800 10.1.0.1 5000 20
	wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:03 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:04 02:00:00:00:00:03 0x0800 10.1.0.1 5000 20
	wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:03 0x0800 10.1.0.1 5000 20
	wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:03 0x0800 10.1.0.1 5000 20
	wlan 0x0000000000000004 02:00:00:00:00:02 02:00:00:00:00:01 0x0000 0.0.0.0 0 40
	wlan 0x0000000000000004 00:00:00:00:00:00 02:00:00:00:00:01 0x0000 0.0.0.0 0 4
	wlan 0x0000000000000004 02:00:00:00:00:02 02:00:00:00:00:01 0x0000 0.0.0.0 0 0
	wlan 0x0000000000000004 02:00:00:00:00:02 02:00:00:00:00:03 0x0000 0.0.0.0 0 0
	wlan 0x0000000000000004 02:00:00:00:00:02 02:00:00:00:00:03 0x0000 0.0.0.0 0 60
	wlan:llc:eapol 0x0000000000000004 02:00:00:00:00:02 02:00:00:00:00:03 0x888e 0.0.0.0 0 20
	127
	radiotap:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	radiotap:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:03 0x0800 10.1.0.1 5000 20
	radiotap:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	127-body
	radiotap:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:03 0x0800 10.1.0.1 5000 20
	radiotap:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:03 0x0800 10.1.0.1 5000 20
	radiotap:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:03 0x0800 10.1.0.1 5000 20
	radiotap:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	radiotap:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:04 0x0800 10.1.0.1 5000 20
	119
	prism:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	119-avs
	prism:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	163
	prism:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	192
	ppi:eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	ppi:wlan:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:02 02:00:00:00:00:01 0x0800 10.1.0.1 5000 20
	ppi 0x0000080000000004 - - 0x0000 0.0.0.0 0 70
	E
}

@test "link types: switch tags and frames in frames" {
	is "$(link 281 282 284 285 274 240 241)" <<-E
	281
	eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	282
	eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	284
	eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	eth:arp 0x0000000000000044 02:00:00:00:00:01 02:00:00:00:00:02 0x0806 0.0.0.0 0 28
	285
	eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	274
	fpp:eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	240
	netanalyzer:eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	241
	netanalyzer:eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	E
}

@test "link types: rings, FDDI, IEEE 1394, ATM, firewalls" {
	is "$(link 6 10 138 100 178 137 167 99)" <<-E
	6
	tr:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	tr:llc:ipv4:udp 0x0000000000004000 82:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	10
	fddi:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	138
	ieee1394:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	100
	llc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	llc:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	llc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	llc:ipv6:udp 0x0000000000008002 - - 0x86dd fd01::1 5000 20
	llc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	llc:osi 0x0000000000000006 - - 0xfefe 0.0.0.0 0 21
	178
	juniper:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	juniper:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	juniper:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	juniper 0x0000080000000006 - - 0x0000 0.0.0.0 0 62
	137
	juniper:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	juniper:llc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	167
	juniper:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	99
	symantec:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	symantec:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	E
}

@test "link types: InfiniBand, Fibre Channel, SunATM, ERF, PKTAP" {
	is "$(link 242 122 123 197 258)" <<-E
	242
	ipoib:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	ipoib:arp 0x0000000000000046 - - 0x0806 0.0.0.0 0 28
	122
	ipfc:llc:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	123
	sunatm:llc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	sunatm 0x0000080000000006 - - 0x0000 0.0.0.0 0 40
	197
	erf:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	erf:ppp:chdlc:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	erf:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	erf:eth:ipv4:udp 0x0000000000004002 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	erf 0x0000080000000006 - - 0x0000 0.0.0.0 0 52
	258
	pktap:eth:ipv4:udp 0x0000000000004000 02:00:00:00:00:01 02:00:00:00:00:02 0x0800 10.1.0.1 5000 20
	pktap:null:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	pktap:raw:ipv4:udp 0x0000000000004002 - - 0x0800 10.1.0.1 5000 20
	pktap 0x0000080000000006 - - 0x0000 0.0.0.0 0 168
	pktap 0x0000080000000006 - - 0x0000 0.0.0.0 0 168
	E
}

@test "link types: 802.15.4 and unknown ones are layer 2 flows, never refused" {
	is "$(link 195 215 230 283 147 9999)" <<-E
	195
	wpan 0x0000000000000006 - - 0x0000 0.0.0.0 0 40
	215
	wpan 0x0000000000000006 - - 0x0000 0.0.0.0 0 40
	230
	wpan 0x0000000000000006 - - 0x0000 0.0.0.0 0 40
	283
	wpan 0x0000000000000006 - - 0x0000 0.0.0.0 0 40
	147
	UNK(0x0093) 0x0000080000000006 - - 0x0000 0.0.0.0 0 60
	UNK(0x0093) 0x0000080000000006 - - 0x0000 0.0.0.0 0 48
	9999
	UNK(0x270f) 0x0000080000000006 - - 0x0000 0.0.0.0 0 60
	E
}
