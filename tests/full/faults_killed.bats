#!/usr/bin/env bats
#
# faults_killed.bats - ipe-load is killed after each of its system calls, and two run at once
#
# One boot, some minutes. See faults.bats.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

setup_file() {
	fault_tree killed
	fault_directories
	local argument=(/usr/sbin/ipe-load -r /site.p7b) place
	# shellcheck disable=SC2034 # fault_step reads it
	for FAULT_BEFORE in : mount_all; do
		place=$([[ $FAULT_BEFORE == : ]] || echo -mounted)
		fault_step "killed-argument$place" -k -i -- "${argument[@]}" -- /vm/bin/hello
		fault_step "killed-embedded$place" -k -- /usr/sbin/ipe-embedded
		fault_step "killed-directories$place" -k -- /usr/sbin/ipe-load -i -r
		fault_step "killed-init$place" -k -1 -- /usr/sbin/ipe-embedded
		fault_step "killed-update$place" -k -o /older.p7b -- "${argument[@]}"
		fault_step "killed-exclusive$place" -k -x -- "${argument[@]}" -x
		fault_step "two$place" -2 50 -- "${argument[@]}"
		fault_step "two-updates$place" -2 50 -o /older.p7b -- "${argument[@]}"
		fault_step "two-exclusive$place" -2 50 -x -- "${argument[@]}" -x
	done
	vm_boot --cpus 2 --timeout 1300
}

@test "the machine ran all steps" {
	assert_ended off
}

# both NAME: fault_passed, with securityfs not mounted and mounted.
both() {
	fault_passed "$1"
	fault_passed "$1-mounted"
}

@test "killed after each system call and run again, it ends with the policy active" {
	both killed-argument
	both killed-embedded
	both killed-directories
	both killed-init
	both killed-update
	both killed-exclusive
}

# met EEXIST|ESTALE NAME: two at once succeeded, and in at least one of the fifty observed times one
# was so quick that the other met that error.
met() {
	local some='[1-9][0-9]*' eexist='[0-9]+' estale='[0-9]+'
	fault_passed "$2"
	if [[ $1 == EEXIST ]]; then
		eexist=$some
	else
		estale=$some
	fi
	assert_line --regexp " $eexist of the last 50 times one met EEXIST, $estale times ESTALE\$"
}

@test "two at once both succeed, a hundred times, also when one meets EEXIST since the other was quicker" {
	met EEXIST two
	met EEXIST two-mounted
}

@test "two that update at once both succeed, a hundred times, also when one meets ESTALE" {
	met ESTALE two-updates
	met ESTALE two-updates-mounted
}

@test "two at once that delete the others both succeed, a hundred times" {
	both two-exclusive
}
