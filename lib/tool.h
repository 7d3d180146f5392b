/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tool.h - what a tool needs to set up a run, take its flags and tell about it.
 */
#ifndef T2_TOOL_H
#define T2_TOOL_H

#include "priv.h"
#include "series.h"
#include "signals.h"
#include "split.h"

/* setup.c: a run from its parts; all return -1 with err ----------------------------------- */

struct t2 *t2_new(void);                /* with the options of the core and the writer */
/* Loads plugins and adds their options. */
int t2_load(struct t2 *t, const struct plugin_wish *wish);
/* All options are set: prepares plugins and engine. */
int t2_start(struct t2 *t);
void t2_free(struct t2 *t);

/* cli.c: what the command lines of all tools have in common ------------------------------- */

struct cli {
	char **path;                    /* captures from -r and -R, npath of them */
	size_t npath;
	bool file;                      /* -r */
	char **assign;                  /* -o, nassign of them */
	size_t nassign;
	const char *plugins;            /* -p */
	const char *plugin_list;        /* -b */
	bool skip_broken;               /* --skip-broken */
	const char *list;               /* the file of -R, names the output */
	const char *filter_file;        /* -F */
	char *filter;                   /* BPF text, NULL none */
	uint64_t max_flows;             /* --max-flows */
	struct series series;           /* -D, text NULL: none */
	char *iface;                    /* -i, NULL none */
	struct cap_live_conf live;      /* -S and -B, 0 not given */
	bool no_promisc;                /* --no-promisc */
	const char *user;               /* --user */
	char err[ERR_ROOM];
};
#define CLI_LETTERS "r:R:F:o:p:b:x:"
enum { CLI_MAX_FLOWS = 256, CLI_SKIP_BROKEN, CLI_NO_PROMISC, CLI_USER };
#define CLI_LONG \
	{ "read", required_argument, NULL, 'r' }, \
	{ "read-list", required_argument, NULL, 'R' }, \
	{ "filter", required_argument, NULL, 'F' }, \
	{ "option", required_argument, NULL, 'o' }, \
	{ "plugins", required_argument, NULL, 'p' }, \
	{ "plugin-list", required_argument, NULL, 'b' }, \
	{ "skip-broken", no_argument, NULL, CLI_SKIP_BROKEN }, \
	{ "sensor", required_argument, NULL, 'x' }, \
	{ "max-flows", required_argument, NULL, CLI_MAX_FLOWS }
#define CLI_USAGE \
	"  -r, --read FILE       capture to read, - is stdin; may be repeated\n" \
	"  -R, --read-list FILE  read the captures named in FILE, one a line\n" \
	"  -F, --filter FILE     packet filter (BPF) from FILE\n" \
	"  -o, --option OPTION   plugin.NAME=value or NAME=value, compat=0.8.4; may be repeated\n" \
	"  -p, --plugins LIST    plugins: names joined by commas, .so files, or a folder\n" \
	"  -b, --plugin-list FILE  plugins: those listed in FILE, one a line\n" \
	"      --skip-broken     leave out plugins that cannot be loaded\n" \
	"  -x, --sensor ID       number of this sensor\n" \
	"      --max-flows N     keep at most N flow directions in memory\n"
/* The same of tools that also read what is still being made. */
#define CLI_LIVE_LETTERS CLI_LETTERS "D:i:S:B:"
#define CLI_LIVE_LONG \
	CLI_LONG, \
	{ "series", required_argument, NULL, 'D' }, \
	{ "interface", required_argument, NULL, 'i' }, \
	{ "snaplen", required_argument, NULL, 'S' }, \
	{ "buffer", required_argument, NULL, 'B' }, \
	{ "no-promisc", no_argument, NULL, CLI_NO_PROMISC }, \
	{ "user", required_argument, NULL, CLI_USER }
#define CLI_LIVE_USAGE \
	"  -D, --series EXPR[:SCHR][,STOP]  captures with a number behind the last SCHR (p) of\n" \
	"                        their name, up to STOP; waits for the next one\n" \
	"  -i, --interface IFACE  capture from a network interface, until Ctrl-C\n" \
	"  -S, --snaplen BYTES   with -i: capture that many bytes of a packet (262144)\n" \
	"  -B, --buffer BYTES    with -i: size of the kernel's buffer (33554432)\n" \
	"      --no-promisc      with -i: only packets from and to this host\n" \
	"      --user NAME       with -i, as root: go on as this user (who called sudo)\n" \
	CLI_USAGE
/* Takes an option letter: 1 taken, 0 not one of these, -1 err. */
int cli_option(struct cli *c, int letter, char *arg);
bool cli_stdin(const struct cli *c);    /* is stdin an input? */
/* The words behind the options are a packet filter. */
int cli_filter(struct cli *c, char **word, int n);
/* cli_input.c: takes a letter of CLI_LIVE_LETTERS that is not in CLI_LETTERS, as cli_option(). */
int cli_input(struct cli *c, int letter, char *arg);
/* All options are taken: is there an input, and only one kind of it, and whole files if they are
 * needed?  -1 err. */
int cli_inputs(struct cli *c, bool whole);
/* prefix_make() for that input; opened is the first that was opened. */
char *cli_prefix(const struct cli *c, const char *w, const char *opened);
/* Opens it: as cap_open(). */
int cli_open(struct cli *c, struct t2 *t);
/* Behind t2_start(), before output is opened: gives up the rights that an interface needs.  -1
 * with t->err. */
int cli_confine(struct cli *c, struct t2 *t);
/* Loads plugins and options (config file, environment, -o) into t. */
int cli_setup(struct cli *c, struct t2 *t);
void cli_free(struct cli *c);

/* tool_run.c: the way of a run in a tool; what cannot be done is told and ends the program -- */

struct t2 *tool_new(void);
/* On the way through getopt_long: true if the letter is one that all tools have. */
bool tool_option(struct cli *c, int letter, char *arg);
void tool_split(struct split *s, const char *arg);      /* -W */
/* Behind all options: cli_inputs() and cli_filter(); with -W the prefix and t->split. */
void tool_inputs(struct cli *c, bool whole);
void tool_filter(struct cli *c, char **word, int n);
void tool_write(struct t2 *t, struct split *s, const char **write);
/* The steps up to the first packet: plugins and options; the captures, from here on with what
 * they have to say and with signals; the plugins' and the engine's memory. */
void tool_setup(struct cli *c, struct t2 *t);
void tool_open(struct cli *c, struct t2 *t,
    void (*say)(void *arg, enum cap_event event, const char *text), void *arg);
void tool_start(struct cli *c, struct t2 *t);
char *tool_prefix(const struct cli *c, const char *write, const char *opened);
/* To the end of the input.  This and the following return an exit status. */
int tool_run(struct t2 *t);
/* r is of sink_close() and the like: tells why it failed, unless the reader had enough. */
int tool_closed(const struct t2 *t, int r);
/* A full disk must not go unnoticed; a reader that had enough may. */
int tool_stdout_close(void);
/* The last step; a damaged capture makes the status a failure. */
int tool_free(struct cli *c, struct t2 *t, int status);

/* prefix.c, headers.c --------------------------------------------------------------------- */

/* The PREFIX of all output files for -w (NULL: not given) and the first input; creates missing
 * folders.  NULL with errno. */
char *prefix_make(const char *w, const char *input);
/* The path of PREFIX with suffix; NULL, with err, if that is an input of the run. */
char *prefix_path(struct t2 *t, const char *prefix, const char *suffix);
/* PREFIX_headers.txt: what was run with which options, and the columns. */
int headers_write(struct t2 *t, const char *prefix, const struct colset *cols, char **argv);
/* headers_sum.c: what is read, with checksums, as lines of the headers file; -1 with err. */
enum { SUM_SIZE = 65 };                 /* a SHA-256 in hexadecimal and a NUL */
int headers_sums(struct t2 *t, FILE *f);
int sum_file(const char *path, char hex[SUM_SIZE]);     /* -1 with errno */
/* headers_read.c: instead of cli_setup() the run that a headers file tells of, filter included. */
int headers_setup(struct cli *c, struct t2 *t, const char *path);

/* recorded.c: what a headers file tells of its run ------------------------------------------ */

struct recorded_sum {
	char hex[SUM_SIZE];
	char *path;
};
struct recorded {
	char *version, *command, *folder;       /* NULL: not told; the words as they stand there */
	char *plugins;                  /* names or paths joined by commas */
	char *options;                  /* "owner.NAME=value" words, or NULL */
	char *filter;                   /* NULL none */
	uint64_t max_flows;
	char **column;                  /* their names */
	size_t ncolumns;
	struct recorded_sum *sum;       /* of captures, plugins and data files */
	size_t nsums;
};
/* -1 with err; free it in any case. */
int recorded_read(struct recorded *h, const char *path, char *err, size_t errlen);
void recorded_free(struct recorded *h);

/* words.c: quoted words --------------------------------------------------------------------- */

void word_print(FILE *f, const char *s);
/* n words and a NULL; NULL without memory, or if a quote does not end (errno 0). */
char **words_read(const char *s, int *n);
void words_free(char **v, int n);

/* sink.c: where the flow records go ------------------------------------------------------- */

struct sink {
	struct t2 *t;
	struct colset cols;
	struct out out;
	uint64_t nrecords;
	char *prefix;                   /* with a split */
	bool blocked;                   /* BLOCK_BUF: no records */
	uint64_t piece;                 /* records before this piece */
};
/* Opens PREFIX_flows.txt, with t->split its first piece, or stdout, for the records of t and writes
 * the headers file if there is a prefix.  -1 with err. */
int sink_open(struct sink *s, struct t2 *t, const char *prefix, bool to_stdout, char **argv);
/* -1 with errno and err if anything was not written; EPIPE: the reader had enough. */
int sink_close(struct sink *s);
int sink_check(struct t2 *t);           /* are there the columns of -c?  -1 with err */
/* The file of records at path, NULL: stdout; packet records are never compressed.  -1 with errno
 * and err, as sink_file_close. */
int sink_file_open(struct t2 *t, struct out *o, const char *path, bool packets);
int sink_file_close(struct t2 *t, struct out *o);

/* pktsink.c: where the packet records go -------------------------------------------------- */

struct pktsink {
	struct t2 *t;
	struct pktset cols;
	struct out out;
	uint64_t nrecords;
};
/* PREFIX_packets.txt, or stdout if prefix is NULL, gets the packets of t.  -1 with err. */
int pktsink_open(struct pktsink *s, struct t2 *t, const char *prefix);
int pktsink_close(struct pktsink *s);   /* as sink_close */
/* Before t2_start, if there will be no other records: runs only the plugins that matter.  -1 with
 * err if the columns of -c are not there. */
int pktsink_plan(struct t2 *t);

/* stream.c: the payload of one flow ------------------------------------------------------- */

enum stream_form { STREAM_TEXT, STREAM_HEX, STREAM_RAW };
struct stream_conf {
	uint64_t flow;                  /* its index */
	char dir;                       /* 'A', 'B', 0 both */
	enum stream_form form;
	void (*note)(void *arg, const char *text);      /* remarks that the form has no place for */
	void *note_arg;
};
/* Writes to stdout while t runs, and stops it behind the flow.  NULL with err. */
struct stream *stream_open(struct t2 *t, const struct stream_conf *conf);
/* *found: there was such a flow.  -1 with errno and err as sink_close. */
int stream_close(struct stream *s, bool *found);

/* progress.c: a line about the run on stderr ---------------------------------------------- */

struct progress {
	const struct t2 *t;
	bool on;                        /* stderr is a terminal */
	bool shown;                     /* there is a line to clear */
	int64_t start, next;            /* clock: start, next change, ns */
};
/* rows_on_stdout: no line if they scroll by on the same terminal. */
void progress_start(struct progress *p, const struct t2 *t, bool rows_on_stdout);
/* Between batches; serves as struct t2's watch, with a struct progress as arg. */
void progress_step(void *arg, const struct pkt *v, int n);
void progress_clear(struct progress *p);
/* A message on stderr, in place of the line; arg is a struct progress. */
void progress_note(void *arg, const char *text);
/* The warnings of a capture, as struct cap's say. */
void progress_say(void *arg, enum cap_event event, const char *text);

/* report.c, report_end.c: what a run tells ------------------------------------------------ */

/* The reference's flow table for each unit of its factor -f, of which percents are. */
enum { FLOWS_NOMINAL = 262144, FLOWS_FACTOR_MAX = INT32_MAX / FLOWS_NOMINAL };
struct pcapd;
struct mon_report;
struct report {
	struct t2 *t;
	FILE *out;
	const char *list;               /* the file of -R, or NULL */
	const struct pcapd *pcapd;      /* of -e, or NULL */
	const struct mon_report *interim;       /* the monitoring report being written, or NULL */
	size_t nfiles;                  /* inputs opened */
	uint64_t nominal;               /* flow directions that are called 100 % */
	bool colour;                    /* out is a terminal that wants it */
	bool dump, snap;                /* told: the first packet, the first snapped one */
	int error;                      /* errno of the first failed write */
	int64_t start;                  /* clock at the start of the run, ns */
};
void report_open(struct report *r, struct t2 *t, FILE *out);
void report_start(struct report *r, const char *list);  /* banner, modes, plugins */
void report_file(struct report *r, const char *path);   /* an input was opened */
void report_packets(struct report *r, const struct pkt *v, int n);      /* of each batch */
void report_read(struct report *r);     /* the input has ended */
void report_end(struct report *r);      /* all flows have ended */
int report_close(struct report *r);     /* 0, or -1 with errno if anything was not written */
/* One line; [WRN], [INF] and the names of plugins may be coloured. */
void report_line(struct report *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same with what print() writes. */
void report_emit(struct report *r, void (*print)(const struct report *r, FILE *f));
void report_ruler(FILE *f, int c);
/* The numbers of the end report, or of the monitoring report that is being written. */
void report_numbers(const struct report *r, FILE *f);
/* report_interim.c: a monitoring report; before: the totals that it counts from, NULL the start. */
void report_interim(struct report *r, const struct mon_report *m, const struct totals *before);
/* The lines of the plugins in it. */
void report_plugins(const struct mon_report *m, FILE *f);

#endif
