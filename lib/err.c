/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * err.c - one line that tells why something failed, in a buffer of the caller.
 */
#include <stdarg.h>

#include "priv.h"

int
err_line(char *err, size_t errlen, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err, errlen, fmt, ap);
	va_end(ap);
	return -1;
}
