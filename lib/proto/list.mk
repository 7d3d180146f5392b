# Protocol files, one word each: lib/proto/NAME.c ends in the table NAME_protos.
PROTOS = eth vlan llc ethertype slow mpls ip4 ip6 ipproto tcp udp sctp ospf igmp pim \
	gre erspan wccp ppp pppoe l2tp etherip ipsec ssdp teredo ayiya gtp vxlan geneve \
	capwap wlan sll null hdlc vendor ieee802 carrier
