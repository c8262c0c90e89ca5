#!/usr/bin/env bats
#
# systemd_ipe_cases.bats - parameters, and kinds of init=, where dracut's image has a systemd with IPE (257 on)
#
# tests/generators/dracut-systemd.bats has the same cases where systemd has none. SUITE as in systemd-ipe.bats.
#
# SPDX-License-Identifier: MIT

export SUITE=${SUITE:-trixie}
load ../generators/lib

# No prompt, and what then: dracut 059 would halt, and leave the machine on.
POWER_OFF="rd.shell=0 rd.emergency=poweroff"

setup_file() {
	cases_begin
	cases_host
	host_install host install-dracut
	host_dracut host named.img --add systemd --omit busybox --add ipe
	host_policy host "$VM_DIR/policies/gen.p7b"
	host_dracut host good.img --add systemd --omit busybox

	boot_image required named.img --firmware none --append "$POWER_OFF rd.ipe.required"
	boot_image no-ipe-required good.img --firmware none --lsm "$WITHOUT_IPE" \
		--append "$POWER_OFF rd.ipe.required"
	boot_image no-policy named.img --firmware none
	boot_image no-ipe good.img --firmware none --lsm "$WITHOUT_IPE"
	boot_image off good.img --firmware none --append rd.ipe=0
	boot_image init named.img --firmware none --append "$POWER_OFF init=/usr/sbin/ipe-load"
	boot_image noise named.img --firmware none \
		--append "$POWER_OFF init=/sbin/init init=/opt/noise/ipe-load"
	boot_image hand-over named.img --firmware none --append "$POWER_OFF init=/sbin/hand-over"
}

@test "dracut, systemd with IPE: rd.ipe.required without a policy stops the boot" {
	vm_use required
	refute_real_root
	assert_line --partial 'ipe-load: no policy'
	assert_ended off
}

@test "dracut, systemd with IPE: rd.ipe.required on a kernel without IPE stops the boot" {
	vm_use no-ipe-required
	refute_real_root
	assert_line --partial 'ipe-load: IPE: ipe is not in lsm='
	assert_ended off
}

@test "dracut, systemd with IPE: without a policy the machine boots as before" {
	vm_use no-policy
	assert_real_root none
}

@test "dracut, systemd with IPE: without IPE in the kernel the machine boots as before" {
	vm_use no-ipe
	assert_real_root none
}

@test "dracut, systemd with IPE: with rd.ipe=0 the machine boots without the policy and says so" {
	vm_use off
	assert_real_root none
	console
	assert_line --partial 'rd.ipe=0: no policy is loaded'
}

@test "dracut, systemd with IPE: init= that names ipe-load stops the boot when the real root lacks it" {
	vm_use init
	refute_real_root
	assert_line --partial 'init=/usr/sbin/ipe-load: the real root has no such program'
	assert_ended off
}

@test "dracut, systemd with IPE: an ipe-load of noise stops the boot: it is the last init= that systemd starts" {
	vm_use noise
	refute_real_root
	assert_line --partial 'ipe-load: init=/opt/noise/ipe-load: cannot be executed'
	assert_ended off
}

@test "dracut, systemd with IPE: an ipe-load that runs becomes init, also through a link" {
	vm_use hand-over
	refute_real_root
	refute_line --partial 'ipe-load: init='
	assert_line --partial 'Comm: hand-over'
	assert_ended panic
}
