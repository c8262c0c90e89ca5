# shellcheck shell=sh
#
# map-anonymous - execute anonymous memory
#
# SPDX-License-Identifier: MIT

/attack/mapexec anonymous
