#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# install.bats - what "make install" puts where, that it works there, and that nothing of it is
# left after "make uninstall"; what the Debian packages hold.

bats_require_minimum_version 1.5.0

setup() {
	load lib
	W=$BATS_TEST_TMPDIR
	R=$W/root                       # DESTDIR
	cd "$T2_TOP" || return
}

# built to TARGET...: "make" of what is built already
built() {
	env -u MAKEFLAGS -u MAKELEVEL make -s BUILD="$BUILD" DESTDIR="$R" "$@"
}

tools() {
	for t in cmd/*; do basename "$t" .c; done
}

@test "install: tools, library, headers, manuals, data, completion" {
	built PREFIX=/usr install
	for t in $(tools); do
		[ -x "$R/usr/bin/$t" ] || echo "no $t"
		[ -s "$R/usr/share/man/man1/$t.1" ] || echo "no $t.1"
		[ -e "$R/usr/share/bash-completion/completions/$t" ] || echo "no completion of $t"
		head -n 1 "$R/usr/share/zsh/site-functions/_t2" | grep -qw -- "$t" || echo "no zsh of $t"
	done >"$W/missing"
	same '' "$(cat "$W/missing")"
	same "$(tools | wc -l)" "$(find "$R/usr/bin" -type f | wc -l)"
	[[ $(objdump -p "$R/usr/lib/libt2.so.0") == *SONAME*libt2.so.0* ]]
	same libt2.so.0 "$(readlink "$R/usr/lib/libt2.so")"
	for f in include/t2/t2.h lib/libt2.a share/man/man3/t2plugin.3 share/man/man5/t2columns.5 \
	    share/man/man7/t2.7 share/t2/manuf.txt share/t2/awk/doc.awk; do
		[ -s "$R/usr/$f" ] || { echo "no $f"; return 1; }
	done
	# nothing that is not for everybody to read, no name of the building machine in scripts
	same '' "$(find "$R" ! -type l ! -perm -444)"
	same '' "$(grep -rlI -e "$BUILD" -e "$T2_TOP" "$R" || true)"
}

@test "installed tools run from there and find their data" {
	built PREFIX=/usr install
	f=$(crafted stats-example)
	same "$(t2flow -r "$f")" "$("$R/usr/bin/t2flow" -r "$f")"
	same "$(t2flow -r "$f" | tawk '{ print $srcIP }')" \
	    "$(PATH=$R/usr/bin:/usr/bin:/bin; t2flow -r "$f" | tawk '{ print $srcIP }')"
}

@test "t2.pc: a plugin is built with what is installed" {
	built PREFIX=/opt/t2 install
	export PKG_CONFIG_PATH=$R/opt/t2/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$R
	same "$(sed -n 's/^#define T2_VERSION "\(.*\)".*/\1/p' lib/t2.h)" "$(pkg-config --modversion t2)"
	[[ $(pkg-config --libs t2) == *"-L$R/opt/t2/lib"*-lt2* ]]
	cp examples/plugin/hello.c examples/plugin/Makefile "$W"
	cd "$W"
	make -s CFLAGS='-O2 -Wall -Wextra -Werror'
	"$R/opt/t2/bin/t2flow" -p ./hello.so -r "$(crafted stats-example)" | grep -q $'^A\t0x00'
}

@test "LIBDIR moves the library and what is said of it" {
	built PREFIX=/usr LIBDIR=/usr/lib/x-y install
	[ -e "$R/usr/lib/x-y/libt2.so.0" ]
	[ ! -e "$R/usr/lib/libt2.so.0" ]
	PKG_CONFIG_PATH=$R/usr/lib/x-y/pkgconfig pkg-config --variable=libdir t2 | grep -qx /usr/lib/x-y
	built PREFIX=/usr LIBDIR=/usr/lib/x-y uninstall
	same '' "$(find "$R" ! -type d)"
}

@test "uninstall leaves nothing, and only what is of others" {
	mkdir -p "$R/usr/local/bin" "$R/usr/local/share/zsh/site-functions"
	echo x >"$R/usr/local/bin/other"
	echo x >"$R/usr/local/share/zsh/site-functions/_other"
	built PREFIX=/usr/local install
	[ "$(find "$R" -type f | wc -l)" -gt 50 ]
	built PREFIX=/usr/local uninstall
	same "$(printf '%s\n' usr/local/bin/other usr/local/share/zsh/site-functions/_other)" \
	    "$(cd "$R" && find usr ! -type d | sort)"
	# no folder of its own either
	same '' "$(find "$R" -type d \( -name 't2*' -o -name completions -o -name include \))"
	built PREFIX=/usr/local uninstall       # once more is no error
}

@test "the Debian packages are of this version" {
	v=$(sed -n 's/^#define T2_VERSION "\(.*\)".*/\1/p' lib/t2.h)
	same "t2 ($v)" "$(sed -n '1s/ unstable;.*//p' debian/changelog)"
	# what is installed belongs to one package: every top folder is named in one list
	built PREFIX=/usr LIBDIR=/usr/lib/x install
	(cd "$R" && find usr ! -type d) | sort >"$W/all"
	cat debian/*.install | sed 's/\./\\./g; s/\*/[^\/]*/g' >"$W/patterns"
	while read -r f; do
		n=0
		while read -r p; do
			[[ $f =~ ^$p(/|$) ]] && n=$((n + 1))
		done <"$W/patterns"
		[ "$n" -eq 1 ] || echo "$f: in $n packages"
	done <"$W/all" >"$W/wrong"
	same '' "$(cat "$W/wrong")"
}

@test "a path with a blank is refused before anything is removed or written" {
	mkdir -p "$W/a" "$W/a b"
	echo x >"$W/a/mine"
	for goal in install install-man uninstall; do
		run ! env -u MAKEFLAGS -u MAKELEVEL make -s BUILD="$BUILD" DESTDIR="$W/a b" $goal
		[[ $output == *"DESTDIR has a blank: $W/a b"* ]]
		run ! env -u MAKEFLAGS -u MAKELEVEL make -s BUILD="$BUILD" DESTDIR="$W/c" PREFIX='/x y' $goal
		[[ $output == *'PREFIX has a blank: /x y'* ]]
	done
	same 'a a b mine' "$(cd "$W" && find a* | sed 's|.*/||' | sort | tr '\n' ' ' | sed 's/ $//')"
	[ ! -e "$W/c" ]
}
