/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fmt_report.c - forms of the end report: counts with a unit, percents, times, speeds, countries.
 *
 * They are called a few dozen times a run, hence plain snprintf, but with '.' and English names
 * whatever the locale says.  Surprise: units are chosen by powers of 1024 and the value is then
 * divided by powers of 1000, so 1048575 is "1048.58 K" and 1048576 is "1.05 M"; reports of old are
 * compared byte for byte.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "t2.h"

/* "%.2f" with a point; only the first byte that is no digit can be the locale's idea of one */
static char *
put_fixed2(char *t, size_t n, double v)
{
	int len = snprintf(t, n, "%.2f", v);
	size_t i = strspn(t, "-0123456789");

	if (i > 0 && t[i] != '\0' && len > 2 && (size_t)len < n) {
		t[i] = '.';
		memmove(t + i + 1, t + len - 2, 3);
	}
	return t;
}

/* " (1.22 Mb/s)" for v >= 1024, else "" */
static void
put_unit(char *t, size_t n, uint64_t v, const char *what)
{
	char num[32];
	double div = 1;

	t[0] = '\0';
	if (v < 1024)
		return;
	int unit = (63 - __builtin_clzll(v)) / 10;
	for (int i = 0; i < unit; i++)
		div *= 1000;
	put_fixed2(num, sizeof num, (double)v / div);
	snprintf(t, n, " (%s %c%s)", num, " KMGTPE"[unit], what);
}

/* 24 bytes always suffice. */
char *
fmt_human(char *buf, size_t n, uint64_t v)
{
	char t[48];

	put_unit(t, sizeof t, v, "");
	snprintf(buf, n, "%s", t);
	return buf;
}

/* 24 bytes suffice for any part that is not above a billion times the whole. */
char *
fmt_percent(char *buf, size_t n, double part, double whole)
{
	char num[352];

	put_fixed2(num, sizeof num, whole != 0 ? 100 * part / whole : 0);
	snprintf(buf, n, " [%s%%]", num);
	return buf;
}

/* 64 bytes always suffice. A clock set back gives a negative span; that gets no parts. */
char *
fmt_span(char *buf, size_t n, int64_t ns, int digits)
{
	static const struct { int sec; char letter; } part[] = {
		{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'},
	};
	char t[96];
	int64_t sec = ns / NS_PER_SEC;
	const char *sep = " (";

	char *p = fmt_time(t, ns, digits);
	memcpy(p, " sec", 5);
	p += 4;
	for (int i = 0; i < 4 && ns >= 60 * NS_PER_SEC; i++) {
		int v = (int)(sec / part[i].sec);
		sec %= part[i].sec;
		if (v > 0) {
			p += snprintf(p, sizeof(t) - (size_t)(p - t), "%s%d%c", sep, v,
			    part[i].letter);
			sep = " ";
		}
	}
	snprintf(buf, n, "%s%s", t, ns >= 60 * NS_PER_SEC ? ")" : "");
	return buf;
}

/*
 * 64 bytes suffice with zone names of up to 8 letters. Local time reads the zone file at its first
 * use: who gives up file access later calls tzset() before.
 */
char *
fmt_point(char *buf, size_t n, int64_t ns, int digits, bool utc)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char t[32];
	struct tm tm = {0};
	time_t sec = (time_t)(ns / NS_PER_SEC - (ns % NS_PER_SEC < 0));

	*fmt_time(t, ns, digits) = '\0';
	if ((utc ? gmtime_r(&sec, &tm) : localtime_r(&sec, &tm)) == NULL)
		snprintf(buf, n, "%s sec", t);	/* a time_t of 32 bits */
	else
		snprintf(buf, n, "%s sec (%.3s %02d %.3s %d %02d:%02d:%02d %s)", t,
			days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
			tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec,
			utc ? "GMT" : tm.tm_zone);
	return buf;
}

/* 48 bytes suffice below 10^20 b/s. */
char *
fmt_speed(char *buf, size_t n, double bps)
{
	char t[48];
	uint64_t v = 0;

	if (bps >= 1024)	/* false for a NaN too */
		v = bps < 0x1p64 ? (uint64_t)bps : UINT64_MAX;
	put_unit(t, sizeof t, v, "b/s");
	snprintf(buf, n, "%.0f b/s%s", bps, t);
	return buf;
}

char *
fmt_country(char *buf, size_t n, struct geo *g, int version, const uint8_t *addr)
{
	struct geo_label l;

	*buf = '\0';
	if (g == NULL || version == 0)
		return buf;
	geo_find(g, version, addr, &l);
	if (l.cclen == 2 && isalpha((unsigned char)l.cc[0]))
		snprintf(buf, n, " (%c%c)", toupper((unsigned char)l.cc[0]),
		    toupper((unsigned char)l.cc[1]));
	return buf;
}
