/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * protostat.c - packets and bytes by ethertype, IP protocol and port, and their table.
 *
 * A connection counts on its server's port in both directions: where the flow goes to, or where
 * it comes from if it is inverted.  Surprise: percentages refer to all packets, to all IP packets
 * and to all packets of the port's protocol, as the seed's file has them.
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

static void
print_head(const struct protostat_table *v, const struct totals *tot, FILE *f)
{
	static const char *const title[PROTOCOLS] = {
		[IP_TCP] = "TCP", [IP_UDP] = "UDP", [IP_UDPLITE] = "UDP-Lite", [IP_SCTP] = "SCTP",
	};
	static const char *const number[] = {
		[NAMES_ETHER] = "L2/3 Protocol", [NAMES_PROTO] = "L4 Protocol",
		[NAMES_PORT] = "Port",
	};

	if (v->kind == NAMES_PROTO)
		fprintf(f, "# Total IPv4 packets captured: %" PRIu64 "\n"
		    "# Total IPv6 packets captured: %" PRIu64 "\n", tot->ipv4, tot->ipv6);
	else
		fprintf(f, "# Total %s packets captured: %" PRIu64 "\n",
		    v->kind == NAMES_ETHER ? "Ether" : title[v->proto], v->whole);
	fprintf(f, "# %s\tPackets\tPercentage\tDescription\n", number[v->kind]);
}

void
protostat_print(const struct protostat *s, struct t2 *t, FILE *f)
{
	struct protostat_table v[TABLES];
	struct protostat_names names;
	int n = protostat_tables(s, t2_totals(t), v);
	struct name name;

	protostat_names_get(&names, s, t);
	for (int i = 0; i < n; i++) {
		if (i > 0)
			putc('\n', f);
		print_head(&v[i], t2_totals(t), f);
		for (uint32_t k = 0; k < v[i].n; k++) {
			if (v[i].v[k].pkts == 0)
				continue;
			protostat_name(&names, &v[i], k, &name);
			fprintf(f, v[i].kind == NAMES_ETHER ? "0x%04x" : "%u", k);
			fprintf(f, "\t%" PRIu64 "\t%11.3f\t%.*s\n", v[i].v[k].pkts,
			    protostat_percent(&v[i], k), (int)name.ntext, name.text);
		}
	}
	protostat_names_close(&names);
}
