#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# setup.sh - packages, tools and shell of a source tree made ready, in the steps of the reference:
# dependencies, emptying, build, manuals, aliases.  make and apt-get do the work.
set -u

usage() {
	cat <<'E'
usage: ./setup.sh [OPTION]...
Installs what t2 needs, builds it, and makes it known to your shell.

  -d, -e, -b, -m, -a    only these steps: dependencies, empty the list of plugins, build,
                        manuals, aliases
  -D, -E, -B, -M, -A    leave these steps out
  -G                    no packages for pictures (graphviz, gnuplot-nox)
  -T                    no package for PDF (weasyprint)
  -i                    ask before every step
  -h, --help            this text
E
}

die() {
	printf 'setup.sh: %s\n' "$1" >&2
	exit "${2:-1}"
}

# STEP: is it to be done?
wanted() {
	case $only in
	'') case $without in *"$1"*) return 1 ;; esac ;;
	*"$1"*) ;;
	*) return 1 ;;
	esac
	[ -n "$ask" ] || return 0
	printf '%s (Y/n)? ' "$2"
	read -r answer || return 1
	case $answer in [Nn]*) return 1 ;; esac
}

# FILE: gets the lines that source t2_aliases; an older path is replaced
alias_file() {
	[ ! -e "$1" ] || old=$(sed -n 's/^\. "\(.*\/scripts\/t2_aliases\)"$/\1/p' "$1" | tail -n 1)
	if [ "${old:-}" = "$top/scripts/t2_aliases" ]; then
		echo 't2_aliases already installed.'
		return
	fi
	case $top in *[\"\$\`\\]*) die "$top: no aliases for a folder of this name" ;; esac
	new=$(mktemp) || exit 1
	trap 'rm -f "$new"' EXIT
	trap 'exit 1' HUP INT TERM
	# only the four lines of before: if one was changed, all of them stay
	[ ! -e "$1" ] || awk '
		{ line[NR] = $0 }
		END {
			for (i = 1; i <= NR; i++) {
				if (line[i] == "# t2: tools and short ways" &&
				    line[i + 1] ~ /^if \[ -f ".*\/scripts\/t2_aliases" \]; then$/ &&
				    line[i + 2] ~ /^\. ".*\/scripts\/t2_aliases"$/ && line[i + 3] == "fi")
					i += 3
				else
					print line[i]
			}
		}' "$1" >"$new" || die "$1: cannot be read"
	cat >>"$new" <<-E
	# t2: tools and short ways
	if [ -f "$top/scripts/t2_aliases" ]; then
	. "$top/scripts/t2_aliases"
	fi
	E
	{ cat "$new" >"$1"; } 2>/dev/null || die "$1: cannot be written"
	echo "t2_aliases successfully installed in '$1'."
}

only='' without='' groups='build pictures pdf' ask=''
while [ $# -gt 0 ]; do
	case $1 in
	-[debma]) only=$only${1#-} ;;
	-[DEBMA]) without=$without$(printf %s "${1#-}" | tr DEBMA debma) ;;
	-G) groups=$(printf %s "$groups" | sed 's/ pictures//') ;;
	-T) groups=$(printf %s "$groups" | sed 's/ pdf//') ;;
	-i) ask=1 ;;
	-h | --help) usage; exit 0 ;;
	*) usage >&2; die "$1: no such option" 2 ;;
	esac
	shift
done
[ -n "${HOME:-}" ] || die 'HOME does not tell whose shell to set up'
top=$(cd "$(dirname "$0")" && pwd)
cd "$top" || exit 1

if wanted d 'Install dependencies'; then
	# shellcheck disable=SC2086
	tests/deps $groups || exit 1
fi
if wanted b 'Build'; then
	make --no-print-directory -s all || die 'the build failed'
fi
if wanted e 'Empty the list of plugins, which gives the standard set'; then
	case ${XDG_DATA_HOME:-} in
	/*) rm -f "$XDG_DATA_HOME/t2/plugins/plugins.txt" ;;
	*) rm -f "$HOME/.local/share/t2/plugins/plugins.txt" ;;
	esac
fi
if wanted m 'Install the manuals'; then
	make --no-print-directory -s install-man PREFIX="$HOME/.local" || exit 1
fi
if wanted a 'Install aliases'; then
	case ${SHELL:-} in
	*/zsh) alias_file "${ZDOTDIR:-$HOME}/.zshrc" ;;
	*) alias_file "$HOME/.bashrc" ;;
	esac
fi
echo 'Setup complete.'
case ${only:-a} in
*a*) echo "Open a new terminal, or type: . '$top/scripts/t2_aliases'" ;;
esac
