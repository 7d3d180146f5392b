#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# awk-functions.bats - every library function, in four awks: the examples of its documentation,
# awk/records.txt for what depends on records, awk/runs.txt for what prints; the bit functions
# against Python's numbers; the shape of the library.

bats_require_minimum_version 1.5.0
AWKS='mawk gawk original-awk busybox'

setup_file() {
	load lib
	cd "$BATS_FILE_TMPDIR" || return
	local awk
	for awk in $AWKS; do
		mkdir "$awk"
		/usr/bin/python3 "$T2_TESTS/awk/fixture.py" "$awk"
		cat >"$awk/whois" <<-'E'
		#!/bin/sh
		# stand-in for whois
		case $1 in
		*:*) printf '%% comment: x\ndescr: Docs\ncountry: ZZ\n' ;;
		*)
			printf 'NetRange: 192.0.2.0 - 192.0.2.255\nNetName: TEST-NET-1\n'
			printf 'OrgName:  Example Org\nCountry: US\nOrgName: other\n' ;;
		esac
		E
		chmod +x "$awk/whois"
	done
	lib=$BUILD/share/t2/awk
	mawk -v mode=examples -f "$lib/fn/near.awk" -f "$lib/doc.awk" "$lib"/fn/*.awk >examples
}

setup() {
	load lib
	cd "$BATS_FILE_TMPDIR" || return
	lib=$BUILD/share/t2/awk
	M=$T2_TESTS/awk/matrix.awk
}

# as AWK: what T2_AWK has to be
as() {
	case $1 in
	busybox) echo 'busybox awk' ;;
	*) echo "$1" ;;
	esac
}

# prints COUNT COMMAND...: with each awk it prints nothing but the count
prints() {
	local count=$1 awk
	shift
	for awk in $AWKS; do
		T2_AWK=$(as "$awk") "$@" >got 2>&1
		[ "$(cat got)" = "$count" ] || { echo "$awk:"; head -n 20 got; return 1; }
	done
}

@test "the examples of the documentation are right" {
	[ "$(wc -l <examples)" -gt 250 ]
	mawk -v kind=examples -f "$M" examples >examples.prog
	prints "$(wc -l <examples)" tawk -f examples.prog
}

@test "functions of flow records" {
	mawk -v kind=records -v file=flows -f "$M" "$T2_TESTS/awk/records.txt" >flows.prog
	prints "$(grep -c $'^[^#\t]*\tflows\t' "$T2_TESTS/awk/records.txt")" \
	    tawk -O , -f flows.prog mawk/flows.txt
}

@test "functions of packet records" {
	mawk -v kind=records -v file=packets -f "$M" "$T2_TESTS/awk/records.txt" >packets.prog
	prints "$(grep -c $'^[^#\t]*\tpackets\t' "$T2_TESTS/awk/records.txt")" \
	    tawk -O , -f packets.prog mawk/packets.txt
}

@test "functions that print" {
	local awk
	# one script of all lines; each is printed as it is in the file, and then what it prints
	awk '
		/^\$ / {
			line = substr($0, 3)
			shown = $0
			gsub(/\047/, "\047\\\047\047", shown)
			print "printf \"%s\\n\" \047" shown "\047"
			print "{ " line "\n} </dev/null 2>stderr | sed \"s/^/| /; s/ *$//\""
		}' "$T2_TESTS/awk/runs.txt" >runs.sh
	grep -v '^#' "$T2_TESTS/awk/runs.txt" >want
	for awk in $AWKS; do
		(cd "$awk" && T2_AWK=$(as "$awk") bash ../runs.sh >got 2>&1) &
	done
	wait
	for awk in $AWKS; do
		diff -u --label wanted --label "$awk" want "$awk/got"
	done
}

@test "64 bits are exact: 10000 random pairs" {
	/usr/bin/python3 "$T2_TESTS/awk/bits.py" 10000 >pairs
	prints '10000 pairs, 0 wrong' tawk -f "$T2_TESTS/awk/bits.tawk" pairs
}

@test "each function has at least three cases" {
	{ cut -f 1 examples
	  sed '/^#/d' "$T2_TESTS/awk/records.txt" | cut -f 1
	  awk '/^# [a-z]/ { f = $2 } /^\$/ { print f }' "$T2_TESTS/awk/runs.txt"
	} | sort | uniq -c >cases
	tawk -g -n -e >all
	[ "$(wc -l <all)" -gt 180 ]
	awk 'NR == FNR { n[$2] = $1; next } n[$1] < 3 { print $1 ": " n[$1] + 0; bad = 1 }
	    END { exit bad }' cases all
}

@test "the functions of the documentation of 0.8.4 are all there" {
	tawk -g -n -e >all
	cat >wanted <<-'E'
	hdr not tuple2 tuple3 tuple4 tuple5 tuple6 host shost dhost net snet dnet loopback mcast privip
	ipinnet ipinrange ether mac sether smac dether dmac port sport dport proto proto2str icmp igmp
	tcp udp rsvp gre esp ah icmp6 sctp ip ipv4 ipv6 dns http dhcp tcpflags bitsanyset bitsallset bfeq
	abs min2 max2 min3 max3 isnum isip isiphex isipnum isipstr isip6 hrnum ip2num ip2hex ip2str
	ip62str ip6compress ip6expand ip2mask mask2ip mask2ipstr mask2ip6 mask2ip6str localtime utc
	timestamp streq strneq streqi strneqi hasprefix hasprefixi hassuffix hassuffixi contains
	containsi valcontains valcontainsi cvalcontains cvalcontainsi rvalcontains rvalcontainsi chomp
	strip lstrip rstrip unquote join urldecode base64d texscape printerr t2split splitc splitr
	wildcard flow packet t2sort aggr aggrrep min max mean get_min get_max get_mean print_min
	print_max print_mean diff ffsplit json shark isset isint isuint isfloat log2 tobits bitshift
	nibble_swap hrtime strisempty quote base64 printbold printinf printok printwrn t2rsort ientropy
	follow_stream t2whois ts te td pr sa da sap dap sp dp pkt ipkt opkt byt ibyt obyt flg bps pps bpp
	mpls mpls1 mpls10 oline olong oextended covertChans dnsZT exeDL httpHostsURL nonstdports
	passwords postQryStr ssh topDnsA topDnsIp4 topDnsIp6 topDnsQ topHttpMimesST topHttpMimesT topSLD
	topTLD passivedns
	E
	tr -s ' \t' '\n' <wanted | sed '/^$/d' | sort >wanted.sorted
	[ -z "$(sort all | comm -13 - wanted.sorted)" ]
}

# What one awk or another would stumble over.
@test "the library is written for every awk" {
	# powers and logarithms: not in every awk
	for f in "$lib"/fn/*.awk; do
		mawk -f "$lib/lex.awk" -f <(echo '
			{ text = text $0 "\n" }
			END { lex(text)
				for (i = 1; i <= Words; i++)
					if (Kind[i] == "op" && Text[i] ~ /^(\*\*=?|\^=?|\|&|@)$/ ||
					    Kind[i] == "call" && Text[i] ~ /^(log|exp|sqrt|sin|cos|atan2|srand)$/ ||
					    Kind[i] == "call" && Text[i] ~ /^(strftime|systime|mktime|gensub)$/)
						print FILENAME ": " Text[i] }') "$f"
	done >strange
	cat strange
	[ ! -s strange ]
	# no rules, only functions; a parameter is never called like a function
	awk '
		/^function / { in_ = 1; name = $2; sub(/\(.*/, "", name); fn[name]
			args = $0; sub(/^[^(]*\(/, "", args); sub(/\).*/, "", args)
			n = split(args, word, /[ ,]+/); for (i = 1; i <= n; i++) arg[word[i]] = name }
		!in_ && !/^#/ && !/^$/ { print FILENAME ":" FNR ": " $0; bad = 1 }
		/^}/ { in_ = 0 }
		END { for (a in arg) if (a in fn) { print arg[a] "(): " a; bad = 1 }
			exit bad }' "$lib"/fn/*.awk
}

@test "no public function is defined twice or goes without documentation" {
	sed -n 's/^function \([A-Za-z0-9_]*\)(.*/\1/p' "$lib"/fn/*.awk | sort >defined
	[ -z "$(uniq -d defined)" ]
	sed -n 's/^#: \([A-Za-z0-9_]*\)(.*/\1/p' "$lib"/fn/*.awk | sort >documented
	[ -z "$(uniq -d documented)" ]
	# and, or, ... are defined as _and, _or ...
	comm -3 <(grep -v '^_' defined) documented | tr -d '\t' >only
	echo and or xor compl lshift rshift strtonum | tr ' ' '\n' | sort | diff - only
}

@test "the reference page has every function and is clean" {
	needs mandoc
	{ sed '/@FUNCTIONS@/,$d' "$T2_TOP/man/t2awk.7.in"
	  mawk -v mode=mdoc -f "$lib/fn/near.awk" -f "$lib/doc.awk" "$lib"/fn/*.awk
	  sed '1,/@FUNCTIONS@/d' "$T2_TOP/man/t2awk.7.in"; } >t2awk.7
	run mandoc -T lint -W warning t2awk.7
	[ -z "$output" ]
	mandoc -T ascii t2awk.7 | col -b >t2awk.txt
	for f in $(tawk -g -n -e); do
		grep -qE "^ +$f\(" t2awk.txt || { echo "$f is missing"; return 1; }
	done
}
