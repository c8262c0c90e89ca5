# shellcheck shell=sh disable=SC2154
#
# extra-device - give a signed file system that keeps its data on a second device another such device
#
# Only the first device, with names and block numbers, is signed. SPDX-License-Identifier: MIT

dd if="$evil" of=/dev/vde conv=notrunc,fsync
mkdir -p /tmp/extra
verity_open extra /dev/vdf signed extra
mount -t erofs -o ro,device=/dev/vde /dev/mapper/extra /tmp/extra
/tmp/extra/program
umount /tmp/extra
DM_DISABLE_UDEV=1 veritysetup close extra
