# SPDX-License-Identifier: BSD-2-Clause
"""places.py - the town: who lives at which address, behind which card and tags, says what.

10.20.x is the town hall's flat network, 10.20.30.x the school (VLAN 30), 192.168.77.x the swimming
pool at the end of a metro Ethernet (two tags), 192.168.5.x the telephones. Outside are addresses
of well-known operators of many countries; only attackers live in a range kept for documentation.
"""
from stories.wire import Host

START = 1773738000                      # Tue 17 Mar 2026 09:00:00 UTC
LENGTH = 1800                           # seconds
BULK = 128                              # snap length of bulk transfers

ROUTER1, ROUTER2, SWITCH = "00:d0:02:6d:78:00", "00:00:0c:07:ac:14", "00:05:5e:20:14:01"
NOBODY, EVERYBODY = "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"
GATE1, GATE2, GATE6 = "10.20.0.1", "10.20.0.2", "fe80::2d0:2ff:fe6d:7800"
DNS, WEB, FTP, MAIL = "10.20.1.53", "10.20.1.80", "10.20.1.21", "10.20.1.25"
ARCHIVE, CLOCK, PRINTER, PHONE = "10.20.1.44", "10.20.1.123", "10.20.9.9", "192.168.5.11"
CLERK, P2P, WORM, METRO = "10.20.3.15", "10.20.3.66", "10.20.30.66", "192.168.77.10"
DNS6, HALL6, IRC6 = "2001:db8:20:1::53", "2001:db8:20:3::17", "fd00:20:1::6667"
SCANNER = "198.51.100.23"               # a documentation address: nobody is accused here
PCS = ["10.20.3.12", CLERK, "10.20.3.17", "10.20.3.18", "10.20.3.23", "10.20.3.31", "10.20.3.42",
       "10.20.30.5", "10.20.30.8", METRO]
PUBLIC = {"us": "142.250.203.110", "de": "193.99.144.80", "ch": "130.59.31.80",
          "jp": "203.178.137.58", "fr": "212.27.48.10", "gb": "212.58.244.20",
          "kr": "168.126.63.1", "br": "200.160.2.3", "mx": "201.116.148.149",
          "co": "201.232.53.168", "cn": "36.192.216.3", "ru": "77.88.8.8",
          "es": "83.45.68.186", "in": "14.139.45.14", "za": "196.25.1.1",
          "au": "139.130.4.5", "nl": "193.0.6.139", "fi": "139.97.6.149"}
SITES = {"news.example": PUBLIC["de"], "weather.example": PUBLIC["ch"],
         "maps.example": PUBLIC["us"], "museum.example": PUBLIC["fr"],
         "radio.example": PUBLIC["gb"], "shop.example": PUBLIC["jp"],
         "trains.example": PUBLIC["kr"], "birds.example": PUBLIC["br"]}

AGENTS = ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/134.0 Safari/537.36",
          "curl/8.9.1", "Wget/1.24.5", "TownMeter/1.2 (ESP32)"]
WORDS = ("the bridge over the river stays closed until friday market square library opens later "
         "bus line four takes another way town hall asks for patience rain and sun").split()

VLANS = {"10.20.30.": ((0x8100, 30),), "192.168.77.": ((0x88a8, 100), (0x8100, 77))}
HOSTS = {GATE1: Host(ROUTER1, 255, 0, 200), GATE2: Host(ROUTER2, 255, 0, 90),
         GATE6: Host(ROUTER1, 255, 0, 0),
         DNS: Host("00:14:22:0a:35:53", 64, 250, 21),
         DNS6: Host("00:14:22:0a:35:53", 64, 250, 21),
         WEB: Host("00:60:08:78:1b:63", 64, 1000, 12),
         FTP: Host("00:60:08:2c:ca:8e", 64, 100, 87),
         MAIL: Host("00:0c:29:25:25:25", 64, 1000, 33),
         ARCHIVE: Host("00:a0:c9:07:e0:73", 64, 250, 3),
         CLOCK: Host("b8:27:eb:4d:12:3c", 64, 1000, 9),
         PRINTER: Host("00:80:48:b3:0e:ed", 60, 0, 0),
         PHONE: Host("00:04:f2:1a:00:11", 64, 0, 0),
         P2P: Host("00:50:fc:2c:09:2a", 128, 0, 0),
         WORM: Host("00:e0:29:04:0a:18", 128, 0, 0),
         IRC6: Host("00:80:48:cd:88:83", 64, 100, 60),
         HALL6: Host("00:1b:21:03:00:17", 64, 1000, 2),
         "10.20.3.31": Host("b8:27:eb:31:31:31", 64, 1000, 5),
         "10.20.3.17": Host("00:1b:21:03:00:17", 64, 1000, 2),
         "10.20.30.5": Host("00:01:02:b8:58:8a", 64, 250, 1)}


def prose(rng, size):
    text = []
    while sum(map(len, text)) + len(text) < size:
        text.append(rng.choice(WORDS))
    return " ".join(text)


def page(server, kind, body):
    return ("HTTP/1.1 200 OK\r\nServer: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            % (server, kind, len(body))).encode() + body


def get(name, path, agent):
    return ("GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nAccept: */*\r\n\r\n"
            % (path, name, agent)).encode()
