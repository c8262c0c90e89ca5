#!/bin/sh
#
# ipe-load.sh - put the policies in force, or stop the boot (dracut's first cmdline hook)
#
# SPDX-License-Identifier: MIT

# dracut also takes parameters from /etc/cmdline.d, where its kernel_cmdline= goes.
if getargbool 0 rd.ipe.required; then
	/usr/sbin/ipe-load -i -r
else
	/usr/sbin/ipe-load -i
fi
case $? in
0 | 3) ;;
*) die "no IPE policy is in force: ipe-load said why" ;;
esac
