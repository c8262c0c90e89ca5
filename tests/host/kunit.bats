#!/usr/bin/env bats
#
# kunit.bats - the kernel's own cases for its policy parser
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

setup_file() {
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	build=${BUILD:-$top/build}
	[[ $build == /* ]] || build=$top/$build
	export out=$build/tests/kunit
	mkdir -p "$out"

	source=$("$top/tests/oracle/fetch" | sed -n 's/^source=//p')
	export cases=$source/security/ipe/policy_tests.c
	# wchar_t is short, as in the kernel: one case is a text of wide characters.
	cc -std=gnu11 -g -w -fshort-wchar -D_GNU_SOURCE -I "$top/tests/oracle/shim" \
		-I "$source/include" -c -o "$out/policy_tests.o" "$cases"
	cc -std=gnu11 -g -Wall -Wextra -Werror -D_GNU_SOURCE -I "$top/tests/oracle/shim" \
		-I "$top/applet" -isystem "$source/security/ipe" -o "$out/kunit" \
		"$top/tests/host/kunit.c" "$top"/applet/policy/*.c "$out/policy_tests.o"
}

@test "every case of the kernel's own tests gets the verdict that the kernel states" {
	run "$out/kunit"
	assert_success
	refute_line --partial 'not ok'

	# Each case of the file's table was met, and the test without a table.
	count=$(sed -n '/ policy_cases\[\] = {$/,/^};$/p' "$cases" | grep -c '^	{$')
	((count > 30))
	assert_line "$((count + 1)) cases, 0 failed"
	echo "# $(tail -n 1 <<<"$output")" >&3
}
