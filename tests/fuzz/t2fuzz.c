/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2fuzz.c - whole runs of t2 over damaged captures, all in one process.
 *
 * run() does what the tools do, with the capture in memory: all built-in plugins, flow and
 * packet records, reports, a new capture; the text goes to /dev/null.  Which options are set is drawn from the
 * bytes themselves, so that one input is one behaviour.  With libFuzzer this is the whole
 * program; damage.c is a main() that needs no compiler's help.
 */
#include <err.h>
#include <fcntl.h>
#include <glob.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "../../lib/tool.h"
#include "dumped.h"
#include "t2fuzz.h"

const char *const fuzz_set_name[SET_N] = {
	"default", "compat", "max", "min", "frags", "few-flows", "filter", "random",
};
enum { FEW_FLOWS = 16, MMAP_MIN = 1 << 18 };

/* a run ----------------------------------------------------------------------------------- */

struct run {
	struct t2 *t;
	struct colset cols;
	struct pktset pktcols;
	struct out out;
	struct dumped dumped;
	struct report report;
	bool told;                      /* its start was printed */
	FILE *null;
	const char *prefix;             /* of side files */
};

static bool
record(void *arg, struct flow *f)
{
	struct run *r = arg;

	col_record(&r->out, &r->cols, f);
	return r->out.error == 0;
}

static bool
packet(void *arg, const struct pkt *p, struct flow *f)
{
	struct run *r = arg;

	pkt_record(&r->out, &r->pktcols, p, f);
	return r->out.error == 0;
}

/* Every number of every plugin and of the core gets its greatest, smallest or any value. */
static void
options_all(struct t2 *t, enum set set, uint64_t hash)
{
	for (size_t i = 0; i < t->opts.n; i++)
		for (size_t k = 0; t->opts.v[i].table[k].name != NULL; k++) {
			const struct opt *o = &t->opts.v[i].table[k];
			uint64_t range = (uint64_t)(o->max - o->min) + 1;
			struct optval *v = &t->opts.v[i].val[k];

			if (o->min == 0 && o->max == 0)
				continue;
			if (set == SET_RANDOM)
				v->n = o->min + (int64_t)(xorshift(&hash) % range);
			else
				v->n = set == SET_MAX ? o->max : o->min;
		}
	/* what excludes each other, and what others need */
	struct optval *core = opts_owner(&t->opts, "core")->val;
	core[CO_FORCE_MODE].n = 1;
	core[CO_AGGREGATIONFLAG].n &= ~INT64_C(0x40);   /* the one bit without a meaning */
	if (core[CO_SCTP_ACTIVATE].n != 0 && core[CO_ETH_ACTIVATE].n == 2)
		core[CO_ETH_ACTIVATE].n = 1;
}

static void
option(struct t2 *t, const char *assignment)
{
	if (opts_set(&t->opts, assignment) != 0)
		errx(EXIT_FAILURE, "%s", t->opts.err);
}

static void
options_set(struct t2 *t, enum set set, uint64_t hash)
{
	switch (set) {
	case SET_COMPAT:
		option(t, "compat=0.8.4");
		break;
	case SET_MAX: case SET_MIN: case SET_RANDOM:
		options_all(t, set, hash);
		break;
	case SET_FRAGS:
		option(t, "FRAG_ATTACH=0");
		option(t, "SPKTMD_PCNTH=1");
		option(t, "RELTIME=1");
		break;
	case SET_FEW_FLOWS:
		t->max_flows = FEW_FLOWS;
		break;
	default:
		break;
	}
	option(t, "GEO_USERDATA=0");
}

static void
output_open(struct run *r, enum set set)
{
	struct out_conf conf;
	const char *why;

	if (out_configure(&conf, opts_owner(&r->t->opts, "txtSink"), &why) != 0)
		errx(EXIT_FAILURE, "%s", why);
	conf.reltime = r->t->core[CO_RELTIME].n;
	if (out_open(&r->out, "/dev/null", &conf) != 0)
		err(EXIT_FAILURE, "/dev/null");
	col_header_extended(&r->out, &r->cols);
	col_header(&r->out, &r->cols);
	r->t->base = &r->out.conf.base;
	r->t->record = record;
	r->t->record_arg = r;
	if (pktset_make(&r->pktcols, r->t, NULL, r->t->err, sizeof(r->t->err)) != 0)
		errx(EXIT_FAILURE, "%s", r->t->err);
	pkt_header(&r->out, &r->pktcols);
	r->t->packet_arg = r;
	if (set == SET_FRAGS || set == SET_MAX || set == SET_RANDOM)
		r->t->packet = packet;
	r->dumped.on = false;
	if (set == SET_DEFAULT || set == SET_RANDOM)
		dumped_open(&r->dumped, r->prefix);
}

static void
say(void *arg, enum cap_event event, const char *text)
{
	struct run *r = arg;

	if (event == CAP_FILE && r->told)
		report_file(&r->report, text);
	else
		report_line(&r->report, "%s", text);
}

static void
watch(void *arg, const struct pkt *v, int n)
{
	struct run *r = arg;

	report_packets(&r->report, v, n);
	if (r->dumped.on)
		dumped_add(&r->dumped, &r->t->cap.file, v, n);
}

/* The start of the report, in colour in some runs. */
static void
report_begin(struct run *r, enum set set)
{
	report_start(&r->report, NULL);
	r->report.colour = set == SET_MAX || set == SET_FRAGS;
	r->told = true;
	r->t->watch = watch;
	r->t->watch_arg = r;
}

static void
side_files(struct run *r)
{
	for (size_t i = 0; i < r->t->npl; i++) {
		const struct loaded *l = &r->t->pl[i];

		if (l->p->files != NULL && l->p->files(l->state, r->prefix) != 0)
			errx(EXIT_FAILURE, "%s", r->t->err);
	}
}

static void
output_close(struct run *r, enum set set)
{
	struct t2 *t = r->t;

	if (t->tot.live != 0 || t->flows.n != 0 || t->frags.n != 0 || t->descs.n != 0) {
		warnx("%ju flows, %u pending datagrams, %u descriptions are left",
		    (uintmax_t)t->tot.live, t->frags.n, t->descs.n);
		abort();
	}
	report_end(&r->report);
	if (set == SET_MAX || set == SET_COMPAT)
		side_files(r);
	if (r->dumped.on)
		dumped_check(&r->dumped);
	out_close(&r->out);
	colset_free(&r->cols);
	pktset_free(&r->pktcols);
}

static void
run(struct run *r, const char *path, enum set set, uint64_t hash)
{
	static const char filter[] = "ip6 or vlan or (tcp[tcpflags] & tcp-syn != 0) or udp";
	char *paths[] = { (char *)(uintptr_t)path, (char *)(uintptr_t)path };
	struct t2 *t = r->t = t2_new();

	if (t == NULL || t2_load(t, &(struct plugin_wish){ .spec = "standard" }) != 0)
		errx(EXIT_FAILURE, "%s", t == NULL ? "out of memory" : t->err);
	options_set(t, set, hash);
	report_open(&r->report, t, r->null);
	r->told = false;
	t->cap.say = say;
	t->cap.arg = r;
	/* the same again: time steps back, sections and link types change */
	if (cap_open(&t->cap, paths, set == SET_FEW_FLOWS ? 2 : 1,
	    set == SET_FILTER ? filter : NULL) == 0) {
		if (t2_start(t) != 0 || colset_make(&r->cols, t->pl, t->npl, &t->opts, t->err,
		    sizeof(t->err)) != 0)
			errx(EXIT_FAILURE, "%s", t->err);
		output_open(r, set);
		report_begin(r, set);
		t2_run(t);              /* -1: a filter that does not fit a link type */
		report_read(&r->report);
		t2_end(t);
		output_close(r, set);
	}
	t2_free(t);
}

/* the process ----------------------------------------------------------------------------- */

static struct {
	struct run run;
	int fd;                         /* of the memory that holds the capture */
	char path[32], prefix[64];
	bool ready;
} self;

static void
side_files_remove(void)
{
	char pattern[80];
	glob_t g;

	snprintf(pattern, sizeof(pattern), "%s*", self.prefix);
	if (glob(pattern, GLOB_NOSORT, NULL, &g) == 0) {
		for (size_t i = 0; i < g.gl_pathc; i++)
			unlink(g.gl_pathv[i]);
		globfree(&g);
	}
	fclose(self.run.null);
}

static void
self_init(void)
{
	if ((self.fd = memfd_create("t2fuzz", MFD_CLOEXEC)) < 0)
		err(EXIT_FAILURE, "memfd_create");
	if ((self.run.null = fopen("/dev/null", "we")) == NULL)
		err(EXIT_FAILURE, "/dev/null");
	snprintf(self.path, sizeof(self.path), "/proc/self/fd/%d", self.fd);
	snprintf(self.prefix, sizeof(self.prefix), "/tmp/t2fuzz-%d", (int)getpid());
	self.run.prefix = self.prefix;
	atexit(side_files_remove);
	/* big tables come as zero pages, as in a process that runs once, and are not cleared */
	mallopt(M_MMAP_THRESHOLD, MMAP_MIN);
	mallopt(M_TRIM_THRESHOLD, INT32_MAX);
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	self.ready = true;
}

uint64_t
fuzz_hash(const uint8_t *data, size_t size)
{
	uint64_t h = size, w;

	for (; size >= sizeof(w); data += sizeof(w), size -= sizeof(w)) {
		memcpy(&w, data, sizeof(w));
		h = (h ^ w) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	for (; size > 0; data++, size--)
		h = (h ^ *data) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 32;
}

void
fuzz_run(const uint8_t *data, size_t size, enum set set, uint64_t hash)
{
	if (!self.ready)
		self_init();
	if (ftruncate(self.fd, 0) != 0 || pwrite(self.fd, data, size, 0) != (ssize_t)size)
		err(EXIT_FAILURE, "memory file");
	run(&self.run, self.path, set, hash);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t hash = fuzz_hash(data, size);

	fuzz_run(data, size, (enum set)(hash % SET_N), hash | 1);
	return 0;
}
