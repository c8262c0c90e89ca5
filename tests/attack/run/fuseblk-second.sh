# shellcheck shell=sh disable=SC2154
#
# fuseblk-second - the same from a second mapping of a signed volume that stays mounted
#
# SPDX-License-Identifier: MIT

# veritysetup wants the disk for itself.
loop=$(losetup -f)
losetup -r "$loop" /dev/vdg
verity_open good "$loop" signed second
: >/tmp/served
/attack/fuseblk /dev/mapper/second "$evil" /tmp/served && /tmp/served
umount /tmp/served
DM_DISABLE_UDEV=1 veritysetup close second
losetup -d "$loop"
