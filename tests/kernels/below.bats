#!/usr/bin/env bats
#
# below.bats - what images of the generators leave below the real root, where hole 1 was
#
# On the bottom of the mount namespace is the rootfs up to Linux 6.19. Since 7.0 it is an empty nullfs on
# which the rootfs lies: there it stays after switch_root, and systemd unmounts it after pivot_root. Needs
# root.
#
# SPDX-License-Identifier: MIT

load ../generators/lib
load ../attack/lib

setup_file() {
	cases_begin
	vm_at "$VM_DIR/real"
	vm_add_attack hidden
	vm_step below <<-'END'
		/attack/hidden detach /vm/bin/hello
	END
	mkfs.ext4 -q -F -d "$VM_DIR/real" "$VM_DIR/real.img" 24M
	cases_host
	host_initramfs_tools_conf
	host_dracut host shell.img --omit "systemd systemd-initrd dracut-systemd"
	host_dracut host systemd.img --add systemd
	host_mkinitramfs host initramfs-tools.img
	boot_image shell shell.img --firmware none
	boot_image systemd systemd.img --firmware none
	boot_image initramfs-tools initramfs-tools.img --firmware none
}

# assert_rootfs: the rootfs is there, and takes a program, which runs.
assert_rootfs() {
	assert_ended off
	step below
	assert_success
	# ramfs, since there is root= on the command line
	assert_line --partial 'at the bottom is a file system of type 0x858458f6'
}

@test "dracut, shell: the rootfs is below the real root" {
	vm_use shell
	assert_rootfs
}

@test "initramfs-tools: the rootfs is below the real root" {
	vm_use initramfs-tools
	assert_rootfs
}

@test "dracut, systemd: the rootfs is below the real root, and since 7.0 it is gone" {
	vm_use systemd
	if vm_since 7.0; then
		assert_ended off
		step below
		assert_failure 3
		assert_line --partial 'at the bottom is a file system of type 0x4e554c4c'
		assert_stderr --partial '/evil: No such file or directory'
	else
		assert_rootfs
	fi
}
