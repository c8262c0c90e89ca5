#!/usr/bin/env bats
#
# bench.bats - the benchmark's tables are made of what was measured
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert
bats_load_library bats-file

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

@test "docs/costs.md has a table of each kind" {
	run -0 cat "$TOP/docs/costs.md"
	for title in $(grep -oE '### [A-Za-z0-9 ,]+' "$TOP/tests/bench/report" | tr ' ' _); do
		assert_line --partial "${title//_/ }"
	done
}

@test "the picture shows medians" {
	measured file.time 1500000 2500000 3500000 4500000
	measured dracut-with.boot 1000000000 1234000000 9000000000
	run -0 "$TOP/tests/bench/plot" "$BATS_TEST_TMPDIR/costs.svg"
	refute_output
	run -0 grep -oE '>[0-9]+(\.[0-9]+)?<' "$BATS_TEST_TMPDIR/costs.svg"
	assert_line '>3.00<'
	assert_line '>1234<'
}

@test "what was not measured is not in the picture: there is none" {
	sed -i '/^dracut-with.boot /d' "$RESULTS/all"
	run -1 "$TOP/tests/bench/plot" "$BATS_TEST_TMPDIR/costs.svg"
	assert_line 'bench: plot: dracut-with.boot was not measured'
	assert_not_exist "$BATS_TEST_TMPDIR/costs.svg"
}

@test "docs/costs.svg shows what the tables of docs/costs.md say" {
	local rows
	# Microseconds of each way to load, then milliseconds of each boot, without and with.
	rows=$(awk -F ' *[|] *' '
		/system calls . user instructions/ { loads = 1 }
		/^### Boot to the real root/ { boots = 1 }
		/^$/ && seen { loads = 0 }
		loads && $2 !~ /^(what|---|the )/ { gsub(",", ""); printf "%.2f\n", $5 / 1000; seen = 1 }
		boots && /^[|] (dracut|initramfs-tools) / { split($3, a, " "); split($4, b, " "); printf "%.0f\n%.0f\n", a[1], b[1] }
		' "$TOP/docs/costs.md")
	assert_equal "$(wc -l <<<"$rows")" 10
	run -0 grep -oE '>[0-9]+(\.[0-9]+)?<' "$TOP/docs/costs.svg"
	assert_equal "$(tr -d '<>' <<<"$output" | sort)" "$(sort <<<"$rows")"
}
