/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * words.c - a command line as one line of text and back, quoted as shells do: bare words,
 * 'single quotes', \c, and $'\n' for words with control characters.
 *
 * No shell ever reads it here: a line from a stranger's file can do no more than be wrong.
 */
#include <ctype.h>
#include <stdlib.h>

#include "tool.h"

static bool
is_bare(const char *s)
{
	if (*s == '\0')
		return false;
	for (; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && strchr("_@%+=:,./-", *s) == NULL)
			return false;
	return true;
}

static bool
has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return true;
	return false;
}

void
word_print(FILE *f, const char *s)
{
	bool control = has_control(s);

	if (is_bare(s)) {
		fputs(s, f);
		return;
	}
	fputs(control ? "$'" : "'", f);
	for (; *s != '\0'; s++) {
		if (control && ((unsigned char)*s < ' ' || *s == 0x7f))
			fprintf(f, "\\%03o", (unsigned)(unsigned char)*s);
		else if (control && (*s == '\'' || *s == '\\'))
			fprintf(f, "\\%c", *s);
		else if (*s == '\'')
			fputs("'\\''", f);
		else
			putc(*s, f);
	}
	putc('\'', f);
}

/* Up to three octal digits, else the letter of \n or \t, else the character itself. */
static const char *
escape_read(const char *s, char *to)
{
	unsigned v = 0;
	int n = 0;

	while (n < 3 && s[n] >= '0' && s[n] <= '7')
		v = v * 8 + (unsigned)(s[n++] - '0');
	if (n > 0) {
		*to = (char)v;
		return s + n;
	}
	*to = (char)(*s == 'n' ? '\n' : *s == 't' ? '\t' : *s);
	return s + (*s != '\0');
}

/* One word of s into buf, which is as long as s; the rest, or NULL: a quote does not end. */
static const char *
word_read(const char *s, char *buf)
{
	while (*s != '\0' && *s != ' ') {
		bool escapes = s[0] == '$' && s[1] == '\'';

		if (*s == '\\') {
			if (*++s != '\0')
				*buf++ = *s++;
		} else if (*s == '\'' || escapes) {
			s += escapes ? 2 : 1;
			while (*s != '\0' && *s != '\'') {
				if (escapes && *s == '\\')
					s = escape_read(s + 1, buf++);
				else
					*buf++ = *s++;
			}
			if (*s++ == '\0')
				return NULL;
		} else {
			*buf++ = *s++;
		}
	}
	*buf = '\0';
	return s;
}

char **
words_read(const char *s, int *n)
{
	char **v = NULL, **w, *buf = malloc(strlen(s) + 1);

	*n = 0;
	while (buf != NULL) {
		s += strspn(s, " ");
		if ((w = reallocarray(v, (size_t)*n + 1, sizeof(*w))) == NULL)
			break;
		v = w;
		v[*n] = NULL;
		if (*s == '\0') {
			free(buf);
			return v;
		}
		if ((s = word_read(s, buf)) == NULL || (v[*n] = strdup(buf)) == NULL)
			break;
		(*n)++;
	}
	free(buf);
	words_free(v, *n);
	return NULL;
}

void
words_free(char **v, int n)
{
	for (int i = 0; i < n; i++)
		free(v[i]);
	free(v);
}
