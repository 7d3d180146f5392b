/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stream_put.c - followed payload as text, as a hex dump, or as it is.
 *
 * Remarks stand in brackets on lines of their own; with raw bytes they go to the caller's note().
 * Surprise: text keeps line ends and tabs, and CR LF becomes LF; the rest of what does not print
 * is a point.
 */
#include <stdarg.h>

#include "stream.h"

enum { ROW = 16 };                      /* bytes of a line of the hex dump */

void
stream_line_end(struct stream *s)
{
	if (s->midline)
		put_char(&s->out, '\n');
	s->midline = false;
}

static void
put_end(struct out *o, int ipver, const uint8_t *addr, const uint8_t *mac, uint16_t port)
{
	put_char(o, ' ');
	if (ipver == 0)
		put_mac(o, mac);
	else
		put_ip(o, ipver, addr);
	if (port != 0) {
		put_char(o, ' ');
		put_u64(o, port);
	}
}

/* [A 10.0.0.1 1234 > 10.0.0.2 80] when the direction changes, if both are asked for; and with
 * packet 17 behind in front of each datagram. */
static void
put_turn(struct stream *s, const struct side *d, uint64_t num)
{
	struct out *o = &s->out;
	const struct flow_key *k = &d->ends.key;
	bool turn = s->conf.dir == '\0' && s->last != d;

	s->last = d;
	if (!turn && num == 0)
		return;
	stream_line_end(s);
	put_char(o, '[');
	if (s->conf.dir == '\0') {
		put_char(o, d->dir);
		put_end(o, d->ends.ipver, k->src, k->smac, k->sport);
		put_raw(o, " >", 2);
		put_end(o, d->ends.ipver, k->dst, k->dmac, k->dport);
	}
	if (num != 0) {
		put_raw(o, s->conf.dir == '\0' ? ", packet " : "packet ",
		    s->conf.dir == '\0' ? 9 : 7);
		put_u64(o, num);
	}
	put_raw(o, "]\n", 2);
}

void
stream_mark(struct stream *s, struct side *d, const char *fmt, ...)
{
	char text[128], note[192];
	va_list ap;

	if (!d->shown)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (s->conf.form == STREAM_RAW) {
		snprintf(note, sizeof(note), "%c: %s before offset %ju", d->dir, text,
		    (uintmax_t)d->off);
		s->conf.note(s->conf.note_arg, note);
		return;
	}
	put_turn(s, d, 0);
	stream_line_end(s);
	put_char(&s->out, '[');
	put_raw(&s->out, text, strlen(text));
	put_raw(&s->out, "]\n", 2);
}

static void
put_text(struct stream *s, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t c = p[i];

		if (c == '\r' && i + 1 < n && p[i + 1] == '\n')
			continue;
		if (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f))
			put_char(&s->out, (char)c);
		else
			put_char(&s->out, '.');
		s->midline = c != '\n';
	}
}

/* 00000010  47 45 54 20 2f 20 48 54  54 50                    |GET / HTTP| */
static void
put_row(struct out *o, uint64_t off, const uint8_t *p, size_t n)
{
	char line[128], digits[FMT_MAX], *to = line;
	size_t ndigits = off >> 32 == 0 ? 8 : 16;

	fmt_hex(digits, off, (int)ndigits, false);
	to = mempcpy(to, digits + 2, ndigits);
	for (size_t i = 0; i < ROW; i++) {
		to = mempcpy(to, "  ", i % 8 == 0 ? 2 : 1);
		if (i < n)
			fmt_hex(digits, p[i], 2, false);
		to = mempcpy(to, i < n ? digits + 2 : "  ", 2);
	}
	to = mempcpy(to, "  |", 3);
	for (size_t i = 0; i < n; i++)
		*to++ = p[i] >= 0x20 && p[i] < 0x7f ? (char)p[i] : '.';
	to = mempcpy(to, "|\n", 2);
	put_raw(o, line, (size_t)(to - line));
}

void
stream_data(struct stream *s, struct side *d, const uint8_t *p, size_t n, uint64_t num)
{
	if (!d->shown || n == 0)
		return;
	if (s->conf.form == STREAM_RAW) {
		put_raw(&s->out, (const char *)p, n);
		return;
	}
	put_turn(s, d, num);
	if (s->conf.form == STREAM_TEXT) {
		put_text(s, p, n);
		return;
	}
	for (size_t i = 0; i < n; i += ROW)
		put_row(&s->out, d->off + i, p + i, n - i < ROW ? n - i : ROW);
}
