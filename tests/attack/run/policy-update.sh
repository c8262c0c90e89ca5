# shellcheck shell=sh disable=SC2154
#
# policy-update - update the active policy to a permissive one
#
# SPDX-License-Identifier: MIT

for name in initrd final; do
	cat /attack/policies/update-$name.p7b >"$ipe/policies/$name/update"
done
"$evil"
