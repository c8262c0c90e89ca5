#!/usr/bin/env bats
#
# faults.bats - every system call of ipe-load fails once, with each error that it can return
#
# One boot, some minutes, securityfs not mounted. What must hold after each run is in faults.c
# (judge): status 0 only if the policy is active, else 1, one line that names the step, and no INIT.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

setup_file() {
	fault_tree faults
	fault_directories
	local argument=(/usr/sbin/ipe-load -r /site.p7b)
	fault_step argument -i -- "${argument[@]}" -- /vm/bin/hello
	fault_step optional -3 -i -- /usr/sbin/ipe-load /site.p7b -- /vm/bin/hello
	fault_step descriptor -0 -i -- "${argument[@]}" -- /vm/bin/hello
	fault_step embedded -- /usr/sbin/ipe-embedded
	fault_step directories -- /usr/sbin/ipe-load -i -r
	fault_step directories-optional -3 -i -- /usr/sbin/ipe-load -i -- /vm/bin/hello
	fault_step init -1 -- /usr/sbin/ipe-embedded
	fault_step init-directories -3 -1 -- /usr/sbin/ipe-load
	fault_step update -o /older.p7b -- "${argument[@]}"
	fault_step exclusive -x -- "${argument[@]}" -x
	fault_step name -- "${argument[@]}" /third.p7b -a site
	fault_step untrusted -u -i -- /usr/sbin/ipe-load -r /untrusted.p7b -- /vm/bin/hello
	fault_step different -u -o /different.p7b -i -- "${argument[@]}" -- /vm/bin/hello
	vm_boot --timeout 1300
}

@test "the machine ran all steps" {
	assert_ended off
}

@test "every system call fails once, and never does it look like success: with a policy as an argument and an INIT" {
	fault_passed argument
	fault_passed optional
	fault_passed descriptor
}

@test "every system call fails once, and never does it look like success: with an embedded policy" {
	fault_passed embedded
}

@test "every system call fails once, and never does it look like success: with policies in directories" {
	fault_passed directories
	fault_passed directories-optional
}

@test "every system call fails once, and never does it look like success: as process 1 in the initramfs" {
	fault_passed init
	fault_passed init-directories
}

@test "every system call fails once, and never does it look like success: an update, -x, -a" {
	fault_passed update
	fault_passed exclusive
	fault_passed name
}

@test "no failing system call makes ipe-load take a policy that it otherwise refuses" {
	fault_passed untrusted
	fault_passed different
}
