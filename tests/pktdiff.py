#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compares packet records with reference ones, by packet number and column.

pktdiff.py [-m PERCENT] [-v] T2PKT CORPUS [NAME...]

CORPUS has NAME.pcap and NAME.packets.tsv; T2PKT is run with -o compat=0.8.4.  Text must be
equal, but for: times, one microsecond; pktIAT and flowDuration, which the reference computes in
single precision, a relative error of 1e-4 or as much as that leaves of the reference's own time
stamps; l7Content, where ours doubles backslashes; labels, compared only where the reference has
none of its later data: private and special addresses.  Rows of the reference that lack the two
columns of macRecorder (frames without addresses) are read without them.

Prints the columns that differ with their first places.  Status 1 if fewer than PERCENT of the
cells are equal.
"""
import argparse
import collections
import ipaddress
import os
import subprocess
import sys

LABELS = {'srcIPCC': 'srcIP', 'srcIPWho': 'srcIP', 'dstIPCC': 'dstIP', 'dstIPWho': 'dstIP'}
FLOATS = {'pktIAT', 'flowDuration'}
MANUF = ['srcManuf', 'dstManuf']
RELATIVE, MICROSECOND = 1e-4, 1.5e-6


def rows(data):
    """Dictionaries of the lines of a packet file, by packet number."""
    lines = data.decode('latin-1').split('\n')
    names = lines[0].lstrip('%').split('\t')
    short = [n for n in names if n not in MANUF]
    found = {}
    for line in lines[1:]:
        if not line:
            continue
        cells = line.split('\t')
        row = dict(zip(names if len(cells) == len(names) else short, cells))
        found.setdefault(row['pktNo'], row)
    return names, found


def comparable(name, ref):
    """Whether a label was made from data that we have too."""
    if name not in LABELS or not ref[LABELS[name]]:
        return True
    try:
        address = ipaddress.ip_address(ref[LABELS[name]])
    except ValueError:
        return False
    return address.version == 4 and address.is_private


def equal(name, ref, ours):
    if ref == ours:
        return True
    if name == 'l7Content':
        return ref == ours.replace('\\\\', '\\')
    if name == 'time':
        return abs(float(ref) - float(ours)) <= MICROSECOND
    if name in FLOATS:
        a, b = float(ref), float(ours)
        return abs(a - b) <= max(MICROSECOND, RELATIVE * abs(a))
    return False


class Tally:
    def __init__(self):
        self.cells = self.bad = self.rows = self.missing = 0
        self.columns = collections.defaultdict(list)

    def row(self, capture, names, ref, ours):
        self.rows += 1
        for name in names:
            if name not in ref or not comparable(name, ref):
                continue
            self.cells += 1
            if not equal(name, ref[name], ours.get(name, '(none)')):
                self.bad += 1
                self.columns[name].append((capture, ref['pktNo'], ref[name],
                                           ours.get(name, '(none)')))

    def capture(self, t2pkt, folder, capture):
        path = os.path.join(folder, capture)
        with open(path + '.packets.tsv', 'rb') as f:
            names, ref = rows(f.read())
        run = subprocess.run([t2pkt, '-o', 'compat=0.8.4', '-r', path + '.pcap'],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        if not run.stdout:
            sys.exit('%s: t2pkt ended with status %d' % (capture, run.returncode))
        _, ours = rows(run.stdout)
        for number in sorted(set(ref) | set(ours), key=int):
            if number in ref and number in ours:
                self.row(capture, names, ref[number], ours[number])
            else:
                self.missing += 1
                side = 'ours' if number in ref else 'the reference'
                self.columns['(row)'].append((capture, number, 'not in', side))

    def report(self, verbose):
        for name, places in sorted(self.columns.items(), key=lambda c: -len(c[1])):
            captures = len({p[0] for p in places})
            print('%7d %-14s in %d captures' % (len(places), name, captures))
            seen = set()
            for capture, number, ref, ours in places:
                if verbose or capture not in seen:
                    print('        %s %s: %.60s | %.60s' % (capture, number, ref, ours))
                seen.add(capture)
        share = 100 * (self.cells - self.bad) / max(self.cells, 1)
        print('%d rows, %d without partner, %d cells, %d differ: %.3f %% equal' %
              (self.rows, self.missing, self.cells, self.bad, share))
        return share


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('-m', type=float, default=100, metavar='PERCENT')
    parser.add_argument('-v', action='store_true', help='every place that differs')
    parser.add_argument('t2pkt')
    parser.add_argument('corpus')
    parser.add_argument('name', nargs='*')
    args = parser.parse_args()
    names = args.name or sorted(f[:-len('.packets.tsv')] for f in os.listdir(args.corpus)
                                if f.endswith('.packets.tsv'))
    tally = Tally()
    for name in names:
        tally.capture(args.t2pkt, args.corpus, name)
    return 0 if tally.report(args.v) >= args.m else 1


if __name__ == '__main__':
    sys.exit(main())
