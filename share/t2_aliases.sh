# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2139,SC2154
#
# t2_aliases - short ways in a shell: source it in bash or zsh; see t2_aliases(7).
#
# From a source tree it finds the tools in build/bin, installed it knows the user's plugin folder.
# It defines and prints nothing else, and sourcing it twice is the same as once.

if [ -n "${ZSH_VERSION:-}" ]; then
	eval '_t2_here=${(%):-%x}'
else
	_t2_here=${BASH_SOURCE[0]}
fi
_t2_link=$_t2_here
_t2_here=$(cd "$(dirname "$_t2_here")" && pwd)
# scripts/t2_aliases of a source tree is a link into share/
[ ! -h "$_t2_link" ] || _t2_here=$(cd "$_t2_here/$(dirname "$(readlink "$_t2_link")")" && pwd)

case ${XDG_DATA_HOME:-} in
/*) T2PLHOME=$XDG_DATA_HOME/t2/plugins ;;
*) T2PLHOME=$HOME/.local/share/t2/plugins ;;    # the standard: a relative one does not count
esac
if [ -f "$_t2_here/../lib/t2.h" ]; then         # share/ of a source tree
	T2HOME=$(cd "$_t2_here/.." && pwd)
	_t2_bin=$T2HOME/build/bin
	alias tran='cd "$T2HOME/plugins"'
	for _t2_link in "$T2HOME"/plugins/*.c; do
		_t2_link=${_t2_link##*/}
		case $_t2_link in
		*_*) ;;
		*) alias "${_t2_link%.c}=cd \"\$T2HOME/plugins\"" ;;
		esac
	done
else                                            # PREFIX/share/t2
	T2HOME=$_t2_here
	_t2_bin=$(cd "$_t2_here/../../bin" && pwd)
	alias tran='mkdir -p "$T2PLHOME" && cd "$T2PLHOME"'
fi
export T2HOME T2PLHOME
case :$PATH: in
*:"$_t2_bin":*) ;;
*) PATH=$_t2_bin:$PATH ;;
esac

alias .tran='cd "$T2PLHOME"'
alias tranpl='cd "$T2PLHOME"'
# a folder of one's own for each plugin, unless its name is that of a command
if [ -d "$T2PLHOME" ]; then
	while IFS= read -r _t2_link; do
		case ${_t2_link##*/} in
		*[!A-Za-z0-9_]*) ;;
		*) command -v "${_t2_link##*/}" >/dev/null || alias "${_t2_link##*/}=cd \"\$T2PLHOME/${_t2_link##*/}\"" ;;
		esac
	done <<-E
	$(find "$T2PLHOME" -mindepth 1 -maxdepth 1 -type d)
	E
fi

alias tranalyzer=t2
alias fextractor=t2extract
alias gt2='gdb --args t2'

# t2 as root, with the plugins and settings of the user
st2() {
	sudo env "XDG_CONFIG_HOME=${XDG_CONFIG_HOME:-$HOME/.config}" \
	    "XDG_DATA_HOME=${XDG_DATA_HOME:-$HOME/.local/share}" "$(command -v t2)" "$@"
}

# awk with tabs between the columns
awkf() {
	if command -v gawk >/dev/null 2>&1; then
		gawk -F '\t' -v 'OFS=\t' "$@"
	else
		awk -F '\t' -v 'OFS=\t' "$@"
	fi
}

# How often each line occurs, the most frequent first.
sortu() {
	sort "$@" | uniq -c | sort -rn
}

# The same as shares.
sortup() {
	sort "$@" | uniq -c | sort -rn | awk '{
		n[NR] = $1
		all += $1
		sub(/^ *[0-9]+ /, "")
		line[NR] = $0
	}
	END { for (i = 1; i <= NR; i++) printf "%5.02f%%\t%s\n", 100 * n[i] / all, line[i] }'
}

# Completion, if the shell does not find it itself.
if [ -n "${BASH_VERSION:-}" ] && [ -r "$T2HOME/share/completion/t2.bash" ]; then
	. "$T2HOME/share/completion/t2.bash"
elif [ -n "${ZSH_VERSION:-}" ] && [ -r "$T2HOME/share/completion/_t2" ]; then
	eval 'if (( $+functions[compdef] )); then
		fpath=("$T2HOME/share/completion" $fpath)
		autoload -Uz _t2
		compdef _t2 ${=$(sed -n "1s/^#compdef //p" "$T2HOME/share/completion/_t2")}
	fi'
fi
unset _t2_here _t2_link _t2_bin
