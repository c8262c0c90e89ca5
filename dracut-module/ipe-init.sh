#!/bin/sh
#
# ipe-init.sh - when init= names ipe-load, try it in the real root before it is entered
#
# dracut would start /sbin/init instead of one that is missing, and nothing would be sealed.
#
# SPDX-License-Identifier: MIT

# What dracut looks at before /sbin/init. The last is a list of words.
# shellcheck disable=SC2046
for ipe_init in "$(getarg real_init=)" "$(getarg init=)" $(getargs rd.distroinit=); do
	[ -n "$ipe_init" ] || continue
	/usr/sbin/ipe-load --try-root "$NEWROOT" "$ipe_init" ||
		die "the real root is not entered: init=$ipe_init does not run there"
done
unset ipe_init
