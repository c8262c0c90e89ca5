#!/usr/bin/env bats
#
# secureboot.bats - the whole chain, from the firmware's keys to the sealed real root, and each link
# broken once
#
# UEFI Secure Boot is enforced with keys of our own; nothing is typed, and nothing is passed to the
# kernel but what is in the signed image.
#
# SPDX-License-Identifier: MIT

load lib
load secureboot

bats_require_minimum_version 1.5.0

setup_file() {
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR"
	make -s -C "$VM_TOP" BUILD="$BUILD" all >/dev/null
	chain_root
	vm_step reached <<<'echo this is the real root'
	vm_step variables <<-'END'
		mount_all
		mount -t efivarfs none /sys/firmware/efi/efivars
		cd /sys/firmware/efi/efivars
		for name in SecureBoot SetupMode; do
			# Behind four bytes of attributes.
			echo "$name $(tail -c 1 $name-* | od -A n -t u1)"
		done
	END
	vm_step keys <<<'dmesg | grep -A 1 "integrity: Loading X.509 certificate: UEFI:db"'
	vm_step lockdown <<<'cat /sys/kernel/security/lockdown'
	vm_step status <<-'END'
		ipe-status
		ls $ipe/policies
	END
	vm_step sealed <<-'END'
		grep CapBnd /proc/1/status
		echo 0 >$ipe/enforce
	END
	vm_step verified <<<'/vm/bin/hello'
	vm_step unverified <<-'END'
		cp /vm/bin/hello /tmp/hello
		/tmp/hello
	END
	vm_step arguments <<<'cat /proc/cmdline /vm/tmp/args'
	chain_cases
	local name
	for name in good image-byte image-key policy-key root-program root-policy root-signature; do
		chain_boot "$name" "$VM_DIR/$name.disk"
	done
}

# ---- as it should be

@test "the signed image starts and the machine gets to the real root" {
	vm_use good
	assert_ended off
	step reached
	assert_output 'this is the real root'
	console
	assert_line 'EFI stub: UEFI Secure Boot is enabled.'
}

@test "UEFI Secure Boot is enforced, with the owner's keys" {
	vm_use good
	step variables
	assert_line --regexp '^SecureBoot +1$'
	assert_line --regexp '^SetupMode +0$'
}

@test "the kernel trusts the owner's key because the firmware's db has it" {
	vm_use good
	step keys
	assert_line --partial "Loaded X.509 cert 'The owner's machine key:"
}

@test "the kernel is locked down, as Debian does it under Secure Boot" {
	vm_use good
	step lockdown
	assert_output 'none [integrity] confidentiality'
}

@test "the initramfs's policy is active before its /init, the real root's before its init" {
	vm_use good
	run -0 grep -o '^ipe-load: .*\|^init: .*\|^--- step reached$' "$VM_DIR/good/console"
	assert_output - <<-'END'
		ipe-load: policy initrd 1.0.0 is active and enforced
		init: this is /init of the initramfs
		init: switching to the real root, /usr/sbin/ipe-load
		ipe-load: policy final 2.0.0 is active and enforced
		--- step reached
	END
}

@test "in the real root the final policy is the only one, active and enforced" {
	vm_use good
	step status
	assert_success
	assert_output --regexp '^enforce +yes
active +final 2\.0\.0
final$'
}

@test "the real root is sealed: nobody can switch IPE off" {
	vm_use good
	step sealed
	assert_failure
	assert_stderr --partial 'Operation not permitted'
	assert_line --regexp '^CapBnd:\s+000001fdffffffff$'
}

@test "a program of the verified root runs, its copy in a tmpfs does not" {
	vm_use good
	step verified
	assert_success
	assert_output hello
	step unverified
	assert_failure 126
	refute_output --partial hello
	assert_stderr --partial 'Permission denied'
}

@test "the kernel's command line is that of the image, and nothing more" {
	vm_use good
	step arguments
	assert_output "$(chain_command_line)"
}

# ---- changed

# stops NAME HOW: the machine ended so, without its real root's init, or that of the initramfs where
# its policy was not active.
stops() {
	vm_use "$1"
	assert_ended "$2"
	refute step_ran reached
	console
	refute_line --partial 'step reached'
	refute_line --partial 'policy final'
}

# refused_by_firmware NAME: not one instruction of the image ran.
refused_by_firmware() {
	stops "$1" until
	assert_line --regexp '^BdsDxe: failed to load Boot0001 .*: Access Denied$'
	assert_line --partial "$NOTHING_TO_START"
	refute_line --partial 'EFI stub'
	refute_line --partial 'Linux version'
}

@test "the firmware does not start an image with one byte changed" {
	refused_by_firmware image-byte
}

@test "the firmware does not start an image that somebody else signed" {
	refused_by_firmware image-key
}

@test "somebody else's policy in an image of the owner: ipe-load says so, and /init never starts" {
	stops policy-key panic
	assert_line --partial 'ipe-load: /etc/ipe/initrd/initrd.p7b: the kernel trusts no key that signed it'
	assert_line --partial 'Kernel panic - not syncing: Attempted to kill init!'
	refute_line --partial 'init: this is /init'
}

@test "with one byte of the real root's ipe-load changed dm-verity names the block, and it does not run" {
	stops root-program panic
	assert_line --partial 'ipe-load: policy initrd 1.0.0 is active and enforced'
	assert_line --regexp "device-mapper: verity: [0-9:]+: data block $(root_block /usr/sbin/ipe-load) is corrupted"
	assert_line --partial 'Kernel panic - not syncing: Attempted to kill init!'
}

@test "with one byte of the real root's policy changed ipe-load says that it cannot be read" {
	stops root-policy panic
	assert_line --regexp "device-mapper: verity: [0-9:]+: data block $(root_block /usr/lib/ipe/final/final.p7b) is corrupted"
	assert_line --partial 'ipe-load: /usr/lib/ipe/final/final.p7b: cannot be read: input/output error'
}

@test "a root hash that somebody else signed: the kernel has no such key, and the root is not opened" {
	stops root-signature panic
	assert_line --partial 'ipe-load: policy initrd 1.0.0 is active and enforced'
	assert_line --partial 'verity: Root hash verification failed (-ENOKEY)'
	assert_line --partial "init: the root's dm-verity volume cannot be opened; stopped"
	refute_line --partial 'init: switching to the real root'
}
