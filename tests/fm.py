#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""fm.py PAGE FLOWFILE BITS - finds every number of a report of t2fm again in the flow file, with
sums of its own; BITS is what t2cols -a -b prints.  Prints what differs; the last line counts."""
import csv
import html.parser
import sys
from collections import Counter, defaultdict


class Page(html.parser.HTMLParser):
    """tables: id -> rows of cell texts; facts: name -> text"""

    def __init__(self):
        super().__init__()
        self.tables, self.facts, self.cell, self.row, self.id = {}, {}, None, None, None

    def handle_starttag(self, tag, attrs):
        if tag == 'table':
            self.id = dict(attrs)['id']
            self.tables[self.id] = []
        elif tag == 'tr':
            self.row = []
        elif tag in ('td', 'th'):
            self.cell = ''
        elif tag == 'script':
            print('a script')

    def handle_endtag(self, tag):
        if tag in ('td', 'th') and self.row is not None:
            self.row.append(self.cell.strip())
            self.cell = None
        elif tag == 'tr':
            self.tables[self.id].append(self.row)
            self.row = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


def number(text):
    return float(text.replace('\u202f', '').replace(' %', ''))


page = Page()
page.feed(open(sys.argv[1], encoding='utf-8').read())
rows = list(csv.DictReader(open(sys.argv[2], encoding='utf-8', newline=''), delimiter='\t',
                           quoting=csv.QUOTE_NONE))
for r in rows:
    r['dir'] = r.pop('%dir')
    r['p'], r['b'] = int(r['numPktsSnt']), int(r['numBytesSnt'])
masks = {}
with open(sys.argv[3], encoding='utf-8') as f:
    for line in f:
        v = line.rstrip('\n').split('\t')
        if not v[0].startswith('%'):
            masks[v[0], int(v[2], 16)] = v[5]
checked = bad = 0


def same(what, got, want, digits=None):
    global checked, bad
    checked += 1
    want = round(want, digits) if digits is not None else want
    if abs(number(got) - want) > (10 ** -digits if digits else 0):
        bad += 1
        print(f'{what}: {got}, not {want}')


def text(what, got, want):
    global checked, bad
    checked += 1
    if got != want:
        bad += 1
        print(f'{what}: {got!r}, not {want!r}')


def total(key, value=lambda r: 1, of=rows):
    c = Counter()
    for r in of:
        c[key(r)] += value(r)
    return c


all_p, all_b = sum(r['p'] for r in rows), sum(r['b'] for r in rows)
packets, octets = (lambda r: r['p']), (lambda r: r['b'])
src, dst = (lambda r: r['srcIP']), (lambda r: r['dstIP'])
f_src, p_src, b_src = total(src), total(src, packets), total(src, octets)
p_dst, b_dst = total(dst, packets), total(dst, octets)

facts = {r[0]: r[1] for r in page.tables['facts']}
dirs = total(lambda r: r['dir'])
flows = facts['Flows'].replace('(', ' ').replace(')', ' ').replace(',', ' ').split(' ')
flows = [f for f in flows if f]
same('flows', flows[0], len(rows))
same('A', flows[1], dirs['A'])
same('B', flows[3], dirs['B'])
same('packets', facts['Packets in flows'], all_p)
same('bytes', facts['Bytes in flows'], all_b)
same('hosts', facts['Hosts'], len({r['srcIP'] for r in rows} | {r['dstIP'] for r in rows}))
first = min((r['timeFirst'] for r in rows), key=float)
last = max((r['timeLast'] for r in rows), key=float)
text('first', facts['First packet'].split()[0], first)
text('last', facts['Last packet'].split()[0], last)
same('duration', facts['Duration'].split()[0], float(last) - float(first), 6)

for name, order, every in (('bytes', b_src, all_b), ('packets', p_src, all_p),
                           ('flows', f_src, len(rows))):
    t = page.tables['talkers-' + name][1:]
    text(name + ': order', [number(x[{'bytes': 4, 'packets': 3, 'flows': 2}[name]]) for x in t],
         [float(n) for _, n in order.most_common(len(t))])
    for host, _, f, p, b, rp, rb, share in t:
        for what, got, c in (('flows', f, f_src), ('packets', p, p_src), ('bytes', b, b_src),
                             ('packets back', rp, p_dst), ('bytes back', rb, b_dst)):
            same(f'{host}: {what}', got, c[host])
        same(f'{host}: share', share, 100 * order[host] / max(every, 1), 2)

opened = {r['flowInd']: r for r in rows if r['dir'] == 'A'}
t = page.tables['big-flows'][1:]
sums = Counter({i: r['b'] + int(r['numBytesRcvd']) for i, r in opened.items()})
text('biggest', [number(x[6]) for x in t], [float(n) for _, n in sums.most_common(len(t))])
for i, a, b, proto, lasts, p, n, desc in t:
    r = opened[i]
    text(i, [a, b, proto, lasts, desc], [r['srcIP'] + ' ' + r['srcPort'],
         r['dstIP'] + ' ' + r['dstPort'], r['l4Proto'], r['duration'], r['hdrDesc']])
    same(i, p, r['p'] + int(r['numPktsRcvd']))
    same(i, n, sums[i])


def summed(name, key, cells, share, of=rows, label=lambda row: row[0]):
    """cells: place -> value per row; share: (place, value, of which sum)"""
    want = {k: total(key, v, of) for k, v in cells.items()}
    for row in page.tables[name][1:]:
        for k in cells:
            same(f'{name} {row[0]}', row[k], want[k][label(row)])
        k, value, every = share
        same(f'{name} {row[0]}: share', row[k], 100 * total(key, value, of)[label(row)] / max(every, 1), 2)


one = lambda r: 1
summed('protocols-l4', lambda r: r['l4Proto'], {2: one, 3: packets, 4: octets}, (5, packets, all_p))
text('protocols: all', len(page.tables['protocols-l4']) - 1, len({r['l4Proto'] for r in rows}))
names = {r[1]: r[0] for r in page.tables['protocols-l4'][1:]}
summed('protocols-ports', lambda r: (r['l4Proto'], r['dstPortClassN'], r['dstPortClass']),
       {3: one, 4: packets, 5: octets}, (6, octets, all_b),
       label=lambda row: (names[row[2]], row[0], row[1]))
for name, col in (('countries', 'IPCC'), ('organisations', 'IPWho')):
    unquoted = lambda r, side: r[side + col].strip('"')
    got = total(lambda r: unquoted(r, 'dst'), octets)
    summed(name, lambda r: unquoted(r, 'src'), {1: one, 2: octets}, (4, octets, all_b))
    for row in page.tables[name][1:]:
        same(name + ' received', row[3], got[row[0]])

seen = 0
for column in ('flowStat', 'ipFlags', 'tcpFStat', 'tcpAnomaly', 'tcpStates', 'icmpStat'):
    found, hosts, example = Counter(), defaultdict(set), {}
    for r in rows:
        v = int(r[column], 16)
        for b in range(64):
            if v >> b & 1:
                found[1 << b] += 1
                hosts[1 << b].add(r['srcIP'])
                example[1 << b] = min(example.get(1 << b, 1 << 62), int(r['flowInd']))
    told = page.tables.get('bits-' + column, [[]])[1:] + page.tables.get('kinds-' + column, [[]])[1:]
    text(column + ': all bits', sorted(int(x[0], 16) for x in told), sorted(found))
    for mask, meaning, n, h, e, share in told:
        m = int(mask, 16)
        seen += 1
        text(mask, meaning, masks[column, m])
        same(mask, n, found[m])
        same(mask, h, len(hosts[m]))
        same(mask, e, example[m])
        same(mask, share, 100 * found[m] / len(rows), 2)

quiet = [r for r in rows if r['dir'] == 'A' and r['numPktsRcvd'] == '0' and r['p'] > 0]
n_quiet = total(src, of=quiet)
for host, _, n, h, p, share in page.tables['silent'][1:]:
    own = [r for r in quiet if r['srcIP'] == host]
    same(host, n, n_quiet[host])
    same(host, h, len({r['dstIP'] for r in own}))
    same(host, p, len({(r['l4Proto'], r['dstPort']) for r in own}))
    same(host, share, 100 * n_quiet[host] / f_src[host], 2)
print(f'{checked} checked, {bad} wrong, {seen} bits, {len(page.tables)} tables')
sys.exit(bad > 0)
