/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * geo_row.c - one row of a subnets4.txt or subnets6.txt, columns separated by TAB.
 *
 * The number of columns tells the layout: 11 (version 5), 10 (version 3, one more small number
 * but no county and city), or the short forms RANGE CC WHO and RANGE ASN CC WHO.  RANGE is
 * ADDRESS/LENGTH, ADDRESS or FIRST-LAST.  Numbers are read by hand: strtod() needs a NUL and
 * obeys the locale, and half a million rows are read at every start.
 */
#include <arpa/inet.h>
#include <string.h>

#include "geo_priv.h"

enum { COLS = 11, ADDR_TEXT = 46 };
enum { TOR_BIT_3 = 23, TOR_BIT_5 = 22 };	/* of the code word, by layout version */

struct field {
	const char *p;
	size_t n;
};

static size_t
fields_split(const char *p, size_t len, struct field *f)
{
	const char *end = p + len, *tab;
	size_t n = 0;

	while (n < COLS - 1 && (tab = memchr(p, '\t', (size_t)(end - p))) != NULL) {
		f[n++] = (struct field){ p, (size_t)(tab - p) };
		p = tab + 1;
	}
	f[n++] = (struct field){ p, (size_t)(end - p) };
	return n;
}

/* Decimal digits only, and at least one; limit is the highest value allowed. */
static bool
num_parse(const char *p, size_t n, uint32_t limit, uint32_t *out)
{
	uint64_t v = 0;

	if (n == 0 || n > 10)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned digit = (unsigned)(unsigned char)p[i] - '0';

		if (digit > 9)
			return false;
		v = v * 10 + digit;
	}
	*out = (uint32_t)v;
	return v <= limit;
}

static bool
hex_parse(struct field f, uint32_t *out)
{
	uint32_t v = 0;

	if (f.n > 2 && f.p[0] == '0' && (f.p[1] | 32) == 'x') {
		f.p += 2;
		f.n -= 2;
	}
	if (f.n == 0 || f.n > 8)
		return false;
	for (size_t i = 0; i < f.n; i++) {
		unsigned c = (unsigned char)f.p[i];

		if (c - '0' <= 9)
			v = v << 4 | (c - '0');
		else if ((c | 32) - 'a' <= 5)
			v = v << 4 | ((c | 32) - 'a' + 10);
		else
			return false;
	}
	*out = v;
	return true;
}

/* [-]DIGITS[.DIGITS], up to 15 digits: what a double holds exactly. */
static bool
real_parse(struct field f, float *out)
{
	bool neg = f.n > 0 && *f.p == '-', point = false;
	double v = 0, scale = 1;
	size_t digits = 0;

	for (size_t i = neg; i < f.n; i++) {
		unsigned digit = (unsigned)(unsigned char)f.p[i] - '0';

		if (f.p[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (digit > 9 || ++digits > 15)
			return false;
		v = v * 10 + digit;
		if (point)
			scale *= 10;
	}
	v /= scale;
	*out = (float)(neg ? -v : v);
	return digits > 0;
}

static bool
ip4_parse(const char *p, size_t n, geo_key *out)
{
	const char *end = p + n, *dot;
	uint32_t addr = 0, octet;

	for (int i = 0; i < 4; i++) {
		dot = i < 3 ? memchr(p, '.', (size_t)(end - p)) : end;
		if (dot == NULL || dot - p > 3 || !num_parse(p, (size_t)(dot - p), 255, &octet))
			return false;
		if (dot - p > 1 && *p == '0')   /* might be meant as octal */
			return false;
		addr = addr << 8 | octet;
		p = dot + 1;
	}
	*out = addr;
	return true;
}

static bool
addr_parse(int version, const char *p, size_t n, geo_key *out)
{
	char text[ADDR_TEXT];
	uint8_t addr[16];

	if (version == 4)
		return ip4_parse(p, n, out);
	if (n >= sizeof text || memchr(p, '\0', n) != NULL)
		return false;
	memcpy(text, p, n);
	text[n] = '\0';
	if (inet_pton(AF_INET6, text, addr) != 1)
		return false;
	*out = geo_key_of(6, addr);
	return true;
}

/* The addresses of a range.  Host bits of a prefix may be set, they are masked. */
static const char *
range_parse(int version, struct field f, struct geo_row *row)
{
	static const char *const no_addr[] = { "not an IPv4 address", "not an IPv6 address" };
	const char *bad = no_addr[version == 6], *sep;
	uint32_t bits = version == 4 ? 32 : 128, len = bits;
	geo_key host;

	if ((sep = memchr(f.p, '-', f.n)) != NULL) {
		row->ranged = true;
		if (!addr_parse(version, f.p, (size_t)(sep - f.p), &row->first) ||
		    !addr_parse(version, sep + 1, (size_t)(f.p + f.n - sep - 1), &row->last))
			return bad;
		return row->first > row->last ? "range ends before it begins" : NULL;
	}
	if ((sep = memchr(f.p, '/', f.n)) != NULL) {
		if (!num_parse(sep + 1, (size_t)(f.p + f.n - sep - 1), bits, &len))
			return "bad prefix length";
		f.n = (size_t)(sep - f.p);
	}
	if (!addr_parse(version, f.p, f.n, &row->first))
		return bad;
	/* two shifts, as a shift by the whole width is undefined */
	host = len == 0 ? ~(geo_key)0 >> (128 - bits) : ((geo_key)1 << (bits - len)) - 1;
	row->first &= ~host;
	row->last = row->first | host;
	return NULL;
}

static const char *
names_parse(struct field cc, struct field who, struct geo_label *l)
{
	for (size_t i = 0; i < who.n; i++)
		if ((unsigned char)who.p[i] < 0x20 || who.p[i] == 0x7f)
			return "control character in the organisation";
	if (cc.n > 0 && !(cc.n == 1 && *cc.p == '-')) {
		if (cc.n != 2 || cc.p[0] < '!' || cc.p[0] > '~' || cc.p[1] < '!' || cc.p[1] > '~')
			return "country is not 2 characters";
		l->cc = cc.p;
		l->cclen = 2;
	}
	if (who.n > 0 && !(who.n <= 2 && who.p[0] == '-' && who.p[who.n - 1] == '-')) {
		l->who = who.p;
		l->wholen = (uint32_t)who.n;
	}
	return NULL;
}

/* The columns that both long layouts have in a row: code, AS number, radius, place. */
static const char *
facts_parse(const struct field *f, struct geo_label *l)
{
	if (!hex_parse(f[0], &l->code))
		return "code is not a hex number";
	if (!num_parse(f[1].p, f[1].n, UINT32_MAX, &l->asn))
		return "bad AS number";
	if (!real_parse(f[2], &l->radius))
		return "bad radius";
	if (!real_parse(f[3], &l->lat) || !real_parse(f[4], &l->lng))
		return "bad latitude or longitude";
	return NULL;
}

static bool
is_dash(struct field f)
{
	return f.n == 1 && *f.p == '-';
}

bool
geo_row_parse(int version, const char *line, size_t len, struct geo_row *row, const char **what)
{
	struct field f[COLS];
	size_t n = fields_split(line, len, f);
	struct geo_label *l = &row->label;

	*row = (struct geo_row){ 0 };
	geo_label_clear(l);
	*what = NULL;
	if (n == 3) {
		*what = names_parse(f[1], f[2], l);
	} else if (n == 4) {
		if (!num_parse(f[1].p, f[1].n, UINT32_MAX, &l->asn))
			*what = "bad AS number";
		else
			*what = names_parse(f[2], f[3], l);
	} else if (n == 10 || n == 11) {
		size_t range = n == 10 ? 2 : 1;

		row->version = n == 10 ? 3 : 5;
		*what = facts_parse(f + range + 1, l);
		l->tor = l->code >> (n == 10 ? TOR_BIT_3 : TOR_BIT_5) & 1;
		if (*what == NULL)
			*what = names_parse(f[range + 6], f[n - 1], l);
		if (is_dash(f[0]))
			f[0] = f[range];
	} else {
		*what = "number of columns is not 3, 4, 10 or 11";
	}
	if (*what == NULL)
		*what = range_parse(version, f[0], row);
	return *what == NULL;
}
