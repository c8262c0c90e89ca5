#!/usr/bin/env bats
#
# faults_hold.bats - every system call of the seal and of the hand-over fails once
#
# One boot, some minutes.  See faults.bats.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

setup_file() {
	fault_tree hold
	fault_hand_over_tree 2400
	local argument=(/usr/sbin/ipe-load -r /site.p7b)
	# The seal's calls only: what comes before is as without -s.  EPERM, ENOENT, EINTR, EIO, EMFILE.
	local five=1,2,4,5,24
	fault_step seal -i -s -f /proc -e $five -- "${argument[@]}" -s -- /vm/bin/hello
	fault_step seal-dm -i -s -d -f /proc -e 1,4,5 -- "${argument[@]}" -s -d -- /vm/bin/hello
	# shellcheck disable=SC2034 # fault_step reads it
	FAULT_BEFORE=final
	fault_step hand-over -e $five -1 -x -s -c /mnt/final -- /usr/sbin/ipe-load
	# Not ENOENT, which says that a process has ended.
	fault_step witness -w -f keys -e 4,5,12,24 -1 -x -s -c /mnt/final -- /usr/sbin/ipe-load
	fault_step killed-hand-over -k -1 -x -s -c /mnt/final -- /usr/sbin/ipe-load
	vm_boot --cpus 2 --timeout 1300
}

@test "the machine ran all steps" {
	assert_ended off
}

@test "every system call of the seal fails once, and never does INIT start unsealed" {
	fault_passed seal
	fault_passed seal-dm
}

@test "every system call of the hand-over fails once, and never does it look like success" {
	fault_passed hand-over
}

@test "a process that can undo the seal is noticed, whichever system call fails" {
	fault_passed witness
}

@test "the hand-over, killed after each system call and run again, ends with the policy active" {
	fault_passed killed-hand-over
}
