/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loop.c - the bare libpcap read loop, the unit in which the benchmark counts.
 * Usage: loop FILE; prints packets, captured bytes and bytes on the wire.
 */
#define _DEFAULT_SOURCE              /* pcap.h wants u_int */
#include <stdio.h>

#include <pcap/pcap.h>

int
main(int argc, char **argv)
{
	char msg[PCAP_ERRBUF_SIZE];
	struct pcap_pkthdr *head;
	const unsigned char *data;
	unsigned long long packets = 0, captured = 0, wire = 0;
	pcap_t *pcap;
	int rc;

	if (argc != 2) {
		fputs("usage: loop FILE\n", stderr);
		return 2;
	}
	pcap = pcap_open_offline(argv[1], msg);
	if (!pcap) {
		fprintf(stderr, "loop: %s\n", msg);
		return 1;
	}
	while ((rc = pcap_next_ex(pcap, &head, &data)) == 1) {
		packets++;
		captured += head->caplen;
		wire += head->len;
	}
	if (rc == PCAP_ERROR)
		fprintf(stderr, "loop: %s: %s\n", argv[1], pcap_geterr(pcap));
	pcap_close(pcap);
	printf("%llu %llu %llu\n", packets, captured, wire);
	return rc == PCAP_ERROR;
}
