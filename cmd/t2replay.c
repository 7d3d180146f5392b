/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2replay - runs again what a PREFIX_headers.txt tells of, in a scratch folder, and compares.
 *
 * The recorded command line is taken apart with the options of its tool; plugins, options, filter
 * and limits are those of the record, whatever config file and environment say now.
 */
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <getopt.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lib/replay.h"
#include "../lib/tool.h"
#include "../lib/usage.h"

static const char usage_text[] =
	"usage: t2replay [OPTION]... PREFIX_headers.txt\n"
	"Repeats the run of a headers file elsewhere and tells whether its files are identical.\n"
	"\n"
	"  -C, --folder DIR      captures lie in DIR, not in the folder of the recorded run\n"
	"  -k, --keep            leave the folder with the new files and print its name\n"
	"  -q, --quiet           print only what differs\n"
	"  -h, --help            this text\n"
	"  -V, --version         version\n"
	"\n"
	"Status 0: all files are identical, 1: they are not, or the run cannot be repeated.\n";

static const struct option long_options[] = {
	{ "folder", required_argument, NULL, 'C' },
	{ "keep", no_argument, NULL, 'k' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

struct main {
	char *headers;                  /* the file */
	const char *folder;             /* -C, or the recorded one */
	bool keep, quiet;               /* -k, -q */
	struct recorded rec;
	char *dir;                      /* the scratch folder */
	int ndiffer;                    /* files that are not identical */
};

static void
args_read(struct main *m, int argc, char **argv)
{
	int letter;

	usage_alone(argc, usage_text);
	usage_asked(argc, argv, usage_text);
	while ((letter = getopt_long(argc, argv, "C:kqhV", long_options, NULL)) != -1) {
		switch (letter) {
		case 'C':
			m->folder = optarg;
			break;
		case 'k':
			m->keep = true;
			break;
		case 'q':
			m->quiet = true;
			break;
		case 'h':
			tell(usage_text);
		case 'V':
			tell("t2replay " T2_VERSION "\n");
		default:
			usage_error();
		}
	}
	if (argc - optind != 1) {
		warnx(argc == optind ? "which run?  PREFIX_headers.txt" : "one headers file only");
		usage_error();
	}
	m->headers = argv[optind];
}

/* Is everything as it was?  Without checksums nothing is known. */
static bool
inputs_same(const struct main *m)
{
	char hex[SUM_SIZE];
	bool same = true;

	for (size_t i = 0; i < m->rec.nsums; i++) {
		const struct recorded_sum *s = &m->rec.sum[i];

		if (sum_file(s->path, hex) != 0)
			warn("%s", s->path);
		else if (strcmp(hex, s->hex) != 0)
			warnx("%s: has changed since the run", s->path);
		else
			continue;
		same = false;
	}
	return same;
}

/* The tool beside this one, as a recorded path may mean another version. */
static char *
tool_path(const char *name)
{
	char self[4096], *slash, *path;
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n <= 0)
		err(EXIT_FAILURE, "/proc/self/exe");
	self[n] = '\0';
	if ((slash = strrchr(self, '/')) != NULL)
		slash[1] = '\0';
	if (asprintf(&path, "%s%s", self, name) < 0)
		err(EXIT_FAILURE, NULL);
	return path;
}

/* The exit status.  Nothing but the command line sets options; the report goes nowhere. */
static int
run(const struct main *m, char **argv)
{
	char *path = tool_path(argv[0]), *config;
	int status, null;
	pid_t pid;

	if (asprintf(&config, "%s/.config", m->dir) < 0)
		err(EXIT_FAILURE, NULL);
	if ((pid = fork()) < 0)
		err(EXIT_FAILURE, "fork");
	if (pid == 0) {
		replay_environment(config);
		if ((null = open("/dev/null", O_RDWR)) < 0 || dup2(null, STDIN_FILENO) < 0 ||
		    dup2(null, STDOUT_FILENO) < 0)
			err(127, "/dev/null");
		execv(path, argv);
		err(127, "%s", path);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			err(EXIT_FAILURE, "%s", path);
	free(config);
	free(path);
	if (WIFSIGNALED(status))
		warnx("%s: ended by signal %d", argv[0], WTERMSIG(status));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

/* Lines that tell of the run and not of the capture: they differ always. */
static bool
is_passing(const char *line)
{
	static const char *const start[] = { "# Date: ", "# PID: ", "# Command line: ",
		"# Folder: ", "# HW Info: ", "# SHA-256: ", "# Data SHA-256: ",
		"# Plugin SHA-256: ", "# t2 ", "t2 " T2_VERSION ". PID",
		"Memory usage: ", "[INF] t2 stays on CPU ", "[INF] t2 successfully moved ",
		"Finished processing. Elapsed time: ", "Finished unloading flow memory. Time: " };

	for (size_t i = 0; i < ARRAY_LEN(start); i++)
		if (strncmp(line, start[i], strlen(start[i])) == 0)
			return true;
	return false;
}

struct lines {                          /* a file line by line */
	FILE *f;
	char *line;
	size_t size;
	ssize_t len;                    /* -1 at the end */
	uintmax_t no;
};

static void
line_next(struct lines *l, bool pass)
{
	do {
		l->len = getline(&l->line, &l->size, l->f);
		l->no++;
	} while (pass && l->len > 0 && is_passing(l->line));
}

/* The number of the first line that is not the same in both, 0 none. */
static uintmax_t
first_difference(struct lines *a, struct lines *b, bool pass)
{
	do {
		line_next(a, pass);
		line_next(b, pass);
		if (a->len != b->len ||
		    (a->len > 0 && memcmp(a->line, b->line, (size_t)a->len) != 0))
			return a->no;
	} while (a->len > 0);
	return 0;
}

/* Compares a new file with the recorded one: 1 identical, 0 not; tells. */
static int
file_compare(const struct main *m, const char *name)
{
	static const char *const passing[] = { "_headers.txt", "_log.txt" };
	const char *slash = strrchr(m->headers, '/');
	struct lines a = { 0 }, b = { 0 };
	uintmax_t no = 1;
	char *old, *new;
	bool pass = false;

	if (asprintf(&old, "%.*s%s", slash != NULL ? (int)(slash - m->headers) + 1 : 0, m->headers,
	    name) < 0 || asprintf(&new, "%s/%s", m->dir, name) < 0)
		err(EXIT_FAILURE, NULL);
	for (size_t i = 0; i < ARRAY_LEN(passing); i++)
		pass |= strlen(name) >= strlen(passing[i]) &&
		    strcmp(name + strlen(name) - strlen(passing[i]), passing[i]) == 0;
	if ((a.f = fopen(old, "re")) == NULL) {
		printf("missing    %s\n", name);
	} else {
		if ((b.f = fopen(new, "re")) == NULL)
			err(EXIT_FAILURE, "%s", new);
		no = first_difference(&a, &b, pass);
		if (ferror(a.f) || ferror(b.f))
			err(EXIT_FAILURE, "%s", name);
		if (no != 0)
			printf("differs    %s: line %ju\n", name, no);
		else if (!m->quiet)
			printf("identical  %s\n", name);
		fclose(a.f);
		fclose(b.f);
	}
	free(a.line);
	free(b.line);
	free(old);
	free(new);
	return no == 0;
}

static int
is_result(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static void
compare_all(struct main *m)
{
	struct dirent **ent;
	int n = scandir(m->dir, &ent, is_result, alphasort);

	if (n < 0)
		err(EXIT_FAILURE, "%s", m->dir);
	for (int i = 0; i < n; i++) {
		m->ndiffer += !file_compare(m, ent[i]->d_name);
		free(ent[i]);
	}
	free(ent);
	if (n == 0)
		warnx("the run wrote nothing");
	m->ndiffer += n == 0;
}

static int
remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static void
scratch_make(struct main *m)
{
	const char *tmp = getenv("TMPDIR");

	if (asprintf(&m->dir, "%s/t2replay.XXXXXX",
	    tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp") < 0)
		err(EXIT_FAILURE, NULL);
	if (mkdtemp(m->dir) == NULL)
		err(EXIT_FAILURE, "%s", m->dir);
}

static void
note(const char *text)
{
	warnx("not repeated: %s", text);
}

/* Makes the scratch folder and the command line that writes there. */
static void
command(struct main *m, struct replay *r)
{
	static const char tail[] = "_headers.txt";
	size_t n = strlen(m->headers), ntail = sizeof(tail) - 1;
	const char *base = strrchr(m->headers, '/');
	char *out;

	base = base != NULL ? base + 1 : m->headers;
	if (n < ntail || strcmp(m->headers + n - ntail, tail) != 0)
		errx(EXIT_USAGE, "%s: its name does not end in %s", m->headers, tail);
	scratch_make(m);
	if (asprintf(&out, "%s/%.*s", m->dir, (int)(strlen(base) - ntail), base) < 0)
		err(EXIT_FAILURE, NULL);
	*r = (struct replay){ .rec = &m->rec, .out = out, .note = note };
	if (replay_command(r) != 0) {
		rmdir(m->dir);
		errx(EXIT_FAILURE, "%s: %s", m->headers, r->err);
	}
	free(out);
}

/* Where relative paths of the run begin. */
static void
folder_enter(const struct main *m)
{
	char **words;
	int n;

	if (m->folder != NULL) {
		if (chdir(m->folder) != 0)
			err(EXIT_FAILURE, "%s", m->folder);
		return;
	}
	if (m->rec.folder == NULL || (words = words_read(m->rec.folder, &n)) == NULL)
		errx(EXIT_FAILURE, "%s: it does not tell the folder of the run", m->headers);
	if (n != 1 || chdir(words[0]) != 0)
		err(EXIT_FAILURE, "%s", m->rec.folder);
	words_free(words, n);
}

int
main(int argc, char **argv)
{
	struct main m = { 0 };
	struct replay r;
	char why[512];
	int status;

	args_read(&m, argc, argv);
	if (recorded_read(&m.rec, m.headers, why, sizeof(why)) != 0)
		errx(EXIT_FAILURE, "%s", why);
	if ((m.headers = realpath(m.headers, NULL)) == NULL)
		err(EXIT_FAILURE, NULL);
	if (m.rec.version != NULL && strcmp(m.rec.version, T2_VERSION) != 0)
		warnx("the run was of t2 %s, this is %s", m.rec.version, T2_VERSION);
	folder_enter(&m);
	if (!inputs_same(&m))
		errx(EXIT_FAILURE, "the run cannot be repeated");
	command(&m, &r);
	status = run(&m, r.argv);
	if (status != 0)
		warnx("%s ended with status %d", r.argv[0], status);
	compare_all(&m);
	if (m.keep)
		printf("%s\n", m.dir);
	else if (nftw(m.dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
		warn("%s", m.dir);
	replay_free(&r);
	recorded_free(&m.rec);
	free(m.headers);
	free(m.dir);
	if (fflush(stdout) != 0)
		err(EXIT_FAILURE, "stdout");
	return m.ndiffer == 0 && status <= 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
