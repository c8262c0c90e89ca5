# shellcheck shell=sh disable=SC2154
#
# kept-directory - go to the rootfs through a directory that a process kept open
#
# SPDX-License-Identifier: MIT

/attack/hidden through "/proc/$(pidof keeper)/fd/9" "$evil"
