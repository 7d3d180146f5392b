#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# autogen.sh [OPTION]... [NAME]... - builds everything and then does what t2build does with the
# same words; it touches no start file of a shell (that is setup.sh -a).
top=$(cd "$(dirname "$0")" && pwd)
case ${1:-} in
-h | --help | -l | --loaded | -u | --unload | -e | --empty) ;;
*) make --no-print-directory -s -C "$top" all || exit 1 ;;
esac
[ -x "$top/build/bin/t2build" ] || make --no-print-directory -s -C "$top" all || exit 1
exec "$top/build/bin/t2build" "$@"
