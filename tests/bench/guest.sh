# shellcheck shell=sh
#
# guest.sh - what the steps of the benchmark have in common; each sources it
#
# Needs /site.p7b (the policy "initrd"), /other.p7b (the policy "other"), and the programs under test.
#
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # ipe is tests/vm/guest/lib.sh's

new_policy=$ipe/new_policy
active=$ipe/policies/initrd/active

# prepare: mount all, with /proc and tracefs also in /bench, where run leaves them; load "other".
prepare() {
	mount_all
	# What the audit says is not for the slow console.
	dmesg -n 1
	mkdir -p /bench/proc /bench/trace
	mount -t proc proc /bench/proc
	mount -t tracefs tracefs /bench/trace
	load_by_hand /other.p7b other
}

# reset: as it was before "initrd" was loaded.
reset() {
	mount_once sysfs /sys && mount_once securityfs /sys/kernel/security || return
	echo 1 >"$ipe/policies/other/active" || return
	[ ! -e "$ipe/policies/initrd" ] || echo 1 >"$ipe/policies/initrd/delete"
}

# run SUBJECT WITH...: reset, then let "WITH... PROGRAM ARGUMENT..." run for one of the subjects. The
# policy must be active then.
run() {
	subject=$1
	shift
	reset || return
	case $subject in
	floor) "$@" /bench/bin/floor ;;
	embedded) "$@" /usr/sbin/ipe-embedded ;;
	file) "$@" /usr/sbin/ipe-load /site.p7b ;;
	unmounted)
		umount /sys/kernel/security && umount /sys || return
		"$@" /usr/sbin/ipe-embedded
		;;
	directory) "$@" /usr/sbin/ipe-load -i ;;
	ash) "$@" /bin/busybox sh -c "cat /site.p7b >$new_policy && echo 1 >$active" ;;
	dash) "$@" /bench/dash/sh -c "/bench/dash/cat /site.p7b >$new_policy && echo 1 >$active" ;;
	esac
	status=$?
	mount_once sysfs /sys && mount_once securityfs /sys/kernel/security || return
	is_active=$(cat "$active" 2>&1)
	[ "$status $is_active" = "0 1" ] && return
	echo "$subject: status $status, active $is_active" >&2
	return 1
}

# probe DEFINITION...: trace these kprobes (Documentation/trace/kprobetrace.rst), no others, with the
# time-stamp counter as the clock.
probe() {
	[ ! -e /bench/trace/events/kprobes ] || echo 0 >/bench/trace/events/kprobes/enable
	: >/bench/trace/kprobe_events
	for definition; do
		echo "$definition" >>/bench/trace/kprobe_events || return
	done
	echo x86-tsc >/bench/trace/trace_clock
	echo 1 >/bench/trace/events/kprobes/enable
}

# timed SUBJECT: run it, and print what clock and the probes say, one "NAME COUNTER" a line.
timed() {
	: >/bench/trace/trace
	run "$1" /bench/bin/clock 2>/vm/tmp/clock || {
		cat /vm/tmp/clock >&2
		return 1
	}
	grep '^start ' /vm/tmp/clock
	# "TASK-PID [CPU] FLAGS COUNTER: NAME: ..."
	sed -n 's/^.* \([0-9]*\): \([a-z_]*\): .*/\2 \1/p' /bench/trace/trace
}
