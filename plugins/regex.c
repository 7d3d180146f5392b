/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * regex.c - searches the payload of packets for regular expressions (PCRE2).
 *
 * Not part of the library, which needs no PCRE2 for that: it is loaded with -p standard,regex.
 * Payload is bytes, not text in some encoding, and each packet is searched for itself.  The work
 * of a search is bounded, as payload and expression together can make it endless; searches that
 * were given up are counted.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "t2.h"

enum { RX_EXPR, RX_FILE, RX_BYTES, RX_PKTS, RX_STEPS, RX_IDS, RX_ALARM, RX_FORCE };
enum { IDS_MAX = 16, HEAP_KIB = 4096 };

static const struct opt opts[] = {
	[RX_EXPR] = OPT_STR("RX_EXPR", "", "an expression to search for, its number is 0"),
	[RX_FILE] = OPT_STR("RX_FILE", "",
	    "file with more of them: lines of a number, a tab and an expression"),
	[RX_BYTES] = OPT("RX_BYTES", 1, UINT32_MAX, 65535,
	    "bytes of a packet's payload that are searched"),
	[RX_PKTS] = OPT("RX_PKTS", 0, UINT32_MAX, 0,
	    "packets with payload of each direction that are searched, 0: all"),
	[RX_STEPS] = OPT("RX_STEPS", 1, UINT32_MAX, 100000,
	    "steps after which a search is given up"),
	[RX_IDS] = OPT("RX_IDS", 1, IDS_MAX, 4, "longest list of numbers in rgxIDs"),
	[RX_ALARM] = OPT("RX_ALARM", 0, UINT32_MAX, 1, "matches that raise an alarm, 0: never"),
	[RX_FORCE] = OPT("RX_FORCE", 0, UINT32_MAX, 0,
	    "matches that end a flow at once, with FORCE_MODE=1"),
	{ .name = NULL }
};

struct slot {
	uint32_t matches;               /* packets, of each expression */
	uint32_t searched;              /* packets */
	uint16_t id[IDS_MAX];           /* numbers of those found, nid of them */
	uint8_t nid;
};

struct rule {
	uint16_t id;
	pcre2_code *code;
};

struct state {                          /* of the run */
	struct t2 *t;
	const struct optval *opt;       /* by the enum above */
	struct rule *v;
	size_t n;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	uint64_t matches, flows;        /* flows with a match */
	uint64_t given_up;              /* searches */
};

static void
ids_emit(struct out *o, const struct flow *f, const void *slot, void *state)
{
	const struct slot *s = slot;

	(void)f;
	(void)state;
	for (unsigned i = 0; i < s->nid; i++) {
		if (i > 0)
			put_rep(o);
		put_u64(o, s->id[i]);
	}
}

static const struct col cols[] = {
	{ .name = "rgxCnt", .type = "U32", .off = offsetof(struct slot, matches),
	  .text = "Number of packets in which an expression matched, summed over expressions" },
	{ .name = "rgxIDs", .type = "U16:R", .emit = ids_emit,
	  .text = "Numbers of the expressions that matched" },
	{ .name = NULL }
};

static bool
has_matches(const struct flow *f, const void *slot, int64_t limit)
{
	(void)f;
	return ((const struct slot *)slot)->matches >= limit;
}

static const struct watch watches[] = {
	{ "RX_ALARM", "RX_FORCE", has_matches },
	{ .holds = NULL }
};

static void
fini(void *state)
{
	struct state *st = state;

	for (size_t i = 0; i < st->n; i++)
		pcre2_code_free(st->v[i].code);
	free(st->v);
	pcre2_match_data_free(st->data);
	pcre2_match_context_free(st->limits);
	free(st);
}

static int
rule_add(struct state *st, const char *where, uint16_t id, const char *text)
{
	struct rule *v = reallocarray(st->v, st->n + 1, sizeof(*v));
	PCRE2_UCHAR why[128];
	PCRE2_SIZE at;
	int error;

	if (v == NULL) {
		t2_error(st->t, "regex: out of memory");
		return -1;
	}
	st->v = v;
	v[st->n].id = id;
	v[st->n].code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, PCRE2_NEVER_UTF,
	    &error, &at, NULL);
	if (v[st->n].code == NULL) {
		pcre2_get_error_message(error, why, sizeof(why));
		t2_error(st->t, "regex: %s: %s at character %zu", where, (char *)why, at + 1);
		return -1;
	}
	/* without it, or where the system forbids it, the search is slower */
	pcre2_jit_compile(v[st->n].code, PCRE2_JIT_COMPLETE);
	st->n++;
	return 0;
}

static int
line_read(struct state *st, char *line, const char *path, unsigned no)
{
	char where[256], *end;
	unsigned long id;

	line[strcspn(line, "\r\n")] = '\0';
	if (line[0] == '\0' || line[0] == '#')
		return 0;
	snprintf(where, sizeof(where), "%.200s: line %u", path, no);
	id = strtoul(line, &end, 10);
	if (line[0] < '0' || line[0] > '9' || *end != '\t' || end[1] == '\0' || id > UINT16_MAX) {
		t2_error(st->t, "regex: %s: write a number up to %d, a tab, an expression", where,
		    UINT16_MAX);
		return -1;
	}
	return rule_add(st, where, (uint16_t)id, end + 1);
}

static int
file_read(struct state *st, const char *path)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	int r = 0;

	if (f == NULL) {
		t2_error(st->t, "regex: %s: %s", path, strerror(errno));
		return -1;
	}
	for (unsigned no = 1; r == 0 && getline(&line, &size, f) > 0; no++)
		r = line_read(st, line, path, no);
	if (r == 0 && ferror(f)) {
		t2_error(st->t, "regex: %s: %s", path, strerror(errno));
		r = -1;
	}
	free(line);
	fclose(f);
	return r;
}

static int
rules_read(struct state *st)
{
	const struct optval *o = st->opt;

	if (o[RX_EXPR].s[0] != '\0' && rule_add(st, "RX_EXPR", 0, o[RX_EXPR].s) != 0)
		return -1;
	if (o[RX_FILE].s[0] != '\0' && file_read(st, o[RX_FILE].s) != 0)
		return -1;
	if (st->n > 0)
		return 0;
	t2_error(st->t, "regex: no expression, set RX_EXPR or RX_FILE");
	return -1;
}

static void *
init(struct t2 *t, const struct optval *opt)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL) {
		t2_error(t, "regex: out of memory");
		return NULL;
	}
	st->t = t;
	st->opt = opt;
	st->data = pcre2_match_data_create(1, NULL);
	st->limits = pcre2_match_context_create(NULL);
	if (st->data == NULL || st->limits == NULL) {
		t2_error(t, "regex: out of memory");
	} else if (rules_read(st) == 0) {
		pcre2_set_match_limit(st->limits, (uint32_t)opt[RX_STEPS].n);
		pcre2_set_depth_limit(st->limits, (uint32_t)opt[RX_STEPS].n);
		pcre2_set_heap_limit(st->limits, HEAP_KIB);
		return st;
	}
	fini(st);
	return NULL;
}

static void
found(struct state *st, struct slot *s, uint16_t id)
{
	unsigned i;

	st->matches++;
	st->flows += s->matches++ == 0;
	for (i = 0; i < s->nid; i++)
		if (s->id[i] == id)
			return;
	if (i < (unsigned)st->opt[RX_IDS].n)
		s->id[s->nid++] = id;
}

static void
packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct state *st = state;
	struct slot *s = slot;
	uint32_t n = pkt_avail(p, p->l7);

	(void)f;
	n = n < p->l7len ? n : p->l7len;
	if (n == 0 || (st->opt[RX_PKTS].n != 0 && s->searched >= st->opt[RX_PKTS].n))
		return;
	s->searched++;
	n = n < st->opt[RX_BYTES].n ? n : (uint32_t)st->opt[RX_BYTES].n;
	for (size_t i = 0; i < st->n; i++) {
		int r = pcre2_match(st->v[i].code, p->data + p->l7, n, 0, 0, st->data, st->limits);
		if (r >= 0)             /* 0: more groups than there is room for */
			found(st, s, st->v[i].id);
		else if (r != PCRE2_ERROR_NOMATCH)
			st->given_up++;
	}
}

static void
report(void *state, FILE *out)
{
	const struct state *st = state;
	char human[FMT_MAX];

	if (st->matches > 0)
		fprintf(out, "regex: Number of matches: %" PRIu64 "%s, in %" PRIu64 " flows\n",
		    st->matches, fmt_human(human, sizeof(human), st->matches), st->flows);
	if (st->given_up > 0)
		fprintf(out, "[WRN] regex: %" PRIu64 "%s searches were given up, see RX_STEPS\n",
		    st->given_up, fmt_human(human, sizeof(human), st->given_up));
}

PLUGIN(regex) = {
	PLUGIN_HEAD,
	.name = "regex",
	.version = T2_VERSION,
	.order = 603,
	.about = "Regular expressions found in the payload.",
	.opts = opts,
	.flow_size = sizeof(struct slot),
	.cols = cols,
	.watches = watches,
	.init = init,
	.packet = packet,
	.report = report,
	.fini = fini,
};
