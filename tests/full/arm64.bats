#!/usr/bin/env bats
#
# arm64.bats - the loader and the hold on aarch64: Debian's arm64 kernel under UEFI Secure Boot
#
# The tests of tests/vm run as they are, with everything that the guest runs built for aarch64 or
# taken from Debian's packages for it. What cannot pass there is listed below, and must not pass.
#
# SPDX-License-Identifier: MIT

export VM_ARCH=arm64
load ../vm/lib

setup_file() {
	bats_require_minimum_version 1.5.0
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR"
	# Twice the time: an emulated aarch64 is slower.
	export BOOT_TIMEOUT_FACTOR=2
}

# passes FILE [TEST]...: all tests of tests/vm/FILE.bats pass, but for those named.
passes() {
	local file=$1 log=$VM_DIR/$1.tap start=$SECONDS
	shift
	bats --formatter tap "$VM_TOP/tests/vm/$file.bats" >"$log" 2>&1 3>&- || :
	echo "# $file: $(grep -c '^ok ' "$log") passed, $(grep -c '^not ok ' "$log") cannot," \
		"in $((SECONDS - start)) s" >&3
	# Not one was left out or skipped.
	assert_equal "$(grep -c '^ok \|^not ok ' "$log")" "$(grep -c '^@test' "$VM_TOP/tests/vm/$file.bats")"
	run -1 grep '# skip' "$log"
	if ! assert_equal "$(sed -n 's/^not ok [0-9]* //p' "$log" | sort)" \
		"$( (($# == 0)) || printf '%s\n' "$@" | sort)"; then
		cat "$log"
		return 1
	fi
}

@test "aarch64: a kernel that the firmware's keys did not sign does not start" {
	vm_tree unsigned
	vm_add_driver
	vm_step reached <<<'echo reached'
	vm_boot --kernel "$(vm_fetched root)/boot/vmlinuz-$(vm_fetched release)" \
		--until 'BdsDxe: No bootable option'
	assert_ended until
	console
	refute_line --partial 'Linux version'
	refute step_ran reached
}

@test "aarch64: with the kernel signed UEFI Secure Boot is enforced" {
	vm_tree signed
	vm_add_driver
	vm_add_modules efivarfs
	vm_step machine <<-'END'
		mount_all
		mount -t efivarfs none /sys/firmware/efi/efivars
		for name in SecureBoot SetupMode; do
			echo "$name $(tail -c 1 /sys/firmware/efi/efivars/$name-* | od -A n -t u1)"
		done
		uname -m
		cat /sys/kernel/security/lockdown
	END
	vm_boot
	assert_ended off
	step machine
	assert_line --regexp '^SecureBoot +1$'
	assert_line --regexp '^SetupMode +0$'
	assert_line aarch64
	assert_line 'none [integrity] confidentiality'
}

@test "aarch64: the loader's tests" {
	passes load
}

@test "aarch64: the tests of process 1 in the initramfs" {
	passes init
}

@test "aarch64: the hold's tests" {
	# Both doors are of x86 alone: int 0x80 in a 64-bit program, and the x32 system calls.
	passes hold 'with -d no table is loaded by a 32-bit system call' \
		'with -d an x32 call meets the filter before it meets the kernel'
}
