/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pcapd.c - t2 -e LIST: the packets of the listed flows go into LIST.pcap in the same pass.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "pcapd.h"

static int
list_read(struct pcapd *p, const char *list)
{
	if (pick_read(&p->pick, list) != 0) {
		t2_error(p->t, "pcapd: %s", p->pick.err);
		return -1;
	}
	if (pick_empty(&p->pick) || p->pick.packets) {
		t2_error(p->t, "pcapd: No usable information in file '%s'", list);
		return -1;
	}
	return pick_ready(&p->pick);
}

static int
output_open(struct pcapd *p)
{
	const struct cap *c = &p->t->cap;
	char **input = reallocarray(NULL, c->npath + 1, sizeof(*input)), *path = NULL;
	int r = -1;

	if (input == NULL || asprintf(&path, "%s.pcap", p->list) < 0) {
		t2_error(p->t, "pcapd: %s", strerror(errno));
	} else {
		memcpy(input, c->path, c->npath * sizeof(*input));
		input[c->npath] = (char *)(uintptr_t)p->list;
		r = dump_open(&p->dump, path, false, input, c->npath + 1);
		if (r != 0)
			t2_error(p->t, "pcapd: %.400s", p->dump.err);
	}
	free(input);
	free(path);
	return r;
}

int
pcapd_open(struct pcapd *p, struct t2 *t, const char *list)
{
	*p = (struct pcapd){ .t = t, .list = list };
	if (list_read(p, list) != 0 || output_open(p) != 0)
		return -1;
	dump_abort(&p->dump);           /* nothing is left if the run fails to start */
	return 0;
}

int
pcapd_join(struct pcapd *p)
{
	if (output_open(p) != 0)
		return -1;
	extract_join(&p->extract, p->t, &p->pick, &p->dump);
	return 0;
}

int
pcapd_end(struct pcapd *p, void (*say)(const char *text))
{
	if (extract_close(&p->extract) != 0) {
		if (p->t->err[0] == '\0')
			t2_error(p->t, "pcapd: %.400s", p->dump.err);
		return -1;
	}
	pick_missing(&p->pick, p->t->next_index, say);
	return 0;
}

void
pcapd_start(const struct pcapd *p, FILE *report)
{
	uint64_t n = 0, end = 0;

	/* directions of one flow count once; both lists are sorted */
	for (size_t a = 0, b = 0; a < p->pick.dir[0].n || b < p->pick.dir[1].n; ) {
		const struct pick_spans *d = p->pick.dir;
		const struct pick_span *s = b == d[1].n || (a < d[0].n &&
		    d[0].v[a].lo <= d[1].v[b].lo) ? &d[0].v[a++] : &d[1].v[b++];
		uint64_t lo = s->lo > end ? s->lo : end + 1;

		n += s->hi >= lo ? s->hi - lo + 1 : 0;
		end = s->hi > end ? s->hi : end;
	}
	fprintf(report, "[INF] pcapd: %" PRIu64 " flow %s\n", n, n == 1 ? "index" : "indices");
}

void
pcapd_report(const struct pcapd *p, FILE *report)
{
	char human[FMT_MAX], percent[FMT_MAX];

	if (p->dump.npkts > 0)
		fprintf(report, "pcapd: number of packets extracted: %" PRIu64 "%s%s\n",
		    p->dump.npkts, fmt_human(human, sizeof(human), p->dump.npkts),
		    fmt_percent(percent, sizeof(percent), (double)p->dump.npkts,
		    (double)p->t->tot.npkts));
}

void
pcapd_free(struct pcapd *p)
{
	pick_free(&p->pick);
}
