#!/usr/bin/env bats
#
# status.bats - what ipe-status says on the real kernel
#
# Two boots: one with IPE, in which policies come one after the other, and one without.
#
# SPDX-License-Identifier: MIT

load lib

# add NAME VERSION [LINE]...: a signed policy as /NAME-VERSION.p7b in the tree.
add() {
	local out=$VM_DIR/$1-$2
	printf 'policy_name=%s policy_version=%s\nDEFAULT action=ALLOW\n' "$1" "$2" >"$out.pol"
	(($# == 2)) || printf '%s\n' "${@:3}" >>"$out.pol"
	sign_policy "$out.pol" "$out.p7b" && vm_add_file "$out.p7b" "/$1-$2.p7b"
}

setup_file() {
	make -s -C "$VM_TOP" BUILD="$BUILD" all
	mkdir -p "$VM_DIR"
	vm_tree with
	vm_add_driver
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	ln -s ipe-load "$TREE/usr/sbin/ipe-status"
	add first 1.0.0
	add second 1.65535.3 'DEFAULT op=KEXEC_IMAGE action=DENY'
	add $'odd\033' 1.0.0

	vm_step nothing <<<ipe-status
	vm_step mounts <<-'END'
		mount_once proc /proc
		cat /proc/mounts
	END
	vm_step as-nobody-unmounted <<<'start-stop-daemon -S -c nobody -x /usr/sbin/ipe-status'
	vm_step loaded <<-'END'
		mount_all
		cat /first-1.0.0.p7b >$ipe/new_policy || exit 9
		umount /sys/kernel/security
		ipe-status
	END
	vm_step active <<<'ipe-load -q /second-1.65535.3.p7b && ipe-status'
	vm_step quiet <<<'ipe-status -q'
	vm_step odd <<-END
		mount_all
		cat /odd*.p7b >\$ipe/new_policy && ipe-status
	END
	vm_step full <<<'ipe-status >/dev/full'
	vm_step full-quiet <<<'ipe-status -q >/dev/full'
	vm_step as-nobody <<<'start-stop-daemon -S -c nobody -x /usr/sbin/ipe-status'
	vm_step no-capability <<<'drop mac_admin -- ipe-status'
	vm_step permissive <<-'END'
		echo 0 >$ipe/enforce && ipe-status
	END
	vm_step many <<-'END'
		# more than the buffer for one read of the directory holds
		echo 1 >$ipe/enforce || exit
		for policy in /many/*; do
			cat $policy >$ipe/new_policy || exit 9
		done
		ipe-status
	END
	local number name
	for number in {1..12}; do
		name=$(printf '%0250d' "$number")
		printf 'policy_name=%s policy_version=1.0.0\nDEFAULT action=ALLOW\n' "$name" \
			>"$VM_DIR/many.pol"
		sign_policy "$VM_DIR/many.pol" "$VM_DIR/many.p7b"
		vm_add_file "$VM_DIR/many.p7b" "/many/$number.p7b"
	done
	vm_add_text /etc/passwd <<<'nobody:x:65534:65534::/:/bin/sh'
	vm_add_text /etc/group <<<'nogroup:x:65534:'
	vm_boot

	vm_copy_tree with without
	rm "$TREE"/vm/steps/*
	vm_step status <<<ipe-status
	vm_step quiet <<<'ipe-status -q'
	vm_boot --firmware none --lsm landlock,lockdown
}

setup() {
	vm_use with
}

@test "no policy is status 1, and securityfs need not be mounted" {
	step nothing
	assert_failure 1
	assert_output 'enforce  yes
loaded   none'
	assert_stderr ''
	step mounts
	refute_output --partial securityfs
}

@test "a policy that is only loaded is status 1" {
	step loaded
	assert_failure 1
	assert_output 'enforce  yes
loaded   first 1.0.0'
}

@test "a policy that is active and enforced is status 0" {
	step active
	assert_success
	assert_line --index 0 'enforce  yes'
	assert_line 'active   second 1.65535.3'
	assert_line 'loaded   first 1.0.0'
	assert_equal "${#lines[@]}" 3
	assert_stderr ''
	step no-capability
	assert_success
}

@test "-q only has a status" {
	step quiet
	assert_success
	assert_output ''
	step full-quiet
	assert_success
}

@test "a name cannot drive the terminal" {
	step odd
	assert_success
	assert_line 'loaded   odd\x1b 1.0.0'
}

@test "output that cannot be written is a failure" {
	step full
	assert_failure 1
	assert_stderr 'ipe-status: standard output: cannot be written'
}

@test "who may not look is told so" {
	step as-nobody
	assert_failure 1
	assert_output ''
	assert_stderr 'ipe-status: enforce: only root can read it: permission denied'
	step as-nobody-unmounted
	assert_failure 1
	assert_stderr 'ipe-status: securityfs: not mounted, and mounting needs CAP_SYS_ADMIN'
}

@test "an active policy that is not enforced is status 1" {
	step permissive
	assert_failure 1
	assert_line --index 0 'enforce  no'
	assert_line 'active   second 1.65535.3'
}

@test "many policies with long names are all there" {
	step many
	assert_success
	assert_equal "${#lines[@]}" 16
	for number in {1..12}; do
		assert_line "loaded   $(printf '%0250d' "$number") 1.0.0"
	done
}

@test "a kernel without IPE is status 3, and why is said" {
	vm_use without
	step status
	assert_failure 3
	assert_output ''
	assert_stderr --partial 'ipe-status: IPE: ipe is not in lsm='
	step quiet
	assert_failure 3
	assert_output ''
	assert_stderr ''
}
