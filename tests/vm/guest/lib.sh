# shellcheck shell=sh
#
# lib.sh - what every step of a test has at hand in the guest
#
# SPDX-License-Identifier: MIT

ipe=/sys/kernel/security/ipe

# mount_once TYPE DIRECTORY: mount it, unless that file system is there already.
mount_once() {
	mkdir -p "$2"
	mount -t "$1" "$1" "$2" 2>/dev/null || mountpoint_of "$1" "$2"
}

# mountpoint_of TYPE DIRECTORY: whether DIRECTORY has a file system of TYPE on it.
mountpoint_of() {
	grep -q " $2 $1 " /proc/mounts
}

# mount_all: /proc, /sys, securityfs, /dev and a tmpfs on /tmp.
mount_all() {
	mount_once proc /proc &&
		mount_once sysfs /sys &&
		mount_once securityfs /sys/kernel/security &&
		mount_once devtmpfs /dev &&
		mount_once tmpfs /tmp
}

# load_by_hand FILE NAME: load and activate a policy as the kernel's documentation does it.
# Needs securityfs (mount_all).
load_by_hand() {
	cat "$1" >$ipe/new_policy &&
		echo 1 >"$ipe/policies/$2/active"
}

# verity_open IMAGE DEVICE signed|plain NAME [OPTION]...: open a dm-verity volume as
# /dev/mapper/NAME, with or without the root hash's signature. IMAGE is one that vm_add_verity
# brought; OPTIONs are veritysetup's. Needs mount_all.
verity_open() {
	verity_image=$1 verity_device=$2 verity_how=$3 verity_name=$4
	shift 4
	if [ "$verity_how" = signed ]; then
		set -- "$@" "--root-hash-signature=/vm/verity/$verity_image.sig"
	fi
	DM_DISABLE_UDEV=1 veritysetup open "$@" \
		"--hash-offset=$(cat "/vm/verity/$verity_image.offset")" \
		"$verity_device" "$verity_name" "$verity_device" \
		"$(cat "/vm/verity/$verity_image.roothash")"
}

# verity_mount IMAGE DEVICE signed|plain DIRECTORY [OPTION]...: open and mount it. The device is
# named after DIRECTORY's last part.
verity_mount() {
	verity_directory=$4
	verity_image=$1 verity_device=$2 verity_how=$3
	shift 4
	mkdir -p "$verity_directory" &&
		verity_open "$verity_image" "$verity_device" "$verity_how" \
			"${verity_directory##*/}" "$@" &&
		mount -t ext4 -o ro "/dev/mapper/${verity_directory##*/}" "$verity_directory"
}
