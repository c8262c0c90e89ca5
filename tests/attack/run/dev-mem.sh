# shellcheck shell=sh
#
# dev-mem - write to the kernel through /dev/mem
#
# SPDX-License-Identifier: MIT

dd if=/dev/zero of=/dev/mem bs=1 count=1 seek=16777216 conv=notrunc && /attack/mark set
