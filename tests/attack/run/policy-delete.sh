# shellcheck shell=sh disable=SC2154
#
# policy-delete - delete the active policy
#
# SPDX-License-Identifier: MIT

for policy in "$ipe"/policies/*; do
	echo 1 >"$policy/delete"
done
"$evil"
