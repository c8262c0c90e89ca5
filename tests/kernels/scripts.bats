#!/usr/bin/env bats
#
# scripts.bats - what -e and SEAL_EXEC=1 hold of an interpreter that asks the kernel (tests/vm/interpreter.c)
#
# In one boot, in a signed dm-verity root under final.pol: ipe-load -s with and without -e, whose INIT is
# the interpreter, and at last the hand-over of an ipe-load with SEAL_EXEC=1. The script is on the volume and,
# copied, in tmpfs. The kernel knows the securebits since 6.14, but IPE answers an interpreter since 6.19.
#
# SPDX-License-Identifier: MIT

load ../vm/lib
load ../attack/lib

# ways OPTIONS PREFIX: a step for each way to give the interpreter something to run, under ipe-load -s with
# OPTIONS.
ways() {
	local sealed="ipe-load $1 /usr/lib/ipe/final/final.p7b --"
	vm_step "$2-volume" <<<"$sealed /vm/bin/interpreter /scripts/script"
	vm_step "$2-tmpfs" <<<"$sealed /vm/bin/interpreter /tmp/script"
	vm_step "$2-pipe" <<<"cat /scripts/script | $sealed /vm/bin/interpreter -"
	vm_step "$2-input-volume" <<<"$sealed /vm/bin/interpreter - </scripts/script"
	vm_step "$2-input-tmpfs" <<<"$sealed /vm/bin/interpreter - </tmp/script"
	vm_step "$2-text" <<<"$sealed /vm/bin/interpreter -c 'it runs'"
	vm_step "$2-shell" <<<"$sealed /bin/sh /tmp/shell"
}

make_root() {
	vm_at "$VM_DIR/root"
	vm_add_driver /vm/init
	vm_add_static interpreter
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$VM_DIR/exec-build/ipe-load" /usr/sbin/ipe-load-exec
	vm_add_policy /usr/lib/ipe/final/final.p7b <"$VM_TOP/applet/examples/final.pol"
	vm_add_attack securebits
	vm_add_text /scripts/script 755 <<-'END'
		#!/vm/bin/interpreter
		it runs
	END
	vm_add_text /scripts/shell 755 <<-'END'
		#!/bin/sh
		echo it runs
	END
	vm_add_text /sbin/init 755 <<-'END'
		#!/bin/sh
		/attack/securebits
		/vm/bin/interpreter /scripts/script
		/vm/bin/interpreter /tmp/script
	END
	mkdir -p "$TREE/mnt"
	vm_step prepare <<-'END'
		mount -t devtmpfs none /dev
		mount_all
		cp /scripts/* /tmp
	END
	ways -s free
	ways '-s -e' restricted
	vm_step hand-over <<-'END'
		unshare -m -p -f sh -c 'mount -t proc proc /proc && exec /usr/sbin/ipe-load-exec'
	END
}

setup_file() {
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR"
	vm_since 6.19 || return 0
	make -s -C "$VM_TOP" BUILD="$BUILD" all >/dev/null
	make -s -C "$VM_TOP" BUILD="$VM_DIR/exec-build" SEAL_EXEC=1 all >/dev/null
	make_root
	verity_image root "$VM_DIR/root"

	vm_tree scripts
	vm_add_driver
	vm_add_verity root
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_policy /etc/ipe/initrd/initrd.p7b <"$VM_TOP/applet/examples/initrd.pol"
	vm_step load <<<'ipe-load -i'
	vm_then <<-'END'
		mount_all
		verity_mount root /dev/vda signed /mnt || exit 1
		umount /tmp /dev /sys/kernel/security /sys /proc
		exec switch_root /mnt /vm/init
	END
	vm_boot --disk "$VM_DIR/images/root.img" --timeout 120
}

setup() {
	vm_since 6.19 || skip "since Linux 6.19"
}

# runs STEP...: each ran the script.
runs() {
	local name
	for name; do
		step "$name"
		assert_success
		assert_output 'it runs'
	done
}

# refuses STEP WHY: the interpreter refused it, and nothing ran.
refuses() {
	step "$1"
	assert_failure 1
	refute_output
	assert_stderr --partial "interpreter: $2"
}

@test "without -e all runs that is given to an interpreter" {
	assert_ended off
	step prepare
	assert_success
	runs free-volume free-tmpfs free-pipe free-input-volume free-input-tmpfs free-text free-shell
}

@test "with -e a script on the signed volume runs, also as standard input" {
	runs restricted-volume restricted-input-volume
}

@test "with -e one in tmpfs is refused, also as standard input" {
	refuses restricted-tmpfs '/tmp/script: refused: Permission denied'
	refuses restricted-input-tmpfs 'standard input: refused: Permission denied'
}

@test "with -e commands from a pipe or the command line are refused" {
	refuses restricted-pipe 'standard input: refused: Permission denied'
	refuses restricted-text '-c: refused: interactive'
}

@test "-e does not hold an interpreter that does not ask, such as BusyBox's shell" {
	runs restricted-shell
}

@test "the hand-over of an ipe-load with SEAL_EXEC=1 restricts scripts likewise" {
	step hand-over
	assert_failure 1
	# SECBIT_EXEC_RESTRICT_FILE, SECBIT_EXEC_DENY_INTERACTIVE and their locks
	assert_line "securebits=$((0xf00))"
	assert_equal "$(grep -cx 'it runs' <<<"$output")" 1
	assert_stderr --partial 'interpreter: /tmp/script: refused: Permission denied'
}
