# shellcheck shell=bash
#
# lib.bash - what the parts of the benchmark have in common
#
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2034 # the parts use what is set here

BENCH_HERE=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
BENCH_TOP=$(cd "$BENCH_HERE/../.." && pwd)
BUILD=${BUILD:-build}
[[ $BUILD == /* ]] || BUILD=$BENCH_TOP/$BUILD
export BUILD
# How often each is measured.
RUNS=${RUNS:-11}
# What was measured: one KEY VALUE a line, as often as it was measured.
RESULTS=$BUILD/bench/results
VM_DIR=$BUILD/bench/$(basename "$0")

# Each instruction takes a nanosecond of the virtual machine's time.
ICOUNT=(--icount "shift=0" --qemu -rtc --qemu "base=2026-01-01,clock=vm")

die() {
	printf 'bench: %s\n' "$*" >&2
	exit 1
}

note() {
	printf 'bench: %s\n' "$*" >&2
}

# results PART: take standard input as the results of PART, in place of earlier ones.
results() {
	mkdir -p "$RESULTS"
	cat >"$RESULTS/$1.new" && mv "$RESULTS/$1.new" "$RESULTS/$1"
}

# bench_step STEP: print what the step wrote; die unless it succeeded.
bench_step() {
	local dir=$VM_DIR/$VM_NAME
	[[ $(cat "$dir/steps/$1/status" 2>/dev/null) == 0 ]] || {
		tail -n 30 "$dir/console" >&2
		cat "$dir/steps/$1/err" >&2
		die "step $1 failed: see $dir/console"
	}
	cat "$dir/steps/$1/out"
}

# static NAME: build tests/bench/NAME.c as tests/vm builds its helpers.
static() {
	vm_add_static "../bench/$1" "/bench/bin/$1"
}

# loader_tree NAME: a tree with all that loads the example policy, each in its own way.
loader_tree() {
	local dir=$BUILD/bench/policies
	make -s -C "$BENCH_TOP" BUILD="$BUILD" all
	mkdir -p "$dir"
	[[ -s $dir/site.p7b && $dir/site.p7b -nt $BENCH_TOP/applet/examples/initrd.pol ]] ||
		sign_policy "$BENCH_TOP/applet/examples/initrd.pol" "$dir/site.p7b"
	printf '%s\n' 'policy_name=other policy_version=1.0.0' 'DEFAULT action=ALLOW' >"$dir/other.pol"
	[[ -s $dir/other.p7b ]] || sign_policy "$dir/other.pol" "$dir/other.p7b"
	make -s -C "$BENCH_TOP" BUILD="$BUILD/bench/embedding" POLICY="$dir/site.p7b"
	gcc -nostdlib -static -s -Wl,--build-id=none -DNAME='"initrd"' -DPOLICY="\"$dir/site.p7b\"" \
		-o "$BUILD/bench/floor" "$BENCH_HERE/floor.S"

	vm_tree "$1"
	vm_add_driver
	vm_add_file "$BENCH_HERE/guest.sh" /bench/guest.sh
	static count
	static clock
	vm_add_file "$BUILD/bench/floor" /bench/bin/floor
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$BUILD/bench/embedding/ipe-load" /usr/sbin/ipe-embedded
	vm_add_file "$dir/site.p7b" /site.p7b
	vm_add_file "$dir/site.p7b" /etc/ipe/initrd/site.p7b
	vm_add_file "$dir/other.p7b" /other.p7b
	vm_add_program dash /bench/dash/sh
	vm_add_program cat /bench/dash/cat
}

# What loads the policy (run in guest.sh).
SUBJECTS="floor embedded file directory unmounted ash dash"
