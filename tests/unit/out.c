/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test of the writer (out.c, put.c).
 *
 * Values go through a real file and are read back, so the buffer and its flushes take part.
 * Each group prints "ok N name", or what is wrong and "not ok N name"; exit 1 if any failed.
 */
#include <errno.h>
#include <fcntl.h>
#include <float.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../lib/priv.h"
#include "../../lib/schema.h"

#define FILL 3000000                    /* bytes that need many flushes */

struct test {
	int group, bad, failed;         /* number, faults of the current one, groups that failed */
	char path[64];                  /* of the scratch file */
};

static void
check(struct test *t, bool ok, const char *what)
{
	if (!ok && t->bad++ < 10)
		printf("wrong: %s\n", what);
}

static void
group_end(struct test *t, const char *name)
{
	printf("%s %d %s\n", t->bad > 0 ? "not ok" : "ok", ++t->group, name);
	t->failed += t->bad > 0;
	t->bad = 0;
}

/* The writer's configuration with the given assignments, which end with NULL. */
static struct out_conf
conf_of(struct test *t, const char *const *assign)
{
	struct opts o;
	struct out_conf c;
	const char *why;

	opts_init(&o);
	check(t, opts_add(&o, "txtSink", txtsink_opts) == 0, "options of txtSink");
	for (; assign != NULL && *assign != NULL; assign++)
		check(t, opts_set(&o, *assign) == 0, *assign);
	check(t, out_configure(&c, opts_owner(&o, "txtSink"), &why) == 0, "configuration");
	opts_free(&o);
	return c;
}

static struct out
scratch_open(struct test *t, const char *const *assign)
{
	struct out_conf c = conf_of(t, assign);
	struct out o;

	if (out_open(&o, t->path, &c) < 0) {
		perror(t->path);
		exit(1);
	}
	return o;
}

/* Closes o; what it wrote to the scratch file, NUL-terminated, *n bytes. */
static char *
scratch_read(struct test *t, struct out *o, size_t *n)
{
	size_t room = 2 * FILL;
	char *s = malloc(room);
	int fd;

	check(t, out_close(o) == 0, "out_close");
	fd = open(t->path, O_RDONLY);
	*n = 0;
	for (ssize_t k = 1; k > 0 && *n < room - 1; *n += (size_t)k)
		if ((k = read(fd, s + *n, room - 1 - *n)) < 0)
			exit(1);
	close(fd);
	s[*n] = '\0';
	return s;
}

static void
expect(struct test *t, struct out *o, const char *want)
{
	size_t n;
	char *got = scratch_read(t, o, &n);

	check(t, n == strlen(want) && memcmp(got, want, n) == 0, want);
	if (strcmp(got, want) != 0)
		printf("  got: %s\n", got);
	free(got);
}

/* values ---------------------------------------------------------------------------------- */

static const uint8_t mac[6] = { 0, 0xd0, 2, 0x6d, 0x78, 0xfe };
static const uint8_t ip4[4] = { 10, 0, 200, 7 };
static const uint8_t ip6[16] = { 0x20, 1, 0xd, 0xb8, [12] = 0xab, [15] = 1 };

static void
put_all(struct out *o)
{
	put_u64(o, UINT64_MAX), put_sub(o), put_i64(o, -5), put_sub(o), put_hex(o, 0xbeef, 8);
	put_rep(o), put_float(o, 0.06088299f), put_rep(o), put_double(o, 1.5), put_char(o, ' ');
	put_time(o, 61000001999), put_char(o, ' '), put_point(o, 1022171701691172000);
	put_char(o, ' '), put_mac(o, mac), put_char(o, ' '), put_ip(o, 4, ip4), put_char(o, ' ');
	put_ip(o, 6, ip6), put_char(o, ' '), put_ip(o, 0, ip4), put_char(o, ' ');
	put_string(o, "a\tb\"\\\1\xff", 7), put_class(o, "x\"y", 3), put_string(o, NULL, 0);
	put_raw(o, "\t\n", 2);
}

static void
test_forms(struct test *t)
{
	static const char *const one[] = { "HEX_CAPITAL=1", "IP4_FORMAT=1", "IP6_FORMAT=1",
		"MAC_FORMAT=1", "TSTAMP_PREC=1", "B2T_TIMESTR=1", "TFS_SAN_UTF8=0", NULL };
	static const char *const two[] = { "HEX_CAPITAL=1", "IP4_FORMAT=2", "IP6_FORMAT=2",
		"MAC_SEP=-", "B2T_TIME_IN_MICRO_SECS=0", NULL };
	static const char *const three[] = { "IP4_FORMAT=3", "IP6_FORMAT=3", NULL };
	struct out o = scratch_open(t, NULL);

	put_all(&o);
	expect(t, &o, "18446744073709551615_-5_0x0000beef;0.06088299;1.500000 61.000001 "
	    "1022171701.691172 00:d0:02:6d:78:fe 10.0.200.7 2001:db8::ab00:1 0.0.0.0 "
	    "\"a\\tb\\\"\\\\\\u0001.\"x\\\"y\"\"\t\n");
	o = scratch_open(t, one);
	put_all(&o);
	expect(t, &o, "18446744073709551615_-5_0x0000BEEF;0.06088299;1.500000 61.000001999 "
	    "2002-05-23T16:35:01.691172000+0000 0x000000D0026D78FE 010.000.200.007 "
	    "2001:0db8:0000:0000:0000:0000:ab00:0001 000.000.000.000 "
	    "\"a\\tb\\\"\\\1\xff\"x\"y\"\"\t\n");
	o = scratch_open(t, two);
	put_all(&o);
	expect(t, &o, "18446744073709551615_-5_0x0000BEEF;0.06088299;1.500000 61.000001999 "
	    "1022171701.691172000 00-d0-02-6d-78-fe 0x0A00C807 "
	    "0x20010DB80000000000000000AB000001 0x00000000 "
	    "\"a\\tb\\\"\\\\\\u0001.\"x\\\"y\"\"\t\n");
	o = scratch_open(t, three);
	o.conf.reltime = true;
	o.conf.base = 1022171700000000000;
	put_all(&o);
	expect(t, &o, "18446744073709551615_-5_0x0000beef;0.06088299;1.500000 61.000001 "
	    "1.691172 00:d0:02:6d:78:fe 167823367 0x20010db800000000_0x00000000ab000001 0 "
	    "\"a\\tb\\\"\\\\\\u0001.\"x\\\"y\"\"\t\n");
	group_end(t, "values in all forms");
}

static void
test_options(struct test *t)
{
	static const char *const bad[] = { "SEP_CHR=", "SEP_CHR=;", "SEP_CHR=_", "SEP_CHR=.",
		"SEP_CHR='\"'", "SEP_CHR=,,", "SEP_CHR=a", "HDR_CHR=%%", "MAC_SEP=", "MAC_SEP=;",
		"SEP_CHR=:", "SEP_CHR=%", "MAC_SEP=\\n" };
	struct out_conf c = conf_of(t, (const char *const[]){ "SEP_CHR=,", "HDR_CHR=", NULL });
	const char *why;
	struct opts o;

	check(t, c.sep == ',' && c.hdr_chr == '\0', "SEP_CHR and HDR_CHR");
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		opts_init(&o);
		opts_add(&o, "txtSink", txtsink_opts);
		check(t, opts_set(&o, bad[i]) == 0, bad[i]);
		check(t, out_configure(&c, opts_owner(&o, "txtSink"), &why) < 0 && why, bad[i]);
		opts_free(&o);
	}
	group_end(t, "options refused");
}

/* Long text comes out as if cleaned in one go, whatever bytes sit where a piece ends. */
static void
test_text(struct test *t)
{
	static const uint8_t set[] = { 'a', 'b', '\t', '"', 1, 0x80, 0xbf, 0xc3, 0xe2, 0x82, 0xac,
		0xf0, 0x9f, 0x98, 0x80, 0xff };
	uint32_t seed = 1;

	for (int round = 0; round < 12; round++) {
		size_t n = 100000 + (size_t)round, len;
		char *text = malloc(n), *want = malloc(6 * n + 2), *end, *got;
		struct out o = scratch_open(t, NULL);

		for (size_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			/* characters of 2 to 4 bytes in some rounds, any bytes in the others */
			text[i] = (char)(round < 3 ? "\xc3\xa4"[(i + (size_t)round) % 2] :
			    round < 6 ? "\xe2\x82\xac"[(i + (size_t)round) % 3] :
			    round < 9 ? "\xf0\x9f\x98\x80"[(i + (size_t)round) % 4] :
			    (char)set[seed >> 28]);
		}
		want[0] = '"';
		end = fmt_text(want + 1, want + 1 + 6 * n, text, n);
		*end++ = '"';
		put_string(&o, text, n);
		got = scratch_read(t, &o, &len);
		check(t, len == (size_t)(end - want) && memcmp(got, want, len) == 0, "long text");
		free(got);
		free(want);
		free(text);
	}
	group_end(t, "text longer than a piece");
}

static void
test_buffer(struct test *t)
{
	struct out o = scratch_open(t, NULL);
	char *want = malloc(FILL + 100), *got, *raw = malloc(FILL);
	size_t n = 0, len;

	for (uint64_t v = 1; n < FILL; v = v * 7 + 3) {
		put_u64(&o, v);
		put_char(&o, '\n');
		n += (size_t)snprintf(want + n, 100, "%ju\n", (uintmax_t)v);
	}
	got = scratch_read(t, &o, &len);
	check(t, len == n && memcmp(got, want, n) == 0, "many small values");
	check(t, o.written == n, "bytes counted");
	free(got);
	memset(raw, 'r', FILL);
	o = scratch_open(t, NULL);
	put_char(&o, 'x');
	put_raw(&o, raw, FILL);
	got = scratch_read(t, &o, &len);
	check(t, len == FILL + 1 && got[0] == 'x' && memcmp(got + 1, raw, FILL) == 0, "raw bytes");
	free(got);
	n = 0;
	o = scratch_open(t, NULL);
	while (n < FILL / 2) {
		put_double(&o, -DBL_MAX);
		n += (size_t)snprintf(want + n, 320, "%f", -DBL_MAX);
	}
	got = scratch_read(t, &o, &len);
	check(t, len == n && memcmp(got, want, n) == 0, "largest double");
	free(got);
	free(raw);
	free(want);
	group_end(t, "output longer than the buffer");
}

/* errors ---------------------------------------------------------------------------------- */

static void
fill(struct out *o)
{
	for (int i = 0; i < FILL / 8; i++)
		put_raw(o, "1234567\n", 8);
}

static void
on_alarm(int sig)
{
	(void)sig;
}

/* A child writes FILL bytes into a narrow pipe, non-blocking and with an alarm every ms. */
static void
test_pipe(struct test *t)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	struct itimerval ms = { { 0, 1000 }, { 0, 1000 } };
	struct out_conf c = conf_of(t, NULL);
	struct out o;
	char buf[10000];
	size_t n = 0;
	int fd[2], status = 1;

	if (pipe(fd) < 0)
		exit(1);
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		sigaction(SIGALRM, &sa, NULL);
		setitimer(ITIMER_REAL, &ms, NULL);
		close(fd[0]);
		fcntl(fd[1], F_SETFL, O_NONBLOCK);
		dup2(fd[1], STDOUT_FILENO);
		if (out_open(&o, "-", &c) < 0)
			_exit(1);
		fill(&o);
		_exit(out_close(&o) == 0 && o.written == FILL ? 0 : 1);
	}
	close(fd[1]);
	for (ssize_t k; (k = read(fd[0], buf, sizeof(buf))) > 0; n += (size_t)k)
		usleep(100);
	close(fd[0]);
	waitpid(pid, &status, 0);
	check(t, n == FILL && status == 0, "slow reader");
	group_end(t, "partial and interrupted writes");
}

static void
test_failure(struct test *t)
{
	struct out_conf c = conf_of(t, NULL);
	struct out o;
	int fd[2];

	check(t, out_open(&o, "/no/such/folder/x", &c) < 0 && errno == ENOENT, "missing folder");
	check(t, out_close(&o) == 0, "close after failed open");
	if (out_open(&o, "/dev/full", &c) == 0) {
		fill(&o);
		check(t, o.error == ENOSPC && o.written == 0, "full disk");
		check(t, out_close(&o) < 0 && errno == ENOSPC, "full disk at close");
		check(t, out_close(&o) == 0, "second close");
	}
	if (pipe(fd) < 0 || out_open(&o, "/dev/null", &c) < 0)
		exit(1);
	dup2(fd[1], o.fd);
	put_char(&o, 'x');
	check(t, out_patch(&o, 0, "y", 1) < 0 && errno == ESPIPE, "no patch in a pipe");
	close(fd[0]);
	signal(SIGPIPE, SIG_IGN);
	fill(&o);
	check(t, o.error == EPIPE, "reader gone");
	check(t, out_close(&o) < 0 && errno == EPIPE, "reader gone at close");
	close(fd[1]);
	group_end(t, "failures are kept");
}

int
main(void)
{
	struct test t = { 0 };
	const char *dir = getenv("TMPDIR");

	snprintf(t.path, sizeof(t.path), "%s/outXXXXXX", dir != NULL ? dir : "/tmp");
	int fd = mkstemp(t.path);
	if (fd < 0) {
		perror(t.path);
		return 1;
	}
	close(fd);
	test_forms(&t);
	test_options(&t);
	test_text(&t);
	test_buffer(&t);
	test_pipe(&t);
	test_failure(&t);
	unlink(t.path);
	return t.failed > 0;
}
