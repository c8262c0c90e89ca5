# shellcheck shell=sh
#
# verity-ignore-corruption - open a signed volume over changed data with ignore_corruption
#
# SPDX-License-Identifier: MIT

dd if=/attack/padded of=/dev/vdd bs=4096 seek="$(cat /attack/good.block)" conv=notrunc,fsync
verity_mount good /dev/vdd signed /tmp/ignore --ignore-corruption
/tmp/ignore/program
umount /tmp/ignore
DM_DISABLE_UDEV=1 veritysetup close ignore
