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
	flags=(-std=c11 -D_FILE_OFFSET_BITS=64 -Iapplet)
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
		--inline-suppr --suppress=missingIncludeSystem -Iapplet applet
	refute_output
}

@test "clang-tidy is quiet" {
	run clang-tidy --quiet applet/*.c applet/*/*.c -- "${flags[@]}"
	grep -E '(error|warning):' <<<"$output" || :
	assert_equal "$status" 0
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

@test "mandoc has no complaint about the manual pages" {
	run -0 mandoc -Tlint -W warning applet/man/*.[1-8]
}

@test "the applet calls neither malloc nor stdio, and computes with no floating point" {
	mapfile -t files < <(sources)
	run -1 grep -nE '\b(malloc|calloc|realloc|free|printf|fprintf|snprintf|fopen|float|double)\b *[(;]' "${files[@]}"
	refute_output
}

@test "the applet has no assembly" {
	mapfile -t files < <(sources)
	run -1 grep -nE '\b(asm|__asm|__asm__)\b *(\(|volatile|__volatile__|goto|inline)' "${files[@]}"
	refute_output
	run -0 find applet -iname '*.s'
	refute_output
}

# includes: FILE WHAT for each file of the applet and each of the applet's headers that it includes.
includes() {
	# shellcheck disable=SC2016 # awk's
	sources | xargs awk '/^[ \t]*#[ \t]*include[ \t]*"/ { split($0, part, "\""); print FILENAME, part[2] }'
}

@test "arrows point down only: no wing includes a header of one further down the table of the house" {
	includes >"$BATS_TEST_TMPDIR/includes"
	assert [ "$(wc -l <"$BATS_TEST_TMPDIR/includes")" -gt 50 ]
	# The wings in the order of the table; "." is applet/ itself, but for main.c.
	# shellcheck disable=SC2016 # awk's
	run -0 awk -v table="policy kernel . find check hold load status main" '
		BEGIN { wings = split(table, name, " "); for (i in name) rank[name[i]] = i }
		function wing(file) {
			sub(/^applet\//, "", file)
			if (file == "main.c")
				return "main"
			return sub(/\/.*/, "", file) ? file : "."
		}
		{
			from = wing($1); to = wing($2)
			if (!(from in rank) || !(to in rank))
				print $1 ": includes \"" $2 "\": not in the table"
			else if (rank[from] < rank[to])
				print $1 ": includes \"" $2 "\", which is further down"
		}' "$BATS_TEST_TMPDIR/includes"
	refute_output
	# What is in none of them, or included by another name than from applet/, would not be seen.
	while read -r _ header; do
		assert [ -f "applet/$header" ]
	done <"$BATS_TEST_TMPDIR/includes"
}

@test "no two files need each other" {
	# A file and its header are one.  tsort tells of a circle, and who is in it.
	includes | sed -E 's|^applet/||; s/\.[ch]( |$)/\1/g' | awk '$1 != $2' >"$BATS_TEST_TMPDIR/pairs"
	assert [ "$(wc -l <"$BATS_TEST_TMPDIR/pairs")" -gt 50 ]
	run -1 grep '\.' "$BATS_TEST_TMPDIR/pairs"
	run -0 tsort "$BATS_TEST_TMPDIR/pairs"
}

@test "no file of the applet has more than 500 lines" {
	sources | xargs wc -l >"$BATS_TEST_TMPDIR/lines"
	assert [ "$(wc -l <"$BATS_TEST_TMPDIR/lines")" -gt 50 ]
	# shellcheck disable=SC2016 # awk's
	run -0 awk '$2 != "total" && $1 > 500' "$BATS_TEST_TMPDIR/lines"
	refute_output
}

@test "no function of the applet has more than 60 lines" {
	sources | xargs ctags -o - --languages=C --langmap=C:.c.h --kinds-C=f --fields=ne \
		>"$BATS_TEST_TMPDIR/functions"
	# Each function was seen: its brace has a line of its own.
	assert_equal "$(grep -vc '^!' "$BATS_TEST_TMPDIR/functions")" "$(sources | xargs cat | grep -c '^{$')"
	# shellcheck disable=SC2016 # awk's
	run -0 awk -F '\t' '!/^!/ {
		line = end = 0
		for (i = 4; i <= NF; i++) {
			if ($i ~ /^line:/) line = substr($i, 6)
			if ($i ~ /^end:/) end = substr($i, 5)
		}
		if (!line || !end)
			print $2 ": " $1 ": ctags does not say where it ends"
		else if (end - line + 1 > 60)
			print $2 ":" line ": " $1 " has " end - line + 1 " lines"
	}' "$BATS_TEST_TMPDIR/functions"
	refute_output
}

# plainly_built DIRECTORY COMPILER [FLAG]...: the applet as design documents say that it can be built: one
# command, and an empty table of embedded policies.
plainly_built() {
	local dir=$1
	shift
	mkdir -p "$dir"
	printf '%s\n' '#include "find/embedded.h"' 'const struct embedded_policy embedded[] = {{0}};' \
		'const size_t embedded_count = 0;' >"$dir/embedded.c"
	# shellcheck disable=SC2046 # no name has a blank
	"$@" -std=c11 -static -Os -Iapplet $(find applet -name '*.c') "$dir/embedded.c" -o "$dir/ipe-load" \
		>"$dir/log" 2>&1 || fail "$(grep -m 20 error: "$dir/log" || cat "$dir/log")"
	ln -sf ipe-load "$dir/ipe-check"
	ln -sf ipe-load "$dir/ipe-status"
}

@test "one command builds a program that passes the host tests, with the C library of this machine" {
	local dir=$BATS_TEST_TMPDIR/plain build=${BUILD:-build} file
	# Nobody has told such a program its version.
	local excepted='^not ok [0-9]* --version prints name and version, status 0$'
	[[ $build == /* ]] || build=$TOP/$build
	plainly_built "$dir" cc
	mkdir -p "$build/keys"
	ln -s "$build/keys" "$dir/keys"
	for file in tests/host/check.bats tests/host/cli.bats; do
		# With "n" in MAKEFLAGS the tests' own make changes nothing.
		BUILD=$dir MAKEFLAGS=n run bats --formatter tap "$file"
		echo "$output"
		assert_equal "$(grep '^not ok' <<<"$output" | grep -v "$excepted")" ''
		refute_line --partial '# skip'
		# Not one was left out.
		assert_equal "$(grep -c '^ok \|^not ok ' <<<"$output")" "$(grep -c '^@test' "$file")"
	done
}

@test "the same command builds one with musl-gcc" {
	plainly_built "$BATS_TEST_TMPDIR/plain" musl-gcc -idirafter /usr/include \
		-idirafter "/usr/include/$(cc -print-multiarch)"
	cd "$BATS_TEST_TMPDIR"
	printf 'policy_name=site policy_version=1.2.3\nDEFAULT action=ALLOW\n' >site.pol
	run -0 plain/ipe-check site.pol
	assert_output --partial 'site 1.2.3'
	run -0 plain/ipe-load --version
}
