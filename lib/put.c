/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * put.c - values of flow and packet records as text, straight into the writer's buffer.
 *
 * A record has over a hundred values, so nothing here calls printf or allocates; every put_*
 * first makes room for FMT_MAX bytes.  Text of any length goes through in pieces.  Surprise:
 * doubles are text here, as %f of them can be longer than FMT_MAX.
 */
#include <endian.h>
#include <string.h>
#include <time.h>

#include "priv.h"

/* bytes of text cleaned at a time, and how many one of them may become */
enum { PIECE = 4096, TEXT_GROWTH = 6 };

/* numbers --------------------------------------------------------------------------------- */

void
put_u64(struct out *o, uint64_t v)
{
	out_room(o);
	if (v < 10)                     /* half of all values */
		*o->p++ = (char)('0' + v);
	else
		o->p = fmt_u64(o->p, v);
}

void
put_i64(struct out *o, int64_t v)
{
	out_room(o);
	o->p = fmt_i64(o->p, v);
}

void
put_hex(struct out *o, uint64_t v, int digits)
{
	out_room(o);
	o->p = fmt_hex(o->p, v, digits, o->conf.hex_upper);
}

void
put_float(struct out *o, float v)
{
	out_room(o);
	o->p = fmt_float(o->p, v);
}

void
put_double(struct out *o, double v)
{
	char text[FMT_DOUBLE_MAX];
	char *end = fmt_double(text, v);

	put_raw(o, text, (size_t)(end - text));
}

void
put_time(struct out *o, int64_t ns)
{
	out_room(o);
	o->p = fmt_time(o->p, ns, o->conf.ts_digits);
}

/* In six digits the difference of what the two times print, so that the columns agree. */
void
put_span(struct out *o, int64_t from, int64_t to)
{
	if (o->conf.ts_digits == 6)
		put_time(o, (to / NS_PER_US - from / NS_PER_US) * NS_PER_US);
	else
		put_time(o, to - from);
}

/* The zone's offset stands in for the +0000 of the same time of day in UTC. */
static char *
local_iso(char *p, int64_t ns, int digits)
{
	time_t sec = (time_t)(ns / NS_PER_SEC - (ns % NS_PER_SEC < 0));
	struct tm tm = { 0 };

	if (localtime_r(&sec, &tm) == NULL)
		return fmt_iso(p, ns, digits);
	long off = tm.tm_gmtoff / 60, min = off < 0 ? -off : off;
	p = fmt_iso(p, ns + tm.tm_gmtoff * NS_PER_SEC, digits);
	p[-5] = off < 0 ? '-' : '+';
	for (int i = -4; i < 0; i++)
		p[i] = (char)('0' + (i == -4 ? min / 600 : i == -3 ? min / 60 % 10 :
		    i == -2 ? min % 60 / 10 : min % 10));
	return p;
}

void
put_point(struct out *o, int64_t ns)
{
	out_room(o);
	if (o->conf.reltime)
		o->p = fmt_time(o->p, ns - o->conf.base, o->conf.ts_digits);
	else if (o->conf.timestr && o->conf.local)
		o->p = local_iso(o->p, ns, o->conf.ts_digits);
	else if (o->conf.timestr)
		o->p = fmt_iso(o->p, ns, o->conf.ts_digits);
	else
		o->p = fmt_time(o->p, ns, o->conf.ts_digits);
}

/* addresses ------------------------------------------------------------------------------- */

static uint32_t
read32(const uint8_t *a)
{
	uint32_t v;

	memcpy(&v, a, sizeof(v));
	return be32toh(v);
}

static uint64_t
read64(const uint8_t *a)
{
	return (uint64_t)read32(a) << 32 | read32(a + 4);
}

/* fmt_hex without its 0x. */
static char *
hex_digits(char *p, uint64_t v, int digits, bool upper)
{
	char tmp[FMT_MAX];

	fmt_hex(tmp, v, digits, upper);
	memcpy(p, tmp + 2, (size_t)digits);
	return p + digits;
}

void
put_mac(struct out *o, const uint8_t *mac)
{
	out_room(o);
	if (o->conf.mac_format == 0)
		o->p = fmt_mac(o->p, mac, o->conf.mac_sep);
	else
		o->p = fmt_hex(o->p, (uint64_t)read32(mac) << 16 | (uint64_t)(mac[4] << 8 | mac[5]),
		    16, o->conf.hex_upper);
}

/* 010.000.000.001 */
static char *
ip4_padded(char *p, const uint8_t *a)
{
	for (int i = 0; i < 4; i++) {
		*p++ = (char)('0' + a[i] / 100);
		*p++ = (char)('0' + a[i] / 10 % 10);
		*p++ = (char)('0' + a[i] % 10);
		*p++ = '.';
	}
	return p - 1;
}

void
put_ip4(struct out *o, const uint8_t *addr)
{
	out_room(o);
	switch (o->conf.ip4_format) {
	case 0: o->p = fmt_ip4(o->p, addr); break;
	case 1: o->p = ip4_padded(o->p, addr); break;
	case 2: o->p = fmt_hex(o->p, read32(addr), 8, o->conf.hex_upper); break;
	default: o->p = fmt_u64(o->p, read32(addr)); break;
	}
}

/* 2001:0db8:0000:0000:0000:0000:0000:0001 */
static char *
ip6_full(char *p, const uint8_t *a)
{
	for (int i = 0; i < 16; i += 2) {
		p = hex_digits(p, (uint64_t)(a[i] << 8 | a[i + 1]), 4, false);
		*p++ = ':';
	}
	return p - 1;
}

void
put_ip6(struct out *o, const uint8_t *addr)
{
	bool upper = o->conf.hex_upper;

	out_room(o);
	switch (o->conf.ip6_format) {
	case 0:
		o->p = fmt_ip6(o->p, addr);
		break;
	case 1:
		o->p = ip6_full(o->p, addr);
		break;
	case 2:
		o->p = fmt_hex(o->p, read64(addr), 16, upper);
		o->p = hex_digits(o->p, read64(addr + 8), 16, upper);
		break;
	default:
		o->p = fmt_hex(o->p, read64(addr), 16, upper);
		*o->p++ = '_';
		o->p = fmt_hex(o->p, read64(addr + 8), 16, upper);
		break;
	}
}

void
put_ip(struct out *o, int version, const uint8_t *addr)
{
	static const uint8_t none[16];  /* L2 flows print 0.0.0.0 as the seed's do */

	if (version == 6)
		put_ip6(o, addr);
	else if (version == 0 && o->conf.only6)
		put_ip6(o, none);
	else
		put_ip4(o, version == 4 ? addr : none);
}

/* text ------------------------------------------------------------------------------------ */

void
put_raw(struct out *o, const char *s, size_t n)
{
	while (n > 0) {
		size_t room = (size_t)(o->e + FMT_MAX - o->p), k = n < room ? n : room;
		memcpy(o->p, s, k);
		o->p += k;
		s += k;
		n -= k;
		if (n > 0)
			out_flush(o);
	}
}

/* Length of a first piece of s that does not end inside a UTF-8 character. */
static size_t
text_piece(const char *s, size_t n)
{
	if (n <= PIECE)
		return n;
	for (size_t k = PIECE; k > PIECE - 4; k--)
		if (((unsigned char)s[k] & 0xc0) != 0x80)
			return k;
	return PIECE;                   /* the fourth continuation byte in a row is astray */
}

static void
put_clean(struct out *o, const char *s, size_t n)
{
	while (n > 0) {
		size_t k = text_piece(s, n);
		char *end = o->e + FMT_MAX;
		if ((size_t)(end - o->p) < TEXT_GROWTH * k)
			out_flush(o);
		o->p = fmt_text(o->p, end, s, k);
		s += k;
		n -= k;
	}
}

/* TFS_SAN_UTF8=0: only what would break the line or the quotes. */
static void
put_escaped(struct out *o, const char *s, size_t n)
{
	static const char from[] = "\t\n\r\"", to[] = "tnr\"";

	for (; n > 0; s++, n--) {
		const char *c = *s != '\0' ? strchr(from, *s) : NULL;
		out_room(o);
		if (c != NULL)
			*o->p++ = '\\';
		*o->p++ = c != NULL ? to[c - from] : *s;
	}
}

void
put_class(struct out *o, const char *s, size_t n)
{
	if (o->conf.san_utf8)
		put_clean(o, s, n);
	else
		put_raw(o, s, n);
}

void
put_string(struct out *o, const char *s, size_t n)
{
	put_char(o, '"');
	if (o->conf.san_utf8)
		put_clean(o, s, n);
	else
		put_escaped(o, s, n);
	put_char(o, '"');
}

void
put_char(struct out *o, char c)
{
	out_room(o);
	*o->p++ = c;
}

void
put_rep(struct out *o)
{
	put_char(o, ';');
}

void
put_sub(struct out *o)
{
	put_char(o, '_');
}
