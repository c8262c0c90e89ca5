#!/usr/bin/env bats
#
# ways.bats - what ipe-status -v says of machines that the attacks are not made on
#
# Whether what it says is so is for tests/attack: there each line is held against the attacks. Three
# boots: one with IPE and AppArmor, in which the policies and the settings change, one with dm-verity
# volumes, and one without IPE.
#
# SPDX-License-Identifier: MIT

load lib
load ../attack/lib
bats_require_minimum_version 1.5.0

setup_file() {
	make -s -C "$VM_TOP" BUILD="$BUILD" all
	mkdir -p "$VM_DIR"
	truncate -s 8M "$VM_DIR/swap.img"
	vm_tree with
	vm_add_driver
	vm_add_modules virtio_blk
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$BUILD/ipe-status" /usr/sbin/ipe-status
	policy lax 1.0.0 | vm_add_policy /lax.p7b
	policy older 0.9.0 | vm_add_policy /older.p7b
	policy other 1.0.0 | vm_add_policy /other.p7b
	policy volumes 2.0.0 'DEFAULT op=EXECUTE action=ALLOW' 'DEFAULT op=KMODULE action=DENY' \
		'op=KMODULE dmverity_signature=TRUE action=ALLOW' \
		'DEFAULT op=KEXEC_IMAGE action=DENY' | vm_add_policy /volumes.p7b
	policy hashes 3.0.0 'DEFAULT op=FIRMWARE action=DENY' \
		'op=FIRMWARE dmverity_roothash=sha256:00 action=ALLOW' | vm_add_policy /hashes.p7b
	policy files 4.0.0 'DEFAULT op=FIRMWARE action=DENY' \
		'op=FIRMWARE fsverity_signature=TRUE action=ALLOW' | vm_add_policy /files.p7b
	policy both 5.0.0 'DEFAULT op=FIRMWARE action=DENY' \
		'op=FIRMWARE fsverity_signature=TRUE action=ALLOW' \
		'op=FIRMWARE dmverity_signature=TRUE action=ALLOW' | vm_add_policy /both.p7b
	vm_add_text /etc/passwd <<<'nobody:x:65534:65534::/:/bin/sh'
	vm_add_text /etc/group <<<'nogroup:x:65534:'

	vm_step none <<<'mount_all; ipe-status -v'
	vm_step lax <<<'ipe-load -q /lax.p7b && ipe-status -v'
	vm_step as-nobody <<<'start-stop-daemon -S -c nobody -x /usr/sbin/ipe-status -- -v'
	vm_step older <<-'END'
		cat /older.p7b >$ipe/new_policy && ipe-status -v
	END
	vm_step other <<-'END'
		cat /other.p7b >$ipe/new_policy && ipe-status -v
	END
	vm_step same <<-'END'
		look() {
			cat /proc/keys /proc/mounts $ipe/enforce /proc/sys/kernel/usermodehelper/*
		}
		look >/tmp/before
		ipe-status -v >/dev/null
		look >/tmp/after
		cmp /tmp/before /tmp/after
	END
	vm_step volumes <<<'ipe-load -q /volumes.p7b && ipe-status -v'
	vm_step hashes <<<'ipe-load -q /hashes.p7b && ipe-status -v'
	vm_step files <<<'ipe-load -q /files.p7b && ipe-status -v'
	vm_step quiet <<<'ipe-status -qv'
	vm_step quiet-open <<<'ipe-status -qvW'
	vm_step full <<<'ipe-status -v >/dev/full'
	vm_step namespace <<<'unshare -p -f --mount-proc drop mac_admin -- ipe-status -v'
	vm_step part <<-'END'
		unshare -m sh -c 'mount -t proc -o subset=pid proc /proc && drop sys_admin -- ipe-status -v'
	END
	vm_step part-as-root <<-'END'
		unshare -m sh -c 'mount -t proc -o subset=pid proc /proc && ipe-status -v'
	END
	vm_step masked <<-'END'
		unshare -m sh -c 'mount --bind /dev/null /proc/keys && mount -t tmpfs none /sys/class &&
			drop sys_admin -- ipe-status -v'
	END
	vm_step key <<-'END'
		unshare -m sh -c 'mount --bind /dev/null /proc/keys && ipe-status -v'
	END
	vm_step descriptor <<-'END'
		unshare -p -f --mount-proc drop mac_admin -- sh -c "
			sleep 60 8>$ipe/enforce &
			until [ -e /proc/\$!/fd/8 ]; do :; done
			ipe-status -v"
	END
	vm_step user-namespace <<-'END'
		unshare -p -f --mount-proc drop mac_admin -- sh -c '
			unshare -U -r sleep 60 &
			until [ "$(cat /proc/$!/comm)" = sleep ]; do :; done
			grep -q "^CapEff:.*[1-9a-f]" /proc/$!/status && ipe-status -v'
	END
	vm_step swap <<-'END'
		mkswap /dev/vda >&2 && swapon /dev/vda && ipe-status -v
	END
	vm_step no-shell <<-'END'
		mv /bin/sh /bin/other
		ipe-status -v
		mv /bin/other /bin/sh
	END
	vm_step own-filter <<<'ipe-load -q -s -d /both.p7b -- /usr/sbin/ipe-status -v'
	vm_step settings <<-'END'
		echo 1 >/proc/sys/kernel/modules_disabled
		echo 1 >/proc/sys/kernel/kexec_load_disabled
		ipe-status -v
	END
	vm_boot --firmware nolockdown --lsm landlock,lockdown,yama,apparmor,bpf,ipe \
		--append sysctl.kernel.io_uring_disabled=2 --disk "$VM_DIR/swap.img" --timeout 120

	boot_volumes

	vm_copy_tree with without
	rm "$TREE"/vm/steps/*
	vm_step status <<<'ipe-status -vW'
	vm_boot --firmware none --lsm landlock,lockdown
}

# boot_volumes: with two dm-verity volumes, of which one is not mounted, and with a seal of
# device-mapper.
boot_volumes() {
	mkdir -p "$VM_DIR/files"
	echo file >"$VM_DIR/files/file"
	verity_image used "$VM_DIR/files"
	verity_image spare "$VM_DIR/files"
	vm_copy_tree with volumes
	rm "$TREE"/vm/steps/*
	vm_add_verity used spare
	vm_step free <<-'END'
		mount_all
		ipe-load -q /volumes.p7b
		verity_mount used /dev/vda plain /mnt
		verity_open spare /dev/vdb plain spare --ignore-corruption
		ipe-status -v
	END
	vm_step free-hidden <<<'drop sys_admin -- ipe-status -v'
	vm_step mounted <<-'END'
		mkdir /spare
		mount -t ext4 -o ro /dev/mapper/spare /spare
		ipe-status -v
	END
	vm_then <<-'END'
		. /vm/lib.sh
		exec ipe-load -q -s -d /both.p7b -- /bin/sh -c '
			ipe-status -v
			umount /spare
			DM_DISABLE_UDEV=1 veritysetup close spare
			ipe-status -v
			poweroff -f'
	END
	vm_boot --firmware nolockdown --lsm landlock,lockdown,yama,ipe \
		--disk "$VM_DIR/images/used.img" --disk "$VM_DIR/images/spare.img" --timeout 120
}

setup() {
	vm_use with
}

# says STEP WAY STATE [TEXT]: that is what it says there, and TEXT is a part of the line.
says() {
	local line
	step "$1"
	line=$(grep -E "^(closed|open|unknown) +$2 " <<<"$output") || fail "$1: nothing of $2 in: $output"
	[[ $line == "$3 "*"${4:-}"* ]] || fail "$1: not \"$3 ... ${4:-}\": $line"
}

@test "the ways follow the policies, a line each, with the words below each other" {
	step lax
	assert_success
	assert_stderr ''
	assert_line --index 0 'enforce  yes'
	assert_line --index 1 'active   lax 1.0.0'
	assert_line --index 2 'closed   enforce             /sys/kernel/security/ipe/enforce is 1'
	refute_line --regexp '^(closed|open|unknown) .{0,19}$'
	assert_equal "$(sed 1,2d <<<"$output" | grep -cvE '^(closed   |open     |unknown  )[a-z-]+ +[^ ]')" 0
	assert_equal "$(sed 1,2d <<<"$output" | cut -c 29 | sort -u)" ' '
	assert_equal "$(sed 1,2d <<<"$output" | cut -c 30 | grep -c ' ')" 0
}

@test "each open way says what closes it" {
	step lax
	assert_equal "$(grep '^open ' <<<"$output" | grep -cv '; closed by ')" 0
	assert_equal "$(grep '^closed ' <<<"$output" | grep -c '; closed by ')" 0
}

@test "without a policy everything that a policy closes is open" {
	local way
	step none
	assert_failure 1
	for way in policies initramfs execute module firmware kexec; do
		says none $way open 'no policy is active'
	done
}

@test "what a policy leaves to any file is open, and what it trusts nothing for is closed" {
	says lax execute open 'policy lax, line 2, allows EXECUTE to any file; closed by DEFAULT op=EXECUTE action=DENY'
	says lax module open 'policy lax, line 2, allows KMODULE'
	says lax firmware open 'policy lax, line 2, allows FIRMWARE'
	says lax kexec open 'policy lax allows KEXEC_IMAGE to any file'
	says lax initramfs closed
	says lax tables closed 'policy lax trusts no dm-verity volume'
	says lax fuseblk closed
	says lax free-volumes closed
	says lax key-dm-verity closed
	says lax key-fs-verity closed 'policy lax trusts no fs-verity signature'
	says lax stale-fs-verity closed
}

@test "a policy that trusts dm-verity volumes, by signature or root hash, opens what root does with them" {
	says volumes tables open
	says volumes fuseblk open
	says volumes free-volumes closed 'every dm-verity volume is in use'
	says volumes key-fs-verity closed
	says volumes module closed 'policy volumes, line 4, denies KMODULE'
	says volumes kexec closed
	says volumes kexec-command-line closed 'policy volumes allows no KEXEC_IMAGE'
	says hashes tables open
	says hashes fuseblk open
	says hashes key-dm-verity closed 'policy hashes trusts no signed dm-verity volume'
}

@test "a policy that trusts fs-verity signatures opens its keyring, until the seal" {
	says files tables closed
	says files key-fs-verity open 'keyring .fs-verity is not restricted; closed by the seal'
	says own-filter key-fs-verity closed 'keyring .fs-verity is restricted'
}

@test "a policy that is loaded beside the active one counts if the kernel would activate it" {
	says lax policies closed
	says older policies closed
	says other policies open 'other could be activated; closed by the hand-over'
}

@test "it changes nothing: neither keyrings, nor mounts, nor settings" {
	step same
	assert_success
	assert_output ''
}

@test "AppArmor's tools keep the capability" {
	says lax shared-lsm open 'apparmor'
}

@test "who may not look is told what is unknown, and why" {
	step as-nobody
	assert_failure 1
	assert_stderr 'ipe-status: enforce: only root can read it: permission denied'
	says as-nobody enforce unknown '/sys/kernel/security/ipe/enforce: permission denied'
	says as-nobody helpers unknown '/proc/sys/kernel/usermodehelper: permission denied'
	says as-nobody execute unknown 'the active policy cannot be found: permission denied'
	says as-nobody tables unknown 'the active policy cannot be found: permission denied'
	says as-nobody key-fs-verity unknown
	says as-nobody mac-admin open
}

@test "in a PID namespace it does not take another process 1 for init" {
	says namespace mac-admin unknown 'this PID namespace is not the first'
	says namespace processes unknown 'this PID namespace is not the first'
}

@test "what a part of /proc or /sys does not show is unknown, not closed" {
	local way
	for way in io-uring kexec kexec-command-line overlay swap key-fs-verity; do
		says part $way unknown
	done
	says masked key-fs-verity unknown '/proc/keys'
	says masked dev-mem unknown '/sys/class/mem/mem'
	says masked free-volumes closed 'policy files trusts no dm-verity volume'
}

@test "root sees all of /proc, whatever is mounted there" {
	local seen
	step part-as-root
	# The line about processes names another one.
	seen=$(grep -v ' processes ' <<<"$output")
	step files
	assert_equal "$seen" "$(grep -v ' processes ' <<<"$output")"
	says key key-fs-verity open 'keyring .fs-verity is not restricted'
}

@test "a process without the capability, but with a file of IPE's open for writing, is named" {
	says descriptor processes open 'a file of securityfs, open for writing; closed by the seal'
}

@test "capabilities in another user namespace do not count" {
	says user-namespace processes unknown 'this PID namespace is not the first'
}

@test "a volume that nobody has mounted is named, if its table may be seen" {
	vm_use volumes
	says free free-volumes open '/sys/block: dm-1 is not in use'
	says free-hidden free-volumes unknown '/sys/block: dm-verity volumes'
	says mounted free-volumes closed 'every dm-verity volume is in use'
}

@test "a volume that is open without being verified is named when no table can be loaded any more" {
	vm_use volumes
	run -0 grep -aE '(closed|open|unknown) +tables ' "$VM_DIR/volumes/console"
	assert_line --index 3 --partial 'open     tables              dm-1 has ignore_corruption'
	assert_line --index 4 --partial 'closed   tables              DM_TABLE_LOAD is refused by a filter'
}

@test "a filter of one process is not taken for the seal of device-mapper" {
	says own-filter tables unknown 'DM_TABLE_LOAD is refused here; elsewhere it may not be'
}

@test "io_uring that is off now may have been on before the seal" {
	says volumes io-uring unknown 'one from before the seal may be hidden'
}

@test "swap that is on is named" {
	says files swap open '/proc/swaps: none, but root can turn one on'
	says swap swap open '/proc/swaps: /dev/vda; closed by'
}

@test "an image without a shell or a loader may have others, so they are unknown" {
	says lax script open /bin/sh
	says no-shell script unknown
	says no-shell loader unknown
}

@test "after the seal the kernel's helpers have nothing, and settings close what they close" {
	says files helpers open
	says own-filter helpers closed
	says files module-signature open
	says settings module-signature closed 'kernel.modules_disabled: no module can be loaded'
	says settings module closed
	says settings kexec closed 'kernel.kexec_load_disabled is 1'
	says settings kexec-command-line closed
}

@test "the status is that of ipe-status; with -W an open way is status 1, also with -q" {
	step files
	assert_success
	step quiet
	assert_success
	assert_output ''
	assert_stderr ''
	step quiet-open
	assert_failure 1
	assert_output ''
	assert_stderr ''
}

@test "ways that cannot be written are a failure" {
	step full
	assert_failure 1
	assert_stderr 'ipe-status: standard output: cannot be written'
}

@test "a kernel without IPE is status 3, and no way is named" {
	vm_use without
	step status
	assert_failure 3
	assert_output ''
	assert_stderr --partial 'ipe-status: IPE: ipe is not in lsm='
}
