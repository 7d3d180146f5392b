/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * walk.h - what the decoders of lib/proto/ see: the walk over the headers of a packet.
 */
#ifndef T2_WALK_H
#define T2_WALK_H

#include "t2.h"

/* dissect.c, proto/ ----------------------------------------------------------------------- */

enum space {                            /* where a number that names the next header is from */
	SP_END, SP_LINK, SP_ETHER, SP_LLC, SP_IP, SP_PPP, SP_PORT, SP_N
};
struct proto_key {
	enum space space;
	uint32_t value;
};
struct walk;

/*
 * One protocol header.  keys say where it hangs; decode reads the header at w->c, fills in the
 * packet and names the next one by walk_next(), else the walk ends.  decode NULL: a name only.
 * For SP_PORT keys decode returns false if the bytes are not its protocol after all, and has
 * pushed its own name by then if they are; elsewhere the walker pushes the name first.
 */
struct proto {
	const char *name;               /* in hdrDesc */
	const struct proto_key *keys;   /* ends with SP_END */
	bool (*decode)(struct walk *w);
	bool folds;                     /* equal neighbours print once: vlan{2} */
	bool silent;                    /* the walker pushes no name: decode does, or nobody */
};
#define KEYS(...) (const struct proto_key[]){ __VA_ARGS__, { SP_END, 0 } }

struct dissect_conf {                   /* options of the core that dissection obeys */
	bool ipv4, ipv6;                /* IPV6_ACTIVATE: which versions get IP flows */
	int l2;                         /* ETH_ACTIVATE */
	bool sctp;                      /* SCTP_ACTIVATE is on */
	int packetlength;               /* PACKETLENGTH */
	bool fragipview;                /* FRGIPPKTLENVIEW */
	bool len_cap, unk_swap, hdraggr, rawmac;
	bool ayiya, geneve, teredo, l2tp, gre, gtp, vxlan, ipip, ethip, capwap, lwapp;
};
enum { PROTO_MAP = 65536 };
struct dissect {                        /* read-only during the run */
	struct dissect_conf conf;
	const struct proto **map[SP_N]; /* PROTO_MAP entries each */
	uint64_t port[PROTO_MAP / 64];  /* a bit for each port that SP_PORT knows: stays cached */
};
int dissect_init(struct dissect *d, const struct dissect_conf *conf);
void dissect_free(struct dissect *d);
/* Fills p; data, ts, num, caplen, wirelen, linktype and stat are set by the caller. */
void dissect(const struct dissect *d, struct pkt *p);

struct walk {                           /* one walk over one packet */
	struct pkt *p;
	const struct dissect *d;
	uint32_t off;                   /* of the next header; may lie behind caplen */
	enum space space;               /* what names the next header; SP_END none */
	enum space from;                /* and what named the current one */
	uint32_t value;
	uint32_t end;                   /* where the enclosing lengths say the bytes end */
	uint32_t l2;                    /* last Ethernet-like header met */
	uint32_t dmac, smac;            /* its addresses, if macs */
	uint32_t pay;                   /* where the last L2 header ended */
	uint32_t depth;                 /* headers walked */
	uint16_t vlan, ethertype;       /* innermost so far */
	uint16_t port;                  /* the port that named the current header (SP_PORT) */
	bool macs;                      /* l2 has addresses */
	bool open;                      /* a tunnel header that no IP header has followed yet */
};
/* A cursor at the next header. */
static inline struct cur
walk_cur(const struct walk *w)
{
	return pkt_cur(w->p, w->off);
}
static inline const struct proto *
proto_find(const struct dissect *d, enum space space, uint32_t value)
{
	return value < PROTO_MAP ? d->map[space][value] : NULL;
}
/* Adds a header to the description. */
static inline void
walk_push(struct walk *w, const struct proto *proto)
{
	struct pkt *p = w->p;

	p->nhdr++;
	if (proto->folds && p->nlayer > 0 && p->layer[p->nlayer - 1].proto == proto &&
	    w->d->conf.hdraggr)
		p->layer[p->nlayer - 1].count++;
	else if (p->nlayer < LAYER_MAX)
		p->layer[p->nlayer++] = (struct layer){ proto, 0, 1 };
}
/* Pushes the name of a header that is not decoded. */
bool walk_name(struct walk *w, enum space space, uint32_t value);
/* Pushes UNK(value) in the form of its number space and stops dissecting. */
bool walk_unknown(struct walk *w, enum space space, uint32_t value);
void walk_l2(struct walk *w, uint32_t dmac, uint32_t smac);     /* an L2 header with addresses */
bool walk_stop(struct walk *w);         /* bit 43, the walk ends; returns true */
/* The next header is the one of this number, n bytes from here. */
static inline bool
walk_next(struct walk *w, uint32_t n, enum space space, uint32_t value)
{
	w->off += n;
	w->space = space;
	w->value = value;
	return true;
}
bool walk_ether(struct walk *w, uint16_t type);         /* an EtherType or LLC length follows */
bool walk_eth(struct walk *w, uint32_t n);              /* a whole Ethernet frame follows */
bool walk_ip(struct walk *w, uint32_t n);               /* IPv4 or IPv6 by the version nibble */
/* Source and destination port at the cursor become the packet's, unless the IP length leaves no
 * room for a header of head bytes behind a plain IP header: false then. */
bool walk_port_pair(struct walk *w, uint32_t head);
bool walk_ports(struct walk *w, uint32_t n);            /* TCP or UDP payload: whose is it? */
bool walk_ppp(struct walk *w, uint32_t n);              /* a PPP protocol field follows */
bool walk_ppp_tunnel(struct walk *w, uint32_t n);       /* PPP inside GRE or L2TP */
bool walk_snap(struct walk *w, uint32_t pad);            /* OUI and type of SNAP follow */
bool walk_wlan(struct walk *w, uint32_t n, bool swapped); /* an IEEE 802.11 frame follows */
bool walk_ipvx(struct walk *w);         /* the version nibble is wrong: ipvx, bit 16 */
/* An IP version that makes no flows in this run: its payload is named only. */
bool walk_closed(struct walk *w, uint16_t type);
/* An IP header of hl bytes at w->off, len bytes with payload, becomes the packet's. */
void walk_commit(struct walk *w, uint8_t version, uint32_t hl, uint32_t len);
/* An IP header of head bytes directly in another one is a tunnel, maybe with its status bit; false
 * if such stay closed. */
static inline bool
walk_nested(struct walk *w, uint32_t head, bool ipip)
{
	struct pkt *p = w->p;

	if (p->ipver == 0 || w->from != SP_IP)
		return true;
	p->l4hl = head;
	if (ipip)
		p->stat |= FS(IPIP);
	return w->d->conf.ipip;
}
/* The bytes left for an IP packet by the lengths outside of it. */
static inline uint32_t
walk_avail(const struct walk *w)
{
	return w->end > w->off ? w->end - w->off : 0;
}
/* An IP packet's length by its header, cut to what is left; bytes that were not captured are
 * flagged. */
static inline uint32_t
walk_ip_length(struct walk *w, uint32_t len)
{
	uint32_t avail = walk_avail(w);

	if (len > avail && w->d->conf.len_cap) {
		w->p->stat |= FS(LENCAP);
		len = avail;
	}
	if (pkt_avail(w->p, w->off) < len)
		w->p->stat |= FS(L3SNAP);
	return len;
}
/* The fields of a fragment: offset in 8-byte units, more to come. */
static inline void
walk_fragment(struct pkt *p, uint16_t off, bool more)
{
	p->fragoff = off;
	p->mf = more;
	p->frag = off != 0 ? FRAG_LATER : more ? FRAG_FIRST : FRAG_NONE;
	if (p->frag != FRAG_NONE)
		p->stat |= FS(FRAG);
}
/* The port at the other end of port. */
static inline uint16_t
walk_other_port(const struct walk *w, uint16_t port)
{
	return w->p->key.dport == port ? w->p->key.sport : w->p->key.dport;
}
extern const struct proto eth_proto, llc_proto, ip4_proto, ip6_proto, ppp_proto, teredo_proto;
extern const struct proto *const proto_list[];          /* generated from proto/list.mk */

#endif
