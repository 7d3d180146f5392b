# SPDX-License-Identifier: BSD-2-Clause
#
# near.awk - the word that was probably meant, for error messages.

# The one of words (separated by blanks) that is nearest to word; empty if none is near.
function _near(word, words,   w, n, i, d, best, found) {
	best = length(word) / 3 + 1.5
	n = split(words, w, " ")
	for (i = 1; i <= n; i++) {
		d = _distance(tolower(word), tolower(w[i]))
		if (d < best) {
			best = d
			found = w[i]
		}
	}
	return found
}

# Edits (insert, delete, replace, swap neighbours) that make b of a.
function _distance(a, b,   i, j, la, lb, x, y, d, m) {
	la = length(a)
	lb = length(b)
	if (la - lb > 3 || lb - la > 3)
		return 9
	for (i = 0; i <= la; i++)
		d[i, 0] = i
	for (j = 0; j <= lb; j++)
		d[0, j] = j
	for (i = 1; i <= la; i++) {
		x = substr(a, i, 1)
		for (j = 1; j <= lb; j++) {
			y = substr(b, j, 1)
			m = d[i - 1, j - 1] + (x != y)
			if (d[i - 1, j] + 1 < m)
				m = d[i - 1, j] + 1
			if (d[i, j - 1] + 1 < m)
				m = d[i, j - 1] + 1
			if (i > 1 && j > 1 && x == substr(b, j - 1, 1) &&
			    y == substr(a, i - 1, 1) && d[i - 2, j - 2] + 1 < m)
				m = d[i - 2, j - 2] + 1
			d[i, j] = m
		}
	}
	return d[la, lb]
}
