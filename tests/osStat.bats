#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# osStat.bats - operating systems as p0f tells them: counts, list, chart.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	unset DISPLAY WAYLAND_DISPLAY GNUTERM
	mkdir fake
	cat >log <<-'E'
		[2026/03/17 09:00:27] mod=syn|cli=10.0.0.1/1|srv=10.0.0.2/443|subj=cli|os=Linux 3.x|dist=0|params=none|raw_sig=x
		[2026/03/17 09:00:27] mod=mtu|cli=10.0.0.1/1|srv=10.0.0.2/443|subj=cli|link=Ethernet or modem|raw_mtu=1500
		[2026/03/17 09:00:28] mod=syn+ack|cli=10.0.0.1/1|srv=10.0.0.2/443|subj=srv|os=???|dist=0|params=none|raw_sig=x
		[2026/03/17 09:00:29] mod=syn|cli=10.0.0.1/2|srv=10.0.0.2/443|subj=cli|os=Linux 3.x|dist=0|params=none|raw_sig=x
		[2026/03/17 09:00:29] mod=syn|cli=10.0.0.1/2|srv=10.0.0.2/443|subj=cli|os=???|dist=0|params=none|raw_sig=x
		[2026/03/17 09:00:30] mod=syn|cli=fe80::3/9|srv=10.0.0.2/443|subj=cli|os=Windows 7 or 8|dist=0|params=none|raw_sig=x
		[2026/03/17 09:00:30] mod=syn|cli=10.0.0.4/9|srv=10.0.0.2/443|subj=cli|os=Linux 3.x|dist=0|params=none|raw_sig=x
	E
	cat >fake/p0f <<-'E'
		#!/bin/sh
		echo "$@" >args
		[ ! -e abort ] || { echo '[-] PROGRAM ABORT : no such filter.'; exit 1; }
		cat log >"$4"
	E
	chmod +x fake/p0f
	PATH=$BATS_TEST_TMPDIR/fake:$PATH
	: >x.pcap
}

@test "systems and hosts" {
	is "$(osStat x.pcap | tr '\t' ' ')" <<-'E'
		%os hosts percent
		Linux 3.x 2 50.000
		Windows 7 or 8 1 25.000
		unknown 1 25.000
	E
	is "$(osStat -n 1 x.pcap | tail -n +2 | cut -f 2)" <<<2
	is "$(osStat -l x.pcap | tr '\t' ' ')" <<-'E'
		%ip os
		10.0.0.1 Linux 3.x
		10.0.0.2 unknown
		fe80::3 Windows 7 or 8
		10.0.0.4 Linux 3.x
	E
	osStat x.pcap -x or port 80 >/dev/null
	grep -q -- '-- -x or port 80$' args
}

@test "a chart" {
	needs gnuplot
	osStat --plot x.pcap 2>err
	is "$(cat err)" <<<'osStat: picture: x_os.png'
	is "$(head -c 4 x_os.png | tail -c 3)" <<<PNG
	osStat --svg a.svg x.pcap
	grep -q '<text>Windows 7 or 8</text>' a.svg
}

@test "what p0f itself finds in the demo capture" {
	PATH=${PATH#*:}:/usr/sbin
	needs p0f
	osStat "$T2_TOP/examples/town.pcap" | grep -q '^Linux'
}

@test "errors" {
	run -2 osStat
	run -2 osStat -z x.pcap
	run -2 osStat -n x x.pcap
	run -1 osStat none
	is "$output" <<<'osStat: none: no such file'
	: >log
	run -1 osStat x.pcap
	is "$output" <<<'osStat: x.pcap: p0f recognizes no host'
	: >abort
	run -1 osStat x.pcap
	is "$output" <<<'osStat: p0f: no such filter.'
	mkdir bin
	for c in sh dash awk mawk readlink sed mktemp rm; do
		ln -s "$(command -v $c)" bin/ || true
	done
	if [ ! -x /usr/sbin/p0f ]; then
		PATH=$BATS_TEST_TMPDIR/bin run -1 "$BUILD/bin/osStat" x.pcap
		is "$output" <<<'osStat: p0f is not installed (Debian package p0f)'
	fi
}
