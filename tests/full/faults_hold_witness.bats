#!/usr/bin/env bats
#
# faults_hold_witness.bats - the hand-over with a process beside it that can undo the seal, and the
# hand-over killed after each of its system calls
#
# One boot, some minutes. See faults.bats.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

setup_file() {
	fault_tree hold-witness
	fault_hand_over_tree 3000
	# shellcheck disable=SC2034 # fault_step reads it
	FAULT_BEFORE=final
	local hand_over=(-1 -x -s -c /mnt/final)
	# Not ENOENT and ESRCH, which say that a process has ended.
	fault_step witness -w -f keys -e 1,4,5,12,13,24,38 "${hand_over[@]}" -- /usr/sbin/ipe-load
	fault_step killed -k "${hand_over[@]}" -- /usr/sbin/ipe-load
	vm_boot --timeout 1300
}

@test "the machine ran all steps" {
	assert_ended off
}

@test "a process that can undo the seal is noticed, whichever system call fails" {
	fault_passed witness
}

@test "the hand-over, killed after each system call and run again, ends with the policy active" {
	fault_passed killed
}
