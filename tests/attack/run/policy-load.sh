# shellcheck shell=sh disable=SC2154
#
# policy-load - load a permissive policy that the trusted key signed, and activate it
#
# SPDX-License-Identifier: MIT

cat /attack/policies/open.p7b >"$ipe/new_policy"
echo 1 >"$ipe/policies/open/active"
"$evil"
