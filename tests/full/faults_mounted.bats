#!/usr/bin/env bats
#
# faults_mounted.bats - every system call of ipe-load fails once, where securityfs is mounted
#
# One boot, some minutes. See faults.bats.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

setup_file() {
	fault_tree mounted
	fault_directories
	local argument=(/usr/sbin/ipe-load -r /site.p7b)
	# shellcheck disable=SC2034 # fault_step reads it
	FAULT_BEFORE=mount_all
	fault_step argument -i -- "${argument[@]}" -- /vm/bin/hello
	fault_step optional -3 -i -- /usr/sbin/ipe-load /site.p7b -- /vm/bin/hello
	fault_step embedded -- /usr/sbin/ipe-embedded
	fault_step directories -- /usr/sbin/ipe-load -i -r
	fault_step init -1 -- /usr/sbin/ipe-embedded
	fault_step init-directories -3 -1 -- /usr/sbin/ipe-load
	fault_step update -o /older.p7b -- "${argument[@]}"
	fault_step exclusive -x -- "${argument[@]}" -x
	# The last step has deleted "other": from here on its version is higher than that of "site".
	# shellcheck disable=SC2016,SC2034 # the guest expands it
	FAULT_BEFORE='cat /higher.p7b >$ipe/new_policy'
	fault_step in-the-way -u -i -- "${argument[@]}" -- /vm/bin/hello
	vm_boot --timeout 1300
}

@test "the machine ran all steps" {
	assert_ended off
}

@test "every system call fails once, and never does it look like success: with a policy as an argument and an INIT" {
	fault_passed argument
	fault_passed optional
}

@test "every system call fails once, and never does it look like success: with an embedded policy" {
	fault_passed embedded
}

@test "every system call fails once, and never does it look like success: with policies in directories" {
	fault_passed directories
}

@test "every system call fails once, and never does it look like success: as process 1 in the initramfs" {
	fault_passed init
	fault_passed init-directories
}

@test "every system call fails once, and never does it look like success: an update, -x" {
	fault_passed update
	fault_passed exclusive
}

@test "no failing system call makes ipe-load succeed with another policy's higher version in the way" {
	fault_passed in-the-way
}
