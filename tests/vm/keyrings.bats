#!/usr/bin/env bats
#
# keyrings.bats - whose signature on a policy, a root hash and an fs-verity digest the kernel takes
#
# The firmware enforces Secure Boot with the owner's keys and starts Debian's shim, which starts a
# unified kernel image. The keys:
#
#   machine    in the firmware's db; has signed shim
#   mok        a machine owner's key, enrolled in shim (MOK); has signed the image
#   untrusted  nowhere
#
# x86-64 only. SPDX-License-Identifier: MIT

load lib
load secureboot

# little_endian NUMBER: print it as four bytes.
little_endian() {
	local number=$1 shift
	for shift in 0 8 16 24; do
		# shellcheck disable=SC2059 # a byte
		printf "\\x$(printf %02x $((number >> shift & 255)))"
	done
}

# number FILE OFFSET SIZE: print the little-endian number of SIZE bytes there.
number() {
	od -A n -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' '
}

# enroll_mok STORE LIST: do what MokManager does when its user agrees: add the variable MokList with the
# signature list LIST to the firmware's variables. Their format is edk2's AUTHENTICATED_VARIABLE_HEADER,
# MdeModulePkg/Include/Guid/VariableFormat.h.
enroll_mok() {
	local store=$1 list=$2 at
	# Behind the headers of the volume and of the store, and behind each variable that is there.
	at=$(($(number "$store" 48 2) + 28))
	while [[ $(number "$store" "$at" 2) == $((0x55aa)) ]]; do
		at=$((at + 60 + $(number "$store" $((at + 36)) 4) + $(number "$store" $((at + 40)) 4)))
		at=$(((at + 3) / 4 * 4))
	done
	{
		# A variable begins, and is valid; its attributes NON_VOLATILE and BOOTSERVICE_ACCESS;
		# count, time and key, which only authenticated ones have; the sizes of name and data.
		printf '\xaa\x55\x3f\0'
		little_endian 3
		head -c 28 /dev/zero
		little_endian 16
		little_endian "$(stat -c %s "$list")"
		# shim's GUID, 605dab50-e046-4300-abb6-3dd810dd8b23
		printf '\x50\xab\x5d\x60\x46\xe0\x00\x43\xab\xb6\x3d\xd8\x10\xdd\x8b\x23'
		printf 'M\0o\0k\0L\0i\0s\0t\0\0\0'
		cat "$list"
	} | dd of="$store" bs=4096 seek="$at" oflag=seek_bytes conv=notrunc status=none
}

# make_variables OUT: the firmware's variables with the owner's keys and the MOK.
make_variables() {
	openssl x509 -in "$(cert_file mok)" -outform der -out "$VM_DIR/mok.der"
	sbsiglist --owner 11111111-2222-3333-4444-555555555555 --type x509 \
		--output "$VM_DIR/mok.esl" "$VM_DIR/mok.der"
	enroll "$1"
	enroll_mok "$1" "$VM_DIR/mok.esl"
}

# add_signed KEY: a policy, the root hash of the volume, and the digest of a file, each signed with KEY.
add_signed() {
	printf 'policy_name=%s policy_version=1.0.0\nDEFAULT action=ALLOW\n' "$1" >"$VM_DIR/$1.pol"
	sign_policy_as "$1" "$VM_DIR/$1.pol" "$VM_DIR/$1.p7b"
	sign_roothash "$1" "$VM_DIR/images/volume.roothash" "$VM_DIR/$1.sig"
	fsverity sign "$VM_DIR/content/file" "$VM_DIR/$1.fsverity" --key="$(key_file "$1")" \
		--cert="$(cert_file "$1")" >/dev/null
	vm_add_file "$VM_DIR/$1.p7b" "/signed/$1.p7b"
	vm_add_file "$VM_DIR/$1.sig" "/signed/$1.sig"
	vm_add_file "$VM_DIR/$1.fsverity" "/signed/$1.fsverity"
}

make_tree() {
	local key
	vm_tree shim
	vm_add_driver
	vm_add_verity volume
	vm_add_program fsverity
	vm_step keys <<-'END'
		mount_all
		mkdir /files
		mount /dev/vdc /files
		cat /proc/keys
		dmesg | sed -n 's/.*integrity: Loading X.509 certificate: //p; s/.*integrity: Loaded X.509 cert //p' >&2
	END
	for key in machine mok untrusted; do
		add_signed "$key"
		vm_step "policy-$key" <<<"cat /signed/$key.p7b >\$ipe/new_policy"
		vm_step "roothash-$key" <<-END
			cp /signed/$key.sig /vm/verity/volume.sig
			verity_open volume /dev/vdb signed volume && veritysetup close volume
		END
		vm_step "fsverity-$key" <<-END
			cp /files/file /files/$key
			fsverity enable /files/$key --signature=/signed/$key.fsverity
		END
	done
}

setup_file() {
	local disk=$VM_DIR/disk
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR/content"
	make_variables "$VM_DIR/vars.fd"
	echo 'some content' >"$VM_DIR/content/file"
	verity_image volume "$VM_DIR/content"
	E2FSPROGS_FAKE_TIME=1 mkfs.ext4 -q -F -b 4096 -O verity -d "$VM_DIR/content" "$VM_DIR/files.img" 16m
	make_tree
	"$VM_HERE/pack" "$TREE" "$VM_DIR/cpio"
	unify "$VM_DIR/cpio" 'console=ttyS0 panic=-1 loglevel=5 cryptomgr.notests lsm=lockdown,integrity,ipe' \
		"$VM_DIR/linux.efi"
	sign_image mok "$VM_DIR/linux.efi"
	cp /usr/lib/shim/shimx64.efi "$VM_DIR/shim.efi"
	sign_image machine "$VM_DIR/shim.efi"
	esp_disk "$disk"
	mmd -i "$disk@@1M" ::EFI ::EFI/BOOT
	esp_add "$disk" "$VM_DIR/shim.efi" EFI/BOOT/BOOTX64.EFI
	# What shim starts, whatever it is.
	esp_add "$disk" "$VM_DIR/linux.efi" EFI/BOOT/grubx64.efi
	vm_boot_image shim '' --firmware secure --vars "$VM_DIR/vars.fd" --disk "$disk" \
		--disk "$VM_DIR/images/volume.img" --disk "$VM_DIR/files.img" --timeout 120
}

# takes STEP, refuses STEP: what the kernel did with that signature.
takes() {
	step "$1"
	assert_success
}

refuses() {
	step "$1"
	assert_failure
	assert_stderr --partial 'Required key not available'
}

@test "shim starts an image that the machine owner's key signed, and the firmware's db does not have that key" {
	assert_ended off
	step keys
	assert_success
	console
	assert_line 'EFI stub: UEFI Secure Boot is enabled.'
}

@test "the key of db is in .platform, the machine owner's and the one that shim was built with are in .machine" {
	step keys
	assert_line --regexp '^.* keyring +\.platform: 1$'
	assert_line --regexp '^.* keyring +\.machine: 2$'
	assert_stderr --regexp "^UEFI:db
'The owner's machine key: [0-9a-f]+'
UEFI:MokListRT \(MOKvar table\)
'Debian Secure Boot CA: [0-9a-f]+'
UEFI:MokListRT \(MOKvar table\)
'The owner's mok key: [0-9a-f]+'$"
}

@test "a policy may be signed with either" {
	takes policy-machine
	takes policy-mok
	refuses policy-untrusted
}

@test "a root hash may be signed with either" {
	takes roothash-machine
	takes roothash-mok
	refuses roothash-untrusted
}

@test "an fs-verity digest may be signed with neither: .fs-verity, where nothing is, counts alone" {
	local key
	for key in machine mok untrusted; do
		refuses fsverity-$key
	done
	step keys
	assert_line --regexp '^.* keyring +\.fs-verity: empty$'
}
