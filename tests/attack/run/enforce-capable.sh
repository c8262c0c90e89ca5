# shellcheck shell=sh
#
# enforce-capable - the same with every capability that is left
#
# SPDX-License-Identifier: MIT

/attack/enforce allcaps
