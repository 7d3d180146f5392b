/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names_vendor.c - short forms of the names of organisations that own MAC address blocks.
 *
 * "EDIMAX TECHNOLOGY CO., LTD." becomes "EdimaxTe": every word with one capital, without
 * punctuation and legal forms, without blanks, cut to eight bytes.  Letters outside of ASCII stay
 * as they are; a name is never cut inside of one.
 */
#include <ctype.h>
#include <strings.h>

#include "names_priv.h"

/* Words that do not tell one organisation from another, sorted. */
static const char *const general[] = {
	"a", "ab", "ag", "and", "as", "b", "bv", "co", "company", "corp", "corporation", "de",
	"gmbh", "inc", "incorporated", "kg", "kk", "l", "limited", "llc", "ltd", "nv", "of", "oy",
	"p", "plc", "pte", "pty", "s", "sa", "sas", "spa", "srl", "systems", "the", "v",
};

static bool
in_word(unsigned char c)
{
	return isalnum(c) || c == '-' || c == '_' || c >= 0x80;
}

static bool
is_general(const char *w, size_t n)
{
	size_t lo = 0, hi = sizeof(general) / sizeof(general[0]);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int d = strncasecmp(w, general[mid], n);

		if (d == 0 && general[mid][n] == '\0')
			return true;
		if (d > 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* Appends a word with a capital after every character that is no letter; returns the new length. */
static size_t
append(char out[VENDOR_MAX], size_t len, const char *w, size_t n)
{
	bool inside = false;

	for (size_t i = 0; i < n && len < VENDOR_MAX; i++) {
		unsigned char c = (unsigned char)w[i];

		out[len++] = (char)(inside ? tolower(c) : toupper(c));
		inside = isalpha(c) || c >= 0x80;
	}
	return len;
}

size_t
names_shorten(char out[VENDOR_MAX], struct span full)
{
	size_t len = 0;

	for (const char *p = full.p; p < full.e && len < VENDOR_MAX;) {
		const char *w = p;

		while (p < full.e && in_word((unsigned char)*p))
			p++;
		if (p > w && !is_general(w, (size_t)(p - w)))
			len = append(out, len, w, (size_t)(p - w));
		p += p == w;
	}
	/* a multi-byte character that did not fit leaves its first bytes */
	size_t start = len;
	while (start > 0 && ((unsigned char)out[start - 1] & 0xc0) == 0x80)
		start--;
	if (len == VENDOR_MAX && start > 0 && (unsigned char)out[start - 1] >= 0xc0) {
		unsigned char lead = (unsigned char)out[start - 1];
		size_t want = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

		if (len - (start - 1) < want)
			len = start - 1;
	}
	return len;
}
