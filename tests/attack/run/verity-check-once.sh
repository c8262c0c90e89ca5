# shellcheck shell=sh
#
# verity-check-once - open a signed volume with check_at_most_once and change its data later
#
# SPDX-License-Identifier: MIT

dd if=/attack/benign of=/dev/vdd bs=4096 seek="$(cat /attack/good.block)" conv=notrunc,fsync
verity_mount good /dev/vdd signed /tmp/once --check-at-most-once
cat /tmp/once/program >/tmp/once.read
dd if=/attack/padded of=/dev/vdd bs=4096 seek="$(cat /attack/good.block)" conv=notrunc,fsync
echo 3 >/proc/sys/vm/drop_caches
/tmp/once/program
umount /tmp/once
DM_DISABLE_UDEV=1 veritysetup close once
