#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""town.py - half an hour on the wire of a small town, as a pcap file.

Usage: python3 town.py OUT.pcap

Every function listed below plays one story: a backup, a port scan, a lossy line. Its docstring
says what a reader of the capture will find. All addresses, times and payloads come from fixed
seeds, so that the same script always writes the same bytes. Nothing outside the standard library
is needed.

The tap sits on the mirror port of the town's core switch, inside of the border: outside hosts
show the MAC of one of the two border routers, the school's VLAN 30 carries tags, the metro link
carries two. Bulk transfers are snapped at 128 bytes, conversations in text are kept whole.

Read on in stories/: places.py (who lives where), wire.py (how packets are made), then the stories.
"""
import random
import sys

sys.dont_write_bytecode = True          # leave no __pycache__ in the examples
from stories import attacks, daily, damage, questions   # noqa: E402
from stories.places import HOSTS, LENGTH, ROUTER1, START, VLANS  # noqa: E402
from stories.wire import Net            # noqa: E402

STORIES = [
    daily.switch_chatter, daily.who_has, daily.machines_wake_up, daily.who_is_there,
    daily.clocks_and_logs, daily.names, daily.web_surfing, daily.secret_surfing, daily.letters,
    daily.backup, daily.remote_shell, daily.phone_call, daily.signalling,
    daily.ipv6_neighbours, daily.chat_room, daily.redundant_routers,
    questions.clerk_and_china, questions.stalled_printer, questions.lossy_line,
    questions.broken_conversations, questions.pings, questions.traceroute, questions.rarer_icmp,
    questions.unreachable_storm,
    attacks.port_scanner, attacks.host_scanner, attacks.syn_flood,
    damage.fragments, damage.tunnels, damage.broken_stack, damage.clipped_frames]


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: town.py OUT.pcap")
    net = Net(START, LENGTH, ROUTER1, HOSTS, VLANS)
    for story in STORIES:               # each story has its own dice: a new one changes no other
        story(net, random.Random(story.__name__))
    net.save(sys.argv[1])


if __name__ == "__main__":
    main()
