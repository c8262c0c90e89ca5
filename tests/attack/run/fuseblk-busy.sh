# shellcheck shell=sh disable=SC2154
#
# fuseblk-busy - the same from the root's own volume, and from another that is mounted
#
# SPDX-License-Identifier: MIT

: >/tmp/served
for volume in mnt volume; do
	/attack/fuseblk "/dev/mapper/$volume" "$evil" /tmp/served && /tmp/served
done
