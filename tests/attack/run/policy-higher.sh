# shellcheck shell=sh disable=SC2154
#
# policy-higher - the same with a higher version
#
# SPDX-License-Identifier: MIT

cat /attack/policies/open-higher.p7b >"$ipe/new_policy"
echo 1 >"$ipe/policies/open-higher/active"
"$evil"
