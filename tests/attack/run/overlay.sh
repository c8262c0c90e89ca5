# shellcheck shell=sh disable=SC2154
#
# overlay - change a verified program through an overlay
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/upper /tmp/work /tmp/over
mount -t overlay -o lowerdir=/attack,upperdir=/tmp/upper,workdir=/tmp/work none /tmp/over
cat "$evil" >/tmp/over/victim
/tmp/over/victim
umount /tmp/over
