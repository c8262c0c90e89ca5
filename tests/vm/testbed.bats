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

# The keys that the kernel must know through the trusted one, and those that it must not take.
good_keys="leaf-rsa2048 leaf-rsa4096 leaf-p256 leaf-p384 leaf-p521 leaf-expired leaf-usage"
bad_keys="leaf-noext leaf-pss untrusted untrusted-leaf"

setup_file() {
	local key

	# The tree of a real root, with steps of its own.
	vm_tree root
	vm_add_driver
	vm_add_file "$(vm_cc hello)" /hello
	vm_step root-hello <<-'END'
		/vm/bin/hello
	END
	vm_step root-tmpfs <<-'END'
		cp /vm/bin/hello /vm/tmp/hello && /vm/tmp/hello
	END
	vm_step root-read-only <<-'END'
		echo changed >/hello
	END
	verity_image signed "$TREE"
	verity_image plain "$TREE"
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
	vm_step lockdown-default <<-'END'
		cat /sys/kernel/security/lockdown
	END
	for key in $good_keys $bad_keys; do
		policy_text | sed "s/=bed /=$key /" >"$VM_DIR/$key.pol"
		sign_policy_as "$key" "$VM_DIR/$key.pol" "$VM_DIR/$key.p7b"
		vm_add_file "$VM_DIR/$key.p7b" "/keys/$key.p7b"
	done
	vm_step keys <<-'END'
		for file in /keys/*; do
			name=${file##*/}
			echo "${name%.p7b}: $(cat $file 2>&1 >$ipe/new_policy)"
		done
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

	vm_tree stages
	vm_add_driver
	vm_add_verity signed
	vm_add_file "$VM_DIR/bed.p7b" /bed.p7b
	vm_step started <<-'END'
		cat /vm/tmp/show
	END
	vm_step arguments <<-'END'
		cat /vm/tmp/args
	END
	vm_step lockdown <<-'END'
		mount_all
		cat /sys/kernel/security/lockdown
	END
	vm_step root <<-'END'
		load_by_hand /bed.p7b bed && verity_mount signed /dev/vda signed /mnt
	END
	vm_then <<-'END'
		mount --move /dev /mnt/dev
		exec switch_root /mnt /init
	END
	vm_boot --firmware nolockdown --append "rdinit=/vm/bin/show foo=bar one" \
		--disk "$VM_DIR/images/signed.img"
}

setup() {
	vm_use bed
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

@test "policies signed below the trusted key load, others do not" {
	step keys
	assert_success
	for key in $good_keys; do
		assert_line "$key: "
	done
	for key in $bad_keys; do
		assert_line --regexp "^$key: .+"
	done
	assert_line --partial 'untrusted: cat: write error: Required key not available'
	assert_line --partial 'leaf-noext: cat: write error: Required key not available'
	assert_line --partial 'leaf-pss: cat: write error: Package not installed'
}

@test "with the default firmware the kernel is locked down, without a platform key it is not" {
	step lockdown-default
	assert_output 'none [integrity] confidentiality'
	vm_use stages
	step lockdown
	assert_output '[none] integrity confidentiality'
}

@test "show says what process 1 was started with" {
	vm_use stages
	step started
	assert_line pid=1
	assert_line arg=/vm/bin/show
	assert_line arg=one
	assert_line env=foo=bar
	assert_line fd=2
	refute_line fd=3
	step arguments
	assert_output one
}

@test "a second stage in a read-only root reports its steps too" {
	vm_use stages
	assert_ended off
	step root-hello
	assert_success
	assert_output hello
	step root-tmpfs
	assert_failure 126
	step root-read-only
	assert_failure
	assert_stderr --partial 'Read-only file system'
}

@test "the same tree gives the same bytes" {
	cp -a "$VM_DIR/root/tree" "$BATS_TEST_TMPDIR/root"
	touch "$BATS_TEST_TMPDIR/root/hello"
	"$VM_HERE/pack" "$VM_DIR/root/tree" "$BATS_TEST_TMPDIR/1"
	"$VM_HERE/pack" "$BATS_TEST_TMPDIR/root" "$BATS_TEST_TMPDIR/2"
	cmp "$BATS_TEST_TMPDIR/1" "$BATS_TEST_TMPDIR/2"
}

@test "a step that never ran fails the test that asks for it" {
	run step nowhere
	assert_failure
	assert_output --partial 'step nowhere did not end'
	refute step_ran nowhere
	step_ran load
}

@test "what cannot be booted does not count as a boot" {
	run "$VM_HERE/boot" "$BATS_TEST_TMPDIR/none"
	assert_failure 1
	run "$VM_HERE/boot" --qemu -no-such-option "$VM_DIR/root/tree"
	assert_failure 1
	run "$VM_HERE/boot"
	assert_failure 2
	run "$VM_HERE/boot" --firmware odd "$VM_DIR/root/tree"
	assert_failure 2
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

@test "a machine that the emulator lost at a breakpoint is booted again, once" {
	vm_tree breakpoint
	vm_add_driver
	vm_then <<-'EOF'
		echo 'Oops: int3: 0000' >/dev/kmsg
		exit 3
	EOF
	vm_boot --firmware none
	# the second, which is no better, counts
	assert_ended panic
	assert_file_exists "$VM_DIR/breakpoint/console.int3"
	console
	assert_output --partial 'Oops: int3: 0000'
	# no other panic is tried again
	assert_file_not_exists "$VM_DIR/panic/console.int3"
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
	BOOT_TIMEOUT_FACTOR=2 vm_boot --firmware none --timeout 30
	assert_ended timeout
	step last
	assert_success
}
