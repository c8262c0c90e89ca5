#!/usr/bin/env bats
#
# hold_tools.bats - the hand-over after real initramfs tools and before a real systemd, and the
# tools' own ways of dropping a capability
#
# Images are built with the dracut, initramfs-tools and systemd of this machine. Needs root.
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
		ls $ipe/policies
		echo "enforce $(cat $ipe/enforce)"
	END
	vm_step systemd <<-'END'
		readlink /proc/1/exe
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
	vm_add_text /etc/systemd/system/steps.service <<-'END'
		[Unit]
		DefaultDependencies=no
		[Service]
		Type=oneshot
		ExecStart=/vm/init
	END
	rm -f "$root/etc/systemd/system/default.target"
	vm_add_text /etc/systemd/system/default.target <<-'END'
		[Unit]
		Requires=steps.service
	END
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

	# The real root: a file system with a driver as its init.
	rm -rf "$VM_DIR/real.root"
	vm_at "$VM_DIR/real.root"
	vm_add_driver /sbin/init
	vm_add_text /etc/os-release <<<'ID=test'
	add_final
	add_steps
	mkfs.ext4 -q -F -d "$VM_DIR/real.root" "$VM_DIR/real.img" 32M
	make_systemd_root

	boot_root shell-drops shell.img real \
		--append 'rd.caps=1 rd.caps.initdrop=cap_mac_admin'
	boot_root debian-drops debian.img real --append 'drop_capabilities=mac_admin'
	boot_root systemd-drops systemd.img systemd-drops
	boot_root shell shell.img real --append 'init=/usr/sbin/ipe-load one'
	boot_root debian debian.img real --append 'init=/usr/sbin/ipe-load one'
	boot_root systemd systemd.img systemd-root --append 'init=/usr/sbin/ipe-load one ipe.enforce=0'
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
	assert_line --index 0 final
	assert_line --index 1 'enforce 1'
	console
	assert_output --partial 'ipe-load: policy initrd 1.0.0 is active'
	assert_output --partial 'ipe-load: policy final 2.0.0 is active'
}

# still_initrd NAME: the initramfs's policy stays in force.
still_initrd() {
	vm_use "$1"
	step policies
	assert_line --index 0 initrd
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
	assert_output --partial 'systemd'
}
