# shellcheck shell=sh
#
# map-heap - execute the heap with READ_IMPLIES_EXEC
#
# SPDX-License-Identifier: MIT

/attack/mapexec brk
