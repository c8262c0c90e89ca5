#!/usr/bin/env bats
#
# systemd-ipe.bats - dracut with a systemd that has IPE itself (from 257 on) in the image
#
# What it shares with dracut-systemd.bats, parameters and kinds of init=, is in tests/full/systemd_ipe_cases.bats.
# SUITE says whose: trixie (Debian 13, the default) has dracut 106 and systemd 257, sid has the newest.
#
# SPDX-License-Identifier: MIT

export SUITE=${SUITE:-trixie}
load lib

# No prompt, and what then: dracut 059 would halt, and leave the machine on.
POWER_OFF="rd.shell=0 rd.emergency=poweroff"

# build IMAGE [by-name]
build() {
	# BusyBox, where it is there, would become modprobe, which unpacks modules itself.
	host_dracut host "$1" --add systemd --omit busybox ${2:+--add ipe}
}

# credential NAME: the options of a machine whose firmware tells systemd this credential, standard input.
credential() {
	printf '%s\n' --qemu -smbios \
		--qemu "type=11,value=io.systemd.credential.binary:$1=$(base64 -w 0)"
}

# credentials: one unit, one drop-in that starts it instead of ipe-load, and one that exchanges ours, by
# which every service waits for ipe-load.service.
credentials() {
	credential systemd.extra-unit.injected.service <<-'END'
		[Unit]
		DefaultDependencies=no
		[Service]
		Type=oneshot
		ExecStart=/bin/sh -c "echo injected: active=$(cat /sys/kernel/security/ipe/policies/gen/active). >/dev/kmsg"
	END
	credential systemd.unit-dropin.injected.service~10-ipe-load <<-'END'
		[Unit]
		Before=ipe-load.service
	END
	credential systemd.unit-dropin.ipe-load.service <<-'END'
		[Unit]
		Wants=injected.service
		[Service]
		ExecStart=
		ExecStart=/bin/true
	END
}

setup_file() {
	local injected
	cases_begin
	cases_host
	cases_build install-dracut
	cases_probe /usr/lib/dracut/hooks/pre-mount/00-probe.sh

	boot_image good good.img --append "$TRACE"
	boot_image rdinit good.img --append "rdinit=/usr/sbin/ipe-load $TRACE"
	boot_image probe probe.img --qemu -device --qemu edu,addr=1e.0
	boot_at_prompt untrusted untrusted.img 'Entering emergency mode' '\x04' '\npoweroff -f\n' --firmware none \
		--append SYSTEMD_SULOGIN_FORCE=1
	boot_image short short.img --firmware none --append "$POWER_OFF"
	mapfile -t injected < <(credentials)
	boot_image injected good.img "${injected[@]}"
	boot_image injected-rdinit good.img --append rdinit=/usr/sbin/ipe-load "${injected[@]}"

	# What systemd does by itself: see docs/systemd.md.
	mkdir -p "$VM_DIR"/{plain,misnamed}/etc/ipe
	cp "$VM_DIR/policies/gen.p7b" "$VM_DIR/plain/etc/ipe/gen.p7b"
	cp "$VM_DIR/policies/gen.p7b" "$VM_DIR/misnamed/etc/ipe/other.p7b"
	image_with good.img plain.img "$VM_DIR/plain"
	image_with good.img misnamed.img "$VM_DIR/misnamed"
	boot_image plain plain.img
	# These two freeze.
	boot_image misnamed misnamed.img --until 'Freezing execution'
	boot_image plain-rdinit plain.img --append rdinit=/usr/sbin/ipe-load --until 'Freezing execution'
}

@test "dracut, systemd with IPE: the real root's init runs and sees the policy active" {
	vm_use good
	assert_real_root 1
}

@test "dracut, systemd with IPE: the policy is active before udevd and systemd-modules-load start" {
	vm_use good
	assert_first
}

@test "dracut, systemd with IPE: before the policy only what systemd's process 1 loads itself is loaded" {
	vm_use good
	assert_modules_of_process_1
}

@test "dracut, systemd with IPE: with ipe-load as process 1 nothing at all is loaded before the policy" {
	vm_use rdinit
	assert_real_root 1
	assert_first
	assert_equal "$(modules_before)" ""
	assert_order "$ACTIVATION" 'sched_process_exec: filename=/init '
}

@test "dracut, systemd with IPE: with an untrusted signer the boot stops at the emergency prompt" {
	vm_use untrusted
	refute_real_root
	assert_line --partial 'gen.p7b: the kernel trusts no key that signed it'
	assert_line --partial 'Entering emergency mode'
}

@test "dracut, systemd with IPE: at the prompt the drivers are there, and the real root is not" {
	vm_use untrusted
	assert_order 'the kernel trusts no key' 'virtio_blk .* \[vda\] '
	console
	refute_line --partial 'Mounted sysroot.mount'
	# What a boot says that gets there.
	vm_use good
	console
	assert_line --partial 'Mounted sysroot.mount'
}

@test "dracut, systemd with IPE: leaving the prompt does not boot the machine" {
	vm_use untrusted
	refute_real_root
	assert_equal "$(grep -ac 'the kernel trusts no key' "$VM_DIR/untrusted/console")" 3
	assert_ended off
}

@test "dracut, systemd with IPE: a policy cut short in the image stops the boot, with rd.shell=0 without a prompt" {
	vm_use short
	refute_real_root
	assert_line --regexp 'ipe-load: .*gen.p7b: '
	refute_line --partial 'Entering emergency mode'
	assert_ended off
}

@test "dracut, systemd with IPE: the firmware's credentials run a unit before the policy, and switch ipe-load off" {
	vm_use injected
	assert_real_root none
	console
	assert_line --partial 'injected: active=.'
	assert_line --partial 'Finished ipe-load.service'
	refute_line --partial 'is active and enforced'
}

@test "dracut, systemd with IPE: with ipe-load as process 1 the policy is in force before them, and stays so" {
	vm_use injected-rdinit
	assert_real_root 1
	console
	assert_line --partial 'injected: active=1.'
}

@test "dracut, systemd with IPE: a broken policy makes no image, and the line and column are shown" {
	assert_refused broken
	assert_line --partial '/etc/ipe/initrd/broken.p7b:3:4: error: '
}

@test "dracut, systemd with IPE: a policy that denies the initramfs's programs makes no image" {
	assert_refused brick
	assert_line --regexp '/etc/ipe/initrd/brick.p7b:.* error: '
}

@test "dracut, systemd with IPE: a host without a policy gets the same image as without the package" {
	run -0 diff "$VM_DIR/out/before.list" "$VM_DIR/out/none.list"
}

@test "dracut, systemd with IPE: the image grows by the applet, the unit with its links, and the policy" {
	assert_grown ./etc/ipe ./etc/ipe/initrd ./etc/ipe/initrd/gen.p7b \
		"${UNITS[@]}" ./usr/sbin/ipe-load
}

@test "dracut, systemd with IPE: kernel modules stay compressed in the image" {
	assert_modules
}

@test "dracut, systemd with IPE: poweroff, halt and reboot are in the image" {
	for command in poweroff halt reboot; do
		assert [ -e "$VM_DIR/out/good.img.tree/usr/sbin/$command" ]
	done
}

@test "dracut, systemd with IPE: under the example policy only the image's programs, modules and firmware load" {
	vm_use probe
	assert_probe
}

@test "dracut, systemd with IPE: systemd loads a policy of plain ipe/ itself, and the unit finds it active" {
	vm_use plain
	assert_real_root 1
	assert_order "$ACTIVATED" 'Starting ipe-load.service'
}

@test "dracut, systemd with IPE: systemd freezes on a file of plain ipe/ that is not named after its policy" {
	vm_use misnamed
	assert_ended until
	refute_real_root
	assert_line --partial 'Failed to load IPE policy'
}

@test "dracut, systemd with IPE: systemd freezes on a policy of plain ipe/ that ipe-load has loaded before it" {
	vm_use plain-rdinit
	assert_ended until
	refute_real_root
	assert_line --partial 'Stale file handle'
	assert_line --partial 'Failed to load IPE policy'
}
