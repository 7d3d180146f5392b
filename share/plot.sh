# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
#
# plot.sh - what the tools that draw with gnuplot share: the kind of picture, where it goes, and
# running gnuplot.
#
# The caller sets share (where share/t2 is) and base (the name of a picture for which no option
# asks, without its suffix).  gnuplot runs in a folder of its own and writes to
# stdout or to fixed names, so that no file name becomes part of a command.

# shellcheck disable=SC2034,SC2154
# shellcheck source=share/awk.sh
. "$share/awk.sh"
kind='' out='' width='' height='' full='' base=$tool

plot_die() {
	die "$1" 1
}

# TEXT: a number?
plot_number() {
	case $1 in
	'' | . | - | + | *[!0-9.+-]* | *.*.* | ?*[+-]*) return 1 ;;
	esac
}

# TEXT: one end of a range: a number, *, nothing, an IPv4 address, 0x...
plot_end() {
	case $1 in
	'' | '*') return 0 ;;
	0x | 0x*[!0-9a-fA-F]*) return 1 ;;
	0x*) return 0 ;;
	*[!0-9.]*) plot_number "$1" ;;
	*.*.*.*.*) return 1 ;;
	*.*.*.*) case $1 in .* | *. | *..*) return 1 ;; esac ;;
	*) plot_number "$1" ;;
	esac
}

# OPTION begin:end
plot_range() {
	case $2 in
	*:*:*) ;;
	*:*) ! { plot_end "${2%%:*}" && plot_end "${2#*:}"; } || return 0 ;;
	esac
	misuse "invalid argument for option '$1': expected begin:end; found '$2'"
}

# OPTION TEXT FORM: two numbers with a comma between them
plot_pair() {
	case $2 in
	*,*,*) ;;
	*,*) ! { plot_number "${2%,*}" && plot_number "${2#*,}"; } || return 0 ;;
	esac
	misuse "invalid argument for option '$1': expected $3; found '$2'"
}

# OPTION TEXT: a whole number above 0
plot_count() {
	case $2 in
	'' | 0* | *[!0-9]* | ?????????*)
		misuse "invalid argument for option '$1': expected a number; found '$2'" ;;
	esac
}

# OPTION w,h
plot_size() {
	plot_pair "$1" "$2" width,height
	case $2 in
	*[!0-9,]* | 0* | *,0* | ??????*,* | *,??????*)
		misuse "invalid argument for option '$1': expected width,height; found '$2'" ;;
	esac
	width=${2%,*} height=${2#*,}
}

# KIND FILE: the picture that an option asks for
plot_file() {
	[ -n "$2" ] || misuse "option '--$1' needs a file"
	kind=$1 out=$2
}

# WORD NEXT: an option that all pictures have; took tells how many words it was, status 1 that it is
# none of these.
plot_option() {
	took=2
	case $1 in
	--png | --svg | --jpeg | --gif | -ws)
		[ -n "${2+x}" ] || misuse "option '$1' needs an argument" ;;
	esac
	case $1 in
	--png | --svg | --jpeg | --gif) plot_file "${1#--}" "$2" ;;
	--png=* | --svg=* | --jpeg=* | --gif=*)
		took=1 value=${1#*=} option=${1%%=*}
		plot_file "${option#--}" "$value" ;;
	-ws) plot_size "$1" "$2" ;;
	-fs) took=1 full=1 ;;
	--text) took=1 kind=text out=- ;;
	*) return 1 ;;
	esac
}

# PART: size, or nothing for the commands
plot_charts_awk() {
	# shellcheck disable=SC2086
	T2_PART=$1 T2_KIND=$kind $awk -f "$share/awk/fn/utf8.awk" -f "$share/awk/gp.awk" -f "$share/awk/charts.awk" "$tmp/charts"
}

# Draws the bar charts of stdin, in the form of awk/charts.awk; no bars at all: status 3.
plot_charts() {
	awk_need
	plot_gnuplot
	work_folder
	cat >"$tmp/charts"
	if [ -z "$width$full" ] && [ "$kind" != text ]; then
		size=$(plot_charts_awk size)
		width=${size% *} height=${size#* }
	fi
	plot_choose
	{
		plot_terminal
		echo "title_size = '16'; label_size = '11'; tic_size = '9'"
		cat "$share/plot.gp"
		echo "set tics font ',' . tic_size"
		plot_charts_awk '' || return
	} >"$tmp/script"
	if [ "$kind" = window ]; then
		(cd "$tmp" && exec gnuplot -d -persist script) 2>"$tmp/errors" || plot_complain
	else
		plot_draw
		plot_tell
	fi
}

# OPTION ARGUMENT: which packets of a packet file
plot_packets() {
	case $1 in
	-d)
		case $2 in
		A | B) T2_DIR=$2 ;;
		*) misuse "invalid argument for option '-d': expected A or B; found '$2'" ;;
		esac ;;
	-f)
		T2_FLOWS=$2 rest=$2,
		while [ -n "$rest" ]; do
			case ${rest%%,*} in
			'' | -* | *- | *-*-* | *[!0-9-]*)
				misuse "invalid argument for option '-f': expected flows; found '$2'" ;;
			esac
			rest=${rest#*,}
		done ;;
	esac
}

# FILE: stdin comes from it, if it is one; sets T2_INPUT, what it is called, and base
plot_input() {
	T2_INPUT=stdin
	if [ "${1:--}" != - ]; then
		readable "$1"
		T2_INPUT=$1 base=${1%.txt}_plot
		exec <"$1"
	elif [ -t 0 ]; then
		misuse 'a file is required, or input from a pipe'
	fi
}

# FILE...: what stands behind --
plot_rest() {
	for word; do
		[ -z "$file" ] || misuse "one file at a time: '$word'"
		file=$word
	done
}

# The processes of -r end with the script.
work_end() {
	[ -z "${reader:-}" ] || kill "$reader" 2>/dev/null
	[ -z "${viewer:-}" ] || kill "$viewer" 2>/dev/null
	rm -rf "$tmp"
}

plot_gnuplot() {
	command -v gnuplot >/dev/null 2>&1 ||
	    plot_die 'gnuplot is not installed (Debian package gnuplot-nox; gnuplot-qt has windows)'
}

# A window if there is a display, else a PNG; sets kind, out, window, width and height.
plot_choose() {
	window=''
	if [ -z "$kind" ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
		terminals=$(gnuplot -d -e 'print GPVAL_TERMINALS' 2>&1)
		for t in ${GNUTERM:+"$GNUTERM"} qt wxt x11; do
			case $t in qt | wxt | x11) ;; *) continue ;; esac
			case " $terminals " in
			*" $t "*) kind=window window=$t; break ;;
			esac
		done
		[ -n "$kind" ] || printf '%s: %s\n' "$tool" \
		    'this gnuplot has no windows (Debian package gnuplot-qt)' >&2
	fi
	if [ -z "$kind" ]; then
		kind=png out=$base.png
		told=1
	fi
	if [ -n "$full" ]; then
		plot_screen
	fi
	if [ "$kind" = text ] && [ -z "$width" ]; then
		width=100 height=36
		if [ "$out" = - ] && [ -t 1 ]; then
			size=$(stty size </dev/tty 2>/dev/null) || size=''
			case $size in
			[1-9]*' '[1-9]*) width=${size#* } height=$((${size% *} - 1)) ;;
			esac
		fi
	fi
	: "${width:=800}" "${height:=600}"
}

# -fs: the size of the screen
plot_screen() {
	size=$(xrandr --current 2>/dev/null |
	    sed -n 's/.*current \([0-9]*\) x \([0-9]*\),.*/\1 \2/p;' | head -n 1)
	width=${size% *} height=${size#* }
	: "${width:=1920}" "${height:=1080}"
	if [ "$kind" = text ]; then
		width='' height=''
	fi
}

# The first line of a script
plot_terminal() {
	case $kind in
	png) echo "set term pngcairo noenhanced size $width,$height font 'sans,10'" ;;
	svg) echo "set term svg noenhanced size $width,$height font 'sans,12' background 'white'" ;;
	jpeg | gif) echo "set term $kind noenhanced size $width,$height font 'sans,10'" ;;
	text)
		ansi=mono
		if [ "$out" = - ] && [ -t 1 ] && [ -z "${NO_COLOR:-}" ] &&
		    [ "${TERM:-dumb}" != dumb ]; then
			ansi=ansi
		fi
		echo "set term dumb noenhanced size $width,$height $ansi" ;;
	window) echo "set term $window noenhanced size $width,$height font 'sans,10'" ;;
	esac
}

# For a window that is drawn again: the end, when it is closed.  x11 tells so without reason.
plot_closing() {
	[ "$window" = x11 ] || echo "bind all 'Close' 'exit gnuplot'"
}

# What gnuplot says, without its pointers to the place
plot_complain() {
	text=$(sed -n '/^[[:blank:]]*$/d; /^[[:blank:]]*^/d; /line [0-9]*: /{s/.*line [0-9]*: //;p;}' \
	    "$tmp/errors" | tail -n 1)
	plot_die "gnuplot: ${text:-$(tail -n 1 "$tmp/errors")}"
}

# Draws $tmp/script into a file or onto the terminal, complete or not at all.
plot_draw() {
	(cd "$tmp" && exec gnuplot -d script) >"$tmp/picture" 2>"$tmp/errors" || plot_complain
	[ -s "$tmp/picture" ] || plot_complain
	deliver "$tmp/picture" "$out"
}

# FILE: where a picture can go, as far as can be told before it is drawn
plot_writable() {
	if [ -e "$1" ]; then
		[ -w "$1" ] && [ ! -d "$1" ] || plot_die "$out: cannot be written"
	else
		case $1 in */*) folder=${1%/*}/ ;; *) folder=. ;; esac
		[ -w "$folder" ] || plot_die "$out: cannot be written"
	fi
}

# Tells the name of a picture that no option named.
plot_tell() {
	[ -z "${told:-}" ] || printf '%s: picture: %s\n' "$tool" "$out" >&2
}
