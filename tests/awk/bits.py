# SPDX-License-Identifier: BSD-2-Clause
"""bits.py N - N pairs of random numbers of 64 bits and what the bit functions make of them."""

import random
import sys

MASK = (1 << 64) - 1
random.seed(20020523)


def number():
    n = random.getrandbits(64)
    kind = random.randrange(6)
    if kind == 0:
        n &= random.getrandbits(64) & random.getrandbits(64)
    elif kind == 1:
        n = 1 << random.randrange(64)
    elif kind == 2:
        n = random.getrandbits(random.randrange(1, 65))
    elif kind == 3:
        n |= random.getrandbits(64) | random.getrandbits(64)
    return n


def text(n):
    return random.choice(["0x%016x", "0x%x", "0x%X", "%d"]) % n


print("%a\tb\tn\tand\tor\txor\tnot\tleft\tright\tall\teq\thex\tvalue")
for _ in range(int(sys.argv[1])):
    a, b, n = number(), number(), random.randrange(0, 70)
    if random.randrange(8) == 0:
        b = a
    elif random.randrange(4) == 0:
        b &= a
    row = [text(a), text(b), n, a & b, a | b, a ^ b, a ^ MASK, (a << n) & MASK, a >> n,
           int(a & b == b), int(a == b), "0x%016x" % a, a]
    print("\t".join(str(x) for x in row))
