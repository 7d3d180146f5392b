/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dumped.c - what is written as a capture must come back: all packets of a run go through dump.c
 * into a file, every third is taken out at the end, and the rest is read again and compared.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "dumped.h"
#include "t2fuzz.h"

enum { EVERY = 3 };

/* Order counts. */
static uint64_t
add_packet(uint64_t hash, const struct pkt *p)
{
	uint64_t v[4] = { (uint64_t)p->ts, p->caplen, (uint64_t)p->wirelen << 32 | p->linktype,
	    hash };

	return fuzz_hash(p->data, p->caplen) ^ fuzz_hash((const uint8_t *)v, sizeof(v));
}

void
dumped_open(struct dumped *d, const char *prefix)
{
	*d = (struct dumped){ .on = true };
	snprintf(d->path, sizeof(d->path), "%s.cap", prefix);
	if (dump_open(&d->dump, d->path, false, NULL, 0) != 0)
		errx(EXIT_FAILURE, "%s", d->dump.err);
}

void
dumped_add(struct dumped *d, const struct cap_file *source, const struct pkt *v, int n)
{
	dump_source(&d->dump, source);
	for (int i = 0; i < n && d->dump.err[0] == '\0'; i++) {
		if (dump_packet(&d->dump, &v[i]) == 0 && d->npkts++ % EVERY != 0)
			d->hash = add_packet(d->hash, &v[i]);
	}
}

static void
compare(const struct dumped *d, uint64_t npkts)
{
	char *paths[] = { (char *)(uintptr_t)d->path };
	struct cap c = { 0 };
	struct pkt *v = calloc(BATCH, sizeof(*v));
	uint64_t hash = 0;
	int n;

	if (v == NULL || cap_open(&c, paths, 1, NULL) != 0)
		errx(EXIT_FAILURE, "%s: cannot be read", d->path);
	while ((n = cap_batch(&c, v, BATCH)) > 0)
		for (int i = 0; i < n; i++)
			hash = add_packet(hash, &v[i]);
	if (c.damaged || c.npkts != npkts || hash != d->hash) {
		warnx("%s: %ju packets written, %ju read%s", d->path, (uintmax_t)npkts,
		    (uintmax_t)c.npkts, c.damaged ? ", damaged" : "");
		abort();
	}
	cap_close(&c);
	free(v);
}

void
dumped_check(struct dumped *d)
{
	size_t n = d->npkts / EVERY + (d->npkts % EVERY != 0);
	uint64_t *drop = calloc(n + 1, sizeof(*drop));

	if (drop == NULL)
		err(EXIT_FAILURE, NULL);
	for (size_t i = 0; i < n; i++)
		drop[i] = i * EVERY;
	if (dump_close(&d->dump, drop, n) == 0 && d->npkts > n)
		compare(d, d->npkts - n);
	free(drop);
}
