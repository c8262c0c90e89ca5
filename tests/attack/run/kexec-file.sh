# shellcheck shell=sh
#
# kexec-file - load another kernel
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/disk
mount -o ro /dev/vdb /tmp/disk
/attack/kexec file /tmp/disk/vmlinuz /tmp/disk/evil
umount /tmp/disk
