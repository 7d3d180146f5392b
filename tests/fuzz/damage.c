/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * damage.c - runs captures whole, cut off and with wrong bytes through t2fuzz.c.
 *
 *   t2fuzz [-c CUTS] [-f FLIPS] [-s SEED] [-t FACTOR] [-m MB] [-w SAVE] FILE...
 *
 * The same seed damages the same way.  A run may take a second of CPU time per megabyte, at least
 * one, FACTOR times that with -t; with -m the process may not have more than MB in memory.  What
 * fails is named, written to SAVE and ends the program with 1.
 */
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "t2fuzz.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Of the sanitizers, if they are there. */
void __sanitizer_set_death_callback(void (*f)(void)) __attribute__((weak));
const char *__ubsan_default_options(void);

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
	uint64_t hash = fuzz_hash(data, size);
	double mb = (double)size / 1e6, limit = (mb > 1 ? mb : 1) * job.factor, t = cpu_seconds();
	struct itimerval timer = { .it_value = { .tv_sec = (time_t)limit + 1 } };

	job.data = data;
	job.size = size;
	setitimer(ITIMER_PROF, &timer, NULL);
	fuzz_run(data, size, set < 0 ? (enum set)(hash % SET_N) : (enum set)set, hash | 1);
	t = (cpu_seconds() - t) / limit;
	job.inputs++;
	job.bytes += size;
	if (t > job.slowest) {
		job.slowest = t;
		snprintf(job.slow_what, sizeof(job.slow_what), "%.80s, %s", job.src->name,
		    job.what);
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
		snprintf(job.what, sizeof(job.what), "whole, %s", fuzz_set_name[set]);
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
	fputs("usage: t2fuzz [-c CUTS] [-f FLIPS] [-s SEED] [-t FACTOR] [-m MB] [-w SAVE] "
	    "FILE...\n", stderr);
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
