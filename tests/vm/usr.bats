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
	vm_add_file "$(sign_text <"$VM_TOP/applet/examples/final.pol")" /usr/lib/ipe/final/final.p7b
	vm_step policies <<-'END'
		mount_all
		for name in $ipe/policies/*; do
			echo "${name##*/} $(cat $name/version) $(cat $name/active)"
		done
	END
	vm_step sealed <<-'END'
		grep CapBnd /proc/1/status
		echo 0 >$ipe/enforce
	END
	vm_step verified <<<'/vm/bin/hello'
	vm_step unverified <<-'END'
		cp /vm/bin/hello /run/hello
		/run/hello
	END
	vm_step still-there <<<'cat /etc/ipe/final/open.p7b | wc -c'
	for name in bin sbin vm; do
		mkdir -p "$tree/usr/$name"
		cp -a "$tree/$name/." "$tree/usr/$name"
	done
	verity_image usr "$tree/usr"
}

setup_file() {
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR"
	make -s -C "$VM_TOP" BUILD="$BUILD" all >/dev/null
	make_usr
	vm_tree usr
	vm_add_driver
	vm_add_verity usr
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$(sign_text <"$VM_TOP/applet/examples/initrd.pol")" /etc/ipe/initrd/initrd.p7b
	vm_add_file "$(sign_text <<<'policy_name=open policy_version=60000.0.0
DEFAULT action=ALLOW')" /open.p7b
	vm_step load <<<'ipe-load -i'
	vm_then <<-'END'
		mount_all
		mkdir /mnt
		mount -t tmpfs root /mnt
		verity_mount usr /dev/vda signed /mnt/usr || exit 1
		cd /mnt
		mkdir -p dev proc sys tmp run etc/ipe/final
		ln -s usr/bin usr/sbin usr/lib usr/vm .
		cp /open.p7b etc/ipe/final
		exec switch_root /mnt /usr/sbin/ipe-load
	END
	vm_boot --firmware nolockdown --disk "$VM_DIR/images/usr.img"
}

@test "the system with a verified /usr below a writable / boots" {
	assert_ended off
	step load
	assert_success
}

@test "the policy of /usr/lib/ipe/final is taken, since ipe-load itself is from there, and no other" {
	step policies
	assert_output 'final 2.0.0 1'
}

@test "the policy that lies in /etc/ipe/final of the writable / is passed over, and that is said" {
	step still-there
	assert_success
	refute_output 0
	console
	assert_line --regexp '^ipe-load: /etc/ipe/final.*: passed over'
	refute_line --partial 'policy open'
}

@test "it is sealed, and nobody switches IPE off" {
	step sealed
	assert_line --regexp '^CapBnd:\s+000001fdffffffff$'
	assert_failure
	assert_stderr --partial 'Operation not permitted'
}

@test "a program of /usr runs, its copy in the writable / does not" {
	step verified
	assert_output hello
	step unverified
	assert_failure 126
	assert_stderr --partial 'Permission denied'
}
