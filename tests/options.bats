#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# options.bats - each option of each tool is in the help, the manual, the completions and some
# test.  The lists come from the help, so that a new tool or option is checked without a change
# here.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	cd "$BATS_TEST_TMPDIR" || return
	TWO=$(crafted report-two)
}

tools() {
	for t in "$T2_TOP"/cmd/*; do
		basename "$t" .c
	done
}

# help_options TOOL: a line for each option in the help: its flags, short ones first
help_options() {
	"$1" --help | awk '/^  (    )?-/ {
		flags = ""
		for (i = 1; i <= NF && $i ~ /^-/; i++) {
			comma = $i ~ /,$/
			sub(/,$/, "", $i)
			sub(/\[?=.*/, "", $i)
			flags = flags (flags == "" ? "" : " ") $i
			if (!comma) {           # two options may share a line
				print flags
				flags = ""
			}
		}
		if (flags != "") print flags
	}'
}

# none: prints stdin and fails if there is any
none() {
	! grep .
}

@test "help: on stdout, the same for -h and --help" {
	for t in $(tools); do
		run -0 --separate-stderr "$t" --help
		[ -z "$stderr" ]
		[[ $output == "usage: $t"* ]] || { echo "$t: $output"; return 1; }
		same "$output" "$("$t" -h)"
		same "$output" "$("$t" '-?' 2>&1)"
		[ "$(help_options "$t" | wc -l)" -gt 0 ] || { echo "$t: no options"; return 1; }
		help_options "$t" | grep -qw -e --help
	done
}

@test "manual: each option has its paragraph" {
	for t in $(tools); do
		help_options "$t" | tr ' ' '\n' | while read -r flag; do
			grep -qE "^\.It .*Fl ${flag#-}( |$)" "$T2_TOP/man/$t.1" || echo "man/$t.1: $flag"
		done
	done | none
}

@test "manual: no option that is not there" {
	for t in $(tools); do
		help_options "$t" | tr ' ' '\n' >has
		sed -n 's/^\.It Fl/ Fl/p' "$T2_TOP/man/$t.1" | grep -oE ' Fl [^ ]+' |
		    sed 's/ Fl /-/' | while read -r flag; do
			grep -qxe "$flag" has || echo "man/$t.1: $flag"
		done
	done | none
}

@test "completion: each tool, each flag" {
	# shellcheck source=share/completion/t2.bash
	. "$T2_TOP/share/completion/t2.bash"
	for t in $(tools); do
		complete -p "$t" >/dev/null || echo "t2.bash: $t"
		head -n 1 "$T2_TOP/share/completion/_t2" | grep -qw "$t" || echo "_t2: $t"
		_t2_flags "$t" | cut -f 1 | sed 's/=$//' | sort >has
		help_options "$t" | tr ' ' '\n' | sort | diff has - || echo "t2.bash: $t"
	done | none
}

# What tools that read captures share; the tests below run all of them, in the short and long form.
# Those of live capture are run in iface.bats, -D in series.bats.
shared='-r -R -F -o -p -b -x --max-flows --skip-broken -D -i -S -B --no-promisc --user'
# The same of those that draw.
drawn='--png --svg --jpeg --gif --text -ws -fs'

# What a test file does with tools: a line for each use, which begins with the tool's name.  A
# function of the file that runs a tool, or another such function, counts as the tool; a variable
# of a loop stands for its words.
uses() {
	local f
	for f in "$T2_TESTS"/*.bats; do
		sed -e ':a' -e '/\\$/{N;s/\\\n[[:blank:]]*//;ba' -e '}' "$f" "$T2_TESTS/lib.bash" |
		    tools="$(tools | tr '\n' ' ')" awk '
			# the tools behind the words of a line, each with the rest of it
			function runs(s, out, i, at, rest) {
				for (i in does) {
					rest = s
					while (match(rest, "(^|[^-A-Za-z0-9_./])" i "([ \"]|$)")) {
						rest = substr(rest, RSTART + RLENGTH - 1)
						at = rest
						sub(/[|;].*/, "", at)
						out = out does[i] at "\n"
					}
				}
				return out
			}
			# the words that the variables of loops around it stand for
			function words(s, v, out) {
				for (v in loop)
					if (s ~ "[$]" v "([^A-Za-z0-9_]|$)" || s ~ "[$][{]" v "[^A-Za-z0-9_]")
						out = out " " loop[v]
				gsub(/;/, " ", out)
				return out
			}
			BEGIN {
				n = split(ENVIRON["tools"], t, " ")
				for (i = 1; i <= n; i++)        # its name, and $NAME
					does[t[i]] = does["\\$" toupper(t[i])] = t[i]
			}
			{ line[NR] = $0 }
			END {
				for (pass = 1; pass <= 2; pass++)
					for (l = 1; l <= NR; l++) {
						if (line[l] ~ /^[a-z_0-9]+\(\) \{/) {
							name = line[l]
							sub(/\(.*/, "", name)
						} else if (line[l] ~ /^}/) {
							name = ""
						} else if (name != "" && !(name in does)) {
							split(runs(line[l]), word, /[ \n]/)
							if (word[1] != "") does[name] = word[1]
						}
					}
				for (l = 1; l <= NR; l++) {
					if (line[l] ~ /^}/)
						split("", loop)
					if (match(line[l], /^[ \t]*for [a-z_]+ in /)) {
						name = substr(line[l], RSTART, RLENGTH)
						sub(/^[ \t]*for /, "", name)
						sub(/ in $/, "", name)
						loop[name] = substr(line[l], RSTART + RLENGTH)
						sub(/; *do$/, "", loop[name])
					}
					more = words(line[l])
					text = runs(line[l])
					gsub(/\n/, more "\n", text)
					printf "%s", text
				}
			}'
	done
}

@test "tests: each option is used in one" {
	uses >uses
	for t in $(tools); do
		help_options "$t" | while read -r flags; do
			for flag in $flags; do
				case " $shared $drawn -h -V " in *" $flag "*) continue 2 ;; esac
				! grep -qE "^$t (.*[ \"'(])?$flag([^-[:alnum:]]|$)" uses || continue 2
				# letters may be joined: -ls
				[ "${#flag}" -ne 2 ] ||
				    ! grep -qE "^$t (.* )?-[A-Za-z]*${flag#-}" uses || continue 2
			done
			echo "$t: $flags"
		done
	done | none
}

# run_on CAPTURE-OPTIONS...: the tool $t with what else it needs; its result on stdout
run_on() {
	case $t in
	t2) t2 -w out "$@" >report && cat out_flows.txt ;;
	t2extract) t2extract -w - "$@" 1 ;;
	*) "$t" "$@" ;;
	esac
}

# readers: tools that read captures, with all that goes with it
readers() {
	for t in $(tools); do
		! help_options "$t" | grep -qw -e --max-flows || echo "$t"
	done
}

@test "misuse: an unknown option is status 2 and told, nothing is on stdout" {
	for t in $(tools); do
		run -2 --separate-stderr "$t" --no-such-option
		[ -z "$output" ] && [ -n "$stderr" ] || { echo "$t: $output"; return 1; }
	done
}

@test "alone: what needs an argument tells its help on stderr, status 2" {
	for t in t2 t2flow t2pkt t2icmp t2proto t2extract t2replay t2fm grphvz tawk t2geo t2PSkel \
	    plot_monitoring; do
		run -2 --separate-stderr "$t" </dev/null
		[ -z "$output" ] && [[ $stderr == "usage: $t"* ]] || { echo "$t: $output $stderr"; return 1; }
	done
}

@test "versions" {
	version=$(sed -n 's/^#define T2_VERSION "\([^"]*\)".*/\1/p' "$T2_TOP/lib/t2.h")
	for t in $(tools); do
		help_options "$t" | grep -w -e --version >flags || continue
		for flag in $(cat flags); do
			same "$t $version" "$("$t" "$flag")"
		done
	done
}

@test "tools that read captures: -r, -R" {
	[ "$(readers | wc -l)" -ge 6 ]
	town=$T2_TOP/examples/town.pcap
	printf '# %s\n\n%s\r\n' "$TWO" "$town" >list
	for t in $(readers); do
		run_on -r "$town" >one
		[ -s one ]
		for flag in --read=$town "-R list" "--read-list list"; do
			# shellcheck disable=SC2086
			run_on $flag | cmp - one || { echo "$t $flag"; return 1; }
		done
		run -1 run_on -r missing
		run -2 run_on -R missing
	done
}

@test "tools that read captures: -F" {
	town=$T2_TOP/examples/town.pcap
	printf '# web\nip and\r\nicmp # and so on\n' >filter
	for t in $(readers); do
		run_on -r "$town" >all
		run_on -r "$town" -F filter >some
		[ -s some ]
		! cmp -s all some || { echo "$t -F"; return 1; }
		run_on -r "$town" --filter filter | cmp - some
		[ "$t" = t2extract ] || run_on -r "$town" ip and icmp | cmp - some
		run -2 run_on -r "$town" -F missing
	done
}

@test "tools that load plugins: --skip-broken" {
	echo broken >broken.so
	for t in $(tools); do
		help_options "$t" | grep -qw -e --skip-broken || continue
		set -- -p basicFlow,protoStats,icmpDecode,./broken.so
		[ "$t" = t2cols ] || set -- "$@" -r "$TWO"
		run -2 run_on "$@"
		run -0 run_on --skip-broken "$@"
	done
}

@test "tools that read captures: -o, -p, -b, -x, --max-flows" {
	printf '# those\nbasicFlow\nprotoStats\nicmpDecode\n' >list
	for t in $(readers); do
		for flag in '-o FLOW_TIMEOUT=1' '--option core.FLOW_TIMEOUT=1' -x7 '--sensor 7' \
		    '--max-flows 2' '-p basicFlow,protoStats,icmpDecode' \
		    '--plugins icmpDecode,protoStats' '-b list' '--plugin-list list'; do
			# shellcheck disable=SC2086
			run_on $flag -r "$TWO" >out || { echo "$t $flag"; return 1; }
		done
		for flag in '-o FLOW_TIMEOUT=x' '--option NOPE=1' '-x x' '--sensor -1' \
		    '--max-flows 1' '-p none,nope' '--plugins nope' '-b missing'; do
			# shellcheck disable=SC2086
			run -2 run_on $flag -r "$TWO"
		done
	done
}

# ----- tools that draw

# picture FILE: its kind, and the size of a PNG
picture() {
	/usr/bin/python3 -c '
import struct, sys
d = open(sys.argv[1], "rb").read()
if d[:8] == b"\x89PNG\r\n\x1a\n":
    print("png %d,%d" % struct.unpack(">II", d[16:24]))
else:
    print("jpeg" if d[:2] == b"\xff\xd8" else "gif" if d[:3] == b"GIF" else
        "svg" if b"<svg" in d[:400] else "none")' "$1"
}

# draws OPTION...: the tool $t with data to draw
draws() {
	case $t in
	gpq3x) gpq3x --mode 1 "$@" pairs ;;
	osStat) osStat "$@" "$T2_TOP/examples/town.pcap" ;;
	protStat) protStat "$@" x_protocols.txt ;;
	t2plot) t2plot -o timeFirst:numBytesSnt "$@" x_flows.txt ;;
	topNStat) topNStat "$@" x_flows.txt ;;
	esac
}

drawing() {
	needs gnuplot
	unset DISPLAY WAYLAND_DISPLAY
	t2 -r "$T2_TOP/examples/town.pcap" -w x >/dev/null
	printf '1\t5\t2\t%d\n' 1 2 3 4 5 >pairs
}

@test "pictures: kinds and sizes" {
	drawing
	mkdir bin
	printf '#!/bin/sh\necho "Screen 0: minimum 8 x 8, current 1024 x 768, maximum 9 x 9"\n' >bin/xrandr
	chmod +x bin/xrandr
	for t in gpq3x osStat protStat t2plot topNStat; do
		[ "$t" != osStat ] || command -v p0f >/dev/null || continue
		for flag in --png --svg --jpeg --gif; do
			draws $flag p 2>/dev/null
			case $(picture p) in "${flag#--}"*) ;; *) echo "$t $flag"; return 1 ;; esac
		done
		draws -ws 300,200 --png p 2>/dev/null
		same 'png 300,200' "$(picture p)"
		PATH=$PWD/bin:$PATH draws -fs --png p
		same 'png 1024,768' "$(picture p)"
		draws --text | grep -q '[^ ]'
	done
}

@test "pictures: what they look like" {
	drawing
	t=t2plot
	t2plot -o timeFirst:numBytesSnt --svg plain x_flows.txt
	for flag in -pl -pt --no-title '-ts 30' '-ls 30' '-ks 30' -g; do
		# shellcheck disable=SC2086
		t2plot -o timeFirst:numBytesSnt $flag --svg p x_flows.txt
		! cmp -s plain p || { echo "$t $flag changes nothing"; return 1; }
	done
	t2plot -pl -pi -o timeFirst:numBytesSnt --svg p x_flows.txt     # impulses are the default
	cmp plain p
	t=gpq3x
	gpq3x --mode 1 --svg plain pairs
	for flag in '-y 0.0.0.0 1.0.0.0 -n 3' -hx -pl -pt -pi --no-title '-ts 30' '-ls 30' '-ks 30' -g; do
		# shellcheck disable=SC2086
		gpq3x --mode 1 $flag --svg p pairs
		! cmp -s plain p || { echo "$t $flag changes nothing"; return 1; }
	done
}

@test "protStat: single tables" {
	t2 -o UDPLITE_STAT=1 -r "$T2_TOP/examples/town.pcap" -w x >/dev/null
	is "$(protStat -l2 x_protocols.txt | grep Probability | cut -f 1)" <<<'L2/3 Protocol'
	is "$(protStat -udp x_protocols.txt | grep Probability | cut -f 1)" <<<'UDP Port'
	is "$(protStat -udplite x_protocols.txt | grep Probability | cut -f 1)" <<<'UDP-Lite Port'
}
