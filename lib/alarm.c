/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * alarm.c - alarm mode: plugins pick out the flows that are worth a record.
 *
 * Each plugin that may raise alarms has a bit in flow.alarms.  Without ALARM_MODE=1 an alarm only
 * marks its flow (bit 49).  Forced ends are in expire.c.
 */
#include "priv.h"

enum { MOST = 16 };                     /* bits of flow.alarms */

int
alarm_join(struct t2 *t)
{
	int who = __builtin_popcount(t->alarms.all);

	if (who == MOST) {
		t2_error(t, "more than %d plugins raise alarms", MOST);
		return -1;
	}
	t->alarms.all |= (uint16_t)(1u << who);
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
	t->alarms.both = t->core[CO_ALARM_AND].n != 0;
	t->alarms.only = t->core[CO_ALARM_MODE].n != 0;
	if (!t->alarms.only || t->alarms.all != 0)
		return 0;
	t2_error(t, "ALARM_MODE=1: no plugin of this run raises alarms, see t2shape(7)");
	return -1;
}

int
force_join(struct t2 *t, const char *plugin)
{
	if (t->core[CO_FORCE_MODE].n != 0)
		return 0;
	t2_error(t, "%s: ends flows with FORCE_MODE=1 only", plugin);
	return -1;
}
