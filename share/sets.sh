# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh disable=SC2034,SC2154
#
# sets.sh - the part of t2conf that is about many at once: which plugins are enabled, lists of
# them, tables of values.
#
# t2conf reads this file; $plugins, $tmp and the functions that set options are its own.

plugins_get() {
	if [ -e "$plugins/plugins.txt" ]; then
		list_read "$plugins/plugins.txt" | tr '\n' ' ' | sed 's/ $//'
	else
		echo standard
	fi
}

# NAMES: checks before anything is changed
plugins_check() {
	with=/nonexistent
	ask_cols -L -p "$(printf '%s' "${1:-none}" | tr -s ' \t' ',')" >/dev/null 2>"$tmp/err" ||
	    die "$(plain "$(cat "$tmp/err")")"
}

plugins_put() {
	if [ "$1" = standard ]; then
		rm -f "$plugins/plugins.txt"
	else
		# shellcheck disable=SC2086 # a list of words
		list_write "$plugins" $1
	fi
}

# FILE: sets $named to the plugins of its line #plugins:, if there is one
plugins_named() {
	named=$(sed -n 's/\r$//; s/^#plugins:[ 	]*//p' -- "$1" | head -n 1)
	has_named=$(grep -c '^#plugins:' -- "$1")
}

save() {
	{
		echo '# Plugins that were enabled, saved by t2conf -s for t2conf -r.'
		list_of "$plugins"
	} | replace "${1:-$plugins/plugins.saved}"
}

restore() {
	from=${1:-$plugins/plugins.saved}
	[ -e "$from" ] || die "$from: there is no such file; t2conf -s saves one"
	[ ! -d "$from" ] && list_read "$from" >"$tmp/names" 2>/dev/null || die "$from: cannot be read"
	names=$(tr '\n' ' ' <"$tmp/names")
	plugins_check "$names"
	plugins_put "$names"
}

# FILE: in the editor; what is wrong in it is told
load_list() {
	list=${1:-$plugins/plugins.load}
	[ -e "$list" ] || {
		echo '# Plugins of a run, for t2 -b; # in front leaves one out.'
		list_of "$plugins"
		builtin_names | while read -r name; do
			is_listed "$plugins" "$name" || echo "#$name"
		done
	} | replace "$list"
	editor=${VISUAL:-${EDITOR:-vi}}
	# the variable may hold flags, too
	as_user sh -c "$editor"' "$1"' sh "$list" || die "$editor failed"
	plugins_check "$(list_read "$list" | tr '\n' ' ')"
}

# COLUMN FILE: makes settings of the lines NAME, NEW, OLD, HEADERFILE or NAME, VALUE, HEADERFILE;
# the header file tells nothing here: t2cols knows whose option a name is
patch() {
	[ -e "$2" ] || die "$2: there is no such file"
	[ ! -d "$2" ] && cat <"$2" >"$tmp/table" 2>/dev/null || die "$2: cannot be read"
	with=/nonexistent
	ask_cols --skip-broken -O -t -p all 2>/dev/null >"$tmp/options"
	sed 's/\r$//; /^[#%]/d; /^[ 	]*$/d' "$tmp/table" |
	    awk -F '\t' -v OFS='\t' -v column="$1" -v options="$tmp/options" '
		BEGIN {
			while ((getline line <options) > 0) {
				split(line, o, "\t")
				owner[o[2]] = o[1]
			}
		}
		{ print $1 in owner ? owner[$1] : "core", $1 "=" (NF > 3 || NF == 3 && $3 !~ /\.h$/ ? $column : $2) }
	' >"$tmp/wanted"
	while IFS= read -r line; do
		owner=${line%%"$tab"*} text=${line#*"$tab"}
		define "$owner" "$text"
	done <"$tmp/wanted"
	commit
}
