/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * alarm.c - alarm and force mode: plugins pick out flows that are worth a record, or end them.
 *
 * Each condition that may raise an alarm has a bit in flow.alarms.  Without ALARM_MODE=1 an alarm
 * only marks its flow (bit 49).  The conditions of struct watch are asked at the end of a flow for
 * alarms and at each packet for ends; what no option asks for is not in the lists.  How a pair
 * ends is in expire.c.
 */
#include <stdlib.h>

#include "priv.h"

enum { MOST = 16 };                     /* bits of flow.alarms */

int
alarm_join(struct t2 *t)
{
	int who = __builtin_popcount(t->alarms.all);

	if (who == MOST) {
		t2_error(t, "more than %d conditions raise alarms", MOST);
		return -1;
	}
	t->alarms.all |= (uint16_t)(1u << who);
	t->alarms.both = t->core[CO_ALARM_AND].n != 0;
	return who;
}

void
flow_alarm(struct t2 *t, struct flow *f, int who)
{
	f->alarms |= (uint16_t)(1u << who);
	if (!t->alarms.both || f->alarms == t->alarms.all)
		flow_mark(t, f, FS(ALARM));
}

int
alarms_check(struct t2 *t)
{
	t->alarms.only = t->core[CO_ALARM_MODE].n != 0;
	if (!t->alarms.only || t->alarms.all != 0)
		return 0;
	t2_error(t, "ALARM_MODE=1: no option asks for alarms, see t2shape(7)");
	return -1;
}

static int
list_add(struct t2 *t, struct watch_list *list, struct watched w)
{
	struct watched *v = reallocarray(list->v, list->n + 1, sizeof(*v));

	if (v == NULL) {
		t2_error(t, "out of memory");
		return -1;
	}
	list->v = v;
	v[list->n++] = w;
	return 0;
}

/* The value of an option, 0 without one; -1: the plugin has none of that name. */
static int
limit(struct t2 *t, const struct loaded *l, const char *name, int64_t *n)
{
	const struct optval *v = name != NULL ? opt_plugin(t, l->p->name, name) : NULL;

	*n = v != NULL ? v->n : 0;
	if (name == NULL || v != NULL)
		return 0;
	t2_error(t, "%s: a watch names %s, which is no option", l->p->name, name);
	return -1;
}

int
alarms_add(struct t2 *t, const struct loaded *l)
{
	struct watched x = { .off = l->off };

	for (x.w = l->p->watches; x.w != NULL && x.w->holds != NULL; x.w++) {
		if (limit(t, l, x.w->alarm, &x.limit) != 0)
			return -1;
		if (x.limit != 0 && ((x.who = alarm_join(t)) < 0 ||
		    list_add(t, &t->alarms.alarm, x) != 0))
			return -1;
		if (limit(t, l, x.w->force, &x.limit) != 0)
			return -1;
		if (x.limit == 0)
			continue;
		if (t->core[CO_FORCE_MODE].n == 0) {
			t2_error(t, "%s.%s: needs FORCE_MODE=1", l->p->name, x.w->force);
			return -1;
		}
		if (list_add(t, &t->alarms.force, x) != 0)
			return -1;
	}
	return 0;
}

void
alarms_free(struct alarms *a)
{
	free(a->alarm.v);
	free(a->force.v);
}

static bool
holds(const struct watched *x, const struct flow *f)
{
	return x->w->holds(f, (const unsigned char *)f + x->off, x->limit);
}

static void
flow_end(void *state, void *slot, struct flow *f)
{
	struct t2 *t = state;

	(void)slot;
	for (size_t i = 0; i < t->alarms.alarm.n; i++)
		if (holds(&t->alarms.alarm.v[i], f))
			flow_alarm(t, f, t->alarms.alarm.v[i].who);
}

static void
packet(void *state, void *slot, struct flow *f, const struct pkt *p)
{
	struct t2 *t = state;

	(void)slot;
	(void)p;
	for (size_t i = 0; i < t->alarms.force.n; i++)
		if (holds(&t->alarms.force.v[i], f)) {
			flow_force(t, f);
			return;
		}
}

const struct plugin alarm_hooks = { PLUGIN_HEAD, .name = "alarm", .flow_end = flow_end };
const struct plugin force_hooks = { PLUGIN_HEAD, .name = "force", .packet = packet };
