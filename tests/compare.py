#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# compare.py CORPUS OURS [-v]: compares OURS/NAME.flows.tsv with CORPUS/NAME.flows.tsv for all NAME
# that are in both, in the columns of basicFlow without the address labels.  Flows are found by
# direction, five-tuple, VLANs and start, layer 2 flows by type and MAC addresses too; what has no
# partner counts as all cells different.  Cells that NAME.unstable.tsv lists are left out.
# What cannot be equal by decision is made so: flow indexes need only tell the same flows apart,
# and durations that wrapped around in the reference are negative.  Captures that the reference
# refused (INDEX.tsv) are not compared.  Prints "CELLS EQUAL" and, with -v, the differences.
import collections
import glob
import os
import sys

KEY = 'dir srcIP srcPort dstIP dstPort l4Proto ethVlanID timeFirst'.split()
KEY_L2 = KEY + 'ethType srcMac dstMac'.split()
COLUMNS = ('dir flowInd flowStat timeFirst timeLast duration numHdrDesc numHdrs hdrDesc srcMac '
           'dstMac ethType ethVlanID srcIP srcPort dstIP dstPort l4Proto').split()


def rows(path):
    with open(path, errors='replace') as f:
        names = f.readline().lstrip('%').rstrip('\n').split('\t')
        return [dict(zip(names, line.rstrip('\n').split('\t'))) for line in f]


def unstable(path):
    if not os.path.exists(path):
        return set()
    with open(path) as f:
        return {(int(n), c) for n, c in (line.split()[:2] for line in list(f)[1:])}


def by_key(table, skip):
    """Rows by key, which leaves columns out that are not the same from run to run."""
    found = collections.defaultdict(collections.deque)
    shaky = {c for _, c in skip}
    for i, r in enumerate(table):
        r['line'] = i + 2
        names = KEY_L2 if r.get('srcIP') == '0.0.0.0' else KEY
        found[tuple(r.get(c) for c in names if c not in shaky)].append(r)
    return found


def unwrap(duration):
    """Seconds that passed below 0 in 64 bits."""
    s, dot, fraction = duration.partition('.')
    if len(s) < 19:
        return duration
    ns = (int(s) - (1 << 64)) * 1000000 + int(fraction or 0)
    return '%s%d.%06d' % ('-' if ns < 0 else '', *divmod(abs(ns), 1000000))


def compare(ref, ours, skip):
    """(column, wanted, got) for each cell; got is None without a partner."""
    theirs = by_key(ref, skip)
    mine = by_key(ours, skip)
    left = []
    index = {}                  # flowInd of the reference -> ours
    for key, list_ in theirs.items():
        for r in list_:
            o = mine[key].popleft() if mine[key] else {}
            r['duration'] = unwrap(r['duration'])
            if o and index.setdefault(r['flowInd'], o['flowInd']) == o['flowInd']:
                r['flowInd'] = o['flowInd']
            for c in COLUMNS:
                if (r['line'], c) not in skip:
                    yield c, r.get(c), o.get(c)
    for list_ in mine.values():
        left += list_
    for o in left:
        for c in COLUMNS:
            yield c, None, o.get(c)


def main():
    corpus, folder = sys.argv[1:3]
    refused = {r['name'] for r in rows(os.path.join(corpus, 'INDEX.tsv'))
               if r['ref_status'] != 'ok'}
    verbose = sys.argv[3:] == ['-v']
    cells = equal = 0
    differences = collections.Counter()
    for path in sorted(glob.glob(os.path.join(folder, '*.flows.tsv'))):
        name = os.path.basename(path)
        wanted = os.path.join(corpus, name)
        if not os.path.exists(wanted) or name[:-len('.flows.tsv')] in refused:
            continue
        skip = unstable(wanted.replace('.flows.', '.unstable.'))
        for c, a, b in compare(rows(wanted), rows(path), skip):
            cells += 1
            equal += a == b
            if a != b:
                differences[c] += 1
                if verbose:
                    print(name[:-10], c, a, b, sep='\t')
    if verbose:
        print(*differences.most_common(), sep='\n')
    print(cells, equal)


main()
