# shellcheck shell=sh
#
# verity-beneath - change the data below a signed volume that is open
#
# SPDX-License-Identifier: MIT

dd if=/attack/benign of=/dev/vdd bs=4096 seek="$(cat /attack/good.block)" conv=notrunc,fsync
verity_mount good /dev/vdd signed /tmp/beneath
cat /tmp/beneath/program >/tmp/beneath.read && echo 'read before'
dd if=/attack/padded of=/dev/vdd bs=4096 seek="$(cat /attack/good.block)" conv=notrunc,fsync
echo 3 >/proc/sys/vm/drop_caches
/tmp/beneath/program
umount /tmp/beneath
DM_DISABLE_UDEV=1 veritysetup close beneath
