/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.c - what a run tells until its input ends: banner, modes, plugins, files, first packet.
 * The end report is in report_end.c.
 *
 * Colours are added to finished lines, and only for terminals.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "tool.h"

enum { RULER = 80 };                    /* characters */

/* colour ---------------------------------------------------------------------------------- */

static bool
is_plugin(const struct t2 *t, const char *name, size_t n)
{
	for (size_t i = 0; i < t->npl; i++)
		if (strncmp(t->pl[i].p->name, name, n) == 0 && t->pl[i].p->name[n] == '\0')
			return true;
	return false;
}

static void
paint_line(const struct report *r, const char *s, size_t n)
{
	const char *colon = memchr(s, ':', n);
	const char *on = NULL;
	size_t part = n;                /* bytes in colour */

	if (n > 6 && strncmp(s, "[WRN] ", 6) == 0) {
		on = "\033[33m";
	} else if (n > 6 && strncmp(s, "[INF] ", 6) == 0) {
		on = "\033[34m";
	} else if (colon != NULL && is_plugin(r->t, s, (size_t)(colon - s))) {
		on = "\033[1m";
		part = (size_t)(colon - s);
	}
	if (on != NULL)
		fprintf(r->out, "%s%.*s\033[0m", on, (int)part, s);
	else
		part = 0;
	fwrite(s + part, 1, n - part, r->out);
	putc('\n', r->out);
}

static void
paint(const struct report *r, const char *text)
{
	for (size_t n; *text != '\0'; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		paint_line(r, text, n);
	}
}

static void
flush(struct report *r)
{
	if ((fflush(r->out) != 0 || ferror(r->out)) && r->error == 0)
		r->error = errno != 0 ? errno : EIO;
}

void
report_emit(struct report *r, void (*print)(const struct report *r, FILE *f))
{
	char *text = NULL;
	size_t n;
	FILE *f = r->colour ? open_memstream(&text, &n) : NULL;

	if (f == NULL) {
		print(r, r->out);
	} else {
		print(r, f);
		if (fclose(f) == 0)
			paint(r, text);
		free(text);
	}
	flush(r);
}

void
report_line(struct report *r, const char *fmt, ...)
{
	char *text;
	va_list ap;
	int n;

	if (opt_core(r->t, "VERBOSE")->n == 0)      /* maybe before the run has started */
		return;
	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	if (r->colour)
		paint_line(r, text, (size_t)n);
	else
		fprintf(r->out, "%s\n", text);
	flush(r);
	free(text);
}

void
report_ruler(FILE *f, int c)
{
	for (int i = 0; i < RULER; i++)
		putc(c, f);
	putc('\n', f);
}

/* start ----------------------------------------------------------------------------------- */

void
report_open(struct report *r, struct t2 *t, FILE *out)
{
	const char *no = getenv("NO_COLOR");

	*r = (struct report){ .t = t, .out = out, .nominal = FLOWS_NOMINAL,
	    .start = clock_ns() };
	r->colour = (no == NULL || no[0] == '\0') && isatty(fileno(out));
}

static void
print_start(const struct report *r, FILE *f)
{
	const struct t2 *t = r->t;
	const struct dissect_conf *d = &t->dissect.conf;
	const char *modes[] = { d->l2 != 0 ? "L2" : NULL, d->ipv4 ? "IPv4" : NULL,
	    d->ipv6 ? "IPv6" : NULL, d->sctp ? "SCTP" : NULL };
	const char *sep = " ";
	size_t i;

	report_ruler(f, '=');
	fprintf(f, "t2 %s. PID: %jd\n", T2_VERSION, (intmax_t)getpid());
	report_ruler(f, '=');
	fprintf(f, "[INF] Creating flows for");
	for (i = 0; i < ARRAY_LEN(modes); i++) {
		if (modes[i] == NULL)
			continue;
		fprintf(f, "%s%s", sep, modes[i]);
		sep = ", ";
	}
	putc('\n', f);
	if (t->core[CO_BLOCK_BUF].n != 0)
		fprintf(f, "[WRN] BLOCK_BUF=1: no flow records are written\n");
	if (r->list != NULL) {
		fprintf(f, "Checking list file\n");
		for (i = 0; i < t->cap.npath; i++)
			fprintf(f, "    checking file '%s'\n", t->cap.path[i]);
	}
	fprintf(f, "Active plugins:\n");
	for (i = 0; i < t->npl; i++)
		fprintf(f, "    %02zu: %s, %s\n", i + 1, t->pl[i].p->name, t->pl[i].p->version);
	fprintf(f, "    %02zu: txtSink, %s\n", i + 1, T2_VERSION);
	for (i = 0; i < t->npl; i++)
		if (t->pl[i].p->start != NULL)
			t->pl[i].p->start(t->pl[i].state, f);
	if (r->list != NULL)
		fprintf(f, "Processing list file: %s\n", r->list);
}

void
report_start(struct report *r, const char *list)
{
	r->list = list;
	if (r->t->core[CO_VERBOSE].n > 0)
		report_emit(r, print_start);
}

void
report_file(struct report *r, const char *path)
{
	const struct cap *c = &r->t->cap;

	if (c->live_conf != NULL)
		report_line(r, "Live capture on interface: %s", path);
	else if (c->npath == 1 && r->list == NULL)
		report_line(r, "Processing file: %s", path);
	else
		report_line(r, "Processing file no. %zu of %zu: %s", c->next, c->npath, path);
	if (c->filter != NULL && r->nfiles == 0)
		report_line(r, "[INF] BPF: %s", c->filter);
	r->nfiles++;
}

void
report_packets(struct report *r, const struct pkt *v, int n)
{
	char time[FMT_MAX];

	if (!r->dump) {
		r->dump = true;
		report_line(r, "Dump start: %s", fmt_point(time, sizeof(time), v->ts, 6, true));
	}
	if (r->snap || (r->t->tot.stat & FS(L3SNAP)) == 0)
		return;
	r->snap = true;
	while (n > 1 && (v->stat & FS(L3SNAP)) == 0)
		v++, n--;
	report_line(r, "[WRN] snapL2Length: %u - snapL3Length: %u - IP length in header: %u",
	    pkt_avail(v, v->l2), pkt_avail(v, v->l3), v->iplen);
}

int
report_close(struct report *r)
{
	if (fclose(r->out) != 0 && r->error == 0)
		r->error = errno;
	errno = r->error;
	return r->error != 0 ? -1 : 0;
}
