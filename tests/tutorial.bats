#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# tutorial.bats - each command of the texts for users is run and prints what the text shows; tests/doc
# tells how.  BLESS=1 rewrites the texts.

setup() {
	load lib
	D=$BATS_TEST_TMPDIR
}

# text FILE: its commands print what it shows
text() {
	run env -u XDG_DATA_HOME "$T2_TESTS/doc" ${BLESS:+-b} "$T2_TOP/$1"
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "README.md" { text README.md; }

@test "the tutorial" { text examples/tutorial.md; }

# doc FILE...: what tests/doc says of a text made of stdin
doc() {
	cat >"$D/x.md"
	run "$T2_TESTS/doc" "$@" "$D/x.md"
}

@test "doc: variables and folders stay, errors are shown, versions do not count" {
	doc <<-'E'
	Not run: `false`.

	```sh
	false
	```

	```console
	$ x='a
	> b'; cd ~
	$ echo "$x"; pwd; echo to stderr >&2
	a
	b
	/home/you
	to stderr
	$ echo 't2 9.9.9.'
	t2 0.9.0.
	$ seq 9
	1
	...
	8
	9
	$ yes | head -n 1
	y
	```
	E
	[ "$output" = '5 commands, 0 failed' ]
	[ "$status" -eq 0 ]
}

@test "doc: other output, a failure in a pipe, and an exit are told" {
	doc <<-'E'
	```console
	$ echo is
	was
	$ false | true
	$ seq 3
	1
	...
	4
	$ exit 0
	$ echo never
	never
	```
	E
	[ "$status" -eq 1 ]
	[[ $output == *'5 commands, 5 failed' ]]
	[[ $output == *'x.md:2: status 0: echo is'*'-was'*'+is'* ]]
	[[ $output == *'x.md:4: status 1: false | true'* ]]
	[[ $output == *'x.md:5: status 0: seq 3'*'-4'*'+3'* ]]
	[[ $output == *'status none: echo never'* ]]
}

@test "doc -b rewrites what differs, and keeps the length around ..." {
	doc -b <<-'E'
	```console
	$ seq 9
	0
	...
	7
	8
	$ echo 't2 9.9.9.'
	t2 0.9.0.
	$ printf '$ a\n> b\n'
	```
	end
	E
	[ "$status" -eq 0 ]
	diff - "$D/x.md" <<-'E'
	```console
	$ seq 9
	1
	...
	8
	9
	$ echo 't2 9.9.9.'
	t2 0.9.0.
	$ printf '$ a\n> b\n'
	$ a
	> b
	```
	end
	E
}
