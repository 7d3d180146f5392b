/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcpFlags_bits.c - what the bits of the columns mean, in the words of the documentation.
 *
 * Option numbers are those of IANA's registries "TCP Option Kind Numbers", "IP Option Numbers"
 * and "Destination Options and Hop-by-Hop Options".  Surprise: IPv6 option types have 8 bits, of
 * which the columns keep 5, so that a bit may stand for several options.
 */
#include "tcpFlags.h"

#define BIT(no, text) { no, 0, NULL, text }
#define END { .no = -1 }

const struct bit tcpFlags_fstat_bits[] = {
	BIT(0, "Packet no good for interdistance assessment"),
	BIT(1, "Scan detected in flow"),
	BIT(2, "Successful scan detected in flow"),
	BIT(3, "Timestamp option decreasing"),
	BIT(4, "TCP option init"),
	BIT(5, "ACK packet loss state machine init"),
	BIT(6, "Window state machine initialized"),
	BIT(7, "Window state machine count up/down"),
	BIT(8, "L4 checksum calculation if present"),
	BIT(9, "UDP-Lite checksum coverage error"),
	END
};

const struct bit tcpFlags_ip_bits[] = {
	BIT(0, "IP options corrupt"),
	BIT(1, "IPv4 packets out of order"),
	BIT(2, "IPv4 ID roll over"),
	BIT(3, "IP fragment below minimum"),
	BIT(4, "IP fragment out of range"),
	BIT(5, "More Fragment bit"),
	BIT(6, "IPv4: Don't Fragment bit, IPv6: reserve bit"),
	BIT(7, "Reserve bit"),
	BIT(8, "Fragmentation position error"),
	BIT(9, "Fragmentation sequence error"),
	BIT(10, "L3 checksum error"),
	BIT(11, "L4 checksum error"),
	BIT(12, "L3 header length snapped"),
	BIT(13, "Packet interdistance = 0"),
	BIT(14, "Packet interdistance < 0"),
	BIT(15, "TCP SYN flag with L7 content"),
	END
};

const struct bit tcpFlags_tcp_bits[] = {
	BIT(0, "FIN: No more data, finish connection"),
	BIT(1, "SYN: Synchronize sequence numbers"),
	BIT(2, "RST: Reset connection"),
	BIT(3, "PSH: Push data"),
	BIT(4, "ACK: Acknowledgement field value valid"),
	BIT(5, "URG: Urgent pointer valid"),
	BIT(6, "ECE: ECN-Echo"),
	BIT(7, "CWR: Congestion Window Reduced flag is set"),
	END
};

const struct bit tcpFlags_anomaly_bits[] = {
	BIT(0, "FIN-ACK flag"),
	BIT(1, "SYN-ACK flag"),
	BIT(2, "RST-ACK flag"),
	BIT(3, "SYN-FIN flag, scan or malicious packet"),
	BIT(4, "SYN-FIN-RST flag, potential malicious scan packet or channel"),
	BIT(5, "FIN-RST flag, abnormal flow termination"),
	BIT(6, "Null flag, potential NULL scan packet, or malicious channel"),
	BIT(7, "XMas flag, potential Xmas scan packet, or malicious channel"),
	BIT(8, "L4 option field corrupt or not acquired"),
	BIT(9, "SYN retransmission"),
	BIT(10, "Sequence Number retry"),
	BIT(11, "Sequence Number out of order"),
	BIT(12, "Sequence mess in flow order due to pcap packet loss"),
	BIT(13, "Sequence number jump forward"),
	BIT(14, "ACK number out of order"),
	BIT(15, "Duplicate ACK"),
	END
};

const struct bit tcpFlags_opt_bits[] = {
	BIT(0, "End of Option List"),
	BIT(1, "No-Operation"),
	BIT(2, "Maximum Segment Size"),
	BIT(3, "Window Scale"),
	BIT(4, "SACK Permitted"),
	BIT(5, "SACK"),
	BIT(6, "Echo (obsoleted by option 8)"),
	BIT(7, "Echo Reply (obsoleted by option 8)"),
	BIT(8, "Timestamps"),
	BIT(9, "Partial Order Connection Permitted (obsolete)"),
	BIT(10, "Partial Order Service Profile (obsolete)"),
	BIT(11, "CC (obsolete)"),
	BIT(12, "CC.NEW (obsolete)"),
	BIT(13, "CC.ECHO (obsolete)"),
	BIT(14, "TCP Alternate Checksum Request (obsolete)"),
	BIT(15, "TCP Alternate Checksum Data (obsolete)"),
	BIT(16, "Skeeter"),
	BIT(17, "Bubba"),
	BIT(18, "Trailer Checksum Option"),
	BIT(19, "MD5 Signature Option (obsoleted by option 29)"),
	BIT(20, "SCPS Capabilities"),
	BIT(21, "Selective Negative Acknowledgements"),
	BIT(22, "Record Boundaries"),
	BIT(23, "Corruption experienced"),
	BIT(24, "SNAP"),
	BIT(25, "Unassigned"),
	BIT(26, "TCP Compression Filter"),
	BIT(27, "Quick-Start Response"),
	BIT(28, "User Timeout Option (also, other known unauthorized use)"),
	BIT(29, "TCP Authentication Option (TCP-AO)"),
	BIT(30, "Multipath TCP (MPTCP)"),
	BIT(31, "all options > 30"),
	END
};

const struct bit tcpFlags_opt4_bits[] = {       /* of the part behind the underscore */
	BIT(0, "End of Options List"),
	BIT(1, "No Operation"),
	BIT(2, "Security"),
	BIT(3, "Loose Source Route"),
	BIT(4, "Time Stamp"),
	BIT(5, "Extended Security"),
	BIT(6, "Commercial Security"),
	BIT(7, "Record Route"),
	BIT(8, "Stream ID"),
	BIT(9, "Strict Source Route"),
	BIT(10, "Experimental Measurement"),
	BIT(11, "MTU Probe"),
	BIT(12, "MTU Reply"),
	BIT(13, "Experimental Flow Control"),
	BIT(14, "Experimental Access Control"),
	BIT(15, "Encode"),
	BIT(16, "IMI Traffic Descriptor"),
	BIT(17, "Extended Internet Protocol"),
	BIT(18, "Traceroute"),
	BIT(19, "Address Extension"),
	BIT(20, "Router Alert"),
	BIT(21, "Selective Directed Broadcast"),
	BIT(23, "Dynamic Packet State"),
	BIT(24, "Upstream Multicast Packet"),
	BIT(25, "Quick-Start"),
	BIT(30, "RFC3692-style experiment"),
	END
};

const struct bit tcpFlags_opt6_bits[] = {       /* of both parts */
	BIT(1, "PadN"),
	BIT(2, "Jumbo Payload"),
	BIT(3, "RPL Option"),
	BIT(4, "Tunnel Encapsulation Limit"),
	BIT(5, "Router Alert"),
	BIT(6, "Quick-Start"),
	BIT(7, "CALIPSO"),
	BIT(8, "SMF_DPD"),
	BIT(9, "Home Address"),
	BIT(10, "Endpoint Identification"),
	BIT(11, "ILNP Nonce"),
	BIT(12, "Line-Identification Option"),
	BIT(13, "MPL Option"),
	BIT(14, "IP_DFF"),
	BIT(15, "Performance and Diagnostic Metrics"),
	BIT(16, "Minimum Path MTU Hop-by-Hop Option"),
	BIT(17, "IOAM"),
	BIT(30, "RFC3692-style experiment"),
	END
};
