# shellcheck shell=sh
#
# device-node - load a library from a disk, through a device node that is on the verified volume
#
# SPDX-License-Identifier: MIT

dd if=/tmp/evil.so of=/dev/vde conv=notrunc,fsync
LD_PRELOAD=/attack/node /attack/dynamic
