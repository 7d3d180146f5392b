/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names_read.c - the lines of the lists of names.
 *
 * One forgiving reader: comments and empty lines anywhere, numbers decimal or 0x, ranges; what is
 * not understood is passed over.  Besides the formats of the shipped files it reads those of the
 * vendor lists of Wireshark and the IEEE (csv) and of services(5).
 */
#include <ctype.h>
#include <strings.h>

#include "names_priv.h"

enum { FIELDS = 4, PORT_MAX = 65535, PROTO_MAX = 255 };

static struct span
trim(struct span s)
{
	while (s.p < s.e && isspace((unsigned char)*s.p))
		s.p++;
	while (s.p < s.e && isspace((unsigned char)s.e[-1]))
		s.e--;
	return s;
}

/* Takes the field in front of the next tab off the line. */
static struct span
field(struct span *line)
{
	struct span f = *line;
	const char *tab = memchr(f.p, '\t', span_len(f));

	f.e = tab != NULL ? tab : line->e;
	line->p = tab != NULL ? tab + 1 : line->e;
	return trim(f);
}

static struct span
word(struct span *line)
{
	struct span w = trim(*line);

	line->p = w.p;
	while (line->p < line->e && !isspace((unsigned char)*line->p))
		line->p++;
	w.e = line->p;
	return w;
}

static bool
is_word(struct span s, const char *w)
{
	return span_len(s) == strlen(w) && strncasecmp(s.p, w, span_len(s)) == 0;
}

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* Takes a number, decimal or 0x, off s. */
static bool
number(struct span *s, uint32_t *v)
{
	int base = 10;
	const char *p = s->p;

	if (span_len(*s) > 2 && p[0] == '0' && (p[1] | 0x20) == 'x') {
		base = 16;
		p += 2;
	}
	const char *start = p;
	for (*v = 0; p < s->e && digit(*p) < base && *v <= UINT32_MAX / 32; p++)
		*v = *v * (uint32_t)base + (uint32_t)digit(*p);
	s->p = p;
	return p > start;
}

/* A whole field of the form 80 or 6000-6063. */
static bool
range(struct span s, uint32_t *first, uint32_t *last)
{
	if (!number(&s, first))
		return false;
	*last = *first;
	s = trim(s);
	if (!span_empty(s) && *s.p == '-') {
		s.p++;
		s = trim(s);
		if (!number(&s, last))
			return false;
	}
	return span_empty(s) && *first <= *last;
}

/* The number space of a port's protocol, 0 if its ports have no names here. */
static uint32_t
port_space(struct span proto)
{
	if (is_word(proto, "tcp"))
		return names_port(6, 0);
	return is_word(proto, "udp") ? names_port(17, 0) : 0;
}

/* port TAB tcp|udp TAB name TAB description */
static bool
port_line(struct names *n, struct span line)
{
	uint32_t first, last, space;

	if (!range(field(&line), &first, &last) || last > PORT_MAX ||
	    (space = port_space(field(&line))) == 0)
		return false;
	struct span name = field(&line), rest = name;
	name = word(&rest);
	if (!span_empty(name))
		names_add(n, space + first, space + last, name, field(&line), false);
	return true;
}

/* name port[-port]/proto[/proto...] aliases # description */
static void
service_line(struct names *n, struct span line)
{
	struct span text = { line.e, line.e }, name, ports;
	const char *hash = memchr(line.p, '#', span_len(line));
	uint32_t first, last;

	if (hash != NULL) {
		text = trim((struct span){ hash + 1, line.e });
		line.e = hash;
	}
	name = word(&line);
	ports = word(&line);
	const char *slash = span_empty(ports) ? NULL : memchr(ports.p, '/', span_len(ports));
	if (slash == NULL || !range((struct span){ ports.p, slash }, &first, &last) ||
	    last > PORT_MAX)
		return;
	while (slash < ports.e) {
		struct span proto = { slash + 1, ports.e };
		const char *next = memchr(proto.p, '/', span_len(proto));

		proto.e = slash = next != NULL ? next : ports.e;
		uint32_t space = port_space(proto);
		if (space != 0)
			names_add(n, space + first, space + last, name, text, false);
	}
}

/* A block of 24 bits: 00001C, 00:00:1C, 00-00-1C or 0x00001c and nothing behind it. */
static bool
oui(struct span s, uint32_t *v)
{
	int digits = 0;

	if (span_len(s) > 2 && s.p[0] == '0' && (s.p[1] | 0x20) == 'x')
		s.p += 2;
	for (*v = 0; s.p < s.e; s.p++) {
		if (digit(*s.p) < 16) {
			*v = *v << 4 | (uint32_t)digit(*s.p);
			digits++;
		} else if ((*s.p != ':' && *s.p != '-') || digits % 2 != 0) {
			return false;
		}
		if (digits > 6)
			return false;
	}
	return digits == 6;
}

/* Registry,Assignment,Organization Name,Organization Address; the name may be in quotes. */
static void
csv_line(struct names *n, struct span line)
{
	struct span f[3];
	uint32_t v;

	for (int i = 0; i < 3; i++) {
		bool quoted = !span_empty(line) && *line.p == '"';
		line.p += quoted;
		f[i] = line;
		const char *end = memchr(line.p, quoted ? '"' : ',', span_len(line));
		if (end == NULL)
			return;
		f[i].e = end;
		line.p = end + quoted;
		if (!span_empty(line) && *line.p == ',')
			line.p++;
	}
	if (oui(f[1], &v))
		names_add(n, v, v, (struct span){ f[2].e, f[2].e }, trim(f[2]), true);
}

/* block TAB short name TAB full name; lines of Wireshark's list have colons in the block */
static void
vendor_line(struct names *n, struct span line)
{
	uint32_t v;

	if (span_len(line) > 3 && memcmp(line.p, "MA-", 3) == 0) {
		csv_line(n, line);
		return;
	}
	struct span block = field(&line), name = field(&line), text = field(&line);
	if (!oui(block, &v) || span_empty(name))
		return;
	bool listed = memchr(block.p, ':', span_len(block)) != NULL;
	names_add(n, v, v, name, text, listed && !span_empty(text));
}

/* number[-number] TAB [keyword TAB] description */
static void
number_line(struct names *n, struct span line, uint32_t max)
{
	uint32_t first, last;

	if (!range(field(&line), &first, &last) || last > max)
		return;
	struct span name = field(&line), text = field(&line);
	if (!span_empty(name))
		names_add(n, first, last, name, span_empty(text) ? name : text, false);
}

void
names_read(struct names *n)
{
	struct span line = { n->text, n->text }, all = { n->text, n->text + n->len };

	for (; all.p < all.e; all.p = line.e + 1) {
		const char *nl = memchr(all.p, '\n', span_len(all));

		line.p = all.p;
		line.e = nl != NULL ? nl : all.e;
		if (span_empty(line) || *line.p == '#' || isspace((unsigned char)*line.p))
			continue;
		if (n->kind == NAMES_MAC)
			vendor_line(n, line);
		else if (n->kind != NAMES_PORT)
			number_line(n, line, n->kind == NAMES_PROTO ? PROTO_MAX : PORT_MAX);
		else if (!port_line(n, line))
			service_line(n, line);
	}
}
