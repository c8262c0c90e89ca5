#!/usr/bin/env bats
#
# kernel_unpacks.bats - which images may keep their kernel modules compressed under a policy for KMODULE
#
# With the kmod of Debian 12 (30), which unpacks modules itself, and that of Debian 13 (34), which does not.
#
# SPDX-License-Identifier: MIT

load lib

setup_file() {
	NEW=$("$GENERATORS_HERE/tree" trixie)
	RELEASE=$(vm_fetched release)
	CONFIG=$(vm_fetched root)/boot/config-$RELEASE
	export NEW CONFIG
}

# An image with kmod 34, and two modules as Debian stores them.
setup() {
	image=$BATS_TEST_TMPDIR/image
	modules=$image/usr/lib/modules/1
	mkdir -p "$image/usr/bin" "$modules"
	cp "$NEW/usr/bin/kmod" "$image/usr/bin"
	ln -s kmod "$image/usr/bin/modprobe"
	touch "$modules/one.ko.xz" "$modules/two.ko.xz"
}

# unpacks STATUS CONFIG...: is the answer this one?
unpacks() {
	run "-$1" "$VM_TOP/dracut-module/kernel-unpacks" "$image" "$modules" "${@:2}"
	refute_output
}

# config NAME SED: the kernel's configuration, with a change.
config() {
	sed "$2" "$CONFIG" >"$BATS_TEST_TMPDIR/$1"
	printf '%s\n' "$BATS_TEST_TMPDIR/$1"
}

@test "kernel-unpacks: with Debian's kernel and kmod 34 modules stay compressed" {
	unpacks 0 /nowhere "$CONFIG"
	gzip -c "$CONFIG" >"$BATS_TEST_TMPDIR/config.gz"
	unpacks 0 "$BATS_TEST_TMPDIR/config.gz"
}

@test "kernel-unpacks: also where kmod is a program with a library beside it" {
	mkdir "$image/usr/lib/x86_64-linux-gnu"
	cp -P "$NEW"/usr/lib/x86_64-linux-gnu/libkmod.so.* "$image/usr/lib/x86_64-linux-gnu"
	printf 'libkmod.so.2' >"$image/usr/bin/kmod"
	unpacks 0 "$CONFIG"
}

@test "kernel-unpacks: not with kmod 30, be it the program or the library" {
	cp /usr/bin/kmod "$image/usr/bin"
	unpacks 1 "$CONFIG"
	cp "$NEW/usr/bin/kmod" "$image/usr/bin"
	unpacks 0 "$CONFIG"
	cp /usr/lib/x86_64-linux-gnu/libkmod.so.2 "$image/usr/lib"
	unpacks 1 "$CONFIG"
}

@test "kernel-unpacks: not where BusyBox loads modules, or nothing does" {
	ln -sf busybox "$image/usr/bin/modprobe"
	unpacks 1 "$CONFIG"
	rm "$image/usr/bin/modprobe" "$image/usr/bin/kmod"
	unpacks 1 "$CONFIG"
}

@test "kernel-unpacks: not with a kernel that does not, or whose configuration is not there" {
	unpacks 1 "$(config off 's/^CONFIG_MODULE_DECOMPRESS=y/# CONFIG_MODULE_DECOMPRESS is not set/')"
	unpacks 1 /nowhere
	unpacks 1
}

@test "kernel-unpacks: not where a module has another compression than the kernel's" {
	local zstd
	zstd=$(config zstd 's/^CONFIG_MODULE_COMPRESS_XZ=y/CONFIG_MODULE_COMPRESS_ZSTD=y/')
	unpacks 1 "$zstd"
	mv "$modules/two.ko.xz" "$modules/two.ko.zst"
	unpacks 1 "$CONFIG"
	mv "$modules/one.ko.xz" "$modules/one.ko.zst"
	unpacks 0 "$zstd"
}
