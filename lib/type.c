/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * type.c - one row per column type, and the notation of compound and repeated columns.
 *
 * Notation (that of PREFIX_headers.txt): types of a compound joined by _, groups in parentheses
 * which end in :R or :N, :R at the end of a repeated column.  Surprise: a point in time is TIME
 * in the tables of the plugins and U64.U32 in the headers file, as is a duration; the reference
 * too has two numbers for one name.
 */
#include <string.h>

#include "priv.h"

enum { NESTING = 8 };                   /* more parentheses than anybody can read */

struct parse {
	const char *p;                  /* next character */
	const struct type **v;
	int n, max;                     /* used and available entries of v */
	bool repeated;                  /* of the group read last */
};

static void
u8_put(struct out *o, const void *v)
{
	put_u64(o, *(const uint8_t *)v);
}

static void
u16_put(struct out *o, const void *v)
{
	put_u64(o, *(const uint16_t *)v);
}

static void
u32_put(struct out *o, const void *v)
{
	put_u64(o, *(const uint32_t *)v);
}

static void
u64_put(struct out *o, const void *v)
{
	put_u64(o, *(const uint64_t *)v);
}

static void
i8_put(struct out *o, const void *v)
{
	put_i64(o, *(const int8_t *)v);
}

static void
i16_put(struct out *o, const void *v)
{
	put_i64(o, *(const int16_t *)v);
}

static void
i32_put(struct out *o, const void *v)
{
	put_i64(o, *(const int32_t *)v);
}

static void
i64_put(struct out *o, const void *v)
{
	put_i64(o, *(const int64_t *)v);
}

static void
h8_put(struct out *o, const void *v)
{
	put_hex(o, *(const uint8_t *)v, 2);
}

static void
h16_put(struct out *o, const void *v)
{
	put_hex(o, *(const uint16_t *)v, 4);
}

static void
h32_put(struct out *o, const void *v)
{
	put_hex(o, *(const uint32_t *)v, 8);
}

static void
h64_put(struct out *o, const void *v)
{
	put_hex(o, *(const uint64_t *)v, 16);
}

static void
f_put(struct out *o, const void *v)
{
	put_float(o, *(const float *)v);
}

static void
d_put(struct out *o, const void *v)
{
	put_double(o, *(const double *)v);
}

static void
c_put(struct out *o, const void *v)
{
	put_char(o, *(const char *)v);
}

static void
span_put(struct out *o, const void *v)
{
	put_time(o, *(const int64_t *)v);
}

static void
time_put(struct out *o, const void *v)
{
	put_point(o, *(const int64_t *)v);
}

static void
mac_put(struct out *o, const void *v)
{
	put_mac(o, v);
}

static void
ip4_put(struct out *o, const void *v)
{
	put_ip4(o, v);
}

static void
ip6_put(struct out *o, const void *v)
{
	put_ip6(o, v);
}

static void
s_put(struct out *o, const void *v)
{
	const char *s = *(const char *const *)v;

	put_string(o, s, s != NULL ? strlen(s) : 0);
}

static void
sc_put(struct out *o, const void *v)
{
	const char *s = *(const char *const *)v;

	put_class(o, s, s != NULL ? strlen(s) : 0);
}

/*
 * SQL names mean the same to PostgreSQL and, through its affinities, to SQLite: NUMERIC where
 * 64 unsigned bits or nanoseconds need more than a BIGINT or a double.
 */
const struct type type_table[] = {
	{ "C", 1, "char", "string", "CHAR(1)", "", "one character", c_put, 24 },
	{ "U8", 1, "uint8_t", "integer", "SMALLINT", "0", "unsigned decimal number", u8_put, 7 },
	{ "U16", 2, "uint16_t", "integer", "INTEGER", "0", "unsigned decimal number", u16_put, 8 },
	{ "U32", 4, "uint32_t", "integer", "BIGINT", "0", "unsigned decimal number", u32_put, 9 },
	{ "U64", 8, "uint64_t", "integer", "NUMERIC(20)", "0", "unsigned decimal number",
	    u64_put, 10 },
	{ "I8", 1, "int8_t", "integer", "SMALLINT", "0", "signed decimal number", i8_put, 1 },
	{ "I16", 2, "int16_t", "integer", "SMALLINT", "0", "signed decimal number", i16_put, 2 },
	{ "I32", 4, "int32_t", "integer", "INTEGER", "0", "signed decimal number", i32_put, 3 },
	{ "I64", 8, "int64_t", "integer", "BIGINT", "0", "signed decimal number", i64_put, 4 },
	{ "H8", 1, "uint8_t", "string", "TEXT", "0x00", "0x and 2 hexadecimal digits", h8_put, 13 },
	{ "H16", 2, "uint16_t", "string", "TEXT", "0x0000", "0x and 4 hexadecimal digits",
	    h16_put, 14 },
	{ "H32", 4, "uint32_t", "string", "TEXT", "0x00000000", "0x and 8 hexadecimal digits",
	    h32_put, 15 },
	{ "H64", 8, "uint64_t", "string", "TEXT", "0x0000000000000000",
	    "0x and 16 hexadecimal digits", h64_put, 16 },
	{ "F", 4, "float", "number", "REAL", "0", "number, 7 significant digits", f_put, 19 },
	{ "D", 8, "double", "number", "DOUBLE PRECISION", "0.000000", "number, 6 decimals",
	    d_put, 20 },
	{ "TIME", 8, "int64_t", "string", "NUMERIC(20,9)", "0.000000",
	    "point in time: seconds since 1970-01-01 UTC, 6 or 9 decimals", time_put, 25 },
	{ "U64.U32", 8, "int64_t", "string", "NUMERIC(20,9)", "0.000000",
	    "duration: seconds, 6 or 9 decimals", span_put, 26 },
	{ "MAC", 6, "uint8_t[6]", "string", "MACADDR", "00:00:00:00:00:00",
	    "6 hexadecimal bytes joined by colons", mac_put, 27 },
	{ "IP4", 4, "uint8_t[4]", "string", "INET", "0.0.0.0", "IPv4 address", ip4_put, 28 },
	{ "IP6", 16, "uint8_t[16]", "string", "INET", "::", "IPv6 address", ip6_put, 29 },
	{ "IPX", 0, NULL, "string", "INET", "0.0.0.0", "IPv4 or IPv6 address", NULL, 30 },
	{ "SC", sizeof(char *), "const char *", "string", "TEXT", "", "text without quotes",
	    sc_put, 31 },
	{ "S", sizeof(char *), "const char *", "string", "TEXT", "\"\"", "text in double quotes",
	    s_put, 23 },
	{ .code = NULL },
};

const struct type *
type_find(const char *code, size_t len)
{
	for (const struct type *t = type_table; t->code != NULL; t++)
		if (strncmp(t->code, code, len) == 0 && t->code[len] == '\0')
			return t;
	return NULL;
}

static size_t
code_length(const char *p)
{
	return strcspn(p, "_():");
}

/* item { "_" item } [ ":R" | ":N" ], where an item is a code or such a group in parentheses. */
static bool
group_parse(struct parse *q, int depth)
{
	for (;;) {
		if (*q->p == '(') {
			q->p++;
			if (depth == 0 || !group_parse(q, depth - 1) || *q->p++ != ')')
				return false;
		} else {
			size_t len = code_length(q->p);
			const struct type *t = type_find(q->p, len);
			if (t == NULL || q->n == q->max)
				return false;
			q->v[q->n++] = t;
			q->p += len;
		}
		if (*q->p != '_')
			break;
		q->p++;
	}
	q->repeated = strncmp(q->p, ":R", 2) == 0;
	if (q->repeated || strncmp(q->p, ":N", 2) == 0)
		q->p += 2;
	return true;
}

int
type_parse(const char *spec, const struct type **v, int max, bool *repeated)
{
	struct parse q = { .p = spec, .v = v, .max = max };

	if (!group_parse(&q, NESTING) || *q.p != '\0')
		return -1;
	*repeated = q.repeated;
	return q.n;
}

static char *
code_label(char *p, const struct type *t, bool numeric, bool timestr)
{
	const char *s = t->code;

	if (numeric)
		return fmt_u64(p, (uint64_t)t->number);
	if (strcmp(s, "TIME") == 0)
		s = timestr ? "S" : "U64.U32";
	while (*s != '\0')
		*p++ = *s++;
	return p;
}

const char *
type_label(char buf[TYPE_LABEL], const char *spec, bool numeric, bool timestr)
{
	char *p = buf, *e = buf + TYPE_LABEL;

	while (*spec != '\0' && e - p > FMT_MAX) {
		size_t len = code_length(spec);
		const struct type *t = len > 0 ? type_find(spec, len) : NULL;
		if (t != NULL) {
			p = code_label(p, t, numeric, timestr);
			spec += len;
			continue;
		}
		if (*spec == ':' && spec[1] != '\0')    /* its letter is no type */
			*p++ = *spec++;
		*p++ = *spec++;
	}
	*p = '\0';
	return buf;
}
