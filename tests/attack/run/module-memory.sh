# shellcheck shell=sh
#
# module-memory - load an unsigned module from memory
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/disk
mount -o ro /dev/vdb /tmp/disk
/attack/modload memory /tmp/disk/dummy.ko dummy
umount /tmp/disk
