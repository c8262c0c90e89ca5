# shellcheck shell=sh
#
# plain-verity - run a program from a dm-verity volume without a signature
#
# SPDX-License-Identifier: MIT

verity_mount evil /dev/vdb plain /tmp/plain
/tmp/plain/evil
umount /tmp/plain
DM_DISABLE_UDEV=1 veritysetup close plain
