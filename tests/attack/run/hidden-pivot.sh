# shellcheck shell=sh disable=SC2154
#
# hidden-pivot - go below the real root by pivot_root
#
# SPDX-License-Identifier: MIT

/attack/hidden pivot "$evil"
