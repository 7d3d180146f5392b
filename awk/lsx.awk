# SPDX-License-Identifier: BSD-2-Clause
#
# lsx.awk - expands tabs to stops that are stop places apart; see lsx(1).  Needs width.awk.

{
	line = ""
	for (i = 1; i < NF; i++)
		line = line $i blanks(stop - width($i) % stop)
	print line $NF
}
