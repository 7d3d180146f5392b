/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * plugin_clash.c - what is wrong with a plugin's tables: two plugins have a column of the same
 * name, or something has no description.
 *
 * Columns are asked for by name, so a run has each once.  Options are not looked at: what they
 * switch on today may be off tomorrow, and a plugin shall not come and go with them.
 */
#include <string.h>

#include "plugin_list.h"

static bool
has_column(const struct plugin *p, const char *name)
{
	for (const struct col *c = p->cols; c != NULL && c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return true;
	return false;
}

static bool
has_pktcol(const struct pktcol *c, const char *name)
{
	for (; c != NULL && c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return true;
	return false;
}

const char *
plugin_clash(const struct plugin *guest, const struct plugin *other, const char **owner)
{
	const struct plugin core = { .name = "the core", .cols = core_cols,
		.pktcols = core_pktcols };
	const struct plugin *p = other != NULL ? other : &core;

	*owner = p->name;
	for (const struct col *c = guest->cols; c != NULL && c->name != NULL; c++)
		if (has_column(p, c->name))
			return c->name;
	for (const struct pktcol *c = guest->pktcols; c != NULL && c->name != NULL; c++)
		if (has_pktcol(p->pktcols, c->name))
			return c->name;
	return NULL;
}

const char *
plugin_undescribed(const struct plugin *p)
{
	for (const struct opt *o = p->opts; o != NULL && o->name != NULL; o++)
		if (o->text == NULL)
			return o->name;
	for (const struct pktcol *c = p->pktcols; c != NULL && c->name != NULL; c++)
		if (c->text == NULL)
			return c->name;
	for (const struct moncol *m = p->moncols; m != NULL && m->name != NULL; m++)
		if (m->text == NULL)
			return m->name;
	return NULL;
}
