/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.h - names of numbers, to become a section of t2.h.
 */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* names.c - names of numbers: vendors, ports, protocols, ethertypes ----------------------- */

struct t2;
enum names_kind { NAMES_MAC, NAMES_PORT, NAMES_PROTO, NAMES_ETHER };
struct names;
struct name {
	const char *s, *text;           /* short name, description: not NUL-terminated */
	uint32_t n, ntext;              /* their bytes, 0 if there is none */
};
struct names_conf {
	const char *file;               /* name or path of the list, NULL the usual one */
	const char *share_dir;          /* shipped files */
	const char *const *dirs;        /* the user's folders, best first, NULL-terminated */
	bool no_user_data;              /* only the shipped file, or file if it is a path */
};
/* NULL: err tells why. */
struct names *names_open(enum names_kind kind, const struct names_conf *conf, char *err,
    size_t errlen);
/* The list file (NULL or "": the usual one) as a plugin wants it, with the folders of the run.  The
 * caller closes it.  NULL: t2_error() set. */
struct names *names_get(struct t2 *t, enum names_kind kind, const char *file);
/* Reads a second list, of the same kind, whose names hold against those of n; the name - takes a
 * name away.  -1: t2_error() set. */
int names_over(struct t2 *t, struct names *n, const char *file);
/* False, and an empty name, if number has none.  The texts hold until the next call. */
bool names_find(struct names *n, uint32_t number, struct name *out);
void names_close(struct names *n);
const char *names_path(const struct names *n);  /* the file that was read */

/* The number of an address's vendor: its first three bytes. */
static inline uint32_t
names_mac(const uint8_t *mac)
{
	return (uint32_t)mac[0] << 16 | (uint32_t)mac[1] << 8 | mac[2];
}

/* The number of a port of an IP protocol: even TCP, odd UDP.  SCTP has TCP's names, UDP-Lite has
 * UDP's (RFC 3828 section 5); ports of other protocols have none. */
static inline uint32_t
names_port(uint8_t proto, uint16_t port)
{
	switch (proto) {
	case 6: case 132:
		return port * 2u;
	case 17: case 136:
		return port * 2u + 1;
	default:
		return UINT32_MAX;
	}
}

#endif
