/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2fuzz.c - whole runs of t2 over damaged captures, all in one process.
 *
 * run() does what t2flow does with the capture in memory: all built-in plugins, the real column
 * walk, the reports; the output goes to /dev/null.  Which options are set is drawn from the
 * bytes themselves, so that one input is one behaviour.  With libFuzzer (-DT2_LIBFUZZER) this is
 * the whole program; else main() damages the captures that it is given, the same way for the same
 * seed, and watches the time: a run may take a second per megabyte and at least one.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "../../lib/tool.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Of the sanitizers, if they are there. */
void __sanitizer_set_death_callback(void (*f)(void)) __attribute__((weak));
const char *__ubsan_default_options(void);

enum set {                              /* what options a run has */
	SET_DEFAULT, SET_COMPAT, SET_MAX, SET_MIN, SET_FRAGS, SET_FEW_FLOWS, SET_FILTER, SET_RANDOM,
	SET_N
};
static const char *const set_name[SET_N] = {
	"default", "compat", "max", "min", "frags", "few-flows", "filter", "random",
};
enum { FEW_FLOWS = 16, MMAP_MIN = 1 << 18 };

static uint64_t
xorshift(uint64_t *s)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return *s;
}

/* a run ----------------------------------------------------------------------------------- */

struct run {
	struct t2 *t;
	struct colset cols;
	struct out out;
	FILE *report;
	const char *prefix;             /* of side files */
};

static bool
record(void *arg, struct flow *f)
{
	struct run *r = arg;

	col_record(&r->out, &r->cols, f);
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
output_open(struct run *r)
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
}

/* What the end report and the packet records will ask of the plugins. */
static void
reports(struct run *r, enum set set)
{
	for (size_t i = 0; i < r->t->npl; i++) {
		const struct loaded *l = &r->t->pl[i];

		if (l->p->start != NULL)
			l->p->start(l->state, r->report);
		if (l->p->report != NULL)
			l->p->report(l->state, r->report);
		if (l->p->files != NULL && (set == SET_MAX || set == SET_COMPAT) &&
		    l->p->files(l->state, r->prefix) != 0)
			errx(EXIT_FAILURE, "%s", r->t->err);
	}
}

static void
run(struct run *r, const char *path, enum set set, uint64_t hash)
{
	static const char filter[] = "ip6 or vlan or (tcp[tcpflags] & tcp-syn != 0) or udp";
	char *paths[] = { (char *)(uintptr_t)path };
	struct t2 *t = r->t = t2_new();

	if (t == NULL || t2_load(t, NULL) != 0)
		errx(EXIT_FAILURE, "%s", t == NULL ? "out of memory" : t->err);
	options_set(t, set, hash);
	if (cap_open(&t->cap, paths, 1, set == SET_FILTER ? filter : NULL) == 0) {
		if (t2_start(t) != 0 || colset_make(&r->cols, t->pl, t->npl, &t->opts, t->err,
		    sizeof(t->err)) != 0)
			errx(EXIT_FAILURE, "%s", t->err);
		output_open(r);
		t->record = record;
		t->record_arg = r;
		t2_run(t);              /* -1: a filter that does not fit a link type */
		t2_end(t);
		if (t->tot.live != 0 || t->flows.n != 0 || t->frags.n != 0 || t->descs.n != 0)
			errx(EXIT_FAILURE, "%ju flows, %u pending datagrams, %u descriptions are left",
			    (uintmax_t)t->tot.live, t->frags.n, t->descs.n);
		reports(r, set);
		out_close(&r->out);
		colset_free(&r->cols);
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
	fclose(self.run.report);
}

static void
self_init(void)
{
	if ((self.fd = memfd_create("t2fuzz", MFD_CLOEXEC)) < 0)
		err(EXIT_FAILURE, "memfd_create");
	if ((self.run.report = fopen("/dev/null", "we")) == NULL)
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

static uint64_t
hash_of(const uint8_t *data, size_t size)
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

static void
run_bytes(const uint8_t *data, size_t size, enum set set, uint64_t hash)
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
	uint64_t hash = hash_of(data, size);

	run_bytes(data, size, (enum set)(hash % SET_N), hash | 1);
	return 0;
}

#ifndef T2_LIBFUZZER

/* damage ---------------------------------------------------------------------------------- */

struct source {                         /* a capture as it is */
	const char *name;
	uint8_t *data;
	size_t size;
	size_t *rec;                    /* offsets of its records, if it is uncompressed */
	size_t nrec;
};
struct job {                            /* the command line, and what is under way */
	int cuts, flips;
	uint64_t seed;
	double factor;                  /* times that a run may take as long */
	size_t rss_max;                 /* MB, 0 any */
	const char *save;               /* file that gets an input that failed */
	const struct source *src;
	const uint8_t *data;            /* the input */
	size_t size;
	char what[64], slow_what[160];
	uint64_t inputs, bytes;
	double slowest;                 /* share of the time it may take */
};
static struct job job;

enum { PCAP_FILE = 24, PCAP_RECORD = 16, NG_BLOCK = 12, PACKET_HEAD = 80, FLIPS_MAX = 8 };

static uint32_t
word_at(const uint8_t *p, bool swapped)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return swapped ? __builtin_bswap32(v) : v;
}

/* Where the records of a pcap or the blocks of a pcapng file begin. */
static void
records_find(struct source *s)
{
	uint32_t magic = s->size >= PCAP_FILE ? word_at(s->data, false) : 0, len;
	bool ng = magic == 0x0a0d0d0a, swapped = ng ? word_at(s->data + 8, false) != 0x1a2b3c4d :
	    (magic & 0xffff) != 0xc3d4 && (magic & 0xffff) != 0x3c4d;
	size_t off = ng ? 0 : PCAP_FILE, head = ng ? NG_BLOCK : PCAP_RECORD;

	s->rec = reallocarray(NULL, s->size / head + 1, sizeof(*s->rec));
	if (s->rec == NULL)
		err(EXIT_FAILURE, NULL);
	while (magic != 0 && off + head <= s->size) {
		s->rec[s->nrec++] = off;
		len = word_at(s->data + off + (ng ? 4 : 8), swapped);
		if (ng && len < NG_BLOCK)
			break;
		off += ng ? len : head + len;
	}
}

static struct source
source_read(const char *path)
{
	struct source s = { .name = path };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		err(EXIT_FAILURE, "%s", path);
	s.size = (size_t)st.st_size;
	if ((s.data = malloc(s.size + 1)) == NULL || read(fd, s.data, s.size) != st.st_size)
		err(EXIT_FAILURE, "%s", path);
	close(fd);
	records_find(&s);
	return s;
}

static void
job_tell(void)
{
	int fd = job.save != NULL ? open(job.save, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;

	dprintf(STDERR_FILENO, "t2fuzz: failed: %s, %s\n", job.src->name, job.what);
	if (fd >= 0 && write(fd, job.data, job.size) == (ssize_t)job.size)
		dprintf(STDERR_FILENO, "t2fuzz: the input is in %s\n", job.save);
}

static void
failed(int sig)
{
	job_tell();
	signal(sig, SIG_DFL);
	raise(sig);
}

static void
too_slow(int sig)
{
	(void)sig;
	dprintf(STDERR_FILENO, "t2fuzz: too slow\n");
	job_tell();
	_exit(EXIT_FAILURE);
}

static double
cpu_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* MB in memory now. */
static size_t
rss(void)
{
	char buf[128];
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, buf, sizeof(buf) - 1);
	char *p;

	close(fd);
	buf[n > 0 ? n : 0] = '\0';
	p = strchr(buf, ' ');
	return p != NULL ? strtoul(p, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) >> 20 : 0;
}

static void
input_run(const uint8_t *data, size_t size, int set)
{
	uint64_t hash = hash_of(data, size);
	double mb = (double)size / 1e6, limit = (mb > 1 ? mb : 1) * job.factor, t = cpu_seconds();
	struct itimerval timer = { .it_value = { .tv_sec = (time_t)limit + 1 } };

	job.data = data;
	job.size = size;
	setitimer(ITIMER_PROF, &timer, NULL);
	run_bytes(data, size, set < 0 ? (enum set)(hash % SET_N) : (enum set)set, hash | 1);
	t = (cpu_seconds() - t) / limit;
	job.inputs++;
	job.bytes += size;
	if (t > job.slowest) {
		job.slowest = t;
		snprintf(job.slow_what, sizeof(job.slow_what), "%.80s, %s", job.src->name, job.what);
	}
	if (t > 1)
		too_slow(0);
	if (job.rss_max != 0 && rss() > job.rss_max) {
		dprintf(STDERR_FILENO, "t2fuzz: %zu MB in memory\n", rss());
		job_tell();
		_exit(EXIT_FAILURE);
	}
}

/* Half of the cuts spread evenly, half near the beginnings of records. */
static void
cut_run(const struct source *s, int i)
{
	static const size_t near[] = { 0, 1, 4, 8, 12, 15, 16, 17, 20, 24, 28, 29, 30, 36, 44, 50 };
	size_t n = (size_t)job.cuts, k = (size_t)i, at = s->size * (k + 1) / (n + 1);
	uint8_t *copy;

	if (k % 2 == 1 && s->nrec > 0)
		at = s->rec[s->nrec * k / n] + near[k / 2 % ARRAY_LEN(near)];
	if (at > s->size)
		at = s->size;
	if ((copy = malloc(at + 1)) == NULL)    /* so that reading beyond it is seen */
		err(EXIT_FAILURE, NULL);
	memcpy(copy, s->data, at);
	snprintf(job.what, sizeof(job.what), "cut at %zu", at);
	input_run(copy, at, -1);
	free(copy);
}

static void
byte_spoil(uint8_t *p, uint64_t r)
{
	static const uint8_t odd[] = { 0, 0xff, 0x7f, 0x80, 0x45, 0x60, 0x01, 0x40 };

	switch (r & 3) {
	case 0:
		*p = (uint8_t)(r >> 8);
		break;
	case 1:
		*p = odd[r >> 8 & 7];
		break;
	default:
		*p ^= (uint8_t)(1u << (r >> 8 & 7));
	}
}

/* Up to eight bytes: anywhere, in record headers, or at the beginning of one packet or of many. */
static void
flip_run(const struct source *s, int i)
{
	uint64_t rng = (job.seed * 1000003 + (uint64_t)i + 1) * UINT64_C(0x9e3779b97f4a7c15) | 1, r;
	uint8_t *copy = malloc(s->size + 1);
	size_t rec = 0, at;

	if (copy == NULL)
		err(EXIT_FAILURE, NULL);
	memcpy(copy, s->data, s->size);
	for (int k = 0; k < 8; k++)
		xorshift(&rng);
	for (int n = 1 + (int)(xorshift(&rng) % FLIPS_MAX), k = 0; k < n && s->size > 0; k++) {
		r = xorshift(&rng);
		if (s->nrec > 0 && (k == 0 || i % 4 == 3))
			rec = s->rec[r % s->nrec];
		r >>= 24;
		if (s->nrec == 0 || i % 4 == 0)
			at = r % s->size;
		else if (i % 4 == 1)
			at = rec < 64 && r & 1 ? r % 64 : rec + r % PCAP_RECORD;
		else
			at = rec + PCAP_RECORD + r % PACKET_HEAD;
		if (at < s->size)
			byte_spoil(copy + at, xorshift(&rng));
	}
	snprintf(job.what, sizeof(job.what), "flip %d of seed %ju", i, (uintmax_t)job.seed);
	input_run(copy, s->size, -1);
	free(copy);
}

static void
file_run(const char *path)
{
	struct source s = source_read(path);

	job.src = &s;
	for (int set = 0; set < SET_N; set++) {
		snprintf(job.what, sizeof(job.what), "whole, %s", set_name[set]);
		input_run(s.data, s.size, set);
	}
	for (int i = 0; i < job.cuts; i++)
		cut_run(&s, i);
	for (int i = 0; i < job.flips; i++)
		flip_run(&s, i);
	free(s.data);
	free(s.rec);
}

/* gcc's UBSan does not know the death callback of its ASan. */
const char *
__ubsan_default_options(void)
{
	return "abort_on_error=1:print_stacktrace=1";
}

static void __attribute__((noreturn))
usage(void)
{
	fputs("usage: t2fuzz [-c CUTS] [-f FLIPS] [-s SEED] [-t FACTOR] [-m MB] [-w SAVE] FILE...\n",
	    stderr);
	exit(2);
}

int
main(int argc, char **argv)
{
	struct rusage u;
	double begin = cpu_seconds();
	int letter;

	job = (struct job){ .factor = 1 };
	while ((letter = getopt(argc, argv, "c:f:s:t:m:w:")) != -1)
		switch (letter) {
		case 'c': job.cuts = atoi(optarg); break;
		case 'f': job.flips = atoi(optarg); break;
		case 's': job.seed = strtoull(optarg, NULL, 10); break;
		case 't': job.factor = atof(optarg); break;
		case 'm': job.rss_max = strtoul(optarg, NULL, 10); break;
		case 'w': job.save = optarg; break;
		default: usage();
		}
	if (optind == argc || job.factor <= 0)
		usage();
	signal(SIGPROF, too_slow);
	signal(SIGABRT, failed);
	if (__sanitizer_set_death_callback != NULL)
		__sanitizer_set_death_callback(job_tell);
	for (int i = optind; i < argc; i++)
		file_run(argv[i]);
	getrusage(RUSAGE_SELF, &u);
	printf("%ju inputs, %.1f MB, %.1f s, at most %ld MB in memory, slowest %.0f%% of its time: "
	    "%s\n", (uintmax_t)job.inputs, (double)job.bytes / 1e6, cpu_seconds() - begin,
	    u.ru_maxrss / 1024, 100 * job.slowest, job.slow_what);
	return fclose(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
