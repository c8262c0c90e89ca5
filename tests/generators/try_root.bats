#!/usr/bin/env bats
#
# try_root.bats - what the hooks ask before the real root is entered: does init=ipe-load run there?
#
# On this machine, in directories that stand for real roots. Needs root.
#
# SPDX-License-Identifier: MIT

load lib

setup_file() {
	make -s -C "$VM_TOP" BUILD="$BUILD" all >&2
}

setup() {
	root=$BATS_TEST_TMPDIR/root
	program=$root/usr/sbin/ipe-load
	mkdir -p "$root"/{usr/sbin,sbin,bin}
}

# try_root [INIT]: as a hook does it.
try_root() {
	run "$BUILD/ipe-load" --try-root "$root" "$@"
}

# with_cmdline TEXT COMMAND...: the command finds this kernel command line.
with_cmdline() {
	local text=$1
	shift
	printf '%s\n' "$text" >"$BATS_TEST_TMPDIR/cmdline"
	# shellcheck disable=SC2016 # the inner shell expands it
	unshare --mount --propagation private \
		bash -c 'mount --bind "$0" /proc/cmdline && exec "$@"' "$BATS_TEST_TMPDIR/cmdline" "$@"
}

# fake TEXT: let this be a static program in place of the root's ipe-load, whose main has this body.
fake() {
	printf '%s\n' '#include <signal.h>' '#include <stdio.h>' '#include <string.h>' '#include <unistd.h>' \
		'int main(int argc, char **argv) {' "$1" '}' >"$BATS_TEST_TMPDIR/fake.c"
	musl-gcc -static -o "$program" "$BATS_TEST_TMPDIR/fake.c"
}

assert_stops() {
	assert_failure 1
	assert_line --partial "ipe-load: init=$1: $2"
	assert_equal "${#lines[@]}" 1
}

# assert_tried: the program was executed; the fake one ends with status 7.
assert_tried() {
	assert_failure 7
	refute_output
}

@test "an ipe-load that runs in the real root passes" {
	cp "$BUILD/ipe-load" "$program"
	try_root /usr/sbin/ipe-load
	assert_success
	refute_output
}

@test "a program that does something else does not pass for ipe-load, though it runs" {
	cp "$(command -v busybox)" "$program"
	try_root /usr/sbin/ipe-load
	assert_failure
}

@test "it is executed there, as init= names it, with --try-root and nothing else" {
	fake 'FILE *f = fopen("/ran", "w"); fprintf(f, "%d %s %s", argc, argv[0], argv[1]); puts("out");
		fputs("err", stderr); return fclose(f);'
	try_root /usr/sbin/ipe-load
	assert_success
	assert_equal "$(<"$root/ran")" "2 /usr/sbin/ipe-load --try-root"
}

@test "a missing one stops the boot" {
	try_root /usr/sbin/ipe-load
	assert_stops /usr/sbin/ipe-load 'the real root has no such program'
	try_root //usr/sbin/ipe-load//
	assert_stops //usr/sbin/ipe-load// 'the real root has no such program'
}

@test "one that is noise, cut short, for another processor, or without permission stops the boot" {
	head -c 40000 /dev/urandom >"$program"
	chmod 755 "$program"
	try_root /usr/sbin/ipe-load
	assert_stops /usr/sbin/ipe-load 'cannot be executed: not a program'

	for size in 50 1000 20000; do
		head -c "$size" "$BUILD/ipe-load" >"$program"
		try_root /usr/sbin/ipe-load
		assert_failure
	done

	cp "$BUILD/ipe-load" "$program"
	# e_machine: RISC-V
	printf '\xf3' | dd of="$program" bs=1 seek=18 conv=notrunc status=none
	try_root /usr/sbin/ipe-load
	assert_stops /usr/sbin/ipe-load 'cannot be executed: not a program'

	cp "$BUILD/ipe-load" "$program"
	chmod 644 "$program"
	try_root /usr/sbin/ipe-load
	assert_stops /usr/sbin/ipe-load 'cannot be executed: permission denied'

	rm "$program"
	mkdir "$program"
	try_root /usr/sbin/ipe-load
	assert_stops /usr/sbin/ipe-load 'cannot be executed: permission denied'
}

@test "one that lacks its interpreter stops the boot" {
	printf '%s\n' '#!/bin/no-such-shell' >"$program"
	chmod 755 "$program"
	try_root /usr/sbin/ipe-load
	assert_stops /usr/sbin/ipe-load 'the real root has no such program'
}

@test "one that ends with another status, or is killed, stops the boot" {
	fake 'return 7;'
	try_root /usr/sbin/ipe-load
	assert_tried
	fake 'raise(SIGSEGV);'
	try_root /usr/sbin/ipe-load
	assert_failure 139
}

@test "one that never ends is killed after ten seconds, and stops the boot" {
	fake 'for (;;) pause();'
	try_root /usr/sbin/ipe-load
	assert_failure 142
	run bash -c "trap '' ALRM; exec '$BUILD/ipe-load' --try-root '$root' /usr/sbin/ipe-load"
	assert_failure 142
}

@test "closed descriptors change nothing" {
	cp "$BUILD/ipe-load" "$program"
	run bash -c "exec '$BUILD/ipe-load' --try-root '$root' /sbin/init <&- >&- 2>&-"
	assert_success
	fake 'return 7;'
	run bash -c "exec '$BUILD/ipe-load' --try-root '$root' /usr/sbin/ipe-load <&- >&- 2>&-"
	assert_tried
}

@test "another init is not executed" {
	fake 'return 7;'
	mv "$program" "$root/sbin/init"
	for init in /sbin/init /sbin/missing /usr/sbin/ipe-load/x /usr/sbin/ipe-loader ''; do
		try_root "$init"
		assert_success
		refute_output
	done
}

@test "a link to ipe-load, by whatever path and whether it is there or not, counts as ipe-load" {
	ln -s /usr/sbin/ipe-load "$root/sbin/absolute"
	ln -s ../usr/sbin/ipe-load "$root/sbin/relative"
	ln -s relative "$root/sbin/twice"
	ln -s /sbin/twice "$root/bin/thrice"
	for init in absolute relative twice ../bin/thrice; do
		try_root "/sbin/$init"
		assert_stops "/sbin/$init" 'the real root has no such program'
	done
	fake 'return 7;'
	for init in absolute relative twice ../bin/thrice; do
		try_root "/sbin/$init"
		assert_tried
	done
}

@test "a link is followed in the real root, not in the initramfs" {
	fake 'return 7;'
	mkdir "$root/only-there"
	mv "$program" "$root/only-there/ipe-load"
	ln -s /only-there/ipe-load "$root/sbin/absolute"
	ln -s ../../../../only-there/ipe-load "$root/sbin/relative"
	for init in absolute relative; do
		try_root "/sbin/$init"
		assert_tried
	done
}

@test "a loop of links is no ipe-load" {
	ln -s b "$root/sbin/a"
	ln -s a "$root/sbin/b"
	try_root /sbin/a
	assert_success
}

@test "another name of the file /usr/sbin/ipe-load counts as ipe-load" {
	fake 'return 7;'
	ln "$program" "$root/sbin/init"
	try_root /sbin/init
	assert_tried
}

@test "without INIT it is the last init= of the kernel's command line, as systemd takes it" {
	local line
	fake 'return 7;'
	for line in init=/usr/sbin/ipe-load 'init=/sbin/init quiet init=/usr/sbin/ipe-load' \
		'"init=/usr/sbin/ipe-load" quiet' 'init="/usr/sbin/ipe-load"' \
		"quiet -- init='/usr/sbin/ipe-load'"; do
		run with_cmdline "$line" "$BUILD/ipe-load" --try-root "$root"
		assert_tried
	done
	for line in quiet 'init=/usr/sbin/ipe-load init=/sbin/init' rdinit=/usr/sbin/ipe-load \
		rd.init=/usr/sbin/ipe-load init= ''; do
		run with_cmdline "$line" "$BUILD/ipe-load" --try-root "$root"
		assert_success
		refute_output
	done
}

@test "an init= that names ipe-load stops the boot when the tool would execute another program" {
	local line
	fake 'return 7;'
	for line in '"init=/usr/sbin/ipe-load"' 'init="/usr/sbin/ipe-load"' 'quiet #note init=/usr/sbin/ipe-load' \
		"motd='hello init=/usr/sbin/ipe-load" 'init=/sbin/init init=//usr/sbin/ipe-load'; do
		for init in /sbin/init '"/usr/sbin/ipe-load"' ''; do
			run with_cmdline "$line" "$BUILD/ipe-load" --try-root "$root" "$init"
			assert_failure 1
			assert_output --partial "the initramfs would execute $init"
		done
		run with_cmdline "$line" "$BUILD/ipe-load" --try-root "$root" /usr/sbin/ipe-load
		assert_tried
	done
}

@test "a root that is not there stops the boot" {
	run "$BUILD/ipe-load" --try-root "$root/missing" /usr/sbin/ipe-load
	assert_failure 1
	assert_output --partial "$root/missing: cannot be made the root directory: it does not exist"
}
