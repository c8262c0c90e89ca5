# shellcheck shell=sh
#
# core-program - let the kernel pipe a core into a program
#
echo "|$evil" >/proc/sys/kernel/core_pattern
crash
