# shellcheck shell=sh disable=SC2154
#
# kprobe - put a kprobe onto IPE's decision
#
# SPDX-License-Identifier: MIT

mkdir -p /tmp/tracing
mount -t tracefs none /tmp/tracing
# shellcheck disable=SC2016 # the kernel reads it
echo 'r:attack ipe_bprm_check_security $retval' >/tmp/tracing/kprobe_events &&
	echo 1 >/tmp/tracing/events/kprobes/attack/enable && echo attached
"$evil"
echo 0 >/tmp/tracing/events/kprobes/attack/enable
echo >/tmp/tracing/kprobe_events
umount /tmp/tracing
