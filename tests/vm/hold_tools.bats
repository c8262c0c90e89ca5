#!/usr/bin/env bats
#
# hold_tools.bats - the hand-over after real initramfs tools and before a real systemd, and the
# tools' own ways of dropping a capability
#
# Images are built with the dracut, initramfs-tools and systemd of this machine, with those of a tree
# of Debian 13, and with mkinitcpio where there is one (else with the stand-in for it: see
# tests/generators/mkinitcpio.bats). Needs root.
#
# SPDX-License-Identifier: MIT

load ../generators/lib
load ../attack/lib

with='^Cap(Inh|Prm|Eff|Bnd|Amb):\s+[0-9a-f]{7}[2367abef]'

# What the real root is asked, whoever is its init. A busybox without mounts, or systemd's service.
add_steps() {
	vm_step arguments <<-'END'
		tr '\0' ' ' </proc/1/cmdline
	END
	vm_step status <<-'END'
		mount_all >&2
		cat /proc/1/status
		tr '\0' '\n' </proc/1/cmdline | head -n 1
	END
	vm_step helpers <<-'END'
		cat /proc/sys/kernel/usermodehelper/bset
		cat /proc/sys/kernel/usermodehelper/inheritable
	END
	vm_step policies <<-'END'
		for policy in $ipe/policies/*; do
			echo "${policy##*/} active $(cat $policy/active)"
		done
		echo "enforce $(cat $ipe/enforce)"
	END
	vm_step systemd <<-'END'
		readlink /proc/1/exe
		/proc/1/exe --version
	END
	vm_step unverified <<-'END'
		cp /vm/bin/hello /tmp/hello
		/tmp/hello
	END
	vm_step switch-off <<-'END'
		echo 0 >$ipe/enforce
	END
	# The kernel as a deputy.
	vm_step deputy <<-'END'
		echo "echo 0 >$ipe/enforce" >/tmp/deputy
		echo '|/bin/busybox sh /tmp/deputy' >/proc/sys/kernel/core_pattern
		ulimit -c unlimited
		sh -c 'kill -SEGV $$'
		sleep 2
		cat $ipe/enforce
	END
}

add_final() {
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	policy final 2.0.0 'DEFAULT op=KEXEC_IMAGE action=DENY' |
		vm_add_policy /usr/lib/ipe/final/final.p7b
}

# steps_service [UNIT]: let systemd run nothing but UNIT, and the steps behind it.
steps_service() {
	vm_add_text /etc/systemd/system/steps.service <<-END
		[Unit]
		DefaultDependencies=no
		After=${1:-}
		[Service]
		Type=oneshot
		ExecStart=/vm/init
	END
	rm -f "$TREE/etc/systemd/system/default.target"
	vm_add_text /etc/systemd/system/default.target <<-END
		[Unit]
		Requires=${1:-} steps.service
	END
}

# systemd 252 as the real init: the one of the dracut image, with a service that runs the steps.
make_systemd_root() {
	local root=$VM_DIR/systemd.root
	rm -rf "$root"
	image_unpack systemd.img
	mv "$VM_DIR/out/systemd.img.tree" "$root"
	vm_at "$root"
	rm -rf "$root/init" "$root/etc/initrd-release" "$root/usr/lib/initrd-release" "$root/etc/ipe"
	rm -rf "$root"/usr/lib/systemd/system/*initrd* "$root"/usr/lib/systemd/system/dracut*
	vm_add_text /etc/os-release <<<'ID=test'
	ln -sf ../lib/systemd/systemd "$root/usr/sbin/init"
	vm_add_driver /vm/init
	add_final
	add_steps
	steps_service
	rm -f "$VM_DIR/systemd-root.img"
	mkfs.ext4 -q -F -d "$root" "$VM_DIR/systemd-root.img" 160M
	# The same, where systemd's own configuration drops the capability.
	vm_add_text /etc/systemd/system.conf <<-'END'
		[Manager]
		CapabilityBoundingSet=~CAP_MAC_ADMIN
	END
	rm -f "$VM_DIR/systemd-drops.img"
	mkfs.ext4 -q -F -d "$root" "$VM_DIR/systemd-drops.img" 160M
}

# Debian 13 as the real root, on a signed dm-verity volume: systemd 257 starts it as ever, and then
# the steps. The initramfs is one of its dracut, with systemd, which gets hooks that open the volume:
# with a root= systemd would mount that.
make_debian13() {
	local debian root=$VM_DIR/debian13.root hooks=$VM_DIR/debian13.hooks kind
	debian=$("$GENERATORS_HERE/trixie")
	host_new debian13 "$debian"
	host_install debian13 install-dracut
	sign_policy "$VM_TOP/applet/examples/initrd.pol" "$VM_DIR/example.p7b"
	host_policy debian13 "$VM_DIR/example.p7b"
	host_dracut debian13 debian13-plain.img --add-drivers dm-verity \
		-m 'systemd systemd-initrd dracut-systemd base ipe kernel-modules fs-lib'

	rm -rf "$root" "$hooks"
	cp -a "$debian" "$root"
	rm -rf "${root:?}"/usr/share/{doc,locale,man} "$root"/var/{cache,lib/apt} "${root:?}"/dev/*
	vm_at "$root"
	vm_add_driver /vm/init
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_policy /usr/lib/ipe/final/final.p7b <"$VM_TOP/applet/examples/final.pol"
	add_steps
	steps_service basic.target
	verity_image debian13 "$root"

	# This machine's veritysetup, with a loader and libraries of its own.
	vm_at "$hooks/verity"
	vm_add_program veritysetup
	for kind in roothash offset sig; do
		vm_add_file "$VM_DIR/images/debian13.$kind" "/$kind"
	done
	vm_at "$hooks"
	vm_add_text /usr/lib/dracut/hooks/cmdline/00-verity.sh 755 <<-'END'
		#!/bin/sh
		root=verity: rootok=1
	END
	vm_add_text /usr/lib/dracut/hooks/mount/00-verity.sh 755 <<-'END'
		#!/bin/sh
		modprobe dm-verity
		DM_DISABLE_UDEV=1 /verity/lib64/ld-linux-x86-64.so.2 \
			--library-path /verity/lib/x86_64-linux-gnu:/verity/usr/lib/x86_64-linux-gnu \
			/verity/usr/sbin/veritysetup open --root-hash-signature=/verity/sig \
			"--hash-offset=$(cat /verity/offset)" /dev/vda root /dev/vda \
			"$(cat /verity/roothash)"
		mount -t ext4 -o ro /dev/mapper/root "$NEWROOT"
	END
	image_with debian13-plain.img debian13.img "$hooks"
}

# boot_root NAME IMAGE DISK [OPTION]...
boot_root() {
	local name=$1 image=$2 disk=$3
	shift 3
	vm_boot_image "$name" "$VM_DIR/out/$image" --disk "$VM_DIR/$disk.img" --memory 1024 \
		--timeout 150 --append "root=/dev/vda rw" "$@"
}

setup_file() {
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR/out"
	make -s -C "$VM_TOP" BUILD="$BUILD" all >/dev/null
	policy initrd 1.0.0 'DEFAULT op=KEXEC_IMAGE action=DENY' >"$VM_DIR/initrd.pol"
	sign_policy "$VM_DIR/initrd.pol" "$VM_DIR/initrd.p7b"
	host_new host
	host_install host install
	host_policy host "$VM_DIR/initrd.p7b"
	# dracut's own modules for its shell init, and for systemd.
	host_dracut host shell.img -m 'bash base caps ipe kernel-modules rootfs-block fs-lib' \
		--install capsh
	host_dracut host systemd.img -m 'systemd systemd-initrd dracut-systemd base ipe kernel-modules rootfs-block fs-lib'
	host_initramfs_tools_conf by-name
	host_mkinitramfs host debian.img
	host_mkinitcpio host
	printf '%s\n' 'MODULES=(virtio_blk)' 'HOOKS=(base ipe udev)' MODULES_DECOMPRESS=yes \
		>"$VM_DIR/hosts/host/upper/etc/mkinitcpio.conf"
	host host mkinitcpio -k "$RELEASE" -c /etc/mkinitcpio.conf -g /out/mkinitcpio.img

	# The real root: a file system with a driver as its init.
	rm -rf "$VM_DIR/real.root"
	vm_at "$VM_DIR/real.root"
	vm_add_driver /sbin/init
	vm_add_text /etc/os-release <<<'ID=test'
	add_final
	add_steps
	mkfs.ext4 -q -F -d "$VM_DIR/real.root" "$VM_DIR/real.img" 32M
	make_systemd_root
	make_debian13

	boot_root shell-drops shell.img real \
		--append 'rd.caps=1 rd.caps.initdrop=cap_mac_admin'
	boot_root debian-drops debian.img real --append 'drop_capabilities=mac_admin'
	boot_root systemd-drops systemd.img systemd-drops
	boot_root shell shell.img real --append 'init=/usr/sbin/ipe-load one'
	boot_root debian debian.img real --append 'init=/usr/sbin/ipe-load one'
	boot_root systemd systemd.img systemd-root --append 'init=/usr/sbin/ipe-load one ipe.enforce=0'
	boot_root mkinitcpio mkinitcpio.img real --append 'init=/usr/sbin/ipe-load one'
	vm_boot_image debian13 "$VM_DIR/out/debian13.img" --disk "$VM_DIR/images/debian13.img" \
		--memory 1024 --timeout 400 \
		--append 'rd.shell=0 rd.emergency=poweroff init=/usr/sbin/ipe-load ipe.enforce=0'
}

# dropped NAME: the capability is gone from init and the helpers, and IPE cannot be switched off.
dropped() {
	vm_use "$1"
	assert_ended off
	step status
	refute_line --regexp "$with"
	assert_line --regexp '^CapEff:\s+000001fdffffffff'
	step helpers
	assert_line --index 0 "$(printf '4294967295\t509')"
	assert_line --index 1 "$(printf '4294967295\t509')"
	step switch-off
	assert_failure
	step deputy
	assert_output 1
}

# handed_over NAME: the real root's policy alone is there, enforced, and the machine is sealed.
handed_over() {
	dropped "$1"
	step policies
	assert_output "$(printf '%s\n' 'final active 1' 'enforce 1')"
	console
	assert_output --partial 'ipe-load: policy initrd 1.0.0 is active'
	assert_output --partial 'ipe-load: policy final 2.0.0 is active'
}

# still_initrd NAME: the initramfs's policy stays in force.
still_initrd() {
	vm_use "$1"
	step policies
	assert_line --index 0 'initrd active 1'
}

@test "dracut's rd.caps.initdrop= takes the capability from init and from the kernel's helpers" {
	dropped shell-drops
	still_initrd shell-drops
}

@test "initramfs-tools' drop_capabilities= with BusyBox takes it from init, not from the helpers" {
	vm_use debian-drops
	assert_ended off
	step status
	refute_line --regexp "$with"
	assert_line --regexp '^CapEff:\s+000001fdffffffff'
	step helpers
	assert_line --index 0 "$(printf '4294967295\t511')"
	step switch-off
	assert_failure
	step deputy
	assert_output 0
	still_initrd debian-drops
}

@test "systemd's CapabilityBoundingSet= takes it from init and from the kernel's helpers" {
	dropped systemd-drops
	still_initrd systemd-drops
}

@test "the hand-over works after dracut's shell init" {
	handed_over shell
}

@test "the hand-over works after initramfs-tools, and its init gets the arguments" {
	handed_over debian
	step arguments
	assert_output --partial '/sbin/init one'
}

@test "the hand-over works after dracut with systemd, and systemd runs sealed" {
	handed_over systemd
	step status
	assert_line /sbin/init
	step systemd
	assert_line --partial /systemd
	assert_line --partial 'systemd 252'
}

@test "the hand-over works after mkinitcpio or its stand-in" {
	handed_over mkinitcpio
}

@test "the hand-over works after Debian 13's dracut, and its systemd 257 runs sealed" {
	handed_over debian13
	step systemd
	assert_line --partial /systemd
	assert_line --partial 'systemd 257'
}

@test "under systemd 257 a program that nobody verified does not run after the hand-over" {
	vm_use debian13
	step unverified
	assert_failure 126
	assert_stderr --partial 'Permission denied'
}
