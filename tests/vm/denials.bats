#!/usr/bin/env bats
#
# denials.bats - "Try it first" of ipe-status(8): what -d says of a permissive boot, and what it is worth
#
# Two boots. In the first nothing is enforced, and programs do what the policy does not allow, in
# more than ten ways. In the second the policy is enforced: as it was, then with rules that are
# copied from what ipe-status said in the first.
#
# SPDX-License-Identifier: MIT

load lib
load ../attack/lib

# add_policy VERSION <RULES: a signed policy of that version at /VERSION.p7b.
add_policy() {
	local file=$VM_DIR/$1
	{
		echo "policy_name=site policy_version=$1"
		cat
	} >"$file.pol"
	sign_policy "$file.pol" "$file.p7b" && vm_add_file "$file.p7b" "/$1.p7b"
}

# The policy that is tried.
first_rules() {
	printf '%s\n' 'DEFAULT action=DENY' 'op=EXECUTE boot_verified=TRUE action=ALLOW'
}

# add_all: what both boots have in their initramfs.
add_all() {
	local module
	vm_add_driver
	vm_add_static verdicts
	vm_add_verity plain signed
	vm_add_program fsverity
	vm_add_attack mapexec memfd modload kexec
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$BUILD/ipe-status" /usr/sbin/ipe-status
	vm_add_file "$VM_DIR/hello.sig" /hello.sig
	vm_add_file "$VM_DIR/untrusted.der" /untrusted.der
	module=$(vm_module_files dummy | tail -n 1)
	vm_unpack_module "$module" "$VM_DIR/dummy.ko"
	vm_add_file "$VM_DIR/dummy.ko" /dummy.ko
	first_rules | add_policy 1.0.0
	vm_step places 60 <<-'END'
		mount_all
		verity_mount plain /dev/vda plain /plain
		verity_mount signed /dev/vdb signed /signed
		mkdir /disk
		mount -t ext4 /dev/vdc /disk
		verdicts key .fs-verity /untrusted.der
		for file in /disk/plain /disk/sealed /disk/signed /tmp/hello '/tmp/a "b'; do
			cp /vm/bin/hello "$file" || exit
		done
		fsverity enable /disk/sealed
		fsverity enable /disk/signed --signature=/hello.sig
		cp /dummy.ko /tmp
	END
}

boot() {
	vm_boot --firmware nolockdown --disk "$VM_DIR/images/plain.img" --disk "$VM_DIR/images/signed.img" \
		--disk "$VM_DIR/disk.img" --timeout 120 "$@"
}

# rules_below TEXT: the rules that ipe-status gave for what its line has TEXT in.
rules_below() {
	text=$1 awk '/^[^ ]/ { below = index($0, ENVIRON["text"]) } below && sub(/^        /, "")' \
		"$VM_DIR/permissive/steps/denials/out"
}

setup_file() {
	make -s -C "$VM_TOP" BUILD="$BUILD" all
	mkdir -p "$VM_DIR/plain" "$VM_DIR/signed"
	cp "$(vm_cc hello)" "$VM_DIR/plain/hello"
	cp "$(vm_cc hello)" "$VM_DIR/signed/hello"
	echo 'of another root hash' >"$VM_DIR/signed/text"
	verity_image plain "$VM_DIR/plain"
	verity_image signed "$VM_DIR/signed"
	rm -f "$VM_DIR/disk.img"
	truncate -s 16M "$VM_DIR/disk.img"
	mkfs.ext4 -q -F -b 4096 -O verity "$VM_DIR/disk.img"
	fsverity sign "$(vm_cc hello)" "$VM_DIR/hello.sig" --key="$(key_file untrusted)" \
		--cert="$(cert_file untrusted)" >/dev/null
	openssl x509 -in "$(cert_file untrusted)" -outform der -out "$VM_DIR/untrusted.der"

	vm_tree permissive
	vm_step nothing <<<'rm /dev/kmsg && ipe-status -d'
	add_all
	vm_add_text /etc/passwd <<<'nobody:x:65534:65534::/:/bin/sh'
	vm_add_text /etc/group <<<'nogroup:x:65534:'
	vm_step try 60 <<-'END'
		ipe-load /1.0.0.p7b
		/plain/hello && /plain/hello && /signed/hello || exit
		/disk/plain && /disk/sealed && /disk/signed && /tmp/hello && "/tmp/a \"b" || exit
		/attack/mapexec jit && /attack/memfd /vm/bin/hello || exit
		/attack/modload memory /dummy.ko dummy || exit
		/attack/modload file /dummy.ko dummy || exit
		/attack/modload file /tmp/dummy.ko dummy || exit
		# no kernel, but that is seen after IPE was asked
		/attack/kexec file /vm/bin/hello /vm/bin/hello
		/attack/kexec memory
	END
	vm_step denials <<<'ipe-status -d'
	vm_step again <<-'END'
		# also what is in use; the node that is removed is not the one that all see
		umount -l /sys && umount -l /dev && rm -f /dev/kmsg || exit 9
		ipe-status -d
		status=$?
		mount_all
		exit $status
	END
	vm_step as-nobody <<<'start-stop-daemon -S -c nobody -x /usr/sbin/ipe-status -- -d'
	vm_step dmesg <<<'dmesg | ipe-status -d -'
	boot --append ipe.enforce=0

	vm_tree mended
	add_all
	{
		first_rules
		rules_below '/plain/hello'
		rules_below '/disk/sealed'
		# What is said there in words, not as a rule.
		sed -n 's/^    \(DEFAULT op=KMODULE action=ALLOW\)$/\1/p' "$VM_DIR/permissive/steps/denials/out"
	} | add_policy 2.0.0
	vm_step before <<-'END'
		ipe-load /1.0.0.p7b
		/plain/hello
		/disk/sealed
		/attack/modload memory /dummy.ko dummy
		true
	END
	vm_step denied <<<'ipe-status -d'
	vm_step after <<-'END'
		ipe-load /2.0.0.p7b
		/plain/hello && /disk/sealed && /attack/modload memory /dummy.ko dummy
	END
	vm_step no-more <<<'ipe-status -d'
	vm_step still <<<'/disk/plain'
	boot
}

setup() {
	vm_use permissive
}

# kind LINE: the line is there, and what stands below it is $output.
kind() {
	step denials
	assert_line "$1"
	output=$(line=$1 awk '/^[^ ]/ { below = $0 == ENVIRON["line"]; next } below' <<<"$output")
	# shellcheck disable=SC2034 # bats-assert reads it
	mapfile -t lines <<<"$output"
}

by_default='(rule: DEFAULT action=DENY)'

@test "before anything was denied that is said, where there is no /dev too" {
	step nothing
	assert_success
	assert_output 'nothing was denied'
}

@test "a permissive boot lets all of it run, and -d is status 1" {
	step try
	assert_output --regexp '^(hello.?){9}'
	step denials
	assert_failure 1
	assert_line --index 0 'policy loaded: "site" 1.0.0'
	assert_line --index 1 'policy activated: "site" 1.0.0'
	assert_stderr ''
	# The most frequent is the first of them.
	assert_line --index 2 "4 would be denied: EXECUTE of \"/plain/hello\" on dm-0 by \"busybox\" and others $by_default"
	assert_equal "$(grep -c '^[0-9]' <<<"$output")" 14
}

@test "an unsigned dm-verity volume: its root hash" {
	kind "4 would be denied: EXECUTE of \"/plain/hello\" on dm-0 by \"busybox\" and others $by_default"
	assert_output --partial 'dm-0 is a dm-verity volume without a signature'
	assert_line "        op=EXECUTE dmverity_roothash=sha256:$(<"$VM_DIR/images/plain.roothash") action=ALLOW"
}

@test "a signed dm-verity volume: its root hash, or that" {
	kind "2 would be denied: EXECUTE of \"/signed/hello\" on dm-1 by \"busybox\" and others $by_default"
	assert_output "    dm-1 is a dm-verity volume with a signature. For this volume alone:
        op=EXECUTE dmverity_roothash=sha256:$(<"$VM_DIR/images/signed.roothash") action=ALLOW
    or, for every volume that a trusted key has signed:
        op=EXECUTE dmverity_signature=TRUE action=ALLOW"
}

@test "a file with fs-verity: its digest, and what a signature of it is worth" {
	local digest
	digest=sha256:$(fsverity digest --compact "$(vm_cc hello)")
	kind "2 would be denied: EXECUTE of \"/disk/sealed\" on vdc by \"busybox\" and others $by_default"
	assert_line "        op=EXECUTE fsverity_digest=$digest action=ALLOW"
	refute_output --partial fsverity_signature
	kind "2 would be denied: EXECUTE of \"/disk/signed\" on vdc by \"busybox\" and others $by_default"
	assert_line --index 1 "        op=EXECUTE fsverity_digest=$digest action=ALLOW"
	# The kernel here is older.
	refute_line '        op=EXECUTE fsverity_signature=TRUE action=ALLOW'
	assert_line --index 2 '    (before Linux 7.3 root can get around fsverity_signature=TRUE)'
}

@test "a file that nothing vouches for: where it could be" {
	kind "2 would be denied: EXECUTE of \"/disk/plain\" on vdc by \"busybox\" and others $by_default"
	assert_output --partial 'vdc is no dm-verity volume, and the file has no fs-verity digest'
	kind "2 would be denied: EXECUTE of \"/tmp/hello\" on tmpfs by \"busybox\" and others $by_default"
	assert_output --partial 'move it to a dm-verity volume'
	kind "2 would be denied: EXECUTE of \"/tmp/a \\x22b\" on tmpfs by \"busybox\" and others $by_default"
	assert_output --partial 'move it to a dm-verity volume'
	kind "1 would be denied: KMODULE of \"/tmp/dummy.ko\" on tmpfs by \"modload\" $by_default"
	assert_output --partial 'move it to a dm-verity volume'
}

@test "memory: a JIT, a memfd, a module that was unpacked, a kernel" {
	kind "1 would be denied: EXECUTE of memory (MPROTECT) by \"mapexec\" $by_default"
	assert_output --partial 'JIT'
	kind "2 would be denied: EXECUTE of \"/memfd:evil (deleted)\" on tmpfs by \"memfd\" and others $by_default"
	assert_output --partial 'memory that the program made'
	kind "1 would be denied: KMODULE of memory (KERNEL_LOAD) by \"modload\" $by_default"
	assert_line '    DEFAULT op=KMODULE action=ALLOW'
	kind "2 would be denied: KEXEC_IMAGE of memory (KERNEL_LOAD) by \"kexec\" $by_default"
	assert_output --partial 'kexec -s'
}

@test "a file of the initramfs: only its own policy may allow that" {
	kind "1 would be denied: KMODULE of \"/dummy.ko\" on rootfs by \"modload\" $by_default"
	assert_output --partial "In the initramfs's own policy boot_verified=TRUE allows it"
	refute_line --partial '     '
	kind "1 would be denied: KEXEC_IMAGE of \"/vm/bin/hello\" on rootfs by \"kexec\" $by_default"
	assert_output --partial "In the initramfs's own policy boot_verified=TRUE allows it"
}

@test "the log is read again, and where /sys and /dev are not mounted" {
	step denials
	local first=$output
	step again
	assert_failure 1
	assert_output "$first"
}

@test "who may not read the kernel's log is told so" {
	step as-nobody
	assert_failure 1
	assert_stderr --partial 'ipe-status: /dev/kmsg: only root can read it'
}

@test "dmesg says the same, but nothing of the machine is looked at" {
	step denials
	local first
	first=$(grep '^[^ ]' <<<"$output")
	step dmesg
	assert_failure 1
	refute_output --partial dmverity_
	assert_equal "$(grep '^[^ ]' <<<"$output")" "$first"
}

@test "enforced, the same is denied" {
	vm_use mended
	step before
	refute_output --partial hello
	# shellcheck disable=SC2154 # step sets it
	assert_equal "$(grep -c 'Permission denied' <<<"$stderr")" 3
	step denied
	assert_failure 1
	assert_line "1 denied: EXECUTE of \"/plain/hello\" on dm-0 by \"busybox\" $by_default"
	assert_line "1 denied: EXECUTE of \"/disk/sealed\" on vdc by \"busybox\" $by_default"
	assert_line "1 denied: KMODULE of memory (KERNEL_LOAD) by \"modload\" $by_default"
}

@test "with the rules that ipe-status gave it is denied no more, and nothing else is allowed" {
	vm_use mended
	step after
	assert_success
	assert_output 'hello
hello'
	step denied
	local before
	before=$(grep '^[0-9]' <<<"$output")
	step no-more
	assert_line 'policy activated: "site" 2.0.0, after "site" 1.0.0'
	assert_equal "$(grep '^[0-9]' <<<"$output")" "$before"
	step still
	assert_failure 126
}
