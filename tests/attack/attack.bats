#!/usr/bin/env bats
#
# attack.bats - root attacks: each attack with the policy merely loaded, and handed over and sealed
#
# Boots of one signed dm-verity root:
#
#   contrast    the initramfs has loaded a policy, and that is all; no lockdown
#   permissive  the same with ipe.enforce=0 on the command line; only what runs a program
#   sealed      hand-over and seal; no lockdown; ipe.enforce=0 on the command line
#   integrity   the same with lockdown=integrity
#   dm          hand-over and seal with SEAL_DM=1; no lockdown; proc_mem.force_override=never on the
#               command line; only attacks that one of these is to stop, and a few more
#   pivot, sealed-pivot
#               (since Linux 7.0) as contrast and sealed, but the initramfs goes to the real root by
#               pivot_root and unmounts its own, as systemd does; only what goes back there
#
# In all of them the initramfs has loaded dm-verity with keyring_unsealed=1, which Linux 7.0 knows, has
# put a trusted key into .fs-verity, and has also opened a second signed volume and mounted it on
# /volume.
#
# Each attack is a script in run/. It was stopped only if no unverified program ran, and IPE still
# enforces and denies. Every attack must be won in the contrast boot, and be stopped in the others;
# what comes out otherwise is on the list in the file "exceptions", with the reason. Needs root.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load lib

# In the order in which they are made: those that change the policy come late, and each leaves a
# higher version. Last come those that change a setting first, for good, which should close a way.
attacks() {
	local attack
	for attack in "$ATTACK_HERE"/run/*.sh; do
		attack=${attack##*/}
		[[ $attack == @(policy|closed|late)-* ]] || echo "${attack%.sh}"
	done
	printf 'policy-%s\n' delete load higher update again
	printf 'closed-%s\n' kexec ptrace
}

make_root() {
	local root=$VM_DIR/root initrd=$VM_TOP/applet/examples/initrd.pol final=$VM_TOP/applet/examples/final.pol name
	rm -rf "$root"
	vm_at "$root"
	vm_add_driver /vm/init
	vm_add_file "$VM_HERE/guest/init" /sbin/init 755
	vm_add_verity evil good extra
	vm_add_modules overlay erofs loop binfmt_misc jr3_pci
	vm_add_program dmsetup
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$BUILD/ipe-status" /usr/sbin/ipe-status
	vm_add_file "$VM_DIR/dm-build/ipe-load" /usr/sbin/ipe-load-dm
	with_fs_verity 2.0.0 final <"$final" | vm_add_policy /usr/lib/ipe/final/final.p7b
	policy open 2.0.0 | vm_add_policy /attack/policies/open.p7b
	policy open-higher 9.0.0 | vm_add_policy /attack/policies/open-higher.p7b
	policy initrd 20.0.0 | vm_add_policy /attack/policies/update-initrd.p7b
	policy final 20.0.0 | vm_add_policy /attack/policies/update-final.p7b
	with_fs_verity 2.1.0 initrd <"$initrd" | vm_add_policy /attack/policies/restore-1.p7b
	with_fs_verity 9.1.0 initrd <"$initrd" | vm_add_policy /attack/policies/restore-2.p7b
	with_fs_verity 20.1.0 initrd <"$initrd" | vm_add_policy /attack/policies/restore-3.p7b
	with_fs_verity 20.1.0 strict <"$final" | vm_add_policy /attack/policies/strict.p7b
	vm_add_attack evil mark dmload addkey memfd hidden enforce ptrace mapexec kexec modload \
		fsverity getfd bpf request ring race fuseblk uprobe
	vm_add_file "$(attack_cc enforce)" /attack/enforce-setuid 4755
	vm_add_file "$(attack_cc mark)" /attack/victim
	printf '#!/bin/sh\nexec /bin/sh /tmp/helper.sh\n' | vm_add_text /attack/helper 755
	echo ATTACK | vm_add_text /attack/magic 755
	echo | vm_add_text /sbin/request-key 755
	# Verified, as the kernel and the initramfs of an update on a signed volume are.
	vm_add_file "$(vm_fetched kernel)" /attack/vmlinuz
	echo | vm_add_text /attack/initramfs
	# A block device, as an image may have one that was made with all of its /dev: /dev/vde.
	mknod "$root/attack/node" b 254 64
	vm_add_program "$VM_DIR/dynamic" /attack/dynamic
	for name in evil.so evil-dynamic preload-data.so own.der evil.fsverity small small.fsverity padded benign good.block; do
		vm_add_file "$VM_DIR/$name" "/attack/$name"
	done
	vm_add_file "$ATTACK_HERE/guest.sh" /attack/guest.sh 644
	mkdir -p "$root/attack/run" "$root/mnt" "$root/volume"
	cp "$ATTACK_HERE"/run/* "$root/attack/run/"
	vm_step prepare <<-'END'
		mount -t devtmpfs none /dev
		mount_all
		cp /attack/evil /attack/evil.so /attack/evil-dynamic /tmp
		cat /proc/1/status
		dmesg | grep -i 'lockdown' >&2
	END
	vm_step ways <<<'ipe-status -v'
	vm_step ways-as-status <<<'ipe-status -qvW'
	for name in $(attacks); do
		vm_step "$name" 90 <<<". /attack/guest.sh; attempt $name"
	done
	vm_step ways-closed <<<'ipe-status -v'
}

# The volumes beside the root.
make_disks() {
	local evil=$VM_DIR/evil size offset
	cp "$(attack_cc evil)" "$evil"
	# What nothing vouches for, and what the attacker has signed himself.
	rm -rf "$VM_DIR/evil-tree" "$VM_DIR/good-tree"
	mkdir -p "$VM_DIR/evil-tree" "$VM_DIR/good-tree"
	cp "$evil" "$VM_DIR/evil-tree/evil"
	cp "$(vm_fetched kernel)" "$VM_DIR/evil-tree/vmlinuz"
	vm_unpack_module "$(vm_module_files dummy | tail -n 1)" "$VM_DIR/dummy.ko"
	objcopy --strip-debug "$VM_DIR/dummy.ko" "$VM_DIR/evil-tree/dummy.ko"
	verity_image evil "$VM_DIR/evil-tree" untrusted
	openssl x509 -in "$(cert_file untrusted)" -outform der -out "$VM_DIR/own.der"
	openssl x509 -in "$(cert_file trusted)" -outform der -out "$VM_DIR/trusted.der"
	# A file system with fs-verity.
	E2FSPROGS_FAKE_TIME=1 mkfs.ext4 -q -F -b 4096 -O verity -d "$VM_DIR/evil-tree" \
		"$VM_DIR/fsverity.img" 64m
	fsverity sign "$evil" "$VM_DIR/evil.fsverity" --key="$(key_file untrusted)" \
		--cert="$(cert_file untrusted)" >"$VM_DIR/fsverity.digest"
	# A file that the trusted key has signed, and that needs no hash tree.
	yes 'This is verified. ' | head -c 4096 >"$VM_DIR/small"
	fsverity sign "$VM_DIR/small" "$VM_DIR/small.fsverity" --key="$(key_file trusted)" \
		--cert="$(cert_file trusted)" >"$VM_DIR/small.digest"
	# A signed volume with a program that is nothing but a pattern, and what is to take its place.
	size=$((($(stat -c %s "$evil") + 4095) / 4096 * 4096))
	cp "$evil" "$VM_DIR/padded"
	truncate -s "$size" "$VM_DIR/padded"
	yes 'This is verified. ' | head -c "$size" >"$VM_DIR/benign"
	install -m 755 "$VM_DIR/benign" "$VM_DIR/good-tree/program"
	verity_image good "$VM_DIR/good-tree"
	offset=$(LC_ALL=C grep -obUa -m 1 'This is verified' "$VM_DIR/images/good.img" |
		head -n 1 | cut -d : -f 1)
	echo $((offset / 4096)) >"$VM_DIR/good.block"
	cmp <(tail -c +$((offset + 1)) "$VM_DIR/images/good.img" | head -c "$size") "$VM_DIR/benign"
	make_extra "$size"
}

# make_extra SIZE: a signed volume whose only program has SIZE bytes, which are on another device.
make_extra() {
	local tree=$VM_DIR/extra-tree
	rm -rf "$tree" "$VM_DIR/extra.blob"
	mkdir -p "$tree"
	# Blocks that are alike would be stored once.
	seq 1000000 | head -c "$1" >"$tree/program"
	chmod 755 "$tree/program"
	touch "$VM_DIR/extra.blob"
	mkfs.erofs --quiet -T 0 --chunksize=4096 --blobdev="$VM_DIR/extra.blob" \
		"$VM_DIR/images/extra.img" "$tree" >"$VM_DIR/extra.log" 2>&1
	cmp "$tree/program" "$VM_DIR/extra.blob"
	verity_format extra
}

# attack_boot NAME INIT [OPTION]...: the initramfs loads its policy, leaves a process behind, and
# executes INIT in the real root.
attack_boot() {
	local name=$1 init=$2 keep enter='exec switch_root /mnt'
	shift 2
	[[ $name != *pivot ]] || enter='cd /mnt; pivot_root . mnt; umount -l mnt; exec chroot .'
	case $name in
	contrast | pivot) keep='/attack/keeper queue ring 7>/sys/kernel/security/ipe/enforce 8>/sys/kernel/security/ipe/enforce' ;;
	dm) keep='drop mac_admin sys_admin -- /attack/keeper' ;;
	*) keep='drop mac_admin -- /attack/keeper' ;;
	esac
	vm_tree "$name"
	vm_add_driver
	vm_add_verity root good
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	sed -i 's|/dm-verity.ko$|& keyring_unsealed=1|' "$VM_DIR/$name/tree/vm/modules"
	vm_add_attack keeper addkey
	vm_add_file "$VM_DIR/trusted.der" /trusted.der
	with_fs_verity 1.0.0 initrd <"$VM_TOP/applet/examples/initrd.pol" |
		vm_add_policy /etc/ipe/initrd/initrd.p7b
	vm_step load <<-'END'
		mount_all
		/attack/addkey /trusted.der .fs-verity || exit
		ipe-load -i
	END
	vm_then <<-END
		mount_all
		verity_mount root /dev/vda signed /mnt || exit 1
		verity_mount good /dev/vdg signed /mnt/volume || exit 1
		$keep 9</ &
		sleep 1
		exec 8>\$ipe/enforce
		mount --move /proc /mnt/proc
		mount --move /sys /mnt/sys
		$enter $init
	END
	vm_boot --disk "$VM_DIR/images/root.img" --disk "$VM_DIR/images/evil.img" \
		--disk "$VM_DIR/fsverity.img" --disk "$VM_DIR/images/good.img" \
		--disk "$VM_DIR/scratch.img" --disk "$VM_DIR/images/extra.img" --disk "$VM_DIR/images/good.img" \
		--qemu -device --qemu edu,addr=1e.0 \
		--memory 1024 --cpus 3 --timeout 400 --append "attack.boot=$name" "$@"
}

setup_file() {
	local only
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR"
	make -s -C "$VM_TOP" BUILD="$BUILD" all >/dev/null
	make -s -C "$VM_TOP" BUILD="$VM_DIR/dm-build" SEAL_DM=1 all >/dev/null
	${HOSTCC:-cc} -rdynamic -o "$VM_DIR/dynamic" "$ATTACK_HERE/dynamic.c"
	${HOSTCC:-cc} -shared -fPIC -o "$VM_DIR/evil.so" "$ATTACK_HERE/library.c"
	${HOSTCC:-cc} -shared -nostdlib -o "$VM_DIR/preload-data.so" "$ATTACK_HERE/preload-data.c"
	${HOSTCC:-cc} -D_GNU_SOURCE -o "$VM_DIR/evil-dynamic" "$ATTACK_HERE/evil.c"
	make_disks
	truncate -s 1M "$VM_DIR/scratch.img"
	make_root
	verity_image root "$VM_DIR/root"
	attack_boot contrast /vm/init --firmware nolockdown
	attack_boot permissive /vm/init --firmware nolockdown \
		--append "ipe.enforce=0 attack.only=tmpfs,preload"
	attack_boot sealed /usr/sbin/ipe-load --firmware nolockdown --append ipe.enforce=0
	attack_boot integrity /usr/sbin/ipe-load
	only=tmpfs,verity-ignore-corruption,verity-check-once,verity-replace,helper-table,enforce,enforce-capable
	only+=,fuseblk,fuseblk-second,fuseblk-busy,fuseblk-module,proc-mem,map-own-code,map-private
	attack_boot dm /usr/sbin/ipe-load-dm --firmware nolockdown \
		--append "proc_mem.force_override=never attack.only=$only"
	if vm_since 7.0; then
		only=hidden-rootfs,hidden-pivot,kept-directory,process-roots
		attack_boot pivot /vm/init --firmware nolockdown --append "attack.only=$only"
		attack_boot sealed-pivot /usr/sbin/ipe-load --firmware nolockdown --append "attack.only=$only"
	fi
}

@test "the boots are what they should be" {
	vm_use contrast
	assert_ended off
	step prepare
	assert_line --regexp '^CapEff:\s+000001ffffffffff'
	refute_stderr --partial 'is restricted; see man kernel_lockdown'
	vm_use sealed
	assert_ended off
	step prepare
	assert_line --regexp '^CapEff:\s+000001fdffffffff'
	refute_stderr --partial 'is restricted; see man kernel_lockdown'
	vm_use integrity
	assert_ended off
	step prepare
	assert_line --regexp '^CapEff:\s+000001fdffffffff'
	assert_stderr --partial 'Kernel is locked down'
	vm_use dm
	assert_ended off
	step prepare
	assert_line --regexp '^Seccomp:\s+2'
}

@test "every attack is judged here, and every exception has its attack" {
	local name
	for name in $(attacks); do
		grep -q "judge $name\$\|judge $name " "$BATS_TEST_FILENAME" || fail "$name is not judged"
	done
	while read -r name _; do
		[[ -z $name || $name == \#* || -e $ATTACK_HERE/run/$name.sh ]] || fail "no attack $name"
	done <"$ATTACK_HERE/exceptions"
}

@test "ipe-status -v knows of every way on the list, and of no other" {
	local boot
	for boot in contrast permissive sealed integrity dm; do
		vm_use $boot
		step ways
		assert_equal "$(awk '/^(closed|open|unknown) / { print $2 }' <<<"$output" | sort)" \
			"$(awk '/^[a-z]/ { print $1 }' "$ATTACK_HERE/ways" | sort)"
	done
}

@test "what ipe-status -v calls open is won, what it calls closed is not: the policy merely loaded" {
	prove_ways contrast
}

@test "what ipe-status -v calls open is won, what it calls closed is not: ipe.enforce=0" {
	prove_ways permissive
}

@test "what ipe-status -v calls open is won, what it calls closed is not: sealed" {
	prove_ways sealed
}

@test "what ipe-status -v calls open is won, what it calls closed is not: sealed, with lockdown" {
	prove_ways integrity
}

@test "what ipe-status -v calls open is won, what it calls closed is not: device-mapper sealed, too" {
	prove_ways dm
}

@test "ipe-status -v sees a policy that root can go back to" {
	vm_use contrast
	step policy-again
	assert_stderr --regexp '(^|
)open +policies +.*: initrd could be activated; '
	assert_equal "$(outcome contrast policy-again)" won
	vm_use sealed
	step policy-again
	assert_stderr --regexp '(^|
)closed +policies '
	assert_equal "$(outcome sealed policy-again)" stopped
}

@test "ipe-status -v sees a volume that root has unmounted" {
	local boot
	for boot in contrast sealed integrity dm; do
		assert_equal "$(way_is $boot ways free-volumes)" closed
		step fuseblk
		assert_stderr --regexp '(^|
)open +free-volumes +/sys/block: dm-[0-9]+ is not in use; '
		assert_equal "$(outcome $boot fuseblk)" won
	done
}

@test "ipe-status -v sees that a setting has closed kexec and ptrace" {
	local boot
	for boot in contrast sealed integrity; do
		assert_equal "$(way_is $boot ways ptrace)" open
		assert_equal "$(way_is $boot ways-closed ptrace)" closed
		assert_equal "$(way_is $boot ways-closed kexec-command-line)" closed
	done
	judge closed-kexec
	judge closed-ptrace
}

@test "an open way is status 1 with -W, and without it is not" {
	local boot
	for boot in contrast sealed integrity dm; do
		vm_use $boot
		step ways
		assert_success
		step ways-as-status
		assert_failure 1
		assert_output ''
		assert_stderr ''
	done
	vm_use permissive
	step ways
	assert_failure 1
}

@test "mount a program over a verified one" {
	judge bind
}

@test "register a program as the interpreter of a verified file" {
	judge binfmt
}

@test "attach a BPF program that allows everything to the hook of exec" {
	judge bpf
}

@test "kernel.kexec_load_disabled=1 closes kexec with another command line" {
	judge closed-kexec
}

@test "kernel.yama.ptrace_scope=3 closes ptrace of a verified process" {
	judge closed-ptrace
}

@test "let the kernel pipe a core into a program" {
	judge core-program
}

@test "let the kernel pipe a core into a verified shell" {
	judge core-shell
}

@test "fetch a descriptor of enforce from another process" {
	judge descriptor-fetched
}

@test "take a descriptor of enforce out of the queue of a socket" {
	judge descriptor-queued
}

@test "use a descriptor of enforce that the initramfs has left open" {
	judge descriptor-leaked
}

@test "write to the kernel through /dev/mem" {
	judge dev-mem
}

@test "let an io_uring open enforce with the credentials that it keeps" {
	judge descriptor-ring
}

@test "load a library from a disk through a device node on the verified volume" {
	judge device-node
}

@test "run a program from an ordinary disk" {
	judge disk
}

@test "dlopen an unverified library" {
	judge dlopen
}

@test "the same with every capability that is left" {
	judge enforce-capable
}

@test "the same after chroot" {
	judge enforce-chroot
}

@test "the same through another mount of securityfs" {
	judge enforce-detached
}

@test "the same in every namespace of process 1" {
	judge enforce-namespaces
}

@test "the same through the module's parameter" {
	judge enforce-parameter
}

@test "the same from a setuid program" {
	judge enforce-setuid
}

@test "the same from a user namespace" {
	judge enforce-user-namespace
}

@test "write 0 to enforce" {
	judge enforce
}

@test "give a signed file system that keeps its data on a second device another such device" {
	judge extra-device
}

@test "let a driver load unverified firmware" {
	judge firmware
}

@test "let FUSE serve a program from a signed volume that root has unmounted" {
	judge fuseblk
}

@test "let FUSE serve a program from a second mapping of a signed volume" {
	judge fuseblk-second
}

@test "let FUSE serve a program from a signed volume that is mounted" {
	local boot
	judge fuseblk-busy
	for boot in contrast sealed integrity; do
		vm_use $boot
		step fuseblk-busy
		assert_stderr --partial '/dev/mapper/mnt: Resource busy'
		assert_stderr --partial '/dev/mapper/volume: Resource busy'
	done
}

@test "let FUSE serve an unsigned module from a signed volume that root has unmounted" {
	judge fuseblk-module
}

@test "let the kernel's helper open the changed volume" {
	judge helper-table
}

@test "go below the real root by pivot_root" {
	judge hidden-pivot
}

@test "go below the real root by unmounting it" {
	judge hidden-rootfs
}

@test "let the kernel start a verified shell for a uevent" {
	judge hotplug
}

@test "mount a program over the loader of a verified one" {
	judge interpreter
}

@test "go to the rootfs through a directory that a process kept open" {
	judge kept-directory
}

@test "load the verified kernel with another command line" {
	judge kexec-command-line
}

@test "load another kernel" {
	judge kexec-file
}

@test "load the verified kernel with an unverified initramfs" {
	judge kexec-initramfs
}

@test "load another kernel from memory" {
	judge kexec-memory
}

@test "add a key to every keyring and run from the dm-verity volume that it signed" {
	judge key-dm-verity
}

@test "add a key to .fs-verity and run what it signed" {
	judge key-fs-verity
}

@test "since 7.0: put a key into .dm-verity, restrict it, and run from the volume that it signed" {
	vm_since 7.0 || skip "since Linux 7.0"
	judge key-unsealed
}

@test "put a kprobe onto IPE's decision" {
	judge kprobe
}

@test "give an unverified program to the verified loader" {
	judge loader
}

@test "execute anonymous memory" {
	judge map-anonymous
}

@test "map an unverified file as executable" {
	judge map-file
}

@test "execute the heap with READ_IMPLIES_EXEC" {
	judge map-heap
}

@test "execute memory after writing it" {
	judge map-jit
}

@test "overwrite one's own code through /proc/self/mem" {
	judge map-own-code
}

@test "write into a private mapping of a verified file, then execute it" {
	judge map-private
}

@test "make a mapping of an unverified file executable" {
	judge map-protect
}

@test "execute shared memory" {
	judge map-shared
}

@test "run a program from memory" {
	judge memfd
}

@test "let the kernel start a program instead of modprobe" {
	judge modprobe-program
}

@test "let the kernel start a verified shell instead of modprobe" {
	judge modprobe-shell
}

@test "load an unsigned module" {
	judge module-file
}

@test "load an unsigned module from memory" {
	judge module-memory
}

@test "change a verified program through an overlay while it is open" {
	judge overlay-mapped
}

@test "change a module through an overlay between IPE's look at it and the kernel's reading" {
	judge overlay-race
}

@test "change a verified program through an overlay" {
	judge overlay
}

@test "run a program from a dm-verity volume without a signature" {
	judge plain-verity
}

@test "go back to the policy of the initramfs, which trusts the rootfs" {
	judge policy-again
}

@test "delete the active policy" {
	judge policy-delete
}

@test "the same with a higher version" {
	judge policy-higher
}

@test "load a permissive policy that the trusted key signed, and activate it" {
	judge policy-load
}

@test "update the active policy to a permissive one" {
	judge policy-update
}

@test "lD_PRELOAD an unverified library without code, which names a verified function to run" {
	run readelf -lW "$VM_DIR/preload-data.so"
	assert_success
	assert_line --regexp '^ +LOAD .* R '
	refute_line --regexp '^ +LOAD .*E +0x'
	judge preload-data
}

@test "lD_PRELOAD an unverified library" {
	judge preload
}

@test "let a verified BusyBox write over its own code through /proc/self/mem" {
	judge proc-mem
}

@test "run a program through a descriptor" {
	judge proc-fd
}

@test "go to the rootfs through the root of each process, kernel threads included" {
	judge process-roots
}

@test "ptrace a verified process and let it execute other bytes" {
	judge ptrace-bytes
}

@test "ptrace process 1" {
	judge ptrace-init
}

@test "ptrace a process of the initramfs that still has the capability" {
	judge ptrace-survivor
}

@test "let the kernel start a verified shell when a control group is empty" {
	judge release-agent
}

@test "let the kernel start a verified shell instead of request-key" {
	judge request-key
}

@test "run a script as a program" {
	judge script-exec
}

@test "give a script to a verified shell" {
	judge script
}

@test "let the kernel remember a signature that it verified on a file of another content" {
	local boot
	judge stale-fs-verity
	for boot in contrast sealed integrity; do
		vm_use $boot
		step stale-fs-verity
		assert_stderr --partial 'FS_IOC_ENABLE_VERITY: No space left on device'
		assert_stderr --partial 'enabled without a signature'
	done
}

@test "run a program from tmpfs" {
	judge tmpfs
}

@test "change a variable of a verified process by the reference counter of an uprobe" {
	judge uprobe
}

@test "change the data below a signed volume that is open" {
	judge verity-beneath
}

@test "open a signed volume with check_at_most_once and change its data later" {
	judge verity-check-once
}

@test "open a signed volume over changed data with ignore_corruption" {
	judge verity-ignore-corruption
}

@test "put a disk in the place of a signed volume that is open" {
	judge verity-replace
}

@test "with -d a signed volume cannot be opened with options that void its verification" {
	judge verity-ignore-corruption dm
	judge verity-check-once dm
	judge verity-replace dm
}

@test "with -d the kernel's helper cannot do it either" {
	judge helper-table dm
}

@test "with -d FUSE serves nothing from a second mapping, but does from a volume that root can unmount" {
	judge fuseblk-second dm
	judge fuseblk-busy dm
	judge fuseblk dm
	judge fuseblk-module dm
}

@test "with -d the rest holds, too" {
	judge tmpfs dm
	judge enforce dm
	judge enforce-capable dm
}

@test "proc_mem.force_override=never closes /proc/self/mem, and not a private mapping" {
	vm_use dm
	step proc-mem
	assert_stderr --partial "error writing '/proc/self/mem'"
	judge proc-mem dm
	judge map-own-code dm
	judge map-private dm
}

@test "ipe.enforce=0 on the command line lets anything run under a loaded policy, not after the hand-over" {
	local name
	vm_use permissive
	assert_ended off
	for name in tmpfs preload; do
		step $name
		assert_output 'won=1 ran=1 enforce=0 denies=0 active=initrd'
		assert_equal "$(outcome sealed $name)" stopped
		vm_use permissive
	done
	vm_use sealed
	step prepare
	assert_stderr --partial ' ipe.enforce=0'
	step tmpfs
	assert_output 'won=0 ran=0 enforce=1 denies=1 active=final'
}

@test "lockdown=integrity alone would stop kexec and modules, but neither BPF nor kprobes" {
	local name
	vm_use sealed
	for name in bpf kprobe; do
		step $name
		assert_stderr --partial attached
	done
	vm_use integrity
	for name in bpf kprobe; do
		step $name
		assert_stderr --partial attached
	done
}

@test "since 7.0: after pivot_root and unmount the rootfs is gone, but for who has a directory of it open" {
	vm_since 7.0 || skip "since Linux 7.0"
	judge hidden-rootfs pivot sealed-pivot
	judge hidden-pivot pivot sealed-pivot
	judge process-roots pivot sealed-pivot
	judge kept-directory pivot sealed-pivot
}
