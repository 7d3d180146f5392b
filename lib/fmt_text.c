/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fmt_text.c - strings from packets as text of a record: what is no printable character is escaped,
 * broken UTF-8 becomes points.
 */
#include <string.h>

#include "t2.h"

/*
 * Length of the well-formed UTF-8 character at s, or, with *good false, of the broken one: up to
 * the byte that cannot continue it, where decoding resumes (Unicode 3.9, table 3-7).
 */
static size_t
utf8_len(const uint8_t *s, size_t n, bool *good)
{
	uint8_t lo = 0x80, hi = 0xbf;
	size_t want = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2, i;

	*good = false;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 1;
	switch (s[0]) {
	case 0xe0: lo = 0xa0; break;	/* below: overlong */
	case 0xed: hi = 0x9f; break;	/* above: surrogates */
	case 0xf0: lo = 0x90; break;	/* below: overlong */
	case 0xf4: hi = 0x8f; break;	/* above: beyond U+10FFFF */
	}
	for (i = 1; i < want; i++) {
		if (i == n || s[i] < lo || s[i] > hi)
			return i;
		lo = 0x80;
		hi = 0xbf;
	}
	*good = true;
	return want;
}

/* The escape of one special ASCII character; at most 6 bytes, returns how many. */
static size_t
put_escape(char *t, uint8_t c)
{
	static const char hex[] = "0123456789ABCDEF";

	t[0] = '\\';
	switch (c) {
	case '\t': t[1] = 't'; return 2;
	case '\n': t[1] = 'n'; return 2;
	case '\r': t[1] = 'r'; return 2;
	case '"':
	case '\\': t[1] = (char)c; return 2;
	}
	memcpy(t + 1, "u00", 3);
	t[4] = hex[c >> 4];
	t[5] = hex[c & 15];
	return 6;
}

/* True if one of the eight bytes may have to be escaped: the tests that find a zero byte, or a
 * byte below another, in a word at once (Hacker's Delight, chapter 6). */
static inline bool
special8(const char *s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t v, quote, back, del;

	memcpy(&v, s, sizeof(v));
	quote = v ^ ones * '"';
	back = v ^ ones * '\\';
	del = v ^ ones * 0x7f;
	return ((v | (v - ones * 0x20) | (quote - ones) | (back - ones) | (del - ones)) &
	    tops) != 0;
}

/* At most e - p bytes, and never half a character or escape; 6 * n always suffice. */
char *
fmt_text(char *p, char *e, const char *s, size_t n)
{
	char esc[6];

	for (; n >= 8 && e - p >= 8 && !special8(s); n -= 8, s += 8, p += 8)
		memcpy(p, s, 8);
	const uint8_t *u = (const uint8_t *)s;
	while (n > 0 && p < e) {
		uint8_t c = *u;
		size_t used = 1, len = 1;
		const char *t = esc;
		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
			*p++ = (char)c;
			u++;
			n--;
			continue;
		}
		if (c >= 0x80) {
			bool good;
			used = utf8_len(u, n, &good);
			esc[0] = '.';
			if (good) {
				t = (const char *)u;
				len = used;
			}
		} else {
			len = put_escape(esc, c);
		}
		if ((size_t)(e - p) < len)
			break;
		memcpy(p, t, len);
		p += len;
		u += used;
		n -= used;
	}
	return p;
}
