#!/usr/bin/env bats
#
# faults_quick.bats - system calls of ipe-load fail, and two run at once: the quick part
#
# All errors, all variants: tests/full/faults.bats.
#
# SPDX-License-Identifier: MIT

load lib
load ../full/lib

setup_file() {
	fault_tree faults
	local argument=(/usr/sbin/ipe-load -r /site.p7b)
	# EIO
	fault_step argument -i -e 5 -- "${argument[@]}" -- /vm/bin/hello
	fault_step init -1 -e 5 -- /usr/sbin/ipe-embedded
	fault_step killed -k -- "${argument[@]}"
	fault_step two -2 50 -- "${argument[@]}"
	vm_boot --cpus 2 --timeout 240
}

@test "whichever system call fails: status 0 only with the policy active, else one line and no INIT" {
	fault_passed argument
	fault_passed init
}

@test "killed after each system call and run again, it ends with the policy active" {
	fault_passed killed
}

@test "two at once both succeed, a hundred times, also when one finds that the other was quicker" {
	fault_passed two
	assert_line --regexp ' [1-9][0-9]* of the last 50 times one met EEXIST,'
}
