#!/usr/bin/env bats
#
# dracut-systemd.bats - Debian 12's dracut with its systemd (252) in the image
#
# SPDX-License-Identifier: MIT

load lib

# No prompt, and what then: dracut 059 would halt, and leave the machine on.
POWER_OFF="rd.shell=0 rd.emergency=poweroff"

# build IMAGE [by-name]
build() {
	host_dracut host "$1" --add systemd ${2:+--add ipe}
}

setup_file() {
	cases_begin
	cases_host
	cases_build install-dracut
	host_policy host
	host_dracut host required.img --add "systemd ipe" --kernel-cmdline rd.ipe.required
	host_policy host "$VM_DIR/policies/gen.p7b"
	try init host_dracut host new-init.img --add systemd --kernel-cmdline 'quiet init=/usr/sbin/ipe-load'
	image_with good.img example.img "$VM_DIR/example"
	cases_probe /usr/lib/dracut/hooks/pre-mount/00-probe.sh

	boot_image good good.img --append "$TRACE"
	boot_image rdinit good.img --append "rdinit=/usr/sbin/ipe-load $TRACE"
	boot_image probe probe.img --qemu -device --qemu edu,addr=1e.0
	boot_at_prompt untrusted untrusted.img 'Entering emergency mode' '\x04' '\npoweroff -f\n' --firmware none
	boot_image short short.img --firmware none --append "$POWER_OFF"
	boot_image required named.img --firmware none --append "$POWER_OFF rd.ipe.required"
	boot_image no-ipe-required good.img --firmware none --lsm "$WITHOUT_IPE" \
		--append "$POWER_OFF rd.ipe.required"
	boot_image no-policy named.img --firmware none
	boot_image no-ipe good.img --firmware none --lsm "$WITHOUT_IPE"
	boot_image off good.img --firmware none --append rd.ipe=0
	boot_image masked good.img --append "$POWER_OFF rd.systemd.mask=ipe-load.service" \
		--until 'Freezing execution'
	boot_image init named.img --firmware none --append "$POWER_OFF init=/usr/sbin/ipe-load"
	boot_at_prompt noise named.img 'Entering emergency mode' '\x04' '\npoweroff -f\n' --firmware none \
		--append "init=/sbin/init init=/opt/noise/ipe-load"
	boot_image denied example.img --append "$POWER_OFF init=/opt/good/ipe-load"
	boot_image hand-over named.img --firmware none --append "$POWER_OFF init=/sbin/hand-over"
	boot_image required-by-dracut required.img --firmware none --append "$POWER_OFF"
}

@test "dracut, systemd: the real root's init runs and sees the policy active" {
	vm_use good
	assert_real_root 1
}

@test "dracut, systemd: the policy is active before udevd and systemd-modules-load start" {
	vm_use good
	assert_first
}

@test "dracut, systemd: before the policy only what systemd's process 1 loads itself is loaded" {
	vm_use good
	assert_modules_of_process_1
}

@test "dracut, systemd: with ipe-load as process 1 nothing at all is loaded before the policy" {
	vm_use rdinit
	assert_real_root 1
	assert_first
	assert_equal "$(modules_before)" ""
	assert_order "$ACTIVATION" 'sched_process_exec: filename=/init '
}

@test "dracut, systemd: with an untrusted signer the boot stops at the emergency prompt" {
	vm_use untrusted
	refute_real_root
	assert_line --partial 'gen.p7b: the kernel trusts no key that signed it'
	assert_line --partial 'Entering emergency mode'
}

@test "dracut, systemd: at the prompt the drivers are there, and the real root is not" {
	vm_use untrusted
	assert_order 'the kernel trusts no key' 'virtio_blk .* \[vda\] '
	console
	refute_line --partial 'Mounted sysroot.mount'
	# What a boot says that gets there.
	vm_use good
	console
	assert_line --partial 'Mounted sysroot.mount'
}

@test "dracut, systemd: leaving the prompt does not boot the machine" {
	vm_use untrusted
	refute_real_root
	assert_equal "$(grep -ac 'the kernel trusts no key' "$VM_DIR/untrusted/console")" 3
	assert_ended off
}

@test "dracut, systemd: a policy cut short in the image stops the boot, with rd.shell=0 without a prompt" {
	vm_use short
	refute_real_root
	assert_line --regexp 'ipe-load: .*gen.p7b: '
	refute_line --partial 'Entering emergency mode'
	assert_ended off
}

@test "dracut, systemd: rd.ipe.required without a policy stops the boot" {
	vm_use required
	refute_real_root
	assert_line --partial 'ipe-load: no policy'
	assert_ended off
}

@test "dracut, systemd: rd.ipe.required on a kernel without IPE stops the boot" {
	vm_use no-ipe-required
	refute_real_root
	assert_line --partial 'ipe-load: IPE: ipe is not in lsm='
	assert_ended off
}

@test "dracut, systemd: without a policy the machine boots as before" {
	vm_use no-policy
	assert_real_root none
}

@test "dracut, systemd: without IPE in the kernel the machine boots as before" {
	vm_use no-ipe
	assert_real_root none
}

@test "dracut, systemd: with rd.ipe=0 the machine boots without the policy and says so" {
	vm_use off
	assert_real_root none
	console
	assert_line --partial 'rd.ipe=0: no policy is loaded'
}

@test "dracut, systemd: with ipe-load.service masked the boot stops" {
	vm_use masked
	assert_ended until
	refute_real_root
	assert_line --partial 'Unit ipe-load.service is masked'
}

@test "dracut, systemd: init= that names ipe-load stops the boot when the real root lacks it" {
	vm_use init
	refute_real_root
	assert_line --partial 'init=/usr/sbin/ipe-load: the real root has no such program'
	assert_ended off
}

@test "dracut, systemd: an ipe-load of noise stops the boot, and leaving the prompt does not boot it" {
	vm_use noise
	refute_real_root
	assert_equal "$(grep -ac 'ipe-load: init=/opt/noise/ipe-load: cannot be executed' \
		"$VM_DIR/noise/console")" 3
	assert_ended off
}

@test "dracut, systemd: an ipe-load that the policy denies stops the boot" {
	vm_use denied
	refute_real_root
	assert_line --partial 'init=/opt/good/ipe-load: cannot be executed: permission denied'
	assert_line --regexp 'ipe_op=EXECUTE .*path="/opt/good/ipe-load"'
	assert_ended off
}

@test "dracut, systemd: an ipe-load that runs becomes init, also through a link" {
	vm_use hand-over
	refute_real_root
	refute_line --partial 'ipe-load: init='
	assert_line --partial 'Comm: hand-over'
	assert_ended panic
}

@test "dracut, systemd: rd.ipe.required in dracut's kernel_cmdline= stops the boot without a policy" {
	vm_use required-by-dracut
	refute_real_root
	assert_line --partial 'ipe-load: no policy'
	assert_ended off
}

@test "dracut, systemd: init= of kernel_cmdline= that names ipe-load makes no image: systemd does not see it" {
	assert_refused init
	assert_line --partial 'systemd does not see init= of kernel_cmdline='
}

@test "dracut, systemd: a broken policy makes no image, and the line and column are shown" {
	assert_refused broken
	assert_line --partial '/etc/ipe/initrd/broken.p7b:3:4: error: '
}

@test "dracut, systemd: a policy that denies the initramfs's programs makes no image" {
	assert_refused brick
	assert_line --regexp '/etc/ipe/initrd/brick.p7b:.* error: '
}

@test "dracut, systemd: a host without a policy gets the same image as without the package" {
	run -0 diff "$VM_DIR/out/before.list" "$VM_DIR/out/none.list"
}

@test "dracut, systemd: the image grows by the applet, the unit with its links, and the policy" {
	assert_grown ./etc/ipe ./etc/ipe/initrd ./etc/ipe/initrd/gen.p7b \
		"${UNITS[@]}" ./usr/sbin/ipe-load
}

@test "dracut, systemd: poweroff, halt and reboot are in the image" {
	for command in poweroff halt reboot; do
		assert [ -e "$VM_DIR/out/good.img.tree/usr/sbin/$command" ]
	done
}

@test "dracut, systemd: under the example policy only the image's programs, modules and firmware load" {
	vm_use probe
	assert_probe
}
