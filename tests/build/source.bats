#!/usr/bin/env bats
#
# source.bats - the sources are in the house style, and what reads them is quiet
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

setup_file() {
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export TOP
}

setup() {
	bats_require_minimum_version 1.5.0
	cd "$TOP" || return
	flags=(-std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Iapplet)
}

# sources: every C file and header of the applet.
sources() {
	find applet -name '*.[ch]'
}

# scripts KIND: every file in shell, by its first line or name.
scripts() {
	git ls-files -co --exclude-standard | while read -r file; do
		[[ -f $file ]] || continue
		if [[ $file == *.bats || $file == *.bash ]] ||
			head -c 64 "$file" | grep -aqE '^(#!.*[ /](ba|da|a)?sh|# shellcheck shell)'; then
			printf '%s\n' "$file"
		fi
	done
}

@test "every C file is formatted with the tree's clang-format" {
	run -0 bash -c 'find applet tests -name "*.[ch]" -not -path "*/corpus/*" |
		xargs clang-format --dry-run --Werror'
}

@test "gcc and clang are quiet with -Wall -Wextra -Werror, and so is gcc's analyzer" {
	for file in applet/*.c applet/*/*.c; do
		clang "${flags[@]}" -Wall -Wextra -Werror -fsyntax-only "$file"
		gcc "${flags[@]}" -Wall -Wextra -Werror -fanalyzer -O1 -c -o /dev/null "$file"
	done
}

@test "cppcheck is quiet" {
	run -0 cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,portability \
		--inline-suppr --suppress=missingIncludeSystem -D_GNU_SOURCE -Iapplet applet
	refute_output
}

@test "clang-tidy is quiet" {
	run -0 clang-tidy --quiet applet/*.c applet/*/*.c -- "${flags[@]}"
}

@test "shellcheck is quiet" {
	mapfile -t files < <(scripts)
	assert [ "${#files[@]}" -gt 5 ]
	run -0 shellcheck "${files[@]}"
	refute_output
}

@test "every script is formatted with shfmt" {
	mapfile -t files < <(scripts)
	run -0 shfmt -i 0 -d "${files[@]}"
	refute_output
}

@test "mandoc has nothing to say about the manual pages" {
	run -0 mandoc -Tlint -W warning applet/man/*.[1-8]
}

@test "the applet calls neither malloc nor stdio, and computes with no floating point" {
	run -1 grep -nE '\b(malloc|calloc|realloc|free|printf|fprintf|snprintf|fopen|float|double)\b *[(;]' applet/*.c applet/*/*.c
	refute_output
}
