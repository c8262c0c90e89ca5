# shellcheck shell=sh disable=SC2154
#
# enforce - write 0 to enforce
#
# SPDX-License-Identifier: MIT

echo 0 >"$ipe/enforce"
