/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * priv.h - what the files of lib/ share and what tools drive a run with.
 *
 * Plugins include t2.h only.  Order of sections: options, output, columns, plugins, capture,
 * dissection, fragments, flows, the run.
 */
#ifndef T2_PRIV_H
#define T2_PRIV_H

#include "t2.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* opt.c ----------------------------------------------------------------------------------- */

struct optset {                         /* the options of one owner: a plugin or the core */
	const char *owner;              /* "basicFlow", "core", "txtSink" */
	const struct opt *table;
	struct optval *val;             /* one per table row */
	uint8_t *level;                 /* source: 0 default, 1 compat, 2 file, 3 environment, 4 -o */
};
struct opts {
	struct optset *v;
	size_t n;
	char **kept;                    /* strings that values point into */
	size_t nkept;
	bool compat;                    /* compat=0.8.4 given */
	char err[256];                  /* why the last call failed, one line */
};
void opts_init(struct opts *o);
void opts_free(struct opts *o);
/* Adds an owner's table with default values.  -1: a doubled name (err). */
int opts_add(struct opts *o, const char *owner, const struct opt *table);
/* "owner.NAME=value", "NAME=value" (any owner) or "compat=0.8.4"; -1 and err, which names the
 * nearest valid name or the range. */
int opts_set(struct opts *o, const char *assignment);
/* Sources in rising order of precedence; all but the environment fail on unknown names. */
int opts_file(struct opts *o, const char *path, bool must_exist);
int opts_environ(struct opts *o, char **envp);
const struct optval *opts_get(const struct opts *o, const char *owner, const char *name);
struct optset *opts_owner(const struct opts *o, const char *owner);
/* True if the condition of a column ("BFO_MAC", "BFO_VLAN=2,BS_STATS") holds; -1 unknown name. */
int opts_when(const struct optset *s, const char *when);
/* Options that differ from their defaults, as "owner.NAME=value" words, for the headers file. */
void opts_print_set(const struct opts *o, FILE *f);
/* The word of list[0..n) closest to word, or NULL if none is near. */
const char *word_nearest(const char *word, const char *const *list, size_t n);

/* out.c ----------------------------------------------------------------------------------- */

struct out_conf {                       /* text forms, from the options of txtSink */
	char sep;                       /* between columns */
	char hdr_chr;                   /* first character of the header line */
	bool hex_upper, timestr, san_utf8;
	int ts_digits;                  /* 6 or 9 */
	int mac_format, ip4_format, ip6_format;
	char mac_sep;
	bool reltime;
	int64_t base;                   /* time of the first packet, for RELTIME */
};
struct out {
	char *p, *e;                    /* next free byte, end of the buffer less FMT_MAX */
	char *buf;
	int fd;
	char *name;                     /* for messages */
	int error;                      /* errno of the first failed write; output then is dropped */
	uint64_t written;               /* bytes handed to fd */
	struct out_conf conf;
};
extern const struct opt txtsink_opts[];
/* Reads the text forms out of the options of txtSink; -1: *why names the offending option. */
int out_configure(struct out_conf *c, const struct optset *s, const char **why);
/* path "-" is stdout.  -1 with errno. */
int out_open(struct out *o, const char *path, const struct out_conf *conf);
void out_flush(struct out *o);
/* Flushes and closes; -1 with errno if any write failed. */
int out_close(struct out *o);
void put_raw(struct out *o, const char *s, size_t n);   /* as it is */
/* Overwrites n bytes at offset at of the stream; -1 with errno, ESPIPE if it cannot go back. */
int out_patch(struct out *o, uint64_t at, const char *s, size_t n);

static inline void
out_room(struct out *o)                 /* at least FMT_MAX bytes free at o->p */
{
	if (unlikely(o->p > o->e))
		out_flush(o);
}

/* type.c ---------------------------------------------------------------------------------- */

struct type {                           /* one value type of a column */
	const char *code;               /* as in the headers file: U64, H16, MAC ... */
	size_t size;                    /* bytes in C, 0 if it needs an emit function */
	const char *c;                  /* C type of a plain column */
	const char *json, *sql;         /* type names there */
	const char *empty;              /* what an absent value prints */
	const char *text;               /* how it prints, for the manual */
	void (*put)(struct out *o, const void *v);      /* prints the C value at v */
	int number;                     /* numeric code of TFS_NC_TYPE=0 */
};
const struct type *type_find(const char *code, size_t len);
/* Splits "MAC_MAC_U64:R" into types; returns their number, -1 for an unknown one. */
int type_parse(const char *spec, const struct type **v, int max, bool *repeated);
enum { TYPE_PARTS = 32, TYPE_LABEL = 256 };
extern const struct type type_table[];  /* ends with code NULL */
/*
 * The type as the headers file names it: "TIME" is U64.U32 there, or S with timestr
 * (B2T_TIMESTR=1); with numeric (TFS_NC_TYPE=0) each code is a number.  Returns buf.
 */
const char *type_label(char buf[TYPE_LABEL], const char *spec, bool numeric, bool timestr);

/* col.c, schema.c ------------------------------------------------------------------------- */

struct loaded;
struct colrun {                         /* a column of this run */
	const struct col *col;
	const struct loaded *pl;        /* owner; NULL for the core's */
	const struct type *type;        /* plain columns */
	size_t off;                     /* of the value, from the flow's start */
};
struct colset {
	struct colrun *v;
	size_t n;
};
/* Collects the columns whose conditions hold, in plugin order; -1: err names the column. */
int colset_make(struct colset *s, const struct loaded *pl, size_t npl, const struct opts *opts,
    char *err, size_t errlen);
void colset_free(struct colset *s);
void col_header(struct out *o, const struct colset *s);
void col_record(struct out *o, const struct colset *s, const struct flow *f);
/* The column lines of the headers file, with numeric codes or B2T_TIMESTR's types. */
void col_list(FILE *f, const struct colset *s, bool numeric, bool timestr);
/* The three lines of TFS_EXTENDED_HEADER=1, before col_header and first in the stream. */
void col_header_extended(struct out *o, const struct colset *s);
/* Fills in their number of flows before out_close; -1 with errno, ESPIPE if it cannot go back. */
int col_header_count(struct out *o, uint64_t nflows);
extern const struct col core_cols[];    /* dir */
/* The options of a plugin, or NULL. */
const struct optset *col_options(const struct loaded *pl, const struct opts *opts);

enum schema_form { SCHEMA_TEXT, SCHEMA_MDOC, SCHEMA_JSON, SCHEMA_SQL, SCHEMA_BITS };
/* The dictionary of all columns (also those that options switch off unless only_on). */
int schema_print(FILE *f, enum schema_form form, const struct loaded *pl, size_t npl,
    const struct opts *opts, bool only_on);

/* plugin.c -------------------------------------------------------------------------------- */

struct loaded {                         /* a plugin of this run */
	const struct plugin *p;
	const struct optset *opts;
	void *state;
	size_t off;                     /* of its slot, from the flow's start */
	void *dl;                       /* dlopen handle, NULL if built in */
};
extern const struct plugin *const plugin_builtin[];     /* load order, NULL-terminated */
/* Chooses plugins: spec NULL the defaults; a folder (has a slash or is one): its .so files;
 * else a comma list of names, where an item may be a path of a .so.  Sorted by order, doubled
 * names refused.  Returns the number or -1 with err. */
int plugins_choose(struct loaded **v, const char *spec, char *err, size_t errlen);
void plugins_free(struct loaded *v, size_t n);

/* input.c - the bytes of a capture, decompressed ------------------------------------------ */

enum { INPUT_SIZE = 1 << 20, RECORD_MAX = 1 << 24 };
struct unpack;                          /* state of zlib or libzstd */
struct input {
	int fd;
	uint8_t *buf;                   /* bytes beg..end are read and not used yet */
	size_t size, beg, end;
	uint64_t off;                   /* of buf[beg] in the decompressed stream */
	struct unpack *z;               /* NULL: not compressed */
	bool eof;
	const char *err;                /* why reading stopped early, or NULL */
};
/* 0, or -1 with a reason in *why (static or strerror text). */
int input_open(struct input *in, const char *path, const char **why);
/* Makes n bytes available at buf + beg; moves the buffer.  False at the end of the input. */
bool input_need(struct input *in, size_t n);
bool input_skip(struct input *in, uint64_t n);
void input_close(struct input *in);
static inline size_t
input_have(const struct input *in)
{
	return in->end - in->beg;
}
static inline void
input_used(struct input *in, size_t n)  /* n bytes are done with */
{
	in->beg += n;
	in->off += n;
}

/* cap.c, cap_pcap.c, cap_pcapng.c - packets of one or more captures ----------------------- */

struct cap;
enum cap_result { CAP_PACKET, CAP_MORE, CAP_END, CAP_DAMAGED };
struct cap_iface {                      /* an interface of a pcapng section */
	uint32_t linktype, snaplen;
	uint8_t resol;                  /* if_tsresol as in the file */
	int64_t offset;                 /* if_tsoffset, ns */
};
struct cap_file {                       /* the file being read */
	struct input in;
	enum cap_result (*next)(struct cap_file *f, struct pkt *p, bool refill);
	bool swapped, nano, patched;    /* byte order, time unit, longer record header */
	uint32_t linktype, snaplen;
	struct cap_iface *iface;
	uint32_t niface;
	int64_t ts;                     /* of the last packet, ns */
	char why[128];                  /* what is wrong at CAP_DAMAGED */
};
/* Reads the file header; the magic is available.  -1: f->why. */
int cap_pcap_open(struct cap_file *f);
int cap_pcapng_open(struct cap_file *f);
static inline uint32_t
cap_u32(const struct cap_file *f, const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, 4);
	return f->swapped ? __builtin_bswap32(v) : v;
}
static inline uint16_t
cap_u16(const struct cap_file *f, const uint8_t *p)
{
	uint16_t v;

	memcpy(&v, p, 2);
	return f->swapped ? __builtin_bswap16(v) : v;
}

enum cap_event { CAP_FILE, CAP_LINKTYPE, CAP_WARN };
struct cap {
	char *const *path;              /* inputs in order; "-" is stdin */
	size_t npath, next;             /* next one to open */
	struct cap_file file;
	bool open, damaged;             /* a file is open; some input was not read whole */
	bool fresh;                     /* no packet of this file yet */
	bool packed;                    /* some input was compressed */
	uint64_t size;                  /* bytes of all regular files */
	uint64_t used;                  /* bytes of the regular files that were closed */
	uint64_t npkts;                 /* packets delivered */
	char *filter;                   /* BPF text, NULL none */
	struct cap_bpf *bpf;            /* compiled, one per link type met */
	size_t nbpf;
	char err[512];
	/* Told of each file, of its first packet's link type, and of damage. */
	void (*say)(void *arg, enum cap_event event, const char *text);
	void *arg;
};
/* Opens the first readable input; -1 if there is none (all reasons were said).  A bad filter:
 * -1 with err. */
int cap_open(struct cap *c, char *const *path, size_t npath, const char *filter);
/* Fills v with the next packets, at most max; their bytes stay valid until the next call.
 * 0 at the end of the last input, -1 with err. */
int cap_batch(struct cap *c, struct pkt *v, int max);
void cap_close(struct cap *c);
/* Bytes of the regular files that were read so far, as they lie in the files. */
uint64_t cap_used(const struct cap *c);
/* "Ethernet [EN10MB/1]" */
const char *cap_linktype_text(char *buf, size_t n, uint32_t linktype);

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
	int sctp;                       /* SCTP_ACTIVATE */
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
bool dissect_knows(const struct dissect *d, uint32_t linktype);

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
bool walk_wlan(struct walk *w, uint32_t n, bool swapped); /* an IEEE 802.11 frame follows */
bool walk_ipvx(struct walk *w);         /* the version nibble is wrong: ipvx, bit 16 */
/* An IP version that makes no flows in this run: its payload is named only. */
bool walk_closed(struct walk *w, uint16_t type);
/* An IP header of hl bytes at w->off, len bytes with payload, becomes the packet's. */
void walk_commit(struct walk *w, uint8_t version, uint32_t hl, uint32_t len);
/* The port at the other end of port. */
static inline uint16_t
walk_other_port(const struct walk *w, uint16_t port)
{
	return w->p->key.dport == port ? w->p->key.sport : w->p->key.dport;
}
extern const struct proto eth_proto, llc_proto, ip4_proto, ip6_proto, ppp_proto, teredo_proto;
extern const struct proto *const proto_list[];          /* generated from proto/list.mk */

/* desc.c ---------------------------------------------------------------------------------- */

struct descs {                          /* header descriptions in use */
	struct desc **chain;            /* by hash */
	uint32_t mask, n;
	uint32_t textlen;               /* T2_HDRDESC_LEN */
};
int descs_init(struct descs *d, uint32_t textlen);
void descs_free(struct descs *d);

/* heap.c - a priority queue of flows, smallest key first ---------------------------------- */

enum { HEAP_EXPIRY, HEAP_LRU };
#define HEAP_NONE UINT32_MAX
struct heap {
	struct heap_item {
		int64_t key;
		struct flow *f;
	} *v;
	uint32_t n, room;
	int which;                      /* index into flow.heap */
};
int heap_add(struct heap *h, struct flow *f, int64_t key);
void heap_change(struct heap *h, struct flow *f, int64_t key);
void heap_remove(struct heap *h, struct flow *f);
void heap_free(struct heap *h);

/* flow.c ---------------------------------------------------------------------------------- */

struct flows {                          /* the flow table */
	struct flow_slot {
		uint32_t hash;
		uint32_t id;            /* block + 1, 0 free */
	} *slot;
	uint32_t mask, n;               /* slots - 1; flows in the table */
	unsigned char **chunk;          /* arena, 2^chunk_bits blocks each */
	uint32_t nchunk, used;          /* chunks; blocks ever used */
	unsigned chunk_bits;
	struct flow *freed;             /* blocks given back, linked by .opp */
	size_t size;                    /* of a block */
};
int flows_init(struct flows *t, size_t plugin_bytes);
void flows_free(struct flows *t);
struct flow *flows_find(const struct flows *t, const struct flow_key *key, uint32_t hash);
struct flow *flows_add(struct flows *t, const struct flow_key *key, uint32_t hash);
void flows_remove(struct flows *t, struct flow *f);
uint32_t key_hash(const struct flow_key *k);
static inline struct flow *
flows_block(const struct flows *t, uint32_t id)
{
	return (struct flow *)(void *)(t->chunk[id >> t->chunk_bits] +
	    (id & ((1u << t->chunk_bits) - 1)) * t->size);
}

/* frag.c ---------------------------------------------------------------------------------- */

struct frags {                          /* pending datagrams -> flow of the first fragment */
	struct frag_slot *slot;
	uint32_t mask, n;
};
void frags_free(struct frags *t);
/* The flow that the rest of p's datagram belongs to, or NULL. */
struct flow *frag_find(const struct frags *t, const struct pkt *p);
/* f waits for the rest of p's datagram; status bits change accordingly. */
void frag_pend(struct t2 *t, struct flow *f, const struct pkt *p);
void frag_done(struct t2 *t, struct flow *f);   /* the pending datagram is complete, or given up */

/* expire.c -------------------------------------------------------------------------------- */

void expire(struct t2 *t);              /* ends all flows whose time has come */
void expire_all(struct t2 *t);          /* end of the input */
void expire_evict(struct t2 *t);        /* ends the least recently active pair */
int expire_watch(struct t2 *t, struct flow *f); /* a new flow */

/* engine.c -------------------------------------------------------------------------------- */

enum core_opt {                         /* options of the core, core_opts[] */
	CO_ETH_ACTIVATE, CO_IPV6_ACTIVATE, CO_FLOW_TIMEOUT, CO_PACKETLENGTH, CO_FRGIPPKTLENVIEW,
	CO_FRAGMENTATION, CO_FRAG_HLST_CRFT, CO_FRAG_ATTACH, CO_LEN_CAP, CO_UNK_SWAP, CO_RAW_MAC,
	CO_RELTIME, CO_HDRDESC_LEN, CO_HDRDESC_AGGR, CO_AYIYA, CO_GENEVE, CO_TEREDO, CO_L2TP,
	CO_GRE, CO_GTP, CO_VXLAN, CO_IPIP, CO_ETHIP, CO_CAPWAP, CO_LWAPP, CO_SENSORID,
	CO_GEO_USERDATA, CO_REPORT_ARP,
	CO_N
};
extern const struct opt core_opts[];

struct hook {                           /* one plugin's part in the packet loop */
	const struct plugin *p;
	void *state;
	size_t off;                     /* of its slot in the flow */
};
enum { BATCH = 64, CACHE_LINE = 64 };
struct t2 {
	struct opts opts;
	const struct optval *core;      /* values by enum core_opt */
	struct loaded *pl;              /* plugins in column order */
	size_t npl;
	struct hook *on_new, *on_packet, *on_end, *on_gone;     /* who wants the event */
	size_t nnew, npacket, nend, ngone;
	uint32_t hot;                   /* cache lines of a flow that packets touch, a bit each */
	struct dissect dissect;
	struct cap cap;
	struct flows flows;
	struct heap expiry, lru;
	struct frags frags;
	struct descs descs;
	struct totals tot;
	struct geo *geo;
	struct geo_conf geo_conf;
	uint64_t max_flows;             /* --max-flows: directions in memory, 0 no limit */
	uint64_t next_index;
	int64_t now, before;            /* time of this packet and of the one before */
	char *share;                    /* folder of the shipped data files */
	char *data_dirs[2];             /* the user's data folder, NULL */
	/* Gets each flow at its end; returns false to stop the run (output failed). */
	bool (*record)(void *arg, struct flow *f);
	void *record_arg;
	/* Gets the packets of each batch when they have been processed; NULL nobody. */
	void (*watch)(void *arg, const struct pkt *v, int n);
	void *watch_arg;
	int64_t *base;                  /* gets the time of the first packet, for RELTIME */
	bool stop;
	char err[512];
	struct pkt batch[BATCH];
};
int t2_run(struct t2 *t);               /* to the end of the input; 0, or -1 with err */
void t2_end(struct t2 *t);              /* ends all flows */

/* setup.c: a run from its parts; all return -1 with err ----------------------------------- */

struct t2 *t2_new(void);                /* with the options of the core and the writer */
/* Loads plugins (plugins_choose's spec) and adds their options. */
int t2_load(struct t2 *t, const char *spec);
/* All options are set: prepares plugins and engine. */
int t2_start(struct t2 *t);
void t2_free(struct t2 *t);
void flow_release(struct t2 *t, struct flow *met);      /* writes and frees met's pair */

/* cli.c: what the command lines of all tools have in common ------------------------------- */

struct cli {
	char **path;                    /* captures from -r and -R, npath of them */
	size_t npath;
	char **assign;                  /* -o, nassign of them */
	size_t nassign;
	const char *plugins;            /* -p */
	const char *list;               /* the file of -R, names the output */
	const char *filter_file;        /* -F */
	char *filter;                   /* BPF text, NULL none */
	uint64_t max_flows;             /* --max-flows */
	char err[512];
};
#define CLI_LETTERS "r:R:F:o:p:x:"
enum { CLI_MAX_FLOWS = 256 };
#define CLI_LONG \
	{ "read", required_argument, NULL, 'r' }, \
	{ "read-list", required_argument, NULL, 'R' }, \
	{ "filter", required_argument, NULL, 'F' }, \
	{ "option", required_argument, NULL, 'o' }, \
	{ "plugins", required_argument, NULL, 'p' }, \
	{ "sensor", required_argument, NULL, 'x' }, \
	{ "max-flows", required_argument, NULL, CLI_MAX_FLOWS }
#define CLI_USAGE \
	"  -r, --read FILE       capture to read, - is stdin; may be repeated\n" \
	"  -R, --read-list FILE  read the captures named in FILE, one a line\n" \
	"  -F, --filter FILE     packet filter (BPF) from FILE\n" \
	"  -o, --option OPTION   plugin.NAME=value or NAME=value, compat=0.8.4; may be repeated\n" \
	"  -p, --plugins LIST    plugins: names joined by commas, .so files, or a folder\n" \
	"  -x, --sensor ID       number of this sensor\n" \
	"      --max-flows N     keep at most N flow directions in memory\n"
/* Takes an option letter: 1 taken, 0 not one of these, -1 err. */
int cli_option(struct cli *c, int letter, char *arg);
/* The words behind the options are a packet filter. */
int cli_filter(struct cli *c, char **word, int n);
/* Loads plugins and options (config file, environment, -o) into t. */
int cli_setup(struct cli *c, struct t2 *t);
void cli_free(struct cli *c);

/* prefix.c, headers.c --------------------------------------------------------------------- */

/* The PREFIX of all output files for -w (NULL: not given) and the first input; creates missing
 * folders.  NULL with errno. */
char *prefix_make(const char *w, const char *input);
/* The path of PREFIX with suffix; NULL, with err, if that is an input of the run. */
char *prefix_path(struct t2 *t, const char *prefix, const char *suffix);
/* PREFIX_headers.txt: what was run with which options, and the columns. */
int headers_write(struct t2 *t, const char *prefix, const struct colset *cols, char **argv);

/* sink.c: where the flow records go ------------------------------------------------------- */

struct sink {
	struct t2 *t;
	struct colset cols;
	struct out out;
	uint64_t nrecords;
};
/* Opens PREFIX_flows.txt, or stdout, for the records of t and writes the headers file if there is
 * a prefix.  -1 with err. */
int sink_open(struct sink *s, struct t2 *t, const char *prefix, bool to_stdout, char **argv);
/* -1 with errno and err if anything was not written; EPIPE: the reader had enough. */
int sink_close(struct sink *s);

/* progress.c: a line about the run on stderr ---------------------------------------------- */

struct progress {
	const struct t2 *t;
	bool on;                        /* stderr is a terminal */
	bool shown;                     /* there is a line to clear */
	int64_t start, next;            /* clock: start, next change, ns */
};
int64_t clock_ns(void);                 /* monotonic */
/* rows_on_stdout: no line if they scroll by on the same terminal. */
void progress_start(struct progress *p, const struct t2 *t, bool rows_on_stdout);
void progress_step(struct progress *p); /* between batches */
void progress_clear(struct progress *p);

/* report.c, report_end.c: what a run tells ------------------------------------------------ */

struct report {
	struct t2 *t;
	FILE *out;
	const char *list;               /* the file of -R, or NULL */
	size_t nfiles;                  /* inputs opened */
	bool colour;                    /* out is a terminal that wants it */
	bool dump, snap;                /* told: the first packet, the first snapped one */
	int64_t start;                  /* clock at the start of the run, ns */
};
void report_open(struct report *r, struct t2 *t, FILE *out);
void report_start(struct report *r, const char *list);  /* banner, modes, plugins */
void report_file(struct report *r, const char *path);   /* an input was opened */
void report_packets(struct report *r, const struct pkt *v, int n);      /* of each batch */
void report_read(struct report *r);     /* the input has ended */
void report_end(struct report *r);      /* all flows have ended */
/* One line; [WRN], [INF] and the names of plugins may be coloured. */
void report_line(struct report *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same with what print() writes. */
void report_emit(struct report *r, void (*print)(const struct report *r, FILE *f));
void report_ruler(FILE *f, int c);

#endif
