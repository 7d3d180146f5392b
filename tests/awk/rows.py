# SPDX-License-Identifier: BSD-2-Clause
"""rows.py FILE [-H] [-t] [-c COLUMN,...] EXPRESSION - the rows of a flow file for which a Python
expression is true, found without any awk: r["name"] is a cell, h(name) a hex cell as a number.
-H: no header row.  -t: in aligned columns.  -c: only these columns."""

import getopt
import sys
import unicodedata


def width(s):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else
               0 if unicodedata.combining(c) else 1 for c in s)


def main():
    opts, args = getopt.getopt(sys.argv[2:], "Htc:")
    opts = dict(opts)
    with open(sys.argv[1], encoding="utf-8") as f:
        lines = [x.rstrip("\n").split("\t") for x in f]
    head = lines[0]
    names = [n.lstrip("%") for n in head]
    test = compile(args[0], "expression", "eval")
    rows = [] if "-H" in opts else [head]
    for x in lines[1:]:
        r = dict(zip(names, x))
        if eval(test, {"r": r, "h": lambda n: int(r[n], 16)}):
            rows.append(x)
    if "-c" in opts:
        at = [names.index(c) for c in opts["-c"].split(",")]
        rows = [[x[i] for i in at] for x in rows]
    if "-t" in opts and rows:
        wide = [max(width(x[i]) for x in rows) for i in range(len(rows[0]))]
        for x in rows:
            print("".join(c + " " * (w - width(c) + 2) for c, w in zip(x[:-1], wide)) + x[-1])
    else:
        for x in rows:
            print("\t".join(x))


main()
