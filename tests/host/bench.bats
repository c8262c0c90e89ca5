#!/usr/bin/env bats
#
# bench.bats - the benchmark's tables are made of what was measured
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

setup() {
	bats_require_minimum_version 1.5.0
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export BUILD=$BATS_TEST_TMPDIR
	RESULTS=$BUILD/bench/results
	mkdir -p "$RESULTS"
	echo "Measured here." >"$BUILD/bench/machine"
	local key keys
	keys=$(grep -oE '(median|us|spread)\("[a-z0-9.-]+"\)' "$TOP/tests/bench/report" |
		sed 's/.*("\(.*\)")/\1/' | sort -u)
	for key in $keys {floor,embedded,unmounted,file,directory,ash,dash}.{calls,instructions,time} \
		{dracut,initramfs-tools}-{without,idle,with}.boot {dracut,initramfs-tools}-with.step; do
		printf '%s\n' "$key 3000001" "$key 1000001" "$key 2000001"
	done | sort -u >"$RESULTS/all"
}

# measured KEY VALUE...: these are all the values of KEY.
measured() {
	local key=$1
	shift
	sed -i "/^$key /d" "$RESULTS/all"
	printf "$key %s\n" "$@" >>"$RESULTS/all"
}

@test "the tables show medians, with their distance to the target" {
	measured embedded.instructions 900 24000 30000
	measured embedded.calls 7 9 8 10
	measured applet.x86-64 98304
	measured unmounted.calls 23
	run -0 "$TOP/tests/bench/report"
	assert_line 'Measured here.'
	assert_line --partial '| ipe-load, policy embedded | 8 | 24,000 | 2,000 |'
	assert_line '| bytes, x86-64 | 98304 | 49152 | missed: 2.00 times as much |'
	assert_line '| system calls, embedded, nothing mounted | 23 | 24 | met |'
}

@test "what was not measured is not in the tables: there are none" {
	sed -i '/^dash.time /d' "$RESULTS/all"
	run -1 "$TOP/tests/bench/report"
	assert_line 'report: dash.time was not measured'
}

@test "BENCHMARKS.md has a table of each kind" {
	run -0 cat "$TOP/BENCHMARKS.md"
	for title in $(grep -oE '### [A-Za-z0-9 ,]+' "$TOP/tests/bench/report" | tr ' ' _); do
		assert_line --partial "${title//_/ }"
	done
}
