# shellcheck shell=sh disable=SC2154
#
# interpreter - put a program in the place of the loader that a verified program asks for
#
# SPDX-License-Identifier: MIT

mount --bind "$evil" /lib64/ld-linux-x86-64.so.2
/attack/dynamic
umount /lib64/ld-linux-x86-64.so.2
