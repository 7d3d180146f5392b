#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# t2build.bats - t2build: the tutorial's commands as it writes them, with their effect on columns,
# report and files; plugins with source; errors.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	own_folder
	core=$T2_TOP/examples/town.pcap
}

# the plugins of the banner
active() {
	t2 -r "$f" -w active | sed -n '/^Active/,/txtSink/p' | sed -n 's/^ *[0-9]*: \([^,]*\),.*/\1/p' | tr '\n' ' '
}

header() {
	t2flow -r "$f" | head -n 1
}

@test "t2build -u: the tutorial's output, and what is left" {
	run -0 t2build -u protoStats macRecorder portClassifier tcpFlags tcpStates icmpDecode connStat
	is "$output" <<-'E'

	Plugin 'protoStats'


	Plugin 'macRecorder'


	Plugin 'portClassifier'


	Plugin 'tcpFlags'


	Plugin 'tcpStates'


	Plugin 'icmpDecode'


	Plugin 'connStat'


	BUILD SUCCESSFUL
	E
	same 'basicFlow basicStats txtSink ' "$(active)"
	same "$(t2flow -p basicFlow,basicStats -r "$f")" "$(t2flow -r "$f")"
	[ ! -e active_protocols.txt ]           # their files vanish too
	[ ! -e active_icmpStats.txt ]
	is "$(t2build -l)" <<-E
	basicFlow
	basicStats
	E
	t2build -u connStat                     # not loaded: silent
}

@test "the tutorial's way through the plugins" {
	t2build -u protoStats macRecorder portClassifier tcpFlags tcpStates icmpDecode connStat
	t2build basicFlow basicStats | tail -n 1 | grep -qx 'BUILD SUCCESSFUL'
	same 'basicFlow basicStats txtSink ' "$(active)"
	t2build tcpFlags tcpStates
	same 'basicFlow basicStats tcpFlags tcpStates txtSink ' "$(active)"
	t2 -r "$core" -w town >report
	grep -q '^tcpFlags: Aggregated tcpAnomaly: 0x' report
	grep -q '^tcpStates: Aggregated anomaly flags: 0x' report
	run ! grep -q '^connStat: ' report
	header | tr '\t' '\n' | grep -qx tcpAnomaly
	t2build connStat
	t2 -r "$core" -w town >report
	grep -q '^connStat: Number of unique source IPs: ' report
	[[ $(header) == *$'\tconnSip\tconnDip\tconnSipDip\tconnSipDprt\tconnF' ]]
	t2build -R >out
	grep -qx "Plugin 'connStat'" out
	tail -n 1 out | grep -qx 'BUILD SUCCESSFUL'
	same 'basicFlow basicStats tcpFlags tcpStates connStat txtSink ' "$(active)"
	t2build -u tcpStates tcpFlags connStat basicStats
	t2build icmpDecode protoStat
	same 'protoStats basicFlow icmpDecode txtSink ' "$(active)"
	t2 -r "$core" -w town >report
	grep -q '^icmpDecode: ' report
	[ -e town_protocols.txt ]
	t2build icmpDecode | grep -qx 'BUILD SUCCESSFUL'
	t2build -u icmpDecode
	t2build macRecorder portClassifier
	same 'protoStats basicFlow macRecorder portClassifier txtSink ' "$(active)"
	[[ $(header) == *$'\tsrcMac_dstMac_numP\tsrcManuf_dstManuf\tdstPortClassN\tdstPortClass' ]]
	# everything back
	t2build
	same "$(XDG_DATA_HOME=/none t2flow -r "$f")" "$(t2flow -r "$f")"
}

@test "t2build: all at once, lists, empty folder" {
	run -1 t2build -e </dev/null
	same "Are you sure you want to empty the plugin folder '$own' (y/N)? Plugin folder not emptied" "$output"
	echo y | t2build -e | grep -q 'Plugin folder emptied$'
	same "No plugins in '$own'" "$(t2build -l)"
	same '%dir' "$(header)"
	same 'Plugin folder emptied' "$(t2build -y -e)"
	printf '# mine\n100_basicFlow.so\n\ntxtSink\n connStat \r\n' >list
	t2build -b list
	same 'basicFlow connStat ' "$(t2build -l | tr '\n' ' ')"
	t2build -a
	same "$(t2cols -L -p standard | awk -F '\t' '$4 == "yes" { print $2 }' | sort -f)" "$(t2build -l)"
	t2build -u txtSink && return 1
	run -1 t2build -u core
	[[ $output == *'core cannot be unloaded'* ]]
}

@test "t2build -p: another folder, for t2 -p" {
	mkdir pl
	t2build -p pl -y -e
	t2build -p pl basicFlow tranalyzer2 txtSink
	[ ! -e "$own/plugins.txt" ]
	same "$(t2flow -p basicFlow -r "$f")" "$(t2flow -p pl -r "$f")"
	run -1 t2build -p nosuch -e
	same 't2build: Plugin folder does not exist' "$output"
}

@test "t2build: errors" {
	run -1 t2build basicFlow nosuch
	same "t2build: Plugin 'nosuch' could not be found" "$output"
	run -1 t2build -u nosuch
	same "t2build: Plugin 'nosuch' could not be found" "$output"
	run -1 t2build '*' '../x'
	[[ $output == *"'*' could not be found" ]]
	run -2 t2build --nosuch
	is "$output" <<-'E'
	t2build: Unknown option '--nosuch'
	Try 't2build --help' for more information.
	E
	run -2 t2build -b
	run -1 t2build -b nofile
	same 't2build: nofile: cannot be read' "$output"
	run -2 t2build -u
	[ ! -e "$own/plugins.txt" ]
	run -0 t2build -h
	[[ ${lines[0]} == 'usage: t2build '* ]]
	env -u HOME -u XDG_DATA_HOME t2build -l && return 1
	t2build -l | grep -q basicFlow
}

@test "t2plugin -c, t2build: from the skeleton to a column" {
	run -0 t2plugin -c mine
	same "Plugin 'mine' created in $own/mine" "${lines[0]}"
	run -0 t2build mine
	is "$output" <<-E

	Plugin 'mine'

	mine successfully built
	Plugin mine copied into $own

	BUILD SUCCESSFUL
	E
	[[ $(header) == *$'\tmineStat\tminePkts\tmineText\tmineSizes' ]]
	[[ $(active) == *' connStat mine txtSink ' ]]
	same 'mine: all tests passed' "$(t2plugin -t mine)"
	t2 -r "$f" -w out | grep -q '^mine: Number of flows with payload: 2'
	[ -s out_mine.txt ]
	t2pkt -r "$f" | head -n 1 | grep -q mineBytes
	t2flow -o mine.MINE_TEXT=0 -r "$f" | head -n 1 | grep -q $'\tminePkts\tmineSizes$'
	[[ $(t2cols mineStat) == *'More packets than listed in mineSizes'* ]]
	t2plugin -l | grep -qx $'600\tmine'
	for a in mawk gawk original-awk; do
		needs "$a"
		T2_AWK=$a tawk -V mineStat=0x05 >bits
		same 2 "$(grep -c '| 0x0' bits)"
		grep -q ' 2 | 0x04 *| More packets than listed in mineSizes' bits
	done
	t2plugin -c other -n 42
	t2build other
	t2plugin -l | grep -qx $'42\tother'
	t2build -u mine
	same 'basicFlow basicStats connStat icmpDecode macRecorder other portClassifier protoStats tcpFlags tcpStates ' \
	    "$(t2build -l | tr '\n' ' ')"
	t2build -a
	t2build -l | grep -qx mine
}

@test "the skeleton compiles without warnings, and against the installed header" {
	t2plugin -p "$W/pl" -c sk
	make -s -C pl/sk CFLAGS='-O2 -Wall -Wextra -Wshadow -Wconversion -Werror' T2="-I$T2_TOP/lib"
	same t2_plugin "$(nm -D --defined-only pl/sk/sk.so | awk '{ print $3 }' | grep -v '^_')"
	same "$(expand pl/sk/sk.c | awk 'length > 100')" ''
	needs pkg-config
	make -s -C "$T2_TOP" BUILD="$BUILD" DESTDIR="$W/root" PREFIX=/usr install >/dev/null
	rm pl/sk/sk.so
	PKG_CONFIG_PATH=$(dirname "$(find "$W/root" -name t2.pc)") PKG_CONFIG_SYSROOT_DIR=$W/root make -s -C pl/sk
	XDG_DATA_HOME=$W/data "$W/root/usr/bin/t2plugin" -c sk2
	XDG_DATA_HOME=$W/data "$W/root/usr/bin/t2build" sk2
	XDG_DATA_HOME=$W/data "$W/root/usr/bin/t2flow" -r "$f" | head -n 1 | grep -q sk2Pkts
}

@test "a plugin that cannot be built or used is not enabled, the others are" {
	t2plugin -c mine
	t2plugin -c good
	t2build mine
	cp "$own/mine.so" before
	sed -i 's/^PLUGIN(mine)/this is no C;\n&/' "$own/mine/mine.c"
	run -1 --separate-stderr t2build mine good
	[[ $stderr == *$'The following plugins could not be built:\n    mine' ]]
	[[ $output != *'BUILD SUCCESSFUL'* ]]
	cmp before "$own/mine.so"               # the one that works stays
	t2build -l | grep -qx good
	t2plugin -c thief
	sed -i 's/"thiefPkts"/"srcIP"/' "$own/thief/thief.c"
	run -1 t2build thief
	[[ $output == *'its column srcIP is one of basicFlow already'* ]]
	t2build -l | grep -qx thief && return 1
	sed -i 's/"srcIP"/"thiefPkts"/; s/PLUGIN_HEAD,/T2_ABI + 1, T2_LAYOUT,/' "$own/thief/thief.c"
	run -1 t2build thief
	[[ $output == *'built for another version of t2 (abi '* ]]
	sed -i 's/T2_ABI + 1, T2_LAYOUT,/PLUGIN_HEAD,/; s/.name = "thief"/.name = "basicFlow"/' "$own/thief/thief.c"
	run -1 t2build thief
	[[ $output == *'thief.so: this plugin does not call itself thief'* ]]
	sed -i 's/.name = "basicFlow"/.name = "thief"/; s/"U32_U32:R"/"QQ"/' "$own/thief/thief.c"
	run -1 t2build thief
	[[ $output == *thiefSizes*QQ* ]]
	header | grep -q goodPkts
}

@test "a t2.conf that is wrong does not hinder building, only running" {
	mkdir -p "$XDG_CONFIG_HOME/t2"
	echo nonsense >"$XDG_CONFIG_HOME/t2/t2.conf"
	t2plugin -c mine >/dev/null
	t2build mine | grep -qx 'BUILD SUCCESSFUL'
	run -2 t2flow -r "$f"
	[[ $output == *'t2.conf: line 1: nonsense: write NAME=value' ]]
}

@test "a plugin with the name of a built-in one" {
	t2plugin -c mine >/dev/null
	mkdir "$own/basicFlow"
	sed 's/mine/basicFlow/g' "$own/mine/mine.c" >"$own/basicFlow/basicFlow.c"
	run -1 t2build basicFlow
	[[ $output == *'the plugin basicFlow is built in, yours needs another name'* ]]
	[ ! -e "$own/basicFlow.so" ]
}

@test "colours on terminals, not with NO_COLOR" {
	needs script
	TERM=xterm script -qec 't2build basicFlow' /dev/null </dev/null >on
	grep -q $'\e\\[32mBUILD SUCCESSFUL' on
	TERM=xterm NO_COLOR=1 script -qec 't2build basicFlow' /dev/null </dev/null >off
	run ! grep -q $'\e' off
	run -1 env TERM=xterm script -qec 't2build nosuch' /dev/null </dev/null
	[[ $output == *$'\e[31m'* ]]
}

@test "a plugin without Makefile, one without source" {
	mkdir -p "$own/bare"
	t2plugin -p tmp -c bare
	cp tmp/bare/bare.c "$own/bare"
	t2build bare | grep -qx 'bare successfully built'
	rm -r "$own/bare"
	t2build -u bare
	t2build bare | grep -qx 'bare has no source here'
	header | grep -q barePkts
	t2build -R | grep -qx "Plugin 'bare'"
}

@test "t2plugin: names that cannot be, and other errors" {
	for n in '' 1a a-b a/b basicFlow BASICFLOW regex core txtSink standard '$(id)' "$(printf 'a%.0s' {1..41})"; do
		run -1 t2plugin -c "$n"
		[ "${#lines[@]}" -eq 1 ]
	done
	[ ! -e "$own" ] || [ -z "$(ls "$own")" ]
	t2plugin -c mine >/dev/null
	run -1 t2plugin -c mine
	same "t2plugin: $own/mine exists" "$output"
	for n in 0 1000 x 012; do
		run -2 t2plugin -n "$n" -c other
	done
	run -2 t2plugin
	run -2 t2plugin -c
	run -2 t2plugin mine
	run -1 t2plugin -t nosuch
	sed -i 's/47_5;47_5/47_5;47_6/' "$own/mine/test"
	run ! t2plugin -t mine
	[[ $output == *'FAILED columns'* ]]
}

@test "t2PSkel NAME is t2plugin -c NAME" {
	t2PSkel -n 7 -p pl skel | grep -qx "Plugin 'skel' created in pl/skel"
	grep -q 'order = 7,' pl/skel/skel.c
	run -2 t2PSkel
	run -2 t2PSkel a b
	run -2 t2PSkel -x
	[[ $output == *"Try 't2PSkel --help'"* ]]
	t2PSkel -h | grep -q '^usage: t2PSkel'
}

@test "sources in a folder with blanks, quotes and a dollar" {
	top="$W/a b'c \"d\" \$e"
	mkdir -p "$top/build" "$top/lib" "$top/pl/bare"
	cp -R "$BUILD/bin" "$BUILD/share" "$top/build"
	cp "$T2_TOP"/lib/*.h "$top/lib"
	export PATH=$top/build/bin:$PATH XDG_DATA_HOME=$top/data
	t2plugin -c mine
	same 'mine: all tests passed' "$(t2plugin -t mine)"
	t2build mine | grep -qx 'mine successfully built'
	t2plugin -p "$top/pl" -c tmp
	sed 's/tmp/bare/g' "$top/pl/tmp/tmp.c" >"$top/pl/bare/bare.c"
	t2build -p "$top/pl" bare | grep -qx 'bare successfully built'
}

@test "a folder that cannot be written is an error, and said once" {
	: >file
	XDG_DATA_HOME=$W/file run -1 t2build -e -y
	same "t2build: $W/file/t2/plugins: Not a directory" "$output"
	XDG_DATA_HOME=$W/file run -1 t2plugin -c mine
	same "t2plugin: $W/file/t2/plugins/mine: Not a directory" "$output"
	run -1 t2conf -g file/x
	same 't2conf: file: File exists' "$output"
}

@test "a plugin without source that t2 cannot have is not enabled" {
	mkdir -p "$own"
	echo junk >"$own/junk.so"
	run -1 t2build junk
	[[ $output == *"$own/junk.so: file too short"* ]]
	run ! grep -qx junk "$own/plugins.txt"
	t2plugin -c crash
	echo '__attribute__((constructor)) static void now(void) { __builtin_trap(); }' >>"$own/crash/crash.c"
	run -1 t2build crash
	[[ $output == *"crash.so: ends t2 by signal "*" when it is loaded"* ]]
	run ! grep -qx crash "$own/plugins.txt"
	[[ $(header) == *connF ]]
}

@test "t2build -I: all but some" {
	printf '# not these\nconnStat\n140_icmpDecode.so\n' >not
	t2build -y -e
	t2build -a -I not | tail -n 1 | grep -qx 'BUILD SUCCESSFUL'
	same 'basicFlow basicStats macRecorder portClassifier protoStats tcpFlags tcpStates ' \
	    "$(t2build -l | tr '\n' ' ')"
	t2build --all --ignore /dev/null 2>err && return 1
	same 't2build: /dev/null: cannot be read' "$(cat err)"
	run -2 t2build -I not
	run -1 t2build -a -I nofile
	same 't2build: nofile: cannot be read' "$output"
}

@test "t2build builds anew whatever the times say, -L only what has changed" {
	t2plugin -c mine >/dev/null
	t2build -L mine | grep -qx 'mine successfully built'
	sed -i 's/"minePkts"/"mineFirst"/' "$own/mine/mine.c"
	touch -d 2001-01-01 "$own/mine/"*.c
	t2build -L mine | grep -qx 'mine is up to date'
	header | grep -q minePkts
	t2build mine | grep -qx 'mine successfully built'
	header | grep -q mineFirst
	touch -d 2001-01-01 "$own/mine.so"
	t2build --lazy mine | grep -qx 'mine successfully built'
	t2build -R -L | grep -qx 'mine is up to date'
	# not the one of another version
	t2plugin -c other >/dev/null
	sed -i 's/PLUGIN_HEAD,/T2_ABI + 1, T2_LAYOUT,/' "$own/other/other.c"
	run -1 t2build -L other
	cp "$own/other/other.so" "$own"
	sed -i 's/T2_ABI + 1, T2_LAYOUT,/PLUGIN_HEAD,/' "$own/other/other.c"
	touch -d 2001-01-01 "$own/other/"*
	t2build -L other | grep -qx 'other successfully built'
}

@test "t2build -d, -P, -o: what the compiler is told" {
	needs readelf
	t2plugin -c mine >/dev/null
	mkdir "$own/bare"
	sed 's/mine/bare/g' "$own/mine/mine.c" >"$own/bare/bare.c"
	# told FLAG OPTION...
	told() {
		local flag=$1 p
		shift
		t2build "$@" mine bare >/dev/null || return
		for p in mine bare; do
			readelf --debug-dump=info "$own/$p.so" 2>/dev/null | grep DW_AT_producer | grep -q -e "$flag" ||
			    { echo "$p: no $flag with $*"; return 1; }
		done
	}
	told ' -O2'
	told ' -O0' -d
	told ' -O0' --debug
	told ' -fno-omit-frame-pointer' -P
	told ' -fno-omit-frame-pointer' --profile
	told ' -O3' -o 3
	told ' -Os' --optimise s
	run -2 t2build -o 4 mine
	same "t2build: '4' is no level of optimisation: 0 to 3, s or g" "${lines[0]}"
}

@test "t2build: data files of a plugin, -f" {
	local data=$XDG_DATA_HOME/t2
	t2plugin -c mine >/dev/null
	mkdir "$own/mine/data"
	echo one >"$own/mine/data/mine words.txt"
	echo '1 a' >"$own/mine/data/map.txt"
	t2build mine >out
	grep -qx "map.txt copied into $data" out
	grep -qx "mine words.txt copied into $data" out
	same one "$(cat "$data/mine words.txt")"
	echo '2 b' >"$own/mine/data/map.txt"
	t2build -L mine >out
	grep -qx "mine words.txt already exists in $data" out
	grep -qx "A different version of map.txt already exists in $data" out
	grep -qx "Run 't2build -f mine' to overwrite it" out
	same '1 a' "$(cat "$data/map.txt")"
	t2build -f mine | grep -qx "map.txt copied into $data"
	same '2 b' "$(cat "$data/map.txt")"
	echo '3 c' >"$own/mine/data/map.txt"
	t2build --force -L mine >/dev/null
	same '3 c' "$(cat "$data/map.txt")"
}

@test "t2build -c: only what was built of the sources goes" {
	t2plugin -c mine >/dev/null
	mkdir "$own/bare"
	sed 's/mine/bare/g' "$own/mine/mine.c" >"$own/bare/bare.c"
	t2build mine bare >/dev/null
	[ -e "$own/mine/mine.so" ] && [ -e "$own/bare/bare.so" ]
	t2build -c mine | grep -qx 'mine cleaned'
	[ ! -e "$own/mine/mine.so" ] && [ -e "$own/bare/bare.so" ]
	same 2 "$(t2build --clean | grep -c ' cleaned$')"
	[ ! -e "$own/bare/bare.so" ] && [ -e "$own/bare/bare.c" ]
	header | grep -q 'minePkts.*barePkts\|barePkts.*minePkts'
	run -1 t2build -p . -c
	same 't2build: .: there are no sources of plugins' "$output"
}

@test "t2build -k, -K: a plugin for somebody else" {
	needs xz bzip2
	t2plugin -c mine >/dev/null
	t2plugin -c other >/dev/null
	mkdir "$own/mine/data"
	echo x >"$own/mine/data/map.txt"
	t2build mine >/dev/null
	t2build -k mine | grep -qx 'Plugin mine packed into mine.tar.gz'
	is "$(tar -tf mine.tar.gz)" <<-E
	mine/Makefile
	mine/data/map.txt
	mine/mine.c
	mine/test
	E
	t2build -kJ mine >/dev/null
	xz -t mine.tar.xz
	t2build --pack=j mine >/dev/null
	bzip2 -t mine.tar.bz2
	t2build -Kt >/dev/null
	tar -tf other.tar | grep -qx other/other.c
	[ -e mine.tar ]
	t2build --pack-all=z >/dev/null
	gzip -t other.tar.gz
	mkdir his
	tar -C his -xf mine.tar.xz
	XDG_DATA_HOME=$W/hisdata t2build -p his mine | grep -qx 'BUILD SUCCESSFUL'
	t2flow -p his -r "$f" | head -n 1 | grep -q minePkts
	same x "$(cat hisdata/t2/map.txt)"
	run -1 t2build -k basicFlow
	[[ $output == *'basicFlow has no source here'* ]]
	run -2 t2build -kx mine
	same "t2build: 'x' is no form of an archive: J, j, t or z" "${lines[0]}"
	run -2 t2build -k
	run -1 t2build -p . -K
}

@test "t2build: empty words" {
	run -1 t2build ''
	same "t2build: Plugin '' could not be found" "$output"
	run -2 t2build -p '' -l
	run -2 t2build -b ''
}

@test "t2build -l and the help say when they cannot be written" {
	[ -c /dev/full ] || skip 'no /dev/full'
	for c in 't2build -l' 't2build -h' 't2conf -h' 't2doc -l' 't2geo -l' 't2plugin -l' 't2fm -h' 't2stat -h'; do
		# shellcheck disable=SC2086
		if $c >/dev/full 2>err; then echo "$c"; return 1; fi
		grep -q 'No space left' err
	done
}
