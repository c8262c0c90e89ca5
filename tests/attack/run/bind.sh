# shellcheck shell=sh disable=SC2154
#
# bind - mount a program over a verified one
#
# SPDX-License-Identifier: MIT

mount --bind "$evil" /attack/victim
/attack/victim
umount /attack/victim
