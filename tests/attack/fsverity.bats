#!/usr/bin/env bats
#
# fsverity.bats - root attacks where fs-verity, not dm-verity, vouches for the real root
#
# There nothing keeps dm-verity loaded, so that root can load it with a parameter of his own choice.
#
#   fsverity  the initramfs has enabled fs-verity on each file of the real root that is executed, mapped
#             or loaded, signed by the trusted key, and has loaded dm-verity; hand-over and seal;
#             lockdown=integrity
#
# The scripts and what is on the list are those of attack.bats. Since Linux 7.0. Needs root.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

# In the order in which they are made.
late_attacks() {
	printf '%s\n' tmpfs late-module late-closed
}

make_root() {
	local name
	vm_at "$VM_DIR/root"
	vm_add_driver /vm/init
	vm_add_file "$VM_HERE/guest/init" /sbin/init 755
	vm_add_verity evil
	# The initramfs has loaded them.
	rm "$TREE/vm/modules"
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$BUILD/ipe-status" /usr/sbin/ipe-status
	{
		with_fs_verity 2.0.0 final <"$VM_TOP/applet/examples/final.pol"
		echo 'op=KMODULE fsverity_signature=TRUE action=ALLOW'
	} | vm_add_policy /usr/lib/ipe/final/final.p7b
	vm_add_attack evil mark addkey
	vm_add_file "$VM_DIR/own.der" /attack/own.der
	vm_add_file "$ATTACK_HERE/guest.sh" /attack/guest.sh 644
	mkdir -p "$TREE/attack/run"
	cp "$ATTACK_HERE"/run/*.sh "$TREE/attack/run/"
	vm_step prepare <<-'END'
		mount -t devtmpfs none /dev
		mount_all
		cp /attack/evil /tmp
		grep -F .dm-verity /proc/keys
		dmesg | grep -i 'lockdown' >&2
	END
	vm_step ways <<<'ipe-status -v'
	for name in $(late_attacks); do
		vm_step "$name" 90 <<<". /attack/guest.sh; attempt $name"
	done
	vm_step ways-closed <<<'ipe-status -v'
}

# sign_root DIRECTORY: the signature of each file of the real root that is executed, mapped or loaded,
# but for the attacker's program, below DIRECTORY under the file's name.
sign_root() {
	local file
	(cd "$VM_DIR/root" && find . -type f \( -perm /111 -o -name '*.so*' -o -name '*.ko' \) \
		-not -path ./attack/evil -print) |
		while read -r file; do
			mkdir -p "$1/${file%/*}"
			fsverity sign "$VM_DIR/root/$file" "$1/$file" --key="$(key_file trusted)" \
				--cert="$(cert_file trusted)" >/dev/null || return 1
		done
}

setup_file() {
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR/evil-tree"
	vm_since 7.0 || return 0
	make -s -C "$VM_TOP" BUILD="$BUILD" all >/dev/null
	openssl x509 -in "$(cert_file untrusted)" -outform der -out "$VM_DIR/own.der"
	openssl x509 -in "$(cert_file trusted)" -outform der -out "$VM_DIR/trusted.der"
	cp "$(attack_cc evil)" "$VM_DIR/evil-tree/evil"
	verity_image evil "$VM_DIR/evil-tree" untrusted
	make_root
	mkfs.ext4 -q -F -b 4096 -m 0 -O verity -d "$VM_DIR/root" "$VM_DIR/root.img" 64m

	vm_tree fsverity
	vm_add_driver
	vm_add_modules virtio_blk dm-verity
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_attack addkey fsverity
	vm_add_file "$VM_DIR/trusted.der" /trusted.der
	sign_root "$TREE/signatures"
	with_fs_verity 1.0.0 initrd <"$VM_TOP/applet/examples/initrd.pol" |
		vm_add_policy /etc/ipe/initrd/initrd.p7b
	vm_step load <<-'END'
		mount_all
		/attack/addkey /trusted.der .fs-verity || exit
		ipe-load -i
	END
	vm_then <<-'END'
		mount_all
		mkdir -p /mnt
		mount -t ext4 /dev/vda /mnt || exit 1
		(cd /signatures && find . -type f) | while read -r file; do
			/attack/fsverity "/mnt/$file" "/signatures/$file" || exit 1
		done
		mount --move /proc /mnt/proc
		mount --move /sys /mnt/sys
		exec switch_root /mnt /usr/sbin/ipe-load
	END
	vm_boot --disk "$VM_DIR/root.img" --disk "$VM_DIR/images/evil.img" --timeout 120 \
		--append 'attack.boot=fsverity'
}

setup() {
	vm_since 7.0 || skip "since Linux 7.0"
}

@test "the root is one that fs-verity vouches for, and dm-verity is loaded and not used" {
	assert_ended off
	step prepare
	assert_success
	assert_line --regexp '^.* keyring +\.dm-verity: empty$'
	assert_stderr --partial 'Kernel is locked down'
	judge tmpfs fsverity
}

@test "the hand-over says that root can load dm-verity anew" {
	console
	assert_output --partial "seal: no volume uses dm_verity: root can load it anew, with keys of its own, unless kernel.modules_disabled=1"
}

@test "load the verified dm-verity anew, with a keyring that takes a key, and run what that signed" {
	judge late-module fsverity
	step late-module
	assert_stderr --partial '.dm-verity: restricted'
}

@test "kernel.modules_disabled=1 closes it" {
	judge late-closed fsverity
	step late-closed
	assert_stderr --partial '.dm-verity: errno 1: '
}

@test "ipe-status -v calls it open before, and closed then" {
	prove_ways fsverity
	assert_equal "$(way_is fsverity ways-closed late-dm-verity)" closed
}
