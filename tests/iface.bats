#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# iface.bats - live capture from a network interface: what one end of a cable in a network namespace
# of its own gets from tcpreplay at the other end.  Needs root and namespaces; nothing leaves them.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
	cd "$W" || return
	[ "$(id -u)" = 0 ] || skip 'NOT TESTED: only root can make interfaces'
	unshare -n true 2>/dev/null || skip 'NOT TESTED: no network namespaces here'
	needs tcpreplay ip nsenter
	unshare -n sleep 600 3>&- &
	NS=$!
	until_true 5 other_net
	in_net sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6'
	# cable end wire0 sends, wire1 is listened to
	in_net ip link add wire0 mtu 65535 type veth peer name wire1 mtu 65535 ||
	    skip 'NOT TESTED: this kernel has no virtual cables'
	in_net ip link set wire0 up
	in_net ip link set wire1 up
}

teardown() {
	[ -z "${OPEN:-}" ] || rm -rf "$OPEN"
	for p in $(jobs -p); do
		kill -KILL "$p" 2>/dev/null || true
	done
}

other_net() {
	[ "$(readlink /proc/$NS/ns/net)" != "$(readlink /proc/self/ns/net)" ]
}

in_net() {
	nsenter --net=/proc/$NS/ns/net "$@"
}

# sendable IN OUT [N]: the packets of IN that a cable takes whole, at most N, within a few ms
sendable() {
	/usr/bin/python3 -c '
import struct, sys
d = open(sys.argv[1], "rb").read()
out = open(sys.argv[2], "wb")
out.write(d[:24])
at, n = 24, 0
while at < len(d) and n < int(sys.argv[3]):
    sec, us, cap, wire = struct.unpack_from("<IIII", d, at)
    if cap == wire and cap >= 14:
        n += 1
        out.write(struct.pack("<IIII", 1000000000, 5 * n, cap, wire) + d[at + 16:at + 16 + cap])
    at += 16 + cap
print(n)' "$1" "$2" "${3:-1000000}"
}

# send [OPTION...] FILE: out of one cable end
send() {
	in_net tcpreplay -q -i wire0 "$@" >sent 2>sent.err || { cat sent sent.err; return 1; }
}

# listens: is there an open socket that gets packets?
listens() {
	in_net awk 'NR > 1 && $5 != 0 && $6 == 1 { yes = 1 } END { exit !yes }' /proc/net/packet
}

# live TOOL...: runs it in the namespace, with its PID in $pid, until it listens
live() {
	nsenter --net=/proc/$NS/ns/net "$@" 3>&- &
	pid=$!
	until_true 10 listens
}

# column FILE NAME...: these columns, or with - before the first name all but these
column() {
	awk -F '\t' -v want="${*:2}" '
		NR == 1 { sub(/^%/, "")
			but = sub(/^- /, "", want)
			k = split(want, w, " ")
			for (i = 1; i <= k; i++) named[w[i]] = 1
			for (i = 1; i <= NF; i++) if (($i in named) != but) at[++n] = i }
		{ for (i = 1; i <= n; i++) printf "%s%s", $at[i], i < n ? "\t" : "\n" }' "$1"
}

# counted REPORT WHAT: the number in the line of a report
counted() {
	sed -n "s/^$2: \([0-9]*\).*/\1/p" "$1"
}

times='timeFirst timeLast duration minIAT maxIAT aveIAT stdIAT pktps bytps tcpSSASAATrip
	tcpRTTAckTripMin tcpRTTAckTripMax tcpRTTAckTripAve tcpRTTAckTripJitAve tcpRTTSseqAA
	tcpRTTAckJitAve tcpBtm'

# Without tcpStates, whose timeout of 0.1 s after a reset would make two flows of one when this
# machine is busy.
@test "flow and packet records are those of the same packets in a file, times apart" {
	n=$(sendable "$T2_TOP/examples/town.pcap" town.pcap)
	[ "$n" -gt 7000 ]
	p=protoStats,basicFlow,macRecorder,portClassifier,basicStats,tcpFlags,icmpDecode,connStat
	live t2 -i wire1 -s -p $p -w live >report
	send -t town.pcap
	kill -INT $pid
	ends $pid 0
	t2 -r town.pcap -s -p $p -w file >report.file
	same "$n" "$(counted report 'Number of packets received')"
	same "$n" "$(counted report 'Number of processed packets')"
	same 0 "$(counted report 'Number of packets dropped by the kernel')"
	same 0 "$(counted report 'Number of packets dropped by the interface')"
	# shellcheck disable=SC2086
	cmp <(column live_flows.txt - $times) <(column file_flows.txt - $times)
	cmp <(column live_packets.txt - time relTime pktIAT pktTrip flowDuration) \
	    <(column file_packets.txt - time relTime pktIAT pktTrip flowDuration)
	for f in protocols icmpStats; do
		cmp live_$f.txt file_$f.txt
	done
	[ "$(grep -vc '^%' live_flows.txt)" -gt 1500 ]
}

@test "t2fm -i: a signal ends the capture, then the report is written" {
	n=$(sendable "$T2_TOP/examples/town.pcap" town.pcap 300)
	OPEN=$(mktemp -d /tmp/t2-iface.XXXXXX)  # others can get there
	chmod 711 "$OPEN"
	TMPDIR=$OPEN live t2fm -P --interface wire1 --user nobody -w page.html
	send -t town.pcap
	kill -TERM $pid
	ends $pid 0
	grep "^Number of processed packets: $n\$" page.html
	grep -q '<p class="sub">wire1</p>' page.html
	same '' "$(ls -A "$OPEN")"
}

@test "report and headers file tell of the interface" {
	live t2 -i wire1 -p basicFlow -w x udp >report
	kill -TERM $pid
	ends $pid 0
	grep -qx 'Live capture on interface: wire1' report
	grep -qx '\[INF\] BPF: udp' report
	grep -qx 'Number of packets received: 0 \[0.00%\]' report
	run ! grep -E 'Percentage completed|pcap bytes' report
	is "$(sed -n '/^# Interface/,/^#$/p' x_headers.txt)" <<-E
		# Interface: wire1
		# Link layer type: Ethernet [EN10MB/1]
		# Snapshot length: 262144, buffer: 33554432, promiscuous: yes
		#
	E
}

@test "files are named like the interface" {
	in_net ip link set wire1 down
	in_net ip link set wire1 name wire1.7 up
	live t2 -i wire1.7 -p basicFlow >report
	kill -INT $pid
	ends $pid 0
	is "$(ls wire1*)" <<-E
		wire1.7_flows.txt
		wire1.7_headers.txt
	E
}

@test "all tools: -i with -S, -B, --no-promisc and --user" {
	sendable "$T2_TOP/examples/town.pcap" town.pcap 2000
	chmod 777 .
	for t in t2 t2flow t2pkt t2proto t2icmp; do
		for flags in '-i wire1 -S 60 -B 8388608' '--interface wire1 --no-promisc' \
		    '--interface=wire1 --snaplen=60 --buffer=8388608 --user=nobody'; do
			rm -f wire1*
			# shellcheck disable=SC2086
			live "$t" $flags ip >out 2>err
			in_net ip -d link show wire1 >state
			if [[ $flags == *no-promisc* ]]; then
				grep -q 'promiscuity 0' state
			else
				grep -q 'promiscuity 1' state
			fi
			if [[ $flags == *--user* ]]; then
				same "$(id -u nobody)" "$(awk '/^Uid:/ { print $2 }' /proc/$pid/status)"
			fi
			send -t town.pcap
			kill -INT $pid
			ends $pid 0
			[ "$(wc -l <out)" -ge 2 ] || { echo "$t $flags"; return 1; }
			if [ "$t" = t2 ]; then
				if [[ $flags == *60* ]]; then
					grep -q 'L3 SnapLength' out
				else
					run ! grep -q 'L3 SnapLength' out
				fi
			fi
		done
	done
}

@test "an idle link: flows end by the clock, records are seen before the run ends" {
	sendable "$T2_TOP/examples/town.pcap" some.pcap 200
	live t2flow -i wire1 -p basicFlow,basicStats -o FLOW_TIMEOUT=2 >out
	send -t some.pcap
	sleep 0.5
	same 1 "$(wc -l <out)"
	quiet() { [ "$(wc -l <out)" -gt 1 ]; }
	until_true 10 quiet
	t2flow -r some.pcap -p basicFlow,basicStats -o FLOW_TIMEOUT=2 >file
	same "$(wc -l <file)" "$(wc -l <out)"
	# what comes then is a new flow
	send -t some.pcap
	kill -TERM $pid
	ends $pid 0
	same "$((2 * ($(wc -l <file) - 1) + 1))" "$(wc -l <out)"
}

# packets FILE: the sum of its numPktsSnt
packets() {
	column "$1" numPktsSnt | awk '{ n += $1 } END { print n + 0 }'
}

@test "Ctrl-C and SIGTERM in the middle of traffic lose no record" {
	sendable "$T2_TOP/examples/town.pcap" town.pcap 1000
	for sig in INT TERM; do
		live t2 -i wire1 -w $sig >report
		nsenter --net=/proc/$NS/ns/net tcpreplay -q -i wire0 --pps=20000 --loop=200 town.pcap >sent 2>&1 3>&- &
		sender=$!
		sleep 1
		kill -$sig $pid
		ends $pid 0
		run ! ended $sender
		kill $sender
		wait $sender || true
		n=$(counted report 'Number of processed packets')
		[ "$n" -gt 1000 ]
		without=$(counted report 'Number of packets without flow')
		same $((n - ${without:-0})) "$(packets ${sig}_flows.txt)"
		same "$(counted report 'Number of processed   flows')" \
		    "$(($(wc -l <${sig}_flows.txt) - 1))"
		same 0 "$(counted report 'Number of packets dropped by the kernel')"
		until_true 5 not_listening
	done
}

not_listening() {
	! listens
}

@test "100000 packets a second: none is lost; if some are they are counted" {
	sendable "$T2_TOP/examples/town.pcap" town.pcap 6000
	live t2 -i wire1 -w fast -B 134217728 >report
	send --pps=100000 --loop=30 --preload-pcap town.pcap
	kill -INT $pid
	ends $pid 0
	grep -q 'Successful packets: *180000$' sent
	same 180000 "$(counted report 'Number of processed packets')"
	same 0 "$(counted report 'Number of packets dropped by the kernel')"
	# nobody reads, the buffer is small
	live t2 -i wire1 -w slow -B 1000000 >report 2>err
	kill -STOP $pid
	send -t --loop=10 --preload-pcap town.pcap
	kill -CONT $pid
	sleep 0.5
	kill -INT $pid
	ends $pid 0
	n=$(counted report 'Number of packets received')
	drops=$(counted report 'Number of packets dropped by the kernel')
	[ "$drops" -gt 0 ]
	grep -qx "t2: wire1: packets lost: $drops dropped by the kernel, 0 by the interface; received: $n" err
	same 60000 $((n + drops))
	same "$n" "$(counted report 'Number of processed packets')"
}

# rights PID: user, group and capabilities of a process
rights() {
	awk '/^(Uid|Gid|Groups|CapInh|CapPrm|CapEff|NoNewPrivs):/ { $1 = $1; print }' /proc/$1/status
}

@test "privileges are gone while packets are read: the user who called sudo" {
	mkdir out
	chown 12345:12345 out
	live env SUDO_UID=12345 SUDO_GID=12345 t2 -i wire1 -w out/ >report 2>err
	until_true 5 grep -q 'interface: wire1' report
	is "$(rights $pid)" <<-E
		Uid: 12345 12345 12345 12345
		Gid: 12345 12345 12345 12345
		Groups: 12345
		CapInh: 0000000000000000
		CapPrm: 0000000000000000
		CapEff: 0000000000000000
		NoNewPrivs: 1
	E
	kill -INT $pid
	ends $pid 0
	[ ! -s err ]
	is "$(stat -c %u:%g out/* | sort -u)" <<<12345:12345
	[ "$(ls out | wc -l)" -eq 4 ]
}

@test "privileges are gone while packets are read: --user, and root without a user" {
	chmod 777 .
	live t2 -i wire1 --user nobody -p basicFlow -w x >report 2>err
	until_true 5 grep -q 'interface: wire1' report
	same "$(id -u nobody)" "$(awk '/^Uid:/ { print $2 }' /proc/$pid/status)"
	rights $pid | grep -qx 'CapPrm: 0000000000000000'
	kill -INT $pid
	ends $pid 0
	[ ! -s err ]
	# root stays the owner of its files, and may write to others' folders; no more
	live env -u SUDO_UID t2 -i wire1 -p basicFlow -w y >report 2>err
	until_true 5 grep -q 'interface: wire1' report
	rights $pid | grep -qx 'CapEff: 0000000000000002'
	kill -INT $pid
	ends $pid 0
	grep -q '^t2: wire1: running as root' err
	run -1 --separate-stderr t2 -i lo --user nobody-there -p basicFlow
	[[ $stderr == 't2: user nobody-there: '* ]]
	# who may not capture, but can reach the tools also if they lie in root's own folder
	run -1 --separate-stderr in_net setpriv --reuid 12345 --clear-groups \
	    --inh-caps=+dac_read_search --ambient-caps=+dac_read_search \
	    env HOME=/ XDG_CONFIG_HOME=/ t2 -i lo -p basicFlow
	[[ $stderr == *ermission* ]]
}

@test "an interface that goes away: told, status 1, everything is written" {
	sendable "$T2_TOP/examples/town.pcap" some.pcap 100
	live t2 -i wire1 -p basicFlow,basicStats -w gone >report 2>err
	send -t some.pcap
	sleep 0.5
	in_net ip link del wire0
	ends $pid 1
	grep -q '^t2: wire1: ' err
	same 100 "$(counted report 'Number of processed packets')"
	same 100 "$(packets gone_flows.txt)"
}

@test "misuse" {
	refuse() {
		local want=$1
		shift
		run -2 --separate-stderr "$@"
		same "$want" "${stderr%%$'\n'*}"
	}
	refuse 't2flow: -r, -R, -D and -i exclude each other' t2flow -i wire1 -r x
	refuse 't2flow: -S, -B, --no-promisc and --user go with -i only' t2flow -r x -S 100
	refuse 't2flow: -S 15: too small, must be 16 to 262144' t2flow -i wire1 -S 15
	refuse 't2flow: -B 1: too small, must be 65536 to 2147483647' t2flow -i wire1 -B 1
	refuse 't2flow: -i c: only one interface at a time (any stands for all)' t2flow -i wire1 -i c
	refuse 't2flow: indexes and hashes need whole files: -r FILE or -R LIST' t2flow -i wire1 --index x
	refuse 't2: indexes and hashes need whole files: -r FILE or -R LIST' t2 -i wire1 -X
	run -1 --separate-stderr in_net t2flow -i nope
	[[ $stderr == 't2flow: nope: '*'No such device'* ]]
	run -1 --separate-stderr in_net t2flow -i wire1 nonsense here
	[[ $stderr == "t2flow: filter 'nonsense here': "* ]]
	is "$(find . -name '*wire*')" </dev/null
}

@test "monitoring reports count what the interface received and lost" {
	n=$(sendable "$T2_TOP/examples/town.pcap" town.pcap 3000)
	live t2 -i wire1 -w x -m -M 1 --prometheus x.prom -o DIFF_REPORT=1 >report
	send -t town.pcap
	until_true 5 sh -c '[ "$(grep -c USR1MR x_monitoring.txt)" -ge 2 ]'
	kill -INT $pid
	ends $pid 0
	is "$(head -n 1 x_monitoring.txt | cut -f 1-7 | tr '\t' ' ')" \
	    <<<'%repTyp time dur pktsRec pktsDrp ifDrp memUsageKB'
	for pair in "pktsRec=received" "pktsDrp=dropped by the kernel" \
	    "ifDrp=dropped by the interface" "numPkts=processed packets"; do
		case $pair in numPkts*) what='Number of processed packets' ;;
		*) what="Number of packets ${pair#*=}" ;; esac
		same "$(counted report "$what")" \
		    "$(column x_monitoring.txt "${pair%%=*}" | awk 'NR > 1 { s += $1 } END { print s }')"
	done
	same "$n" "$(awk '$1 == "t2_interface_packets_total{result=\"received\"}" { print $2 }' x.prom)"
}
