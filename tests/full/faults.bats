#!/usr/bin/env bats
#
# faults.bats - every system call of ipe-load fails once, with each error
#
# One boot, some minutes.  What must hold after each run is in faults.c (judge): status 0 only if the
# policy is active, else 1, one line that says why, and no INIT.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

setup_file() {
	fault_tree faults
	mkdir -p "$TREE/etc/ipe/initrd" "$TREE/usr/lib/ipe/initrd"
	cp "$TREE/site.p7b" "$TREE/usr/lib/ipe/initrd"
	# A mask costs calls too.
	ln -s /dev/null "$TREE/etc/ipe/initrd/a.p7b"

	# With fewer errors: EPERM, ENOENT, EINTR, EIO, ENOMEM, EACCES, EMFILE, ENOSPC, ENOSYS.
	local nine=1,2,4,5,12,13,24,28,38 argument=(/usr/sbin/ipe-load -r /site.p7b)
	fault_step argument-unmounted -i -- "${argument[@]}" -- /vm/bin/hello
	fault_step embedded-unmounted -- /usr/sbin/ipe-embedded
	fault_step directories-unmounted -e $nine -- /usr/sbin/ipe-load -i -r
	fault_step init-unmounted -e $nine -1 -- /usr/sbin/ipe-embedded
	fault_step update -e $nine -o /older.p7b -- "${argument[@]}"
	fault_step exclusive -e $nine -x -- "${argument[@]}" -x
	fault_step name -e $nine -- "${argument[@]}" -a site
	fault_step killed-argument -k -- "${argument[@]}"
	fault_step killed-init -k -1 -- /usr/sbin/ipe-embedded
	fault_step killed-update -k -o /older.p7b -- "${argument[@]}"
	fault_step killed-exclusive -k -x -- "${argument[@]}" -x
	fault_step two -2 50 -- "${argument[@]}"
	fault_step two-updates -2 50 -o /older.p7b -- "${argument[@]}"
	# shellcheck disable=SC2034 # fault_step reads it
	FAULT_BEFORE=mount_all
	fault_step argument-mounted -e $nine -i -- "${argument[@]}" -- /vm/bin/hello
	fault_step embedded-mounted -e $nine -- /usr/sbin/ipe-embedded
	fault_step directories-mounted -e $nine -- /usr/sbin/ipe-load -i -r
	fault_step init-mounted -e $nine -1 -- /usr/sbin/ipe-embedded
	vm_boot --cpus 2 --timeout 1300
}

@test "the machine ran all steps" {
	assert_ended off
}

@test "every system call fails once, and never does it look like success: with a policy as an argument and an INIT" {
	fault_passed argument-unmounted
	fault_passed argument-mounted
}

@test "every system call fails once, and never does it look like success: with an embedded policy" {
	fault_passed embedded-unmounted
	fault_passed embedded-mounted
}

@test "every system call fails once, and never does it look like success: with policies in directories" {
	fault_passed directories-unmounted
	fault_passed directories-mounted
}

@test "every system call fails once, and never does it look like success: as process 1 in the initramfs" {
	fault_passed init-unmounted
	fault_passed init-mounted
}

@test "every system call fails once, and never does it look like success: an update, -x, -a" {
	fault_passed update
	fault_passed exclusive
	fault_passed name
}

@test "killed after each system call and run again, it ends with the policy active" {
	fault_passed killed-argument
	fault_passed killed-init
	fault_passed killed-update
	fault_passed killed-exclusive
}

@test "two at once both succeed, a hundred times, also when one finds that the other was quicker" {
	fault_passed two
	assert_line --regexp ' [1-9][0-9]* of the last 50 times one met EEXIST$'
	fault_passed two-updates
}
