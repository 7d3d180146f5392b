# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# lib.bash - what the test files share; each says `load lib`.  tests/run sets BUILD and T2_CAP, the
# folder of crafted captures; a test file that is run alone by bats takes build/ and crafts what
# it needs.

T2_TESTS=$BATS_TEST_DIRNAME
T2_TOP=$(cd "$T2_TESTS/.." && pwd)
: "${BUILD:=$T2_TOP/build}"
case $BUILD in
/*) ;;
*) BUILD=$T2_TOP/$BUILD ;;
esac
export BUILD TZ=UTC LC_ALL=C PYTHONDONTWRITEBYTECODE=1
PATH=$BUILD/bin:$PATH
export T2_CAP=${T2_CAP:-$BUILD/tests/cap}
# nobody's settings and address tables; a test may write its own
export HOME=${BATS_TEST_TMPDIR:-$BATS_FILE_TMPDIR}/home
export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_CACHE_HOME=$HOME/.cache

# crafted NAME: the path of a crafted capture; NAME is its file name, .pcap may be left out
crafted() {
	local f=$T2_CAP/$1 c
	[ -e "$f" ] || f=$f.pcap
	if [ ! -e "$f" ]; then          # NAME starts with the name of what makes it
		mkdir -p "$T2_CAP"
		c=$T2_TESTS/craft/${1%%-*}.py
		[ -e "$c" ] && /usr/bin/python3 "$c" "$T2_CAP" >&2
	fi
	[ -e "$f" ] || { echo "crafted: there is no $1" >&2; return 1; }
	echo "$f"
}

# own_folder: a test in a folder of its own, W; f is a small capture, own and conf are where the
# user's plugins and settings are
own_folder() {
	W=$BATS_TEST_TMPDIR
	f=$(crafted stats-example)
	# shellcheck disable=SC2034 # for the tests
	own=$XDG_DATA_HOME/t2/plugins
	# shellcheck disable=SC2034
	conf=$XDG_CONFIG_HOME/t2/t2.conf
	cd "$W" || return
}

# cols FILE 'COLUMN...' [OPTION...]: these columns of the flow records, separated by tabs and
# without header; FILE is a path, or the name of a crafted capture
cols() {
	local f=$1 want=$2 status=0
	shift 2
	case $f in
	*/* | -) ;;
	*) f=$(crafted "$f") || return 1 ;;
	esac
	t2flow "$@" -r "$f" >"$BATS_TEST_TMPDIR/flows" 2>"$BATS_TEST_TMPDIR/stderr" || status=$?
	awk -F '\t' -v OFS='\t' -v want="$want" '
		NR == 1 {
			sub(/^%/, "")
			for (i = 1; i <= NF; i++)
				at[$i] = i
			n = split(want, w, /[ \t\n]+/)
			for (i = 1; i <= n; i++)
				if (!(w[i] in at))
					print "no column " w[i]
			next
		}
		{
			for (i = 1; i <= n; i++)
				printf "%s%s", $at[w[i]], i < n ? OFS : "\n"
		}' "$BATS_TEST_TMPDIR/flows"
	cat "$BATS_TEST_TMPDIR/stderr" >&2
	[ "$status" -eq 0 ] || echo "t2flow: status $status"
	return "$status"
}

# flows FILE 'COLUMN...' [OPTION...]: the same for people, with blanks between the columns and -
# for what is empty; plugins that change flows are left out unless -p says otherwise
flows() {
	local f=$1 want=$2
	shift 2
	cols "$f" "$want" -p basicFlow,basicStats "$@" |
	awk -F '\t' '{
		for (i = 1; i <= NF; i++)
			printf "%s%s", $i == "" ? "-" : $i, i < NF ? " " : "\n"
	}'
}

# is GOT: compares with stdin, the expected text
is() {
	local want
	want=$(cat)
	same "$want" "$1"
}

# same WANTED GOT: tells the difference
same() {
	[ "$1" = "$2" ] || {
		diff -u --label wanted --label got <(printf '%s\n' "$1") <(printf '%s\n' "$2")
		return 1
	}
}

# all kinds of awk that the scripts are to work with
ALL_AWKS=(mawk gawk original-awk 'busybox awk')

# gives TEXT COMMAND...: each awk prints TEXT, lines of it joined by |
gives() {
	local want=$1 awk got
	shift
	for awk in "${ALL_AWKS[@]}"; do
		got=$(T2_AWK=$awk "$@" 2>&1 | tr '\t\n' ' |')
		[ "$got" = "$want|" ] || [ "$got" = "$want" ] || {
			echo "$awk: $got instead of $want"
			return 1
		}
	done
}

# refuses TEXT COMMAND...: each awk says TEXT on stderr and nothing else, status 2
refuses() {
	local want=$1 awk
	shift
	for awk in "${ALL_AWKS[@]}"; do
		T2_AWK=$awk run --separate-stderr "$@"
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		# shellcheck disable=SC2154 # run sets it
		same "$want" "$stderr"
	done
}

# want NAME COMMAND...: compares the command's stdout with tests/want/NAME; BLESS=1 rewrites that
want() {
	local name=$1
	shift
	"$@" >"$BATS_TEST_TMPDIR/got"
	if [ -n "${BLESS:-}" ]; then
		cp "$BATS_TEST_TMPDIR/got" "$T2_TESTS/want/$name"
	fi
	diff -u --label "want/$name" --label got "$T2_TESTS/want/$name" "$BATS_TEST_TMPDIR/got"
}

# corpus: the folder of reference captures, else the test is skipped
corpus() {
	T2_CORPUS=${T2_CORPUS:-$T2_TOP/../shared/corpus/dev}
	[ -d "$T2_CORPUS" ] || skip "no corpus in $T2_CORPUS"
}

# needs TOOL...: skips the test if one is not installed
needs() {
	local tool
	for tool; do
		command -v "$tool" >/dev/null || skip "$tool is not installed"
	done
}

# until_true N COMMAND...: tries it every 0.1 s, at most N s
until_true() {
	local n=$(($1 * 10)) i
	shift
	for ((i = 0; i < n; i++)); do
		"$@" && return
		sleep 0.1
	done
	echo "not within $((n / 10)) s: $*"
	return 1
}

# ended PID: is it gone, or a zombie?
ended() {
	! grep -q '^State:[[:blank:]]*[^Z]' "/proc/$1/status" 2>/dev/null
}

# ends PID STATUS: waits for it, at most 10 s
ends() {
	local s=0
	until_true 10 ended "$1" || return
	wait "$1" || s=$?
	same "$2" "$s"
}
