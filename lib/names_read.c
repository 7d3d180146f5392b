/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names_read.c - the lines of the lists of names.
 *
 * One forgiving reader: comments and empty lines anywhere, numbers decimal or 0x, ranges; what is
 * not understood is passed over.  Besides the formats of the shipped files it reads those of the
 * vendor lists of Wireshark and the IEEE (csv) and of services(5).  Reading a list notes only which
 * line is about which number: most names are never asked for.
 */
#include <ctype.h>
#include <strings.h>

#include "names_priv.h"

enum { PORT_MAX = 65535, PROTO_MAX = 255 };

static struct span
trim(struct span s)
{
	while (s.p < s.e && isspace((unsigned char)*s.p))
		s.p++;
	while (s.p < s.e && isspace((unsigned char)s.e[-1]))
		s.e--;
	return s;
}

/* Takes what is in front of the next separator off s. */
static struct span
take(struct span *s, char separator)
{
	struct span f = *s;
	const char *at = span_empty(*s) ? NULL : memchr(f.p, separator, span_len(f));

	f.e = at != NULL ? at : s->e;
	s->p = at != NULL ? at + 1 : s->e;
	return trim(f);
}

static struct span
word(struct span *s)
{
	struct span w = trim(*s);

	s->p = w.p;
	while (s->p < s->e && !isspace((unsigned char)*s->p))
		s->p++;
	w.e = s->p;
	return w;
}

static bool
is_word(struct span s, const char *w)
{
	return span_len(s) == strlen(w) && strncasecmp(s.p, w, span_len(s)) == 0;
}

static uint32_t
digit(char c)
{
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0');
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : 16;
}

static bool
is_hex(struct span s)
{
	return span_len(s) > 2 && s.p[0] == '0' && (s.p[1] | 0x20) == 'x';
}

/* Takes a number, decimal or 0x, off s. */
static bool
number(struct span *s, uint32_t *v)
{
	uint32_t base = is_hex(*s) ? 16 : 10;
	const char *p = s->p + (base == 16 ? 2 : 0), *start = p;

	for (*v = 0; p < s->e && digit(*p) < base && *v <= UINT32_MAX / 32; p++)
		*v = *v * base + digit(*p);
	s->p = p;
	return p > start;
}

/* A whole field of the form 80 or 6000-6063. */
static bool
range(struct span s, uint32_t max, uint32_t *first, uint32_t *last)
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
	return span_empty(s) && *first <= *last && *last <= max;
}

/* Adds the line to the ports of one protocol, if it is one of ours. */
static void
port_add(struct names *n, struct span proto, uint32_t first, uint32_t last, size_t off)
{
	uint8_t ip;

	if (is_word(proto, "tcp"))
		ip = 6;
	else if (is_word(proto, "udp"))
		ip = 17;
	else
		return;
	names_add(n, names_port(ip, (uint16_t)first), names_port(ip, (uint16_t)last), off);
}

/* port TAB tcp|udp TAB name TAB description, as against the lines of services(5) */
static bool
is_portmap(struct span line)
{
	uint32_t first, last;

	return range(take(&line, '\t'), PORT_MAX, &first, &last) && !span_empty(line);
}

static void
port_index(struct names *n, struct span line, size_t off)
{
	uint32_t first, last;

	if (is_portmap(line)) {
		range(take(&line, '\t'), PORT_MAX, &first, &last);
		struct span proto = take(&line, '\t');
		if (!span_empty(trim(line)))
			port_add(n, proto, first, last, off);
		return;
	}
	/* name port[-port]/proto[/proto...] aliases # description */
	line = take(&line, '#');
	word(&line);
	struct span ports = word(&line);
	if (!range(take(&ports, '/'), PORT_MAX, &first, &last))
		return;
	while (!span_empty(ports))
		port_add(n, take(&ports, '/'), first, last, off);
}

static void
port_line(struct span line, struct span *s, struct span *text)
{
	if (is_portmap(line)) {
		take(&line, '\t');
		take(&line, '\t');
		struct span name = take(&line, '\t');
		*s = word(&name);
		*text = take(&line, '\t');
	} else {
		struct span head = take(&line, '#');
		*s = word(&head);
		*text = trim(line);
	}
}

/* A block of 24 bits: 00001C, 00:00:1C, 00-00-1C or 0x00001c; other sizes are not ours. */
static bool
block(struct span s, uint32_t *v)
{
	int digits = 0;

	if (is_hex(s))
		s.p += 2;
	for (*v = 0; s.p < s.e && digits <= 6; s.p++) {
		uint32_t d = digit(*s.p);
		if (d < 16) {
			*v = *v << 4 | d;
			digits++;
		} else if ((*s.p != ':' && *s.p != '-') || digits % 2 != 0) {
			break;
		}
	}
	return digits == 6 && (span_empty(s) || isspace((unsigned char)*s.p) || *s.p == ',');
}

static bool
is_csv(struct span line)
{
	return span_len(line) > 5 && memcmp(line.p, "MA-", 3) == 0 && line.p[4] == ',';
}

static void
vendor_index(struct names *n, struct span line, size_t off)
{
	uint32_t v;

	if (is_csv(line))
		line.p += 5;
	if (block(line, &v))
		names_add(n, v, v, off);
}

/* block TAB short name TAB full name; in csv: Registry,Assignment,"Organization Name",... */
static bool
vendor_line(struct span line, struct span *s, struct span *text)
{
	if (is_csv(line)) {
		take(&line, ',');
		take(&line, ',');
		bool quoted = !span_empty(line) && *line.p == '"';
		line.p += quoted;
		*text = take(&line, quoted ? '"' : ',');
		*s = (struct span){ text->p, text->p };
		return true;
	}
	struct span first = take(&line, '\t');
	*s = take(&line, '\t');
	*text = take(&line, '\t');
	if (!span_empty(*text) && *text->p == '#')
		text->e = text->p;              /* a comment, no name */
	/* only Wireshark's list has colons; in others the short name is somebody's choice */
	return memchr(first.p, ':', span_len(first)) != NULL;
}

/* number[-number] TAB [keyword TAB] description */
static void
number_line(struct span line, struct span *s, struct span *text)
{
	take(&line, '\t');
	*s = take(&line, '\t');
	*text = take(&line, '\t');
	if (span_empty(*text))
		*text = *s;
}

void
names_index(struct names *n)
{
	uint32_t max = n->kind == NAMES_PROTO ? PROTO_MAX : PORT_MAX, first, last;
	struct span all = { n->text, n->text + n->len }, line;

	for (; !span_empty(all); all.p = line.e + 1) {
		const char *nl = memchr(all.p, '\n', span_len(all));
		size_t off = (size_t)(all.p - n->text);

		line.p = all.p;
		line.e = nl != NULL ? nl : all.e;
		if (span_empty(line) || *line.p == '#' || isspace((unsigned char)*line.p))
			continue;
		if (n->kind == NAMES_MAC)
			vendor_index(n, line, off);
		else if (n->kind == NAMES_PORT)
			port_index(n, line, off);
		else if (range(take(&line, '\t'), max, &first, &last))
			names_add(n, first, last, off);
		line.e = nl != NULL ? nl : all.e;
	}
}

bool
names_line(const struct names *n, size_t off, struct span *s, struct span *text)
{
	struct span all = { n->text + off, n->text + n->len };
	const char *nl = memchr(all.p, '\n', span_len(all));
	struct span line = { all.p, nl != NULL ? nl : all.e };

	if (n->kind == NAMES_MAC)
		return vendor_line(line, s, text);
	if (n->kind == NAMES_PORT)
		port_line(line, s, text);
	else
		number_line(line, s, text);
	return false;
}
