/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2dmon - gives the captures that appear in a folder numbered names, as links, so that t2 -D reads
 * them as one stream.
 *
 * A file counts when its writer has closed it, or when it is moved in.  Links are made relative,
 * in the same folder.  Surprise: names that begin with a point are left alone, since rsync and
 * others write under such a name and rename when they are done.
 */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/t2.h"
#include "../lib/usage.h"

enum { EVENTS = 1 << 16 };              /* bytes of events read at a time */

static const char usage_text[] =
	"usage: t2dmon [OPTION]... [FOLDER]\n"
	"Makes a numbered link to each file that appears in FOLDER (.), for option -D of t2.\n"
	"\n"
	"  -i, --index START   number of the first link (0)\n"
	"  -o, --output NAME   name of the links, in front of the number (wurst.pcap)\n"
	"  -m, --max N         keep the newest N links only\n"
	"  -v, --verbose       tell what is done\n"
	"  -h, --help          this text\n"
	"  -V, --version       version\n";

static const struct option long_options[] = {
	{ "index", required_argument, NULL, 'i' },
	{ "output", required_argument, NULL, 'o' },
	{ "max", required_argument, NULL, 'm' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

struct t2dmon {
	const char *folder;
	const char *name;               /* -o */
	uint64_t next, first;           /* number of the next link, of the oldest one */
	uint64_t max;                   /* -m, 0 no limit */
	bool verbose;                   /* -v */
	struct seen {                   /* files that have a link, so that writing on makes none */
		char *name;
		ino_t ino;
	} *seen;
	size_t nseen, room;
};

static const char *
join(char path[PATH_MAX], const struct t2dmon *d, const char *name)
{
	size_t n = strlen(d->folder);

	if (snprintf(path, PATH_MAX, "%s%s%s", d->folder,
	    n > 0 && d->folder[n - 1] == '/' ? "" : "/", name) >= PATH_MAX)
		errx(EXIT_FAILURE, "%s: %s", name, strerror(ENAMETOOLONG));
	return path;
}

static const char *
link_path(char path[PATH_MAX], const struct t2dmon *d, uint64_t number)
{
	char name[NAME_MAX + 1];

	if (snprintf(name, sizeof(name), "%s%" PRIu64, d->name, number) >= (int)sizeof(name))
		errx(EXIT_FAILURE, "%s: %s", d->name, strerror(ENAMETOOLONG));
	return join(path, d, name);
}

static void
say(const struct t2dmon *d, const char *what, const char *path)
{
	if (!d->verbose)
		return;
	if (printf("%s '%s'\n", what, path) < 0 || fflush(stdout) != 0)
		err(EXIT_FAILURE, "stdout");
}

/* Whether this file got a link before; remembers it. */
static bool
seen_before(struct t2dmon *d, const char *name, ino_t ino)
{
	struct seen *v;

	for (size_t i = 0; i < d->nseen; i++) {
		bool same;

		if (strcmp(d->seen[i].name, name) != 0)
			continue;
		same = d->seen[i].ino == ino;
		d->seen[i].ino = ino;
		return same;
	}
	if (d->nseen == d->room) {
		d->room = d->room == 0 ? 64 : 2 * d->room;
		if ((v = reallocarray(d->seen, d->room, sizeof(*v))) == NULL)
			err(EXIT_FAILURE, NULL);
		d->seen = v;
	}
	if ((d->seen[d->nseen].name = strdup(name)) == NULL)
		err(EXIT_FAILURE, NULL);
	d->seen[d->nseen++].ino = ino;
	return false;
}

/* The file is gone: another one of that name is a new one. */
static void
forget(struct t2dmon *d, const char *name)
{
	for (size_t i = 0; i < d->nseen; i++) {
		if (strcmp(d->seen[i].name, name) != 0)
			continue;
		free(d->seen[i].name);
		d->seen[i] = d->seen[--d->nseen];
		return;
	}
}

static void
file_new(struct t2dmon *d, const char *name)
{
	char path[PATH_MAX];
	struct stat st;

	if (name[0] == '.' || lstat(join(path, d, name), &st) != 0 || !S_ISREG(st.st_mode) ||
	    seen_before(d, name, st.st_ino))
		return;
	say(d, "New file:", path);
	if (symlink(name, link_path(path, d, d->next)) != 0)
		err(EXIT_FAILURE, "%s", path);
	say(d, "New symlink:", path);
	d->next++;
	while (d->max != 0 && d->next - d->first > d->max) {
		link_path(path, d, d->first++);
		/* not what somebody has put there */
		if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
			continue;
		say(d, "Too many links. Removing", path);
		if (unlink(path) != 0)
			warn("%s", path);
	}
}

static void
event(struct t2dmon *d, const struct inotify_event *e)
{
	if (e->mask & IN_Q_OVERFLOW)
		warnx("%s: too many files at a time, some have no link", d->folder);
	else if (e->mask & (IN_IGNORED | IN_UNMOUNT | IN_MOVE_SELF))
		errx(EXIT_FAILURE, "%s: the folder is gone", d->folder);
	else if (e->len > 0 && e->mask & (IN_DELETE | IN_MOVED_FROM))
		forget(d, e->name);
	else if (e->len > 0 && (e->mask & IN_ISDIR) == 0)
		file_new(d, e->name);
}

static void __attribute__((noreturn))
watch(struct t2dmon *d, int fd)
{
	_Alignas(struct inotify_event) static char buf[EVENTS];

	for (;;) {
		ssize_t n = read(fd, buf, sizeof(buf));

		if (n < 0 && errno != EINTR)
			err(EXIT_FAILURE, "%s", d->folder);
		for (ssize_t at = 0; at < n; ) {
			const struct inotify_event *e = (const void *)(buf + at);

			event(d, e);
			at += (ssize_t)(sizeof(*e) + e->len);
		}
	}
}

static uint64_t
number(const char *name, const char *arg, long long min)
{
	const char *why;
	long long n = strtonum(arg, min, INT64_MAX / 2, &why);

	if (why != NULL)
		errx(EXIT_USAGE, "%s: %s: %s", name, arg, why);
	return (uint64_t)n;
}

static void
args_read(struct t2dmon *d, int argc, char **argv)
{
	int letter;

	usage_asked(argc, argv, usage_text);
	while ((letter = getopt_long(argc, argv, "i:o:m:vhV", long_options, NULL)) != -1) {
		switch (letter) {
		case 'i':
			d->first = d->next = number("--index", optarg, 0);
			break;
		case 'o':
			if (optarg[0] == '\0' || strchr(optarg, '/') != NULL)
				errx(EXIT_USAGE, "--output: '%s' is not a name of a file", optarg);
			d->name = optarg;
			break;
		case 'm':
			d->max = number("--max", optarg, 1);
			break;
		case 'v':
			d->verbose = true;
			break;
		case 'h':
			tell(usage_text);
		case 'V':
			tell("t2dmon " T2_VERSION "\n");
		default:
			usage_error();
		}
	}
	if (argc - optind > 1)
		errx(EXIT_USAGE, "one folder only, not %s too", argv[optind + 1]);
	if (optind < argc)
		d->folder = argv[optind];
}

int
main(int argc, char **argv)
{
	struct t2dmon d = { .folder = ".", .name = "wurst.pcap" };
	char path[PATH_MAX];
	struct stat st;
	int fd;

	args_read(&d, argc, argv);
	if ((fd = inotify_init1(IN_CLOEXEC)) < 0 || inotify_add_watch(fd, d.folder, IN_CLOSE_WRITE |
	    IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_MOVE_SELF | IN_ONLYDIR) < 0)
		err(EXIT_FAILURE, "%s", d.folder);
	if (lstat(link_path(path, &d, d.next), &st) == 0)
		errx(EXIT_FAILURE, "%s: %s (begin with another number: -i)", path,
		    strerror(EEXIST));
	say(&d, "Monitoring folder", d.folder);
	say(&d, "First symlink will be", path);
	watch(&d, fd);
}
