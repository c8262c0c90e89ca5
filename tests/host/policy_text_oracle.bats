#!/usr/bin/env bats
#
# policy_text_oracle.bats - the policy reader and the kernel's own parser see the same
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

setup_file() {
	export top
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	build=${BUILD:-$top/build}
	[[ $build == /* ]] || build=$top/build
	export out=$build/tests/policy_text_oracle
	mkdir -p "$out"
	# shellcheck disable=SC2054 # the comma is the compiler's
	compiler=(cc -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all)
	"$top/tests/oracle/build" "$out/oracle.a" "${compiler[@]}"
	"${compiler[@]}" -std=gnu11 -Wall -Wextra -Werror -I "$top/applet" -o "$out/compare" \
		"$top/tests/oracle/compare.c" "$top/tests/oracle/generate.c" \
		"$top"/applet/policy/*.c "$out/oracle.a"
}

@test "20,000 policies, good and spoiled, are read as the kernel's parser reads them" {
	run "$out/compare" -n 20000 -s 1
	assert_success
	assert_output --regexp '^20000 policies, [3-6][0-9]\.[0-9] % valid, seed 1, 0 differences$'
	echo "# $output" >&3
}

@test "every byte means what it means to the kernel's parser, wherever it is in a line" {
	cd "$BATS_TEST_TMPDIR"
	n=0
	for ((byte = 0; byte < 256; byte++)); do
		printf -v byte_at '\\x%02x' "$byte"
		# before a word, in one, behind one, behind the last, and instead of a digit
		for where in '%b\nop=%bEXECUTE action=DENY\n' '%b\n%bop=EXECUTE action=DENY\n' \
			'%b\nop=EXECUTE%baction=DENY\n' '%b\nop=EXECUTE action=DENY%b\n' \
			'%b\nop=EXECUTE fsverity_digest=a:%b0 action=DENY\n'; do
			# shellcheck disable=SC2059 # the format varies
			printf "policy_name=a policy_version=1.0.0\n$where" 'DEFAULT action=ALLOW' \
				"$byte_at" >"$byte.$n"
			((n += 1))
		done
		printf 'policy_name=a policy_version=1.%b.0\nDEFAULT action=ALLOW\n' "$byte_at" \
			>"$byte.version"
	done
	run "$out/compare" ./*
	assert_success
	assert_equal "${#lines[@]}" 1536
}

@test "what the fuzzers found worth keeping is read as the kernel's parser reads it" {
	run "$out/compare" "$top"/tests/fuzz/corpus/text/*
	assert_success
	((${#lines[@]} >= 50))
}

@test "the example policies are good for the kernel's parser" {
	run "$out/compare" "$top"/applet/examples/*.pol
	assert_success
	assert_output --partial '.pol: kernel 0, fault 0'
	refute_output --regexp 'kernel [1-9]'
}
