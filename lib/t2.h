/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2.h - the public interface of libt2, the only header that plugins include; it includes the other
 * installed ones.
 *
 * A packet walks one way: capture -> dissection -> flow -> plugin slots -> columns -> writer.
 * There is one section per source file of lib/.  Numbers are in host byte order unless a note
 * says otherwise; times are nanoseconds since 1970-01-01 UTC in signed 64 bits.
 */
#ifndef T2_H
#define T2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cur.h"         /* bounded reading of packet bytes */
#include "names.h"       /* names of vendors, ports, protocols */
#include "pkt.h"         /* one dissected packet */
#include "table.h"       /* keyed counters */

#define T2_VERSION "0.9.0"              /* of this toolkit */
#define T2_ABI 1u                       /* changes with every layout that a plugin can see */
#define NS_PER_SEC INT64_C(1000000000)
#define NS_PER_US INT64_C(1000)

struct t2;                              /* one run: engine.c */
struct out;                             /* one output stream: out.c */

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* desc.c - header descriptions: equal layer stacks share one text ------------------------- */

struct desc {
	uint32_t hash, refs;            /* of the layers; users */
	uint32_t nhdr;                  /* numHdrs */
	uint16_t nlayer, len;           /* layers; bytes of text */
	bool cut;                       /* the text was too long */
	struct desc *next;              /* same hash chain */
	const char *text;               /* eth:ipv4:tcp, at most T2_HDRDESC_LEN - 1 characters */
	struct layer layer[];           /* what it describes */
};
struct desc *desc_get(struct t2 *t, const struct pkt *p);       /* adds a reference */
void desc_put(struct t2 *t, struct desc *d);                    /* drops it */
/* True if p has the layer stack of d. */
static inline bool
desc_is(const struct desc *d, const struct pkt *p)
{
	if (d->nlayer != p->nlayer || d->nhdr != p->nhdr)
		return false;
	for (unsigned i = 0; i < d->nlayer; i++)
		if (d->layer[i].proto != p->layer[i].proto ||
		    d->layer[i].value != p->layer[i].value ||
		    d->layer[i].count != p->layer[i].count)
			return false;
	return true;
}

/* flow.c - one direction of a conversation ------------------------------------------------ */

/* The first two cache lines are what every packet touches. */
struct flow {                           /* first, in two cache lines, what packets touch */
	struct flow_key key;
	uint64_t stat;                  /* FS() bits */
	int64_t last;                   /* time of the last packet, ns */
	uint64_t arrival;               /* number of the last packet */
	uint64_t npkts;                 /* packets so far, the current one included */
	struct flow *opp;               /* the other direction, or NULL */
	uint32_t hash, id;              /* of key; number of this block in its arena */
	uint32_t ipid;                  /* of the previous packet */
	uint32_t fragid;                /* of the pending datagram, if FS(FRAGPEND) */
	uint16_t alarms;                /* a bit for each plugin that raised one: alarm.c */
	uint8_t ipver;                  /* 4, 6 or 0 (L2) */
	char dir;                       /* 'A' or 'B', set before the record is written */
	int64_t first;                  /* time of the first packet, ns */
	uint64_t index;                 /* flowInd, equal in both directions */
	int64_t timeout;                /* ns */
	_Alignas(8) unsigned char slots[];      /* of the plugins, offsets fixed at start */
};

/* The other direction's slot of the same plugin; NULL without other direction. */
static inline void *
flow_opp_slot(const struct flow *f, const void *slot)
{
	ptrdiff_t off = (const unsigned char *)slot - (const unsigned char *)f;

	return f->opp != NULL ? (unsigned char *)f->opp + off : NULL;
}

/* The living flow with exactly this key, or NULL. */
struct flow *flow_find(struct t2 *t, const struct flow_key *key);
/* The key of the opposite direction. */
void flow_key_swap(struct flow_key *to, const struct flow_key *from);
/* Sets the idle time in ns after which f may end (a pair ends when both may). */
void flow_timeout(struct t2 *t, struct flow *f, int64_t ns);
/* ORs FS() bits into the flow and into the run's aggregate. */
void flow_mark(struct t2 *t, struct flow *f, uint64_t bits);

/* alarm.c - plugins pick flows out, or end them ------------------------------------------- */

/*
 * A condition on a direction so far, with an option for each of the two things that may follow:
 * an alarm when it ends, or its end.  The options hold the limit or mask that is handed to
 * holds(); 0 is off, and then nothing is called.
 */
struct watch {
	const char *alarm, *force;      /* names of options of the plugin, or NULL */
	bool (*holds)(const struct flow *f, const void *slot, int64_t limit);
};                                      /* ends with holds NULL */
/* For plugins that know better themselves.  In init: this plugin may raise an alarm in this run.
 * Returns its number, -1 with t2_error() set. */
int alarm_join(struct t2 *t);
/* Number who raises the alarm for f, at any packet or in flow_end.  Bit 49 follows when one did,
 * or, with ALARM_AND=1, all that joined. */
void flow_alarm(struct t2 *t, struct flow *f, int who);
/* Ends f and its opposite before the next packet, bit 41; later packets make a new pair.  False,
 * and nothing happens, without FORCE_MODE=1. */
bool flow_force(struct t2 *t, struct flow *f);

/* opt.c - run-time options ---------------------------------------------------------------- */

struct opt {
	const char *name;               /* spelled as in the reference; NULL ends the table */
	int64_t min, max;               /* allowed range; both 0 for a string */
	int64_t def;                    /* default */
	int64_t compat;                 /* value with compat=0.8.4 */
	const char *str;                /* default of a string option */
	const char *text;               /* one line for the manual */
};
#define OPT(name, min, max, def, text) { name, min, max, def, def, NULL, text }
#define OPT_COMPAT(name, min, max, def, compat, text) { name, min, max, def, compat, NULL, text }
#define OPT_STR(name, def, text) { name, 0, 0, 0, 0, def, text }

struct optval {
	int64_t n;
	const char *s;                  /* of string options */
};

/* A core option's value by name, for plugins that need one (SENSORID, TSTAMP_PREC...). */
const struct optval *opt_core(const struct t2 *t, const char *name);
/* The same of another plugin; NULL if it is not loaded. */
const struct optval *opt_plugin(const struct t2 *t, const char *plugin, const char *name);

/* type.c, col.c, schema.c - columns ------------------------------------------------------- */

struct bit {                            /* meaning of one bit of an H8..H64 column */
	int no;                         /* bit number; -1 ends the table */
	char level;                     /* 'W' or 'I': the report prints the line; 0: it does not */
	const char *report;             /* wording of the end report, NULL none */
	const char *text;               /* wording of the bit tables */
};

enum col_base { BASE_SLOT, BASE_FLOW }; /* what .off counts from */

/*
 * One output column.  A plain column is type + offset; all others have emit, which calls put_*
 * for the value's parts.  A type is written as in the headers file: U64, H16, IPX, MAC:R,
 * MAC_MAC_U64:R.  when: options that must be non-zero, as
 * "BFO_MAC", "!BFO_MAC", "BFO_VLAN=2", several separated by commas.  TIME is a point in time in
 * ns (printed as U64.U32), a plain U64.U32 is a duration in ns.
 */
struct col {
	const char *name;               /* NULL ends the table */
	const char *type;
	enum col_base base;
	size_t off;
	void (*emit)(struct out *o, const struct flow *f, const void *slot, void *state);
	const char *when;
	const struct bit *bits;
	const char *text;               /* description in the headers file */
};

/* One column of the packet records.  fixed: the packet's key alone decides. */
struct pktcol {
	const char *name;
	const char *type;
	void (*emit)(struct out *o, const struct pkt *p, const struct flow *f, const void *slot,
	    void *state);
	const char *when;
	const struct bit *bits;
	const char *text;
	bool fixed;
};

/* out.c - the writer: put_* append one value in the configured text form ------------------ */

void put_u64(struct out *o, uint64_t v);
void put_i64(struct out *o, int64_t v);
void put_hex(struct out *o, uint64_t v, int digits);
void put_float(struct out *o, float v);
void put_double(struct out *o, double v);
void put_time(struct out *o, int64_t ns);       /* a duration */
void put_span(struct out *o, int64_t from, int64_t to); /* the time between two points */
void put_point(struct out *o, int64_t ns);      /* time point: RELTIME, B2T_TIMESTR apply */
void put_mac(struct out *o, const uint8_t *mac);
void put_ip4(struct out *o, const uint8_t *addr);
void put_ip6(struct out *o, const uint8_t *addr);
void put_ip(struct out *o, int version, const uint8_t *addr);  /* version 0: no address */
void put_class(struct out *o, const char *s, size_t n);        /* type SC: no quotes */
void put_string(struct out *o, const char *s, size_t n);       /* type S: quoted */
void put_char(struct out *o, char c);
void put_rep(struct out *o);                    /* between repeated values: ; */
void put_sub(struct out *o);                    /* between parts of a compound value: _ */

/* monitor.c - what a run tells while it goes on ------------------------------------------- */

enum mon_kind {
	MON_COUNT,                      /* grows: a report may tell its growth since the last one */
	MON_LEVEL,                      /* as of now */
	MON_RATE,                       /* a count of bytes as kbit/s of capture time */
	MON_BITS,                       /* a 64-bit hexadecimal number, as of now */
};

/*
 * One number of a monitoring report, found in the plugin's state: a plain one is an uint64_t at
 * .off, all others have a function.  metric: its name for Prometheus, with labels; if left out it
 * is made of the names of plugin and column.
 */
struct moncol {
	const char *name;               /* of the column; NULL ends the table */
	enum mon_kind kind;
	size_t off;
	uint64_t (*count)(const void *state);
	double (*level)(const void *state);
	const char *metric;
	const char *text;               /* one line for the manual and Prometheus */
};

#define T2_COLD SIZE_MAX                /* hot_size of a slot that few packets touch */

/* plugin.c - plugins ---------------------------------------------------------------------- */

struct plugin {
	uint32_t abi;                   /* T2_ABI */
	uint32_t layout;                /* T2_LAYOUT */
	const char *name, *version;
	int order;                      /* place in the column order, 1..999 */
	const char *about;              /* one sentence for the manual */
	const struct opt *opts;         /* or NULL */
	/* packet() or flow_new() decide on when flows end or which direction is A, and so on flow
	 * indexes: t2extract runs no others, unless FORCE_MODE=1. */
	bool shapes_flows;
	bool reads_opposite;            /* packet() reads the opposite direction's slot */
	size_t flow_size;               /* bytes of the slot in each flow, zeroed at birth */
	size_t hot_size;                /* those at its start that most packets touch; 0: 64, or
	                                 * T2_COLD: none */
	const struct col *cols;         /* or NULL */
	const struct pktcol *pktcols;   /* or NULL */
	const struct moncol *moncols;   /* or NULL */
	bool pktcols_plain;             /* they need nothing of what the hooks gather */
	const struct watch *watches;    /* or NULL */
	/* All state hangs off init's result; NULL is failure (message in t2_error()). */
	void *(*init)(struct t2 *t, const struct optval *opt);
	/* True if the options leave packet() nothing to do: it is then not called. */
	bool (*idle)(const void *state);
	void (*start)(void *state, FILE *report);       /* lines of the start report */
	void (*flow_new)(void *state, void *slot, struct flow *f, const struct pkt *p);
	void (*packet)(void *state, void *slot, struct flow *f, const struct pkt *p);
	void (*flow_end)(void *state, void *slot, struct flow *f);      /* before its record */
	void (*flow_gone)(void *state, void *slot, struct flow *f);     /* after its record */
	void (*report)(void *state, FILE *report);      /* lines of the end report */
	int (*files)(void *state, const char *prefix);  /* side files; -1: t2_error() set */
	void (*fini)(void *state);
};
/* Changes with the size of each structure that plugins read or fill, should T2_ABI be forgotten. */
#define T2_LAYOUT_STEP(so_far, s) ((so_far) * 16777619u + (uint32_t)sizeof(s))
#define T2_LAYOUT T2_LAYOUT_STEP(T2_LAYOUT_STEP(T2_LAYOUT_STEP(T2_LAYOUT_STEP(T2_LAYOUT_STEP( \
	T2_LAYOUT_STEP(T2_LAYOUT_STEP(T2_LAYOUT_STEP(T2_LAYOUT_STEP( \
	(uint32_t)sizeof(struct plugin), struct pkt), struct flow), struct col), struct pktcol), \
	struct opt), struct optval), struct bit), struct watch), struct totals)
#define PLUGIN_HEAD T2_ABI, T2_LAYOUT

/* A plugin's only external symbol.  Built into the library it is NAME_plugin, as a .so it is
 * t2_plugin: the same source, one -DT2_SO. */
#ifdef T2_SO
#define PLUGIN(name) const struct plugin t2_plugin
#else
#define PLUGIN(name) const struct plugin name##_plugin
#endif

/* engine.c - the run: what plugins and tools may ask of it -------------------------------- */

enum l2_type { L2_STP, L2_ISO, L2_ARP, L2_RARP, L2_N }; /* LLC SAP 0x42, 0xfe; ethertypes */
struct totals {                         /* of the run so far */
	uint64_t npkts, bytes, raw;     /* packets; captured bytes; wire bytes */
	uint64_t pkts_dir[2], bytes_dir[2];     /* by inversion bit: A, B; captured bytes */
	uint64_t ipv4, ipv6, ipvx;      /* packets by innermost IP version */
	uint64_t frag4, frag6;          /* fragmented packets */
	uint64_t bytes4, bytes6;        /* captured bytes by innermost IP version */
	uint64_t l2_pkts[L2_N], l2_bytes[L2_N];         /* without IP; captured bytes */
	uint64_t proto_pkts[256], proto_bytes[256];     /* innermost protocol; captured bytes */
	uint64_t llc, gre, teredo, ayiya, arp, rarp;    /* packets with such a header */
	uint64_t hdr_min, hdr_max;      /* headers per packet */
	uint64_t hdr_sum, hdr_n;        /* sum of them, packets in it */
	uint64_t vlan_max, mpls_max;    /* most tags, labels in a packet */
	uint64_t full;                  /* bytes from the L2 header on by the IP lengths */
	uint64_t flows, flows_dir[2];   /* created: all, without, with opposite */
	uint64_t answers;               /* lone flows written with the inversion bit */
	uint64_t live, live_max;        /* flow directions in memory */
	uint64_t evicted;               /* flows written early for --max-flows */
	uint64_t alarms;                /* flows written with the alarm bit */
	uint64_t nodissector;           /* packets of a link type without decoder */
	uint64_t stat;                  /* aggregate of all status bits */
	int64_t first, last;            /* time of first and last packet */
};
const struct totals *t2_totals(const struct t2 *t);
void t2_error(struct t2 *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int64_t t2_now(const struct t2 *t);     /* time of the current packet */
int64_t t2_previous(const struct t2 *t);        /* of the one before in the same direction */
struct geo *t2_geo(struct t2 *t);       /* opened at the first call; NULL: t2_error() set */
const char *t2_share(const struct t2 *t);       /* folder of the shipped data files */
/* data.c: the path of a data file.  A path stays as it is, a name is looked up in the user's data
 * folder, then in that of the shipped ones.  The caller frees it.  NULL: out of memory. */
char *data_find(const struct t2 *t, const char *name);
/* prefix.c: makes the file PREFIX suffix, never over an input; -1: t2_error() set. */
int prefix_write(struct t2 *t, const char *prefix, const char *suffix,
    void (*print)(FILE *f, void *arg), void *arg);

/* geo.c - address labels ------------------------------------------------------------------ */

struct geo;
struct geo_label {
	const char *cc, *who;           /* country, organisation: no NUL behind; "--" unknown */
	uint32_t cclen, wholen;
	uint32_t asn;                   /* AS number, 0 unknown */
	float lat, lng, radius;         /* degrees, km; 666, 666, -1 unknown */
	uint32_t code;                  /* code word of the text format, 0 unknown */
	bool tor;                       /* the code word's Tor bit */
};
struct geo_conf {
	const char *share_dir;          /* shipped files */
	const char *const *dirs;        /* the user's folders, best first, NULL-terminated */
	bool no_user_data;              /* shipped ranges only: reproducible runs */
};
struct geo *geo_open(const struct geo_conf *conf, char *err, size_t errlen);
void geo_find(struct geo *g, int version, const uint8_t *addr, struct geo_label *out);
/* geo_net.c: before geo_net(); false: no memory. */
bool geo_nets(struct geo *g);
/* Puts the first address of its labelled range in place of addr; false: it has no label. */
bool geo_net(struct geo *g, int version, uint8_t *addr);
bool geo_has_tor(const struct geo *g);          /* some range has the Tor bit */
void geo_describe(const struct geo *g, FILE *out);
void geo_close(struct geo *g);

/* fmt.c, fmt_float.c, fmt_text.c - values as text: no NUL is written, the new end is returned  */

enum { FMT_MAX = 64 };                  /* enough for all forms but fmt_double and fmt_text */
enum { FMT_DOUBLE_MAX = 320 };
char *fmt_u64(char *p, uint64_t v);
char *fmt_i64(char *p, int64_t v);
char *fmt_hex(char *p, uint64_t v, int digits, bool upper);
char *fmt_mac(char *p, const uint8_t mac[6], char sep);
char *fmt_ip4(char *p, const uint8_t a[4]);
char *fmt_ip6(char *p, const uint8_t a[16]);
char *fmt_time(char *p, int64_t ns, int digits);
char *fmt_iso(char *p, int64_t ns, int digits);
char *fmt_float(char *p, float v);
char *fmt_double(char *p, double v);
char *fmt_text(char *p, char *e, const char *s, size_t n);

/* fmt_report.c - numbers as the end report words them: NUL-terminated, returns buf -------- */

char *fmt_human(char *buf, size_t n, uint64_t v);       /* " (1.22 M)", "" below 1024 */
char *fmt_percent(char *buf, size_t n, double part, double whole);
char *fmt_span(char *buf, size_t n, int64_t ns, int digits);
char *fmt_point(char *buf, size_t n, int64_t ns, int digits, bool utc);
char *fmt_speed(char *buf, size_t n, double bps);
/* The country of an address, " (CH)"; "" if g does not know it or is NULL. */
char *fmt_country(char *buf, size_t n, struct geo *g, int version, const uint8_t *addr);

#endif
