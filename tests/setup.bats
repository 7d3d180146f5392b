#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# setup.bats - setup.sh, and the short ways of t2_aliases in bash and zsh.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
	cd "$T2_TOP" || return
	mkdir -p "$HOME"
}

# shells COMMAND: runs it behind t2_aliases, in bash and zsh; both must agree
shells() {
	printf '%s\n' 'source scripts/t2_aliases' "$1" >"$W/script"
	bash --norc -O expand_aliases "$W/script" >"$W/bash"
	if command -v zsh >/dev/null; then
		zsh -f "$W/script" >"$W/zsh"
		diff "$W/bash" "$W/zsh"
	fi
	cat "$W/bash"
}

@test "t2_aliases: folders" {
	# a plugin called as a command takes nothing away
	mkdir -p "$XDG_DATA_HOME/t2/plugins"/{mine,'no name',test,pwd}
	is "$(shells 'tran; pwd; .tran; pwd; tranpl; pwd; mine; pwd; basicFlow; pwd; echo $T2HOME $T2PLHOME')" <<-E
	$T2_TOP/plugins
	$XDG_DATA_HOME/t2/plugins
	$XDG_DATA_HOME/t2/plugins
	$XDG_DATA_HOME/t2/plugins/mine
	$T2_TOP/plugins
	$T2_TOP $XDG_DATA_HOME/t2/plugins
	E
}

@test "t2_aliases: awkf, sortu, sortup, tranalyzer" {
	printf 'b c\td\na a\te\nb c\td\n' >"$W/x"
	cat >"$W/commands" <<-'E'
	awkf '{ print $2, $1 }' x | sort -u
	sortu x
	sortup <x
	tranalyzer -V
	fextractor -V
	E
	is "$(shells "cd '$W'; $(cat "$W/commands")")" <<-E
	d	b c
	e	a a
	      2 b c	d
	      1 a a	e
	66.67%	b c	d
	33.33%	a a	e
	$(t2 -V)
	$(t2extract -V)
	E
}

@test "t2_aliases: prints nothing, twice is once, tools are found" {
	same '' "$(shells 'source scripts/t2_aliases')"
	p=$(PATH=/usr/bin:/bin bash --norc -c 'source scripts/t2_aliases; source scripts/t2_aliases; echo "$PATH"')
	same "$T2_TOP/build/bin:/usr/bin:/bin" "$p"
	bash --norc -c 'source scripts/t2_aliases; complete -p t2flow' | grep -q _t2
	shells 'echo ".$_t2_here$_t2_bin$_t2_link"' | grep -qx '\.'
}

@test "t2_aliases, installed" {
	env -u MAKEFLAGS -u MAKELEVEL make -s BUILD="$BUILD" DESTDIR="$W/root" PREFIX=/usr install
	cd "$W"
	is "$(bash --norc -c 'shopt -s expand_aliases; . root/usr/share/t2/t2_aliases.sh
	tran; pwd; command -v t2')" <<-E
	$XDG_DATA_HOME/t2/plugins
	$W/root/usr/bin/t2
	E
}

@test "st2 and gt2 run t2 by sudo and gdb" {
	mkdir "$W/bin"
	printf '#!/bin/sh\necho "${0##*/} $*"\n' | tee "$W/bin/sudo" >"$W/bin/gdb"
	chmod +x "$W/bin"/*
	is "$(PATH=$W/bin:$PATH shells "PATH=$W/bin:\$PATH; st2 -i eth0; gt2 -r x")" <<-E
	sudo env XDG_CONFIG_HOME=$XDG_CONFIG_HOME XDG_DATA_HOME=$XDG_DATA_HOME $T2_TOP/build/bin/t2 -i eth0
	gdb --args t2 -r x
	E
}

@test "setup.sh -a: once, and an older path is replaced" {
	export SHELL=/bin/bash
	printf 'mine\n' >"$HOME/.bashrc"
	run -0 ./setup.sh -a
	[[ $output == "t2_aliases successfully installed in '$HOME/.bashrc'."*'Setup complete.'* ]]
	run -0 ./setup.sh -a
	[[ $output == 't2_aliases already installed.'* ]]
	same 1 "$(grep -c '^\. ' "$HOME/.bashrc")"
	sed -i 's|/scripts/|/older/scripts/|' "$HOME/.bashrc"
	./setup.sh -a
	is "$(cat "$HOME/.bashrc")" <<-E
	mine
	# t2: tools and short ways
	if [ -f "$T2_TOP/scripts/t2_aliases" ]; then
	. "$T2_TOP/scripts/t2_aliases"
	fi
	E
	bash --norc -c '. ~/.bashrc 2>/dev/null; echo "$T2HOME"' | grep -qx "$T2_TOP"
	# what somebody has changed stays, and all behind it
	printf '# t2: tools and short ways\n. "/older/scripts/t2_aliases"\nalias x=y\n' >"$HOME/.bashrc"
	./setup.sh -a
	same 7 "$(wc -l <"$HOME/.bashrc")"
	grep -qx 'alias x=y' "$HOME/.bashrc"
	run -1 env -u HOME ./setup.sh -a
	[[ $output == 'setup.sh: HOME does not tell'* ]]
	XDG_DATA_HOME=rel bash --norc -c '. scripts/t2_aliases; echo "$T2PLHOME"' | grep -qx "$HOME/.local/share/t2/plugins"
	SHELL=/usr/bin/zsh ./setup.sh -a
	grep -q t2_aliases "$HOME/.zshrc"
}

@test "setup.sh: steps alone and left out" {
	mkdir -p "$XDG_DATA_HOME/t2/plugins"
	echo basicFlow >"$XDG_DATA_HOME/t2/plugins/plugins.txt"
	run -0 ./setup.sh -D -B -E -M -A -G -T
	same 'Setup complete.' "${lines[0]}"
	[ -e "$XDG_DATA_HOME/t2/plugins/plugins.txt" ]
	run -0 ./setup.sh -e
	[ ! -e "$XDG_DATA_HOME/t2/plugins/plugins.txt" ]
	run -0 ./setup.sh -m
	[ -s "$HOME/.local/share/man/man1/t2flow.1" ]
	[ ! -e "$HOME/.local/bin" ]
	run -0 ./setup.sh -i -e <<<n
	[[ $output == *'(Y/n)? Setup complete.' ]]
	run -2 ./setup.sh -x
	run -0 ./setup.sh -h
	# packages and build: what make and apt-get are asked for
	mkdir "$W/bin"
	printf '#!/bin/sh\necho "make $*"\n' >"$W/bin/make"
	chmod +x "$W/bin/make"
	PATH=$W/bin:$PATH run -0 ./setup.sh -b
	same 'make --no-print-directory -s all' "${lines[0]}"
}

@test "autogen.sh: builds, then is t2build; start files stay as they are" {
	mkdir "$W/bin"
	printf '#!/bin/sh\necho "make $*" >>"%s"\n' "$W/log" >"$W/bin/make"
	chmod +x "$W/bin/make"
	cd "$W"
	PATH=$W/bin:$PATH run -0 "$T2_TOP/autogen.sh" basicFlow basicStats
	[[ $output == *'basicFlow is built in'*'BUILD SUCCESSFUL'* ]]
	same "make --no-print-directory -s -C $T2_TOP all" "$(cat log)"
	PATH=$W/bin:$PATH run -0 "$T2_TOP/autogen.sh" -u connStat
	same 1 "$(wc -l <log)"
	same "$(t2build -l)" "$("$T2_TOP/autogen.sh" -l)"
	run -1 grep -x connStat <("$T2_TOP/autogen.sh" -l)
	same "$(t2build --help)" "$("$T2_TOP/autogen.sh" -h)"
	[ ! -e "$HOME/.bashrc" ]
}
