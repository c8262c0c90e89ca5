#!/usr/bin/env bats
#
# testbed.bats - the test bed itself: what it says of a boot is what happened
#
# SPDX-License-Identifier: MIT

load lib

policy_text() {
	cat <<-'END'
		policy_name=bed policy_version=0.0.1
		DEFAULT action=ALLOW
		DEFAULT op=EXECUTE action=DENY
		op=EXECUTE boot_verified=TRUE action=ALLOW
		op=EXECUTE dmverity_signature=TRUE action=ALLOW
	END
}

setup_file() {
	mkdir -p "$VM_DIR/root"
	cp "$(vm_cc hello)" "$VM_DIR/root/hello"
	verity_image signed "$VM_DIR/root"
	verity_image plain "$VM_DIR/root"
	policy_text >"$VM_DIR/bed.pol"
	sign_policy "$VM_DIR/bed.pol" "$VM_DIR/bed.p7b"
	sign_policy_as untrusted "$VM_DIR/bed.pol" "$VM_DIR/untrusted.p7b"

	vm_tree bed
	vm_add_driver
	vm_add_verity signed plain
	vm_add_file "$VM_DIR/bed.p7b" /bed.p7b
	vm_add_file "$VM_DIR/untrusted.p7b" /untrusted.p7b
	vm_step nothing-mounted <<-'END'
		ls /proc /sys
	END
	vm_step lsm <<-'END'
		mount_all
		cat /sys/kernel/security/lsm
	END
	vm_step bytes <<-'END'
		printf 'a\0b\r\n@vm end bytes 9\nno newline'
		echo aside >&2
		exit 7
	END
	vm_step verity <<-'END'
		verity_mount signed /dev/vda signed /mnt/signed &&
			verity_mount plain /dev/vdb plain /mnt/plain
	END
	vm_step before <<-'END'
		cp /vm/bin/hello /tmp/hello
		for d in /vm/bin /tmp /mnt/signed /mnt/plain; do $d/hello || exit; done
	END
	vm_step untrusted <<-'END'
		load_by_hand /untrusted.p7b bed
	END
	vm_step load <<-'END'
		load_by_hand /bed.p7b bed && cat $ipe/policies/bed/active
	END
	vm_step initramfs <<-'END'
		/vm/bin/hello
	END
	vm_step tmpfs <<-'END'
		/tmp/hello
	END
	vm_step verity-signed <<-'END'
		/mnt/signed/hello
	END
	vm_step verity-plain <<-'END'
		/mnt/plain/hello
	END
	vm_step audit <<-'END'
		dmesg | grep 'ipe_op=EXECUTE'
	END
	vm_step slow 1 <<-'END'
		echo before
		sleep 20
	END
	vm_step drop <<-'END'
		drop mac_admin -- sh -c 'echo 0 >/sys/kernel/security/ipe/enforce'
	END
	vm_step closed <<-'END'
		closefds show
		closefds 0 show
	END
	vm_boot --disk "$VM_DIR/images/signed.img" --disk "$VM_DIR/images/plain.img"
}

@test "the machine powers off after the last step" {
	assert_ended off
}

@test "nothing is mounted unless a step does it" {
	step nothing-mounted
	assert_success
	refute_line --regexp '^[^/]'
}

@test "the kernel has IPE among its LSMs" {
	step lsm
	assert_success
	assert_output --regexp '(^|,)ipe(,|$)'
}

@test "a step's output, errors and status arrive byte for byte" {
	step bytes
	assert_failure 7
	assert_stderr aside
	printf 'a\0b\r\n@vm end bytes 9\nno newline' | cmp - "$(step_file bytes out)"
}

@test "without a policy the program runs from everywhere" {
	step before
	assert_success
	assert_output "$(printf 'hello\nhello\nhello\nhello')"
}

@test "a policy that an unknown key signed is refused" {
	step untrusted
	assert_failure
	assert_stderr --partial 'Required key not available'
}

@test "a policy that the test key signed loads with the plain shell line" {
	step load
	assert_success
	assert_output 1
}

@test "with it a program of the initramfs runs" {
	step initramfs
	assert_success
	assert_output hello
}

@test "with it a program in tmpfs is denied with EACCES" {
	step tmpfs
	assert_failure 126
	refute_output --partial hello
	assert_stderr --partial 'Permission denied'
}

@test "with it a program on signed dm-verity runs" {
	step verity-signed
	assert_success
	assert_output hello
}

@test "with it the same program on plain dm-verity is denied" {
	step verity-plain
	assert_failure 126
	refute_output --partial hello
	assert_stderr --partial 'Permission denied'
}

@test "each denial is in the kernel's log" {
	step audit
	assert_success
	assert_line --partial 'path="/tmp/hello"'
	assert_line --partial 'path="/mnt/plain/hello"'
}

@test "a step that takes too long is ended and does not take the others with it" {
	step slow
	assert_failure 143
	assert_output before
}

@test "drop takes a capability away" {
	step drop
	assert_failure
	assert_stderr --regexp 'Operation not permitted|Permission denied'
}

@test "closefds closes what it is told to" {
	step closed
	assert_output --partial fd=1
	refute_output --partial fd=0
}

@test "a panic is reported as a panic" {
	vm_tree panic
	vm_add_driver
	vm_then <<<'exit 3'
	vm_boot --firmware none
	assert_ended panic
	console
	assert_output --partial 'Attempted to kill init! exitcode=0x00000300'
}

@test "a restart is reported as a restart" {
	vm_tree restart
	vm_add_driver
	vm_then <<<'reboot -f'
	vm_boot --firmware none
	assert_ended restart
}

@test "a machine that does not end is reported as timed out" {
	vm_tree timeout
	vm_add_driver
	vm_step last <<<'echo last'
	vm_then <<<'while :; do sleep 1; done'
	vm_boot --firmware none --timeout 10
	assert_ended timeout
	step last
	assert_success
}
