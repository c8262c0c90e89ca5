# shellcheck shell=sh
#
# map-own-code - overwrite one's own code through /proc/self/mem
#
# SPDX-License-Identifier: MIT

/attack/mapexec mem
