#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# corpus.bats - reference captures, where they are: none stops t2flow, and with compat=0.8.4 the
# columns of basicFlow are those of the reference.  want/corpus.tsv lists what differs by decision.

setup_file() {
	load lib
	export OURS=$BATS_FILE_TMPDIR/ours
	mkdir -p "$OURS"
	[ -d "${T2_CORPUS:=$T2_TOP/../shared/corpus/dev}" ] || return 0
	export T2_CORPUS
	for f in "$T2_CORPUS"/*.pcap; do
		name=$(basename "$f" .pcap) status=0
		timeout 20 t2flow -o compat=0.8.4 -r "$f" >"$OURS/$name.flows.tsv" \
		    2>"$OURS/$name.err" || status=$?
		printf '%s\t%s\n' "$name" "$status"
	done >"$OURS/status"
}

setup() {
	load lib
	corpus
}

# Percentage of equal cells, three decimals.
equal() {
	/usr/bin/python3 "$T2_TESTS/compare.py" "$T2_CORPUS" "$1" | awk '{ printf "%.3f\n", 100 * $2 / $1 }'
}

@test "each capture is read to its end, status 0 or 1" {
	[ "$(wc -l <"$OURS/status")" -gt 100 ]
	same '' "$(awk -F '\t' '$2 > 1' "$OURS/status")"
}

@test "status 1 comes with one line that names the capture, 0 with none" {
	while IFS=$'\t' read -r name status; do
		[ "$(wc -l <"$OURS/$name.err")" -eq "$status" ] || { echo "$name: status $status"; cat "$OURS/$name.err"; return 1; }
		[ "$status" -eq 0 ] || grep -q "^t2flow: .*/$name.pcap: " "$OURS/$name.err"
	done <"$OURS/status"
}

@test "each record is whole" {
	for f in "$OURS"/*.tsv; do
		[ -s "$f" ] || continue
		awk -F '\t' 'NR == 1 { n = NF } NF != n { print FILENAME ": " FNR; exit 1 }' "$f"
	done
}

@test "at least 99.5 % of the cells of basicFlow are equal, all captures" {
	got=$(equal "$OURS")
	echo "$got %"
	awk -v p="$got" 'BEGIN { exit !(p >= 99.5) }'
}

@test "at least 99.9 % without those that differ by decision" {
	mkdir "$BATS_TEST_TMPDIR/rest"
	cp "$OURS"/*.tsv "$BATS_TEST_TMPDIR/rest"
	grep -v '^#' "$T2_TESTS/want/corpus.tsv" | while IFS=$'\t' read -r name why; do
		[ -n "$why" ] && rm "$BATS_TEST_TMPDIR/rest/$name.flows.tsv"
	done
	got=$(equal "$BATS_TEST_TMPDIR/rest")
	echo "$got %"
	awk -v p="$got" 'BEGIN { exit !(p >= 99.9) }'
}

@test "pairs: both rows have one index, A comes first, bit 0 tells B" {
	for f in "$OURS"/*.tsv; do
		awk -F '\t' '
			$1 == "B" && ($2 != index_ || dir != "A") { print FILENAME ": " FNR; exit 1 }
			{ index_ = $2; dir = $1 }' "$f"
	done
}

@test "two runs over a capture are equal" {
	f=$T2_CORPUS/ndpi__1kxun.pcap
	t2flow -r "$f" >"$BATS_TEST_TMPDIR/1" || true
	t2flow -r "$f" | cmp - "$BATS_TEST_TMPDIR/1"
	gzip -c "$f" | t2flow -r - | cmp - "$BATS_TEST_TMPDIR/1"
}
