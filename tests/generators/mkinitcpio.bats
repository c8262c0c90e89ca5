#!/usr/bin/env bats
#
# mkinitcpio.bats - the hooks for mkinitcpio, with the real one where it is on PATH
#
# Debian has no mkinitcpio. MKINITCPIO=DIRECTORY names one with its source (version 41), from which it is
# installed for the tests alone, or the tree of a system that has it. Without it the tests use the stand-in
# of the directory standin: the functions that mkinitcpio(8) documents, and an init that keeps the order of
# the runtime hooks documented there.
#
# SPDX-License-Identifier: MIT

load lib

# config NAME LINE...: make /etc/NAME.conf on the host.
config() {
	local file=$VM_DIR/hosts/host/upper/etc/$1.conf
	shift
	mkdir -p "${file%/*}"
	printf '%s\n' 'MODULES=(virtio_blk)' "$@" >"$file"
}

# build CONFIG IMAGE [ARGUMENT]...
build() {
	host host mkinitcpio -k "$RELEASE" -c "/etc/$1.conf" -g "/out/$2" "${@:3}"
}

setup_file() {
	local name
	cases_begin
	printf '%s\n' 'policy_name=allow policy_version=1.0.0' 'DEFAULT action=ALLOW' >"$VM_DIR/policies/allow.pol"
	sign_policy "$VM_DIR/policies/allow.pol" "$VM_DIR/policies/allow.p7b"
	if [[ -x ${MKINITCPIO:-}/usr/bin/mkinitcpio ]]; then
		host_new host "$MKINITCPIO"
	else
		host_new host
		host_mkinitcpio host
	fi
	host_install host install-mkinitcpio
	config ipe 'HOOKS=(base ipe udev)' MODULES_DECOMPRESS=yes
	config compressed 'HOOKS=(base ipe udev)'
	config late 'HOOKS=(base udev ipe)' MODULES_DECOMPRESS=yes
	config wrong 'HOOKS=(base systemd ipe)' MODULES_DECOMPRESS=yes
	config sd-ipe 'HOOKS=(base systemd sd-ipe)' MODULES_DECOMPRESS=yes
	config sd-late 'HOOKS=(sd-ipe systemd)' MODULES_DECOMPRESS=yes

	build ipe named.img
	host_policy host "$VM_DIR/policies/gen.p7b"
	build ipe good.img
	image_unpack good.img
	cp "$VM_DIR/out/good.img" "$VM_DIR/out/kept.img"
	# Once there is an image already, once there is none.
	host_policy host "$VM_DIR/policies/broken.p7b"
	try broken build ipe kept.img
	config newer 'HOOKS=(base ipe udev)' MODULES_DECOMPRESS=yes IPE_NEWER_KERNEL=yes
	try newer build newer newer.img
	image_unpack newer.img
	host_policy host "$VM_DIR/policies/brick.p7b"
	try brick build ipe new-brick.img
	host_policy host "$VM_DIR/policies/gen.p7b"
	for name in late wrong sd-late; do
		try "$name" build "$name" "new-$name.img"
	done
	build compressed compressed.img
	image_unpack compressed.img
	host_policy host "$VM_DIR/policies/allow.p7b"
	build compressed allowed.img
	image_unpack allowed.img
	host_policy host "$VM_DIR/policies/gen.p7b"
	config without 'HOOKS=(base udev)'
	try without build without without.img
	config both 'HOOKS=(base ipe udev systemd)' MODULES_DECOMPRESS=yes
	try added build ipe new-added.img -A systemd
	try skipped build both skipped.img -S systemd
	try sd-added build ipe sd-added.img -S base,ipe,udev -A systemd,sd-ipe
	image_unpack skipped.img
	image_unpack sd-added.img
	try sd-ipe build sd-ipe sd-ipe.img
	# In versions 39 and 40 the systemd hook brings /init as a file.
	host host sed -i -e 's|add_binary /usr/lib/systemd/systemd$|& /init|' -e '/add_symlink .*init/d' \
		/usr/lib/initcpio/install/systemd
	try sd-ipe-file build sd-ipe sd-ipe-file.img
	make -s -C "$VM_TOP" BUILD="$VM_DIR/embedding" POLICY="$VM_DIR/policies/gen.p7b"
	host_policy host
	cp "$VM_DIR/embedding/ipe-load" "$VM_DIR/out/embedding"
	# shellcheck disable=SC2016 # the host's shell expands it
	host host sh -c 'cp /out/embedding "$(command -v ipe-load)"'
	build compressed embedded.img
	image_unpack embedded.img
	image_unpack sd-ipe.img
	image_unpack sd-ipe-file.img
	image_with good.img untrusted.img "$VM_DIR/untrusted"
	image_with good.img short.img "$VM_DIR/short"
	image_with sd-ipe.img sd-untrusted.img "$VM_DIR/untrusted"

	boot_image good good.img --append "$TRACE"
	boot_image rdinit good.img --append "rdinit=/usr/sbin/ipe-load $TRACE"
	boot_at_prompt untrusted untrusted.img 'no IPE policy is in force' 'exit\n' 'poweroff -f\n' \
		--firmware none
	boot_image short short.img --firmware none --append rd.shell=0
	boot_image required named.img --firmware none --append "rd.shell=0 rd.ipe.required"
	boot_image no-ipe good.img --firmware none --lsm "$WITHOUT_IPE"
	boot_image off good.img --firmware none --append rd.ipe=0
	boot_image noise named.img --firmware none --append "rd.shell=0 init=/opt/noise/ipe-load"
	# The real init looks for what an absolute link names in the initramfs, and gives a shell.
	boot_image hand-over named.img --firmware none --append "rd.shell=0 init=/opt/hand-over"
	boot_image compressed compressed.img
	boot_image sd-good sd-ipe.img --append "$TRACE"
	boot_at_prompt sd-untrusted sd-untrusted.img 'You are in emergency mode' '\x04' '\npoweroff -f\n' \
		--firmware none --append systemd.setenv=SYSTEMD_SULOGIN_FORCE=1
	boot_image sd-no-shell sd-untrusted.img --firmware none --append rd.shell=0
	boot_image sd-reboot sd-untrusted.img --firmware none --append "rd.shell=0 rd.emergency=reboot"
	boot_image sd-noise sd-ipe.img --append "rd.shell=0 init=/opt/noise/ipe-load"
}

# assert_sd_ipe IMAGE: the image has what sd-ipe brings.
assert_sd_ipe() {
	local file
	for file in usr/bin/ipe-load etc/ipe/initrd/gen.p7b usr/bin/poweroff "${UNITS[@]}" \
		usr/lib/systemd/system/emergency.target.wants/ipe-emergency@{poweroff,reboot,halt}.service \
		usr/lib/systemd/system/ipe-emergency@{,poweroff}.service; do
		file=$VM_DIR/out/$1.tree/$file
		[[ -e $file || -L $file ]] || fail "$file is missing"
	done
}

# assert_stopped LOG: mkinitcpio failed and made no image.
assert_stopped() {
	assert_refused "$1"
}

@test "mkinitcpio or its stand-in: the real root's init runs and sees the policy active" {
	vm_use good
	assert_real_root 1
}

@test "mkinitcpio or its stand-in: the policy is active before udevd and before any module is loaded" {
	vm_use good
	assert_first
	# The real init mounts this file system before its hooks.
	assert_equal "$(modules_before | grep -vx efivarfs)" ""
}

@test "mkinitcpio or its stand-in: the same with ipe-load as process 1 and /init next" {
	vm_use rdinit
	assert_real_root 1
	assert_first
	assert_equal "$(modules_before)" ""
	assert_order "$ACTIVATION" 'sched_process_exec: filename=/init '
}

@test "mkinitcpio or its stand-in: with an untrusted signer the boot stops, and leaving the shell asks again" {
	vm_use untrusted
	refute_real_root
	assert_equal "$(grep -ac 'gen.p7b: the kernel trusts no key' "$VM_DIR/untrusted/console")" 3
	assert_ended off
}

@test "mkinitcpio or its stand-in: a policy cut short in the image powers the machine off with rd.shell=0" {
	vm_use short
	refute_real_root
	assert_line --regexp 'ipe-load: .*gen.p7b: '
	assert_ended off
}

@test "mkinitcpio or its stand-in: rd.ipe.required without a policy stops the boot" {
	vm_use required
	refute_real_root
	assert_line --partial 'ipe-load: no policy'
	assert_ended off
}

@test "mkinitcpio or its stand-in: without IPE in the kernel the machine boots as before" {
	vm_use no-ipe
	assert_real_root none
}

@test "mkinitcpio or its stand-in: with rd.ipe=0 the machine boots without the policy and says so" {
	vm_use off
	assert_real_root none
	console
	assert_line --partial 'rd.ipe=0: no policy is loaded'
}

@test "mkinitcpio or its stand-in: an ipe-load of noise stops the boot" {
	vm_use noise
	refute_real_root
	assert_line --partial 'ipe-load: init=/opt/noise/ipe-load: cannot be executed'
	assert_line --partial 'the real root is not entered'
	assert_ended off
}

@test "mkinitcpio or its stand-in: an ipe-load that runs becomes init, also through a link" {
	vm_use hand-over
	refute_real_root
	refute_line --partial 'ipe-load: init='
	assert_line --partial 'Comm: hand-over'
	assert_ended panic
}

@test "mkinitcpio or its stand-in: a broken policy makes no image, and the line and column are shown" {
	assert_stopped broken
	assert_line --partial '/etc/ipe/initrd/broken.p7b:3:4: error: '
}

@test "mkinitcpio or its stand-in: a policy that denies the initramfs's programs makes no image" {
	assert_stopped brick
	assert_line --regexp '/etc/ipe/initrd/brick.p7b:.* error: '
}

@test "mkinitcpio or its stand-in: ipe behind udev in HOOKS makes no image" {
	assert_stopped late
	assert_line --partial 'must stand before udev in HOOKS'
}

# modules IMAGE: the endings that the image's kernel modules have.
modules() {
	find "$VM_DIR/out/$1.tree" -name '*.ko*' | sed 's/.*\.ko/.ko/' | sort -u
}

@test "mkinitcpio or its stand-in: under a policy for KMODULE modules stay compressed only for a kernel that unpacks them" {
	local ending=.ko
	# From kmod 31 on it lets the kernel do it.
	[[ $(host host kmod --version | sed -n 's/^kmod version //p') -lt 31 ]] || ending=.ko.xz
	for image in compressed embedded; do
		assert_equal "$(modules $image.img)" "$ending"
	done
	# It takes the disk's driver to get there.
	vm_use compressed
	assert_real_root 1
}

@test "mkinitcpio or its stand-in: without a policy for KMODULE nobody unpacks them" {
	assert_equal "$(modules allowed.img)" .ko.xz
}

@test "mkinitcpio or its stand-in: an image without the hook is warned of, where there is a policy" {
	assert_equal "$(<"$VM_DIR/out/without.status")" 0
	run cat "$VM_DIR/out/without.log"
	assert_line --regexp 'WARNING: ipe: .*/without.img boots without the policy'
	run cat "$VM_DIR/out/skipped.log"
	refute_output --partial 'boots without the policy'
}

@test "mkinitcpio or its stand-in: ipe beside systemd, and sd-ipe before it, make no image" {
	assert_stopped wrong
	assert_line --partial 'with systemd in HOOKS use sd-ipe'
	assert_stopped sd-late
	assert_line --partial 'sd-ipe must stand behind systemd in HOOKS'
}

@test "mkinitcpio or its stand-in: the hooks that -A adds and -S skips count, not HOOKS" {
	assert_stopped added
	assert_line --partial 'with systemd in HOOKS use sd-ipe'
	assert_equal "$(<"$VM_DIR/out/skipped.status")" 0
	assert [ -x "$VM_DIR/out/skipped.img.tree/hooks/ipe" ]
	assert_equal "$(<"$VM_DIR/out/sd-added.status")" 0
	assert_sd_ipe sd-added.img
}

@test "mkinitcpio or its stand-in: sd-ipe brings the applet, the policy, the unit and what requires it" {
	assert_sd_ipe sd-ipe.img
}

@test "mkinitcpio or its stand-in: so it does where the systemd hook brings /init as a file" {
	assert [ -f "$VM_DIR/out/sd-ipe-file.img.tree/init" ]
	assert [ ! -L "$VM_DIR/out/sd-ipe-file.img.tree/init" ]
	assert_sd_ipe sd-ipe-file.img
}

@test "sd-ipe: the real root's init runs and sees the policy active" {
	vm_use sd-good
	assert_real_root 1
}

@test "sd-ipe: the policy is active before udevd and systemd-modules-load start" {
	vm_use sd-good
	assert_first
	assert_modules_of_process_1
}

@test "sd-ipe: with an untrusted signer the boot stops, and leaving the prompt does not boot the machine" {
	vm_use sd-untrusted
	refute_real_root
	assert_equal "$(grep -ac 'the kernel trusts no key' "$VM_DIR/sd-untrusted/console")" 3
	assert_ended off
}

@test "sd-ipe: with rd.shell=0 the machine is powered off, and there is no prompt" {
	vm_use sd-no-shell
	refute_real_root
	assert_line --partial 'the kernel trusts no key'
	refute_line --partial 'You are in emergency mode'
	assert_ended off
}

@test "sd-ipe: with rd.emergency=reboot beside it the machine restarts" {
	vm_use sd-reboot
	refute_real_root
	refute_line --partial 'You are in emergency mode'
	assert_ended restart
}

@test "sd-ipe: an ipe-load of noise in the real root powers the machine off too" {
	vm_use sd-noise
	refute_real_root
	assert_line --partial 'ipe-load: init=/opt/noise/ipe-load: cannot be executed'
	assert_ended off
}

@test "the hooks for mkinitcpio explain themselves" {
	local hook
	for hook in ipe sd-ipe; do
		run -0 bash -c ". '$VM_DIR/hosts/host/upper/usr/lib/initcpio/install/$hook'; help"
		assert_line --partial 'policies of /etc/ipe/initrd/'
	done
}

@test "mkinitcpio: with IPE_NEWER_KERNEL=yes a policy with a word that is not known gets into the image, with a warning" {
	assert_newer
}
