#!/usr/bin/env bats
#
# example.bats - the least that every kernel with IPE must do: the example policy loads and holds
#
# SPDX-License-Identifier: MIT

load ../vm/lib

setup_file() {
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR"
	make -s -C "$VM_TOP" BUILD="$BUILD" all >/dev/null
	sign_policy "$VM_TOP/applet/examples/initrd.pol" "$VM_DIR/initrd.p7b"
	vm_tree example
	vm_add_driver
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$VM_DIR/initrd.p7b" /etc/ipe/initrd/initrd.p7b
	vm_step release <<<'uname -r'
	vm_step before <<-'END'
		mount_all
		cp /vm/bin/hello /tmp
		/tmp/hello
	END
	vm_step load <<<'ipe-load -i'
	vm_step initramfs <<<'hello'
	vm_step tmpfs <<<'/tmp/hello'
	vm_step status <<-'END'
		ln -s ipe-load /usr/sbin/ipe-status
		ipe-status
	END
	vm_boot
}

@test "the kernel is the one that was asked for" {
	assert_ended off
	step release
	assert_output "$(vm_fetched release)"
}

@test "the example policy loads" {
	step load
	assert_success
	step status
	assert_success
}

@test "a program of the initramfs runs, its copy in tmpfs does not" {
	step before
	assert_success
	step initramfs
	assert_success
	step tmpfs
	assert_failure 126
	assert_stderr --partial 'Permission denied'
}
