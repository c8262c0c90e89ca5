#!/usr/bin/env bats
#
# hold.bats - the seal and the hand-over on the real kernel
#
# What root can still do afterwards is tests/attack's to ask.
#
# SPDX-License-Identifier: MIT

load lib
load ../attack/lib

# /proc/PID/status has each set as 16 hexadecimal digits: CAP_MAC_ADMIN is bit 33, in the eighth.
with='^Cap(Inh|Prm|Eff|Bnd|Amb):\s+[0-9a-f]{7}[2367abef]'

# What an initramfs does here before it goes to the real root on /dev/vda.
enter_root() {
	cat <<-'END'
		mount_all
		verity_mount root /dev/vda signed /mnt || exit 1
	END
}

# sealed NAME [OPTION]: a step with the status of an INIT, and of a program that it executes.
sealed() {
	vm_step "$1" <<-END
		ipe-load -s $2 /etc/ipe/initrd/initrd.p7b -- /bin/sh -c 'cat /proc/self/status'
	END
}

# A policy that can be sealed in the initramfs: it does not favour its files.
impartial() {
	policy initrd 1.0.0 'DEFAULT op=KEXEC_IMAGE action=DENY'
}

boot_seal() {
	vm_tree seal
	vm_add_driver
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	impartial | vm_add_policy /etc/ipe/initrd/initrd.p7b
	policy favours 1.0.0 'DEFAULT op=EXECUTE action=DENY' \
		'op=EXECUTE boot_verified=TRUE action=ALLOW' | vm_add_policy /favours.p7b
	vm_add_attack addkey dmload keeper securebits
	vm_add_modules dm-mod
	openssl x509 -in "$(cert_file untrusted)" -outform der -out "$VM_DIR/own.der"
	vm_add_file "$VM_DIR/own.der" /own.der
	local file=/etc/ipe/initrd/initrd.p7b capability
	vm_step mount <<<mount_all
	vm_step favours <<-'END'
		ipe-load -s /favours.p7b -- /vm/bin/hello
		status=$?
		cat /proc/sys/kernel/usermodehelper/bset
		exit $status
	END
	for capability in setpcap sys_module; do
		vm_step "without-$capability" <<-END
			drop $capability -- ipe-load -s $file -- /vm/bin/hello
		END
	done
	vm_step read-only-proc <<-END
		mount -o remount,ro /proc
		ipe-load -s $file -- /vm/bin/hello
		status=\$?
		mount -o remount,rw /proc
		exit \$status
	END
	vm_step key-before <<-'END'
		/attack/addkey /own.der .fs-verity
	END
	vm_step before <<-'END'
		cat /proc/self/status
		/attack/securebits
	END
	vm_step unmounted <<-END
		umount /sys/kernel/security /sys /proc
		ipe-load -s $file -- /vm/bin/show
		mount_all
	END
	sealed sets
	vm_step helpers <<-'END'
		cat /proc/sys/kernel/usermodehelper/bset /proc/sys/kernel/usermodehelper/inheritable
	END
	vm_step again <<-END
		drop sys_module -- ipe-load -s $file -- /vm/bin/hello
	END
	vm_step key <<-'END'
		/attack/addkey /own.der .fs-verity
	END
	vm_step rest <<-END
		ipe-load -s $file -- /attack/securebits
	END
	vm_step leaked <<-END
		exec 7</dev/null 8>\$ipe/enforce
		ipe-load -s $file -- /vm/bin/show
	END
	vm_step leaked-queued <<-END
		exec 7>\$ipe/enforce
		/attack/keeper queue ring -- /usr/sbin/ipe-load -s $file -- /vm/bin/show
	END
	vm_step enforce <<-END
		ipe-load -s $file -- /bin/sh -c 'echo 0 >/sys/kernel/security/ipe/enforce'
		cat \$ipe/enforce
	END
	vm_step apparmor-before <<-'END'
		echo none >/sys/kernel/security/apparmor/.load
	END
	vm_step apparmor <<-END
		ipe-load -s $file -- /bin/sh -c 'echo none >/sys/kernel/security/apparmor/.load'
	END
	vm_step nothing <<-END
		ipe-load -s -a initrd -- /bin/sh -c 'exit 5'
	END
	vm_step permissive <<-END
		echo 0 >\$ipe/enforce
		ipe-load -s $file -- /bin/cat \$ipe/enforce
	END
	vm_step scripts <<-END
		ipe-load -s -e $file -- /bin/sh -c 'cat /proc/self/status; /attack/securebits'
	END
	sealed sets-dm -d
	vm_step without-seccomp-right <<-END
		drop sys_admin -- ipe-load -s -d $file -- /vm/bin/hello
	END
	vm_step helpers-dm <<-'END'
		cat /proc/sys/kernel/usermodehelper/bset
	END
	local door
	for door in native i386 x32 disguised io_uring suspended; do
		vm_step "dm-free-$door" <<-END
			/attack/dmload $door
		END
		vm_step "dm-sealed-$door" <<-END
			ipe-load -s -d $file -- /attack/dmload $door
		END
	done
	vm_boot --timeout 120 --lsm landlock,lockdown,yama,integrity,apparmor,bpf,ipe
}

# boot_initramfs NAME BUILD [OPTION]...: ipe-load of BUILD as process 1 of the initramfs, with the
# policy on standard input.
boot_initramfs() {
	vm_tree "$1"
	vm_add_driver
	vm_add_file "$2/ipe-load" /usr/sbin/ipe-load
	vm_add_policy /etc/ipe/initrd/initrd.p7b
	vm_step status <<-'END'
		mount_all
		cat /proc/1/status
	END
	vm_step enforce <<-'END'
		cat $ipe/enforce
		echo 0 >$ipe/enforce
	END
	vm_boot "${@:3}"
}

# The real root: a verified volume with the applet, final.pol and a driver.
make_root() {
	local root=$VM_DIR/root
	rm -rf "$root"
	vm_at "$root"
	vm_add_driver /vm/init
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$VM_DIR/dm-build/ipe-load" /usr/sbin/ipe-load-dm
	vm_add_policy /usr/lib/ipe/final/final.p7b <"$VM_TOP/applet/examples/final.pol"
	vm_add_attack halfdrop keeper
	vm_add_program veritysetup
	vm_add_program dmsetup
	mkdir -p "$root/mnt" "$root/run" "$root/etc/ipe/final" "$root/lab/none" "$root/vm/bin"
}

boot_handover() {
	make_root
	vm_add_file "$VM_HERE/guest/init" /sbin/init 755
	vm_step mounts-and-start <<-'END'
		cat /vm/tmp/args
		echo end
		cat /vm/tmp/environ
	END
	vm_step status <<-'END'
		ls /proc /sys
		mount -t devtmpfs none /dev
		mount_all
		cat /proc/1/status
	END
	vm_step descriptors <<-'END'
		for fd in /proc/1/fd/*; do readlink $fd; done
	END
	vm_step policies <<-'END'
		ls $ipe/policies
		echo "active $(cat $ipe/policies/final/active)"
		echo "enforce $(cat $ipe/enforce)"
	END
	vm_step survivor <<-'END'
		pidof sleep
	END
	vm_step denied <<-'END'
		cp /vm/bin/hello /tmp/hello
		/tmp/hello
	END
	verity_image root "$VM_DIR/root"

	vm_tree handover
	vm_add_driver
	vm_add_verity root
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_policy /etc/ipe/initrd/initrd.p7b <"$VM_TOP/applet/examples/initrd.pol"
	policy other 0.1.0 | vm_add_policy /other.p7b
	policy run 3.0.0 | vm_add_policy /run.p7b
	vm_step load <<-'END'
		mount_all
		ipe-load /other.p7b /etc/ipe/initrd/initrd.p7b
		cat $ipe/enforce
	END
	{
		enter_root
		cat <<-'END'
			# What the hand-over must not mind: a child that has ended, and one without the
			# capability.
			sh -c : &
			drop mac_admin -- sleep 1000 &
			sleep 1
			# What it must not read.
			mkdir -p /run
			mount -t tmpfs run /mnt/run
			mkdir -p /mnt/run/ipe/final
			cp /run.p7b /mnt/run/ipe/final/run.p7b
			mount -t tmpfs other /mnt/etc/ipe/final
			cp /run.p7b /mnt/etc/ipe/final/other.p7b
			exec 8>$ipe/enforce
			umount /tmp /dev /sys/kernel/security /sys /proc
			foo=bar exec switch_root /mnt /usr/sbin/ipe-load splash one=1 'two words'
		END
	} | vm_then
	vm_boot --append ipe.enforce=0 --disk "$VM_DIR/images/root.img" --timeout 90
}

# lab NAME [APPLET]: a step that hands over inside a PID namespace, in which process 1 is the script
# on standard input that goes on as ipe-load. It sees the policies in /lab/NAME.
lab() {
	local directory=$1
	[[ -d $TREE/lab/$directory ]] || directory=none
	vm_add_text "/lab/$1.sh" <<-END
		mount -t proc proc /proc
		mount --bind /lab/$directory /usr/lib/ipe/final
		$(cat)
		exec ${2:-/usr/sbin/ipe-load}
	END
	vm_step "$1" 60 <<-END
		unshare -m -p -f sh /lab/$1.sh
		status=\$?
		echo "\$(cat \$ipe/policies/initrd/active)"
		echo "version \$(cat \$ipe/policies/initrd/version)"
		exit \$status
	END
}

boot_lab() {
	local deny='DEFAULT op=EXECUTE action=DENY' signed='op=EXECUTE dmverity_signature=TRUE action=ALLOW'
	make_root
	vm_add_text /sbin/init 755 <<-'END'
		#!/bin/sh
		echo "reached: $*"
	END
	policy favours 4.0.0 "$deny" "$signed" 'op=EXECUTE boot_verified=TRUE action=ALLOW' |
		vm_add_policy /lab/favours/a.p7b
	policy initrd 1.1.0 "$deny" "$signed" 'op=EXECUTE boot_verified=TRUE action=ALLOW' |
		vm_add_policy /lab/update/a.p7b
	policy word 4.1.0 'op=KMODULE boot_verified=FALSE action=DENY' |
		vm_add_policy /lab/favours-other/a.p7b
	policy equal 1.0.0 "$deny" "$signed" | vm_add_policy /lab/equal/a.p7b
	policy lower 0.9.0 "$deny" "$signed" | vm_add_policy /lab/lower/a.p7b
	# It names boot_verified and does not trust it.
	policy good 2.0.0 "$deny" "$signed" 'op=EXECUTE boot_verified=TRUE action=DENY' |
		vm_add_policy /lab/good/a.p7b
	mkdir -p "$TREE/lab/link"
	ln -s /tmp/a.p7b "$TREE/lab/link/a.p7b"
	vm_step prepare <<<'mount -t devtmpfs none /dev; mount_all'
	lab favours <<<:
	lab update <<<:
	lab favours-other <<<:
	lab equal <<<:
	lab lower <<<:
	lab missing <<<:
	lab run <<-'END'
		mkdir -p /run/ipe/final
		mount -t tmpfs run /run
		mkdir -p /run/ipe/final
		cp /lab/good/a.p7b /run/ipe/final
	END
	lab other-file-system <<-'END'
		mount -t tmpfs other /etc/ipe/final
		cp /lab/good/a.p7b /etc/ipe/final
	END
	lab link <<-'END'
		mount -t tmpfs tmp /tmp
		cp /lab/good/a.p7b /tmp
	END
	cp -r "$TREE/lab/good" "$TREE/lab/survivor"
	cp -r "$TREE/lab/good" "$TREE/lab/thread"
	cp -r "$TREE/lab/good" "$TREE/lab/bounding"
	cp -r "$TREE/lab/good" "$TREE/lab/node"
	cp -r "$TREE/lab/good" "$TREE/lab/queued"
	cp -r "$TREE/lab/good" "$TREE/lab/ring"
	cp -r "$TREE/lab/good" "$TREE/lab/sys-admin"
	cp -r "$TREE/lab/good" "$TREE/lab/covered"
	cp -r "$TREE/lab/good" "$TREE/lab/ends"
	cp -r "$TREE/lab/good" "$TREE/lab/volume"
	cp -r "$TREE/lab/good" "$TREE/lab/volume-mounted"
	cp -r "$TREE/lab/good" "$TREE/lab/volume-waiting"
	cp -r "$TREE/lab/good" "$TREE/lab/volume-closes"
	lab survivor <<<'sleep 100 & sleep 1'
	lab thread <<<'/attack/halfdrop thread & sleep 1'
	cp -r "$TREE/lab/good" "$TREE/lab/chain"
	lab chain <<<'/attack/halfdrop chain & sleep 1'
	lab bounding <<<'/attack/halfdrop bounding & sleep 1'
	lab node <<-'END'
		(
			exec 9>/sys/kernel/security/ipe/enforce
			exec drop mac_admin -- sleep 100
		) &
		sleep 1
	END
	lab queued <<-'END'
		(
			exec 7>/sys/kernel/security/ipe/enforce
			exec drop mac_admin -- /attack/keeper queue
		) &
		sleep 1
	END
	lab ring <<<'drop mac_admin -- /attack/keeper ring & sleep 1'
	lab sys-admin /usr/sbin/ipe-load-dm <<-'END'
		mount -t ext4 -o ro /dev/mapper/spare /mnt
		drop mac_admin -- sleep 100 &
		sleep 1
	END
	lab script "/usr/sbin/ipe-load -s -a good -- /sbin/init" <<<'sleep 100 & sleep 1'
	lab covered <<-'END'
		sleep 100 &
		sleep 1
		mount -t tmpfs none /proc/$!
	END
	lab script-permissive "/usr/sbin/ipe-load -s -a good -- /sbin/init" <<-'END'
		(
			sleep 2
			echo 0 >/sys/kernel/security/ipe/enforce
		) &
	END
	# Files of an overlay have other device numbers than its directories.
	lab overlay "chroot /mnt /usr/sbin/ipe-load" <<-'END'
		mount -t tmpfs none /tmp
		mkdir /tmp/upper /tmp/work
		mount -t overlay -o lowerdir=/,upperdir=/tmp/upper,workdir=/tmp/work none /mnt
		ln -sf /lab/good/a.p7b /mnt/usr/lib/ipe/final/final.p7b
	END
	lab ends <<<'sleep 3 &'
	# The volume "spare" was opened in the initramfs, and nobody has mounted it.
	lab volume /usr/sbin/ipe-load-dm <<<:
	lab volume-mounted /usr/sbin/ipe-load-dm <<<'mount -t ext4 -o ro /dev/mapper/spare /mnt'
	# What dmsetup sets up has no UUID.
	cp -r "$TREE/lab/good" "$TREE/lab/volume-unnamed"
	lab volume-unnamed /usr/sbin/ipe-load-dm <<-'END'
		mount -t ext4 -o ro /dev/mapper/spare /mnt
		DM_DISABLE_UDEV=1 dmsetup create unnamed --readonly --table '0 8 linear /dev/vdb 0'
	END
	vm_step volume-remove <<<'DM_DISABLE_UDEV=1 dmsetup remove unnamed'
	# It is removed when the last process that has it open ends.
	lab volume-closes /usr/sbin/ipe-load-dm <<-'END'
		drop sys_admin mac_admin -- sleep 3 </dev/mapper/spare &
		sleep 1
		DM_DISABLE_UDEV=1 veritysetup close --deferred spare
	END
	# Last: it leaves another policy active.
	cp -r "$TREE/lab/good" "$TREE/lab/changes"
	policy other 2.0.0 'op=EXECUTE boot_verified=TRUE action=ALLOW' |
		vm_add_policy /lab/changes.p7b
	lab changes <<-'END'
		(
			sleep 2
			cat /lab/changes.p7b >/sys/kernel/security/ipe/new_policy
			echo 1 >/sys/kernel/security/ipe/policies/other/active
		) &
	END
	policy good 2.1.0 "$deny" "$signed" 'op=EXECUTE boot_verified=TRUE action=ALLOW' |
		vm_add_policy /lab/favouring.p7b
	lab script-update "/usr/sbin/ipe-load -s -a good -- /sbin/init" <<-'END'
		(
			sleep 2
			cat /lab/favouring.p7b >/sys/kernel/security/ipe/policies/good/update
		) &
	END
	policy better 3.0.0 "$deny" "$signed" >"$TREE/lab/imitated.pol"
	vm_add_policy /lab/imitated/a.p7b <"$TREE/lab/imitated.pol"
	lab imitated <<-'END'
		cd /sys/kernel/security/ipe
		mount -t tmpfs none .
		cd .
		mkdir -p policies/better
		for node in enforce policies/better/active; do
			echo -n 1 >$node
		done
		echo -n 3.0.0 >policies/better/version
		cat /lab/imitated.pol >policies/better/policy
		touch policies/better/update policies/better/delete new_policy
	END
	vm_step imitated-state <<-'END'
		cat $ipe/policies/better/active
		echo
		ls $ipe/policies
	END
	verity_image lab "$VM_DIR/root"
	mkdir -p "$VM_DIR/spare"
	verity_image spare "$VM_DIR/spare"

	vm_tree lab
	vm_add_driver
	vm_add_verity lab spare
	vm_add_modules overlay
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_policy /etc/ipe/initrd/initrd.p7b <"$VM_TOP/applet/examples/initrd.pol"
	vm_step load <<<'ipe-load -i'
	vm_then <<-'END'
		mount_all
		verity_mount lab /dev/vda signed /mnt || exit 1
		verity_open spare /dev/vdb signed spare || exit 1
		umount /tmp /dev /sys/kernel/security /sys /proc
		exec switch_root /mnt /vm/init
	END
	vm_boot --disk "$VM_DIR/images/lab.img" --disk "$VM_DIR/images/spare.img" --timeout 360
}

boot_panic() {
	vm_tree panic
	vm_add_driver
	vm_add_verity root
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_policy /etc/ipe/initrd/initrd.p7b <"$VM_TOP/applet/examples/initrd.pol"
	vm_step load <<<'ipe-load -i'
	{
		enter_root
		cat <<-'END'
			sleep 1000 &
			sleep 1
			exec switch_root /mnt /usr/sbin/ipe-load
		END
	} | vm_then
	vm_boot --disk "$VM_DIR/images/root.img" --timeout 90
}

setup_file() {
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR"
	make -s -C "$VM_TOP" BUILD="$BUILD" all >/dev/null
	make -s -C "$VM_TOP" BUILD="$VM_DIR/locked-build" LOCKED=1 all >/dev/null
	make -s -C "$VM_TOP" BUILD="$VM_DIR/locked-seal-build" LOCKED=1 SEAL=1 all >/dev/null
	make -s -C "$VM_TOP" BUILD="$VM_DIR/dm-build" SEAL_DM=1 all >/dev/null
	boot_seal
	boot_initramfs rd-seal "$BUILD" --append 'rdinit=/usr/sbin/ipe-load rd.ipe.seal ipe.enforce=0' \
		< <(impartial)
	boot_initramfs rd-seal-favours "$BUILD" \
		--append 'rdinit=/usr/sbin/ipe-load rd.ipe.seal' \
		<"$VM_TOP/applet/examples/initrd.pol"
	boot_initramfs locked "$VM_DIR/locked-build" \
		--append 'rdinit=/usr/sbin/ipe-load rd.ipe=0 rd.ipe.seal' \
		<"$VM_TOP/applet/examples/initrd.pol"
	boot_initramfs locked-seal "$VM_DIR/locked-seal-build" \
		--append 'rdinit=/usr/sbin/ipe-load rd.ipe=0 rd.ipe.seal=0' < <(impartial)
	boot_handover
	boot_lab
	boot_panic
}

# A set without the capability, and nothing else missing.
sets_are() {
	assert_line --regexp "^CapInh:\s+0000000000000000"
	assert_line --regexp "^CapPrm:\s+$1"
	assert_line --regexp "^CapEff:\s+$1"
	assert_line --regexp "^CapBnd:\s+$1"
	assert_line --regexp "^CapAmb:\s+0000000000000000"
	refute_line --regexp "$with"
}

# ---- -s

@test "a policy that favours the initramfs is not sealed, with its line, and nothing is taken away" {
	vm_use seal
	step favours
	assert_failure 1
	assert_stderr --partial 'policy favours: cannot be sealed: line 4 allows EXECUTE to files of the initramfs'
	assert_stderr --partial 'trust signed volumes only'
	assert_output "$(printf '4294967295\t511')"
}

@test "without CAP_SETPCAP the seal fails, says so, and INIT does not start" {
	vm_use seal
	step without-setpcap
	assert_failure 1
	refute_output --partial hello
	assert_stderr --partial '/proc/sys/kernel/usermodehelper'
	assert_stderr --partial 'CAP_SETPCAP'
}

@test "without CAP_SYS_MODULE the kernel's helpers cannot be sealed, and INIT does not start" {
	vm_use seal
	step without-sys_module
	assert_failure 1
	refute_output --partial hello
	assert_stderr --partial 'CAP_SYS_MODULE'
}

@test "with /proc read-only the seal fails, and INIT does not start" {
	vm_use seal
	step read-only-proc
	assert_failure 1
	refute_output --partial hello
	assert_stderr --partial 'mounted read-only'
}

@test "before the seal root has CAP_MAC_ADMIN, and anybody's key goes into .fs-verity" {
	vm_use seal
	step before
	assert_line --regexp "$with"
	step key-before
	assert_success
}

@test "INIT and what it executes start without CAP_MAC_ADMIN, and with all the rest" {
	vm_use seal
	step sets
	assert_success
	sets_are 000001fdffffffff
	assert_line --regexp '^Seccomp:\s+0'
}

@test "the seal does not need /proc, /sys or securityfs to be mounted" {
	vm_use seal
	step unmounted
	assert_success
	assert_line --partial 'arg=/vm/bin/show'
}

@test "the kernel's helpers start without CAP_MAC_ADMIN" {
	vm_use seal
	step helpers
	assert_success
	assert_output "$(printf '4294967295\t509\n4294967295\t509')"
}

@test "a second seal has nothing to do and succeeds with fewer capabilities" {
	vm_use seal
	step again
	assert_success
	assert_output hello
}

@test "nobody adds a key to .fs-verity any more" {
	vm_use seal
	step key
	assert_failure 1
	assert_output --partial '.fs-verity: errno 1:'
}

@test "securebits, no_new_privs and dumpable stay as they were" {
	vm_use seal
	step before
	local before
	before=$(grep '=' <<<"$output")
	[[ -n $before ]]
	step rest
	assert_output "$before"
}

@test "a descriptor of enforce that was open before does not reach INIT; others do" {
	vm_use seal
	step leaked
	assert_success
	refute_line fd=8
	assert_line fd=7
	refute_line --regexp '^fd=([3-6]|9|1[0-9])$'
}

@test "a socket with a descriptor in its queue does not reach INIT, nor does an io_uring" {
	vm_use seal
	step leaked-queued
	assert_success
	# The other end of the socket does.
	assert_line fd=3
	refute_line --regexp '^fd=([4-9]|1[0-9])$'
}

@test "a sealed root cannot write to enforce" {
	vm_use seal
	step enforce
	assert_line 1
	assert_stderr --partial 'Operation not permitted'
}

@test "the price: no AppArmor policy can be loaded any more" {
	vm_use seal
	# It is none, and is not even looked at after the seal.
	step apparmor-before
	assert_stderr --partial 'Protocol '
	step apparmor
	assert_failure
	assert_stderr --partial 'Permission denied'
}

@test "INIT's status is the status" {
	vm_use seal
	step nothing
	assert_failure 5
}

# ---- -d

@test "-s makes a permissive IPE enforce: nobody could do it later" {
	vm_use seal
	step permissive
	assert_success
	assert_output 1
}

@test "-d without CAP_SYS_ADMIN fails, and INIT does not start" {
	vm_use seal
	step without-seccomp-right
	assert_failure 1
	refute_output --partial hello
}

@test "-d leaves every capability but CAP_MAC_ADMIN to INIT and sets a filter" {
	vm_use seal
	step sets-dm
	assert_success
	sets_are 000001fdffffffff
	assert_line --regexp '^Seccomp:\s+2'
	assert_line --regexp '^NoNewPrivs:\s+0'
}

@test "-d takes CAP_SYS_ADMIN from the kernel's helpers" {
	vm_use seal
	step helpers-dm
	assert_output "$(printf '4292870143\t509')"
}

# dm DOOR: a table goes through it before, not after.
dm() {
	vm_use seal
	step "dm-free-$1"
	assert_success
	assert_output loaded
	step "dm-sealed-$1"
	assert_failure 1
	assert_output 'errno 1: Operation not permitted'
}

@test "with -d no table is loaded by a system call" {
	dm native
}

@test "with -d no table is loaded by a 32-bit system call" {
	dm i386
}

@test "with -d no table is loaded by a command in disguise" {
	dm disguised
}

@test "with -d the filter cannot be suspended by ptrace" {
	dm suspended
}

@test "with -d an x32 call meets the filter before it meets the kernel" {
	vm_use seal
	# Debian's kernel has no x32.
	step dm-free-x32
	assert_output 'errno 38: Function not implemented'
	step dm-sealed-x32
	assert_output 'errno 1: Operation not permitted'
}

@test "io_uring is no way to device-mapper, with and without -d" {
	vm_use seal
	step dm-free-io_uring
	assert_failure 1
	assert_output --partial 'errno 95:'
	step dm-sealed-io_uring
	assert_failure 1
	assert_output --partial 'errno 95:'
}

# ---- -e

@test "since Linux 6.14 -e locks the securebits that restrict scripts; before, it fails and INIT does not start" {
	vm_use seal
	step scripts
	if vm_since 6.14; then
		assert_success
		# SECBIT_EXEC_RESTRICT_FILE, SECBIT_EXEC_DENY_INTERACTIVE and their locks
		assert_line "securebits=$((0xf00))"
		sets_are 000001fdffffffff
	else
		assert_failure 1
		refute_output
		assert_stderr --partial 'seal: scripts cannot be restricted (it takes Linux 6.14): not permitted'
	fi
}

# ---- process 1 of an initramfs

@test "rd.ipe.seal seals process 1 of an initramfs that is the final root" {
	vm_use rd-seal
	assert_ended off
	step status
	sets_are 000001fdffffffff
	step enforce
	assert_failure
	assert_output 1
}

@test "rd.ipe.seal with a policy that favours the initramfs ends process 1, with the reason and the way out" {
	vm_use rd-seal-favours
	assert_ended panic
	console
	assert_line --regexp 'ipe-load: policy initrd: cannot be sealed: line [0-9]+ allows EXECUTE to files of the initramfs'
	assert_output --partial 'trust signed volumes only'
}

@test "LOCKED=1 does not seal, so that the real root can be handed over to" {
	vm_use locked
	assert_ended off
	step status
	assert_line --regexp "$with"
}

@test "LOCKED=1 SEAL=1 seals and ignores rd.ipe=0 and rd.ipe.seal=0" {
	vm_use locked-seal
	assert_ended off
	step status
	sets_are 000001fdffffffff
	step enforce
	assert_failure
}

# ---- the hand-over

@test "the real init gets the kernel's arguments and environment" {
	vm_use handover
	assert_ended off
	step mounts-and-start
	assert_line --index 0 splash
	assert_line --index 1 one=1
	assert_line --index 2 'two words'
	assert_line --index 3 end
	assert_line foo=bar
}

@test "the hand-over works after a hand-made switch_root without /proc and /sys" {
	vm_use handover
	step status
	sets_are 000001fdffffffff
}

@test "no descriptor of IPE reaches the real init" {
	vm_use handover
	step descriptors
	assert_success
	refute_output --partial ipe
	refute_output --partial enforce
}

@test "after the hand-over the real root's policy is the only one, and active" {
	vm_use handover
	step policies
	assert_line --index 0 final
	assert_line --index 1 'active 1'
	assert_equal "${#lines[@]}" 3
}

@test "ipe.enforce=0 does not survive the hand-over" {
	vm_use handover
	step load
	assert_line 0
	step policies
	assert_line --index 2 'enforce 1'
	step denied
	assert_failure 126
}

@test "a process without the capability, and one that has ended, may survive" {
	vm_use handover
	step survivor
	assert_success
}

@test "the hand-over passes over /run, and over other file systems than that of /" {
	vm_use handover
	console
	assert_line --partial '/etc/ipe/final/: passed over'
	step policies
	refute_line run
}

# Contrast: tests/attack/fsverity.bats.
@test "a volume keeps dm-verity loaded, so nobody is told that root could load it anew" {
	vm_since 7.0 || skip "since Linux 7.0"
	vm_use handover
	step status
	assert_success
	console
	refute_output --partial 'no volume uses dm_verity'
}

# refused NAME: the hand-over failed, init was not reached, and the initramfs's policy is active.
refused() {
	vm_use lab
	step "$1"
	assert_failure 1
	refute_output --partial reached
	assert_line --index 0 1
	assert_line 'version 1.0.0'
}

@test "a policy that lets files of the initramfs run is refused, with its line" {
	refused favours
	assert_stderr --partial 'policy favours: cannot be sealed: line 5 allows EXECUTE'
}

@test "so is one that is an update of the active policy, before it is in force" {
	refused update
	assert_stderr --partial 'policy initrd: cannot be sealed: line 5 allows EXECUTE'
}

@test "so is one that favours them for modules, by denying the others" {
	refused favours-other
	assert_stderr --partial 'policy word: cannot be sealed'
	assert_stderr --partial KMODULE
}

@test "a policy of the same version as the initramfs's is refused, with both versions" {
	refused equal
	assert_stderr --partial 'its version 1.0.0 must be higher than that of the active policy initrd, 1.0.0'
}

@test "a policy of a lower version is refused" {
	refused lower
	assert_stderr --partial 0.9.0
}

@test "without a policy for the real root the hand-over fails" {
	refused missing
	assert_stderr --partial 'no policy'
}

@test "a policy in /run does not count" {
	refused run
	assert_stderr --partial 'no policy'
}

@test "a policy on another file system does not count, and a message says so" {
	refused other-file-system
	assert_stderr --partial "/etc/ipe/final/: passed over: not on ipe-load's file system"
	assert_stderr --partial 'no policy'
}

@test "a link to what is not on the file system of / is an error" {
	refused link
	assert_stderr --partial "is not on ipe-load's file system"
}

# left NAME WHO: the hand-over failed and named WHO.
left() {
	vm_use lab
	step "$1"
	assert_failure 1
	refute_output --partial reached
	assert_stderr --regexp "processes are left that could undo the seal: [0-9]+ \($2\)"
}

@test "a process that still has CAP_MAC_ADMIN is named, and the hand-over fails" {
	left survivor 'sleep: CAP_MAC_ADMIN'
}

@test "so is one of which only a thread has it" {
	left thread 'halfdrop: CAP_MAC_ADMIN'
}

@test "so is one that forks and ends all the time" {
	left chain 'halfdrop: CAP_MAC_ADMIN'
}

@test "so is one that has it in its bounding set only" {
	left bounding 'halfdrop: CAP_MAC_ADMIN'
}

@test "so is one without it that has a node of IPE open" {
	left node 'sleep: an open file of securityfs, queued descriptors or an io_uring'
}

@test "so is one with a socket in whose queue such a descriptor lies" {
	left queued 'keeper: an open file of securityfs, queued descriptors or an io_uring'
}

@test "so is one with an io_uring" {
	left ring 'keeper: an open file of securityfs, queued descriptors or an io_uring'
}

@test "with SEAL_DM so is one that has CAP_SYS_ADMIN" {
	left sys-admin 'sleep: CAP_SYS_ADMIN'
}

@test "a script that is process 1 and seals by -s leaves none behind either" {
	left script 'sleep: CAP_MAC_ADMIN'
}

@test "so is one whose directory in /proc is covered by a mount" {
	left covered 'sleep: CAP_MAC_ADMIN'
}

@test "a mount over IPE's directory is not mistaken for it" {
	vm_use lab
	step imitated
	assert_success
	assert_line 'reached: '
	step imitated-state
	assert_line --index 0 1
	assert_line --index 1 better
	assert_equal "${#lines[@]}" 2
}

@test "a script that seals by -s does not go on if IPE has stopped enforcing meanwhile" {
	vm_use lab
	step script-permissive
	assert_failure 1
	refute_output --partial reached
	assert_stderr --partial 'policy good: not enforced any more'
}

@test "a script that seals by -s does not go on if the policy was updated to one that favours the initramfs" {
	vm_use lab
	step script-update
	assert_failure 1
	refute_output --partial reached
	assert_stderr --partial 'policy good: cannot be sealed: line 5 allows EXECUTE to files of the initramfs'
}

@test "a root that is an overlay is one file system" {
	vm_use lab
	step overlay
	assert_success
	assert_line 'reached: '
}

@test "a process that ends within five seconds is waited for" {
	vm_use lab
	step ends
	assert_success
	assert_line 'reached: '
}

# A fuseblk mount of such a volume would make any file one of it.
@test "with SEAL_DM a dm-verity volume that nobody has mounted is named, and the hand-over fails" {
	vm_use lab
	step volume
	assert_failure 1
	refute_output --partial reached
	assert_stderr --regexp 'seal: dm-verity volumes are open that nobody has mounted: dm-[0-9]+'
}

@test "with SEAL_DM so is a device that has no UUID to tell what it is" {
	vm_use lab
	step volume-unnamed
	assert_failure 1
	refute_output --partial reached
	assert_stderr --partial 'dm-verity volumes are open that nobody has mounted: dm-2'
	step volume-remove
	assert_success
}

@test "with SEAL_DM one that is mounted does no harm, and fuseblk is named as what is left" {
	vm_use lab
	step volume-mounted
	assert_success
	assert_line 'reached: '
	assert_stderr --partial 'fuseblk'
	# It is a note, of this seal alone.
	step ends
	refute_stderr --partial 'fuseblk'
}

@test "with SEAL_DM a dm-verity volume that is closed within five seconds is waited for" {
	vm_use lab
	step volume-closes
	assert_success
	assert_line 'reached: '
}

@test "a process that activates another policy meanwhile ends the hand-over" {
	vm_use lab
	step changes
	assert_failure 1
	refute_output --partial reached
	assert_stderr --partial 'policy good: not active any more'
}

@test "a failed hand-over ends process 1, and the console says why" {
	vm_use panic
	assert_ended panic
	console
	assert_output --regexp 'undo the seal: [0-9]+ \(sleep: CAP_MAC_ADMIN\)'
}
