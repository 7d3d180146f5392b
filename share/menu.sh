# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
#
# menu.sh HERE - the menu of t2conf: plugins to tick, options to set, by whiptail or dialog.
#
# It only asks; what is to be done is done by t2conf, as on a command line.
here=$1
# shellcheck source=share/tool.sh
. "${T2_SHARE:-$here/../share/t2}/tool.sh" || exit 1
tool=t2conf
tab=$(printf '\t')
plugins=$(plugin_dir)

for box in whiptail dialog ''; do
	[ -z "$box" ] || ! command -v "$box" >/dev/null 2>&1 || break
done
[ -n "$box" ] || die 'the menu needs whiptail or dialog (packages of these names); see t2conf --help'
scratch

# ARG...: the answer goes to $tmp/answer; not 0: left
show() {
	as_user "$box" --title t2conf "$@" 2>"$tmp/answer"
}

# TEXT
message() {
	show --msgbox "$1" 10 74
}

menu_plugins() {
	"$cols" --skip-broken -L 2>/dev/null >"$tmp/plugins" || return
	set --
	while IFS=$tab read -r _ name _ loaded _ text; do
		[ "$loaded" = loaded ] && continue
		on=off
		! is_listed "$plugins" "$name" || on=on
		set -- "$@" "$name" "$(printf '%.50s' "$text")" "$on"
	done <"$tmp/plugins"
	show --separate-output --checklist 'Which plugins take part?' 22 78 14 "$@" || return
	set --
	while read -r name; do
		set -- "$@" "$name"
	done <"$tmp/answer"
	list_write "$plugins" "$@"
}

menu_profiles() {
	"$here/t2conf" --profiles >"$tmp/profiles"
	set --
	while read -r name text; do
		set -- "$@" "$name" "$(printf '%.56s' "$text")"
	done <"$tmp/profiles"
	show --menu 'Add the settings of a profile' 22 78 14 "$@" || return
	name=$(cat "$tmp/answer")
	"$here/t2conf" -P "$name" 2>"$tmp/err" || message "$(cat "$tmp/err")"
}

# OWNER NAME
menu_option() {
	about=$(awk -F '\t' -v name="$2" '$2 == name {
		print name ": " $9 "\n" ($5 == "" ? "text" : $5 " to " $6) ", default " $4 }' "$tmp/options")
	value=$(awk -F '\t' -v name="$2" '$2 == name { print $3 }' "$tmp/options")
	show --inputbox "$about" 12 78 -- "$value" || return
	value=$(cat "$tmp/answer")
	"$here/t2conf" "$1" -D "$2=$value" 2>"$tmp/err" || message "$(cat "$tmp/err")"
}

# OWNER: its options until they are left
menu_owner() {
	owner=$1
	case $owner in
	core | txtSink) from=none ;;
	*) from=$owner ;;
	esac
	while :; do
		"$cols" -O -t -p "$from" 2>"$tmp/err" | awk -F '\t' -v o="$owner" '$1 == o' >"$tmp/options"
		if [ ! -s "$tmp/options" ]; then
			message "$(cat "$tmp/err"; echo "$owner has no options")"
			return
		fi
		set --
		while IFS=$tab read -r _ name value _; do
			text=$(awk -F '\t' -v name="$name" '$2 == name { print ($3 == $4 ? " " : "*") " " $9 }' "$tmp/options")
			set -- "$@" "$name" "$(printf '%-6s %.46s' "$value" "$text")"
		done <"$tmp/options"
		show --menu "$owner: * differs from the default" 22 78 14 "$@" || return
		menu_option "$owner" "$(cat "$tmp/answer")"
	done
}

while :; do
	set -- plugins 'which plugins take part' profiles 'sets of settings' \
	    core 'packets, flows, modes' txtSink 'how values are written'
	"$cols" --skip-broken -L 2>/dev/null >"$tmp/plugins"
	while IFS=$tab read -r _ name _ loaded _ text; do
		[ "$loaded" = loaded ] || set -- "$@" "$name" "$(printf '%.56s' "$text")"
	done <"$tmp/plugins"
	show --menu 'What is to be set for all runs to come?' 22 78 14 "$@" || exit 0
	choice=$(cat "$tmp/answer")
	case $choice in
	plugins) menu_plugins ;;
	profiles) menu_profiles ;;
	*) menu_owner "$choice" ;;
	esac
done
