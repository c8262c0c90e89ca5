# shellcheck shell=sh
#
# enforce-chroot - the same after chroot
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/chroot
mount --bind / /tmp/chroot
mount -t securityfs none /tmp/chroot/mnt
chroot /tmp/chroot /bin/sh -c 'echo 0 >/mnt/ipe/enforce'
umount /tmp/chroot/mnt
umount /tmp/chroot
