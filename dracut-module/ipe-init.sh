#!/bin/sh
#
# ipe-init.sh - stop the boot when init= names ipe-load and the real root does not have it
#
# Otherwise dracut would start /sbin/init instead, under the initramfs's policy and unsealed.
#
# SPDX-License-Identifier: MIT

for ipe_init in "$(getarg real_init=)" "$(getarg init=)"; do
	[ "${ipe_init##*/}" = ipe-load ] || continue
	ipe_path=$NEWROOT/$ipe_init
	# As dracut looks for it: an absolute link is one of the real root.
	if [ -h "$ipe_path" ]; then
		ipe_link=$(readlink "$ipe_path")
		[ "${ipe_link#/}" = "$ipe_link" ] || ipe_path=$NEWROOT/$ipe_link
	fi
	[ -x "$ipe_path" ] || die "init=$ipe_init: the real root has no such program"
done
unset ipe_init ipe_path ipe_link
