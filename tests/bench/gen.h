/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gen.h - what the three files of the generator share: gen.c says which conversations there are
 * and when, talk.c who takes part and what comes next, frame.c puts it into bytes.
 */
#ifndef BENCH_GEN_H
#define BENCH_GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kind { TCP, UDP, ICMP, UNREACH, IGMP, FRAG, GRE, ARP };

enum tcp_flag { FIN = 0x01, SYN = 0x02, PSH = 0x08, ACK = 0x10 };

enum { CLIENTS = 4000, SPECIALS = 7 };

enum { FRAME_MAX = 2048, NOISE_LEN = 65536, DATA_MAX = 1440 };

struct flow {
	uint32_t ip[2];         /* client, server; the last four bytes in IPv6 */
	uint16_t port[2];
	uint16_t vlan;          /* 0: untagged */
	uint8_t kind;           /* enum kind */
	bool v6;
	bool both;              /* the server answers */
	bool mid;               /* TCP: already open when the capture starts */
	bool stamps;            /* TCP: timestamps option */
	uint8_t seen;           /* bit per direction that sent */
	uint32_t total;         /* packets planned */
	uint32_t sent;          /* packets made so far */
	uint32_t seq[2];        /* TCP: next sequence number */
};

struct step {
	unsigned dir;           /* 0: client to server */
	uint8_t flags;          /* TCP */
	size_t len;             /* payload, bytes */
	uint32_t us;            /* time since start of capture, microseconds */
	const uint8_t *data;    /* at least len bytes */
};

struct special {
	uint8_t kind;
	bool v6;
	bool both;
	uint32_t flows;
	uint32_t each;          /* packets per flow */
};

struct profile {
	const char *name;
	uint64_t packets;
	uint32_t flows;         /* A directions, specials included */
	uint32_t answered;      /* B directions, those of specials not counted */
	uint32_t rank;          /* sizes fall as 1 / (number + rank)^2 */
	uint32_t servers;
	uint32_t seconds;
	uint32_t snap;          /* bytes kept of a frame */
	uint32_t pad;           /* smallest frame on the wire, bytes */
	uint32_t udp_pct[2];    /* of the larger flows, of the others */
	uint32_t v6_pct, vlan_pct;
	uint32_t stamps_pct;    /* of TCP flows carry timestamps */
	uint32_t bulk_pct;      /* of answers that are full segments */
	struct special special[SPECIALS];
};

struct rng {
	uint64_t state;
};

/* A number from 0 to below - 1. */
uint32_t
rnd(struct rng *r, uint32_t below);

/* Addresses, ports and habits of conversation number i. */
void
flow_dress(struct rng *r, const struct profile *pr, struct flow *f, uint32_t i);

/* What the next packet of f is, from the number of those before it. */
void
step_choose(struct rng *r, const struct profile *pr, const struct flow *f, struct step *s);

/* Writes the next frame of f to out[FRAME_MAX], returns its length on the wire without padding. */
size_t
frame_build(uint8_t *out, struct flow *f, const struct step *s);

#endif
