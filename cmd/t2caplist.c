/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * t2caplist - finds captures by what is in the files and lists them, one absolute path a line, for
 * option -R of the other tools.
 *
 * A capture is what t2 can open, compressed or not.  Names compare like version numbers: b2, b10.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fnmatch.h>
#include <fts.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "../lib/cap.h"
#include "../lib/usage.h"

static const char usage_text[] =
	"usage: t2caplist [OPTION]... [FILE|DIR]...\n"
	"Lists the captures among the files and in the folders (.), for option -R of t2.\n"
	"\n"
	"  -d, --depth N         go N folders deep, 1 (default) is the folder itself\n"
	"  -r, --recursive       go into all folders\n"
	"  -L, --follow          follow symbolic links in folders\n"
	"  -x, --name PATTERN    files with such names, whatever is in them; may be repeated\n"
	"  -s, --unsorted        in the order of the folder\n"
	"  -t, --time            sort by the time of the first packet\n"
	"  -z, --size            sort by size\n"
	"  -R, --reverse         sort the other way round\n"
	"  -v, --verbose         name the files given that are no captures\n"
	"  -h, --help            this text\n"
	"  -V, --version         version\n";

static const struct option long_options[] = {
	{ "depth", required_argument, NULL, 'd' },
	{ "recursive", no_argument, NULL, 'r' },
	{ "follow", no_argument, NULL, 'L' },
	{ "name", required_argument, NULL, 'x' },
	{ "unsorted", no_argument, NULL, 's' },
	{ "time", no_argument, NULL, 't' },
	{ "size", no_argument, NULL, 'z' },
	{ "reverse", no_argument, NULL, 'R' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

struct found {
	char *path;
	int64_t key;                    /* size, or time of the first packet, ns */
};
struct t2caplist {
	long depth;                     /* -d, LONG_MAX: -r */
	bool follow, verbose, reverse;  /* -L, -v, -R */
	int order;                      /* letter of -s, -t, -z; 0: by name */
	char **pattern;                 /* -x, npattern of them */
	size_t npattern;
	struct found *v;
	size_t n, room;
	int status;
};

/* order ----------------------------------------------------------------------------------- */

/* Runs of digits by value, letters without case; what is equal then byte by byte. */
static int
name_compare(const char *a, const char *b)
{
	const char *p = a, *q = b;

	while (*p != '\0' && *q != '\0') {
		if (isdigit((unsigned char)*p) && isdigit((unsigned char)*q)) {
			size_t n, m;
			int r;

			p += strspn(p, "0");
			q += strspn(q, "0");
			n = strspn(p, "0123456789");
			m = strspn(q, "0123456789");
			if ((r = n != m ? (n > m) - (n < m) : strncmp(p, q, n)) != 0)
				return r;
			p += n;
			q += m;
		} else {
			int r = tolower((unsigned char)*p++) - tolower((unsigned char)*q++);

			if (r != 0)
				return r;
		}
	}
	if (*p != '\0' || *q != '\0')
		return *p != '\0' ? 1 : -1;
	return strcmp(a, b);
}

static int
compare(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return name_compare(x->path, y->path);
}

/* search ---------------------------------------------------------------------------------- */

static void
say(void *arg, enum cap_event event, const char *text)
{
	const struct t2caplist *c = arg;

	if (event == CAP_WARN && c->order == 't')
		warnx("%s", text);
}

/* Opens path as a capture; *first gets the time of its first packet if that is wanted. */
static bool
is_capture(struct t2caplist *c, char *path, int64_t *first)
{
	struct cap cap = { 0 };
	struct pkt *p = NULL;
	bool is = cap_open(&cap, &path, 1, NULL) == 0;

	*first = 0;
	cap.say = say;
	cap.arg = c;
	if (is && c->order == 't' && (p = calloc(1, sizeof(*p))) != NULL &&
	    cap_batch(&cap, p, 1) == 1)
		*first = p->ts;
	cap.say = NULL;
	cap_close(&cap);
	free(p);
	return is;
}

static bool
is_wanted(struct t2caplist *c, char *path, int64_t *first)
{
	const char *slash = strrchr(path, '/');

	for (size_t i = 0; i < c->npattern; i++)
		if (fnmatch(c->pattern[i], slash != NULL ? slash + 1 : path, 0) == 0) {
			if (c->order == 't')
				is_capture(c, path, first);
			return true;
		}
	return c->npattern == 0 && is_capture(c, path, first);
}

static void
add(struct t2caplist *c, const char *path, int64_t key)
{
	struct found *v;

	if (c->n == c->room) {
		c->room = c->room == 0 ? 64 : 2 * c->room;
		if ((v = reallocarray(c->v, c->room, sizeof(*v))) == NULL)
			err(EXIT_FAILURE, NULL);
		c->v = v;
	}
	if ((c->v[c->n].path = strdup(path)) == NULL)
		err(EXIT_FAILURE, NULL);
	c->v[c->n++].key = key;
}

/* given: it was named on the command line. */
static void
file(struct t2caplist *c, char *path, off_t size, bool given)
{
	int64_t first = 0;

	if (!is_wanted(c, path, &first)) {
		if (given && c->verbose)
			warnx("'%s' is not a valid pcap file", path);
	} else if (strpbrk(path, "\r\n") != NULL) {
		warnx("left out: a name with a line end cannot be in a list");
		c->status = EXIT_FAILURE;
	} else {
		add(c, path, c->order == 'z' ? size : first);
	}
}

static void
walk(struct t2caplist *c, char *dir)
{
	char *const v[] = { dir, NULL };
	FTS *f = fts_open(v, FTS_NOCHDIR | (c->follow ? FTS_LOGICAL : FTS_PHYSICAL), NULL);
	FTSENT *e;

	if (f == NULL)
		err(EXIT_FAILURE, "%s", dir);
	while ((e = fts_read(f)) != NULL) {
		if (e->fts_info == FTS_D && e->fts_level >= c->depth) {
			fts_set(f, e, FTS_SKIP);
		} else if (e->fts_info == FTS_F && S_ISREG(e->fts_statp->st_mode)) {
			file(c, e->fts_path, e->fts_statp->st_size, false);
		} else if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR ||
		    e->fts_info == FTS_NS) {
			warnc(e->fts_errno, "%s", e->fts_path);
			c->status = EXIT_FAILURE;
		}
	}
	fts_close(f);
}

static void
operand(struct t2caplist *c, const char *name)
{
	struct stat st;
	char *path = realpath(name, NULL);

	if (path == NULL || stat(path, &st) != 0) {
		warn("%s", name);
		c->status = EXIT_FAILURE;
	} else if (S_ISDIR(st.st_mode)) {
		walk(c, path);
	} else if (S_ISREG(st.st_mode)) {
		file(c, path, st.st_size, true);
	} else if (c->verbose) {
		warnx("'%s' is not a valid pcap file", name);
	}
	free(path);
}

/* ----------------------------------------------------------------------------------------- */

static void
option(struct t2caplist *c, int letter)
{
	const char *why;
	char **v;

	switch (letter) {
	case 'd':
		c->depth = (long)strtonum(optarg, 1, INT32_MAX, &why);
		if (why != NULL)
			errx(EXIT_USAGE, "--depth: %s: %s", optarg, why);
		break;
	case 'r':
		c->depth = LONG_MAX;
		break;
	case 'L':
		c->follow = true;
		break;
	case 'R':
		c->reverse = true;
		break;
	case 'v':
		c->verbose = true;
		break;
	case 'x':
		if ((v = reallocarray(c->pattern, c->npattern + 1, sizeof(*v))) == NULL)
			err(EXIT_FAILURE, NULL);
		c->pattern = v;
		c->pattern[c->npattern++] = optarg;
		break;
	case 's': case 't': case 'z':
		if (c->order != 0 && c->order != letter)
			errx(EXIT_USAGE, "-%c and -%c exclude each other", c->order, letter);
		c->order = letter;
		break;
	case 'h':
		tell(usage_text);
	case 'V':
		tell("t2caplist " T2_VERSION "\n");
	default:
		usage_error();
	}
}

static void
print(const struct t2caplist *c)
{
	for (size_t i = 0; i < c->n; i++)
		puts(c->v[c->reverse ? c->n - 1 - i : i].path);
	if (fflush(stdout) == 0 && fclose(stdout) == 0)
		return;
	if (errno != EPIPE)
		warn("stdout");
	exit(EXIT_FAILURE);
}

int
main(int argc, char **argv)
{
	struct t2caplist c = { .depth = 1, .status = EXIT_SUCCESS };
	int letter;

	usage_asked(argc, argv, usage_text);
	while ((letter = getopt_long(argc, argv, "d:rLx:stzRvhV", long_options, NULL)) != -1)
		option(&c, letter);
	if (optind == argc)
		operand(&c, ".");
	for (int i = optind; i < argc; i++)
		operand(&c, argv[i]);
	if (c.order != 's' && c.n > 0)
		qsort(c.v, c.n, sizeof(*c.v), compare);
	if (c.n == 0) {
		warnx("No valid PCAP files found");
		c.status = EXIT_FAILURE;
	}
	print(&c);
	for (size_t i = 0; i < c.n; i++)
		free(c.v[i].path);
	free(c.v);
	free(c.pattern);
	return c.status;
}
