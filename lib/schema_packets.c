/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * schema_packets.c - the dictionary of the columns of packet records.
 *
 * They become columns like those of flow records, so that all forms of the dictionary take them:
 * the core's number first, then those of the plugins, the payload last, as pktcol.c prints them.
 */
#include <stdlib.h>
#include <string.h>

#include "schema.h"

struct making {                         /* a dictionary under construction */
	struct schema *s;
	size_t n;                       /* used columns of s->made */
	unsigned no;                    /* of the last printed one */
	char *err;
	size_t errlen;
};

static size_t
count(const struct pktcol *c)
{
	size_t n = 0;

	while (c != NULL && c[n].name != NULL)
		n++;
	return n;
}

static int
row_add(struct making *m, const struct pktcol *c, const char *owner, const struct optset *opts)
{
	struct schema *s = m->s;
	struct col *made = &s->made[m->n++];
	int on = opts_when(opts, c->when);

	if (on < 0) {
		snprintf(m->err, m->errlen, "%s: column %s: unknown option in its condition '%s'",
		    owner, c->name, c->when);
		return -1;
	}
	*made = (struct col){ .name = c->name, .type = c->type, .when = c->when, .bits = c->bits,
		.text = c->text };
	if (s->opts != NULL && strcmp(c->name, "time") == 0 &&
	    opts_get(s->opts, "core", "RELTIME")->n != 0)
		made->name = "relTime";
	if (on || !s->only_on)
		s->v[s->n++] = (struct schema_row){ made, owner, opts, on ? ++m->no : 0 };
	return 0;
}

int
schema_make_packets(struct schema *s, const struct loaded *pl, size_t npl,
    const struct opts *opts, bool only_on, char *err, size_t errlen)
{
	struct making m = { .s = s, .err = err, .errlen = errlen };
	const struct optset *core = opts != NULL ? opts_owner(opts, "core") : NULL;
	size_t n = count(core_pktcols);
	int r = 0;

	*s = (struct schema){ .pl = pl, .npl = npl, .opts = opts, .only_on = only_on,
		.table = "packets" };
	for (size_t i = 0; i < npl; i++)
		n += count(pl[i].p->pktcols);
	s->made = calloc(n + 1, sizeof(*s->made));
	s->v = calloc(n + 1, sizeof(*s->v));
	if (s->made == NULL || s->v == NULL) {
		snprintf(err, errlen, "out of memory");
		r = -1;
	}
	if (r == 0)
		r = row_add(&m, &core_pktcols[0], "core", core);
	for (size_t i = 0; i < npl; i++)
		for (const struct pktcol *c = pl[i].p->pktcols;
		    r == 0 && c != NULL && c->name != NULL; c++)
			r = row_add(&m, c, pl[i].p->name, col_options(&pl[i], opts));
	for (const struct pktcol *c = &core_pktcols[1]; r == 0 && c->name != NULL; c++)
		r = row_add(&m, c, "core", core);
	if (r != 0)
		schema_free(s);
	return r;
}
