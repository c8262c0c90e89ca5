#!/usr/bin/env bats
#
# faults_seal.bats - every system call of the seal fails once, and INIT never starts unsealed
#
# One boot, some minutes. See faults.bats.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

setup_file() {
	fault_tree seal
	local argument=(/usr/sbin/ipe-load -r /site.p7b)
	# What comes before the seal's calls is as without -s.
	fault_step seal -i -s -f /proc -- "${argument[@]}" -s -- /vm/bin/hello
	fault_step seal-dm -i -s -d -f /proc -- "${argument[@]}" -s -d -- /vm/bin/hello
	fault_step init -1 -s -- /usr/sbin/ipe-embedded
	fault_step killed-seal -k -i -s -d -- "${argument[@]}" -s -d -- /vm/bin/hello
	# shellcheck disable=SC2034 # fault_step reads it
	FAULT_BEFORE=mount_all
	fault_step seal-dm-mounted -i -s -d -f /proc -- "${argument[@]}" -s -d -- /vm/bin/hello
	vm_boot --append rd.ipe.seal --timeout 1300
}

@test "the machine ran all steps" {
	assert_ended off
}

@test "every system call of the seal fails once, and never does INIT start unsealed" {
	fault_passed seal
	fault_passed seal-dm
	fault_passed seal-dm-mounted
}

@test "as process 1 in the initramfs with rd.ipe.seal" {
	fault_passed init
}

@test "killed after each system call and run again, INIT starts sealed" {
	fault_passed killed-seal
}
