/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fmt.c - text forms of the values in a record: integers, hexadecimal numbers, addresses, times.
 *
 * A flow record has over a hundred columns, so these are the hot path of every tool: no printf, no
 * locale, no libc time call.  All trust the caller for room (each says how many bytes it may write
 * at most) and none writes a NUL.  Surprise: IPv6 text follows glibc's inet_ntop, which prints
 * ::1.2.3.4 and ::ffff:1.2.3.4 with a dotted tail; RFC 5952 asks that for the latter only.
 */
#include <endian.h>
#include <string.h>

#include "t2.h"

#define NS ((uint64_t)NS_PER_SEC)

#define DEC(t) t "0" t "1" t "2" t "3" t "4" t "5" t "6" t "7" t "8" t "9"
#define HEX_LO(t) DEC(t) t "a" t "b" t "c" t "d" t "e" t "f"
#define HEX_UP(t) DEC(t) t "A" t "B" t "C" t "D" t "E" t "F"

/* two characters for each value: halves the number of divisions and stores */
static const char dec2[] = DEC("0") DEC("1") DEC("2") DEC("3") DEC("4") DEC("5") DEC("6") DEC("7")
	DEC("8") DEC("9");
static const char hex2[] = HEX_LO("0") HEX_LO("1") HEX_LO("2") HEX_LO("3") HEX_LO("4") HEX_LO("5")
	HEX_LO("6") HEX_LO("7") HEX_LO("8") HEX_LO("9") HEX_LO("a") HEX_LO("b") HEX_LO("c")
	HEX_LO("d") HEX_LO("e") HEX_LO("f");
static const char hex2_up[] = HEX_UP("0") HEX_UP("1") HEX_UP("2") HEX_UP("3") HEX_UP("4")
	HEX_UP("5") HEX_UP("6") HEX_UP("7") HEX_UP("8") HEX_UP("9") HEX_UP("A") HEX_UP("B")
	HEX_UP("C") HEX_UP("D") HEX_UP("E") HEX_UP("F");

static inline char *
put_dec2(char *p, unsigned v)
{
	memcpy(p, dec2 + 2 * v, 2);
	return p + 2;
}

static inline void
put_dec4(char *p, unsigned v)
{
	unsigned high = v / 100;

	memcpy(p, dec2 + 2 * high, 2);
	memcpy(p + 2, dec2 + 2 * (v - 100 * high), 2);
}

static inline char *
put_hex2(char *p, unsigned v)
{
	memcpy(p, hex2 + 2 * v, 2);
	return p + 2;
}

/* Number of decimal digits; 1233/4096 is log10(2) closely enough for 64 bits. */
static inline int
dec_width(uint64_t v)
{
	static const uint64_t ten_to[] = {0, 10, 100, 1000, 10000, 100000, 1000000, 10000000,
		100000000, NS, 10 * NS, 100 * NS, 1000 * NS, 10000 * NS, 100000 * NS,
		1000000 * NS, 10000000 * NS, 100000000 * NS, NS * NS, 10 * NS * NS};
	int n = (64 - __builtin_clzll(v | 1)) * 1233 >> 12;

	return n + (v >= ten_to[n]);
}

/* At most 20 bytes. */
char *
fmt_u64(char *p, uint64_t v)
{
	if (v < 10) {
		*p = (char)('0' + v);
		return p + 1;
	}
	char *end = p + dec_width(v), *q = end;
	if (v >= 100000000) {		/* eight digits at once do not wait for each other */
		uint32_t low = (uint32_t)(v % 100000000);
		v /= 100000000;
		put_dec4(q - 8, low / 10000);
		put_dec4(q -= 4, low % 10000);
		q -= 4;
	}
	for (; v > UINT32_MAX; v /= 100)
		put_dec2(q -= 2, (unsigned)(v % 100));
	uint32_t w = (uint32_t)v;	/* 32-bit divisions from here on: they are cheaper */
	for (; w >= 100; w /= 100)
		put_dec2(q -= 2, w % 100);
	if (w >= 10)
		put_dec2(q - 2, w);
	else
		q[-1] = (char)('0' + w);
	return end;
}

/* At most 20 bytes. */
char *
fmt_i64(char *p, int64_t v)
{
	uint64_t u = (uint64_t)v;

	if (v < 0) {
		*p++ = '-';
		u = -u;
	}
	return fmt_u64(p, u);
}

/* The eight digits of v, the first one in the first byte: nibbles are spread over the bytes of a
 * word, and 10 to 15 get the distance from '9' to the letters. */
static inline uint64_t
hex8(uint32_t v, bool upper)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t x = v;

	x = (x << 16 | x) & UINT64_C(0x0000ffff0000ffff);
	x = (x << 8 | x) & UINT64_C(0x00ff00ff00ff00ff);
	x = (x << 4 | x) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	x += ones * '0' + ((x + ones * 6) >> 4 & ones) * (upper ? 'A' - '9' - 1 : 'a' - '9' - 1);
	return htobe64(x);
}

/* 2 + digits bytes; digits 1 to 16, higher digits of v are dropped. */
char *
fmt_hex(char *p, uint64_t v, int digits, bool upper)
{
	const char *tab = upper ? hex2_up : hex2;
	uint64_t text;

	*p++ = '0';
	*p++ = 'x';
	switch (digits) {               /* the common widths */
	case 4:
		text = hex8((uint32_t)v << 16, upper);
		memcpy(p, &text, 4);
		return p + 4;
	case 16:
		text = hex8((uint32_t)(v >> 32), upper);
		memcpy(p, &text, 8);
		p += 8;
		/* fall through */
	case 8:
		text = hex8((uint32_t)v, upper);
		memcpy(p, &text, 8);
		return p + 8;
	}
	if (digits & 1) {
		digits--;
		*p++ = tab[2 * (v >> 4 * digits & 0xf) + 1];
	}
	for (int shift = 4 * digits - 8; shift >= 0; shift -= 8, p += 2)
		memcpy(p, tab + 2 * (v >> shift & 0xff), 2);
	return p;
}

/* 17 bytes. */
char *
fmt_mac(char *p, const uint8_t mac[6], char sep)
{
	for (int i = 0; i < 5; i++) {
		p = put_hex2(p, mac[i]);
		*p++ = sep;
	}
	return put_hex2(p, mac[5]);
}

static inline char *
put_octet(char *p, unsigned v)
{
	if (v >= 100) {
		unsigned h = v / 100;
		*p++ = (char)('0' + h);
		return put_dec2(p, v - 100 * h);
	}
	if (v >= 10)
		return put_dec2(p, v);
	*p = (char)('0' + v);
	return p + 1;
}

/* At most 15 bytes. */
char *
fmt_ip4(char *p, const uint8_t a[4])
{
	for (int i = 0; i < 3; i++) {
		p = put_octet(p, a[i]);
		*p++ = '.';
	}
	return put_octet(p, a[3]);
}

/* One 16-bit group without leading zeros. */
static inline char *
put_group(char *p, unsigned v)
{
	if (v >= 0x100) {
		if (v >= 0x1000)
			p = put_hex2(p, v >> 8);
		else
			*p++ = hex2[2 * (v >> 8) + 1];
		return put_hex2(p, v & 0xff);
	}
	if (v >= 0x10)
		return put_hex2(p, v);
	*p = hex2[2 * v + 1];
	return p + 1;
}

/* Longest run of two or more zero groups, the first of equals; returns its length, 0 if none. */
static int
zero_run(const unsigned g[8], int *start)
{
	int best = 1;

	for (int i = 0, len = 0; i < 8; i++) {
		len = g[i] ? 0 : len + 1;
		if (len > best) {
			best = len;
			*start = i - len + 1;
		}
	}
	return best > 1 ? best : 0;
}

/* At most 39 bytes. */
char *
fmt_ip6(char *p, const uint8_t a[16])
{
	unsigned g[8];
	int start = -1;

	for (int i = 0; i < 8; i++)
		g[i] = (unsigned)a[2 * i] << 8 | a[2 * i + 1];
	int run = zero_run(g, &start);
	bool dotted = start == 0 && (run == 6 || (run == 5 && g[5] == 0xffff));
	for (int i = 0; i < 8;) {
		if (i == start) {
			*p++ = ':';	/* the second colon belongs to the next group, if any */
			i += run;
			if (i == 8)
				*p++ = ':';
			continue;
		}
		if (i > 0)
			*p++ = ':';
		if (i == 6 && dotted)
			return fmt_ip4(p, a + 12);
		p = put_group(p, g[i++]);
	}
	return p;
}

/* Point and fraction. */
static inline char *
put_fraction(char *p, uint32_t ns, int digits)
{
	uint32_t us = ns / 1000;

	*p++ = '.';
	put_dec4(p, us / 100);
	p = put_dec2(p + 4, us % 100);
	if (digits == 9) {
		ns -= us * 1000;
		*p++ = (char)('0' + ns / 100);
		p = put_dec2(p, ns % 100);
	}
	return p;
}

/* At most 21 bytes; digits 6 or 9. -1 ns in six digits is "-0.000000": the sign tells the truth. */
char *
fmt_time(char *p, int64_t ns, int digits)
{
	uint64_t u = (uint64_t)ns;

	if (ns < 0) {
		*p++ = '-';
		u = -u;
	}
	uint64_t sec = u / NS;
	p = fmt_u64(p, sec);
	return put_fraction(p, (uint32_t)(u - sec * NS), digits);
}

/*
 * At most 34 bytes; digits 6 or 9. Days count from 1 March of year 0, so that the leap day ends the
 * year and months follow from (153 m + 2) / 5; 64 bits of ns reach only 1677 to 2262.
 */
char *
fmt_iso(char *p, int64_t ns, int digits)
{
	int64_t sec = ns / (int64_t)NS, rest = ns % (int64_t)NS;
	if (rest < 0) {		/* before 1970 the fraction still counts upwards */
		rest += (int64_t)NS;
		sec--;
	}
	uint64_t t = (uint64_t)(sec + INT64_C(719468) * 86400);
	unsigned day = (unsigned)(t / 86400), s = (unsigned)(t % 86400);
	unsigned era = day / 146097, doe = day % 146097;
	unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	unsigned m = (5 * doy + 2) / 153, mday = doy - (153 * m + 2) / 5 + 1;
	unsigned year = era * 400 + yoe + (m >= 10);

	p = put_dec2(p, year / 100);
	p = put_dec2(p, year % 100);
	*p++ = '-';
	p = put_dec2(p, m < 10 ? m + 3 : m - 9);
	*p++ = '-';
	p = put_dec2(p, mday);
	*p++ = 'T';
	p = put_dec2(p, s / 3600);
	*p++ = ':';
	p = put_dec2(p, s / 60 % 60);
	*p++ = ':';
	p = put_dec2(p, s % 60);
	p = put_fraction(p, (uint32_t)rest, digits);
	memcpy(p, "+0000", 5);
	return p + 5;
}
