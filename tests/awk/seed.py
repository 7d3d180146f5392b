# SPDX-License-Identifier: BSD-2-Clause
"""seed.py FOLDER - input files for the commands of the tutorial's listings in seed/.

A listing is a command and the rows that the tutorial prints for it.  The cells stand at the
columns of its header line; the rows of all listings with the same columns make up the input of
each, so that there is something to leave out.  FOLDER/NAME gets the input, the command and the
wanted rows: exact layout, or, where the tutorial broke the rows off, cells alone."""

import os
import re
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "seed")
INPUT = "annoloc2_flows.txt"
# listings that the tutorial broke off where wider rows follow
CELLS = {"china-tcp", "anomaly", "icmp", "icmp-codes", "icmp-count", "mac-ports"}


def listing(name):
    with open(os.path.join(HERE, name + ".txt"), encoding="utf-8") as f:
        lines = f.read().split("\n")[:-1]
    command = lines[0][2:]
    rows = [r for r in lines[1:] if not r.startswith("...")]
    return command, rows


def cells(rows):
    starts = [m.start() for m in re.finditer(r"(?:(?<=  )|^)\S", rows[0])]
    ends = starts[1:] + [None]
    return [[r[s:e].rstrip() for s, e in zip(starts, ends)] for r in rows]


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(text)


def tsv(rows):
    return "".join("\t".join(r) + "\n" for r in rows)


def mixed(own, others):
    """Rows of other listings before, between and behind the own ones."""
    rows = []
    for i, r in enumerate(own):
        rows += others[i:i + 1] + [r]
    return rows + others[len(own):]


def china():
    """Connections to China, with doubles, answers and other countries."""
    _, rows = listing("china-sort")
    head = ["%dir", "flowStat", "srcIP", "srcIPCC", "dstIP", "dstIPCC"]
    out = [head]
    for i, (a, ac, b, bc) in enumerate(r.split() for r in reversed(rows)):
        out.append(["A", "0x000000000000400%d" % (2 * i), a, ac, b, bc])
        out.append(["B", "0x0000000200004001", b, bc, a, ac])
        out.append(["A", "0x0000000200004000", a, ac, b, bc])
        out.append(["A", "0x0000000200004000", a, ac, "10.0.0.%d" % i, "jp"])
    return out


def connector():
    """A file of 88 columns, in which connSipDprt is the 87th, as the listing shows."""
    _, rows = listing("connector")
    with_tcp = cells(listing("fragments")[1])[0]
    head = with_tcp + ["connSip", "connDip", "connSipDip", "connSipDprt", "connF"]
    at = {n: i for i, n in enumerate(head)}
    out = [head]
    for first, last, ip, cc, sip, sipdip, _, f in cells(rows)[1:][::-1]:
        for stat, src in (("0x0000000000004000", ip), ("0x0000000000004001", ip),
                          ("0x0000000200004000", "138.212.189.6")):
            r = ["0"] * len(head)
            for n, v in (("timeFirst", first), ("timeLast", last), ("srcIP", src),
                         ("srcIPCC", cc), ("connSip", sip), ("connSipDip", sipdip),
                         ("connF", f), ("flowStat", stat)):
                r[at[n]] = v
            out.append(r)
    return out


def protocols():
    rows = listing("protocols")[1]
    return [[r[s:e].rstrip() for s, e in ((0, 41), (41, 50), (50, 63), (63, None))]
            if len(r) > 41 else [r] for r in rows]


def pools(names):
    """The rows of all listings, by their columns."""
    pool = {}
    for n in names:
        rows = cells(listing(n)[1])
        seen = pool.setdefault(tuple(rows[0]), [])
        seen += [r for r in rows[1:] if r not in seen]
    return pool


def main():
    names = sorted(f[:-4] for f in os.listdir(HERE) if not f.startswith("V-"))
    special = {"china-sort": china, "connector": connector}
    plain = [n for n in names if n not in special and n not in ("protocols", "netflow5-cut")]
    pool = pools(plain)
    for name in names:
        folder = os.path.join(sys.argv[1], name)
        os.makedirs(folder)
        command, rows = listing(name)
        want = [r.rstrip() for r in rows]
        if name in special:
            data = special[name]()
        elif name == "protocols":
            data = protocols()
        else:
            own = cells(listing("netflow5" if name == "netflow5-cut" else name)[1])
            others = [r for r in pool[tuple(own[0])] if r not in own]
            if name == "icmp":          # was broken off: more of them would follow
                others = [r for r in others if r[own[0].index("l4Proto")] != "1"]
            if name.startswith("icmp"):
                other = list(own[1])
                for n, v in (("l4Proto", "6"), ("icmpTCcnt", "0"),
                             ("icmpBFTypH_TypL_Code", "0x00000000_0x00000000_0x0000")):
                    if n in own[0]:
                        other[own[0].index(n)] = v
                others += [other] * 2
            data = [own[0]] + mixed(own[1:][::-1] if name.startswith("sort-") else own[1:], others)
        write(folder, "annoloc2_protocols.txt" if name == "protocols" else INPUT, tsv(data))
        write(folder, "command", command + "\n")
        write(folder, "want", "\n".join(want) + "\n")
        write(folder, "compare", "cells" if name in CELLS or name == "china-sort" else "layout")


main()
