/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * protostat.c - packets and bytes by ethertype, IP protocol and port, and their table.
 *
 * A connection counts on its server's port in both directions: where the flow goes to, or where
 * it comes from if it is inverted.  Surprise: percentages refer to all packets, to all IP packets
 * and to all packets of the port's protocol, as the seed's file has them.  In the wide layout, that
 * of the program 0.8.4, those of IP protocols refer to all packets.
 */
#include <inttypes.h>

#include "protostat.h"

static void
add(struct tally *v, const struct pkt *p)
{
	v->pkts++;
	v->bytes += p->caplen;
}

static int
port_table(uint8_t proto)
{
	switch (proto) {
	case IP_TCP:
		return PORT_TCP;
	case IP_UDP:
		return PORT_UDP;
	case IP_UDPLITE:
		return PORT_UDPLITE;
	case IP_SCTP:
		return PORT_SCTP;
	}
	return -1;
}

void
protostat_count(struct protostat *s, const struct flow *f, const struct pkt *p)
{
	const struct flow_key *k = &f->key;
	int i;

	if (s->last == p->num)          /* of several flows: SCTP_ACTIVATE */
		return;
	s->last = p->num;
	add(&s->type[k->ethertype], p);
	if (f->ipver == 0)
		return;
	add(&s->proto[k->proto], p);
	if ((i = port_table(k->proto)) >= 0)
		add(&s->port[i][f->stat & FS(INVERTED) ? k->sport : k->dport], p);
}

int
protostat_tables(const struct protostat *s, const struct totals *tot,
    struct protostat_table v[TABLES])
{
	static const struct {
		const char *layer;
		uint8_t proto;
	} port[PORT_N] = {
		[PORT_TCP] = { "tcp", IP_TCP }, [PORT_UDP] = { "udp", IP_UDP },
		[PORT_UDPLITE] = { "udplite", IP_UDPLITE }, [PORT_SCTP] = { "sctp", IP_SCTP },
	};
	int n = 0;

	if (s->ether)
		v[n++] = (struct protostat_table){ "ether", s->type, TYPES, tot->npkts,
		    NAMES_ETHER, 0 };
	v[n++] = (struct protostat_table){ "ip", s->proto, PROTOCOLS, tot->ipv4 + tot->ipv6,
	    NAMES_PROTO, 0 };
	for (int i = 0; i < PORT_N; i++) {
		if ((i == PORT_UDPLITE && !s->udplite) || (i == PORT_SCTP && !s->sctp))
			continue;
		v[n++] = (struct protostat_table){ port[i].layer, s->port[i], PORTS,
		    tot->proto_pkts[port[i].proto], NAMES_PORT, port[i].proto };
	}
	return n;
}

void
protostat_names_get(struct protostat_names *n, const struct protostat *s, struct t2 *t)
{
	*n = (struct protostat_names){ { NULL } };
	n->by_kind[NAMES_ETHER] = names_get(t, NAMES_ETHER, s->files[0]);
	n->by_kind[NAMES_PROTO] = names_get(t, NAMES_PROTO, s->files[1]);
	n->by_kind[NAMES_PORT] = names_get(t, NAMES_PORT, s->files[2]);
}

void
protostat_names_close(struct protostat_names *n)
{
	for (int i = 0; i <= NAMES_ETHER; i++)
		names_close(n->by_kind[i]);
}

bool
protostat_name(const struct protostat_names *n, const struct protostat_table *v, uint32_t number,
    struct name *out)
{
	struct names *list = n->by_kind[v->kind];

	*out = (struct name){ .s = "", .text = "" };
	if (v->kind == NAMES_PORT)
		number = names_port(v->proto, (uint16_t)number);
	return list != NULL && names_find(list, number, out);
}

static const char *const port_title[PROTOCOLS] = {
	[IP_TCP] = "TCP", [IP_UDP] = "UDP", [IP_UDPLITE] = "UDP-Lite", [IP_SCTP] = "SCTP",
};
static const char *const number_title[] = {
	[NAMES_ETHER] = "L2/3 Protocol", [NAMES_PROTO] = "L4 Protocol", [NAMES_PORT] = "Port",
};

static void
print_head(const struct protostat_table *v, const struct totals *tot, FILE *f)
{
	if (v->kind == NAMES_PROTO)
		fprintf(f, "# Total IPv4 packets captured: %" PRIu64 "\n"
		    "# Total IPv6 packets captured: %" PRIu64 "\n", tot->ipv4, tot->ipv6);
	else
		fprintf(f, "# Total %s packets captured: %" PRIu64 "\n",
		    v->kind == NAMES_ETHER ? "Ether" : port_title[v->proto], v->whole);
	fprintf(f, "# %s\tPackets\tPercentage\tDescription\n", number_title[v->kind]);
}

static void
wide_total(const char *layer, const char *what, uint64_t part, uint64_t whole, FILE *f)
{
	char human[24], percent[24];

	fprintf(f, "# Total %s %s: %" PRIu64 "%s%s\n", layer, what, part,
	    fmt_human(human, sizeof(human), part),
	    fmt_percent(percent, sizeof(percent), (double)part, (double)whole));
}

static void
wide_head(const struct protostat_table *v, const struct totals *tot, FILE *f)
{
	const char *layer = v->kind == NAMES_PORT ? port_title[v->proto] : "";
	char pkts[24], bytes[24];

	if (v->kind == NAMES_ETHER) {
		fprintf(f, "# Total packets: %" PRIu64 "%s\n# Total bytes: %" PRIu64 "%s\n",
		    tot->npkts, fmt_human(pkts, sizeof(pkts), tot->npkts),
		    tot->bytes, fmt_human(bytes, sizeof(bytes), tot->bytes));
	} else if (v->kind == NAMES_PROTO) {
		wide_total("IPv4", "packets", tot->ipv4, tot->npkts, f);
		wide_total("IPv6", "packets", tot->ipv6, tot->npkts, f);
	} else {
		wide_total(layer, "packets", v->whole, tot->npkts, f);
		wide_total(layer, "bytes", tot->proto_bytes[v->proto], tot->bytes, f);
		if (v->whole == 0)
			return;
	}
	fprintf(f, "# %s%s%s\t%20s\t%20s\tDescription\n", layer, *layer == '\0' ? "" : " ",
	    number_title[v->kind], "Packets", "Bytes");
}

static void
wide_number(uint64_t part, uint64_t whole, FILE *f)
{
	fprintf(f, "\t%20" PRIu64 " [%6.2f%%]", part,
	    whole > 0 ? 100 * (double)part / (double)whole : 0);
}

/* A row as far as its description */
static void
wide_row(const struct protostat_table *v, uint32_t k, const struct totals *tot, FILE *f)
{
	bool port = v->kind == NAMES_PORT;

	fprintf(f, v->kind == NAMES_ETHER ? "0x%04x" : port ? "%5u" : "%3u", k);
	wide_number(v->v[k].pkts, port ? v->whole : tot->npkts, f);
	wide_number(v->v[k].bytes, port ? tot->proto_bytes[v->proto] : tot->bytes, f);
}

static void
print_row(const struct protostat_table *v, uint32_t k, FILE *f)
{
	fprintf(f, v->kind == NAMES_ETHER ? "0x%04x" : "%u", k);
	fprintf(f, "\t%" PRIu64 "\t%11.3f", v->v[k].pkts, protostat_percent(v, k));
}

void
protostat_print(const struct protostat *s, struct t2 *t, FILE *f)
{
	const struct totals *tot = t2_totals(t);
	struct protostat_table v[TABLES];
	struct protostat_names names;
	int n = protostat_tables(s, tot, v);
	struct name name;

	protostat_names_get(&names, s, t);
	for (int i = 0; i < n; i++) {
		if (i > 0)
			fputs(s->wide ? "\n\n" : "\n", f);
		(s->wide ? wide_head : print_head)(&v[i], tot, f);
		for (uint32_t k = 0; k < v[i].n; k++) {
			if (v[i].v[k].pkts == 0)
				continue;
			if (s->wide)
				wide_row(&v[i], k, tot, f);
			else
				print_row(&v[i], k, f);
			protostat_name(&names, &v[i], k, &name);
			fprintf(f, "\t%.*s\n", (int)name.ntext, name.text);
		}
	}
	protostat_names_close(&names);
}
