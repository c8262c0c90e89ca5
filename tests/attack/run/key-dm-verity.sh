# shellcheck shell=sh
#
# key-dm-verity - add a key to every keyring and run from the dm-verity volume that it signed
#
# SPDX-License-Identifier: MIT

/attack/addkey /attack/own.der
verity_mount evil /dev/vdb signed /tmp/own
/tmp/own/evil
umount /tmp/own
DM_DISABLE_UDEV=1 veritysetup close own
