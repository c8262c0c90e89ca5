#!/usr/bin/env bats
#
# usr.bats - the hand-over where only /usr is verified: a tmpfs as /, a signed dm-verity volume as /usr
#
# Most image-based systems are made so. What is in the writable / may be whatever an attacker left
# there: here a policy that permits all, of a high version, which the trusted key has signed.
#
# SPDX-License-Identifier: MIT

load lib

# sign_text: sign the policy on standard input, and print the signed file's path.
sign_text() {
	cat >"$VM_DIR/policy.pol"
	sign_policy "$VM_DIR/policy.pol" "$VM_DIR/policy.p7b"
	printf '%s\n' "$VM_DIR/policy.p7b"
}

# make_usr: the volume. Everything is below /usr, as the links in / have it, the driver and its
# steps among it.
make_usr() {
	local name tree=$VM_DIR/usr
	vm_at "$tree"
	vm_add_driver /sbin/init
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$VM_DIR/locked-seal-build/ipe-load" /usr/sbin/ipe-load-locked
	vm_add_file "$(sign_text <"$VM_TOP/applet/examples/final.pol")" /usr/lib/ipe/final/final.p7b
	vm_add_file "$(sign_text <<<'policy_name=vendor policy_version=3.0.0
DEFAULT action=ALLOW')" /usr/share/vendor/vendor.p7b
	vm_step policies <<-'END'
		mount_all
		for name in $ipe/policies/*; do
			echo "${name##*/} $(cat $name/version) $(cat $name/active)"
		done
	END
	vm_step sealed <<-'END'
		grep CapBnd /proc/1/status
		cat $ipe/enforce
		echo 0 >$ipe/enforce
	END
	vm_step verified <<<'/vm/bin/hello'
	vm_step unverified <<-'END'
		cp /vm/bin/hello /run/hello
		/run/hello
	END
	# Of the initramfs, where that is still the root.
	vm_step of-initramfs <<-'END'
		test ! -e /own || /own echo it runs
	END
	vm_step still-there <<<'cat /etc/ipe/final/open.p7b | wc -c'
	for name in bin sbin vm; do
		mkdir -p "$tree/usr/$name"
		cp -a "$tree/$name/." "$tree/usr/$name"
	done
	verity_image usr "$tree/usr"
}

# What the initramfs does before it goes to the real root: a tmpfs with the volume as its /usr.
enter_root() {
	cat <<-'END'
		mount_all
		mkdir /mnt
		mount -t tmpfs root /mnt
		verity_mount usr /dev/vda signed /mnt/usr || exit 1
		cd /mnt
		mkdir -p dev proc sys tmp run etc/ipe/final
		ln -s usr/bin usr/sbin usr/lib usr/vm .
		cp /open.p7b etc/ipe/final
		[ ! -e /link ] || { rm -r etc/ipe/final && ln -s /usr/share/vendor etc/ipe/final; }
		exec switch_root /mnt /usr/sbin/ipe-load
	END
}

# initramfs NAME: begin the tree of an initramfs.
initramfs() {
	vm_tree "$1"
	vm_add_driver
	vm_add_verity usr
	vm_add_file "$(sign_text <<<'policy_name=open policy_version=60000.0.0
DEFAULT action=ALLOW')" /open.p7b
}

boot_usr() {
	initramfs usr
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$(sign_text <"$VM_TOP/applet/examples/initrd.pol")" /etc/ipe/initrd/initrd.p7b
	vm_step load <<<'ipe-load -i'
	enter_root | vm_then
	vm_boot --firmware nolockdown --disk "$VM_DIR/images/usr.img"
}

# The writable / has a link to a directory of the volume, in which another policy lies that the trusted
# key has signed.
boot_link() {
	initramfs link
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$(sign_text <"$VM_TOP/applet/examples/initrd.pol")" /etc/ipe/initrd/initrd.p7b
	vm_add_text /link <<<:
	vm_step load <<<'ipe-load -i'
	enter_root | vm_then
	vm_boot --firmware nolockdown --disk "$VM_DIR/images/usr.img"
}

# The command line is the attacker's.  The applet does not look at it, and /init, which enters the real
# root through its ipe-load whatever init= says, does not either.
boot_locked() {
	initramfs locked
	vm_add_file "$VM_DIR/locked-build/ipe-load" /usr/sbin/ipe-load
	enter_root | vm_then
	vm_boot --firmware nolockdown --disk "$VM_DIR/images/usr.img" --append \
		'rdinit=/usr/sbin/ipe-load rd.ipe=0 ipe.enforce=0 rd.ipe.init=/bin/sh init=/bin/sh'
}

# The initramfs is the final root: /init lays the volume over its /usr, and goes on as the ipe-load that
# lies there, which was built with LOCKED=1 SEAL=1.
boot_final() {
	initramfs final
	vm_add_file "$(sign_text <"$VM_TOP/applet/examples/final.pol")" /etc/ipe/initrd/final.p7b
	vm_add_file "$(command -v busybox)" /own
	vm_then <<-'END'
		mount_all
		verity_mount usr /dev/vda signed /usr || exit 1
		umount /tmp /dev /sys/kernel/security /sys /proc
		busybox=/usr/bin/busybox
		$busybox rm -r /bin /sbin /lib /lib64 /vm 2>&-
		$busybox ln -s usr/bin usr/sbin usr/lib usr/vm /
		$busybox mkdir -p /run /etc/ipe/final
		$busybox cp /open.p7b /etc/ipe/final
		exec /usr/sbin/ipe-load-locked -i -- /usr/sbin/init
	END
	vm_boot --firmware nolockdown --disk "$VM_DIR/images/usr.img" \
		--append 'rd.ipe=0 rd.ipe.seal=0 ipe.enforce=0'
}

setup_file() {
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR"
	make -s -C "$VM_TOP" BUILD="$BUILD" all >/dev/null
	make -s -C "$VM_TOP" BUILD="$VM_DIR/locked-build" LOCKED=1 \
		POLICY="$(sign_text <"$VM_TOP/applet/examples/initrd.pol")" all >/dev/null
	make -s -C "$VM_TOP" BUILD="$VM_DIR/locked-seal-build" LOCKED=1 SEAL=1 all >/dev/null
	make_usr
	boot_usr
	boot_link
	boot_locked
	boot_final
}

@test "the system with a verified /usr below a writable / boots" {
	vm_use usr
	assert_ended off
	step load
	assert_success
}

@test "the policy of /usr/lib/ipe/final is taken, since ipe-load itself is from there, and no other" {
	vm_use usr
	step policies
	assert_output 'final 2.0.0 1'
}

@test "the policy that lies in /etc/ipe/final of the writable / is passed over, and that is said" {
	vm_use usr
	step still-there
	assert_success
	refute_output 0
	console
	assert_line --regexp '^ipe-load: /etc/ipe/final.*: passed over'
	assert_equal "$(grep -c 'passed over' <<<"$output")" 1
	refute_line --partial 'policy open'
}

# holds NAME: the policy is the only one, enforced and sealed.
holds() {
	vm_use "$1"
	assert_ended off
	step policies
	assert_output 'final 2.0.0 1'
	step sealed
	assert_line --regexp '^CapBnd:\s+000001fdffffffff$'
	assert_line --index 1 1
	assert_failure
	assert_stderr --partial 'Operation not permitted'
	step verified
	assert_output hello
	step unverified
	assert_failure 126
	assert_stderr --partial 'Permission denied'
}

@test "it is sealed: a program of /usr runs, its copy in the writable / does not, and nobody changes that" {
	holds usr
}

@test "no link of the writable / chooses another directory of /usr, and that is said" {
	holds link
	console
	assert_line --regexp '^ipe-load: /etc/ipe/final/: passed over'
}

@test "LOCKED=1, and an /init that always goes on to the real root's ipe-load: no command line undoes it" {
	holds locked
	console
	assert_line --regexp '^ipe-load: policy initrd .* is active and enforced'
}

@test "LOCKED=1 SEAL=1 where the initramfs is the final root, with its programs on a verified volume" {
	holds final
	step of-initramfs
	assert_failure 126
	assert_stderr --partial 'Permission denied'
}
