#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# fuzz.bats - no damage to a capture makes t2 crash, leak, hang or read what is not there: seeded
# runs of fuzz/damage.c under the address and undefined-behaviour sanitizers, each with the options
# that its bytes choose.  The same programs damage more in `make fuzz`.

setup_file() {
	load lib
	make -s -j2 -C "$T2_TOP" -f tests/fuzz/fuzz.mk BUILD="$BUILD" t2fuzz >&2
	"$T2_TESTS/fuzz/share" "$BATS_FILE_TMPDIR/share"
	/usr/bin/python3 "$T2_TESTS/fuzz/seeds.py" "$BATS_FILE_TMPDIR/seeds"
}

setup() {
	load lib
	export T2_SHARE=$BATS_FILE_TMPDIR/share
}

# damaged ARG...: fails with the name of the damage and the sanitizer's words
damaged() {
	"$BUILD/asan/tests/fuzz/t2fuzz" -t 5 -m 2000 -w "$BATS_TEST_TMPDIR/bad" "$@"
}

@test "every link type, tunnel and file format" {
	damaged -c 6 -f 12 -s 1 "$BATS_FILE_TMPDIR"/seeds/*
}

@test "a small town" {
	head -c 60000 "$T2_TOP/examples/town.pcap" >"$BATS_TEST_TMPDIR/town.pcap"
	damaged -c 64 -f 200 -s 2 "$BATS_TEST_TMPDIR/town.pcap"
}

@test "what the other tests read" {
	find "$T2_CAP" -type f -size -100k 2>/dev/null | sort >"$BATS_TEST_TMPDIR/list"
	[ -s "$BATS_TEST_TMPDIR/list" ] || skip "nothing in $T2_CAP"
	xargs -d '\n' "$BUILD/asan/tests/fuzz/t2fuzz" -t 5 -c 1 -f 3 -s 3 <"$BATS_TEST_TMPDIR/list"
}

@test "reference captures" {
	corpus
	find "$T2_CORPUS" -name '*.pcap' -size -40k | sort >"$BATS_TEST_TMPDIR/list"
	xargs -d '\n' "$BUILD/asan/tests/fuzz/t2fuzz" -t 5 -c 1 -f 3 -s 4 <"$BATS_TEST_TMPDIR/list"
}
