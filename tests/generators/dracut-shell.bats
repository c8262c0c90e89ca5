#!/usr/bin/env bats
#
# dracut-shell.bats - dracut without systemd in the image: Debian 12's, or with SUITE=sid the newest
#
# SPDX-License-Identifier: MIT

load lib

# build IMAGE [by-name|"" [ARGUMENT...]]
build() {
	host_dracut host "$1" --omit "systemd systemd-initrd dracut-systemd${SUITE:+ busybox}" ${2:+--add ipe} "${@:3}"
}

# dracut_module NAME: a module of dracut's with a cmdline hook that sorts before ours.
dracut_module() {
	local dir=$VM_DIR/hosts/host/upper/usr/lib/dracut/modules.d/$1
	mkdir -p "$dir"
	echo 'echo early' >"$dir/fips-early.sh"
	cat >"$dir/module-setup.sh" <<-'END'
		check() { return 0; }
		install() { inst_hook cmdline 00 "$moddir/fips-early.sh"; }
	END
}

# build_sysroot IMAGE: build /out/IMAGE of the same system, seen at /other. (Debian's udev is where dracut
# does not look for it there.)
build_sysroot() {
	install -m 755 /dev/stdin "$VM_DIR/hosts/host/upper/usr/bin/dracut-other" <<-'END'
		#!/bin/sh -e
		mkdir -p /other
		mount --rbind / /other
		exec dracut --sysroot /other "$@"
	END
	DRACUT=dracut-other host_dracut host "$1" \
		--omit "systemd systemd-initrd dracut-systemd udev-rules rootfs-block"
}

setup_file() {
	local policies name
	cases_begin
	cases_host
	cases_build install-dracut
	host_policy host
	build required.img by-name --kernel-cmdline rd.ipe.required
	policies=$VM_DIR/hosts/host/upper/etc/ipe/initrd
	host_policy host "$VM_DIR/policies/gen.p7b"
	build_sysroot sysroot.img
	mv "$policies/gen.p7b" "$VM_DIR/hosts/host/upper/etc/linked"
	ln -s /etc/linked "$policies/gen.p7b"
	try linked build_sysroot new-linked.img
	rm "$VM_DIR/hosts/host/upper/etc/linked"
	# A host with a policy, whose ipe-check is gone.
	host_policy host "$VM_DIR/policies/gen.p7b"
	mv "$VM_DIR/hosts/host/upper/usr/bin/ipe-check" "$VM_DIR/ipe-check"
	try no-check build new-no-check.img
	mv "$VM_DIR/ipe-check" "$VM_DIR/hosts/host/upper/usr/bin/ipe-check"
	host_policy host "$VM_DIR/policies/broken.p7b"
	mkdir -p "$VM_DIR/hosts/host/upper/etc/dracut.conf.d"
	echo 'ipe_newer_kernel="yes"' >"$VM_DIR/hosts/host/upper/etc/dracut.conf.d/newer.conf"
	try newer build newer.img
	rm "$VM_DIR/hosts/host/upper/etc/dracut.conf.d/newer.conf"
	image_unpack newer.img
	host_policy host "$VM_DIR/policies/gen.p7b"
	# Other modules with a cmdline hook, installed before and after ours; once in an image without kernel
	# modules, for which dracut does not call depmod; and one that dracut is given as a file.
	for name in 10early 99zlate; do
		dracut_module "$name"
		try "$name" build "new-$name.img"
		[[ $name == 10early ]] || try no-kernel build new-no-kernel.img "" --no-kernel
		rm -r "$VM_DIR/hosts/host/upper/usr/lib/dracut/modules.d/$name"
	done
	echo 'echo early' >"$VM_DIR/out/early.sh"
	try include build new-include.img "" --include /out/early.sh /usr/lib/dracut/hooks/cmdline/00-early.sh
	cases_probe /usr/lib/dracut/hooks/pre-mount/00-probe.sh

	boot_image good good.img --append "$TRACE"
	boot_image rdinit good.img --append "rdinit=/usr/sbin/ipe-load $TRACE"
	boot_image probe probe.img --qemu -device --qemu edu,addr=1e.0
	boot_at_prompt untrusted untrusted.img 'Dropping to debug shell' 'exit\n' '' --firmware none
	boot_image short short.img --firmware none --append rd.shell=0
	boot_image required named.img --firmware none --append "rd.shell=0 rd.ipe.required"
	boot_image no-ipe-required good.img --firmware none --lsm "$WITHOUT_IPE" \
		--append "rd.shell=0 rd.ipe.required"
	boot_image no-policy named.img --firmware none
	boot_image no-ipe good.img --firmware none --lsm "$WITHOUT_IPE"
	boot_image off good.img --firmware none --append rd.ipe=0
	boot_image init named.img --firmware none --append "rd.shell=0 init=/usr/sbin/ipe-load"
	boot_image noise named.img --firmware none --append "rd.shell=0 real_init=/opt/noise/ipe-load"
	boot_image hand-over named.img --firmware none --append "rd.shell=0 init=/sbin/hand-over"
	boot_image required-by-dracut required.img --firmware none --append rd.shell=0
}

@test "dracut, shell: the real root's init runs and sees the policy active" {
	vm_use good
	assert_real_root 1
}

@test "dracut, shell: the policy is active before udevd starts and before any module is loaded" {
	vm_use good
	assert_first
	assert_equal "$(modules_before)" ""
}

@test "dracut, shell: the same with ipe-load as process 1 and dracut's own /init next" {
	vm_use rdinit
	assert_real_root 1
	assert_first
	assert_equal "$(modules_before)" ""
	assert_order "$ACTIVATION" 'sched_process_exec: filename=/init '
}

@test "dracut, shell: with an untrusted signer the boot stops at dracut's prompt" {
	vm_use untrusted
	refute_real_root
	assert_line --partial 'gen.p7b: the kernel trusts no key that signed it'
	assert_line --partial 'Dropping to debug shell'
}

@test "dracut, shell: leaving the prompt does not boot the machine" {
	vm_use untrusted
	refute_real_root
	assert_ended panic
}

@test "dracut, shell: a policy cut short in the image stops the boot, with rd.shell=0 without a prompt" {
	vm_use short
	refute_real_root
	assert_line --regexp 'ipe-load: .*gen.p7b: '
	refute_line --partial 'Dropping to debug shell'
	assert_ended panic
}

@test "dracut, shell: rd.ipe.required without a policy stops the boot" {
	vm_use required
	refute_real_root
	assert_line --partial 'ipe-load: no policy'
	assert_ended panic
}

@test "dracut, shell: rd.ipe.required on a kernel without IPE stops the boot" {
	vm_use no-ipe-required
	refute_real_root
	assert_line --partial 'ipe-load: IPE: ipe is not in lsm='
	assert_ended panic
}

@test "dracut, shell: without a policy the machine boots as before" {
	vm_use no-policy
	assert_real_root none
}

@test "dracut, shell: without IPE in the kernel the machine boots as before" {
	vm_use no-ipe
	assert_real_root none
}

@test "dracut, shell: with rd.ipe=0 the machine boots without the policy and says so" {
	vm_use off
	assert_real_root none
	console
	assert_line --partial 'rd.ipe=0: no policy is loaded'
}

@test "dracut, shell: init= that names ipe-load stops the boot when the real root lacks it" {
	vm_use init
	refute_real_root
	assert_line --partial 'init=/usr/sbin/ipe-load: the real root has no such program'
	assert_ended panic
}

@test "dracut, shell: an ipe-load of noise stops the boot" {
	vm_use noise
	refute_real_root
	assert_line --partial 'ipe-load: init=/opt/noise/ipe-load: cannot be executed'
	assert_line --partial 'the real root is not entered'
	assert_ended panic
}

@test "dracut, shell: an ipe-load that runs becomes init, also through a link" {
	vm_use hand-over
	refute_real_root
	refute_line --partial 'ipe-load: init='
	assert_line --partial 'Comm: hand-over'
	assert_ended panic
}

@test "dracut, shell: rd.ipe.required in dracut's kernel_cmdline= stops the boot without a policy" {
	vm_use required-by-dracut
	refute_real_root
	assert_line --partial 'ipe-load: no policy'
	assert_ended panic
}

@test "dracut, shell: a cmdline hook that would run before ours makes no image" {
	for name in 10early 99zlate no-kernel; do
		assert_refused "$name"
		assert_line --partial 'the cmdline hook 00-fips-early.sh would run before the policy is in force'
	done
	assert_refused include
	assert_line --partial 'the cmdline hook 00-early.sh would run before the policy is in force'
}

@test "dracut, shell: a broken policy makes no image, and the line and column are shown" {
	assert_refused broken
	assert_line --partial '/etc/ipe/initrd/broken.p7b:3:4: error: '
}

@test "dracut, shell: without ipe-check there is no image on a host with a policy" {
	assert_refused no-check
	assert_line --partial 'ipe-check are not both there'
}

@test "dracut, shell: a policy that denies the initramfs's programs makes no image" {
	assert_refused brick
	assert_line --regexp '/etc/ipe/initrd/brick.p7b:.* error: '
}

@test "dracut, shell: a host without a policy gets the same image as without the package" {
	run -0 diff "$VM_DIR/out/before.list" "$VM_DIR/out/none.list"
}

@test "dracut, shell: the image grows by the applet, the hooks and the policy" {
	assert_grown ./etc/ipe ./etc/ipe/initrd ./etc/ipe/initrd/gen.p7b \
		./usr/lib/dracut/hooks/cleanup/99-ipe-init.sh \
		./usr/lib/dracut/hooks/cmdline/00-ipe-load.sh ./usr/sbin/ipe-load
}

@test "dracut, shell: with --sysroot the policies of that system are in the image" {
	image_unpack sysroot.img
	cmp "$VM_DIR/policies/gen.p7b" "$VM_DIR/out/sysroot.img.tree/etc/ipe/initrd/gen.p7b"
}

@test "dracut, shell: with --sysroot a link that leads out of that system makes no image" {
	assert_refused linked
	assert_line --partial '/other/etc/ipe/initrd/gen.p7b: does not exist, or is a link out of /other'
}

@test "dracut, shell: only where the kernel unpacks them are kernel modules compressed in the image" {
	assert_modules
}

@test "dracut, shell: poweroff, halt and reboot are in the image" {
	for command in poweroff halt reboot; do
		assert [ -e "$VM_DIR/out/good.img.tree/usr/sbin/$command" ]
	done
}

@test "dracut, shell: under the example policy only the image's programs, modules and firmware load" {
	vm_use probe
	assert_probe
}

@test "dracut, shell: with ipe_newer_kernel=yes a policy with a word that is not known gets into the image, with a warning" {
	assert_newer
}
