# shellcheck shell=sh
#
# module-file - load an unsigned module
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/disk
mount -o ro /dev/vdb /tmp/disk
/attack/modload file /tmp/disk/dummy.ko dummy
umount /tmp/disk
