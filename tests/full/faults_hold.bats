#!/usr/bin/env bats
#
# faults_hold.bats - every system call of the hand-over fails once
#
# One boot, some minutes. See faults.bats.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

setup_file() {
	fault_tree hold
	fault_hand_over_tree 3000
	# shellcheck disable=SC2034 # fault_step reads it
	FAULT_BEFORE=final
	fault_step hand-over -1 -x -s -c /mnt/final -- /usr/sbin/ipe-load
	vm_boot --timeout 1300
}

@test "the machine ran all steps" {
	assert_ended off
}

@test "every system call of the hand-over fails once, and never does it look like success" {
	fault_passed hand-over
}
