# shellcheck shell=sh
#
# disk - run a program from an ordinary disk
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/disk
mount -o ro /dev/vdb /tmp/disk
/tmp/disk/evil
status=$?
umount /tmp/disk
exit $status
