# shellcheck shell=bash
#
# secureboot.bash - a machine whose firmware starts only what its owner signed
#
# After vm/lib.bash. The whole chain, each link with the real tool: the owner's keys in the firmware
# (PK, KEK, db, enrolled by systemd-boot), a unified kernel image on an ESP, signed with sbsign, in it
# an initramfs with ipe-load and the policy, and the real root on dm-verity with a signed root hash.
# x86-64 only. SPDX-License-Identifier: MIT

# The disk's partitions: ESP, the root's data, its hashes, the root hash's signature.
esp_start=2048 esp_sectors=$((64 * 2048))

# esp_disk DISK: a disk with an empty ESP and three partitions, of 32 MiB, 4 MiB and 1 MiB.
esp_disk() {
	local esp=$1.esp
	rm -f "$1" "$esp"
	truncate -s "$((esp_sectors * 512))" "$esp"
	mkfs.vfat -F 32 -i 12345678 "$esp" >/dev/null || return 1
	truncate -s 104M "$1"
	sfdisk -q "$1" <<-END || return 1
		label: gpt
		label-id: 11111111-2222-3333-4444-555555555555
		start=$esp_start, size=$esp_sectors, type=U
		size=32MiB
		size=4MiB
		size=1MiB
	END
	dd if="$esp" of="$1" bs=1M seek=1 conv=notrunc,sparse status=none && rm "$esp"
}

# esp_add DISK FILE PATH: put FILE on the disk's ESP; its directories must be there.
esp_add() {
	mcopy -o -i "$1@@1M" "$2" "::$3"
}

# partition_start DISK NUMBER: print where a partition starts, in bytes.
partition_start() {
	local start
	start=$(sfdisk -J "$1" | sed -n 's/.*"start": *\([0-9]*\).*/\1/p' | sed -n "$2p")
	[[ -n $start ]] && echo "$((start * 512))"
}

# partition_write DISK NUMBER FILE: write FILE to the start of a partition.
partition_write() {
	local start
	start=$(partition_start "$1" "$2") &&
		dd if="$3" of="$1" bs=4096 seek="$start" oflag=seek_bytes conv=notrunc status=none
}

# enroll OUT: write the firmware's variables with the owner's keys to OUT. systemd-boot enrolls them
# from an ESP while the firmware is in setup mode; done once for each build directory.
enroll() {
	local cached=$KEYS/secureboot.fd dir=$VM_DIR/enroll owner name signer variable
	# What sbvarsign takes for attributes by itself the firmware refuses.
	local attributes=NON_VOLATILE,BOOTSERVICE_ACCESS,RUNTIME_ACCESS
	attributes+=,TIME_BASED_AUTHENTICATED_WRITE_ACCESS
	if [[ ! -e $cached || $KEYS/machine.pem -nt $cached ]]; then
		rm -rf "$dir"
		mkdir -p "$dir"
		esp_disk "$dir/disk" || return 1
		mmd -i "$dir/disk@@1M" ::EFI ::EFI/BOOT ::loader ::loader/keys ::loader/keys/auto
		esp_add "$dir/disk" /usr/lib/systemd/boot/efi/systemd-bootx64.efi EFI/BOOT/BOOTX64.EFI
		printf '%s\n' 'secure-boot-enroll force' >"$dir/loader.conf"
		esp_add "$dir/disk" "$dir/loader.conf" loader/loader.conf
		owner=11111111-2222-3333-4444-555555555555
		while read -r variable name signer; do
			_key_make "$name" && _key_make "$signer" || return 1
			openssl x509 -in "$KEYS/$name.pem" -outform der -out "$dir/$name.der"
			sbsiglist --owner "$owner" --type x509 --output "$dir/$variable.esl" "$dir/$name.der"
			sbvarsign --key "$KEYS/$signer.key" --cert "$KEYS/$signer.pem" \
				--attr "$attributes" --output "$dir/$variable.auth" \
				"$variable" "$dir/$variable.esl" || return 1
			esp_add "$dir/disk" "$dir/$variable.auth" "loader/keys/auto/$variable.auth"
		done <<-'END'
			PK platform platform
			KEK exchange platform
			db machine exchange
		END
		cp "$(vm_fetched secure_vars)" "$dir/vars.fd"
		vm_boot_image enroll '' --firmware secure --vars "$dir/vars.fd" --disk "$dir/disk" || return 1
		if [[ $(<"$dir/ended") != restart ]] || grep -q 'Failed' "$dir/console"; then
			cat "$dir/console" >&2
			return 1
		fi
		mv "$dir/vars.fd" "$cached"
	fi
	cp "$cached" "$1"
}

# unify INITRAMFS COMMAND-LINE OUT: put the kernel, its command line and the initramfs behind
# systemd's stub: one PE file, not signed yet.
unify() {
	local stub=/usr/lib/systemd/boot/efi/linuxx64.efi.stub work=$3.parts at name file
	rm -rf "$work"
	mkdir -p "$work"
	printf '%s' "$2" >"$work/cmdline"
	printf '%s\n' 'ID=ipe-load' 'NAME="ipe-load test"' 'VERSION_ID=1' >"$work/osrel"
	ln -s "$(vm_fetched kernel)" "$work/linux"
	ln -s "$(realpath "$1")" "$work/initrd"
	local options=()
	# Behind the stub's last section, each from a page of its own.
	at=$(objdump -h "$stub" | awk 'NF == 7 { size = $3; start = $4 } END { print "0x" start, "0x" size }')
	at=$((${at% *} + ${at#* }))
	for name in osrel cmdline linux initrd; do
		file=$work/$name
		at=$(((at + 4095) / 4096 * 4096))
		options+=(--add-section ".$name=$file" --change-section-vma ".$name=$(printf '0x%x' "$at")")
		at=$((at + $(stat -Lc %s "$file")))
	done
	objcopy "${options[@]}" "$stub" "$3" && rm -rf "$work"
}

# sign_image NAME IMAGE: sign a PE file, in place, with the key NAME.
sign_image() {
	_key_make "$1" || return 1
	sbsign --key "$KEYS/$1.key" --cert "$KEYS/$1.pem" --output "$2.signed" "$2" >/dev/null 2>&1 &&
		mv "$2.signed" "$2"
}

# chain_root: the real root's tree, with the driver as /sbin/init and the policy of the hand-over; the
# caller adds its steps, then calls chain_disk.
chain_root() {
	vm_tree root
	vm_add_driver /sbin/init
	vm_add_modules efivarfs
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	ln -s ipe-load "$TREE/usr/sbin/ipe-status"
	sign_policy_as machine "$VM_TOP/applet/examples/final.pol" "$VM_DIR/final.p7b"
	vm_add_file "$VM_DIR/final.p7b" /usr/lib/ipe/final/final.p7b
	mkdir -p "$TREE/mnt"
}

# chain_image OUT POLICY-KEY IMAGE-KEY: the unified kernel image: ipe-load, the example policy signed
# with POLICY-KEY, and an /init that opens the root; signed with IMAGE-KEY, or not if that is "none".
# The command line, with the root hash, is part of it. After chain_hash.
chain_image() {
	local parts=$1.tree
	rm -rf "$parts"
	vm_at "$parts"
	vm_add_busybox
	vm_add_program veritysetup
	vm_add_modules virtio_blk dm-verity
	mv "$TREE/vm/modules" "$TREE/modules"
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	sign_policy_as "$2" "$VM_TOP/applet/examples/initrd.pol" "$1.p7b" || return 1
	vm_add_file "$1.p7b" /etc/ipe/initrd/initrd.p7b
	mkdir -p "$TREE/dev" "$TREE/proc" "$TREE/mnt" "$TREE/run"
	vm_add_file "$VM_HERE/guest/chain-init" /init 755
	"$VM_HERE/pack" "$parts" "$1.cpio" || return 1
	unify "$1.cpio" "$(chain_command_line)" "$1" || return 1
	[[ $3 == none ]] || sign_image "$3" "$1"
}

# chain_command_line: what the image tells the kernel. Audit records stay off the console (loglevel=5),
# where they could land amidst a line of ours.
chain_command_line() {
	echo "console=ttyS0 panic=-1 loglevel=5 cryptomgr.notests rdinit=/usr/sbin/ipe-load" \
		"init=/usr/sbin/ipe-load roothash=$(<"$VM_DIR/images/root.roothash")"
}

# chain_hash: make the root's image, its hashes and, with the owner's key, the root hash's signature.
chain_hash() {
	local images=$VM_DIR/images
	verity_image root "$VM_DIR/root/tree" machine || return 1
	head -c "$(<"$images/root.offset")" "$images/root.img" >"$images/root.data"
	tail -c "+$(($(<"$images/root.offset") + 1))" "$images/root.img" >"$images/root.hashes"
}

# chain_disk OUT IMAGE: the whole disk, with IMAGE as what the firmware starts by itself.
chain_disk() {
	local images=$VM_DIR/images
	esp_disk "$1" || return 1
	mmd -i "$1@@1M" ::EFI ::EFI/BOOT
	esp_add "$1" "$2" EFI/BOOT/BOOTX64.EFI &&
		partition_write "$1" 2 "$images/root.data" &&
		partition_write "$1" 3 "$images/root.hashes" &&
		partition_write "$1" 4 "$images/root.sig"
}

NOTHING_TO_START='BdsDxe: No bootable option or device was found.'

# chain_boot NAME DISK [OPTION]...: boot it, Secure Boot enforced.
chain_boot() {
	local name=$1 disk=$2
	shift 2
	mkdir -p "$VM_DIR/$name"
	enroll "$VM_DIR/$name/vars.fd" || return 1
	# With nothing that it may start the firmware waits for somebody at the keyboard.
	vm_boot_image "$name" '' --firmware secure --vars "$VM_DIR/$name/vars.fd" --disk "$disk" \
		--until "$NOTHING_TO_START" "$@"
}

# chain_cases: the disks $VM_DIR/NAME.disk, the first as it should be, each other one with one thing
# changed:
#   good
#   image-byte        one byte of the image: without "rdinit=" ipe-load would not have been started
#   image-key         the image rebuilt and signed by somebody else, with a policy of his own
#   policy-key        in an image that the owner signed, a policy that somebody else signed
#   root-program      one byte of ipe-load in the real root
#   root-policy       one byte of the policy in the real root
#   root-signature    the root hash signed by somebody else
chain_cases() {
	local images=$VM_DIR/images at name
	chain_hash &&
		chain_image "$VM_DIR/good.efi" machine machine &&
		chain_disk "$VM_DIR/good.disk" "$VM_DIR/good.efi" || return 1
	for name in image-key policy-key; do
		local signer=machine
		[[ $name == policy-key ]] || signer=untrusted
		chain_image "$VM_DIR/$name.efi" untrusted "$signer" &&
			chain_disk "$VM_DIR/$name.disk" "$VM_DIR/$name.efi" || return 1
	done
	for name in image-byte root-program root-policy root-signature; do
		cp --sparse=always "$VM_DIR/good.disk" "$VM_DIR/$name.disk"
	done
	at=$(LC_ALL=C grep -obUaF "$(chain_command_line)" "$VM_DIR/image-byte.disk" | cut -d : -f 1)
	at=$((at + $(chain_command_line | sed 's/rdinit=.*//' | tr -d '\n' | wc -c)))
	change_byte "$VM_DIR/image-byte.disk" "$at" r x || return 1
	at=$(partition_start "$VM_DIR/good.disk" 2)
	change_byte "$VM_DIR/root-program.disk" \
		$((at + 4096 * $(root_block /usr/sbin/ipe-load))) $'\x7f' x || return 1
	change_byte "$VM_DIR/root-policy.disk" \
		$((at + 4096 * $(root_block /usr/lib/ipe/final/final.p7b))) 0 1 || return 1
	sign_roothash untrusted "$images/root.roothash" "$images/foreign.sig" &&
		partition_write "$VM_DIR/root-signature.disk" 4 "$images/foreign.sig"
}

# root_block FILE: the first block of a file in the root's image.
root_block() {
	debugfs -R "blocks $1" "$VM_DIR/images/root.img" 2>/dev/null | cut -d ' ' -f 1
}

# change_byte FILE OFFSET FROM TO: change the byte FROM, which must be there, to TO.
change_byte() {
	[[ $(dd if="$1" bs=1 skip="$2" count=1 status=none) == "$3" ]] || {
		echo "change_byte: $1 has no \"$3\" at $2" >&2
		return 1
	}
	printf %s "$4" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
