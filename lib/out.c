/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * out.c - the writer's stream and its options, which are those of txtSink and bin2txt.
 *
 * One big buffer that put.c fills.  After the first failed write .error keeps its errno and
 * output is dropped: the caller asks once, at the end, and decides whether EPIPE deserves a
 * message.  Surprise: "-" writes to a copy of stdout, so that out_close can close it.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "priv.h"

enum { OUT_BUF = 256 * 1024 };

enum {
	TFS_PRI_HDR, TFS_PRI_HDR_FW, TFS_HDR_FILE, TFS_NC_TYPE, TFS_EXTENDED_HEADER,
	TFS_SAN_UTF8, SEP_CHR, HDR_CHR, HEX_CAPITAL, IP4_FORMAT, IP6_FORMAT, MAC_FORMAT,
	MAC_SEP, B2T_TIMESTR, TSTAMP_UTC, TSTAMP_PREC, B2T_TIME_IN_MICRO_SECS, TFS_SPLIT,
	GZ_COMPRESS,
};

const struct opt txtsink_opts[] = {
	[TFS_PRI_HDR] = OPT("TFS_PRI_HDR", 0, 1, 1, "Header line with the column names"),
	[TFS_PRI_HDR_FW] = OPT("TFS_PRI_HDR_FW", 0, 1, 0,
	    "The header line is in each piece of -W, not in the first only"),
	[TFS_HDR_FILE] = OPT("TFS_HDR_FILE", 0, 1, 1, "Write PREFIX_headers.txt"),
	[TFS_NC_TYPE] = OPT("TFS_NC_TYPE", 0, 1, 1,
	    "Types in the headers file: 0 numeric codes, 1 names"),
	[TFS_EXTENDED_HEADER] = OPT("TFS_EXTENDED_HEADER", 0, 1, 0,
	    "Three more header lines: number of flows (in a whole file only), of columns, types"),
	[TFS_SAN_UTF8] = OPT("TFS_SAN_UTF8", 0, 1, 1,
	    "Escape control characters in text and replace invalid UTF-8 by points"),
	[SEP_CHR] = OPT_STR("SEP_CHR", "\t",
	    "Column separator: a tab, a blank or one mark other than ; . _ \""),
	[HDR_CHR] = OPT_STR("HDR_CHR", "%",
	    "First character of the header line: one mark or nothing"),
	[HEX_CAPITAL] = OPT("HEX_CAPITAL", 0, 1, 0, "Hexadecimal numbers in capitals"),
	[IP4_FORMAT] = OPT("IP4_FORMAT", 0, 3, 0,
	    "IPv4 addresses: 0 dotted, 1 dotted with leading zeros, 2 hexadecimal, 3 decimal"),
	[IP6_FORMAT] = OPT("IP6_FORMAT", 0, 3, 0,
	    "IPv6 addresses: 0 compressed, 1 in full, 2 one hexadecimal number, 3 two joined by _"),
	[MAC_FORMAT] = OPT("MAC_FORMAT", 0, 1, 0, "MAC addresses: 0 bytes, 1 a hexadecimal number"),
	[MAC_SEP] = OPT_STR("MAC_SEP", ":",
	    "Separator of the bytes of a MAC address: one mark"),
	[B2T_TIMESTR] = OPT("B2T_TIMESTR", 0, 1, 0,
	    "Points in time: 0 seconds, 1 ISO 8601 (relative times stay seconds)"),
	[TSTAMP_UTC] = OPT("TSTAMP_UTC", 0, 1, 1, "With B2T_TIMESTR=1: 0 local time, 1 UTC"),
	[TSTAMP_PREC] = OPT("TSTAMP_PREC", 0, 1, 0, "Digits of times: 0 six, 1 nine"),
	[B2T_TIME_IN_MICRO_SECS] = OPT("B2T_TIME_IN_MICRO_SECS", 0, 1, 1,
	    "0: nine digits, as TSTAMP_PREC=1"),
	[TFS_SPLIT] = OPT("TFS_SPLIT", 0, 1, 1, "0: -W does not cut the flow file into pieces"),
	[GZ_COMPRESS] = OPT("GZ_COMPRESS", 0, 1, 0, "1: the flow file is compressed, FILE.gz"),
	{ .name = NULL },
};

/* configuration --------------------------------------------------------------------------- */

/* True for one ASCII punctuation mark, blank or tab that is not in bad. */
static bool
is_separator(const char *s, const char *bad)
{
	return s[0] != '\0' && s[1] == '\0' && strchr(bad, s[0]) == NULL &&
	    (s[0] == '\t' || s[0] == ' ' || ispunct((unsigned char)s[0]));
}

int
out_configure(struct out_conf *c, const struct optset *s, const char **why)
{
	const struct optval *v = s->val;
	const char *sep = v[SEP_CHR].s, *hdr = v[HDR_CHR].s, *mac = v[MAC_SEP].s;

	*why = NULL;
	if (!is_separator(sep, ";._\""))
		*why = "SEP_CHR: must be a tab, a blank or one mark other than ; . _ \"";
	else if (*hdr != '\0' && !is_separator(hdr, sep))
		*why = "HDR_CHR: must be empty or one mark other than SEP_CHR";
	else if (!is_separator(mac, ";_\"") || *mac == *sep)
		*why = "MAC_SEP: must be one mark other than SEP_CHR and ; _ \"";
	if (*why != NULL)
		return -1;
	*c = (struct out_conf){
		.sep = *sep, .hdr_chr = *hdr, .mac_sep = *mac,
		.hex_upper = v[HEX_CAPITAL].n != 0,
		.timestr = v[B2T_TIMESTR].n != 0,
		.local = v[TSTAMP_UTC].n == 0,
		.gz = v[GZ_COMPRESS].n != 0,
		.san_utf8 = v[TFS_SAN_UTF8].n != 0,
		.ts_digits = v[TSTAMP_PREC].n == 1 || v[B2T_TIME_IN_MICRO_SECS].n == 0 ? 9 : 6,
		.mac_format = (int)v[MAC_FORMAT].n,
		.ip4_format = (int)v[IP4_FORMAT].n,
		.ip6_format = (int)v[IP6_FORMAT].n,
	};
	return 0;
}

/* stream ---------------------------------------------------------------------------------- */

int
out_open(struct out *o, const char *path, const struct out_conf *conf)
{
	bool to_stdout = strcmp(path, "-") == 0;
	/* a copy of stdout, so that out_close can report what only close(2) tells */
	int fd = to_stdout ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1) :
	    open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	*o = (struct out){ .fd = fd, .conf = *conf };
	if (fd < 0)
		return -1;
	o->buf = malloc(OUT_BUF);
	o->name = strdup(to_stdout ? "stdout" : path);
	o->gz = conf->gz ? gzdopen(fd, "wb") : NULL;
	if (o->buf == NULL || o->name == NULL || (conf->gz && o->gz == NULL)) {
		free(o->buf);
		free(o->name);
		close(fd);
		*o = (struct out){ .fd = -1 };
		errno = ENOMEM;
		return -1;
	}
	o->p = o->buf;
	o->e = o->buf + OUT_BUF - FMT_MAX;
	return 0;
}

static void
flush_gz(struct out *o, const char *p, size_t left)
{
	int n;

	errno = 0;                      /* zlib has errors of its own */
	n = gzwrite(o->gz, p, (unsigned)left);  /* all or nothing */
	if (n > 0)
		o->written += (uint64_t)n;
	else
		o->error = errno != 0 ? errno : EIO;
}

void
out_flush(struct out *o)
{
	const char *p = o->buf;
	size_t left = (size_t)(o->p - o->buf);

	o->p = o->buf;
	if (o->gz != NULL && left > 0 && o->error == 0) {
		flush_gz(o, p, left);
		return;
	}
	while (left > 0 && o->error == 0) {
		ssize_t n = write(o->fd, p, left);
		if (n >= 0) {
			p += n;
			left -= (size_t)n;
			o->written += (uint64_t)n;
		} else if (errno == EAGAIN) {   /* somebody made our stdout non-blocking */
			poll(&(struct pollfd){ .fd = o->fd, .events = POLLOUT }, 1, -1);
		} else if (errno != EINTR) {
			o->error = errno;
		}
	}
}

/* Overwrites n bytes at offset at of the stream; -1 with errno, ESPIPE if it cannot go back. */
int
out_patch(struct out *o, uint64_t at, const char *s, size_t n)
{
	out_flush(o);
	if (o->error != 0) {
		errno = o->error;
		return -1;
	}
	if (o->gz != NULL) {
		errno = ESPIPE;
		return -1;
	}
	off_t now = lseek(o->fd, 0, SEEK_CUR);
	int flags = fcntl(o->fd, F_GETFL);
	if (now < 0 || flags < 0)
		return -1;
	if ((flags & O_APPEND) || (uint64_t)now < o->written) {
		errno = ESPIPE;
		return -1;
	}
	off_t pos = now - (off_t)o->written + (off_t)at;
	while (n > 0) {
		ssize_t k = pwrite(o->fd, s, n, pos);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -1;
		s += k;
		n -= (size_t)k;
		pos += k;
	}
	return 0;
}

int
out_close(struct out *o)
{
	int error;

	if (o->buf == NULL)
		return 0;
	out_flush(o);
	error = o->error;
	errno = 0;
	if (o->gz != NULL) {
		if (gzclose(o->gz) != Z_OK && error == 0)
			error = errno != 0 ? errno : EIO;
	} else if (close(o->fd) < 0 && error == 0 && errno != EINTR) {
		error = errno;
	}
	free(o->buf);
	free(o->name);
	*o = (struct out){ .fd = -1, .error = error, .written = o->written };
	errno = error;
	return error != 0 ? -1 : 0;
}
