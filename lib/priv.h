/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * priv.h - what the files of lib/ share; with cap.h (captures), walk.h (dissection), column.h
 * (records) and tool.h (what tools need) beside it.
 *
 * Plugins include t2.h only.
 */
#ifndef T2_PRIV_H
#define T2_PRIV_H

#include <stdlib.h>

#include "cap.h"
#include "column.h"
#include "t2.h"
#include "walk.h"

/* err.c, data.c --------------------------------------------------------------------------- */

enum { ERR_ROOM = 4096 + 256 };         /* of a message: a path of any length, and why */
/* Writes the line and returns -1. */
int err_line(char *err, size_t errlen, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

struct data_text {                      /* a file in memory */
	char *text;                     /* with a NUL behind it; the caller frees it */
	size_t len;                     /* bytes */
};
/* Line no of a list, n bytes, without the mark of UTF-8 that some editors put in front of a text;
 * NULL: it has a NUL, so it is no text. */
char *data_line(char *line, size_t n, uint64_t no);
/* A regular file of at most max bytes.  1: read, 0: there is none, -1: err. */
int data_read(struct data_text *d, const char *path, size_t max, char *err, size_t errlen);

/* Room for one more element behind n: an array has as much as the next power of two.  NULL: no
 * memory, v is as before. */
static inline void *
array_room(void *v, size_t n, size_t size)
{
	if ((n & (n - 1)) != 0)
		return v;
	return reallocarray(v, n == 0 ? 1 : 2 * n, size);
}

/* opt.c ----------------------------------------------------------------------------------- */

struct optset {                         /* the options of one owner: a plugin or the core */
	const char *owner;              /* "basicFlow", "core", "txtSink" */
	const struct opt *table;
	struct optval *val;             /* one per table row */
	uint8_t *level;                 /* 0 default, 1 compat, 2 file, 3 environment, 4 -o */
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
/* A text as t2.conf takes it, with \t \n \" \\; NULL is an empty one. */
void opt_string_print(FILE *f, const char *s);
/* The word of list[0..n) closest to word, or NULL if none is near. */
const char *word_nearest(const char *word, const char *const *list, size_t n);

/* plugin.c -------------------------------------------------------------------------------- */

struct loaded {                         /* a plugin of this run */
	const struct plugin *p;
	const struct optset *opts;
	void *state;
	size_t off;                     /* of its slot, from the flow's start */
	void *dl;                       /* dlopen handle, NULL if built in */
	char *path;                     /* of the .so, NULL if built in */
	enum { RUN_ALL, RUN_INIT, RUN_NOT } run;        /* RUN_INIT: no hooks */
};
extern const struct plugin *const plugin_builtin[];     /* load order, NULL-terminated */
struct plugin_wish {                    /* what a run shall have */
	/* NULL the user's list, else the standard set; a folder (has a slash or is one): its list,
	 * else its .so files; else names joined by commas, among them "standard", "all" and paths
	 * of .so files */
	const char *spec;
	const char *list;               /* file with names instead, of the folder spec if given */
	void (*skip)(const char *why);  /* told of plugins that cannot be had; NULL: that fails */
	bool shipped;                   /* "all" has those that come as .so files with t2 too */
};
/* Chooses plugins, sorted by order; doubled names and columns are refused.  Returns the number or
 * -1 with err. */
int plugins_choose(struct loaded **v, const struct plugin_wish *w, char *err, size_t errlen);
void plugins_free(struct loaded *v, size_t n);
/* True if p has a say in which packets make a flow in this run. */
bool plugin_shapes(const struct t2 *t, const struct plugin *p);

/* desc.c ---------------------------------------------------------------------------------- */

struct descs {                          /* header descriptions in use */
	struct desc **chain;            /* by hash */
	uint32_t mask, n;
	uint32_t textlen;               /* T2_HDRDESC_LEN */
};
int descs_init(struct descs *d, uint32_t textlen);
void descs_free(struct descs *d);

/* flow.c ---------------------------------------------------------------------------------- */

/* The order of last packets: a ring of numbers, apart from the flows, whose neighbours in it lie
 * anywhere.  A flow has the number of its block + LINK_FLOW. */
enum {
	LINK_ENDS,                      /* its younger neighbour is the oldest flow */
	LINK_EVICT,                     /* marker of expire_evict() */
	LINK_MARKER,                    /* the first of those of the timeouts */
	LINK_FLOW = 64,
};
struct link {
	uint32_t older, younger;
};
struct flows {                          /* the flow table */
	struct flow_slot {
		uint32_t hash;
		uint32_t id;            /* block + 1, 0 free */
	} *slot;
	uint32_t mask, n;               /* slots - 1; flows in the table */
	unsigned char **chunk;          /* arena, 2^chunk_bits blocks each */
	uint32_t nchunk, used;          /* chunks; blocks ever used */
	unsigned chunk_bits;
	struct link *link;              /* LINK_FLOW, and one for each block there is */
	size_t links_size;              /* its bytes */
	struct flow *freed;             /* blocks given back, linked by .opp */
	size_t size;                    /* of a block */
	uint64_t seed[2];               /* of key_hash(), random */
};
int flows_init(struct flows *t, size_t plugin_bytes);
void flows_free(struct flows *t);
struct flow *flows_find(const struct flows *t, const struct flow_key *key, uint32_t hash);
struct flow *flows_add(struct flows *t, const struct flow_key *key, uint32_t hash);
void flows_remove(struct flows *t, struct flow *f);
/* The product of both folded: all bits of it depend on all bits of both. */
static inline uint64_t
hash_mix(uint64_t a, uint64_t b)
{
	__uint128_t m = (__uint128_t)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}
uint32_t key_hash(const struct flow_key *k, const uint64_t seed[2]);
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
	const uint64_t *seed;           /* of key_hash() */
};
void frags_free(struct frags *t);
/* The flow that the rest of p's datagram belongs to, or NULL. */
struct flow *frag_find(const struct frags *t, const struct pkt *p);
/* f waits for the rest of p's datagram; status bits change accordingly. */
void frag_pend(struct t2 *t, struct flow *f, const struct pkt *p);
void frag_done(struct t2 *t, struct flow *f);   /* the pending datagram is complete, or given up */

/* expire.c -------------------------------------------------------------------------------- */

enum { MARKERS = LINK_FLOW - LINK_MARKER };
struct marker {                         /* of a timeout in use */
	int64_t timeout;                /* ns */
	uint32_t link;
};
void expire(struct t2 *t);              /* ends all flows whose time has come; call it at t->due */
void expire_all(struct t2 *t);          /* end of the input */
void expire_evict(struct t2 *t);        /* ends the least recently active pair */
void expire_watch(struct t2 *t, struct flow *f);        /* a new flow; rounds its timeout */
void expire_touch(struct t2 *t, struct flow *f);        /* it got a packet: f->last is set */
void expire_forget(struct t2 *t, struct flow *f);       /* it leaves the table */

/* idle.c ---------------------------------------------------------------------------------- */

int64_t clock_ns(void);                 /* monotonic */
int64_t clock_wall_ns(void);            /* the date: since 1970 */
void idle_not(struct t2 *t);            /* a batch of an input that may make us wait is done */
bool idle_drained(struct t2 *t);        /* no flows are to come, and none is left */
bool idle_step(void *arg);              /* of struct t2, while cap_batch() waits; false: stop */

/* engine.c -------------------------------------------------------------------------------- */

enum core_opt {                         /* options of the core, core_opts[] */
	CO_ETH_ACTIVATE, CO_IPV6_ACTIVATE, CO_FLOW_TIMEOUT, CO_PACKETLENGTH, CO_FRGIPPKTLENVIEW,
	CO_FRAGMENTATION, CO_FRAG_HLST_CRFT, CO_FRAG_ATTACH, CO_LEN_CAP, CO_UNK_SWAP, CO_RAW_MAC,
	CO_FDURLIMIT, CO_FDLSFINDEX, CO_SCTP_ACTIVATE, CO_SCTP_STATFINDEX, CO_AGGREGATIONFLAG,
	CO_SRCIP4CMSK, CO_DSTIP4CMSK, CO_SRCIP6CMSK, CO_DSTIP6CMSK, CO_SRCPORTLW, CO_SRCPORTHW,
	CO_DSTPORTLW, CO_DSTPORTHW, CO_ALARM_MODE, CO_ALARM_AND, CO_FORCE_MODE,
	CO_RELTIME, CO_PRI_HDRDESC,
	CO_HDRDESC_LEN, CO_HDRDESC_AGGR, CO_AYIYA, CO_GENEVE, CO_TEREDO, CO_L2TP,
	CO_GRE, CO_GTP, CO_VXLAN, CO_IPIP, CO_ETHIP, CO_CAPWAP, CO_LWAPP, CO_SENSORID,
	CO_HASH_AUTOPILOT, CO_NUMFLWRM, CO_BLOCK_BUF, CO_VERBOSE, CO_PLUGIN_REPORT,
	CO_TSTAMP_R_UTC, CO_GEO_USERDATA, CO_REPORT_ARP, CO_PKTNO, CO_CONTENT_HEX, CO_CONTENT_TEXT,
	CO_MONINTV, CO_MONINTTMPCP, CO_MONINTTMPCP_ON, CO_MONINTPSYNC, CO_DIFF_REPORT,
	CO_MACHINE_REPORT, CO_SIGINT_DRAIN,
	CO_N
};
extern const struct opt core_opts[];

/* alarm.c, shape.c ------------------------------------------------------------------------ */

struct watched {                        /* a condition of this run */
	const struct watch *w;
	size_t off;                     /* of the plugin's slot, from the flow's start */
	int64_t limit;
	int who;                        /* number of the alarm */
};
struct watch_list {
	struct watched *v;
	size_t n;
};
struct alarms {
	uint16_t all;                   /* bits of those that joined */
	bool both;                      /* ALARM_AND=1 */
	bool only;                      /* ALARM_MODE=1: other flows are not written */
	struct watch_list alarm, force;
};
/* The watches of a plugin that has its slot at off; -1 with err. */
int alarms_add(struct t2 *t, const struct loaded *l);
/* Before records are written; -1 with err: ALARM_MODE=1 and nobody raises alarms. */
int alarms_check(struct t2 *t);
void alarms_free(struct alarms *a);
extern const struct plugin alarm_hooks, force_hooks;    /* their part in the run, state t */

struct shape;                           /* options that change which packets make a flow */
/* Sets t->shape, NULL if no such option is on; -1 with err. */
int shape_init(struct t2 *t);
void shape_free(struct shape *s);
extern const struct plugin shape_hooks; /* its part in flow_new and flow_gone, state t */
/* The packet's real source is its destination, whatever became of them in the key. */
bool shape_lands(const struct shape *s);
/* p, counted already, goes to its flow or flows. */
void shape_packet(struct t2 *t, struct pkt *p);

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
	uint32_t hot, hot_opp;          /* cache lines of a flow, and of its opposite, that packets
	                                 * touch, a bit each */
	struct dissect dissect;
	struct cap cap;
	struct flows flows;
	struct marker marker[MARKERS];  /* longest timeout first */
	unsigned nmarkers;
	int64_t due;                    /* before this time no flow ends */
	bool stepped_back;              /* the clock has done so */
	struct frags frags;
	struct descs descs;
	struct alarms alarms;
	struct shape *shape;            /* NULL: flows are as usual */
	struct totals tot;
	struct geo *geo;
	struct geo_conf geo_conf;
	uint64_t max_flows;             /* --max-flows: directions in memory, 0 no limit */
	uint64_t next_index;
	int64_t now;                    /* time of this packet */
	int64_t previous;               /* of the one before in the same direction of its flow */
	const char *columns;            /* the records' columns, by name; NULL all */
	char *share;                    /* folder of the shipped data files */
	char *data_dirs[2];             /* the user's data folder, NULL */
	struct split *split;            /* cut the flow file into pieces; NULL no */
	/* Gets each flow at its end; returns false to stop the run (output failed). */
	bool (*record)(void *arg, struct flow *f);
	void *record_arg;
	bool hash;                      /* --hash: the headers file has checksums of what is read */
	bool packets;                   /* there will be packet records: set before t2_start */
	size_t pkttext;                 /* place of their struct pkttext in a flow, 0 none */
	/* Gets each packet that has a flow, after the plugins; false stops the run. */
	bool (*packet)(void *arg, const struct pkt *p, struct flow *f);
	void *packet_arg;
	/* Gets the packets of each batch when they have been processed; NULL nobody. */
	void (*watch)(void *arg, const struct pkt *v, int n);
	/* Is called several times a second while there is no packet; NULL nobody. */
	void (*idle)(void *arg);
	void *watch_arg, *idle_arg;
	/* Before each packet of time tick_at or later; NULL nobody. */
	void (*tick)(void *arg, int64_t now);
	int64_t tick_at;
	void *tick_arg;
	struct out *unsent[2];          /* streams to flush then, NULL none */
	int64_t batch_last;             /* live: newest packet's time, 0: an old one */
	int64_t batch_at;               /* live: monotonic clock when it came */
	int64_t idle_next;              /* monotonic clock of the next idle step */
	int64_t *base;                  /* gets the time of the first packet, for RELTIME */
	bool only_shaping;              /* set before t2_start(): only plugins that shape flows */
	bool full;                      /* no memory, or no room in the table, for a flow */
	bool drain;                     /* no flows are made any more */
	bool stop, ending;              /* the run is to stop; its last flows are written */
	char err[ERR_ROOM];
	struct pkt batch[BATCH];
};
/* Finds or creates the flow of a packet whose key is hashed and hands it over. */
void engine_deliver(struct t2 *t, const struct pkt *p);
int t2_run(struct t2 *t);               /* to the end of the input; 0, or -1 with err */
void t2_end(struct t2 *t);              /* ends all flows */

/* life.c ---------------------------------------------------------------------------------- */

/* Whether the first packet of a flow without opposite looks like an answer. */
bool flow_answers(const struct pkt *p, uint16_t sport, uint16_t dport);
/* The flow of p's key, which has none yet.  NULL: no flows are made any more, or no memory: the run
 * stops then, with err. */
struct flow *flow_create(struct t2 *t, const struct pkt *p);
void flow_release(struct t2 *t, struct flow *met);      /* writes and frees met's pair */

#endif
