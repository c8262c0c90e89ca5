#!/usr/bin/env bats
#
# architectures.bats - other processors: builds with Debian's cross compilers, host tests under QEMU
#
# The host tests run as they are, with programs in the place of ipe-load, ipe-check and ipe-status
# that start the foreign ones under qemu-user: that of Debian 13, since Debian 12's lacks openat2.
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

setup_file() {
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	BUILD=${BUILD:-build}
	[[ $BUILD == /* ]] || BUILD=$TOP/$BUILD
	QEMU=$("$TOP/tests/full/unpack" trixie amd64 qemu-user)/usr/bin
	export TOP BUILD QEMU
}

setup() {
	bats_require_minimum_version 1.5.0
	PATH=$PATH:/usr/sbin:/sbin
}

# What cannot pass, everything else must. valgrind counts only what this machine's programs do. And
# qemu-user writes the old action of a signal before it reads the new one, where the kernel does it
# the other way round: with one structure for both SIGPIPE is not ignored under it.
excepted='ten times the text costs ten times the work
a standard error that nobody reads does not stop it'

# build ARCH COMPILER [MAKE-ARGUMENT]...: build for the Debian architecture ARCH.
build() {
	local arch=$1 compiler=$2 suite=bookworm tree
	shift 2
	# Debian 12 has no riscv64, and the lists of Debian 13's are not always whole.
	if [[ $arch == riscv64 ]]; then
		suite=trixie
		"$TOP/tests/full/unpack" trixie riscv64 musl-dev >/dev/null 2>&1 || suite=sid
		echo "# riscv64: musl of $suite" >&3
	fi
	tree=$("$TOP/tests/full/unpack" "$suite" "$arch" musl-dev)
	make -s -C "$TOP" BUILD="$BUILD/arch/$arch" CC="$compiler" \
		MUSL="$(echo "$tree"/usr/lib/*-linux-musl*)" "$@"
	echo "# $arch: $(stat -c %s "$BUILD/arch/$arch/ipe-load") bytes" >&3
}

# host_tests ARCH QEMU FILE...: run host tests with the build for ARCH.
host_tests() {
	local arch=$1 qemu=$QEMU/qemu-$2 dir=$BUILD/arch/$1/run name failed
	shift 2
	mkdir -p "$dir" "$BUILD/keys"
	ln -sfn "$BUILD/keys" "$dir/keys"
	for name in ipe-load ipe-check ipe-status; do
		# shellcheck disable=SC2016 # the program expands it
		printf '#!/bin/sh\nexec %s -0 "${0##*/}" %s "$@"\n' "$qemu" \
			"$BUILD/arch/$arch/ipe-load" >"$dir/$name"
		chmod 755 "$dir/$name"
	done
	# With "n" in MAKEFLAGS the tests' own make changes nothing.
	BUILD=$dir MAKEFLAGS=n bats --formatter tap "$@" >"$dir/log" 2>&1 3>&- || :
	echo "# $arch: $(grep -c '^ok ' "$dir/log") host tests passed," \
		"$(grep -c '^not ok ' "$dir/log") cannot" >&3
	grep -q '^ok ' "$dir/log" || fail "$(cat "$dir/log")"
	failed=$(sed -n 's/^not ok [0-9]* //p' "$dir/log" | grep -vxF "$excepted") || failed=
	[[ -z $failed ]] || {
		cat "$dir/log"
		fail "failed: $failed"
	}
	# Not one was left out.
	assert_equal "$(grep -c '^ok \|^not ok ' "$dir/log")" "$(cat "$@" | grep -c '^@test')"
}

host_files=("$BATS_TEST_DIRNAME"/../host/{check,cli}.bats)

@test "x86-64: builds with gcc and Debian's musl, and passes the host tests" {
	build amd64 gcc
	host_tests amd64 x86_64 "${host_files[@]}"
}

@test "aarch64: builds, and passes the host tests" {
	build arm64 aarch64-linux-gnu-gcc
	host_tests arm64 aarch64 "${host_files[@]}"
}

@test "armv7: builds, and passes the host tests" {
	build armhf arm-linux-gnueabihf-gcc
	host_tests armhf arm "${host_files[@]}"
}

@test "i386: builds, and passes the host tests" {
	build i386 i686-linux-gnu-gcc
	host_tests i386 i386 "${host_files[@]}"
}

@test "riscv64: builds, and passes the host tests" {
	build riscv64 riscv64-linux-gnu-gcc
	host_tests riscv64 riscv64 "${host_files[@]}"
}

@test "s390x, which is big-endian: builds, and its readers pass the host tests" {
	build s390x s390x-linux-gnu-gcc
	host_tests s390x s390x "${host_files[@]}"
}

@test "every build is a static program of its processor that starts" {
	local arch machine
	while read -r arch machine; do
		run -0 readelf -hlW "$BUILD/arch/$arch/ipe-load"
		assert_output --partial "$machine"
		refute_output --partial INTERP
		refute_output --regexp 'LOAD.* RWE '
	done <<-'END'
		amd64 X86-64
		arm64 AArch64
		armhf ARM
		i386 80386
		riscv64 RISC-V
		s390x S/390
	END
}
