# shellcheck shell=sh
#
# map-jit - execute memory after writing it
#
# SPDX-License-Identifier: MIT

/attack/mapexec jit
