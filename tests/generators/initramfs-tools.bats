#!/usr/bin/env bats
#
# initramfs-tools.bats - Debian 12's initramfs-tools, or with SUITE=sid the newest
#
# SPDX-License-Identifier: MIT

load lib

# build IMAGE [by-name]
build() {
	host_initramfs_tools_conf "${2:-}"
	host_mkinitramfs host "$1"
}

setup_file() {
	local name
	cases_begin
	cases_host
	cases_build install-initramfs-tools
	host_policy host "$VM_DIR/policies/broken.p7b"
	echo IPE_NEWER_KERNEL=y >>"$VM_DIR/hosts/host/upper/etc/initramfs-tools/conf.d/newer"
	try newer host_mkinitramfs host newer.img
	rm "$VM_DIR/hosts/host/upper/etc/initramfs-tools/conf.d/newer"
	image_unpack newer.img
	host_policy host "$VM_DIR/policies/gen.p7b"
	cases_probe /scripts/init-premount/probe

	boot_image good good.img --append "$TRACE"
	boot_image rdinit good.img --append "rdinit=/usr/sbin/ipe-load $TRACE"
	boot_image probe probe.img --qemu -device --qemu edu,addr=1e.0
	boot_at_prompt untrusted untrusted.img 'no IPE policy is in force' 'exit\n' 'poweroff -f\n' \
		--firmware none --append panic=
	boot_image short short.img --firmware none
	boot_image required named.img --firmware none --append rd.ipe.required
	boot_image no-ipe-required good.img --firmware none --lsm "$WITHOUT_IPE" \
		--append rd.ipe.required
	boot_image no-policy named.img --firmware none
	boot_image no-ipe good.img --firmware none --lsm "$WITHOUT_IPE"
	boot_image off good.img --firmware none --append rd.ipe=0
	boot_image init named.img --firmware none --append "init=/usr/sbin/ipe-load"
	boot_image noise named.img --firmware none --append "init=/opt/noise/ipe-load"
	boot_image hand-over named.img --firmware none --append "init=/sbin/hand-over"

	# As if the script were killed at once, of which the tool takes no notice.
	for name in killed killed-short; do
		mkdir -p "$VM_DIR/$name/scripts/init-top"
		printf '%s\n' '#!/bin/sh' 'kill -9 $$' >"$VM_DIR/$name/scripts/init-top/00-ipe"
		chmod 755 "$VM_DIR/$name/scripts/init-top/00-ipe"
	done
	cp -R "$VM_DIR/short/etc" "$VM_DIR/killed-short"
	image_with good.img killed.img "$VM_DIR/killed"
	image_with good.img killed-short.img "$VM_DIR/killed-short"
	boot_image killed killed.img
	boot_image killed-short killed-short.img --firmware none
}

@test "initramfs-tools: the real root's init runs and sees the policy active" {
	vm_use good
	assert_real_root 1
}

@test "initramfs-tools: the policy is active before udevd starts and before any module is loaded" {
	vm_use good
	assert_first
	assert_equal "$(modules_before)" ""
}

@test "initramfs-tools: the same with ipe-load as process 1 and the tool's own /init next" {
	vm_use rdinit
	assert_real_root 1
	assert_first
	assert_equal "$(modules_before)" ""
	assert_order "$ACTIVATION" 'sched_process_exec: filename=/init '
}

@test "initramfs-tools: with an untrusted signer the boot stops at the tool's prompt" {
	vm_use untrusted
	refute_real_root
	assert_line --partial 'gen.p7b: the kernel trusts no key that signed it'
	assert_line --partial '(initramfs) exit'
}

@test "initramfs-tools: leaving the prompt does not boot the machine" {
	vm_use untrusted
	refute_real_root
	assert_equal "$(grep -ac 'the kernel trusts no key' "$VM_DIR/untrusted/console")" 3
	assert_ended off
}

@test "initramfs-tools: a policy cut short in the image stops the boot, with panic= without a prompt" {
	vm_use short
	refute_real_root
	assert_line --regexp 'ipe-load: .*gen.p7b: '
	assert_line --partial 'Rebooting automatically due to panic= boot argument'
	assert_ended restart
}

@test "initramfs-tools: rd.ipe.required without a policy stops the boot" {
	vm_use required
	refute_real_root
	assert_line --partial 'ipe-load: no policy'
	assert_ended restart
}

@test "initramfs-tools: rd.ipe.required on a kernel without IPE stops the boot" {
	vm_use no-ipe-required
	refute_real_root
	assert_line --partial 'ipe-load: IPE: ipe is not in lsm='
	assert_ended restart
}

@test "initramfs-tools: without a policy the machine boots as before" {
	vm_use no-policy
	assert_real_root none
}

@test "initramfs-tools: without IPE in the kernel the machine boots as before" {
	vm_use no-ipe
	assert_real_root none
}

@test "initramfs-tools: with rd.ipe=0 the machine boots without the policy and says so" {
	vm_use off
	assert_real_root none
	console
	assert_line --partial 'rd.ipe=0: no policy is loaded'
}

@test "initramfs-tools: init= that names ipe-load stops the boot when the real root lacks it" {
	vm_use init
	refute_real_root
	assert_line --partial 'init=/usr/sbin/ipe-load: the real root has no such program'
	assert_ended restart
}

@test "initramfs-tools: an ipe-load of noise stops the boot" {
	vm_use noise
	refute_real_root
	assert_line --partial 'ipe-load: init=/opt/noise/ipe-load: cannot be executed'
	assert_line --partial 'the real root is not entered'
	assert_ended restart
}

@test "initramfs-tools: an ipe-load that runs becomes init, also through a link" {
	vm_use hand-over
	refute_real_root
	refute_line --partial 'ipe-load: init='
	assert_line --partial 'Comm: hand-over'
	assert_ended panic
}

@test "initramfs-tools: when the script that loads the policy is killed, a later one does it" {
	vm_use killed
	assert_real_root 1
}

@test "initramfs-tools: and stops the boot when it cannot" {
	vm_use killed-short
	refute_real_root
	assert_line --regexp 'ipe-load: .*gen.p7b: '
	assert_ended restart
}

@test "initramfs-tools: a broken policy makes no image, and the line and column are shown" {
	assert_refused broken
	assert_line --partial '/etc/ipe/initrd/broken.p7b:3:4: error: '
}

@test "initramfs-tools: a policy that denies the initramfs's programs makes no image" {
	assert_refused brick
	assert_line --regexp '/etc/ipe/initrd/brick.p7b:.* error: '
}

@test "initramfs-tools: a host without a policy gets the same image as without the package" {
	run -0 diff "$VM_DIR/out/before.list" "$VM_DIR/out/none.list"
}

@test "initramfs-tools: the image grows by the applet, the hooks and the policy" {
	assert_grown ./etc/ipe ./etc/ipe/initrd ./etc/ipe/initrd/gen.p7b \
		./scripts/init-bottom/00-ipe ./scripts/init-top/00-ipe ./usr/sbin/ipe-load
}

@test "initramfs-tools: only where the kernel unpacks them are kernel modules compressed in the image" {
	assert_modules
}

@test "initramfs-tools: poweroff, halt and reboot are in the image" {
	for command in poweroff halt reboot; do
		run find "$VM_DIR/out/good.img.tree/usr" -name "$command"
		assert_output
	done
}

@test "initramfs-tools: a script that would run first makes no image" {
	local script=$VM_DIR/hosts/host/upper/etc/initramfs-tools/scripts/init-top/00-before
	mkdir -p "${script%/*}"
	printf '%s\n' '#!/bin/sh' 'exit 0' >"$script"
	chmod 755 "$script"
	host_policy host "$VM_DIR/policies/gen.p7b"
	run build order.img
	rm "$script"
	assert_failure
	assert_line --partial '/scripts/init-top/00-before runs before /scripts/init-top/00-ipe'
}

@test "initramfs-tools: under the example policy only the image's programs, modules and firmware load" {
	vm_use probe
	assert_probe
}

@test "initramfs-tools: with IPE_NEWER_KERNEL=y a policy with a word that is not known gets into the image, with a warning" {
	assert_newer
}
